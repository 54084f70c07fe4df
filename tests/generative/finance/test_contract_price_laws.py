"""A contract's lines at other prices than planned, against sums written out line by line."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from trigpoint.finance.book.book import Contract, ContractLine, FinanceBook, FinanceSettings, OrganisationType
from trigpoint.finance.contracts.reading import mechanism_of
from trigpoint.finance.contracts.year import contract_year
from trigpoint.finance.money import to_pence
from trigpoint.periods import FinancialYear

YEAR = FinancialYear(2017)
SETTINGS = FinanceSettings("05C", OrganisationType.CCG, "nhs-2017-19", (YEAR,))
PRICES = st.decimals(1, 5_000, places=2)
LINES = st.lists(
    st.tuples(st.integers(12, 90_000), PRICES, st.none() | PRICES, st.integers(0, 9_000), st.booleans()),
    min_size=1,
    max_size=4,
)


@given(LINES)
def test_what_is_paid_case_by_case_is_units_times_the_price_that_they_cost(
    told: list[tuple[int, Decimal, Decimal | None, int, bool]],
) -> None:
    lines = tuple(
        ContractLine(
            "c", f"l{at}", f"pod {at}", Decimal(planned), price, variable,
            actual=(Decimal(done),) * 12 if variable else (), actual_price_gbp=paid,
        )
        for at, (planned, price, paid, done, variable) in enumerate(told)
    )  # fmt: skip
    book = FinanceBook(
        SETTINGS,
        contracts=(Contract("c", YEAR, "05C", "RNA", "own"),),
        contract_lines=lines,
        mechanisms={"own": mechanism_of("cost_per_case", {})},
    )
    year = contract_year(book, "c")
    worth, by_price, change = Decimal(0), Decimal(0), Decimal(0)
    for planned, price, paid, done, variable in told:
        if not variable:
            worth += planned * price
            continue
        there = price if paid is None else paid
        worth += 12 * done * there
        by_price += 12 * done * (there - price)
        change += 12 * done * there - planned * price
    assert year.at_forecast.gbp == to_pence(worth)
    assert (year.variance.gbp, year.variance.price_gbp) == (to_pence(change), to_pence(by_price))
    assert year.variance.volume_gbp + year.variance.mix_gbp == to_pence(change) - to_pence(by_price)
    if any(variable for *_, variable in told):
        assert len(year.months) == 12
        assert sum(month.gbp for month in year.months) == year.at_forecast.gbp
