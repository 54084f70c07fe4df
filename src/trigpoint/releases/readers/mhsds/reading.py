"""From a monthly file to observations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from trigpoint.errors import InputError
from trigpoint.releases.files.content import Content
from trigpoint.releases.observation import ENGLAND, KEY, Basis, Marker, Status
from trigpoint.releases.observation import SCHEMA as SHAPE
from trigpoint.releases.readers.mhsds.checks import checked
from trigpoint.releases.readers.mhsds.layout import LEVELS, SCHEMA, header_of, roles_of
from trigpoint.releases.readers.mhsds.levels import with_levels
from trigpoint.releases.readers.mhsds.measures import part_id, unit_of
from trigpoint.releases.release import Organisation, Part, Reading
from trigpoint.releases.tables.columns import Tally
from trigpoint.releases.tables.repeats import once
from trigpoint.releases.tables.spans import day, span
from trigpoint.releases.tables.strings import ROW, read_each, string_table, usable, with_figures
from trigpoint.wording import count, listed

_DATES = {"start": pl.Date, "end": pl.Date}
_ORDER = list(Status)
_FEWEST = 5
"""Figures below England that must all be multiples of 5 before a measure counts as rounded."""


def read(content: Content) -> Reading:
    """The file's observations. Raises ``InputError`` where a column that is needed is not there."""
    tally = Tally()
    table = _table(content)
    table = _dated(table)
    table = with_figures(with_levels(table), "value said", SCHEMA.markers)
    table = read_each(table, ["measure"], lambda text: (part_id(text),), {"part": pl.String})
    rows = _usable(table, tally, content.name)
    rows, ranked = _one_total(rows)
    rows, status, settled = _of_one_status(rows)
    rows, repeated, contradicting = once(rows)
    rows, rounded = _rounded(rows)
    parts = tuple(_parts(rows))
    frame = rows.select(list(SHAPE)).cast(SHAPE)  # type: ignore[arg-type]
    met = rows.select("org", "org name", "basis").unique(["org", "basis"], maintain_order=True)
    organisations = tuple(Organisation(org, name, Basis(basis)) for org, name, basis in met.iter_rows())
    return Reading(
        variant="csv",
        frame=frame,
        era="csv",
        title=SCHEMA.name,
        status=status,
        organisations=organisations,
        rejected=(*tally.told, *contradicting),
        notes=(*_about(frame), *ranked, *settled, *rounded, *repeated, *checked(frame, parts)),
        whole=any(one.basis is Basis.NATIONAL for one in organisations),
        parts=parts,
    )


def _table(content: Content) -> pl.DataFrame:
    """The columns that are read, under the names of their roles; those that a file lacks are blank."""
    header = header_of(content)
    if header is None:
        raise InputError("no header with “BREAKDOWN” and “MEASURE_VALUE” was found", where=content.name)
    roles = roles_of(header, content.name)
    levels = [f"{kind}-{at}" for at in range(1, LEVELS + 1) for kind in ("level", "name")]
    wanted = ["breakdown", *levels, "measure", "title", "status"]
    table = string_table(content, header)
    empty = pl.lit("")
    return table.select(
        *((pl.col(roles[name]) if name in roles else empty).alias(name) for name in wanted),
        pl.col(roles["value"]).alias("value said"),
        *(pl.col(roles[name]).alias(f"{name} said") for name in ("start", "end", "period") if name in roles),
        ROW,
    )


def _dated(table: pl.DataFrame) -> pl.DataFrame:
    if "start said" in table.columns and "end said" in table.columns:
        return read_each(table, ["start said", "end said"], _days, _DATES)
    return read_each(table, ["period said"], span, _DATES)


def _days(first: str, last: str) -> tuple[date, date]:
    start, end = day(first), day(last)
    if start > end:
        raise ValueError(first)
    return start, end


def _usable(table: pl.DataFrame, tally: Tally, file: str) -> pl.DataFrame:
    """The rows that can be used; the others are told."""
    reasons = {
        "start": "the period cannot be read",
        "basis": "there is no breakdown",
        "org": "no organisation stands under “{breakdown}”",
        "part": "no measure is named",
        "marker": "“{value said}” under {measure} is no number",
    }
    return usable(table, reasons, tally, file)


