"""Places among their peers: who is compared with whom, funnels, ranks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np

from trigpoint.measures.book.book import Actual
from trigpoint.measures.definitions.definition import Comparison, Definition, PeerGroup, Statistic
from trigpoint.measures.results.arrays import Series
from trigpoint.measures.results.derivation import kind_words
from trigpoint.measures.results.result import FunnelPoint, FunnelResult, PeerStanding, Significance
from trigpoint.measures.results.sentences import ordinal
from trigpoint.measures.results.telling import period_at
from trigpoint.measures.results.values import Floats, exact_value, told
from trigpoint.measures.statistics.control_limits import events_at_limits, expected_at_limits, limits_of_shares
from trigpoint.places.model import Place, PlaceKind
from trigpoint.places.register import Places
from trigpoint.plans.model import Polarity
from trigpoint.wording import count, listed, verb

FUNNELLED = frozenset((Statistic.PROPORTION, Statistic.RATE, Statistic.ISR_RATIO))
FEWEST_FOR_FUNNEL = 3
_POINTS = 60
_STEPS = {
    2: Significance.HIGH_3,
    1: Significance.HIGH_2,
    0: Significance.WITHIN,
    -1: Significance.LOW_2,
    -2: Significance.LOW_3,
}


@dataclass(frozen=True, eq=False, slots=True)
class Peers:
    """Places compared with one another in one period: those with a figure that may be shown, and who has none.

    ``places`` is where a series stands among ``members``, by its number; ``ranks`` the rank of each value and how many
    share it.
    """

    definition: Definition
    number: int
    period: str
    members: tuple[Series, ...]
    cells: tuple[Actual, ...]
    values: tuple[Fraction, ...]
    withheld: int
    funnel: FunnelResult | None
    places: Mapping[int, int]
    ranks: Mapping[Fraction, tuple[int, int]]


def peer_key(series: Series, comparison: Comparison, places: Places) -> tuple[str, ...] | None:
    """What a series has in common with its peers; ``None`` where it is compared with nobody."""
    place, group = series.place, series.key.group
    match comparison.peers:
        case PeerGroup.NATIONAL:
            return (series.key.indicator, group, "kind", place.kind.value)
        case PeerGroup.PARENT:
            above = _common_parent(place, places)
            return (series.key.indicator, group, "parent", above, place.kind.value) if above else None
        case _:
            named = comparison.places and place.code in comparison.places
            return (series.key.indicator, group, "named") if named else None


def _common_parent(place: Place, places: Places) -> str:
    """The code of the organisation whose places are compared, "" where there is none.

    Practices and sites are compared across the localities and networks that they are grouped by.
    """
    above = places.ancestors(place.code) if place.code in places else ()
    if place.kind in (PlaceKind.PRACTICE, PlaceKind.SITE):
        above = tuple(each for each in above if each.kind not in (PlaceKind.LOCALITY, PlaceKind.PCN)) or above
    return above[0].code if above else ""


def peers_of(definition: Definition, members: Sequence[Series]) -> Peers | None:
    """The peers in their latest common period: the last in which the most of them have an entry."""
    entered = Counter(number for each in members if each.cells for number in each.cells.rows)
    if not entered:
        return None
    most = max(entered.values())
    number = max(at for at, places in entered.items() if places == most)
    found: list[tuple[Series, Actual, Fraction]] = []
    for each in members:
        row = each.cells.rows.get(number) if each.cells else None
        if each.cells is None or row is None or number in each.cells.reasons:
            continue
        value = exact_value(definition, row)
        if isinstance(value, Fraction):
            found.append((each, row, value))
    if len(found) < 2:
        return None
    period = period_at(found[0][0], number).label
    funnel = _funnel(definition, period, found, most - len(found))
    kept, rows, values = zip(*found, strict=True)
    places = {each.at: at for at, each in enumerate(kept)}
    ranks = _ranks(values, lowest_first=definition.polarity is Polarity.LOWER)
    return Peers(definition, number, period, kept, rows, values, most - len(found), funnel, places, ranks)


def _ranks(values: Sequence[Fraction], *, lowest_first: bool) -> dict[Fraction, tuple[int, int]]:
    """The rank of each value, 1 the best, and how many share it."""
    shared = Counter(values)
    found, before = {}, 0
    for value in sorted(shared, reverse=not lowest_first):
        found[value] = (before + 1, shared[value])
        before += shared[value]
    return found


def _funnel(
    definition: Definition, period: str, found: Sequence[tuple[Series, Actual, Fraction]], withheld: int
) -> FunnelResult | None:
    """The funnel around the places' own average, from those whose figures may be shown."""
    parts = [(row.numerator, row.denominator) for _, row, _ in found]
    if definition.statistic not in FUNNELLED or len(found) < FEWEST_FOR_FUNNEL:
        return None
    known = [(top, bottom) for top, bottom in parts if top is not None and bottom is not None]
    if len(known) < len(found):
        return None
    tops = np.array([float(top) for top, _ in known])
    bottoms = np.array([float(bottom) for _, bottom in known])
    # Ratios are compared with what was expected; shares and rates with the average of all the places shown.
    ratio = definition.statistic is Statistic.ISR_RATIO
    average = 1.0 if ratio else float(tops.sum() / bottoms.sum())
    factor, proportion = float(definition.multiplier), definition.statistic is Statistic.PROPORTION
    significance = _significance(tops, bottoms, average, proportion=proportion)
    points = tuple(
        FunnelPoint(each.place, float(top), float(bottom), float(value), beyond)
        for (each, _, value), top, bottom, beyond in zip(found, tops, bottoms, significance, strict=True)
    )
    sizes = np.geomspace(max(float(bottoms.min()) * 0.8, 1.0), float(bottoms.max()) * 1.1, _POINTS)
    rows = _curves(sizes, average, factor, proportion=proportion)
    sentence = funnel_sentence(definition, period, factor * average, points, withheld)
    invented = any(row.illustrative for _, row, _ in found)
    return FunnelResult(definition, period, factor * average, points, rows, None, sentence, invented)


