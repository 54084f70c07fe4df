"""Runs of the model: made once for each revision of the files and content of a scenario, and kept."""

from __future__ import annotations

import json
from dataclasses import replace

from trigpoint.activity.assumptions.scenario import Change, Scenario
from trigpoint.activity.book.book import ActivityBook
from trigpoint.activity.results.run import ActivityRun
from trigpoint.errors import InputError
from trigpoint.web.activity.desk import Desk
from trigpoint.web.activity.pooling import MOST_CELLS, REMEDY, attributes_of, pooled_cells
from trigpoint.web.register.store import Shelf, revision_key

KEPT_RUNS = 40
MOST_DRAWS = 4_000
TRIAL_DRAWS = 1_000
FEWEST_DRAWS = 250
LONGEST_TRIAL = 50_000
WORK = 400_000_000
"""As many numbers, about, are drawn for one page: draws × cells or series × months. A second or two on one core."""

runs = Shelf(KEPT_RUNS)


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


def run_of(desk: Desk, scenario: Scenario | None = None, *, draws: int | None = None) -> ActivityRun:
    """The run of a scenario, the chosen one for none. Raises ``InputError`` where the model is too large for a page."""
    wanted = desk.scenario if scenario is None else scenario
    most = draws or MOST_DRAWS
    key = (*revision_key(desk.edition), content_of(wanted), wanted.name, most)
    return runs.get(key, lambda: _run(desk.book, wanted, most))


def _run(book: ActivityBook, scenario: Scenario, most: int) -> ActivityRun:
    from trigpoint.activity.simulation.run import run_model

    book = for_a_page(book)
    return run_model(book, scenario, draws=draws_for(book, min(most, book.settings.draws)))


def for_a_page(book: ActivityBook) -> ActivityBook:
    """The book with its records pooled to what the model asks for."""
    if book.cells is None:
        return book
    pooled = pooled_cells(book.cells, attributes_of(book))
    if pooled.height > MOST_CELLS:
        what = f"the pooled records come to {pooled.height:,} cells, and the pages take {MOST_CELLS:,} at most"
        raise InputError(what, where="activity/cells.parquet", remedy=REMEDY)
    return replace(book, cells=pooled)


def draws_for(book: ActivityBook, most: int) -> int:
    """As many draws as a page has the time for; raises ``InputError`` where they would be too few to tell quantiles."""
    names = [name for name in ("provider", "pod", *attributes_of(book)) if name in book.counts.columns]
    groups = book.counts.select(names).unique().height if book.cells is None else book.cells.height
    size = max(groups, len(book.totals), 1) * 12 * len(book.settings.years)
    draws = min(most, WORK // size)
    if draws < min(FEWEST_DRAWS, most):
        what = f"the model has {groups:,} cells over {len(book.settings.years)} years, too many to run on a page"
        raise InputError(what, remedy=REMEDY)
    return draws
