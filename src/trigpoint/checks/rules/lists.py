"""Rules on lists and references: how many were announced, what a colon or "the graph below" points at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import around, closing, opening
from trigpoint.checks.outline import MARKED, full_text
from trigpoint.checks.pack import patterns, table, word_set
from trigpoint.checks.rule import Needs, Objection, rule
from trigpoint.checks.subject import Role, Subject
from trigpoint.checks.words import content
from trigpoint.patterns import any_of
from trigpoint.plans.document import Block, BlockKind

COLON = re.compile(r":\s*[-–]?\s*$")
BULLETS = frozenset("-–•*·▪")
NUMBERS_IN_CELL = re.compile(r"(?:^|\n|(?<=[\w.;,)]\s))(\d{1,2})\.\s?(?=[A-Z])")  # "1. Agree" or "1.Agree"
TABLE_BELOW = re.compile(r"\b(?:the |this |following )?table (?:below|overleaf)\b|\bsummarised in the table\b", re.I)
APPENDIX = re.compile(r"\b(Appendix|Annex)\s+([A-Z0-9]{1,2})\b")
ELSEWHERE = re.compile(r"\b(?:in|on|by|at|with|for)\b", re.IGNORECASE)  # "46 practices in phases": the number is theirs
UNITS = re.compile(r"(?:years?|days?|weeks?|months?|hours?|minutes?|per|percent)\b", re.IGNORECASE)
UNSTATED = re.compile(
    r"\b(?:\w+ ){0,3}targets? (?:will have been|will be|has been|to be|is|are) (?:met|achieved|reached|delivered)\b",
    re.I,
)
LOOK_AHEAD = 12
LONG_SENTENCE_WORDS = 12


@cache
def _counted() -> re.Pattern[str]:
    numbers = "|".join(table("words")["numbers"])
    nouns = any_of(word_set("sections", "enumerators"))
    return re.compile(
        rf"(?<![\d/.-])\b(?P<number>\d{{1,2}}|{numbers})[’”\"']?\s+(?P<between>(?:[A-Za-z’'“”&-]+\s+){{0,4}}?)(?P<noun>{nouns})\b",
        re.I,
    )


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
    for index, block in enumerate(subject.blocks):
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) or not COLON.search(block.text):
            continue
        match = _announcement(block.text)
        if match is None:
            continue
        top, nested = _list_after(subject.blocks, index)
        number = _value(match["number"])
        if top and number not in (top, top + nested):
            quoted = around(block.text, match.start(), match.end(), before=3, after=3)
            yield Objection(f"Announces {number}; the list has {top}.", block.origin.line, quoted)


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


@rule("UNDEFINED_REFERENCE", Severity.INFO)
def undefined_reference(subject: Subject) -> Iterator[Objection]:
    """A commitment rests on "the six key priorities", "four of the ten" or "the target" that stand nowhere.

    It cannot be evidenced, because nobody can say what the six are.

    Fires: "deliver the six urgent care priorities" in a plan that lists none. Does not: the same with a list of six.
    Remedy: list them, or name the document that does.
    """
    for passage in subject.items:
        match = UNSTATED.search(passage.text)
        if (
            match
            and passage.role in (Role.DELIVERABLE, Role.MILESTONE)
            and not re.search(r"\d\s?%|\d{2,}", match.group())
        ):
            quoted = around(passage.text, match.start(), match.end(), before=4, after=0)
            yield Objection("The target is not stated.", passage.line, quoted, None, passage.where)
    listed = [content(match.group()) for match in _listed(subject)]
    seen: set[frozenset[str]] = set()
    for passage in subject.items:
        if passage.role not in (Role.OBJECTIVE, Role.DELIVERABLE, Role.MILESTONE):
            continue
        for match in _counts(passage.text):
            named = content(match.group())
            if _value(match["number"]) < 3 or named in seen or any(len(named & each) >= 2 for each in listed):
                continue
            seen.add(named)
            quoted = around(passage.text, match.start(), match.end(), before=2, after=3)
            message = f"The {match['number']} {match['noun']} are listed nowhere in the plan."
            yield Objection(message, passage.line, quoted, None, passage.where)


def _listed(subject: Subject) -> Iterator[re.Match[str]]:
    for index, block in enumerate(subject.blocks):
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            match = _announcement(block.text)
            if match and _list_after(subject.blocks, index)[0]:
                yield match


@rule("LIST_NUMBERING_GAP", Severity.WARNING, needs=Needs.DOCUMENT)
def list_numbering_gap(subject: Subject) -> Iterator[Objection]:
    """Numbered actions of a table skip a number.

    Either an action is lost, or one is counted wrongly.

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


