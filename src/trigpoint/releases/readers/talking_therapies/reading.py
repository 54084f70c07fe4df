"""From the tables of a Talking Therapies file to observations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import polars as pl

from trigpoint.errors import Where
from trigpoint.releases.files.content import Content
from trigpoint.releases.observation import ENGLAND, KEY, Basis, Marker
from trigpoint.releases.observation import SCHEMA as SHAPE
from trigpoint.releases.readers.talking_therapies.checks import checked
from trigpoint.releases.readers.talking_therapies.layout import SCHEMA, Layout, layouts, parts_of, rank, squeezed
from trigpoint.releases.release import Organisation, Reading
from trigpoint.releases.tables.columns import Tally
from trigpoint.releases.tables.given import year_given
from trigpoint.releases.tables.repeats import once
from trigpoint.releases.tables.spans import day, month, span
from trigpoint.releases.tables.strings import ROW, read_each, string_table, with_figures
from trigpoint.wording import count, verb

_BASES: dict[str, str] = SCHEMA.more["bases"]
_UNIT = {part.id: part.unit for part in SCHEMA.parts}
_WHOLE = ("", "total", "totals", "all", "allreferrals")
_NOT_ONE = ("", "null", "na", "n/a", "-")
_DATES = {"start": pl.Date, "end": pl.Date}


def read(content: Content) -> Reading:
    """The file's observations. Raises ``InputError`` where it says no period and the user said none."""
    found = layouts(content)
    tally = Tally()
    pieces = [_piece(content, layout, tally) for layout in found]
    rows, notes = _named(pl.concat(pieces))
    rows, sheets = _of_first_sheet(rows)
    rows = _as_rates(rows)
    rows, rounded = _rounded(rows)
    rows, repeated, contradicting = once(rows)
    frame = rows.select(list(SHAPE)).cast(SHAPE)  # type: ignore[arg-type]
    organisations = _organisations(rows)
    variant = found[0].variant
    return Reading(
        variant=variant,
        frame=frame,
        era=variant,
        title=SCHEMA.name,
        organisations=organisations,
        rejected=(*tally.told, *contradicting),
        notes=(*_about(variant), *notes, *_others(found), *sheets, *rounded, *repeated, *checked(frame)),
        whole=any(one.basis is Basis.NATIONAL for one in organisations),
    )


def _others(found: Iterable[Layout]) -> Iterable[str]:
    """What is said of columns of wide tables that are not read: a wide file has up to a hundred."""
    names = dict.fromkeys(name for layout in found for name in layout.others)
    if names:
        first = ", ".join(f"“{name}”" for name in list(names)[:3])
        more = f" and {len(names) - 3:,} more" if len(names) > 3 else ""
        columns, were = ("column", "was") if len(names) == 1 else ("columns", "were")
        yield f"the {columns} {first}{more} {were} left out"


def _about(variant: str) -> Iterable[str]:
    if variant == "tidied":
        yield (
            "a tidied copy, not the publisher’s own file: organisations are sub-ICB locations by their ONS codes "
            "(E38…), kept as they are"
        )


def _piece(content: Content, layout: Layout, tally: Tally) -> pl.DataFrame:
    """One table as long rows: part names still as the file has them."""
    where = Where(content.name, sheet=layout.sheet.name) if layout.sheet else Where(content.name)
    table = string_table(content, layout.header, layout.sheet)
    roles = layout.roles
    if layout.wide:
        kept = [*dict.fromkeys(roles.values()), ROW]
        table = table.unpivot(layout.wide, index=kept, variable_name="measure of it", value_name="value of it")
        roles = {**roles, "measure": "measure of it", "value": "value of it"}
    table = _only_known(table, roles["measure"])
    role = {name: pl.col(column) for name, column in roles.items()}
    empty = pl.lit("")
    wanted = ("group", "commissioner", "commissioner_name", "system", "system_name", "provider", "provider_name")
    table = table.select(
        *(role.get(name, empty).alias(name) for name in (*wanted, "kind", "first", "second")),
        role["measure"].alias("measure"),
        role["value"].alias("text"),
        *(role[name].alias(f"{name} said") for name in ("start", "end", "month") if name in role),
        ROW,
    )
    table = _with_period(table, content, layout)
    table = _with_organisation(table, layout)
    table = with_figures(_with_detail(table), "text", SCHEMA.markers)
    return _kept(table, tally, where)


