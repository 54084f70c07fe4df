"""The data file of a release: its name, its parts, what its marks mean, and the columns of each era.

``data/<id>.toml`` holds::

    id = "ae"
    name = "A&E Attendances and Emergency Admissions"
    publisher = "NHS England"
    licence = "Open Government Licence v3.0"
    page = "https://…"
    variants = ["provider workbook", "csv"]          # the preferred first

    [markers]                                        # where they differ from the usual ones
    "-" = 0                                          # a number, or "suppressed", "not available", …

    [parts.ae-attendances]
    name = "A&E attendances, not booked"
    unit = "attendances"

    [[eras]]
    id = "april-2019"
    name = "April 2019 to March 2020"
    variant = "csv"
    [eras.columns]                                   # header in small letters: what it counts
    "number of a&e attendances type 1" = { part = "ae-attendances", detail = "type=1" }
    "org name" = { ignore = true }                   # known, and left out without a word

    [[measures]]                                     # see ``measure``
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from trigpoint.releases.files.content import Content
from trigpoint.releases.measure import PublishedMeasure, Statistic, read_term
from trigpoint.releases.observation import Marker
from trigpoint.releases.release import Part, Reading, Release
from trigpoint.releases.tables.cells import COMMON, normal


@dataclass(frozen=True, slots=True)
class Column:
    """What one column counts. ``ignore`` for one that is known and says nothing that is kept."""

    part: str = ""
    detail: str = ""
    scale: float = 1.0
    ignore: bool = False


@dataclass(frozen=True, slots=True)
class Era:
    """The columns of a release for as long as they stayed the same. Names are in small letters."""

    id: str
    name: str
    variant: str
    columns: Mapping[str, Column]

    @property
    def counted(self) -> Mapping[str, Column]:
        """The columns that hold figures."""
        return {name: column for name, column in self.columns.items() if not column.ignore}


@dataclass(frozen=True, slots=True)
class Schema:
    """A release's data file, read. ``more`` holds what only its own reader understands."""

    id: str
    name: str
    publisher: str
    licence: str
    page: str
    variants: tuple[str, ...]
    parts: tuple[Part, ...]
    measures: tuple[PublishedMeasure, ...]
    markers: Mapping[str, Marker | float]
    eras: tuple[Era, ...]
    more: Mapping[str, Any]

    def era_of(self, names: Iterable[str], variant: str = "") -> Era | None:
        """The era all of whose columns stand among the names, the one with most columns where several fit."""
        present = {normal(name) for name in names}
        fitting = [era for era in self.eras if (not variant or era.variant == variant) and set(era.counted) <= present]
        return max(fitting, key=lambda era: len(era.columns), default=None)

    def unknown(self, names: Iterable[str], era: Era) -> tuple[str, ...]:
        """The names that the era does not know, empty ones apart."""
        return tuple(name for name in names if normal(name) and normal(name) not in era.columns)


@cache
def read_schema(release: str) -> Schema:
    """The shipped data file of a release, by its id."""
    path = files("trigpoint.releases") / "data" / f"{release}.toml"
    raw = tomllib.loads(path.read_text("utf-8"))
    known = ("id", "name", "publisher", "licence", "page", "variants", "parts", "measures", "markers", "eras")
    marks = {
        mark: Marker(said) if isinstance(said, str) else float(said) for mark, said in raw.get("markers", {}).items()
    }
    return Schema(
        id=raw["id"],
        name=raw["name"],
        publisher=raw["publisher"],
        licence=raw["licence"],
        page=raw["page"],
        variants=tuple(raw["variants"]),
        parts=tuple(Part(id, said["name"], said["unit"]) for id, said in raw.get("parts", {}).items()),
        measures=tuple(_measure(raw["id"], one) for one in raw.get("measures", [])),
        markers={**COMMON, **marks},
        eras=tuple(_era(one) for one in raw.get("eras", [])),
        more={name: value for name, value in raw.items() if name not in known},
    )


def _era(raw: Mapping[str, Any]) -> Era:
    columns = {normal(name): Column(**said) for name, said in raw["columns"].items()}
    return Era(raw["id"], raw["name"], raw.get("variant", ""), columns)


def _measure(release: str, raw: Mapping[str, Any]) -> PublishedMeasure:
    given = {**raw, "release": release, "statistic": Statistic(raw["statistic"])}
    for side in ("numerator", "denominator"):
        given[side] = tuple(read_term(text) for text in raw.get(side, ()))
    given["published"] = read_term(raw["published"]) if "published" in raw else None
    return PublishedMeasure(**given)


def release_of(
    schema: Schema,
    recognise: Callable[[Content], bool],
    read: Callable[[Content], Reading],
    *,
    measure_of: Callable[[str], PublishedMeasure | None] | None = None,
) -> Release:
    """The release that a data file and two functions make together."""
    return Release(
        id=schema.id,
        name=schema.name,
        publisher=schema.publisher,
        licence=schema.licence,
        page=schema.page,
        parts=schema.parts,
        measures=schema.measures,
        variants=schema.variants,
        recognise=recognise,
        read=read,
        measure_of=measure_of,
    )
