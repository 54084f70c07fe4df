"""The folder ``activity`` on a disk: what is read of it, what is refused, and what is told of strangers in it."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import polars as pl
import pytest

from trigpoint.activity.book.cells import cells_bytes
from trigpoint.activity.book.kept_rows import good_texts
from trigpoint.activity.book.reading import folder_texts, read_activity, read_texts
from trigpoint.errors import InputError, InputErrors
from trigpoint.tabular import workspace_folder

COUNTS = "provider,pod,month,value\nRNA,A&E,2016-04,100\nRNA,A&E,2016-05,110\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "activity" / "scenarios").mkdir(parents=True)
    (tmp_path / "activity" / "counts.csv").write_text(COUNTS)
    return tmp_path


def told(folder: Path) -> list[str]:
    return [str(one) for one in read_activity(folder).problems]


def test_a_workspace_without_the_folder_has_no_book(tmp_path: Path) -> None:
    read = read_activity(tmp_path)
    assert read.book is None
    assert read.problems == ()
    assert folder_texts(tmp_path) == ({}, None)


def test_without_settings_the_years_are_inferred_and_said(folder: Path) -> None:
    read = read_activity(folder)
    assert not read.problems
    assert read.book is not None
    assert read.book.settings.base_year.label == "2016/17"
    assert [year.label for year in read.book.settings.years] == ["2017/18", "2018/19"]
    assert read.notes == (
        "The base year is taken as 2016/17, the last with any month of counts.",
        "The years planned are taken as 2017/18 and 2018/19.",
    )


def test_rates_of_growth_say_the_years_where_there_are_only_totals() -> None:
    read = read_texts({"totals.csv": "pod,outturn\nA&E,5\n", "growth.csv": "id,value,years\ng,2%,2017/18\n"})
    assert read.book is not None
    assert read.book.settings.base_year.label == "2016/17"
    assert [year.label for year in read.book.settings.years] == ["2017/18"]


def test_where_nothing_says_the_year_that_is_the_one_error() -> None:
    read = read_texts({"totals.csv": "pod,outturn\nA&E,5\n"})
    assert read.book is None
    assert [one.what for one in read.problems] == ["nothing says which year is the base year"]


def test_the_texts_of_a_folder_are_those_that_are_read(folder: Path) -> None:
    (folder / "activity" / "scenarios" / "slow.toml").write_text('name = "Slow"\n')
    (folder / "activity" / "notes.md").write_text("not ours")
    (folder / "activity" / "counts.csv~").write_text("an editor's")
    texts, cells = folder_texts(folder)
    assert set(texts) == {"counts.csv", "scenarios/slow.toml"}
    assert cells is None
    assert told(folder) == []


def test_a_misspelt_file_is_told(folder: Path) -> None:
    (folder / "activity" / "growths.csv").write_text("id,value\ng,2%\n")
    (folder / "activity" / "scenarios" / "slow.TOML").write_text("")
    assert [line.split("activity/")[1] for line in told(folder)] == [
        "growths.csv: this file is not read; did you mean “growth.csv”?",
        "scenarios/slow.TOML: this file is not read; end its name in .toml.",
    ]


def test_a_stranger_keeps_nobody_from_the_texts(folder: Path) -> None:
    (folder / "activity" / "growths.csv").write_text("id,value\ng,2%\n")
    assert set(folder_texts(folder)[0]) == {"counts.csv"}
    problems: list[InputError] = []
    (folder / "activity" / "totals.csv").write_bytes(b"\xff\xfe")
    assert set(folder_texts(folder, problems)[0]) == {"counts.csv"}
    assert [one.what for one in problems] == ["this file is not read", "the file is in UTF-16"]


def test_a_file_in_another_encoding_is_told_and_the_others_are_read(folder: Path) -> None:
    (folder / "activity" / "growth.csv").write_bytes("id,name,value\ng,Förde,2%\n".encode("cp1252"))
    (folder / "activity" / "totals.csv").write_text("pod,outturn\nEL,5\n", encoding="utf-16")
    read = read_activity(folder)
    assert [str(one).split("activity/")[1][:32] for one in read.problems] == [
        "growth.csv, line 2: the byte 0xf",
        "totals.csv: the file is in UTF-1",
    ]
    assert read.book is not None
    assert read.book.counts.height == 2
    with pytest.raises(InputErrors):
        folder_texts(folder)


def test_links_out_of_the_workspace_are_refused(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "growth.csv"
    outside.write_text("id,value\ng,2%\n")
    (folder / "activity" / "growth.csv").symlink_to(outside)
    (folder / "activity" / "totals.csv").symlink_to(folder / "nowhere")
    (folder / "activity" / "schemes.csv").mkdir()
    lines = told(folder)
    assert "growth.csv: the file is a link that leads out of the workspace" in lines[0]
    assert "schemes.csv: this is not a file" in lines[1]
    assert "totals.csv: this is a link that leads nowhere" in lines[2]


def test_a_folder_that_is_a_link_out_or_a_file_is_refused(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (tmp_path / "activity").symlink_to(tmp_path_factory.mktemp("outside"))
    assert "a link that leads out of the workspace" in told(tmp_path)[0]
    (tmp_path / "activity").unlink()
    (tmp_path / "activity").write_text("")
    assert "this is a file, not a folder" in told(tmp_path)[0]


def test_a_file_larger_than_the_limit_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspace_folder, "MAX_FILE_BYTES", 1_000_000)
    (folder / "activity" / "growth.csv").write_text("id,value\n" + " " * 1_000_001)
    assert "growth.csv: the file is larger than 1 MB; split it." in told(folder)[0]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes")
def test_a_pipe_is_no_file(folder: Path) -> None:
    os.mkfifo(folder / "activity" / "growth.csv")
    assert "this is not a file" in told(folder)[0]


def test_windows_line_ends_a_mark_and_quotes_are_read() -> None:
    text = '\ufeffprovider,pod,month,value,site\r\nRNA,A&E,2016-04,100,"North, old"\r\n\r\nRNA,A&E,2016-05,x,\r\n'
    read = read_texts({"counts.csv": text})
    assert read.book is not None
    assert read.book.counts["site"].to_list() == ["North, old"]
    assert [str(one.where) for one in read.problems] == ["activity/counts.csv, line 4, column value"]


def test_a_mistake_below_a_cell_of_two_lines_has_the_right_line() -> None:
    text = 'pod,month,value,site\nA&E,2016-04,1,"two\nlines"\n\nA&E,2016-05,x,\n'
    read = read_texts({"counts.csv": text})
    assert [str(one.where) for one in read.problems] == ["activity/counts.csv, line 5, column value"]


def test_attributes_are_lower_case_text_and_ages_first_ages() -> None:
    text = "pod,month,value,Main Specialty,AGE\nA&E,2016-04,1,300,75-79\nA&E,2016-05,2,,90+\nA&E,2016-06,2,,\n"
    book = read_texts({"counts.csv": text}).book
    assert book is not None
    assert book.counts.columns == ["provider", "pod", "month", "value", "main_specialty", "age"]
    assert book.counts["main_specialty"].to_list() == ["300", "", ""]
    assert book.counts["age"].to_list() == [75, 90, None]


def test_where_counts_come_from_is_kept_by_runs_of_months() -> None:
    rows = [(4, "SUS", ""), (5, "SUS", ""), (6, "flex", ""), (7, "", "yes")]
    text = "pod,month,value,source,illustrative\n" + "".join(
        f"A&E,2016-{month:02d},5,{source},{mark}\n" for month, source, mark in rows
    )
    book = read_texts({"counts.csv": text}).book
    assert book is not None
    found = [(one.first.number, one.last.number, one.source, one.illustrative) for one in book.count_notes]
    assert found == [(4, 5, "SUS", False), (6, 6, "flex", False), (7, 7, "", True)]
    assert book.illustrative


def test_cells_are_checked() -> None:
    frame = pl.DataFrame(
        {"provider": ["R", "R", "R"], "pod": ["A&E", "EL", ""], "Age": [75, 80, 1], "weight": [5.0, -1.0, 2.0]}
    )
    read = read_texts({"counts.csv": COUNTS}, cells=cells_bytes(frame))
    assert read.book is not None
    assert read.book.cells is not None
    assert read.book.cells.rows() == [("R", "A&E", 75, 5.0)]
    assert "2 cells without a point of delivery, or with a weight" in str(read.problems[0])
    assert "cells.parquet: the columns provider and pod are missing" in str(
        read_texts({"counts.csv": COUNTS}, cells=cells_bytes(pl.DataFrame({"weight": [1.0]}))).problems[0]
    )


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1" + b"\x00" * 50 + b"PAR1", b"no Parquet at all"])
def test_what_is_no_parquet_file_is_told(data: bytes) -> None:
    read = read_texts({"counts.csv": COUNTS}, cells=data)
    assert [one.what for one in read.problems] == ["this is no Parquet file that can be read"]
    assert read.book is not None
    assert read.book.cells is None


def test_a_damaged_parquet_file_is_told() -> None:
    out = io.BytesIO()
    pl.DataFrame({"provider": ["R"] * 500, "pod": ["A"] * 500, "weight": [1.0] * 500}).write_parquet(out)
    data = bytearray(out.getvalue())
    data[20:60] = b"\xff" * 40
    problems = read_texts({"counts.csv": COUNTS}, cells=bytes(data)).problems
    assert all("cells.parquet" in str(one) for one in problems)


def test_growth_as_toml_is_the_same_growth() -> None:
    csv = "id,pod,where,years,value,low,high\ng,A&E,age >= 75,2017/18,1.9%,1%,3%\n"
    toml = (
        "[[growth]]\nid = 'g'\npod = ['A&E']\nwhere = ['age >= 75']\nyears = ['2017/18']\n"
        "value = 0.019\nlow = 0.01\nhigh = '3%'\n"
    )
    one, other = (
        read_texts({"counts.csv": COUNTS, name: text}).book
        for name, text in (("growth.csv", csv), ("growth.toml", toml))
    )
    assert one is not None
    assert other is not None
    assert one.growth[0].amount == other.growth[0].amount
    assert one.growth[0].where == other.growth[0].where
    assert other.growth[0].stated.file == "activity/growth.toml"
    assert other.growth[0].stated.row == 1


OLD_GROWTH = "id,name,pod,value,years\ng,Growth,ae,1%,2017/18\nh,Other,ae,3%,\n"
KEPT = (
    # what the workbook has, and what is written: id, value, years
    ("g,Growth,ae,lots,2017/18\nh,Other,ae,4%,\n", [("g", "1%", "2017/18"), ("h", "4%", "")]),
    ("g,Growth,ae,lots,2017/18\n", [("g", "1%", "2017/18")]),
    ("g,Growth,ae,5%,20x7/18\nh,Other,ae,4%,\n", [("g", "1%", "2017/18"), ("h", "4%", "")]),
    ("new,New,ae,lots,\nh,Other,ae,3%,\n", [("h", "3%", "")]),
    ("h,Other,ae,lots,\ng,Growth,ae,5%,2017/18\n", [("h", "3%", ""), ("g", "5%", "2017/18")]),
)


@pytest.mark.parametrize(("rows", "kept"), KEPT)
def test_a_wrong_row_leaves_the_one_before_it(rows: str, kept: list[tuple[str, str, str]]) -> None:
    settings = {"settings.toml": 'base_year = "2016/17"\n'}
    before = settings | {"growth.csv": OLD_GROWTH}
    texts = good_texts(settings | {"growth.csv": "id,name,pod,value,years\n" + rows}, before)
    found = csv.DictReader(io.StringIO(texts["growth.csv"]))
    assert [(row["id"], row["value"], row.get("years", "")) for row in found] == kept


def test_a_wrong_count_leaves_the_one_of_its_specialty() -> None:
    settings = {"settings.toml": 'base_year = "2016/17"\n'}
    head = "provider,pod,month,value,specialty\n"
    before = settings | {"counts.csv": head + "RNA,el,2016-04,10,100\nRNA,el,2016-04,20,110\nRNA,el,2016-05,30,100\n"}
    after = settings | {"counts.csv": head + "RNA,el,2016-04,11,100\nRNA,el,2016-04,many,110\n"}
    found = csv.DictReader(io.StringIO(good_texts(after, before)["counts.csv"]))
    assert sorted((row["month"], row["specialty"], row["value"]) for row in found) == [
        ("2016-04", "100", "11"), ("2016-04", "110", "20"),
    ]  # fmt: skip