def _only_known(table: pl.DataFrame, column: str) -> pl.DataFrame:
    """Rows of measures that are read, and one each of the others, so that they can be told."""
    names = table[column].unique().to_list()
    known = [name for name in names if parts_of(name)]
    others = table.filter(~pl.col(column).is_in(known)).unique(column, maintain_order=True)
    return pl.concat([table.filter(pl.col(column).is_in(known)), others])


def _with_period(table: pl.DataFrame, content: Content, layout: Layout) -> pl.DataFrame:
    if "start" in layout.roles:
        return read_each(table, ["start said", "end said"], _days, _DATES)
    if "month" in layout.roles:
        return read_each(table, ["month said"], _month, _DATES)
    start, end = year_given(content)
    return table.with_columns(start=pl.lit(start), end=pl.lit(end))


def _days(first: str, last: str) -> tuple[date, date]:
    return day(first), day(last)


def _month(text: str) -> tuple[date, date]:
    try:
        return span(text)
    except ValueError:
        one = day(text)
        return month(one.year, one.month)


def _with_organisation(table: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    """Code, name, basis and the provider within a commissioner; the code is null where a row names none."""

    def read_group(group: str) -> tuple[str, bool]:
        key = squeezed(group) if "group" in layout.roles else "commissioner"
        if key in _BASES:
            return _BASES[key], False
        within = key.removeprefix("provider").removesuffix("provider").removesuffix("and")
        if "provider" in key and within in _BASES:
            return _BASES[within], True
        raise ValueError(group)

    table = read_each(table, ["group"], read_group, {"basis": pl.String, "crossed": pl.Boolean})
    for name in ("commissioner", "system", "provider"):
        low = pl.col(name).str.to_lowercase()
        nobody = low.is_in(_NOT_ONE) | low.str.contains(r"^all($|[\s_])")
        table = table.with_columns(pl.when(~nobody).then(pl.col(name)).alias(name))
    code = (
        pl.when(pl.col("basis") == Basis.NATIONAL.value)
        .then(pl.lit(ENGLAND))
        .when(pl.col("basis") == Basis.PROVIDER.value)
        .then(pl.coalesce("provider", "commissioner"))
        .otherwise(pl.coalesce("commissioner", "system", "provider"))
    )
    table = table.with_columns(code.alias("org"))
    within = pl.when("crossed").then(pl.col("provider").fill_null("")).otherwise(pl.lit(""))
    has_parent = pl.col("system").is_not_null() & (pl.col("system") != pl.col("org"))
    parent = pl.when(has_parent).then(pl.col("system")).otherwise(pl.lit(""))
    return table.with_columns(_name().alias("name"), within.alias("within"), parent.alias("parent"))


def _name() -> pl.Expr:
    """The name that stands beside the code that was taken."""
    beside = (
        pl.when(pl.col(one) == pl.col("org")).then(pl.col(f"{one}_name"))
        for one in ("commissioner", "system", "provider")
    )
    named = pl.coalesce(*beside, pl.lit(""))
    return pl.when(pl.col("org") == ENGLAND).then(pl.lit("England")).otherwise(named)


def _with_detail(table: pl.DataFrame) -> pl.DataFrame:
    def read_detail(within: str, kind: str, first: str, second: str) -> tuple[str]:
        named = {"provider": within}
        if squeezed(kind) not in _WHOLE:
            slug = "-".join(kind.casefold().split())
            named[slug] = first
            named[f"{slug}-detail"] = "" if second.casefold() in (*_NOT_ONE, "total") else second
        said = sorted((name, value.replace(";", ",")) for name, value in named.items() if value)
        return (";".join(f"{name}={value}" for name, value in said),)

    return read_each(table, ["within", "kind", "first", "second"], read_detail, {"detail": pl.String})


def _kept(table: pl.DataFrame, tally: Tally, where: Where) -> pl.DataFrame:
    """The rows that can be used; the others are told."""
    reasons = (
        ("basis", "“{group}” is no kind of organisation that is known; the row was left out"),
        ("org", "no organisation code; the row was left out"),
        ("start", "the period cannot be read; the row was left out"),
        ("marker", "“{text}” under {measure} is no number; it was left out"),
    )
    columns = [name for name, _ in reasons]
    told: set[tuple[int, str]] = set()
    for row in table.filter(pl.any_horizontal(pl.col(columns).is_null())).sort(ROW).iter_rows(named=True):
        what = next(said for name, said in reasons if row[name] is None).format(**row)
        if (row[ROW], what) not in told:  # a row of a wide table is here once for each of its measures
            told.add((row[ROW], what))
            tally.reject(Where(where.file, sheet=where.sheet, row=row[ROW]), what)
    columns = ["measure", "org", "name", "parent", "basis", "detail", "start", "end", "value", "marker"]
    usable = table.drop_nulls(["basis", "org", "start", "marker"]).select(columns)
    return usable.with_columns(pl.lit(where.sheet or "").alias("sheet"))


def _named(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """Measures by our own names. Where a file has two names of one part, the preferred one is read."""
    names = rows["measure"].unique().to_list()
    unknown = [name for name in names if not parts_of(name)]
    rows = rows.filter(~pl.col("measure").is_in(unknown))
    chosen: dict[str, str] = {}
    for name in sorted((name for name in names if parts_of(name)), key=lambda name: (rank(name), name)):
        part = _part(rows, name)
        chosen.setdefault(part, name)
    were = verb(len(unknown), "was", "were")
    told = [f"{count(len(unknown), 'other measure')} of the file {were} left out"] if unknown else []
    part_of = {name: part for part, name in chosen.items()}
    known = pl.col("measure").is_in(list(part_of))
    return rows.filter(known).with_columns(pl.col("measure").replace_strict(part_of).alias("part")), told


def _of_first_sheet(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """The rows without those of later sheets that say again, or of some unknown part, what an earlier one says."""
    notes = []
    kept = pl.DataFrame(schema=rows.schema)
    for sheet in rows["sheet"].unique(maintain_order=True):
        own = rows.filter(pl.col("sheet") == sheet)
        if len(kept):
            further = own.join(kept, on=list(KEY), how="anti", maintain_order="left")
            if len(further) < len(own):
                again = len(own) - len(further)
                notes.append(f"{again:,} figures of the sheet “{sheet}” stand in an earlier one, which was read")
            own = further
        kept = pl.concat([kept, own])
    return kept, notes


def _part(rows: pl.DataFrame, name: str) -> str:
    """The part that a name means; of a count and its percentage, what its largest value allows."""
    parts = parts_of(name)
    if len(parts) == 1:
        return parts[0]
    return parts[0] if _largest(rows.filter(pl.col("measure") == name)) > 100 else parts[1]


def _largest(rows: pl.DataFrame) -> float:
    """England’s largest value, or anybody's where England is not there."""
    england = rows.filter(pl.col("org") == ENGLAND)
    largest: Any = (england if england["value"].count() else rows)["value"].max()
    return float(largest) if largest is not None else 0.0


def _as_rates(rows: pl.DataFrame) -> pl.DataFrame:
    """Percentages as percentages: a workbook stores 52% as 0.52."""
    shares = [
        part
        for part in rows["part"].unique()
        if _UNIT[part] == "%" and 0 < _largest(rows.filter(pl.col("part") == part)) <= 1
    ]
    scaled = pl.when(pl.col("part").is_in(shares)).then(pl.col("value") * 100).otherwise(pl.col("value"))
    return rows.with_columns(scaled.alias("value")) if shares else rows


def _rounded(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """Counts below England are published to the nearest 5: they say so where the file bears it out."""
    counts = [part for part, unit in _UNIT.items() if unit != "%"]
    below = (pl.col("org") != ENGLAND) & pl.col("part").is_in(counts) & pl.col("value").is_not_null()
    values = rows.filter(below)["value"]
    if not len(values):
        return rows, []
    strange = int((values % 5 != 0).sum())
    if strange:
        return rows, [f"{strange:,} counts below England are no multiples of 5: this file is not rounded as published"]
    marked = pl.when(below & (pl.col("value") > 0)).then(pl.lit(Marker.ROUNDED.value)).otherwise(pl.col("marker"))
    return rows.with_columns(marked.alias("marker")), ["counts below England are rounded to 5, as all of them are here"]


def _organisations(rows: pl.DataFrame) -> tuple[Organisation, ...]:
    met = rows.select("org", "name", "basis", "parent").unique(["org", "basis"], maintain_order=True)
    return tuple(Organisation(org, name, Basis(basis), parent) for org, name, basis, parent in met.iter_rows())
