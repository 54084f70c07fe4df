"""Cells as numbers, and the marks that stand where a number is missing."""

from __future__ import annotations

import re
from datetime import date

import pytest

from trigpoint.releases.observation import Marker
from trigpoint.releases.tables.cells import Figure, figure, normal, words

NUMBERS = [
    ("3,038", 3038.0),
    (" 12 ", 12.0),
    ("4.80%", 4.8),
    ("55.30 %", 55.3),
    ("£1,234.50", 1234.5),
    ("-5", -5.0),
    ("−5", -5.0),
    (".5", 0.5),
    ("1,703,242", 1703242.0),
    ("1.5e3", 1500.0),
    ("79.5", 79.5),
    (7.0, 7.0),
    (0, 0.0),
    ("0", 0.0),
]


@pytest.mark.parametrize(("cell", "value"), NUMBERS, ids=[str(row[0]) for row in NUMBERS])
def test_a_number(cell: str | float, value: float) -> None:
    assert figure(cell) == Figure(value)


MARKS = [
    ("*", Marker.SUPPRESSED),
    ("c", Marker.SUPPRESSED),
    ("-", Marker.NOT_APPLICABLE),
    ("z", Marker.NOT_APPLICABLE),
    ("N/A", Marker.NOT_APPLICABLE),
    ("NA", Marker.NOT_APPLICABLE),
    (".", Marker.NOT_AVAILABLE),
    ("..", Marker.NOT_AVAILABLE),
    ("x", Marker.NOT_AVAILABLE),
    ("#N/A", Marker.NOT_AVAILABLE),
    ("", Marker.NOT_AVAILABLE),
    (float("nan"), Marker.NOT_AVAILABLE),
]


@pytest.mark.parametrize(("cell", "marker"), MARKS, ids=[repr(row[0]) for row in MARKS])
def test_a_mark_is_no_nought(cell: str | float, marker: Marker) -> None:
    assert figure(cell) == Figure(None, marker)


def test_a_release_says_what_its_own_marks_mean() -> None:
    assert figure("-", {"-": 0.0}) == Figure(0.0)
    assert figure("42", {"42": Marker.NOT_AVAILABLE}) == Figure(None, Marker.NOT_AVAILABLE)


@pytest.mark.parametrize(
    "cell", ["Trust", "1,2,3", "12-13", "1.2.3", "<5", "1e999", "=1+1", True, date(2024, 1, 1), ",5", "5,"]
)
def test_what_is_neither_is_refused_with_its_words(cell: str | bool | date) -> None:
    with pytest.raises(ValueError, match=re.escape(words(str(cell)))):
        figure(cell)


def test_words_are_cleaned() -> None:
    assert words("NHS ENGLAND MIDLANDS ") == "NHS ENGLAND MIDLANDS"
    assert words("Campylobacter rate\n") == "Campylobacter rate"
    assert words(2024.0) == "2024"
    assert normal(" Total  Waiting\u00a0List ") == "total waiting list"
