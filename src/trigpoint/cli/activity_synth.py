"""`trigpoint activity synth`: made-up records with the shapes of a health system's, of nobody, from a seed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trigpoint.cli.activity_options import LARGEST_SEED, AsJson, check_files
from trigpoint.errors import InputError

SHAPES = ("totals", "records", "nhp")
DEFAULT_ROWS = 460_000
DEFAULT_SEED = 2017
NHP_ROWS, MOST_NHP_ROWS = 644_000, 10_000_000
"""Rows of a trust in the grain of the New Hospital Programme's model: inpatients, outpatients and A&E together."""


def synth(
    out: Annotated[
        Path, typer.Argument(help="The file to write: .csv of totals, .parquet of records; a folder of nhp.")
    ],
    rows: Annotated[int, typer.Option("--rows", help="How many records, up to 200,000,000.")] = DEFAULT_ROWS,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same records.")] = DEFAULT_SEED,
    shape: Annotated[str, typer.Option("--shape", help="totals, records or nhp; else as the name ends.")] = "",
    providers: Annotated[int, typer.Option("--providers", help="How many made-up providers.")] = 3,
    years: Annotated[int, typer.Option("--years", help="How many years, from 2014/15.")] = 3,
    as_json: AsJson = False,
) -> None:
    """Make up records: the monthly counts of five totals, or single records of any number, which name nobody.

    Records are drawn in blocks, so that memory does not grow with their number; docs/activity.md has the columns. The
    shape nhp makes the three tables of a trust in the grain of the New Hospital Programme's model, to measure with.

    Examples:

    \b
    trigpoint activity synth counts.csv --seed 7
    trigpoint activity synth records.parquet --rows 20000000
    trigpoint activity synth trust --shape nhp
    """
    kind = shape or {".csv": "totals", ".parquet": "records"}.get(out.suffix.lower(), "")
    if kind not in SHAPES:
        what = f"there is no shape “{shape}”" if shape else "the name of the file does not say what to make"
        raise InputError(what, remedy="end it in .csv or .parquet, or add --shape totals, records or nhp")
    if seed < 0:
        raise InputError(f"--seed {seed} is negative", remedy="give 0 or more")
    if seed > LARGEST_SEED:
        raise InputError("--seed has too many digits", remedy=f"give a whole number up to {LARGEST_SEED}")
    if rows < 1:
        raise InputError(f"--rows {rows} is no number of records", remedy="give 1 or more")
    if kind == "nhp" and rows > MOST_NHP_ROWS:
        raise InputError(f"--rows {rows:,} is more than {MOST_NHP_ROWS:,}", remedy="these tables are made in memory")
    if kind == "nhp":
        told = _nhp(out, seed, rows)
    else:
        check_files({"OUT": (out, (".csv",) if kind == "totals" else (".parquet",))})
        told = _records(out, seed, 0 if kind == "totals" else rows, providers, years)
    if as_json:
        from trigpoint.cli.data_lists import print_json

        print_json(told)
        return
    from trigpoint.cli.activity_output import print_line

    for one in told:
        print_line(f"Wrote {one['file']}: {one['rows']:,} rows, seed {seed}; made up, of nobody.")


def _records(out: Path, seed: int, size: int, providers: int, years: int) -> list[dict[str, object]]:
    from trigpoint.activity.records.synth import synthesise
    from trigpoint.cli.activity_reading import progress_told

    with progress_told("Making up records") as tell:
        made = synthesise(size, seed, out, providers=providers, years=years, progress=tell)
    return [{"file": str(made.path), "rows": made.rows, "providers": list(made.providers), "seed": seed}]


def _nhp(out: Path, seed: int, rows: int) -> list[dict[str, object]]:
    """The tables of a trust as Parquet files in a folder."""
    from dataclasses import fields
    from io import BytesIO

    import polars as pl

    from trigpoint.activity.records.nhp_shape import nhp_trust
    from trigpoint.cli.activity_reading import progress_told
    from trigpoint.staging import write_whole

    if out.exists() and not out.is_dir():
        raise InputError("this is no folder", where=str(out), remedy="give a folder for the tables")
    scale = 1.0 if rows == DEFAULT_ROWS else rows / NHP_ROWS
    with progress_told("Making up a trust"):
        trust = nhp_trust(seed, scale=scale)
    out.mkdir(parents=True, exist_ok=True)
    told: list[dict[str, object]] = []
    for field in fields(trust):
        table = getattr(trust, field.name)
        if not isinstance(table, pl.DataFrame):
            continue
        content = BytesIO()
        table.write_parquet(content)
        write_whole(out / f"{field.name}.parquet", content.getvalue())
        told.append({"file": str(out / f"{field.name}.parquet"), "rows": table.height, "seed": seed})
    return told
