"""Sheets of months: forecast outturn, do nothing, do something and their intervals, and the years of each series."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from trigpoint.activity.results.run import ActivityRun, Band, Floats, SeriesRun
from trigpoint.reports.activity.words import pod_name
from trigpoint.reports.sheet import FIRST_ROW, Cell, Sheets, growth, summed

MONTHS = 12
UNROUNDED = "Unrounded means over the draws, shown as whole numbers: a printed sum may differ by one from its parts."
_NOT_A_SUM = "The interval of a year is not the sum of those of its months: errors of months cancel in part."


def month_sheets(sheets: Sheets, run: ActivityRun) -> None:
    """Forecast outturn, do nothing, do something: a row a series, months and years of each, with growth."""
    base = run.book.settings.base_year
    known = f"The outturn of {base} in the shape of each plan month: what would come if nothing changed."
    _trajectories(sheets, run, "Forecast outturn", known, lambda one: one.fot)
    nothing = "The outturn grown by demography, trend and what else is assumed; no schemes."
    _trajectories(sheets, run, "Do nothing", nothing, lambda one: one.do_nothing.mean)
    something = "Do nothing less what the schemes avoid, with what they bring."
    _trajectories(sheets, run, "Do something", something, lambda one: one.do_something.mean)
    _intervals(sheets, run)


def _keys(run: ActivityRun) -> tuple[list[str], list[float]]:
    """The headers and widths of the columns that say what a row is of."""
    details = [name.capitalize() for name in run.book.settings.output_by]
    return ["Point of delivery", "Provider", *details], [24.0, 10.0, *([14.0] * len(details))]


def _key(run: ActivityRun, one: SeriesRun) -> list[str | Cell | None]:
    name = pod_name(run.book, one.key.pod) + (" (illustrative)" if one.illustrative else "")
    details = [*one.key.detail, *([""] * (len(run.book.settings.output_by) - len(one.key.detail)))]
    return [name, one.key.provider or "all", *details]


def _rows(run: ActivityRun) -> tuple[SeriesRun, ...]:
    """The sums over series, then the series that have a provider; what one series alone makes is told once, as that."""
    made_of: dict[str, list[SeriesRun]] = {}
    for one in run.series:
        made_of.setdefault(one.key.pod, []).append(one)
    alone = {pod for pod, several in made_of.items() if len(several) == 1 and several[0].key.provider}
    sums = (one for one in run.pods if not one.key.provider and one.key.pod not in alone)
    return (*sums, *(one for one in run.series if one.key.provider))


def _month_headers(run: ActivityRun, *, grown: bool) -> tuple[list[str], list[float]]:
    headers: list[str] = []
    widths: list[float] = []
    for year in run.years:
        headers += [*(f"{month.label[:3]} {month.year}" for month in year.months), f"{year} total"]
        widths += [*([8.5] * MONTHS), 11.0]
        if grown:
            headers.append(f"{year} growth")
            widths.append(9.0)
    return headers, widths


def _trajectories(
    sheets: Sheets, run: ActivityRun, name: str, about: str, values: Callable[[SeriesRun], Floats]
) -> None:
    keys, key_widths = _keys(run)
    months, widths = _month_headers(run, grown=True)
    headers = [*keys, f"Outturn {run.book.settings.base_year}", *months]
    sheet = sheets.start(sheets.name(name), name, (about, UNROUNDED), headers, [*key_widths, 11.0, *widths])
    sheet.freeze_panes(FIRST_ROW, len(keys))
    for at, one in enumerate(_rows(run), start=FIRST_ROW):
        sheets.row(sheet, at, [*_key(run, one), *_years(at, len(keys), float(one.base.sum()), values(one))])


def _years(at: int, first: int, base: float, values: Floats) -> list[Cell | None]:
    """The outturn, then twelve months, their sum and its growth for each year."""
    cells: list[Cell | None] = [Cell(base)]
    before, before_at = base, xl_rowcol_to_cell(at, first)
    for start in range(0, len(values), MONTHS):
        months = [float(value) for value in values[start : start + MONTHS]]
        column = first + len(cells)
        total = summed(months, (at, column), (at, column + MONTHS - 1))
        total_at = xl_rowcol_to_cell(at, column + MONTHS)
        cells += [*(Cell(value) for value in months), total, growth(sum(months), total_at, before, before_at)]
        before, before_at = sum(months), total_at
    return cells


def _intervals(sheets: Sheets, run: ActivityRun) -> None:
    keys, key_widths = _keys(run)
    months, widths = _month_headers(run, grown=False)
    about = "80% interval: one draw in ten lies below P10, one in ten above P90."
    name = sheets.name("Interval")
    headers, all_widths = [*keys, "Of", "Quantile", *months], [*key_widths, 14.0, 10.0, *widths]
    sheet = sheets.start(name, "Interval of do nothing and do something", (about, _NOT_A_SUM), headers, all_widths)
    sheet.freeze_panes(FIRST_ROW, len(keys) + 2)
    at = FIRST_ROW
    for one in _rows(run):
        for of, monthly, annual in (
            ("Do nothing", one.do_nothing, one.annual_do_nothing),
            ("Do something", one.do_something, one.annual_do_something),
        ):
            for label, quantile in _QUANTILES:
                cells = _quantiles(quantile(monthly), quantile(annual))
                sheets.row(sheet, at, [*_key(run, one), of, label, *cells])
                at += 1


_QUANTILES: tuple[tuple[str, Callable[[Band], Floats]], ...] = (
    ("P10", lambda band: band.p10),
    ("P50", lambda band: band.p50),
    ("P90", lambda band: band.p90),
)


def _quantiles(months: Floats, years: Floats) -> list[Cell]:
    cells = []
    for at, year in enumerate(years):
        cells += [Cell(float(value)) for value in months[MONTHS * at : MONTHS * (at + 1)]]
        cells.append(Cell(float(year), kind="total"))
    return cells


def years_sheet(sheets: Sheets, run: ActivityRun) -> None:
    """A row a series and year: outturn, do nothing, do something, intervals with their Monte Carlo errors."""
    keys, key_widths = _keys(run)
    told = [
        "Do nothing", "P10", "P90", "Do something", "P10", "P50", "P90", "Change on outturn", "Avoided",
        "Error of P10", "Error of P90",
    ]  # fmt: skip
    headers = [*keys, "Year", f"Outturn {run.book.settings.base_year}", *told]
    about = "P10 to P90 is the 80% interval. The errors are the Monte Carlo standard errors of the quantiles."
    widths = [*key_widths, 9.0, *([12.0] * (len(told) + 1))]
    sheet = sheets.start(sheets.name("Years"), "Years of each series", (about, UNROUNDED), headers, widths)
    sheet.freeze_panes(FIRST_ROW, len(keys) + 1)
    at = FIRST_ROW
    for one in _rows(run):
        for number, year in enumerate(run.years):
            sheets.row(sheet, at, [*_key(run, one), year.label, *_year(at, len(keys) + 1, one, number)])
            at += 1


def _year(at: int, first: int, one: SeriesRun, number: int) -> Sequence[Cell]:
    nothing, something = one.annual_do_nothing, one.annual_do_something
    base, mean, grown = float(one.base.sum()), float(something.mean[number]), float(nothing.mean[number])

    def place(column: int) -> Any:
        return xl_rowcol_to_cell(at, first + column)

    return (
        Cell(base),
        Cell(grown), Cell(float(nothing.p10[number])), Cell(float(nothing.p90[number])),
        Cell(mean), Cell(float(something.p10[number])), Cell(float(something.p50[number])),
        Cell(float(something.p90[number])),
        growth(mean, place(4), base, place(0)),
        Cell(grown - mean, f"={place(1)}-{place(4)}"),
        Cell(float(something.p10_error[number]), kind="tenth"), Cell(float(something.p90_error[number]), kind="tenth"),
    )  # fmt: skip
