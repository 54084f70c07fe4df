"""The walk over the events of a document's tables: each is read into the ``Reading`` under the titles that hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from trigpoint.documents.belongings import give_out
from trigpoint.documents.columns import Column, ColumnKind
from trigpoint.documents.events import Event, Header, Heading, Left, Loose, Owned, Row, Section
from trigpoint.documents.identity import Identity
from trigpoint.documents.loose import read_loose
from trigpoint.documents.objectives import OBJECTIVE_NUMBER, THEME_NUMBER, enter_heading, imply
from trigpoint.documents.owner_lines import owner_named
from trigpoint.documents.reading import Reading
from trigpoint.documents.rows import read_row
from trigpoint.documents.words import normal
from trigpoint.plans.document import Document, Format
from trigpoint.plans.draft import NoteKind

LABEL = re.compile(r"(?:strategic |key )?(?:objective|priority|aim|goal|theme|ambition)\s*:\s*(?=\S)", re.IGNORECASE)
SHOWN = 200


@dataclass(slots=True)
class Walk:
    """What holds at a place of the walk: columns, the titles above them, and a section that waits for its rows."""

    reading: Reading
    identity: Identity
    columns: tuple[Column, ...] = ()
    path: tuple[Heading, ...] = ()
    section: Section | None = None
    owned: list[Owned] = field(default_factory=list)
    themed: bool = False


def read_events(document: Document, events: Sequence[Event], identity: Identity) -> Reading:
    """Everything that the plan tables of a document say."""
    reading = Reading(identity.title, notes=list(identity.notes), spot=document.spot)
    reading.name = PurePath(document.name).stem
    reading.cut = document.format in (Format.TEXT, Format.PDF)
    walk = Walk(reading, identity)
    walk.themed = any(
        column.kind is ColumnKind.OBJECTIVE for event in events if isinstance(event, Header) for column in event.columns
    )
    for event in events:
        if isinstance(event, Header):
            _enter(walk, event, marked=document.format is not Format.TEXT)
        elif isinstance(event, Section):
            _section(walk, event)
        elif isinstance(event, Row):
            _row(walk, event)
        elif isinstance(event, Owned):
            walk.owned.append(event)
        elif isinstance(event, Left):
            reading.note(NoteKind.SKIPPED, f"Left out as {event.why}: {event.text[:SHOWN]}", event.line)
        elif isinstance(event, Loose):
            read_loose(reading, event, walk.columns, identity.years)
    for owner in walk.owned:
        _leave_owner(reading, owner)
    give_out(reading)
    return reading


def _enter(walk: Walk, header: Header, *, marked: bool) -> None:
    """Go under a heading row: its columns, and the theme or objective that its titles name."""
    reading = walk.reading
    walk.columns, walk.section = header.columns, None
    if header.swapped:
        text = "Two headings stand over each other's columns, as their cells show; they were exchanged"
        reading.note(NoteKind.REPAIRED, text, header.line)
    for column in header.columns:
        if column.guessed:
            text = f"The column “{column.heading}” was read as {column.kind.value}, as its cells show"
            reading.note(NoteKind.INFERRED, text, header.line)
    path = tuple(one for one in header.path if not _is_title(one.text, walk.identity.title))
    kinds = {column.kind for column in header.columns}
    if ColumnKind.THEME in kinds:
        for title in path[-1:]:
            reading.note(NoteKind.SKIPPED, f"The table's own title is no theme: {title.text}", title.line or None)
        return
    if marked and path == walk.path and (reading.implied is not None or ColumnKind.OBJECTIVE in kinds):
        return  # the same titles as the table before
    walk.path = path
    if ColumnKind.OBJECTIVE in kinds:
        if path:
            enter_heading(reading, path[-1].text, path[-1].line)
        elif marked:
            reading.theme, reading.implied = None, None
    elif path:
        _imply(walk, path, header.line)
        _give_owners(walk, path[-1])
    elif marked:
        reading.theme, reading.implied = None, None


def _give_owners(walk: Walk, heading: Heading) -> None:
    """Who answers, by the lines between a heading and its table, for the objective that the heading stands for."""
    objective = walk.reading.objective
    for line in walk.owned:
        if objective is not None and line.line > heading.line:
            leads, committees = owner_named(line.text)
            objective.leads.extend(lead for lead in leads if lead not in objective.leads)
            objective.committees.extend(name for name in committees if name not in objective.committees)
        else:
            _leave_owner(walk.reading, line)
    walk.owned.clear()


def _leave_owner(reading: Reading, line: Owned) -> None:
    text = f"Left out as an owner with no objective under it: {line.text[:SHOWN]}"
    reading.note(NoteKind.SKIPPED, text, line.line)


def _is_title(text: str, title: str) -> bool:
    return bool(title) and normal(title) in normal(text)


def _imply(walk: Walk, path: tuple[Heading, ...], line: int) -> None:
    """The last title is what the rows are to achieve, the one before it their theme.

    In a plan whose other tables have objectives under numbered themes, such a theme is both.
    """
    reading, last = walk.reading, path[-1]
    themed = walk.themed and THEME_NUMBER.match(last.text) is not None and OBJECTIVE_NUMBER.match(last.text) is None
    over = path[-1] if themed else path[-2] if len(path) > 1 else None
    reading.implied = None
    if over is not None:
        enter_heading(reading, over.text, over.line)
    else:
        reading.theme = None
    objective = imply(reading, last.text, last.line or line)
    text = f"The table has no column of objectives; its heading “{objective.title}” was taken as the objective"
    reading.note(NoteKind.INFERRED, text, last.line or line)


def _section(walk: Walk, section: Section) -> None:
    """A section row names a theme, or the objective of its rows where the table has no column for it."""
    objectives = any(column.kind is ColumnKind.OBJECTIVE for column in walk.columns)
    if objectives:
        enter_heading(walk.reading, LABEL.sub("", section.text), section.line)
        return
    if walk.section is not None:
        enter_heading(walk.reading, LABEL.sub("", walk.section.text), walk.section.line)
    walk.section = section


def _row(walk: Walk, row: Row) -> None:
    reading = walk.reading
    if walk.section is not None:
        imply(reading, LABEL.sub("", walk.section.text), walk.section.line)
        reading.current = []
        walk.section = None
    known = len(reading.objectives)
    read_row(reading, row)
    if row.lines and len(reading.objectives) > known and row.cell(ColumnKind.OBJECTIVE) is not None:
        reading.implied = reading.objective  # the tables after a form belong to its objective