def _numbered(text: str) -> Iterator[tuple[int, int]]:
    """The numbers of a cell's actions: those that open a paragraph, and those that carry on from them in it."""
    last = 0
    for match in NUMBERS_IN_CELL.finditer(text):
        number = int(match.group(1))
        opens = match.start() == 0 or text[match.start()] == "\n"
        if opens or (last and number == last + 1):
            last = number
            yield number, match.start(1)


@rule("DANGLING_REFERENCE", Severity.INFO, needs=Needs.DOCUMENT)
def dangling_reference(subject: Subject) -> Iterator[Objection]:
    """A graph, table, appendix or list is referred to and is not there.

    Warning where a colon introduces nothing, or where a table or appendix is missing; info for pictures and colours,
    which a text cannot hold.

    Fires: "The reach of feedback was:" before an unrelated paragraph. Does not: a colon before a list or table.
    Remedy: put it back, or delete the reference.
    """
    headings = {full_text(block).lower() for block in subject.blocks if block.kind is BlockKind.HEADING}
    for index, block in enumerate(subject.blocks):
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            yield from _pictures(block)
            yield from _tables_below(subject.blocks, index)
            yield from _appendices(block, headings)
        if block.kind is BlockKind.PARAGRAPH and COLON.search(block.text) and _leads_nowhere(subject.blocks, index):
            message = "The colon introduces nothing: what should follow is not there."
            yield Objection(message, block.origin.line, closing(block.text, 12), Severity.WARNING)


def _pictures(block: Block) -> Iterator[Objection]:
    for pattern, say in patterns("sections", "pictures"):
        if match := pattern.search(block.text):
            quoted = around(block.text, match.start(), match.end(), before=2, after=5)
            yield Objection(say, block.origin.line, quoted)
            return


def _tables_below(blocks: tuple[Block, ...], index: int) -> Iterator[Objection]:
    block = blocks[index]
    if match := TABLE_BELOW.search(block.text):
        ahead = blocks[index + 1 : index + 1 + LOOK_AHEAD]
        if not any(each.kind is BlockKind.TABLE_ROW for each in ahead):
            quoted = around(block.text, match.start(), match.end(), before=4, after=3)
            yield Objection("No table follows.", block.origin.line, quoted, Severity.WARNING)


def _appendices(block: Block, headings: set[str]) -> Iterator[Objection]:
    for match in APPENDIX.finditer(block.text):
        if not any(heading.startswith(match.group().lower()) for heading in headings):
            quoted = around(block.text, match.start(), match.end(), before=4, after=3)
            yield Objection(f"{match.group()} is not part of this document.", block.origin.line, quoted)


def _leads_nowhere(blocks: tuple[Block, ...], index: int) -> bool:
    """Whether the block after a colon is an unrelated sentence: a long paragraph that begins like any other."""
    following = next((each for each in blocks[index + 1 :] if each.kind is not BlockKind.BLANK), None)
    if following is None:
        return True
    if following.kind is not BlockKind.PARAGRAPH or MARKED.match(full_text(following)):
        return False
    words = following.text.split()
    defines = any(word in ("–", "-", "—", ":") or word.endswith(":") for word in words[:9])
    return len(words) > LONG_SENTENCE_WORDS and words[0][:1].isupper() and not defines and words[-1][-1] not in ":;"
