"""A file comes to those already held: what it replaces, what stays in force before it, what it stands beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from trigpoint.releases.store.addition import Outcome
from trigpoint.releases.store.changes import Change, differences
from trigpoint.releases.store.held import KIND, Held
from trigpoint.releases.store.precedence import SLOT, Collision, Sign, collide, newer, sharing, superseded_by
from trigpoint.releases.tables.spans import period_words
from trigpoint.wording import count

Read = Callable[[Held, pl.DataFrame], pl.DataFrame]
"""The observations of a file that are in force, of the periods (``start``, ``end``) in the frame."""


@dataclass(slots=True)
class Settled:
    """The newcomer and the files whose standing it changed, by number, with what is to be said of it."""

    held: Held
    others: dict[int, Held] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def outcome(self) -> Outcome:
        """What became of the newcomer."""
        if self.held.beside:
            return Outcome.BESIDE
        if not self.held.in_force:
            return Outcome.KEPT_AS_OLDER
        return Outcome.REPLACED if self.changes else Outcome.ADDED


def settle(held: Held, frame: pl.DataFrame, files: Sequence[Held], read: Read) -> Settled:
    """Put a file in its place among those held. Only the periods that they share are read of them."""
    settled = Settled(replace(held, beside=not held.whole, superseded=()))
    met = []
    for other in sharing(settled.held, files):
        common = set(held.periods) & set(other.periods)
        periods = pl.DataFrame(sorted(common), schema={"start": pl.Date, "end": pl.Date}, orient="row")
        theirs = read(other, periods)
        found = collide(frame.join(periods, on=["start", "end"], how="semi"), theirs)
        if found is not None:
            met.append((other, found, theirs.with_columns(KIND).select(SLOT).unique()))
    _stand_beside(settled, met)
    if not settled.held.beside:
        for other, collision, slots in met:
            if not settled.others.get(other.number, other).beside:
                _take_place(settled, frame, other, collision, slots)
    return settled


def _stand_beside(settled: Settled, met: Sequence[tuple[Held, Collision, pl.DataFrame]]) -> None:
    """A file of some organisations only never takes the place of one that holds all of them."""
    for other, collision, _ in met:
        mine, theirs = collision.partial
        if other.beside and not theirs:
            continue
        if theirs and not mine and settled.held.whole:
            settled.others[other.number] = replace(other, beside=True)
            settled.notes.append(
                f"{other.file} holds fewer organisations or figures; it only fills what this one lacks"
            )
        elif mine or not settled.held.whole:
            few, many = collision.mine["org"].n_unique(), collision.theirs["org"].n_unique()
            settled.held = replace(settled.held, beside=True)
            what = f"{few:,} of {count(many, 'organisation')}" if few < many else "some of the figures"
            settled.notes.append(f"it holds {what} of {other.file}, and only fills what that file lacks")


def _take_place(settled: Settled, frame: pl.DataFrame, other: Held, collision: Collision, slots: pl.DataFrame) -> None:
    wins, sign = newer(settled.held, other)
    spans = collision.slots.select("start", "end")
    covered = period_words(spans["start"].min(), spans["end"].max())  # type: ignore[arg-type]
    if not wins:
        mine = frame.with_columns(KIND).select(SLOT).unique()
        gone = _gone(settled.held, mine)
        settled.held = superseded_by(settled.held, collision.slots, gone)
        settled.notes.append(f"{other.file} is newer by {sign.value} and stays in force for {covered}")
        return
    settled.others[other.number] = superseded_by(other, collision.slots, slots)
    change = differences(collision.theirs, collision.mine, other.file)
    settled.changes.append(change)
    settled.notes.append(f"it takes the place of {other.file} for {covered}: {change}")
    if sign is Sign.NONE and change.differs:
        said = f"{covered} was given twice with different figures, and nothing says which is newer"
        settled.notes.append(f"{said}: the file added last is in force; `trigpoint data remove` takes either away")


def _gone(held: Held, slots: pl.DataFrame) -> pl.DataFrame:
    """The slots of a newcomer that are still in force: an earlier file may have kept some already."""
    periods = pl.DataFrame(sorted(held.replaced), schema={"start": pl.Date, "end": pl.Date}, orient="row")
    slots = slots.join(periods, on=["start", "end"], how="anti")
    rows = [(*period, kind) for one in held.superseded for kind in one.kinds for period in one.periods]
    kinds = pl.DataFrame(rows, schema={"start": pl.Date, "end": pl.Date, "kind": pl.String}, orient="row")
    return slots.join(kinds, on=SLOT, how="anti")
