"""Registered patients as a frame, whatever shape of table they came in: put into observations, and looked over.

A frame of patients has the columns ``line`` (of the file), ``org``, ``basis``, ``parent``, ``date``, ``sex``, ``age``
("" for all) and ``value``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import polars as pl

from trigpoint.errors import InputError
from trigpoint.releases.observation import ENGLAND, SCHEMA, Basis
from trigpoint.releases.release import Mapped, Organisation
from trigpoint.releases.tables.columns import MOST_TOLD
from trigpoint.wording import count, verb

PART = "gp-list-size"
FEWEST_PRACTICES = 5_000
"""Practices from which on a file holds all of England; there were 8,100 in 2013 and 6,200 in 2025."""
_SAME = ("org", "basis", "date", "sex", "age")
_AGE = re.compile(r"(\d{1,3})(?:[_ -](\d{1,3}))?(\+?)(?: years?)?")
_OLDEST = 130


def age_of(text: str) -> str | None:
    """An age or span of ages as it is written in a detail; ``None`` where it is none. "" is all ages.

    A span of one year is that year, for so the wide tables write it.

    >>> age_of("0_4"), age_of("95+"), age_of("10-14 years"), age_of("3_4"), age_of("ALL"), age_of("old")
    ('0-4', '95+', '10-14', '3', '', None)
    """
    said = text.strip().casefold()
    if said in ("all", "all ages", "total"):
        return ""
    match = _AGE.fullmatch(said)
    if match is None:
        return None
    first, last, open_ended = int(match[1]), int(match[2] or match[1]), bool(match[3])
    if last < first or last > _OLDEST or (open_ended and match[2]):
        return None
    return f"{first}+" if open_ended else str(first) if last - first < 2 else f"{first}-{last}"


@dataclass(slots=True)
class Register:
    """The patients of a file, and what was said while it was read."""

    patients: pl.DataFrame
    rejected: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def reject(self, rows: pl.DataFrame, file: str, what: str, column: str) -> None:
        """Tell the first rows that are left out one by one, and the others by their number."""
        for line, said in rows.select("line", column).head(MOST_TOLD).iter_rows():
            self.rejected.append(f"{file}, line {line}: {what.format(said or '')}; the row was left out")
        if rows.height > MOST_TOLD:
            self.rejected.append(f"and {rows.height - MOST_TOLD:,} more of the kind")


def counted_once(register: Register, file: str) -> None:
    """Rows that say the same of the same practice count once: a practice of two networks stands under both.

    Raises ``InputError`` where they say different things.
    """
    groups = register.patients.group_by(_SAME, maintain_order=True).agg(
        pl.len().alias("rows"), pl.col("value").n_unique().alias("values"), pl.exclude(*_SAME).first()
    )
    unlike = groups.filter(pl.col("values") > 1)
    if unlike.height:
        first = unlike.row(0, named=True)
        what = f"{first['org']} has two figures for sex “{first['sex'] or 'all'}” and age “{first['age'] or 'all'}”"
        raise InputError(what, where=file, remedy="remove the rows that stand twice")
    more = register.patients.height - groups.height
    if more:
        orgs = groups.filter(pl.col("rows") > 1)["org"].n_unique()
        stand = f"{count(more, 'row')} of {count(orgs, 'organisation')} {verb(more, 'stands', 'stand')} twice"
        register.notes.append(f"{stand} with the same figure and {verb(more, 'counts', 'count')} once")
    register.patients = groups.select(register.patients.columns)


def with_totals(register: Register) -> None:
    """The total of an organisation that has none, where its rows of one kind make it: the sum of ages and sexes."""
    rows = register.patients
    keys = ("org", "basis", "date")
    totals = rows.filter((pl.col("sex") == "") & (pl.col("age") == "")).select(keys)
    without = rows.join(totals, on=keys, how="anti").filter((pl.col("sex") != "") & (pl.col("age") != ""))
    sexes = without.group_by(keys).agg(pl.col("sex").n_unique().alias("sexes")).filter(pl.col("sexes") > 1)
    made = (
        without.join(sexes, on=keys, how="semi")
        .group_by(keys, maintain_order=True)
        .agg(pl.col("value").sum(), pl.col("line", "parent").first())
        .with_columns(sex=pl.lit(""), age=pl.lit(""))
        .select(rows.columns)
    )
    if made.height:
        register.notes.append(f"the total of {count(made.height, 'organisation')} is the sum of its ages and sexes")
        register.patients = pl.concat([rows, made])


def with_england(register: Register) -> bool:
    """England, as the sum of all practices where the file has no row of it; whether the file holds all of them.

    What the file says of England is compared with its practices.
    """
    rows = register.patients
    practices = rows.filter(pl.col("basis") == Basis.PRACTICE.value)
    nations = rows.filter((pl.col("basis") == Basis.NATIONAL.value) & (pl.col("sex") == "") & (pl.col("age") == ""))
    if practices.is_empty():
        return True
    number = practices["org"].n_unique()
    whole = number >= FEWEST_PRACTICES
    if not whole:
        register.notes.append(f"the file holds {count(number, 'practice')} only, a part of England’s")
    elif nations.is_empty():
        made = practices.group_by("date", "sex", "age", maintain_order=True).agg(pl.col("value").sum())
        made = made.with_columns(line=pl.lit(0, pl.Int64), org=pl.lit(ENGLAND), basis=pl.lit("national"))
        register.patients = pl.concat([rows, made.with_columns(parent=pl.lit("")).select(rows.columns)])
        register.notes.append(f"England is the sum of {count(number, 'practice')}: the file has no row of it")
    else:
        total = practices.filter((pl.col("sex") == "") & (pl.col("age") == ""))["value"].sum()
        given = nations["value"].sum()
        agrees = "agrees with" if total == given else f"({given:,.0f}) differs from"
        register.notes.append(f"the England row {agrees} the sum of {count(number, 'practice')} ({total:,.0f})")
    return whole


def check_totals(register: Register) -> None:
    """Whether the total of each organisation is the sum of its ages and sexes, said in one sentence."""
    rows = register.patients
    keys = ("org", "basis", "date")
    total = rows.filter((pl.col("sex") == "") & (pl.col("age") == "")).select(*keys, total="value")
    parts = rows.filter((pl.col("sex") != "") & (pl.col("age") != "")).group_by(keys)
    both = total.join(parts.agg(pl.col("value").sum().alias("sum"), pl.col("sex").n_unique()), on=keys)
    both = both.filter(pl.col("sex") > 1)
    if both.is_empty():
        return
    unlike = both.filter(pl.col("total") != pl.col("sum")).sort(keys)
    if unlike.is_empty():
        register.notes.append(f"the totals agree with ages and sexes for all {count(both.height, 'organisation')}")
        return
    first = unlike.row(0, named=True)
    said = f"{count(unlike.height, 'total')} of {both.height:,} {verb(unlike.height, 'differs', 'differ')}"
    shown = f"{first['org']} with {first['total']:,.0f} where they make {first['sum']:,.0f}"
    register.notes.append(f"{said} from ages and sexes, the first {shown}")


def frame_of(patients: pl.DataFrame) -> pl.DataFrame:
    """The patients as observations."""
    age = pl.when(pl.col("age") != "").then(pl.concat_str(pl.lit("age="), "age"))
    sex = pl.when(pl.col("sex") != "").then(pl.concat_str(pl.lit("sex="), "sex"))
    return patients.select(
        part=pl.lit(PART),
        org="org",
        basis="basis",
        detail=pl.concat_str([age, sex], separator=";", ignore_nulls=True),
        start="date",
        end="date",
        value=pl.col("value").cast(pl.Float64),
        marker=pl.lit(""),
    ).cast(SCHEMA)  # type: ignore[arg-type]


def organisations_of(patients: pl.DataFrame) -> tuple[Organisation, ...]:
    """Every organisation, England apart, with what the file says it belongs to. The tables hold no names."""
    found = patients.unique(["org", "basis"], maintain_order=True).select("org", "basis", "parent")
    return tuple(Organisation(org, "", Basis(basis), parent) for org, basis, parent in found.iter_rows())


def mapping_of(patients: pl.DataFrame) -> tuple[Mapped, ...]:
    """Each practice with its commissioner, where the file has it beside the practice."""
    rows = patients.filter((pl.col("basis") == Basis.PRACTICE.value) & (pl.col("parent") != ""))
    return tuple(
        Mapped(org, parent) for org, parent in rows.unique(["org"], maintain_order=True)["org", "parent"].iter_rows()
    )
