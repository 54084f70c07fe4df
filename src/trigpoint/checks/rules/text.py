"""Rules on plain words: repetition, stray punctuation, mixed spellings of years and numbers, lost words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import around, opening
from trigpoint.checks.pack import word_set
from trigpoint.checks.rule import Needs, Objection, rule
from trigpoint.checks.subject import Role, Subject
from trigpoint.patterns import any_of

TOKEN = re.compile(r"[A-Za-z][A-Za-z'’-]*|\d+")
LONGEST_REPEAT = 4
AROUND_BRACKET = re.compile(r"\b(\w{4,})\s+\([^()\n]{1,40}\)\s+\1\b", re.IGNORECASE)
YEAR = r"(?:(?:19|20)\d\d\s?[/–-]\s?\d\d(?:\d\d)?|(?:19|20)\d\d|\d\d/\d\d)(?![\d/])"
YEAR_PAIR = re.compile(rf"(?<![\d/])({YEAR})\s*(?:and|to|&|–|-)\s*({YEAR})", re.IGNORECASE)
PAIRED_DIGITS = re.compile(r"\d\d\s*(?:and|to|&|–|-)\s*\d\d", re.IGNORECASE)
"""What every pair of years has: quickly looked for before the pair itself."""
SLASHED = re.compile(r"\b((?:19|20)\d\d)/(\d\d)\b(?!\d)")
DASHED = re.compile(r"\b((?:19|20)\d\d)-(\d\d)\b(?!\d|-\d)")
SENTENCE_WORDS = 10
ONLY_PUNCTUATION = re.compile(r"[.,;:!?'\"`]+")
LEADING_PUNCTUATION = re.compile(r"[.,;:!?]\s*\w")
DOUBLED_PUNCTUATION = re.compile(
    r"\w[;,:]\s?\.(?=\s|$)|\w\.[;,:](?=\s|$)(?<!etc\.[;,:])|\w [;,:](?=\s|$)|[a-z] \.(?=\s|$)|,,|;;|\w\.\.(?=\s|$)"
)
GROUPED_NUMBER = re.compile(r"[£]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
UNGROUPED_NUMBER = re.compile(r"[£]?\d{4,}(?:\.\d+)?")


@rule("DUPLICATE_WORD", Severity.WARNING)
def duplicate_word(subject: Subject) -> Iterator[Objection]:
    """The same words stand twice running.

    Up to four words count, letter case aside; punctuation between them ends the comparison, idioms ("year on year")
    are exempt. In a table cell a repeated acronym is only an info: the line break between two entries may be lost.

    Fires: "based on based on last year". Does not: "a year on year increase".
    Remedy: delete one of the two.
    """
    for passage in subject.texts:
        text = passage.text
        for start, stop, repeated in _repeats(text):
            flattened = passage.role is Role.CELL and repeated.isupper()
            yield Objection(
                f"“{repeated}” stands twice running; delete one.",
                passage.line,
                around(text, start, stop, before=2, after=2),
                Severity.INFO if flattened else None,
                passage.where,
            )
        for match in AROUND_BRACKET.finditer(text) if "(" in text else ():
            said = match.group(1)
            yield Objection(
                f"“{said}” stands before and after the bracket; delete one.",
                passage.line, around(text, match.start(), match.end(), before=1, after=1), None, passage.where,
            )  # fmt: skip


@cache
def _idioms() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(word_set('text', 'idioms'))})\b", re.IGNORECASE)


def _repeats(text: str) -> Iterator[tuple[int, int, str]]:
    if not _may_repeat(TOKEN.findall(text.lower())):
        return
    shielded = _idioms().sub(lambda match: "\0" * len(match.group()), text)
    words = [(match.start(), match.end(), match.group().lower()) for match in TOKEN.finditer(shielded)]
    joined = [
        index + 1 < len(words) and shielded[words[index][1] : words[index + 1][0]].isspace()
        for index in range(len(words))
    ]
    index = 0
    while index < len(words):
        size = _repeat_at(words, joined, index)
        if size:
            start, stop = words[index][0], words[index + 2 * size - 1][1]
            yield start, stop, " ".join(text[words[index][0] : words[index + size - 1][1]].split())
            index += 2 * size
        else:
            index += 1


def _may_repeat(words: list[str]) -> bool:
    """Whether some words are the same as those before them, whatever stands between: tells most texts apart quickly."""
    for size in range(1, LONGEST_REPEAT + 1):
        same = [first == second for first, second in zip(words, words[size:], strict=False)]
        if any(all(same[at : at + size]) for at, each in enumerate(same[: len(same) - size + 1]) if each):
            return True
    return False


def _repeat_at(words: list[tuple[int, int, str]], joined: list[bool], index: int) -> int:
    here = words[index][2]
    for size in range(LONGEST_REPEAT, 0, -1):
        if index + 2 * size > len(words) or words[index + size][2] != here:
            continue
        if not all(joined[index : index + 2 * size - 1]):
            continue
        first = [word for _, _, word in words[index : index + size]]
        second = [word for _, _, word in words[index + size : index + 2 * size]]
        if first != second or not any(len(word) > 1 and word.isalpha() for word in first):
            continue
        if size == 1 and first[0] in word_set("text", "rightly_doubled"):
            continue
        return size
    return 0


@rule("DUPLICATE_YEAR", Severity.ERROR)
def duplicate_year(subject: Subject) -> Iterator[Objection]:
    """Two years are joined by "and", "to" or a dash, and are the same year.

    One of the two is a slip, and the plan then says nothing about the other year.

    Fires: "intentions for 2026/27 and 2026/27". Does not: "2026/27 and 2027/28".
    Remedy: write the year that was meant.
    """
    for passage in subject.texts:
        for match in YEAR_PAIR.finditer(passage.text) if PAIRED_DIGITS.search(passage.text) else ():
            if _first_year(match.group(1)) == _first_year(match.group(2)) and _shape(match, 1) == _shape(match, 2):
                yield Objection(
                    f"{match.group(1)} is named twice; one of the two must be another year.",
                    passage.line, around(passage.text, match.start(), match.end()), None, passage.where,
                )  # fmt: skip


def _first_year(label: str) -> int:
    return int(re.split(r"[/–-]", label.replace(" ", ""))[0]) % 100


def _shape(match: re.Match[str], group: int) -> bool:
    return bool(re.search(r"[/–-]", match.group(group)))


@rule("MIXED_FORMAT", Severity.INFO, needs=Needs.DOCUMENT)
def mixed_format(subject: Subject) -> Iterator[Objection]:
    """Financial years are written both 2026/27 and 2026-27 in running text.

    Two spellings defeat searching and sorting. Each line with the rarer spelling is named; tables are left out,
    because published statistics print years their own way.

    Fires: "2026/27" in most of the text and "the plan for 2026-27" here. Does not: one spelling throughout;
    "2023-25", which is a span of three years.
    Remedy: write 2026/27 everywhere.
    """
    found: dict[str, list[tuple[int | None, str]]] = {"/": [], "-": []}
    for passage in subject.prose:
        if len(passage.text.split()) < SENTENCE_WORDS or passage.text[-1] not in ".;:-":
            continue
        for mark, pattern in (("/", SLASHED), ("-", DASHED)):
            for match in pattern.finditer(passage.text):
                if (int(match.group(1)) + 1) % 100 == int(match.group(2)):
                    quoted = around(passage.text, match.start(), match.end(), before=3, after=2)
                    found[mark].append((passage.line, quoted))
    if found["/"] and found["-"]:
        rarer, usual = ("-", "/") if len(found["-"]) <= len(found["/"]) else ("/", "-")
        for line, quoted in found[rarer]:
            message = f"Years are written with “{rarer}” here and with “{usual}” elsewhere; use one."
            yield Objection(message, line, quoted)


@rule("NUMBER_FORMAT", Severity.INFO, needs=Needs.DOCUMENT)
def number_format(subject: Subject) -> Iterator[Objection]:
    """In one table row some thousands are separated by a comma and others are not.

    Fires: a row with 48,000 and 1450. Does not: a row of years, or one where all numbers are written alike.
    Remedy: separate thousands in all of them.
    """
    for row in subject.rows:
        texts = [cell.text.strip() for cell in row.cells[1:]]
        if any(GROUPED_NUMBER.fullmatch(text) for text in texts):
            odd = [text for text in texts if UNGROUPED_NUMBER.fullmatch(text)]
            if odd:
                message = f"{', '.join(odd)} without a thousands separator beside numbers that have one."
                yield Objection(message, row.origin.line, odd[0])


@rule("STRAY_PUNCTUATION", Severity.INFO, needs=Needs.DOCUMENT)
def stray_punctuation(subject: Subject) -> Iterator[Objection]:
    """A cell is nothing but punctuation, begins with it, or two marks stand together.

    A cell with only a full stop looks filled to a reader and to a count, and says nothing.

    Fires: a cell ".", ". Set up the board", "the plan;.". Does not: "–" for nothing, a list bullet, "etc.".
    Remedy: delete the mark, or write what belongs there.
    """
    for row, _, cell in subject.cells:
        text = cell.text.strip()
        line = cell.origin.line or row.origin.line
        if ONLY_PUNCTUATION.fullmatch(text):
            yield Objection("The cell holds only punctuation; write what belongs there, or empty it.", line, text)
        elif LEADING_PUNCTUATION.match(text):
            yield Objection("The cell begins with a punctuation mark.", line, opening(text, 8))
    for passage in subject.texts:
        for match in DOUBLED_PUNCTUATION.finditer(passage.text):
            quoted = around(passage.text, match.start(), match.end(), before=2, after=2)
            yield Objection("A punctuation mark too many.", passage.line, quoted)
