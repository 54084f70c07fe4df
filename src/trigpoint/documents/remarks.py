"""What the reader says of its own reading: fields that a document does not have, and parts that could not be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from trigpoint.documents.as_at import AsAt
from trigpoint.documents.assembly import Items
from trigpoint.documents.columns import OWNERS, ColumnKind
from trigpoint.documents.events import Event, Header
from trigpoint.documents.loose import STRAY
from trigpoint.documents.runs import Run
from trigpoint.documents.statuses import plain
from trigpoint.plans.document import Document, RemarkKind
from trigpoint.plans.draft import Note, NoteKind
from trigpoint.plans.model import Progress
from trigpoint.wording import count

SHOWN = 70
MOST_STRAY = 3
MOST_TABLES = 20
MOST_NAMES = 6
LONGEST_NAME = 30
OF_READING = (RemarkKind.HIDDEN, RemarkKind.UNREAD, RemarkKind.FORMULA_ERROR)
NAMES = {
    ColumnKind.MEASURE: "success measures",
    ColumnKind.BASELINE: "the baseline",
    ColumnKind.LINK: "related plans",
}


def remark_notes(document: Document) -> list[Note]:
    """The reader's remarks that concern what was read: hidden sheets, parts that could not be read, broken formulas."""
    return [
        Note(NoteKind.SKIPPED, remark.text, remark.origin.line)
        for remark in document.remarks
        if remark.kind in OF_READING
    ]


def missing_notes(items: Items, events: Sequence[Event], as_at: AsAt | None) -> list[Note]:
    """Fields that the document does not have: once for a column that no table has, else item by item."""
    headers = [event for event in events if isinstance(event, Header)]
    if not headers:
        return []
    first = headers[0].line
    kinds = {column.kind for header in headers for column in header.columns}
    notes = []
    if not kinds & OWNERS:
        notes.append(Note(NoteKind.NOT_FOUND, "No table has a column for the lead", first))
    else:
        notes += _leadless(items)
    notes += [
        Note(NoteKind.NOT_FOUND, f"No table has a column for {name}", first)
        for kind, name in NAMES.items()
        if kind not in kinds
    ]
    if items.statuses and as_at is None:
        text = "The document does not say at what date its statuses held"
        notes.append(Note(NoteKind.NOT_FOUND, text, items.statuses[0].line))
    unknown = dict.fromkeys(one.status for one in items.statuses if one.status and one.progress is None)
    for word in unknown:
        line = next(one.line for one in items.statuses if one.status == word)
        text = f"What the status “{word[:SHOWN]}” says of progress is not known"
        notes.append(Note(NoteKind.NOT_FOUND, text, line))
    return notes


def key_notes(key: Mapping[str, Progress], items: Items) -> list[Note]:
    """That the document's own key was used, where its statuses are colours."""
    used = {plain(one.status) for one in items.statuses} & set(key)
    if not used:
        return []
    told = "; ".join(f"{word} = {progress.value}" for word, progress in key.items() if word in used)
    return [Note(NoteKind.INFERRED, f"Its statuses were read by the document's own key: {told}")]


def _leadless(items: Items) -> list[Note]:
    """Objectives that nobody leads, neither as a whole nor item by item."""
    led = {row.objective for row in items.deliverables if row.leads}
    led |= {row.objective for row in items.milestones if row.leads}
    return [
        Note(NoteKind.NOT_FOUND, f"No lead is named for “{row.title[:SHOWN]}”", items.sources[row.id].origin.line)
        for row in items.objectives
        if not row.leads and row.id not in led
    ]


def together(notes: Sequence[Note]) -> list[Note]:
    """The notes with long stretches of paragraphs outside the plan's tables told as one."""
    told: list[Note] = []
    for stray, group in groupby(notes, key=lambda note: note.text.startswith(STRAY)):
        stretch = list(group)
        told += stretch[:MOST_STRAY] if stray else stretch
        if stray and len(stretch) > MOST_STRAY:
            more = count(len(stretch) - MOST_STRAY, "more paragraph")
            told.append(Note(NoteKind.SKIPPED, f"{STRAY}: {more} from here on", stretch[MOST_STRAY].line))
    return told


def unread_tables(runs: Sequence[Run], events: Sequence[Event], items: Items) -> list[Note]:
    """One note for each table that nothing was read from, with what its columns are called; the first twenty."""
    read = {event.line for event in events} | {line for one in items.sources.values() for line in one.lines}
    unread = [run for run in runs if len(run.rows) > 1 and read.isdisjoint(run.line(at) for at in range(len(run.rows)))]
    notes = [Note(NoteKind.SKIPPED, _unread(run), run.first_line) for run in unread[:MOST_TABLES]]
    if len(unread) > MOST_TABLES:
        more = count(len(unread) - MOST_TABLES, "more table")
        notes.append(Note(NoteKind.SKIPPED, f"{more} had nothing of a plan", unread[MOST_TABLES].first_line))
    return notes


def _unread(run: Run) -> str:
    head = next((run.words(at) for at in range(len(run.rows)) if len(run.words(at)) > 1), run.words(0))
    names = [" ".join(cell.text.split())[:LONGEST_NAME] for cell in head[:MOST_NAMES]]
    told = f" ({', '.join(names)}{', …' if len(head) > MOST_NAMES else ''})" if names else ""
    return f"A table of {count(len(run.rows), 'row')} was not read: its columns{told} are none of a plan"
