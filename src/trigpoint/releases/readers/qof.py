"""QOF prevalence: a row a practice and register, each out of the list of its own ages (``TOTAL``, ``18OV``, ``50OV``…).

The tables say nothing of their year; the name of the file or of its archive does (``PREVALENCE_2122_V2.csv``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import PurePath

import polars as pl

from trigpoint.errors import InputError
from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.observation import ENGLAND, SCHEMA, Basis, Marker
from trigpoint.releases.release import Organisation, Reading
from trigpoint.releases.schema import read_schema, release_of
from trigpoint.releases.tables.columns import MOST_TOLD
from trigpoint.releases.tables.header import Header, columns_left_out, find_header
from trigpoint.releases.tables.spans import Span
from trigpoint.releases.tables.strings import ROW, string_table
from trigpoint.wording import count, listed, verb

_SCHEMA = read_schema("qof")
_FIELDS: Mapping[str, list[str]] = _SCHEMA.more["prevalence"]
REGISTER, LIST = "qof-register", "qof-list"
FEWEST_PRACTICES = 5_000
"""Practices from which on a file holds all of England; there were 6,300 to 7,700 in 2015 to 2025."""
_OTHERS = (
    ("indicator_code", "measure", "value"),
    ("indicator_code", "indicator_description"),
    ("indicator_code", "pca_code"),
)
NAMED = "is said by the file’s name alone"
_YEARS = re.compile(r"(?<!\d)(?:20)?(\d\d)[-_ ]?(?:20)?(\d\d)(?!\d)")
_FIRST, _LAST = 4, 98


def _recognise(content: Content) -> bool:
    if content.kind is not Kind.TEXT:
        return False
    return _prevalence(content) is not None or _is_other(content)


def _prevalence(content: Content) -> Header | None:
    return find_header(content.head, _FIELDS["group"], (*_FIELDS["register"], *_FIELDS["list"]), _FIELDS["kind"])


def _is_other(content: Content) -> bool:
    return any(find_header(content.head, *names) is not None for names in _OTHERS)


def _read(content: Content) -> Reading:
    """The prevalence table. Raises ``InputError`` for the other tables of the framework, for a missing column, and
    where neither table nor name says the year."""
    header = _prevalence(content)
    if header is None:
        what = "this is a table of QOF achievement or of its indicators; of the framework, prevalence is read"
        raise InputError(what, where=content.name, remedy="give the file PREVALENCE of the same archive")
    names = {field: header.names[header.need(content.name, *said)] for field, said in _FIELDS.items()}
    year = _year_of(content.month) if content.month else year_named(content.name)
    if year is None:
        what = "nothing in the table says of which year it is, and neither does the file’s name"
        raise InputError(what, where=content.name, remedy="give a month of it with --month 2022-03")
    table = string_table(content, header)
    cells = table.select(pl.col(ROW).alias("line"), *(pl.col(name).alias(field) for field, name in names.items()))
    rows, rejected = _checked(cells.filter(pl.any_horizontal(pl.col(*_FIELDS) != "")), content.name)
    whole = rows["code"].n_unique() >= FEWEST_PRACTICES
    strange = [one for one in header.names if one not in (*names.values(), "")]
    return Reading(
        variant="csv",
        frame=_frame(rows, year, england=whole),
        era="csv",
        title=_SCHEMA.name,
        organisations=tuple(Organisation(one, "", Basis.PRACTICE) for one in rows["code"].unique(maintain_order=True)),
        rejected=rejected,
        notes=(
            *columns_left_out(strange),
            f"the year, {_shown(year)}, {'has the month that it was read for' if content.month else NAMED}",
            *_lists(rows),
            _extent(rows, england=whole),
        ),
        whole=whole,
    )


def _shown(year: Span) -> str:
    return f"{year[0].year}/{year[1].year % 100:02d}"


def _extent(rows: pl.DataFrame, *, england: bool) -> str:
    """How much of England the file holds."""
    practices = count(rows["code"].n_unique(), "practice")
    if england:
        return f"England is the sum of {practices}: the file has no row of it"
    return f"the file holds {practices} only, a part of England’s"


def year_named(name: str) -> Span | None:
    """The financial year that a file's name has in it, the name nearest to the table first.

    >>> year_named("QOF_2122_V2.zip » PREVALENCE_2122_V2.csv")[0].isoformat()
    '2021-04-01'
    >>> year_named("qof-1516-csv.zip » PREVALENCE.csv")[1].isoformat(), year_named("PREVALENCE.csv")
    ('2016-03-31', None)
    """
    for piece in reversed(name.split(" » ")):
        for match in _YEARS.finditer(PurePath(piece).stem):
            first, second = int(match[1]), int(match[2])
            if second == first + 1 and _FIRST <= first < _LAST:
                return date(2000 + first, 4, 1), date(2001 + first, 3, 31)
    return None


def _year_of(month: date) -> Span:
    """The financial year of a month."""
    first = month.year - (month.month < 4)
    return date(first, 4, 1), date(first + 1, 3, 31)


def _checked(cells: pl.DataFrame, file: str) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The rows with numbers for words; those without code or group, or with words for numbers, told and left out.

    Raises ``InputError`` where a practice has two figures for a group.
    """
    numbers = {field: _number(field) for field in ("register", "list")}
    rows = cells.with_columns(**{f"{field} number": number for field, number in numbers.items()})
    strange = pl.lit(None, pl.String)
    for field in numbers:
        wrong = (pl.col(field) != "") & pl.col(f"{field} number").is_null()
        strange = pl.when(wrong).then(pl.format("“{}” is no number of patients", field)).otherwise(strange)
    what = pl.when(pl.col("code") == "").then(pl.lit("no practice code")).when(pl.col("group") == "")
    rows = rows.with_columns(what.then(pl.lit("no group of indicators")).otherwise(strange).alias("what"))
    bad = rows.filter(pl.col("what").is_not_null())
    told = [
        f"{file}, line {line}: {said}; the row was left out"
        for line, said in bad["line", "what"].head(MOST_TOLD).iter_rows()
    ]
    if bad.height > MOST_TOLD:
        told.append(f"and {bad.height - MOST_TOLD:,} more of the kind")
    kept = rows.filter(pl.col("what").is_null()).select("code", "group", "kind", *(f"{one} number" for one in numbers))
    kept = kept.rename({f"{one} number": one for one in numbers}).unique(maintain_order=True)
    twice = kept.filter(pl.struct("code", "group").is_duplicated())
    if twice.height:
        code, group = twice.row(0)[:2]
        raise InputError(f"{code} has two figures for {group}", where=file, remedy="remove the rows that stand twice")
    return kept, tuple(told)


