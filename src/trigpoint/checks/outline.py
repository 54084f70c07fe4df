"""The outline of a document: its marked headings and lists, whatever reader made its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from itertools import groupby

from trigpoint.checks.pack import word_set
from trigpoint.checks.subject import Subject
from trigpoint.plans.document import Block, BlockKind

MARKED = re.compile(r"\(?(?:(\d{1,2})[.)](?:\s+|(?=[A-Z]))|([A-Za-z]|[ivx]{2,5})[.)]\s+)")
ROMANS = {
    word: number
    for number, word in enumerate(
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"], start=1
    )
}
LONGEST_TITLE = 90


class Style(Enum):
    """How a heading is counted, in order of depth."""

    UPPER = 1
    DIGIT = 2
    LOWER = 3
    ROMAN = 4


@dataclass(frozen=True, slots=True)
class Marked:
    """A line that begins with a number or letter. ``short`` lines can be headings, long ones are text."""

    line: int | None
    style: Style
    number: int
    title: str
    index: int
    short: bool


def full_text(block: Block) -> str:
    """The words of a block with its marker before them."""
    if block.marker and block.marker not in {"#", "-", "•", "*", "**", "–", "·", "▪"}:
        return f"{block.marker} {block.text}".strip()
    return block.text.strip()


def marked_lines(blocks: tuple[Block, ...]) -> tuple[Marked, ...]:
    """Every marked line of prose in order. "i)" is the letter after h), and otherwise the Roman one.

    >>> from trigpoint.plans.document import Origin
    >>> lines = [Block(BlockKind.HEADING, title, Origin(line=1), marker) for marker, title in
    ...          (("h)", "Costs"), ("i)", "Risks"), ("j)", "Audit"), ("i)", "First"), ("ii)", "Second"))]
    >>> [(each.style.name, each.number) for each in marked_lines(tuple(lines))]
    [('LOWER', 8), ('LOWER', 9), ('LOWER', 10), ('ROMAN', 1), ('ROMAN', 2)]
    """
    found: list[Marked] = []
    letter = roman = 0
    for index, block in enumerate(blocks):
        if block.kind not in (BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.PARAGRAPH):
            continue
        text = full_text(block)
        match = MARKED.match(text)
        if not match or not text[match.end() :].strip():
            continue
        style, number = _counted(match.group(1) or match.group(2), letter, roman)
        if style is Style.LOWER:
            letter, roman = number, 0
        elif style is Style.ROMAN:
            roman = number
        else:
            letter = roman = 0
        title = text[match.end() :].strip(" *")
        listed = block.kind is BlockKind.LIST_ITEM and block.marker in {"-", "•", "*", "–", "·", "▪"}
        short = len(title) <= LONGEST_TITLE and not title.endswith((";", ",", "."))
        found.append(Marked(block.origin.line, style, number, title, index, short and not listed))
    return tuple(found)


def _counted(mark: str, letter: int, roman: int) -> tuple[Style, int]:
    if mark.isdigit():
        return Style.DIGIT, int(mark)
    if mark.isupper():
        return Style.UPPER, ord(mark) - ord("A") + 1
    as_roman = ROMANS.get(mark, 0)
    as_letter = ord(mark) - ord("a") + 1 if len(mark) == 1 else 0
    if as_roman and (not as_letter or as_roman == roman + 1) and as_letter != letter + 1:
        return Style.ROMAN, as_roman
    return (Style.LOWER, as_letter) if as_letter else (Style.ROMAN, as_roman)


@dataclass(frozen=True, slots=True)
class Banner:
    """The heading of a table: one line with nothing beside it, straight above a row of column headings."""

    line: int | None
    text: str
    heading_row: Block


def is_heading_row(row: Block) -> bool:
    """Whether a table row names columns of a plan: short cells with at least two of the words that such rows use."""
    filled = [cell.text for cell in row.cells if not cell.empty]
    if len(filled) < 3 or any(len(text) > 120 for text in filled):
        return False
    names_column = _column_words().search
    return sum(1 for text in filled if names_column(text.lower())) >= 2


@cache
def _column_words() -> re.Pattern[str]:
    """Any of the words that heading rows use, as a whole word."""
    return re.compile(rf"(?<![a-z])(?:{'|'.join(sorted(word_set('sections', 'column_words')))})(?![a-z])")


def table_runs(blocks: tuple[Block, ...]) -> Iterator[list[Block]]:
    """The table rows of a document in runs that nothing else interrupts."""
    for of_table, run in groupby(blocks, key=lambda block: block.kind is BlockKind.TABLE_ROW):
        if of_table:
            yield list(run)


def opening_rows(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """The first row of each table, and the first after anything that interrupts one, as a page break does."""
    for run in table_runs(blocks):
        for _, rows in groupby(run, key=lambda row: (row.origin.sheet, row.origin.table)):
            yield next(rows)


def heading_rows(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """All rows of column headings, page repeats included."""
    return tuple(block for block in blocks if block.kind is BlockKind.TABLE_ROW and is_heading_row(block))


def banners(blocks: tuple[Block, ...]) -> Iterator[Banner]:
    """The table headings of a document, page repeats included."""
    last: Block | None = None
    for block in blocks:
        if block.kind in (BlockKind.BLANK, BlockKind.RULE):
            continue
        heading = block.kind is BlockKind.TABLE_ROW and is_heading_row(block)
        if heading and last is not None and (text := _banner_text(last)):
            yield Banner(last.origin.line, text, block)
        last = block


def _banner_text(block: Block) -> str:
    if block.kind is BlockKind.TABLE_ROW:
        filled = [cell.text for cell in block.cells if not cell.empty]
        text = filled[0].strip() if len(filled) == 1 and not block.cells[0].empty else ""
    else:
        text = full_text(block)
    return text if 0 < len(text) <= LONGEST_TITLE else ""


def table_place(subject: Subject) -> tuple[int | None, str, Mapping[str, str]]:
    """Where a finding on a whole table stands: its first row of headings; in a workspace that of the objectives."""
    rows = heading_rows(subject.blocks)
    if rows:
        first = next(cell.text for cell in rows[0].cells if not cell.empty)
        return rows[0].origin.line, first, {}
    file = next((anchor.file for row in subject.plan.objectives if (anchor := subject.anchor(row.id)).file), "")
    return (1, subject.plan.title, {"file": file}) if file else (None, subject.plan.title, {})