def _one_total(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """One breakdown of each basis is a measure's total; others of the same basis say in their detail which they are."""
    own = pl.when(pl.col("beside") == "").then(pl.col("rank"))
    second = pl.col("rank") > own.min().over("part", "basis")
    slug = (
        pl.col("breakdown")
        .str.split(";")
        .list.first()
        .str.strip_chars()
        .str.to_lowercase()
        .str.replace_all(r"\s+", "-")
    )
    said = pl.when((pl.col("beside") != "") | second.fill_null(value=False)).then(pl.lit("counted=") + slug)
    rows = rows.with_columns(said.alias("counted"))
    told = rows.filter(pl.col("counted").is_not_null())["breakdown"].str.split(";").list.first().unique().sort()
    parts = pl.concat_list(pl.col("detail").str.split(";"), pl.concat_list("counted")).list.drop_nulls()
    joined = parts.list.eval(pl.element().filter(pl.element() != "")).list.sort().list.join(";")
    rows = rows.with_columns(pl.when(pl.col("counted").is_null()).then("detail").otherwise(joined).alias("detail"))
    notes = (
        [f"rows of {listed([f'“{one}”' for one in told])} stand beside the totals, not among them"] if len(told) else []
    )
    return rows, notes


def _of_one_status(rows: pl.DataFrame) -> tuple[pl.DataFrame, Status, list[str]]:
    """The file's status: the least settled there is. Of one figure in several states the most settled is kept."""
    rows = read_each(rows, ["status"], lambda text: (_ORDER.index(_status(text)),), {"settled": pl.Int32})
    states = rows.select("status", "settled").unique().sort("settled")
    if len(states) < 2:
        return rows, _ORDER[states["settled"][0]] if len(states) else Status.PUBLISHED, []
    kept = rows.sort("settled", descending=True, maintain_order=True)
    best = kept.unique(KEY, keep="first", maintain_order=True).select(*KEY, pl.col("settled").alias("best"))
    kept = rows.join(best, on=list(KEY), how="left", maintain_order="left").filter(pl.col("settled") == pl.col("best"))
    said = f"rows are {listed(states['status'].to_list())}; of one figure in several states the most settled is read"
    return kept, _ORDER[states["settled"][0]], [said]


def _status(text: str) -> Status:
    low = text.casefold()
    if "prov" in low or low == "primary":
        return Status.PROVISIONAL
    if "final" in low:
        return Status.FINAL
    return Status.REVISED if "refresh" in low or "revis" in low else Status.PUBLISHED


def _rounded(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """Figures below England are published to the nearest 5, shares as whole numbers: marked where the file bears it
    out for a measure."""
    below = (pl.col("org") != ENGLAND) & pl.col("value").is_not_null()
    shape = (
        rows.filter(below & (pl.col("value") > 0))
        .group_by("part")
        .agg(
            (pl.col("value") % 5 == 0).all().alias("fives"),
            (pl.col("value") % 1 == 0).all().alias("units"),
            pl.len().alias("figures"),
        )
    )
    england = rows.filter((pl.col("org") == ENGLAND) & pl.col("value").is_not_null())
    finer = england.group_by("part").agg(
        (pl.col("value") % 5 != 0).any().alias("no fives"), (pl.col("value") % 1 != 0).any().alias("no units")
    )
    shape = shape.join(finer, on="part", how="inner").filter(pl.col("figures") >= _FEWEST)
    parts = shape.filter((pl.col("fives") & pl.col("no fives")) | (pl.col("units") & pl.col("no units")))["part"]
    if parts.is_empty():
        return rows, []
    marked = below & pl.col("part").is_in(parts.to_list()) & (pl.col("value") > 0)
    marker = pl.when(marked).then(pl.lit(Marker.ROUNDED.value)).otherwise(pl.col("marker"))
    said = f"figures below England are rounded, as {count(len(parts), 'measure')} of the file bear out"
    return rows.with_columns(marker.alias("marker")), [said]


def _parts(rows: pl.DataFrame) -> Iterator[Part]:
    titles = rows.select("part", "measure", "title").unique("part", maintain_order=True)
    for part, measure, title in titles.iter_rows():
        yield Part(part, title or measure, unit_of(title))


def _about(frame: pl.DataFrame) -> Iterator[str]:
    periods = frame.select("start", "end").unique().sort("end", "start").rows()
    yield f"{count(frame['part'].n_unique(), 'measure')} over {count(len(periods), 'period')}"
    hidden = int((frame["marker"] == Marker.SUPPRESSED.value).sum())
    if hidden:
        yield f"{hidden:,} of {len(frame):,} figures are suppressed"
