"""Exact JSON and columns that add up, whatever the amounts."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from trigpoint.finance.words import MoneyForm
from trigpoint.reports.finance.exact import decimal_text, exact_json
from trigpoint.reports.finance.words import column

pence = st.integers(-(10**14), 10**14).map(lambda value: Decimal(value) / 100)


@given(pence)
def test_money_is_printed_with_every_penny_and_read_back_the_same(gbp: Decimal) -> None:
    assert json.loads(exact_json({"gbp": gbp}), parse_float=Decimal, parse_int=Decimal) == {"gbp": gbp}
    assert "E" not in decimal_text(gbp)


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**12))
def test_a_quotient_is_right_to_twenty_digits(top: int, below: int) -> None:
    told = Fraction(decimal_text(Decimal(top) / Decimal(below)))
    assert abs(told - Fraction(top, below)) <= abs(Fraction(top, below)) / 10**18


@given(st.recursive(st.none() | st.booleans() | st.text() | st.integers(), lambda inner: st.lists(inner)
                    | st.dictionaries(st.text(), inner), max_leaves=12))  # fmt: skip
def test_what_has_no_decimals_is_plain_json(said: object) -> None:
    assert json.loads(exact_json(said)) == said


def amount(words: str) -> int:
    return int(words.replace("£", "").replace("k", "").replace(",", "").replace("−", "-"))


@given(st.lists(pence, min_size=1, max_size=12), st.sampled_from([MoneyForm(3, "k", 0), MoneyForm(0, "", 0)]))
def test_a_column_adds_up_as_printed_and_no_part_moves_by_more_than_one(parts: list[Decimal], form: MoneyForm) -> None:
    printed = [amount(one) for one in column(parts, form)]
    assert sum(printed[:-1]) == printed[-1]
    unit = 10**form.power
    for part, shown in zip([*parts, sum(parts, Decimal(0))], printed, strict=True):
        assert abs(Fraction(part) / unit - shown) <= Fraction(3, 2)
    assert abs(Fraction(sum(parts, Decimal(0))) / unit - printed[-1]) <= Fraction(1, 2)
