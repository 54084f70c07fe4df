"""What an expression of the calendar means, before its part in the sentence is known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from trigpoint.periods.calendar import Period
from trigpoint.periods.year_frame import AssumedYear


class Doubt(Enum):
    """Why a date could be read in another way."""

    NO_YEAR = "no year is printed: taken from the plan"
    SEVERAL_YEARS = "no year is printed, and the plan has several"
    YEAR_OR_DAY = "the two digits after the month were taken as the year; they could be the day"
    START_OR_END = "a quarter without “start” or “end”: taken as its end"
    CALENDAR_OR_FINANCIAL = "a single year: could be the calendar year or the financial year"


class Kind(Enum):
    """What sort of words an expression is."""

    DAY = "day"
    MONTH = "month"
    PLAN_MONTH = "numbered month of the financial year"
    QUARTER = "quarter"
    HALF = "half"
    FINANCIAL_YEAR = "financial year"
    CALENDAR_YEAR = "calendar year"
    POOL = "pool of years"
    SEASON = "season"
    YEAR_END = "year end"
    NOW = "now"


@dataclass(frozen=True, slots=True)
class Reading:
    """The first and last day that an expression can mean.

    A ``leaning`` one ("March", "2020") counts as a date only where a preposition or brackets introduce it.
    """

    kind: Kind
    first: date
    last: date
    period: Period | None = None
    year_printed: bool = True
    leaning: bool = False
    doubts: tuple[Doubt, ...] = ()

    def inferred(self, assumed: AssumedYear) -> Reading:
        """The same reading, saying that its year was not printed."""
        doubt = Doubt.NO_YEAR if assumed.sure else Doubt.SEVERAL_YEARS
        return replace(self, year_printed=False, doubts=(*self.doubts, doubt))


@dataclass(frozen=True, slots=True)
class Expression:
    """A reading with its place in the text."""

    start: int
    stop: int
    reading: Reading
