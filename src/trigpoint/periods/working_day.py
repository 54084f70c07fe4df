"""Working days in England: Monday to Friday, bank holidays left out.

The one-off and moved holidays are kept: the Queen's jubilee in 2012 and 2022, VE Day moved to Friday 8 May 2020, the
state funeral in 2022 and the coronation in 2023. Needed for the clocks that run in working days, as the two days to
report a serious incident and the sixty to investigate it (NHS England, Serious Incident Framework, 2015).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

_ONE_DAY = timedelta(days=1)


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England in a calendar year.

    >>> date(2020, 5, 8) in bank_holidays(2020), date(2020, 5, 4) in bank_holidays(2020)
    (True, False)
    """
    import holidays  # noqa: PLC0415 - the library is slow to import, and few commands count working days

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    """Whether offices in England work on a day.

    >>> is_working_day(date(2017, 4, 13)), is_working_day(date(2017, 4, 14))
    (True, False)
    """
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def add_working_days(day: date, count: int) -> date:
    """The working day that is ``count`` working days after a day (before it, where ``count`` is negative).

    The day itself is not counted; ``0`` gives the day, or the next working day where it is none.

    >>> add_working_days(date(2017, 4, 13), 2).isoformat()
    '2017-04-19'
    """
    step = _ONE_DAY if count >= 0 else -_ONE_DAY
    if count == 0:
        while not is_working_day(day):
            day += step
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def working_days_between(first: date, last: date) -> int:
    """Working days after ``first`` up to and including ``last``; negative where ``last`` is earlier.

    >>> working_days_between(date(2017, 4, 13), date(2017, 4, 19))
    2
    """
    if last < first:
        return -working_days_between(last, first)
    day, count = first, 0
    while day < last:
        day += _ONE_DAY
        count += is_working_day(day)
    return count
