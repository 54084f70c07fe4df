"""Between the values of a measure book and the rows of the database, both directions, without loss."""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from trigpoint.measures.book import book as core
from trigpoint.measures.definitions.definition import Definition
from trigpoint.places.model import Place
from trigpoint.web.dashboards import models
from trigpoint.web.register.codec import Codec
from trigpoint.web.register.models import Row

if TYPE_CHECKING:
    from pydantic import TypeAdapter

ACTUAL_COLUMNS = (
    "indicator", "place", "period", "numerator", "denominator", "value", "group", "status", "source", "loaded_on",
    "note", "illustrative",
)  # fmt: skip
_AIM = (
    "indicator", "place", "kind", "period", "value", "numerator", "denominator", "rule", "group", "edition",
    "approved_by", "illustrative",
)  # fmt: skip
_REBASE = ("indicator", "period", "reason", "by", "place", "on")


def _flat(model: type[Row], value: type, fields: Sequence[str], **renamed: str) -> Codec:
    """A value whose fields are the columns in the same order, but for those that have another name as a column."""
    return Codec(model, tuple(renamed.get(name, name) for name in fields), attrgetter(*fields), value)


@cache
def _definitions() -> TypeAdapter[Definition]:
    from pydantic import TypeAdapter

    return TypeAdapter(Definition)


DEFINITIONS = Codec(
    models.Definition,
    ("key", "content"),
    lambda row: (row.id, _definitions().dump_json(row).decode()),
    lambda key, content: _definitions().validate_json(content),
)
ACTUALS = _flat(models.Actual, core.Actual, ACTUAL_COLUMNS)
AIMS = _flat(models.Aim, core.Aim, _AIM, edition="edition_label")  # a row's ``edition`` is the plan's
REBASES = _flat(models.Rebase, core.Rebase, _REBASE)
PLACES = Codec(
    models.AddedPlace,
    ("code", "name", "kind", "parent", "aliases", "valid_from", "valid_to", "successor"),
    lambda row: (
        row.code, row.name, row.kind, row.parent, list(row.aliases), row.valid_from, row.valid_to, row.successor,
    ),
    lambda code, name, kind, parent, aliases, *rest: Place(code, name, kind, parent, tuple(aliases), *rest),
)  # fmt: skip
PROBLEMS = Codec(models.Problem, ("text",), lambda text: (text,), str)

Tables = tuple[tuple[Codec, Sequence[Any]], ...]


def tables_of(book: core.MeasureBook, problems: Sequence[str] = (), known: Container[str] = ()) -> Tables:
    """Every table of an edition's measures with what a book and the problems of its files put into it.

    ``known`` are the codes of places that the plan itself holds; only the others are kept with the figures.
    """
    return (
        (DEFINITIONS, book.definitions),
        (ACTUALS, book.actuals),
        (AIMS, book.aims),
        (REBASES, book.rebases),
        (PLACES, tuple(place for place in book.places if place.code not in known)),
        (PROBLEMS, problems),
    )
