"""Cells and counts of an extract, put into the folder ``activity`` of a workspace."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from trigpoint.activity.book import tables
from trigpoint.activity.book.tables import CELLS, FOLDER, SETTINGS
from trigpoint.activity.records.cells import LIMITS, Built, Progress, build_cells
from trigpoint.activity.records.engine import Limits
from trigpoint.activity.records.fields import PODS
from trigpoint.errors import InputError
from trigpoint.periods import FinancialYear, parse_period
from trigpoint.staging import staged, write_whole

COUNTS, POD_NAMES = tables.COUNTS_FILE.file, tables.PODS.file
MADE = "made from records"
"""The source of counts that were added up here; any other was entered by hand and is not overwritten unasked."""
_SOURCE = "source"


def cells_into(
    workspace: Path,
    sources: Path | str | Sequence[Path | str] | Any,
    keys: Sequence[str] = (),
    *,
    base: FinancialYear | None = None,
    count_by: Sequence[str] = (),
    engine: str | Any = "duckdb",
    pods: Sequence[str] | None = None,
    overwrite: bool = False,
    keep_counts: bool = False,
    limits: Limits = LIMITS,
    progress: Progress | None = None,
) -> Built:
    """Write ``activity/cells.parquet`` and ``activity/counts.csv`` of a workspace from records, each in one step.

    The base year is that of ``settings.toml`` and the points of delivery those of ``pods.csv``, where they stand and
    no others are given. Counts that did not come from records, or cannot be read, stay as they are and an
    ``InputError`` is raised before a record is read, unless ``overwrite`` is set; with ``keep_counts`` whatever counts
    there are stay, and only cells are written. Neither file is touched where the other cannot be written.
    """
    if not workspace.is_dir():
        raise InputError("there is no such folder", where=str(workspace), remedy="name the folder of a workspace")
    folder = workspace / FOLDER
    if not (overwrite or keep_counts):
        _refuse_own_counts(folder / COUNTS)
    base = base or _base_year(folder / SETTINGS)
    pods = _pods(folder / POD_NAMES) if pods is None else tuple(pods)
    new = not folder.exists()
    folder.mkdir(exist_ok=True)
    try:
        with staged(folder) as stage:
            built = build_cells(
                sources, keys, base=base, count_by=count_by, engine=engine, pods=pods, limits=limits,
                to=stage / CELLS, progress=progress,
            )  # fmt: skip
            if not keep_counts:
                write_whole(folder / COUNTS, counts_text(built.counts).encode())
            (stage / CELLS).replace(folder / CELLS)
    except BaseException:
        if new and not any(folder.iterdir()):
            folder.rmdir()
        raise
    return Built(None, folder / CELLS, built.counts, built.rows, built.used, built.left_out, built.problems)


def counts_text(counts: pl.DataFrame) -> str:
    """The counts as the workspace's CSV, with the source by which they are known again.

    >>> from datetime import date
    >>> counts = pl.DataFrame({"provider": ["RNA"], "pod": ["A&E"], "month": [date(2016, 4, 1)], "value": [8437.0]})
    >>> counts_text(counts).splitlines()
    ['provider,pod,month,value,source', 'RNA,A&E,2016-04,8437,made from records']
    """
    months = pl.col("month").dt.strftime("%Y-%m")
    return counts.with_columns(months, pl.col("value").cast(pl.Int64), pl.lit(MADE).alias(_SOURCE)).write_csv()


def _refuse_own_counts(path: Path) -> None:
    if not path.exists():
        return
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines)
            own = sum((row.get(_SOURCE) or "").strip() != MADE for row in rows)
    except (OSError, UnicodeDecodeError, csv.Error):
        own = 1
    if own:
        what = f"the file holds {own:,} counts that were not made from records"
        raise InputError(what, where=str(path), remedy="keep a copy and allow it to be overwritten")


def _base_year(path: Path) -> FinancialYear | None:
    """Of the settings, where they name one that can be read; what is wrong with them is told by who reads them."""
    try:
        named = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("base_year")
        period = parse_period(named) if isinstance(named, str) else None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, InputError):
        return None
    return period if isinstance(period, FinancialYear) else None


def _pods(path: Path) -> tuple[str, ...]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return PODS
    codes = [(row.get("code") or "").strip() for row in csv.DictReader(io.StringIO(text))]
    return tuple(dict.fromkeys(code for code in codes if code)) or PODS
