"""Organisations as they are found in a list, gathered into rows of places."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from trigpoint.places.model import PlaceKind
from trigpoint.releases.observation import Basis
from trigpoint.releases.release import Organisation

BASES = MappingProxyType(
    {
        PlaceKind.REGION: Basis.REGION,
        PlaceKind.ICB: Basis.SYSTEM,
        PlaceKind.STP: Basis.SYSTEM,
        PlaceKind.CCG: Basis.COMMISSIONER,
        PlaceKind.SUB_ICB: Basis.COMMISSIONER,
        PlaceKind.TRUST: Basis.PROVIDER,
        PlaceKind.PCN: Basis.NETWORK,
        PlaceKind.PRACTICE: Basis.PRACTICE,
    }
)
"""As what an organisation of a kind is counted; any other, a hub or a clinic, as a provider."""


@dataclass(slots=True)
class Found:
    """One organisation, as far as the list tells of it."""

    code: str
    name: str
    kind: PlaceKind
    parent: str = ""
    opened: date | None = None
    closed: date | None = None
    successor: str = ""

    def row(self) -> dict[str, str]:
        """As a row of ``places.csv``."""
        return {
            "code": self.code,
            "name": self.name,
            "kind": self.kind.value,
            "parent": self.parent,
            "aliases": "",
            "valid_from": self.opened.isoformat() if self.opened else "",
            "valid_to": self.closed.isoformat() if self.closed else "",
            "successor": self.successor,
        }

    def organisation(self) -> Organisation:
        """As what it is counted."""
        return Organisation(self.code, self.name, BASES.get(self.kind, Basis.PROVIDER), self.parent)


@dataclass(slots=True)
class Gathered:
    """All organisations of a file by code, and what was left out."""

    by_code: dict[str, Found] = field(default_factory=dict)
    rejected: list[str] = field(default_factory=list)

    def merge(self, one: Found) -> None:
        """Add an organisation, or what a further table knows of it: what is said last of it is kept."""
        known = self.by_code.setdefault(one.code, one)
        known.name = one.name or known.name
        known.parent = one.parent or known.parent
        known.opened = one.opened or known.opened
        known.closed = one.closed or known.closed
        known.successor = one.successor or known.successor

    @property
    def rows(self) -> tuple[dict[str, str], ...]:
        """The rows of places, in the order in which they were met."""
        return tuple(one.row() for one in self.by_code.values())

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        """The organisations, in the same order."""
        return tuple(one.organisation() for one in self.by_code.values())
