"""Periods of the planning year, and the words that name them.

Three things are here: the calendar (financial years, quarters, months, calendar and school years, pools of years),
labels ("2017/18 Q3", ``parse_period``) and dates in running text ("By the end of Q3", ``find_dates`` and ``due_date``).
Working days in England are counted in ``working_day``. English financial years run from 1 April to 31 March.

>>> from trigpoint.periods import FinancialYear, due_date, parse_period
>>> parse_period("FY17-18").end.isoformat()
'2018-03-31'
>>> due_date("By June 16, a forum will have been set up.", years=[FinancialYear(2016)]).due.isoformat()
'2016-06-30'
"""

from __future__ import annotations

from trigpoint.periods.calendar import (
    CalendarYear,
    FinancialYear,
    Month,
    Period,
    Quarter,
    RollingYears,
    SchoolYear,
    Span,
    periods_in,
)
from trigpoint.periods.labels import find_period, long_date, parse_period, period_of
from trigpoint.periods.phrase import Certainty, DatePhrase, Role
from trigpoint.periods.phrases import binding_date, due_date, find_dates
from trigpoint.periods.reading import Doubt
from trigpoint.periods.working_day import add_working_days, is_working_day, working_days_between

__all__ = [
    "CalendarYear",
    "Certainty",
    "DatePhrase",
    "Doubt",
    "FinancialYear",
    "Month",
    "Period",
    "Quarter",
    "Role",
    "RollingYears",
    "SchoolYear",
    "Span",
    "add_working_days",
    "binding_date",
    "due_date",
    "find_dates",
    "find_period",
    "is_working_day",
    "long_date",
    "parse_period",
    "period_of",
    "periods_in",
    "working_days_between",
]
