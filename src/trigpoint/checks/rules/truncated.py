"""The rule on text that breaks off: cells, paragraphs and list items that stop in mid-sentence."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import around, closing
from trigpoint.checks.pack import found, table, word_set
from trigpoint.checks.rule import Objection, rule
from trigpoint.checks.subject import Passage, Role, Subject
from trigpoint.patterns import any_of
from trigpoint.plans.document import Block

CLOSERS = {"“": "”", "(": ")"}
NAMES = {"“": "quotation", "(": "bracket"}
CLAUSE_WORDS = 8
LONG_CELL = 200
AHEAD = 3
LAST_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
SMALL_SHARE = 0.2
"""A column of which more cells begin with a small letter is written so: a small letter then tells nothing."""


@rule("TRUNCATED_TEXT", Severity.ERROR)
def truncated_text(subject: Subject) -> Iterator[Objection]:
    """A sentence stops in mid-clause.

    Error where the rest is nowhere; info where a page break cut it and the rest follows, or where a column heading
    ends in a comma (named once).

    Fires: a cell "patients will be receiving access to". Does not: a sentence that ends in a full stop.
    Remedy: write the rest, or join the two halves.
    """
    yield from _dangling_headings(subject)
    yield from _cut_list_items(subject)
    yield from _cut_paragraphs(subject)
    yield from _cut_cells(subject)
    for passage in subject.texts:
        for match, say in found("text", "incomplete", passage.text):
            quoted = around(passage.text, match.start(), match.end(), before=3, after=4)
            yield Objection(f"Text is missing: {say}.", passage.line, quoted, None, passage.where)


def _dangling_headings(subject: Subject) -> Iterator[Objection]:
    for row in subject.rows:
        filled = [cell.text.strip() for cell in row.cells if not cell.empty]
        last = filled[-1] if filled else ""
        if len(filled) >= 3 and last.endswith(",") and all(len(text) < 120 for text in filled):
            yield Objection("The column heading ends in a comma.", row.origin.line, closing(last, 8), Severity.INFO)
            return


def _cut_list_items(subject: Subject) -> Iterator[Objection]:
    """List items that end in a comma where the list breaks off, or after an item that ended in a full stop.

    In a list whose items all end in commas the last but one may stand before a blank line.
    """
    before = ""
    for item, following in itertools.pairwise(subject.prose):
        mark_before, before = before, item.text.rstrip()[-1:]
        if item.role is not Role.LIST_ITEM or before != ",":
            continue
        ends = following.role is not Role.LIST_ITEM
        apart = (following.line or 0) > (item.line or 0) + 1 and mark_before != ","
        if ends or apart or mark_before == ".":
            quoted = closing(item.text, 8)
            yield Objection("The list item stops in mid-sentence.", item.line, quoted, Severity.INFO)


def _cut_paragraphs(subject: Subject) -> Iterator[Objection]:
    """Prose that a page break cut: no mark at its end, and the next piece goes on in small letters; or a last word
    after which something must follow."""
    for item, following in itertools.pairwise(subject.prose):
        text = item.text.rstrip(" *")
        said = text.split()
        if item.role is Role.HEADING or len(said) < CLAUSE_WORDS or text[-1:] not in LAST_LETTERS:
            continue
        if _wrapped(subject, item, following):
            continue
        in_a_list = item.role is following.role is Role.LIST_ITEM
        goes_on = following.text[:1].islower() and not in_a_list and following.role is not Role.HEADING
        left_hanging = _hangs(said) and not (in_a_list and said[-1] in ("and", "or"))
        if goes_on or left_hanging:
            message = "The sentence is cut" + (" and goes on in the next paragraph." if goes_on else ".")
            yield Objection(message, item.line, closing(text, 8), Severity.INFO)


def _wrapped(subject: Subject, item: Passage, following: Passage) -> bool:
    """Whether two paragraphs are lines of one: a text file may break its lines where it likes."""
    lined = subject.document is not None and subject.document.format.lined
    return lined and following.line == (item.line or 0) + 1 and following.role is Role.PARAGRAPH


def _hangs(words: list[str]) -> bool:
    """Whether a text ends in a word after which something must follow; "the plan it relates to" does not."""
    return words[-1].lower() in word_set("text", "function_words") and not _stranded().search(" ".join(words[-3:]))


@cache
def _stranded() -> re.Pattern[str]:
    verbs = any_of(table("text")["may_end_in_preposition"])
    return re.compile(rf"\b(?:{verbs}) (?:to|with|for|from|by|as)$", re.IGNORECASE)


def _cut_cells(subject: Subject) -> Iterator[Objection]:
    rows = _rows_once(subject)
    small = _small_columns(rows)
    for index, row in enumerate(rows):
        following = rows[index + 1 : index + 1 + AHEAD]
        for column, cell in enumerate(row.cells):
            words = cell.paragraphs[-1].split() if cell.paragraphs else []
            if not words:
                continue
            line, quoted = cell.origin.line or row.origin.line, " ".join(words[-CLAUSE_WORDS:])
            if found := _left_open(cell.paragraphs[-1], _next_text(following, column)):
                message, severity = found
                yield Objection(message, line, quoted, severity)
            elif len(words) > 2 and _hangs(words):
                joined = _goes_on(following, column)
                message = "The sentence stops in mid-clause" + (" and goes on in the next row." if joined else ".")
                yield Objection(message, line, quoted, Severity.INFO if joined else None)
            elif (
                len(words) > 1
                and column not in small
                and words[-1][-1] in LAST_LETTERS
                and _small_goes_on(following, column, long=len(cell.text) > LONG_CELL)
            ):
                yield Objection("The sentence is cut and goes on in the next row.", line, quoted, Severity.INFO)


def _small_columns(rows: list[Block]) -> frozenset[int]:
    """Columns whose cells often begin with a small letter."""
    filled: Counter[int] = Counter()
    small: Counter[int] = Counter()
    for row in rows:
        for column, cell in enumerate(row.cells):
            first = next((char for char in cell.text if char.isalpha()), "")
            filled[column] += bool(first)
            small[column] += first.islower()
    return frozenset(column for column, number in small.items() if number > max(1, SMALL_SHARE * filled[column]))


def _left_open(text: str, rest: str) -> tuple[str, Severity | None] | None:
    """What is to be said of a bracket or quotation mark that the last words of a text open and do not close."""
    for opens, closes in CLOSERS.items():
        at = text.rfind(opens)
        if at > text.rfind(closes) and len(text[at:].split()) <= CLAUSE_WORDS:
            if opens in rest:
                return None
            severity = Severity.INFO if closes in rest else None
            return f"A {NAMES[opens]} is opened and not closed: the text breaks off.", severity
    return None


def _next_text(following: list[Block], column: int) -> str:
    """The first words that follow in a column."""
    cells = (row.cells[column].text.strip() for row in following if column < len(row.cells))
    return next((text for text in cells if text), "")


def _small_goes_on(following: list[Block], column: int, *, long: bool) -> bool:
    """Whether the next row goes on in this column with a small letter; a long cell's rest may come some rows later."""
    text = _next_text(following[:3] if long else following[:1], column)
    return text[:1].islower() and len(text.split()) > 1


def _goes_on(following: list[Block], column: int) -> bool:
    cells = [row.cells[column].text.strip() if column < len(row.cells) else "" for row in following]
    first = next((text for text in cells if text), "")
    return bool(cells and cells[0]) or first[:1].islower()


def _rows_once(subject: Subject) -> list[Block]:
    """The table rows without the heading rows that each page repeats, and without one-cell banners."""
    seen: set[str] = set()
    kept = []
    for row in subject.rows:
        filled = [cell for cell in row.cells if not cell.empty]
        repeated = row.text in seen and all(len(cell.text) < 120 for cell in filled)
        seen.add(row.text)
        if not repeated and (len(filled) > 1 or len(row.cells) == 1 or row.cells[0].empty):
            kept.append(row)
    return kept
