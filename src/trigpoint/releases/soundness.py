"""What every reading is looked over for, whatever its reader: sentences that can be read, codes that are codes, figures
that are numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from trigpoint.characters import UNPRINTABLE, on_one_line
from trigpoint.releases.observation import Marker
from trigpoint.releases.release import Organisation, Reading, Release
from trigpoint.wording import count, verb

MOST_LETTERS = 500
"""Of a sentence about a file: a cell that it quotes may hold a book."""
LONGEST_CODE = 60
"""Of an organisation's code; the longest published ones have some forty letters."""
LONGEST_DIVISION = 160
"""Of one subdivision's name; that of breast symptoms in cancer waiting times has 74 letters."""
LONGEST_NAME = 200
YEARS = (1948, 2100)
"""The first and last that a published statistic can be of."""
_COUNTED = frozenset(
    {
        *("people", "patients", "pathways", "referrals", "weeks", "days", "seconds", "beds", "practices"),
        *("admissions", "attendances", "appointments", "contacts", "courses", "treatments", "episodes", "spells"),
        *("tests", "incidents", "calls", "handovers", "diverts", "closures", "deaths"),
    }
)
"""Units in which nothing can be below nought."""


def shortened(sentence: str, most: int = MOST_LETTERS) -> str:
    """A sentence on one line, its middle left out where it is longer than anybody reads.

    >>> shortened("a cell of “" + "A" * 5000 + "” is no number")[-24:]
    'AAAAAAAAAA” is no number'
    """
    text = on_one_line(sentence)
    return text if len(text) <= most else f"{text[: most * 2 // 3]} … {text[-most // 4 :]}"


def sound(reading: Reading, release: Release) -> Reading:
    """The reading with what cannot be used of it left out and told, and every sentence short.

    Left out are rows whose code or subdivision is no code (longer than 60 or 160 letters, or with characters that
    cannot be printed). A figure that is infinite or no number is marked as not available. Counts below nought are
    noted.
    """
    frame, rejected = _coded(reading.frame)
    frame, untimely = _timely(frame)
    frame, more = _finite(frame)
    return replace(
        reading,
        frame=frame,
        title=shortened(reading.title, LONGEST_NAME),
        organisations=tuple(_named(one) for one in reading.organisations if _is_code(one.code)),
        rejected=tuple(shortened(one) for one in (*reading.rejected, *rejected, *untimely, *more)),
        notes=tuple(shortened(one) for one in (*reading.notes, *_negative(frame, release, reading))),
    )


def _is_code(text: str, most: int = LONGEST_CODE) -> bool:
    return len(text) <= most and UNPRINTABLE.search(text) is None and "\n" not in text and "\r" not in text


def _named(one: Organisation) -> Organisation:
    return replace(one, name=shortened(one.name, LONGEST_NAME), parent=shortened(one.parent, LONGEST_NAME))


def _coded(frame: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """The rows whose organisation and subdivisions have codes, and what is said of the others."""
    told = []
    for column, what, most in (
        ("org", "an organisation’s code", LONGEST_CODE),
        ("detail", "a subdivision", LONGEST_DIVISION),
    ):
        odd = [one for one in frame[column].unique() if not all(_is_code(piece, most) for piece in one.split(";"))]
        if not odd:
            continue
        left = frame.filter(~pl.col(column).is_in(odd))
        gone = len(frame) - len(left)
        were = verb(gone, "was", "were")
        told.append(
            f"“{shortened(min(odd), 60)}” cannot be {what}: {count(gone, 'figure')} of the kind {were} left out"
        )
        frame = left
    return frame, told


def _timely(frame: pl.DataFrame) -> tuple[pl.DataFrame, Sequence[str]]:
    """The rows of periods that statistics can be of."""
    spans = frame.select("start", "end").unique()
    odd = spans.filter(
        (pl.col("end") < pl.col("start"))
        | ~pl.col("start").dt.year().is_between(*YEARS)
        | ~pl.col("end").dt.year().is_between(*YEARS)
    ).sort("start", "end")
    if odd.is_empty():
        return frame, ()
    left = frame.join(odd, on=["start", "end"], how="anti", maintain_order="left")
    gone, (start, end) = len(frame) - len(left), odd.row(0)
    were = verb(gone, "was", "were")
    return left, (f"{start} to {end} is no period of statistics: {count(gone, 'figure')} of the kind {were} left out",)


def _finite(frame: pl.DataFrame) -> tuple[pl.DataFrame, Sequence[str]]:
    """The frame with a marker where a figure is infinite or no number."""
    if math.isfinite(frame["value"].sum()):  # a sum of anything infinite is not, and a sum is quick
        return frame, ()
    odd = frame["value"].is_not_null() & ~frame["value"].is_finite().fill_null(value=True)
    if not odd.any():
        return frame, ()
    changed = frame.with_columns(
        pl.when(odd).then(None).otherwise(pl.col("value")).alias("value"),
        pl.when(odd).then(pl.lit(Marker.NOT_AVAILABLE.value)).otherwise(pl.col("marker")).alias("marker"),
    )
    gone = int(odd.sum())
    return changed, (f"{count(gone, 'figure')} {verb(gone, 'is', 'are')} beyond all numbers: marked as not available",)


def _negative(frame: pl.DataFrame, release: Release, reading: Reading) -> Sequence[str]:
    """What is said of counts below nought: they are kept as published, but hardly meant."""
    below = frame.filter(pl.col("value") < 0) if (frame["value"].min() or 0) < 0 else frame.clear()  # type: ignore[operator]
    if below.is_empty():
        return ()
    units = {part.id: part.unit for part in (*release.parts, *reading.parts)}
    counted = [one for one in below["part"].unique() if units.get(one, "") in _COUNTED]
    below = below.filter(pl.col("part").is_in(counted)).sort("part", "org", "start")
    if below.is_empty():
        return ()
    first = below.row(0, named=True)
    said = f"{count(len(below), 'count')} {verb(len(below), 'is', 'are')} below nought, the first"
    return (f"{said} {first['part']} of {first['org']}: {first['value']:,.10g}; kept as published",)
