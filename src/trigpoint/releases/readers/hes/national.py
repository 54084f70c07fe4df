"""England by treatment function, by age band, or in all: one row a month and group."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from trigpoint.releases.files.content import Content
from trigpoint.releases.files.sheet import Row
from trigpoint.releases.observation import ENGLAND, Basis, Marker, Status, detail, together
from trigpoint.releases.observation import SCHEMA as OBSERVATION
from trigpoint.releases.readers.hes.layout import LABELS, SCHEMA, fitting_era, header_of, unknown_of
from trigpoint.releases.release import Organisation, Reading
from trigpoint.releases.tables.columns import Subject, Tally, tally_columns
from trigpoint.releases.tables.named import cell_of, column_of
from trigpoint.releases.tables.spans import Span, day, month
from trigpoint.wording import count

_ENGLAND = Organisation(ENGLAND, "England", Basis.NATIONAL)
_NUMBERED = re.compile(r"\d{1,2}\. *(?P<band>.+)")
_DASH = re.compile(r" *[-–] *")


def read_groups(content: Content) -> Reading:
    """The groups of each month, and the whole of England where every group is there."""
    sheet = content.sheets[0]
    header = header_of(sheet.rows, "month ending", "groups")
    era = fitting_era(header, "groups", content.name, "FCE")
    ending = column_of(header.names, LABELS["month ending"])
    kind = next((one for one in ("function", "age") if column_of(header.names, LABELS[one]) is not None), "")
    group = column_of(header.names, LABELS[kind]) if kind else None
    tally = Tally()
    tally_columns(
        tally,
        sheet,
        content.name,
        header,
        era,
        lambda row: _subject(row, ending, kind, group),
        markers=SCHEMA.markers,
    )
    frame = tally.rows.frame()
    totals, told = _totals(frame, kind) if kind else (frame.clear(), ())
    return Reading(
        variant={"function": "treatment functions", "age": "age bands", "": "totals"}[kind],
        frame=together((frame, totals)),
        era=era.id,
        title=SCHEMA.name,
        status=Status.PROVISIONAL,
        organisations=(_ENGLAND,),
        rejected=tally.told,
        notes=("each row is one month; the figures do not run up through the year", *told, *unknown_of(header, era)),
        whole=not kind or not totals.is_empty(),
    )


def _subject(row: Row, ending: int | None, kind: str, group: int | None) -> Subject | None:
    said = cell_of(row, ending)
    if not any(row) or not said:
        return None
    if not kind:
        return Subject(_ENGLAND, _month(said))
    name = cell_of(row, group)
    if not name:
        raise ValueError("there is no treatment function" if kind == "function" else "there is no age band")
    return Subject(_ENGLAND, _month(said), detail(**{kind: _group(name)}))


def _month(said: str) -> Span:
    """The month that ends on a day."""
    try:
        last = day(said)
    except ValueError:
        raise ValueError(f"“{said}” is no day") from None
    found = month(last.year, last.month)
    if found[1] != last:
        raise ValueError(f"“{said}” is not the last day of a month")
    return found


def _group(name: str) -> str:
    """A group as it is asked for: ``01. 0 - 4`` is 0-4, ``&`` is unknown.

    >>> _group("01. 0 - 4"), _group("23. 90+"), _group("&"), _group("100")
    ('0-4', '90+', 'unknown', '100')
    """
    match = _NUMBERED.fullmatch(name)
    band = _DASH.sub("-", match["band"]) if match else name
    return {"&": "unknown", "not known": "unknown"}.get(band.casefold(), band)


def _totals(frame: pl.DataFrame, kind: str) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The whole of England as the sum of its groups, for months that have every group and nothing suppressed.

    The file has no row of totals. A cell without a figure is a group in which there was none; the sums then agree with
    those of the age bands, which have no such cell.
    """
    wanted = set(SCHEMA.more["whole"][kind]["groups"])
    least = int(SCHEMA.more["whole"][kind]["least"])
    groups = frame.group_by("end").agg(pl.col("detail").unique().alias("groups"))
    whole = [
        end
        for end, found in groups.iter_rows()
        if {f"{kind}={one}" for one in wanted} <= set(found) and len(found) >= least
    ]
    kept = frame.filter(pl.col("end").is_in(whole))
    summed = (
        kept.group_by("part", "org", "basis", "start", "end", maintain_order=True)
        .agg(
            pl.col("value").sum(),
            (pl.col("marker") == Marker.SUPPRESSED.value).any().alias("hidden"),
            pl.col("value").is_not_null().any().alias("any"),
        )
        .filter(~pl.col("hidden") & pl.col("any"))
        .with_columns(pl.lit("").alias("detail"), pl.lit("").alias("marker"))
        .select(list(OBSERVATION))
    )
    return summed, _told(kind, whole, groups, wanted, least)


def _told(kind: str, whole: Sequence[object], groups: pl.DataFrame, wanted: set[str], least: int) -> tuple[str, ...]:
    noun = ("treatment function", "") if kind == "function" else ("age band", "")
    sentences = []
    if whole:
        sentences.append(f"the file has no total: England is the sum of the groups in {count(len(whole), 'month')}")
    if len(whole) < len(groups):
        months = count(len(groups) - len(whole), "month")
        size = count(max(least, len(wanted)), *noun)
        sentences.append(f"no England total was made for {months}: not all of at least {size} stand there")
    return tuple(sentences)
