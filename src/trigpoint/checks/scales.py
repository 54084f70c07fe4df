"""Scales of likelihood and impact, and how a register's scores follow from them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from trigpoint.plans.model import Risk, RiskScore, RiskStage

SCALE = re.compile(r"\s*(\d+)\s*[-–]\s*(\d+)\s*")
NAMES = {RiskStage.INHERENT: "before controls", RiskStage.CURRENT: "current", RiskStage.TARGET: "target"}
ENOUGH = 3
"""So many scores are needed before a register can be said to have a way of its own."""
MOST = Decimal("0.5")


class Reckoning(Enum):
    """How the scores of a register follow from likelihood and impact."""

    PRODUCT = "likelihood × impact"
    SUM = "likelihood + impact"
    OWN = "an index of its own"


@dataclass(frozen=True, slots=True)
class Scored:
    """One printed score of a risk with its stage."""

    risk: Risk
    stage: RiskStage
    score: RiskScore

    @property
    def name(self) -> str:
        """The stage in words; "" for the current one, which registers just call the score."""
        return "" if self.stage is RiskStage.CURRENT else f" ({NAMES[self.stage]})"

    def reckoned(self, way: Reckoning) -> Decimal | None:
        """The score that follows from likelihood and impact; ``None`` where one is not printed."""
        likelihood, impact = self.score.likelihood, self.score.impact
        if likelihood is None or impact is None or way is Reckoning.OWN:
            return None
        return likelihood * impact if way is Reckoning.PRODUCT else likelihood + impact

    def agrees(self, way: Reckoning) -> bool:
        """Whether the printed score is the reckoned one, rounded as it is printed."""
        reckoned, printed = self.reckoned(way), self.score.score
        if reckoned is None or printed is None:
            return False
        exponent = printed.as_tuple().exponent
        return abs(reckoned - printed) <= Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) / 2


def scores(risks: Iterable[Risk]) -> Iterator[Scored]:
    """Every printed score, risk by risk."""
    for risk in risks:
        for stage in RiskStage:
            score = risk.score(stage)
            if score is not None:
                yield Scored(risk, stage, score)


def reckoning(found: Iterable[Scored]) -> Reckoning:
    """How a register reckons: the way that at least half of its scores follow; the product where it has too few."""
    whole = [each for each in found if each.reckoned(Reckoning.PRODUCT) is not None and each.score.score is not None]
    if len(whole) < ENOUGH:
        return Reckoning.PRODUCT
    for way in (Reckoning.PRODUCT, Reckoning.SUM):
        if sum(1 for each in whole if each.agrees(way)) >= MOST * len(whole):
            return way
    return Reckoning.OWN


def bounds(risk: Risk) -> tuple[Decimal, Decimal] | None:
    """The lowest and highest mark of a risk's scale, where it has numbers.

    >>> bounds(Risk("r1", "", "", scale="1-5"))
    (Decimal('1'), Decimal('5'))
    """
    match = SCALE.fullmatch(risk.scale)
    return (Decimal(match.group(1)), Decimal(match.group(2))) if match else None


def possible(low: Decimal, high: Decimal) -> frozenset[Decimal]:
    """Every product of two whole marks of a scale.

    >>> sorted(int(score) for score in possible(Decimal(1), Decimal(5)))
    [1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 15, 16, 20, 25]
    """
    marks = [Decimal(mark) for mark in range(int(low), int(high) + 1)]
    return frozenset(first * second for first in marks for second in marks)
