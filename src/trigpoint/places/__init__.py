"""Places: organisations, localities and practices, their codes, parents and years, and the names people give them.

``read_places`` makes a register from rows, ``load_shipped`` gives the one that comes with Trigpoint; ``match`` finds
the place a name means and says how sure it is; ``variants`` groups spellings of what is probably one name.

``load_national`` gives the organisations of the NHS in England since 2013, ``load_memberships`` what belonged to what
on a day, ``constituents`` the earlier organisations that together make up a later one.

>>> from trigpoint.places import load_shipped, match
>>> match("Dudley CCG", load_shipped()).place.code
'05C'
"""

from __future__ import annotations

from trigpoint.places.matching import THRESHOLD, How, Match, match, variants
from trigpoint.places.membership import Membership, Memberships, load_memberships
from trigpoint.places.model import Place, PlaceKind
from trigpoint.places.national import load_national
from trigpoint.places.register import COLUMNS, Places, read_places, register
from trigpoint.places.shipped import load_shipped
from trigpoint.places.succession import AreaChange, Extent, Succession, area_changes, constituents, load_successions

__all__ = [
    "COLUMNS",
    "THRESHOLD",
    "AreaChange",
    "Extent",
    "How",
    "Match",
    "Membership",
    "Memberships",
    "Place",
    "PlaceKind",
    "Places",
    "Succession",
    "area_changes",
    "constituents",
    "load_memberships",
    "load_national",
    "load_shipped",
    "load_successions",
    "match",
    "read_places",
    "register",
    "variants",
]
