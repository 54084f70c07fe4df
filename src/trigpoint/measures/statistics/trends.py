"""The recent trend as Fingertips marks it: a chi-square test for trend on the latest five points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from trigpoint.errors import InputError
from trigpoint.measures.choices import chosen
from trigpoint.measures.results.result import Direction
from trigpoint.measures.statistics import faults as unfit
from trigpoint.measures.statistics.faults import CODE, Fault
from trigpoint.measures.statistics.frames import Frame, Names, names, read, refuse_clash, require, with_numbers
from trigpoint.measures.statistics.intervals import Floats, normal_quantile, poisson
from trigpoint.measures.statistics.levels import Strictness
from trigpoint.measures.statistics.results import floats, number
from trigpoint.measures.statistics.slopes import Scale

POINTS = 5
CRITICAL = 9.5495  # the 99.8% point of chi-square with one degree of freedom, as the guidance prints it
FLAT_SHARE = 1e-9  # a slope without one point that is no more than this of the whole one is level but for rounding
TOO_FEW = f"fewer than {POINTS} points"
TWICE = "a period is given more than once"
FLAT = "no significant trend"
ONE_POINT = "one point alone makes the trend"


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold the points of a series."""

    numerator: str | None
    denominator: str | None
    value: str | None
    standard_error: str | None
    lower: str | None
    upper: str | None

    @property
    def used(self) -> list[str]:
        every = (self.numerator, self.denominator, self.value, self.standard_error, self.lower, self.upper)
        return [column for column in every if column is not None]


def recent_trend(
    data: Frame,
    *,
    period: str,
    scale: Scale | str,
    by: Names = (),
    numerator: str | None = None,
    denominator: str | None = None,
    value: str | None = None,
    standard_error: str | None = None,
    lower: str | None = None,
    upper: str | None = None,
    strictness: Strictness = Strictness.BY_GROUP,
) -> Frame:
    """Whether each series has risen or fallen over its latest five points, one row a series.

    Proportions (``numerator``, ``denominator``) are tested on logits. All else is tested as it is, weighted by its
    ``standard_error`` or its 95% limits; of rates and counts (``numerator``, and ``denominator`` for rates) these are
    the limits of ``rate``. A trend needs a chi-square above 9.5495 (99.8%) and must keep its sign whichever point is
    left out. Where a count of a proportion is 0, or all, half an event is added to each side of every point. Columns of
    the answer: the series', ``period`` of the latest point, ``trend`` (the words of ``Direction``), ``chi_square``,
    ``slope`` a period on the scale of the test, ``reason``. A series with a period twice, fewer than five points or an
    unfit one among the latest five cannot be tested and says why. Periods that are no numbers are taken as following
    one another. Raises ``InputError`` for columns that do not go together. Source: Fingertips technical guidance,
    recent trends; method reference, 1.3.

    >>> found = recent_trend({"year": [2019, 2020, 2021, 2022, 2023], "quit": [100, 120, 140, 160, 180],
    ...     "all": [1000] * 5}, period="year", numerator="quit", denominator="all", scale=Scale.PROPORTION)
    >>> found["trend"], round(found["chi_square"][0], 2)
    (['rising'], 32.53)
    """
    scale = chosen(Scale, scale, "scale")
    columns = Columns(numerator, denominator, value, standard_error, lower, upper)
    _refuse(columns, scale)
    given = read(data)
    labels = names(by)
    require(given.frame, period, *labels)
    if strictness is Strictness.PUBLISHED and not given.frame[period].dtype.is_numeric():
        raise InputError(f"column '{period}' holds no numbers", remedy="give years, or ask without strictness")
    frame = with_numbers(given.frame, *columns.used)
    faults = _faults(columns, period, scale)
    marked = unfit.marked(frame, faults)
    unfit.refuse(marked, faults, labels, strictness)
    series = _latest(marked, period, labels, columns)
    words = [
        TWICE * (different < count) or TOO_FEW * (count < POINTS) or reason
        for reason, count, different in zip(
            unfit.reasons(series[CODE], faults), series["__count"], series["__different"], strict=True
        )
    ]
    if strictness is Strictness.PUBLISHED and words == [TWICE]:
        raise InputError(f"{TWICE} in '{period}'", remedy="give each once, or name the columns that tell series apart")
    fit = np.array([not word for word in words], dtype=bool)
    points = {name: _matrix(series[name], fit) for name in ("__time", *columns.used)}
    heights, weights = _heights(points, columns, scale)
    tested = [_placed(values, fit) for values in _tested(points["__time"], heights, weights)]
    return given.back(_answer(series, labels, words, tested))


def _refuse(columns: Columns, scale: Scale) -> None:
    counted = columns.numerator is not None
    if scale is Scale.PROPORTION and not (counted and columns.denominator):
        raise InputError("a trend of proportions needs counts", remedy="name numerator and denominator")
    if scale is Scale.RATE and not counted:
        raise InputError("a trend of rates or counts needs the events", remedy="name the numerator")
    limits = columns.lower is not None and columns.upper is not None
    if scale is Scale.OTHER and not (columns.value and (columns.standard_error or limits)):
        raise InputError(
            "a trend needs values and their errors", remedy="name value, and standard_error or both limits"
        )


