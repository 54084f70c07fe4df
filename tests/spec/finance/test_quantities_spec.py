"""Where a quantity comes from: what the plan tells first, then what its lines give, and what is said of either."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

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
from trigpoint.finance.book.own_files import quantities_told
from trigpoint.finance.position.kinds import BY_NAME, KINDS
from trigpoint.finance.position.quantities import in_unit, quantity_value, rounded_to
from trigpoint.periods import FinancialYear, Month

YEAR = FinancialYear(2017)
NONE = (None,) * 12
R, NR = Recurrence.RECURRENT, Recurrence.NON_RECURRENT


def settings(kind: OrganisationType = OrganisationType.CCG, known: int = 0) -> FinanceSettings:
    return FinanceSettings("Here", kind, "nhs-2017-19", (YEAR, YEAR + 1), months_known=known)


def allocation(part: AllocationPart, recurrence: Recurrence, gbp: int, year: FinancialYear = YEAR) -> Allocation:
    return Allocation(f"{part.name}-{year.first}-{gbp}", year, part, recurrence, Decimal(gbp))


def budget(group: SpendGroup, gbp: int, recurrence: Recurrence = R, year: FinancialYear = YEAR) -> SpendLine:
    name = f"{group.name}-{recurrence.name}-{year.first}-{gbp}"
    return SpendLine(name, year, group, recurrence, Series.BUDGET, NONE, Decimal(gbp))


LINES = FinanceBook(
    settings(),
    allocations=(
        allocation(AllocationPart.PROGRAMME, R, 400),
        allocation(AllocationPart.PROGRAMME, R, 390, YEAR - 1),
        allocation(AllocationPart.RUNNING_COST, R, 10),
        allocation(AllocationPart.IN_YEAR, NR, 5),
        allocation(AllocationPart.BROUGHT_FORWARD, NR, 6),
    ),
    spend=(
        budget(SpendGroup.ACUTE, 300),
        budget(SpendGroup.MENTAL_HEALTH, 51),
        budget(SpendGroup.MENTAL_HEALTH, 50, year=YEAR - 1),
        budget(SpendGroup.RUNNING_COST, 9),
        budget(SpendGroup.CONTINGENCY, 3),
        budget(SpendGroup.RESERVES, 4, NR),
        budget(SpendGroup.OTHER, -1, NR),
    ),
    growth=(
        GrowthAssumption(YEAR, SpendGroup.PRESCRIBING, Driver.INFLATION, Decimal("0.05")),
        GrowthAssumption(YEAR, SpendGroup.PRESCRIBING, Driver.OTHER_GROWTH, Decimal("0.015")),
        GrowthAssumption(YEAR, None, Driver.DEMOGRAPHIC, Decimal("0.003")),
    ),
    schemes=(
        Scheme("a", YEAR, Decimal(24), Month(2017, 10), R, "idea", investment_gbp=Decimal(4)),
        Scheme("b", YEAR, Decimal(6), Month(2017, 4), NR, "idea"),
        Scheme("c", YEAR, Decimal(8), Month(2017, 4), R, "idea", cash_releasing=False),
    ),
    quantities=(Quantity(YEAR, "population", Decimal(3), "people"),),
)

DERIVED = [
    ("resource_limit", "421", "sum of 4 allocations of 2017/18"),
    ("recurrent_allocation", "410", "sum of 2 recurrent allocations of 2017/18"),
    ("programme_allocation", "400", "sum of 1 recurrent programme allocation of 2017/18"),
    ("nonrecurrent_allocation", "5", "sum of 1 non-recurrent allocation of 2017/18"),
    ("brought_forward", "6", "sum of 1 brought-forward allocation of 2017/18"),
    ("running_cost_allowance", "10", "sum of 1 running cost allocation of 2017/18"),
    ("running_cost_per_head", "3", "running_cost ÷ population"),
    ("spend", "366", "budgets of 6 lines of 2017/18"),
    ("planned_surplus", "55", "resource_limit − budgets"),
    ("mental_health_spend", "51", "budgets of 1 mental health line of 2017/18"),
    ("mental_health_growth", "0.02", "mental_health_spend of 2017/18 ÷ that of 2016/17, less 1"),
    ("prescribing_growth", "0.065", "2 rates among the growth assumptions"),
    ("demographic_growth", "0.003", "1 rate among the growth assumptions"),
    ("contingency", "3", "budgets of 1 contingency line of 2017/18"),
    ("contingency_underlying", "3", "budgets of 1 recurrent contingency line of 2017/18"),
    ("nonrecurrent_spend", "4", "budgets of 1 non-recurrent line of 2017/18"),
    ("nonrecurrent_pressures", "0", "non-recurrent lines beyond nonrecurrent_spend"),
    ("nonrecurrent_savings", "6", "non-recurrent effects of 3 schemes of 2017/18"),
    ("qipp_gross", "18", "cash-releasing effects of 3 schemes of 2017/18"),
    ("qipp_net", "16", "cash-releasing effects less investment of 3 schemes of 2017/18"),
    ("savings_full_year_effect", "12", "full-year less part-year effects of 3 schemes of 2017/18"),
    ("investment_full_year_effect", "2", "full-year less part-year investment of 3 schemes of 2017/18"),
    # 55 − 5 − 6 + 4 + 0 − 6 + 12 − 2 + 3
    ("underlying_surplus", "55", "the underlying bridge"),
]


@pytest.mark.parametrize(("name", "value", "words"), DERIVED)
def test_what_lines_give(name: str, value: str, words: str) -> None:
    found = quantity_value(LINES, name, YEAR)
    assert (found.value, found.derivation, found.lacking) == (Decimal(value), words, "")


TOLD_ALONE = sorted(kind.name for kind in KINDS if not kind.derived)


@pytest.mark.parametrize("name", TOLD_ALONE)
def test_what_only_a_plan_can_tell_is_said_to_be_lacking(name: str) -> None:
    found = quantity_value(FinanceBook(settings()), name, YEAR)
    assert (found.exact, found.derivation) == (None, "")
    assert found.lacking == f"the plan does not say {name} of 2017/18; write it in quantities.csv"


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_an_empty_plan_lacks_every_quantity_and_breaks_off_at_none(name: str) -> None:
    assert quantity_value(FinanceBook(settings()), name, YEAR).lacking.startswith(f"the plan does not say {name}")


AGREEING = [
    # told, what the lines give, whether a difference is told
    ("456200000", 456_213_000, False),
    ("456200000", 456_290_000, True),
    ("5300000", 5_349_999, False),
    ("5300000", 5_350_001, True),
    ("2281000", 2_281_499, False),
    ("2281000", 2_282_000, True),
]


@pytest.mark.parametrize(("told", "lines", "differs"), AGREEING)
def test_a_told_figure_is_used_and_differs_from_lines_only_beyond_its_own_rounding(
    told: str, lines: int, differs: bool
) -> None:
    book = FinanceBook(
        settings(),
        allocations=(allocation(AllocationPart.PROGRAMME, R, lines),),
        quantities=(Quantity(YEAR, "resource_limit", Decimal(told), "gbp", place="text"),),
    )
    found = quantity_value(book, "resource_limit", YEAR)
    assert (found.value, found.computed, bool(found.remarks)) == (Decimal(told), lines, differs)
    if differs:
        assert "the plan’s text says" in found.remarks[0]
        assert "is used" in found.remarks[0]


def test_a_difference_is_told_with_enough_digits_to_be_seen() -> None:
    book = FinanceBook(
        settings(),
        allocations=(allocation(AllocationPart.PROGRAMME, R, 456_200_060),),
        quantities=(Quantity(YEAR, "resource_limit", Decimal("456200010"), "gbp"),),
    )
    assert quantity_value(book, "resource_limit", YEAR).remarks == (
        "Resource limit 2017/18: the plan’s table says £456.20001m, its lines give £456.20006m "
        "(sum of 1 allocation of 2017/18); £456.20001m is used",
    )


def test_the_first_statement_in_the_quantitys_unit_counts() -> None:
    book = FinanceBook(
        settings(),
        quantities=(
            Quantity(YEAR, "contingency", Decimal("0.005"), "share", "0.5%"),
            Quantity(YEAR, "contingency", Decimal(2_281_000), "gbp", place="table"),
            Quantity(YEAR, "contingency", Decimal(9), "gbp", place="text"),
        ),
    )
    assert quantity_value(book, "contingency", YEAR).value == 2_281_000
    shares = FinanceBook(settings(), quantities=book.quantities[:1])
    assert quantity_value(shares, "contingency", YEAR).lacking == (
        "contingency of 2017/18 is told in another unit (share), not in gbp"
    )


def test_cost_and_cost_a_head_do_not_ask_each_other_for_ever() -> None:
    book = FinanceBook(settings(), quantities=(Quantity(YEAR, "population", Decimal(318_000), "people"),))
    assert quantity_value(book, "running_cost", YEAR).exact is None
    assert quantity_value(book, "running_cost_per_head", YEAR).exact is None


def test_non_recurrent_lines_beyond_the_figure_that_the_plan_tells_are_pressures() -> None:
    book = FinanceBook(
        settings(),
        spend=(budget(SpendGroup.RESERVES, 4_460_000, NR), budget(SpendGroup.OTHER, 3_100_000, NR)),
        quantities=(Quantity(YEAR, "nonrecurrent_spend", Decimal(4_460_000), "gbp"),),
    )
    spend, pressures = (quantity_value(book, f"nonrecurrent_{name}", YEAR) for name in ("spend", "pressures"))
    assert (spend.value, spend.remarks, pressures.value) == (4_460_000, (), 3_100_000)


def test_lines_that_have_less_than_the_plan_tells_are_no_negative_pressure_and_told() -> None:
    book = FinanceBook(
        settings(),
        spend=(budget(SpendGroup.RESERVES, 4_000_000, NR),),
        quantities=(Quantity(YEAR, "nonrecurrent_spend", Decimal(4_460_000), "gbp"),),
    )
    spend, pressures = (quantity_value(book, f"nonrecurrent_{name}", YEAR) for name in ("spend", "pressures"))
    assert (spend.value, len(spend.remarks), pressures.value) == (4_460_000, 1, 0)


def test_income_of_a_trust_stands_among_its_lines() -> None:
    lines = (budget(SpendGroup.ACUTE, 100), budget(SpendGroup.OTHER, -97), budget(SpendGroup.OTHER, -4, NR))
    trust = FinanceBook(settings(OrganisationType.TRUST), spend=lines)
    assert quantity_value(trust, "planned_surplus", YEAR).value == 1
    assert quantity_value(trust, "recurrent_allocation", YEAR).value == 97
    assert quantity_value(trust, "nonrecurrent_allocation", YEAR).value == 4
    # The lines of a commissioner that lower its spend are savings: without a limit nothing is known of its surplus.
    assert quantity_value(FinanceBook(settings(), spend=lines), "planned_surplus", YEAR).exact is None


NAMES = [
    ("planned_surpluss", "did you mean “planned_surplus”?"),
    ("net_qipp", None),  # the id of a rule, under which a plan tells what it prints
    ("bed_days_bought", None),  # a figure of the plan's own
    ("population", None),
]


@pytest.mark.parametrize(("name", "remedy"), NAMES)
def test_a_name_that_nothing_reads_is_told_where_it_is_like_one_that_is_read(name: str, remedy: str | None) -> None:
    book = FinanceBook(settings(), quantities=(Quantity(YEAR, name, Decimal(1), "gbp"),))
    told: list[InputError] = []
    quantities_told(book, told)
    assert [one.remedy for one in told] == ([] if remedy is None else [remedy])


ROUNDED = [
    ("456200000", "gbp", "", "100000"),
    ("7000000", "gbp", "", "100000"),  # never taken for coarser than a tenth of a million
    ("2281000", "gbp", "", "1000"),
    ("6967380.55", "gbp", "", "0.01"),
    ("0", "gbp", "", "1"),
    ("0.02", "share", "2.0%", "0.001"),
    ("0.01", "share", "1%", "0.01"),
]


@pytest.mark.parametrize(("value", "unit", "printed", "unit_of_last_digit"), ROUNDED)
def test_what_a_figure_was_rounded_to(value: str, unit: str, printed: str, unit_of_last_digit: str) -> None:
    told = Quantity(YEAR, "x", Decimal(value), unit, printed)
    assert rounded_to(told) == Fraction(unit_of_last_digit)


WORDS = [
    ("4300000", "gbp", "£4.3m"),
    ("-4300000", "gbp", "−£4.3m"),
    ("2281000", "gbp", "£2.281m"),
    ("6967380", "gbp", "£6.967m"),
    ("980000", "gbp", "£980k"),
    ("0.03156510", "share", "3.157%"),
    ("0.065", "share", "6.5%"),
    ("-0.3", "share", "−30%"),
    ("21.9", "gbp per head", "£21.90 a head"),
    ("318000", "people", "318,000"),
]


@pytest.mark.parametrize(("value", "unit", "words"), WORDS)
def test_values_in_words(value: str, unit: str, words: str) -> None:
    assert in_unit(Fraction(value), unit) == words
