"""The store against a slow one of dictionaries: any files, added and removed in any order."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.published_files import TODAY, published

from trigpoint.releases.observation import Status
from trigpoint.releases.store import open_store

Key = tuple[str, str, str, int]
ORDER = list(Status)


@dataclass
class Edition:
    """A file as the slow store sees it: figures by part, organisation, detail and month."""

    number: int
    figures: dict[Key, float]
    day: date | None
    status: Status
    whole: bool
    beside: bool = False
    gone: set[tuple[str, str, int]] = field(default_factory=set)

    def live(self) -> dict[Key, float]:
        return {key: value for key, value in self.figures.items() if slot(key) not in self.gone}


def slot(key: Key) -> tuple[str, str, int]:
    """Part, names of the details, month."""
    names = ";".join(one.split("=")[0] for one in key[2].split(";"))
    return key[0], names, key[3]


def half(mine: dict[Key, float], theirs: dict[Key, float]) -> tuple[bool, bool]:
    for few, many in ((len({key[1] for key in mine}), len({key[1] for key in theirs})), (len(mine), len(theirs))):
        if 2 * few <= many or 2 * many <= few:
            return 2 * few <= many, 2 * many <= few
    return False, False


def newer(one: Edition, other: Edition) -> bool:
    if one.day and other.day and one.day != other.day:
        return one.day > other.day
    if one.status is not other.status:
        return ORDER.index(one.status) > ORDER.index(other.status)
    return max(key[3] for key in one.figures) >= max(key[3] for key in other.figures)


def put_in(editions: list[Edition], new: Edition) -> None:
    new.beside, new.gone = not new.whole, set()
    met = []
    for other in editions:
        live = other.live()
        slots = {slot(key) for key in new.figures if key in live}
        if slots:
            mine = {key: value for key, value in new.figures.items() if slot(key) in slots}
            theirs = {key: value for key, value in live.items() if slot(key) in slots}
            met.append((other, slots, half(mine, theirs)))
    for other, _, (mine_few, theirs_few) in met:
        if other.beside and not theirs_few:
            continue
        if theirs_few and not mine_few and new.whole:
            other.beside = True
        elif mine_few or not new.whole:
            new.beside = True
    if not new.beside:
        for other, slots, _ in met:
            if not other.beside:
                (other if newer(new, other) else new).gone |= slots
    editions.append(new)


def shown(editions: list[Edition]) -> dict[Key, float]:
    found: dict[Key, float] = {}
    for one in editions:
        if not one.beside:
            found |= one.live()
    for one in sorted(
        (one for one in editions if one.beside),
        key=lambda one: (one.day or date.min, ORDER.index(one.status), one.number),
        reverse=True,
    ):
        found = one.live() | found
    return found


KEYS = st.tuples(
    st.sampled_from(["calls", "incidents"]),
    st.sampled_from(["RNA", "RKB", "RRK", "RWP"]),
    st.sampled_from(["", "sex=male", "sex=female", "age=1"]),
    st.integers(4, 7),
)
FILES = st.tuples(
    st.dictionaries(KEYS, st.integers(0, 3).map(float), min_size=1, max_size=14),
    st.sampled_from([None, date(2025, 7, 1), date(2025, 8, 1)]),
    st.sampled_from(ORDER),
    st.booleans() | st.just(value=True),
)
STEPS = st.lists(st.tuples(FILES, st.none() | st.integers(0, 5)), min_size=1, max_size=6)


@given(steps=STEPS)
@settings(max_examples=60, deadline=None)
def test_the_store_shows_what_the_slow_one_shows(steps) -> None:
    editions: list[Edition] = []
    digests: dict[int, str] = {}
    with TemporaryDirectory() as folder:
        store = open_store(Path(folder))
        for number, ((figures, day, status, whole), gone) in enumerate(steps):
            put_in(editions, Edition(number, figures, day, status, whole))
            rows = [(*key, value) for key, value in figures.items()]
            added = store.add(published(f"{number}.csv", rows, day=day, status=status, whole=whole), TODAY)
            digests[number] = added.held.digest
            if gone is not None and gone < len(editions):
                removed = editions[gone].number
                left = [one for one in editions if one.number != removed]
                editions = []
                for one in left:
                    put_in(editions, one)
                store.remove(digests[removed])
            for reader in (store, open_store(Path(folder))):
                frame = reader.observations()
                keys = zip(frame["part"], frame["org"], frame["detail"], frame["start"].dt.month(), strict=True)
                assert dict(zip(keys, frame["value"], strict=True)) == shown(editions)
                assert len(frame) == len(shown(editions))
