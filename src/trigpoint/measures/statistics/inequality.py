"""The slope index and the relative index of inequality, with their intervals, for all areas at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from trigpoint.errors import InputError
from trigpoint.measures.choices import chosen
from trigpoint.measures.statistics import faults as unfit
from trigpoint.measures.statistics.faults import Fault
from trigpoint.measures.statistics.frames import Frame, Names, names, read, refuse_clash, require, with_numbers
from trigpoint.measures.statistics.intervals import Floats, normal_quantile, wilson
from trigpoint.measures.statistics.ladders import Ladders, ladders
from trigpoint.measures.statistics.levels import Levels, Strictness, confidence_levels, label
from trigpoint.measures.statistics.quotients import finite
from trigpoint.measures.statistics.results import floats, number
from trigpoint.measures.statistics.slope_intervals import SEED, Line
from trigpoint.measures.statistics.slopes import Scale, ends

REPLICATIONS = 10
PUBLISHED_FROM = 0.9
UNBOUNDED = "the relative index has no interval: the fitted value of the first group cannot be told from 0"


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold what. Errors are standard errors, or 95% limits, or not known."""

    group: str
    population: str
    value: str
    by: tuple[str, ...]
    standard_error: str | None
    lower: str | None
    upper: str | None

    @property
    def errors(self) -> list[str]:
        """What tells how sure the values are."""
        return [column for column in (self.standard_error, self.lower, self.upper) if column is not None]

    @property
    def numbers(self) -> list[str]:
        return [self.population, self.value, *self.errors]


def sii(
    data: Frame,
    *,
    quantile: str,
    population: str,
    value: str | None = None,
    numerator: str | None = None,
    by: Names = (),
    standard_error: str | None = None,
    lower: str | None = None,
    upper: str | None = None,
    scale: Scale | str = Scale.OTHER,
    transform: bool = False,
    multiplier: float = 1,
    levels: Levels = 0.95,
    reliability: bool = False,
    strictness: Strictness = Strictness.BY_GROUP,
) -> Frame:
    """The slope index (SII) and the relative index (RII) of inequality of every area.

    One row an area and group of deprivation (5 to 100 groups, the first the most deprived, rows in any order), with its
    population and value. A line is fitted to the values, or to their logarithms (``Scale.RATE``) or logits
    (``Scale.PROPORTION``) with ``transform``, weighted with population. The SII is its far end less its near end times
    ``multiplier``, the RII far over near. A negative multiplier, for a measure of which more is worse, turns both
    round: an SII above 0 and an RII above 1 then say again that the most deprived fare worse. Errors are standard
    errors or 95% limits (``lower``, ``upper``); with neither there are no intervals. A proportion may come as
    ``numerator`` in place of ``value``, and then has Wilson's limits if no others are given. Columns of the answer: the
    area's, ``sii``, ``sii_lower_95``, ``sii_upper_95``, ``rii`` with its limits, ``intercept`` (the near end, times the
    size of the multiplier), ``method``, ``reason``; with ``reliability`` also how far, on average, the limits move from
    seed to seed. An area with a gap has a reason in place of numbers. Raises ``InputError`` for columns or options that
    do not fit together. Source: method reference, 1.3; Public Health England, technical guide on the SII.

    >>> table = {"tenth": [1, 2, 3, 4, 5], "people": [10] * 5, "years": [70.0, 72, 74, 76, 78], "se": [0.5] * 5}
    >>> found = sii(table, quantile="tenth", population="people", value="years", standard_error="se")
    >>> round(found["sii"][0], 6), round(found["sii_lower_95"][0], 2), round(found["rii"][0], 4)
    (10.0, 8.45, 1.1449)
    """
    scale = chosen(Scale, scale, "scale")
    given = read(data)
    frame = given.frame
    if value is None:
        frame, (value, *limits) = _counted(frame, numerator, population, scale)
        if standard_error is None and lower is None and upper is None:
            lower, upper = limits
    columns = Columns(quantile, population, value, tuple(names(by)), standard_error, lower, upper)
    shares = _levels(levels, strictness)
    _refuse(columns, scale, transform, multiplier, strictness)
    require(frame, quantile, *columns.by)
    frame = with_numbers(frame, *columns.numbers)
    faults = _faults(columns, scale)
    marked = unfit.marked(frame, faults)
    unfit.refuse(marked, faults, columns.by, strictness)
    found = ladders(marked, quantile, columns.by, columns.numbers, faults)
    line = _line(found, columns, scale, transform)
    return given.back(_answer(found, line, multiplier, shares, reliability=reliability))


