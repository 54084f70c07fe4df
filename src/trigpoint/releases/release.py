"""What a release is, and what comes of reading one of its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from trigpoint.releases.files.content import Content
from trigpoint.releases.measure import PublishedMeasure
from trigpoint.releases.observation import SCHEMA, Basis, Status


@dataclass(frozen=True, slots=True)
class Part:
    """What one kind of observation counts: its id, its name in words and its unit ("people", "seconds", "%")."""

    id: str
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """A code as a file names it. ``parent`` is the code or name of what it belongs to in that file, "" if not said."""

    code: str
    name: str
    basis: Basis
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A provider's share of a commissioner or system, as a file states it (1 where it lies wholly within)."""

    provider: str
    commissioner: str
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """One file read: its observations, who published it when, what was left out and what a reader should know.

    ``variant`` tells editions of one release apart that stand side by side ("csv", "provider workbook", "time series",
    "full extract"); a newer file takes the place of an older one of the same release, variant and period. ``era`` is
    the schema that fitted. ``rejected`` says of each row or column that was left out where it stands and why; ``notes``
    say what was verified and what is particular. ``whole`` is false where the file holds some organisations only, and
    so never takes the place of one that holds all. ``parts`` are those that the file itself names, where a release has
    no fixed list of them. ``places`` are the rows that an ODS file brings to ``places.csv``.
    """

    variant: str
    frame: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=SCHEMA))
    era: str = ""
    title: str = ""
    status: Status = Status.PUBLISHED
    published: date | None = None
    revised: date | None = None
    organisations: tuple[Organisation, ...] = ()
    mapping: tuple[Mapped, ...] = ()
    places: tuple[Mapping[str, str], ...] = ()
    rejected: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    whole: bool = True
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Release:
    """One published series. ``recognise`` looks at a file's content, cheaply, and never at its name; ``read`` reads it.

    ``read`` raises ``InputError`` where nothing of the file can be used; what is wrong with single rows or columns it
    tells in the ``Reading``. ``variants`` stand in the order of preference: where two hold a figure, the first shows.
    ``measure_of`` makes a measure of an id where a release has more of them than can be listed (Fingertips).
    """

    id: str
    name: str
    publisher: str
    licence: str
    page: str
    parts: tuple[Part, ...]
    measures: tuple[PublishedMeasure, ...]
    variants: tuple[str, ...]
    recognise: Callable[[Content], bool]
    read: Callable[[Content], Reading]
    measure_of: Callable[[str], PublishedMeasure | None] | None = None
