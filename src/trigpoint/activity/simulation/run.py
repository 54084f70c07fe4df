"""The model run from a book to its result."""

from __future__ import annotations

from collections.abc import Callable

from trigpoint.activity.assumptions.scenario import Scenario
from trigpoint.activity.book.book import ActivityBook
from trigpoint.activity.results.run import ActivityRun

Progress = Callable[[int, int], None]


def run_model(
    book: ActivityBook,
    scenario: Scenario | None = None,
    *,
    draws: int | None = None,
    seed: int | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> ActivityRun:
    """Forecast outturn, do nothing and do something of every series and plan month, with their uncertainty."""
    raise NotImplementedError