def _significance(tops: Floats, bottoms: Floats, average: float, *, proportion: bool) -> list[Significance]:
    """Each place against the 95% and 99.8% limits at its own size."""
    steps = np.zeros(len(tops), dtype=np.intp)
    for level in (0.95, 0.998):
        if proportion:
            lower, upper = limits_of_shares(average, bottoms, level)
            steps += (tops / bottoms > upper).astype(np.intp) - (tops / bottoms < lower)
        else:
            at_lower, at_upper = expected_at_limits(tops, level)
            steps += (at_upper > average * bottoms).astype(np.intp) - (at_lower < average * bottoms)
    return [_STEPS[step] for step in steps.tolist()]


def _curves(
    sizes: Floats, average: float, factor: float, *, proportion: bool
) -> tuple[tuple[float, float, float, float, float], ...]:
    """The limits along the sizes: size, lower 99.8%, lower 95%, upper 95%, upper 99.8%."""
    lines: dict[float, tuple[Floats, Floats]] = {}
    for level in (0.95, 0.998):
        if proportion:
            lower, upper = limits_of_shares(average, sizes, level)
        else:
            lower, upper = (line / sizes for line in events_at_limits(average * sizes, level))
        top = 1.0 if proportion else np.inf
        lines[level] = (factor * np.clip(lower, 0, top), factor * np.clip(upper, 0, top))
    columns = (sizes, lines[0.998][0], lines[0.95][0], lines[0.95][1], lines[0.998][1])
    return tuple(
        (float(size), float(a), float(b), float(c), float(d)) for size, a, b, c, d in zip(*columns, strict=True)
    )


def funnel_sentence(
    definition: Definition, period: str, average: float, points: Sequence[FunnelPoint], withheld: int
) -> str:
    """How many places differ from their average by more than chance, in one sentence."""
    high = [point for point in points if point.significance is Significance.HIGH_3]
    low = [point for point in points if point.significance is Significance.LOW_3]
    places = kind_words(points[0].place.kind, len(points))
    said = f"{period}: of {places} around an average of {told(definition, average)}"
    outside = _outside_words(high, low)
    words = f"{outside} {verb(len(high) + len(low), 'is', 'are')}" if outside else "none is"
    left = (
        f"; {count(withheld, 'place')} {verb(withheld, 'is', 'are')} left out for want of a figure" if withheld else ""
    )
    return f"{said}, {words} outside the 99.8% limits{left}."


def _outside_words(high: Sequence[FunnelPoint], low: Sequence[FunnelPoint]) -> str:
    return listed([f"{_named(part)} ({way})" for part, way in ((high, "above"), (low, "below")) if part])


def _named(points: Sequence[FunnelPoint]) -> str:
    if len(points) <= 3:
        return listed([point.place.name for point in points])
    return f"{len(points):,}"


def standing_among(peers: Peers, series: Series) -> PeerStanding | None:
    """The rank of a place among its peers: 1 is best; equal values share the better rank."""
    if series.at not in peers.places:
        return None
    at, definition = peers.places[series.at], peers.definition
    (rank, sharing), of = peers.ranks[peers.values[at]], len(peers.members)
    significance = peers.funnel.points[at].significance if peers.funnel else Significance.NOT_KNOWN
    average = peers.funnel.average if peers.funnel else average_of(definition, peers.cells)
    when = "" if series.last == peers.number else f" in {peers.period}"
    words = "" if significance in (Significance.NOT_KNOWN, Significance.WITHIN) else f", {significance.value}"
    shared = "joint " if sharing > 1 else ""
    best = {Polarity.HIGHER: "best", Polarity.LOWER: "best", Polarity.NEITHER: "highest"}[definition.polarity]
    place = best if rank == 1 else f"{ordinal(rank)} {best}"
    finding = f"{shared}{place} of {kind_words(series.place.kind, of)}{when}{words}"
    return PeerStanding(rank, of, average, significance, finding)


def average_of(definition: Definition, cells: Sequence[Actual]) -> float | None:
    """The average of places from their parts added up; ``None`` where they have no parts."""
    tops = [row.numerator for row in cells if row.numerator is not None]
    bottoms = [row.denominator for row in cells if row.denominator is not None]
    if len(tops) < len(cells) or len(bottoms) < len(cells) or not sum(bottoms):
        return None
    return float(definition.multiplier * Fraction(sum(tops, Decimal(0))) / Fraction(sum(bottoms, Decimal(0))))


def grouped(series: Sequence[Series], places: Places) -> Mapping[tuple[str, ...], list[Series]]:
    """The series of an indicator by their peers."""
    found: dict[tuple[str, ...], list[Series]] = {}
    for each in series:
        key = peer_key(each, each.definition.comparison, places)
        if key is not None and each.cells is not None:
            found.setdefault(key, []).append(each)
    return found
