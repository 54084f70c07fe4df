"""Life expectancy by Chiang's abridged life table, with Silcocks' variance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from trigpoint.errors import InputError
from trigpoint.measures.statistics.frames import Frame, Names, names, read, require, with_numbers
from trigpoint.measures.statistics.intervals import Floats, Interval, normal_quantile
from trigpoint.measures.statistics.levels import Levels, Strictness, confidence_levels
from trigpoint.measures.statistics.life_tables import LifeTable, life_tables
from trigpoint.measures.statistics.populations import age_band
from trigpoint.measures.statistics.results import answer

# Fewer people than this give no usable life table (method reference, 1.3).
SMALLEST_POPULATION = 5000
WIDEST_INTERVAL_YEARS = 20


@dataclass(frozen=True, slots=True)
class _Areas:
    """People and deaths, a row an area and a column an age band, and why an area has no life table."""

    labels: pl.DataFrame
    bands: Floats
    people: Floats
    deaths: Floats
    reasons: list[str]


def life_expectancy(
    data: Frame,
    *,
    deaths: str,
    population: str,
    start_age: str,
    by: Names = (),
    ages: Sequence[int] | None = None,
    bands: Sequence[int] | None = None,
    levels: Levels = 0.95,
    strictness: Strictness = Strictness.BY_GROUP,
) -> Frame:
    """Years left to live at the start of each age band, by Chiang's life table with Silcocks' variance.

    One row an age band and group: deaths and person-years, and the band's first age (or a label such as "85-89"). Any
    number of bands from 2 up will do; the first begins at 0, the last is open. ``bands`` says which first ages there
    must be, else they are those found in the data. ``ages`` keeps only these; where none of them begins a band, all
    are given.

    Columns of the answer: the labels in ``by``, ``start_age``, ``deaths`` and ``population`` (at this age and above),
    ``value``, the limits, ``method``, ``reason``. A group has no value, and says why, with a band missing or given
    twice, a number missing, negative deaths, nobody in a band, more deaths than people, 5,000 people or fewer, or no
    deaths in the open band; a value whose 95% interval is wider than 20 years is withheld. Nobody alive at an age has
    0 years left, without limits. Raises ``InputError`` for a column that is absent or holds text, a first band that
    does not begin at 0, and an age that is not in ``bands``.
    Source: method reference, 1.3; Chiang 1968; Silcocks and others, J Epidemiol Community Health 55, 2001.

    >>> table = {"age": [0, 65], "deaths": [50, 500], "people": [80_000, 10_000]}
    >>> life_expectancy(table, deaths="deaths", population="people", start_age="age")["value"]
    [81.92..., 20.0]
    """
    shares = confidence_levels(levels, strictness=strictness, any_number=True)
    given = read(data)
    frame = _with_ages(given.frame, start_age)
    frame = with_numbers(frame, start_age, deaths, population)
    require(frame, *names(by))
    areas = _areas(frame, (deaths, population, start_age), names(by), bands)
    table = life_tables(areas.bands, areas.people, areas.deaths)
    shown = _shown(areas.bands, ages)
    return given.back(_answer(areas, table, shown, shares))


def _with_ages(frame: pl.DataFrame, start_age: str) -> pl.DataFrame:
    require(frame, start_age)
    column = frame[start_age]
    if column.dtype != pl.String:
        return frame
    first = {label: age_band(label).first for label in column.drop_nulls().unique(maintain_order=True)}
    return frame.with_columns(column.replace_strict(first, default=None, return_dtype=pl.Float64))


def _bands(found: Floats, wanted: Sequence[int] | None) -> Floats:
    """The first ages of the bands. Raises ``InputError`` where they make no life table."""
    bands = np.array(wanted, dtype=np.float64) if wanted is not None else np.unique(found)
    if wanted is not None and (np.diff(bands) <= 0).any():
        raise InputError("the first ages of the age bands do not rise", remedy="give each once, from 0 up")
    if len(bands) < 2:
        raise InputError(f"there are {len(bands)} age bands", remedy="give at least two, the last of them open")
    if bands[0] != 0:
        raise InputError(f"the first age band begins at {bands[0]:g}", remedy="let it begin at 0")
    odd = np.setxor1d(bands, found)
    if len(odd):
        where = "not one of the age bands named" if odd[0] in found else "named, but nowhere in the data"
        raise InputError(f"the age {odd[0]:g} is {where}", remedy="give the first ages that the data has")
    return bands


def _areas(
    frame: pl.DataFrame, columns: tuple[str, str, str], by: Sequence[str], wanted: Sequence[int] | None
) -> _Areas:
    start_age = columns[-1]
    lost = frame[start_age].is_null().arg_true()
    if len(lost):
        raise InputError(f"'{start_age}' is empty in row {int(lost[0]) + 1}", remedy="give the first age of the band")
    measured = [pl.col(name).alias(f"__{at}") for at, name in enumerate(columns)]
    grouped = frame.group_by(by, maintain_order=True).agg(*measured) if by else _whole(frame, measured)
    long = grouped.with_row_index("__area").explode("__0", "__1", "__2")
    bands = _bands(frame[start_age].to_numpy(), wanted) if len(frame) else np.zeros(1)
    area, band = long["__area"].to_numpy(), np.searchsorted(bands, long["__2"].to_numpy())
    rows = np.zeros((len(grouped), len(bands)))
    np.add.at(rows, (area, band), 1)
    died, lived = np.full(rows.shape, np.nan), np.full(rows.shape, np.nan)
    died[area, band] = long["__0"].fill_null(np.nan).to_numpy()
    lived[area, band] = long["__1"].fill_null(np.nan).to_numpy()
    reasons = _reasons(bands, rows, died, lived)
    return _Areas(grouped.with_row_index("__area").select("__area", *by), bands, lived, died, reasons)


def _whole(frame: pl.DataFrame, measured: Sequence[pl.Expr]) -> pl.DataFrame:
    """The frame as one group, no group where it has no rows."""
    grouped = frame.select(each.implode() for each in measured)
    return grouped if len(frame) else grouped.clear()


def _reasons(bands: Floats, rows: Floats, deaths: Floats, people: Floats) -> list[str]:
    """Why an area has no life table, "" where it has one; the gravest reason, and the first age it holds for."""
    at_ages: tuple[tuple[npt.NDArray[np.bool_], str], ...] = (
        (rows == 0, "there is no row for age {}"),
        (rows > 1, "age {} is given more than once"),
        (np.isnan(deaths), "deaths are missing at age {}"),
        (np.isnan(people), "population is missing at age {}"),
        (deaths < 0, "deaths are negative at age {}"),
        (people <= 0, "population is not above 0 at age {}"),
        (np.isinf(people) | np.isinf(deaths), "a number is not finite at age {}"),
        (deaths > people, "there are more deaths than people at age {}"),
    )
    reasons = [""] * len(rows)
    for unfit, words in at_ages:
        for area in np.flatnonzero(unfit.any(axis=1)):
            reasons[area] = reasons[area] or words.format(f"{bands[unfit[area].argmax()]:g}")
    for area in np.flatnonzero(people.sum(axis=1) <= SMALLEST_POPULATION):
        reasons[area] = reasons[area] or f"the population is {SMALLEST_POPULATION:,} or fewer"
    return reasons


def _shown(bands: Floats, ages: Sequence[int] | None) -> npt.NDArray[np.intp]:
    wanted = np.isin(bands, list(ages)) if ages is not None else np.ones(len(bands), dtype=bool)
    return np.flatnonzero(wanted if wanted.any() else ~wanted)


def _answer(areas: _Areas, table: LifeTable, shown: npt.NDArray[np.intp], levels: Sequence[float]) -> pl.DataFrame:
    fit = np.array([not reason for reason in areas.reasons], dtype=bool)[:, None]

    def flat(values: Floats) -> Floats:
        return np.where(fit, values, np.nan)[:, shown].ravel()

    spread = flat(table.standard_error)
    years = flat(np.where(np.isinf(table.years), np.nan, table.years))

    def limits(level: float) -> Interval:
        half = normal_quantile(level) * spread
        return years - half, years + half

    wide = 2 * normal_quantile(0.95) * spread > WIDEST_INTERVAL_YEARS
    reason = np.repeat(np.array(areas.reasons, dtype=object), len(shown))
    reason[(reason == "") & np.isnan(years)] = f"there are no deaths from age {areas.bands[-1]:g} on"
    reason[(reason == "") & wide] = f"withheld: the 95% interval is wider than {WIDEST_INTERVAL_YEARS} years"
    labels = areas.labels[np.repeat(np.arange(len(areas.labels)), len(shown))]
    start_ages = np.tile(areas.bands[shown], len(areas.labels)).astype(np.int64)
    return answer(
        labels.with_columns(pl.Series("start_age", start_ages)).drop("__area"),
        {
            "deaths": flat(np.cumsum(areas.deaths[:, ::-1], axis=1)[:, ::-1]),
            "population": flat(np.cumsum(areas.people[:, ::-1], axis=1)[:, ::-1]),
        },
        np.where(wide, np.nan, years),
        levels,
        limits,
        methods="Chiang and Silcocks",
        reason=pl.Series(reason.tolist(), dtype=pl.String),
    )
