"""What a Talking Therapies file says twice, compared: totals with their rows, percentages with their counts."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from trigpoint.releases.observation import ENGLAND, Basis
from trigpoint.releases.readers.talking_therapies.layout import SCHEMA
from trigpoint.wording import count

_FINISHED = "talking-therapies-finished"
_ROUNDED = 5 * 5 / 12**0.5
"""Five standard deviations of what rounding to 5 adds to one figure; of many, their root of it."""
_MOST_SUPPRESSED = 4


def checked(frame: pl.DataFrame) -> tuple[str, ...]:
    """What was found, a sentence each, of the last period of the file."""
    totals = frame.filter((pl.col("detail") == "") & (pl.col("part") == _FINISHED))
    england = totals.filter((pl.col("org") == ENGLAND) & pl.col("value").is_not_null())
    if england.is_empty():
        return ()
    last = england.sort("end", "start").row(-1, named=True)
    period = (pl.col("start") == last["start"]) & (pl.col("end") == last["end"])
    return (*_sums(totals.filter(period), last["value"]), *_rates(frame.filter(period)))


def _sums(rows: pl.DataFrame, england: float) -> Iterator[str]:
    for basis, many in ((Basis.PROVIDER, "provider"), (Basis.COMMISSIONER, "commissioner")):
        own = rows.filter(pl.col("basis") == basis.value)
        if len(own) < 2:
            continue
        known = float(own["value"].sum())
        missing = own["value"].null_count()
        slack = _ROUNDED * len(own) ** 0.5 + _MOST_SUPPRESSED * missing
        said = "agrees with" if abs(england - known) <= slack else "differs from"
        yield (
            f"the England row ({england:,.0f} courses finished) {said} the sum of {count(len(own), many)} "
            f"({known:,.0f}), their rounding allowed for"
        )


def _rates(rows: pl.DataFrame) -> Iterator[str]:
    own = rows.filter((pl.col("org") == ENGLAND) & (pl.col("detail") == ""))
    value = {part: found for part, found in own.select("part", "value").iter_rows() if found is not None}
    agreed = []
    for measure in SCHEMA.measures:
        if measure.published is None or any(term.part not in value for term in measure.terms):
            continue
        below = sum(term.sign * value[term.part] for term in measure.denominator)
        if below <= 0:
            continue
        made = 100 * sum(term.sign * value[term.part] for term in measure.numerator) / below
        published = value[measure.published.part]
        if abs(made - published) <= 0.5:
            agreed.append(measure.name.partition(": ")[2])
        else:
            yield f"{measure.name}: England’s counts make {made:.1f}%, the file gives {published:.1f}%"
    if agreed:
        yield f"England’s percentages agree with its counts: {', '.join(agreed)}"
