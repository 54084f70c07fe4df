"""A point of delivery year by year: the fan from the outturn to the horizon, do nothing and do something."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trigpoint.charts.activity.look import DO_NOTHING, DO_SOMETHING, INTERVAL, OUTTURN, Look
from trigpoint.charts.activity.subject import base_interval, series_of, title_of, unit_of
from trigpoint.charts.activity.trajectory import no_figures, told_of
from trigpoint.charts.illustrative import marked
from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.printed import between, change, form_for, per_cent, relative, shown
from trigpoint.charts.strands import Board, Head, Strand, lines_spec, numbers
from trigpoint.charts.upright import NOTHING

if TYPE_CHECKING:
    from trigpoint.activity.results.run import ActivityRun, Band, SeriesRun

__all__ = ["annual_picture"]

Values = tuple[float | None, ...]


def annual_picture(run: ActivityRun, pod: str, provider: str = "", *, detail: Sequence[str] = ()) -> Picture:
    """What each year comes to, do nothing and do something, with their 80% intervals widening from the outturn on.

    Arguments, finding and what is missing are as of ``trajectory_picture``; values are activity a year. The table has
    each year with its intervals and the change that the schemes make.
    """
    name, one = title_of(run, pod, provider, detail), series_of(run, pod, provider, detail)
    if one is None:
        return no_figures(name)
    title = f"{name}, year by year"
    base = _sum(numbers(one.base))
    nothing, something = (
        _points(band, base, base_interval(run, one.key)) for band in (one.annual_do_nothing, one.annual_do_something)
    )
    form = form_for([*nothing[0], *something[0]], unit_of(run, pod))
    periods = (run.book.settings.base_year.label, *(year.label for year in run.years))
    level = tuple(base for _ in periods)
    strands = [
        Strand("Outturn", level, OUTTURN, end=f"Outturn {shown(base, form.decimals)}"),
        _strand(DO_NOTHING, nothing, form.decimals, pale=0.13),
        _strand(DO_SOMETHING, something, form.decimals, pale=0.22),
    ]
    finding = told_of(run, one, name)
    alt = f"Line chart of {title}, {periods[0]} to {periods[-1]}. {finding}"
    heads = tuple(
        Head(at, at, (per_cent(relative(after, before)), "by the schemes"))
        for at, (after, before) in enumerate(zip(something[0], nothing[0], strict=True))
        if at and relative(after, before) is not None
    )
    board = Board(periods, form, heads, edged=False)
    key = f"Pale bands: {INTERVAL}s. Numbers beside the lines: {periods[-1]}."
    spec = lines_spec(board, strands, title=title, finding=finding, key=key, description=alt)
    return marked(Picture(spec, finding, alt, _table(run, one, base, name)), illustrative=one.illustrative)


def _sum(values: Values) -> float | None:
    return None if None in values or not values else sum(value for value in values if value is not None)


def _points(
    band: Band, base: float | None, interval: tuple[float | None, float | None]
) -> tuple[Values, Values, Values]:
    """Mean, low and high, the base year's outturn first; without an interval of its own the fan opens from it."""
    low, high = (base if None in interval else end for end in interval)
    return (base, *numbers(band.mean)), (low, *numbers(band.p10)), (high, *numbers(band.p90))


def _strand(look: Look, points: tuple[Values, Values, Values], decimals: int, *, pale: float) -> Strand:
    mean, low, high = points
    dots = frozenset(range(1, len(mean)))
    end = f"{look.word} {shown(mean[-1], decimals)}"
    return Strand(look.word, mean, look, (low, high), end=end, dots=dots, pale=pale)


def _table(run: ActivityRun, one: SeriesRun, base: float | None, title: str) -> DataTable:
    headers = (
        "Year", "Do nothing", f"Do nothing, {INTERVAL}", "Do something", f"Do something, {INTERVAL}", "Schemes",
        "Share",
    )  # fmt: skip
    nothing, something = one.annual_do_nothing, one.annual_do_something
    columns = [numbers(values) for band in (nothing, something) for values in (band.mean, band.p10, band.p90)]
    decimals = form_for([base, *columns[0], *columns[3]]).decimals
    rows = [(f"{run.book.settings.base_year.label} outturn", shown(base, decimals), *[NOTHING] * 5)]
    for year, (mean, low, high, own, own_low, own_high) in zip(run.years, zip(*columns, strict=False), strict=False):
        gap = None if mean is None or own is None else own - mean
        cells = [shown(mean, decimals), between(low, high, decimals)]
        cells += [shown(own, decimals), between(own_low, own_high, decimals)]
        rows.append((year.label, *cells, change(gap, decimals), per_cent(relative(own, mean))))
    return DataTable(f"{title}: every year", headers, tuple(rows))
