"""What the rules look at: a plan, the document it was read from (where there is one), and their words as passages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property

from trigpoint.checks.place import Landmarks, place_words
from trigpoint.checks.words import shouts
from trigpoint.plans.document import Block, BlockKind, Cell, Document
from trigpoint.plans.draft import Note, PlanDraft, PrintedStatus, Source
from trigpoint.plans.model import Item, Plan

SMALL_WORD = re.compile(r"\b[a-z]{4,}\b")


class Role(Enum):
    """What part of a plan a passage is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    CELL = "cell"
    OBJECTIVE = "objective"
    DELIVERABLE = "deliverable"
    MILESTONE = "milestone"
    MEASURE = "measure"
    BASELINE = "baseline"
    LINK = "link"
    RISK = "risk"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where an item stands: a line of a document, or a line of one of a workspace's files."""

    line: int | None = None
    file: str = ""
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """Some words with their part in the plan and their place. ``item`` is the id of the plan's row, "" for prose."""

    text: str
    role: Role
    line: int | None = None
    item: str = ""
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Subject:
    """Everything that a check may read. Made by ``of_draft`` or ``of_plan``; rules never open files.

    Two subjects are never equal, so that what several rules need can be computed once a subject and kept.
    """

    plan: Plan
    document: Document | None = None
    anchors: Mapping[str, Anchor] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    statuses: tuple[PrintedStatus, ...] = ()
    as_at: date | None = None

    def anchor(self, item: str) -> Anchor:
        """Where an item stands; an empty anchor when that is not known."""
        return self.anchors.get(item, NO_ANCHOR)

    def line(self, item: str) -> int | None:
        """The line an item begins on."""
        return self.anchor(item).line

    def spot(self, item: str) -> str:
        """An item's place in words for a message: its line (see ``spot_of``), with its file if there are several; else
        its id."""
        anchor = self.anchor(item)
        if anchor.line is None:
            return item
        return f"{anchor.file} line {anchor.line}" if anchor.file else self.spot_of(anchor.line)

    def spot_of(self, line: int | None) -> str:
        """A place of the document in words for a message, as authors find it: "line 12", "page 3, table 1, row 7"."""
        if line is None:
            return "another place"
        return place_words(self.landmarks.place(line) if self.landmarks else {}, line)

    def where(self, *, objective: str = "", deliverable: str = "", item: str = "") -> dict[str, str]:
        """The names a finding carries: objective, deliverable, item and file, as far as known."""
        file = self.anchor(item or deliverable or objective).file
        named = {"objective": objective, "deliverable": deliverable, "item": item, "file": file}
        return {key: value for key, value in named.items() if value}

    @cached_property
    def landmarks(self) -> Landmarks | None:
        """The document with what its authors find their way by, none for a workspace."""
        return Landmarks(self.document) if self.document else None

    @cached_property
    def commitments(self) -> tuple[Item, ...]:
        """Deliverables and milestones: everything that can be due."""
        return (*self.plan.deliverables, *self.plan.milestones)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The document's blocks, none for a workspace."""
        return self.document.blocks if self.document else ()

    @cached_property
    def prose(self) -> tuple[Passage, ...]:
        """Headings, paragraphs and list items of the document, tables left out."""
        roles = {
            BlockKind.HEADING: Role.HEADING,
            BlockKind.PARAGRAPH: Role.PARAGRAPH,
            BlockKind.LIST_ITEM: Role.LIST_ITEM,
        }
        return tuple(
            Passage(block.text, roles[block.kind], block.origin.line)
            for block in self.blocks
            if block.kind in roles and block.text.strip()
        )

    @cached_property
    def rows(self) -> tuple[Block, ...]:
        """The table rows of the document that hold anything."""
        return tuple(
            block
            for block in self.blocks
            if block.kind is BlockKind.TABLE_ROW and any(not cell.empty for cell in block.cells)
        )

    @cached_property
    def cells(self) -> tuple[tuple[Block, int, Cell], ...]:
        """Every filled cell with its row and its column (from 0)."""
        return tuple(
            (row, column, cell) for row in self.rows for column, cell in enumerate(row.cells) if not cell.empty
        )

    @cached_property
    def items(self) -> tuple[Passage, ...]:
        """The words of the plan's rows: objectives, deliverables, milestones, measures, baselines, links."""
        return tuple(_items(self))

    @cached_property
    def texts(self) -> tuple[Passage, ...]:
        """All running words once: those of the document, or of the plan's rows where there is no document."""
        if self.document is None:
            return self.items
        cells = (
            Passage(part, Role.CELL, cell.origin.line or row.origin.line)
            for row, _, cell in self.cells
            for part in cell.paragraphs
            if part.strip()
        )
        return (*self.prose, *cells)

    @cached_property
    def ordered_texts(self) -> tuple[Passage, ...]:
        """``texts`` in reading order."""
        return tuple(sorted(self.texts, key=lambda passage: passage.line or 0))

    @cached_property
    def calm_texts(self) -> tuple[Passage, ...]:
        """``ordered_texts`` but those set in capitals, whose capitals tell nothing."""
        return tuple(passage for passage in self.ordered_texts if not shouts(passage.text))

    @cached_property
    def small_words(self) -> frozenset[str]:
        """Every word of four letters and more that stands in small letters somewhere."""
        return frozenset(word for passage in self.ordered_texts for word in SMALL_WORD.findall(passage.text))


