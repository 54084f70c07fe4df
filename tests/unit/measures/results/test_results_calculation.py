"""Results of a book: parents from parts, targets of a system, years, peers, ladders, problems."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from measure_books import PLAN, SYSTEM, actual, aim, book, defined
from trigpoint.errors import InputError
from trigpoint.measures.book.book import Actual, Aim, AimKind, MeasureBook, Rebase, Status
from trigpoint.measures.definitions.definition import (
    Aggregation,
    ChartKind,
    Comparison,
    ControlChart,
    DatedStandard,
    Definition,
    Inequality,
    PeerGroup,
    PeriodType,
    Statistic,
)
from trigpoint.measures.results import data_table, inequality_table, measure_results, summary_table
from trigpoint.measures.results.result import Direction, Significance
from trigpoint.periods.calendar import Month
from trigpoint.places.model import Place, PlaceKind
from trigpoint.places.register import Places
from trigpoint.plans.model import Comparator, Objective, Polarity

SHARE = defined()
COUNT = defined(Statistic.COUNT, over_places=Aggregation.SUM)
MONTHS = [(Month(2015, 1) + number).label for number in range(24)]


# statistic, multiplier, numerator, denominator, entered value, shown, has limits
VALUES = [
    (Statistic.COUNT, 1, 12, None, None, "12.0", True),
    (Statistic.COUNT, 1, None, None, 12, "12.0", True),
    (Statistic.RATE, 100_000, 7, 1_234, None, "567.3", True),
    (Statistic.PROPORTION, 100, 1, 8, None, "12.5", True),
    (Statistic.RATIO, 1, 5, 2, None, "2.5", False),
    (Statistic.MEAN, 1, 25, 20, None, "1.3", False),  # 1.25, half up
    (Statistic.ISR_RATIO, 100, 21, 20, None, "105.0", True),
    (Statistic.DSR, 100_000, None, None, "23.45", "23.5", False),
    (Statistic.VALUE, 1, None, None, "-0.25", "−0.3", False),
    (Statistic.PROPORTION, 100, None, None, "93.25", "93.3", False),
]


@pytest.mark.parametrize(("statistic", "multiplier", "top", "bottom", "value", "shown", "limits"), VALUES)
def test_the_value_by_its_statistic_exact_and_half_up(
    statistic: Statistic, multiplier: int, top: object, bottom: object, value: object, shown: str, limits: bool
) -> None:
    definition = defined(statistic, multiplier=multiplier, decimals=1, unit="")
    latest = measure_results(book(definition, [actual("May 2017", top, bottom, value=value)])).measure("m").latest
    assert latest is not None
    assert latest.shown == shown
    assert (latest.lower is not None) is limits
    if limits:
        assert latest.lower is not None
        assert latest.upper is not None
        assert latest.lower <= (latest.value or 0) <= latest.upper


# statistic, numerator, denominator, reason
FAULTS = [
    (Statistic.PROPORTION, 5, 0, "the denominator is 0"),
    (Statistic.PROPORTION, 9, 8, "the numerator is larger than the denominator"),
    (Statistic.RATE, -1, 8, "the count is negative"),
    (Statistic.RATE, 1, -8, "the denominator is negative"),
    (Statistic.RATE, 1, None, "no denominator was entered"),
    (Statistic.RATE, None, 8, "no numerator was entered"),
    (Statistic.RATE, "NaN", 8, "the figure is no finite number"),
    (Statistic.COUNT, None, None, "no figure was entered"),
    (
        Statistic.DSR,
        40,
        8_000,
        "a directly standardised rate has to be entered as such: it cannot be made from one total",
    ),
]


@pytest.mark.parametrize(("statistic", "top", "bottom", "reason"), FAULTS)
def test_a_bad_figure_costs_its_own_period_a_value_and_nothing_else(
    statistic: Statistic, top: object, bottom: object, reason: str
) -> None:
    good = actual("April 2017", value=3) if statistic is Statistic.DSR else actual("April 2017", 3, 8)
    result = measure_results(book(defined(statistic), [good, actual("May 2017", top, bottom)])).measure("m")
    assert [each.reason for each in result.periods] == ["", reason]
    assert result.periods[0].value is not None
    assert result.periods[1].value is None


def test_a_parent_is_added_up_from_its_parts_and_says_so() -> None:
    rows = [actual("May 2017", 90, 100, "north"), actual("May 2017", 10, 100, "south", status=Status.PROVISIONAL)]
    found = measure_results(book(SHARE, [*rows, actual("May 2017", 700, 800, "west", illustrative=True)]))
    ccg = found.measure("m", "ccg")
    assert ccg.latest is not None
    assert (ccg.latest.numerator, ccg.latest.denominator, ccg.latest.shown) == (Decimal(800), Decimal(1000), "80.0%")
    assert (ccg.latest.status, ccg.latest.illustrative) == (Status.PROVISIONAL, True)
    assert ccg.derived == ccg.latest.note == "added up from 3 localities"
    assert found.indicator("m").main is ccg
    with pytest.raises(InputError, match="no figures of “sys”"):
        found.measure("m", "sys")  # one part is no sum


def test_a_period_in_which_a_part_is_silent_is_not_added_up() -> None:
    rows = [actual("May 2017", 9, 10, place) for place in ("north", "south", "west")]
    rows += [actual("June 2017", 9, 10, place) for place in ("north", "west")]
    result = measure_results(book(SHARE, rows)).measure("m", "ccg")
    assert [each.shown for each in result.periods] == ["90.0%", "–"]
    assert result.periods[1].reason == "cannot be added up: South has no figure"


def test_own_figures_go_before_those_of_the_parts_and_values_are_never_averaged() -> None:
    own = measure_results(book(SHARE, [actual("May 2017", 1, 2), actual("May 2017", 9, 10, "north")]))
    assert own.measure("m", "ccg").latest.shown == "50.0%"  # type: ignore[union-attr]
    values = measure_results(book(SHARE, [actual("May 2017", value=40, place=place) for place in ("north", "south")]))
    with pytest.raises(InputError, match="no figures of “ccg”"):
        values.measure("m", "ccg")


def test_localities_and_practices_are_not_added_together() -> None:
    rows = [actual("May 2017", 5, place=place) for place in ("north", "south", "west", "p1", "p2")]
    found = measure_results(book(COUNT, rows))
    assert found.measure("m", "ccg").latest.shown == "15"  # type: ignore[union-attr]


def test_the_target_of_a_system_is_added_up_from_its_places() -> None:
    aims = [
        aim("May 2017", place="north", numerator=95, denominator=100),
        aim("May 2017", place="south", numerator=450, denominator=900),
    ]
    rows = [actual("May 2017", 90, 100, "north"), actual("May 2017", 500, 900, "south")]
    places = Places(tuple(place for place in SYSTEM if place.code != "west"))
    result = measure_results(book(SHARE, rows, aims, places=places)).measure("m", "ccg")
    assert result.standing.target == 54.5
    assert result.standing.finding == "May 2017: 59.0%, 4.5 percentage points above the plan’s target of 54.5%."
    shares = [aim("May 2017", 90, place=place) for place in ("north", "south")]
    without = measure_results(book(SHARE, rows, shares, places=places)).measure("m", "ccg")
    assert without.standing.target is None
    assert without.problems == ("the plan target cannot be added up: the places give values without their parts",)


def test_the_year_to_date_by_its_rule() -> None:
    rows = [actual("March 2017", 1, 100), actual("April 2017", 90, 100), actual("May 2017", 50, 300)]
    results = {how: measure_results(book(replace(SHARE, year_to_date=how), rows)).measure("m") for how in Aggregation}
    shown = {how: each.year_to_date.shown if each.year_to_date else None for how, each in results.items()}
    assert shown[Aggregation.PARTS] == "35.0%"
    assert shown[Aggregation.MEAN] == "53.3%"
    assert shown[Aggregation.LAST] == "16.7%"
    assert shown[Aggregation.NONE] is None


def test_a_year_with_a_missing_month_has_no_sum() -> None:
    rows = [actual("April 2017", 9), actual("June 2017", 9)]
    so_far = measure_results(book(replace(COUNT, year_to_date=Aggregation.SUM), rows)).measure("m").year_to_date
    assert so_far is not None
    assert (so_far.value, so_far.reason) == (None, "there is no figure for May 2017")


def test_targets_are_told_to_the_end_of_the_trajectory_and_of_the_plan() -> None:
    rows = [actual("May 2017", 90, 100)]
    to_point = measure_results(book(SHARE, rows, [aim("August 2017", 95)]), PLAN).measure("m")
    assert [each.period.label for each in to_point.periods][-1] == "August 2017"
    standard = replace(SHARE, standards=(DatedStandard(Comparator.AT_LEAST, Decimal(92)),))
    to_plan = measure_results(book(standard, rows), PLAN).measure("m")
    assert to_plan.periods[-1].period.label == "March 2019"
    assert to_plan.periods[-1].aim(AimKind.NATIONAL) == 92.0
    assert measure_results(book(standard, rows)).measure("m").periods[-1].period.label == "March 2018"


def test_ranks_and_funnel_are_of_the_latest_common_period() -> None:
    definition = replace(SHARE, comparison=Comparison(PeerGroup.PARENT))
    tops = {"north": (900, 1000), "south": (700, 1000), "west": (705, 1000)}
    rows = [actual("May 2017", top, bottom, place) for place, (top, bottom) in tops.items()]
    found = measure_results(book(definition, [*rows, actual("June 2017", 800, 1000, "north")]))
    (funnel,) = found.indicator("m").funnels
    assert funnel.period == "May 2017"
    assert funnel.average == pytest.approx(100 * 2305 / 3000)
    north = found.measure("m", "north").peers
    assert north is not None
    assert (north.rank, north.of, north.significance) == (1, 3, Significance.HIGH_3)
    assert north.finding == "best of 3 localities in May 2017, above the 99.8% limit"
    assert found.measure("m", "south").finding.endswith("3rd best of 3 localities, below the 99.8% limit.")
    assert [point.significance for point in funnel.points if point.place.code == "north"] == [north.significance]
    lower = measure_results(book(replace(definition, polarity=Polarity.LOWER), rows)).measure("m", "south").peers
    assert lower is not None
    assert lower.rank == 1


def test_practices_are_compared_across_localities() -> None:
    rows = [actual("May 2017", 50, 100, place) for place in ("p1", "p2", "p3", "p4")]
    funnels = measure_results(book(SHARE, rows)).indicator("m").funnels
    kinds = {each.points[0].place.kind: len(each.points) for each in funnels}
    assert kinds[PlaceKind.PRACTICE] == 4
    assert "joint best of 4 practices" in measure_results(book(SHARE, rows)).measure("m", "p1").finding


def test_the_ladder_with_its_slope() -> None:
    fifths = tuple(f"fifth {number}" for number in range(1, 6))
    definition = replace(SHARE, polarity=Polarity.LOWER, inequality=Inequality("deprivation", fifths))
    rows = [actual("May 2017", 300 - 50 * at, 1000, group=group) for at, group in enumerate(fifths)]
    ladder = measure_results(book(definition, rows)).indicator("m").inequality
    assert ladder is not None
    assert ladder.sii == pytest.approx(25)
    assert ladder.sii_interval is not None
    assert ladder.sii_interval[0] < 25 < ladder.sii_interval[1]
    assert ladder.rii is not None
    assert ladder.rii > 1
    assert ladder.finding.startswith(
        "May 2017: fifth 1 30.0%, fifth 5 10.0%; slope index of inequality 25.0 percentage"
    )
    assert [row[0] for row in inequality_table(ladder)[1]] == list(fifths)
    few = measure_results(book(definition, rows[:4])).indicator("m").inequality
    assert few is not None
    assert (few.sii, few.rungs[4].value) == (None, None)


def test_a_yearly_measure_has_a_recent_trend_and_a_monthly_one_has_none() -> None:
    yearly = replace(SHARE, period_type=PeriodType.FINANCIAL_YEAR)
    rows = [actual(f"20{year}/{year + 1}", 100 + 40 * (year - 10), 1000) for year in range(10, 16)]
    assert measure_results(book(yearly, rows)).measure("m").trend is Direction.RISING
    monthly = [actual(month, 50, 100) for month in MONTHS]
    assert measure_results(book(SHARE, monthly)).measure("m").trend is Direction.CANNOT


def test_the_control_chart_is_that_of_the_definition_with_its_rebases() -> None:
    definition = replace(SHARE, spc=ControlChart(ChartKind.P))
    rows = [actual(month, 50 + at % 3, 100) for at, month in enumerate(MONTHS)]
    rebases = [
        Rebase("m", "July 2016", "A new way of counting", "The team"),
        Rebase("m", "May 2016", "x", "y", "north"),
    ]
    spc = measure_results(book(definition, rows, [aim("December 2016", 40)], rebases)).measure("m").spc
    assert spc is not None
    assert spc.chart is ChartKind.P
    assert [(spc.labels[each.first], each.reason) for each in spc.segments[1:]] == [
        ("July 2016", "A new way of counting")
    ]
    assert spc.targets[-1] == 40.0
    entered = measure_results(book(definition, [actual(month, value=50) for month in MONTHS])).measure("m").spc
    assert entered is not None
    assert entered.chart is ChartKind.XMR


def test_a_rule_set_that_nobody_knows_costs_the_chart_alone() -> None:
    definition = replace(SHARE, spc=ControlChart(rule_set="mdc-8"))
    result = measure_results(book(definition, [actual("May 2017", 50, 100)])).measure("m")
    assert result.spc is None
    assert len(result.problems) == 1
    assert result.latest is not None
    assert result.latest.shown == "50.0%"


def test_the_summary_agrees_with_the_measure_because_it_is_the_same() -> None:
    plan = replace(PLAN, objectives=(Objective("o1", "t", "1", "An objective", committees=("Quality Committee",)),))
    tagged = replace(SHARE, tags=("Constitution",), objective="o1")
    other = replace(SHARE, id="n", objective="o2")
    rows = [actual("May 2017", 90, 100), actual("May 2017", 80, 100, "north"), actual("May 2017", 9, 10, indicator="n")]
    found = measure_results(book((tagged, other), rows, [aim("May 2017", 95)]), plan)
    row, last = found.summary()
    assert row.measure is found.measure("m") is found.indicator("m").main
    assert (row.latest, row.target, row.plan, row.national) == ("90.0%", "95.0%", "95.0%", "")
    assert row.sentence == row.measure.finding
    assert row.variation is row.measure.spc.variation  # type: ignore[union-attr]
    assert [each.definition.id for each in found.summary(tag="constitution")] == ["m"]
    assert [each.definition.id for each in found.summary(committee="Quality Committee")] == ["m"]
    assert [each.definition.id for each in found.summary(objective="o2")] == ["n"]
    assert [each.latest for each in found.summary(place="North")] == ["80.0%"]
    with pytest.raises(InputError, match="there is no place “Nowhere at all”"):
        found.summary(place="Nowhere at all")
    headers, cells = summary_table([row, last])
    assert len(headers) == len(cells[0]) == len(cells[1])


def test_an_unknown_measure_is_refused_with_the_nearest() -> None:
    found = measure_results(book(replace(SHARE, id="ae-4-hour"), [actual("May 2017", 1, 2, indicator="ae-4-hour")]))
    with pytest.raises(InputError, match="did you mean “ae-4-hour”"):
        found.measure("ae-4-hours")
    with pytest.raises(InputError, match="has no figures of “north”"):
        found.measure("ae-4-hour", "north")


def test_an_empty_book_and_a_definition_without_figures() -> None:
    assert measure_results(MeasureBook()).summary() == ()
    found = measure_results(book(SHARE))
    assert found.summary() == ()
    assert found.indicator("m").main is None
    assert found.indicator("m").finding == "Nothing was entered yet."


def test_the_data_table_is_text_and_has_every_period() -> None:
    rows = [actual("April 2017", 90, 100), actual("June 2017", 85, 100, note="after a change of system")]
    headers, cells = data_table(measure_results(book(SHARE, rows, [aim("July 2017", 95)])).measure("m"))
    assert [row[0] for row in cells] == ["April 2017", "May 2017", "June 2017", "July 2017"]
    assert headers[:2] == ("Period", "Value")
    assert cells[1][1] == "–"
    assert dict(zip(headers, cells[3], strict=True))["Plan"] == "95.0%"
    assert dict(zip(headers, cells[2], strict=True))["Note"] == "after a change of system"
    json.dumps(cells)


def test_one_wrong_year_makes_no_series_of_a_million_periods() -> None:
    rows = [actual("May 2017", 90, 100), actual("May 1917", 90, 100)]
    result = measure_results(book(SHARE, rows)).measure("m")
    assert len(result.periods) <= 2400
    assert SYSTEM["ccg"] is result.place


# rule, what is asked in May 2017 of a place that had 60.0% in March
BASELINES = [
    ("max(baseline + 7pp; 65%)", 67.0),
    ("min(baseline - 3pp; 20%)", 20.0),
    ("max(baseline + 7pp; 80%)", 80.0),
]


@pytest.mark.parametrize(("rule", "asked"), BASELINES)
def test_a_rule_from_a_baseline_starts_from_the_own_last_figure(rule: str, asked: float) -> None:
    standard = DatedStandard(Comparator.AT_LEAST, rule=rule, valid_from=date(2017, 4, 1))
    rows = [actual("March 2017", 60, 100), actual("May 2017", 66, 100), actual("May 2017", 66, 100, "north")]
    found = measure_results(book(replace(SHARE, standards=(standard,)), rows))
    assert found.measure("m", "ccg").standing.target == asked
    without = found.measure("m", "north")
    assert without.standing.target is None
    assert len(without.problems) == 1
    assert "baseline" in without.problems[0]


def test_a_provider_is_judged_by_the_standard_for_providers() -> None:
    both = (
        DatedStandard(Comparator.AT_LEAST, Decimal(70), level="national"),
        DatedStandard(Comparator.AT_LEAST, Decimal(65), level="provider"),
    )
    places = Places((*SYSTEM, Place("rxx", "A Trust", PlaceKind.TRUST, "sys")))
    rows = [actual("May 2017", 66, 100, place) for place in ("ccg", "rxx")]
    found = measure_results(book(replace(SHARE, standards=both), rows, places=places))
    assert found.measure("m", "ccg").standing.target == 70.0
    assert found.measure("m", "rxx").standing.target == 65.0


def closing(code: str, **years: date) -> Places:
    """The system with the years of one place."""
    return Places(tuple(replace(place, **years) if place.code == code else place for place in SYSTEM))


def test_a_place_counts_for_its_parent_in_the_years_that_it_was_there() -> None:
    """West closed on 10 June: its May counts, July is whole without it, whatever was entered for it then."""
    rows = [actual(month, 9, 10, place) for month in ("May 2017", "July 2017") for place in ("north", "south", "west")]
    result = measure_results(book(SHARE, rows, places=closing("west", valid_to=date(2017, 6, 10)))).measure("m", "ccg")
    found = {each.period.label: (each.denominator, each.note) for each in result.periods}
    assert found["May 2017"] == (Decimal(30), "added up from 3 localities")
    assert found["July 2017"] == (Decimal(20), "added up from 2 localities")


def test_the_target_of_a_period_is_added_up_from_the_places_that_there_were_then() -> None:
    def aims(months: Sequence[str], place: str) -> list[Aim]:
        return [aim(month, place=place, numerator=8, denominator=10) for month in months]

    both = ("May 2017", "July 2017")
    given = [*aims(both, "north"), *aims(both, "south"), *aims(["May 2017"], "west")]
    rows = [actual("May 2017", 9, 10, place) for place in ("north", "south", "west")]
    closed = measure_results(book(SHARE, rows, given, places=closing("west", valid_to=date(2017, 6, 10))))
    assert {each.period.label: each.aim(AimKind.PLAN) for each in closed.measure("m", "ccg").periods} == {
        "May 2017": 80, "June 2017": None, "July 2017": 80
    }  # fmt: skip
    there = measure_results(book(SHARE, rows, given)).measure("m", "ccg")
    assert [each.aim(AimKind.PLAN) for each in there.periods] == [80], "July is not the target of all three"
    late = [*given[:4], *aims(["July 2017"], "west")]
    opened = measure_results(book(SHARE, rows, late, places=closing("west", valid_from=date(2017, 6, 1))))
    assert opened.measure("m", "ccg").periods[0].aim(AimKind.PLAN) == 80


def test_a_count_of_any_length_is_printed_digit_by_digit() -> None:
    long = "123456789012345678901234567891"
    result = measure_results(book(COUNT, [actual("May 2017", long)], [aim("May 2017", long)])).measure("m")
    assert result.latest is not None
    assert result.latest.shown == "123,456,789,012,345,678,901,234,567,891"
    assert result.standing.finding.count("123,456,789,012,345,678,901,234,567,891") == 2


def test_a_standard_without_an_end_may_say_so_by_the_last_day_there_is() -> None:
    standard = DatedStandard(Comparator.AT_LEAST, Decimal(92), valid_from=date(2017, 4, 1), valid_to=date.max)
    result = measure_results(book(defined(standards=(standard,)), [actual("May 2017", 9, 10)])).measure("m")
    assert result.standing.target == 92


ADDS = replace(COUNT, year_to_date=Aggregation.SUM)
CEILING = replace(ADDS, polarity=Polarity.LOWER)
THREE = [actual("April 2017", 3), actual("May 2017", 3), actual("June 2017", 4)]
NEXT_QUARTER = "no target falls due in this period: the next is the plan’s target of 30 for 2017/18 Q1."


# definition, rows, sentence
QUARTERS = [
    (ADDS, THREE, "April 2017 to June 2017: 10, 20 below the plan’s target of 30."),
    (ADDS, THREE[:2], f"May 2017: 3; {NEXT_QUARTER}"),
    (CEILING, THREE[:2], "April 2017 to May 2017: 6, 24 below the plan’s target of 30."),
]


@pytest.mark.parametrize(("definition", "rows", "sentence"), QUARTERS)
def test_a_quarters_target_is_held_against_the_sum_of_its_months(
    definition: Definition, rows: list[Actual], sentence: str
) -> None:
    result = measure_results(book(definition, rows, [aim("2017/18 Q1", 30)]), PLAN).measure("m")
    assert result.standing.finding == sentence
    assert [each.aims for each in result.periods if each.aims] == [], "no month is asked for 30"


def test_the_years_target_is_the_aim_of_the_year_to_date_once() -> None:
    """Not once for each month; targets of single months are added."""
    of_year = measure_results(book(ADDS, THREE, [aim("2017/18", 120)]), PLAN).measure("m").year_to_date
    of_months = [aim(row.period, 5) for row in THREE]
    added = measure_results(book(ADDS, THREE, of_months), PLAN).measure("m").year_to_date
    assert of_year
    assert added
    assert (of_year.aims, added.aims) == (((AimKind.PLAN, 120.0),), ((AimKind.PLAN, 15.0),))


def test_sums_of_any_length_are_exact() -> None:
    long = 12345678901234567890123456789
    rows = [actual("April 2017", long, place=place) for place in ("north", "south", "west")]
    whole = measure_results(book(COUNT, rows)).measure("m", "ccg")
    assert whole.latest is not None
    assert whole.latest.numerator == 3 * long
    year = measure_results(book(ADDS, [actual("April 2017", long), actual("May 2017", long)])).measure("m").year_to_date
    assert year is not None
    assert year.numerator == 2 * long


def test_the_limits_of_a_funnel_go_from_the_smallest_place_to_the_largest() -> None:
    """Also where less than one event is expected everywhere."""
    expected = {"north": "0.2", "south": "0.3", "west": "0.5"}
    rows = [actual("May 2017", 1, size, place=place) for place, size in expected.items()]
    (funnel,) = measure_results(book(defined(Statistic.ISR_RATIO), rows)).indicator("m").funnels
    sizes = [row[0] for row in funnel.limits]
    assert sizes == sorted(sizes)
    assert (sizes[0], round(sizes[-1], 9)) == (0.2, 0.55)
