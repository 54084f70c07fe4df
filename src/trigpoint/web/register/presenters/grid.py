"""The grid a planner knows: quarters (or years) across, deliverables down, each step in the column it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from trigpoint.periods.calendar import FinancialYear, Quarter
from trigpoint.periods.labels import period_of
from trigpoint.plans.model import Deliverable, Item, Milestone
from trigpoint.web.register.presenters.commitments import Commitment
from trigpoint.web.register.reading import Reading

_MONTHS = ("", "April to June", "July to September", "October to December", "January to March")


@dataclass(frozen=True, slots=True)
class Column:
    """A quarter, or a whole year where the plan prints no more (``number`` 0)."""

    year: FinancialYear
    number: int

    @property
    def heading(self) -> str:
        return f"Q{self.number}" if self.number else "In the year"

    @property
    def months(self) -> str:
        return _MONTHS[self.number]

    @property
    def order(self) -> tuple[int, int]:
        # "In the year" stands after the year's quarters.
        return (self.year.first, self.number or 5)


@dataclass(frozen=True, slots=True)
class GridRow:
    """``heading`` is a deliverable with steps of its own, or ``None`` with ``title`` for a row of many."""

    heading: Commitment | None
    title: str
    cells: tuple[tuple[Commitment, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """``years`` are the upper headings with the number of columns under each; ``now`` the current column's index."""

    years: tuple[tuple[str, int], ...]
    columns: tuple[Column, ...]
    rows: tuple[GridRow, ...]
    elsewhere: tuple[Commitment, ...]
    now: int | None

    @property
    def flat(self) -> bool:
        """Whether there is nothing to tell rows apart by: one row of deliverables, each in its column."""
        return len(self.rows) == 1 and self.rows[0].heading is None

    @property
    def by_year(self) -> bool:
        """Whether no column is a quarter, so that one row of headings is enough."""
        return all(column.number == 0 for column in self.columns)


def column_of(item: Item) -> Column | None:
    """The column an item is printed in; else the quarter of its date; ``None`` for an item with neither.

    >>> from trigpoint.plans.model import Deliverable
    >>> column_of(Deliverable("d", "o", "Open", column="2016/17 Q3")).heading
    'Q3'
    """
    period = period_of(item.column)
    if isinstance(period, Quarter):
        return Column(period.year, period.number)
    if isinstance(period, FinancialYear):
        return Column(period, 0)
    if item.due is not None:
        quarter = Quarter.of(item.due)
        return Column(quarter.year, quarter.number)
    return None


def _plan_years(labels: Iterable[str]) -> list[FinancialYear]:
    return [period for label in labels if isinstance(period := period_of(label), FinancialYear)]


def columns_for(used: set[Column], years: Sequence[FinancialYear]) -> tuple[Column, ...]:
    """All four quarters of a year of which any is used, and the whole year where that is used or nothing else is."""
    columns: set[Column] = set(used)
    for year in {column.year for column in used}.union(years):
        numbers = {column.number for column in used if column.year == year}
        if numbers - {0}:
            columns.update(Column(year, number) for number in (1, 2, 3, 4))
        elif not numbers:
            columns.add(Column(year, 0))
    if any(column.number for column in used):
        # A plan by quarters shows an empty year by quarters as well.
        for year in years:
            if not any(column.year == year for column in used):
                columns.discard(Column(year, 0))
                columns.update(Column(year, number) for number in (1, 2, 3, 4))
    return tuple(sorted(columns, key=lambda column: column.order))


def _current(columns: Sequence[Column], at: date) -> int | None:
    quarter = Quarter.of(at)
    for wanted in (Column(quarter.year, quarter.number), Column(quarter.year, 0)):
        if wanted in columns:
            return columns.index(wanted)
    return None


def _fixed_places(items: Sequence[Item], by_year: bool) -> dict[str, Column | None]:
    """Item id → its column; where the plan prints whole years, a date alone puts an item into its year."""
    places: dict[str, Column | None] = {}
    for item in items:
        column = column_of(item)
        places[item.id] = Column(column.year, 0) if column and by_year else column
    return places


def _upper(columns: Sequence[Column]) -> tuple[tuple[str, int], ...]:
    years = dict.fromkeys((column.year for column in columns), 0)
    for column in columns:
        years[column.year] += 1
    return tuple((year.label, count) for year, count in years.items())


def _steps(deliverables: Sequence[Deliverable], milestones: Sequence[Milestone]) -> dict[str, list[Item]]:
    """Deliverable id → its own milestones."""
    steps: dict[str, list[Item]] = {row.id: [] for row in deliverables}
    for step in milestones:
        if step.deliverable in steps:
            steps[step.deliverable].append(step)
    return steps


def grid(reading: Reading, objective_id: str, show: dict[str, Commitment]) -> Grid:
    """The grid of one objective. ``show`` maps each of its items' ids to what the page shows of it."""
    deliverables = reading.plan.deliverables_by_objective[objective_id]
    milestones = reading.plan.milestones_by_objective[objective_id]
    items: list[Item] = [*deliverables, *milestones]
    printed = [column_of(item) for item in items if item.column]
    by_year = bool(printed) and all(column is None or column.number == 0 for column in printed)
    places = _fixed_places(items, by_year)
    columns = columns_for({place for place in places.values() if place}, _plan_years(reading.plan.years))
    steps = _steps(deliverables, milestones)

    def row(heading: Commitment | None, title: str, members: Iterable[Item]) -> GridRow:
        cells: list[list[Commitment]] = [[] for _ in columns]
        for item in members:
            place = places[item.id]
            if place is not None:
                cells[columns.index(place)].append(show[item.id])
        return GridRow(heading, title, tuple(tuple(cell) for cell in cells))

    single = [item for item in deliverables if not steps[item.id] and places[item.id]]
    alone = {item.id for item in single}
    loose = [item for item in milestones if item.deliverable not in steps and places[item.id]]
    rows = [row(None, "Deliverables", single)] if single else []
    rows += [row(show[item.id], "", steps[item.id]) for item in deliverables if item.id not in alone]
    rows += [row(None, "Milestones", loose)] if loose else []
    headings = {line.heading.id for line in rows if line.heading}
    elsewhere = tuple(show[item.id] for item in items if not places[item.id] and item.id not in headings)
    return Grid(_upper(columns), columns, tuple(rows), elsewhere, _current(columns, reading.at))
