"""Checking plans of 1,000 to 100,000 milestones: time, memory, and whether both grow with the plan and no faster.

Each size is checked in a process of its own, on one core: `python -m benchmarks.checking_curve 100000` is one of them.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time

from benchmarks.timing import Claim

SIZES = (1_000, 10_000, 100_000)
PROMISED_SECONDS = 60.0
PROMISED_MEGABYTES = 2_000


def measured(milestones: int) -> dict[str, float]:
    """Processor seconds of the whole check of a made plan, the peak memory of the process, how many findings."""
    from benchmarks.made_plan import made_plan
    from trigpoint.checks import examine, of_plan

    subject = of_plan(made_plan(milestones))
    start = time.process_time()
    checked = examine(subject)
    _ = checked.summary
    seconds = time.process_time() - start
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "megabytes": megabytes, "findings": len(checked.findings)}


def claims() -> list[Claim]:
    """Prints the curve; the claim is on the largest plan, against as many small ones as make up its size."""
    curve = {size: _in_a_process(size) for size in SIZES}
    print("milestones | seconds | ms a milestone | peak memory | findings")
    for size, each in curve.items():
        seconds, megabytes, findings = each["seconds"], each["megabytes"], each["findings"]
        apiece = 1000 * seconds / size
        print(f"{size:>10,} | {seconds:>7.2f} | {apiece:>14.3f} | {megabytes:>8.0f} MB | {findings:>8,.0f}")
    small, large = SIZES[0], SIZES[-1]
    if curve[large]["megabytes"] > PROMISED_MEGABYTES:
        print(f"memory: NOT KEPT, more than {PROMISED_MEGABYTES:,} MB")
    times = large // small
    return [
        Claim(
            f"check {large:,} milestones",
            curve[large]["seconds"],
            f"{times} × {small:,} milestones",
            curve[small]["seconds"] * times,
            PROMISED_SECONDS,
        )
    ]


def _in_a_process(milestones: int) -> dict[str, float]:
    def pin() -> None:
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

    command = [sys.executable, "-m", "benchmarks.checking_curve", str(milestones)]
    told = subprocess.run(command, check=True, capture_output=True, text=True, preexec_fn=pin).stdout
    found: dict[str, float] = json.loads(told)
    return found


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]))))
