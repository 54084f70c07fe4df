"""What a daily file says twice: England held against its trusts, printed occupancy against its beds."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from trigpoint.releases.observation import KEY, Basis
from trigpoint.releases.readers.sitrep.layout import SCHEMA
from trigpoint.releases.tables.totals import totals_told
from trigpoint.wording import count, verb

_COUNTS = [part.id for part in SCHEMA.parts if part.unit != "%"]
_OCCUPANCY = (
    ("sitrep-ga-occupancy-rate", "sitrep-ga-beds-occupied", "sitrep-ga-beds-open"),
    ("sitrep-critical-care-occupancy-rate", "sitrep-critical-care-occupied", "sitrep-critical-care-open"),
)
_PRINTED = 0.051
"""Half of the last decimal that a printed percentage has, and a little for the arithmetic."""


def checked(frame: pl.DataFrame) -> Iterator[str]:
    """What was found, a sentence each."""
    yield from totals_told(frame, Basis.PROVIDER, "trust", parts=_COUNTS)
    for rate, occupied, beds in _OCCUPANCY:
        yield from _rates(frame, rate, occupied, beds)


def _rates(frame: pl.DataFrame, rate: str, occupied: str, beds: str) -> Iterator[str]:
    key = [name for name in KEY if name != "part"]
    sides = [
        frame.filter((pl.col("part") == part) & pl.col("value").is_not_null()).select(*key, pl.col("value").alias(name))
        for part, name in ((rate, "printed"), (occupied, "occupied"), (beds, "beds"))
    ]
    both = sides[0].join(sides[1], on=key).join(sides[2], on=key).filter(pl.col("beds") > 0)
    if both.is_empty():
        return
    made = 100 * pl.col("occupied") / pl.col("beds")
    apart = both.filter((made - pl.col("printed")).abs() > _PRINTED)
    what = rate.removesuffix("-rate")
    if apart.is_empty():
        yield f"{what}: the beds occupied and open make the rates printed ({len(both):,} checked)"
    else:
        differ = verb(len(apart), "differs", "differ")
        yield f"{what}: {len(apart):,} of {count(len(both), 'rate')} printed {differ} from the beds beside them"
