"""Timing that can be trusted: several runs, the median, our side and the reference in turn."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

# Below this a ratio is told the other way round: "0.01 ×" would say nothing.
_FASTER = 0.1


@dataclass(frozen=True, slots=True)
class Claim:
    """One measured claim. ``limit_seconds`` is what we promise; the ratio is ours to the reference."""

    name: str
    ours_seconds: float
    reference: str
    reference_seconds: float
    limit_seconds: float

    @property
    def ratio(self) -> float:
        return self.ours_seconds / self.reference_seconds

    @property
    def kept(self) -> bool:
        return self.ours_seconds <= self.limit_seconds

    def __str__(self) -> str:
        kept = "kept" if self.kept else "NOT KEPT"
        ratio = f"{self.ratio:.2f} ×" if self.ratio >= _FASTER else f"{1 / self.ratio:,.0f} times as fast as"
        return (
            f"{self.name}: {self.ours_seconds:.3f} s, promised {self.limit_seconds:.2f} s ({kept}); "
            f"{ratio} {self.reference} ({self.reference_seconds:.3f} s)"
        )


def command_seconds(command: Sequence[str], *, one_core: bool = True) -> float:
    """Wall seconds of one whole process, start-up included; on one core where the system can pin."""

    def pin() -> None:
        if one_core and hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

    start = time.perf_counter()
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=pin)
    return time.perf_counter() - start


def call_seconds(call: Callable[[], object]) -> float:
    """Wall seconds of one call in this process."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def paired_medians(ours: Callable[[], float], reference: Callable[[], float], runs: int = 7) -> tuple[float, float]:
    """Run both in turn, after one warm-up each, so that a drift of the machine falls on both; the two medians."""
    ours()
    reference()
    pairs = [(ours(), reference()) for _ in range(runs)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)
