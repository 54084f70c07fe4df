"""The positions and rules of the two example plans, as a finance lead would check them by hand."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from trigpoint.finance.book.book import FinanceBook
from trigpoint.finance.book.own_files import quantities_read
from trigpoint.finance.book.reading import read_finance
from trigpoint.finance.position.position import position
from trigpoint.finance.position.quantities import quantity_value
from trigpoint.finance.rules.evaluation import evaluate_rules, rules_of
from trigpoint.periods import FinancialYear
from trigpoint.rounding import half_up

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
DUDLEY, NORTHVALE = "dudley-2017-19", "northvale-2026-29"


@cache
def book(name: str) -> FinanceBook:
    read = read_finance(EXAMPLES / name).book
    assert read is not None
    return read


POSITIONS = [
    (2017, "456.2", "5.3", "5.3"),
    (2018, "463.9", "4.3", "4.3"),
]


@pytest.mark.parametrize(("first", "limit", "surplus", "control"), POSITIONS)
def test_positions_of_dudley(first: int, limit: str, surplus: str, control: str) -> None:
    found = position(book(DUDLEY), FinancialYear(first))
    in_millions = [
        None if gbp is None else half_up(gbp / 1_000_000, 1)
        for gbp in (found.resource_limit_gbp, found.planned_surplus_gbp, found.control_total_gbp)
    ]
    assert in_millions == [Decimal(limit), Decimal(surplus), Decimal(control)]
    assert found.illustrative


@pytest.mark.parametrize(("first", "before", "drawdown", "after"), [(2017, 6.4, -1.1, 5.3), (2018, 5.3, -1.0, 4.3)])
def test_the_surplus_bridges_of_dudley_leave_nothing_unexplained(
    first: int, before: float, drawdown: float, after: float
) -> None:
    bridge = position(book(DUDLEY), FinancialYear(first)).surplus_bridge
    assert bridge is not None
    assert [float(step.gbp) / 1e6 for step in bridge.steps] == pytest.approx([before, drawdown, after])


@pytest.mark.parametrize("first", [2017, 2018])
def test_the_underlying_position_of_dudley_is_the_share_that_its_plan_prints(first: int) -> None:
    found = position(book(DUDLEY), FinancialYear(first))
    assert found.underlying is not None
    assert found.underlying.share is not None
    assert half_up(found.underlying.share * 100, 1) == Decimal("1.7")
    assert not [remark for remark in found.remarks if "its items lead to" in remark]


def test_dudleys_cumulative_underspend_of_2018_19_passes_only_because_of_its_printing() -> None:
    (found,) = evaluate_rules(
        book(DUDLEY),
        [one for one in rules_of(book(DUDLEY)) if one.id == "cumulative_underspend"],
        [FinancialYear(2018)],
    )
    assert (found.passes_exact, found.passes_rounded, found.printed) == (False, True, "1%")
    assert found.headroom_gbp == -339_000
    assert found.sentence.startswith("£4.3m / £463.9m = 0.927% is below 1% and passes only because it is printed as 1%")


@pytest.mark.parametrize("name", [DUDLEY, NORTHVALE])
def test_every_quantity_of_the_examples_is_read_by_something(name: str) -> None:
    assert {one.name for one in book(name).quantities} - quantities_read(book(name)) == set()


def test_dudley_says_all_that_its_rules_ask_for() -> None:
    assert [one.lacking for one in evaluate_rules(book(DUDLEY)) if one.exact is None] == []


def test_northvale_breaks_even_and_spends_more_capital_than_it_may() -> None:
    results = evaluate_rules(book(NORTHVALE))
    even = [one for one in results if one.rule.id == "break_even"]
    assert [one.passes for one in even] == [True, True, True]
    broken = [(one.rule.id, one.year.label) for one in results if one.passes is False]
    assert broken == [("capital_limit", "2028/29")]


def test_an_icb_has_a_bridge_from_each_year_to_the_next() -> None:
    plan = book(NORTHVALE)
    for year in plan.settings.years[1:]:
        found = position(plan, year)
        assert None not in (found.limit_bridge, found.surplus_bridge, found.spend_bridge, found.opening_bridge)
        assert quantity_value(plan, "planned_surplus", year).value == 0


def test_the_cost_of_earlier_schemes_reaches_its_full_year_in_the_bridge_as_their_savings_do() -> None:
    """£1.9m a year from July costs £1.425m in 2026/27, and £475k more in the year after."""
    bridge = position(book(NORTHVALE), FinancialYear(2027)).spend_bridge
    assert bridge is not None
    steps = {step.id: step.gbp for step in bridge.steps}
    assert steps["savings-brought-investment"] == 475_000
    assert "not-explained" not in steps


def test_a_plan_that_was_made_from_the_budget_says_what_its_bridge_from_the_forecast_leaves() -> None:
    found = position(book(DUDLEY), FinancialYear(2018))
    (said,) = [remark for remark in found.remarks if "not explained" in remark]
    assert "from the budget of 2017/18 all of it is" in said
    assert "leaves out the £656k by which 2017/18 is forecast to overspend" in said


def test_a_position_says_what_its_underlying_position_would_be_without_contingency() -> None:
    found = position(book(NORTHVALE), FinancialYear(2027))
    (said,) = [remark for remark in found.remarks if "contingency" in remark]
    assert "£5.21m of its £5.21m is recurrent contingency" in said
    assert "£0 (0% of the recurrent allocation) is left" in said
