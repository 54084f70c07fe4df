"""One invented document as plain text, Word, Excel and HTML, and the plan read from it as lines to compare.

A document is a list: ``Head(level, text)``, a paragraph as a string, a list item as ``Item(text)``, a table as a list
of rows, and ``Sheet(name)``, which begins a new sheet in Excel and says nothing elsewhere. In a table "^" is a place
that the cell above is merged over, "<" one that the cell to the left is; a line break in a cell begins a paragraph.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import TypeAlias

import docx
import openpyxl

from trigpoint.plans.draft import PlanDraft
from trigpoint.plans.model import Deliverable, Lead, Milestone, RiskScore


@dataclass(frozen=True)
class Head:
    """A heading."""

    level: int
    text: str


@dataclass(frozen=True)
class Item:
    """A list item."""

    text: str


@dataclass(frozen=True)
class Sheet:
    """The name of the sheet that begins here, in a workbook."""

    name: str


Table: TypeAlias = "list[list[str]]"
Part: TypeAlias = "Head | Item | Sheet | str | Table"
UP, LEFT = "^", "<"


def spans(table: Table, row: int, column: int) -> tuple[int, int]:
    """How many rows and columns the cell in a place is merged over."""
    width = height = 1
    while column + width < len(table[row]) and table[row][column + width] == LEFT:
        width += 1
    while row + height < len(table) and table[row + height][column] == UP:
        height += 1
    return height, width


def as_text(parts: list[Part]) -> bytes:
    """Tab-separated lines; the places that a merged cell covers are empty, as a converter leaves them."""
    lines: list[str] = []
    for part in parts:
        if isinstance(part, Head):
            lines += ["", f"{'#' * part.level} {part.text}", ""]
        elif isinstance(part, Item):
            lines.append(f"- {part.text}")
        elif isinstance(part, str):
            lines += ["", part, ""]
        elif isinstance(part, list):
            lines += [*("\t".join(_flat(cell) for cell in row) for row in part), ""]
    return "\n".join(lines).encode()


def _flat(cell: str) -> str:
    if cell in (UP, LEFT):
        return ""
    return "".join(f"<p>{line}</p>" for line in cell.split("\n")) if "\n" in cell else cell


def as_word(parts: list[Part]) -> bytes:
    """A Word file with real headings, lists and merged cells."""
    document = docx.Document()
    for part in parts:
        if isinstance(part, Head):
            document.add_heading(part.text, part.level)
        elif isinstance(part, Item):
            document.add_paragraph(part.text, style="List Bullet")
        elif isinstance(part, str):
            document.add_paragraph(part)
        elif isinstance(part, list):
            made = document.add_table(len(part), len(part[0]))
            for r, row in enumerate(part):
                for c, cell in enumerate(row):
                    if cell in (UP, LEFT):
                        continue
                    height, width = spans(part, r, c)
                    place = made.cell(r, c)
                    if (height, width) != (1, 1):
                        place = place.merge(made.cell(r + height - 1, c + width - 1))
                    place.text = cell
            document.add_paragraph("")
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_excel(parts: list[Part]) -> bytes:
    """A workbook: each paragraph and row of a table a row, a blank row after each table."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    at = 1
    first = True
    for part in parts:
        if isinstance(part, Sheet):
            sheet = sheet if first else book.create_sheet()
            sheet.title, at, first = part.name, 1, False
        elif isinstance(part, (Head, Item, str)):
            sheet.cell(at, 1, part if isinstance(part, str) else part.text)
            at, first = at + 1, False
        else:
            for r, row in enumerate(part):
                for c, cell in enumerate(row):
                    if cell in (UP, LEFT) or not cell:
                        continue
                    sheet.cell(at + r, c + 1, cell)
                    height, width = spans(part, r, c)
                    if (height, width) != (1, 1):
                        sheet.merge_cells(None, at + r, c + 1, at + r + height - 1, c + width)
            at, first = at + len(part) + 1, False
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_html(parts: list[Part]) -> bytes:
    """A web page."""
    made = []
    for part in parts:
        if isinstance(part, Head):
            made.append(f"<h{part.level}>{escape(part.text)}</h{part.level}>")
        elif isinstance(part, Item):
            made.append(f"<ul><li>{escape(part.text)}</li></ul>")
        elif isinstance(part, str):
            made.append(f"<p>{escape(part)}</p>")
        elif isinstance(part, list):
            made.append(f"<table>{''.join(_html_row(part, row) for row in range(len(part)))}</table>")
    return f"<!DOCTYPE html><html><body>{''.join(made)}</body></html>".encode()


