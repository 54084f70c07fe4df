"""Where the columns of a table of delayed days stand, and what each of them counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from trigpoint.releases.files.sheet import Row, Sheet
from trigpoint.releases.observation import Basis, detail
from trigpoint.releases.schema import Column, Era, read_schema
from trigpoint.releases.tables.cells import normal
from trigpoint.releases.tables.header import Header, compound, find_header
from trigpoint.releases.tables.named import column_of, once_each, plain

SCHEMA = read_schema("delayed_transfers")
NAMES: Sequence[str] = SCHEMA.more["labels"]["name"]
ONS: Sequence[str] = SCHEMA.more["labels"]["ons"]
CODES: Sequence[str] = SCHEMA.more["labels"]["code"]
REGIONS: Sequence[str] = SCHEMA.more["labels"]["region"]
_DIVISIONS: dict[str, str] = {plain(name): said for name, said in SCHEMA.more["divisions"].items()}
_REASON = re.compile(r"(?P<letter>d?i{1,2}|[a-o])\)", re.I)


@dataclass(frozen=True, slots=True)
class Places:
    """The columns that say whose a row is; ``None`` for one that the sheet does not have."""

    name: int
    ons: int | None
    code: int | None
    region: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with one row an organisation: its header, its columns' names and what they count."""

    sheet: Sheet
    header: Header
    names: tuple[str, ...]
    era: Era
    places: Places
    unknown: tuple[str, ...] = field(default=())

    @property
    def has_beds(self) -> bool:
        """Whether delayed beds stand beside delayed days."""
        return any(column.part == "delayed-beds" for column in self.era.columns.values())


def table_of(sheet: Sheet) -> Table | None:
    """The table of a sheet; ``None`` where it has no header with a name, a code and a column that is counted."""
    header = find_header(sheet.rows, NAMES, (*ONS, *CODES))
    if header is None:
        return None
    places = places_of(header.names)
    if places is None:
        return None
    first = max(at for at in (places.name, places.ons, places.code, places.region) if at is not None) + 1
    names = tuple(f"{at}|{label}" for at, label in enumerate(compound(sheet.rows, header)))
    usual = usual_part(sheet)
    columns = {name: column for name in names[first:] if (column := counted(name.partition("|")[2], usual)) is not None}
    if not columns:
        return None
    unknown = tuple(
        own for own, name in zip(header.names[first:], names[first:], strict=True) if own and name not in columns
    )
    return Table(sheet, header, names, Era("", "", "", once_each(columns)), places, unknown)


def national_table_of(sheet: Sheet) -> Table | None:
    """The table of a sheet with one row a month and no organisations: England's own series."""
    header = find_header(sheet.rows, SCHEMA.more["labels"]["period"])
    if header is None or places_of(header.names) is not None or column_of(header.names, CODES) is not None:
        return None
    usual = usual_part(sheet)
    names = tuple(f"{at}|{label}" for at, label in enumerate(compound(sheet.rows, header, 2)))
    columns = {name: column for name in names if (column := counted(name.partition("|")[2], usual)) is not None}
    if len(columns) < 2:
        return None
    return Table(sheet, header, names, Era("", "", "", once_each(columns)), Places(0, None, None, None))


def places_of(names: Sequence[str]) -> Places | None:
    """Where name, codes and region stand; ``None`` without a name."""
    name = column_of(names, NAMES)
    if name is None:
        return None
    return Places(name, column_of(names, ONS), column_of(names, CODES), column_of(names, REGIONS))


def counted(label: str, usual: str = "delayed-days") -> Column | None:
    """What a column counts, told from its own name and the blocks it stands in.

    ``usual`` is the part that the sheet is of where no block says it.

    >>> counted("dtoc beds | acute").part, counted("acute | nhs").detail
    ('delayed-beds', 'care=acute;responsible=nhs')
    """
    *blocks, own = label.split(" | ")
    whole = division(own)
    if whole is None:
        return None
    part = next((found for block in reversed(blocks) if (found := _part_of(block))), usual)
    around = (said for block in blocks if (said := division(block)))
    return Column(part, ";".join(sorted({one for one in (*around, whole) if one})))


def _part_of(words: str) -> str:
    """Days, beds or patients, as a label or title says; "" where it does not."""
    said: dict[str, str] = SCHEMA.more["counts"]
    return next((part for word, part in said.items() if word in words), "")


def usual_part(sheet: Sheet) -> str:
    """The part that a sheet is of: workbooks of patients on one day look like those of delayed days."""
    cells = [normal(cell) for row in sheet.rows[:20] for cell in row[:6] if isinstance(cell, str)]
    found = {part for cell in [*cells, normal(sheet.name)] if (part := _part_of(cell))}
    return "delayed-patients" if found == {"delayed-patients"} else "delayed-days"


def division(name: str) -> str | None:
    """The part of all delays that a column or row name means; "" for all of them, ``None`` for no such name.

    >>> division("Non-Acute"), division("Dii) Awaiting nursing home placement or availability"), division("TOTAL")
    ('care=non-acute', 'reason=Dii', '')
    """
    if (found := _DIVISIONS.get(plain(name))) is not None:
        return found
    match = _REASON.match(normal(name))
    return detail(reason=match["letter"].capitalize()) if match else None


def basis_of(table: Table, said: str) -> Basis:
    """As what the rows are counted: what the sheet says of itself, else what its columns show."""
    if "provider" in said.casefold() or "trust" in said.casefold():
        return Basis.PROVIDER
    if table.places.ons is not None or "local authority" in said.casefold():
        return Basis.LOCAL_AUTHORITY
    title = normal(table.sheet.name)
    return Basis.PROVIDER if any(word in title for word in ("trust", "provider")) else Basis.LOCAL_AUTHORITY


def is_blank(row: Row) -> bool:
    """Whether nothing stands in a row."""
    return not any(normal(cell) for cell in row)
