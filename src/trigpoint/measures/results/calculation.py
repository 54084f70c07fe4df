"""From a book of figures to results: values, intervals, targets and control charts of everything in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from trigpoint.errors import InputError
from trigpoint.frameworks import load_framework
from trigpoint.measures.book.book import MeasureBook
from trigpoint.measures.definitions.definition import Definition
from trigpoint.measures.results.aims import Goals, Spell
from trigpoint.measures.results.arrays import Arrays, Series, computed, laid_out
from trigpoint.measures.results.cells import Cells, Key, gathered, place_of
from trigpoint.measures.results.charting import Charts, charted
from trigpoint.measures.results.derivation import adds_up, alike, with_parents
from trigpoint.measures.results.protection import protect
from trigpoint.measures.results.targets import add_goals_of_parents, goals_of_book, spells_of
from trigpoint.measures.results.values import exact_value, percentage
from trigpoint.periods.calendar import FinancialYear, Period
from trigpoint.periods.labels import period_of
from trigpoint.places.model import Place, PlaceKind
from trigpoint.plans.model import Plan
from trigpoint.rounding import half_up


@dataclass(frozen=True, eq=False, slots=True)
class Calculated:
    """Everything computed from a book, before it is told: series, their arrays and their charts."""

    book: MeasureBook
    plan: Plan | None
    series: tuple[Series, ...]
    arrays: Arrays
    charts: Charts
    by_key: Mapping[Key, Series]
    ends: date | None


def calculated(book: MeasureBook, plan: Plan | None) -> Calculated:
    """One pass over the whole book: parents added up, small numbers hidden, values, intervals, targets, charts."""
    cells = with_parents(gathered(book), book.places)
    # Before anything is made of a figure: a target that starts from a hidden one would tell it.
    protect(cells, book.places)
    standards = _standards(plan)
    starts, ends = _span(plan)
    baselines = _Baselines(cells, starts)
    goals = goals_of_book(book, standards=standards, baselines=baselines, starts=starts)
    add_goals_of_parents(goals, _parts_of(cells, goals, book), book.by_id)
    _add_standards(cells, goals, book, standards, baselines)
    places = {key.place: place_of(book, key.place) for key in (*cells, *goals)}
    series = laid_out(cells, goals, book.by_id, places)
    arrays = computed(series)
    charts = charted(series, arrays, book.rebases)
    return Calculated(book, plan, series, arrays, charts, {each.key: each for each in series}, ends)


def _standards(plan: Plan | None) -> dict[str, str]:
    """The values of the planning round's standards as the text of a rule: {"rtt-18-weeks": "92%"}."""
    if plan is None or not plan.framework:
        return {}
    try:
        standards = load_framework(plan.framework).standards
    except InputError:
        return {}
    return {
        each.id: f"{each.value}{'%' if each.unit in ('%', 'per cent') else ''}"
        for each in standards
        if each.value is not None
    }


def _span(plan: Plan | None) -> tuple[date | None, date | None]:
    """The first and the last day of the plan's years."""
    years = [year for label in (plan.years if plan else ()) if isinstance(year := period_of(label), FinancialYear)]
    return (min(years).start, max(years).end) if years else (None, None)


@dataclass(frozen=True, slots=True)
class _Baselines(Mapping[Key, str]):
    """What a rule's ``baseline`` stands for: the place's own last figure before the plan, or before a standard."""

    cells: Mapping[Key, Cells]
    starts: date | None

    def before(self, key: Key, day: date | None) -> str:
        """The exact value of the last period that ended before a day, as the text of a rule; "" where there is none."""
        cells = self.cells.get(key)
        if cells is None or day is None:
            return ""
        numbers = [number for number in cells.rows if number not in cells.reasons and cells.period(number).end < day]
        value = exact_value(cells.definition, cells.rows[max(numbers)]) if numbers else ""
        return baseline_text(cells.definition, value) if isinstance(value, Fraction) else ""

    def __getitem__(self, key: Key) -> str:
        return self.before(key, self.starts)

    def __len__(self) -> int:
        return len(self.cells)

    def __iter__(self) -> Iterator[Key]:
        return iter(self.cells)


def baseline_text(definition: Definition, value: Fraction) -> str:
    """A figure as a rule writes it: its printed digits, with % where the measure is a percentage."""
    return f"{half_up(value, definition.decimals)}{'%' if percentage(definition.unit) else ''}"


def _parts_of(
    cells: Mapping[Key, Cells], goals: Mapping[Key, Goals], book: MeasureBook
) -> Mapping[Key, Sequence[Place]]:
    """The parts of each whole, the smallest wholes first: those from which targets may be added up."""
    places, by_parent = book.places, dict[Key, list[str]]()
    wholes = [key for key in dict.fromkeys((*cells, *goals)) if key.place in places]
    for key in wholes:
        if adds_up(book.by_id[key.indicator]):
            for above in places.ancestors(key.place)[:1]:
                by_parent.setdefault(key._replace(place=above.code), []).append(key.place)
    deepest = sorted(by_parent, key=lambda key: -len(places.ancestors(key.place)))
    found: dict[Key, Sequence[Place]] = {}
    for key in deepest:
        codes = alike(by_parent[key], places)
        kind = places[codes[0]].kind
        if len(codes) > 1:
            found[key] = [place for place in places.children(key.place) if place.kind is kind]
    return found


def _add_standards(
    cells: Mapping[Key, Cells],
    goals: dict[Key, Goals],
    book: MeasureBook,
    standards: Mapping[str, str],
    baselines: _Baselines,
) -> None:
    """Give each series the standards of its definition; those that are the same for everyone are worked out once."""
    shared: dict[tuple[str, PlaceKind], tuple[tuple[Spell, ...], list[str]]] = {}
    for key in dict.fromkeys((*cells, *goals)):
        definition = book.by_id[key.indicator]
        if not definition.standards:
            continue
        kind = place_of(book, key.place).kind
        found = shared.get((definition.id, kind))
        if found is None:
            base = _base(cells.get(key), goals.get(key))
            found = spells_of(definition, kind, base, standards=standards, baseline=_before(baselines, key))
            if not any("baseline" in standard.rule.lower() for standard in definition.standards):
                shared[definition.id, kind] = found
        own = goals.setdefault(key, Goals(definition))
        own.spells = found[0]
        own.problems += found[1]


def _base(cells: Cells | None, goals: Goals | None) -> tuple[int, Period]:
    """A period of a series with its running number; any of the right kind does where it has none yet."""
    if cells is not None:
        return cells.base_number, cells.base
    if goals is not None and goals.periods:
        number = min(goals.periods)
        return number, goals.periods[number]
    return 2017, FinancialYear(2017)


def _before(baselines: _Baselines, key: Key) -> Callable[[date | None], str]:
    return lambda day: baselines.before(key, day if day is not None else baselines.starts)
