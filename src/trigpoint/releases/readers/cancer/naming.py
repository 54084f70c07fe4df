"""What the layouts of cancer waiting times call their columns, standards, routes and organisations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from trigpoint.releases.files.sheet import Cell, Row
from trigpoint.releases.observation import ENGLAND, Basis, detail
from trigpoint.releases.release import Organisation
from trigpoint.releases.schema import read_schema
from trigpoint.releases.tables.cells import normal, words
from trigpoint.releases.tables.named import NOBODY, is_england

SCHEMA = read_schema("cancer")
_FOOTNOTE = re.compile(r"\s*\((?:\d+|[a-z])\)")
_NOT_KEPT = re.compile(r"treatment type|(told |treated |seen )?(within|in|after) .*days|performance|percentage.*|")
_ENGLAND: Sequence[str] = SCHEMA.more["england"]["names"]
_FIELD_OF = {name: field for field, names in SCHEMA.more["headings"].items() for name in names}
_ALL = frozenset(SCHEMA.more["words"]["all"])
_ROUTES: Mapping[str, str] = SCHEMA.more["words"]["routes"]


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard (or a count of referrals seen) and the parts that its columns are."""

    id: str
    total: str
    within: str
    late: str = ""

    @property
    def counts_referrals(self) -> bool:
        """Whether referrals seen are counted, which have no standard, rather than waits that have one."""
        return self.id in ("seen", "breast", "two-week", "two-week-breast")

    @property
    def is_of_one_kind(self) -> bool:
        """Whether all it counts is of one kind, whose name stands where others have the cancer."""
        return self.id in ("breast", "two-week-breast")


_STANDARDS = {
    id: Standard(id, raw["total"], raw["within"], raw.get("late", "")) for id, raw in SCHEMA.more["standards"].items()
}
_OF_CELL = {cell: _STANDARDS[id] for id, raw in SCHEMA.more["standards"].items() for cell in raw.get("cells", ())}
_OF_TITLE = {title: _STANDARDS[id] for id, raw in SCHEMA.more["standards"].items() for title in raw.get("titles", ())}


_OF_SHEET = {sheet: _STANDARDS[id] for id, raw in SCHEMA.more["standards"].items() for sheet in raw.get("sheets", ())}


def heading(cell: Cell) -> str:
    """A heading as the data file writes it: small letters, no footnote mark, no underscores.

    >>> heading("ODS CODE (1)"), heading("Standard_or_Item")
    ('ods code', 'standard or item')
    """
    return _FOOTNOTE.sub("", normal(cell).replace("_", " ")).strip()


def fields_of(row: Row | Sequence[str]) -> dict[str, int]:
    """Which column holds which field; the first one, for bands repeat the names of the standards' own columns."""
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        field = _FIELD_OF.get(heading(cell))
        if field is not None:
            found.setdefault(field, at)
    if "code" in found:  # the name stands beside the code, whatever it is called
        found.setdefault("name", found["code"] + 1)
    return found


def unknown(row: Row | Sequence[str]) -> tuple[str, ...]:
    """The headings that are neither read nor known to be left out."""
    names = ((words(cell), heading(cell)) for cell in row)
    return tuple(said for said, name in names if name not in _FIELD_OF and not _NOT_KEPT.fullmatch(name))


@cache
def standard_of_cell(cell: str) -> Standard | None:
    """The standard that a row names."""
    return _OF_CELL.get(normal(cell))


def standard_of_title(title: str) -> Standard | None:
    """The standard of a sheet, by its title."""
    said = normal(title)
    return next((standard for words_of, standard in _OF_TITLE.items() if words_of in said), None)


def standard_of_sheet(name: str) -> Standard | None:
    """The standard of before October 2023 of a sheet, by its name: their titles say the same things in many ways."""
    said = normal(name)
    return next((standard for start, standard in _OF_SHEET.items() if said.startswith(start)), None)


def organisation_of(code: str, name: str, parent: str, side: Basis) -> Organisation:
    """A row's organisation. ``side`` is whose table it stands in; boards of a commissioners' table are systems.

    >>> organisation_of("", "ALL ENGLISH COMMISSIONERS", "", Basis.COMMISSIONER).code
    'ENG'
    """
    if is_england(_FOOTNOTE.sub("", name), code, names=_ENGLAND):
        return Organisation(ENGLAND, "England", Basis.NATIONAL)
    if code in NOBODY or " " in code:
        raise ValueError(f"“{name}” has no organisation code")
    return Organisation(code, name, _basis(name.casefold(), side), "" if parent == name else parent)


def _basis(name: str, side: Basis) -> Basis:
    if side is Basis.PROVIDER:
        return side
    if "cancer alliance" in name:
        return Basis.AREA
    board = "integrated care board" in name or name.endswith(" icb")
    return Basis.SYSTEM if board and "sub icb" not in name and "sub-icb" not in name else Basis.COMMISSIONER


@cache
def detail_of(cancer: str, route: str, modality: str, setting: str = "") -> str:
    """The part of the whole that a row counts; "" for all cancers, all routes or stages, and all modalities.

    >>> detail_of("Urological - Other (a)", "Subsequent", "ALL MODALITIES")
    'cancer=urological-other;stage=subsequent'
    """
    parts = {"cancer": _slug(cancer), "modality": _slug(modality), "setting": _slug(setting)}
    route = normal(route)
    if route not in _ALL:
        name, _, value = _ROUTES.get(route, f"route={_slug(route)}").partition("=")
        parts[name] = value
    return detail(**parts)


def _slug(text: str) -> str:
    said = normal(text)
    return "" if said in _ALL else re.sub(r"[^a-z0-9]+", "-", _FOOTNOTE.sub("", said).replace("'", "")).strip("-")
