"""Control charts of many series at once: arrays in, results on demand.

Nothing here loops over points or series, but for the objects that are asked for one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from trigpoint.errors import InputError
from trigpoint.measures.definitions.definition import ChartKind
from trigpoint.measures.spc.cautions import cautions_of
from trigpoint.measures.spc.control import RuleSet, Segment, SpcResult
from trigpoint.measures.spc.findings import Wording, finding_of
from trigpoint.measures.spc.layout import Floats, Integers, Layout, Truths
from trigpoint.measures.spc.limits import Limits
from trigpoint.measures.spc.parts import Parts, chart_limits, checked_parts
from trigpoint.measures.spc.rebases import Cuts, Recentre, cut
from trigpoint.measures.spc.rule_sets import DEFAULT
from trigpoint.measures.spc.rule_sets import rule_set as rules_named
from trigpoint.measures.spc.signals import (
    ASSURANCES,
    SIGNALS,
    VARIATIONS,
    Codes,
    LastLimits,
    assurances,
    point_signals,
    point_variations,
)
from trigpoint.plans.model import Polarity

_DIRECTIONS = {Polarity.HIGHER: 1, Polarity.LOWER: -1, Polarity.NEITHER: 0}


@dataclass(frozen=True, eq=False)
class ControlCharts(Sequence[SpcResult]):
    """Many series on their control charts: long arrays, and ``charts[i]`` for one series as a result.

    ``signals`` and ``points`` (one a point), ``variations`` and ``assurances`` (one a series) are places in
    ``signals.SIGNALS``, ``VARIATIONS`` and ``ASSURANCES``. ``valued`` counts the points with a value, one a segment.
    """

    chart: ChartKind
    rule_set: RuleSet
    layout: Layout
    values: Floats
    targets: Floats
    limits: Limits
    signals: Codes
    points: Codes
    variations: Codes
    assurances: Codes
    valued: Integers
    polarities: tuple[Polarity, ...]
    labels: Sequence[str]
    wordings: Sequence[Wording]
    cuts: Cuts
    gap_names: Callable[[int], tuple[str, ...]] | None = None
    faults: Mapping[int, str] = field(default_factory=dict)
    gaps: Truths = field(default_factory=lambda: np.zeros(0, dtype=bool))

    def __len__(self) -> int:
        return len(self.layout.series_starts)

    def __iter__(self) -> Iterator[SpcResult]:
        return (self[at] for at in range(len(self)))

    def __getitem__(self, at: int) -> SpcResult:  # type: ignore[override]
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        at %= len(self)
        first, last = int(self.layout.series_starts[at]), int(self.layout.series_ends[at])
        own = slice(first, last + 1)
        lines = {name: getattr(self.limits, name)[own] for name in _LINES}
        result = SpcResult(
            self.chart,
            self.rule_set,
            self.polarities[at],
            tuple(self.labels[own]),
            self.values[own],
            self.targets[own],
            **lines,
            signals=tuple(SIGNALS[code] for code in self.signals[own]),
            points=tuple(VARIATIONS[code] for code in self.points[own]),
            segments=self._segments(at, first),
            variation=VARIATIONS[self.variations[at]],
            assurance=ASSURANCES[self.assurances[at]],
            gaps=self._gaps(first, last),
        )
        wording = self.wordings[at if len(self.wordings) > 1 else 0]
        words = cautions_of(result, self._collapsed(at), self.cuts.notes_of(at), self._faults(first, last))
        return finding_of(result, words, wording, self.layout.barriers[own])

    def _own_segments(self, at: int) -> range:
        begin, end = np.searchsorted(self.layout.segment_series, [at, at + 1])
        return range(int(begin), int(end))

    def _segments(self, at: int, first: int) -> tuple[Segment, ...]:
        limits, layout = self.limits, self.layout
        segments = []
        for place in self._own_segments(at):
            start = int(layout.segment_starts[place])
            end = start + int(layout.segment_lengths[place]) - 1
            lines = (float(limits.centre[end]), float(limits.lower[end]), float(limits.upper[end]))
            ranges = (float(limits.ranges[place]), int(limits.screened[place]))
            segments.append(
                Segment(start - first, end - first, *lines, *ranges, *self.cuts.reasons.get(start, ("", "")))
            )
        return tuple(segments)

    def _gaps(self, first: int, last: int) -> tuple[str, ...]:
        places = first + np.flatnonzero(self.gaps[first : last + 1])
        if self.gap_names is None:
            return tuple(f"between {self.labels[place - 1]} and {self.labels[place]}" for place in places.tolist())
        return tuple(name for place in places.tolist() for name in self.gap_names(place))

    def _collapsed(self, at: int) -> tuple[bool, ...]:
        return tuple(bool(self.limits.collapsed[place]) for place in self._own_segments(at))

    def _faults(self, first: int, last: int) -> dict[int, str]:
        return {place - first: words for place, words in self.faults.items() if first <= place <= last}


_LINES = ("centre", "lower", "upper", "near_lower", "near_upper")


def control_chart(
    values: npt.ArrayLike,
    labels: Sequence[str] | None = None,
    *,
    ordinals: npt.ArrayLike | None = None,
    gap_names: Callable[[int], tuple[str, ...]] | None = None,
    chart: ChartKind = ChartKind.XMR,
    rule_set: str | RuleSet = DEFAULT,
    polarity: Polarity = Polarity.NEITHER,
    targets: npt.ArrayLike | None = None,
    denominators: npt.ArrayLike | None = None,
    multiplier: float = 1.0,
    rebases: Sequence[Recentre] = (),
    baseline: int = 0,
    screening: bool | None = None,
    overdispersion: bool = False,
    wording: Wording = Wording(),  # noqa: B008 - frozen
) -> SpcResult:
    """One series on its control chart. See ``control_charts``, which does the same for many series at once.

    ``targets`` is one number or one a point.

    >>> values = [78, 80, 77, 79, 81, 78, 80, 79, 77, 80, 78, 79, 81, 90]
    >>> result = control_chart(values, targets=95, polarity=Polarity.HIGHER)
    >>> result.variation, result.assurance
    (<Variation.IMPROVEMENT_HIGH: 'improvement, high'>, <Assurance.CONSISTENTLY_MISS: 'consistently misses the target'>)
    """
    many = control_charts(
        values,
        [np.size(np.asarray(values))],
        labels,
        ordinals=ordinals,
        gap_names=gap_names,
        chart=chart,
        rule_set=rule_set,
        polarity=polarity,
        targets=targets,
        denominators=denominators,
        multiplier=multiplier,
        rebases=rebases,
        baseline=baseline,
        screening=screening,
        overdispersion=overdispersion,
        wording=wording,
    )
    return many[0]


def control_charts(
    values: npt.ArrayLike,
    lengths: npt.ArrayLike,
    labels: Sequence[str] | None = None,
    *,
    ordinals: npt.ArrayLike | None = None,
    gaps: npt.ArrayLike | None = None,
    gap_names: Callable[[int], tuple[str, ...]] | None = None,
    chart: ChartKind = ChartKind.XMR,
    rule_set: str | RuleSet = DEFAULT,
    polarity: Polarity | Sequence[Polarity] = Polarity.NEITHER,
    targets: npt.ArrayLike | None = None,
    denominators: npt.ArrayLike | None = None,
    multiplier: npt.ArrayLike = 1.0,
    rebases: Sequence[Recentre] = (),
    baseline: npt.ArrayLike = 0,
    screening: bool | None = None,
    overdispersion: bool = False,
    wording: Wording | Sequence[Wording] = Wording(),  # noqa: B008 - frozen
) -> ControlCharts:
    """Many series on their control charts, computed together; ``charts[i]`` is the result of one series.

    ``values`` holds all series one after another, each in order of time (NaN: no value); ``lengths`` the number of
    points of each. ``labels`` are the periods as printed, one a point. For p and u charts ``values`` are numerators,
    ``denominators`` go with them, and what is shown is their share × ``multiplier``.

    ``ordinals`` are whole numbers that count periods (2 months later is 2 more): where they jump, a period is missing.
    ``gaps`` says so itself, one truth a point, where ordinals are days. ``gap_names`` names the periods missing before
    a point, given its place in ``values``. ``rebases`` are placed by ordinals. ``targets``: none, one for all, or one
    a point (NaN: none). ``polarity``, ``multiplier``, ``baseline`` (first points that set the limits, 0 for all) and
    ``wording``: one for all or one a series. ``screening`` ``None`` leaves it to the rule set; ``overdispersion`` makes
    p and u charts p′ and u′.

    Raises InputError where arrays do not fit each other or a baseline has fewer than 12 points. A single bad figure
    (a numerator above its denominator) is left out, with a warning in its series. Sources: ``docs/methods-spc.md``.

    >>> charts = control_charts([1, 3, 2, 4, 5, 5, 5, 5], [4, 4], rule_set="nhsr-0.2.2", targets=6)
    >>> charts.limits.centre.tolist()
    [2.5, 2.5, 2.5, 2.5, 5.0, 5.0, 5.0, 5.0]
    """
    rules = rules_named(rule_set)
    if screening not in (None, True, False):
        raise InputError(f"screening is “{screening}”", remedy="say True or False, or None to leave it to the rule set")
    parts = checked_parts(
        values,
        lengths,
        denominators=denominators,
        targets=targets,
        multiplier=multiplier,
        baseline=baseline,
        chart=chart,
    )
    cuts = cut(
        parts.series_starts, len(parts.values), rules, ordinals=ordinals, gaps=gaps, rebases=rebases, labels=labels
    )
    polarities = (polarity,) * len(parts.series_starts) if isinstance(polarity, Polarity) else tuple(polarity)
    screened = rules.screening if screening is None else screening
    # Figures near the end of what a float holds give infinite limits, which is an answer and no reason to warn.
    with np.errstate(over="ignore", invalid="ignore"):
        limits = chart_limits(parts, cuts.layout, screened, overdispersion, rules.limits_from)
        told = _told(parts, limits, cuts.layout, polarities, rules)
    return ControlCharts(
        chart,
        rules,
        cuts.layout,
        parts.values,
        parts.targets,
        limits.drawn(),
        *told,
        polarities,
        labels if labels is not None else [str(place + 1) for place in parts.places()],
        (wording,) if isinstance(wording, Wording) else tuple(wording),
        cuts,
        gap_names,
        parts.faults,
        cuts.gaps,
    )


def _told(
    parts: Parts, limits: Limits, layout: Layout, polarities: Sequence[Polarity], rules: RuleSet
) -> tuple[Codes, Codes, Codes, Codes, Integers]:
    """Signals and meanings of the points, the two icons of the series, and the values of each segment counted."""
    good = np.array([_DIRECTIONS[each] for each in polarities], dtype=np.int8)
    used = ~np.isnan(parts.values)
    counts = layout.count(used)
    enough = layout.over_points(counts >= rules.icons_from)
    direction = layout.over_series(good)
    signals = np.where(enough, point_signals(parts.values, limits, layout, rules, direction), np.int8(0))
    points = point_variations(signals, used, enough, direction)
    ends = layout.series_ends
    return signals, points, points[ends], _assured(parts, limits, good, enough[ends], rules), counts


def _assured(parts: Parts, limits: Limits, good: Codes, enough: Truths, rules: RuleSet) -> Codes:
    ends = np.append(parts.series_starts[1:], len(parts.values)) - 1
    last = LastLimits(limits.lower[ends], limits.upper[ends], limits.floor[ends], limits.ceiling[ends])
    return assurances(parts.targets[ends], last, good, enough & ~np.isnan(last.upper), rules)