def _counted(
    frame: pl.DataFrame, numerator: str | None, population: str, scale: Scale
) -> tuple[pl.DataFrame, tuple[str, str, str]]:
    """The frame with the shares that counts make and their 95% limits, and the names of these columns."""
    if numerator is None or scale is not Scale.PROPORTION:
        raise InputError("there are no values", remedy="name their column, or the numerator of a proportion")
    frame = with_numbers(frame, numerator, population)
    counts, people = (floats(frame[column]) for column in (numerator, population))
    value = f"{numerator} over {population}"
    made = (value, f"{value}, lower", f"{value}, upper")
    with np.errstate(divide="ignore", invalid="ignore"):
        columns = (counts / people, *wilson(counts, people, 0.95))
    return frame.with_columns(number(name, values) for name, values in zip(made, columns, strict=True)), made


def _levels(levels: Levels, strictness: Strictness) -> tuple[float, ...]:
    shares = confidence_levels(levels)
    if strictness is Strictness.PUBLISHED and min(shares) < PUBLISHED_FROM:
        raise InputError("a confidence level is below 90%", remedy="give levels from 0.9 up, or ask without strictness")
    return shares


def _refuse(columns: Columns, scale: Scale, transform: bool, multiplier: float, strictness: Strictness) -> None:
    limits = (columns.lower is not None) + (columns.upper is not None)
    if limits == 1:
        raise InputError("one limit of the values is given without the other", remedy="give both lower and upper")
    if limits and columns.standard_error is not None:
        raise InputError("standard errors and limits are both given", remedy="give one of them")
    if not limits and columns.standard_error is None and strictness is Strictness.PUBLISHED:
        raise InputError("the values have no errors", remedy="give their standard errors, or their 95% limits")
    if transform and scale is Scale.OTHER:
        raise InputError("only rates and proportions can be transformed", remedy="say which, or leave transform out")
    if transform and columns.standard_error is not None:
        raise InputError("standard errors do not go with a transform", remedy="give the 95% limits of the values")
    if not abs(finite(multiplier)) > 0:
        raise InputError(f"a multiplier of {multiplier!r} makes no sense", remedy="give 1, -1 or another number")


def _faults(columns: Columns, scale: Scale) -> list[Fault]:
    faults = [
        Fault(pl.col(columns.group).is_null(), f"{columns.group} is missing", refused=False),
        unfit.negative(columns.population),
        unfit.zero(columns.population),
        Fault(pl.col(columns.population).is_null(), f"{columns.population} is missing"),
        *(unfit.endless(column) for column in columns.numbers),
        # A value that is not known leaves its area out; an error that is not known is an incomplete table.
        *(Fault(pl.col(column).is_null(), f"{column} is missing") for column in columns.errors),
        unfit.missing(columns.value),
    ]
    if columns.standard_error is not None:
        faults.append(unfit.negative(columns.standard_error))
    if columns.lower is not None and columns.upper is not None:
        faults += [unfit.above(columns.lower, columns.value), unfit.above(columns.value, columns.upper)]
    on_scale = [column for column in (columns.value, columns.lower, columns.upper) if column is not None]
    if scale is Scale.PROPORTION:
        faults += [Fault(~pl.col(each).is_between(0, 1), f"{each} is not between 0 and 1") for each in on_scale]
        faults += [Fault(pl.col(each).is_in([0.0, 1.0]), f"{each} is 0 or 1, which has no logit") for each in on_scale]
    if scale is Scale.RATE:
        faults += [Fault(pl.col(each) <= 0, f"{each} is not above 0 and has no logarithm") for each in on_scale]
    return faults


