"""From the parts of a matched expression to its meaning: one builder for each way of writing.

``parts`` are the named parts the pattern found (see ``expressions.py``), ``assumed`` the year for a date that prints
none. A builder returns ``None`` where the words are no date after all, or where they need a year that nobody knows.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from trigpoint.periods.calendar import CalendarYear, FinancialYear, Month, Period, Quarter, RollingYears
from trigpoint.periods.labels import YEAR, financial_year, full_year, month_number
from trigpoint.periods.reading import Doubt, Kind, Reading
from trigpoint.periods.words import date_words
from trigpoint.periods.year_frame import AssumedYear, YearFrame

Parts = Mapping[str, str | None]
_QUARTER_NAMES = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "final": 4,
    "last": 4,
}
# Words or syllables of other meanings: months only with a capital letter.
_NEEDS_CAPITAL = frozenset({"may", "march", "mar", "dec", "jan", "jun", "sep", "sept", "oct", "apr"})


def _in_year(year: FinancialYear, month: int) -> int:
    """The calendar year of a month of a financial year."""
    return year.first if month >= 4 else year.first + 1


def _written_year(digits: str) -> int:
    number = int(digits.lstrip("'’"))
    return number if number > 99 else full_year(number)


def _spelt_as_month(word: str) -> bool:
    return word[0].isupper() or word.lower() not in _NEEDS_CAPITAL


def _one_day(year: int, month: int, day: int) -> Reading | None:
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return Reading(Kind.DAY, date(year, month, day), date(year, month, day))


def day(parts: Parts, frame: YearFrame, assumed: AssumedYear | None) -> Reading | None:
    """ "1 st April 2018", "31st March", "June 30th, 2017"."""
    word, number = parts["month"] or "", int(parts["day"] or 0)
    month = month_number(word)
    if parts.get("fy"):
        financial = financial_year(parts["fy"] or "")
        return _one_day(_in_year(financial, month), month, number) if financial else None
    if parts["year"]:
        return _one_day(_written_year(parts["year"]), month, number)
    if assumed is None or not _spelt_as_month(word):
        return None
    reading = _one_day(_in_year(assumed.year, month), month, number)
    return reading.inferred(assumed) if reading else None


def numeric_day(parts: Parts, frame: YearFrame, assumed: AssumedYear | None) -> Reading | None:
    """ "31/03/2017", "1.4.17" and "2017-03-31": the day before the month, as in Britain."""
    return _one_day(_written_year(parts["year"] or ""), int(parts["month"] or 0), int(parts["day"] or 0))


def month(parts: Parts, frame: YearFrame, assumed: AssumedYear | None) -> Reading | None:
    """ "April 2017", "June 16", "Nov-17", "Feb/March 2017", "March 17/18", "June"."""
    word = parts["month"] or ""
    number = month_number(word)
    if parts["fy"]:
        financial = financial_year(parts["fy"])
        return _months(parts, _in_year(financial, number)) if financial else None
    if parts["y4"]:
        return _months(parts, int(parts["y4"]))
    if not _spelt_as_month(word):
        return None
    if parts["yy"]:
        if (parts["mark"] or "").strip():
            return _months(parts, full_year(int(parts["yy"])))
        year = frame.year_after_month(number, int(parts["yy"]))
        if year is not None:
            return _months(parts, year, doubts=(Doubt.YEAR_OR_DAY,))
        return day({"month": word, "day": parts["yy"], "year": None}, frame, assumed)
    if assumed is None:
        return None
    return _months(parts, _in_year(assumed.year, number), leaning=True).inferred(assumed)


def _months(parts: Parts, year: int, leaning: bool = False, doubts: tuple[Doubt, ...] = ()) -> Reading:
    """A month of a known year, or several up to it ("November–February 2018")."""
    number = month_number(parts["month"] or "")
    period = Month(year, number)
    if not parts["from_month"]:
        return Reading(Kind.MONTH, period.start, period.end, period, leaning=leaning, doubts=doubts)
    start = month_number(parts["from_month"])
    first = Month(year if start <= number else year - 1, start)
    return Reading(Kind.MONTH, first.start, period.end, leaning=leaning, doubts=doubts)


def quarter(parts: Parts, frame: YearFrame, assumed: AssumedYear | None) -> Reading | None:
    """ "Q3", "2017/18 Q3", "quarter 1 of 2015-16", "Q1–Q3 17/18", "third quarter of 2017/18", "Q3 2017"."""
    name = parts.get("named")
    first = _QUARTER_NAMES[name.lower()] if name else int(parts["quarter"] or 0)
    last = int(parts.get("to_quarter") or first)
    printed = parts.get("fy_before") or parts.get("fy")
    doubts: tuple[Doubt, ...] = ()
    if printed:
        year = financial_year(printed)
    elif parts.get("y4"):
        year, doubts = FinancialYear(int(parts["y4"] or 0)), (Doubt.CALENDAR_OR_FINANCIAL,)
    else:
        year = assumed.year if assumed else None
    if year is None or last < first:
        return None
    period = Quarter(year, last) if first == last else None
    reading = Reading(Kind.QUARTER, Quarter(year, first).start, Quarter(year, last).end, period, doubts=doubts)
    if printed or parts.get("y4") or assumed is None:
        return reading
    return replace(reading, leaning=bool(name) and not parts.get("year")).inferred(assumed)


def half(parts: Parts, frame: YearFrame, assumed: AssumedYear | None) -> Reading | None:
    """ "H1 2017/18", "2017/18 H2", "second half of 2017/18", "first half of the year"."""
    printed = parts.get("fy_before") or parts.get("fy")
    year = financial_year(printed) if printed else assumed.year if assumed else None
    if year is None:
        return None
    second = (parts["half"] or "").lower() in {"2", "second", "2nd", "latter"}
    first, last = (2, 3) if second else (0, 1)
    reading = Reading(Kind.HALF, year.quarters[first].start, year.quarters[last].end)
    return reading if printed or assumed is None else reading.inferred(assumed)


def year_label(parts: Parts, frame: YearFrame, assumed: AssumedYear | None) -> Reading | None:
    """ "2017/18", "17/18", "FY2017-18"; years that do not follow each other are a pool: "2013-15", "2016/2020"."""
    text = parts["text"] or ""
    year = financial_year(text)
    if year is None:
        return _pool(text)
    if re.fullmatch(r"\d\d/\d\d", text) and not frame.likely_financial_year(year):
        return None
    return Reading(Kind.FINANCIAL_YEAR, year.start, year.end, year)


def _pool(text: str) -> Reading | None:
    match = re.fullmatch(rf"({YEAR})[/–—-]({YEAR}|\d\d)", text)
    if match is None:
        return None
    first, last = int(match[1]), int(match[2])
    last = last if len(match[2]) == 4 else first // 100 * 100 + last
    if last <= first:
        return None
    pool = RollingYears(first, last)
    return Reading(Kind.POOL, pool.start, pool.end, pool)


def calendar_year(parts: Parts, frame: YearFrame, assumed: AssumedYear | None) -> Reading | None:
    """ "by 2020": a number that only a preposition makes a year."""
    year = CalendarYear(int(parts["text"] or ""))
    doubts = (Doubt.CALENDAR_OR_FINANCIAL,)
    return Reading(Kind.CALENDAR_YEAR, year.start, year.end, year, leaning=True, doubts=doubts)


def numbered_month(parts: Parts, frame: YearFrame, assumed: AssumedYear | None) -> Reading | None:
    """ "Month 7", "M7 2017/18": months counted from April."""
    printed = parts.get("fy_before") or parts.get("fy")
    year = financial_year(printed) if printed else assumed.year if assumed else None
    if year is None:
        return None
    period = year.months[int(parts["number"] or 0) - 1]
    if printed or assumed is None:
        return Reading(Kind.PLAN_MONTH, period.start, period.end, period)
    return Reading(Kind.PLAN_MONTH, period.start, period.end, period, leaning=True).inferred(assumed)


def season(parts: Parts, frame: YearFrame, assumed: AssumedYear | None) -> Reading | None:
    """ "Spring 2016", "Autumn 17", "winter 2017/18", "Spring/Summer 2018", "by the summer".

    Winter belongs to the year it begins in: "winter 2017" is December 2017 to February 2018.
    """
    starts = date_words().season_starts
    name = (parts["season"] or "").lower()
    last_start, first_start = starts[name], starts[(parts["from_season"] or name).lower()]
    year = _season_year(parts, last_start, assumed)
    if year is None:
        return None
    first = Month(year if first_start <= last_start else year - 1, first_start)
    last = Month(year, last_start) + 2
    if parts["fy"] or parts["y4"] or parts["yy"] or assumed is None:
        return Reading(Kind.SEASON, first.start, last.end)
    return Reading(Kind.SEASON, first.start, last.end, leaning=True).inferred(assumed)


def _season_year(parts: Parts, start: int, assumed: AssumedYear | None) -> int | None:
    if parts["fy"]:
        financial = financial_year(parts["fy"])
        return _in_year(financial, start) if financial else None
    if parts["y4"] or parts["yy"]:
        return _written_year(parts["y4"] or parts["yy"] or "")
    return _in_year(assumed.year, start) if assumed else None


def year_end(parts: Parts, frame: YearFrame, assumed: AssumedYear | None) -> Reading | None:
    """ "year end", "end of the calendar year", "end of year 2"; "year end 2018" is 31 March 2018."""
    if parts["ordinal"]:
        if int(parts["ordinal"]) > len(frame.years):
            return None
        assumed = AssumedYear(frame.years[int(parts["ordinal"]) - 1], sure=True)
    is_calendar = (parts["sort"] or parts["sort_before"] or "").lower() == "calendar"
    if parts["y4"]:
        return _end_of_printed_year(int(parts["y4"]), is_calendar or (parts["text"] or "").lower().startswith("end"))
    year = financial_year(parts["fy"]) if parts["fy"] else assumed.year if assumed else None
    if year is None:
        return None
    if parts["next"]:
        year = year + 1
    period: Period = CalendarYear(year.first) if is_calendar else year
    reading = Reading(Kind.YEAR_END, period.end, period.end, period)
    return reading if parts["fy"] or assumed is None else reading.inferred(assumed)


def _end_of_printed_year(number: int, is_calendar: bool) -> Reading:
    """ "end of the year 2017" is 31 December 2017, "year end 2018" the end of 2017/18; each could be the other."""
    period: Period = CalendarYear(number) if is_calendar else FinancialYear(number - 1)
    return Reading(Kind.YEAR_END, period.end, period.end, period, doubts=(Doubt.CALENDAR_OR_FINANCIAL,))


def now(parts: Parts, frame: YearFrame, assumed: AssumedYear | None) -> Reading | None:
    """ "(now)": the day the column or plan begins, for want of a better one."""
    if assumed is None:
        return None
    first = frame.column.start if frame.column is not None else assumed.year.start
    return Reading(Kind.NOW, first, first, year_printed=False)
