"""The national activity return: a sheet a provider and one in total; lines × months, years and growth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from xlsxwriter.utility import xl_rowcol_to_cell

from trigpoint.activity.outturn.sentences import printed
from trigpoint.activity.results.run import ActivityRun
from trigpoint.reports.activity.lines import LinePack, ReturnRow
from trigpoint.reports.activity.words import pod_name, whole_numbers
from trigpoint.reports.sheet import FIRST_ROW, Cell, Sheets, growth, summed

MONTHS = 12
BASE = 3
"""The column of the base year's outturn; the months of the first plan year begin beside it."""
_BLOCK = MONTHS + 2
_MOST_SHEETS = 200  # beyond that the sum of sheets is no formula that a spreadsheet takes


@dataclass(frozen=True, slots=True)
class Figures:
    """The whole numbers of one row: the base year's outturn, and twelve months of each plan year."""

    base: int
    years: tuple[tuple[int, ...], ...]


def providers_of(run: ActivityRun) -> tuple[str, ...]:
    """The providers of a run in the order of its series."""
    return tuple(dict.fromkeys(one.key.provider for one in run.series))


def figures_of(run: ActivityRun, provider: str, pods: Sequence[str]) -> Figures | None:
    """Do something of some points of delivery of a provider in whole numbers; ``None`` where it has none of them.

    The months of a year add up to the year as it is rounded, so that nothing is lost between the two.
    """
    found = [one for one in run.series if one.key.provider == provider and one.key.pod in pods]
    if not found:
        return None
    months = np.sum([one.do_something.mean for one in found], axis=0)
    base = float(sum(one.base.sum() for one in found))
    parts = [[float(value) for value in months[MONTHS * at : MONTHS * (at + 1)]] for at in range(len(run.years))]
    years = tuple(tuple(whole_numbers(part, _whole(sum(part)))) for part in parts)
    return Figures(_whole(base), years)


def _whole(value: float) -> int:
    return int(printed(value).replace(",", "").replace("−", "-"))


def added(parts: Sequence[Figures]) -> Figures:
    """Several rows together."""
    years = zip(*(part.years for part in parts), strict=True)
    return Figures(sum(part.base for part in parts), tuple(tuple(map(sum, zip(*each, strict=True))) for each in years))


def return_sheets(sheets: Sheets, run: ActivityRun, pack: LinePack, rows: Sequence[ReturnRow]) -> None:
    """The sheet of the total first, then one a provider; the total's cells are sums over the others."""
    providers = [name for name in providers_of(run) if name]
    by_provider = {name: _filled(run, name, rows) for name in providers_of(run)}
    names = {name: f"Return {name}" if name else "Return, no provider" for name in by_provider}
    names = {name: sheets.name(text) for name, text in names.items()}
    total_name = "Return total"
    total = [_added([figures[at] for figures in by_provider.values()]) for at in range(len(rows))]
    live = [names[name] for name in by_provider] if len(by_provider) <= _MOST_SHEETS else []
    who = f"All providers: {', '.join(providers)}" if providers else "All providers"
    _sheet(sheets, run, pack, rows, total, sheets.name(total_name), who, over=live)
    for name, figures in by_provider.items():
        _sheet(sheets, run, pack, rows, figures, names[name], f"Provider {name}" if name else "No provider named")


def _filled(run: ActivityRun, provider: str, rows: Sequence[ReturnRow]) -> list[Figures | None]:
    """The figures of every row; those of a sum from the rows that it sums."""
    own = [figures_of(run, provider, row.pods) if row.pods else None for row in rows]
    return [_added([own[at] for at in row.of]) if row.of else figures for row, figures in zip(rows, own, strict=True)]


def _added(parts: Sequence[Figures | None]) -> Figures | None:
    there = [part for part in parts if part is not None]
    return added(there) if there else None


def _sheet(
    sheets: Sheets, run: ActivityRun, pack: LinePack, rows: Sequence[ReturnRow], figures: Sequence[Figures | None],
    name: str, who: str, *, over: Sequence[str] = (),
) -> None:  # fmt: skip
    headers = ["Line", "Definition", "Points of delivery", f"Outturn {run.book.settings.base_year}"]
    for year in run.years:
        headers += [*(f"{month.label[:3]} {month.year}" for month in year.months), f"{year} total", f"{year} growth"]
    widths = [9.0, 38.0, 22.0, 11.0, *([*([8.5] * MONTHS), 11.0, 9.0] * len(run.years)), 12.0]
    scenario = run.scenario.name or run.scenario.id
    lines = (f"Planned activity (do something), {scenario}. Whole numbers; months add up to their year.", pack.words)
    sheet = sheets.start(name, f"Activity plan, {who}", lines, [*headers, "Note"], widths)
    sheet.freeze_panes(FIRST_ROW, BASE)
    for at, (row, found) in enumerate(zip(rows, figures, strict=True)):
        cells = _cells(FIRST_ROW + at, row, found, over)
        cells += [None] * (1 + _BLOCK * len(run.years) - len(cells))
        note = "illustrative" if _illustrative(run, row) else ""
        pods = ", ".join(pod_name(run.book, pod) for pod in row.pods) or "sum of the lines below it"
        sheets.row(sheet, FIRST_ROW + at, [row.code, row.name, pods, *cells, note])


def _illustrative(run: ActivityRun, row: ReturnRow) -> bool:
    return any(one.illustrative for one in run.series if one.key.pod in row.pods)


def _cells(at: int, row: ReturnRow, found: Figures | None, over: Sequence[str]) -> list[Cell | None]:
    """Outturn, then months, total and growth of each year."""
    if found is None:
        return []

    def one(value: int, column: int) -> Cell:
        where = xl_rowcol_to_cell(at, column)
        if row.of:
            return Cell(value, f"=SUM({','.join(xl_rowcol_to_cell(FIRST_ROW + part, column) for part in row.of)})")
        if over:
            quoted = ",".join(f"'{name}'!{where}" for name in over)
            return Cell(value, f"=SUM({quoted})")
        return Cell(value)

    cells: list[Cell | None] = [one(found.base, BASE)]
    before, before_at = float(found.base), xl_rowcol_to_cell(at, BASE)
    for number, months in enumerate(found.years):
        first = BASE + 1 + number * _BLOCK
        cells += [one(value, first + month) for month, value in enumerate(months)]
        total = summed(months, (at, first), (at, first + MONTHS - 1))
        total_at = xl_rowcol_to_cell(at, first + MONTHS)
        cells += [total, growth(float(sum(months)), total_at, before, before_at)]
        before, before_at = float(sum(months)), total_at
    return cells
