"""Rules on lists and references: how many were announced, what a colon or "the graph below" points at."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache

from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import around, opening, sentences
from trigpoint.checks.outline import MARKED, full_text
from trigpoint.checks.pack import table, word_set
from trigpoint.checks.rule import Needs, Objection, rule
from trigpoint.checks.subject import Role, Subject
from trigpoint.checks.words import content
from trigpoint.patterns import any_of
from trigpoint.plans.document import Block, BlockKind
from trigpoint.wording import count

COLON = re.compile(r":\s*[-–]?\s*$")
BULLETS = frozenset("-–•*·▪")
NUMBERS_IN_CELL = re.compile(r"(?:^|\n|(?<=[\w.;,)]\s))(\d{1,2})\.\s?(?=[A-Z])")  # "1. Agree" or "1.Agree"
ELSEWHERE = re.compile(r"\b(?:in|on|by|at|with|for)\b", re.IGNORECASE)  # "46 practices in phases": the number is theirs
UNITS = re.compile(r"(?:years?|days?|weeks?|months?|hours?|minutes?|per|percent)\b", re.IGNORECASE)
INLINE_LIST = re.compile(r"\s*(?:[\w’'-]+\s+){0,4}[:(–-]\s*[^.;)]{2,60}[,;/]")
UNSTATED = re.compile(
    r"\b(?:\w+ ){0,3}targets? (?:will have been|will be|has been|to be|is|are) (?:met|achieved|reached|delivered)\b",
    re.I,
)
STATED = re.compile(r"\d\s?%|\d{2,}")
NESTED = re.compile(r"\b(?:such as|including|e\.g|which|who|that|where|both|as well as|from|to)\b|\(", re.IGNORECASE)
NEAR = 30
NEAR_WORDS = 6
SHORT_ITEM_WORDS = 5
FEWEST_NUMBERS = 5
LONGEST_SET = 20
"""More than that are a quantity ("60 charge points"), not a set that somebody could list."""


@cache
def _counted() -> re.Pattern[str]:
    numbers = "|".join(table("words")["numbers"])
    nouns = any_of(word_set("sections", "enumerators"))
    return re.compile(
        rf"(?<![\d/.-])\b(?P<number>\d{{1,2}}|{numbers})[’”\"']?\s+(?P<between>(?:[A-Za-z’'“”&-]+\s+){{0,4}}?)(?P<noun>{nouns})\b",
        re.I,
    )


@cache
def _known_sets() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(word_set('sections', 'known_sets'))})\b", re.IGNORECASE)


def _value(word: str) -> int:
    return int(word) if word.isdigit() else int(table("words")["numbers"][word.lower()])


def _counts(text: str) -> Iterator[re.Match[str]]:
    """Every "five … principles" of a text that no unit of time or size belongs to."""
    for match in _counted().finditer(text):
        if ELSEWHERE.search(match["between"]):
            continue
        if not UNITS.match(match["between"]) and not text[: match.start()].lower().endswith(
            ("core ", "tier ", "band ")
        ):
            yield match


def _announcement(text: str) -> re.Match[str] | None:
    """The last count of a text: the one that its colon introduces."""
    return next(reversed(list(_counts(text))), None)


@rule("LIST_COUNT_MISMATCH", Severity.WARNING, needs=Needs.DOCUMENT)
def list_count_mismatch(subject: Subject) -> Iterator[Objection]:
    """A number announces a list of another length.

    Blank lines and page breaks inside a list do not end it; items of a list inside it are not counted.

    Fires: "our 5 principles:" before six bullets. Does not: "4 key issues:" before four bullets on two pages.
    Remedy: correct the number, or the list.
    """
    for passage in subject.prose:
        for match in _counts(passage.text) if ":" in passage.text.rstrip(" -–")[:-1] else ():
            if listed := _listed_in_line(passage.text, match):
                quoted = around(passage.text, match.start(), match.end(), before=3, after=8)
                message = f"Announces {_value(match['number'])}; the sentence lists {listed}."
                yield Objection(message, passage.line, quoted)
    for index, block in enumerate(subject.blocks):
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) or not COLON.search(block.text):
            continue
        announced = _announcement(block.text)
        if announced is None:
            continue
        top, nested = _list_after(subject.blocks, index)
        number = _value(announced["number"])
        if top and number not in (top, top + nested):
            quoted = around(block.text, announced.start(), announced.end(), before=3, after=3)
            yield Objection(f"Announces {number}; the list has {top}.", block.origin.line, quoted)


def _listed_in_line(text: str, match: re.Match[str]) -> int:
    """How many items the list of the same sentence ("four aims: care; money; staff") has, 0 where as many as announced.

    Between semicolons each item counts. Commas are surer of short items alone, and an "and" may join two items or be
    part of one.
    """
    colon = text.find(":", match.end())
    between = text[match.end() : colon]
    if colon < 0 or len(between.split()) > NEAR_WORDS or set(between) & set(")`|"):
        return 0
    listed = sentences(text[colon + 1 :])
    rest = listed[0][1].strip(" .") if listed else ""
    number = _value(match["number"])
    items = [item for item in rest.split(";") if item.strip(" .")]
    if len(items) > 1:
        return len(items) if len(items) != number and not rest[0].isdigit() else 0
    items = [item for item in rest.split(",") if item.strip(" .")]
    bare = all(len(item.split()) <= SHORT_ITEM_WORDS for item in items) and not NESTED.search(rest)
    most = len(items) + len(re.findall(r"\band\b|[&/]", rest))
    return len(items) if len(items) > 1 and bare and not len(items) <= number <= most else 0


def _list_after(blocks: tuple[Block, ...], index: int) -> tuple[int, int]:
    """How many items the list after a block has at its own level, and how many deeper."""
    opener = blocks[index]
    inside = opener.level if opener.kind is BlockKind.LIST_ITEM else -1
    levels: list[int] = []
    kind = ""
    for block in blocks[index + 1 :]:
        if block.kind in (BlockKind.BLANK, BlockKind.RULE):
            continue
        mark = _mark(block)
        kind = kind or mark
        deeper = levels and block.level > levels[0]
        if not mark or block.level <= inside or (mark != kind and not deeper):
            break
        levels.append(block.level)
    if len(levels) == 1 and kind != "-":
        return 0, 0  # one lettered line alone is a heading
    top = min(levels, default=0)
    return sum(1 for level in levels if level == top), sum(1 for level in levels if level > top)


def _mark(block: Block) -> str:
    """What kind of list item a block is: "-", "1" or "a"; "" for none."""
    if block.kind is BlockKind.TABLE_ROW:
        return ""
    match = MARKED.match(full_text(block))
    if match and not (block.kind is BlockKind.LIST_ITEM and block.marker in BULLETS):
        return "1" if match.group(1) else "A" if match.group(2).isupper() else "a"
    return "-" if block.kind is BlockKind.LIST_ITEM else ""


@rule("UNDEFINED_REFERENCE", Severity.WARNING)
def undefined_reference(subject: Subject) -> Iterator[Objection]:
    """A commitment rests on "the six key priorities", "four of the ten" or "the target" that stand nowhere.

    It cannot be evidenced, because nobody can say what the six are. Info for sets that are known nationally ("the ten
    high impact actions"), for areas, groups and the like, and for "the target" without a figure.

    Fires: "deliver the six urgent care priorities" in a plan that lists none. Does not: the same with a list of six.
    Remedy: list them, or name the document that does.
    """
    for passage in subject.items:
        match = UNSTATED.search(passage.text)
        if (
            match
            and passage.role in (Role.DELIVERABLE, Role.MILESTONE)
            and not STATED.search(passage.text, max(0, match.start() - NEAR), match.end())
        ):
            quoted = around(passage.text, match.start(), match.end(), before=4, after=0)
            yield Objection("The target is not stated.", passage.line, quoted, Severity.INFO, passage.where)
    listed = [content(match.group()) for match in _listed(subject)]
    seen: set[frozenset[str]] = set()
    for passage in subject.items:
        if passage.role not in (Role.OBJECTIVE, Role.DELIVERABLE, Role.MILESTONE):
            continue
        for match in _counts(passage.text):
            named = content(match.group())
            told_here = INLINE_LIST.match(passage.text, match.end())
            if not 3 <= _value(match["number"]) <= LONGEST_SET or told_here or named in seen:
                continue
            if any(len(named & each) >= 2 for each in listed):
                continue
            seen.add(named)
            quoted = around(passage.text, match.start(), match.end(), before=2, after=3)
            message = f"The {match['number'].lower()} {match['noun']} are listed nowhere in the plan."
            sure = match["noun"].lower() in word_set("sections", "to_be_met") and not _known_sets().search(passage.text)
            yield Objection(message, passage.line, quoted, None if sure else Severity.INFO, passage.where)


def _listed(subject: Subject) -> Iterator[re.Match[str]]:
    for index, block in enumerate(subject.blocks):
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            match = _announcement(block.text)
            if match and _list_after(subject.blocks, index)[0]:
                yield match


@rule("LIST_NUMBERING_GAP", Severity.WARNING)
def list_numbering_gap(subject: Subject) -> Iterator[Objection]:
    """Numbered actions of a table skip a number.

    Either an action is lost, or one is counted wrongly. Info where the plan numbers its commitments and some numbers
    are not there: they may have been closed.

    Fires: actions 1, 2, 3 and 5. Does not: 1 to 4, and again from 1 in the next row.
    Remedy: put the missing action back, or renumber.
    """
    elsewhere = {row.number.strip(".) ") for row in subject.plan.objectives}
    last, column = 0, 0
    for row in subject.rows:
        for position, cell in enumerate(row.cells):
            for number, start in _numbered(cell.text):
                missing = last + 1
                beside = abs(position - column) <= 1 and str(missing) not in elsewhere
                if last and number > missing and beside:
                    message = f"Action {last} is followed by {number}; {missing} is missing."
                    quoted = opening(cell.text[start:], 8)
                    yield Objection(message, cell.origin.line or row.origin.line, quoted)
                last, column = number, position
    yield from _absent_numbers(subject)


def _absent_numbers(subject: Subject) -> Iterator[Objection]:
    """Numbers that are missing among those of the plan's own commitments, named once."""
    rows = [row for row in subject.plan.deliverables if row.number.strip(". )").isdigit()]
    numbers = [int(row.number.strip(". )")) for row in rows]
    rising = all(first < second for first, second in itertools.pairwise(numbers))
    missing = sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers))
    if rising and missing and len(numbers) > FEWEST_NUMBERS and len(missing) < len(numbers) / 2:
        after = next((row for row in rows if int(row.number.strip(". )")) > missing[0]), rows[0])
        message = f"{count(len(missing), 'number')} missing: {', '.join(map(str, missing))}; say what became of them."
        where = subject.where(objective=after.objective, item=after.id)
        yield Objection(
            message, subject.line(after.id), f"{after.number} {opening(after.text, 8)}", Severity.INFO, where
        )


def _numbered(text: str) -> Iterator[tuple[int, int]]:
    """The numbers of a cell's actions: those that open a paragraph, and those that carry on from them in it."""
    last = 0
    for match in NUMBERS_IN_CELL.finditer(text):
        number = int(match.group(1))
        opens = match.start() == 0 or text[match.start()] == "\n"
        if opens or (last and number == last + 1):
            last = number
            yield number, match.start(1)
