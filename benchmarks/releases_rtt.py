"""A month of the RTT full extract, from the zip as published to observations, against pandas; then 36 months on end.

Each side runs in a process of its own, pinned to one core, and says its CPU seconds (imports left out) and its largest
memory. pandas reads the same zip with ``read_csv``, turns the bands into rows with ``melt``, and adds them up for
England, systems, commissioners and providers: every band of the waiting list that is not nought must be equal first.
What ``read_csv`` and ``melt`` take before anything is added up is told too. The 36 months are the published one under
other names, and go through the store as ``trigpoint data add`` has them go.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.timing import Claim

MONTH = Path(__file__).resolve().parents[2] / "shared" / "data" / "rtt" / "Full-CSV-data-file-Jan26-ZIP-4M-WL5BiP.zip"
RUNS = 5
PROMISED_SECONDS, PROMISED_MEGABYTES = 4.0, 1_000
MONTHS = 36
RECORDED_PANDAS_SECONDS = 13.6

MEASURED = """
import hashlib, json, resource, sys, time
from pathlib import Path
file = Path(sys.argv[1])
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
{script}
print(json.dumps({{"seconds": seconds, "megabytes": peak(), "answers": answers}}))
"""
OURS = """
from trigpoint.releases.reading import read_file
from trigpoint.releases.registry import releases
import polars as pl
releases()
start = time.process_time()
(read,) = read_file(file)
seconds = time.process_time() - start
frame = read.reading.frame
bands = frame.filter(pl.col("detail").str.starts_with("band=") & (pl.col("value") > 0))
rows = bands.select("basis", "org", "detail", pl.col("value").cast(pl.Int64)).rows()
answers = {"bands": len(rows), "digest": hashlib.sha256(repr(sorted(rows)).encode()).hexdigest()}
"""
THEIRS = """
import pandas as pd
levels = {
    "provider": ["Provider Org Code"],
    "system": ["Commissioner Parent Org Code"],
    "commissioner": ["Commissioner Org Code"],
    "national": [],
}
kinds = ["RTT Part Type", "Treatment Function Code"]
start = time.process_time()
wide = pd.read_csv(file)
bands = [name for name in wide.columns if name.startswith("Gt ")]
long = wide.melt(id_vars=[*sum(levels.values(), []), *kinds], value_vars=bands, var_name="band", value_name="pathways")
melted = time.process_time() - start
sums = {
    basis: long.groupby([*keys, *kinds, "band"], sort=False)["pathways"].sum() for basis, keys in levels.items()
}
seconds = time.process_time() - start
rows = []
for basis, added in sums.items():
    for (*org, part, function, band), value in added[added > 0].items():
        if part == "Part_2":
            week = str(int(band.split()[1])) + ("" if "To" in band else "+")
            detail = f"band={week}" if function == "C_999" else f"band={week};function={function}"
            rows.append((basis, org[0] if org else "ENG", detail, int(value)))
answers = {"bands": len(rows), "digest": hashlib.sha256(repr(sorted(rows)).encode()).hexdigest(), "melted": melted}
"""
ON_END = """
import zipfile, tempfile
from calendar import month_name
from datetime import date
from trigpoint.releases.reading import read_bytes
from trigpoint.releases.store.store import open_store
with zipfile.ZipFile(file) as archive:
    published = archive.read(archive.namelist()[0])
folder = Path(sys.argv[2])
store = open_store(folder, create=True)
answers, seconds = {}, 0.0
with store.writing():
    for number in range(int(sys.argv[3])):
        year, month = 2023 + number // 12, month_name[number % 12 + 1]
        data = published.replace(b"RTT-January-2026", f"RTT-{month}-{year}".encode())
        start = time.process_time()
        (read,) = read_bytes(data, f"{month} {year}")
        store.add(read, date(2026, 4, 1))
        seconds += time.process_time() - start
        del data, read
        answers[number + 1] = peak()
"""


def claims() -> Iterator[Claim]:
    """Every claim of this module; none where the published month is not here."""
    if not MONTH.is_file():
        print(f"releases_rtt: {MONTH.name} is not here, so that nothing was measured", file=sys.stderr)
        return
    ours = [_measured(OURS) for _ in range(RUNS)]
    theirs = _peer()
    peer = "pandas (recorded)"
    if theirs:
        melted = theirs["answers"].pop("melted")
        peer = f"pandas read_csv, melt ({melted:.2f} s so far) and sums, {theirs['megabytes']:,.0f} MB"
        if ours[0]["answers"] != theirs["answers"]:
            raise AssertionError("the bands of the waiting list differ between the two")
    seconds = statistics.median(one["seconds"] for one in ours)
    megabytes = max(one["megabytes"] for one in ours)
    reference = theirs["seconds"] if theirs else RECORDED_PANDAS_SECONDS
    name = f"RTT January 2026, zip to observations on one core, {megabytes:,.0f} MB (promised {PROMISED_MEGABYTES:,})"
    # both promises in one claim: five times as fast, and the seconds
    yield Claim(name, seconds, peer, reference, min(PROMISED_SECONDS, reference / 5))
    if megabytes > PROMISED_MEGABYTES:
        raise AssertionError(f"{megabytes:,.0f} MB, promised {PROMISED_MEGABYTES:,}")
    with tempfile.TemporaryDirectory() as folder:
        end = _measured(ON_END, folder, str(MONTHS))
    peaks = ", ".join(f"{end['answers'][str(count)]:,.0f} MB after {count}" for count in (1, MONTHS // 3, MONTHS))
    yield Claim(
        f"{MONTHS} such months into one workspace, {peaks}",
        end["seconds"],
        f"{MONTHS} times one month read alone",
        MONTHS * seconds,
        MONTHS * PROMISED_SECONDS,
    )


def _peer() -> dict[str, Any] | None:
    try:
        import pandas  # noqa: F401
    except ImportError:
        return None
    runs = [_measured(THEIRS) for _ in range(3)]
    return sorted(runs, key=lambda one: one["seconds"])[1]


def _measured(script: str, *arguments: str) -> dict[str, Any]:
    """Run a script in a process of its own on one core; what it says of itself."""

    def pin() -> None:
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

    command = [sys.executable, "-c", MEASURED.format(script=script), str(MONTH), *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, preexec_fn=pin)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
