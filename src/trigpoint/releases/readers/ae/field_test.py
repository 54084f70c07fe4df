"""Trusts that report no four-hour figure: 14 tested other standards from May 2019 to May 2023.

The files give them no one over four hours, which reads as 100%. Their four-hour figures are missing, and England's as
published are of the other trusts (April 2020: 90.4%). England's unbooked figures stay what the columns of its row make
(91.5%), for they claim to be no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from trigpoint.releases.readers.ae.counts import (
    ATTENDANCES,
    BOOKED,
    MISSING,
    OVER,
    PUBLISHED,
    TYPES,
    UNBOOKED,
    WITHIN,
    Counts,
    Key,
    Line,
    added,
    less,
)
from trigpoint.wording import count, listed, verb

MONTHS = (date(2019, 5, 1), date(2023, 5, 31))
"""First and last day of the field test."""
FEWEST_TYPE_1 = 500
"""Attendances at a major department from which on none over four hours is no figure but its absence. The best month
since 2016 was 16 in 3,823; a walk-in centre, or a handful of attendances, may well have none."""
_KINDS = (UNBOOKED, BOOKED, PUBLISHED)


def reports_none(counts: Counts) -> bool:
    """Whether nobody over four hours means that nothing was reported: many attendances at a major department, and none
    of any type over four hours.

    >>> from trigpoint.releases.tables.cells import Figure
    >>> reports_none({(ATTENDANCES, "type=1"): Figure(5630.0), (OVER, "type=1"): Figure(0.0)})
    True
    >>> reports_none({(ATTENDANCES, "type=other"): Figure(5630.0), (OVER, "type=other"): Figure(0.0)})
    False
    """
    major = max(
        sum(_numbers(counts, ((ATTENDANCES, TYPES[0]), (f"{ATTENDANCES}{BOOKED}", TYPES[0])))),
        sum(_numbers(counts, ((f"{ATTENDANCES}{PUBLISHED}", TYPES[0]),))),
    )
    over = _numbers(counts, ((f"{OVER}{kind}", detail) for kind in _KINDS for detail in ("", *TYPES)))
    return major >= FEWEST_TYPE_1 and bool(over) and not any(over)


def _numbers(counts: Counts, keys: Iterable[Key]) -> list[float]:
    """The values of the keys that are there."""
    found = (counts.get(key, MISSING).value for key in keys)
    return [value for value in found if value is not None]


def unreported_apart(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """All lines, the four-hour figures marked as not available where none were reported; and those lines alone."""
    settled = [_without_four_hours(line) if reports_none(line.counts) else line for line in lines]
    return settled, [new for old, new in zip(lines, settled, strict=True) if old is not new]


def _without_four_hours(line: Line) -> Line:
    counts = dict(line.counts)
    for kind in _KINDS:
        for detail in ("", *TYPES):
            if (f"{ATTENDANCES}{kind}", detail) in counts:
                counts[f"{OVER}{kind}", detail] = MISSING
                counts[f"{WITHIN}{kind}", detail] = MISSING
    return replace(line, counts=counts)


def england_without(england: Line, silent: Sequence[Line], *, whole: bool) -> Line:
    """England's attendances within four hours as published, without those of the trusts that report none (``silent``).

    Where a file holds some providers only (not ``whole``), it does not tell in these months which attendances to leave
    out: the figure is not available.
    """
    counts = dict(england.counts)
    unknown = not whole and MONTHS[0] <= england.span[0] <= MONTHS[1]
    for detail in ("", *TYPES):
        key, over = (f"{ATTENDANCES}{PUBLISHED}", detail), (f"{OVER}{PUBLISHED}", detail)
        if key in counts and over in counts:
            theirs = added(line.counts.get(key, MISSING) for line in silent)
            within = less(less(counts[key], theirs), counts[over])
            counts[f"{WITHIN}{PUBLISHED}", detail] = MISSING if unknown else within
    return replace(england, counts=counts)


def silent_note(silent: Sequence[Line], *, england: bool) -> str:
    """The trusts that report none, in one sentence."""
    codes = sorted({line.organisation.code for line in silent})
    said = f"{count(len(codes), 'trust')} {verb(len(codes), 'reports', 'report')} no four-hour figure ({listed(codes)})"
    meaning = "nobody over four hours means not available, not 100%"
    return f"{said}: {meaning}" + ("; England’s four-hour figures as published are of the others" if england else "")
