"""How the amount of an assumption reads, with its unit."""

from __future__ import annotations

from trigpoint.activity.assumptions.growth import Growth, GrowthForm
from trigpoint.activity.assumptions.scheme import Scheme
from trigpoint.reports.activity.words import amount_words as plain_amount
from trigpoint.reports.activity.words import is_share, number, spread_words

_UNITS = {
    GrowthForm.RATE: " a year",
    GrowthForm.CHANGE: " of the baseline",
    GrowthForm.NUMBER: " a year",
    GrowthForm.POPULATION: " × the projection’s change",
}


def percent(share: float, decimals: int = 1) -> str:
    """A share in per cent, rounded.

    >>> percent(0.0194), percent(0.715, 0)
    ('1.9%', '72%')
    """
    return f"{number(100 * share, decimals)}%"


def amount_words(each: Growth | Scheme) -> str:
    """The central value of an assumption, in its unit."""
    share = is_share(each)
    if isinstance(each, Growth):
        return plain_amount(each.amount, share=share) + _UNITS[each.form]
    return plain_amount(each.amount, share=share) + ("" if share else " a year")


def interval_words(each: Growth | Scheme) -> str:
    """Between what an assumption lies, "" for one that is certain."""
    return spread_words(each.amount, share=is_share(each))
