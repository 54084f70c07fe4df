"""`trigpoint activity cells`: records of any number into the cells and monthly counts of a plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trigpoint.cli.activity_options import AsJson, year_of
from trigpoint.errors import InputError

if TYPE_CHECKING:
    from trigpoint.activity.records.cells import Built
    from trigpoint.periods import FinancialYear

ENGINES = ("duckdb", "spark")


def cells(
    records: Annotated[list[str], typer.Argument(help="Parquet or CSV files, folders of them, or patterns.")],
    into: Annotated[Path | None, typer.Option("--into", help="Folder of the plan that they are put into.")] = None,
    by: Annotated[
        list[str] | None, typer.Option("--by", help="Tell cells apart by this column, such as specialty or age_group.")
    ] = None,
    count_by: Annotated[
        list[str] | None, typer.Option("--count-by", help="Tell the monthly counts apart by this column too.")
    ] = None,
    base: Annotated[str, typer.Option("--base", help="The base year, as 2016/17; else the plan's.")] = "",
    engine: Annotated[
        str, typer.Option("--engine", help="duckdb, or spark (needs trigpoint[spark] and Java).")
    ] = "duckdb",
    any_pod: Annotated[
        bool, typer.Option("--any-pod", help="Take whatever points of delivery the records name.")
    ] = False,
    counts: Annotated[bool, typer.Option("--counts", help="Replace counts.csv, where there is one.")] = False,
    as_json: AsJson = False,
) -> None:
    """Pool records into cells: provider × point of delivery × what --by names, with the base year's number of each.

    Writes activity/cells.parquet, and activity/counts.csv (the monthly counts of all records) where there is none. The
    files are never in memory whole. Records that cannot be used are left out and told with their number and reason:
    exit code 1 then.

    Examples:

    \b
    trigpoint activity cells records.parquet --into my-plan --by specialty --by age_group
    trigpoint activity cells "extract/*.parquet" --into my-plan --base 2016/17 --engine spark
    """
    if into is None:
        raise InputError("no plan was named to put the cells into", remedy="add --into with its folder")
    if not into.is_dir():
        raise InputError("there is no such folder", where=str(into), remedy="make it first, or give that of a plan")
    if engine not in ENGINES:
        raise InputError(f"there is no engine “{engine}”", remedy="take duckdb or spark")
    asked = year_of(base, "--base")
    from trigpoint.activity.book.tables import COUNTS_FILE, FOLDER
    from trigpoint.activity.records.storing import cells_into
    from trigpoint.cli.activity_reading import problems_told, progress_told

    folder = into / FOLDER
    if folder.exists() and not folder.is_dir():
        raise InputError("this is a file, not a folder", where=str(folder), remedy="give it another name")
    planned, pods = _plan(into)
    year = asked or planned
    kept = (folder / COUNTS_FILE.file).exists() and not counts
    with progress_told("Pooling records") as tell:
        built = cells_into(
            into, list(records), tuple(by or ()), base=year, count_by=tuple(count_by or ()), engine=engine,
            pods=() if any_pod else pods, overwrite=counts, keep_counts=kept, progress=tell,
        )  # fmt: skip
    _tell(built, folder, year, counts_written=not kept, as_json=as_json)
    if problems_told(built.problems):
        raise typer.Exit(1)


def _plan(into: Path) -> tuple[FinancialYear | None, tuple[str, ...]]:
    """The base year of the plan and its points of delivery, where it says them; else those that are known anywhere."""
    from trigpoint.activity.book.reading import read_activity
    from trigpoint.activity.records.fields import PODS

    book = read_activity(into).book
    if book is None:
        return None, PODS
    return book.settings.base_year, tuple(pod.code for pod in book.pods) or PODS


def _tell(built: Built, folder: Path, year: FinancialYear | None, *, counts_written: bool, as_json: bool) -> None:
    from trigpoint.activity.book.tables import CELLS, COUNTS_FILE
    from trigpoint.wording import count

    cells_made = _rows(folder / CELLS)
    told: dict[str, Any] = {
        "cells": cells_made,
        "rows": built.rows,
        "used": built.used,
        "base": None if year is None else year.label,
        "counts": built.counts.height if counts_written else None,
        "left_out": [{"file": one.file, "rows": one.rows, "why": one.why} for one in built.left_out],
    }
    if as_json:
        from trigpoint.cli.data_lists import print_json

        print_json(told)
        return
    from trigpoint.cli.activity_output import print_line

    of = f"of {year}" if year is not None else "of all months"
    print_line(
        f"{folder / CELLS}: {count(cells_made, 'cell')} {of}, from {built.used:,} of {count(built.rows, 'record')}."
    )
    name = folder / COUNTS_FILE.file
    if counts_written:
        print_line(f"{name}: {count(built.counts.height, 'monthly count')}.")
    else:
        print_line(f"{name} stays as it is; --counts replaces it.")


def _rows(path: Path) -> int:
    import polars as pl

    return int(pl.scan_parquet(path).select(pl.len()).collect().item())
