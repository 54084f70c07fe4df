"""Every printed target of the Dudley plan's tables, as figures: each follows its rule to the last digit.

The figures are facts of a published plan; the rules were found by fitting, and where the plan states one it is the
plan's own (see ``docs/trajectories.md`` for the tables that do not follow their own footnotes).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from trigpoint.measures import compute, half_up, parse_rule, reproduce
from trigpoint.periods.calendar import FinancialYear, Period, RollingYears
from trigpoint.plans.workspace import read_plan
from trigpoint.rounding import decimal_of

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "dudley-2017-19"

SIX_YEARS = [FinancialYear(first) for first in range(2013, 2019)]
FIVE_YEARS = SIX_YEARS[1:]
POOLS = [RollingYears(first, first + 2) for first in range(2011, 2019)]

BREASTFEEDING = [
    ("step(+2pp a year from 58.4% in 2013/14)", "58.4 60.4 62.4 64.4 66.4 68.4"),
    ("step(+3pp a year from 50.3% in 2013/14)", "50.3 53.3 56.3 59.3 62.3 65.3"),
    ("step(+2pp a year from 68.3% in 2013/14)", "68.3 70.3 72.3 74.3 76.3 78.3"),
    ("step(+2pp a year from 60.9% in 2013/14)", "60.9 62.9 64.9 66.9 68.9 70.9"),
    ("step(+3pp a year from 52.2% in 2013/14)", "52.2 55.2 58.2 61.2 64.2 67.2"),
    ("step(+2pp a year from 62.0% in 2013/14)", "62.0 64.0 66.0 68.0 70.0 72.0"),
    ("step(+2pp a year from 32.3% in 2013/14)", "32.3 34.3 36.3 38.3 40.3 42.3"),
    ("step(+3pp a year from 28.4% in 2013/14)", "28.4 31.4 34.4 37.4 40.4 43.4"),
    ("step(+2pp a year from 44.7% in 2013/14)", "44.7 46.7 48.7 50.7 52.7 54.7"),
    ("step(+3pp a year from 29.1% in 2013/14)", "29.1 32.1 35.1 38.1 41.1 44.1"),
    ("step(+3pp a year from 27.8% in 2013/14)", "27.8 30.8 33.8 36.8 39.8 42.8"),
    ("step(+2pp a year from 37.8% in 2013/14)", "37.8 39.8 41.8 43.8 45.8 47.8"),
]
CHILDREN = [
    ("linear to 24.3% by 2018/19 from 26.4% in 2013/14", "26.0 25.6 25.1 24.7 24.3"),
    ("linear to 37.4% by 2018/19 from 38.6% in 2013/14", "38.4 38.1 37.9 37.6 37.4"),
]
LIVER = [
    (
        "explicit(2011-13: 23.6) then compound(-2% a year from 24.2 in 2012-14)",
        "23.6 24.2 23.7 23.2 22.8 22.3 21.9 21.4",
    ),
    (
        "explicit(2011-13: 30.3) then compound(-2% a year from 31.6 in 2012-14)",
        "30.3 31.6 31.0 30.3 29.7 29.1 28.6 28.0",
    ),
    ("compound(-2% a year from 17.2 in 2011-13)", "17.2 16.9 16.5 16.2 15.9 15.5 15.2 14.9"),
    (
        "explicit(2011-13: 20.5) then compound(-2% a year from 21.76 in 2012-14)",
        "20.5 21.8 21.3 20.9 20.5 20.1 19.7 19.3",
    ),
    (
        "explicit(2011-13: 26.8) then compound(-2% a year from 28.87 in 2012-14)",
        "26.8 28.9 28.3 27.7 27.2 26.6 26.1 25.6",
    ),
    (
        "explicit(2011-13: 14.3) then compound(-2% a year from 14.74 in 2012-14)",
        "14.3 14.7 14.4 14.2 13.9 13.6 13.3 13.1",
    ),
]
ALCOHOL = [
    ("linear to 759 by 2018/19 from 780 in 2014/15", "780 775 770 764 759"),
    ("step(-8 a year from 2,402 in 2014/15)", "2402 2394 2386 2378 2370"),
    ("compound(-0.24% a year from 639 in 2014/15)", "639 637 636 634 633"),
]
HEALTH_CHECKS = [
    (13_506, "2026 4052 6078 8104 10130"),
    (15_783, "2367 4735 7102 9470 11837"),
    (24_965, "3745 7490 11234 14979 18724"),
    (15_385, "2308 4616 6923 9231 11539"),
    (19_507, "2926 5852 8778 11704 14630"),
    (89_146, "13372 26744 40116 53488 66860"),
]
SMOKERS = [
    (8_950, "269 358"),
    (7_633, "229 305"),
    (13_234, "397 529"),
    (8_452, "254 338"),
    (10_117, "304 405"),
    (48_386, "1452 1935"),
]
WEIGHT = [
    ("1,615 of register: 5,817", "27.8"),
    ("1,302 of register: 5,207", "25.0"),
    ("2,197 of register: 8,788", "25.0"),
    ("1,422 of register: 5,552", "25.6"),
    ("1,540 of register: 6,142", "25.1"),
    ("8,076 of register: 31,506", "25.6"),
]
EXERCISE = [(1098, "5490"), (211, "1055"), (178, "890"), (308, "1540"), (185, "925"), (215, "1075")]


def printed(rule: str, periods: Sequence[Period], decimals: int) -> str:
    values = compute(parse_rule(rule), periods)
    return " ".join(str(half_up(values[period.label], decimals)) for period in periods)


def undated(rule: str, decimals: int = 0) -> str:
    value = parse_rule(rule).value_at(None)
    assert value is not None
    return str(half_up(decimal_of(value), decimals))


@pytest.mark.parametrize(("rule", "figures"), BREASTFEEDING)
def test_breastfeeding(rule: str, figures: str) -> None:
    assert printed(rule, SIX_YEARS, 1) == figures


@pytest.mark.parametrize(("rule", "figures"), CHILDREN)
def test_childrens_weight(rule: str, figures: str) -> None:
    assert printed(rule, FIVE_YEARS, 1) == figures


@pytest.mark.parametrize(("rule", "figures"), LIVER)
def test_deaths_from_liver_disease(rule: str, figures: str) -> None:
    assert printed(rule, POOLS, 1) == figures


@pytest.mark.parametrize(("rule", "figures"), ALCOHOL)
def test_alcohol_related_admissions(rule: str, figures: str) -> None:
    assert printed(rule, FIVE_YEARS, 0) == figures


@pytest.mark.parametrize(("eligible", "figures"), HEALTH_CHECKS)
def test_health_checks(eligible: int, figures: str) -> None:
    rule = f"cumulative share(75% of eligible: {eligible:,} over 5 years from 2013/14)"
    assert printed(rule, SIX_YEARS[:5], 0) == figures


@pytest.mark.parametrize(("smokers", "figures"), SMOKERS)
def test_smoking_quits(smokers: int, figures: str) -> None:
    shares = (undated(f"share({percent}% of current smokers: {smokers:,})") for percent in (3, 4))
    assert " ".join(shares) == figures


@pytest.mark.parametrize(("shares", "figure"), WEIGHT)
def test_weight_referrals(shares: str, figure: str) -> None:
    assert undated(f"percent({shares})", 1) == figure


@pytest.mark.parametrize(("yearly", "total"), EXERCISE)
def test_exercise_referrals(yearly: int, total: str) -> None:
    assert undated(f"total(explicit({yearly:,}) over 2013/14 to 2017/18)") == total


def test_the_example_workspace_reproduces_every_target_it_prints() -> None:
    plan = read_plan(EXAMPLE)
    tried = [reproduce(table, plan.trajectories) for table in plan.indicators]
    assert [check.sentence for each in tried for check in each.series if not check.agrees] == []
    assert sum(len(check.cells) for each in tried for check in each.series) == 238
    assert len(tried) == 12


def test_a_plan_that_strays_from_its_footnote_is_told_where() -> None:
    """The heading of the liver tables names 2011-13 as baseline: the persons target does not fall from it."""
    plan = read_plan(EXAMPLE)
    table = next(table for table in plan.indicators if table.id == "liver-mortality")
    rule = next(rule for rule in plan.trajectories if (rule.indicator, rule.series) == (table.id, "persons target"))
    claimed = type(rule)(rule.indicator, rule.area, rule.series, "compound(-2% a year from 23.6 in 2011-13)")
    (check,) = reproduce(table, [claimed]).series
    assert not check.agrees
    assert [cell.period for cell in check.cells if cell.agrees] == ["2011-13"]
    assert "2012-14 24.2 printed, 23.1 computed" in check.sentence
