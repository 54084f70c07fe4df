"""What activity takes: beds, money, and months in which more may come than can be done."""

from __future__ import annotations

from collections.abc import Sequence

from trigpoint.activity.results.run import Beds, Strain, Value
from trigpoint.charts.picture import DataTable
from trigpoint.reports.activity.words import between, change
from trigpoint.reports.activity.words import number as shown
from trigpoint.web.activity.desk import Desk
from trigpoint.web.activity.presenters.amounts import percent

THOUSAND = 1_000


def beds_table_of(desk: Desk, beds: Sequence[Beds]) -> DataTable:
    """Bed days, and the beds for them at the target occupancy, without and with the schemes."""
    headers = ("Point of delivery", "Provider", "Year", "Bed days", "Beds, do nothing", "Beds, do something",
               "8 in 10 chance")  # fmt: skip
    rows = tuple(
        (*_of(desk, each), each.year.label, shown(each.bed_days), shown(each.do_nothing_beds, 1), shown(each.beds, 1),
         between(each.beds_p10, each.beds_p90, 1))
        for each in beds
    )  # fmt: skip
    return DataTable("Bed days, and beds at the target occupancy", headers, rows)


def values_table_of(desk: Desk, values: Sequence[Value]) -> DataTable:
    """Activity × price in thousands of pounds; the sum of each year below, where there are several."""
    headers = ("Point of delivery", "Provider", "Year", "Do nothing, £000", "Do something, £000", "8 in 10 chance",
               "By the schemes")  # fmt: skip
    rows = [
        (*_of(desk, each), each.year.label, *_money(each.do_nothing_gbp, each.do_something_gbp),
         between(each.p10_gbp / THOUSAND, each.p90_gbp / THOUSAND), change(each.do_something_gbp, each.do_nothing_gbp))
        for each in values
    ]  # fmt: skip
    years = list(dict.fromkeys(each.year for each in values))
    for year in years if len(values) > len(years) else ():
        nothing = sum(each.do_nothing_gbp for each in values if each.year == year)
        something = sum(each.do_something_gbp for each in values if each.year == year)
        # An interval of the sum is not the sum of the intervals.
        rows.append(
            (
                "All that has a price",
                desk.provider(""),
                year.label,
                *_money(nothing, something),
                "–",
                change(something, nothing),
            )
        )
    return DataTable("Activity × price, before any payment mechanism", headers, tuple(rows))


def strains_table_of(desk: Desk, strains: Sequence[Strain]) -> DataTable:
    """Months in which more may come than can be done, by how likely that is."""
    headers = ("Point of delivery", "Provider", "Month", "Expected", "Can be done", "Chance of too much")
    ordered = sorted(strains, key=lambda each: -each.probability)
    rows = tuple(
        (*_of(desk, each), each.month.label, shown(each.mean), shown(each.capacity), percent(each.probability, 0))
        for each in ordered
    )
    return DataTable("Months in which more may come than can be done", headers, rows)


def _of(desk: Desk, each: Beds | Value | Strain) -> tuple[str, str]:
    return desk.model.pods.get(each.pod, each.pod), desk.provider(each.provider)


def _money(*amounts: float) -> list[str]:
    return [shown(amount / THOUSAND) for amount in amounts]
