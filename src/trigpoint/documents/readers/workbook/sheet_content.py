"""A sheet of a workbook as its reader leaves it, alike in all formats: filled cells alone, however large the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from trigpoint.documents.readers.workbook.sheet_words import Words
from trigpoint.plans.document import Remark

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
"""The corner of the largest sheet that any program makes; a cell beyond it means a damaged file."""


class SheetState(Enum):
    """Whether people see the sheet. A very hidden one is not even offered by Excel's "Unhide"."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "very hidden"


class Shown(Enum):
    """Whether a row or column is seen; ``FILTERED`` and ``COLLAPSED`` ones are part of what people work with."""

    SEEN = "seen"
    HIDDEN = "hidden"
    FILTERED = "filtered"
    COLLAPSED = "collapsed"


class Merge(NamedTuple):
    """A merged range, corners included."""

    top: int
    left: int
    bottom: int
    right: int


class SheetRow(NamedTuple):
    """The filled cells of a row with their columns, ascending."""

    number: int
    cells: Sequence[tuple[int, Words]]
    shown: Shown = Shown.SEEN


class ColumnRange(NamedTuple):
    """Columns that are not plainly seen, both ends included."""

    first: int
    last: int
    shown: Shown


@dataclass(frozen=True, slots=True)
class SheetContent:
    """All filled rows of a sheet, ascending; hidden ones are among them and marked as such.

    ``unseen`` are ranges of rows out of sight that hold nothing, both ends included.
    """

    name: str
    state: SheetState
    rows: tuple[SheetRow, ...]
    merges: tuple[Merge, ...] = ()
    columns: tuple[ColumnRange, ...] = ()
    unseen: tuple[tuple[int, int], ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkbookContent:
    """What a reader of one format hands over: sheets in order, remarks on the file, what it says of itself."""

    sheets: tuple[SheetContent, ...]
    remarks: tuple[Remark, ...]
    properties: dict[str, str]


def column_number(name: str) -> int:
    """The column that letters name; 0 for what is no column.

    >>> column_number("A"), column_number("xfd"), column_number("ABCDE"), column_number("A1")
    (1, 16384, 0, 0)
    """
    number = 0
    if not (name.isascii() and name.isalpha() and len(name) <= 3):
        return 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number if number <= LAST_COLUMN else 0
