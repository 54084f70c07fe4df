"""The values of cells that hold numbers → what the cells show, by their style's number format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from trigpoint.documents.readers.workbook.sheet_builder import Met, SheetBuilder
from trigpoint.documents.readers.workbook.sheet_dates import DAYS_TO_1904, EPOCH
from trigpoint.documents.readers.workbook.sheet_formats import CellFormat, cell_format
from trigpoint.documents.readers.workbook.sheet_numbers import finite, general
from trigpoint.documents.readers.workbook.sheet_words import EMPTY, Words, words_of

MOST_REMEMBERED = 100_000
LONGEST_NAMED = 40
GENERAL = cell_format("General")
DAY = cell_format("dd/mm/yyyy")
DAY_NOUGHT = datetime.fromordinal(EPOCH)
SECONDS_A_DAY = 86_400


@dataclass(slots=True)
class CellValues:
    """What numbers show in each style of a workbook; the same number in the same style is worked out once."""

    formats: Sequence[CellFormat] = ()
    from_1904: bool = False
    known: dict[tuple[str | int | None, str | float], Words] = field(default_factory=dict)

    def number(
        self, written: str | float, style: str | int | None, builder: SheetBuilder, row: int, column: int
    ) -> Words:
        """The words of a number, or of an ISO date, as written in a file, in this style.

        What is no number is given as written, what its format hides not at all; the builder hears of both.
        """
        found = self.known.get((style, written))
        if found is not None:
            return found
        look = self._format(style)
        value = finite(written) if isinstance(written, str) else written
        if value is None and isinstance(written, str):
            value = self._day_number(written)
            look = DAY if look.general else look
        shown = None if value is None else look.shown(value, from_1904=self.from_1904)
        if value is None or shown is None:
            builder.meet(Met.IMPOSSIBLE, row, column, str(written)[:LONGEST_NAMED])
            return words_of(builder.checked(str(written), row, column))
        if not shown and value:
            builder.meet(Met.MASKED, row, column, general(value))
            return EMPTY
        words = words_of(shown)
        if len(self.known) < MOST_REMEMBERED:
            self.known[style, written] = words
        return words

    def _format(self, style: str | int | None) -> CellFormat:
        try:
            index = int(style or 0)
            return self.formats[index] if index >= 0 else GENERAL
        except (ValueError, IndexError):
            return GENERAL

    def _day_number(self, written: str) -> float | None:
        """The day number of a date in ISO form, which newer files may hold instead of a number."""
        try:
            moment = datetime.fromisoformat(written.strip().removesuffix("Z")).replace(tzinfo=None)
        except ValueError:
            return None
        days = (moment - DAY_NOUGHT).total_seconds() / SECONDS_A_DAY
        return days - DAYS_TO_1904 if self.from_1904 else days
