"""A plan as read from a document, before a person has reviewed it: every field with its source, every doubt noted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from trigpoint.plans.document import Document, Origin
from trigpoint.plans.model import Plan, Progress


class NoteKind(Enum):
    """What the reader has to say of its own reading."""

    NOT_FOUND = "not_found"
    REPAIRED = "repaired"
    INFERRED = "inferred"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Note:
    """One remark of the reader on its own reading."""

    kind: NoteKind
    text: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where an item was read: its origin, the words themselves, and how sure the reader is (0 to 1).

    ``lines`` are all source lines that the item's words come from, first one first (a row cut by a page has several).
    """

    origin: Origin
    words: str = ""
    lines: tuple[int, ...] = ()
    sureness: float = 1.0


@dataclass(frozen=True, slots=True)
class PrintedStatus:
    """What a status column says of a deliverable or milestone: its word, and what that means where the word is known.

    ``note`` is the "latest update" beside it. It becomes an ``Update`` once the date that it held at is known.
    """

    item: str
    status: str
    progress: Progress | None = None
    note: str = ""
    line: int | None = None


@dataclass(frozen=True)
class PlanDraft:
    """What a document says, for review.

    ``sources`` maps an item's id to where it was read; for an indicator table the key of a row is
    ``"<table id>/<row index>"``; a success measure, risk and link have keys of their own (a link:
    ``"<objective>/link/<n>"``).
    ``start`` and ``end`` of the plan are those of its first and last year. ``statuses`` are what its status columns
    say, ``as_at`` the date that they held at, where the document says it.
    """

    plan: Plan
    document: Document
    sources: Mapping[str, Source] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    statuses: tuple[PrintedStatus, ...] = ()
    as_at: date | None = None
