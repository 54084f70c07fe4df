"""Mergers and divisions: who took over from whom, and which earlier organisations together make up a later one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import cache

from trigpoint.places.membership import load_memberships
from trigpoint.places.model import Place, PlaceKind
from trigpoint.places.national import load_national, pack_rows

_LOCATIONS = (PlaceKind.SUB_ICB, PlaceKind.CCG)


class Extent(Enum):
    """How much of an organisation another took over."""

    WHOLE = "whole"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Succession:
    """On ``day``, its first, ``successor`` took over from ``predecessor``; both are codes."""

    predecessor: str
    successor: str
    day: date
    extent: Extent


@dataclass(frozen=True, slots=True)
class AreaChange:
    """From ``day`` on, an organisation of an unchanged code covers more or less than before; ``what`` says it."""

    day: date
    what: str


@dataclass(frozen=True, slots=True)
class _Boundary:
    day: date
    giver: str
    receiver: str
    area: str


@cache
def load_successions() -> tuple[Succession, ...]:
    """Every succession that is known: of commissioning groups since 2015, of boards, of trusts since 2013, of hubs.

    An organisation that was divided has several, each of a part. The ``source`` column of the file names where each row
    comes from and what is not verified.
    """
    return tuple(
        Succession(row["predecessor"], row["successor"], date.fromisoformat(row["day"]), Extent(row["extent"]))
        for row in pack_rows("successions.csv")
    )


def constituents(code: str, at: date, *, locations: bool = False) -> tuple[str, ...] | None:
    """The organisations of day ``at`` that together make up an organisation whole: add their parts to have its figure.

    Codes in alphabetical order. An organisation that existed then is itself, as it then was: what it took over or gave
    away later is told by ``area_changes``. One that was made later is those it was made of, over several mergers where
    need be. A board (ICB) before April 2026 is the boards it was made of, where they went into it whole, and else their
    sub-ICB locations; before July 2022 it is the commissioning groups of the partnership (STP) of its code.
    ``locations`` asks for sub-ICB locations or commissioning groups in any case.

    ``None`` where the parts cannot be told: something divided went into it, it was closed before that day, or the code
    is not known.

    >>> constituents("D2P2L", date(2019, 6, 30)), constituents("Z9B2Z", date(2026, 1, 31))
    (('05C', '05L', '05Y', '06A'), ('QMJ', 'QRV'))
    >>> constituents("S0E4D", date(2026, 1, 31)) is None  # Thames Valley has a part of Frimley, which was divided
    True
    """
    place = _national(code)
    if place is None or (place.valid_to is not None and place.valid_to < at):
        return None
    if locations and place.kind in (PlaceKind.ICB, PlaceKind.REGION):
        return _by_members(code, at)
    if place.existed(at):
        return (code,)
    if place.kind is PlaceKind.ICB:
        return _boards(place, at) or _by_members(code, at)
    return _traced(code, place.valid_from or at, at)


def area_changes(code: str, since: date, until: date) -> tuple[AreaChange, ...]:
    """What an organisation took over or gave away after ``since`` and by ``until``, under the same code; oldest first.

    Its figures before and after such a day are not of the same area or services.

    >>> [change.what for change in area_changes("D2P2L", date(2021, 4, 30), date(2026, 1, 31))]
    ['West Birmingham went to 15E']
    """
    place = _national(code)
    begun = place.valid_from if place is not None else None
    found = [
        AreaChange(one.day, f"took over {'the whole' if one.extent is Extent.WHOLE else 'a part'} of {one.predecessor}")
        for one in _into().get(code, ())
        if begun is None or one.day > begun
    ]
    for one in _boundaries():
        if one.giver == code:
            found.append(AreaChange(one.day, f"{one.area} went to {one.receiver}"))
        if one.receiver == code:
            found.append(AreaChange(one.day, f"{one.area} came from {one.giver}"))
    return tuple(sorted((one for one in found if since < one.day <= until), key=lambda one: (one.day, one.what)))


def _boards(place: Place, at: date) -> tuple[str, ...] | None:
    """The boards that a later one was made of, where all existed on the day and went into it whole."""
    into = [one for one in _into().get(place.code, ()) if one.day == place.valid_from]
    if not into or any(one.extent is not Extent.WHOLE for one in into):
        return None
    boards = [_national(one.predecessor) for one in into]
    if any(board is None or not board.existed(at) for board in boards):
        return None
    return tuple(sorted(one.predecessor for one in into))


def _by_members(code: str, at: date) -> tuple[str, ...] | None:
    """The locations that belonged to a board or region on a day, or before there was any, those of its first day."""
    memberships = load_memberships()
    began = memberships.began(code)
    if began is None:
        return None
    members = [one for one in memberships.members(code, max(at, began)) if _national(one) is not None]
    found: list[tuple[str, ...] | None] = []
    for one in members:
        place = load_national()[one]
        if place.kind is PlaceKind.ICB:
            found.append(_by_members(one, at))
        elif place.kind in _LOCATIONS:
            found.append(_traced(one, max(at, began), at))
    return _together(found)


def _traced(code: str, known: date, at: date) -> tuple[str, ...] | None:
    """What on day ``at`` makes up an organisation as it was on the later day ``known``."""
    place = _national(code)
    if place is None or any(code == one.receiver and at < one.day <= known for one in _boundaries()):
        return None
    into = [one for one in _into().get(code, ()) if at < one.day <= known]
    if any(one.extent is Extent.PART for one in into):
        return None
    found = [_traced(one.predecessor, one.day - timedelta(1), at) for one in into]
    if place.existed(at):
        found.append((code,))
    return _together(found)


def _together(found: Iterable[tuple[str, ...] | None]) -> tuple[str, ...] | None:
    """All codes, each once; ``None`` where one group is not known or there is none."""
    codes: set[str] = set()
    for group in found:
        if group is None:
            return None
        codes.update(group)
    return tuple(sorted(codes)) or None


def _national(code: str) -> Place | None:
    return load_national().find(code)


@cache
def _into() -> Mapping[str, tuple[Succession, ...]]:
    groups: dict[str, list[Succession]] = {}
    for one in load_successions():
        groups.setdefault(one.successor, []).append(one)
    return {code: tuple(found) for code, found in groups.items()}


@cache
def _boundaries() -> tuple[_Boundary, ...]:
    return tuple(
        _Boundary(date.fromisoformat(row["day"]), row["giver"], row["receiver"], row["area"])
        for row in pack_rows("boundary_changes.csv")
    )
