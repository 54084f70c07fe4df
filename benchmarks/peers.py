"""Other people's packages, run over the same table: what they answer and how long they take.

PHStatsMethods comes from the Python package index into an environment of its own, made once and kept in the temporary
folder. R's packages run where ``Rscript`` and the package are installed. Where a peer cannot be had, the CPU seconds
that were measured on two cores on another day stand in for it, with "(recorded)" after its name and no answers.

>>> str(Peer("PHStatsMethods", 5.9, None))
'PHStatsMethods (recorded)'
"""

from __future__ import annotations

import csv
import functools
import getpass
import math
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Columns = Mapping[str, Sequence[object]]

PHSTATSMETHODS = "PHStatsMethods==0.1.16"
LONGEST_SECONDS = 600

# CPU seconds of one whole workload, as `docs` and the claims name it; R is PHEindicatormethods 2.1.0, for control
# charts NHSRplotthedots 0.2.2 in one call for all series (62 s in one call a series).
RECORDED_R_SECONDS = {
    "spc": 6.2, "dsr": 6.6, "isr": 17.1, "rates": 0.5, "life expectancy": 6.3, "funnel": 8.0, "sii": 8.9,
}  # fmt: skip
RECORDED_PYTHON_SECONDS = {"dsr": 5.9, "isr": 4.3, "rates": 61.9}

PYTHON_RUNNER = """
import statistics, sys, time, warnings
warnings.simplefilter("ignore")
import pandas
import PHStatsMethods
from PHStatsMethods import *
source, target, seconds, runs = sys.argv[1:]
table = pandas.read_csv(source)
{script}
answers, times = answer(table.copy()), []
for _ in range(int(runs)):
    fresh = table.copy()
    start = time.perf_counter()
    answer(fresh)
    times.append(time.perf_counter() - start)
answers.reset_index(drop=True).to_csv(target, index=False, float_format="%.17g")
open(seconds, "w").write(repr(statistics.median(times)))
"""

R_RUNNER = """
options(digits = 17, warn = -1)
suppressPackageStartupMessages(library({package}))
given <- commandArgs(trailingOnly = TRUE)
table <- read.csv(given[1])
{script}
answers <- answer(table)
times <- sapply(seq_len(as.integer(given[4])), function(run) system.time(answer(table))[["elapsed"]])
write.csv(as.data.frame(answers), given[2], row.names = FALSE, na = "")
cat(format(median(times), digits = 17), file = given[3])
"""


@dataclass(frozen=True, slots=True)
class Peer:
    """What a peer did. ``answers`` are its columns as text ("" where missing), ``None`` where it was not run here."""

    package: str
    seconds: float
    answers: dict[str, list[str]] | None

    @property
    def ran(self) -> bool:
        return self.answers is not None

    def numbers(self, column: str) -> list[float]:
        """A column of the answers as numbers, a missing one NaN."""
        cells = (self.answers or {})[column]
        return [float("nan") if cell in ("", "NA", "nan") else float(cell) for cell in cells]

    def __str__(self) -> str:
        return self.package if self.ran else f"{self.package} (recorded)"


@dataclass(frozen=True, slots=True)
class Engine:
    """What runs a peer's script, and how such a file's name ends."""

    package: str
    command: list[str]
    suffix: str


def phstatsmethods(script: str, table: Columns, *, recorded_seconds: float, runs: int = 3) -> Peer:
    """Run ``script``, which defines ``answer(table)`` from a pandas frame to another, with PHStatsMethods' names.

    ``table`` is a mapping of columns; the peer reads it from CSV. Reading, imports and one warm-up are not timed; the
    seconds are the median wall time of ``runs`` calls. Falls back to ``recorded_seconds`` where the environment cannot
    be made; a script that fails there is an error of the benchmark and raises ``RuntimeError`` with the peer's words.
    """
    python = _environment()
    if python is None:
        return Peer("PHStatsMethods", recorded_seconds, None)
    engine = Engine("PHStatsMethods", [str(python)], ".py")
    return _run(engine, PYTHON_RUNNER.format(script=script), table, runs)


def r(package: str, script: str, table: Columns, *, recorded_seconds: float, runs: int = 3) -> Peer:
    """Run an R script that defines ``answer`` from a data frame to one, where ``Rscript`` has the package."""
    command = shutil.which("Rscript")
    if command is None or not _succeeds([command, "-e", f"library({package})"]):
        return Peer(f"R {package}", recorded_seconds, None)
    engine = Engine(f"R {package}", [command], ".R")
    return _run(engine, R_RUNNER.format(package=package, script=script), table, runs)


def assert_equal(ours: Sequence[float], theirs: Sequence[float], what: str, relative: float = 1e-9) -> None:
    """Stop the benchmark unless both gave the same numbers: speed of another answer is worth nothing."""
    if len(ours) != len(theirs):
        raise AssertionError(f"{what}: {len(ours)} answers against {len(theirs)}")
    for at, (our, their) in enumerate(zip(ours, theirs, strict=True)):
        if our == their or (math.isnan(our) and math.isnan(their)):
            continue
        if not abs(our - their) <= relative * max(abs(our), abs(their)) + 1e-12:
            raise AssertionError(f"{what}: row {at} is {our!r} here and {their!r} there")


@functools.cache
def _environment() -> Path | None:
    folder = Path(tempfile.gettempdir()) / f"trigpoint-peers-{getpass.getuser()}-{sys.version_info[1]}"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if python.exists() and _succeeds([str(python), "-c", "import PHStatsMethods"]):
        return python
    venv.create(folder, with_pip=True, clear=True)
    made = _succeeds([str(python), "-m", "pip", "install", "--quiet", PHSTATSMETHODS])
    return python if made and _succeeds([str(python), "-c", "import PHStatsMethods"]) else None


def _succeeds(command: list[str]) -> bool:
    try:
        done = subprocess.run(command, check=False, capture_output=True, timeout=LONGEST_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _run(engine: Engine, script: str, table: Columns, runs: int) -> Peer:
    with tempfile.TemporaryDirectory(prefix="trigpoint-peer-") as name:
        folder = Path(name)
        program, source, target, seconds = (
            folder / each for each in (f"peer{engine.suffix}", "in.csv", "out.csv", "s.txt")
        )
        program.write_text(script, encoding="utf-8")
        with source.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.writer(lines)
            writer.writerow(table)
            writer.writerows(zip(*table.values(), strict=True))
        files = [str(program), str(source), str(target), str(seconds), str(runs)]
        done = subprocess.run([*engine.command, *files], check=False, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"{engine.package} failed: {done.stderr.strip()[-2000:]}")
        with target.open(encoding="utf-8", newline="") as lines:
            headers, *rows = csv.reader(lines)
        answers = {header: [row[at] for row in rows] for at, header in enumerate(headers)}
        return Peer(engine.package, float(seconds.read_text()), answers)
