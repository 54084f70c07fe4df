"""What the columns of a plan table hold, told from the words of their headings, never from position or file name."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from trigpoint.periods import FinancialYear, Period, Quarter, find_period

LONGEST_HEADING = 120
LONGEST_PERIOD_HEADING = 4
MOST_WORDS = 10
MOST_WORDS_ASKED = 16
MOST_COMMAS = 2


class ColumnKind(Enum):
    """What a column of a plan table holds."""

    THEME = "theme"
    NUMBER = "number"
    OBJECTIVE = "objective"
    LEAD = "lead"
    COMMITTEE = "committee"
    LEAD_AND_COMMITTEE = "lead and committee"
    LEAD_AND_DUE = "lead and due"
    PARTNERS = "partners"
    DELIVERABLE = "deliverable"
    MILESTONE = "milestone"
    DETAIL = "detail"
    BASELINE = "baseline"
    MEASURE = "measure"
    LINK = "link"
    START = "start"
    DUE = "due"
    REVISED_DUE = "revised due"
    REVIEW = "review"
    COMPLETED = "completed"
    AREA = "area"
    STATUS = "status"
    UPDATE = "update"
    RISK = "risk"
    MITIGATION = "mitigation"
    RESOURCE = "resource"
    RATING = "rating"
    UNKNOWN = "unknown"


OWNERS = frozenset((ColumnKind.LEAD, ColumnKind.COMMITTEE, ColumnKind.LEAD_AND_COMMITTEE, ColumnKind.LEAD_AND_DUE))
CONTENT = frozenset((ColumnKind.OBJECTIVE, ColumnKind.DELIVERABLE, ColumnKind.MILESTONE))
DATED = frozenset((ColumnKind.DUE, ColumnKind.REVISED_DUE, ColumnKind.LEAD_AND_DUE))
STATUSES = frozenset((ColumnKind.STATUS, ColumnKind.UPDATE, ColumnKind.COMPLETED))
PERIODIC = CONTENT | STATUSES | {ColumnKind.MEASURE}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its kind, its printed heading, and the period that the heading names.

    ``label`` is the period as the plan format prints it ("2016/17 Q3", "2017/18"; "Q3" when no year is known).
    ``guessed`` says that the kind was told from the cells, because the heading's words do not tell it.
    """

    kind: ColumnKind
    heading: str
    period: Period | None = None
    label: str = ""
    guessed: bool = False

    @property
    def key(self) -> tuple[ColumnKind, str]:
        """The same column under a heading repeated on another page has the same key."""
        return (self.kind, self.label or self.heading.lower())


QUARTER = re.compile(r"\b(?:q(?:uarter)? ?([1-4])|([1-4])(?:st|nd|rd|th) quarter)\b", re.IGNORECASE)
EXAMPLES = re.compile(r"[\s,;(]+(?:e\.g\.|eg|i\.e\.|ie|for example|such as)(?:\s.*)?$")
PERIOD_WORDS = re.compile(
    r"\bq\s?[1-4]\b|\b(?:quarter|qtr|year|years|fy|end|of|to|month|spring|summer|autumn|winter|the|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\b"
)
BRACKETS = re.compile(r"\s*\([^()]*\)|\s*\[[^\[\]]*\]")
SUMMARY = re.compile(
    r"(?:brief |high[- ]level )?summary of (?:the )?(?:main |key )?(?:urgent )?(?=concern|action|recommend|objective)"
)
EDGES = " :*.?!–—-_/\t"


@cache
def column_words() -> dict[str, Any]:
    """The data pack of column headings."""
    return tomllib.loads(files("trigpoint.documents").joinpath("data/columns.toml").read_text("utf-8"))


@cache
def _wholes() -> dict[str, ColumnKind]:
    return {word: ColumnKind(row["kind"]) for row in column_words()["column"] for word in row.get("whole", ())}


@cache
def _patterns() -> tuple[tuple[ColumnKind, re.Pattern[str]], ...]:
    rows = column_words()["column"]
    return tuple((ColumnKind(row["kind"]), re.compile("|".join(row["words"]))) for row in rows)


@lru_cache(maxsize=4096)
def column_kind(heading: str) -> ColumnKind:
    """The kind of column that a heading announces.

    >>> column_kind("Success measure (inc reference to plan trajectories)"), column_kind("Who?")
    (<ColumnKind.MEASURE: 'measure'>, <ColumnKind.LEAD: 'lead'>)
    """
    words = " ".join(heading.lower().replace("’", "'").replace("_", " ").split())
    bare = EXAMPLES.sub("", BRACKETS.sub("", words)).strip(EDGES)
    longest = MOST_WORDS_ASKED if words.endswith("?") else MOST_WORDS
    if len(words) > LONGEST_HEADING or len(bare.split()) > longest or bare.count(",") > MOST_COMMAS or "`" in words:
        return ColumnKind.UNKNOWN
    whole = words.strip(EDGES)
    if whole in _wholes():
        return _wholes()[whole]
    if summary := SUMMARY.match(bare):
        return column_kind(bare[summary.end() :])
    return next((kind for text in dict.fromkeys((bare, whole)) if text and (kind := _worded(text))), ColumnKind.UNKNOWN)


def _worded(text: str) -> ColumnKind | None:
    """The kind that words announce, ``None`` where they are those of no column."""
    if text in _wholes():
        return _wholes()[text]
    return next((kind for kind, pattern in _patterns() if pattern.search(text)), None)


@cache
def _breadths(kind: ColumnKind) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(words) for words in column_words()["breadth"].get(kind.value, ()))


def breadth(column: Column) -> int:
    """How narrow the thing is that a heading names, among those of its kind: 0 is the broadest.

    >>> breadth(Column(ColumnKind.OBJECTIVE, "Priority")) < breadth(Column(ColumnKind.OBJECTIVE, "Objective"))
    True
    """
    patterns = _breadths(column.kind)
    words = column.heading.lower()
    return next((place for place, pattern in enumerate(patterns) if pattern.search(words)), len(patterns))


def column_of(text: str, years: tuple[FinancialYear, ...] = ()) -> Column:
    """The column that a heading's words announce, with the period that they name.

    A quarter without a year takes that of a plan of one year.
    """
    kind = column_kind(text) if text else ColumnKind.UNKNOWN
    found = QUARTER.search(text)
    period = find_period(text) if text and (found or any(map(str.isdigit, text))) else None
    if kind is ColumnKind.UNKNOWN and is_period_heading(text, found is not None or period is not None):
        kind = ColumnKind.MILESTONE
    if kind not in PERIODIC:
        return Column(kind, text)
    if found and not isinstance(period, Quarter):
        number = int(found[1] or found[2])
        year = period if isinstance(period, FinancialYear) else years[0] if len(years) == 1 else None
        if year is None:
            return Column(kind, text, None, f"Q{number}" if kind in CONTENT else "")
        period = Quarter(year, number)
    return Column(kind, text, period, period.label if period and kind in CONTENT else "")


def is_period_heading(text: str, names_period: bool) -> bool:
    """Whether a heading is a period and little else: "Q3", "2017/18", "Year 1 (2026/27)"."""
    if not text or not names_period or len(text.split()) > LONGEST_PERIOD_HEADING:
        return False
    return len(re.findall(r"[a-z]+", PERIOD_WORDS.sub(" ", text.lower()))) <= 1
