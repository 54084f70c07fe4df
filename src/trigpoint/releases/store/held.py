"""What the manifest says of one file, and how it is written there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from trigpoint.releases.observation import Status
from trigpoint.releases.release import Reading
from trigpoint.releases.tables.spans import period_words

Period = tuple[date, date]
_LISTS = ("parts", "rejected", "notes", "tables")
_KINDS: Mapping[str, type] = {
    **dict.fromkeys(("file", "digest", "release", "variant", "era", "title", "about"), str),
    **dict.fromkeys(("number", "observations", "organisations"), int),
    **dict.fromkeys(("whole", "beside"), bool),
}
_NAME = re.compile(r"release=[\w-]+/[\w=./-]+")
"""Of a file in the folder: nothing that leads out of it."""


@dataclass(frozen=True, slots=True)
class Superseded:
    """Periods of a file for which a newer one stands. ``kinds`` names what of them; all of them where it is empty.

    A kind is a part with its basis and the names of its details (``ae-attendances|provider|type``).
    """

    periods: tuple[Period, ...]
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """A file whose figures the workspace holds. ``number`` counts the files in the order in which they were added.

    ``beside`` is true of a file of some organisations only: it fills what the whole ones lack. ``tables`` are the
    Parquet files of its observations, ``about`` the JSON file of its organisations, mapping and places, all relative to
    the folder ``published``.
    """

    number: int
    file: str
    digest: str
    release: str
    variant: str
    era: str
    title: str
    status: Status
    published: date | None
    revised: date | None
    periods: tuple[Period, ...]
    parts: tuple[str, ...]
    observations: int
    organisations: int
    rejected: tuple[str, ...]
    notes: tuple[str, ...]
    added_on: date
    whole: bool
    beside: bool
    tables: tuple[str, ...]
    about: str
    superseded: tuple[Superseded, ...] = ()

    @property
    def dated(self) -> date | None:
        """When this edition came out: its revision, else its publication."""
        return max((day for day in (self.published, self.revised) if day is not None), default=None)

    @property
    def covered(self) -> str:
        """All its periods in one word: ``2026-01``, ``2024-01/2024-05``, ``2020-07/2020-09`` for a quarter."""
        if not self.periods:
            return ""
        return spelt(min(start for start, _ in self.periods), max(end for _, end in self.periods))

    @property
    def covered_words(self) -> str:
        """All its periods as people say them: "January 2026", "January to May 2024"; "" for a list without periods."""
        if not self.periods:
            return ""
        return period_words(min(start for start, _ in self.periods), max(end for _, end in self.periods))

    @property
    def replaced(self) -> frozenset[Period]:
        """The periods of which nothing of this file is in force."""
        return frozenset(period for entry in self.superseded if not entry.kinds for period in entry.periods)

    @property
    def in_force(self) -> bool:
        """Whether anything of the file is shown."""
        return bool(set(self.periods) - self.replaced) or not self.periods


def newcomer(
    reading: Reading,
    *,
    file: str,
    digest: str,
    release: str,
    on: date,
    number: int = 0,
    tables: tuple[str, ...] = (),
    about: str = "",
) -> Held:
    """A file as it comes, added ``on`` a day, before ``settling.settle`` has put it in its place.

    ``file`` is its name and ``release`` the id of what it is; ``number``, ``tables`` and ``about`` are given where it
    is kept in a workspace.
    """
    frame = reading.frame
    return Held(
        number=number,
        file=file,
        digest=digest,
        release=release,
        variant=reading.variant,
        era=reading.era,
        title=reading.title,
        status=reading.status,
        published=reading.published,
        revised=reading.revised,
        periods=tuple(frame.select("start", "end").unique().sort("end", "start").iter_rows()),
        parts=tuple(sorted(frame["part"].unique())),
        observations=len(frame),
        organisations=len(reading.organisations),
        rejected=reading.rejected,
        notes=reading.notes,
        added_on=on,
        whole=reading.whole,
        beside=not reading.whole,
        tables=tables,
        about=about,
    )


def spelt(start: date, end: date) -> str:
    """A period as JSON and tables show it: one month, or the first and the last.

    >>> spelt(date(2026, 1, 1), date(2026, 1, 31)), spelt(date(2020, 7, 1), date(2020, 9, 30))
    ('2026-01', '2020-07/2020-09')
    """
    first, last = f"{start:%Y-%m}", f"{end:%Y-%m}"
    return first if first == last else f"{first}/{last}"


def written(held: Held) -> dict[str, Any]:
    """A file's entry in the manifest."""
    said = {name: getattr(held, name) for name in Held.__slots__}
    return said | {
        "status": held.status.value,
        "published": _iso(held.published),
        "revised": _iso(held.revised),
        "added_on": held.added_on.isoformat(),
        "periods": _spans(held.periods),
        "superseded": [{"periods": _spans(one.periods), "kinds": list(one.kinds)} for one in held.superseded],
    }


def read(raw: Mapping[str, Any]) -> Held:
    """A file's entry, read. Raises ``KeyError``, ``TypeError`` or ``ValueError`` where it is damaged."""
    given: dict[str, Any] = {name: _kept(name, raw[name]) for name in Held.__slots__}
    held = Held(
        **given
        | {
            "status": Status(raw["status"]),
            "published": _day(raw["published"]),
            "revised": _day(raw["revised"]),
            "added_on": date.fromisoformat(raw["added_on"]),
            "periods": _periods(raw["periods"]),
            "superseded": tuple(Superseded(_periods(one["periods"]), tuple(one["kinds"])) for one in raw["superseded"]),
        }
    )
    for name in (*held.tables, held.about):
        if not _NAME.fullmatch(name) or ".." in name:
            raise ValueError(name)  # it would have a file outside the workspace read, or removed
    return held


def _kept(name: str, value: Any) -> Any:
    """A value of an entry, if it is of the kind that belongs there; lists of words become tuples."""
    kind = _KINDS.get(name)
    if name in _LISTS:
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise TypeError(name)
        return tuple(value)
    if kind is not None and type(value) is not kind:
        raise TypeError(name)
    return value


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text is not None else None


def _spans(periods: tuple[Period, ...]) -> list[str]:
    return [f"{start.isoformat()}/{end.isoformat()}" for start, end in periods]


def _periods(raw: list[str]) -> tuple[Period, ...]:
    return tuple((date.fromisoformat(one[:10]), date.fromisoformat(one[11:])) for one in raw)


KIND = pl.concat_str("part", pl.lit("|"), "basis", pl.lit("|"), pl.col("detail").str.replace_all(r"=[^;]*", "")).alias(
    "kind"
)
"""What is superseded together: a part, as provider or commissioner, in all of one subdivision."""


def standing(frame: pl.LazyFrame, held: Held) -> pl.LazyFrame:
    """The observations of a file that are in force."""
    whole = [period for one in held.superseded if not one.kinds for period in one.periods]
    if whole:
        gone = pl.LazyFrame(whole, schema={"start": pl.Date, "end": pl.Date}, orient="row")
        frame = frame.join(gone, on=["start", "end"], how="anti")
    single = [(*period, kind) for one in held.superseded for kind in one.kinds for period in one.periods]
    if single:
        gone = pl.LazyFrame(single, schema={"start": pl.Date, "end": pl.Date, "kind": pl.String}, orient="row")
        frame = frame.with_columns(KIND).join(gone, on=["start", "end", "kind"], how="anti").drop("kind")
    return frame
