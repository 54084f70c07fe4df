"""Words → dates, with the kind of certainty and the part each date plays in its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from trigpoint.periods.calendar import FinancialYear, Period
from trigpoint.periods.days import days_meant
from trigpoint.periods.expressions import find_expressions
from trigpoint.periods.phrase import Certainty, DatePhrase, Role
from trigpoint.periods.reading import Doubt, Kind, Reading
from trigpoint.periods.roles import doubts_of, joined, role_alone, roles_in_sentences
from trigpoint.periods.surroundings import Surroundings, surroundings
from trigpoint.periods.words import Introducer, Part, date_words
from trigpoint.periods.year_frame import YearFrame

_BINDING = frozenset({Introducer.BINDS, Introducer.BEFORE, Introducer.START})


def find_dates(
    text: str, *, years: Sequence[FinancialYear] = (), column: Period | None = None
) -> tuple[DatePhrase, ...]:
    """Every date in a text, in order.

    ``years`` are the financial years of the plan and ``column`` the quarter or year the text stands under; a date that
    prints no year takes it from the column, else from the plan, else from a dated phrase nearby. A phrase whose year
    nobody knows is left out. Financial years run from 1 April to 31 March.

    >>> [phrase.due.isoformat() for phrase in find_dates("By June 16, agreed; live by Q3", years=[FinancialYear(2016)])]
    ['2016-06-30', '2016-12-31']
    """
    frame = _frame(tuple(years), column)
    phrases: list[DatePhrase] = []
    before: Surroundings | None = None
    for expression in find_expressions(text, frame):
        around = surroundings(text, expression, floor=phrases[-1].stop if phrases else 0)
        if not _is_date(expression.reading, around):
            continue
        phrase = _phrase(text, expression.reading, around, frame)
        if before is not None:
            phrases[-1], phrase = joined(text, phrases[-1], phrase, before, around)
        before = around
        phrases.append(phrase)
    return roles_in_sentences(text, phrases)


@lru_cache(maxsize=256)
def _frame(years: tuple[FinancialYear, ...], column: Period | None) -> YearFrame:
    """A plan asks in a few frames for thousands of texts."""
    return YearFrame.of(years, column)


def due_date(text: str, *, years: Sequence[FinancialYear] = (), column: Period | None = None) -> DatePhrase | None:
    """The date that binds the commitment a text makes, or ``None``.

    The first firm due date, else the first due date; dates that only begin something or give context never bind.

    >>> due_date("By Q2, funding for post September 2016 is agreed", years=[FinancialYear(2016)]).due.isoformat()
    '2016-09-30'
    """
    return binding_date(find_dates(text, years=years, column=column))


def binding_date(phrases: Sequence[DatePhrase]) -> DatePhrase | None:
    """Of the dates of one text the one that binds: the first firm due date, else the first due date, else ``None``."""
    due = [phrase for phrase in phrases if phrase.role is Role.DUE]
    return next((phrase for phrase in due if phrase.firm), due[0] if due else None)


def _is_date(reading: Reading, around: Surroundings) -> bool:
    """Whether the words are a date here: not "reduce by 2020 attendances", "winter pressures" or "May be revised"."""
    kind = reading.kind
    if not reading.leaning:
        return True
    if kind is Kind.CALENDAR_YEAR:
        counted = around.is_adjective and date_words().changed.search(f"{around.before}{around.said} ")
        return not counted and (around.introducer is not None or around.part is not None)
    if around.introducer in _BINDING or around.part is not None:
        return True
    if around.introducer is not None:
        return kind is Kind.PLAN_MONTH or not around.is_adjective
    before, after = around.before.rstrip()[-1:], around.after.lstrip()[:1]
    return before in {"", "("} and after in {"", ")"}


def _phrase(text: str, reading: Reading, around: Surroundings, frame: YearFrame) -> DatePhrase:
    """The phrase with its days, its certainty and the role that it has by itself."""
    starts = Introducer.START if around.onwards and around.part is None else around.introducer
    earliest, latest, due = days_meant(reading, starts, around.part)
    doubts = doubts_of(reading.kind, reading.doubts, around)
    role, firm = role_alone(reading.kind, around, latest, frame)
    stop = around.stop + around.onwards
    return DatePhrase(
        text=text[around.start : stop],
        start=around.start,
        stop=stop,
        earliest=earliest,
        latest=latest,
        due=due,
        certainty=_certainty(reading, around.part, doubts),
        role=role,
        period=reading.period,
        note="; ".join(doubt.value for doubt in doubts),
        doubts=doubts,
        opens=around.opens,
        firm=firm,
    )


def _certainty(reading: Reading, part: Part | None, doubts: tuple[Doubt, ...]) -> Certainty:
    if reading.kind is Kind.NOW:
        return Certainty.VAGUE
    if any(doubt is not Doubt.NO_YEAR for doubt in doubts):
        return Certainty.AMBIGUOUS
    if not reading.year_printed:
        return Certainty.YEAR_INFERRED
    if reading.kind is Kind.SEASON or part in (Part.EARLY, Part.MID, Part.LATE):
        return Certainty.SEASON
    return Certainty.EXACT if reading.kind is Kind.DAY else Certainty.PERIOD_END
