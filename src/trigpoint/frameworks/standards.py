"""Which national standards hold for a measure, in a period and for a kind of organisation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from trigpoint.frameworks.framework import Basis, Framework, Standard
from trigpoint.frameworks.packs import known_frameworks, load_framework
from trigpoint.periods.calendar import FinancialYear, Month, Period, Quarter

MARCH = 3
FOURTH = 4


def standard_holds(standard: Standard, period: Period) -> bool:
    """Whether the standard tests the figure of this period.

    The period must lie within the standard's validity, and be of the kind that its basis names: a standard for the
    month of March tests March alone, one for the average of a year only the financial year, one for the last quarter
    only that. A basis that is not stated, or "each month", fits every period. A standard without validity holds never.
    Method: the by-when column of the round's own table (``docs/frameworks.md``).

    >>> from trigpoint.frameworks.packs import load_framework
    >>> average = load_framework("nhs-2026-29").standard("aande-4-hour-national-2028-29")
    >>> standard_holds(average, FinancialYear(2028)), standard_holds(average, Month(2029, 3))
    (True, False)
    """
    if standard.valid_from is None or not standard.valid_from <= period.start:
        return False
    if standard.valid_to is not None and period.end > standard.valid_to:
        return False
    match standard.basis:
        case Basis.NOT_STATED | Basis.EACH_MONTH:
            return True
        case Basis.EACH_QUARTER:
            return isinstance(period, Quarter)
        case Basis.LAST_QUARTER:
            return isinstance(period, Quarter) and period.number == FOURTH
        case Basis.MARCH:
            return isinstance(period, Month) and period.number == MARCH
        case Basis.YEAR_END:
            return _ends_the_year(period.end)
        case Basis.YEAR | Basis.YEAR_AVERAGE:
            return isinstance(period, FinancialYear)


def _ends_the_year(day: date) -> bool:
    return (day.month, day.day) == (MARCH, 31)


def standards_for(
    measure: str, period: Period | None = None, level: str = "", *, frameworks: Iterable[Framework] | None = None
) -> tuple[Standard, ...]:
    """The standards that test a measure (the id of a definition), in the order of the rounds.

    ``period`` keeps those that hold in it, ``level`` those that such an organisation has to meet ("provider"; "" for
    any). ``frameworks`` are the rounds to look in, all shipped ones when left out. An unknown measure has none.

    >>> [(row.value, row.rule) for row in standards_for("rtt-18-weeks", Month(2027, 3), "provider")]
    [(Decimal('65'), 'max(baseline + 7pp; 65%)')]
    """
    rounds = map(load_framework, known_frameworks()) if frameworks is None else frameworks
    return tuple(
        standard
        for framework in rounds
        for standard in framework.standards
        if standard.measure == measure
        and (period is None or standard_holds(standard, period))
        and (not level or not standard.level or level in levels_of(standard))
    )


def levels_of(standard: Standard) -> tuple[str, ...]:
    """Who has to meet the standard, one by one: "practice/ICB" is two."""
    return tuple(part.strip() for part in re.split(r"[+/]", standard.level) if part.strip())
