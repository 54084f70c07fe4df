"""What commands of `trigpoint activity` read and run: the book of a workspace, a scenario, the run itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from trigpoint.errors import InputError

if TYPE_CHECKING:
    from trigpoint.activity.assumptions.scenario import Scenario
    from trigpoint.activity.book.book import ActivityBook
    from trigpoint.activity.results.run import ActivityRun

MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """A run as options ask for it. ``without_noise`` leaves the scatter of months out of the intervals."""

    draws: int | None = None
    seed: int | None = None
    workers: int = 1
    by: tuple[str, ...] = ()
    without_noise: bool = False


def book_of(workspace: Path) -> tuple[ActivityBook, tuple[InputError, ...]]:
    """The activity book of a workspace with its problems. Raises ``InputError`` where there is nothing to run."""
    from trigpoint.activity.book.reading import read_activity
    from trigpoint.errors import InputErrors

    if not workspace.is_dir():
        raise InputError("there is no such folder", where=str(workspace), remedy="give the folder of a plan")
    reading = read_activity(workspace)
    if reading.book is not None:
        return reading.book, reading.problems
    if reading.problems:
        raise InputErrors(reading.problems)
    what = "this folder has no folder activity in it"
    remedy = "`trigpoint activity template -o activity.xlsx` writes a workbook to begin with"
    raise InputError(what, where=str(workspace), remedy=remedy)


def scenario_of(book: ActivityBook, name: str) -> Scenario | None:
    """A scenario of the book by its id or name, capitals apart; ``None`` for none. Raises ``InputError``."""
    if not name:
        return None
    wanted = name.strip().casefold()
    for one in book.scenarios:
        if wanted in (one.id.casefold(), one.name.casefold()):
            return one
    from trigpoint.wording import listed

    known = [f"“{one.id}”" for one in book.scenarios]
    more = [f"{len(known) - MOST_NAMED} more"] if len(known) > MOST_NAMED else []
    remedy = f"there are {listed([*known[:MOST_NAMED], *more])}" if known else "the folder activity/scenarios has none"
    raise InputError(f"there is no scenario “{name}”", remedy=remedy)


def prepared(book: ActivityBook, asked: Asked) -> ActivityBook:
    """The book with what the options change in its settings. Raises ``InputError`` for attributes it does not have."""
    from trigpoint.wording import listed

    frames = [frame for frame in (book.counts, book.cells) if frame is not None]
    fixed = ("provider", "pod", "month", "value", "weight", "bed_days", "source", "illustrative", "note")
    known = dict.fromkeys(name for frame in frames for name in frame.columns if name not in fixed)
    for name in asked.by:
        if name not in known:
            there = listed([f"“{one}”" for one in known]) or "none"
            raise InputError(
                f"the counts have no attribute “{name}” to tell results apart by", remedy=f"they have {there}"
            )
    settings = book.settings
    if asked.by:
        settings = replace(settings, output_by=asked.by)
    if asked.without_noise:
        settings = replace(settings, noise=False)
    return book if settings is book.settings else replace(book, settings=settings)


@contextmanager
def problems_kept(problems: Sequence[InputError]) -> Iterator[None]:
    """Where nothing can be made of a book, what was wrong with its files is told first: it mostly is the cause."""
    from trigpoint.errors import InputErrors

    try:
        yield
    except InputError as error:
        if not problems:
            raise
        raise InputErrors((*problems, error)) from None


def run_of(
    book: ActivityBook, scenario: Scenario | None, asked: Asked, problems: Sequence[InputError] = ()
) -> ActivityRun:
    """The run, with its progress on the error output; ``problems`` of its files are told where it cannot be made."""
    from trigpoint.activity.simulation.run import run_model
    from trigpoint.cli.activity_room import check_room
    from trigpoint.errors import InputErrors

    if problems and book.counts.is_empty() and not book.totals and book.cells is None:
        raise InputErrors(tuple(problems))  # which say that there is nothing to start from, and why
    ready = prepared(book, asked)
    check_room(ready, asked.draws or ready.settings.draws, asked.workers)
    with (
        problems_kept(problems),
        progress_told(f"Running {scenario.name or scenario.id if scenario else 'the plan'}") as tell,
    ):
        return run_model(ready, scenario, draws=asked.draws, seed=asked.seed, workers=asked.workers, progress=tell)


def remarks_of(workspace: Path, book: ActivityBook) -> tuple[InputError, ...]:
    """What the plan of the same folder says against its schemes: they begin before what must come first. It changes no
    exit code; a plan that cannot be read is for `trigpoint check` to tell."""
    from trigpoint.plans.workspace_files import PLAN_FILE

    if not any(one.milestone or one.deliverable for one in book.schemes) or not (workspace / PLAN_FILE).exists():
        return ()
    from trigpoint.plans.workspace import read_plan
    from trigpoint.reports.activity.precedence import precedence_remarks

    try:
        return precedence_remarks(read_plan(workspace), book.schemes)
    except InputError:
        return ()


@contextmanager
def progress_told(words: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on the error output that goes when it is done; nothing where that is no terminal."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(words, total=None)

        def tell(done: int, of: int) -> None:
            progress.update(task, completed=done, total=of)

        yield tell


def problems_told(*groups: Sequence[InputError]) -> bool:
    """Print each problem once as a sentence on the error output; whether there was one."""
    from trigpoint.cli.measures_reading import tell_problems

    told = list(dict.fromkeys(str(one) for group in groups for one in group))
    tell_problems(told)
    return bool(told)
