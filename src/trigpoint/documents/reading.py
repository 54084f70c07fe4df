"""What has been read so far of a plan: objectives and entries that later rows may still continue.

These are the only mutable things of the reader; ``assembly`` turns them into the frozen plan.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from trigpoint.documents.columns import Column, ColumnKind
from trigpoint.documents.commitments import Fragment
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
    """An objective as read so far."""

    theme: ThemeRead | None
    number: str
    title: str
    lines: list[int]
    leads: list[Lead] = field(default_factory=list)
    committees: list[str] = field(default_factory=list)
    sureness: float = 1.0
    words: str = ""


@dataclass(slots=True, eq=False)
class EntryRead:
    """A deliverable, milestone, measure, link or baseline as read so far.

    ``deliverable`` is the one it belongs to beyond doubt; ``beside`` are all that stand in its row.
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

    def continue_with(self, fragment: Fragment, line: int) -> None:
        """Join words that a later row or cell carries on."""
        self.text = f"{self.text} {fragment.text}"
        self.words = f"{self.words} {fragment.words}"
        if line not in self.lines:
            self.lines.append(line)


@dataclass(slots=True, eq=False)
class Reading:
    """Everything read of a plan so far. ``implied`` is the objective of rows in a table that names none."""

    title: str = ""
    themes: list[ThemeRead] = field(default_factory=list)
    objectives: list[ObjectiveRead] = field(default_factory=list)
    entries: list[EntryRead] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    theme: ThemeRead | None = None
    last: dict[tuple[ColumnKind, str], EntryRead] = field(default_factory=dict)
    current: list[EntryRead] = field(default_factory=list)
    implied: ObjectiveRead | None = None

    @property
    def objective(self) -> ObjectiveRead | None:
        """The objective that a row without a title belongs to."""
        return self.objectives[-1] if self.objectives else None

    def note(self, kind: NoteKind, text: str, line: int | None = None) -> None:
        """Remark on the reading itself."""
        self.notes.append(Note(kind, text, line))
