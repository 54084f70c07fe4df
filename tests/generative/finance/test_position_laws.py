"""Laws of the position: bridges add up to the penny, months to the year, and everything to a slow addition."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.finance.book.book import (
    Allocation,
    AllocationPart,
    Driver,
    FinanceBook,
    FinanceSettings,
    GrowthAssumption,
    OrganisationType,
    Quantity,
    Recurrence,
    Scheme,
    Series,
    SpendGroup,
    SpendLine,
)
from trigpoint.finance.position.bridge_making import bridge_between
from trigpoint.finance.position.position import position
from trigpoint.finance.position.result import Bridge, Step
from trigpoint.finance.position.underlying import ITEMS, UnderlyingItems, underlying
from trigpoint.periods import FinancialYear, Month

FIRST = FinancialYear(2017)
YEARS = (FIRST - 1, FIRST, FIRST + 1)
PENCE = st.integers(-(10**10), 10**10).map(lambda pence: Decimal(pence) / 100)
COST = st.integers(0, 10**9).map(lambda pence: Decimal(pence) / 100)


def adds_up(bridge: Bridge) -> bool:
    first, *between, last = bridge.steps
    return (
        first.total
        and last.total
        and not any(step.total for step in between)
        and sum((Fraction(step.gbp) for step in (first, *between)), Fraction(0)) == Fraction(last.gbp)
    )


@given(PENCE, st.lists(PENCE, max_size=12), PENCE)
def test_a_bridge_adds_up_whatever_its_steps_and_names_what_they_leave(
    start: Decimal, between: list[Decimal], end: Decimal
) -> None:
    steps = [Step(str(at), str(at), gbp) for at, gbp in enumerate(between)]
    made = bridge_between("x", Step("a", "a", start, total=True), steps, Step("b", "b", end, total=True))
    assert adds_up(made)
    rest = [step.gbp for step in made.steps if step.id == "not-explained"]
    assert sum(rest) == end - start - sum(between)
    assert 0 not in rest


@given(PENCE, st.fixed_dictionaries(dict.fromkeys(ITEMS, PENCE)), st.none() | COST)
def test_the_underlying_position_is_its_formula(
    reported: Decimal, items: dict[str, Decimal], allocation: Decimal | None
) -> None:
    found = underlying(reported, UnderlyingItems(**items), allocation)
    i = items
    slow = (
        reported - i["nonrecurrent_allocation"] - i["brought_forward"] + i["nonrecurrent_spend"]
        + i["nonrecurrent_pressures"] - i["nonrecurrent_savings"] + i["savings_full_year_effect"]
        - i["investment_full_year_effect"] + i["contingency_underlying"]
    )  # fmt: skip
    assert found.gbp == slow
    assert adds_up(found.bridge)
    assert (found.share is None) is (not allocation)
    if allocation and found.share is not None:
        assert abs(Fraction(found.share) - Fraction(slow) / Fraction(allocation)) <= Fraction(1, 2 * 10**12)


@st.composite
def lines(draw: st.DrawFn) -> tuple[SpendLine, ...]:
    rows = []
    for at in range(draw(st.integers(0, 6))):
        key = f"line-{at}"
        group, recurrence = draw(st.sampled_from(SpendGroup)), draw(st.sampled_from(Recurrence))
        for year in draw(st.sets(st.sampled_from(YEARS), min_size=1)):
            for series in draw(st.sets(st.sampled_from(Series), min_size=1)):
                months = draw(st.lists(st.none() | PENCE, min_size=12, max_size=12) | st.just([None] * 12))
                known = [month for month in months if month is not None]
                total = draw(PENCE) if len(known) < 12 else sum(known)
                rows.append(SpendLine(key, year, group, recurrence, series, tuple(months), total))
    return tuple(rows)


@st.composite
def books(draw: st.DrawFn) -> FinanceBook:
    allocations = [
        Allocation(f"a{at}", draw(st.sampled_from(YEARS)), part, recurrence, draw(PENCE))
        for at, (part, recurrence) in enumerate(
            draw(st.lists(st.tuples(st.sampled_from(AllocationPart), st.sampled_from(Recurrence)), max_size=6))
        )
    ]
    growth = [
        GrowthAssumption(
            draw(st.sampled_from(YEARS)),
            draw(st.none() | st.sampled_from(SpendGroup)),
            driver,
            rate=None if amount else draw(st.decimals(-1, 1, places=4)),
            gbp=draw(PENCE) if amount else None,
            recurrence=draw(st.sampled_from(Recurrence)),
        )
        for driver, amount in draw(st.lists(st.tuples(st.sampled_from(Driver), st.booleans()), max_size=5))
    ]
    schemes = [
        Scheme(f"s{at}", year, draw(COST), Month(year.first, draw(st.integers(4, 12))), recurrence, "idea",
               investment_gbp=draw(COST))
        for at, (year, recurrence) in enumerate(
            draw(st.lists(st.tuples(st.sampled_from(YEARS), st.sampled_from(Recurrence)), max_size=3))
        )
    ]  # fmt: skip
    names = st.sampled_from(
        ("resource_limit", "planned_surplus", "outturn_surplus", "drawdown", "opening_underlying", "nonrecurrent_spend")
    )
    told = [
        Quantity(draw(st.sampled_from(YEARS)), name, draw(PENCE), "gbp") for name in draw(st.lists(names, max_size=5))
    ]
    kind = draw(st.sampled_from(OrganisationType))
    here = FinanceSettings("x", kind, "nhs-2017-19", YEARS[1:], months_known=draw(st.integers(0, 12)))
    return FinanceBook(here, tuple(allocations), draw(lines()), tuple(growth), tuple(told), tuple(schemes))


@settings(max_examples=150, deadline=None)
@given(books())
def test_every_bridge_and_sum_of_a_position_adds_up(book: FinanceBook) -> None:
    rows = (*book.allocations, *book.spend, *book.growth, *book.quantities, *book.schemes)
    for year in YEARS:
        if not any(row.year == year for row in rows):
            continue
        found = position(book, year)
        bridges = (found.limit_bridge, found.surplus_bridge, found.spend_bridge, found.opening_bridge)
        beneath = None if found.underlying is None else found.underlying.bridge
        assert all(adds_up(bridge) for bridge in (*bridges, beneath) if bridge is not None)
        if any(line.year == year for line in book.spend):
            assert sum(group.budget_gbp for group in found.groups) == found.budget_gbp
            assert sum(group.forecast_gbp for group in found.groups) == found.forecast_gbp
            assert (found.months[-1][0], found.months[-1][2]) == (found.budget_gbp, found.forecast_gbp)
            assert all(group.variance_gbp == group.forecast_gbp - group.budget_gbp for group in found.groups)
        if found.surplus_gbp is not None and found.control_total_gbp is not None:
            assert found.control_variance_gbp == found.surplus_gbp - found.control_total_gbp


@given(st.lists(COST, min_size=12, max_size=12), st.lists(COST, max_size=12))
def test_a_forecast_without_one_of_its_own_is_actual_to_date_and_the_budget_to_come(
    budget: list[Decimal], actual: list[Decimal]
) -> None:
    known = len(actual)
    rows = (
        SpendLine("a", FIRST, SpendGroup.ACUTE, Recurrence.RECURRENT, Series.BUDGET, tuple(budget), sum(budget)),
        SpendLine("a", FIRST, SpendGroup.ACUTE, Recurrence.RECURRENT, Series.ACTUAL,
                  (*actual, *(None,) * (12 - known)), sum(actual, Decimal(0))),
    )  # fmt: skip
    here = FinanceSettings("x", OrganisationType.CCG, "nhs-2017-19", (FIRST,), months_known=known)
    found = position(FinanceBook(here, spend=rows), FIRST)
    assert found.forecast_gbp == sum(actual) + sum(budget[known:])
    assert [month[1] for month in found.months[:known]] == [sum(actual[: at + 1]) for at in range(known)]
    assert all(month[1] is None for month in found.months[known:])
