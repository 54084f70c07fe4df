"""The quarter of a row or of a sheet, in the spellings that the returns have used."""

from __future__ import annotations

import re

from trigpoint.releases.files.sheet import Cell
from trigpoint.releases.tables.cells import words
from trigpoint.releases.tables.spans import Span, month_of_year, quarter_ending, span

_LAST = re.compile(r".*?(?P<month>[a-z]{3,9})\.?[ ,'’]*(?P<year>(?:19|20)\d\d)", re.I)
_RANGE = re.compile(r"[a-z]{3,9}\.? ?(?:to|-|–) ?(?P<last>[a-z]{3,9})\.?", re.I)
_SHORT = re.compile(r"(?P<quarter>q[1-4])[ _-]*(?P<first>\d\d)[-_/ ]?(?P<second>\d\d)", re.I)
_NAMED = re.compile(r"q(?:uarter )?(?P<number>[1-4])", re.I)


def quarter_of(year: Cell, period: Cell) -> Span:
    """The quarter that a row means: ``2020-21`` with ``September`` is July to September 2020.

    The period may be the month with which it ends, the months it runs over, its number, or a date in its last month;
    without one the year is meant. ``ValueError`` where neither can be read.

    >>> [day.isoformat() for day in quarter_of("2020-21", "September")]
    ['2020-07-01', '2020-09-30']
    >>> quarter_of("2010/11", "Q4")[1].isoformat(), quarter_of("2021-22", "Apr - Jun")[0].isoformat()
    ('2011-03-31', '2021-04-01')
    """
    said, of = words(period), words(year)
    if not said:
        return span(of)
    if match := _NAMED.match(said):
        return span(f"Q{match['number']} {of}")
    if match := _RANGE.fullmatch(said):
        said = match["last"]
    try:
        end = month_of_year(of, said)[1]
    except ValueError:
        return _of_date(period, f"{said} {of}")
    return quarter_ending(end.year, end.month)


def _of_date(period: Cell, both: str) -> Span:
    """The quarter of a date, or of a month with its calendar year."""
    try:
        found = span(period)
    except ValueError:
        found = span(both)
    if (found[1] - found[0]).days > 31:
        return found
    return quarter_ending(found[1].year, found[1].month)


def quarter_of_words(text: str) -> Span | None:
    """The quarter that a title or the name of a sheet means; ``None`` for others.

    >>> [day.isoformat() for day in quarter_of_words("July to September 2020")]
    ['2020-07-01', '2020-09-30']
    >>> quarter_of_words("Q1 1617")[1].isoformat(), quarter_of_words("2021-22 Q4")[1].isoformat()
    ('2016-06-30', '2022-03-31')
    >>> quarter_of_words("Notes")
    """
    if match := _SHORT.fullmatch(text.strip()):
        text = f"{match['quarter']} 20{match['first']}/{match['second']}"
    for piece in (text, text.replace("_", " "), re.sub(r"(?<=\d)[ _-](?=\d\d$)", "/", text)):
        try:
            found = span(piece)
        except ValueError:
            continue
        return found if (found[1] - found[0]).days > 31 else quarter_ending(found[1].year, found[1].month)
    match = _LAST.fullmatch(text.strip())
    try:
        end = span(f"{match['month']} {match['year']}")[1] if match else None
    except ValueError:
        end = None
    return quarter_ending(end.year, end.month) if end else None
