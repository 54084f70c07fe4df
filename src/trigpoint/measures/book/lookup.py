"""What a cell of a figure's row refers to: its indicator, its place, its period, its number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from trigpoint.errors import InputError
from trigpoint.measures.definitions.definition import Definition, PeriodType
from trigpoint.measures.definitions.library import known, load
from trigpoint.measures.existence import existed_in
from trigpoint.periods.calendar import CalendarYear, FinancialYear, Month, Period, Quarter, RollingYears, SchoolYear
from trigpoint.periods.labels import long_date, period_of
from trigpoint.places.matching import match
from trigpoint.places.model import Place
from trigpoint.places.register import Places
from trigpoint.places.shipped import load_shipped
from trigpoint.plans.cells import CellError, decode_id, decode_number, quoted
from trigpoint.plans.limits import MAX_NUMBER_DIGITS
from trigpoint.plans.tables import nearest

PERIODS: Mapping[PeriodType, type[Period]] = {
    PeriodType.MONTH: Month,
    PeriodType.QUARTER: Quarter,
    PeriodType.FINANCIAL_YEAR: FinancialYear,
    PeriodType.CALENDAR_YEAR: CalendarYear,
    PeriodType.SCHOOL_YEAR: SchoolYear,
    PeriodType.ROLLING_YEARS: RollingYears,
}
_WRITTEN = {
    PeriodType.MONTH: "November 2017",
    PeriodType.QUARTER: "2017/18 Q3",
    PeriodType.FINANCIAL_YEAR: "2017/18",
    PeriodType.CALENDAR_YEAR: "2017",
    PeriodType.SCHOOL_YEAR: "school year 2016/17",
    PeriodType.ROLLING_YEARS: "2013-15",
}
_LONGER: Mapping[PeriodType, tuple[type[Period], ...]] = {
    PeriodType.MONTH: (Quarter, FinancialYear, CalendarYear),
    PeriodType.QUARTER: (FinancialYear,),
}
MOST_STRANGERS = 50
"""So many different names that mean nothing are compared with those that do; a file of more has another trouble."""

# What publishers print where a number would stand; the bracketed ones are those of the Government Analysis Function.
_SUPPRESSED, _ABSENT = "suppressed in the source", "not available in the source"
_NO_NUMBER = frozenset({"n/a", "na", "-", "–", "—", "nil", "null", "none", "nan", "tbc", "#n/a"})
MARKS = {"*": _SUPPRESSED, "c": _SUPPRESSED, "[c]": _SUPPRESSED, "x": _ABSENT, "[x]": _ABSENT, ":": _ABSENT}


class Fault(CellError):
    """What is wrong with one cell of a row, with its column."""

    def __init__(self, what: str, remedy: str, column: str = "") -> None:
        self.column = column
        super().__init__(what, remedy)

    def again(self, column: str = "") -> Fault:
        """The same fault of another row: an exception that is raised twice gathers the traces of both."""
        return Fault(self.what, self.remedy, column or self.column)


@dataclass(slots=True)
class Lookup:
    """Answers of one reading, each found once: tens of thousands of rows name the same few things.

    ``broken`` are the ids of definitions that have mistakes; ``left_out`` counts the rows that wait for them.
    """

    definitions: dict[str, Definition]
    places: Places
    broken: frozenset[str] = frozenset()
    left_out: dict[str, int] = field(default_factory=dict)
    used: dict[str, Definition] = field(default_factory=dict)
    added: dict[str, Place] = field(default_factory=dict)
    _named: Mapping[str, tuple[Place, ...]] | None = None
    _strangers: int = 0
    _strange_ids: int = 0
    _places: dict[str, str | Fault] = field(default_factory=dict)
    _indicators: dict[str, Definition | Fault] = field(default_factory=dict)
    _periods: dict[tuple[str, PeriodType, bool], str | Fault] = field(default_factory=dict)
    _there: dict[tuple[str, str], Fault | None] = field(default_factory=dict)

    def definition(self, cell: str) -> Definition:
        """The definition with this id, of the workspace before the shipped one; ``Fault`` where there is none."""
        found = self._indicators.get(cell)
        if found is None:
            found = self._indicators[cell] = self._find_definition(cell.strip())
        if isinstance(found, Fault):
            raise found.again()
        return found

    def _find_definition(self, name: str) -> Definition | Fault:
        if name in self.broken:
            self.left_out[name] = 0
            return Fault(f"the definition of {quoted(name)} has mistakes", "correct it first", "indicator")
        found = self.definitions.get(name)
        if found is None and name in known():
            try:
                found = load(name)
            except InputError as error:
                return Fault(error.what, error.remedy or "write a definition of your own", "indicator")
        if found is not None:
            self.used[name] = found
            return found
        self._strange_ids += 1
        near = nearest(name, sorted({*self.definitions, *known()})) if self._strange_ids <= MOST_STRANGERS else None
        remedy = f"did you mean “{near}”?" if near else _to_define(name)
        return Fault(f"there is no definition {quoted(name)}", remedy, "indicator")

    def place(self, cell: str) -> str:
        """The code of the place that a code, name or alias means; ``Fault`` where none is sure."""
        found = self._places.get(cell)
        if found is None:
            found = self._places[cell] = self._find_place(cell.strip())
        if isinstance(found, Fault):
            raise found.again()
        return found

    def _find_place(self, name: str) -> str | Fault:
        if name in self.places:
            return name
        if self._named is None:
            self._named = _by_name(self.places)
        found = self._named.get(_plain(name)) or _shipped_by_name().get(_plain(name), ())
        if len(found) > 1:
            codes = " or ".join(place.code for place in found)
            return Fault(f"{quoted(name)} is the name of several places", f"write the code: {codes}", "place")
        if found:
            if found[0].code not in self.places:
                self.added[found[0].code] = found[0]
            return found[0].code
        return self._alike(name)

    def _alike(self, name: str) -> str | Fault:
        """A place of nearly this name; likeness takes time, so that after many strangers it is asked no more."""
        candidates: tuple[tuple[Place, float], ...] = ()
        if self._strangers < MOST_STRANGERS:
            here = match(name, self.places)
            if here.place is not None and here.sure:
                return here.place.code
            candidates = here.candidates
        self._strangers += 1
        return _no_place(name, candidates)

    def period(self, cell: str, definition: Definition, *, longer: bool = False) -> str:
        """The label of a period of the kind that the definition counts by; ``Fault`` for all others.

        ``longer`` takes one that holds several of them too: a month's measure may have a target for its year.
        """
        key = (cell, definition.period_type, longer)
        found = self._periods.get(key)
        if found is None:
            found = self._periods[key] = _find_period(cell.strip(), definition.period_type, longer)
        if isinstance(found, Fault):
            raise found.again()
        return found

    def prove_existed(self, place: str, period: str) -> None:
        """``Fault`` where the place, by its code, did not exist on any day of the period, by its label."""
        key = (place, period)
        if key not in self._there:
            row = self.places[place] if place in self.places else self.added[place]
            found = period_of(period)
            self._there[key] = None if found is None or existed_in(row, found) else _outside(row, found)
        if fault := self._there[key]:
            raise fault.again()


def _outside(place: Place, period: Period) -> Fault:
    """A figure of a period in which its place was not there yet, or no more."""
    late = place.valid_to is not None and place.valid_to < period.start
    day = place.valid_to if late else place.valid_from
    when = f"{'ended' if late else 'began'} on {long_date(day)}" if day else "did not exist"
    what = f"{quoted(place.name)} {when}, so that it has no figure of {period.label}"
    heir = f"name the place that took over ({place.successor}), or " if late and place.successor else ""
    return Fault(what, f"{heir}correct the period, or the place’s years in places.csv", "place")


def _to_define(name: str) -> str:
    """The remedy for an id that means nothing; a file is named only after what can be an id."""
    try:
        decode_id(name)
    except CellError:
        return "correct the id"
    return f"write definitions/{name}.toml or correct the id"


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _by_name(places: Places) -> Mapping[str, tuple[Place, ...]]:
    """The places that have a code, name or alias, case and blanks left aside."""
    found: dict[str, dict[str, Place]] = {}
    for place in places:
        for text in (place.code, place.name, *place.aliases):
            found.setdefault(_plain(text), {})[place.code] = place
    return {name: tuple(same.values()) for name, same in found.items()}


@cache
def _shipped_by_name() -> Mapping[str, tuple[Place, ...]]:
    return _by_name(load_shipped())


def _no_place(name: str, candidates: tuple[tuple[Place, float], ...]) -> Fault:
    if not candidates:
        return Fault(f"there is no place {quoted(name)}", "add it to places.csv or correct the code", "place")
    best = candidates[0][0]
    remedy = f"did you mean “{best.name}” ({best.code})? If not, add the place to places.csv"
    return Fault(f"there is no place {quoted(name)}", remedy, "place")


def _find_period(text: str, kind: PeriodType, longer: bool) -> str | Fault:
    period = period_of(text)
    if period is None:
        return Fault(f"{quoted(text)} is not a period", f"write e.g. {_WRITTEN[kind]}", "period")
    if not isinstance(period, (PERIODS[kind], *(_LONGER.get(kind, ()) if longer else ()))):
        what = f"{quoted(text)} is no {kind.value}, and the indicator is counted by {kind.value}"
        return Fault(what, f"write e.g. {_WRITTEN[kind]}", "period")
    return period.label


def figure(cell: str, column: str) -> Decimal | str | None:
    """The number of a cell; what a mark says that stands for a number; ``None`` for an empty cell; ``Fault`` else.

    >>> figure("120", "numerator"), figure("[c]", "numerator"), figure(" ", "numerator")
    (Decimal('120'), 'suppressed in the source', None)
    """
    if not cell:
        return None
    # Most cells by far: tens of thousands of counts.
    if cell.isdigit() and cell.isascii() and len(cell) <= MAX_NUMBER_DIGITS:
        return Decimal(cell)
    text = cell.strip()
    if text.lower() in MARKS:
        return MARKS[text.lower()]
    try:
        return decode_number(text.replace("−", "-"))
    except CellError as error:
        remedy = error.remedy
        if text.lower() in _NO_NUMBER:
            remedy = "leave the cell empty and say why in the note, or write * where the number is suppressed"
        raise Fault(error.what, remedy, column) from None
