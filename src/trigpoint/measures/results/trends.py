"""The recent trend of yearly measures, tested for all series of a book at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from trigpoint.measures.definitions.definition import Statistic
from trigpoint.measures.results.arrays import Arrays, Series
from trigpoint.measures.results.result import Direction
from trigpoint.measures.results.timeline import YEARLY

POINTS = 5
_COUNTED = {Statistic.PROPORTION: "PROPORTION", Statistic.RATE: "RATE", Statistic.COUNT: "RATE"}


def recent_trends(series: Iterable[Series], arrays: Arrays) -> Mapping[int, Direction]:
    """The direction of each yearly series over its latest five figures, by the series' number.

    Series that are not yearly, have fewer than five figures or none for the latest period are left out: theirs cannot
    be calculated. Source: Fingertips technical guidance, recent trends (``docs/methods-inequality.md``).
    """
    groups: dict[Statistic, list[Series]] = {}
    for each in series:
        enough = each.definition.period_type in YEARLY and each.length >= POINTS
        if enough and not np.isnan(arrays.values[each.points][-1]):
            groups.setdefault(each.definition.statistic, []).append(each)
    found: dict[int, Direction] = {}
    for statistic, members in groups.items():
        found.update(_tested(statistic, members, arrays))
    return found


def _tested(statistic: Statistic, members: list[Series], arrays: Arrays) -> dict[int, Direction]:
    from trigpoint.measures.statistics.slopes import Scale  # noqa: PLC0415 - frames, for yearly measures alone
    from trigpoint.measures.statistics.trends import recent_trend  # noqa: PLC0415 - as above

    counted = statistic in _COUNTED
    needed = arrays.values if counted else arrays.upper
    places = np.concatenate([np.arange(each.offset, each.offset + each.length) for each in members])
    own = np.repeat([each.at for each in members], [each.length for each in members])
    numbers = np.concatenate([np.arange(each.length) + (each.first or 0) for each in members])
    kept = ~np.isnan(needed[places])
    columns: dict[str, list[float]] = {"series": own[kept].tolist(), "period": numbers[kept].tolist()}
    names = {"numerator": arrays.numerators, "denominator": arrays.denominators}
    if not counted:
        names = {"value": arrays.values, "lower": arrays.lower, "upper": arrays.upper}
    elif statistic is Statistic.COUNT:
        del names["denominator"]
    columns.update({name: array[places][kept].tolist() for name, array in names.items()})
    if not columns["series"]:
        return {}
    given: dict[str, Any] = {name: name for name in names}
    scale = Scale[_COUNTED.get(statistic, "OTHER")]
    answer = recent_trend(columns, period="period", scale=scale, by="series", **given)
    words = {direction.value: direction for direction in Direction}
    return {int(at): words[trend] for at, trend in zip(answer["series"], answer["trend"], strict=True)}
