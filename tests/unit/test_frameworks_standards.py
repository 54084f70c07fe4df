"""Which standard holds in which period, and for whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from trigpoint.frameworks import Basis, Criterion, Standard, load_framework, standard_holds, standards_for
from trigpoint.frameworks.standards import levels_of
from trigpoint.periods.labels import parse_period

STANDARD = Standard(
    "s", "p", "Waits", Criterion.AT_LEAST, Decimal(92), valid_from=date(2026, 4, 1), valid_to=date(2027, 3, 31)
)

# basis, periods in which the standard holds, periods in which it does not
WHEN = [
    (Basis.NOT_STATED, "June 2026, March 2027, 2026/27, 2026/27 Q4", "March 2026, 2025/26, April 2027, 2026"),
    (Basis.EACH_MONTH, "April 2026, March 2027, 2026/27 Q1", "March 2026, April 2027"),
    (Basis.EACH_QUARTER, "2026/27 Q1, 2026/27 Q4", "March 2027, 2026/27, 2025/26 Q4"),
    (Basis.LAST_QUARTER, "2026/27 Q4", "2026/27 Q3, March 2027, 2026/27"),
    (Basis.MARCH, "March 2027", "February 2027, March 2026, 2026/27 Q4, 2026/27"),
    (Basis.YEAR_AVERAGE, "2026/27", "March 2027, 2026/27 Q4, 2027/28"),
    (Basis.YEAR, "2026/27", "March 2027, 2025/26"),
    (Basis.YEAR_END, "March 2027, 2026/27 Q4, 2026/27", "February 2027, 2026/27 Q3, March 2026"),
]


@pytest.mark.parametrize(("basis", "inside", "outside"), WHEN, ids=[row[0].value for row in WHEN])
def test_a_standard_tests_the_periods_of_its_basis_within_its_days(basis: Basis, inside: str, outside: str) -> None:
    standard = replace(STANDARD, basis=basis)
    for labels, expected in ((inside, True), (outside, False)):
        for label in labels.split(", "):
            assert standard_holds(standard, parse_period(label)) is expected, label


def test_a_standard_without_days_holds_never_and_one_without_an_end_for_ever() -> None:
    assert not standard_holds(replace(STANDARD, valid_from=None), parse_period("June 2026"))
    assert standard_holds(replace(STANDARD, valid_to=None), parse_period("June 2099"))


def test_the_same_measure_has_other_standards_in_other_rounds_and_for_others() -> None:
    values = [row.value for row in standards_for("rtt-18-weeks")]
    assert values == [Decimal(value) for value in (92, 92, 65, 70, 65, 92)]
    march = parse_period("March 2027")
    assert [row.value for row in standards_for("rtt-18-weeks", march, "national")] == [Decimal(70)]
    assert [row.rule for row in standards_for("rtt-18-weeks", march, "provider")] == ["max(baseline + 7pp; 65%)"]
    assert standards_for("rtt-18-weeks", parse_period("March 2028")) == ()  # the framework gives no value for 2027/28
    assert standards_for("no-such-measure") == ()
    older = [load_framework("nhs-2017-19")]
    assert [row.id for row in standards_for("rtt-18-weeks", frameworks=older)] == ["e-b-3"]


def test_a_standard_of_everyone_is_everyones_and_one_of_two_kinds_that_of_both() -> None:
    assert [row.id for row in standards_for("ae-4-hour", parse_period("June 2017"), "provider")] == ["e-b-5"]
    assert levels_of(replace(STANDARD, level="practice/ICB")) == ("practice", "ICB")
    assert [row.value for row in standards_for("cancer-28-day-fds", parse_period("2027/28"), "provider")] == [80]
