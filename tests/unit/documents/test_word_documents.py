"""Whole Word files as programs make them: by python-docx, by a council's office."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from trigpoint.documents.readers.file import parse_document
from trigpoint.documents.readers.word.document import parse_word
from trigpoint.errors import InputError
from trigpoint.plans.document import BlockKind, Format

PLANS = Path(__file__).resolve().parents[4] / "shared" / "data" / "plans"


def sample() -> bytes:
    document = docx.Document()
    document.core_properties.title = "Fell plan"
    document.core_properties.author = "A. Planner"
    document.core_properties.modified = datetime(2026, 5, 4, tzinfo=UTC)
    document.add_heading("Operational plan 2026/27", 0)
    document.add_heading("Our aims", 1)
    document.add_paragraph("We will:")
    document.add_paragraph("see people sooner;", style="List Bullet")
    document.add_paragraph("Agree the model", style="List Number")
    document.add_paragraph("Open the ward", style="List Number")
    table = document.add_table(3, 3)
    for cell, text in zip(
        table._cells, ["Aim", "Actions", "", "Sooner", "Agree", "June", "", "Open", "July"], strict=True
    ):
        cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    document.sections[0].header.paragraphs[0].text = "Official"
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_file_by_python_docx() -> None:
    document = parse_word(sample(), "plan.docx")
    assert [
        (block.kind.value, block.level, block.marker, block.text) for block in document.blocks if not block.cells
    ] == [
        ("heading", 1, "", "Operational plan 2026/27"),
        ("heading", 1, "", "Our aims"),
        ("paragraph", 0, "", "We will:"),
        ("list item", 0, "•", "see people sooner;"),
        ("list item", 0, "1.", "Agree the model"),
        ("list item", 0, "2.", "Open the ward"),
    ]
    rows = [block.cells for block in document.blocks if block.cells]
    assert [[cell.text for cell in row] for row in rows] == [
        ["Aim", "Actions", ""], ["Sooner", "Agree", "June"], ["", "Open", "July"]]  # fmt: skip
    assert (rows[0][1].column_span, rows[1][0].row_span) == (2, 2)
    assert (rows[0][2].covered, rows[2][0].covered) == (True, True)
    assert document.properties == {
        "title": "Fell plan",
        "author": "A. Planner",
        "modified": "2026-05-04T00:00:00Z",
        "header": "Official",
    }
    assert document.remarks == ()


def test_the_format_is_told_by_content() -> None:
    assert parse_document(sample(), "plan.xlsx").format is Format.WORD
    with pytest.raises(InputError, match=r"old Word .* save it as \.docx"):
        parse_document(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "plan.doc")


@pytest.mark.shared
@pytest.mark.skipif(not PLANS.is_dir(), reason="the shared reference folder is not beside the checkout")
def test_a_county_s_action_plan_says_the_same_in_word_and_excel() -> None:
    document = parse_word((PLANS / "Action_plan_Table.docx").read_bytes(), "plan.docx")
    rows = [[" ".join(cell.text.split()) for cell in block.cells] for block in document.blocks if block.cells]
    sheet = load_workbook(PLANS / "Action_plan_table.xlsx").active
    assert sheet is not None
    cells = [[" ".join(str(cell.value or "").split()) for cell in row[1:]] for row in sheet.iter_rows()]
    in_excel = {row[0]: row for row in cells if row[0][:1].isdigit()}
    assert len(in_excel) == 88
    assert {row[0]: row for row in rows[1:]} == in_excel
    assert document.blocks[0].kind is BlockKind.HEADING
    assert [block.origin.page for block in document.blocks if block.cells][-1] == 17, "as in its PDF"
    assert [block.origin.row for block in document.blocks if block.cells] == list(range(1, 90))