def _line(found: Ladders, columns: Columns, scale: Scale, transform: bool) -> Line:
    """The lines of the whole ladders. Errors that are not known are NaN."""
    whole = {name: values[found.whole] for name, values in found.columns.items()}
    values = whole[columns.value]
    if columns.lower is not None and columns.upper is not None:
        width = scale.straight(whole[columns.upper]) - scale.straight(whole[columns.lower])
        errors = width / (2 * normal_quantile(0.95))
    elif columns.standard_error is not None:
        errors = whole[columns.standard_error] / scale.steepness(values)
    else:
        errors = np.full_like(values, np.nan)
    return Line(ends(whole[columns.population]), scale, transform, scale.straight(values), errors)


def _answer(
    found: Ladders, line: Line, multiplier: float, levels: Sequence[float], *, reliability: bool
) -> pl.DataFrame:
    near, far = line.fitted()
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = np.where(near == 0, np.nan, far / near)
    answers = {"sii": (far - near) * multiplier, "rii": _turned(ratios, multiplier)}
    limits = _limits(line, multiplier, levels, SEED)
    if reliability:
        others = [_limits(line, multiplier, levels, SEED + step) for step in range(1, REPLICATIONS)]
    for index, name in enumerate(("sii", "rii")):
        for at, level in enumerate(levels):
            for side, end in enumerate(("lower", "upper")):
                answers[f"{name}_{end}_{label(level)}"] = limits[index][:, at, side]
            if reliability:
                moves = [np.abs(other[index][:, at] - limits[index][:, at]) for other in others]
                answers[f"{name}_moves_{label(level)}"] = np.mean(moves, axis=(0, 2))
    answers["intercept"] = near * abs(multiplier)
    order = sorted(answers, key=lambda name: ("sii", "rii", "int").index(name[:3]))
    whole = found.whole
    columns = [number(name, _spread(answers[name], whole)) for name in order]
    unbounded = np.zeros(len(whole), dtype=bool)
    unbounded[whole] = np.isnan(limits[1]).any(axis=(1, 2)) & ~np.isnan(line.errors).any(axis=1)
    reasons = [UNBOUNDED if open_ended else reason for reason, open_ended in zip(found.reasons, unbounded, strict=True)]
    columns.append(pl.Series("method", [_method(line) if fit else "" for fit in whole], dtype=pl.String))
    columns.append(pl.Series("reason", reasons, dtype=pl.String))
    refuse_clash(found.areas.columns, [column.name for column in columns])
    return found.areas.hstack(columns) if found.areas.width else pl.DataFrame(columns)


def _limits(line: Line, multiplier: float, levels: Sequence[float], seed: int) -> tuple[Floats, Floats]:
    """Limits of both indices: areas × levels × lower and upper."""
    shares = [share for level in levels for share in ((1 - level) / 2, (1 + level) / 2)]
    slopes, ratios = line.limits(shares, seed)
    slopes, ratios = (each.reshape(len(each), len(levels), 2) for each in (slopes * multiplier, ratios))
    if multiplier < 0:
        return slopes[:, :, ::-1], _turned(ratios[:, :, ::-1], multiplier)
    return slopes, ratios


def _turned(ratios: Floats, multiplier: float) -> Floats:
    with np.errstate(divide="ignore"):
        return 1 / ratios if multiplier < 0 else ratios


def _spread(values: Floats, whole: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Floats:
    """Values of the whole ladders at the places of their areas, NaN at the others."""
    spread = np.full(len(whole), np.nan)
    spread[whole] = values
    return spread


def _method(line: Line) -> str:
    fitted = {Scale.RATE: "logarithms", Scale.PROPORTION: "logits"}[line.scale] if line.transformed else "values"
    if np.isnan(line.errors).all():
        return f"least squares on {fitted}"
    simulated = not line.transformed and line.scale is not Scale.OTHER
    return f"least squares on {fitted}, {'simulated' if simulated else 'closed-form'} interval"
