"""Bytes of a file of comma-separated values → ``Document``: one table, each row on the line that it starts on."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence

from trigpoint.characters import without_unprintable
from trigpoint.documents.markup import pieces, tags
from trigpoint.documents.readers.limits import MAXIMUM_COLUMNS, MAXIMUM_LINE
from trigpoint.documents.readers.text import decode, numbered_lines, too_wide
from trigpoint.errors import InputError, Where
from trigpoint.plans.document import Block, BlockKind, Cell, Document, Format, Origin

DELIMITERS = (",", ";")
LINES_LOOKED_AT = 50
FEWEST_FIELDS = 3
OFTEN = 0.8  # of the rows looked at have the same number of fields


def parse_csv(data: bytes, name: str) -> Document:
    """The document in the bytes of a CSV file with commas or semicolons; ``blocks[n - 1]`` stands on line ``n``.

    A row with line breaks inside its quotes stands whole on its first line; blank blocks stand for the others.

    >>> document = parse_csv(b'Action,Owner\\n"Open a ward,\\nand staff it",Chief nurse\\nClose it,\\n', "plan.csv")
    >>> [(block.kind.value, block.origin.line) for block in document.blocks]
    [('table row', 1), ('table row', 2), ('blank', 3), ('table row', 4)]
    """
    lines = numbered_lines(decode(data, Where(name)), name)
    blocks: list[Block] = []
    for start, fields in _rows(lines, name):
        blocks.extend(_blank(line) for line in range(len(blocks) + 1, start))
        blocks.append(_row(fields, start, name))
    blocks.extend(_blank(line) for line in range(len(blocks) + 1, len(lines) + 1))
    return Document(name, tuple(blocks), Format.CSV)


def is_csv(lines: Sequence[str], *, called_so: bool) -> bool:
    """Whether lines are rows of values: most have the same number of fields, at least three, and are no sentences.

    What is called so ("plan.csv") needs no more than two fields in some row. After a comma a sentence has a blank.

    >>> is_csv(["Action,Owner,Due", "Open it,Nurse,June"], called_so=False)
    True
    >>> is_csv(["First, we listen, then act", "Next, we plan, then do"], called_so=False)
    False
    """
    lines = lines[:LINES_LOOKED_AT]
    mark = delimiter_of(lines)
    try:
        rows = [row for row in csv.reader(lines, delimiter=mark) if any(row)]
    except csv.Error:
        return called_so
    often, width = _evenness(lines, mark)
    if called_so:
        return width > 1
    later = [field for row in rows for field in row[1:] if field]
    spaced = sum(field.startswith(" ") for field in later)
    return width >= FEWEST_FIELDS and len(rows) > 1 and often > len(rows) * OFTEN and spaced * 2 <= len(later)


def delimiter_of(lines: Sequence[str]) -> str:
    """Comma or semicolon: the one that splits more of the lines into the same number of fields.

    >>> delimiter_of(["Action;Owner", "Open, staff and run it;Chief nurse"])
    ';'
    """
    return max(DELIMITERS, key=lambda mark: _evenness(lines, mark))


def _evenness(lines: Sequence[str], mark: str) -> tuple[int, int]:
    """How many rows have the commonest number of fields beyond one, and that number."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=mark) if len(row) > 1)
    except csv.Error:
        return 0, 0
    return max(((often, width) for width, often in widths.items()), default=(0, 0))


def _rows(lines: list[str], name: str) -> Iterator[tuple[int, list[str]]]:
    """Each row's fields with the line that it starts on; rows without words are left out."""
    mark = delimiter_of(lines[:LINES_LOOKED_AT])
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=mark)
    start = 1
    try:
        for fields in reader:
            if any(field.strip() for field in fields):
                yield start, fields
            start = reader.line_num + 1
    except csv.Error:
        what = "the row that starts here does not end: a quotation mark is not closed"
        raise InputError(what, where=Where(name, line=start), remedy="close it, or save the table as .xlsx") from None


def _row(fields: list[str], line: int, name: str) -> Block:
    if len(fields) > MAXIMUM_COLUMNS:
        raise too_wide(Where(name, line=line))
    if max(map(len, fields)) > MAXIMUM_LINE:
        what = f"a field of this row is longer than {MAXIMUM_LINE:,} characters: a quotation mark may not be closed"
        raise InputError(what, where=Where(name, line=line), remedy="close it, or save the table as .xlsx")
    cells = tuple(_cell(field, Origin(line=line, column=column)) for column, field in enumerate(fields, 1))
    text = "\t".join(" ".join(cell.paragraphs) for cell in cells)
    return Block(BlockKind.TABLE_ROW, text, Origin(line=line), cells=cells, raw=without_unprintable(";".join(fields)))


def _cell(field: str, origin: Origin) -> Cell:
    """A field; its own lines are paragraphs, unless it carries mark-up that says what they are."""
    marks = tags(field)
    parts = [field] if marks else field.split("\n")
    paragraphs = tuple(piece.text for part in parts for piece in pieces(part))
    raw = "\n".join(f"<p>{part}</p>" for part in parts if part.strip()) if len(paragraphs) > 1 and not marks else field
    return Cell(paragraphs, origin, raw, tags(raw))


def _blank(line: int) -> Block:
    return Block(BlockKind.BLANK, "", Origin(line=line))
