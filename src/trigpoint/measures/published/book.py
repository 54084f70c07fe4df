"""Figures made of published files become a book of actuals, under the definitions that they feed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from trigpoint.measures.book.book import Actual, MeasureBook, Status
from trigpoint.measures.book.lookup import PERIODS
from trigpoint.measures.definitions.definition import Definition, Statistic
from trigpoint.measures.definitions.library import known, load
from trigpoint.measures.published.longer import put_together
from trigpoint.periods.calendar import Period
from trigpoint.places.model import Place, PlaceKind
from trigpoint.places.register import Places
from trigpoint.releases.figures import PublishedFigure
from trigpoint.releases.measure import PublishedMeasure
from trigpoint.releases.observation import ENGLAND, Basis
from trigpoint.releases.observation import Status as Published

_KINDS = {
    Basis.REGION: PlaceKind.REGION,
    Basis.SYSTEM: PlaceKind.ICB,
    Basis.PROVIDER: PlaceKind.TRUST,
    Basis.FOOTPRINT: PlaceKind.TRUST,
    Basis.AMBULANCE: PlaceKind.TRUST,
    Basis.LOCAL_AUTHORITY: PlaceKind.LOCAL_AUTHORITY,
    Basis.NETWORK: PlaceKind.PCN,
    Basis.PRACTICE: PlaceKind.PRACTICE,
}


def published_book(
    figures: Iterable[PublishedFigure],
    measures: Mapping[str, PublishedMeasure],
    *,
    own: Mapping[str, Definition] | None = None,
    places: Places | None = None,
) -> MeasureBook:
    """The figures of measures that feed an indicator, as actuals of it.

    ``own`` are the plan's own definitions, which come before the shipped ones; ``places`` its register, from which a
    code's place is taken where it has one. A figure is left out where its period is not of the kind that the
    definition counts (a rolling quarter beside months); months make the quarter or year of a definition that counts by
    those, where all are there (``put_together``). Numerators are divided by the measure's ``per``, so that they
    are in the definition's unit. A figure without a value keeps its place, and its reason as a note.
    """
    definitions: dict[str, Definition] = {}
    actuals: dict[tuple[str, str, str], Actual] = {}
    found: dict[str, Place] = {}
    for measure, definition, several in _by_measure(figures, measures, own or {}):
        for one in (*several, *put_together(definition, several)):
            period = _period(definition, one.start, one.end)
            if period is None:
                continue
            definitions[definition.id] = definition
            found.setdefault(one.org, _place(one, places))
            actual = _actual(one, measure, definition, period)
            actuals.setdefault((definition.id, one.org, period.label), actual)
    return MeasureBook(tuple(definitions.values()), tuple(actuals.values()), places=Places(tuple(found.values())))


def _by_measure(
    figures: Iterable[PublishedFigure], measures: Mapping[str, PublishedMeasure], own: Mapping[str, Definition]
) -> Iterator[tuple[PublishedMeasure, Definition, list[PublishedFigure]]]:
    """The figures of each measure that feeds a definition, with that definition."""
    groups: dict[str, list[PublishedFigure]] = {}
    for one in figures:
        groups.setdefault(one.measure, []).append(one)
    for id, several in groups.items():
        definition = _definition(measures[id].definition, own)
        if definition is not None:
            yield measures[id], definition, several


def _definition(indicator: str, own: Mapping[str, Definition]) -> Definition | None:
    if indicator in own:
        return own[indicator]
    return load(indicator) if indicator in known() else None


def _period(definition: Definition, start: date, end: date) -> Period | None:
    """The period of the definition's kind that has just these days; ``None`` where there is none."""
    kind = PERIODS[definition.period_type]
    if not hasattr(kind, "of"):
        return None
    period: Period = kind.of(end)
    return period if (period.start, period.end) == (start, end) else None


def _actual(one: PublishedFigure, measure: PublishedMeasure, definition: Definition, period: Period) -> Actual:
    parted = one.numerator is not None and (one.denominator is not None or not measure.denominator)
    numerator = _decimal(one.numerator, measure.per) if parted else None
    denominator = _decimal(one.denominator) if parted else None
    whole = one.value is not None and not parted and definition.statistic is not Statistic.COUNT
    return Actual(
        definition.id,
        one.org,
        period.label,
        numerator=numerator,
        denominator=denominator,
        value=_decimal(one.value) if whole else None,
        status=Status.PROVISIONAL if one.status is Published.PROVISIONAL else Status.FINAL,
        source=one.source,
        note=one.note,
    )


def _place(one: PublishedFigure, places: Places | None) -> Place:
    """The place of the plan's register, or one of its own: with no parent, for a trust is no part of a commissioner."""
    if places is not None and one.org in places:
        return places[one.org]
    return Place(one.org, one.name or one.org, _KINDS.get(Basis(one.basis), PlaceKind.OTHER))


def with_published(book: MeasureBook, published: MeasureBook) -> MeasureBook:
    """Both books as one. What was entered counts, unless it was invented; where it differs, its note says so."""
    entered = {_key(row): row for row in book.actuals}
    released = {_key(row): row for row in published.actuals}
    kept = tuple(
        _compared(row, released.get(key)) for key, row in entered.items() if not (row.illustrative and key in released)
    )
    invented = {key for key, row in entered.items() if row.illustrative}
    added = tuple(row for key, row in released.items() if key not in entered or key in invented)
    own = book.by_id
    places = {place.code: place for place in (*published.places, *book.places)}
    return MeasureBook(
        (*book.definitions, *(one for one in published.definitions if one.id not in own)),
        (*kept, *added),
        book.aims,
        book.rebases,
        Places(tuple(places.values())),
    )


def beside_plan(published: MeasureBook, book: MeasureBook) -> MeasureBook:
    """What concerns a plan: every figure of its places, and England's of the indicators that it or one of them has."""
    local = {row.indicator for row in published.actuals if row.place != ENGLAND}
    wanted = local | set(book.by_id)
    return replace(
        published,
        definitions=tuple(one for one in published.definitions if one.id in wanted),
        actuals=tuple(row for row in published.actuals if row.indicator in wanted),
    )


def _key(row: Actual) -> tuple[str, str, str, str]:
    return row.indicator, row.place, row.group, row.period


def _compared(entered: Actual, released: Actual | None) -> Actual:
    """The entered figure; with a note where a published one of the same is another."""
    if released is None or not _differ(entered, released):
        return entered
    parts = [part for part in (released.numerator, released.denominator) if part is not None]
    shown = [f"{part:,f}" for part in parts or (released.value,) if part is not None]
    said = f"published as {' of '.join(shown)}, {released.source}"
    return replace(entered, note=f"{entered.note}; {said}" if entered.note else said)


def _differ(entered: Actual, released: Actual) -> bool:
    pairs = (
        (entered.numerator, released.numerator),
        (entered.denominator, released.denominator),
        (entered.value, released.value),
    )
    return any(ours is not None and theirs is not None and ours != theirs for ours, theirs in pairs)


def _decimal(number: float | None, per: float = 1.0) -> Decimal | None:
    """A number as it was published, without the digits that a binary step would add."""
    if number is None:
        return None
    exact = Decimal(int(number)) if float(number).is_integer() else Decimal(repr(number))
    return exact / Decimal(repr(per)) if per != 1 else exact
