"""Years and amounts as a notebook gives them: text for a year, whole numbers for an amount, a sentence for a slip."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from trigpoint import finance
from trigpoint.errors import InputError, InputErrors
from trigpoint.periods import FinancialYear

BOOK = finance.read_texts(
    {
        "settings.toml": 'organisation_type = "CCG"\nframework = "nhs-2017-19"\nyears = ["2017/18"]\n',
        "quantities.csv": "year,quantity,value\n2017/18,planned_surplus,5300000\n2017/18,resource_limit,456200000\n",
        "schemes.csv": (
            "id,name,year,full_year_effect,start,recurrence,stage\nhomes,Homes,2017/18,2400000,2017-07,recurrent,idea\n"
        ),
        "risks.csv": "id,name,year,kind,value,probability\ndemand,Demand,2017/18,risk,4500000,40%\n",
    }
).book
assert BOOK is not None
SCHEME = BOOK.schemes[0]
ASKED: dict[str, Callable[[Any], object]] = {
    "position": lambda year: finance.position(BOOK, year),
    "schemes": lambda year: finance.scheme_book(BOOK, year),
    "scheme": lambda year: finance.scheme_year(BOOK, SCHEME, year),
    "risks": lambda year: finance.risk_position(BOOK, year),
    "draws": lambda year: finance.draw_risks(BOOK, year, draws=10, seed=1),
    "quantity": lambda year: finance.quantity_value(BOOK, "resource_limit", year),
}
BLOCK = finance.mechanism_of("cap_collar", {"plan": "10m", "cap": "2%", "collar": "2%"})


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED.keys())
def test_a_year_may_be_written(ask: Callable[[Any], object]) -> None:
    assert ask("2017/18") == ask(FinancialYear(2017))


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED.keys())
@pytest.mark.parametrize("year", ["next year", 2017, None], ids=str)
def test_what_is_no_year_is_said(ask: Callable[[Any], object], year: object) -> None:
    with pytest.raises(InputError, match="is no financial year; write it as 2017/18"):
        ask(year)


def test_activity_may_be_a_whole_number() -> None:
    assert finance.payment(BLOCK, 10_500_000) == finance.payment(BLOCK, Decimal(10_500_000))
    curve = finance.payment_curve(BLOCK, 9_000_000, 11_000_000)
    assert curve == finance.payment_curve(BLOCK, Decimal(9_000_000), Decimal(11_000_000))


@pytest.mark.parametrize(
    ("activity", "told"),
    [(10.5, r"is a float, which is not exact; give Decimal\(\"10.5\"\)"), ("£10m", "is a str and no number")],
    ids=["float", "text"],
)
def test_activity_that_is_not_exact_is_refused(activity: Any, told: str) -> None:
    with pytest.raises(InputError, match=told):
        finance.payment(BLOCK, activity)


def test_a_list_of_draws_is_as_good_as_an_array() -> None:
    whole: Any = [[90_000_000, 110_000_000]]
    assert finance.drawn_payments(BLOCK, whole).shape == (1, 2)


def test_a_folder_that_is_not_there_is_said() -> None:
    reading = finance.read_finance("nowhere")
    assert (reading.book, [one.what for one in reading.problems]) == (None, ["there is no such folder"])


def test_a_misspelt_quantity_is_told_the_nearest() -> None:
    assert "did you mean running_cost?" in finance.quantity_value(BOOK, "runing_cost", "2017/18").lacking


def test_the_activity_of_a_month_is_exact_too() -> None:
    assert finance.month_payments(BLOCK, [900_000])[0].activity_gbp == Decimal(900_000)
    with pytest.raises(InputError, match=r"is a float, which is not exact; give Decimal\(\"900000.5\"\)"):
        finance.month_payments(BLOCK, [900_000.5])  # type: ignore[list-item]


READERS: dict[str, Callable[[Any], object]] = {
    "mechanism": lambda given: finance.read_mechanism(given, "acute.toml"),
    "gates": finance.load_gates,
}


@pytest.mark.parametrize("read", READERS.values(), ids=READERS.keys())
@pytest.mark.parametrize("given", ["finance/acute.toml", "acute.toml", "C:\\plans\\acute.toml", Path("finance/a.toml")])
def test_a_path_in_the_place_of_a_text_is_one_sentence(read: Callable[[Any], object], given: object) -> None:
    with pytest.raises(InputErrors) as told:
        read(given)
    assert str(told.value) == f'“{given}” is the path of a file and not its text; give Path("{given}").read_text().'


@pytest.mark.parametrize("given", [3, b'kind = "block"'], ids=["number", "bytes"])
def test_what_is_no_text_is_one_sentence(given: object) -> None:
    with pytest.raises(InputErrors, match="is no text of a file"):
        finance.read_mechanism(given, "acute.toml")  # type: ignore[arg-type]


def test_a_text_with_a_path_in_it_is_a_text() -> None:
    text = 'kind = "block"\nvalue = "10m"\nsource = "finance/acute.toml"'
    assert finance.read_mechanism(text, "acute.toml").stated.source == "finance/acute.toml"
