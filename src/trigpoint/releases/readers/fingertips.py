"""Fingertips (public health profiles): any indicators in one CSV, of 26 headings and mostly 25 fields a row.

Rows of an inequality category stand beside the whole that they divide. Of an indicator's rows for one area and period,
the total is the one of persons of the age that its values are mostly of; every other says its sex and age.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import polars as pl

from trigpoint.errors import Where
from trigpoint.releases.files.content import Content
from trigpoint.releases.measure import PublishedMeasure, Statistic, Term
from trigpoint.releases.observation import ENGLAND, Basis
from trigpoint.releases.observation import SCHEMA as SHAPE
from trigpoint.releases.release import Organisation, Part, Reading
from trigpoint.releases.schema import read_schema, release_of
from trigpoint.releases.tables.columns import Tally
from trigpoint.releases.tables.header import find_header, need_header
from trigpoint.releases.tables.repeats import once
from trigpoint.releases.tables.spans import span
from trigpoint.releases.tables.strings import ROW, read_each, string_table, usable, with_figures
from trigpoint.wording import count

_SCHEMA = read_schema("fingertips")
_NEEDED = ("Indicator ID", "Indicator Name", "Area Code", "Area Type", "Sex", "Age", "Time period", "Value")
_PLAIN = ("Area Name", "Parent Code", "Category Type", "Category", "Value note")
_COLUMNS: Mapping[str, str] = _SCHEMA.more["columns"]
_BASES: Mapping[str, str] = _SCHEMA.more["bases"]
_SIDES = {
    "": "",
    "-count": ": count",
    "-denominator": ": denominator",
    "-lower": ": lower 95% limit",
    "-upper": ": upper 95% limit",
    "-lower-998": ": lower 99.8% limit",
    "-upper-998": ": upper 99.8% limit",
}
_ID = re.compile(r"fingertips-(\d{1,9})(-count|-denominator|-lower|-upper|-lower-998|-upper-998)?")
_FEWEST = 5
"""Areas of a type that are added up to compare with England’s figure."""
_WHOLE_SEX = ("persons", "not applicable", "")
_WHOLE_AGE = ("all ages", "not applicable", "")


def measure_of(id: str) -> PublishedMeasure | None:
    """The measure of an indicator: ``fingertips-93356`` for its value, ``fingertips-93356-count`` for a part of it.

    The value is as published, its count and denominator beside it. ``None`` for an id of another form. The name is the
    number alone; a file's ``Reading.parts`` say what it is called.

    >>> measure_of("fingertips-93356").published.part, measure_of("rtt-18-weeks") is None
    ('fingertips-93356', True)
    """
    match = _ID.fullmatch(id)
    if match is None:
        return None
    return PublishedMeasure(
        id=id,
        name=f"Fingertips indicator {match[1]}{_SIDES[match[2] or '']}",
        release=_SCHEMA.id,
        unit="",
        statistic=Statistic.PUBLISHED,
        numerator=() if match[2] else (Term(f"{id}-count"),),
        denominator=() if match[2] else (Term(f"{id}-denominator"),),
        published=Term(id),
        note="As published: it cannot be put together from organisations, and the file does not say its unit.",
    )


def _recognise(content: Content) -> bool:
    return find_header(content.head, *_NEEDED) is not None


def _read(content: Content) -> Reading:
    header = need_header(content.sheets[0], content.name, *_NEEDED)
    table = string_table(content, header)
    missing = [name.casefold() for name in _PLAIN if name.casefold() not in table.columns]
    table = table.with_columns(pl.lit("").alias(name) for name in missing)
    tally = Tally()
    table = _usable(_with_subject(table), tally, content.name)
    table = _with_detail(table)
    rows = _long(table, tally, content.name)
    rows, repeated, contradicting = once(rows)
    met = table.select("org", "area name", "basis", "parent code").unique(["org", "basis"], maintain_order=True)
    frame = rows.select(list(SHAPE)).cast(SHAPE)  # type: ignore[arg-type]
    return Reading(
        variant="csv",
        frame=frame,
        era="csv",
        title=_SCHEMA.name,
        organisations=tuple(Organisation(code, name, Basis(basis), up) for code, name, basis, up in met.iter_rows()),
        rejected=(*tally.told, *contradicting),
        notes=(*_about(table), *repeated, *_sums(table)),
        parts=tuple(_parts(table, set(frame["part"].unique()))),
        whole=True,
    )


def _with_subject(table: pl.DataFrame) -> pl.DataFrame:
    table = read_each(table, ["time period"], span, {"start": pl.Date, "end": pl.Date})
    table = read_each(table, ["area type", "area code"], _area, {"basis": pl.String, "org": pl.String})
    number = pl.col("indicator id").str.extract(r"^(\d{1,9})$")
    return table.with_columns(("fingertips-" + number).alias("part"))


def _area(kind: str, code: str) -> tuple[str, str | None]:
    if code == "E92000001":
        return Basis.NATIONAL.value, ENGLAND
    low = kind.casefold()
    basis = next((basis for word, basis in _BASES.items() if word in low), Basis.AREA.value)
    if basis == Basis.NATIONAL.value:
        basis = Basis.AREA.value  # another country, or the United Kingdom
    return basis, code or None


def _usable(table: pl.DataFrame, tally: Tally, file: str) -> pl.DataFrame:
    reasons = {
        "part": "“{indicator id}” is no number of an indicator",
        "start": "“{time period}” is no period that is known",
        "org": "no area code",
    }
    return usable(table, reasons, tally, file)


def _with_detail(table: pl.DataFrame) -> pl.DataFrame:
    """The total of each indicator, and what every other row is of."""
    plain = table.filter((pl.col("category type") == "") & (pl.col("category") == ""))
    of = plain.group_by("part", "sex", "age").len().sort("part", "sex", "age")
    chosen = {
        part: max(rows.iter_rows(named=True), key=_wholeness)
        for (part,), rows in of.partition_by("part", as_dict=True).items()
    }

    def read_detail(part: str, sex: str, age: str, kind: str, category: str) -> tuple[str]:
        whole = chosen.get(part, {"sex": "", "age": ""})
        named = {}
        if (sex, age) != (whole["sex"], whole["age"]):
            named = {"age": age, "sex": sex}
        named |= {"category-type": kind, "category": category}
        said = sorted((name, value.replace(";", ",")) for name, value in named.items() if value)
        return (";".join(f"{name}={value}" for name, value in said),)

    return read_each(table, ["part", "sex", "age", "category type", "category"], read_detail, {"detail": pl.String})


def _wholeness(row: Mapping[str, object]) -> tuple[bool, bool, int, str]:
    """The more, the more a sex and age are of everybody: persons, all ages, then what most rows are of."""
    sex, age = str(row["sex"]), str(row["age"])
    whole_sex, whole_age = sex.casefold() in _WHOLE_SEX, age.casefold() in _WHOLE_AGE
    return whole_sex, whole_age, int(str(row["len"])), f"{sex} {age}"


def _long(table: pl.DataFrame, tally: Tally, file: str) -> pl.DataFrame:
    """One row a figure. A blank beside the value is left out; a blank value is told as missing."""
    pieces = []
    said = {column: f"{column} said" for column in _COLUMNS if column in table.columns}
    table = table.rename(said)
    for column, cells in said.items():
        side = _COLUMNS[column]
        piece = with_figures(table, cells, _SCHEMA.markers).with_columns(pl.col("part") + side)
        for row in piece.filter(pl.col("marker").is_null()).iter_rows(named=True):
            tally.reject(Where(file, line=row[ROW]), f"“{row[cells]}” under “{column}” is no number; it was left out")
        piece = piece.drop_nulls("marker")
        if side:
            piece = piece.drop_nulls("value")
        pieces.append(piece.select(list(SHAPE)))
    return pl.concat(pieces)


def _about(table: pl.DataFrame) -> Iterator[str]:
    indicators = table["part"].n_unique()
    yield f"{count(indicators, 'indicator')}, {table['org'].n_unique():,} areas"
    split = int((table["category type"] != "").sum())
    if split:
        yield f"{split:,} rows of inequality categories stand beside the wholes that they divide"
    for part, sex, age in _totals(table):
        yield f"{part}: the total is of {sex or 'everybody'}, {age or 'all ages'}; other rows say their sex and age"
    notes = (
        table.filter(pl.col("value note") != "")
        .group_by("value note")
        .len()
        .sort("len", "value note", descending=[True, False])
    )
    for note, number in notes.head(5).iter_rows():
        yield f"{number:,} rows carry the note “{note}”"


def _sums(table: pl.DataFrame) -> Iterator[str]:
    """England’s count of each indicator, in its last period, against the sum of the areas of each type."""
    if "count" not in table.columns:
        return
    whole = table.filter(pl.col("detail") == "").rename({"count": "text"})
    whole = with_figures(whole.drop("value"), "text", _SCHEMA.markers).unique(
        ["part", "area type", "org", "start", "end"]
    )
    last = whole.filter(pl.col("end") == pl.col("end").max().over("part"))
    for (part,), rows in sorted(last.partition_by("part", as_dict=True).items()):
        england = rows.filter(pl.col("org") == ENGLAND)["value"].drop_nulls()
        if not len(england):
            continue
        for (kind,), own in sorted(
            rows.filter(pl.col("org") != ENGLAND).partition_by("area type", as_dict=True).items()
        ):
            if len(own) < _FEWEST or not own["value"].count():
                continue
            total = float(own["value"].sum())
            said = "agrees with" if abs(total - england[0]) < 1 else "differs from"
            yield f"{part}: England’s count ({england[0]:,.0f}) {said} the sum of {len(own):,} of {kind} ({total:,.0f})"


def _totals(table: pl.DataFrame) -> Iterator[tuple[str, str, str]]:
    """The sex and age of the total, of the indicators that have others beside it."""
    several = table.group_by("part").agg(pl.struct("sex", "age").n_unique().alias("kinds")).filter(pl.col("kinds") > 1)
    totals = table.filter((pl.col("detail") == "") & pl.col("part").is_in(several["part"].to_list()))
    yield from totals.select("part", "sex", "age").unique().sort("part").head(10).iter_rows()


def _parts(table: pl.DataFrame, present: set[str]) -> Iterator[Part]:
    for part, name in table.select("part", "indicator name").unique("part", maintain_order=True).iter_rows():
        for side, said in _SIDES.items():
            if f"{part}{side}" in present:
                yield Part(f"{part}{side}", f"{name}{said}", "")


RELEASE = release_of(_SCHEMA, _recognise, _read, measure_of=measure_of)
