"""The financial position: forecasts, surplus, bridges and what lies beneath, each in a case done by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from trigpoint.errors import InputError
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
from trigpoint.finance.position.position import position
from trigpoint.finance.position.result import Bridge
from trigpoint.finance.position.underlying import UnderlyingItems, underlying
from trigpoint.periods import FinancialYear, Month
from trigpoint.tabular.stated import Stated

YEAR = FinancialYear(2017)
R, NR = Recurrence.RECURRENT, Recurrence.NON_RECURRENT
B, A, F = Series.BUDGET, Series.ACTUAL, Series.FORECAST
EMPTY = (None,) * 12


def settings(kind: OrganisationType = OrganisationType.CCG, known: int = 0) -> FinanceSettings:
    return FinanceSettings("Here", kind, "nhs-2017-19", (YEAR, YEAR + 1), months_known=known)


def line(
    key: str,
    series: Series,
    gbp: int | str,
    months: tuple[int | None, ...] = (),
    group: SpendGroup = SpendGroup.ACUTE,
    recurrence: Recurrence = R,
    year: FinancialYear = YEAR,
    name: str = "",
) -> SpendLine:
    cells = (*(None if one is None else Decimal(one) for one in months), *EMPTY)[:12]
    return SpendLine(key, year, group, recurrence, series, cells, Decimal(gbp), stated=Stated(name))


def told(name: str, gbp: int | str, unit: str = "gbp", year: FinancialYear = YEAR) -> Quantity:
    return Quantity(year, name, Decimal(gbp), unit)


def steps(bridge: Bridge | None) -> list[tuple[str, Decimal]]:
    assert bridge is not None
    return [(step.name, step.gbp) for step in bridge.steps if step.gbp or step.total]


FORECASTS = [
    # months known, lines of one id, the year's forecast, actual to date
    (5, [line("a", B, 120), line("a", A, 0, (11,) * 5)], "125", "55"),  # actual and the budget to come
    (5, [line("a", B, 120), line("a", A, 0, (11,) * 7)], "125", "55"),  # later months are not known yet
    (5, [line("a", B, 120), line("a", A, 0, (11, 11, None, 11, 11))], "122", None),  # a month is missing
    (5, [line("a", B, 120)], "120", None),  # a reserve has no actuals
    (5, [line("a", B, 120), line("a", A, 0, (11,) * 5), line("a", F, 150)], "150", "55"),  # the plan's own
    (5, [line("a", B, 120), line("a", A, 0, (11,) * 5), line("a", F, 0, (*(None,) * 5, *(12,) * 7))], "139", "55"),
    (5, [line("a", A, 0, (11,) * 5)], "55", "55"),  # no budget
    (0, [line("a", B, 120), line("a", A, 0, (11,) * 5)], "120", None),
    (12, [line("a", B, 120), line("a", A, 131)], "131", "131"),  # a year that is over may have a total alone
    (5, [line("a", B, 120, name="Ward"), line("a-actual", A, 0, (11,) * 5, name="Ward")], "125", "55"),
]  # fmt: skip


@pytest.mark.parametrize(("known", "lines", "forecast", "actual"), FORECASTS)
def test_forecasts_of_a_line(known: int, lines: list[SpendLine], forecast: str, actual: str | None) -> None:
    found = position(FinanceBook(settings(known=known), spend=tuple(lines)), YEAR)
    (group,) = found.groups
    assert (group.forecast_gbp, found.forecast_gbp) == (Decimal(forecast), Decimal(forecast))
    assert group.actual_to_date_gbp == (None if actual is None else Decimal(actual))
    assert group.variance_gbp == group.forecast_gbp - group.budget_gbp
    assert found.months[-1][2] == Decimal(forecast)


def test_a_computed_forecast_says_how_and_what_a_lasting_variance_would_make_of_it() -> None:
    lines = (line("a", B, 120_000_000), line("a", A, 0, (11_000_000,) * 5))
    assert position(FinanceBook(settings(known=5), spend=lines), YEAR).remarks[-1] == (
        "1 line has no forecast of its own: actuals of 5 months and the budget of the other 7 months are taken. "
        "If its variance to date went on at the same rate, the year would end £7.00m higher"
    )


def test_a_missing_month_and_unspent_contingency_are_told() -> None:
    lines = (
        line("a", B, 120), line("a", A, 0, (11, None, 11)),
        line("c", B, 2_281_000, group=SpendGroup.CONTINGENCY),
    )  # fmt: skip
    remarks = position(FinanceBook(settings(known=3), spend=lines), YEAR).remarks
    assert "a: an actual is missing after 1 month; its budget stands for the months after" in remarks
    assert "The forecast spends £2.28m of contingency: what is not needed adds to the surplus" in remarks


def test_rows_are_by_group_and_recurrence_and_months_are_cumulative() -> None:
    lines = (
        line("x", B, 24, group=SpendGroup.RESERVES, recurrence=NR), line("a", B, 120), line("a", A, 0, (9, 10)),
        line("b", B, 12),
    )  # fmt: skip
    found = position(FinanceBook(settings(known=2), spend=lines), YEAR)
    assert [(one.group, one.recurrence, one.budget_gbp, one.budget_to_date_gbp) for one in found.groups] == [
        (SpendGroup.ACUTE, R, 132, 22),
        (SpendGroup.RESERVES, NR, 24, 4),
    ]
    assert found.months[:3] == ((13, 9, 12), (26, 19, 25), (39, None, 38))
    assert found.months[11] == (156, None, 155)


SURPLUSES = [
    # quantities, lines, planned, forecast, variance to control
    ([told("resource_limit", 200), told("control_total", 30)], [line("a", B, 165)], 35, 35, 5),
    ([told("resource_limit", 200), told("control_total", 30)], [line("a", B, 165), line("a", F, 172)], 35, 28, -2),
    ([told("planned_surplus", 31), told("control_total", 30)], [], 31, 31, 1),
    ([told("planned_surplus", 31), told("outturn_surplus", 12), told("control_total", 30)], [], 31, 12, -18),
    ([told("resource_limit", 200)], [line("a", B, 165)], 35, 35, None),
]  # fmt: skip


@pytest.mark.parametrize(("quantities", "lines", "planned", "forecast", "variance"), SURPLUSES)
def test_surplus_against_control_total(
    quantities: list[Quantity], lines: list[SpendLine], planned: int, forecast: int, variance: int | None
) -> None:
    found = position(FinanceBook(settings(), spend=tuple(lines), quantities=tuple(quantities)), YEAR)
    assert (found.planned_surplus_gbp, found.surplus_gbp, found.control_variance_gbp) == (planned, forecast, variance)


def test_a_trust_breaks_even_without_limit_or_control_total() -> None:
    lines = (line("pay", B, 100), line("income", B, -100, group=SpendGroup.OTHER), line("pay", F, 103))
    found = position(FinanceBook(settings(OrganisationType.TRUST), spend=lines), YEAR)
    assert (found.planned_surplus_gbp, found.surplus_gbp, found.resource_limit_gbp) == (0, -3, None)
    assert found.remarks == ()


def test_a_year_of_which_nothing_is_known_is_refused_and_what_is_lacking_told() -> None:
    book = FinanceBook(settings(), spend=(line("a", B, 120),))
    assert position(book, YEAR).remarks == (
        "Resource limit: the plan does not say resource_limit of 2017/18; write it in quantities.csv, "
        "or what it is computed from (all allocations)",
        "Planned surplus: the plan does not say planned_surplus of 2017/18; write it in quantities.csv, "
        "or what it is computed from (resource_limit − budgets; of a trust, income lines less cost lines)",
        "Control total: the plan does not say control_total of 2017/18; write it in quantities.csv",
    )
    with pytest.raises(InputError, match=r"this plan has no finance of 2030/31; take one of 2017/18"):
        position(book, FinancialYear(2030))


def test_the_underlying_position_item_by_item() -> None:
    items = UnderlyingItems(
        nonrecurrent_allocation=Decimal("2.4"),
        brought_forward=Decimal("6.4"),
        nonrecurrent_spend=Decimal("4.46"),
        nonrecurrent_pressures=Decimal("3.1"),
        nonrecurrent_savings=Decimal("0.9"),
        savings_full_year_effect=Decimal("2.05"),
        investment_full_year_effect=Decimal("1.1"),
        contingency_underlying=Decimal("3.5"),
    )
    found = underlying(Decimal("5.3"), items, Decimal("446"))
    assert [(step.id, step.gbp) for step in found.bridge.steps] == [
        ("reported", Decimal("5.3")),
        ("less-nonrecurrent-allocations", Decimal("-2.4")),
        ("less-brought-forward", Decimal("-6.4")),
        ("add-nonrecurrent-spend", Decimal("4.46")),
        ("add-nonrecurrent-pressures", Decimal("3.1")),
        ("less-nonrecurrent-savings", Decimal("-0.9")),
        ("add-savings-full-year", Decimal("2.05")),
        ("less-investment-full-year", Decimal("-1.1")),
        ("contingency", Decimal("3.5")),
        ("underlying", Decimal("7.61")),
    ]
    assert (found.gbp, found.share) == (Decimal("7.61"), Decimal("0.017062780269"))
    bearing = underlying(Decimal("5.3"), replace(items, contingency_underlying=Decimal("-2.28")), None)
    assert (bearing.gbp, bearing.share) == (Decimal("1.83"), None)


TWO_YEARS = FinanceBook(
    settings(),
    allocations=(
        Allocation("p0", YEAR, AllocationPart.PROGRAMME, R, Decimal(1000)),
        Allocation("i0", YEAR, AllocationPart.IN_YEAR, NR, Decimal(20)),
        Allocation("b0", YEAR, AllocationPart.BROUGHT_FORWARD, NR, Decimal(15)),
        Allocation("p1", YEAR + 1, AllocationPart.PROGRAMME, R, Decimal(1030)),
        Allocation("b1", YEAR + 1, AllocationPart.BROUGHT_FORWARD, NR, Decimal(12)),
    ),
    spend=(
        line("acute-0", B, 700),
        line("prescribing-0", B, 300, group=SpendGroup.PRESCRIBING),
        line("once-0", B, 23, group=SpendGroup.OTHER, recurrence=NR),
        line("acute-1", B, 713, year=YEAR + 1),
        line("prescribing-1", B, 309, group=SpendGroup.PRESCRIBING, year=YEAR + 1),
        line("contingency-1", B, 5, group=SpendGroup.CONTINGENCY, year=YEAR + 1),
        line("once-1", B, 4, group=SpendGroup.OTHER, recurrence=NR, year=YEAR + 1),
    ),
    growth=(
        GrowthAssumption(YEAR + 1, None, Driver.DEMOGRAPHIC, Decimal("0.01")),
        GrowthAssumption(YEAR + 1, SpendGroup.PRESCRIBING, Driver.INFLATION, Decimal("0.05")),
        GrowthAssumption(YEAR + 1, SpendGroup.ACUTE, Driver.INVESTMENT, gbp=Decimal(9)),
    ),
    schemes=(
        Scheme("old", YEAR, Decimal(8), Month(2017, 10), R, "live"),
        Scheme("new", YEAR + 1, Decimal(12), Month(2018, 10), R, "idea", investment_gbp=Decimal(2)),
    ),
    quantities=(told("drawdown", -3, year=YEAR + 1), told("opening_underlying", 20, year=YEAR + 1)),
)


def test_the_bridge_of_the_resource_limit() -> None:
    assert steps(position(TWO_YEARS, YEAR + 1).limit_bridge) == [
        ("Resource limit 2017/18", 1035),
        ("Programme, recurrent", 30),
        ("In-year, non-recurrent", -20),
        ("Brought forward", -3),
        ("Resource limit 2018/19", 1042),
    ]


def test_the_bridge_of_spend_by_driver() -> None:
    assert steps(position(TWO_YEARS, YEAR + 1).spend_bridge) == [
        ("Outturn 2017/18", 1023),
        ("Non-recurrent spend of 2017/18 falls away", -23),
        ("Demographic growth", 10),
        ("Inflation", 15),
        ("Investment", 9),
        ("Contingency", 5),
        ("Savings of earlier schemes, full year", -4),
        ("Savings of schemes, recurrent", -6),
        ("What schemes cost", 1),
        ("Non-recurrent spend of 2018/19", 4),
        ("Not explained", -3),
        ("Plan 2018/19", 1031),
    ]


def test_savings_among_the_growth_assumptions_come_in_the_place_of_the_schemes() -> None:
    assumed = GrowthAssumption(YEAR + 1, SpendGroup.ACUTE, Driver.SAVING, gbp=Decimal(-12))
    book = replace(TWO_YEARS, growth=(*TWO_YEARS.growth, assumed))
    names = dict(steps(position(book, YEAR + 1).spend_bridge))
    assert names["Saving"] == -12
    assert not [name for name in names if "schemes" in name]
    assert "Not explained" not in names


def test_a_groups_own_rate_of_a_driver_comes_in_the_place_of_the_rate_for_all() -> None:
    own = GrowthAssumption(YEAR + 1, SpendGroup.ACUTE, Driver.DEMOGRAPHIC, Decimal("0.02"))
    book = replace(TWO_YEARS, growth=(TWO_YEARS.growth[0], own))
    assert dict(steps(position(book, YEAR + 1).spend_bridge))["Demographic growth"] == 3 + 14


def test_reserves_and_contingency_do_not_grow_at_a_rate_for_all() -> None:
    kept = (
        line("reserve-0", B, 500, group=SpendGroup.RESERVES),
        line("contingency-0", B, 400, group=SpendGroup.CONTINGENCY),
    )
    book = replace(TWO_YEARS, spend=(*TWO_YEARS.spend, *kept))
    assert dict(steps(position(book, YEAR + 1).spend_bridge))["Demographic growth"] == 10


def test_savings_are_no_growth_that_an_opening_position_begins_with() -> None:
    saved = GrowthAssumption(YEAR + 1, SpendGroup.ACUTE, Driver.SAVING, gbp=Decimal(-12))
    book = replace(TWO_YEARS, growth=(*TWO_YEARS.growth, saved))
    assert position(book, YEAR + 1).opening_underlying_gbp == position(TWO_YEARS, YEAR + 1).opening_underlying_gbp


def test_a_rate_without_last_years_spend_is_told() -> None:
    unknown = GrowthAssumption(YEAR + 1, SpendGroup.COMMUNITY, Driver.INFLATION, Decimal("0.02"))
    book = replace(TWO_YEARS, growth=(unknown,))
    assert (
        "Inflation: no spend of 2017/18 on community is known that the rate could be taken of"
        in position(book, YEAR + 1).remarks
    )


def test_the_bridge_of_the_surplus() -> None:
    book = replace(TWO_YEARS, quantities=(*TWO_YEARS.quantities, told("planned_surplus", 11, year=YEAR + 1)))
    assert steps(position(book, YEAR + 1).surplus_bridge) == [
        ("Brought forward from 2017/18", 12),
        ("Less drawdown", -3),
        ("Not explained", 2),
        ("Planned surplus 2018/19", 11),
    ]


def test_without_a_drawdown_the_surplus_changes_with_limit_and_spend() -> None:
    limits = (told("resource_limit", 100), told("resource_limit", 108, year=YEAR + 1))
    spent = (line("a", B, 99), line("b", B, 107, year=YEAR + 1), line("a", F, 103))
    book = FinanceBook(settings(OrganisationType.ICB), spend=spent, quantities=limits)
    assert steps(position(book, YEAR + 1).surplus_bridge) == [
        ("Surplus of 2017/18", -3),
        ("Change of the resource limit", 8),
        ("Change of spend", -4),
        ("Planned surplus 2018/19", 1),
    ]


def test_the_bridge_of_a_trusts_surplus() -> None:
    spent = (
        line("pay", B, 99), line("income", B, -100, group=SpendGroup.OTHER),
        line("pay-1", B, 104, year=YEAR + 1), line("income-1", B, -103, group=SpendGroup.OTHER, year=YEAR + 1),
    )  # fmt: skip
    found = position(FinanceBook(settings(OrganisationType.TRUST), spend=spent), YEAR + 1)
    assert steps(found.surplus_bridge) == [
        ("Surplus of 2017/18", 1), ("Change of income", 3), ("Change of cost", -5), ("Planned surplus 2018/19", -1),
    ]  # fmt: skip


def test_last_years_underlying_position_and_growth_lead_to_the_opening_one() -> None:
    found = position(TWO_YEARS, YEAR + 1)
    # Underlying 2017/18: 12 − 20 − 15 + 23 + 4 full-year effect of the old scheme.
    assert steps(found.opening_bridge) == [
        ("Underlying position 2017/18", 4),
        ("Growth of the recurrent allocation", 30),
        ("Demographic growth", -10),
        ("Inflation", -15),
        ("Investment", -9),
        ("Not explained", 20),
        ("Opening underlying position 2018/19", 20),
    ]
    assert found.opening_underlying_gbp == 0
    assert (
        "Opening underlying position 2018/19: the plan says £20; last year’s and growth lead to £0, £20 less"
        in found.remarks
    )


def test_a_printed_underlying_share_that_its_items_do_not_lead_to_is_told() -> None:
    rows = [told("planned_surplus", 10), told("nonrecurrent_spend", 5), told("recurrent_allocation", 1000)]
    for share, said in (("0.015", False), ("0.017", True)):
        printed = Quantity(YEAR, "underlying_share", Decimal(share), "share", f"{Decimal(share) * 100:.1f}%")
        found = position(FinanceBook(settings(), quantities=(*rows, printed)), YEAR)
        assert found.underlying is not None
        assert found.underlying.share == Decimal("0.015")
        words = "Underlying position 2017/18: the plan prints 1.7%, its items lead to 1.5%"
        assert (words in found.remarks) is said


def test_a_forecast_that_differs_from_the_plan_takes_the_underlying_position_along() -> None:
    rows = [told("planned_surplus", 5_300_000), told("nonrecurrent_spend", 400_000), told("outturn_surplus", 4_600_000)]
    words = (
        "Underlying position: £5.70m is the plan’s; if all of what the forecast differs by comes again, it is £5.00m"
    )
    assert words in position(FinanceBook(settings(), quantities=tuple(rows)), YEAR).remarks
    assert words not in position(FinanceBook(settings(), quantities=tuple(rows[:2])), YEAR).remarks


def test_items_that_no_one_tells_are_nil_and_named() -> None:
    rows = (told("planned_surplus", 10), told("nonrecurrent_spend", 5))
    remarks = position(FinanceBook(settings(), quantities=rows), YEAR).remarks
    assert any(one.startswith("Underlying position: non-recurrent allocations, surplus brought") for one in remarks)
    assert position(FinanceBook(settings(), quantities=rows[:1]), YEAR).underlying is None
