"""How much of each assumption there is in each plan month: years of growth, and ramps."""

from __future__ import annotations

from collections.abc import Sequence

from trigpoint.activity.assumptions.growth import Growth, GrowthForm
from trigpoint.activity.assumptions.ramp import Ramp, Shape
from trigpoint.activity.assumptions.scheme import Scheme
from trigpoint.periods import FinancialYear, Month


def growth_coefficients(growth: Growth, base: FinancialYear, months: Sequence[Month]) -> tuple[float, ...]:
    """Years of growth by each month for a rate; the share of the change for the other forms."""
    if growth.form is GrowthForm.RATE:
        return tuple(years_grown(growth, base, month) for month in months)
    return tuple(_covered(growth, month) * growth.ramp.share(month) for month in months)


def scheme_coefficients(scheme: Scheme, months: Sequence[Month]) -> tuple[float, ...]:
    """The share of the whole effect that there is in each month."""
    return tuple(scheme.ramp.share(month) for month in months)


def years_grown(growth: Growth, base: FinancialYear, month: Month) -> float:
    """How many years of a rate have come in by a month; the exponent of 1 + rate.

    Every year after the base year that the rate covers adds one. A year's growth is there from 1 April where the shape
    is a step or nothing is said of its way; with another shape, or a start, it comes in along the ramp.

    >>> from trigpoint.activity.assumptions.growth import GrowthKind
    >>> from trigpoint.activity.assumptions.uncertain import Uncertain
    >>> rate = Growth("iham", GrowthKind.TREND, GrowthForm.RATE, Uncertain(0.019))
    >>> [years_grown(rate, FinancialYear(2016), month) for month in (Month(2017, 4), Month(2018, 12))]
    [1.0, 2.0]
    """
    now = FinancialYear.of(month.start)
    total = 0.0
    for first in range(base.first + 1, now.first + 1):
        year = FinancialYear(first)
        if growth.years and year not in growth.years:
            continue
        total += _share_of_year(growth.ramp, year, month if year == now else Month(first + 1, 3))
    return total


def _share_of_year(ramp: Ramp, year: FinancialYear, month: Month) -> float:
    """How much of the growth of one year has come in by one of its months."""
    if ramp.start is None and ramp.shape in (Shape.STEP, Shape.LINEAR):
        return 1.0  # a ramp without a start is linear by default and says nothing of the way: the year grows at once
    april, march = Month(year.first, 4), Month(year.first + 1, 3)
    if ramp.start is None:
        return Ramp(april, march, shape=ramp.shape).share(month)
    if march < ramp.start or (ramp.until is not None and ramp.until < april):
        return 0.0
    start = max(april, ramp.start)
    full = march if ramp.full is None or not start <= ramp.full <= march else ramp.full
    return Ramp(start, full, shape=ramp.shape).share(month)


def _covered(growth: Growth, month: Month) -> float:
    return 1.0 if not growth.years or FinancialYear.of(month.start) in growth.years else 0.0
