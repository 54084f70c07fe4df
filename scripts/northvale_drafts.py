"""Makes the drafts in ``examples/northvale-drafts``: an invented plan as its authors would send it round.

Two editions of a Word plan, with what drafts hold (a tracked change, a comment, things left to do, mistakes), and a
workbook with a delivery tracker, a risk register and a hidden sheet. Run it again after a change here:

    .venv/bin/python scripts/northvale_drafts.py
"""

from __future__ import annotations

import io
import re
import zipfile
from copy import deepcopy
from datetime import date, datetime
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

FOLDER = Path(__file__).resolve().parent.parent / "examples" / "northvale-drafts"
MADE = datetime(2026, 2, 2, 9, 0)  # noqa: DTZ001 - a document's own date has no zone

HEADINGS = (
    "Objective", "Executive lead", "Key deliverables", "Success measure", "Baseline", "Q1", "Q2", "Q3", "Q4",
)  # fmt: skip

FIRST = {
    "Urgent and emergency care": (
        (
            "1. Fewer long waits in emergency departments",
            "Chief Operating Officer (accountable)",
            "Same day emergency care open 12 hours a day, 7 days a week at both hospitals by 30 September 2026",
            "82% of patients seen within 4 hours by March 2027",
            "74.9% in November 2025",
            "Agree the staffing model by 31 May 2026",
            "Open the second unit by 30 September 2026",
            "Winter surge plan tested by 31 October 2026",
            "Review the first six months by 15 April 2027",
        ),
        (
            "2. Category 2 ambulance response",
            "Director of Urgent Care",
            "Handover of every ambulance within 45 minutes by December 2026",
            "Average Category 2 response of 25 minutes in 2026/27",
            "TBC",
            "Agree the handover protocol with both trusts by June 26",
            "Start the protocol by the end of Q2",
            "As above",
            "",
        ),
    ),
    "Planned care": (
        (
            "3. Shorter waits for planned treatment",
            "",
            "Surgical hub at Northvale Community Hospital by 30 June 2026",
            "65% of patients treated within 18 weeks by March 2027",
            "58.2% in November 2025",
            "Open the hub by 30 June 2026",
            "Run six-day lists from 1 September 2026",
            "",
            "Plan the second hub – business case to be developed?",
        ),
        (
            "4. Diagnostic tests within six weeks",
            "Chief Medical Officer",
            "Community diagnostic centre at full capacity by 31 December 2026",
            "Improve the share of patients tested within six weeks",
            "83.0%",
            "Appoint radiographers by 31 May 2026",
            "Extend opening hours by 31 August 2026",
            "Reach full capacity by 31 December 2026",
            "Evaluate by 28 February 2027",
        ),
    ),
    "Mental health": (
        (
            "5. Talking therapies that work",
            "Director of Mental Health",
            "Digital offer in every neighbourhood by 30 November 2026",
            "51% reliable recovery by March 2027",
            "47.6% in 2024/25",
            "Choose the provider by 30 June 2026",
            "Train 40 therapists by 30 September 2026",
            "Digital offer in every neighbourhood by 30 November 2026",
            "Target met",
        ),
    ),
}

PROSE = (
    "NHS Northvale Integrated Care Board serves 820,000 people in Northvale, Eastmoor and the Saltway coast.",
    "Our plan answers the national priorities for 2026/27 and and the three neighbourhoods’ own.",
    "The plan invests £12.4m: £6.1m in urgent care, £3.9m in planned care and £2.1m in mental health.",
    "Four programmes carry the plan: urgent and emergency care; planned care; mental health.",
)

