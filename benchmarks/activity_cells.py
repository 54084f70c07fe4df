"""Records to cells: 20,000,000 rows through DuckDB within a budget of CPU seconds and memory; and peers.

The peers group the same Parquet file by the same keys: polars' streaming engine, and pandas on a size that it can hold.
Neither judges values nor counts months, which ours does besides. Sums are asserted equal first. Each runs in a process
of its own, so that peak memory is its own; seconds are CPU seconds of that process, start-up and imports included.

``python -m benchmarks.activity_cells curve`` prints CPU seconds and memory over the number of rows. Set
``TRIGPOINT_BENCH_ROWS`` for other sizes than 20,000,000.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.timing import Claim

ROWS, PANDAS_ROWS, CURVE = int(os.environ.get("TRIGPOINT_BENCH_ROWS", "20000000")), 1_000_000, (1, 5, 20)
LIMIT_CPU_SECONDS, LIMIT_MB = 15.0, 2_000
KEYS = ("age", "sex", "specialty", "site", "acsc", "care_home", "frailty", "admission_method", "arrival", "acuity",
        "commissioner", "imd_quintile")  # fmt: skip

OURS = """
from trigpoint.activity.records.cells import build_cells
from trigpoint.activity.records.engine import Limits
build_cells(source, keys, to=folder / "ours.parquet", limits=Limits(memory="1200MB", spill=folder))
made = folder / "ours.parquet"
"""
POLARS = """
import polars as pl
names = ["provider", "pod", *keys]
nights = pl.col("length_of_stay").cast(pl.Int64).sum()
rows = pl.scan_parquet(source).with_columns(pl.col("age").clip(upper_bound=90))
cells = rows.group_by(names).agg(pl.len().alias("weight"), nights.alias("bed_days"))
made = folder / "polars.parquet"
cells.sink_parquet(made, engine="streaming")
"""
PANDAS = """
import pandas
names = ["provider", "pod", *keys]
table = pandas.read_parquet(source, columns=[*names, "length_of_stay"])
table["age"] = table["age"].clip(upper=90)
groups = table.groupby(names, dropna=False, observed=True)["length_of_stay"]
cells = groups.agg(weight="size", bed_days="sum").reset_index()
made = folder / "pandas.parquet"
cells.to_parquet(made)
"""
RUNNER = """
import json, resource, sys
from pathlib import Path
source, folder, keys = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3].split(",")
{script}
used = resource.getrusage(resource.RUSAGE_SELF)
import polars as pl
told = pl.scan_parquet(made).select(pl.len().alias("cells"), pl.col("weight").sum(), pl.col("bed_days").sum()).collect()
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1e3, *map(float, told.row(0))]))
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took and made."""

    cpu_seconds: float
    peak_mb: float
    cells: float
    weight: float
    bed_days: float

    @property
    def made(self) -> tuple[float, float, float]:
        return self.cells, self.weight, self.bed_days


def claims() -> Iterator[Claim]:
    """Every claim of this module."""
    with tempfile.TemporaryDirectory(prefix="trigpoint-cells-") as name:
        folder = Path(name)
        large, small = made_records(folder, ROWS), made_records(folder, PANDAS_ROWS)
        ours = run(OURS, large, folder)
        assert ours.peak_mb <= LIMIT_MB, f"{ours.peak_mb:,.0f} MB"
        peer = run(POLARS, large, folder)
        assert ours.made == peer.made, f"{ours} against {peer}"
        what = f"{ROWS:,} records to {ours.cells:,.0f} cells and monthly counts, CPU ({ours.peak_mb:,.0f} MB)"
        yield Claim(
            what, ours.cpu_seconds, f"polars streaming ({peer.peak_mb:,.0f} MB)", peer.cpu_seconds, LIMIT_CPU_SECONDS
        )
        ours, peer = run(OURS, small, folder), run(PANDAS, small, folder)
        assert ours.made == peer.made, f"{ours} against {peer}"
        what = f"{PANDAS_ROWS:,} records to {ours.cells:,.0f} cells and monthly counts, CPU ({ours.peak_mb:,.0f} MB)"
        yield Claim(what, ours.cpu_seconds, f"pandas ({peer.peak_mb:,.0f} MB)", peer.cpu_seconds, 5.0)


def made_records(folder: Path, rows: int) -> Path:
    """A file of so many made records."""
    from trigpoint.activity.records.synth import synthesise

    path = folder / f"records-{rows}.parquet"
    synthesise(rows, 1, path)
    return path


def run(script: str, source: Path, folder: Path) -> Run:
    """One script in a process of its own."""
    command = [sys.executable, "-c", RUNNER.format(script=script), str(source), str(folder), ",".join(KEYS)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Run(*json.loads(done.stdout.splitlines()[-1]))


def curve() -> None:
    """Print CPU seconds and memory of ours and of polars over the number of rows."""
    with tempfile.TemporaryDirectory(prefix="trigpoint-cells-") as name:
        for millions in CURVE:
            source = made_records(Path(name), millions * 1_000_000)
            for who, script in (("ours", OURS), ("polars streaming", POLARS)):
                told = run(script, source, Path(name))
                took = f"{told.cpu_seconds:.1f} CPU s, {told.peak_mb:,.0f} MB, {told.cells:,.0f} cells"
                print(f"{millions:>3} M rows, {who}: {took}", flush=True)
            source.unlink()


if __name__ == "__main__":
    if sys.argv[1:] == ["curve"]:
        curve()
    else:
        for claim in claims():
            print(claim)
