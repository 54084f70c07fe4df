"""Whether a place was there in a period: a practice that had closed is not silent, and has no figure either."""

from __future__ import annotations

from trigpoint.periods.calendar import Period
from trigpoint.places.model import Place


def existed_in(place: Place, period: Period) -> bool:
    """Whether a place existed on any day of a period.

    >>> from datetime import date
    >>> from trigpoint.periods.calendar import Month
    >>> from trigpoint.places.model import PlaceKind
    >>> closed = Place("P1", "Practice 1", PlaceKind.PRACTICE, valid_to=date(2017, 5, 10))
    >>> existed_in(closed, Month(2017, 5)), existed_in(closed, Month(2017, 6))
    (True, False)
    """
    begun = place.valid_from is None or place.valid_from <= period.end
    return begun and (place.valid_to is None or place.valid_to >= period.start)
