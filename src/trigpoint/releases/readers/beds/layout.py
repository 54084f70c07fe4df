"""Where the columns of a table of beds stand, and what each of them counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from trigpoint.releases.files.sheet import Sheet
from trigpoint.releases.observation import Basis
from trigpoint.releases.schema import Column, Era, read_schema
from trigpoint.releases.tables.cells import normal
from trigpoint.releases.tables.header import SEARCHED, Header, compound
from trigpoint.releases.tables.named import column_of, once_each, plain

SCHEMA = read_schema("beds")
LABELS: dict[str, Sequence[str]] = SCHEMA.more["labels"]
_SECTORS: dict[str, str] = {plain(name): said for name, said in SCHEMA.more["sectors"].items()}
_SPECIALTY = re.compile(r"(?P<code>\d{3}) ?[-:]? ?[a-z]")
_FIGURE_WORDS = re.compile(r"available|occupied|occupancy|rate|beds|%")
_PERCENT = re.compile(r" *\d+(\.\d+)?% *")
_TOP = 20


class Opening(Enum):
    """When the beds are open."""

    OVERNIGHT = "overnight"
    DAY_ONLY = "day only"


@dataclass(frozen=True, slots=True)
class Places:
    """The columns that say whose a row is and of which quarter; ``None`` for one that the sheet does not have."""

    year: int | None
    period: int | None
    region: int | None
    code: int | None
    name: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet of beds: its header, its columns' names, what they count, and as what its rows are counted."""

    sheet: Sheet
    header: Header
    names: tuple[str, ...]
    era: Era
    places: Places
    basis: Basis
    unknown: tuple[str, ...]


def table_of(sheet: Sheet) -> Table | None:
    """The table of a sheet; ``None`` where none of its columns is known.

    The header is the first row with a year and period or an organisation's code beside columns that are counted; what
    stands above (a stray number, a title) is passed over.
    """
    header = _header(sheet)
    if header is None:
        return None
    names = header.names
    places = Places(*(column_of(names, LABELS[one]) for one in ("year", "period", "region", "code", "name")))
    if all(at is None for at in (places.period, places.region, places.code, places.name)):
        return None
    opening, scale = _opening(sheet), 1.0 if _in_percent(sheet) else 100.0
    first = max(at for at in (places.year, places.period, places.region, places.code, places.name) if at is not None)
    spelt = tuple(f"{at}|{label}" for at, label in enumerate(compound(sheet.rows, header, 2)))
    usual = _usual(sheet)
    columns = {
        name: column
        for name in spelt[first + 1 :]
        if (column := _counted(name.partition("|")[2], opening, usual, scale)) is not None
    }
    if not columns:
        return None
    told = tuple(own for own, name in zip(names, spelt, strict=True) if own and name in spelt[first + 1 :])
    unknown = tuple(own for own, name in zip(names, spelt, strict=True) if own in told and name not in columns)
    era = Era("", "", "", once_each(columns))
    return Table(sheet, header, spelt, era, places, _basis(sheet, places), tuple(dict.fromkeys(unknown)))


def _basis(sheet: Sheet, places: Places) -> Basis:
    """As what the rows are counted: a sheet of regions or health authorities may call their codes “Org Code”."""
    name = set(re.findall(r"[a-z]+", normal(sheet.name)))
    regional = name & {"region", "regions", "regional", "sha", "shas", "area"} and not name & {"trust", "provider"}
    return Basis.REGION if places.code is None or regional else Basis.PROVIDER


def _header(sheet: Sheet) -> Header | None:
    """The first row with a period, region or code beside a column that is a sector or a specialty."""
    labels = (*LABELS["code"], *LABELS["period"], *LABELS["region"])
    for index, row in enumerate(sheet.rows[:SEARCHED]):
        names = tuple(normal(cell) for cell in row)
        if column_of(names, labels) is not None and any(_division(name) is not None for name in names):
            return Header(index, names)
    return None


def _division(own: str) -> str | None:
    """The part of all beds that a column's own name means; "" for all of them, ``None`` for no such name.

    >>> _division("general & acute"), _division("total beds occupied"), _division("100 general surgery")
    ('sector=general-acute', '', 'specialty=100')
    """
    bare = plain(_FIGURE_WORDS.sub("", own))
    if (found := _SECTORS.get(plain(own), _SECTORS.get(bare))) is not None:
        return found
    match = _SPECIALTY.match(own)
    return f"specialty={match['code']}" if match else None


def _in_percent(sheet: Sheet) -> bool:
    """Whether shares stand as “77.0%” (a workbook saved as text) and not as 0.77."""
    return any(isinstance(cell, str) and _PERCENT.fullmatch(cell) for row in sheet.rows for cell in row)


def _counted(label: str, opening: Opening, usual: str, scale: float) -> Column | None:
    """What a column counts, told from its own name and the block that it stands in (“available | maternity”)."""
    block, _, own = label.rpartition(" | ")
    kind = next((found for one in reversed(block.split(" | ")) if (found := _kind(one))), "") or _kind(own) or usual
    whole = _division(own)
    if whole is None or not kind:
        return None
    part = kind if opening is Opening.OVERNIGHT else f"day-{kind}"
    return Column(part, whole, scale if kind == "bed-occupancy" else 1.0)


def _kind(label: str) -> str:
    """Which figure a label is of; "" where it does not say, or is a title that names both."""
    if "available" in label and "occupied" in label:
        return ""
    kinds: dict[str, str] = SCHEMA.more["kinds"]
    return next((part for word, part in kinds.items() if word in label), "")


def _usual(sheet: Sheet) -> str:
    """The figure of a sheet whose columns do not say: told from its title or name, if only one is named there."""
    said = f"{_words_at_top(sheet)} {normal(sheet.name)}"
    kinds = [part for word, part in (("available", "beds-available"), ("occupied", "beds-occupied")) if word in said]
    own = _kind(normal(sheet.name))
    return own or (kinds[0] if len(kinds) == 1 else "")


def _opening(sheet: Sheet) -> Opening:
    said = f"{_words_at_top(sheet)} {normal(sheet.name)}".replace("-", " ")
    return Opening.DAY_ONLY if "day only" in said and "overnight" not in normal(sheet.name) else Opening.OVERNIGHT


def _words_at_top(sheet: Sheet) -> str:
    """The title and summary of a sheet, in small letters."""
    cells = (normal(cell) for row in sheet.rows[:_TOP] for cell in row[:4] if isinstance(cell, str))
    return next((cell for cell in cells if "average daily number" in cell or "day only" in cell), "")
