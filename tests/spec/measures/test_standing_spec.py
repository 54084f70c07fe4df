"""Where a measure stands: latest actual against the target of its period, by polarity, in one sentence."""

from __future__ import annotations

from decimal import Decimal

import pytest

from trigpoint.measures import Judgement, against_target, series_pairs, standings
from trigpoint.measures.series import SeriesKind, series_kind
from trigpoint.plans.model import IndicatorRow, IndicatorTable, Polarity

HIGHER, LOWER, NEITHER = Polarity.HIGHER, Polarity.LOWER, Polarity.NEITHER


def row(series: str, values: str, area: str = "Dudley") -> IndicatorRow:
    """A row from "2014/15=31.7 2015/16=29.7"; a bare number is a value without a period."""
    pairs = (part.rpartition("=") for part in values.split())
    return IndicatorRow(area, series, {label: Decimal(value) for label, _, value in pairs})


MET, MISSED = Judgement.MET, Judgement.MISSED
NO_TARGET, NO_ACTUAL, NOT_JUDGED = Judgement.NO_TARGET, Judgement.NO_ACTUAL, Judgement.NOT_JUDGED

# target | actual | polarity | judgement | finding | why
PERCENTAGES = [
    (
        "2015/16=36.3 2018/19=42.3", "2014/15=31.7 2015/16=29.7", HIGHER, MISSED,
        "2015/16: 29.7%, 6.6 percentage points below the target of 36.3%.",
        "the latest actual, not the first",
    ),
    (
        "2015/16=36.3", "2015/16=36.3", HIGHER, MET,
        "2015/16: 36.3%, exactly the target of 36.3%.",
        "equal is met",
    ),
    (
        "2015/16=25.6", "2015/16=25.7", LOWER, MISSED,
        "2015/16: 25.7%, 0.1 percentage points above the target of 25.6%.",
        "lower is better",
    ),
    (
        "2015/16=38.1", "2015/16=37.1", LOWER, MET,
        "2015/16: 37.1%, 1.0 percentage point below the target of 38.1%.",
        "one point is singular",
    ),
    (
        "2016/17=40", "2015/16=29.7", HIGHER, NO_TARGET,
        "2015/16: 29.7%; there is no target for this period.",
        "another year's target is no target",
    ),
    (
        "2016/17=40", "", HIGHER, NO_ACTUAL,
        "No actual yet; the first target is 40.0% for 2016/17.",
        "nothing to judge",
    ),
    ("", "", HIGHER, NO_ACTUAL, "Neither target nor actual is printed.", "an empty row"),
    (
        "=40", "2015/16=29.7", HIGHER, MISSED,
        "2015/16: 29.7%, 10.3 percentage points below the target of 40.0% (the target names no period).",
        "an undated target holds in each year, and that is said",
    ),
    (
        "2015/16=40", "2015/16=41", NEITHER, NOT_JUDGED,
        "2015/16: 41.0%, 1.0 percentage point above the target of 40.0%.",
        "no better direction, no verdict",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("target", "actual", "polarity", "judgement", "finding", "why"), PERCENTAGES)
def test_percentages(
    target: str, actual: str, polarity: Polarity, judgement: Judgement, finding: str, why: str
) -> None:
    found = against_target(row("target", target), row("actual", actual), polarity, 1, kind="percentage")
    assert (found.judgement, found.finding) == (judgement, finding), why


def test_rates_and_counts_carry_their_unit_and_no_percentage_points() -> None:
    target, actual = row("target", "2013-15=23.7"), row("actual", "2013-15=20.5 2012-14=22.0")
    found = against_target(target, actual, LOWER, 1, kind="rate", unit="per 100,000")
    assert found.finding == "2013-15: 20.5 per 100,000, 3.2 below the target of 23.7."
    checks = against_target(row("target", "2016/17=53488"), row("actual", "2016/17=32144"), HIGHER, 0, kind="count")
    assert checks.finding == "2016/17: 32,144, 21,344 below the target of 53,488."


@pytest.mark.parametrize(
    ("series", "kind"),
    [
        ("target", SeriesKind.TARGET),
        ("Males target", SeriesKind.TARGET),
        ("rate projected", SeriesKind.TARGET),
        ("actual *", SeriesKind.ACTUAL),
        ("2015/16 outturn", SeriesKind.ACTUAL),
        ("current smokers", SeriesKind.OTHER),
        ("targeted", SeriesKind.OTHER),
    ],
)
def test_series_are_told_by_their_words(series: str, kind: SeriesKind) -> None:
    assert series_kind(series) is kind


def table(*rows: IndicatorRow, kind: str = "rate", unit: str = "per 100,000", decimals: int = 0) -> IndicatorTable:
    return IndicatorTable("t", "A table", unit=unit, kind=kind, polarity=LOWER, decimals=decimals, rows=rows)


def names(of: IndicatorTable) -> list[tuple[str, str, str, str]]:
    return [
        (pair.area, pair.name, pair.target.series if pair.target else "", pair.actual.series if pair.actual else "")
        for pair in series_pairs(of)
    ]


def test_series_pair_by_what_is_left_of_their_names() -> None:
    of = table(
        row("males target", "1"), row("males actual", "1"), row("females actual", "1"), row("females target", "1")
    )
    assert names(of) == [
        ("Dudley", "males", "males target", "males actual"),
        ("Dudley", "females", "females target", "females actual"),
    ]


def test_one_actual_is_judged_by_each_of_several_targets() -> None:
    of = table(
        row("target 3% of smokers", "1"), row("target 4% of smokers", "1"), row("actual", "1"), row("smokers", "9")
    )
    assert names(of) == [
        ("Dudley", "3% of smokers", "target 3% of smokers", "actual"),
        ("Dudley", "4% of smokers", "target 4% of smokers", "actual"),
    ]


def test_an_actual_without_a_target_is_kept_and_areas_never_mix() -> None:
    of = table(row("actual", "1", "North"), row("target", "1", "South"))
    assert names(of) == [("North", "", "", "actual"), ("South", "", "target", "")]


def test_a_series_of_numbers_in_a_table_of_rates_is_told_without_the_rates_unit() -> None:
    of = table(
        row("rate projected", "2015/16=775"),
        row("rate actual", "2015/16=859"),
        row("number projected", "2015/16=2394"),
        row("number actual", "2015/16=2652"),
    )
    assert [each.standing.finding for each in standings(of)] == [
        "2015/16: 859 per 100,000, 84 above the target of 775.",
        "2015/16: 2,652, 258 above the target of 2,394.",
    ]


def test_a_unit_that_only_repeats_the_kind_of_number_is_not_told() -> None:
    rows = (
        IndicatorRow("North", "target", {"2016/17": Decimal(9)}),
        IndicatorRow("North", "actual", {"2016/17": Decimal(7)}),
    )
    table = IndicatorTable("i1", "Checks", "count", "count", Polarity.HIGHER, 0, rows=rows)
    assert standings(table)[0].standing.finding == "2016/17: 7, 2 below the target of 9."
