"""The entered figures of a book by series and period, before anything is computed from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from trigpoint.measures.book.book import Actual, MeasureBook
from trigpoint.measures.definitions.definition import Definition
from trigpoint.measures.results.timeline import placed
from trigpoint.measures.results.values import faults_by_period
from trigpoint.periods.calendar import Period
from trigpoint.places.model import Place, PlaceKind


class Key(NamedTuple):
    """What tells one series from another: indicator, code of the place, group ("" for everyone)."""

    indicator: str
    place: str
    group: str


@dataclass(slots=True)
class Cells:
    """The cells of one series while they are put together.

    All mappings are by the period's running number. ``reasons`` says why a cell has no value to show; ``base`` is a
    period of the series with its ``base_number``, from which the others are stepped; ``derived`` says how the cells
    were made where nothing was entered for the place itself.
    """

    definition: Definition
    base_number: int
    base: Period
    rows: dict[int, Actual] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)
    derived: str = ""
    problems: list[str] = field(default_factory=list)

    def period(self, number: int) -> Period:
        """The period with this running number."""
        return self.base + (number - self.base_number)


def gathered(book: MeasureBook) -> dict[Key, Cells]:
    """Every series of actuals of a book. A row whose period is not of the definition's kind is left out and told."""
    found: dict[Key, Cells] = {}
    strays: list[tuple[Key, str]] = []
    definitions = book.by_id
    for row in book.actuals:
        definition = definitions.get(row.indicator)
        if definition is None:
            continue
        place = placed(row.period, definition.period_type)
        key = Key(row.indicator, row.place, row.group)
        if place is None:
            strays.append((key, f"“{row.period}” is no {definition.period_type.value} and was left out"))
            continue
        if key not in found:
            found[key] = Cells(definition, *place)
        found[key].rows[place[0]] = row
    for key, problem in strays:
        if key in found:
            found[key].problems.append(problem)
    for cells in found.values():
        cells.reasons = faults_by_period(cells.definition, cells.rows)
    return found


def place_of(book: MeasureBook, code: str) -> Place:
    """The place with this code; one that the register does not know is called by its code."""
    return book.places[code] if code in book.places else Place(code, code, PlaceKind.OTHER)


def by_indicator(found: dict[Key, Cells]) -> Iterator[tuple[str, list[Key]]]:
    """The keys of each indicator, in the order in which they were met."""
    groups: dict[str, list[Key]] = {}
    for key in found:
        groups.setdefault(key.indicator, []).append(key)
    yield from groups.items()
