"""The values that reading dates in running text gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from trigpoint.periods.calendar import Period
from trigpoint.periods.reading import Doubt


class Certainty(Enum):
    """How sure the due date of a phrase is.

    ``EXACT`` the day is printed with its year; ``PERIOD_END`` a month, quarter or year is printed with its year, and
    the date is its last day (its first, where the words say "start of"); ``YEAR_INFERRED`` the year is that of the
    column or plan; ``SEASON`` a season, or the early, middle or late part of a period; ``AMBIGUOUS`` another reading
    would do as well, and the doubts say which; ``VAGUE`` no date of the calendar ("now").
    """

    EXACT = "exact"
    PERIOD_END = "period end"
    YEAR_INFERRED = "year inferred"
    SEASON = "season"
    AMBIGUOUS = "ambiguous"
    VAGUE = "vague"


class Role(Enum):
    """The part a date plays in its sentence.

    ``DUE`` the commitment falls due then; ``START`` something begins then and goes on ("from 1 April 2016");
    ``CONTEXT`` the date only tells what is meant ("the 2017/18 CQUIN", "for post September 2016").
    """

    DUE = "due"
    START = "start"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """A date as words name it.

    ``text`` is ``source[start:stop]``, introducing words included ("By the end of Q3"). The words can mean any day from
    ``earliest`` to ``latest``; ``due`` is the one taken (of a start, its first day). ``period`` is the month, quarter
    or year named, where there is one. ``opens`` says that the phrase stands at the beginning of a sentence; ``firm``
    that it binds beyond doubt: it is introduced by "by", "no later than" and the like, or opens the sentence. ``note``
    tells the doubts in words.
    """

    text: str
    start: int
    stop: int
    earliest: date
    latest: date
    due: date
    certainty: Certainty
    role: Role
    period: Period | None = None
    note: str = ""
    doubts: tuple[Doubt, ...] = ()
    opens: bool = False
    firm: bool = False
