"""The printed tables of a plan as a book of figures, so that they are judged by the same calculation as all others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import count

from trigpoint.measures.book.book import Actual, Aim, AimKind, MeasureBook
from trigpoint.measures.book.lookup import PERIODS
from trigpoint.measures.definitions.definition import (
    Aggregation,
    ChartKind,
    ControlChart,
    Definition,
    IntervalMethod,
    PeriodType,
    Statistic,
)
from trigpoint.measures.figures import PERCENTAGE
from trigpoint.measures.series import SeriesPair, series_pairs
from trigpoint.measures.standing import Form, pair_form
from trigpoint.periods.labels import period_of
from trigpoint.places.matching import match
from trigpoint.places.model import Place, PlaceKind
from trigpoint.places.register import Places
from trigpoint.plans.model import IndicatorRow, IndicatorTable, Plan, Polarity

PRINTED = "printed in the plan"
# Names of a series that stand for everyone.
_EVERYONE = frozenset({"persons", "all persons", "all", "people", "total"})


@dataclass(slots=True)
class _Areas:
    """The places that the areas of a plan's tables are; an area that is none becomes a place of its own."""

    places: Places
    home: Place | None
    made: dict[str, Place]

    def code(self, area: str) -> str:
        if not area and self.home is not None:
            return self.home.code
        name = area or "The plan"
        found = match(name, self.places)
        if found.place is not None and found.sure:
            return found.place.code
        if name not in self.made:
            taken = {place.code for place in self.made.values()}
            code = _unused(f"area-{_slug(name)}", lambda code: code in self.places or code in taken)
            parent = self.home.code if self.home is not None and self.home.code in self.places else ""
            self.made[name] = Place(code, name, PlaceKind.OTHER, parent)
        return self.made[name].code


def book_of_plan(plan: Plan, places: Places) -> MeasureBook:
    """Definitions, actuals and targets of every printed table of the plan, as ``Statistic.VALUE``.

    A series that counts things in a table of percentages or rates has a definition of its own. A table's area is the
    place of that name; one that is no place becomes a place of kind ``OTHER``, and what is printed without an area is
    of the plan's organisation. What sets a series apart within its area ("males") is its group; of two targets of one
    actual the harder is the ambition (``STRETCH``). A target that names no period holds for every period, as a rule.
    """
    home = match(plan.organisation, places).place if plan.organisation else None
    areas = _Areas(places, home, {})
    definitions: list[Definition] = []
    actuals: list[Actual] = []
    aims: list[Aim] = []
    taken = {table.id for table in plan.indicators}
    for table in plan.indicators:
        for definition, pairs in _definitions(table, taken):
            definitions.append(definition)
            for pair, group, kind in _grouped(pairs, table.polarity):
                code = areas.code(pair.area)
                actuals += _actuals(definition, code, group, pair.actual, table.source)
                aims += _aims(definition, code, group, kind, pair.target)
    with_areas = Places((*places, *areas.made.values()))
    return MeasureBook(tuple(definitions), _unrepeated(actuals), tuple(dict.fromkeys(aims)), (), with_areas)


def merged(book: MeasureBook, printed: MeasureBook) -> MeasureBook:
    """Both books as one; where they name the same thing, what stands in ``book`` counts.

    A printed table whose id the book defines by the same kind of period lends it the figures that it lacks; one of
    another kind of period keeps its figures under an id that ends in ``-printed``.
    """
    renamed = {
        one.id: _unused(f"{one.id}-printed", lambda key: key in book.by_id or key in printed.by_id)
        for one in printed.definitions
        if one.id in book.by_id and book.by_id[one.id].period_type is not one.period_type
    }
    definitions = [
        replace(one, id=renamed.get(one.id, one.id))
        for one in printed.definitions
        if one.id in renamed or one.id not in book.by_id
    ]
    actuals = [replace(row, indicator=renamed.get(row.indicator, row.indicator)) for row in printed.actuals]
    aims = [replace(row, indicator=renamed.get(row.indicator, row.indicator)) for row in printed.aims]
    ours = {_key(row) for row in book.actuals} | {_key(row) for row in book.aims}
    return MeasureBook(
        (*book.definitions, *definitions),
        (*book.actuals, *(row for row in actuals if _key(row) not in ours)),
        (*book.aims, *(row for row in aims if _key(row) not in ours)),
        (*book.rebases, *printed.rebases),
        Places(tuple({place.code: place for place in (*printed.places, *book.places)}.values())),
    )


def _key(row: Actual | Aim) -> tuple[str, ...]:
    kind = row.kind.value if isinstance(row, Aim) else ""
    return (row.indicator, row.place, row.group, row.period, kind)


