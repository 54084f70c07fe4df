"""The folder ``finance`` on a disk: what is read of it, what is refused, and what is told of strangers in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from trigpoint.errors import InputErrors
from trigpoint.finance.book.reading import folder_texts, read_finance
from trigpoint.tabular import workspace_folder

SETTINGS = 'years = ["2017/18"]\norganisation_type = "CCG"\nframework = "nhs-2017-19"\n'
ALLOCATIONS = "id,year,part,recurrence,gbp\ncore,2017/18,programme,recurrent,442500000\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "finance" / "mechanisms").mkdir(parents=True)
    (tmp_path / "finance" / "settings.toml").write_text(SETTINGS)
    (tmp_path / "finance" / "allocations.csv").write_text(ALLOCATIONS)
    return tmp_path


def told(folder: Path) -> list[str]:
    return [str(one) for one in read_finance(folder).problems]


def test_a_workspace_without_finance_has_no_finance_book(tmp_path: Path) -> None:
    reading = read_finance(tmp_path)
    assert (reading.book, reading.problems, reading.notes) == (None, (), ())
    assert folder_texts(tmp_path) == {}


def test_a_finance_book_is_read_from_a_folder_with_the_marks_and_line_ends_of_excel(folder: Path) -> None:
    (folder / "finance" / "allocations.csv").write_bytes(b"\xef\xbb\xbf" + ALLOCATIONS.replace("\n", "\r\n").encode())
    (folder / "finance" / "mechanisms" / "block.toml").write_text('kind = "block"\nvalue_gbp = 5\n')
    reading = read_finance(str(folder))
    assert reading.problems == ()
    assert reading.book is not None
    assert [one.gbp for one in reading.book.allocations] == [442_500_000]
    assert list(reading.book.mechanisms) == ["block"]
    assert reading.book.allocations[0].stated.file == str(folder / "finance" / "allocations.csv")


def test_strangers_in_the_folder_of_the_finance_book_are_told_and_others_passed_over(folder: Path) -> None:
    finance = folder / "finance"
    (finance / "spendings.csv").write_text("x")
    (finance / "README.md").write_text("x")
    (finance / ".hidden.csv").write_text("x")
    (finance / "spend.csv~").write_text("x")
    (finance / "mechanisms" / "block.TOML").write_text("x")
    lines = told(folder)
    assert len(lines) == 2
    assert "spendings.csv: this file is not read; did you mean “spend.csv”?" in lines[0]
    assert "block.TOML: this file is not read; end its name in .toml." in lines[1]


def test_a_file_of_another_encoding_is_named_and_the_finance_book_read_without_it(folder: Path) -> None:
    (folder / "finance" / "risks.csv").write_bytes("id,year\n£,x\n".encode("latin-1"))
    reading = read_finance(folder)
    assert "risks.csv, line 2: the byte 0xa3 is not UTF-8" in str(reading.problems[0])
    assert reading.book is not None
    with pytest.raises(InputErrors):
        folder_texts(folder)
    assert set(folder_texts(folder, [])) == {"settings.toml", "allocations.csv"}


def test_links_out_of_the_workspace_are_refused_for_the_finance_book(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "spend.csv"
    outside.write_text("secret")
    (folder / "finance" / "spend.csv").symlink_to(outside)
    (folder / "finance" / "risks.csv").symlink_to(folder / "nowhere.csv")
    (folder / "finance" / "peers.csv").mkdir()
    lines = told(folder)
    assert "peers.csv: this is not a file" in lines[0]
    assert "risks.csv: this is a link that leads nowhere" in lines[1]
    assert "spend.csv: the file is a link that leads out of the workspace" in lines[2]


def test_the_folder_of_the_finance_book_may_be_no_link_out_and_no_file(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (tmp_path / "finance").symlink_to(tmp_path_factory.mktemp("outside"))
    assert "a link that leads out of the workspace" in told(tmp_path)[0]
    (tmp_path / "finance").unlink()
    (tmp_path / "finance").write_text("")
    assert "this is a file, not a folder" in told(tmp_path)[0]


def test_a_file_of_the_finance_book_larger_than_the_limit_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace_folder, "MAX_FILE_BYTES", 1_000_000)
    (folder / "finance" / "spend.csv").write_text("id\n" + " " * 1_000_001)
    assert "spend.csv: the file is larger than 1 MB; split it." in told(folder)[0]


def test_more_mechanisms_than_are_read_are_counted(folder: Path) -> None:
    for number in range(203):
        (folder / "finance" / "mechanisms" / f"m{number:03}.toml").write_text('kind = "block"\nvalue_gbp = 5\n')
    reading = read_finance(folder)
    assert "there are 203 mechanisms, of which the first 200 are read" in str(reading.problems[0])
    assert reading.book is not None
    assert len(reading.book.mechanisms) == 200


def test_problems_of_a_finance_book_beyond_a_thousand_are_counted(folder: Path) -> None:
    rows = "".join(f"a{number},2017/18,programme,recurrent,€5\n" for number in range(1_200))
    (folder / "finance" / "allocations.csv").write_text("id,year,part,recurrence,gbp\n" + rows)
    reading = read_finance(folder)
    assert len(reading.problems) == 1_001
    assert str(reading.problems[-1]) == "200 more problems with finance are not shown; correct these first."


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes")
def test_a_pipe_is_no_file_of_a_finance_book(folder: Path) -> None:
    os.mkfifo(folder / "finance" / "growth.csv")
    assert "this is not a file" in told(folder)[0]
