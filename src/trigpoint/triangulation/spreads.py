"""Mechanisms for one contract over a distribution of its activity, as a result that is told."""

from __future__ import annotations

from dataclasses import dataclass

from trigpoint.finance.contracts.mechanism import Spread


@dataclass(frozen=True, slots=True)
class Compared:
    """Payments of one contract by several mechanisms, over the same draws of its activity.

    ``basis`` says in a sentence what was drawn, ``remarks`` what of the contract was not.
    """

    contract: str
    name: str
    draws: int
    seed: int
    basis: str
    spreads: tuple[Spread, ...]
    remarks: tuple[str, ...] = ()

    @property
    def caption(self) -> str:
        return f"{self.name}: mechanisms over {self.draws:,} draws of its activity"
