"""The published figures that concern a plan, as actuals of its measures."""

from __future__ import annotations

from django.db.models import Max

from trigpoint.measures.book.book import MeasureBook
from trigpoint.measures.published.book import beside_plan, published_book, with_published
from trigpoint.places.register import Places
from trigpoint.releases.figures import PublishedFigure as Figure
from trigpoint.releases.observation import ENGLAND, Basis
from trigpoint.web.accounts.models import Organisation
from trigpoint.web.published.catalogue import known_releases
from trigpoint.web.published.models import PublishedFigure, PublishedFile
from trigpoint.web.published.store import names_of

_BASES = tuple(Basis)


def revision_of(owner: Organisation) -> tuple[int, int]:
    """What the figures of an organisation depend on: its newest file, and the newest word on what is in force; noughts
    where it holds none."""
    last = PublishedFile.objects.filter(owner=owner).aggregate(file=Max("pk"), standing=Max("standings__pk"))
    return last["file"] or 0, last["standing"] or 0


def with_figures(owner: Organisation, book: MeasureBook, places: Places) -> MeasureBook:
    """The book with the published figures of the plan's places, and England's beside them (``beside_plan``)."""
    feeding = {one.id: one for each in known_releases().values() for one in each.measures if one.definition}
    codes = [ENGLAND, *(place.code for place in places)]
    rows = PublishedFigure.objects.filter(owner=owner, measure__in=list(feeding), org__in=codes).select_related("file")
    found = sorted(rows.defer("file__told", "file__periods", "file__parts", "file__remarks"), key=_preference)
    if not found:
        return book
    names = {ENGLAND: "England", **names_of(owner, {row.org for row in found})}
    figures = [_figure(row, names.get(row.org, "")) for row in found]
    published = published_book(figures, feeding, own=book.by_id, places=places)
    return with_published(book, beside_plan(published, book))


def _preference(row: PublishedFigure) -> tuple[bool, int]:
    """Of two bases of one code (a trust, and its footprint) the first that has a value, as the command answers."""
    return row.value is None, _BASES.index(row.basis)


def _figure(row: PublishedFigure, name: str) -> Figure:
    source = known_releases()[row.file.release].name if row.file is not None else ""
    return Figure(
        measure=row.measure,
        org=row.org,
        name=name,
        basis=row.basis.value,
        detail="",
        start=row.start,
        end=row.end,
        value=row.value,
        numerator=row.numerator,
        denominator=row.denominator,
        marker=row.marker,
        status=row.status,
        source=f"{source}, {row.file.name}" if row.file is not None else "",
    )
