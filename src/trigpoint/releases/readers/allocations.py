"""Allocations to integrated care boards: populations of practices, weighted by need, in one CSV for a financial year.

The file has practices alone. Totals of networks, sub-ICB locations, ICBs, regions and England are those practices added
up, and said to be so; a weighted population is a share of England's, so that sums of it are as good as its parts.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from trigpoint.errors import InputError, Where
from trigpoint.releases.files.content import Content
from trigpoint.releases.files.sheet import AS_PUBLISHED
from trigpoint.releases.observation import ENGLAND, Basis
from trigpoint.releases.observation import SCHEMA as SHAPE
from trigpoint.releases.release import Organisation, Reading
from trigpoint.releases.schema import Era, read_schema, release_of
from trigpoint.releases.tables.columns import Tally
from trigpoint.releases.tables.given import year_given
from trigpoint.releases.tables.header import columns_left_out, find_header, need_header
from trigpoint.releases.tables.repeats import once
from trigpoint.releases.tables.strings import ROW, string_table, with_figures

_SCHEMA = read_schema("allocations")
_CODE, _NAME = "practice_code", "gp_practice_name"
_NEEDED = (_CODE, "ICB", "Population", "Final WP")
_ABOVE = (
    ("pcn_code", "pcn_name", Basis.NETWORK, "networks"),
    ("loc", "locname", Basis.COMMISSIONER, "sub-ICB locations"),
    ("icb", "icbname", Basis.SYSTEM, "ICBs"),
    ("rcode", "region", Basis.REGION, "regions"),
)
_SAME = 1.0
"""People by which sums of 6,000 figures with some decimals may differ."""


def _recognise(content: Content) -> bool:
    return find_header(content.head, *_NEEDED) is not None


def _read(content: Content) -> Reading:
    header = need_header(content.sheets[0], content.name, *_NEEDED)
    start, end = year_given(content)
    table = string_table(content, header)
    era = _SCHEMA.eras[-1]
    labels = [_NAME, *(name for above in _ABOVE for name in above[:2])]
    table = table.with_columns(pl.lit("").alias(name) for name in labels if name not in table.columns)
    tally = Tally()
    for row in table.filter(pl.col(_CODE) == "").iter_rows(named=True):
        tally.reject(Where(content.name, line=row[ROW]), "no practice code; the row was left out")
    rows = _long(_each_once(table.filter(pl.col(_CODE) != ""), tally, content.name), era, tally, content.name)
    pieces, organisations = _with_totals(rows)
    observed = pl.concat(pieces).with_columns(detail=pl.lit(""), start=pl.lit(start), end=pl.lit(end))
    observed, repeated, contradicting = once(observed)
    frame = observed.select(list(SHAPE)).cast(SHAPE)  # type: ignore[arg-type]
    unknown = _SCHEMA.unknown(header.names, era)
    return Reading(
        variant=era.variant,
        frame=frame,
        era=era.id,
        title=_SCHEMA.name,
        organisations=organisations,
        rejected=(*tally.told, *contradicting),
        notes=(
            *columns_left_out(unknown),
            *repeated,
            *_about(frame, organisations),
        ),
        whole=organisations[-1].basis is Basis.NATIONAL,
    )


def _each_once(table: pl.DataFrame, tally: Tally, file: str) -> pl.DataFrame:
    """Each practice once, for what stands twice would be added twice; those with two sets of figures are left out."""
    single = table.filter(pl.col(_CODE).str.to_lowercase() != _CODE)  # a header that stands again
    single = single.unique([name for name in single.columns if name != ROW], keep="first", maintain_order=True)
    twice = pl.col(_CODE).is_duplicated()
    for line, code in single.filter(twice).select(ROW, _CODE).iter_rows():
        tally.reject(Where(file, line=line), f"{code} stands in the file with other figures too; the row was left out")
    return single.filter(~twice)


def _long(table: pl.DataFrame, era: Era, tally: Tally, file: str) -> pl.DataFrame:
    """One row a practice and figure; a column that is empty throughout holds nothing."""
    pieces = []
    for name, column in era.counted.items():
        if name not in table.columns or not (table[name] != "").any():
            continue
        piece = with_figures(table, name, _SCHEMA.markers).with_columns(pl.lit(column.part).alias("part"))
        for row in piece.filter(pl.col("marker").is_null()).iter_rows(named=True):
            tally.reject(Where(file, line=row[ROW]), f"“{row[name]}” under “{name}” is no number; it was left out")
        pieces.append(piece.drop_nulls("marker"))
    if not pieces:
        raise InputError("the file has no practices", where=file, remedy=AS_PUBLISHED)
    return pl.concat(pieces)


def _with_totals(rows: pl.DataFrame) -> tuple[list[pl.DataFrame], tuple[Organisation, ...]]:
    """The practices, and what is made of them by adding up."""
    columns = ["part", "org", "basis", "value", "marker"]
    practices = rows.with_columns(pl.col(_CODE).alias("org"), pl.lit(Basis.PRACTICE.value).alias("basis"))
    pieces = [practices.select(columns)]
    named = rows.select(_CODE, _NAME, "icb").unique(_CODE, maintain_order=True)
    met = [Organisation(code, name, Basis.PRACTICE, icb) for code, name, icb in named.iter_rows()]
    for code, name, basis, _ in _ABOVE:
        within = rows.filter(pl.col(code) != "")
        sums = within.group_by("part", pl.col(code).alias("org"), maintain_order=True).agg(pl.col("value").sum())
        pieces.append(_labelled(sums, basis).select(columns))
        known = within.select(code, name).unique(code, maintain_order=True)
        met += [Organisation(one, said, basis) for one, said in known.iter_rows()]
    england = rows.group_by("part", maintain_order=True).agg(pl.col("value").sum())
    if _is_whole(england):
        pieces.append(_labelled(england.with_columns(org=pl.lit(ENGLAND)), Basis.NATIONAL).select(columns))
        met.append(Organisation(ENGLAND, "England", Basis.NATIONAL))
    return pieces, tuple(met)


def _is_whole(sums: pl.DataFrame) -> bool:
    """Whether these are all practices: each weighted population is scaled to add up to England's population."""
    value = dict(sums.select("part", "value").iter_rows())
    population = value.get("allocation-population")
    weighted = [found for part, found in value.items() if part.startswith("weighted-")]
    return population is not None and all(abs(found - population) <= _SAME for found in weighted)


def _labelled(sums: pl.DataFrame, basis: Basis) -> pl.DataFrame:
    return sums.with_columns(pl.lit(basis.value).alias("basis"), pl.lit("").alias("marker"))


def _about(frame: pl.DataFrame, organisations: tuple[Organisation, ...]) -> Iterator[str]:
    number = {basis: sum(one.basis is basis for one in organisations) for basis in Basis}
    made = [f"{number[basis]:,} {many}" for _, _, basis, many in _ABOVE if number[basis]]
    practices = f"its {number[Basis.PRACTICE]:,} practices added up"
    if not number[Basis.NATIONAL]:
        yield (
            f"the file has no totals: those of {', '.join(made)} are {practices}; the weighted populations do not add "
            "up to the population, so that these are not all practices of England, and none is given for it"
        )
        return
    yield f"the file has no totals: those of {', '.join((*made, 'England'))} are {practices}"
    own = frame.filter((pl.col("org") == ENGLAND) & (pl.col("part") == "allocation-population"))["value"].item()
    weighted = frame.filter(pl.col("part").str.starts_with("weighted-"))["part"].n_unique()
    yield f"each of {weighted} weighted populations adds up to the population, {own:,.0f}"


RELEASE = release_of(_SCHEMA, _recognise, _read)
