"""One number over another, group by group: what rates, shares and ratios have in common."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from numbers import Real

import numpy as np
import polars as pl

from trigpoint.errors import InputError
from trigpoint.measures.statistics import faults as unfit
from trigpoint.measures.statistics.faults import CODE, Fault
from trigpoint.measures.statistics.frames import Frame, read, with_numbers
from trigpoint.measures.statistics.intervals import Floats, Interval
from trigpoint.measures.statistics.levels import Strictness
from trigpoint.measures.statistics.results import answer, blanked, floats

Limits = Callable[[Floats, Floats, float], Interval]


@dataclass(frozen=True, slots=True)
class Quotient:
    """What is divided by what, added over which groups, times how much, and which rows are unfit."""

    numerator: str
    denominator: str
    by: Sequence[str]
    multiplier: float
    faults: Sequence[Fault]
    strictness: Strictness


def quotients(
    data: Frame,
    shape: Quotient,
    levels: Sequence[float],
    limits: Limits | None,
    methods: Callable[[Floats], pl.Series],
) -> Frame:
    """The quotient of every group with its limits (which ``limits`` gives before the multiplier) and its reason."""
    refuse_multiplier(shape.multiplier)
    given = read(data)
    frame = with_numbers(given.frame, shape.numerator, shape.denominator)
    empty = [unfit.zero(shape.denominator)]
    parts = (shape.numerator, shape.denominator)
    groups = unfit.added(frame, parts, shape.by, faults=shape.faults, of_totals=empty, strictness=shape.strictness)
    x, n = (blanked(floats(groups[part]), groups[CODE]) for part in parts)

    def scaled(level: float) -> Interval:
        lower, upper = limits(x, n, level) if limits else (np.full_like(x, np.nan),) * 2
        return lower * shape.multiplier, upper * shape.multiplier

    made = answer(
        groups.drop(*dict.fromkeys(parts), CODE),
        {"numerator": groups[shape.numerator], "denominator": groups[shape.denominator]},
        x / n * shape.multiplier,
        levels,
        scaled,
        methods=methods(x),
        reason=unfit.reasons(groups[CODE], [*shape.faults, *empty]),
    )
    return given.back(made)


def refuse_multiplier(multiplier: object) -> None:
    """Raise ``InputError`` for a multiplier that is not above 0."""
    if not finite(multiplier) > 0:
        raise InputError(f"a multiplier of {multiplier!r} makes no sense", remedy="give a number above 0, such as 1000")


def finite(given: object) -> float:
    """What was given as a float, NaN where it is no number or has no end.

    >>> finite(3), finite(None), finite("3"), finite(True)
    (3.0, nan, nan, nan)
    """
    number = float(given) if not isinstance(given, bool) and isinstance(given, Real) else math.nan
    return number if math.isfinite(number) else math.nan
