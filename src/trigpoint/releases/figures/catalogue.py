"""Every measure that published files give, by its id."""

from __future__ import annotations

from functools import cache

from rapidfuzz import process

from trigpoint.errors import InputError
from trigpoint.releases.measure import PublishedMeasure
from trigpoint.releases.registry import releases
from trigpoint.wording import listed


@cache
def measures() -> tuple[PublishedMeasure, ...]:
    """All measures, in the order of the releases."""
    return tuple(one for release in releases() for one in release.measures)


def measure(id: str) -> PublishedMeasure:
    """A measure by its id, capitals apart. Raises ``InputError`` with the nearest ids for an unknown one.

    >>> measure("ambulance-cat2-mean").unit
    'seconds'
    """
    asked = id.strip().lower()
    known = {one.id: one for one in measures()}
    made = (one.measure_of(asked) for one in releases() if one.measure_of is not None)
    found = known.get(asked) or next((one for one in made if one is not None), None) or _feeding(asked)
    if found is not None:
        return found
    near = [name for name, _, _ in process.extract(id.lower(), list(known), limit=3, score_cutoff=55)]
    remedy = f"did you mean {listed(near)}?" if near else "`trigpoint data measures` lists them"
    raise InputError(f"there is no published measure “{id}”", remedy=remedy)


def _feeding(indicator: str) -> PublishedMeasure | None:
    """The measure that feeds an indicator's definition, for one who asks by the name that plans use."""
    return next((one for one in measures() if one.definition == indicator), None)
