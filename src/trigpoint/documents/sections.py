"""What rows and tables stand under: headings by their level, titles straight above, sheet names, section rows."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field, replace

from trigpoint.documents.bands import Band
from trigpoint.documents.columns import Column, ColumnKind
from trigpoint.documents.layout_words import repeats_others, says_nothing, without_label
from trigpoint.documents.leads import NAMED, has_role, is_committee
from trigpoint.documents.owner_lines import owner_named
from trigpoint.documents.runs import Run
from trigpoint.plans.document import Block, BlockKind, Cell

LONGEST_TITLE = 120
GAP_BEFORE_HEADER = 3
TITLE_LEVEL = 50
SHEET_LEVEL = -1
EMPHASIS = frozenset(("b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"))
FEWEST_COLUMNS = 3
FEW_WORDS = 8
NUMBER = re.compile(r"[A-Z]{0,4}[-. ]?\d{1,4}(?:\.\d{1,3})*[a-z]?\.?$", re.IGNORECASE)
LABELLED = re.compile(
    r"(?:strategic |key |our |national )?(?:theme|objective|priority|aim|goal|ambition|programme|workstream|pillar|"
    r"domain|outcome|section|part|chapter|must[- ]do|commitment)\s+(?:\d|[A-Z]\b|[ivx]+\b|one|two|three|four|five|six)",
    re.IGNORECASE,
)
NUMBERED_PARAGRAPH = re.compile(r"(\d{1,2}[.)])\s+(?=\S+\s+\S+\s+\S+\s+\S)")
OPENING = re.compile(
    r"\W*(?:local deliverable:\s*)?(?:by|before|no later than|at the (?:start|end) of)\b", re.IGNORECASE
)
LONGEST_OWNER = 200
OBJECTIVE = re.compile(
    r"(?:strategic |corporate |key |our )?(?:objective|priority|aim|goal|ambition)\b[^:]{0,12}[:–-]\s*\S", re.IGNORECASE
)


@dataclass(slots=True)
class HeadingPath:
    """The titles that hold at a place of the document, outermost first.

    In plain text only the title straight above a table counts; elsewhere a heading holds until the next of its level.
    """

    marked: bool
    stack: list[tuple[int, str, int]] = field(default_factory=list)
    name: str = ""
    fresh: bool = False

    def sheet(self, name: str) -> None:
        """Enter a sheet; its name holds for all of it when it says something."""
        if name and name != self.name:
            self.name = name
            self.stack = []
            if not says_nothing(name) and not repeats_others(name):
                self.stack.append((SHEET_LEVEL, name, 0))

    def add_heading(self, text: str, line: int, level: int) -> None:
        """A heading of the document, which ends those of its level and below."""
        self.stack = [row for row in self.stack if row[0] < max(level, 1)]
        self.stack.append((max(level, 1), text, line))

    def add_title(self, text: str, line: int) -> None:
        """A title straight above a table."""
        self.stack = [row for row in self.stack if row[0] < TITLE_LEVEL and row[2] != line]
        self.stack.append((TITLE_LEVEL, text, line))
        self.fresh = True

    def titles(self) -> list[tuple[str, int]]:
        """The titles that say something, with their lines (0 for the name of a sheet)."""
        if not self.marked:
            found = [(text, line) for level, text, line in self.stack if level == TITLE_LEVEL] if self.fresh else []
            self.fresh = False
            return found
        told = [(without_label(text), line) for _, text, line in self.stack]
        return [(text, line) for text, line in told if not says_nothing(text) and len(text) <= LONGEST_TITLE]


def title_above(blocks: tuple[Block, ...], index: int, headers: Container[int]) -> str:
    """The words of a block that titles the table below it, or "". ``headers`` are the lines of heading rows."""
    following = index + 1
    while following < len(blocks) and _says_no_more(blocks[following]):
        following += 1
        if following - index > GAP_BEFORE_HEADER:
            return ""
    if following + 1 not in headers or following - index > GAP_BEFORE_HEADER:
        return ""
    block = blocks[index]
    if block.kind is BlockKind.TABLE_ROW:
        filled = [cell for cell in block.cells if not cell.empty]
        return filled[0].text if len(filled) == 1 and len(filled[0].text) <= LONGEST_TITLE else ""
    return block.text if len(block.text) <= LONGEST_TITLE else ""


def _says_no_more(block: Block) -> bool:
    """Whether what stands between a title and its table leaves it its title: nothing, or a line that names the lead."""
    if block.kind in (BlockKind.BLANK, BlockKind.RULE):
        return True
    filled = [cell.text for cell in block.cells if not cell.empty] if block.cells else [block.text]
    return len(filled) == 1 and any(owner_named(filled[0]))


def is_section(run: Run, at: int, band: Band, *, marked: bool) -> bool:
    """Whether a row only names what the rows below it belong to: one cell over the whole width, or one that stands
    alone where a number or the first of many columns should, and looks like a heading.
    """
    filled = run.words(at)
    if len(filled) != 1 or len(filled[0].text) > LONGEST_TITLE * 2:
        return False
    if run.spans_all(at) and len(run.rows[at].cells) > 2:
        return True
    cells = run.rows[at].cells
    if len([one for one in band.headings if one]) < FEWEST_COLUMNS or any(one.covered for one in cells):
        return False
    place = next(place for place, cell in enumerate(cells) if not cell.empty)
    first = next((place for place, heading in enumerate(band.headings) if heading), 0)
    if place != first or at + 1 >= len(run.rows) or len(run.words(at + 1)) < 2:
        return False
    return _stands_out(run, at, filled[0], band, marked=marked)


def _stands_out(run: Run, at: int, cell: Cell, band: Band, *, marked: bool) -> bool:
    """Whether a lone cell looks like a heading: no number where numbers stand, bold, in capitals, labelled, or short
    in a table whose first row is one.
    """
    words = cell.text.strip()
    place = next(place for place, one in enumerate(run.rows[at].cells) if one is cell)
    column = band.columns[place] if place < len(band.columns) else None
    if column is not None and column.kind in (ColumnKind.OBJECTIVE, ColumnKind.THEME):
        return False
    numbers = column.kind is ColumnKind.NUMBER if column is not None else bool(band.risks)
    if numbers:
        return len(words) > 2 and not NUMBER.match(words)
    if not marked:
        return False  # what stands alone in plain text may be the rest of the row above
    opening = band.at + band.depth
    opens = opening < len(run.rows) and len(run.words(opening)) == 1 and len(words.split()) <= FEW_WORDS
    emphasised = bool(cell.tags & EMPHASIS) or words.isupper() or words.endswith(":")
    return emphasised or opens or LABELLED.match(words) is not None


def stray_paragraph(block: Block, columns: tuple[Column, ...]) -> Block | None:
    """A paragraph that a workbook keeps in the first cell of a row, where a plan by quarters lost its cells."""
    if not columns or columns[0].kind is not ColumnKind.THEME or not any(column.label for column in columns):
        return None
    text = block.cells[0].text
    if found := NUMBERED_PARAGRAPH.match(text):
        return replace(block, kind=BlockKind.LIST_ITEM, marker=found[1], text=text[found.end() :], raw=text, cells=())
    line = text[:LONGEST_OWNER]
    if OPENING.match(text) or is_committee(line) or (NAMED.match(line) and has_role(line)):
        return replace(block, kind=BlockKind.PARAGRAPH, text=text, raw=text, cells=())
    return None


def names_objective(text: str) -> bool:
    """Whether a title names one of an organisation's objectives: "Strategic objective 2: Safe care".

    >>> names_objective("Strategic objective 2: Safe care"), names_objective("Corporate risk register")
    (True, False)
    """
    return LABELLED.match(text) is not None or OBJECTIVE.match(text) is not None
