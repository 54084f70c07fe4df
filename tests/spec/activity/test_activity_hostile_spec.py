"""What commands of `trigpoint activity` say to hostile and clumsy input: one sentence, and nothing half-done."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from trigpoint.activity.book.reading import read_texts
from trigpoint.activity.records.cells import build_cells
from trigpoint.cli.activity_options import check_numbers
from trigpoint.cli.activity_reading import Asked, run_of
from trigpoint.cli.activity_room import check_room, draw_bytes
from trigpoint.cli.returned_workbook import workbook_bytes
from trigpoint.errors import InputError

SETTINGS = 'base_year = "2016/17"\nyears = ["2017/18"]\n'

NUMBERS = [
    ({"draws": 0}, "--draws 0 is no number of draws"),
    ({"draws": 10_000_000}, "--draws 10,000,000 is more than 1,000,000"),
    ({"draws": 10**30}, "is more than 1,000,000"),
    ({"seed": -1}, "--seed -1 is negative"),
    ({"seed": 2**63}, "--seed has too many digits"),
    ({"workers": 0}, "--workers 0 is not between 1 and 64"),
]


@pytest.mark.parametrize(("numbers", "said"), NUMBERS)
def test_numbers_that_no_run_can_be_made_with_are_refused(numbers: dict[str, int], said: str) -> None:
    with pytest.raises(InputError, match=said):
        check_numbers(**numbers)


def test_more_draws_than_memory_holds_are_refused_with_how_many_it_does() -> None:
    book = read_texts({"settings.toml": SETTINGS, "totals.csv": "pod,outturn\nA&E,100\n"}).book
    assert book is not None
    one = draw_bytes(book)
    check_room(book, 800, free=1000 * one)
    with pytest.raises(InputError, match=r"801 draws of this plan need .* take 800 or fewer"):
        check_room(book, 801, free=1000 * one)


def test_where_nothing_can_be_run_the_mistakes_in_the_files_are_told() -> None:
    read = read_texts({"settings.toml": SETTINGS, "counts.csv": "pod,pod,month,value\nA&E,A&E,2016-04,5\n"})
    assert read.book is not None
    with pytest.raises(InputError) as caught:
        run_of(read.book, None, Asked(), read.problems)
    assert "the column “pod” stands twice" in str(caught.value)
    assert str(caught.value).count("to start from") == 1


WORKBOOKS = [
    ("plan.xlsm", b"PK", "a workbook that ends in .xlsm is not read; save it as an Excel workbook (.xlsx) first"),
    ("plan.ods", b"PK", "a workbook that ends in .ods is not read"),
    ("plan.pdf", b"%PDF", "this is no Excel workbook; give a file that ends in .xlsx"),
    (
        "plan.xlsx",
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(99),
        "the workbook has a password, or is of an Excel before",
    ),
]


@pytest.mark.parametrize(("name", "data", "said"), WORKBOOKS)
def test_a_file_that_is_no_workbook_of_today_is_told_what_it_is(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError) as caught:
        workbook_bytes(tmp_path / name)
    assert said in str(caught.value)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    for name in ("plan.xlsx", "records.parquet"):
        os.mkfifo(tmp_path / name)
    with pytest.raises(InputError, match="this is a pipe or a device"):
        workbook_bytes(tmp_path / "plan.xlsx")
    with pytest.raises(InputError, match="this is no file"):
        build_cells(tmp_path / "records.parquet")


DISGUISES = [
    (["9434765919", "9434765870", "943 476 5919"], "NHS numbers"),
    (["DY1 2HQ", "B46GA", "M1 1AE"], "postcodes"),
    (["1950-01-02", "1961-03-04", "02/05/1972"], "days of birth"),
]


@pytest.mark.parametrize(("values", "said"), DISGUISES)
def test_what_identifies_a_patient_under_another_name_is_no_key(tmp_path: Path, values: list[str], said: str) -> None:
    rows = "".join(f"RNA,A&E,2016-04,{value}\n" for value in values)
    (tmp_path / "r.csv").write_text(f"provider,pod,month,ref\n{rows}", encoding="utf-8")
    with pytest.raises(InputError, match=f"the column “ref” holds what looks like {said}"):
        build_cells(tmp_path / "r.csv", ["ref"])
    assert build_cells(tmp_path / "r.csv").used == 3


@pytest.mark.parametrize("code", ["\x00\x00", "\x1b[31m", "x" * 201])
def test_a_code_that_could_not_be_a_name_leaves_its_row_out(tmp_path: Path, code: str) -> None:
    (tmp_path / "r.csv").write_text(f"provider,pod,month\nRNA,A&E,2016-04\n{code},A&E,2016-04\n", encoding="utf-8")
    built = build_cells(tmp_path / "r.csv")
    assert built.used == 1
    assert "1 row is left out: the provider has more than 200 characters, or some that do not print" in str(
        built.problems[0]
    )
