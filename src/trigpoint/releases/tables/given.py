"""The month or year that the user names for a file that says none."""

from __future__ import annotations

from datetime import date

from trigpoint.errors import InputError, Where
from trigpoint.releases.files.content import Content
from trigpoint.releases.tables.spans import Span, month


def month_given(content: Content) -> Span | None:
    """The month that the user named; ``None`` where there was none.

    >>> from trigpoint.releases.files.content import Kind
    >>> month_given(Content("a.csv", Kind.TEXT, b"", month=date(2025, 6, 1)))[1].isoformat()
    '2025-06-30'
    """
    return month(content.month.year, content.month.month) if content.month else None


def month_lacking(where: Where | str) -> InputError:
    """What is said where neither the file nor the user names the month.

    >>> month_lacking("waits.csv").what
    'the file does not say which month it is of'
    """
    what = "the file does not say which month it is of"
    return InputError(what, where=where, remedy="name it with --month 2025-03, or give the workbook if there is one")


def year_given(content: Content) -> Span:
    """The financial year of the month that the user named. Raises ``InputError`` where there was none.

    >>> from trigpoint.releases.files.content import Kind
    >>> year_given(Content("a.csv", Kind.TEXT, b"", month=date(2025, 3, 1)))[0].isoformat()
    '2024-04-01'
    """
    if content.month is None:
        what = "the file does not say which financial year it is of"
        remedy = "name it with --month, any month of the year: --month 2025-03"
        raise InputError(what, where=content.name, remedy=remedy)
    first = content.month.year - (content.month.month < 4)
    return date(first, 4, 1), date(first + 1, 3, 31)
