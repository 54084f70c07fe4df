"""The parts and measures of the data set by their own ids, which are an open list."""

from __future__ import annotations

import re

from trigpoint.releases.measure import PublishedMeasure, Statistic, Term
from trigpoint.releases.readers.mhsds.layout import SCHEMA

_ID = re.compile(r"mhsds-[a-z]{2,6}\d{1,4}[a-z0-9-]{0,12}")
_SHARES = ("proportion", "percentage", "percent", "%")
_DAYS = ("(days)", "number of days", "bed days", "length of stay")


def part_id(measure: str) -> str | None:
    """The part that a measure's id makes; ``None`` where it is no id.

    >>> part_id("MHS07a"), part_id("MHS_29.d"), part_id("")
    ('mhsds-mhs07a', 'mhsds-mhs-29-d', None)
    """
    slug = re.sub(r"[^a-z0-9]+", "-", measure.casefold()).strip("-")
    return f"mhsds-{slug}" if slug else None


def unit_of(title: str) -> str:
    """The unit that a measure's name tells; "" where it tells none.

    >>> unit_of("Proportion of referral-spells open"), unit_of("Median time (days) waited"), unit_of("Open ward stays")
    ('%', 'days', '')
    """
    low = title.casefold()
    if low.startswith(_SHARES) or "(%)" in low:
        return "%"
    return "days" if any(word in low for word in _DAYS) else ""


def measure_of(id: str) -> PublishedMeasure | None:
    """The measure of an id of the data set: ``mhsds-mhs07a`` for its value as published.

    ``None`` for an id of another form, and for those that the data file declares itself. The name is the id alone; a
    file's ``Reading.parts`` say what it is called.

    >>> measure_of("mhsds-mhs07a").published.part, measure_of("rtt-18-weeks") is None
    ('mhsds-mhs07a', True)
    """
    if _ID.fullmatch(id) is None or any(one.id == id for one in SCHEMA.measures):
        return None
    return PublishedMeasure(
        id=id,
        name=f"Mental health services measure {id.removeprefix('mhsds-').upper()}",
        release=SCHEMA.id,
        unit="",
        statistic=Statistic.PUBLISHED,
        published=Term(id),
        note="As published: people are counted once in each breakdown, so places need not add up.",
    )
