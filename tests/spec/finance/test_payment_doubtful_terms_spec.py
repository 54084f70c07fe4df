"""Terms of mechanisms that contradict each other, may mean two things, or are possible and most likely a slip."""

from __future__ import annotations

from decimal import Decimal

import pytest

from trigpoint.errors import InputError
from trigpoint.finance.book.book import FinanceBook, FinanceSettings, OrganisationType
from trigpoint.finance.book.contract import Contract, ContractLine
from trigpoint.finance.contracts.payment import payment
from trigpoint.finance.contracts.reading import mechanism_of, mechanism_text, read_mechanism
from trigpoint.finance.contracts.remarks import mechanism_remarks
from trigpoint.finance.contracts.year import contract_year
from trigpoint.periods import FinancialYear
from trigpoint.reports.finance.answer import contract_answer

YEAR = FinancialYear(2017)
OVER, UNDER = "0-2%@100 >2%@50", "0-2%@100 >2%@0"
TIERED = {"plan": "£10m"}


@pytest.mark.parametrize(
    ("terms", "named"),
    [
        ({"tiers": OVER, "tiers_over": OVER}, "tiers over the plan"),
        ({"tiers": OVER, "tiers_under": UNDER}, "tiers under the plan"),
        ({"tiers": f"over {OVER}; under {UNDER}", "tiers_over": OVER}, "tiers over the plan"),
    ],
)
def test_a_side_of_a_corridor_told_twice_is_refused(terms: dict[str, str], named: str) -> None:
    with pytest.raises(InputError, match=f"{named} are told in “tiers” as well; leave one of them out"):
        mechanism_of("tiered", {**TIERED, **terms})


def test_a_corridor_may_tell_each_side_once_in_two_ways() -> None:
    made = mechanism_of("tiered", {**TIERED, "tiers": f"under {UNDER}", "tiers_over": OVER})
    assert made.curve == mechanism_of("tiered", {**TIERED, "tiers_over": OVER, "tiers_under": UNDER}).curve


@pytest.mark.parametrize("price", ["1.800", "£1.800"])
def test_a_price_that_may_be_thousands_is_asked_about(price: str) -> None:
    with pytest.raises(InputError, match=r"may be 1800 or 1\.8; write 1800, or 1\.8"):
        mechanism_of("cost_per_case", {"units": "10", "price": price})


def test_a_price_that_toml_writes_as_a_number_is_that_number_and_stays_so_when_written_again() -> None:
    made = read_mechanism('kind = "cost_per_case"\nunits = 10\nprice = 1.800\n', "a.toml")
    again = read_mechanism(mechanism_text(made), "a.toml")
    assert made.price_gbp == again.price_gbp == Decimal("1.8")


@pytest.mark.parametrize(
    ("kind", "terms", "told"),
    [
        ("marginal_rate", {"baseline": "40m", "rate": "70%"}, ""),
        ("marginal_rate", {"baseline": "40m", "rate": "100%"}, ""),
        ("marginal_rate", {"baseline": "40m", "rate": "120%"}, "pays 120% of the price of some activity"),
        ("blended", {"fixed": "40m", "plan": "50m", "rate": "110%"}, "pays 110% of the price of some activity"),
        ("tiered", {**TIERED, "tiers": "0-2%@100 >2%@150"}, "pays 150% of the price of some activity"),
        ("quality_premium", {"pool": "1m", "met": "60%", "deductions": "50%+50%"}, ""),
        ("quality_premium", {"pool": "1m", "met": "60%", "deductions": "5 x 25%"}, "deducts 125%, which is more"),
        ("quality_premium", {"pool": "1m", "met": "60%", "deductions": ["75%", "50%"]}, "deducts 125%, which is more"),
        ("quality_premium", {"pool": "1m", "met": "60%", "deductions": "250%"}, "deducts 250%, which is more"),
    ],
)
def test_what_is_possible_and_unlikely_is_taken_as_it_stands_and_told(
    kind: str, terms: dict[str, object], told: str
) -> None:
    remarks = mechanism_remarks(mechanism_of(kind, terms, "a.toml"))
    assert [told in remark for remark in remarks] == ([True] if told else [])


def test_deductions_of_more_than_there_is_leave_nothing() -> None:
    made = mechanism_of("quality_premium", {"pool": "1m", "met": "60%", "deductions": "5 x 25%"})
    assert payment(made, Decimal(0)).gbp == 0


def test_units_that_do_not_end_have_twelve_decimals_as_other_quotients_have() -> None:
    line = ContractLine("acute", "el", "Elective", Decimal(1_000), Decimal(10), actual=(Decimal(90),))
    contract = Contract("acute", YEAR, "05C", "RNA", "pbr")
    settings = FinanceSettings("A place", OrganisationType.CCG, "nhs-2017-19", (YEAR,))
    pbr = mechanism_of("cost_per_case", {"plan": "10000"}, "pbr")
    book = FinanceBook(settings, contracts=(contract,), contract_lines=(line,), mechanisms={"pbr": pbr})
    (told,) = contract_answer(contract_year(book, "acute"))["lines"]
    assert told["planned_units_to_date"] == Decimal("83.333333333333")
    assert told["forecast_units"] == 1_080


@pytest.mark.parametrize("multiplier", ["-0.1", "10.5", "1100%"])
def test_a_multiplier_beyond_its_range_is_refused(multiplier: str) -> None:
    terms = {"target": "100m", "gain": "50%", "loss": "50%", "multiplier": multiplier}
    with pytest.raises(InputError, match="is no multiplier from 0 to 10"):
        mechanism_of("gain_loss", terms)
