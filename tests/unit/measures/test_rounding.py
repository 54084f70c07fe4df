"""Half up, exactly, for both signs and for fractions that no decimal can hold."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from trigpoint.measures.figures import axis_title, difference, figure, number, signed
from trigpoint.rounding import decimals_of, half_up, units_apart


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("268.5", 0, "269"),
        ("2.25", 1, "2.3"),
        ("2.2499999999999999999999999999999999999999", 1, "2.2"),
        ("123456789012345678901234567890.5", 0, "123456789012345678901234567891"),
    ],
)
def test_half_up(value: str, decimals: int, printed: str) -> None:
    assert str(half_up(Decimal(value), decimals)) == printed
    assert str(half_up(Fraction(value), decimals)) == printed


def test_a_fraction_just_below_the_half_goes_down() -> None:
    assert half_up(Fraction(1, 2) - Fraction(1, 10**100)) == 0


def test_printed_digits_and_distance_in_units_of_the_last_one() -> None:
    assert [decimals_of(Decimal(text)) for text in ("62.0", "1615", "1E+3", "0.25")] == [1, 0, 0, 2]
    assert units_apart(Decimal("24.2"), Decimal("23.1"), 1) == 11


def test_figures_in_british_style() -> None:
    assert number(Decimal("1234567.5"), 0) == "1,234,568"
    assert figure(Decimal("62"), 1, kind="percentage") == "62.0%"
    assert figure(Decimal("1318"), 0, kind="count", unit="referrals") == "1,318 referrals"
    assert difference(Decimal("-1.0"), 1, kind="percentage") == "1.0 percentage point"
    assert signed(Decimal("-0.04"), 1) == "0.0", "nothing is not less than nothing"
    assert axis_title("count", "referrals") == "Referrals"
    assert axis_title("", "") == "Value"
