"""Made records with the shapes of a health system's: of nobody, from a seed, in any number.

Record *i* depends on the seed and on *i* alone: records are drawn in blocks of 65,536, each with a generator of its
own. So the same seed gives the same records whatever the size of the row groups, and a small file is the start of a
large one. Nothing but one row group is held in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from trigpoint.activity.records.synth_block import Places, Years, block
from trigpoint.activity.records.synth_shapes import PODS, month_weights
from trigpoint.activity.records.writing import write_frames
from trigpoint.errors import InputError
from trigpoint.periods import FinancialYear
from trigpoint.staging import write_whole

Progress = Callable[[int, int], None]
BLOCK, ROW_GROUP = 65_536, 262_144
MOST = 200_000_000
FIRST_YEAR = FinancialYear(2014)
FIVE_TOTALS = 0
"""The size that makes no records but the monthly counts of five points of delivery."""
SCALE = 460_000
"""Records of one provider in a year, from which the counts of ``synth_counts`` are made."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was written: the file, its rows, and the months and providers that they are of."""

    path: Path
    rows: int
    first: FinancialYear
    years: int
    providers: tuple[str, ...]


def synthesise(
    size: int,
    seed: int,
    path: Path,
    *,
    providers: int = 3,
    first: FinancialYear = FIRST_YEAR,
    years: int = 3,
    row_group: int = ROW_GROUP,
    progress: Progress | None = None,
) -> Made:
    """Write ``size`` made records to one Parquet file (0: the monthly counts of five totals, as CSV), whole or not at
    all.

    Columns are those of the documented extract. ``progress(done, size)`` is called after each row group. The file's
    rows do not depend on ``row_group``. Raises ``InputError`` for sizes, years and providers that cannot be.
    """
    _check(size, years, providers, row_group)
    names = provider_codes(providers)
    if size == FIVE_TOTALS:
        counts = synth_counts(seed, providers=providers, first=first, years=years)
        written = counts.with_columns(pl.col("month").dt.strftime("%Y-%m"), pl.col("value").cast(pl.Int64))
        write_whole(path, written.write_csv().encode())
        return Made(path, counts.height, first, years, names)
    frames = chunks(size, seed, row_group, providers=providers, first=first, years=years)
    write_frames(path, frames, None if progress is None else lambda done: progress(done, size))
    return Made(path, size, first, years, names)


def chunks(
    size: int, seed: int, chunk: int, *, providers: int = 3, first: FinancialYear = FIRST_YEAR, years: int = 3
) -> Iterator[pl.DataFrame]:
    """The made records in frames of ``chunk`` rows, the last one shorter.

    >>> few, many = (pl.concat(chunks(500, 7, rows)) for rows in (64, 500))
    >>> few.equals(many), few.height
    (True, 500)
    """
    _check(max(size, 1), years, providers, chunk)
    places, calendar = Places.made(provider_codes(providers)), Years.made(first, years)
    held: list[pl.DataFrame] = []
    for at in range(0, size, BLOCK):
        rng = np.random.default_rng([seed, 31, at // BLOCK])
        held.append(block(rng, BLOCK, places, calendar).head(size - at))
        waiting = sum(frame.height for frame in held)
        if waiting < chunk and at + BLOCK < size:
            continue
        together = pl.concat(held)
        whole = waiting - waiting % chunk
        yield from (together.slice(begin, chunk) for begin in range(0, whole, chunk))
        held = [together.slice(whole)]
    if held and held[0].height:
        yield held[0]


def synth_counts(seed: int, *, providers: int = 1, first: FinancialYear = FIRST_YEAR, years: int = 3) -> pl.DataFrame:
    """Monthly counts of five points of delivery for each provider: provider, pod, month, value.

    Growth, season and working days as in the records; each month varies by about 1.5% beside.

    >>> synth_counts(1).group_by("pod").len().sort("pod")["len"].to_list()
    [36, 36, 36, 36, 36]
    """
    _check(1, years, providers, 1)
    rng = np.random.default_rng([seed, 32])
    months = [first.months[0] + at for at in range(12 * years)]
    shape = month_weights(first, years) * np.array([[pod.share] for pod in PODS]) * SCALE * years
    rows = []
    for at, provider in enumerate(provider_codes(providers)):
        values = (shape * 0.7**at * rng.normal(1, 0.015, shape.shape)).round()
        rows += [
            (provider, pod.name, month.start, value)
            for pod, of_pod in zip(PODS, values.tolist(), strict=True)
            for month, value in zip(months, of_pod, strict=True)
        ]
    schema = {"provider": pl.String, "pod": pl.String, "month": pl.Date, "value": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def provider_codes(number: int) -> tuple[str, ...]:
    """Codes of made providers, which no real organisation has.

    >>> provider_codes(2)
    ('ZZ01', 'ZZ02')
    """
    return tuple(f"ZZ{at:02d}" for at in range(1, number + 1))


def _check(size: int, years: int, providers: int, chunk: int) -> None:
    for what, number, least, most in (
        ("the number of records", size, 0, MOST),
        ("the number of years", years, 1, 30),
        ("the number of providers", providers, 1, 99),
        ("the number of rows in a group", chunk, 1, MOST),
    ):
        if not least <= number <= most:
            raise InputError(f"{what} is {number:,}", remedy=f"give {least:,} to {most:,}")
