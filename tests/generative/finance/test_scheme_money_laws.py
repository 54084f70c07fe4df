"""Laws of savings schemes, and every number against a slow calculation month by month in fractions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from trigpoint.finance.book.book import (
    FinanceBook,
    FinanceSettings,
    OrganisationType,
    Recurrence,
    Scheme,
    SchemeMonths,
    Series,
)
from trigpoint.finance.schemes.overlap import counted_amounts
from trigpoint.finance.schemes.scheme_book import scheme_book
from trigpoint.finance.schemes.scheme_year import scheme_year
from trigpoint.periods import FinancialYear, Month

YEAR = FinancialYear(2017)
PENNY = Fraction(1, 100)
SETTINGS = FinanceSettings("05C", OrganisationType.CCG, "nhs-2017-19", (YEAR, YEAR + 1))
pounds = st.decimals(0, 50_000_000, places=2)
shares = st.decimals(0, 1, places=2)
schemes = st.builds(
    Scheme,
    id=st.sampled_from(("a", "b", "c")),
    year=st.just(YEAR),
    full_year_effect_gbp=pounds,
    start=st.integers(0, 11).map(lambda at: Month(2017, 4) + at),
    recurrence=st.sampled_from(Recurrence),
    stage=st.sampled_from(("idea", "live")),
    probability=shares,
    investment_gbp=pounds,
    double_count=st.sampled_from(("", "homes", "Homes ", "wards")),
    profile=st.one_of(st.just(()), st.tuples(*[shares] * 12)),
)
unique = st.lists(schemes, max_size=3, unique_by=lambda one: one.id)


def plan(*some: Scheme, rows: tuple[SchemeMonths, ...] = ()) -> FinanceBook:
    return FinanceBook(SETTINGS, schemes=some, scheme_months=rows)


def slow_months(one: Scheme, year: FinancialYear) -> list[Fraction]:
    """What each month saves, exactly, by walking through the calendar."""
    found = []
    for month in year.months:
        if one.recurrence is Recurrence.RECURRENT:
            began = (month.year, month.number) >= (one.start.year, one.start.number)
            found.append(Fraction(one.full_year_effect_gbp) / 12 if began else Fraction(0))
        else:
            found.append(Fraction(one.full_year_effect_gbp) if month == one.start else Fraction(0))
    whole = sum(found, Fraction(0))
    inside = FinancialYear.of(one.start.start) == year
    if inside and any(one.profile):
        return [whole * Fraction(share) / sum(map(Fraction, one.profile)) for share in one.profile]
    if inside and one.recurrence is Recurrence.NON_RECURRENT:
        left = [month for month in year.months if (month.year, month.number) >= (one.start.year, one.start.number)]
        return [whole / len(left) if month in left else Fraction(0) for month in year.months]
    return found


@given(schemes, st.integers(-1, 2))
def test_every_month_is_within_a_penny_of_its_exact_share(one: Scheme, later: int) -> None:
    found = scheme_year(plan(one), one, YEAR + later)

    exact = slow_months(one, YEAR + later)
    assert abs(Fraction(found.part_year_gbp) - sum(exact)) <= PENNY / 2
    for (month, _, _), wanted in zip(found.months, exact, strict=True):
        assert abs(Fraction(month) - wanted) <= PENNY


@given(schemes, st.integers(-1, 2))
def test_months_sum_to_the_year_and_part_year_and_tail_to_the_full_effect(one: Scheme, later: int) -> None:
    found = scheme_year(plan(one), one, YEAR + later)

    assert sum(month for month, _, _ in found.months) == found.part_year_gbp
    assert sum(month for _, _, month in found.months) == found.forecast_gbp
    if one.recurrence is Recurrence.RECURRENT:
        assert found.part_year_gbp + found.tail_gbp == one.full_year_effect_gbp
    else:
        assert found.tail_gbp == 0
    assert 0 <= found.risk_adjusted_gbp <= found.part_year_gbp
    assert found.net_gbp + found.investment_gbp == found.part_year_gbp


@given(schemes)
def test_what_is_new_in_each_year_adds_up_to_the_full_year_effect(one: Scheme) -> None:
    years = [scheme_year(plan(one), one, YEAR + later) for later in range(4)]

    assert sum(found.new_gbp for found in years) == one.full_year_effect_gbp
    book = scheme_book(plan(one), YEAR + 1)
    assert book.brought_gbp == years[1].new_gbp


@given(unique)
def test_the_sums_are_sums_and_nothing_counts_twice(some: list[Scheme]) -> None:
    found = scheme_book(plan(*some), YEAR)

    assert found.part_year_gbp == sum(one.part_year_gbp for one in found.schemes)
    assert found.full_year_gbp == sum(one.full_year_effect_gbp for one in some)
    assert found.tail_gbp + sum(
        one.part_year_gbp for one in found.schemes if one.scheme.recurrence is Recurrence.RECURRENT
    ) == sum(one.full_year_effect_gbp for one in some if one.recurrence is Recurrence.RECURRENT)
    assert found.counted_gbp <= found.part_year_gbp
    assert found.counted_gbp >= max((one.part_year_gbp for one in found.schemes), default=Decimal(0))
    assert sum(number for _, number, _ in found.by_stage) == len(some)
    assert sum(gbp for _, _, gbp in found.by_stage) == found.part_year_gbp


@given(schemes, st.lists(st.one_of(st.none(), st.decimals(-1_000, 5_000_000, places=2)), min_size=12, max_size=12))
def test_the_forecast_against_the_formula_and_known_months_as_they_were(
    one: Scheme, actual: list[Decimal | None]
) -> None:
    found = scheme_year(plan(one, rows=(SchemeMonths("x", YEAR, Series.ACTUAL, tuple(actual)),)), one, YEAR)
    assert found.actual_to_date_gbp is None
    row = SchemeMonths(one.id, YEAR, Series.ACTUAL, tuple(actual))
    found = scheme_year(plan(one, rows=(row,)), one, YEAR)

    planned = [month for month, _, _ in found.months]
    known = [at for at in range(12) if actual[at] is not None]
    saved = sum((Fraction(actual[at] or 0) for at in known), Fraction(0))
    to_date = sum((Fraction(planned[at]) for at in known), Fraction(0))
    weight = Fraction(sum(bool(planned[at]) for at in known), max(sum(map(bool, planned)), 1))
    if not to_date or not any(planned):
        rate = Fraction(one.probability)
    else:
        rate = max(Fraction(0), weight * saved / to_date + (1 - weight) * Fraction(one.probability))
    rest = sum((Fraction(planned[at]) for at in range(12) if at not in known), Fraction(0))
    assert abs(Fraction(found.forecast_gbp) - saved - rest * rate) <= PENNY / 2
    assert all(found.months[at][2] == actual[at] for at in known)
    if len(known) == 12:
        assert Fraction(found.forecast_gbp) == saved


claims = st.lists(st.tuples(st.sampled_from(("", "a", "A", "b")), st.decimals(-100, 1_000, places=2)), max_size=6)


@given(claims, shares)
def test_counted_amounts_against_one_group_after_another(some: list[tuple[str, Decimal]], share: Decimal) -> None:
    found = counted_amounts(some, share)

    for at, (group, gbp) in enumerate(some):
        beside = [other for name, other in some if name.casefold() == group.casefold()]
        first = next(
            k for k, (name, other) in enumerate(some) if name.casefold() == group.casefold() and other == max(beside)
        )
        if not group or gbp <= 0 or at == first:
            assert found[at] == gbp
        else:
            assert abs(found[at] - gbp * share) <= Decimal("0.005")
    assert sum(found, Decimal(0)) <= sum((gbp for _, gbp in some), Decimal(0)) + Decimal("0.03")
    if share == 1:
        assert list(found) == [gbp for _, gbp in some]
