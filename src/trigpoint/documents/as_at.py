"""The date that a document's statuses held at, where it says so: "as at November 2022", "Progress at end of Q2"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from trigpoint.documents.columns import STATUSES
from trigpoint.documents.events import Event, Header
from trigpoint.documents.statuses import status_words
from trigpoint.periods import DatePhrase, FinancialYear, find_dates
from trigpoint.plans.document import BlockKind, Document

FIRST_BLOCKS = 60
LONGEST = 300
REACH = 60
NEAR = 8
PERIOD_WORDS = re.compile(r"\bend\b|outturn|as at|as of", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AsAt:
    """The date, the words that say it and where they stand."""

    day: date
    words: str
    line: int | None = None


@cache
def _introduction() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(status_words('as_at')['words'])})(?![\w])", re.IGNORECASE)


def find_as_at(text: str, years: Sequence[FinancialYear] = ()) -> DatePhrase | None:
    """The date in words such as "Position at 31/03/2026"; of a range its end, ``None`` where there is none.

    >>> find_as_at("Action plan; as at November 2022").due.isoformat(), find_as_at("Plan for November 2022")
    ('2022-11-30', None)
    """
    for found in _introduction().finditer(text[:LONGEST]):
        rest = text[found.end() : found.end() + REACH].lstrip(" :–—-(")
        dates = [one for one in find_dates(f"by {rest}", years=years) if one.start <= NEAR]
        if not dates:
            continue
        ranged = [one for one in find_dates(f"by {rest}", years=years) if one.start <= REACH // 2]
        last = ranged[-1] if re.match(r".{3,20}(?:\bto\b|–|-)", rest) else dates[0]
        if isinstance(last.period, FinancialYear) and not PERIOD_WORDS.search(found[0]):
            continue  # "Progress report 2017/18" does not say when in the year
        return last
    return None


def statuses_as_at(document: Document, events: Sequence[Event], years: Sequence[FinancialYear]) -> AsAt | None:
    """The date that the statuses of a document held at: by the headings of their columns, then by its first words."""
    headed = [
        (column.heading, event.line)
        for event in events
        if isinstance(event, Header)
        for column in event.columns
        if column.kind in STATUSES
    ]
    found = [AsAt(phrase.due, text, line) for text, line in headed if (phrase := find_as_at(text, years)) is not None]
    if found:
        return max(found, key=lambda one: one.day)
    for text, line in _first_words(document):
        phrase = find_as_at(text, years)
        if phrase is not None:
            return AsAt(phrase.due, " ".join(text.split()), line)
    return None


def _first_words(document: Document) -> Iterable[tuple[str, int | None]]:
    """The titles, short lines and label cells that a document opens with, and its page headers and footers."""
    looked = 0
    for block in document.blocks:
        if block.kind in (BlockKind.BLANK, BlockKind.RULE):
            continue
        looked += 1
        if looked > FIRST_BLOCKS:
            break
        filled = [cell.text for cell in block.cells if not cell.empty]
        text = ": ".join(filled) if len(filled) <= 2 else ""
        if (not block.cells or text) and len(text or block.text) <= LONGEST:
            yield text or block.text, block.origin.line
    for block in document.blocks:
        if block.kind is BlockKind.HEADING and len(block.text) <= LONGEST:
            yield block.text, block.origin.line
    for name in ("title", "header", "footer"):
        yield document.properties.get(name, "")[:LONGEST], None
    yield from ((name, None) for name in dict.fromkeys(block.origin.sheet for block in document.blocks) if name)
