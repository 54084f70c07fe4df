"""What a cell of money is read as, what is said of its spelling, and what is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from trigpoint.plans.cells import CellError
from trigpoint.tabular.exact_amounts import exact_part, exact_rate
from trigpoint.tabular.money_cells import float_money_text, money_cell, money_text

PLAIN = [
    # the cell, the pounds
    ("1200000", "1200000"),
    ("0", "0"),
    ("-450.50", "-450.5"),
    ("0.125", "0.125"),
    ("1234.567", "1234.567"),
    ("442500000.01", "442500000.01"),
]
SPELLED = [
    # the cell, how to write it plainly
    ("£1.2m", "1200000"),
    ("1.2m", "1200000"),
    ("1.2 M", "1200000"),
    ("£5.3 million", "5300000"),
    ("£450k", "450000"),
    ("1.2k", "1200"),
    ("1,200.5k", "1200500"),
    ("1.2bn", "1200000000"),
    ("1.200m", "1200000"),
    ("£1.2345678m", "1234567.8"),
    ("1,200 £000", "1200000"),
    ("£000 1,200", "1200000"),
    ("£'000 1200", "1200000"),
    ("1200 (£000)", "1200000"),
    ("£1,200 £000s", "1200000"),
    ("(1,200)", "-1200"),
    ("£(1,200)", "-1200"),
    ("(£1,200)", "-1200"),
    ("(1.2m)", "-1200000"),
    ("(1.2)m", "-1200000"),
    ("1,200-", "-1200"),
    ("-£1,200", "-1200"),
    ("£-1,200", "-1200"),
    ("−1200", "-1200"),
    ("–1200", "-1200"),
    ("+1200", "1200"),
    ("£ 1 200 000", "1200000"),
    ("1\u00a0200\u202f000", "1200000"),
    ("1'200'000", "1200000"),
    ("1,234.56", "1234.56"),
    ("GBP 1200", "1200"),
    ("1200 pounds", "1200"),
    ("£.50", "0.5"),
]
REFUSED = [
    # the cell, what is said, and the remedy
    ("$5", "“$5” is not in pounds", "write what it is in pounds, and at which rate in the note"),
    ("€1.2m", "is not in pounds", "in pounds"),
    ("5EUR", "is not in pounds", "in pounds"),
    ("USD 5", "is not in pounds", "in pounds"),
    ("A$5", "is not in pounds", "in pounds"),
    ("1,200CR", "“1,200CR” is marked as credit or debit", "cost is positive and income negative"),
    ("1,200 DR", "is marked as credit or debit", "write the digits with a sign"),
    ("1.200", "“1.200” may be 1200 or 1.2", "write 1200, or 1.2"),
    ("1.255", "“1.255” may be 1255 or 1.2550", "write 1255, or 1.2550"),
    ("(1.200)", "may be 1200 or 1.2", "write 1200, or 1.2"),
    ("1,2", "“1,2” may be 1.2 or 12", "write a full stop for decimals, and no commas"),
    ("1,2m", "may be 1.2 or 12", "full stop"),
    ("12,34", "may be 12.34 or 1234", "full stop"),
    ("1.200.000", "is not written as in Britain", "did you mean 1200000?"),
    ("(1.234,56)", "is not written as in Britain", "did you mean -1234.56?"),
    ("1,20,000", "is not grouped in thousands", "write its digits alone"),
    ("12 34", "is not grouped in thousands", "write its digits alone"),
    ("-(5)", "says twice that it is negative", "write one minus sign"),
    ("(-5)", "says twice that it is negative", "write one minus sign"),
    ("-", "may be nothing or not known", "write 0, or leave the cell empty"),
    ("n/a", "“n/a” is no amount", "leave the cell empty where the amount is not known"),
    ("tbc", "is no amount", "leave the cell empty"),
    ("1.2mm", "is no amount", "digits alone"),
    ("5%", "is a share, not an amount", "write pounds"),
    ("150p", "is in pence", "e.g. 1.50"),
    ("4.6E+08", "is written with an exponent", "write all its digits"),
    ("£000", "says that amounts are in thousands", "write each amount whole, in pounds"),
    ("£", "is no amount", "digits alone"),
    ("£5 £6", "is no amount", "write one amount"),
    ("١٢", "is no amount", "digits alone"),
    ("½", "is no amount", "digits alone"),
    ("=1+1", "is no amount", "digits alone"),
    ("9" * 20, "is larger than can be calculated with", "plain pounds, not pence or thousands"),
    ("9" * 99, "is no amount", "digits alone"),
]


@pytest.mark.parametrize(("cell", "gbp"), PLAIN)
def test_plain_pounds_are_read_as_they_stand(cell: str, gbp: str) -> None:
    found = money_cell(cell)
    assert (found.gbp, found.spelled) == (Decimal(gbp), False)


@pytest.mark.parametrize(("cell", "plain"), SPELLED)
def test_a_spelling_is_read_for_what_it_plainly_says(cell: str, plain: str) -> None:
    found = money_cell(cell)
    assert (found.gbp, found.plain, found.spelled) == (Decimal(plain), plain, True)


@pytest.mark.parametrize(("cell", "said", "remedy"), REFUSED)
def test_what_is_no_amount_of_pounds_is_refused_with_a_remedy(cell: str, said: str, remedy: str) -> None:
    with pytest.raises(CellError) as caught:
        money_cell(cell)
    assert said in caught.value.what
    assert remedy in caught.value.remedy


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (0.1 + 0.2, "0.3"),
        (1_200_000.0, "1200000"),
        (83333.333333333, "83333.333333333"),
        (1234567.8900001, "1234567.89"),
        (-0.0, "0"),
        (442_500_000.1, "442500000.1"),
    ],
)
def test_a_number_of_a_spreadsheet_is_the_penny_it_is_nearly(value: float, cell: str) -> None:
    assert float_money_text(value) == cell


@pytest.mark.parametrize(
    ("cell", "value"), [("80%", "0.8"), ("0.8", "0.8"), ("100%", "1"), ("1", "1"), ("0", "0"), ("0.30%", "0.003")]
)
def test_a_probability_is_exact(cell: str, value: str) -> None:
    assert exact_part(cell) == Decimal(value)


@pytest.mark.parametrize(
    ("cell", "said", "remedy"),
    [
        ("80", "“80” is no share", "did you mean 80%? Write 80% or 0.8"),
        ("101%", "“101%” is not between 0% and 100%", "correct it"),
        ("-5%", "is not between 0% and 100%", "correct it"),
        ("likely", "“likely” is not a number", "write digits alone"),
    ],
)
def test_a_probability_beyond_one_is_asked_about(cell: str, said: str, remedy: str) -> None:
    with pytest.raises(CellError) as caught:
        exact_part(cell)
    assert said in caught.value.what
    assert remedy in caught.value.remedy


def test_a_growth_of_one_is_asked_about_and_one_below_everything_refused() -> None:
    for cell, said in (("1", "may be 1% or 100%"), ("-150%", "would take away more than there is")):
        with pytest.raises(CellError, match=said):
            exact_rate(cell)


def test_an_amount_is_written_so_that_it_raises_no_question() -> None:
    assert [money_text(Decimal(one)) for one in ("1200.00", "1.255", "0.125", "-3.125", "1E+6")] == [
        "1200", "1.2550", "0.125", "-3.1250", "1000000",
    ]  # fmt: skip
