"""What has been read so far of a plan: objectives and entries that later rows may still continue.

These are the only mutable things of the reader; ``assembly`` turns them into the frozen plan.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from trigpoint.documents.columns import Column, ColumnKind
from trigpoint.documents.commitments import Fragment
from trigpoint.documents.words import normal
from trigpoint.plans.document import Cell
from trigpoint.plans.draft import Note, NoteKind
from trigpoint.plans.model import Lead, Scope


@dataclass(slots=True, eq=False)
class ThemeRead:
    """A strategic heading as read."""

    number: str
    title: str
    line: int
    words: str = ""


@dataclass(slots=True, eq=False)
class ObjectiveRead:
    """An objective as read so far; ``implied`` is one that a heading stands for, where no column has objectives."""

    theme: ThemeRead | None
    number: str
    title: str
    lines: list[int]
    leads: list[Lead] = field(default_factory=list)
    committees: list[str] = field(default_factory=list)
    sureness: float = 1.0
    words: str = ""
    summary: str = ""
    implied: bool = False


@dataclass(slots=True, eq=False)
class EntryRead:
    """A deliverable, milestone, measure, link or baseline as read so far.

    ``deliverable`` is the one it belongs to beyond doubt; ``beside`` are all that stand in its row. ``number`` counts
    the items of a cell, ``ref`` is the printed number of the item itself.
    """

    kind: ColumnKind
    objective: ObjectiveRead
    column: Column
    text: str
    words: str
    lines: list[int]
    number: int | None = None
    scope: Scope = Scope.SYSTEM
    area: str = ""
    due_words: str = ""
    deliverable: EntryRead | None = None
    beside: tuple[EntryRead, ...] = ()
    sureness: float = 1.0
    ref: str = ""
    detail: str = ""
    leads: list[Lead] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)
    status: list[tuple[Column, str]] = field(default_factory=list)
    update: list[tuple[Column, str]] = field(default_factory=list)

    def continue_with(self, fragment: Fragment, line: int) -> None:
        """Join words that a later row or cell carries on."""
        self.text = f"{self.text} {fragment.text}"
        self.words = f"{self.words} {fragment.words}"
        if line not in self.lines:
            self.lines.append(line)


@dataclass(slots=True, eq=False)
class RowRead:
    """A row of a plan table: what it opened, and the cells that say something of it.

    ``deliverable`` is the one that its milestones belong to, whether or not the row opened it. ``cells`` are those
    that say who, when and how far, each with its column; a cell merged over several rows is in all of them.
    """

    line: int
    objective: ObjectiveRead
    opened: bool
    cells: list[tuple[Column, Cell]]
    deliverables: list[EntryRead] = field(default_factory=list)
    milestones: list[EntryRead] = field(default_factory=list)
    deliverable: EntryRead | None = None
    periodic: bool = False
    risk: str = ""
    mitigation: str = ""


def _line(line: int | None) -> str:
    return f"line {line}"


@dataclass(slots=True, eq=False)
class Reading:
    """Everything read of a plan so far. ``implied`` is the objective of rows in a table that names none.

    ``objective`` is the one that a row without a title belongs to. ``cut`` says that the format lets rows be cut in
    the middle, as pages and flattened cells do; ``spot`` says where a place in reading order is; ``name`` is the
    file's, without its ending, for a table that nothing else names.
    """

    title: str = ""
    themes: list[ThemeRead] = field(default_factory=list)
    objectives: list[ObjectiveRead] = field(default_factory=list)
    entries: list[EntryRead] = field(default_factory=list)
    rows: list[RowRead] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    theme: ThemeRead | None = None
    last: dict[tuple[ColumnKind, str], EntryRead] = field(default_factory=dict)
    current: list[EntryRead] = field(default_factory=list)
    implied: ObjectiveRead | None = None
    cut: bool = True
    objective: ObjectiveRead | None = None
    spot: Callable[[int | None], str] = _line
    name: str = ""
    by_title: dict[tuple[ThemeRead | None, str], ObjectiveRead] = field(default_factory=dict)
    by_heading: dict[tuple[str, str], ThemeRead] = field(default_factory=dict)

    def open(self, objective: ObjectiveRead) -> ObjectiveRead:
        """Take in a new objective: rows without a title belong to it from here on."""
        self.objectives.append(objective)
        self.objective = objective
        for title in (objective.title, objective.words):
            self.by_title[objective.theme, normal(title)] = objective
        return objective

    def note(self, kind: NoteKind, text: str, line: int | None = None) -> None:
        """Remark on the reading itself."""
        self.notes.append(Note(kind, text, line))
