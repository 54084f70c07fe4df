"""The full extract: a row for each provider, commissioner and test of a month, added up to each of them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from trigpoint.errors import InputError, Where
from trigpoint.releases.files.content import Content
from trigpoint.releases.files.sheet import AS_PUBLISHED
from trigpoint.releases.observation import ENGLAND, Basis, together
from trigpoint.releases.observation import SCHEMA as SHAPE
from trigpoint.releases.readers.diagnostics.naming import EXTRACT, LATE_BANDS, SCHEMA, heading, test_of
from trigpoint.releases.release import Organisation, Reading
from trigpoint.releases.tables.columns import MOST_TOLD
from trigpoint.releases.tables.header import SEARCHED, columns_left_out
from trigpoint.releases.tables.spans import Span, span
from trigpoint.wording import count, verb

_WHO = {
    "provider org code": "provider",
    "provider org name": "provider name",
    "provider parent org code": "provider parent",
    "commissioner org code": "commissioner",
    "commissioner org name": "commissioner name",
    "commissioner parent org code": "system",
    "commissioner parent name": "system name",
    "period": "period",
    "diagnostic tests sort order": "number",
    "diagnostic tests": "test name",
}
_LEFT = ("provider parent name",)
_NEEDED = ("period", "provider org code", "commissioner org code", "diagnostic tests", "total wl")
_LATE, _VERY_LATE = "6+ weeks", "13+ weeks"
_TEXT = ("provider", "commissioner", "system", "number", "test name")
_MANY = 30
"""Codes of one kind that only a file of the whole country has."""


def is_extract(content: Content) -> bool:
    """Whether a text is one: by the names of its columns."""
    return _header(content) is not None


def read_extract(content: Content) -> Reading:
    """The sums by provider, commissioner, system and England. ``InputError`` for missing columns or no good row."""
    header = _header(content) or 0
    table = _table(content, header)
    good, rejected = _good(table, content)
    if good.is_empty():
        raise InputError("no row of it can be read", where=content.name, remedy=AS_PUBLISHED)
    tests, notes = _tests(good)
    wholes = _Wholes.of(tests)
    frames = [
        _observations(tests, side, code)
        for side, code in ((Basis.PROVIDER, "provider"), (Basis.COMMISSIONER, "commissioner"), (Basis.SYSTEM, "system"))
        if side in wholes.sides
    ]
    if wholes.country:
        frames.append(_observations(tests.with_columns(england=pl.lit(ENGLAND)), Basis.NATIONAL, "england"))
        notes.append("England and the commissioners do not stand in the file as rows; they are sums of its rows")
    known = {*EXTRACT.columns, *_WHO.values(), *_LEFT, "line"}
    strange = [one for one in table.columns if one not in known and not one.startswith("blank ")]
    notes += columns_left_out(strange)
    return Reading(
        variant=EXTRACT.variant,
        frame=together(frames),
        era=EXTRACT.id,
        title=SCHEMA.name,
        organisations=tuple(_organisations(good, wholes)),
        rejected=rejected,
        notes=tuple(notes),
        whole=wholes.country,
    )


def _header(content: Content) -> int | None:
    rows = content.head[:SEARCHED]
    return next((at for at, row in enumerate(rows) if {heading(cell) for cell in row} >= set(_NEEDED)), None)


def _table(content: Content, header: int) -> pl.DataFrame:
    """The file as text columns with our names, and the line that each row stands in."""
    names = [heading(cell) for cell in content.head[header]]
    missing = [name for name in EXTRACT.counted if name not in names]
    if missing:
        said = ", ".join(f"“{name}”" for name in missing)
        raise InputError(f"the columns {said} are missing", where=content.name, remedy=AS_PUBLISHED)
    data = content.data if content.encoding == "utf-8-sig" else content.text.encode("utf-8")
    try:
        raw = pl.read_csv(
            io.BytesIO(data), has_header=False, skip_rows=header + 1, infer_schema=False, truncate_ragged_lines=True
        )
    except pl.exceptions.PolarsError as error:
        raise InputError(f"its rows cannot be told apart ({error})", where=content.name) from None
    if raw.width != len(names):
        raise InputError("its rows have other columns than its header", where=content.name)
    raw.columns = [_WHO.get(name) or name or f"blank {at}" for at, name in enumerate(names)]
    return raw.with_row_index("line", offset=header + 2)


def _good(table: pl.DataFrame, content: Content) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Rows whose figures are numbers, with their month; the others are told."""
    blank = pl.col(*EXTRACT.counted).str.strip_chars().str.replace_all(",", "")
    numbers = blank.replace({"": "0", "-": "0"}).fill_null("0").cast(pl.Float64, strict=False)
    spans = {one: _span(one) for one in table["period"].unique().to_list()}
    months = pl.DataFrame(
        [(one, *found) for one, found in spans.items() if found],
        schema={"period": pl.String, "start": pl.Date, "end": pl.Date},
        orient="row",
    )
    text = pl.col(*(name for name in _TEXT if name in table.columns)).str.strip_chars().fill_null("")
    read = table.with_columns(numbers, text).join(months, "period", how="left", maintain_order="left")
    bad = pl.any_horizontal(pl.col(*EXTRACT.counted).is_null()) | pl.col("start").is_null() | (pl.col("provider") == "")
    lines = read.filter(bad)["line"].to_list()
    what = "a figure is no number, or there is no month or provider; the row was left out"
    told = [f"{Where(content.name, line=line)}: {what}" for line in lines[:MOST_TOLD]]
    if len(lines) > MOST_TOLD:
        told.append(f"and {len(lines) - MOST_TOLD:,} more of the kind")
    return read.filter(~bad), tuple(told)


