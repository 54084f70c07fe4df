"""The one shape of every published figure: what, of whom, for when, how much, and why it is missing where it is.

A frame of observations has the columns of ``SCHEMA``. ``part`` names what was counted (a part of a measure, declared
in the release's own TOML file), ``org`` the organisation's code (``ENGLAND`` for England), ``basis`` as what it is
counted, ``detail`` the part of the whole ("" for all of it; ``detail`` makes one: ``age=18-64;sex=female``). ``start``
and ``end`` are the first and last day of the period; a count on one day (a list size) has both the same. ``value`` is
null where ``marker`` says why. Totals stand beside their parts and are never added to them: whoever wants the whole
asks for the detail "".
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum
from typing import Any

import polars as pl

from trigpoint.places import model

ENGLAND = model.ENGLAND
"""The code of England in every frame."""


class Basis(Enum):
    """As what an organisation is counted: the same code may report as provider and as commissioner."""

    NATIONAL = "national"
    REGION = "region"
    SYSTEM = "system"
    COMMISSIONER = "commissioner"
    PROVIDER = "provider"
    FOOTPRINT = "acute trust footprint"
    AMBULANCE = "ambulance service"
    LOCAL_AUTHORITY = "local authority"
    NETWORK = "primary care network"
    PRACTICE = "practice"
    AREA = "area"


class Marker(Enum):
    """Why there is no value. Zero is a value and has none; ``ROUNDED`` stands beside a value."""

    NONE = ""
    SUPPRESSED = "suppressed"
    NOT_AVAILABLE = "not available"
    NOT_APPLICABLE = "not applicable"
    NOT_COLLECTED = "not collected"
    ROUNDED = "rounded"


class Status(Enum):
    """How far a publication is settled, in the order in which one takes the place of another of the same day."""

    PROVISIONAL = "provisional"
    PUBLISHED = "published"
    REVISED = "revised"
    FINAL = "final"


SCHEMA: dict[str, Any] = {
    "part": pl.String,
    "org": pl.String,
    "basis": pl.String,
    "detail": pl.String,
    "start": pl.Date,
    "end": pl.Date,
    "value": pl.Float64,
    "marker": pl.String,
}

KEY = ("part", "org", "basis", "detail", "start", "end")
"""What makes an observation one: no two rows of a frame share these."""


def detail(**parts: str) -> str:
    """The part of the whole as one word, the same whatever the order it is asked in; "" for all.

    Underscores of the names become hyphens; parts that are "" are left out.

    >>> detail(sex="female", age="18-64"), detail()
    ('age=18-64;sex=female', '')
    """
    return ";".join(f"{name.replace('_', '-')}={value}" for name, value in sorted(parts.items()) if value)


class Rows:
    """Observations gathered one by one, for files of up to some hundred thousand cells; ``frame`` makes the frame."""

    def __init__(self) -> None:
        self._rows: list[tuple[str, str, str, str, date, date, float | None, str]] = []

    def __len__(self) -> int:
        return len(self._rows)

    def add(
        self,
        part: str,
        org: str,
        basis: Basis,
        start: date,
        end: date,
        value: float | None,
        marker: Marker = Marker.NONE,
        detail: str = "",
    ) -> None:
        """One observation. A value that is missing needs its marker."""
        self._rows.append((part, org, basis.value, detail, start, end, value, marker.value))

    def frame(self) -> pl.DataFrame:
        """All rows, as a frame of the shape of ``SCHEMA``."""
        return pl.DataFrame(self._rows, schema=SCHEMA, orient="row")


def together(frames: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Frames of observations one under another; an empty frame where there are none."""
    kept = [frame.select(list(SCHEMA)).cast(SCHEMA) for frame in frames]  # type: ignore[arg-type]
    return pl.concat(kept) if kept else pl.DataFrame(schema=SCHEMA)


def repeated(frame: pl.DataFrame) -> pl.DataFrame:
    """The keys that stand more than once in a frame, each once: a file that says the same thing twice.

    Hashes are counted first, which is five times as fast and takes a fifth of the memory: as many as there are rows
    mean that no key stands twice, and that is how nearly all files are.
    """
    if frame.select(pl.struct(KEY).hash().n_unique()).item() == len(frame):
        return frame.clear().select(KEY)
    return frame.group_by(KEY).len().filter(pl.col("len") > 1).select(KEY)
