"""Workbooks that the NHS and councils have published: all are read, and another reader finds the same words in them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

from trigpoint.documents.readers.workbook.document import parse_workbook
from trigpoint.documents.readers.workbook.sheet_words import words_of
from trigpoint.plans.document import BlockKind, Document, RemarkKind

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
FILES = sorted(path for path in DATA.glob("*/*") if path.suffix in (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"))
PLAN = DATA / "plans" / "Action_plan_table.xlsx"
LARGE = 2_000_000

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not FILES, reason="the shared reference folder is not here"),
]


@cache
def read(path: Path) -> Document:
    return parse_workbook(path.read_bytes(), path.name)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_published_workbook_is_read(path: Path) -> None:
    document = read(path)
    assert all(block.origin.line == line for line, block in enumerate(document.blocks, 1))
    assert document.blocks[0].kind is BlockKind.BLANK
    assert sum(len(block.cells) for block in document.blocks) > 100


def values(path: Path) -> Iterator[tuple[str, int, int, object]]:
    """Sheet, row, column and value of each filled cell of the shown sheets, by the other reader."""
    book = load_workbook(BytesIO(path.read_bytes()))
    for index, sheet in enumerate(book.sheets_metadata):
        if sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet:
            cells = book.get_sheet_by_index(index)
            top, left = cells.start or (0, 0)
            for row, line in enumerate(cells.to_python(), top + 1):
                for column, value in enumerate(line, left + 1):
                    if value != "":
                        yield sheet.name, row, column, value


@pytest.mark.parametrize("path", [path for path in FILES if path.stat().st_size < LARGE], ids=lambda path: path.name)
def test_the_words_are_those_that_another_reader_finds(path: Path) -> None:
    document = read(path)
    words = {
        (cell.origin.sheet, cell.origin.row, cell.origin.column): cell.text
        for block in document.blocks
        for cell in block.cells
        if not cell.empty
    }
    hidden = any(remark.kind is RemarkKind.HIDDEN for remark in document.remarks)
    texts = different = 0
    for *place, value in values(path):
        found = words.get((str(place[0]), int(place[1]), int(place[2])))
        if isinstance(value, str) and not value.startswith("#") and (text := "\n".join(words_of(value).paragraphs)):
            texts += 1
            different += found != text and not (hidden and found is None)
    assert texts > 0
    assert different == 0


@pytest.mark.skipif(not PLAN.exists(), reason="the shared reference folder is not here")
def test_the_county_action_plan() -> None:
    document = read(PLAN)
    heading = document.blocks[3]
    assert [cell.text for cell in heading.cells] == [
        "Action",
        "Description",
        "What does success look like?",
        "Which partners are involved",
        "Status",
        "Latest update",
    ]
    assert (heading.origin.sheet, heading.origin.row, heading.cells[0].origin.column) == ("Action plan", 4, 2)
    rows = document.blocks[4:]
    assert len(rows) == 88
    assert {len(row.cells) for row in rows} == {6}
    assert {row.cells[4].text for row in rows} == {"Complete", "Incomplete"}