def _number(field: str) -> pl.Expr:
    number = pl.col(field).str.replace_all(",", "").cast(pl.Float64, strict=False)
    return pl.when(number.is_finite() & (number >= 0)).then(number)


def _lists(rows: pl.DataFrame) -> list[str]:
    """Which list each group is out of, said in one sentence; and groups that have several."""
    kinds = rows.group_by("kind").agg(pl.col("group").unique().sort()).sort("kind")
    said = [f"{kind or 'an unnamed list'} for {listed(groups)}" for kind, groups in kinds.iter_rows()]
    notes = [f"each register is out of a list of its own: {'; '.join(said)}"]
    several = rows.group_by("group").agg(pl.col("kind").n_unique()).filter(pl.col("kind") > 1)["group"].sort().to_list()
    if several:
        notes.append(
            f"{listed(several)} {verb(len(several), 'is', 'are')} out of different lists in different practices"
        )
    return notes


def _frame(rows: pl.DataFrame, year: Span, *, england: bool) -> pl.DataFrame:
    kept = rows.with_columns(basis=pl.lit(Basis.PRACTICE.value))
    if england:
        whole = rows.filter(pl.col("register").is_not_null() & pl.col("list").is_not_null())
        sums = whole.group_by("group", maintain_order=True).agg(pl.col("register", "list").sum())
        sums = sums.with_columns(code=pl.lit(ENGLAND), kind=pl.lit(""), basis=pl.lit(Basis.NATIONAL.value))
        kept = pl.concat([kept, sums.select(kept.columns)])
    long = kept.rename({"register": REGISTER, "list": LIST}).unpivot(
        [REGISTER, LIST], index=["code", "basis", "group"], variable_name="part", value_name="value"
    )
    missing = pl.when(pl.col("value").is_null()).then(pl.lit(Marker.NOT_AVAILABLE.value)).otherwise(pl.lit(""))
    return long.select(
        "part",
        pl.col("code").alias("org"),
        "basis",
        pl.format("group={}", "group").alias("detail"),
        pl.lit(year[0]).alias("start"),
        pl.lit(year[1]).alias("end"),
        "value",
        missing.alias("marker"),
    ).cast(SCHEMA)  # type: ignore[arg-type]


RELEASE = release_of(_SCHEMA, _recognise, _read)
