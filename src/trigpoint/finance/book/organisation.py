"""What kind of organisation a plan is of. A module of its own, for business rules are read before a book is."""

from __future__ import annotations

from enum import Enum


class OrganisationType(Enum):
    """What kind of organisation a plan is of: business rules apply by it."""

    CCG = "CCG"
    ICB = "ICB"
    TRUST = "trust"
