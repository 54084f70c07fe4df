"""The short tables: points of delivery, totals, capacity, stays and prices."""

from __future__ import annotations

from trigpoint.activity.book.assumption_rows import uncertain_of
from trigpoint.activity.book.book import Capacity, PodName, Price, Stay, Total
from trigpoint.activity.book.tables import CAPACITY, PODS, PRICES, STAYS, TOTALS
from trigpoint.errors import InputError
from trigpoint.plans.cells import CellError, quoted
from trigpoint.plans.tables import nearest
from trigpoint.tabular.amounts import count_of, month_of, part_of_one, year_of
from trigpoint.tabular.entries import Entry, csv_entries
from trigpoint.tabular.rows import rows_once
from trigpoint.tabular.stated import stated_of

_DAYS = ("calendar", "working")


def pods_of(text: str, file: str, problems: list[InputError]) -> tuple[PodName, ...]:
    """The points of delivery and how they are named, in the order in which results show them."""
    return rows_once(csv_entries(text, PODS, file, problems), _pod, lambda row: row.code)


def _pod(entry: Entry) -> PodName | None:
    days = entry.read("days", _day_kind, "calendar")
    code = entry.text("code")
    unit = entry.text("unit") or "attendances"
    return entry.made(lambda: PodName(code, entry.text("name") or code, entry.text("line"), unit, days))


def _day_kind(cell: str) -> str:
    if cell.casefold() in _DAYS:
        return cell.casefold()
    near = nearest(cell, _DAYS)
    remedy = f"did you mean “{near}”?" if near else "write calendar or working"
    raise CellError(f"{quoted(cell)} is no kind of days", remedy)


def totals_of(text: str, file: str, problems: list[InputError]) -> tuple[Total, ...]:
    """Forecast outturns that are given."""
    return rows_once(csv_entries(text, TOTALS, file, problems), _total, lambda row: (row.provider, row.pod))


def _total(entry: Entry) -> Total | None:
    outturn, stated = uncertain_of(entry, "outturn", count_of, None), stated_of(entry)
    if outturn is None:
        return None
    return entry.made(lambda: Total(entry.text("provider"), entry.text("pod"), outturn, stated))


def capacity_of(text: str, file: str, problems: list[InputError]) -> tuple[Capacity, ...]:
    """How many a month can be done."""
    return rows_once(
        csv_entries(text, CAPACITY, file, problems), _capacity, lambda row: (row.provider, row.pod, row.first, row.last)
    )


def _capacity(entry: Entry) -> Capacity | None:
    first, last = (entry.read(name, month_of, None) for name in ("first", "last"))
    if first is not None and last is not None and last < first:
        entry.tell(f"it ends ({last.label}) before it begins ({first.label})", "exchange the two months", "last")
    a_month, stated = entry.read("a_month", count_of, 0.0), stated_of(entry)
    return entry.made(lambda: Capacity(entry.text("provider"), entry.text("pod"), a_month, first, last, stated))


def stays_of(text: str, file: str, problems: list[InputError]) -> tuple[Stay, ...]:
    """Bed days for each unit of activity."""
    return rows_once(csv_entries(text, STAYS, file, problems), _stay, lambda row: (row.provider, row.pod))


def _stay(entry: Entry) -> Stay | None:
    days, stated = entry.read("days", count_of, 0.0), stated_of(entry)
    occupancy = entry.read("occupancy", _occupancy, 0.92)
    return entry.made(lambda: Stay(entry.text("provider"), entry.text("pod"), days, occupancy, stated))


def _occupancy(cell: str) -> float:
    value = part_of_one(cell)
    if value == 0:
        raise CellError(f"{quoted(cell)} leaves no bed in use", "write e.g. 92%")
    return value


def prices_of(text: str, file: str, problems: list[InputError]) -> tuple[Price, ...]:
    """What one unit costs."""
    return rows_once(csv_entries(text, PRICES, file, problems), _price, lambda row: (row.provider, row.pod, row.year))


def _price(entry: Entry) -> Price | None:
    year = entry.read("year", year_of, None)
    gbp, stated = entry.read("gbp", count_of, 0.0), stated_of(entry)
    return entry.made(lambda: Price(entry.text("provider"), entry.text("pod"), gbp, year, stated))