NO_ANCHOR = Anchor()


def of_draft(draft: PlanDraft) -> Subject:
    """The subject of a plan that was read from a document."""
    anchors = {key: _anchor(source) for key, source in draft.sources.items()}
    words = {key: source.words for key, source in draft.sources.items()}
    return Subject(draft.plan, draft.document, anchors, draft.notes, words, draft.statuses, draft.as_at)


def of_plan(plan: Plan, anchors: Mapping[str, Anchor] | None = None) -> Subject:
    """The subject of a plan that has no document: a workspace, or a team's plan in the database."""
    return Subject(plan, None, anchors or {})


def _anchor(source: Source) -> Anchor:
    line = source.origin.line if source.origin.line is not None else next(iter(source.lines), None)
    return Anchor(line, "", source.lines or ((line,) if line is not None else ()))


def _items(subject: Subject) -> Iterator[Passage]:
    plan = subject.plan
    for row in plan.objectives:
        place = subject.where(objective=row.id)
        yield Passage(row.title, Role.OBJECTIVE, subject.line(row.id), row.id, place)
        if row.baseline and row.baseline.text:
            yield Passage(row.baseline.text, Role.BASELINE, subject.line(row.id), row.id, place)
    for deliverable in plan.deliverables:
        place = subject.where(objective=deliverable.objective, deliverable=deliverable.id)
        line = subject.line(deliverable.id)
        yield Passage(deliverable.text, Role.DELIVERABLE, line, deliverable.id, place)
        if deliverable.baseline and deliverable.baseline.text:
            yield Passage(deliverable.baseline.text, Role.BASELINE, line, deliverable.id, place)
    for role, group in ((Role.MILESTONE, plan.milestones), (Role.MEASURE, plan.measures)):
        for item in group:
            place = subject.where(objective=item.objective, deliverable=item.deliverable, item=item.id)
            yield Passage(item.text, role, subject.line(item.id), item.id, place)
    for objective, links in plan.links_by_objective.items():
        for number, link in enumerate(links, start=1):
            key = f"{objective}/link/{number}"
            place = subject.where(objective=objective, deliverable=link.deliverable, item=key)
            yield Passage(link.text, Role.LINK, subject.line(key) or subject.line(objective), key, place)
    for risk in plan.risks:
        yield Passage(risk.text or risk.title, Role.RISK, subject.line(risk.id), risk.id, subject.where(item=risk.id))
