"""The full extract as a frame: provider × commissioner × part type × treatment function, only the columns needed.

A month has 183,000 rows of 121 columns (85 MB), so that no row of it is ever a Python object: polars reads keys as text
and counts as unsigned 32-bit numbers. Where a cell is no number, or the text no UTF-8, a second and slower way reads
all as text and tells which rows are wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from trigpoint.errors import InputError, Where
from trigpoint.releases.files.content import Content
from trigpoint.releases.files.sheet import AS_PUBLISHED
from trigpoint.releases.readers.rtt.bands import MOST, Bands, canonical, find_bands, refuse_gap
from trigpoint.releases.readers.rtt.pathways import BY_CODE, function_code, part_code
from trigpoint.releases.tables.columns import Tally
from trigpoint.releases.tables.header import columns_left_out
from trigpoint.releases.tables.spans import Span, span

NEEDED = ("period", "provider org code", "commissioner org code", "rtt part type", "treatment function code")
_KEYS = {
    "period": "period",
    "provider org code": "provider",
    "provider org name": "provider_name",
    "provider parent org code": "provider_parent",
    "commissioner org code": "commissioner",
    "commissioner org name": "commissioner_name",
    "commissioner parent org code": "system",
    "commissioner parent name": "system_name",
    "rtt part type": "part_type",
    "treatment function code": "function_code",
}
_TOTALS = {"total": "known", "patients with unknown clock start date": "unknown", "total all": "all"}
_IGNORED = ("provider parent name", "rtt part description", "treatment function name")
_ROW = "row"


@dataclass(slots=True)
class ExtractTable:
    """A full extract read. ``frame`` has the key columns, ``part`` (a pathway's id), ``function`` ("" for all),
    ``total``, ``unknown`` and the bands as ``waits.band_columns`` names them. ``spans`` are its periods by their text.
    """

    frame: pl.DataFrame
    bands: Bands
    spans: dict[str, Span]
    tally: Tally = field(default_factory=Tally)
    notes: list[str] = field(default_factory=list)


def header_row(content: Content) -> int | None:
    """The row of the header, counted from 0: older files have up to five title rows above it."""
    for index, row in enumerate(content.head):
        if set(NEEDED) <= {canonical(name) for name in row} and find_bands(row) is not None:
            return index
    return None


def read_table(content: Content) -> ExtractTable:
    """The table of a full extract. Raises ``InputError`` where nothing of it can be used."""
    index = header_row(content)
    header = content.head[index] if index is not None else ()
    bands = find_bands(header)
    if index is None or bands is None:
        raise InputError("no header of an RTT full extract was found", where=content.name)
    refuse_gap(bands, content.name)
    names = [canonical(name) for name in header]
    wanted = {place: own for place, name in enumerate(names) if (own := {**_KEYS, **_TOTALS}.get(name))}
    wanted |= {place: f"w{order}" for order, place in enumerate(bands.places)}
    raw, tally = _read(content, index, len(header), wanted)
    for own in (*_KEYS.values(), *_TOTALS.values()):
        if own not in raw.columns:
            raw = raw.with_columns(pl.lit(None, pl.String if own in _KEYS.values() else pl.UInt32).alias(own))
    table = ExtractTable(raw, bands, {}, tally)
    strange = [name for place, name in enumerate(names) if name and place not in wanted and name not in _IGNORED]
    table.notes.extend(columns_left_out(strange))
    _clean(table, content.name)
    return table


def _read(content: Content, index: int, width: int, wanted: dict[int, str]) -> tuple[pl.DataFrame, Tally]:
    keys = set(_KEYS.values())
    names = [wanted.get(place, f"unread {place}") for place in range(width)]
    kept = [names[place] for place in sorted(wanted)]
    numbers = [name for name in kept if name not in keys]
    types = {name: pl.UInt32 if name in numbers else pl.String for name in names}
    tally = Tally()
    try:
        frame = pl.read_csv(content.data, has_header=False, skip_lines=index + 1, schema=types, columns=sorted(wanted))
        return frame.with_row_index(_ROW, index + 2), tally
    except pl.exceptions.PolarsError:
        pass
    try:
        frame = pl.read_csv(
            content.text.encode(),
            has_header=False,
            skip_lines=index + 1,
            schema=dict.fromkeys(names, pl.String),
            columns=sorted(wanted),
            truncate_ragged_lines=True,
        ).with_row_index(_ROW, index + 2)
    except pl.exceptions.PolarsError as error:
        what = f"the table cannot be read ({str(error).splitlines()[0]})"
        raise InputError(what, where=content.name, remedy=AS_PUBLISHED) from None
    return _numbered(frame, numbers, content.name, tally), tally


def _numbered(frame: pl.DataFrame, numbers: list[str], file: str, tally: Tally) -> pl.DataFrame:
    """Text made numbers; rows with a cell that is no whole number are told and left out."""
    trimmed = frame.with_columns(pl.col(numbers).str.strip_chars().str.replace_all(",", "").replace(["", "-"], None))
    cast = trimmed.with_columns(pl.col(numbers).cast(pl.Float64, strict=False))
    bad = [trimmed[name].is_not_null() & ~_is_count(cast[name]) for name in numbers]
    any_bad = pl.DataFrame(bad).select(pl.any_horizontal(pl.all()).fill_null(True)).to_series()
    for row in trimmed.filter(any_bad)[_ROW].to_list():
        tally.reject(Where(file, row=row), "a cell is no whole number; the row was left out")
    return cast.filter(~any_bad).with_columns(pl.col(numbers).cast(pl.UInt32))


def _is_count(numbers: pl.Series) -> pl.Series:
    """Where numbers are whole and as large as counts can be; nowhere else, blanks and infinities included."""
    return (numbers.is_between(0, MOST) & (numbers == numbers.floor())).fill_null(value=False)


def _clean(table: ExtractTable, file: str) -> None:
    """Keys made comparable; rows that are of nobody or of no known part type are told and left out."""
    frame = table.frame.with_columns(pl.col(list(_KEYS.values())).str.strip_chars().replace("", None))
    blank = pl.all_horizontal(pl.col("provider", "commissioner", "part_type").is_null())
    if frame.select(blank.any()).item():  # lines under the table, and the empty ones at its end
        frame = frame.filter(~blank)
    parts = {text: BY_CODE.get(part_code(text)) for text in frame["part_type"].drop_nulls().unique().to_list()}
    known = {text: pathway.part for text, pathway in parts.items() if pathway}
    functions = {text: function_code(text) for text in frame["function_code"].drop_nulls().unique().to_list()}
    table.spans = _spans(frame)
    frame = frame.with_columns(
        part=pl.col("part_type").replace_strict(known, default=None, return_dtype=pl.String),
        function=pl.col("function_code").replace_strict(functions, default=None, return_dtype=pl.String),
        dated=pl.col("period").is_in(list(table.spans)),
    )
    for what, wrong in (
        ("the period is not known", ~pl.col("dated").fill_null(False)),
        ("the part type is not known", pl.col("part").is_null()),
        ("there is no treatment function", pl.col("function").is_null()),
        ("there is no code of the provider or of the commissioner", pl.any_horizontal(
            pl.col("provider", "commissioner").is_null())),
    ):  # fmt: skip
        rows = frame.select(pl.col(_ROW).filter(wrong)).to_series().to_list()
        for row in rows:
            table.tally.reject(Where(file, row=row), f"{what}; the row was left out")
        if rows:  # a filter that keeps all would copy all
            frame = frame.filter(~wrong)
    if frame.is_empty():
        raise InputError("no row of the RTT extract can be used", where=file, remedy="give the file as published")
    _refuse_repeated(frame, file)
    table.frame = _with_totals(frame.drop("part_type", "function_code", "dated"), table)


def _spans(frame: pl.DataFrame) -> dict[str, Span]:
    found = {}
    for text in frame["period"].drop_nulls().unique().to_list():
        try:
            found[text] = span(text)
        except ValueError:
            continue
    return found


def _refuse_repeated(frame: pl.DataFrame, file: str) -> None:
    keys = ["period", "provider", "system", "commissioner", "part", "function"]
    twice = frame.select(keys).is_duplicated()
    if twice.any():
        row = frame.filter(twice)[_ROW][0]
        what = f"{int(twice.sum()):,} rows stand more than once, with the same provider, commissioner and function"
        raise InputError(what, where=Where(file, row=row), remedy="remove the rows that stand twice")


def _with_totals(frame: pl.DataFrame, table: ExtractTable) -> pl.DataFrame:
    """``total`` is what the file gives, or the bands and the unknown starts added up; both are compared."""
    columns = [f"w{place}" for place in range(len(table.bands))]
    frame = frame.with_columns(pl.col("unknown").fill_null(0))  # blank bands count nothing when they are added up
    frame = frame.with_columns(summed=pl.sum_horizontal(columns) + pl.col("unknown"))
    waits = pl.col("part") != BY_CODE["PART3"].part
    known = pl.when(waits).then(pl.col("summed")).otherwise(pl.col("known").fill_null(0))
    compared = frame.select(pl.col("summed", "all").filter(waits & pl.col("all").is_not_null()))
    differing = int((compared["summed"] != compared["all"]).sum())
    if differing:
        table.notes.append(f"in {differing:,} rows the bands and the unknown starts do not add up to “Total All”")
    elif len(compared):
        table.notes.append(f"the bands and the unknown starts add up to “Total All” in all {len(compared):,} rows")
    else:
        table.notes.append("there is no “Total All”: totals are the bands and the unknown starts added up")
    return frame.with_columns(total=pl.coalesce("all", known).cast(pl.UInt32)).drop("summed", "all", "known", _ROW)