def _html_row(table: Table, row: int) -> str:
    cells = []
    for column, cell in enumerate(table[row]):
        if cell in (UP, LEFT):
            continue
        height, width = spans(table, row, column)
        text = "".join(f"<p>{escape(line)}</p>" for line in cell.split("\n")) if "\n" in cell else escape(cell)
        cells.append(f'<td rowspan="{height}" colspan="{width}">{text}</td>')
    return f"<tr>{''.join(cells)}</tr>"


FORMATS = {
    "text": (as_text, "plan.txt"),
    "word": (as_word, "plan.docx"),
    "excel": (as_excel, "plan.xlsx"),
    "html": (as_html, "plan.html"),
}


def outline(draft: PlanDraft) -> list[str]:
    """The plan as lines: themes, objectives, deliverables, milestones, measures and risks with what is said of them."""
    plan = draft.plan
    said = {row.item: row for row in draft.statuses}
    themes = {row.id: row for row in plan.themes}
    lines: list[str] = []
    theme = ""
    for objective in plan.objectives:
        if objective.theme and objective.theme != theme:
            lines.append(f"T {themes[objective.theme].heading}")
        theme = objective.theme
        lines.append(
            _joined(f"O {objective.heading}", lead=_leads(objective.leads), board=", ".join(objective.committees))
        )
        for row in plan.deliverables_by_objective[objective.id]:
            lines.append(_item("D", row, draft))
            lines += [_item("  M", step, draft) for step in plan.milestones if step.deliverable == row.id]
            lines += [f"    S {test.text}" for test in plan.measures if test.deliverable == row.id]
        mine = plan.milestones_by_objective[objective.id]
        lines += [_item("M", step, draft) for step in mine if not step.deliverable]
        lines += [f"  S {test.text}" for test in plan.measures_by_objective[objective.id] if not test.deliverable]
    for risk in plan.risks:
        scores = {name: _score(getattr(risk, name)) for name in ("inherent", "current", "target")}
        words = {name: getattr(risk, name) for name in ("category", "cause", "effect", "objective", "controls", "gaps")}
        more = {
            name: getattr(risk, name)
            for name in ("assurances", "mitigation", "actions", "status", "scale", "committee")
        }
        text = f"R {risk.number} {risk.text}".replace("  ", " ")
        lines.append(_joined(text, lead=_leads(risk.leads), **words, **scores, **more))
    assert set(said) <= {row.id for row in (*plan.deliverables, *plan.milestones)}
    return lines


def _item(mark: str, row: Deliverable | Milestone, draft: PlanDraft) -> str:
    said = next((one for one in draft.statuses if one.item == row.id), None)
    status = f"{said.status} = {said.progress.value if said.progress else '?'}" if said and said.status else ""
    return _joined(
        f"  {mark} {f'{row.number} ' if row.number else ''}{row.text}",
        column=row.column,
        due=row.due.isoformat() if row.due else "",
        lead=_leads(row.leads),
        detail=row.detail,
        partners=", ".join(row.partners),
        area=row.area,
        status=status,
        update=said.note if said else "",
    )


def _leads(leads: tuple[Lead, ...]) -> str:
    return ", ".join(" ".join(part for part in (lead.name, lead.role) if part) for lead in leads)


def _score(score: RiskScore | None) -> str:
    if score is None:
        return ""
    parts = [str(part) for part in (score.likelihood, score.impact, score.score) if part is not None]
    return " ".join(filter(None, ["/".join(parts), score.words]))


def _joined(text: str, **more: str) -> str:
    return " | ".join([text, *(f"{name} {value}" for name, value in more.items() if value)])
