"""The risk registers and board assurance frameworks of a document → its risks, each with its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from trigpoint.documents.assembly import source
from trigpoint.documents.events import Event, Header, RiskHeader, RiskRow, Section
from trigpoint.documents.layout_words import is_total
from trigpoint.documents.risk_columns import RiskField
from trigpoint.documents.risk_rows import RiskEntry, opens_risk, risk_of
from trigpoint.documents.sections import NUMBER, names_objective
from trigpoint.plans.document import BlockKind, Document
from trigpoint.plans.draft import Note, NoteKind, Source
from trigpoint.plans.model import Risk

LONGEST_AROUND = 200
UNREAD = (RiskField.UNKNOWN, RiskField.DROPPED, RiskField.SCORE_WORDS)


def read_registers(
    document: Document, events: Sequence[Event]
) -> tuple[tuple[Risk, ...], dict[str, Source], tuple[Note, ...]]:
    """The risks of every register, in printed order, with sources and notes."""
    entries: list[RiskEntry] = []
    notes: list[Note] = []
    unread: Counter[tuple[str, int]] = Counter()
    section, line, code = "", 0, ""
    inside = False
    for event in events:
        if isinstance(event, RiskHeader):
            inside, line = True, event.line
            section = next((one.text for one in reversed(event.path) if names_objective(one.text)), "")
            code = event.path[-1].text if event.path and NUMBER.match(event.path[-1].text) else ""
        elif isinstance(event, Header):
            inside = False
        elif isinstance(event, Section) and inside:
            section = event.text
        elif isinstance(event, RiskRow):
            _read_row(event, entries, notes, section)
            if event.form and code and not entries[-1].number:
                entries[-1].texts[RiskField.NUMBER] = [("", code)]
            unread.update(_unread(event, line))
    for (heading, at), number in unread.items():
        cells = "1 cell" if number == 1 else f"{number:,} cells"
        notes.append(
            Note(NoteKind.SKIPPED, f"Not imported (column “{heading}”): a risk has no field for its {cells}", at)
        )
    return _risks(document, [entry for entry in entries if entry.says_something], notes)


def _read_row(row: RiskRow, entries: list[RiskEntry], notes: list[Note], section: str) -> None:
    first = next((cell.text for cell in row.cells if not cell.empty), "")
    if is_total(first) and not row.form:
        notes.append(Note(NoteKind.SKIPPED, f"Left out as a row that adds up others: {first}", row.line))
        return
    above = entries[-1] if entries else None
    if row.form or opens_risk(row.columns, row.cells, above):
        entries.append(RiskEntry(row.columns, [row.line], section))
    lines = row.lines or (row.line,) * len(row.cells)
    for column, cell, line in zip(row.columns, row.cells, lines, strict=False):
        if not cell.empty:
            entries[-1].add(column, cell, line)


def _unread(row: RiskRow, line: int) -> list[tuple[str, int]]:
    return [
        (column.heading or "without a heading", line)
        for column, cell in zip(row.columns, row.cells, strict=False)
        if column.field in UNREAD and not cell.empty
    ]


def _risks(
    document: Document, entries: list[RiskEntry], notes: list[Note]
) -> tuple[tuple[Risk, ...], dict[str, Source], tuple[Note, ...]]:
    around = " ".join(
        block.text
        for block in document.blocks
        if block.kind is not BlockKind.TABLE_ROW and len(block.text) < LONGEST_AROUND
    )
    risks: list[Risk] = []
    sources: dict[str, Source] = {}
    seen: dict[tuple[str, str], int] = {}
    for entry in entries:
        key = f"r{len(risks) + 1}"
        risk = risk_of(entry, key, around)
        same = (risk.number, risk.text)
        if same in seen:
            text = f"Repeats {document.spot(seen[same])} and was not imported twice: “{risk.title}”"
            notes.append(Note(NoteKind.SKIPPED, text, entry.lines[0]))
            continue
        seen[same] = entry.lines[0]
        risks.append(risk)
        sources[key] = source(entry.lines, "\n".join(entry.words), entry.sureness)
    return tuple(risks), sources, tuple(notes)
