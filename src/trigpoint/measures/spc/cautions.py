"""What a reader of a control chart must know of its figures: gaps, short segments, rebases that fall on no point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from trigpoint.measures.spc.control import Segment, SpcResult
from trigpoint.wording import count, listed, verb

# Below so many points limits still move a good deal with each new one (Making Data Count; NHSRplotthedots).
FEW_POINTS = 13
_MOST_NAMED = 3


def cautions_of(
    result: SpcResult, collapsed: Sequence[bool], notes: Sequence[str], faults: Mapping[int, str]
) -> tuple[str, ...]:
    """One sentence each, in the order of their weight. ``collapsed`` is one a segment, ``faults`` by place."""
    words = [f"{result.labels[place]} {fault} and is left out." for place, fault in faults.items()]
    words += notes
    words += [told for at, each in enumerate(result.segments) if (told := _short(result, each, at > 0))]
    for segment, given_up in zip(result.segments, collapsed, strict=True):
        if given_up:
            start = result.labels[segment.first]
            words.append(f"Screening would have left no movement from {start} on, so no moving range is left out.")
    absent = np.isnan(result.values)
    empty = [label for place, label in enumerate(result.labels) if absent[place] and place not in faults]
    if empty:
        words.append(f"No value: {_named(empty)}.")
    if result.gaps:
        words.append(f"Missing from the data: {_named(result.gaps)}.")
    return tuple(words)


def _short(result: SpcResult, segment: Segment, rebased: bool) -> str:
    points = valued(result, segment)
    if points >= FEW_POINTS:
        return ""
    where = f"From {result.labels[segment.first]} on" if rebased else "At the start" if len(result.segments) > 1 else ""
    start = f"{where} there {verb(points, 'is', 'are')} " if where else f"There {verb(points, 'is', 'are')} "
    least = result.rule_set.limits_from
    end = (
        f"too few for limits, which need {least}"
        if points < least
        else f"limits are trial limits until there are {FEW_POINTS}"
    )
    return f"{start}{count(points, 'point')} with a value: {end}."


def valued(result: SpcResult, segment: Segment) -> int:
    """How many points of a segment have a value."""
    return int(np.count_nonzero(~np.isnan(result.values[segment.first : segment.last + 1])))


def _named(labels: Sequence[str]) -> str:
    if len(labels) <= _MOST_NAMED:
        return listed(labels)
    return f"{', '.join(labels[:_MOST_NAMED])} and {len(labels) - _MOST_NAMED:,} more"
