"""The published files of a workspace as a book of actuals, for the places that are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from trigpoint.measures.book.book import MeasureBook
from trigpoint.measures.definitions.definition import Definition
from trigpoint.measures.published import has_published
from trigpoint.measures.published.book import beside_plan, published_book, with_published
from trigpoint.places.model import PlaceKind
from trigpoint.places.register import Places
from trigpoint.releases.figures import measures, series
from trigpoint.releases.figures.asking import organisation_code
from trigpoint.releases.mapping import stated_mapping
from trigpoint.releases.observation import ENGLAND
from trigpoint.releases.store import Store, open_store

_COMMISSIONERS = frozenset({PlaceKind.CCG, PlaceKind.SUB_ICB, PlaceKind.ICB, PlaceKind.STP})


def completed(workspace: Path, book: MeasureBook, asked: str = "") -> MeasureBook:
    """The book of a workspace with what its published files add, where it has any (``read_published``).

    Beside a plan's figures England stands where the plan or one of its places has the indicator, and where it is asked
    for; alone, with everything.
    """
    if not has_published(workspace):
        return book
    found = read_published(workspace, own=book.by_id, places=book.places, asked=asked)
    of_england = bool(asked) and organisation_code(open_store(workspace), asked) == ENGLAND
    alone = of_england or not book.definitions
    return with_published(book, found if alone else beside_plan(found, book))


def read_published(
    workspace: Path, *, own: Mapping[str, Definition] | None = None, places: Places | None = None, asked: str = ""
) -> MeasureBook:
    """What the published files of a workspace say of England, of the places of its register, and of the one ``asked``.

    Each measure that feeds an indicator gives its actuals (``published_book``). A commissioner of which a release gives
    only providers has figures where ``published/mapping.csv`` of the workspace states which providers make it up.
    Raises ``InputError`` where the store of files is damaged.
    """
    store = open_store(workspace)
    feeding = {one.id: one for one in measures() if one.definition}
    codes = _codes(store, places, asked)
    mapping = stated_mapping(store)
    figures = (figure for id in feeding for code in codes for figure in series(store, id, code, mapping=mapping))
    return published_book(figures, feeding, own=own, places=places)


def _codes(store: Store, places: Places | None, asked: str) -> tuple[str, ...]:
    """England, the places that files know or that may be put together of what they know, and the one asked for."""
    known = set(store.organisations()["code"])
    near = (place for place in places or () if place.code in known or place.kind in _COMMISSIONERS)
    codes: Iterable[str] = (ENGLAND, *(place.code for place in near))
    return tuple(dict.fromkeys((*codes, organisation_code(store, asked)) if asked else codes))
