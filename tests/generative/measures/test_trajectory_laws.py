"""Laws of trajectory rules, held against slow and obvious arithmetic."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from trigpoint.errors import InputError
from trigpoint.measures import compute, half_up, parse_rule, reproduce
from trigpoint.periods.calendar import FinancialYear, Period, Quarter, RollingYears
from trigpoint.plans.model import IndicatorRow, IndicatorTable, TrajectoryRule
from trigpoint.rounding import units_apart

AMOUNTS = st.decimals(min_value=-500, max_value=500, places=2, allow_nan=False)
VALUES = st.decimals(min_value=0, max_value=100_000, places=1, allow_nan=False)
COUNTS = st.integers(1, 2_000_000)
YEARS = st.integers(1990, 2050)
BASES = st.one_of(
    YEARS.map(FinancialYear),
    YEARS.map(lambda first: RollingYears(first, first + 2)),
    st.builds(lambda year, number: Quarter(FinancialYear(year), number), YEARS, st.integers(1, 4)),
)


def run(base: Period, length: int) -> list[Period]:
    return [base + offset for offset in range(length)]


@given(AMOUNTS, VALUES, YEARS, st.integers(1, 30))
def test_a_step_adds_the_same_each_year(amount: Decimal, start: Decimal, first: int, length: int) -> None:
    base = FinancialYear(first)
    values = compute(parse_rule(f"step({amount:+} a year from {start} in {base.label})"), run(base, length))
    slow = start
    for year in run(base, length):
        assert values[year.label] == slow
        slow += amount


@given(st.decimals(-100, 100, places=2), VALUES, YEARS, st.integers(1, 12))
def test_a_compound_multiplies_the_year_before(percent: Decimal, start: Decimal, first: int, length: int) -> None:
    base = RollingYears(first, first + 2)
    rule = parse_rule(f"compound({percent:+}% a year from {start} in {base.label})")
    slow = Fraction(start)
    for period in run(base, length):
        assert rule.value_at(period) == slow
        slow *= 1 + Fraction(percent) / 100


@given(VALUES, VALUES, BASES, st.integers(1, 20))
def test_a_line_meets_both_ends_in_equal_steps(start: Decimal, goal: Decimal, base: Period, length: int) -> None:
    periods = run(base, length + 1)
    rule = parse_rule(f"linear to {goal} by {periods[-1].label} from {start} in {base.label}")
    values = [rule.value_at(period) for period in periods]
    assert (values[0], values[-1]) == (Fraction(start), Fraction(goal))
    known = [value for value in values if value is not None]
    assert len({second - first for first, second in pairwise(known)}) == 1
    assert rule.value_at(base - 1) is None
    assert rule.value_at(periods[-1] + 1) is None


@given(st.integers(1, 100), COUNTS, st.integers(1, 10), YEARS)
def test_a_cumulative_share_ends_on_the_share(percent: int, whole: int, years: int, first: int) -> None:
    base = FinancialYear(first)
    rule = parse_rule(f"cumulative share({percent}% of {whole:,} over {years} years from {base.label})")
    share = parse_rule(f"share({percent}% of {whole:,})")
    assert rule.value_at(base + (years - 1)) == share.value_at(None)
    assert rule.value_at(base + years) is None


@given(st.lists(COUNTS, min_size=1, max_size=8))
def test_sum_max_and_min_are_those_of_their_parts(numbers: list[int]) -> None:
    parts = "; ".join(f"{number:,}" for number in numbers)
    found = tuple(parse_rule(f"{word}({parts})").value_at(None) for word in ("sum", "max", "min"))
    assert found == (sum(numbers), max(numbers), min(numbers))


@given(st.fractions(), st.integers(0, 6))
def test_rounding_is_to_the_nearest_and_a_half_goes_away_from_zero(value: Fraction, decimals: int) -> None:
    rounded = Fraction(half_up(value, decimals))
    unit = Fraction(1, 10**decimals)
    assert abs(rounded - value) <= unit / 2
    # Not -half_up(…): the minus sign would round the Decimal to the context's 28 digits.
    assert Fraction(half_up(-value, decimals)) == -rounded
    if abs(rounded - value) == unit / 2:
        assert abs(rounded) > abs(value)


@given(st.lists(st.tuples(YEARS, VALUES), min_size=1, max_size=6, unique_by=lambda pair: pair[0]), st.integers(-3, 3))
def test_a_printed_series_agrees_with_its_own_rule_and_with_no_other(
    pairs: list[tuple[int, Decimal]], shift: int
) -> None:
    printed = {FinancialYear(year).label: value for year, value in pairs}
    moved = dict(printed)
    first = next(iter(moved))
    moved[first] += Decimal(shift).scaleb(-1)
    rows = (IndicatorRow("A", "target", moved),)
    table = IndicatorTable("i", "Title", kind="rate", decimals=1, rows=rows)
    text = "; ".join(f"{label}: {value}" for label, value in printed.items())
    (check,) = reproduce(table, [TrajectoryRule("i", "A", "target", f"explicit({text})")]).series
    assert check.agrees is (shift == 0)
    assert {cell.period: cell.units_apart for cell in check.cells}[first] == shift
    assert units_apart(moved[first], printed[first], 1) == shift


@given(st.text(max_size=200) | st.text(alphabet="step(max;,:%p +-0123456789./afromiyb)th enulativ", max_size=200))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    with suppress(InputError):
        assert parse_rule(text).unit
