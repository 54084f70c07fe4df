"""Runs of the model: made once for each revision of the files and content of a scenario, and kept."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from trigpoint.activity.assumptions.scenario import Change, Scenario
from trigpoint.activity.book.book import ActivityBook
from trigpoint.activity.results.run import ActivityRun
from trigpoint.errors import InputError
from trigpoint.web.activity.desk import Desk
from trigpoint.web.activity.pooling import MOST_CELLS, REMEDY, SERIES, attributes_of, pooled_cells
from trigpoint.web.register.store import PatientShelf, revision_key

if TYPE_CHECKING:
    from trigpoint.activity.simulation.baseline import Baselines

KEPT_RUNS = 40
MOST_DRAWS = 4_000
TRIAL_DRAWS = 1_000
FEWEST_DRAWS = 250
LONGEST_TRIAL = 50_000
WORK = 400_000_000
"""As many numbers, about, are drawn for one page: draws × months × (cells + what a series costs). A second or two."""
TRIAL_WORK = WORK // 8
"""The same of one move of a slider, which ought to be answered at once."""
SERIES_COST = 40
"""The months of a series, with their noise and quantiles, take as long as this many cells."""


runs = PatientShelf(KEPT_RUNS)


def content_of(scenario: Scenario) -> str:
    """All that a run depends on of a scenario, as one text: two that change the same have the same."""
    changes = [[each.assumption, each.field, each.value] for each in scenario.changes]
    return json.dumps({"changes": changes, "without": sorted(scenario.without)}, separators=(",", ":"))


def scenario_of_text(text: str) -> Scenario:
    """The way back from ``content_of``; raises ``InputError`` for what is no such text."""
    try:
        if len(text) > LONGEST_TRIAL:
            raise ValueError
        told = json.loads(text)
        changes = tuple(Change(str(a), str(f), str(v)) for a, f, v in told["changes"])
        return Scenario("trial", "as tried", changes=changes, without=tuple(map(str, told["without"])))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise InputError("the address does not hold a scenario", remedy="open the page again") from error


def run_of(desk: Desk, scenario: Scenario | None = None) -> ActivityRun:
    """The run of a scenario, the chosen one for none. Raises ``InputError`` where the model is too large for a page."""
    wanted = desk.scenario if scenario is None else scenario
    return _kept(desk, wanted, MOST_DRAWS, WORK)


def trial_run(desk: Desk, scenario: Scenario) -> ActivityRun:
    """The run of what is tried in the editor, or of the plan beside it: fewer draws, all shared between the two, so
    that it follows a slider. Raises ``InputError`` where the model is too large for a page."""
    return _kept(desk, scenario, TRIAL_DRAWS, TRIAL_WORK)


def _kept(desk: Desk, wanted: Scenario, most: int, work: int) -> ActivityRun:
    """From memory, whatever the scenario is called: two that change the same are one run under two names."""
    revision = revision_key(desk.edition)
    book, begun = runs.get((*revision, "baselines"), lambda: _begun(desk.book))
    key = (*revision, content_of(wanted), most)
    made = runs.get(key, lambda: _run(book, begun, wanted, most, work))
    return made if made.scenario == wanted else replace(made, scenario=wanted)


def _begun(book: ActivityBook) -> tuple[ActivityBook, Baselines]:
    """What all runs of a revision share: the book at the grain of the pages, and where its plan begins."""
    from trigpoint.activity.simulation.baseline import baselines

    book = for_a_page(book)
    draws_for(book, FEWEST_DRAWS, WORK)  # before any work is done for a model that no page can run
    return book, baselines(book)


def _run(book: ActivityBook, begun: Baselines, scenario: Scenario, most: int, work: int) -> ActivityRun:
    from trigpoint.activity.simulation.run import run_model

    return run_model(book, scenario, draws=draws_for(book, min(most, book.settings.draws), work), begun=begun)


def for_a_page(book: ActivityBook) -> ActivityBook:
    """The book at the grain of the pages, which show provider × point of delivery: without the finer outputs that its
    settings ask for, and with its records pooled to what is left to ask."""
    plain = replace(book, settings=replace(book.settings, output_by=()))
    if plain.cells is None:
        return plain
    pooled = pooled_cells(plain.cells, attributes_of(plain))
    if pooled.height > MOST_CELLS:
        what = f"the pooled records come to {pooled.height:,} cells, and the pages take {MOST_CELLS:,} at most"
        raise InputError(what, where="activity/cells.parquet", remedy=REMEDY)
    return replace(plain, cells=pooled)


def draws_for(book: ActivityBook, most: int, work: int) -> int:
    """As many draws as a page has the time for; raises ``InputError`` where they would be too few to tell quantiles
    even on a page that may take all of ``WORK``."""
    names = [name for name in (*SERIES, *attributes_of(book)) if name in book.counts.columns]
    series = book.counts.select(SERIES).unique().height + len(book.totals)
    groups = max(book.counts.select(names).unique().height + len(book.totals), 1)
    cells = groups if book.cells is None else book.cells.height
    size = (cells + SERIES_COST * series) * 12 * max(len(book.settings.years), 1)
    fewest = min(FEWEST_DRAWS, most)
    if size * fewest > WORK:
        what = (
            f"the model has {series:,} series and {cells:,} cells over {len(book.settings.years)} years, "
            "too many to run on a page"
        )
        raise InputError(what, remedy=REMEDY)
    return min(most, max(fewest, work // size))
