"""Rules on sentences that have lost something: a unit, a word, their end."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import around, closing, sentences
from trigpoint.checks.pack import patterns, word_set
from trigpoint.checks.rule import Objection, rule
from trigpoint.checks.subject import Role, Subject
from trigpoint.plans.document import Block

CHANGE = r"(?:increas|decreas|reduc|fall|fell|fallen|risen|rise|rose|grow|grew|grown|improv|dropp?)\w*"
NO_UNIT = re.compile(
    rf"\b{CHANGE}\s+by\s+(?:about\s+|around\s+|circa\s+|c\.?\s*)?(\d{{1,3}}(?:\.\d+)?)(?![\d,%]|\.\d)(?=\s+(\w+)|\s*[.;)]|\s*$)",
    re.IGNORECASE,
)
CLOSERS = {"“": "”", "(": ")"}
NAMES = {"“": "quotation", "(": "bracket"}
CLAUSE_WORDS = 8
LONG_CELL = 200
LAST_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
COUNTED = re.compile(r"\b(?:number|count|total)s?\b", re.IGNORECASE)
PERCENTAGE = re.compile(r"\b\d+(?:\.\d+)?\s?%")
BARE_DECIMAL = re.compile(
    r"(?<![£$€\d.,/])\b\d+\.\d+\b(?!\s?%|\.\d|\d|\s*(?:pp|p\.p\.|per|million|m\b|k\b|bn|mmol|years?|days?|weeks?|hours?))"
)
DOUBLED_IN_LIST = re.compile(r", (?:[A-Za-z]+ )?[A-Za-z]+ and (?:[A-Za-z]+ )?[A-Za-z]+ and [A-Za-z]+(?=[.;,]|$)(?<!ed)")
DOUBLED_CONJUNCTION = re.compile(r"\b(?:and\s+or|or\s+and|and\s+and|but\s+and)\b", re.IGNORECASE)


@rule("UNIT_MISSING", Severity.WARNING)
def unit_missing(subject: Subject) -> Iterator[Objection]:
    """Something grew or fell by a number that has no unit.

    "By 12.8" can be per cent, percentage points, a rate per 100,000 or a count.

    Fires: "have decreased by 12.8 compared to England". Does not: "by 12.8% compared", "by 300 patients".
    Remedy: write the unit.
    """
    followers = word_set("text", "unitless_followers")
    for passage in subject.texts:
        for match in NO_UNIT.finditer(passage.text):
            follower = (match.group(2) or "").lower()
            counted = COUNTED.search(passage.text, max(0, match.start() - 80), match.start())
            if (not follower or follower in followers) and not counted:
                yield Objection(
                    f"{match.group(1)} of what? The number has no unit.",
                    passage.line, around(passage.text, match.start(), match.end(), before=1, after=3),
                    None, passage.where,
                )  # fmt: skip


@rule("GARBLED_TEXT", Severity.ERROR)
def garbled_text(subject: Subject) -> Iterator[Objection]:
    """A sentence has lost a number's unit in a series of percentages, or a word, or doubles its conjunctions.

    Error where a member of the series has no "%" (the figure cannot be used); info for "and or" and for a missing
    "be", "in" or "of" in the turns of phrase where that is sure.

    Fires: "70% had A, 77.9 had B and 87.4% had C". Does not: "70% had A, 77.9% had B".
    Remedy: mend the sentence from its source.
    """
    for passage in subject.texts:
        for offset, sentence in sentences(passage.text):
            if len(PERCENTAGE.findall(sentence)) >= 2:
                for match in BARE_DECIMAL.finditer(sentence):
                    start = offset + match.start()
                    yield Objection(
                        f"{match.group()} stands in a series of percentages and has no “%”.",
                        passage.line, around(passage.text, start, start + len(match.group()), before=4, after=9),
                        None, passage.where,
                    )  # fmt: skip
        for pattern, say in patterns("text", "ungrammatical"):
            for match in pattern.finditer(passage.text):
                quoted = around(passage.text, match.start(), match.end(), before=3, after=3)
                yield Objection(
                    f"A word is missing or wrong: {say}.", passage.line, quoted, Severity.INFO, passage.where
                )
        for match in DOUBLED_IN_LIST.finditer(passage.text):
            quoted = around(passage.text, match.start() + 2, match.end(), before=1, after=0)
            message = "The list closes with “and” twice; one of them should be a comma."
            yield Objection(message, passage.line, quoted, Severity.INFO, passage.where)
        for match in DOUBLED_CONJUNCTION.finditer(passage.text):
            yield Objection(
                f"“{match.group()}”: one conjunction too many, or “and/or” is meant.",
                passage.line, around(passage.text, match.start(), match.end()), Severity.INFO, passage.where,
            )  # fmt: skip


@rule("SPELLING", Severity.INFO)
def spelling(subject: Subject) -> Iterator[Objection]:
    """A word is a word, but not the one meant; or a well-known name is misspelt.

    Only confusions of a shipped list are found: names, places and acronyms make a general dictionary noisy.

    Fires: "will play an import role". Does not: "import licences".
    Remedy: write the word that was meant.
    """
    for passage in subject.texts:
        for pattern, say in patterns("text", "confusions"):
            for match in pattern.finditer(passage.text):
                yield Objection(
                    f"Spelling: {say}.",
                    passage.line, around(passage.text, match.start(), match.end(), before=2, after=3),
                    None, passage.where,
                )  # fmt: skip


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
        for pattern, say in patterns("text", "incomplete"):
            for match in pattern.finditer(passage.text):
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
    """List items that end in a comma where the list breaks off, or after an item that ended in a full stop."""
    items = list(subject.prose)
    full_stop = False
    for item, following in itertools.pairwise(items):
        after_sentence, full_stop = full_stop, item.text.rstrip().endswith(".")
        if item.role is not Role.LIST_ITEM or not item.text.rstrip().endswith(","):
            continue
        broken_off = following.role is not Role.LIST_ITEM or (following.line or 0) > (item.line or 0) + 1
        if broken_off or after_sentence:
            quoted = closing(item.text, 8)
            yield Objection("The list item stops in mid-sentence.", item.line, quoted, Severity.INFO)


def _cut_paragraphs(subject: Subject) -> Iterator[Objection]:
    """Prose that a page break cut: no mark at its end, and the next piece goes on in small letters; or a last word
    after which something must follow."""
    words = word_set("text", "function_words")
    for item, following in itertools.pairwise(subject.prose):
        text = item.text.rstrip(" *")
        said = text.split()
        if item.role is Role.HEADING or len(said) < CLAUSE_WORDS or text[-1:] not in LAST_LETTERS:
            continue
        in_a_list = item.role is following.role is Role.LIST_ITEM
        goes_on = following.text[:1].islower() and not in_a_list and following.role is not Role.HEADING
        left_hanging = said[-1] in words and not (in_a_list and said[-1] in ("and", "or"))
        if goes_on or left_hanging:
            message = "The sentence is cut" + (" and goes on in the next paragraph." if goes_on else ".")
            yield Objection(message, item.line, closing(text, 8), Severity.INFO)


def _cut_cells(subject: Subject) -> Iterator[Objection]:
    words = word_set("text", "function_words")
    rows = _rows_once(subject)
    for index, row in enumerate(rows):
        for column, cell in enumerate(row.cells):
            last = cell.paragraphs[-1].split()[-8:] if cell.paragraphs else []
            if not last:
                continue
            if opened := _left_open(cell.paragraphs[-1]):
                rest = _next_text(rows[index + 1 : index + 4], column)
                if opened not in rest:
                    severity = Severity.INFO if CLOSERS[opened] in rest else None
                    message = f"A {NAMES[opened]} is opened and not closed: the text breaks off."
                    yield Objection(message, cell.origin.line or row.origin.line, " ".join(last), severity)
                    continue
            if len(last) < 3 or last[-1].lower() not in words:
                if (
                    len(last) > 1
                    and last[-1][-1] in LAST_LETTERS
                    and _small_goes_on(rows[index + 1 : index + 4], column, long=len(cell.text) > LONG_CELL)
                ):
                    yield Objection(
                        "The sentence is cut and goes on in the next row.",
                        cell.origin.line or row.origin.line, " ".join(last), Severity.INFO,
                    )  # fmt: skip
                continue
            joined = _goes_on(rows[index + 1 : index + 4], column)
            yield Objection(
                "The sentence stops in mid-clause" + (" and goes on in the next row." if joined else "."),
                cell.origin.line or row.origin.line, " ".join(last), Severity.INFO if joined else None,
            )  # fmt: skip


def _left_open(text: str) -> str:
    """The bracket or quotation mark that the last words of a text open and do not close."""
    for opens, closes in CLOSERS.items():
        at = text.rfind(opens)
        if at > text.rfind(closes) and len(text[at:].split()) <= CLAUSE_WORDS:
            return opens
    return ""


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
