"""The full extract to observations: England, systems, commissioners and providers, each by treatment function.

``C_999`` rows are the totals of their group and become the detail ""; the functions beside them are never added to
them. England, a system, a commissioner and a provider are each the sum of their own rows. A file with some
organisations only gives the figures of those that it holds whole, and none of England.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from trigpoint.releases.files.content import Content
from trigpoint.releases.observation import ENGLAND, Basis, detail
from trigpoint.releases.readers.rtt.completeness import Completeness, completeness
from trigpoint.releases.readers.rtt.extract_table import ExtractTable, read_table
from trigpoint.releases.readers.rtt.pathways import INCOMPLETE
from trigpoint.releases.readers.rtt.waits import KEYS, band_columns, dated, observations, over, within
from trigpoint.releases.release import Organisation, Reading
from trigpoint.releases.schema import read_schema

NOT_ENGLISH = "NONC"
"""The commissioner of patients whom no English body pays for (Wales, Scotland, overseas)."""
WITHOUT_NONC = detail(commissioner="without NONC")


@dataclass(frozen=True, slots=True)
class Level:
    """Organisations of one basis, and the column of the extract that says which one a row is of."""

    basis: Basis
    column: str


PROVIDERS = Level(Basis.PROVIDER, "provider")
COMMISSIONERS = Level(Basis.COMMISSIONER, "commissioner")
SYSTEMS = Level(Basis.SYSTEM, "system")


def read_extract(content: Content) -> Reading:
    """A full extract, or a part of one. Raises ``InputError`` where nothing of it can be used."""
    schema = read_schema("rtt")
    table = read_table(content)
    told = completeness(table.frame, **schema.more["whole"])
    organisations = _organisations(table.frame)
    table.frame = table.frame.drop("provider_name", "provider_parent", "commissioner_name", "system_name")
    frames = []
    for text, (start, end) in table.spans.items():
        rows = table.frame.filter(pl.col("period") == text) if len(table.spans) > 1 else table.frame
        wide = dated(_wide(rows, table, told), start, end)
        frames.append(observations(wide, table.bands))
        frames.append(_pairs(dated(rows, start, end), table, told))
        table.notes.extend(_verified(wide, table))
    return Reading(
        variant="full extract",
        frame=pl.concat(frames),
        era=f"to {table.bands.opens or len(table.bands)} weeks",
        title=f"{schema.name}: full extract, {', '.join(f'{span[0]:%B %Y}' for span in table.spans.values())}",
        organisations=organisations,
        rejected=table.tally.told,
        notes=(*told.notes, *table.notes),
        whole=told.whole,
    )


def _wide(rows: pl.DataFrame, table: ExtractTable, told: Completeness) -> pl.DataFrame:
    frames = []
    if told.providers:
        frames.append(_level(rows, PROVIDERS, table))
    if told.commissioners:
        frames += [_level(rows, level, table) for level in (SYSTEMS, COMMISSIONERS)]
    if told.whole:
        # England from the commissioners' sums: 13,000 rows to add in place of 183,000
        england = frames[-1].with_columns(org=pl.lit(ENGLAND), basis=pl.lit(Basis.NATIONAL.value))
        frames.append(_summed(england, table))
        english = england.filter(frames[-2]["org"] != NOT_ENGLISH)
        twin = pl.when(pl.col("detail") == "").then(pl.lit(WITHOUT_NONC))
        of_function = pl.concat_str(pl.lit(f"{WITHOUT_NONC};"), "detail")
        frames.append(_summed(english, table).with_columns(detail=twin.otherwise(of_function)))
    return pl.concat(frames) if frames else _summed(_named(rows, PROVIDERS).clear(), table)


def _named(rows: pl.DataFrame, level: Level) -> pl.DataFrame:
    name = pl.when(pl.col("function") == "").then(pl.lit(""))
    return rows.with_columns(
        org=pl.col(level.column),
        basis=pl.lit(level.basis.value),
        detail=name.otherwise(pl.concat_str(pl.lit("function="), "function")),
    )


def _level(rows: pl.DataFrame, level: Level, table: ExtractTable) -> pl.DataFrame:
    return _summed(_named(rows.filter(pl.col(level.column).is_not_null()), level), table)


def _summed(rows: pl.DataFrame, table: ExtractTable) -> pl.DataFrame:
    figures = ["total", "unknown", *band_columns(table.bands)]
    return rows.group_by("org", "basis", "part", "detail").agg(pl.col(figures).sum())


def _pairs(rows: pl.DataFrame, table: ExtractTable, told: Completeness) -> pl.DataFrame:
    """Each commissioner's list with each provider: three figures of the incomplete pathways of all functions.

    Of a part of England by function too, for there a pair may be all that is whole, and the rows are few.
    """
    bands = table.bands
    kept = rows.filter((pl.col("part") == INCOMPLETE.part) & ((pl.col("function") == "") | (not told.whole)))
    whole = pl.when(pl.col("function") == "").then(pl.lit(""))
    function = whole.otherwise(pl.concat_str(pl.lit("function="), "function", pl.lit(";")))
    named = kept.with_columns(
        org=pl.col("commissioner"),
        basis=pl.lit(Basis.COMMISSIONER.value),
        detail=pl.concat_str(function, pl.lit("provider="), "provider"),
        within=within(bands),
        over=over(bands, 52),
    )
    sums = named.group_by(KEYS).agg(pl.col("total", "within", "over").sum())
    parts = {"total": INCOMPLETE.part, "within": INCOMPLETE.within(18), "over": INCOMPLETE.over(52)}
    return pl.concat(
        sums.select(
            pl.lit(part).alias("part"),
            "org",
            "basis",
            "detail",
            "start",
            "end",
            pl.col(column).cast(pl.Float64).alias("value"),
            pl.lit("").alias("marker"),
        )
        for column, part in parts.items()
        if part != INCOMPLETE.over(52) or 52 in bands.thresholds
    )


def _verified(wide: pl.DataFrame, table: ExtractTable) -> list[str]:
    """Whether the total of each organisation agrees with its functions added up."""
    keys, figures = ["org", "basis", "part"], ["total", "over", "within"]
    told = wide.select(*keys, "detail", "total", over=over(table.bands, 18), within=within(table.bands))
    told = told.filter(~pl.col("detail").str.starts_with("commissioner="))
    added = told.filter(pl.col("detail") != "").group_by(keys).agg(pl.col(figures).sum())
    both = told.filter(pl.col("detail") == "").join(added, on=keys, suffix="_added", how="left")
    compared = both.filter(pl.col("total_added").is_not_null())
    wrong = compared.filter(~pl.all_horizontal(pl.col(name) == pl.col(f"{name}_added") for name in figures))
    alone, missing = len(both) - len(compared), len(added) - len(compared)
    notes = []
    if len(wrong):
        first = wrong.sort(keys).row(0, named=True)
        notes.append(
            f"{len(wrong):,} of {len(compared):,} totals (C_999) differ from their treatment functions added up, the"
            f" first {first['part']} of {first['org']}: {first['total']:,} against {first['total_added']:,}"
        )
    elif len(compared):
        notes.append(f"the {len(compared):,} totals (C_999) agree with their treatment functions added up")
    if alone:
        notes.append(f"{alone:,} totals (C_999) have no treatment functions beside them")
    if missing:
        notes.append(f"{missing:,} groups have no row of all functions (C_999): no total was made of their functions")
    return notes


def _organisations(frame: pl.DataFrame) -> tuple[Organisation, ...]:
    found = []
    for key, label, above, basis in (
        ("provider", "provider_name", "provider_parent", Basis.PROVIDER),
        ("commissioner", "commissioner_name", "system", Basis.COMMISSIONER),
        ("system", "system_name", None, Basis.SYSTEM),
    ):
        named = [pl.col(label).first().fill_null("")]
        named.append(pl.col(above).first().fill_null("") if above else pl.lit("").alias("above"))
        rows = frame.group_by(key, maintain_order=True).agg(named).drop_nulls(key).sort(key)
        found += [Organisation(code, name, basis, parent) for code, name, parent in rows.iter_rows()]
    return tuple(found)
