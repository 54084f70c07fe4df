"""Payments of thousands of draws at once, in whole pence: the same payments as one at a time, to the penny.

Each slice of a curve is a line, r·A + c, with A in whole pence. Over the common denominator D of the rates r·D is a
whole number, and ⌊(r·D·A + ⌊D(c + ½)⌋) ÷ D⌋ is r·A + c rounded half up, whatever c is: whole numbers, and one rounding.
Which slice an amount lies in is asked exactly too, for A ≥ t is A > ⌈t⌉ − 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trigpoint.errors import InputError
from trigpoint.finance.contracts.mechanism import Mechanism
from trigpoint.finance.contracts.payment import MONTHS, planned_shares

Pence = NDArray[np.int64]
LARGEST_PENCE = 10**15
"""£10tn of activity in a month: more than any health system spends, and no sum of twelve overflows."""
_WIDEST = 2**63 - 1


@dataclass(frozen=True, slots=True, eq=False)
class _Whole:
    """A mechanism's lines in whole numbers over ``scale``: the first slice's rate and constants (of each month), and of
    each further slice the pence that it begins beyond, and how rate and constants change there."""

    scale: int
    rate: int
    constants: tuple[int, ...]
    slices: tuple[tuple[tuple[int, ...], int, tuple[int, ...]], ...]


def drawn_payments(
    mechanism: Mechanism,
    activity_pence: Pence,
    profile: Sequence[Decimal] | None = None,
    *,
    cumulative: bool = False,
) -> Pence:
    """Payments of each month of each draw, in pence: what ``month_payments`` gives, to the penny.

    ``activity_pence`` is whole pence (int64) of activity at contract prices, a row a month from April (at most twelve),
    a column a draw; ``profile`` the plan's twelve months. ``cumulative`` asks for payments by the end of each month in
    place of each month's own. Rates with many decimals and amounts in the trillions are calculated in longer numbers,
    as exactly and more slowly. Raises ``InputError`` for an array that is no months of whole pence, and for activity
    beyond £10tn in a month.

    >>> from trigpoint.finance.contracts.reading import mechanism_of
    >>> capped = mechanism_of("cap_collar", {"plan": "12m", "cap": "2%", "collar": "2%"})
    >>> drawn_payments(capped, np.array([[110_000_000, 99_000_000], [90_000_000, 99_000_000]])).tolist()
    [[102000000, 99000000], [98000000, 99000000]]
    """
    activity = _checked(activity_pence)
    done = np.cumsum(activity, axis=0)
    paid = _paid(mechanism, planned_shares(profile)[: len(activity)], done)
    if cumulative:
        return paid
    months: Pence = np.diff(paid, axis=0, prepend=np.int64(0))
    return months


def drawn_years(mechanism: Mechanism, annual_pence: Pence) -> Pence:
    """Payments of the whole year, in pence, one for each draw of a year's activity in pence."""
    paid: Pence = _paid(mechanism, (Fraction(1),), _checked(annual_pence.reshape(1, -1)))[0]
    return paid


@dataclass(frozen=True, slots=True)
class DrawnContract:
    """A contract of a portfolio: how it pays, and its plan's profile of months."""

    mechanism: Mechanism
    profile: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class PortfolioDraws:
    """All contracts together by month and draw, in pence, and each contract's expected payment of the year."""

    months_pence: Pence
    expected_pence: tuple[int, ...]

    @property
    def annual_pence(self) -> Pence:
        """The year of each draw, all contracts together."""
        year: Pence = self.months_pence.sum(axis=0)
        return year


def portfolio_payments(
    contracts: Sequence[DrawnContract], activity_of: Callable[[int], Pence], *, workers: int = 2, chunk: int = 128
) -> PortfolioDraws:
    """Payments of many contracts over draws of their activity, without holding them all: contracts are taken one by one
    and added up, ``workers`` chunks of them at a time (numpy calculates without holding the interpreter).

    ``activity_of`` gives the activity of the contract at a position, as ``drawn_payments`` takes it, all of one shape;
    it is called from several threads. Sums are of whole pence, so that workers and chunks change nothing. Raises
    ``InputError`` as ``drawn_payments`` does, and where the sum of all contracts is beyond what 64 bits hold.
    """
    starts = range(0, len(contracts), chunk)

    def part(start: int) -> tuple[Pence | None, list[int], int]:
        total: Pence | None = None
        expected, largest = [], 0
        for at in range(start, min(start + chunk, len(contracts))):
            paid = drawn_payments(
                contracts[at].mechanism, activity_of(at), contracts[at].profile or None, cumulative=True
            )
            largest += max(abs(int(paid.max())), abs(int(paid.min())))
            expected.append(_mean(paid[-1]))
            total = paid if total is None else np.add(total, paid, out=total)
        return total, expected, largest

    with ThreadPoolExecutor(max_workers=max(1, workers)) as pool:
        return _together(pool.map(part, starts))


