"""Spend and use beside the organisations most alike, and what of a difference is more than chance."""

from trigpoint.finance.peers.comparison import benchmark
from trigpoint.finance.peers.rows import measures_of

__all__ = ["benchmark", "measures_of"]
