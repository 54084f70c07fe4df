"""A funnel: places against limits that widen as numbers shrink."""

from __future__ import annotations

from collections import Counter

from trigpoint.charts.frame import clean
from trigpoint.charts.funnel_drawing import funnel_spec
from trigpoint.charts.illustrative import marked
from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.upright import form_of, written
from trigpoint.measures.results.result import FunnelResult, Significance
from trigpoint.wording import capital, count, listed

__all__ = ["funnel_picture"]

_OUTLIERS_NAMED = 8


def funnel_picture(result: FunnelResult) -> Picture:
    """Places by the size of their denominator, with the average, the 95% and the 99.8% limits.

    A place within the limits is a grey circle; between the limits a hollow triangle, beyond both a solid one, pointing
    up or down, blue where that is the better side, orange where it is the worse and purple where neither is. Those
    beyond the 99.8% limits are named while there is room; the table names all. Method: Spiegelhalter, "Funnel plots
    for comparing institutional performance", Statistics in Medicine 2005;24:1185–1202.
    """
    form = form_of(result.definition.unit, result.definition.decimals)
    name = f"{clean(result.definition.name)}, {clean(result.period)}"
    finding = clean(result.finding)
    average = written(result.average, form, unit=True)
    alt = (
        f"Funnel plot of {name}: {count(len(result.points), 'place')}, average {average}. {_outliers(result)} {finding}"
    )
    if result.dispersion is not None:
        alt = f"{alt} The limits are widened for overdispersion."
    rows = tuple(
        (
            clean(point.place.name),
            *(_whole(number) for number in (point.numerator, point.denominator)),
            written(point.value, form),
            capital(point.significance.value),
        )
        for point in sorted(result.points, key=lambda point: (point.place.name, point.place.code))
    )
    table = DataTable(
        f"{name}: every place", ("Place", "Numerator", "Denominator", "Value", "Against the limits"), rows
    )
    alt = alt.strip()
    spec = funnel_spec(result, form, title=name, finding=finding, description=alt)
    return marked(Picture(spec, finding, alt, table), illustrative=result.illustrative)


def _whole(number: float) -> str:
    return written(number, form_of("", 0 if float(number).is_integer() else 1))


def _outliers(result: FunnelResult) -> str:
    """How many stand beyond each limit, and who they are while they are few."""
    counted = Counter(point.significance for point in result.points)
    told = [
        f"{count(counted[kind], 'place')} {kind.value}"
        for kind in Significance
        if counted[kind] and kind not in (Significance.WITHIN, Significance.NOT_KNOWN)
    ]
    far = [
        clean(each.place.name)
        for each in result.points
        if each.significance in (Significance.HIGH_3, Significance.LOW_3)
    ]
    names = f" Beyond the 99.8% limits: {listed(far)}." if 0 < len(far) <= _OUTLIERS_NAMED else ""
    return f"{capital(listed(told))}.{names}" if told else "No place is outside the limits."
