"""To what an organisation belonged, and when: parents change, and figures are of a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from trigpoint.places.national import pack_rows


@dataclass(frozen=True, slots=True)
class Membership:
    """One organisation's time under one parent, both by code; first and last day, ``None`` where it still goes on."""

    child: str
    parent: str
    valid_from: date
    valid_to: date | None = None

    def held(self, day: date) -> bool:
        """Whether the membership was in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, eq=False)
class Memberships:
    """All memberships, asked by day.

    >>> held = Memberships((Membership("06T", "QJG", date(2017, 4, 1), date(2026, 3, 31)),
    ...                     Membership("06T", "D7T5G", date(2026, 4, 1))))
    >>> [held.parent("06T", day) for day in (date(2026, 3, 31), date(2026, 4, 1), date(2013, 4, 1))]
    ['QJG', 'D7T5G', None]
    """

    rows: tuple[Membership, ...]

    def parent(self, code: str, at: date) -> str | None:
        """The code of what an organisation belonged to on a day; ``None`` where that is not known or there was none."""
        return next((row.parent for row in self._of_child.get(code, ()) if row.held(at)), None)

    def members(self, code: str, at: date) -> tuple[str, ...]:
        """The codes of what belonged to an organisation on a day, of every kind, in alphabetical order."""
        return tuple(sorted(row.child for row in self._of_parent.get(code, ()) if row.held(at)))

    def began(self, code: str) -> date | None:
        """The first day on which anything is known to have belonged to an organisation; ``None`` where nothing did."""
        return min((row.valid_from for row in self._of_parent.get(code, ())), default=None)

    @cached_property
    def _of_child(self) -> Mapping[str, tuple[Membership, ...]]:
        return _grouped(self.rows, "child")

    @cached_property
    def _of_parent(self) -> Mapping[str, tuple[Membership, ...]]:
        return _grouped(self.rows, "parent")


def _grouped(rows: tuple[Membership, ...], by: str) -> Mapping[str, tuple[Membership, ...]]:
    groups: dict[str, list[Membership]] = {}
    for row in rows:
        groups.setdefault(getattr(row, by), []).append(row)
    return {code: tuple(found) for code, found in groups.items()}


@cache
def load_memberships() -> Memberships:
    """Commissioning groups and sub-ICB locations under their partnership (STP) or board since April 2017, trusts under
    their board since July 2022, boards under their region since April 2020.

    A partnership and the board that followed it have one code. Memberships before these days are not known here. The
    ``source`` column of the file names the list of each row and what is not verified.

    >>> from datetime import date
    >>> load_memberships().members("QUA", date(2019, 6, 30))
    ('05C', '05L', '05Y', '06A')
    """
    return Memberships(
        tuple(
            Membership(row["child"], row["parent"], date.fromisoformat(row["valid_from"]), _day(row["valid_to"]))
            for row in pack_rows("memberships.csv")
        )
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
