"""One sheet: its name and its rows, read when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

from trigpoint.errors import Where

Cell = str | float | int | bool | date | datetime | time | timedelta
"""A cell as it is stored: a number is a number in a workbook and text in a CSV. "" is an empty cell."""
Row = tuple[Cell, ...] | list[Cell] | list[str]
AS_PUBLISHED = "give the file as it was published"
"""What to do about a file that lacks what its release has."""


@dataclass(eq=False)
class Sheet:
    """``rows`` are as wide as they are in the file; row 1 of the file is ``rows[0]``, whatever size it declares."""

    name: str
    visible: bool = True
    rows_of: Callable[[], list[list[Cell]]] | None = field(default=None, repr=False)

    def __init__(
        self,
        name: str,
        *,
        visible: bool = True,
        rows: tuple[Row, ...] | list[Row] = (),
        rows_of: Callable[[], list[list[Cell]]] | None = None,
    ) -> None:
        self.name = name
        self.visible = visible
        self.rows_of = rows_of
        self._given = rows

    def place(self, file: str, line: int | None = None) -> Where:
        """A row of the sheet, counted from 1, or all of it: a text has lines and no name, a workbook sheets with rows.

        >>> str(Sheet("Provider").place("a.xlsx", 7)), str(Sheet("").place("a.csv", 7))
        ('a.xlsx, sheet Provider, row 7', 'a.csv, line 7')
        """
        return Where(file, sheet=self.name, row=line) if self.name else Where(file, line)

    @cached_property
    def rows(self) -> list[Row] | tuple[Row, ...]:
        """The rows, from the first of the file."""
        return list(self.rows_of()) if self.rows_of is not None else self._given
