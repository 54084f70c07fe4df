"""``spc(frame, …)``: control charts of the series of a frame."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import polars as pl

from trigpoint.errors import InputError
from trigpoint.measures.choices import chosen
from trigpoint.measures.definitions.definition import ChartKind
from trigpoint.measures.spc.charts import control_charts
from trigpoint.measures.spc.control import RuleSet
from trigpoint.measures.spc.dates import Labels, Step, Times, missing_before, read_times, step_of
from trigpoint.measures.spc.findings import Wording
from trigpoint.measures.spc.layout import Floats, Integers
from trigpoint.measures.spc.rule_sets import DEFAULT
from trigpoint.measures.spc.series_keys import SeriesKeys, polarities_of, recentres_of, targets_of
from trigpoint.measures.spc.table import RESULTS, SpcTable
from trigpoint.measures.statistics.frames import Frame, names, read, refuse_clash, require, with_numbers
from trigpoint.plans.model import Polarity
from trigpoint.rounding import decimals_of

_MOST_DECIMALS = 4


def spc(
    frame: Frame,
    value: str = "value",
    date: str = "date",
    by: str | Sequence[str] = (),
    *,
    polarity: object = Polarity.NEITHER,
    target: object = None,
    rule_set: str | RuleSet = DEFAULT,
    rebases: object = None,
    baseline: int = 0,
    screening: bool | None = None,
    chart: ChartKind | str = ChartKind.XMR,
    denominator: str | None = None,
    multiplier: float = 1.0,
    trajectory: str | None = None,
    overdispersion: bool = False,
    expected_step: Step | str | None = None,
    decimals: int | None = None,
    unit: str = "",
) -> SpcTable:
    """Control charts of every series of a frame, with variation and assurance icons, computed together.

    ``frame``: one row a point, of any kind (polars, pandas, pyarrow …) or a dict of columns. ``value`` and ``date``
    name its columns; ``by`` names one or more columns that tell series apart. Dates are dates, text as 2026-04-01, or
    periods ("April 2026", "2026/27 Q1"). For p and u charts ``value`` is the numerator and ``denominator`` its column.

    ``polarity``: ``Polarity`` or "higher", "lower", "neither", or a mapping of series to these. ``target``: a number, a
    column (so that it may change from period to period), or a mapping of series to numbers; assurance is judged by the
    target of the last point's own period. ``rebases``: see ``series_keys.recentres_of``. ``baseline``: the first points
    that set the limits (12 or more; 0 for all). ``screening``: ``None`` leaves it to the rule set. ``expected_step``
    says how far apart points should be; ``None`` finds it. ``trajectory`` names a column that goes with the points into
    the tables, never judged. ``decimals`` and ``unit`` are those of the sentences.

    Returns an ``SpcTable``: one result a series, tables and pictures. Raises InputError for what cannot be used, naming
    column and row. Method: ``docs/methods-spc.md``; Making Data Count (NHS England); NHSRplotthedots 0.2.2.

    >>> months = [f"2025-{month:02}-01" for month in range(1, 13)] + ["2026-01-01", "2026-02-01"]
    >>> table = spc({"date": months, "value": [7, 8, 7, 9, 8, 7, 8, 9, 7, 8, 8, 7, 9, 15]}, polarity="lower", target=20)
    >>> table[0].variation.value, table[0].assurance.value
    ('concern, high', 'consistently hits the target')
    """
    chart = chosen(ChartKind, chart, "kind of chart")
    _refuse_unused(chart, denominator, multiplier, overdispersion=overdispersion)
    given = read(frame)
    points = _points(given.frame, value, date, names(by), target=target, denominator=denominator, trajectory=trajectory)
    keys = SeriesKeys(tuple(names(by)), points.keys)
    inner = np.ones(len(points.values), dtype=bool)
    inner[np.cumsum(points.lengths) - points.lengths] = False
    step = chosen(Step, expected_step, "step") if expected_step else step_of(points.times.days, inner)
    labels, missing = Labels(points.times, step), missing_before(points.times.days, inner, step)
    charts = control_charts(
        points.values,
        points.lengths,
        labels,
        ordinals=points.times.days,
        gaps=missing > 0,
        gap_names=lambda place: labels.missing(place, int(missing[place])),
        chart=chart,
        rule_set=rule_set,
        polarity=polarities_of(polarity, keys),
        targets=points.targets if points.targets is not None else np.repeat(targets_of(target, keys), points.lengths),
        denominators=points.denominators,
        multiplier=multiplier,
        rebases=recentres_of(rebases, keys),
        baseline=baseline,
        screening=screening,
        overdispersion=overdispersion,
        wording=Wording(
            _decimals(points.values, decimals, multiplier if denominator else None),
            "",
            unit,
            step.value if step else "point",
        ),
    )
    return SpcTable(charts, keys, points.rows, date, unit, given.back)


def _refuse_unused(chart: ChartKind, denominator: str | None, multiplier: float, *, overdispersion: bool) -> None:
    """Only p and u charts have a denominator; on any other it would be left out silently, and the chart be wrong."""
    if chart in (ChartKind.P, ChartKind.U) or not (denominator or multiplier != 1 or overdispersion):
        return
    raise InputError(
        f"a chart of kind {chart.value} takes no denominator, multiplier or overdispersion",
        remedy="say chart=“p” for shares or chart=“u” for rates, or divide first",
    )


@dataclass(frozen=True, eq=False, slots=True)
class _Points:
    """The frame's points by series and time. ``rows`` holds grouping columns and dates in that order."""

    rows: pl.DataFrame
    keys: tuple[tuple[Any, ...], ...]
    lengths: Integers
    times: Times
    values: Floats
    targets: Floats | None
    denominators: Floats | None


