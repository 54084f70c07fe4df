"""Scales of risk, and how a register's scores follow from likelihood and impact."""

from __future__ import annotations

from decimal import Decimal

import pytest

from trigpoint.checks.scales import Reckoning, Scored, bounds, possible, reckoning, scores
from trigpoint.plans.model import Risk, RiskScore, RiskStage


def scored(likelihood: str, impact: str, score: str) -> Scored:
    return Scored(
        Risk("r1", "", ""), RiskStage.CURRENT, RiskScore(Decimal(likelihood), Decimal(impact), Decimal(score))
    )


@pytest.mark.parametrize(
    ("rows", "way", "why"),
    [
        ([("3", "4", "12"), ("2", "2", "4"), ("5", "1", "6")], Reckoning.PRODUCT, "two of three multiply"),
        ([("3", "4", "7"), ("2", "3", "5"), ("5", "1", "5")], Reckoning.SUM, "two of three add"),
        ([("3", "4", "9"), ("2", "3", "4"), ("5", "1", "2")], Reckoning.OWN, "none does either"),
        ([("3", "4", "9"), ("2", "3", "4")], Reckoning.PRODUCT, "too few to have a way of their own"),
        ([], Reckoning.PRODUCT, "none at all"),
    ],
)
def test_how_a_register_reckons(rows: list[tuple[str, str, str]], way: Reckoning, why: str) -> None:
    assert reckoning(scored(*row) for row in rows) is way, why


@pytest.mark.parametrize(
    ("row", "agrees"),
    [
        (("3", "4", "12"), True),
        (("3.3", "1.7", "6"), True),
        (("3.3", "1.7", "5.6"), True),
        (("3.3", "1.7", "5"), False),
    ],
)
def test_a_product_is_rounded_as_it_is_printed(row: tuple[str, str, str], agrees: bool) -> None:
    assert scored(*row).agrees(Reckoning.PRODUCT) is agrees


def test_a_scale_in_words_has_no_bounds() -> None:
    assert bounds(Risk("r1", "", "", scale="words")) is None
    assert bounds(Risk("r1", "", "", scale="1–5")) == (Decimal(1), Decimal(5))
    assert Decimal(14) not in possible(Decimal(1), Decimal(5))


def test_every_stage_that_has_a_score_is_told() -> None:
    risk = Risk("r1", "", "", inherent=RiskScore(score=Decimal(12)), target=RiskScore(score=Decimal(4)))
    assert [(each.stage, each.name) for each in scores([risk])] == [
        (RiskStage.INHERENT, " (before controls)"),
        (RiskStage.TARGET, " (target)"),
    ]
