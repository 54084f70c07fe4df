"""Findings as notes on the cells of the author's own workbook: in their place, and nothing else of the file moves."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from old_workbook_files import label, xls
from trigpoint.checks.finding import Finding, Severity
from trigpoint.documents.readers.workbook.document import parse_workbook
from trigpoint.errors import InputError
from trigpoint.plans.document import RemarkKind
from trigpoint.reports.annotations.workbook import MOST_FINDINGS, annotate_workbook
from trigpoint.reports.annotations.workbook_threads import PERSON
from workbook_files import (
    MAIN,
    STRICT_MAIN,
    STRICT_OFFICE,
    binary_cell,
    binary_row,
    made,
    ods,
    ods_row,
    opened,
    part,
    relationships,
    repacked,
    row,
    table,
    wide,
    xlsb,
    xlsx,
)

ON = date(2026, 4, 1)
HEAD = "Trigpoint, 1 April 2026"
THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
PLAN = Path(__file__).resolve().parents[4] / "shared" / "data" / "plans" / "Action_plan_table.xlsx"


def finding(message: str, line: int | None = None, fragment: str = "", severity: Severity = Severity.ERROR) -> Finding:
    return Finding("LATE", severity, message, line, fragment)


def annotate(data: bytes, *findings: Finding) -> bytes:
    return annotate_workbook(data, "plan.xlsx", findings, ON)


def notes(data: bytes) -> dict[str, tuple[str, str]]:
    """Author and words of each note by sheet and cell, as openpyxl reads them."""
    return {
        f"{sheet.title}!{cell.coordinate}": (cell.comment.author, cell.comment.text)
        for sheet in opened(data).worksheets
        for line in sheet.iter_rows()
        for cell in line
        if cell.comment
    }


def names(data: bytes) -> set[str]:
    with ZipFile(BytesIO(data)) as archive:
        return set(archive.namelist())


def changed(before: bytes, after: bytes) -> set[str]:
    """The parts that are new or not byte for byte as they were."""
    return {name for name in names(after) if name not in names(before) or part(before, name) != part(after, name)}


PLAIN = table(["Plan"], [], ["Action", "Owner"], ["Open the ward", "Amy"], ["Staff it", None])


def test_a_note_stands_on_the_cell_that_holds_the_words() -> None:
    found = notes(
        annotate(PLAIN, finding("Who is Amy?", 5, "Amy"), finding("No owner.", 6), finding("No date.", 5, "Open the"))
    )
    assert found == {
        "Actions!A4": ("Trigpoint", f"{HEAD}\nError LATE: No date."),
        "Actions!B4": ("Trigpoint", f"{HEAD}\nError LATE: Who is Amy?"),
        "Actions!A5": ("Trigpoint", f"{HEAD}\nError LATE: No owner."),
    }


def test_findings_without_a_place_stand_on_the_title() -> None:
    found = notes(annotate(PLAIN, finding("No organisation."), finding("Beyond the end.", 99)))
    assert found == {
        "Actions!A1": ("Trigpoint", f"{HEAD}\nError LATE: No organisation.\nError LATE: Beyond the end."),
    }


def test_a_finding_on_a_gap_stands_on_the_row_below() -> None:
    assert set(notes(annotate(PLAIN, finding("What is this table?", 3)))) == {"Actions!A3"}


def test_several_findings_on_a_cell_make_one_note_the_worst_first() -> None:
    found = annotate(
        PLAIN,
        finding("Vague.", 5, severity=Severity.INFO),
        finding("Late.", 5),
        finding("Twice.", 5, severity=Severity.WARNING),
        finding("Late.", 5),
    )
    assert notes(found)["Actions!A4"][1].split("\n") == [
        HEAD,
        "Error LATE: Late.",
        "Warning LATE: Twice.",
        "Remark LATE: Vague.",
    ]


def test_a_cell_with_very_many_findings_says_how_many_more() -> None:
    lines = notes(annotate(PLAIN, *(finding(f"Number {n}.", 5) for n in range(MOST_FINDINGS + 7))))["Actions!A4"][
        1
    ].split("\n")
    assert len(lines) == MOST_FINDINGS + 2
    assert lines[-1] == "Remark MORE: 7 more findings on this cell"


def test_what_a_message_may_hold_does_not_harm_the_file() -> None:
    found = notes(annotate(PLAIN, finding('<b>&"\x00\x1b[31m\u202e line\nbreak ]]>' + "x" * 5_000, 5)))
    words = found["Actions!A4"][1].split("\n")[1]
    assert words.startswith('Error LATE: <b>&"[31m line break ]]>xxx')
    assert words.endswith("x…")


def test_the_words_of_the_workbook_stay_and_the_notes_are_remarks() -> None:
    before, after = (
        parse_workbook(PLAIN, "plan.xlsx"),
        parse_workbook(annotate(PLAIN, finding("Late.", 5)), "plan.xlsx"),
    )
    assert before.blocks == after.blocks
    (remark,) = (one for one in after.remarks if one.kind is RemarkKind.COMMENT)
    assert (remark.author, remark.origin.row, remark.origin.column) == ("Trigpoint", 4, 1)
    assert remark.text == f"{HEAD} Error LATE: Late."


def rich(book: Workbook) -> None:
    sheet = book.worksheets[0]
    for line in (["Action", 3], ["Open the ward", 4]):
        sheet.append(line)
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=2))
    sheet.add_chart(chart, "D1")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = "A1:B2"
    book.create_sheet("Other").append(["nothing here"])


def test_every_other_part_stays_byte_for_byte() -> None:
    before = repacked(made(rich), {"xl/vbaProject.bin": b"\x00macro\xff", "custom/odd.bin": b"\x01\x02"})
    after = annotate(before, finding("Late.", 2))
    assert changed(before, after) == {
        "[Content_Types].xml",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/_rels/sheet1.xml.rels",
    }
    old, new = part(before, "xl/worksheets/sheet1.xml"), part(after, "xl/worksheets/sheet1.xml")
    start = new.index(b"<legacyDrawing ")
    end = new.index(b"/>", start) + 2
    assert new[:start] + new[end:] == old
    assert b"<drawing " in new[:start]
    assert len(opened(after).worksheets[0]._charts) == 1


def test_a_workbook_without_findings_stays_as_it_is() -> None:
    assert changed(PLAIN, annotate(PLAIN)) == set()


def noted(book: Workbook) -> None:
    book.worksheets[0].append(["Action", "Owner"])
    book.worksheets[0].append(["Open the ward", "Amy"])
    book.worksheets[0]["A2"].comment = Comment("Is this right?", "Ben")
    book.worksheets[0]["B2"].comment = Comment("On leave in May", "Cat")


def test_notes_of_others_are_kept_with_the_findings_under_their_words() -> None:
    before = made(noted)
    after = annotate(before, finding("Late.", 3, "Open"))
    assert notes(after) == {
        "Actions!A2": ("Ben", f"Is this right?\n\n{HEAD}\nError LATE: Late."),
        "Actions!B2": ("Cat", "On leave in May"),
    }
    assert part(after, "xl/drawings/commentsDrawing1.vml").count(b":shape ") == 2
    assert changed(before, after) == {"xl/comments/comment1.xml"}


def test_a_box_grows_with_its_note() -> None:
    box = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">'
        '<v:shape id="_x0000_s1030" type="#_x0000_t202"><x:ClientData ObjectType="Note"><x:Anchor>'
        "\n 1, 15, 0, 2, 3, 31, 4, 1</x:Anchor><x:Row>0</x:Row><x:Column>0</x:Column></x:ClientData></v:shape>"
        "<br></xml>"
    )
    data = xlsx(
        row(1, "Action") + row(2, "Open the ward"),
        after='<legacyDrawing r:id="rId2"/>',
        links=[("rId1", "comments", "../comments1.xml"), ("rId2", "vmlDrawing", "../drawings/vml.vml")],
        parts={
            "xl/comments1.xml": f'<comments xmlns="{MAIN}"><authors><author>Ben</author></authors><commentList>'
            '<comment ref="A1" authorId="0"><text><t>Is this right?</t></text></comment></commentList></comments>',
            "xl/drawings/vml.vml": box,
        },
    )
    after = part(annotate(data, finding("Late.", 2), finding("Late.", 3)), "xl/drawings/vml.vml").decode()
    assert "\n 1, 15, 0, 2, 3, 31, 6, 12<" in after
    assert 'id="_x0000_s1031"' in after
    assert "<x:Row>1</x:Row><x:Column>0</x:Column>" in after
    assert after.endswith("</xml>")
    assert after.count("<br>") == 1
    assert changed(data, annotate(data, finding("Late.", 3))) == {"xl/comments1.xml", "xl/drawings/vml.vml"}


def test_annotating_again_replaces_what_was_written_before() -> None:
    first = annotate(made(noted), finding("Late.", 3, "Open"), finding("Odd.", 2))
    again = annotate(first, finding("Late.", 3, "Open"), finding("Odd.", 2))
    assert again == first
    other = annotate(first, finding("Better.", 3, "Amy"))
    assert notes(other) == {
        "Actions!A2": ("Ben", "Is this right?"),
        "Actions!B2": ("Cat", f"On leave in May\n\n{HEAD}\nError LATE: Better."),
    }
    clean = annotate(first)
    assert set(notes(clean)) == {"Actions!A2", "Actions!B2"}
    assert part(clean, "xl/drawings/commentsDrawing1.vml").count(b":shape ") == 2


def test_what_a_person_wrote_under_our_words_is_kept() -> None:
    first = annotate(PLAIN, finding("Late.", 5))
    words = part(first, "xl/comments1.xml").replace(b"Error LATE: Late.", b"Error LATE: Late.\nAmy: it is in hand")
    answered = repacked(first, {"xl/comments1.xml": words})
    assert notes(annotate(answered))["Actions!A4"][1] == "Amy: it is in hand"
    assert (
        notes(annotate(answered, finding("Late.", 5)))["Actions!A4"][1]
        == f"Amy: it is in hand\n\n{HEAD}\nError LATE: Late."
    )


def threaded() -> bytes:
    legacy = (
        f'<comments xmlns="{MAIN}"><authors><author>tc={{1}}</author></authors><commentList>'
        '<comment ref="A2" authorId="0">'
        "<text><t>[Threaded comment]\n\nComment:\n    Who leads this?</t></text></comment></commentList></comments>"
    )
    thread = (
        '<threadedComment ref="A2" dT="2026-03-01T09:00:00.00" personId="{P}" id="{1}"><text>Who leads this?</text>'
    )
    persons = f'<personList xmlns="{THREADS}"><person displayName="Amy" id="{{P}}"/></personList>'
    return xlsx(
        row(1, "Action") + row(2, "Open the ward"),
        links=[("rId1", "comments", "../comments1.xml"), ("rId2", "threadedComment", "../threads1.xml")],
        parts={
            "xl/comments1.xml": legacy,
            "xl/threads1.xml": f'<ThreadedComments xmlns="{THREADS}">{thread}</threadedComment></ThreadedComments>',
            "xl/persons/person.xml": persons,
            "xl/_rels/workbook.xml.rels": relationships(
                ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId9", "person", "persons/person.xml")
            ),
        },
    )


def test_a_thread_of_comments_gets_an_answer() -> None:
    after = annotate(threaded(), finding("Late.", 3))
    found = [remark for remark in parse_workbook(after, "plan.xlsx").remarks if remark.kind is RemarkKind.COMMENT]
    assert [(one.author, one.text, one.date[:10]) for one in found] == [
        ("Amy", "Who leads this?", "2026-03-01"),
        ("Trigpoint", f"{HEAD} Error LATE: Late.", "2026-04-01"),
    ]
    assert part(after, "xl/threads1.xml").count(b'parentId="{1}"') == 1
    assert PERSON.encode() in part(after, "xl/persons/person.xml")
    copied = "".join(etree.fromstring(part(after, "xl/comments1.xml")).itertext())
    assert copied.endswith(f"Who leads this?\nReply:\n    {HEAD}\nError LATE: Late.")
    assert annotate(after, finding("Late.", 3)) == after
    clean = annotate(after)
    assert part(clean, "xl/threads1.xml").count(b"<threadedComment ") == 1
    assert b"Trigpoint," not in part(clean, "xl/comments1.xml")


@pytest.mark.parametrize("prefix", ["", "x:"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_sheets_in_the_strict_variant_with_a_prefix_or_in_another_encoding(prefix: str, encoding: str) -> None:
    data = xlsx("", main=STRICT_MAIN, office=STRICT_OFFICE)
    declared = f'xmlns{":x" if prefix else ""}="{STRICT_MAIN}"'
    sheet = (
        f'<?xml version="1.0" encoding="{encoding}"?>'
        f"<{prefix}worksheet {declared}><{prefix}sheetData><{prefix}row r='1'><{prefix}c r='A1' t='str'>"
        f"<{prefix}v>Größe</{prefix}v></{prefix}c></{prefix}row></{prefix}sheetData><{prefix}tableParts/></{prefix}worksheet>"
    )
    before = repacked(data, {"xl/worksheets/sheet1.xml": sheet.encode(encoding)})
    after = annotate(before, finding("Late.", 2))
    text = part(after, "xl/worksheets/sheet1.xml").decode(encoding)
    assert (
        f'</{prefix}sheetData><{prefix}legacyDrawing xmlns:r="{STRICT_OFFICE}" r:id="rId2"/><{prefix}tableParts/>'
        in text
    )
    assert f'Type="{STRICT_OFFICE}/comments"'.encode() in part(after, "xl/worksheets/_rels/sheet1.xml.rels")
    document = parse_workbook(after, "plan.xlsx")
    assert document.blocks == parse_workbook(before, "plan.xlsx").blocks
    assert len(document.remarks) == 1


def test_boxes_stand_beside_their_cell_whatever_its_columns_are_wide() -> None:
    before = '<cols><col min="2" max="2" width="100"/><col min="3" max="3" width="0"/></cols>'
    data = xlsx(row(1, "Action", "x", ht="90") + row(2, "Open"), before=before)
    boxes = part(annotate(data, finding("Late.", 2), finding("Late.", 2, "x")), "xl/drawings/vmlDrawing1.vml").decode()
    assert "<x:Anchor>1, 15, 0, 4, 1, 345, 0, 55</x:Anchor>" in boxes
    assert "<x:Anchor>2, 15, 0, 4, 8, 25, 0, 55</x:Anchor>" in boxes


def test_notes_on_hidden_columns_and_merged_cells_find_their_place() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet["A1"], sheet["C2"], sheet["D2"] = "Plan", "Action", "Owner"
        sheet.merge_cells("A1:D1")
        sheet.column_dimensions["A"].hidden = True

    assert set(notes(annotate(made(fill), finding("Late.", 2), finding("Odd.", 3, "Owner")))) == {
        "Actions!A1",
        "Actions!D2",
    }


REFUSED = [
    ("plan.xls", xls(label(1, 1, "Action"))),
    ("plan.xlsb", xlsb(binary_row(1) + binary_cell(6, 1, wide("Action")))),
    ("plan.ods", ods(ods_row("Action"))),
    ("plan.txt", b"Action\tOwner"),
]


@pytest.mark.parametrize(("name", "data"), REFUSED, ids=[name for name, _ in REFUSED])
def test_other_formats_are_refused_with_what_to_do(name: str, data: bytes) -> None:
    with pytest.raises(InputError) as error:
        annotate_workbook(data, name, [finding("Late.", 1)], ON)
    assert str(error.value) == (
        f"{name}: cell notes can only be written into .xlsx and .xlsm files;"
        " open it, save it as .xlsx and check that file."
    )


def test_a_drawing_of_notes_that_is_damaged_is_refused() -> None:
    links = [("rId2", "vmlDrawing", "../drawings/vml.vml")]
    data = xlsx(row(1, "Action"), after='<legacyDrawing r:id="rId2"/>', links=links)
    with pytest.raises(InputError, match="the boxes of its notes are missing"):
        annotate(data, finding("Late.", 2))
    with pytest.raises(InputError, match="with the boxes of notes breaks off"):
        annotate(repacked(data, {"xl/drawings/vml.vml": "<xml><v:shape"}), finding("Late.", 2))


@pytest.mark.shared
@pytest.mark.skipif(not PLAN.exists(), reason="the shared reference folder is not here")
def test_the_county_action_plan() -> None:
    data = PLAN.read_bytes()
    document = parse_workbook(data, PLAN.name)
    findings = [finding("Status.", block.origin.line, block.cells[4].text) for block in document.blocks[4:]]
    after = annotate(data, *findings)
    found = notes(after)
    assert set(found) == {f"Action plan!F{line}" for line in range(5, 93)}
    assert parse_workbook(after, PLAN.name).blocks == document.blocks


def test_a_file_that_does_not_say_what_its_parts_are_is_refused() -> None:
    """It can be read, but a note that is added to it would be of no known kind."""
    data = repacked(table(["Action"], ["Open it"]), {"[Content_Types].xml": None})
    with pytest.raises(InputError, match=r"its part \[Content_Types\].xml is missing"):
        annotate(data, finding("Late.", 2))
