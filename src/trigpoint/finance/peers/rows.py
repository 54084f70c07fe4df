"""The rates of one measure: which row is one's own, and which year is compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from trigpoint.errors import InputError
from trigpoint.finance.book.book import FinanceBook, PeerRate
from trigpoint.finance.ratio import ratio_of
from trigpoint.periods import FinancialYear

_MONEY = re.compile(
    r"£|\b(?:spend|spending|spent|costs?|pounds?|gbp|price|prices|expenditure|budgets?|savings?)\b", re.I
)


@dataclass(frozen=True, slots=True)
class MeasureRows:
    """One measure's rates: ``own`` and ``others`` of the year compared, and every row for the trend."""

    measure: str
    own: PeerRate
    others: tuple[PeerRate, ...]
    every: tuple[PeerRate, ...]
    remarks: tuple[str, ...] = ()

    @property
    def money(self) -> bool:
        """Whether the rate is of pounds, by the words of its name."""
        return bool(_MONEY.search(self.measure))


def measures_of(book: FinanceBook) -> tuple[str, ...]:
    """The measures that a plan compares with peers, in the order of its table.

    >>> from trigpoint.finance.book.book import FinanceSettings, OrganisationType
    >>> settings = FinanceSettings("05C", OrganisationType.CCG, "nhs-2017-19", ())
    >>> measures_of(FinanceBook(settings, peers=(PeerRate("MSK spend a head", "05C", Decimal("41.9")),)))
    ('MSK spend a head',)
    """
    return tuple(dict.fromkeys(one.measure for one in book.peers))


def rows_of(book: FinanceBook, measure: str) -> MeasureRows:
    """The rows of a measure. A rate without a year is of the latest; one's own latest year is the one compared.

    Raises ``InputError`` where the measure has no rate of one's own organisation, or none that is a number.
    """
    every = tuple(one for one in book.peers if one.measure == measure)
    fit = tuple(one for one in every if _fit(one))
    remarks = [f"{_named(one)} has a rate of {one.rate}, which is left out." for one in every if not _fit(one)]
    mine = [one for one in fit if _is_own(book, one)]
    if not mine:
        known = "" if every else f"; there are {', '.join(measures_of(book)) or 'none'}"
        what = f"“{measure}” has no rate of {book.settings.organisation}{known}"
        raise InputError(what, remedy="mark its row with own = yes")
    own = max(mine, key=_recency)
    others: dict[str, PeerRate] = {}
    for one in fit:
        if one.organisation == own.organisation or one.year != own.year or _is_own(book, one):
            continue
        if one.organisation in others:
            remarks.append(f"{_named(one)} is there twice for one year; its first row counts.")
        others.setdefault(one.organisation, one)
    return MeasureRows(measure, own, tuple(others.values()), fit, tuple(remarks))


def _fit(one: PeerRate) -> bool:
    return one.rate.is_finite() and one.rate >= 0


def _is_own(book: FinanceBook, one: PeerRate) -> bool:
    return one.own or one.organisation == book.settings.organisation


def _recency(one: PeerRate) -> int:
    """The first year of its period; a row without one is the latest."""
    return one.year.first if one.year is not None else FinancialYear(9998).first


def _named(one: PeerRate) -> str:
    return one.stated.name or one.organisation


def trend_of(rows: MeasureRows, peers: tuple[str, ...]) -> tuple[tuple[str, Decimal, Decimal], ...]:
    """Year, own rate and the mean of the same peers in it, oldest first; years without either are left out."""
    years = sorted({one.year for one in rows.every}, key=lambda year: 9998 if year is None else year.first)
    found = []
    for year in years:
        own = next((r for r in rows.every if r.organisation == rows.own.organisation and r.year == year), None)
        theirs = [r.rate for r in rows.every if r.organisation in peers and r.year == year]
        if own is not None and theirs:
            mean = ratio_of(sum(map(Fraction, theirs), Fraction(0)) / len(theirs))
            found.append((year.label if year is not None else "latest", own.rate, mean))
    return tuple(found)
