"""Whose plan it is, what it is called, and which financial years it is for."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from trigpoint.documents.columns import header_columns
from trigpoint.documents.commitments import LOCAL
from trigpoint.documents.words import alternatives
from trigpoint.periods import FinancialYear, Role, find_dates
from trigpoint.plans.document import BlockKind, Document
from trigpoint.plans.draft import Note, NoteKind

PRINTS_A_YEAR = re.compile(r"[a-z]\w* '?\d{2}(?:\d\d)?$|\d\d/\d\d", re.IGNORECASE)
TITLE_LINES = 40
LONGEST_TITLE = 150
MOST_YEARS = 10
ENOUGH_DATES = 500
LINES_SEARCHED = 20_000
YEAR = re.compile(r"(?<![\d/])(?:FY ?)?(20\d\d)[/_–-](\d\d(?:\d\d)?)(?![\d/])")
OPENING_WORD = re.compile(r"(?:The|This|Our|At|In|For|Each|All|Every) ")
PLAN_WORD = re.compile(r"\b(?:plan|strategy|programme|deliverables|objectives|priorities)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document says of itself: title and its line, organisation, years, and what had to be inferred."""

    title: str
    line: int | None
    organisation: str
    years: tuple[FinancialYear, ...]
    notes: tuple[Note, ...]


def identify(document: Document) -> Identity:
    """Title, organisation and financial years of a plan document."""
    named = plan_title(document)
    title = named[0] if named else ""
    years, year_note = plan_years(document, title)
    body, body_note = organisation(document, title)
    notes = [note for note in (year_note, body_note) if note]
    if named is None:
        notes.append(Note(NoteKind.NOT_FOUND, "The document has no title"))
    return Identity(title, named[1] if named else None, body, years, tuple(notes))


def plan_title(document: Document) -> tuple[str, int] | None:
    """The document's title and its line: the first short line that speaks of a plan, else its first heading."""
    shown = [
        (block, number)
        for number, block in enumerate(document.blocks, 1)
        if block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH) and 0 < len(block.text) <= LONGEST_TITLE
    ][:TITLE_LINES]
    for block, number in shown:
        if PLAN_WORD.search(block.text) and not block.text.endswith((".", ";", ",")):
            return block.text, number
    return next(((block.text, number) for block, number in shown if block.kind is BlockKind.HEADING), None)


def years_printed(text: str) -> tuple[FinancialYear, ...]:
    """The financial years that a text names, the first to the last without a gap.

    >>> [year.label for year in years_printed("Operational Plan 2017/18 – 2019/20")]
    ['2017/18', '2018/19', '2019/20']
    """
    found = []
    for first, second in YEAR.findall(text):
        if (int(first) + 1) % 100 == int(second) % 100:
            found.append(int(first))
    if not found or max(found) - min(found) >= MOST_YEARS:
        return ()
    return tuple(FinancialYear(year) for year in range(min(found), max(found) + 1))


def plan_years(document: Document, title: str) -> tuple[tuple[FinancialYear, ...], Note | None]:
    """The plan's years: from its title, else from its column headings, else from the dates it is due by."""
    headings = (column.heading for block in document.blocks for column in header_columns(block) or ())
    for text, where in ((title, ""), (" ".join(headings), "the column headings")):
        if years := years_printed(text):
            labels = " and ".join(year.label for year in years)
            return years, Note(NoteKind.INFERRED, f"Plan years {labels} taken from {where}") if where else None
    counts: Counter[FinancialYear] = Counter()
    for block in document.blocks[:LINES_SEARCHED]:
        if counts.total() >= ENOUGH_DATES:
            break
        for phrase in find_dates(block.text):
            if phrase.role is Role.DUE and PRINTS_A_YEAR.search(phrase.text):
                counts[FinancialYear.of(phrase.due)] += 1
    if not counts:
        return (), Note(NoteKind.NOT_FOUND, "The document does not say which financial year it plans for")
    year = max(counts, key=lambda item: (counts[item], -item.first))
    return (year,), Note(
        NoteKind.INFERRED, f"Plan year {year.label} inferred: most of the due dates in the document fall in it"
    )


def organisation(document: Document, title: str) -> tuple[str, Note]:
    """The organisation whose plan it is: the one in the title, else the one named most often.

    Names inside commitments marked as local do not count: they name the part, not the whole.
    """
    word = r"[A-Z][a-z][\w'’-]*"
    name = re.compile(
        rf"(?<![\w-])((?:NHS )?{word}(?: (?:and |& )?{word}){{0,4}} (?:{alternatives('organisations')}))\b"
    )
    if found := name.search(title):
        return found[1], Note(NoteKind.INFERRED, f"Organisation “{found[1]}” taken from the title")
    counts: Counter[str] = Counter()
    for block in document.blocks:
        for part in (part for cell in block.cells for part in cell.paragraphs) if block.cells else (block.text,):
            if not LOCAL.match(part):
                counts.update(found for found in name.findall(part) if not OPENING_WORD.match(found))
    if not counts:
        return "", Note(NoteKind.NOT_FOUND, "The document names no organisation as its author")
    best = max(counts, key=lambda item: counts[item])
    return best, Note(
        NoteKind.INFERRED,
        f"Organisation “{best}” inferred: of all organisations it is named most often ({counts[best]} ×)",
    )