def _span(cell: str | None) -> Span | None:
    try:
        return span(cell) if cell else None
    except ValueError:
        return None


def _tests(good: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """Rows with their test, "" for all; those of all tests are the file's own where they hold what the tests hold."""
    pairs = good.select("number", "test name").unique()
    tests = [test_of(str(number), str(name)) for number, name in pairs.iter_rows()]
    named = good.join(
        pairs.with_columns(pl.Series("test", tests, dtype=pl.String)), ["number", "test name"], how="left"
    )
    found = named.filter(pl.col("test").is_not_null()).with_columns(pl.sum_horizontal(LATE_BANDS).alias(_LATE))
    notes = [_bands(found)]
    if lost := named.height - found.height:
        notes.append(f"{count(lost, 'row')} named no test and {verb(lost, 'was', 'were')} left out")
    singly, wholes = found.filter(pl.col("test") != ""), found.filter(pl.col("test") == "")
    columns = list(EXTRACT.counted)
    if singly.is_empty():
        return found, [*notes, "there are rows of all tests only"]
    if wholes.is_empty():
        notes.append("there are no rows of all tests; they are sums of the tests")
    else:
        made, given = (part.select(columns).sum().row(0, named=True) for part in (singly, wholes))
        off = next((name for name in columns if made[name] != given[name]), None)
        if off is None:
            return found, [*notes, "the rows of all tests agree with the sums of the tests"]
        said = f"the rows of all tests have {given[off]:,.0f} under “{off}” where the tests have {made[off]:,.0f}"
        notes.append(f"{said}; the tests are added up")
    return pl.concat([singly, singly.with_columns(test=pl.lit(""))]), notes


def _bands(found: pl.DataFrame) -> str:
    """Whether the weekly bands make the waiting list."""
    bands = pl.sum_horizontal([name for name, column in EXTRACT.counted.items() if column.detail])
    off = found.filter(bands != pl.col("total wl")).height
    if off:
        return f"the weekly bands do not make the waiting list in {count(off, 'row')}"
    return f"the weekly bands make the waiting list in all {found.height:,} rows"


@dataclass(frozen=True, slots=True)
class _Wholes:
    """Which sums a file can give: one that was cut to some providers has no whole commissioner, and the reverse."""

    sides: tuple[Basis, ...]
    country: bool

    @staticmethod
    def of(tests: pl.DataFrame) -> _Wholes:
        providers, commissioners = tests["provider"].n_unique(), tests["commissioner"].n_unique()
        country = providers >= _MANY and commissioners >= _MANY
        if country:
            systems = (Basis.SYSTEM,) if "system" in tests.columns else ()
            return _Wholes((Basis.PROVIDER, Basis.COMMISSIONER, *systems), country)
        return _Wholes((Basis.PROVIDER if providers <= commissioners else Basis.COMMISSIONER,), country)


def _observations(tests: pl.DataFrame, side: Basis, code: str) -> pl.DataFrame:
    """One side's sums as observations: a row an organisation, month, part and detail."""
    columns = [*EXTRACT.counted, _LATE]
    summed = tests.filter(pl.col(code) != "").group_by(code, "start", "end", "test").agg(pl.col(*columns).sum())
    parts = [(name, column.part, column.detail) for name, column in EXTRACT.counted.items()]
    parts += [(_LATE, "dm01-waiting-6-weeks", ""), (_VERY_LATE, "dm01-waiting-13-weeks", "")]
    which = pl.DataFrame(parts, schema=["variable", "part", "own"], orient="row")
    tall = summed.unpivot(columns, index=[code, "start", "end", "test"]).join(which, "variable")
    test = pl.when(pl.col("test") != "").then("test=" + pl.col("test")).otherwise(pl.lit(None))
    own = pl.when(pl.col("own") != "").then(pl.col("own")).otherwise(pl.lit(None))
    return tall.with_columns(
        pl.col(code).alias("org"),
        pl.lit(side.value).alias("basis"),
        pl.concat_str(own, test, separator=";", ignore_nulls=True).alias("detail"),
        pl.lit("").alias("marker"),
    ).select(list(SHAPE))


def _organisations(good: pl.DataFrame, wholes: _Wholes) -> Iterator[Organisation]:
    for side, code, parent in (
        (Basis.PROVIDER, "provider", "provider parent"),
        (Basis.COMMISSIONER, "commissioner", "system"),
        (Basis.SYSTEM, "system", ""),
    ):
        name = f"{code} name"
        if side not in wholes.sides or name not in good.columns:
            continue
        columns = [code, name, *([parent] if parent in good.columns else [])]
        for row in (
            good.select(columns).filter(pl.col(code) != "").unique(code, keep="first", maintain_order=True).iter_rows()
        ):
            yield Organisation(row[0], row[1] or "", side, (row[2] or "") if len(row) > 2 else "")
    if wholes.country:
        yield Organisation(ENGLAND, "England", Basis.NATIONAL)
