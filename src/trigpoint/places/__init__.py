"""Places: organisations, localities and practices, their codes, parents and years, and the names people give them.

``read_places`` makes a register from rows, ``load_shipped`` gives the one that comes with Trigpoint; ``match`` finds
the place a name means and says how sure it is; ``variants`` groups spellings of what is probably one name.

>>> from trigpoint.places import load_shipped, match
>>> match("Dudley CCG", load_shipped()).place.code
'05C'
"""

from __future__ import annotations

from trigpoint.places.matching import THRESHOLD, How, Match, match, variants
from trigpoint.places.model import Place, PlaceKind
from trigpoint.places.register import COLUMNS, Places, read_places, register
from trigpoint.places.shipped import load_shipped

__all__ = [
    "COLUMNS",
    "THRESHOLD",
    "How",
    "Match",
    "Place",
    "PlaceKind",
    "Places",
    "load_shipped",
    "match",
    "read_places",
    "register",
    "variants",
]
