"""What the columns of a plan table hold, told from the words of their headings, never from position or file name."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from importlib.resources import files

from trigpoint.periods import FinancialYear, Period, Quarter, find_period
from trigpoint.plans.document import Block, BlockKind

LONGEST_HEADING = 120
LONGEST_PERIOD_HEADING = 4


class ColumnKind(Enum):
    """What a column of a plan table holds."""

    THEME = "theme"
    NUMBER = "number"
    OBJECTIVE = "objective"
    LEAD = "lead"
    COMMITTEE = "committee"
    LEAD_AND_COMMITTEE = "lead and committee"
    DELIVERABLE = "deliverable"
    MILESTONE = "milestone"
    BASELINE = "baseline"
    MEASURE = "measure"
    LINK = "link"
    DUE = "due"
    AREA = "area"
    STATUS = "status"
    RISK = "risk"
    UNKNOWN = "unknown"


OWNERS = frozenset((ColumnKind.LEAD, ColumnKind.COMMITTEE, ColumnKind.LEAD_AND_COMMITTEE))
CONTENT = frozenset((ColumnKind.OBJECTIVE, ColumnKind.DELIVERABLE, ColumnKind.MILESTONE))


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its kind, its printed heading, and the period that the heading names.

    ``label`` is the period as the plan format prints it ("2016/17 Q3", "2017/18"; "Q3" when no year is known).
    """

    kind: ColumnKind
    heading: str
    period: Period | None = None
    label: str = ""

    @property
    def key(self) -> tuple[ColumnKind, str]:
        """The same column under a heading repeated on another page has the same key."""
        return (self.kind, self.label or self.heading.lower())


QUARTER = re.compile(r"\b(?:q(?:uarter)? ?([1-4])|([1-4])(?:st|nd|rd|th) quarter)\b", re.IGNORECASE)


@cache
def _patterns() -> tuple[tuple[ColumnKind, re.Pattern[str]], ...]:
    pack = tomllib.loads(files("trigpoint.documents").joinpath("data/columns.toml").read_text("utf-8"))
    return tuple((ColumnKind(row["kind"]), re.compile("|".join(row["words"]))) for row in pack["column"])


@lru_cache(maxsize=4096)
def column_kind(heading: str) -> ColumnKind:
    """The kind of column that a heading announces.

    >>> column_kind("Success measure (inc reference to plan trajectories)")
    <ColumnKind.MEASURE: 'measure'>
    """
    words = heading.lower().strip(" :*")
    for kind, pattern in _patterns():
        if pattern.search(words):
            return kind
    return ColumnKind.UNKNOWN


def header_columns(block: Block, years: tuple[FinancialYear, ...] = ()) -> tuple[Column, ...] | None:
    """The columns of a heading row, or ``None`` when the row is no heading of a plan table.

    A heading row says at least two different things, one of them in words an objective, deliverable or milestone
    (a row of years alone heads a table of numbers), and no cell is longer than ``LONGEST_HEADING`` characters.
    """
    if block.kind is not BlockKind.TABLE_ROW:
        return None
    texts = [" ".join(cell.paragraphs) for cell in block.cells]
    while texts and not texts[-1]:
        texts.pop()
    filled = [text for text in texts if text]
    if len(filled) < 2 or any(len(text) > LONGEST_HEADING for text in filled):
        return None
    worded = {column_kind(text) for text in filled} - {ColumnKind.UNKNOWN}
    if not worded & CONTENT:
        return None
    columns = tuple(_column(text, years) for text in texts)
    known = [column for column in columns if column.kind is not ColumnKind.UNKNOWN]
    unknown = sum(1 for column in columns if column.heading and column.kind is ColumnKind.UNKNOWN)
    dated = any(column.kind in CONTENT and column.label for column in known)
    if len(worded) + dated < 2 or unknown > len(known) // 3:
        return None
    return columns


def _column(text: str, years: tuple[FinancialYear, ...]) -> Column:
    kind = column_kind(text) if text else ColumnKind.UNKNOWN
    found = QUARTER.search(text)
    period = find_period(text) if text else None
    if kind is ColumnKind.UNKNOWN and text and (found or period) and len(text.split()) <= LONGEST_PERIOD_HEADING:
        kind = ColumnKind.MILESTONE
    if kind not in CONTENT:
        return Column(kind, text)
    if found and not isinstance(period, Quarter):
        number = int(found[1] or found[2])
        year = period if isinstance(period, FinancialYear) else years[0] if len(years) == 1 else None
        if year is None:
            return Column(kind, text, None, f"Q{number}")
        period = Quarter(year, number)
    return Column(kind, text, period, period.label if period else "")