def _together(parts: Iterator[tuple[Pence | None, list[int], int]]) -> PortfolioDraws:
    total: Pence | None = None
    expected: list[int] = []
    largest = 0
    for sums, means, bound in parts:
        expected += means
        largest += bound
        if largest > _WIDEST:
            raise InputError("the contracts together pay more than can be added up", remedy="correct the amounts")
        total = sums if total is None or sums is None else np.add(total, sums, out=total)
    if total is None:
        return PortfolioDraws(np.zeros((MONTHS, 0), dtype=np.int64), ())
    return PortfolioDraws(np.diff(total, axis=0, prepend=np.int64(0)), tuple(expected))


def total_pence(pence: Pence) -> int:
    """The exact sum of whole pence, however many: halves of 32 bits cannot overflow."""
    return (int(np.sum(pence >> 32)) << 32) + int(np.sum(pence & 0xFFFFFFFF))


def _mean(pence: Pence) -> int:
    """The mean to the penny, half away from nothing as everywhere."""
    total, count = total_pence(pence), len(pence)
    whole = (2 * abs(total) + count) // (2 * count)
    return whole if total >= 0 else -whole


def _checked(given: Pence) -> Pence:
    activity = np.asarray(given)
    if activity.ndim != 2 or not 1 <= activity.shape[0] <= MONTHS or not activity.shape[1]:
        what = f"activity is no table of months and draws: {' × '.join(map(str, activity.shape)) or 'one number'}"
        raise InputError(what, remedy="give a row for each of one to twelve months, a column a draw")
    if activity.dtype.kind not in "iu":
        raise InputError("activity is not in whole pence", remedy="round it to pence and give whole numbers (int64)")
    if int(activity.max()) > LARGEST_PENCE or int(activity.min()) < -LARGEST_PENCE:
        raise InputError("a month's activity is beyond £10,000,000,000,000", remedy="give it in pence, and correct it")
    return activity.astype(np.int64, copy=False)


def _whole(mechanism: Mechanism, shares: Sequence[Fraction], sign: int = 1) -> _Whole:
    """The lines of the months with these shares of the plan; those of the payment's negative with a sign of −1."""
    curve = mechanism.curve
    rates = [sign * Fraction(rate) for rate in curve.rates]
    scale = math.lcm(*(rate.denominator for rate in rates))
    settled = sum((Fraction(gbp) for _, gbp in mechanism.settled), Fraction(curve.origin_gbp))
    lines = [sign * settled * 100]  # what each slice's line pays for no activity, in pence
    corners = [Fraction(threshold) * 100 for threshold in curve.thresholds_gbp]
    for corner, (before, after) in zip(corners, pairwise(rates), strict=True):
        lines.append(lines[-1] + (before - after) * corner)
    parts = [(share.numerator, share.denominator) for share in shares]
    # ⌊scale·(line·share + ½)⌋ and ⌈corner·share⌉ − 1 in whole numbers: fractions would take longer than the draws.
    constants = [
        tuple(
            (2 * scale * line.numerator * top + scale * line.denominator * bottom) // (2 * line.denominator * bottom)
            for top, bottom in parts
        )
        for line in lines
    ]
    slices = tuple(
        (
            tuple(-(-corner.numerator * top // (corner.denominator * bottom)) - bool(top) for top, bottom in parts),
            int((after - before) * scale),
            tuple(later - earlier for earlier, later in zip(*constants[at : at + 2], strict=True)),
        )
        for at, (corner, (before, after)) in enumerate(zip(corners, pairwise(rates), strict=True))
    )
    return _Whole(scale, int(rates[0] * scale), constants[0], slices)


def _paid(mechanism: Mechanism, shares: Sequence[Fraction], done: Pence) -> Pence:
    """The payments for activity done by the end of each month, half away from nothing."""
    paid = _half_up(_whole(mechanism, shares), done)
    if paid.min() > 0:
        return paid
    # Half up takes a half below nothing towards it; the negative of the negative's goes away from it.
    return np.where(paid <= 0, -_half_up(_whole(mechanism, shares, -1), done), paid)


def _half_up(whole: _Whole, done: Pence) -> Pence:
    kind: Any = np.int64 if _fits(whole, done) else object
    numbers = done.astype(kind, copy=False)
    total = numbers * kind(whole.rate) if kind is np.int64 else numbers * whole.rate
    total += np.array(whole.constants, dtype=kind)[:, None]
    for beyond, rate, constants in whole.slices:
        more = numbers * rate
        more += np.array(constants, dtype=kind)[:, None]
        more *= numbers > np.array(beyond, dtype=np.int64)[:, None]
        total += more
    paid: Pence = (total // whole.scale if whole.scale > 1 else total).astype(np.int64, copy=False)
    return paid


def _fits(whole: _Whole, done: Pence) -> bool:
    """Whether no number on the way can be beyond 64 bits."""
    furthest = max(abs(int(done.max())), abs(int(done.min())))
    slopes = abs(whole.rate) + sum(abs(rate) for _, rate, _ in whole.slices)
    constants = max(map(abs, whole.constants)) + sum(max(map(abs, more)) for _, _, more in whole.slices)
    return slopes * furthest + constants + whole.scale < _WIDEST
