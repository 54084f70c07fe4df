"""Figures of a place that enters none itself, added up from its parts: never averaged from their values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from trigpoint.measures.book.book import Actual, Status
from trigpoint.measures.definitions.definition import Aggregation, Definition, Statistic
from trigpoint.measures.existence import existed_in
from trigpoint.measures.results.cells import Cells, Key, by_indicator
from trigpoint.measures.results.values import PARTED, faults_by_period
from trigpoint.places.model import Place, PlaceKind
from trigpoint.places.register import Places
from trigpoint.rounding import total
from trigpoint.wording import count, listed

_ORDER = {kind: at for at, kind in enumerate(PlaceKind)}
# A trust treats people of several commissioners: what it counts is no part of what one of them counts.
_COMMISSIONERS = frozenset({PlaceKind.CCG, PlaceKind.SUB_ICB, PlaceKind.ICB, PlaceKind.STP})
_NOUNS = {
    PlaceKind.LOCAL_AUTHORITY: ("local authority", "local authorities"),
    PlaceKind.LOCALITY: ("locality", "localities"),
    PlaceKind.OTHER: ("place", "places"),
}


def kind_words(kind: PlaceKind, number: int) -> str:
    """So many places of a kind, in words.

    >>> kind_words(PlaceKind.PRACTICE, 40), kind_words(PlaceKind.CCG, 1), kind_words(PlaceKind.LOCALITY, 2)
    ('40 practices', '1 CCG', '2 localities')
    """
    if kind in _NOUNS:
        return count(number, *_NOUNS[kind])
    short = {PlaceKind.ICB, PlaceKind.CCG, PlaceKind.STP, PlaceKind.PCN}
    return count(number, kind.value.upper() if kind in short else kind.value)


def adds_up(definition: Definition) -> bool:
    """Whether figures of places add up to that of the place they belong to."""
    if definition.over_places is Aggregation.SUM:
        return True
    return definition.over_places is Aggregation.PARTS and (
        definition.statistic in PARTED or definition.statistic is Statistic.COUNT
    )


def with_parents(found: Mapping[Key, Cells], places: Places) -> dict[Key, Cells]:
    """The series together with those of parents that have none of their own, the smallest places first.

    A period is added up only where every part has a figure for it. Parts of several kinds (localities and practices)
    would count the same people twice, so that the largest kind alone is added.
    """
    series = dict(found)
    for _, keys in by_indicator(dict(found)):
        definition = series[keys[0]].definition
        if adds_up(definition):
            for group in dict.fromkeys(key.group for key in keys):
                codes = [key.place for key in keys if key.group == group]
                _climb(series, definition, group, codes, places)
    return series


def _climb(series: dict[Key, Cells], definition: Definition, group: str, codes: list[str], places: Places) -> None:
    known = dict.fromkeys(code for code in codes if code in places)
    depth = {code: len(places.ancestors(code)) for code in known}
    for level in range(max(depth.values(), default=0), 0, -1):
        children = [code for code in known if depth[code] == level]
        for parent in dict.fromkeys(places[code].parent for code in children):
            key = Key(definition.id, parent, group)
            within = [code for code in children if places[code].parent == parent and _is_part(places[code], places)]
            reporting = set(alike(within, places))
            parts = [place.code for place in places.children(parent) if place.code in reporting]
            if key in series or parent not in places or len(parts) < 2:
                continue
            kind = places[parts[0]].kind
            silent = [place for place in places.children(parent) if place.kind is kind and place.code not in reporting]
            cells = _sum({code: series[Key(definition.id, code, group)] for code in parts}, silent, key, places)
            if cells is not None:
                series[key] = cells
                known[parent], depth[parent] = None, level - 1


def _is_part(place: Place, places: Places) -> bool:
    """Whether what a place counts is part of what its parent counts."""
    return not (
        place.kind is PlaceKind.TRUST and place.parent in places and places[place.parent].kind in _COMMISSIONERS
    )


def alike(codes: Sequence[str], places: Places) -> list[str]:
    """Of places that share a parent, those of the largest kind."""
    kinds = [places[code].kind for code in codes]
    largest = min(kinds, key=_ORDER.__getitem__, default=None)
    return [code for code, kind in zip(codes, kinds, strict=True) if kind is largest]


def _sum(parts: Mapping[str, Cells], silent: Sequence[Place], key: Key, places: Places) -> Cells | None:
    """The cells of a whole; a period has a figure where every part that there was then has one."""
    first = next(iter(parts.values()))
    kind = places[next(iter(parts))].kind
    made = Cells(first.definition, first.base_number, first.base)
    made.derived = _derived(kind, len(parts))
    for number in sorted({number for part in parts.values() for number in part.rows}):
        period = made.period(number)
        there = {code: part for code, part in parts.items() if existed_in(places[code], period)}
        rows = [row for part in there.values() if (row := part.rows.get(number)) is not None]
        if not rows:
            continue
        missing = [place.name for place in silent if place.existed(period.end)]
        missing += [
            places[code].name
            for code, part in there.items()
            if not _can_be_added(part, number, places[code], period.end)
        ]
        note = made.derived if missing else _derived(kind, len(rows))
        row = Actual(key.indicator, key.place, period.label, group=key.group, note=note)
        made.rows[number] = row if missing else _added(row, rows)
        if missing:
            verb = "has" if len(missing) == 1 else "have"
            made.reasons[number] = f"cannot be added up: {_few(missing)} {verb} no figure"
    made.reasons = {**faults_by_period(made.definition, made.rows), **made.reasons}
    return made if any(number not in made.reasons for number in made.rows) else None


def _derived(kind: PlaceKind, number: int) -> str:
    return f"added up from {kind_words(kind, number)}"


def _few(names: Sequence[str]) -> str:
    return listed(names) if len(names) <= 3 else f"{names[0]} and {len(names) - 1:,} others"


def _can_be_added(part: Cells, number: int, place: Place, end: date) -> bool:
    row = part.rows.get(number)
    if row is None:
        return not place.existed(end)  # a practice that had closed is not missing
    if part.definition.statistic not in PARTED:
        return number not in part.reasons
    if row.numerator is None or row.denominator is None:
        return False
    # Nobody counted among nobody: no value of its own, and no reason against the sum.
    return number not in part.reasons or row.numerator == row.denominator == 0


def _added(empty: Actual, rows: Sequence[Actual]) -> Actual:
    tops = [row.numerator if row.numerator is not None else row.value for row in rows]
    bottoms = [row.denominator for row in rows if row.denominator is not None]
    top = total(each for each in tops if each is not None)
    return Actual(
        empty.indicator,
        empty.place,
        empty.period,
        numerator=top,
        denominator=total(bottoms) if len(bottoms) == len(rows) else None,
        # A sum of entered values of a statistic without parts: it stands as a value.
        value=top if all(row.numerator is None for row in rows) else None,
        group=empty.group,
        status=Status.PROVISIONAL if any(row.status is Status.PROVISIONAL for row in rows) else Status.FINAL,
        note=empty.note,
        illustrative=any(row.illustrative for row in rows),
    )
