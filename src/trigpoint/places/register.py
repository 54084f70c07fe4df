"""The register of places: looked up by code, followed to parents, children and successors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from trigpoint.errors import InputError, InputErrors, Where
from trigpoint.places.model import Place, PlaceKind

COLUMNS = ("code", "name", "kind", "parent", "aliases", "valid_from", "valid_to", "successor")


@dataclass(frozen=True, eq=False)
class Places:
    """All places of a register, in the order given. Make one with ``register``, which checks the rows.

    Registers are compared by identity, so that what is worked out from a large one can be kept.
    """

    rows: tuple[Place, ...] = ()

    def __iter__(self) -> Iterator[Place]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __getitem__(self, code: str) -> Place:
        return self._by_code[code]

    def find(self, code: str) -> Place | None:
        """The place of a code; ``None`` where the register has none."""
        return self._by_code.get(code)

    @cached_property
    def _by_code(self) -> Mapping[str, Place]:
        return {place.code: place for place in self.rows}

    @cached_property
    def _children(self) -> Mapping[str, tuple[Place, ...]]:
        groups: dict[str, list[Place]] = {}
        for place in self.rows:
            groups.setdefault(place.parent, []).append(place)
        return {parent: tuple(places) for parent, places in groups.items()}

    def children(self, code: str, at: date | None = None) -> tuple[Place, ...]:
        """The places whose parent this is, those alone that existed on ``at`` where a day is given."""
        found = self._children.get(code, ())
        return found if at is None else tuple(place for place in found if place.existed(at))

    def ancestors(self, code: str) -> tuple[Place, ...]:
        """Parent, its parent and so on, nearest first. ``KeyError`` for an unknown code."""
        return tuple(self._chain(self[code], lambda place: place.parent))[1:]

    def current(self, code: str, at: date) -> Place | None:
        """The place that a code stands for on a day: itself, or who took over from it.

        ``None`` where neither it nor any successor existed then. ``KeyError`` for an unknown code.
        """
        chain = self._chain(self[code], lambda place: place.successor)
        return next((place for place in chain if place.existed(at)), None)

    def at(self, day: date) -> Places:
        """The places that existed on a day."""
        if day not in self._by_day:
            self._by_day[day] = Places(tuple(place for place in self.rows if place.existed(day)))
        return self._by_day[day]

    @cached_property
    def _by_day(self) -> dict[date, Places]:
        return {}

    def _chain(self, place: Place, following: Callable[[Place], str]) -> Iterator[Place]:
        """A place and those that a reference leads to, each once."""
        seen: set[str] = set()
        step: Place | None = place
        while step is not None and step.code not in seen:
            seen.add(step.code)
            yield step
            step = self._by_code.get(following(step))


def register(rows: Iterable[Place], *, file: str = "places.csv") -> Places:
    """A register of checked rows.

    Raises InputErrors with every mistake at once: a code used twice, a parent or successor that is not in the register,
    a place that is its own ancestor or successor, an end before its beginning. Lines are counted from the header.

    >>> dudley = Place("05C", "NHS Dudley CCG", PlaceKind.CCG)
    >>> north = Place("north", "Dudley & Netherton", PlaceKind.LOCALITY, parent="05C")
    >>> [place.name for place in register([dudley, north]).children("05C")]
    ['Dudley & Netherton']
    """
    places = Places(tuple(rows))
    circles = {field: _circling(places, field) for field in ("parent", "successor")}
    errors = [
        error
        for line, place in enumerate(places, start=2)
        for error in _faults(place, places, circles, Where(file, line))
    ]
    errors += _repeated(places, file)
    if errors:
        raise InputErrors(tuple(errors))
    return places


def _repeated(places: Places, file: str) -> Iterator[InputError]:
    first_line: dict[str, int] = {}
    for line, place in enumerate(places, start=2):
        first = first_line.setdefault(place.code, line)
        if first != line:
            where = Where(file, line)
            yield InputError(
                f"code “{place.code}” stands already on line {first}",
                where=where,
                remedy="give each place its own code",
            )


def _faults(place: Place, places: Places, circles: Mapping[str, frozenset[str]], where: Where) -> Iterator[InputError]:
    """What is wrong with one row, seen with the others."""
    for said, code in (("parent", place.parent), ("successor", place.successor)):
        if code and code not in places:
            remedy = f"add a row with the code “{code}” or leave the {said} empty"
            yield InputError(f"{said} “{code}” of “{place.name}” is not in the register", where=where, remedy=remedy)
    if place.code in circles["parent"]:
        yield InputError(f"“{place.name}” is its own ancestor", where=where, remedy="correct the parent")
    if place.code in circles["successor"]:
        yield InputError(f"“{place.name}” is its own successor", where=where, remedy="correct the successor")
    if place.valid_from and place.valid_to and place.valid_to < place.valid_from:
        yield InputError(
            f"“{place.name}” ends on {place.valid_to} before it begins on {place.valid_from}",
            where=where,
            remedy="correct valid_from or valid_to",
        )


def _circling(places: Places, field: str) -> frozenset[str]:
    """The codes from which following ``field`` leads back to them. Each place is followed once."""
    followed: set[str] = set()
    circling: set[str] = set()
    for place in places:
        chain: dict[str, None] = {}
        code = place.code
        while code in places and code not in followed and code not in chain:
            chain[code] = None
            code = getattr(places[code], field)
        if code in chain:
            codes = list(chain)
            circling.update(codes[codes.index(code) :])
        followed.update(chain)
    return frozenset(circling)


def read_places(rows: Iterable[Mapping[str, str]], *, file: str = "places.csv") -> Places:
    """A register from the rows of ``places.csv``: code, name, kind, parent, aliases, valid_from, valid_to, successor.

    Only code, name and kind are needed; aliases are separated by "; ", dates are ISO. Raises InputErrors with every
    mistake at once, each with its line (the header is line 1).

    >>> row = {"code": "05C", "name": "NHS Dudley CCG", "kind": "ccg", "aliases": "Dudley CCG; DCCG"}
    >>> read_places([row])["05C"].aliases
    ('Dudley CCG', 'DCCG')
    """
    places: list[Place] = []
    errors: list[InputError] = []
    for line, row in enumerate(rows, start=2):
        try:
            places.append(_place(row, Where(file, line)))
        except InputErrors as found:
            errors.extend(found.errors)
    if errors:
        raise InputErrors(tuple(errors))
    return register(places, file=file)


def _place(row: Mapping[str, str], where: Where) -> Place:
    cells = {column: (row.get(column) or "").strip() for column in COLUMNS}
    errors = [
        InputError(f"the place has no {column}", where=where, remedy=f"fill in the {column}")
        for column in ("code", "name")
        if not cells[column]
    ]
    kinds = {kind.value: kind for kind in PlaceKind}
    if cells["kind"].lower() not in kinds:
        errors.append(
            InputError(f"“{cells['kind']}” is no kind of place", where=where, remedy=f"write one of {', '.join(kinds)}")
        )
    dates: dict[str, date | None] = {}
    for column in ("valid_from", "valid_to"):
        try:
            dates[column] = date.fromisoformat(cells[column]) if cells[column] else None
        except ValueError:
            errors.append(
                InputError(f"{column} “{cells[column]}” is no date", where=where, remedy="write it as 2021-03-31")
            )
    if errors:
        raise InputErrors(tuple(errors))
    return Place(
        code=cells["code"],
        name=cells["name"],
        kind=kinds[cells["kind"].lower()],
        parent=cells["parent"],
        aliases=tuple(alias.strip() for alias in cells["aliases"].split(";") if alias.strip()),
        valid_from=dates["valid_from"],
        valid_to=dates["valid_to"],
        successor=cells["successor"],
    )
