"""Which of two files that give the same figures is in force."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

import polars as pl

from trigpoint.releases.observation import KEY, Status
from trigpoint.releases.store.held import KIND, Held, Superseded

SLOT = ("start", "end", "kind")
_SETTLED = list(Status)


class Sign(Enum):
    """What says which of two editions is the newer."""

    DATE = "its date of publication"
    STATUS = "its status"
    REACH = "the period that it reaches to"
    NONE = "nothing"


def newer(candidate: Held, other: Held) -> tuple[bool, Sign]:
    """Whether a file added later is the newer edition, and what says so.

    The later date of revision or publication decides where both have one, else the status, else the edition that
    reaches further; where nothing tells them apart the one added later is taken.
    """
    if candidate.dated and other.dated and candidate.dated != other.dated:
        return candidate.dated > other.dated, Sign.DATE
    settled, before = _SETTLED.index(candidate.status), _SETTLED.index(other.status)
    if settled != before:
        return settled > before, Sign.STATUS
    reach, reached = max(end for _, end in candidate.periods), max(end for _, end in other.periods)
    if reach != reached:
        return reach > reached, Sign.REACH
    return True, Sign.NONE


def order_beside(held: Held) -> tuple[date, int, int]:
    """Files of some organisations only: the newest of them fills first."""
    return held.dated or date.min, _SETTLED.index(held.status), held.number


@dataclass(frozen=True, slots=True)
class Collision:
    """Slots (periods and kinds) of which two files both give figures, with the rows of either in them."""

    slots: pl.DataFrame
    mine: pl.DataFrame
    theirs: pl.DataFrame

    @property
    def partial(self) -> tuple[bool, bool]:
        """Whether mine, and theirs, holds at most half of the other's organisations, or else of its figures."""
        organisations = self.mine["org"].n_unique(), self.theirs["org"].n_unique()
        for some, others in (organisations, (len(self.mine), len(self.theirs))):
            if 2 * some <= others or 2 * others <= some:
                return 2 * some <= others, 2 * others <= some
        return False, False


def collide(mine: pl.DataFrame, theirs: pl.DataFrame) -> Collision | None:
    """Where two files give a figure of the same key; ``None`` where they complement each other.

    One part after the other: a month of waiting lists has more than a million figures, and twice that is to be joined.
    """
    found = []
    for part in sorted(set(mine["part"].unique()) & set(theirs["part"].unique())):
        own, other = (frame.filter(pl.col("part") == part).with_columns(KIND) for frame in (mine, theirs))
        slots = own.join(other.select(KEY), on=KEY, how="semi").select(SLOT).unique()
        if len(slots):
            found.append((slots, *(frame.join(slots, on=SLOT, how="semi").drop("kind") for frame in (own, other))))
    if not found:
        return None
    slots, own, other = (pl.concat(frames) for frames in zip(*found, strict=True))
    return Collision(slots, own, other)


def superseded_by(held: Held, slots: pl.DataFrame, kinds: pl.DataFrame) -> Held:
    """The file, no longer in force in these slots. ``kinds`` are all of its slots that were in force, to tell a period
    that is gone altogether."""
    gone = slots.join(kinds, on=SLOT, how="semi")
    remains = kinds.join(gone, on=SLOT, how="anti").select("start", "end").unique()
    whole = gone.select("start", "end").unique().join(remains, on=["start", "end"], how="anti")
    partly = gone.join(whole, on=["start", "end"], how="anti")
    entries = [*held.superseded]
    if len(whole):
        entries.append(Superseded(tuple(sorted(whole.iter_rows()))))
    by_period: dict[tuple[date, date], list[str]] = {}
    for start, end, kind in partly.sort(SLOT).iter_rows():
        by_period.setdefault((start, end), []).append(kind)
    by_kinds: dict[tuple[str, ...], list[tuple[date, date]]] = {}
    for period, names in by_period.items():
        by_kinds.setdefault(tuple(names), []).append(period)
    entries += [Superseded(tuple(periods), names) for names, periods in by_kinds.items()]
    return replace(held, superseded=tuple(entries))


def sharing(held: Held, files: Iterable[Held]) -> Sequence[Held]:
    """Files of the same release and variant with a period in common that is still in force there."""
    periods = set(held.periods)
    return [
        one
        for one in files
        if (one.release, one.variant) == (held.release, held.variant) and periods & (set(one.periods) - one.replaced)
    ]
