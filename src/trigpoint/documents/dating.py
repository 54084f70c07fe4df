"""Dates of a text, remembered: the same cell is asked for its date, its targets and its range."""

from __future__ import annotations

from functools import lru_cache

from trigpoint.periods import DatePhrase, FinancialYear, Period, Role, binding_date, find_dates


@lru_cache(maxsize=8192)
def dates_in(text: str, years: tuple[FinancialYear, ...] = (), column: Period | None = None) -> tuple[DatePhrase, ...]:
    """Every date in a text, in order, as ``find_dates`` gives them."""
    return find_dates(text, years=years, column=column)


def due_in(text: str, years: tuple[FinancialYear, ...] = (), column: Period | None = None) -> DatePhrase | None:
    """The date that binds the commitment a text makes, or ``None``."""
    return binding_date(dates_in(text, years, column))


def due_cell(words: str, years: tuple[FinancialYear, ...] = (), column: Period | None = None) -> DatePhrase | None:
    """The date of a cell of due dates, which a "by" before its words makes one; of a range its end.

    >>> due_cell("Jan 2026 - Mar 2026").due.isoformat()
    '2026-03-31'
    """
    dates = dates_in(words, years)
    if len(dates) > 1 and dates[0].role is Role.START and dates[-1].role is Role.DUE:
        return dates[-1]
    return due_in(f"by {words}", years, column)
