"""What one request for the finance of a plan reads: the plan, the book in its files, and which year is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest

from trigpoint.errors import InputError
from trigpoint.finance.book.book import FinanceBook
from trigpoint.periods import FinancialYear
from trigpoint.reports.finance.tables import LEFT
from trigpoint.web.activity.store import may_save
from trigpoint.web.finance import store
from trigpoint.web.register.codec import PLACES
from trigpoint.web.register.models import Edition
from trigpoint.web.register.reading import Reading, open_reading
from trigpoint.web.register.store import revision_key, rows, shelf

PAGES = (
    ("finance", "Position"),
    ("finance-rules", "Business rules"),
    ("finance-schemes", "Schemes"),
    ("finance-risks", "Risks"),
    ("finance-contracts", "Contracts"),
    ("finance-peers", "Peers"),
    ("finance-triangulation", "Triangulation"),
    ("finance-files", "Files"),
)
FOLLOWS = {"finance", "finance-schemes", "finance-scheme", "finance-risks", "finance-contracts", "finance-table"}
"""Pages that stay with the year that is looked at when one goes from one to another."""


@dataclass(frozen=True)
class Model:
    """The finance of an edition. ``book`` is ``None`` where the files make none; ``problems`` say why, and what was
    left out of one that is there; ``notes`` how unusual spellings were read."""

    has_files: bool
    book: FinanceBook | None
    problems: tuple[str, ...]
    notes: tuple[str, ...]
    places: Mapping[str, str]


def model_of(edition: Edition) -> Model:
    """The book as it now is, from memory where it has been read before."""
    return shelf.get((*revision_key(edition), "finance"), lambda: _read(edition))


def _read(edition: Edition) -> Model:
    files = store.read_files(edition)
    book, problems, notes = book_of(files.texts)
    told = tuple(dict.fromkeys((*files.problems, *problems)))
    names = {place.code: place.name for place in rows(edition, PLACES)}
    return Model(bool(files.texts), book, told, notes, names)


def book_of(texts: Mapping[str, str]) -> tuple[FinanceBook | None, tuple[str, ...], tuple[str, ...]]:
    """The book in some files, what is wrong with them, and how unusual spellings in them were read."""
    if not texts:
        return None, (), ()
    from trigpoint.finance.book.reading import read_texts

    try:
        reading = read_texts(texts)
    except InputError as error:
        return None, (str(error),), ()
    return reading.book, tuple(map(str, reading.problems)), tuple(map(str, reading.notes))


@dataclass(frozen=True)
class Desk:
    """The plan that a request asks for, its finance, the year chosen, and what the person may do."""

    reading: Reading
    model: Model
    year: FinancialYear | None
    chosen: bool
    may_save: bool

    @property
    def edition(self) -> Edition:
        return self.reading.edition

    @property
    def book(self) -> FinanceBook:
        """The book, where there is one; ``Http404`` for an address that needs one and finds none."""
        if self.model.book is None:
            raise Http404
        return self.model.book

    @property
    def at_year(self) -> FinancialYear:
        """The year that is looked at; ``Http404`` where there is none."""
        if self.year is None:
            raise Http404
        return self.year

    def url(self, name: str, /, *, query: dict[str, Any] | None = None, **arguments: Any) -> str:
        """The address of one of the plan's pages; those of finance stay with the year that is looked at."""
        asked = {"year": self.year.label} if name in FOLLOWS and self.chosen and self.year else {}
        return self.reading.url(name, query=asked | (query or {}), **arguments)

    def place(self, code: str) -> str:
        """The name of an organisation as the plan's places have it, else what the files call it."""
        return self.model.places.get(code, code)

    def years(self, name: str, /, **arguments: Any) -> list[dict[str, Any]]:
        """The years of the plan as links to the same page; none where there is one alone."""
        years = self.book.settings.years
        if len(years) < 2:
            return []
        return [
            {
                "href": self.url(name, query={"year": each.label}, **arguments),
                "text": each.label,
                "current": "true" if each == self.year else "",
            }
            for each in years
        ]

    def context(self, page: str, *, current: str = "page") -> dict[str, Any]:
        """What the frame of a page shows. ``current`` is "true" where the page only belongs to another."""
        pages = [
            {"href": self.url(name), "text": text, "current": current if name == page else ""} for name, text in PAGES
        ]
        frame = self.reading.context("finance", current="page" if (page, current) == ("finance", "page") else "true")
        year = self.year.label if self.year else ""
        return frame | {"desk": self, "link": self.url, "pages": pages, "year": year, "left": LEFT}


def open_desk(request: HttpRequest, pk: int) -> Desk:
    """The finance that a request asks for; ``Http404`` where the person may not see the plan, or for a year that is
    not of the plan."""
    reading = open_reading(request, pk)
    model = model_of(reading.edition)
    asked = request.GET.get("year", "")
    return Desk(reading, model, _year(model, asked), bool(asked), may_save(request.user, reading.edition))


def _year(model: Model, asked: str) -> FinancialYear | None:
    years = model.book.settings.years if model.book else ()
    for year in years:
        if asked in ("", year.label):
            return year
    if asked and model.book is not None:
        raise Http404
    return None
