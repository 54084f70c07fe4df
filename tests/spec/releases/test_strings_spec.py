"""Long tables as frames of text: what becomes of rows and cells, and of figures that stand twice."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl
import polars as pl
import pytest

from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.observation import KEY
from trigpoint.releases.tables.header import need_header
from trigpoint.releases.tables.repeats import once
from trigpoint.releases.tables.strings import ROW, read_each, string_table, with_figures

TABLES = [
    # the rows of a CSV below the header "Code,Name,Value" | the rows as read
    ("RXX,A TRUST,5", [("RXX", "A TRUST", "5")]),
    ("RXX,A TRUST", [("RXX", "A TRUST", "")]),
    ("RXX,A TRUST,5,more,and more", [("RXX", "A TRUST", "5")]),
    ('RXX,"A TRUST, \nNORTH ",5', [("RXX", "A TRUST, NORTH", "5")]),
    ("RXX,A\u00a0  TRUST,5\n,,\n\nRXY,B,6", [("RXX", "A TRUST", "5"), ("RXY", "B", "6")]),
    ('RXX,A "GOOD" TRUST,5', [("RXX", 'A "GOOD" TRUST', "5")]),
    ("007,NA,1.50", [("007", "NA", "1.50")]),
    ("", []),
]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize(("below", "expected"), TABLES)
def test_rows_of_a_csv(below: str, expected: list[tuple[str, ...]], encoding: str) -> None:
    content = Content("a.csv", Kind.TEXT, f"Title é\nCode,Name,Value\n{below}\n".encode(encoding))
    header = need_header(content.sheets[0], "a.csv", "Code", "Value")
    assert string_table(content, header).drop(ROW).rows() == expected


def test_a_row_knows_where_it_stands() -> None:
    content = Content("a.csv", Kind.TEXT, b"Title\nCode,Value\nRXX,5\n,\nRXY,6\n")
    header = need_header(content.sheets[0], "a.csv", "Code", "Value")
    assert string_table(content, header)[ROW].to_list() == [3, 5]


def test_cells_of_a_workbook() -> None:
    book = openpyxl.Workbook()
    for row in (["Code", "Day", "Value"], ["RXX", datetime(2019, 2, 1), 5.0], [7, "Feb-19", 0.25]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    content = Content("a.xlsx", Kind.WORKBOOK, out.getvalue())
    header = need_header(content.sheets[0], "a.xlsx", "Code")
    table = string_table(content, header, content.sheets[0])
    assert table.drop(ROW).rows() == [("RXX", "2019-02-01", "5"), ("7", "Feb-19", "0.25")]


def test_figures_and_what_is_none() -> None:
    table = with_figures(pl.DataFrame({"text": ["1,234", "*", "", "a few"]}), "text")
    assert table.select("value", "marker").rows() == [
        (1234.0, ""),
        (None, "suppressed"),
        (None, "not available"),
        (None, None),
    ]


def test_a_text_is_read_once_however_often_it_stands() -> None:
    called = []

    def read(text: str) -> tuple[int]:
        called.append(text)
        return (len(text),)

    table = read_each(pl.DataFrame({"text": ["aa", "b", "aa"]}), ["text"], read, {"length": pl.Int64})
    assert table["length"].to_list() == [2, 1, 2]
    assert sorted(called) == ["aa", "b"]


def observations(*values: tuple[str, float]) -> pl.DataFrame:
    rows = [("beds", org, "provider", "", date(2025, 3, 1), date(2025, 3, 31), value, "") for org, value in values]
    return pl.DataFrame(rows, schema=[*KEY, "value", "marker"], orient="row")


OTHERS = [(f"R{number}", 1.0) for number in range(8)]
REPEATS = [
    # what stands in the file | what is kept of RXX, how many are told as repeated, how many as contradicting
    ([("RXX", 5.0)], [5.0], 0, 0),
    ([("RXX", 5.0), ("RXX", 5.0)], [5.0], 1, 0),
    ([("RXX", 5.0), ("RXX", 6.0)], [], 0, 1),
    ([("RXX", 5.0), ("RXX", 5.0), ("RXX", 6.0)], [], 1, 1),
]


@pytest.mark.parametrize(("said", "kept", "repeated", "contradicting"), REPEATS)
def test_a_figure_that_stands_twice(
    said: list[tuple[str, float]], kept: list[float], repeated: int, contradicting: int
) -> None:
    table, notes, rejected = once(observations(*said, *OTHERS))
    assert table.filter(org="RXX")["value"].to_list() == kept
    assert (len(notes), len(rejected)) == (repeated, contradicting)


def test_a_whole_period_that_stands_twice_is_left_for_the_reading_to_refuse() -> None:
    twice = observations(*OTHERS, *((org, value + 1) for org, value in OTHERS))
    table, notes, rejected = once(twice)
    assert (len(table), notes, rejected) == (len(twice), (), ())
