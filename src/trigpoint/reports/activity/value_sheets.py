"""Sheets of what follows from activity: its value, beds, and the months that may exceed capacity."""

from __future__ import annotations

from trigpoint.activity.results.run import ActivityRun
from trigpoint.reports.activity.words import pod_name
from trigpoint.reports.sheet import FIRST_ROW, Cell, Sheets, summed

_WIDTHS = [18.0, 26.0, 9.0]
_KEYS = ["Provider", "Point of delivery", "Year"]


def value_sheets(sheets: Sheets, run: ActivityRun) -> None:
    """A sheet each of value, beds and capacity, those that the run has anything of."""
    if run.values:
        _values(sheets, run)
    if run.beds:
        _beds(sheets, run)
    if run.strains:
        _strains(sheets, run)


def _values(sheets: Sheets, run: ActivityRun) -> None:
    """Rows of one year stand together, and its sum below them."""
    headers = [*_KEYS, "Do nothing", "Do something", "P10", "P90", "Difference"]
    about = "Activity × price in pounds, before any payment mechanism. Sums have no interval: parts' own do not add up."
    sheet = sheets.start(sheets.name("Value"), "Activity × price", (about,), headers, [*_WIDTHS, *([14.0] * 5)])
    sheet.freeze_panes(FIRST_ROW, 3)
    at = FIRST_ROW
    for year in dict.fromkeys(one.year for one in run.values):
        mine, first = [one for one in run.values if one.year == year], at
        for one in mine:
            names = [one.provider, pod_name(run.book, one.pod), year.label]
            numbers = (one.do_nothing_gbp, one.do_something_gbp, one.p10_gbp, one.p90_gbp)
            gap = one.do_something_gbp - one.do_nothing_gbp
            sheets.row(sheet, at, [*names, *(Cell(value, kind="pounds") for value in (*numbers, gap))])
            at += 1
        columns = ((3, [one.do_nothing_gbp for one in mine]), (4, [one.do_something_gbp for one in mine]))
        sums = [summed(values, (first, column), (at - 1, column), "pounds") for column, values in columns]
        gaps = [one.do_something_gbp - one.do_nothing_gbp for one in mine]
        gap_sum = summed(gaps, (first, 7), (at - 1, 7), "pounds")
        sheets.row(sheet, at, ["All", "All", year.label, *sums, None, None, gap_sum], strong=True)
        at += 1


def _beds(sheets: Sheets, run: ActivityRun) -> None:
    headers = [*_KEYS, "Bed days", "Bed days P10", "Bed days P90", "Beds, do nothing", "Beds, do something", "Beds P10",
               "Beds P90"]  # fmt: skip
    about = "Bed days, and beds at the target occupancy (sheet Assumptions)."
    sheet = sheets.start(sheets.name("Beds"), "Beds", (about,), headers, [*_WIDTHS, *([13.0] * 7)])
    sheet.freeze_panes(FIRST_ROW, 3)
    for at, one in enumerate(run.beds, start=FIRST_ROW):
        days = [Cell(value) for value in (one.bed_days, one.bed_days_p10, one.bed_days_p90)]
        beds = [Cell(value, kind="tenth") for value in (one.do_nothing_beds, one.beds, one.beds_p10, one.beds_p90)]
        sheets.row(sheet, at, [one.provider, pod_name(run.book, one.pod), one.year.label, *days, *beds])


def _strains(sheets: Sheets, run: ActivityRun) -> None:
    headers = ["Provider", "Point of delivery", "Month", "Capacity", "Expected", "Probability of exceeding it"]
    about = "Months in which do something exceeds capacity with a probability of 10% or more. Nothing is capped."
    sheet = sheets.start(sheets.name("Capacity"), "Months that may exceed capacity", (about,), headers,
                         [18.0, 26.0, 18.0, 12.0, 12.0, 16.0])  # fmt: skip
    sheet.freeze_panes(FIRST_ROW, 3)
    for at, one in enumerate(run.strains, start=FIRST_ROW):
        numbers = [Cell(one.capacity), Cell(one.mean), Cell(one.probability, kind="share")]
        sheets.row(sheet, at, [one.provider, pod_name(run.book, one.pod), one.month.label, *numbers])
