"""The model run from a book to its result."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from trigpoint.activity.assumptions.scenario import Scenario
from trigpoint.activity.book.book import ActivityBook
from trigpoint.activity.results.run import ActivityRun
from trigpoint.activity.simulation.baseline import Baselines
from trigpoint.activity.simulation.collected import Collected
from trigpoint.activity.simulation.model import Model, model_of, volumes_of
from trigpoint.activity.simulation.overlaps import overlap_warnings
from trigpoint.activity.simulation.sampled import Sampled, sampled
from trigpoint.activity.simulation.series_draws import SeriesDraws, Volumes, simulate
from trigpoint.errors import InputError

Progress = Callable[[int, int], None]
_FEWEST = 10  # draws: below, a band has no tenths


def run_model(
    book: ActivityBook,
    scenario: Scenario | None = None,
    *,
    draws: int | None = None,
    seed: int | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    begun: Baselines | None = None,
) -> ActivityRun:
    """Forecast outturn, do nothing and do something of every series and plan month, with their uncertainty.

    ``scenario`` changes the assumptions of the book; ``draws`` and ``seed`` stand in for those of its settings. Every
    assumption draws from a stream of its own id, so one seed gives one answer, on any number of ``workers`` (threads),
    and what is changed or left out leaves the draws of everything else as they were. ``progress`` is called with the
    number of series done, and of all. ``begun`` are the ``baselines`` of the book where they were made before: all
    scenarios share them. What cannot be used is told in ``warnings`` and the rest is run. Raises ``InputError`` where
    there is nothing to run. Method: ``docs/methods-activity.md``.
    """
    planned = scenario if scenario is not None else Scenario()
    changed, problems = _applied(book, planned)
    count = book.settings.draws if draws is None else draws
    if count < _FEWEST:
        raise InputError(
            f"a band cannot be made of so few draws ({count})", remedy=f"take {_FEWEST} or more; 4,000 is usual"
        )
    number = book.settings.seed if seed is None else seed
    model = model_of(changed, begun)
    drawn, cut = sampled(changed, model.series, model.terms, number, count)
    volumes, capped = volumes_of(model, drawn)
    told = [*problems, *model.warnings, *cut, *capped, *overlap_warnings(model, drawn, volumes)]
    collected = Collected(model, planned, number, drawn, told)
    for at, made in enumerate(_simulated(model, drawn, volumes, workers)):
        collected.add(at, made)
        if progress is not None:
            progress(at + 1, len(model.series))
    return collected.run(book)


def _applied(book: ActivityBook, scenario: Scenario) -> tuple[ActivityBook, tuple[InputError, ...]]:
    if not scenario.changes and not scenario.without:
        return book, ()
    from trigpoint.activity.book.scenarios import applied  # noqa: PLC0415 - only a run of a scenario needs it

    return applied(book, scenario)


def _simulated(model: Model, drawn: Sampled, volumes: Volumes, workers: int) -> Iterator[SeriesDraws]:
    """Every series in turn; on several threads no more than two are waiting for each."""

    def one(at: int) -> SeriesDraws:
        return simulate(model.units[at], at, model.calendar(at), drawn, volumes)

    places = range(len(model.series))
    if workers < 2 or len(places) < 2:
        yield from map(one, places)
        return
    with ThreadPoolExecutor(workers) as pool:
        waiting = [pool.submit(one, at) for at in places[: 2 * workers]]
        following = iter(places[2 * workers :])
        while waiting:
            yield waiting.pop(0).result()
            later = next(following, None)
            if later is not None:
                waiting.append(pool.submit(one, later))
