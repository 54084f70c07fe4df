"""Paragraphs that lost their table: an objective, its leads, committee and dated commitments as loose lines.

A converter drops the cells of a row and leaves their words one below the other. The order is kept, so the numbered
title, the lead, the committee and every "By <date>, …" can be told by their words; only the column is lost, and is
derived from the date.
"""

from __future__ import annotations

from html import unescape

from trigpoint.documents.columns import Column, ColumnKind
from trigpoint.documents.commitments import area_named, split_cell
from trigpoint.documents.events import Loose
from trigpoint.documents.fitting import LABEL_BEFORE_DATE
from trigpoint.documents.leads import NAMED, has_role, is_committee, ownership
from trigpoint.documents.markup import pieces
from trigpoint.documents.objectives import enter_theme
from trigpoint.documents.reading import EntryRead, ObjectiveRead, Reading
from trigpoint.documents.words import normal, opens_mid_sentence
from trigpoint.periods import FinancialYear, Quarter, due_date
from trigpoint.plans.document import Block, BlockKind
from trigpoint.plans.draft import NoteKind
from trigpoint.plans.model import Scope

STRAY = "Not part of the plan's tables"
LONGEST_THEME = 6
SHORTEST_TITLE = 4


def read_loose(reading: Reading, loose: Loose, columns: tuple[Column, ...], years: tuple[FinancialYear, ...]) -> None:
    """One loose paragraph beside the plan's tables."""
    block, line = loose.block, loose.line
    text = block.text
    kinds = {column.kind for column in columns}
    if any(normal(text) == normal(theme.title) for theme in reading.themes):
        same = next(theme for theme in reading.themes if normal(text) == normal(theme.title))
        enter_theme(reading, same.number, same.title, line, text)
    elif opens_with_date(text, years) and reading.objective is not None:
        read_dated(reading, block, line, columns, years)
    elif is_numbered_title(block):
        objective = ObjectiveRead(reading.theme, block.marker.rstrip(".)"), text, [line], sureness=0.8)
        objective.words = block.raw.strip()
        reading.open(objective)
        reading.last.clear()
        reading.current = []
        reading.note(
            NoteKind.REPAIRED, f"Objective {objective.number} stands as loose paragraphs: its table row was lost", line
        )
    elif reading.objective is not None and (is_committee(text) or (NAMED.match(text) and has_role(text))):
        leads, committees = ownership((unescape(block.raw),))
        owner = reading.objective
        owner.leads.extend(lead for lead in leads if lead not in owner.leads)
        owner.committees.extend(name for name in committees if name not in owner.committees)
    elif (ColumnKind.THEME in kinds or not columns) and is_theme_line(block):
        enter_theme(reading, "", text, line, text)
    elif opens_mid_sentence(text) and reading.entries:
        last = reading.entries[-1]
        last.text, last.lines = f"{last.text} {text}", [*last.lines, line]
        reading.note(NoteKind.REPAIRED, f"A loose line was joined to the text above it: “{text[:60]}”", line)
    else:
        reading.note(NoteKind.SKIPPED, f"{STRAY}: {text}", line)


def is_theme_line(block: Block) -> bool:
    """Whether a loose line is the name of a theme: a heading, or a few words without a full stop."""
    few = len(block.text.split()) <= LONGEST_THEME and block.text[:1].isupper()
    return (
        few
        and not block.text.endswith((".", ",", ";", ":"))
        and block.kind
        in (
            BlockKind.HEADING,
            BlockKind.PARAGRAPH,
        )
    )


def read_dated(
    reading: Reading, block: Block, line: int, columns: tuple[Column, ...], years: tuple[FinancialYear, ...]
) -> None:
    """A dated commitment that lost its column; the column is that of the quarter or year its date falls in."""
    owner = reading.objective
    if owner is None:
        return
    dated = [column for column in columns if column.period is not None]
    kind = dated[0].kind if dated else ColumnKind.DELIVERABLE
    for fragment in split_cell(pieces(block.raw)):
        phrase = due_date(fragment.text, years=years)
        column = Column(kind, "")
        if phrase is not None and dated:
            quarterly = any(isinstance(item.period, Quarter) for item in dated)
            period = Quarter.of(phrase.due) if quarterly else FinancialYear.of(phrase.due)
            column = Column(kind, "", period, period.label)
            reading.note(
                NoteKind.INFERRED, f"The column was lost and is derived from “{phrase.text}”: {period.label}", line
            )
        local = fragment.scope is Scope.LOCAL
        entry = EntryRead(kind, owner, column, fragment.text, fragment.words, [line], scope=fragment.scope)
        entry.area = area_named(fragment.text) if local else ""
        entry.sureness = 0.8
        reading.entries.append(entry)


def opens_with_date(text: str, years: tuple[FinancialYear, ...]) -> bool:
    """Whether a paragraph is a dated commitment: "By the end of Q3, …", with or without a label before it."""
    phrase = due_date(text, years=years)
    return (
        phrase is not None and phrase.start <= LABEL_BEFORE_DATE and (phrase.start == 0 or ":" in text[: phrase.start])
    )


def is_numbered_title(block: Block) -> bool:
    """Whether a paragraph is the title of a numbered objective."""
    return block.marker[:1].isdigit() and len(block.text.split()) >= SHORTEST_TITLE