ACTIONS = (
    ("1", "Agree the staffing model for same day emergency care", "Chief Operating Officer", "Northvale Hospitals",
     date(2026, 5, 31), 1.0, "Complete", "Signed off on 28 May 2026"),
    ("2", "Open the second same day emergency care unit", "Chief Operating Officer", "Northvale Hospitals",
     date(2026, 9, 30), 0.6, "Amber", "Two of five posts still vacant"),
    ("3", "Agree the ambulance handover protocol", "Director of Urgent Care", "Ambulance Trust; both hospitals",
     date(2026, 6, 30), 0.9, "In progress", "Drafted, not yet signed"),
    ("4", "Open the surgical hub", "", "Community Trust", date(2026, 6, 30), 1.0, "Complete", "First list on 22 June"),
    ("5", "Run six-day surgical lists", "", "Community Trust", date(2026, 9, 1), 0.2, "Red", "No anaesthetic cover"),
    ("6", "Appoint radiographers", "Chief Medical Officer", "", date(2026, 5, 31), 0.5, "Paused", "Vacancy freeze"),
    ("7", "Choose the digital therapy provider", "Director of Mental Health", "Local authority",
     date(2026, 6, 30), 0, "Not started", ""),
)  # fmt: skip

RISKS = (
    ("R1", "Too few anaesthetists for six-day lists", "Lists are cancelled; waits grow", "Workforce", 4, 4, 16, 3, 4,
     12, "Chief Medical Officer", "Bank rota; shared posts with Eastmoor"),
    ("R2", "Ambulance handover protocol not signed", "Crews wait at the door", "Operational", 3, 4, 12, 2, 4, 8,
     "Director of Urgent Care", "Executive talks every week"),
    ("R3", "Surgical hub costs more than planned", "Savings slip into 2027/28", "Financial", 3, 3, 9, 4, 3, 12, "",
     "Monthly review of cost"),
)  # fmt: skip


