"""What a file is, told by its content; what is damaged, hostile or no table is refused in one sentence."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from tests.release_files import declaring_one_cell, workbook

from trigpoint.errors import InputError
from trigpoint.releases.files.content import Kind
from trigpoint.releases.files.opening import open_bytes, open_file

CSV = b"Year,Month,Region,Org Code\r\n2024,1,Eng,Eng\r\n"


def packed(**members: bytes) -> bytes:
    """A zip of members; two underscores in a name stand for a slash."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


REFUSED = [
    # what the file holds, the sentence
    (b"", "the file is empty"),
    (b"  \r\n ", "the file is empty"),
    (b"<!DOCTYPE html><html><body>404</body></html>", "this is a web page saved under the name of a data file"),
    (b"\xef\xbb\xbf\r\n<html lang='en'>", "this is a web page saved under the name of a data file"),
    (b"<!-- cached --><!doctype html>", "this is a web page saved under the name of a data file"),
    (b"%PDF-1.7 ...", "this is a PDF, not a table"),
    (b"\x1f\x8b\x08\x00", "this is a gzip archive, not a table"),
    (b"\x7fELF\x00\x00\x01", "this is neither a CSV file nor a workbook"),
    (packed(**{"a.csv": CSV})[:-30], "the archive is damaged or cut short"),
    (packed(**{"a.csv": CSV * 5000})[:60], "the archive is damaged or cut short"),
    (packed(**{"readme.md": b"hello"}), "there is no table in the archive"),
    (packed(**{"__MACOSX/._a.csv": b"\x00\x05\x16\x07"}), "there is no table in the archive"),
    (packed(**{"bomb.csv": b"0" * 30_000_000}), "the archive would unpack to 30 MB"),
]


@pytest.mark.parametrize(("data", "sentence"), REFUSED, ids=[f"{i} {row[1]}" for i, row in enumerate(REFUSED)])
def test_what_is_no_table_is_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(InputError) as refused:
        open_bytes(data, "Monthly-AE-June-2025.csv")
    assert str(refused.value).startswith(f"Monthly-AE-June-2025.csv: {sentence}")


def test_a_damaged_workbook_is_refused_when_it_is_read() -> None:
    whole = workbook(Provider=[["Code", "Name"]])
    (cut,) = open_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + whole[8:400], "April_17.xls")
    assert cut.kind is Kind.WORKBOOK
    with pytest.raises(InputError, match="the workbook is damaged or cut short"):
        _ = cut.sheets


def test_ghosts_of_other_systems_in_an_archive_are_passed_over() -> None:
    ghosts = {"__MACOSX/._rtt.csv": b"\x00\x05", "._rtt.csv": b"\x00", ".DS_Store": b"\x00", "folder/": b""}
    (content,) = open_bytes(packed(**{**ghosts, "folder/rtt.csv": CSV}), "rtt.zip")
    assert (content.name, content.kind, content.data) == ("rtt.zip", Kind.TEXT, CSV)


def test_an_archive_of_several_tables_gives_each() -> None:
    found = open_bytes(packed(**{"a.csv": CSV, "b.xlsx": workbook(Provider=[["Code"]])}), "two.zip")
    assert [(one.name, one.kind) for one in found] == [
        ("two.zip » a.csv", Kind.TEXT),
        ("two.zip » b.xlsx", Kind.WORKBOOK),
    ]


def test_a_workbook_is_read_whatever_size_it_declares() -> None:
    data = declaring_one_cell(workbook(Provider=[["Org Code", "Total"], ["R1H", 10], ["RBD", 20]]))
    (content,) = open_bytes(data, "cancer.xlsx")
    assert [list(row) for row in content.sheets[0].rows] == [["Org Code", "Total"], ["R1H", 10.0], ["RBD", 20.0]]


def test_hidden_sheets_are_known_as_such() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(Provider=[["a"]])))
    book.create_sheet("Mapping").sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    (content,) = open_bytes(buffer.getvalue(), "ae.xlsx")
    assert [(one.name, one.visible) for one in content.sheets] == [("Provider", True), ("Mapping", False)]
    assert [one.name for one in content.visible] == ["Provider"]


ENCODINGS = [("utf-8", "utf-8-sig"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("cp1252", "cp1252")]


@pytest.mark.parametrize(("saved", "told"), ENCODINGS)
def test_a_text_is_read_in_the_encoding_it_is_saved_in(saved: str, told: str) -> None:
    (content,) = open_bytes("Org Code,Name\r\nX1,Café – St John’s\r\n".encode(saved), "names.csv")
    assert content.encoding == told
    assert content.head[1] == ("X1", "Café – St John’s")
    assert [list(row) for row in content.sheets[0].rows][1] == ["X1", "Café – St John’s"]


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        open_file(tmp_path / "gone.csv")


def test_the_digest_is_of_the_table_not_of_its_wrapping() -> None:
    (bare,) = open_bytes(CSV, "a.csv")
    (wrapped,) = open_bytes(packed(**{"a.csv": CSV}), "a.zip")
    assert bare.digest == wrapped.digest
