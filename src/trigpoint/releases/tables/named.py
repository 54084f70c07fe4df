"""Columns recognised by their names where years differ in blanks, capitals and punctuation only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.files.sheet import Cell, Row, Sheet
from trigpoint.releases.schema import Column, Era
from trigpoint.releases.tables.cells import normal, words

NOBODY = ("", "-", "–")
"""What stands for a code where there is none."""
_ENGLAND_CODES = ("eng", "england", "e92000001", "total", "england total", "grand total", "all", "national")
_ENGLAND_NAMES = ("england", "total", "england total", "total england")
_OTHER = re.compile(r"[^a-z0-9&%+|]+")


def plain(cell: Cell) -> str:
    """Letters and digits of a name, in small letters: what stays the same from year to year.

    >>> plain("Elective G&A Admissions (FFCEs) -NHS Treatment Centres "), plain("SPECIFIC_FIRST_GP")
    ('electiveg&aadmissionsffcesnhstreatmentcentres', 'specificfirstgp')
    """
    return _OTHER.sub("", normal(cell))


def fitted(era: Era, names: Sequence[str]) -> Era:
    """The era with those of its columns that stand among the names, under the names as the file spells them."""
    known = {plain(name): column for name, column in era.columns.items()}
    return replace(era, columns={name: known[plain(name)] for name in names if plain(name) in known})


def column_of(names: Sequence[str], choices: Iterable[str]) -> int | None:
    """The first column that has one of the names in ``choices``, the first choice before the second."""
    spelt = [plain(name) for name in names]
    return next((spelt.index(plain(choice)) for choice in choices if plain(choice) in spelt), None)


def cell_of(row: Row, at: int | None) -> str:
    """The words of a row's cell; "" where the column or the cell is not there."""
    return words(row[at]) if at is not None and at < len(row) else ""


def is_england(name: str, *codes: str, names: Iterable[str] = _ENGLAND_NAMES) -> bool:
    """Whether a row is England's: its code says so, or it has the code of nobody and its name is one of ``names``.

    ``names`` are words in small letters, each also a regular expression of the whole name; a release that has words of
    its own has them in its data file. A row that says nothing at all is not England's.

    >>> is_england("England", "-", ""), is_england("Total", "R1A"), is_england("", "E92000001"), is_england("", "")
    (True, False, True, False)
    """
    said = [code for one in codes if (code := normal(one)) not in NOBODY]
    if said:
        return all(code in _ENGLAND_CODES for code in said)
    return any((name, *codes)) and any(re.fullmatch(one, normal(name)) for one in names)


def once_each(columns: Mapping[str, Column]) -> dict[str, Column]:
    """The columns without those that count what an earlier one counts: a total that is printed beside each split."""
    kept: dict[tuple[str, str], str] = {}
    for name, column in columns.items():
        kept.setdefault((column.part, column.detail), name)
    return {name: columns[name] for name in kept.values()}


def tops(content: Content, sheets: int = 3) -> tuple[Sheet, ...]:
    """The first visible sheets of a workbook, or the first rows of a text as a sheet: what recognition looks at."""
    if content.kind is Kind.TEXT:
        return (Sheet("", rows=content.head),)
    return content.visible[:sheets]


def said_at_top(content: Content, *phrases: str, sheets: int = 3, rows: int = 20) -> bool:
    """Whether one of the phrases (in small letters) stands in the first rows of the first visible sheets."""
    return any(
        phrase in normal(cell)
        for sheet in tops(content, sheets)
        for row in sheet.rows[:rows]
        for cell in row
        if isinstance(cell, str)
        for phrase in phrases
    )


def remarks(sheet: Sheet, most: int = 400) -> str:
    """The words of a sheet of notes as one sentence, cut where it is long; "" where there are none."""
    said = "; ".join(" ".join(words(cell) for cell in row if words(cell)) for row in sheet.rows if any(map(words, row)))
    return said if len(said) <= most else f"{said[:most].rsplit(' ', 1)[0]} …"
