"""How published figures and their periods read."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from trigpoint.measures.figures import number
from trigpoint.releases.measure import PublishedMeasure
from trigpoint.releases.observation import Basis, Marker
from trigpoint.releases.tables.spans import period_words
from trigpoint.web.published.models import PublishedFigure

NOTHING = "–"
PERCENT = "%"
BASES = {
    Basis.NATIONAL: ("England", "England"),
    Basis.REGION: ("region", "regions"),
    Basis.SYSTEM: ("system", "systems"),
    Basis.COMMISSIONER: ("commissioner", "commissioners"),
    Basis.PROVIDER: ("provider", "providers"),
    Basis.FOOTPRINT: ("acute trust footprint", "acute trust footprints"),
    Basis.AMBULANCE: ("ambulance service", "ambulance services"),
    Basis.LOCAL_AUTHORITY: ("local authority", "local authorities"),
    Basis.NETWORK: ("primary care network", "primary care networks"),
    Basis.PRACTICE: ("practice", "practices"),
    Basis.AREA: ("area", "areas"),
}


def span_words(periods: Iterable[tuple[date, date]]) -> str:
    """What a file covers, from its first day to its last."""
    ends = list(periods)
    return period_words(min(start for start, _ in ends), max(end for _, end in ends)) if ends else ""


def shown(value: float | None, decimals: int, unit: str) -> str:
    """A value with its sign of per cent, without any other unit; a dash for none.

    >>> shown(61.385, 2, "%"), shown(7187677.0, 0, "people"), shown(None, 1, "%")
    ('61.39%', '7,187,677', '–')
    """
    if value is None or not math.isfinite(value):
        return NOTHING
    return f"{number(Decimal(repr(value)), decimals)}{PERCENT if unit == PERCENT else ''}"


def value_of(measure: PublishedMeasure, figure: PublishedFigure) -> str:
    """A figure as a table shows it: its value, or why there is none."""
    if figure.value is None:
        return capital_marker(figure.marker)
    return shown(figure.value, measure.decimals, measure.unit)


def with_unit(measure: PublishedMeasure, value: float) -> str:
    """A value in a sentence."""
    said = shown(value, measure.decimals, measure.unit)
    return said if measure.unit == PERCENT else f"{said} {measure.unit}".rstrip()


def part_of(value: float | None) -> str:
    """A numerator or denominator: whole where it is, a dash for none."""
    if value is None or not math.isfinite(value):
        return NOTHING
    return number(Decimal(repr(value)), 0 if float(value).is_integer() else 1)


def capital_marker(marker: Marker) -> str:
    """Why there is no value, as a cell of a table says it."""
    return marker.value.capitalize() if marker is not Marker.NONE else NOTHING


def plain(value: float | None) -> str:
    """A value for a spreadsheet, in all its digits, "" for none."""
    if value is None or not math.isfinite(value):
        return ""
    return str(int(value)) if float(value).is_integer() else repr(value)
