"""The sheets of an Excel template: which table each holds, and what stands in its cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from trigpoint.tabular.fields import Field, FileTable

README, LISTS = "Read me", "Lists"
"""The sheets that explain the template, and that hold what drop-downs offer."""


class CellKind(Enum):
    """What the cells of a column hold, and how a spreadsheet shows them."""

    WORDS = "words"
    FREE = "anything"
    NUMBER = "a number, or a share with the sign of one"
    MONEY = "pounds"
    MONTH = "a month: the first day of it"
    DATE = "a date"
    LOCKED = "words that explain the row"


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A sheet by its name, the table it holds, and what it is for in one sentence."""

    name: str
    table: FileTable
    purpose: str


Words = Mapping[tuple[str, str], Sequence[str]]
"""Words for a column, by the names of its table and of the column; "" is every table."""


@dataclass(frozen=True, slots=True)
class SheetForm:
    """A template: its sheets, and what stands in each column.

    ``introduction`` are the title and the sentences of the sheet that explains it. ``kind`` says what a column holds.
    ``choices`` are the only words that a column may hold, ``offered`` words that it may hold beside others – both may
    be a range of cells, as “='Schemes'!$A$2:$A$200” – and ``row_choices`` the words of the second column where the
    first says what the row is about. ``heading`` is what the first row shows of a column. Columns may be added to the
    tables of ``growing``. ``wide`` are columns of words that need room.
    """

    introduction: tuple[str, ...]
    sheets: tuple[SheetTable, ...]
    kind: Callable[[FileTable, str], CellKind]
    choices: Words = field(default_factory=dict)
    offered: Words = field(default_factory=dict)
    row_choices: Words = field(default_factory=dict)
    heading: Callable[[FileTable, str], str | date] = lambda _, name: name
    growing: frozenset[str] = frozenset()
    wide: frozenset[str] = frozenset({"name", "note", "source", "meaning"})


def of_column(words: Words, table: FileTable, column: str) -> Sequence[str]:
    """The words for a column of a table."""
    return words.get((table.name, column)) or words.get(("", column)) or ()


def settings_table(example: str) -> FileTable:
    """The table of a sheet of settings; ``example`` is the first of them."""
    return FileTable(
        "settings",
        (
            Field("setting", "which setting; the list is complete", example, needed=True),
            Field("value", "its value; empty for the usual one", "2016/17", common=True),
            Field("meaning", "what it says", common=True),
        ),
    )


def letters(column: int) -> str:
    """The letters of a column, counted from 0.

    >>> letters(0), letters(25), letters(26), letters(701), letters(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    found, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        found = chr(ord("A") + digit) + found
    return found
