"""Reports: a paper as a value (``committee_paper``), and its renderers in ``trigpoint.reports.render``."""

from trigpoint.reports.blocks import Paper
from trigpoint.reports.paper import committee_paper

__all__ = ["Paper", "committee_paper"]
