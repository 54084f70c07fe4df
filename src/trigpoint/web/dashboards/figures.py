"""Everything that an edition's measures come to: computed once for each revision, and kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404

from trigpoint.errors import InputError
from trigpoint.measures.book.book import MeasureBook
from trigpoint.measures.book.printed import PRINTED, book_of_plan, merged
from trigpoint.measures.definitions.definition import Definition
from trigpoint.measures.results import Results, measure_results
from trigpoint.measures.results.result import Direction, IndicatorResult, MeasureResult, Rating, TargetStanding
from trigpoint.measures.standing import Judgement
from trigpoint.places.matching import match
from trigpoint.places.model import Place, PlaceKind
from trigpoint.places.register import Places
from trigpoint.plans.model import Objective
from trigpoint.plans.workspace import Workspace
from trigpoint.reports.known import known_by, results_at
from trigpoint.web.dashboards.listing import Choices, Entry, choices_of
from trigpoint.web.dashboards.store import has_measures, problems_of, read_book
from trigpoint.web.published.beside import revision_of, with_figures
from trigpoint.web.register import codec, store
from trigpoint.web.register.reading import Reading

NOTHING_ENTERED = "Nothing has been entered yet."


@dataclass(frozen=True, eq=False)
class Figures:
    """The results of one edition's measures, the plan's printed tables among them.

    ``home`` is the place that the plan is of; ``problems`` are what was wrong in the files when they were loaded.
    """

    results: Results
    home: Place
    objectives: Mapping[str, Objective]
    committees: tuple[str, ...]
    problems: tuple[str, ...]

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every measure in its main place, in the order of the plan's objectives and then of the book."""
        found = (self._measure(each, "") or nothing_entered(each, self.home) for each in self.results.book.definitions)
        return self._in_printed_order(found)

    def _in_printed_order(self, found: Iterable[MeasureResult]) -> tuple[Entry, ...]:
        order = {key: place for place, key in enumerate(self.objectives)}
        entries = [self._entry(result) for result in found]
        return tuple(sorted(entries, key=lambda entry: order.get(entry.result.definition.objective, len(order))))

    def entries_in(self, place: str) -> tuple[Entry, ...]:
        """Every measure that there are figures or targets of in a place, "" for the main place of each."""
        if not place:
            return self.entries
        found = (self._measure(definition, place) for definition in self.results.book.definitions)
        return self._in_printed_order(result for result in found if result is not None)

    def entries_of(self, objective: str) -> tuple[Entry, ...]:
        """The measures with figures of their own that serve an objective; its printed tables are not among them."""
        own = (row for row in self.results.book.definitions if row.objective == objective and PRINTED not in row.tags)
        return tuple(self._entry(self._measure(row, "") or nothing_entered(row, self.home)) for row in own)

    def _measure(self, definition: Definition, place: str) -> MeasureResult | None:
        try:
            return self.results.measure(definition.id, place)
        except InputError:
            return None

    def _entry(self, result: MeasureResult) -> Entry:
        key = result.definition.id
        objective = self.objectives.get(result.definition.objective)
        return Entry(result, objective, result.place.code == self.home.code, key in self.invented)

    @cached_property
    def invented(self) -> frozenset[str]:
        """The measures of which any figure or target was invented."""
        book = self.results.book
        return frozenset(row.indicator for rows in (book.actuals, book.aims) for row in rows if row.illustrative)

    @cached_property
    def choices(self) -> Choices:
        """What the list can be filtered by."""
        book = self.results.book
        mains = {entry.result.place.code: entry.result.place for entry in self.entries}
        codes = dict.fromkeys(row.place for rows in (book.actuals, book.aims) for row in rows)
        places = mains | {code: book.places[code] for code in codes if code in book.places}
        return choices_of(self.entries, self.committees, places.values())

    def indicator(self, measure_id: str) -> IndicatorResult:
        """One measure by its id; raises ``Http404`` when there is none."""
        if measure_id not in self.results:
            raise Http404
        return self.results.indicator(measure_id)


def nothing_entered(definition: Definition, home: Place) -> MeasureResult:
    """What there is to say of a measure that is defined and not yet counted."""
    standing = TargetStanding(Judgement.NO_ACTUAL, "", None, None, None, Rating.NONE, NOTHING_ENTERED)
    return MeasureResult(definition, home, "", (), None, standing, None, None, Direction.CANNOT, None, NOTHING_ENTERED)


def figures_of(reading: Reading) -> Figures:
    """The figures of the plan that is read, computed when they are asked for the first time."""
    key = (*_revision(reading), "figures")
    return store.shelf.get(key, lambda: _compute(reading))


def _revision(reading: Reading) -> tuple[Any, ...]:
    """What the figures of a plan depend on: its edition, and the published files of its organisation."""
    return (*store.revision_key(reading.edition), *_files(reading))


def _files(reading: Reading) -> tuple[int, int]:
    """The state of the organisation's published files, asked once a request: the edition's row lives as long."""
    edition = reading.edition
    if not hasattr(edition, "published_files"):
        edition.published_files = revision_of(edition.organisation)
    return edition.published_files


def holds_published(reading: Reading) -> bool:
    """Whether the plan's organisation holds any published file."""
    return any(_files(reading))


def _compute(reading: Reading) -> Figures:
    plan, places = reading.plan, _places(reading)
    book = merged(_book(reading, places), book_of_plan(plan, places))
    home = match(plan.organisation, book.places).place if plan.organisation else None
    return Figures(
        measure_results(book, plan),
        home or Place("", plan.organisation, PlaceKind.OTHER),
        {row.id: row for row in plan.objectives},
        plan.committees,
        problems_of(reading.edition),
    )


def _book(reading: Reading, places: Places) -> MeasureBook:
    """What was entered, and what was published of the plan's places."""
    book = read_book(reading.edition, places)
    return with_figures(reading.edition.organisation, book, places) if holds_published(reading) else book


def _places(reading: Reading) -> Places:
    return Workspace(reading.plan, store.rows(reading.edition, codec.PLACES)).register()


def entered(reading: Reading) -> MeasureBook | None:
    """The definitions, figures and targets that were loaded with the edition, ``None`` where there are none."""
    return _book(reading, _places(reading)) if measured(reading) else None


def served_by(reading: Reading, objective: str) -> tuple[Entry, ...]:
    """The measures of an objective; of an edition that has no figures nothing is computed."""
    return figures_of(reading).entries_of(objective) if measured(reading) else ()


def measured(reading: Reading) -> bool:
    """Whether measures were loaded with the edition, or files were published that may be of its places."""
    key = (*store.revision_key(reading.edition), "measured")
    return store.shelf.get(key, lambda: has_measures(reading.edition)) or holds_published(reading)


def results_known(reading: Reading) -> Results | None:
    """The results of what was known at the reporting date, ``None`` where the edition has no measures."""
    if not measured(reading):
        return None
    key = (*_revision(reading), "results", reading.at)
    return store.shelf.get(key, lambda: _known(reading))


def _known(reading: Reading) -> Results | None:
    everything = figures_of(reading).results
    if known_by(everything.book, reading.at) is everything.book:
        return everything
    return results_at(_book(reading, _places(reading)), reading.plan, reading.at)
