"""Which points are special cause and why, and the icons that follow: arrays for many series at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trigpoint.measures.spc.control import Assurance, RuleSet, Signal, Variation
from trigpoint.measures.spc.layout import Floats, Layout, Truths
from trigpoint.measures.spc.limits import Limits
from trigpoint.measures.spc.runs import Signs, shifts, trends, two_of_three

Codes = npt.NDArray[np.int8]

# Enums as small whole numbers: a code is a place in these.
SIGNALS, VARIATIONS, ASSURANCES = tuple(Signal), tuple(Variation), tuple(Assurance)
_UP = np.array([each in (Signal.ABOVE_LIMIT, Signal.RISING, Signal.NEAR_UPPER, Signal.SHIFT_UP) for each in SIGNALS])

# Differences this small, the 15th printed digit's, are the machine's and not the data's.
_LAST_PLACES = 64 * np.finfo(np.float64).eps


def _slack(values: Floats, lines: Floats) -> Floats:
    return _LAST_PLACES * np.maximum(np.abs(values), np.abs(lines))


def sides_of(values: Floats, centre: Floats) -> Signs:
    """1 above, −1 below, 0 on the centre or without a value."""
    distance = values - centre
    with np.errstate(invalid="ignore"):
        away = np.abs(distance) > _slack(values, centre)
    return np.where(away, np.sign(distance), 0).astype(np.int8)


def point_signals(values: Floats, limits: Limits, layout: Layout, rules: RuleSet, good: Signs) -> Codes:
    """The signal of each point, as a place in ``SIGNALS``. ``good`` is the better direction a point: 1, −1 or 0.

    The first that applies: beyond a limit, trend, two of three, shift. Where the rule set lets improvement win and a
    point is special cause both ways, the first of those in the better direction.
    """
    with np.errstate(invalid="ignore"):
        above = values - limits.upper > _slack(values, limits.upper)
        below = limits.lower - values > _slack(values, limits.lower)
        near_upper = values - limits.near_upper > _slack(values, limits.near_upper)
        near_lower = limits.near_lower - values > _slack(values, limits.near_lower)
    sides = sides_of(values, limits.centre)
    close = near_upper | near_lower
    if not rules.near_counts_beyond:
        close &= ~(above | below)
    close = two_of_three(sides, close & (sides != 0), layout.barriers)
    trend, rising, falling = trends(values, layout.barriers, rules.trend, rules.ties_break_trend)
    shift = shifts(sides, layout.barriers, rules.shift)
    upward = ((above, 1), (rising, 3), (close & (sides > 0), 5), (shift > 0, 7))
    downward = ((below, 2), (falling, 4), (close & (sides < 0), 6), (shift < 0, 8))
    up, down = _first(upward, layout.size), _first(downward, layout.size)
    codes = _earlier(up, down, trend)
    if rules.improvement_wins:
        both = (up > 0) & (down > 0) & (good != 0)
        codes = np.where(both, np.where(good > 0, up, down), codes)
    return codes


def _first(flags: tuple[tuple[Truths, int], ...], size: int) -> Codes:
    codes = np.zeros(size, dtype=np.int8)
    for flag, code in reversed(flags):
        codes[flag] = code
    return codes


def _earlier(up: Codes, down: Codes, trend: Signs) -> Codes:
    """Of two signals the one whose rule comes first; the same rule both ways can only be two trends."""
    rank_up, rank_down = np.where(up > 0, (up + 1) // 2, 9), np.where(down > 0, down // 2, 9)
    upward = (rank_up < rank_down) | ((rank_up == rank_down) & (trend > 0))
    return np.where(upward, up, down)


def point_variations(signals: Codes, valued: Truths, enough: Truths, good: Signs) -> Codes:
    """What each point's signal means, as a place in ``VARIATIONS``; ``enough``: its segment has points enough."""
    upward = _UP[signals]
    codes = np.where(upward, _code(good, 1), _code(good, -1))
    codes = np.where(signals == 0, _place(Variation.COMMON), codes)
    codes = np.where(enough, codes, _place(Variation.TOO_FEW))
    return np.where(valued, codes, _place(Variation.NO_VALUE)).astype(np.int8)


def _place(variation: Variation) -> int:
    return VARIATIONS.index(variation)


def _code(good: Signs, direction: int) -> npt.NDArray[np.int64]:
    """The variation of a signal in that direction, for each point's better direction."""
    better, worse, neither = (
        (Variation.IMPROVEMENT_HIGH, Variation.CONCERN_HIGH, Variation.NEUTRAL_HIGH)
        if direction > 0
        else (Variation.IMPROVEMENT_LOW, Variation.CONCERN_LOW, Variation.NEUTRAL_LOW)
    )
    return np.where(good == 0, _place(neither), np.where(good == direction, _place(better), _place(worse)))


@dataclass(frozen=True, eq=False, slots=True)
class LastLimits:
    """Limits of each series' last point, and what its values can never pass."""

    lower: Floats
    upper: Floats
    floor: Floats
    ceiling: Floats


def assurances(targets: Floats, last: LastLimits, good: Signs, enough: Truths, rules: RuleSet) -> Codes:
    """Whether each series can be relied on to meet its target, as places in ``ASSURANCES``; arrays of one a series.

    ``targets`` are those of the last points' own periods. Values vary between the limits, so a target beyond them is
    always or never met. Whether a target on a limit is beyond it the rule set says; the last places of the machine's
    arithmetic do not matter. Where it is, a constant series exactly on its target meets it.
    """
    with np.errstate(invalid="ignore"):
        way = -1 if rules.target_on_limit else 1
        over = targets - last.upper > way * _slack(targets, last.upper)
        under = last.lower - targets > way * _slack(targets, last.lower)
        # No count falls below none, no share rises above all: such a target is met whatever happens.
        hit = np.where(good > 0, under | (targets <= last.floor), over | (targets >= last.ceiling))
        miss = np.where(good > 0, over, under)
    codes = np.full(len(targets), ASSURANCES.index(Assurance.INCONSISTENT))
    codes[miss] = ASSURANCES.index(Assurance.CONSISTENTLY_MISS)
    codes[hit] = ASSURANCES.index(Assurance.CONSISTENTLY_HIT)
    codes[~enough] = ASSURANCES.index(Assurance.TOO_FEW)
    codes[np.isnan(targets) | (good == 0)] = ASSURANCES.index(Assurance.NO_TARGET)
    return codes.astype(np.int8)
