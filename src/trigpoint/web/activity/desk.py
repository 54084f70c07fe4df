"""What one request for the activity model reads: the plan, the model in its files, and which scenario is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest

from trigpoint.activity.assumptions.scenario import Scenario
from trigpoint.activity.book.book import ActivityBook
from trigpoint.errors import InputError
from trigpoint.web.activity import store
from trigpoint.web.activity.models import ScenarioVersion
from trigpoint.web.register.codec import PLACES
from trigpoint.web.register.models import Edition
from trigpoint.web.register.reading import Reading, open_reading
from trigpoint.web.register.store import revision_key, rows, shelf

AS_PLANNED = Scenario()
PAGES = (
    ("activity", "Overview"),
    ("activity-schemes", "Schemes"),
    ("activity-editor", "Try a scenario"),
    ("activity-scenarios", "Scenarios"),
    ("activity-outturn", "Forecast outturn"),
    ("activity-back-test", "Back-test"),
    ("activity-monitor", "Plan and actual"),
    ("activity-assumptions", "Assumptions"),
)
FOLLOWS = {"activity", "activity-schemes", "activity-pod", "activity-scheme", "activity-editor", "activity-beds"}
"""Pages that stay with the scenario that is looked at when one goes from one to another."""


@dataclass(frozen=True)
class Model:
    """The activity model of an edition. ``book`` is ``None`` where the files make none; ``problems`` say why, and what
    was left out of one that is there. ``scenarios`` are those of the files and of the pages, by id."""

    has_files: bool
    book: ActivityBook | None
    problems: tuple[str, ...]
    scenarios: Mapping[str, Scenario]
    saved: Mapping[str, ScenarioVersion]
    providers: Mapping[str, str]

    @cached_property
    def pods(self) -> Mapping[str, str]:
        """Code → name of every point of delivery that is counted, in the order of the book."""
        if self.book is None:
            return {}
        named = {each.code: each.name or each.code for each in self.book.pods}
        counted = (
            self.book.counts.get_column("pod").unique(maintain_order=True).to_list() if self.book.counts.height else []
        )
        codes = (*named, *counted, *(total.pod for total in self.book.totals))
        return {code: named.get(code, code) for code in dict.fromkeys(codes)}


def model_of(edition: Edition) -> Model:
    """The model as it now is, from memory where it has been read before."""
    last = store.last_version(edition)
    return shelf.get((*revision_key(edition), "activity", last), lambda: _read(edition))


def _read(edition: Edition) -> Model:
    files = store.read_files(edition)
    saved = {row.key: row for row in store.saved_scenarios(edition)}
    book, problems = book_of(files.texts, files.cells)
    told = tuple(dict.fromkeys((*files.problems, *problems)))
    scenarios = {each.id: each for each in (book.scenarios if book else ()) if each.id}
    scenarios |= {key: store.scenario_of(row) for key, row in saved.items()}
    kept = {key: each for key, each in scenarios.items() if not (key in saved and saved[key].withdrawn)}
    names = {place.code: place.name for place in rows(edition, PLACES)}
    return Model(bool(files.texts), book, told, kept, saved, names)


def book_of(texts: Mapping[str, str], cells: bytes | None) -> tuple[ActivityBook | None, tuple[str, ...]]:
    """The book in some files, and what is wrong with them."""
    if not texts:
        return None, ()
    from trigpoint.activity.book.reading import read_texts

    try:
        reading = read_texts(texts, cells=cells)
    except InputError as error:
        return None, (str(error),)
    return reading.book, tuple(str(problem) for problem in reading.problems)


@dataclass(frozen=True)
class Desk:
    """The plan that a request asks for, its activity model, the scenario chosen, and what the person may do."""

    reading: Reading
    model: Model
    scenario: Scenario
    may_save: bool

    @property
    def edition(self) -> Edition:
        return self.reading.edition

    @property
    def book(self) -> ActivityBook:
        """The book, where there is one; ``Http404`` for an address that needs one and finds none."""
        if self.model.book is None:
            raise Http404
        return self.model.book

    def url(self, name: str, /, *, query: dict[str, Any] | None = None, **arguments: Any) -> str:
        """The address of one of the plan's pages; the model's own stay with the scenario that is looked at."""
        asked = {"scenario": self.scenario.id} if name in FOLLOWS and self.scenario.id in self.model.scenarios else {}
        return self.reading.url(name, query=asked | (query or {}), **arguments)

    def pod(self, code: str) -> str:
        """The name of a point of delivery; raises ``Http404`` where the model has no such."""
        if code not in self.model.pods:
            raise Http404
        return self.model.pods[code]

    def provider(self, code: str) -> str:
        """The name of a provider as the plan's places have it, else its code; all together for none."""
        return self.model.providers.get(code, code) if code else "All providers"

    def context(self, page: str, *, current: str = "page") -> dict[str, Any]:
        """What the frame of a page shows. ``current`` is "true" where the page only belongs to another."""
        pages = [
            {"href": self.url(name), "text": text, "current": current if name == page else ""} for name, text in PAGES
        ]
        frame = self.reading.context("activity", current="page" if (page, current) == ("activity", "page") else "true")
        return frame | {
            "desk": self,
            "link": self.url,
            "pages": pages,
            "scenario": self.scenario,
            "model_illustrative": self.model.book is not None and self.model.book.illustrative,
        }


def open_desk(request: HttpRequest, pk: int) -> Desk:
    """The activity model that a request asks for; ``Http404`` where the person may not see the plan, or for a scenario
    that is not there."""
    reading = open_reading(request, pk)
    model = model_of(reading.edition)
    scenario = scenario_named(model, request.GET.get("scenario", ""))
    return Desk(reading, model, scenario, store.may_save(request.user, reading.edition))


def scenario_named(model: Model, key: str) -> Scenario:
    """A scenario by its id, the plan as entered for none; raises ``Http404`` where there is no such."""
    if not key:
        return AS_PLANNED
    if key not in model.scenarios:
        raise Http404
    return model.scenarios[key]
