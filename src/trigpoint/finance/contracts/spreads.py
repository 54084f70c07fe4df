"""A payment over a distribution of activity: what to expect, how far it spreads, and who carries the risk."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trigpoint.errors import InputError
from trigpoint.finance.contracts.drawn import Pence, drawn_years, total_pence
from trigpoint.finance.contracts.mechanism import Mechanism, Spread
from trigpoint.finance.contracts.payment import commissioner_share
from trigpoint.finance.money import to_pence
from trigpoint.rounding import half_up

LOW, MIDDLE, HIGH = Fraction(1, 10), Fraction(1, 2), Fraction(9, 10)
SHARE_DECIMALS = 6

Draws = Sequence[Decimal] | Sequence[float] | NDArray[Any]
"""A year's activity in pounds, one number a draw: exact pounds, or the floats of a simulation."""


def spread_of(mechanism: Mechanism, annual_gbp_draws: Draws) -> Spread:
    """What a mechanism pays over draws of a year's activity, told in pounds at contract prices.

    Draws are rounded to pence, and each is paid exactly. ``low_gbp`` and ``high_gbp`` are the payments that a tenth of
    draws do not exceed, and nine tenths do not (the smallest drawn payment with that share at or below it); expectation
    and standard deviation are of the draws themselves. ``commissioner_share`` is the mean, over draws, of the share of
    a further pound of activity that the commissioner bears (``payment.commissioner_share``). Raises ``InputError`` for
    no draws, and for draws that are no numbers.

    >>> from trigpoint.finance.contracts.reading import mechanism_of
    >>> capped = mechanism_of("cap_collar", {"plan": 100, "cap": "2%", "collar": "2%"})
    >>> told = spread_of(capped, [Decimal(90), Decimal(100), Decimal(101), Decimal(120)])
    >>> told.expected_gbp, told.low_gbp, told.high_gbp, told.commissioner_share
    (Decimal('100.25'), Decimal('98.00'), Decimal('102.00'), Decimal('0.500000'))
    """
    return _spread(mechanism, pence_of(annual_gbp_draws))


def compare_mechanisms(mechanisms: Sequence[Mechanism], draws: Draws) -> tuple[Spread, ...]:
    """The spread of each mechanism over the same draws of a year's activity, so that only their terms differ."""
    pence = pence_of(draws)
    return tuple(_spread(mechanism, pence) for mechanism in mechanisms)


def _spread(mechanism: Mechanism, pence: Pence) -> Spread:
    paid = np.sort(drawn_years(mechanism, pence))
    low, median, high = (_gbp(int(paid[max(0, math.ceil(rank * len(paid)) - 1)])) for rank in (LOW, MIDDLE, HIGH))
    return Spread(
        mechanism=mechanism.id,
        kind=mechanism.kind,
        expected_gbp=to_pence(Fraction(total_pence(paid), 100 * len(paid))),
        low_gbp=low,
        median_gbp=median,
        high_gbp=high,
        deviation_gbp=_deviation(paid),
        commissioner_share=_carried(mechanism, pence),
    )


def pence_of(annual_gbp: Draws) -> Pence:
    """Draws of pounds in whole pence, a half away from nothing. Raises ``InputError`` where one is no number."""
    if len(annual_gbp) == 0:
        raise InputError("there are no draws of activity", remedy="run the activity model with draws first")
    if isinstance(annual_gbp[0], Decimal):
        exact = [one for one in annual_gbp if isinstance(one, Decimal) and one.is_finite()]
        if len(exact) != len(annual_gbp):
            raise InputError("a draw of activity is no amount", remedy="give pounds")
        return np.array([int(to_pence(one) * 100) for one in exact], dtype=np.int64)
    pounds = np.asarray(annual_gbp, dtype=np.float64)
    if not bool(np.isfinite(pounds).all()) or float(np.abs(pounds).max()) > 1e13:
        raise InputError("a draw of activity is no amount, or beyond £10tn", remedy="give pounds")
    pence: Pence = (np.sign(pounds) * np.floor(np.abs(pounds) * 100 + 0.5)).astype(np.int64)
    return pence


def _carried(mechanism: Mechanism, pence: Pence) -> Decimal:
    """The commissioner's mean share of a further pound: the share of each slice, by how many draws lie in it."""
    corners = np.array([int(Fraction(one) * 100) for one in mechanism.curve.thresholds_gbp], dtype=np.int64)
    counts = np.bincount(np.searchsorted(corners, pence, side="right"), minlength=len(mechanism.curve.rates))
    shares = [commissioner_share(mechanism.kind, Fraction(rate)) for rate in mechanism.curve.rates]
    mean = sum((share * int(count) for share, count in zip(shares, counts, strict=True)), Fraction(0)) / len(pence)
    return half_up(mean, SHARE_DECIMALS)


def _deviation(paid: Pence) -> Decimal:
    """The standard deviation of whole pence, exact until its root."""
    start = int(paid[0])
    away = [int(one) - start for one in paid.tolist()]
    count = len(away)
    squares = count * sum(one * one for one in away) - sum(away) ** 2
    return _gbp((math.isqrt(4 * squares) + count) // (2 * count))


def _gbp(pence: int) -> Decimal:
    return to_pence(Fraction(pence, 100))
