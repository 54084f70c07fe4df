"""What is said of the latest figure: by whose target it is judged, in which colour, in which words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from measure_books import PLAN, actual, aim, book, defined
from trigpoint.frameworks import Basis
from trigpoint.measures.book.book import Aim, AimKind
from trigpoint.measures.definitions.definition import (
    Aggregation,
    DatedStandard,
    Definition,
    PeriodType,
    Rag,
    Statistic,
)
from trigpoint.measures.results import measure_results
from trigpoint.measures.results.result import MeasureResult, Rating, TargetStanding
from trigpoint.measures.results.sentences import control_words
from trigpoint.measures.spc.control import Assurance, Variation
from trigpoint.measures.standing import Judgement
from trigpoint.periods.calendar import Month
from trigpoint.plans.model import Comparator, Polarity

NOT_DUE = "no target falls due in this period: the next is"
NATIONAL = DatedStandard(Comparator.AT_LEAST, Decimal(92))
SHARE = defined()
LOWER = replace(SHARE, polarity=Polarity.LOWER)
NEITHER = replace(SHARE, polarity=Polarity.NEITHER)
STANDARD = replace(SHARE, standards=(NATIONAL,))
AMBER = replace(SHARE, rag=Rag(Decimal(2)))
NOVEMBER = "November 2017"


def told(definition: Definition, *rows: object) -> MeasureResult:
    actuals = [row for row in rows if not isinstance(row, Aim)]
    aims = [row for row in rows if isinstance(row, Aim)]
    return measure_results(book(definition, actuals, aims), PLAN).measure("m")


# definition, of 1,000, rows besides, judgement, rating, sentence
TABLE = [
    (SHARE, 950, [aim(NOVEMBER, 92)], Judgement.MET, Rating.GREEN,
     "November 2017: 95.0%, 3.0 percentage points above the plan’s target of 92.0%."),
    (SHARE, 920, [aim(NOVEMBER, 92)], Judgement.MET, Rating.GREEN,
     "November 2017: 92.0%, exactly the plan’s target of 92.0%."),
    (SHARE, 905, [aim(NOVEMBER, 92)], Judgement.MISSED, Rating.RED,
     "November 2017: 90.5%, 1.5 percentage points below the plan’s target of 92.0%."),
    (AMBER, 905, [aim(NOVEMBER, 92)], Judgement.MISSED, Rating.AMBER,
     "November 2017: 90.5%, 1.5 percentage points below the plan’s target of 92.0%."),
    (AMBER, 899, [aim(NOVEMBER, 92)], Judgement.MISSED, Rating.RED,
     "November 2017: 89.9%, 2.1 percentage points below the plan’s target of 92.0%."),
    (LOWER, 905, [aim(NOVEMBER, 92)], Judgement.MET, Rating.GREEN,
     "November 2017: 90.5%, 1.5 percentage points below the plan’s target of 92.0%."),
    (NEITHER, 905, [aim(NOVEMBER, 92)], Judgement.NOT_JUDGED, Rating.NONE,
     "November 2017: 90.5%, 1.5 percentage points below the plan’s target of 92.0%."),
    # Printed digits agree, the figures do not: it is missed, and the words say how.
    (SHARE, Decimal("919.9"), [aim(NOVEMBER, 92)], Judgement.MISSED, Rating.RED,
     "November 2017: 92.0%, just below the plan’s target of 92.0%."),
    # The plan's target goes before the national one, and both are told.
    (STANDARD, 910, [aim(NOVEMBER, 90)], Judgement.MET, Rating.GREEN,
     "November 2017: 91.0%, 1.0 percentage point above the plan’s target of 90.0%."),
    (STANDARD, 910, [], Judgement.MISSED, Rating.RED,
     "November 2017: 91.0%, 1.0 percentage point below the national standard of 92.0%."),
    # The target of its own period, not of another.
    (SHARE, 905, [aim("October 2017", 92)], Judgement.NO_TARGET, Rating.NONE,
     "November 2017: 90.5%; there is no target for this period."),
    (SHARE, 905, [aim("March 2018", 95)], Judgement.NO_TARGET, Rating.NONE,
     f"November 2017: 90.5%; {NOT_DUE} the plan’s target of 95.0% for March 2018."),
    # What is asked of a year is asked of each of its months where they are shares.
    (SHARE, 905, [aim("2017/18", 90)], Judgement.MET, Rating.GREEN,
     "November 2017: 90.5%, 0.5 percentage points above the plan’s target of 90.0%."),
    # A rule; what it computes is rounded as a table prints it.
    (SHARE, 905, [aim("", rule="linear to 92% by March 2018 from 88% in March 2017")], Judgement.MISSED, Rating.RED,
     "November 2017: 90.5%, 0.2 percentage points below the plan’s target of 90.7%."),
    # A target with more decimals than the measure is printed whole.
    (SHARE, 905, [aim(NOVEMBER, "90.75")], Judgement.MISSED, Rating.RED,
     "November 2017: 90.5%, 0.3 percentage points below the plan’s target of 90.75%."),
]  # fmt: skip


@pytest.mark.parametrize(("definition", "top", "rows", "judgement", "rating", "sentence"), TABLE)
def test_the_latest_figure_against_the_target_of_its_period(
    definition: Definition, top: object, rows: list[Aim], judgement: Judgement, rating: Rating, sentence: str
) -> None:
    standing: TargetStanding = told(definition, actual(NOVEMBER, top, 1000), *rows).standing
    assert (standing.judgement, standing.rating, standing.finding) == (judgement, rating, sentence)


def test_plan_and_national_are_both_reported() -> None:
    result = told(STANDARD, actual(NOVEMBER, 910, 1000), aim(NOVEMBER, 90), aim(NOVEMBER, 95, AimKind.STRETCH))
    assert [each.kind for each in result.standings] == [AimKind.PLAN, AimKind.NATIONAL, AimKind.STRETCH]
    assert result.standings[0] is result.standing
    assert "; 1.0 percentage point below the national standard of 92.0%" in result.finding


def test_a_national_standard_that_the_plan_repeats_is_said_in_few_words() -> None:
    result = told(STANDARD, actual(NOVEMBER, 910, 1000), aim(NOVEMBER, 92))
    assert result.finding.endswith("below the plan’s target of 92.0%; this is the national standard too.")


# comparator, of 1,000, met
COMPARATORS = [
    (Comparator.AT_LEAST, 10, True), (Comparator.AT_LEAST, 9, False), (Comparator.AT_MOST, 10, True),
    (Comparator.AT_MOST, 11, False), (Comparator.LESS_THAN, 10, False), (Comparator.LESS_THAN, 9, True),
    (Comparator.MORE_THAN, 10, False), (Comparator.MORE_THAN, 11, True), (Comparator.EQUAL, 10, True),
]  # fmt: skip


@pytest.mark.parametrize(("comparator", "top", "met"), COMPARATORS)
def test_a_standard_is_tested_as_it_is_written(comparator: Comparator, top: int, met: bool) -> None:
    definition = replace(SHARE, standards=(DatedStandard(comparator, Decimal(1)),))
    judgement = told(definition, actual(NOVEMBER, top, 1000)).standing.judgement
    assert judgement is (Judgement.MET if met else Judgement.MISSED)


# first and last day that a standard holds, and whether it holds for November 2017
DAYS = [
    (None, None, True), (date(2017, 11, 1), None, True), (date(2017, 11, 30), None, True),
    (date(2017, 12, 1), None, False), (None, date(2017, 11, 30), True), (None, date(2017, 11, 29), False),
    (None, date(2017, 10, 31), False), (date(2017, 4, 1), date(2018, 3, 31), True),
]  # fmt: skip


@pytest.mark.parametrize(("first", "last", "holds"), DAYS)
def test_a_standard_holds_for_the_periods_that_end_within_its_days(
    first: date | None, last: date | None, holds: bool
) -> None:
    standard = DatedStandard(Comparator.AT_LEAST, Decimal(92), valid_from=first, valid_to=last)
    result = told(replace(SHARE, standards=(standard,)), actual(NOVEMBER, 910, 1000))
    assert (result.standing.kind is AimKind.NATIONAL) is holds


def test_of_two_standards_the_later_counts_where_both_hold() -> None:
    old, new = DatedStandard(Comparator.AT_LEAST, Decimal(90)), DatedStandard(Comparator.AT_LEAST, Decimal(92))
    standards = (replace(new, valid_from=date(2017, 10, 1)), replace(old, valid_from=date(2013, 4, 1)))
    rows = [actual("September 2017", 910, 1000), actual(NOVEMBER, 910, 1000)]
    result = told(replace(SHARE, standards=standards), *rows)
    assert [each.aim(AimKind.NATIONAL) for each in result.periods[:3]] == [90.0, 92.0, 92.0]


APRIL_TO_JUNE = [actual("April 2017", 90, 100), actual("May 2017", 80, 100), actual("June 2017", 180, 200)]
# basis, figure judged (first its period), or nothing
BASES = [
    (Basis.EACH_MONTH, "June 2017: 90.0%"),
    (Basis.YEAR_AVERAGE, "April 2017 to June 2017: 87.5%"),
    (Basis.EACH_QUARTER, "April 2017 to June 2017: 87.5%"),
    (
        Basis.MARCH,
        f"June 2017: 90.0%; {NOT_DUE} the national standard of 88.0% for March 2018",
    ),
    (
        Basis.YEAR_END,
        f"June 2017: 90.0%; {NOT_DUE} the national standard of 88.0% for March 2018",
    ),
    (
        Basis.LAST_QUARTER,
        f"June 2017: 90.0%; {NOT_DUE} the national standard of 88.0% for March 2018",
    ),
]


@pytest.mark.parametrize(("basis", "beginning"), BASES)
def test_a_standard_is_held_against_the_figure_that_it_names(basis: Basis, beginning: str) -> None:
    standard = DatedStandard(Comparator.AT_LEAST, Decimal(88), basis=basis.value)
    result = told(replace(SHARE, standards=(standard,)), *APRIL_TO_JUNE)
    assert result.standing.finding.startswith(beginning)


CASES = defined(Statistic.COUNT, polarity=Polarity.LOWER, year_to_date=Aggregation.SUM, over_time=Aggregation.SUM)


# rule of the plan, beginning of the sentence
TIMED = [
    ("year average(88%)", "April 2017 to June 2017: 87.5%, 0.5 percentage points below"),
    (
        "in March(88%)",
        f"June 2017: 90.0%; {NOT_DUE} the plan’s target of 88.0% for March 2018",
    ),
    ("explicit(88%)", "June 2017: 90.0%, 2.0 percentage points above"),
]


@pytest.mark.parametrize(("rule", "beginning"), TIMED)
def test_a_rule_may_say_itself_which_figure_is_tested(rule: str, beginning: str) -> None:
    result = told(SHARE, *APRIL_TO_JUNE, aim("", rule=rule))
    assert result.standing.finding.startswith(beginning)
    assert result.problems == ()


def test_a_direction_without_a_number_has_to_be_beaten() -> None:
    rows = [actual("March 2017", 90, 100), actual("April 2017", 90, 100)]
    assert told(SHARE, *rows, aim("", rule="higher than baseline")).standing.judgement is Judgement.MISSED
    better = [rows[0], actual("April 2017", 91, 100)]
    assert told(SHARE, *better, aim("", rule="higher than baseline")).standing.judgement is Judgement.MET


def test_a_ceiling_for_the_year_is_held_against_the_year_so_far() -> None:
    rows = [actual("April 2017", 4), actual("May 2017", 5), actual("June 2017", 0)]
    result = told(CASES, *rows, aim("2017/18", 8))
    assert result.standing.finding == "April 2017 to June 2017: 9, 1 above the plan’s target of 8."
    assert result.standing.rating is Rating.RED
    # A month is not held against a whole year, nor is its chart.
    assert result.latest is not None
    assert result.latest.aims == ()


def test_a_floor_for_the_year_waits_for_its_end() -> None:
    quits = replace(CASES, polarity=Polarity.HIGHER)
    early = told(quits, actual("April 2017", 4), aim("2017/18", 8))
    assert early.standing.finding == f"April 2017: 4; {NOT_DUE} the plan’s target of 8 for 2017/18."
    rows = [actual((Month(2017, 4) + number).label, 1) for number in range(12)]
    late = told(quits, *rows, aim("2017/18", 8))
    assert late.standing.finding == "April 2017 to March 2018: 12, 4 above the plan’s target of 8."


def test_quarters_of_one_yearly_whole_add_up_to_the_year() -> None:
    access = defined(
        period_type=PeriodType.QUARTER, decimals=2, year_to_date=Aggregation.SUM, over_time=Aggregation.SUM
    )
    rows = [actual(f"2017/18 Q{number}", 420, 10_000) for number in (1, 2, 3, 4)]
    result = told(access, *rows, aim("2017/18", "16.8"))
    assert result.standing.finding == ("2017/18 Q1 to 2017/18 Q4: 16.80%, exactly the plan’s target of 16.80%.")
    assert result.year_to_date is not None
    assert result.year_to_date.shown == "16.80%"


def test_no_actual_yet() -> None:
    assert (
        told(SHARE, aim("March 2018", 95)).finding == "No actual yet; the plan’s target starts at 95.0% for March 2018."
    )


def test_a_latest_period_without_a_figure_is_not_passed_over() -> None:
    result = told(SHARE, actual("October 2017", 900, 1000), actual(NOVEMBER, 900, 0), aim(NOVEMBER, 92))
    assert result.standing.finding == (
        "November 2017: no figure (the denominator is 0); the latest before it is October 2017: 90.0%."
    )
    assert result.standing.judgement is Judgement.NO_ACTUAL


def test_the_targets_to_come_are_told_with_whose_they_are() -> None:
    """The earlier first; equal ones together; of what adds up over the year, the sum so far."""
    asked = DatedStandard(Comparator.AT_LEAST, Decimal(80), basis=Basis.MARCH.value, valid_from=date(2017, 4, 1))
    share = replace(SHARE, standards=(asked,))
    rows = [actual("November 2017", 70, 100)]
    two = told(share, *rows, aim("February 2018", 75)).standing
    assert two.coming == (
        "the plan’s target of 75.0% for February 2018",
        "the national standard of 80.0% for March 2018",
    )
    assert two.finding.endswith(f": the next are {two.coming[0]} and {two.coming[1]}.")
    same = told(share, *rows, aim("March 2018", 80)).standing
    assert same.finding.endswith(
        "the next are the plan’s target and the national standard of 80.0%, both for March 2018."
    )
    quits = replace(CASES, polarity=Polarity.HIGHER)
    summed = told(quits, actual("April 2017", 4), actual("May 2017", 3), aim("2017/18", 80)).standing
    assert summed.finding.startswith("May 2017: 3, 7 in the year to date; no target falls due in this period:")


def test_a_figure_or_target_that_is_invented_marks_its_measure() -> None:
    plain, invented = actual("May 2017", 9, 10), replace(actual("June 2017", 8, 10), illustrative=True)
    assert not told(SHARE, plain, aim("May 2017", 90)).illustrative
    assert told(SHARE, plain, invented).illustrative
    assert told(SHARE, plain, replace(aim("May 2017", 90), illustrative=True)).illustrative


CONTROLS = [
    (Variation.COMMON, Assurance.INCONSISTENT, "common cause variation, with the target met or missed by chance"),
    (Variation.CONCERN_LOW, Assurance.CONSISTENTLY_HIT,
     "special cause of concern (low), though the target is consistently met"),
    (Variation.CONCERN_LOW, Assurance.CONSISTENTLY_MISS,
     "special cause of concern (low), with the target consistently missed"),
    (Variation.IMPROVEMENT_LOW, Assurance.CONSISTENTLY_MISS,
     "special cause of improvement (low), though the target is consistently missed"),
    (Variation.COMMON, Assurance.NO_TARGET, "common cause variation"),
    (Variation.TOO_FEW, Assurance.TOO_FEW, ""),
]  # fmt: skip


@pytest.mark.parametrize(("variation", "assurance", "words"), CONTROLS)
def test_variation_and_assurance_are_told_together(variation: Variation, assurance: Assurance, words: str) -> None:
    rows = [actual((Month(2016, 4) + number).label, 900 + number % 3, 1000) for number in range(20)]
    chart = told(SHARE, *rows).spc
    assert chart is not None
    assert control_words(replace(chart, variation=variation, assurance=assurance)) == words


def test_a_rule_from_a_baseline_says_nothing_of_the_years_before_the_plan() -> None:
    rows = [actual("February 2017", 58, 100), actual("March 2017", 60, 100), actual("April 2017", 66, 100)]
    periods = told(SHARE, *rows, aim("", rule="max(baseline + 7pp, 65%)")).periods
    asked = {each.period.label: each.aim(AimKind.PLAN) for each in periods}
    assert (asked["February 2017"], asked["March 2017"], asked["April 2017"]) == (None, None, 67.0)
    always = told(SHARE, *rows, aim("", rule="explicit(65%)")).periods
    assert always[0].aim(AimKind.PLAN) == 65.0