def _points(
    frame: pl.DataFrame,
    value: str,
    date: str,
    by: list[str],
    *,
    target: object,
    denominator: str | None,
    trajectory: str | None,
) -> _Points:
    numeric = [value, *(name for name in (target, denominator, trajectory) if isinstance(name, str))]
    require(frame, *by, date, *numeric, *(name for name in (denominator, trajectory) if name is not None))
    if date in by:
        raise InputError(f"'{date}' is the date and tells series apart too", remedy="leave it out of by")
    refuse_clash([*by, date], [name for name in RESULTS if name != value])
    if not len(frame):
        raise InputError("the frame has no rows", remedy="give one row a point")
    numbers = with_numbers(frame.select(list(dict.fromkeys(numeric))), *numeric)
    times = read_times(frame, date)
    order, starts = _order(frame, by, times.days)
    rows = frame.select(list(dict.fromkeys([*by, date])))[order]
    times = times.at(order)
    _refuse_twice(rows.select([*by, date]), times.days, starts, order)
    lengths = np.diff(starts, append=len(rows))
    columns = {name: numbers[name].to_numpy()[order] for name in dict.fromkeys(numeric)}
    keys = tuple(rows[starts].select(by).iter_rows()) if by else ((),)
    goals = columns[target] if isinstance(target, str) else None
    if trajectory:
        rows = rows.with_columns(trajectory=pl.Series(columns[trajectory]).fill_nan(None))
    return _Points(rows, keys, lengths, times, columns[value], goals, columns[denominator] if denominator else None)


def _order(frame: pl.DataFrame, by: list[str], days: Integers) -> tuple[Integers, Integers]:
    """The rows by series and time, and where each series starts. Series are in the order of their names."""
    if not by:
        return np.argsort(days, kind="stable"), np.zeros(1, dtype=np.int64)
    ranks = np.zeros(len(frame), dtype=np.int64)
    for name in by:
        own = frame[name].rank("dense").fill_null(0).to_numpy().astype(np.int64)
        ranks = ranks * (int(own.max()) + 1) + own
    order = np.lexsort((days, ranks))
    ranks = ranks[order]
    return order, np.flatnonzero(np.diff(ranks, prepend=ranks[0] - 1))


def _refuse_twice(rows: pl.DataFrame, days: Integers, starts: Integers, order: Integers) -> None:
    """Raise InputError where a series has a date twice; the last column of the rows is the date."""
    same = np.diff(days, prepend=days[0] - 1) == 0
    same[starts] = False
    if same.any():
        place = int(np.flatnonzero(same)[0])
        first, second = sorted((int(order[place - 1]) + 1, int(order[place]) + 1))
        *by, date = rows.columns
        series = "".join(f", {name} {rows[name][place]}" for name in by)
        raise InputError(
            f"rows {first:,} and {second:,} have the same {date}, {rows[date][place]}{series}",
            remedy="keep one of them, or name the column that tells their series apart in by",
        )


def _decimals(values: Floats, decimals: int | None, share_of: float | None) -> int:
    """The decimals asked for, else as many as show how the values vary; of a share so many per ``share_of``."""
    if decimals is not None:
        return decimals
    known = values[np.isfinite(values)]
    if share_of is not None or not len(known):
        usable = isinstance(share_of, (int, float)) and share_of > 0
        return max(1, _MOST_DECIMALS - 1 - round(math.log10(share_of))) if share_of and usable else 1
    largest = max(1.0, float(np.abs(known).max()))
    least = 1 if largest < 1000 else 0
    spread = float(np.std(known / largest)) * largest
    if spread == 0 or known.max() == known.min():
        return max(least, min(decimals_of(Decimal(repr(float(known[0]))).normalize()), _MOST_DECIMALS))
    return min(max(-math.floor(math.log10(spread)), least), _MOST_DECIMALS)
