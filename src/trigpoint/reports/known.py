"""Which figures of a book were known on the date of a paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from trigpoint.periods.labels import period_of

if TYPE_CHECKING:
    from trigpoint.measures.book.book import Actual, MeasureBook
    from trigpoint.measures.results import Results
    from trigpoint.plans.model import Plan


def known_by(book: MeasureBook, at: date) -> MeasureBook:
    """The book without the figures that came after a date; the same book where all were known by then.

    A figure is known when its period has ended, or when it was loaded by the date (as for a year that still runs).
    Aims are kept: they speak of what is to come.

    >>> from trigpoint.measures.book.book import Actual, MeasureBook
    >>> book = MeasureBook(actuals=(Actual("ae", "05C", "October 2017"), Actual("ae", "05C", "November 2017")))
    >>> [row.period for row in known_by(book, date(2017, 11, 29)).actuals]
    ['October 2017']
    """

    @cache
    def ended(label: str) -> bool:
        period = period_of(label)
        return period is None or period.end <= at

    def known(row: Actual) -> bool:
        return ended(row.period) or (row.loaded_on is not None and row.loaded_on <= at)

    actuals = tuple(row for row in book.actuals if known(row))
    return book if len(actuals) == len(book.actuals) else replace(book, actuals=actuals)


def results_at(book: MeasureBook, plan: Plan, at: date) -> Results | None:
    """What a book's figures, and the plan's printed tables with them, say at a date; ``None`` for an empty book.

    Nothing is calculated, and no library of the calculation loaded, where there is no definition.
    """
    if not book.definitions:
        return None
    from trigpoint.measures.book.printed import book_of_plan, merged  # noqa: PLC0415 - as above
    from trigpoint.measures.results import measure_results  # noqa: PLC0415 - as above

    return measure_results(merged(known_by(book, at), book_of_plan(plan, book.places)), plan)
