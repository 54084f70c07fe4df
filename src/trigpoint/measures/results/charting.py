"""Control charts of all series: one call for each kind of chart, read by one rule set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from trigpoint.errors import InputError
from trigpoint.measures.book.book import Rebase
from trigpoint.measures.definitions.definition import ChartKind, PeriodType
from trigpoint.measures.results.arrays import Arrays, Series
from trigpoint.measures.results.timeline import placed, stepped
from trigpoint.measures.results.values import percentage
from trigpoint.measures.spc.charts import ControlCharts, control_charts
from trigpoint.measures.spc.control import SpcResult
from trigpoint.measures.spc.findings import Wording
from trigpoint.measures.spc.rebases import Recentre
from trigpoint.periods.calendar import Period

_NOUNS = {PeriodType.MONTH: "month", PeriodType.QUARTER: "quarter"}
_WITH_PARTS = frozenset((ChartKind.P, ChartKind.U))


@dataclass(frozen=True, eq=False)
class Charts:
    """The charts of all series: ``of(series)`` makes one result, once. ``problems`` are by the series' number."""

    homes: dict[int, tuple[ControlCharts, int]]
    problems: dict[int, str]
    _made: dict[int, SpcResult] = field(default_factory=dict)

    def of(self, series: Series) -> SpcResult | None:
        """The control chart of a series; ``None`` where it has none."""
        if series.at not in self.homes:
            return None
        if series.at not in self._made:
            charts, at = self.homes[series.at]
            self._made[series.at] = charts[at]
        return self._made[series.at]


def charted(series: Sequence[Series], arrays: Arrays, rebases: Sequence[Rebase]) -> Charts:
    """Every series with figures on the chart that its definition names.

    A p or u chart of figures that were entered without their parts is drawn as an XmR chart of the values.
    """
    groups: dict[tuple[ChartKind, str, bool | None, int], list[Series]] = {}
    for each in series:
        spc = each.definition.spc
        kind = _kind(each, arrays)
        if kind is not ChartKind.NONE and each.length:
            groups.setdefault((kind, spc.rule_set, spc.screening, spc.baseline), []).append(each)
    by_indicator: dict[str, list[Rebase]] = {}
    for rebase in rebases:
        by_indicator.setdefault(rebase.indicator, []).append(rebase)
    made = Charts({}, {})
    for (kind, *_), members in groups.items():
        try:
            charts = _together(members, arrays, by_indicator, kind)
        except InputError as error:
            made.problems.update({each.at: str(error) for each in members})
            continue
        made.homes.update({each.at: (charts, at) for at, each in enumerate(members)})
    return made


def _kind(series: Series, arrays: Arrays) -> ChartKind:
    kind = series.definition.spc.chart
    if kind in _WITH_PARTS:
        own = series.points
        without = np.isnan(arrays.denominators[own]) & ~np.isnan(arrays.values[own])
        return ChartKind.XMR if without.any() else kind
    return kind


def _together(
    members: Sequence[Series],
    arrays: Arrays,
    rebases: dict[str, list[Rebase]],
    kind: ChartKind,
) -> ControlCharts:
    spc = members[0].definition.spc
    places = np.concatenate([np.arange(each.offset, each.offset + each.length) for each in members])
    labels = [label for each in members for label in labels_of(each)]
    parts = kind in _WITH_PARTS
    return control_charts(
        (arrays.numerators if parts else arrays.values)[places],
        [each.length for each in members],
        labels,
        ordinals=np.concatenate([np.arange(each.length) + (each.first or 0) for each in members]),
        chart=kind,
        rule_set=spc.rule_set,
        polarity=[each.definition.polarity for each in members],
        targets=np.concatenate([_targets(each) for each in members]),
        denominators=arrays.denominators[places] if parts else None,
        multiplier=[float(each.definition.multiplier) if parts else 1.0 for each in members],
        rebases=[cut for at, each in enumerate(members) for cut in _cuts(at, each, rebases)],
        baseline=spc.baseline,
        screening=spc.screening,
        wording=[_wording(each) for each in members],
    )


def labels_of(series: Series) -> tuple[str, ...]:
    """The labels of a series' entered periods, without a gap from the first to the last."""
    if series.cells is None or series.first is None:
        return ()
    return _labels(stepped(series.cells.base, series.first - series.cells.base_number), series.length)


@lru_cache(maxsize=1024)
def _labels(first: Period, length: int) -> tuple[str, ...]:
    """The labels of so many periods, made once for all series that have the same."""
    return tuple(stepped(first, at).label for at in range(length))


def _targets(series: Series) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    if series.goals is None or series.cells is None or series.first is None:
        return np.full(series.length, np.nan)
    return series.goals.headline(series.first, series.length, series.cells.period)


def _cuts(at: int, series: Series, rebases: dict[str, list[Rebase]]) -> list[Recentre]:
    found = []
    for rebase in rebases.get(series.key.indicator, ()):
        if rebase.place in ("", series.key.place):
            place = placed(rebase.period, series.definition.period_type)
            if place is not None:
                found.append(Recentre(place[0], rebase.reason, rebase.by, at, place[1].label))
    return found


def _wording(series: Series) -> Wording:
    definition = series.definition
    kind = "percentage" if percentage(definition.unit) else ""
    noun = _NOUNS.get(definition.period_type, "year")
    return Wording(definition.decimals, kind, "" if kind else definition.unit, noun)