def _faults(columns: Columns, period: str, scale: Scale) -> list[Fault]:
    if scale is Scale.OTHER:
        errors = [columns.standard_error] if columns.standard_error else [columns.lower, columns.upper]
        needed = [name for name in (columns.value, *errors) if name is not None]
        faults = [unfit.endless(name) for name in needed] + [unfit.missing(name) for name in needed]
        width = pl.col(needed[1]) if len(needed) == 2 else pl.col(needed[2]) - pl.col(needed[1])
        faults.append(Fault(width <= 0, "the value has no error to weigh it by"))
    else:
        needed = [name for name in (columns.numerator, columns.denominator) if name is not None]
        faults = [check(name) for check in (unfit.negative, unfit.endless, unfit.missing) for name in needed]
        faults += [unfit.zero(name) for name in needed[1:]]
        if scale is Scale.PROPORTION:
            faults.append(unfit.above(needed[0], needed[1]))
    return [Fault(pl.col(period).is_null(), f"{period} is missing"), *faults]


def _latest(frame: pl.DataFrame, period: str, labels: Sequence[str], columns: Columns) -> pl.DataFrame:
    """One row a series: lists of its latest points in order of time, their number, and the gravest fault."""
    keys = [*labels] or ["__all"]
    frame = frame if labels else frame.with_columns(pl.lit(0).alias("__all"))
    numeric = frame[period].dtype.is_numeric()
    time = pl.col(period).cast(pl.Float64) if numeric else pl.int_range(pl.len()).cast(pl.Float64).over(keys)
    firsts = frame.select(keys).unique(maintain_order=True)
    points = frame.sort(period, maintain_order=True).with_columns(time.alias("__time"))
    tail = [pl.col(name).tail(POINTS) for name in dict.fromkeys(("__time", *columns.used))]
    found = points.group_by(keys, maintain_order=True).agg(
        *tail,
        pl.col(period).last().alias("__period"),
        pl.col(period).n_unique().alias("__different"),
        pl.col(period).len().alias("__count"),
        pl.col(CODE).tail(POINTS).max(),
    )
    return firsts.join(found, on=keys, how="left", nulls_equal=True, maintain_order="left")


def _matrix(lists: pl.Series, fit: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Floats:
    kept = lists.filter(pl.Series(fit))
    return floats(kept.explode()).reshape(-1, POINTS) if len(kept) else np.empty((0, POINTS))


def _heights(points: dict[str, Floats], columns: Columns, scale: Scale) -> tuple[Floats, Floats]:
    """Values on the scale of the test, and their weights: one over the variance of each."""
    if scale is Scale.OTHER:
        if columns.standard_error is not None:
            errors = points[columns.standard_error]
        else:
            errors = (points[columns.upper or ""] - points[columns.lower or ""]) / (2 * normal_quantile(0.95))
        return points[columns.value or ""], 1 / errors**2
    events = points[columns.numerator or ""]
    if scale is Scale.RATE:
        people = points[columns.denominator] if columns.denominator is not None else 1.0
        low, high = poisson(events, 0.95)
        return events / people, (2 * normal_quantile(0.95) * people / (high - low)) ** 2
    others = points[columns.denominator or ""] - events
    half = 0.5 * ((events == 0) | (others == 0)).any(axis=1, keepdims=True)
    events, others = events + half, others + half
    return np.log(events / others), events * others / (events + others)


def _tested(times: Floats, heights: Floats, weights: Floats) -> tuple[Floats, Floats, Floats]:
    """Slope, chi-square, and whether the slope keeps its sign (1 or 0) whichever point is left out, of each series."""
    slopes, rooms = _fitted(times, heights, weights)
    steady = np.ones(len(slopes))
    for left_out in range(POINTS):
        kept = [at for at in range(POINTS) if at != left_out]
        without, _ = _fitted(times[:, kept], heights[:, kept], weights[:, kept])
        steady[without * slopes <= FLAT_SHARE * slopes**2] = 0
    return slopes, slopes**2 * rooms, steady


def _fitted(times: Floats, heights: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Weighted slopes, and the sums of squares of the times about their mean."""
    centred = times - np.average(times, axis=1, weights=weights)[:, None]
    rooms = (weights * centred**2).sum(axis=1)
    return (weights * centred * heights).sum(axis=1) / rooms, rooms


def _answer(series: pl.DataFrame, labels: Sequence[str], words: list[str], tested: Sequence[Floats]) -> pl.DataFrame:
    verdicts = [_verdict(*of_one) for of_one in zip(words, *tested, strict=True)]
    columns = [
        series["__period"].alias("period"),
        pl.Series("trend", [trend.value for trend, _ in verdicts], dtype=pl.String),
        number("chi_square", tested[1]),
        number("slope", tested[0]),
        pl.Series("reason", [reason for _, reason in verdicts], dtype=pl.String),
    ]
    refuse_clash(labels, [column.name for column in columns])
    return series.select(labels).hstack(columns) if labels else pl.DataFrame(columns)


def _verdict(word: str, slope: float, chi_square: float, steady: float) -> tuple[Direction, str]:
    if word:
        return Direction.CANNOT, word
    if chi_square <= CRITICAL:
        return Direction.NO_CHANGE, FLAT
    if not steady:
        return Direction.NO_CHANGE, ONE_POINT
    return (Direction.RISING if slope > 0 else Direction.FALLING), ""


def _placed(values: Floats, fit: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Floats:
    placed = np.full(len(fit), np.nan)
    placed[fit] = values
    return placed
