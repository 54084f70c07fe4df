"""Which share of a provider belongs to which commissioner: stated by the user or by a file, and never guessed.

A workspace's own is ``published/mapping.csv`` with the columns release, provider, commissioner, share, source,
valid_from and valid_to. An empty release means every release, an empty share all of the provider, an empty date no
limit.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from trigpoint.errors import InputError, Where
from trigpoint.plans.workspace_files import decode, system_errors_told
from trigpoint.wording import count, listed

if TYPE_CHECKING:
    from trigpoint.releases.release import Mapped
    from trigpoint.releases.store.held import Held
    from trigpoint.releases.store.store import Store

FILE = "mapping.csv"
COLUMNS = ("release", "provider", "commissioner", "share", "source", "valid_from", "valid_to")
HOW = (
    "state which providers make it up in published/mapping.csv of the workspace (columns "
    f"{', '.join(COLUMNS)}), or give --mapping FILE.csv or --mapping workbook"
)
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Share:
    """A provider's share that belongs to a commissioner, from a first to a last day where they are stated."""

    provider: str
    commissioner: str
    share: float = 1.0
    release: str = ""
    source: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def holds(self, release: str, day: date) -> bool:
        """Whether it is stated of a release on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to) and self.release in ("", release)


@dataclass(frozen=True, slots=True)
class StatedMapping:
    """All shares of one statement; ``name`` is what the source of a figure calls it."""

    name: str
    shares: tuple[Share, ...]

    def of(self, commissioner: str, release: str, day: date) -> tuple[Share, ...]:
        """The providers of a commissioner on a day."""
        return tuple(one for one in self.shares if one.commissioner == commissioner and one.holds(release, day))


def read_mapping(path: Path) -> StatedMapping:
    """A table of shares. Raises ``InputError`` for columns that are missing, rows that cannot be used or stand twice,
    and providers that are given away more than once over."""
    shown = str(path)
    with system_errors_told(shown):
        if not path.is_file():
            raise InputError("there is no such mapping", where=shown, remedy=HOW)
        text = decode(path.read_bytes(), shown)
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in ("provider", "commissioner") if name not in (reader.fieldnames or ())]
    if missing:
        raise InputError(f"there is no column {listed(missing)}", where=shown, remedy=f"it needs {', '.join(COLUMNS)}")
    shares = tuple(_share(row, Where(shown, row=line)) for line, row in enumerate(reader, start=2) if any(row.values()))
    _refuse_double(shares, shown)
    return StatedMapping(path.name, shares)


def _share(row: Mapping[str, str | None], where: Where) -> Share:
    said = {name: (row.get(name) or "").strip() for name in COLUMNS}
    if not said["provider"] or not said["commissioner"]:
        raise InputError("a provider or a commissioner is missing", where=where, remedy="give both codes")
    try:
        share = float(said["share"]) if said["share"] else 1.0
        first, last = (date.fromisoformat(said[name]) if said[name] else None for name in ("valid_from", "valid_to"))
    except ValueError as error:
        raise InputError(f"this is no share or date ({error})", where=where, remedy="write 0.25, 2025-04-01") from None
    if not 0 < share <= 1:
        raise InputError(
            f"the share {said['share']} is not between 0 and 1", where=where, remedy="write 0.25 for a quarter"
        )
    codes = said["provider"].upper(), said["commissioner"].upper()
    return Share(*codes, share, said["release"].lower(), said["source"], first, last)


def _refuse_double(shares: tuple[Share, ...], shown: str) -> None:
    """Rows that stand twice, and shares of one provider that come to more than the whole of it on a day."""
    for at, one in enumerate(shares):
        meeting = [other for other in shares if _meet(one, other)]
        if any(_meet(one, other) and other.commissioner == one.commissioner for other in shares[:at]):
            what = f"{one.provider} with {one.commissioner} stands twice for the same days"
            raise InputError(what, where=shown, remedy="keep one of the rows")
        day = one.valid_from or date.min
        total = sum(other.share for other in meeting if other.holds(one.release, day))
        if total > 1 + _TOLERANCE:
            what = f"the shares of {one.provider} come to {total:.4g}, more than the whole of it"
            raise InputError(what, where=shown, remedy="let them add up to 1 or less")


def _meet(one: Share, other: Share) -> bool:
    if one.provider != other.provider or (one.release and other.release and one.release != other.release):
        return False
    first = max(one.valid_from or date.min, other.valid_from or date.min)
    return first <= min(one.valid_to or date.max, other.valid_to or date.max)


def stated_mapping(store: Store, choice: str = "") -> StatedMapping | None:
    """The mapping that was asked for: ``workbook`` for what added files state, the name of a file, or, where nothing
    was asked, ``published/mapping.csv`` if the workspace has one; ``None`` if not."""
    own = store.folder / FILE
    if not choice:
        return read_mapping(own) if own.is_file() else None
    return _of_workbooks(store) if choice.lower() == "workbook" else read_mapping(Path(choice))


def _of_workbooks(store: Store) -> StatedMapping:
    """What files state, each from its first day until the next one's; the earliest holds for what was before it."""
    by_release: dict[str, list[tuple[Held, tuple[Mapped, ...]]]] = {}
    for held, rows in sorted(store.mapping(), key=lambda one: (one[0].periods[-1:], one[0].number)):
        by_release.setdefault(held.release, []).append((held, rows))
    if not by_release:
        raise InputError("no file in the workspace states a mapping", where=str(store.workspace), remedy=HOW)
    shares = []
    for release, stated in by_release.items():
        begun = [held.periods[-1][0] if held.periods else None for held, _ in stated]
        for at, (held, rows) in enumerate(stated):
            following = next((day for day in begun[at + 1 :] if day is not None), None)
            first = begun[at] if at else None
            last = following - timedelta(days=1) if following is not None else None
            source = f"{Path(held.file).name}, {held.covered_words}"
            shares += [
                Share(one.provider.upper(), one.commissioner.upper(), one.share, release, source, first, last)
                for one in rows
            ]
    return StatedMapping("the workbook", tuple(shares))


def unknown(mapping: StatedMapping, known: Collection[str]) -> str:
    """A sentence that names codes of a mapping that are in no file; "" where all are known."""
    strange = sorted(_codes(mapping.shares) - set(known))
    if not strange:
        return ""
    shown = listed(strange[:10]) + (f" and {len(strange) - 10:,} more" if len(strange) > 10 else "")
    return f"{mapping.name}: {count(len(strange), 'code')} in no file of the workspace: {shown}"


def _codes(shares: Iterable[Share]) -> set[str]:
    return {one.provider for one in shares}
