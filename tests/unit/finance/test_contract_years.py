"""A contract's year from its lines: to date, forecast, months, variance, and what is told besides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from trigpoint.errors import InputError
from trigpoint.finance.book.book import Contract, ContractLine, FinanceBook, FinanceSettings, OrganisationType
from trigpoint.finance.contracts.drawn import DrawnContract, drawn_payments, portfolio_payments
from trigpoint.finance.contracts.payment import month_payments, payment, payment_curve, planned_shares
from trigpoint.finance.contracts.reading import mechanism_of
from trigpoint.finance.contracts.spreads import compare_mechanisms, spread_of
from trigpoint.finance.contracts.year import contract_year
from trigpoint.periods import FinancialYear

YEAR = FinancialYear(2017)
SETTINGS = FinanceSettings("05C", OrganisationType.CCG, "nhs-2017-19", (YEAR,))


def line(name: str, units: int, price: int, actual: Sequence[int | None] = (), **more: object) -> ContractLine:
    told = tuple(None if one is None else Decimal(one) for one in actual)
    made = ContractLine("dgft", name, str(more.pop("pod", name)), Decimal(units), Decimal(price), actual=told)
    return replace(made, **more)  # type: ignore[arg-type]


def book(kind: str, terms: dict[str, object], *lines: ContractLine) -> FinanceBook:
    contract = Contract("dgft", YEAR, "05C", "RNA", "own")
    return FinanceBook(
        SETTINGS, contracts=(contract,), contract_lines=lines, mechanisms={"own": mechanism_of(kind, terms)}
    )


ELECTIVE = line("elective", 12_000, 1_000, [1_100, 1_100, 1_100])
URGENT = line("urgent", 6_000, 2_000, [400, 400, 400])


def test_a_line_is_forecast_at_the_rate_of_delivery_so_far() -> None:
    year = contract_year(book("cost_per_case", {}, ELECTIVE, URGENT), "dgft")
    first, second = year.lines
    assert (first.units_to_date, first.planned_units_to_date, first.forecast_units) == (3_300, 3_000, 13_200)
    assert (second.units_to_date, second.planned_units_to_date, second.forecast_units) == (1_200, 1_500, 4_800)
    assert (first.variance_gbp, second.variance_gbp) == (1_200_000, -2_400_000)
    assert year.forecast_activity_gbp == year.at_forecast.gbp == 22_800_000
    assert year.at_plan.gbp == year.planned_gbp == 24_000_000


def test_the_variance_of_the_forecast_is_volume_and_mix_for_prices_are_the_contracts() -> None:
    variance = contract_year(book("cost_per_case", {}, ELECTIVE, URGENT), "dgft").variance
    # 18,000 units of both stay 18,000: nothing is volume, 1,200 dearer ones became cheaper ones.
    assert (variance.gbp, variance.volume_gbp, variance.price_gbp, variance.mix_gbp) == (-1_200_000, 0, 0, -1_200_000)


def test_a_price_that_came_out_otherwise_is_variance_of_price_and_is_paid() -> None:
    dearer = replace(ELECTIVE, actual_price_gbp=Decimal(1_050))
    year = contract_year(book("cost_per_case", {}, dearer, URGENT), "dgft")
    variance = year.variance
    # 13,200 units forecast at £50 more each; volume and mix stay those of the planned prices.
    assert (variance.volume_gbp, variance.price_gbp, variance.mix_gbp) == (0, 660_000, -1_200_000)
    assert variance.gbp == year.at_forecast.gbp - year.at_plan.gbp == -540_000
    assert year.lines[0].forecast_gbp == 13_200 * 1_050
    assert year.months[0].activity_gbp == 1_100 * 1_050 + 400 * 2_000
    assert year.at_plan.gbp == 24_000_000


def test_an_actual_price_of_a_fixed_sum_moves_nothing_and_is_told() -> None:
    dearer = replace(FIXED, actual_price_gbp=Decimal(120_000))
    year = contract_year(book("cost_per_case", {}, ELECTIVE, dearer), "dgft")
    assert year == replace(
        contract_year(book("cost_per_case", {}, ELECTIVE, FIXED), "dgft"), lines=year.lines, remarks=year.remarks
    )
    assert year.lines[1].forecast_gbp == 1_000_000
    said = "critical care is paid by a fixed sum: the planned price stands, the actual one moves nothing."
    assert said in year.remarks


def test_months_are_differences_of_the_year_to_date() -> None:
    terms = {"plan": "24m", "cap": "2%", "collar": "2%"}
    year = contract_year(book("cap_collar", terms, ELECTIVE, replace(URGENT, actual=(Decimal(600),) * 3)), "dgft")
    assert [month.activity_gbp for month in year.months] == [2_300_000] * 3
    assert [month.gbp for month in year.months] == [2_040_000] * 3
    assert year.months[-1].cumulative_gbp == 6_120_000


FIXED = line("critical care", 10, 100_000, [5, 5, 5], variable=False)


def test_a_fixed_line_is_paid_as_planned_by_a_mechanism_without_a_fixed_part() -> None:
    year = contract_year(book("cap_collar", {"plan": "12m", "cap": "2%", "collar": "2%"}, ELECTIVE, FIXED), "dgft")
    assert year.at_plan.gbp == 13_000_000
    assert year.forecast_activity_gbp == 13_200_000
    assert year.at_forecast.gbp == 12_240_000 + 1_000_000
    assert year.months[0].gbp == Decimal("1020000.00") + Decimal("83333.33")
    assert year.lines[1].forecast_units == 10
    api = contract_year(book("api", {"fixed": "1m"}, ELECTIVE, FIXED), "dgft")
    assert api.at_plan.gbp == 13_000_000


@pytest.mark.parametrize("share", [0, "50%"])
def test_a_corridor_around_all_lines_holds_for_all_of_them(share: object) -> None:
    terms = {"plan": "13m", "cap": "2%", "collar": "2%", "share": share}
    for actual in ([800] * 3, [1_000] * 3, [1_100] * 3):
        told = line("elective", 12_000, 1_000, actual)
        year = contract_year(book("cap_collar", terms, told, FIXED), "dgft")
        value = Decimal(actual[0] * 12 * 1_000) + 1_000_000
        assert year.at_plan.gbp == 13_000_000
        assert year.at_forecast.gbp == payment(mechanism_of("cap_collar", terms), value).gbp
        assert not any("is written for" in remark for remark in year.remarks)


def test_a_gain_share_counts_fixed_lines_as_cost() -> None:
    fixed = line("critical care", 10, 100_000, variable=False)
    terms = {"target": "13m", "dead": 0, "gain": "50%", "loss": "50%"}
    year = contract_year(book("gain_loss", terms, ELECTIVE, fixed), "dgft")
    assert year.at_plan.gbp == 0
    assert year.at_forecast.gbp == -600_000


def test_a_contract_without_lines_is_taken_at_its_mechanisms_plan() -> None:
    terms = {"block": "7m", "plan": "6m", "cap/collar": "3%"}
    year = contract_year(book("three_part_ambulance", terms), "dgft")
    assert (year.planned_gbp, year.at_plan.gbp, year.at_forecast) == (6_000_000, 13_000_000, year.at_plan)
    assert year.remarks == (
        "The contract dgft has no lines: its activity is taken as its mechanism plans it, £6,000,000.00.",
    )
    assert contract_year(book("block", {"value": 5}), "dgft").remarks == ()


def test_a_contract_without_lines_is_forecast_as_its_mechanism_tells_the_activity() -> None:
    terms = {"target": "165m", "dead": "1%", "gain": "50%", "loss": "50%", "gaincap": "5%", "actual": "160m"}
    year = contract_year(book("gain_loss", terms), "dgft")
    # £5m saved, £1.65m of it within the dead band, half of the rest is the provider's.
    assert (year.at_plan.gbp, year.at_forecast.gbp, year.forecast_activity_gbp) == (0, 1_675_000, 160_000_000)
    assert year.remarks == (
        "The contract dgft has no lines: its mechanism plans £165,000,000.00 of activity and tells £160,000,000.00 as "
        "done.",
    )
    units = contract_year(
        book("blended", {"fixed": "40m", "plan": 20_000, "price": 2_000, "rate": "20%", "units": 22_000}), "dgft"
    )
    assert (units.at_plan.gbp, units.at_forecast.gbp) == (40_000_000, 40_800_000)


def test_a_season_is_part_of_the_plan_to_date() -> None:
    winter = (Decimal(1),) * 9 + (Decimal(3),) * 3
    year = contract_year(book("cost_per_case", {}, replace(ELECTIVE, profile=winter)), "dgft")
    assert year.lines[0].planned_units_to_date == 2_000
    assert year.lines[0].forecast_units == 19_800


def test_what_a_reader_should_know_is_remarked() -> None:
    short = line("urgent", 6_000, 2_000, [500])
    gap = line("maternity", 100, 1_000, [8, None, 8])
    terms = {"plan": "20m", "cap": "2%", "collar": "2%"}
    remarks = contract_year(book("cap_collar", terms, ELECTIVE, short, gap), "dgft").remarks
    assert (
        remarks[0]
        == "The mechanism mechanism is written for £20,000,000.00 of activity, and the lines plan £24,100,000.00."
    )
    assert remarks[1] == "Payments stop after 1 month, for these lines have no more: urgent, maternity."
    assert remarks[2].startswith("A month without units stands before months with units")


def test_a_contract_without_actuals_is_forecast_as_planned() -> None:
    year = contract_year(book("cost_per_case", {}, line("elective", 12_000, 1_000)), "dgft")
    assert year.months == ()
    assert year.lines[0].units_to_date is None
    assert year.at_forecast == year.at_plan
    assert year.variance.gbp == 0


def test_unknown_contracts_and_mechanisms_are_named_with_what_is_near() -> None:
    own = book("block", {"value": 5})
    with pytest.raises(InputError, match="did you mean “dgft”"):
        contract_year(own, "dgf")
    with pytest.raises(InputError, match=r"which is no mechanism here; add own\.toml"):
        contract_year(replace(own, mechanisms={}), "dgft")


CAPPED = mechanism_of("cap_collar", {"plan": "12m", "cap": "2%", "collar": "2%"})


@pytest.mark.parametrize(
    ("pence", "words"),
    [
        (np.zeros((13, 2), dtype=np.int64), "no table of months and draws"),
        (np.zeros((12, 0), dtype=np.int64), "no table of months and draws"),
        (np.zeros(12, dtype=np.int64), "no table of months and draws"),
        (np.zeros((12, 2)), "not in whole pence"),
        (np.full((1, 1), 10**16), "beyond £10,000,000,000,000"),
    ],
)
def test_arrays_that_are_no_months_of_pence_are_refused(pence: np.ndarray, words: str) -> None:
    with pytest.raises(InputError, match=words):
        drawn_payments(CAPPED, pence)


def test_contracts_of_a_hundred_billion_are_paid_to_the_penny() -> None:
    large = mechanism_of("tiered", {"plan": "100bn", "over": "0-2%@33.333333 >2%@12.5", "under": "0-2%@100"})
    activity = [Decimal("8500000000.07")] * 12
    pence = np.array([[850_000_000_007]] * 12)
    months = drawn_payments(large, pence)[:, 0].tolist()
    assert months == [int(month.gbp * 100) for month in month_payments(large, activity)]


def test_a_portfolio_is_the_sum_of_its_contracts_whatever_the_chunks() -> None:
    rng = np.random.default_rng(1)
    pool = [rng.integers(0, 2 * 10**8, (12, 7)) for _ in range(5)]
    contracts = [DrawnContract(CAPPED, ()), DrawnContract(mechanism_of("block", {"value": "1m"}))] * 4
    sums = [drawn_payments(one.mechanism, pool[at % 5]) for at, one in enumerate(contracts)]
    for workers, chunk in ((1, 100), (2, 1), (3, 3)):
        told = portfolio_payments(contracts, lambda at: pool[at % 5], workers=workers, chunk=chunk)
        assert told.months_pence.tolist() == sum(sums).tolist()
        assert told.annual_pence.tolist() == sum(sums).sum(axis=0).tolist()
        assert list(told.expected_pence) == [int(np.floor(one.sum(axis=0).mean() + 0.5)) for one in sums]
    assert portfolio_payments([], lambda at: pool[at]).expected_pence == ()


def test_mechanisms_are_compared_over_the_same_draws() -> None:
    draws = np.random.default_rng(3).normal(10e6, 0.5e6, 2_000)
    kinds = {
        "block": {"value": "10m"}, "cost_per_case": {"plan": "10m"},
        "cap_collar": {"plan": "10m", "cap": "2%", "collar": "2%"},
    }  # fmt: skip
    block, case, capped = compare_mechanisms([mechanism_of(kind, terms, kind) for kind, terms in kinds.items()], draws)
    assert (block.deviation_gbp, block.commissioner_share, block.low_gbp, block.high_gbp) == (
        0,
        0,
        10_000_000,
        10_000_000,
    )
    assert case.commissioner_share == 1
    assert abs(case.deviation_gbp - 500_000) < 20_000
    assert block.deviation_gbp < capped.deviation_gbp < case.deviation_gbp
    assert (capped.low_gbp, capped.high_gbp) == (9_800_000, 10_200_000)
    assert abs(float(capped.commissioner_share) - 0.311) < 0.03, "two fifths of a deviation on either side"


@pytest.mark.parametrize("draws", [[], [float("nan")], [1e15], [Decimal("NaN")]])
def test_draws_that_are_no_amounts_are_refused(draws: list[Decimal]) -> None:
    with pytest.raises(InputError):
        spread_of(CAPPED, draws)


def test_profiles_and_ranges_that_are_none_are_refused() -> None:
    with pytest.raises(InputError, match="a profile has 3 months"):
        planned_shares([Decimal(1)] * 3)
    with pytest.raises(InputError, match="of nothing, or of less"):
        planned_shares([Decimal(0)] * 12)
    with pytest.raises(InputError, match="there are 13 months of activity"):
        month_payments(CAPPED, [Decimal(1)] * 13)
    with pytest.raises(InputError, match="there is no range"):
        payment_curve(CAPPED, Decimal(2), Decimal(2))