def _definitions(table: IndicatorTable, taken: set[str]) -> Iterable[tuple[Definition, list[SeriesPair]]]:
    """The table's series by the form they are printed in: the table's own first, then what it counts beside it."""
    forms: dict[tuple[str, str], list[SeriesPair]] = {}
    for pair in series_pairs(table):
        form = pair_form(table, pair)
        forms.setdefault((form.kind, form.unit), []).append(pair)
    ordered = sorted(forms.items(), key=lambda item: item[0][0] != table.kind)
    for number, ((kind, unit), pairs) in enumerate(ordered):
        decimals = max(pair_form(table, pair).decimals for pair in pairs)
        definition = _definition(table, Form(decimals, kind, unit), pairs)
        if number:
            word = next((pair.name for pair in pairs if pair.name), kind or "number")
            key = _unused(f"{table.id}-{_slug(word)}", taken.__contains__)
            taken.add(key)
            definition = replace(definition, id=key, name=f"{table.title}: {word}")
        yield definition, pairs


def _definition(table: IndicatorTable, form: Form, pairs: list[SeriesPair]) -> Definition:
    return Definition(
        id=table.id,
        version="1",
        name=table.title,
        statistic=Statistic.VALUE,
        period_type=_period_type(pairs),
        unit="%" if form.kind == PERCENTAGE else form.unit,
        decimals=form.decimals,
        polarity=table.polarity,
        over_time=Aggregation.NONE,
        over_places=Aggregation.NONE,
        interval=IntervalMethod.NONE,
        spc=ControlChart(ChartKind.NONE),
        objective=table.objective,
        tags=(PRINTED,),
        source=table.source,
        caveats=table.note,
    )


def _period_type(pairs: list[SeriesPair]) -> PeriodType:
    """The kind of period that most figures stand under; financial years where none does."""
    rows = [row for pair in pairs for row in (pair.target, pair.actual) if row is not None]
    periods = [period_of(label) for row in rows for label in row.values]
    kinds = Counter(kind for period in periods for kind, made in PERIODS.items() if isinstance(period, made))
    return kinds.most_common(1)[0][0] if kinds else PeriodType.FINANCIAL_YEAR


def _grouped(pairs: list[SeriesPair], polarity: Polarity) -> Iterable[tuple[SeriesPair, str, AimKind]]:
    """Each pair with the group that it is of, and whose aim its target is."""
    areas: dict[str, list[SeriesPair]] = {}
    for pair in pairs:
        areas.setdefault(pair.area, []).append(pair)
    for found in areas.values():
        # The one series of an area in its form is everyone's, whatever it is called beside those of another form.
        if len(found) == 1:
            yield found[0], "", AimKind.PLAN
        elif len(found) == 2 and found[0].actual is not None and found[0].actual is found[1].actual:
            # Two targets of one actual: the one that is harder to reach is the ambition.
            hardest_last = sorted(found, key=_first_target, reverse=polarity is Polarity.LOWER)
            yield from zip(hardest_last, ("", ""), (AimKind.PLAN, AimKind.STRETCH), strict=True)
        else:
            for pair in found:
                yield pair, "" if pair.name.lower() in _EVERYONE else pair.name, AimKind.PLAN


def _first_target(pair: SeriesPair) -> Decimal:
    return next(iter(pair.target.values.values()), Decimal(0)) if pair.target else Decimal(0)


def _actuals(definition: Definition, place: str, group: str, row: IndicatorRow | None, source: str) -> list[Actual]:
    values: Mapping[str, Decimal] = row.values if row else {}
    return [
        Actual(definition.id, place, period, value=value, group=group, source=source)
        for period, value in values.items()
        if period
    ]


def _aims(definition: Definition, place: str, group: str, kind: AimKind, row: IndicatorRow | None) -> list[Aim]:
    values: Mapping[str, Decimal] = row.values if row else {}
    sign = "%" if definition.unit == "%" else ""
    return [
        Aim(definition.id, place, kind, period, value=value, group=group)
        if period
        else Aim(definition.id, place, kind, rule=f"explicit({value:f}{sign})", group=group)
        for period, value in values.items()
    ]


def _unrepeated(actuals: list[Actual]) -> tuple[Actual, ...]:
    return tuple({(row.indicator, row.place, row.group, row.period): row for row in reversed(actuals)}.values())[::-1]


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40] or "x"


def _unused(key: str, taken: Callable[[str], bool]) -> str:
    """The key, with a number behind it where it is taken."""
    numbered = (key if number == 1 else f"{key}-{number}" for number in count(1))
    return next(name for name in numbered if not taken(name))
