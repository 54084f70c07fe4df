"""Piecewise linear payments: made from slices, so that none can jump; read exactly, of a year and to date."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from trigpoint.finance.contracts.mechanism import Curve
from trigpoint.rounding import decimal_of

_PENNY = Fraction(1, 100)
Exact = Decimal | Fraction | int


def curve_through(at: Exact, gbp: Exact, rates: Sequence[Exact], thresholds: Sequence[Exact] = ()) -> Curve:
    """The continuous curve with these slopes between these thresholds that pays ``gbp`` for an activity of ``at``.

    Thresholds may lie anywhere, ascending, and need not be whole pence: a corner between two pence is bridged by the
    chord from one penny to the next, so that the payment of every whole penny of activity is exact. What lies below no
    activity is left out.

    >>> curve_through(100, 100, [0, 1, Decimal("0.5")], [98, 102])
    Curve(origin_gbp=Decimal('98'), rates=(Decimal('0'), Decimal('1'), Decimal('0.5')), \
thresholds_gbp=(Decimal('98'), Decimal('102')))
    """
    slopes, corners = [Fraction(rate) for rate in rates], [Fraction(corner) for corner in thresholds]

    def paid(activity: Fraction) -> Fraction:
        return Fraction(gbp) + _risen(activity, slopes, corners) - _risen(Fraction(at), slopes, corners)

    pence = sorted({end for corner in corners if corner > 0 for end in _pence_around(corner)} - {Fraction(0)})
    edges = [Fraction(0), *pence]
    made = []
    for low, high in pairwise(edges):
        inside = any(low < corner < high for corner in corners)
        made.append((paid(high) - paid(low)) / (high - low) if inside else _slope_at(low, slopes, corners))
    made.append(_slope_at(edges[-1], slopes, corners))
    return Curve(decimal_of(paid(Fraction(0))), tuple(map(decimal_of, made)), tuple(map(decimal_of, pence)))


def paid_by(curve: Curve, activity_gbp: Exact) -> Fraction:
    """What a curve pays for an activity's value, exactly, before any rounding.

    >>> paid_by(Curve(Decimal(5), (Decimal(0), Decimal("0.5")), (Decimal(10),)), 14)
    Fraction(7, 1)
    """
    activity, reached = Fraction(activity_gbp), Fraction(0)
    total = Fraction(curve.origin_gbp)
    for rate, threshold in zip(curve.rates, curve.thresholds_gbp, strict=False):
        if activity <= threshold:
            return total + Fraction(rate) * (activity - reached)
        total += Fraction(rate) * (Fraction(threshold) - reached)
        reached = Fraction(threshold)
    return total + Fraction(curve.rates[-1]) * (activity - reached)


def paid_to_date(curve: Curve, share: Fraction, activity_gbp: Exact) -> Fraction:
    """What a curve pays by the time that ``share`` of the plan should have been done: the origin and every threshold
    are taken by that share, the rates stay. A ``share`` of 1 is the year itself; where nothing was to be done yet,
    every pound is beyond the last threshold.

    >>> quarter = Fraction(1, 4)
    >>> int(paid_to_date(Curve(Decimal(12), (Decimal(0), Decimal(1)), (Decimal(24),)), quarter, 10))
    7
    """
    activity = Fraction(activity_gbp)
    if share > 0:
        return share * paid_by(curve, activity / share)
    return Fraction(curve.rates[-1] if activity > 0 else curve.rates[0]) * activity


def _risen(activity: Fraction, slopes: Sequence[Fraction], corners: Sequence[Fraction]) -> Fraction:
    """What the slopes add from the first corner up to an activity; less than nothing below it."""
    if not corners:
        return slopes[0] * activity
    total = slopes[0] * min(activity - corners[0], Fraction(0))
    for slope, low, high in zip(slopes[1:], corners, [*corners[1:], None], strict=True):
        end = activity if high is None else min(activity, high)
        total += slope * max(end - low, Fraction(0))
    return total


def _slope_at(activity: Fraction, slopes: Sequence[Fraction], corners: Sequence[Fraction]) -> Fraction:
    return slopes[sum(1 for corner in corners if activity >= corner)]


def _pence_around(corner: Fraction) -> tuple[Fraction, Fraction]:
    low = corner // _PENNY * _PENNY
    return low, low if low == corner else low + _PENNY
