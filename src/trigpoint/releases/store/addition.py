"""What came of adding one file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from trigpoint.releases.store.changes import Change
from trigpoint.releases.store.held import Held


class Outcome(Enum):
    """What became of a file that was read."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    REPLACED = "replaced an older one"
    KEPT_AS_OLDER = "kept as an older one"
    BESIDE = "stands beside"


@dataclass(frozen=True, slots=True)
class Addition:
    """One file added. ``changes`` has one entry for each file whose place it took; ``notes`` say the rest in words."""

    outcome: Outcome
    held: Held
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