def later(first: dict[str, tuple[tuple[str, ...], ...]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The second edition: one owner found, one date moved, one target raised, one objective gone, one new."""
    rows = {theme: [list(row) for row in found] for theme, found in deepcopy(first).items()}
    urgent, planned, mental = rows["Urgent and emergency care"], rows["Planned care"], rows["Mental health"]
    urgent[0][8] = "Review the first six months by 31 March 2027"
    urgent[1][4], urgent[1][7] = "31 minutes in November 2025", "Audit the protocol by 31 December 2026"
    planned[0][1] = "Chief Medical Officer"
    planned[0][2] = "Surgical hub at Northvale Community Hospital by 31 August 2026"
    planned[0][5], planned[0][6] = "", "Open the hub by 31 August 2026"
    planned[1][3] = "90% of patients tested within six weeks by March 2027"
    mental[0][3], mental[0][8] = "52% reliable recovery by March 2027", "Evaluate the offer by 28 February 2027"
    mental.append(
        [
            "6. Nobody far from home", "Director of Mental Health",
            "No inappropriate out-of-area placement by 31 March 2027", "No inappropriate placement by March 2027",
            "4 in November 2025", "Review every placement by 30 June 2026", "", "", "",
        ]
    )  # fmt: skip
    return {theme: tuple(tuple(row) for row in found) for theme, found in rows.items()}


def word_plan(rows: dict[str, tuple[tuple[str, ...], ...]], edition: str, *, draft: bool) -> bytes:
    """The Word plan; a draft has a tracked change and a comment in it."""
    document = Document()
    properties = document.core_properties
    properties.title, properties.author = "Northvale operational plan", "Northvale planning team"
    properties.created = properties.modified = MADE
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.add_heading("NHS Northvale Integrated Care Board: operational plan 2026/27", level=0)
    document.add_paragraph(edition)
    for text in PROSE:
        paragraph = document.add_paragraph(text)
    if draft:
        _insert(document, " The third figure has to be checked with finance.")
        document.add_comment(paragraph.runs, text="Three programmes or four?", author="Finance lead", initials="FL")
    for theme, objectives in rows.items():
        document.add_heading(theme, level=1)
        table = document.add_table(rows=1, cols=len(HEADINGS))
        table.style = "Table Grid"
        for cell, heading in zip(table.rows[0].cells, HEADINGS, strict=True):
            cell.text = heading
        for row in objectives:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    return _settled(stream.getvalue())


def _insert(document: DocumentObject, words: str) -> None:
    """A tracked insertion at the end of the paragraph on money."""
    paragraph = next(each for each in document.paragraphs if "£12.4m" in each.text)
    inserted = OxmlElement("w:ins")
    for name, value in (("id", "901"), ("author", "Finance lead"), ("date", "2026-02-02T09:00:00Z")):
        inserted.set(qn(f"w:{name}"), value)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = words
    text.set(qn("xml:space"), "preserve")
    run.append(text)
    inserted.append(run)
    paragraph._p.append(inserted)


def workbook() -> bytes:
    """The delivery tracker with its risk register and a hidden sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Delivery tracker"
    headings = ("Ref", "Action", "Action owner", "Partners involved", "By when", "% done", "RAG", "Latest update")
    _rows(sheet, "Northvale operational plan 2026/27: delivery tracker, as at 30 June 2026", headings, ACTIONS)
    for row in sheet.iter_rows(min_row=4, min_col=5, max_col=6):
        row[0].number_format, row[1].number_format = "d mmm yyyy", "0%"
    sheet["D7"].comment = Comment("Which trust?", "Finance lead")
    register = book.create_sheet("Risk register")
    register.append(["Risk register"])
    register.append(["", "", "", "", "Inherent", "", "", "Residual", "", "", "", ""])
    register.merge_cells("E2:G2")
    register.merge_cells("H2:J2")
    register.append(
        ["Risk ID", "Risk description", "Effect", "Category", "Likelihood", "Impact", "Score", "Likelihood", "Impact",
         "Score", "Risk owner", "Mitigation"]
    )  # fmt: skip
    for risk in RISKS:
        register.append(list(risk))
    workings = book.create_sheet("Workings")
    workings.append(["Not for the committee: vacancy rates by site", 0.12])
    workings.sheet_state = "hidden"
    book.properties.creator = "Northvale planning team"
    book.properties.created = book.properties.modified = MADE
    stream = io.BytesIO()
    book.save(stream)
    return _settled(stream.getvalue())


def _rows(sheet: Worksheet, title: str, headings: tuple[str, ...], rows: tuple[tuple[object, ...], ...]) -> None:
    sheet.append([title])
    sheet.append([])
    sheet.append(list(headings))
    for cell in (*sheet[1], *sheet[3]):
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append(list(row))


def _settled(data: bytes) -> bytes:
    """The same package with the same times, so that making it again changes nothing."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as kept:
        for part in made.infolist():
            info = zipfile.ZipInfo(part.filename, MADE.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            content = made.read(part)
            if part.filename == "docProps/core.xml":
                content = _dated(content)
            elif part.filename == "word/comments.xml":
                content = re.sub(rb'w:date="[^"]*"', f'w:date="{MADE:%Y-%m-%dT%H:%M:%SZ}"'.encode(), content)
            kept.writestr(info, content)
    return stream.getvalue()


def _dated(core: bytes) -> bytes:
    """openpyxl writes the time of saving as the time of change; the draft has its own."""
    start, end = core.find(b"<dcterms:modified"), core.find(b"</dcterms:modified>")
    if start < 0 or end < 0:
        return core
    return core[: core.index(b">", start) + 1] + MADE.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + core[end:]


def main() -> None:
    """Writes the three files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    first = word_plan(FIRST, "Draft 1, 2 February 2026. For the Finance and Performance Committee.", draft=True)
    second = word_plan(later(FIRST), "Draft 2, 16 February 2026. For the Board.", draft=False)
    (FOLDER / "plan-draft-1.docx").write_bytes(first)
    (FOLDER / "plan-draft-2.docx").write_bytes(second)
    (FOLDER / "delivery-tracker.xlsx").write_bytes(workbook())


if __name__ == "__main__":
    main()
