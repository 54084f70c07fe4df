"""Places among their peers: who is compared with whom, and ranks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from trigpoint.measures.book.book import Actual
from trigpoint.measures.definitions.definition import Comparison, Definition, PeerGroup
from trigpoint.measures.results.arrays import Series
from trigpoint.measures.results.derivation import kind_words
from trigpoint.measures.results.funnels import funnel_of
from trigpoint.measures.results.result import FunnelResult, PeerStanding, Significance
from trigpoint.measures.results.sentences import ordinal
from trigpoint.measures.results.telling import period_at
from trigpoint.measures.results.values import exact_value
from trigpoint.places.model import Place, PlaceKind
from trigpoint.places.register import Places
from trigpoint.plans.model import Polarity
from trigpoint.rounding import total


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
    funnel = funnel_of(definition, period, found, most - len(found))
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
    if len(tops) < len(cells) or len(bottoms) < len(cells) or not total(bottoms):
        return None
    return float(definition.multiplier * Fraction(total(tops)) / Fraction(total(bottoms)))


def grouped(series: Sequence[Series], places: Places) -> Mapping[tuple[str, ...], list[Series]]:
    """The series of an indicator by their peers."""
    found: dict[tuple[str, ...], list[Series]] = {}
    for each in series:
        key = peer_key(each, each.definition.comparison, places)
        if key is not None and each.cells is not None:
            found.setdefault(key, []).append(each)
    return found
