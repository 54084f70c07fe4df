"""Sheets of the bridge and the schemes: every step with its sum as a live formula beside the model's own answer."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.utility import xl_rowcol_to_cell

from trigpoint.activity.results.run import ActivityRun
from trigpoint.periods import FinancialYear
from trigpoint.reports.activity.answer import bridge_by_pod
from trigpoint.reports.activity.words import pod_name
from trigpoint.reports.sheet import FIRST_ROW, Cell, Sheets, summed

_FIRST_YEAR = 4


def bridge_sheet(sheets: Sheets, run: ActivityRun) -> None:
    """For each point of delivery the steps from the outturn to do something, their sum and the model's mean."""
    headers = ["Point of delivery", "Step", "Kind", "Id", *(year.label for year in run.years)]
    about = "Means over the draws. The steps of a year add up to do something exactly; there is no interaction term."
    widths = [24.0, 44.0, 12.0, 24.0, *([13.0] * len(run.years))]
    more = "“Difference” compares the sum of the steps with the mean of the trajectories."
    sheet = sheets.start(sheets.name("Bridge"), "From outturn to do something", (about, more), headers, widths)
    sheet.freeze_panes(FIRST_ROW, 2)
    found = bridge_by_pod(run.bridge)
    at = FIRST_ROW
    for pod in dict.fromkeys(key[0] for key in found):
        steps = list(dict.fromkeys(part for of, _, part in found if of == pod))
        name, first = pod_name(run.book, pod), at
        columns: list[list[float]] = [[] for _ in run.years]
        for part in steps:
            one = next(told for (of, _, key), (_, told) in found.items() if (of, key) == (pod, part))
            values = [found.get((pod, year, part), (0.0, one))[0] for year in run.years]
            for column, value in zip(columns, values, strict=True):
                column.append(value)
            cells = [Cell(value, kind="whole" if part == steps[0] else "change") for value in values]
            sheets.row(sheet, at, [name, one.name or part, one.kind, part, *cells])
            at += 1
        for label, kind, cells in _closing(run, pod, columns, first, at):
            sheets.row(sheet, at, [name, label, kind, "", *cells], strong=True)
            at += 1


def _closing(
    run: ActivityRun, pod: str, columns: Sequence[Sequence[float]], first: int, at: int
) -> list[tuple[str, str, list[Cell]]]:
    """The sum of the steps, what the trajectories say, and the difference."""
    sums, model, apart = [], [], []
    for number, (year, values) in enumerate(zip(run.years, columns, strict=True)):
        column = _FIRST_YEAR + number
        total = summed(values, (first, column), (at - 1, column))
        mean = _mean(run, pod, year)
        sums.append(total)
        model.append(Cell(mean, kind="total"))
        formula = f"={xl_rowcol_to_cell(at, column)}-{xl_rowcol_to_cell(at + 1, column)}"
        apart.append(Cell((total.value or 0.0) - mean, formula, "exact"))
    return [
        ("Do something: sum of the steps", "sum", sums),
        ("Do something: mean of the trajectories", "model", model),
        ("Difference", "check", apart),
    ]


def _mean(run: ActivityRun, pod: str, year: FinancialYear) -> float:
    at = 12 * run.years.index(year)
    return float(sum(one.do_something.mean[at : at + 12].sum() for one in run.series if one.key.pod == pod))


def schemes_sheet(sheets: Sheets, run: ActivityRun) -> None:
    """What each scheme changes, how surely, what it was said to change, and who owns it."""
    headers = [
        "Scheme", "Id", "Point of delivery", "Year", "Change", "P10", "P90", "Delivered", "As stated", "Meets it",
        "Overlap", "Part of", "Deliverable", "Milestone that comes first",
    ]  # fmt: skip
    about = "Negative is activity avoided, positive is activity brought. Overlap is what another scheme reached first."
    more = "Intervals of schemes do not add up. “Meets it” is the share of draws that change as much as is stated."
    widths = [34.0, 22.0, 24.0, 9.0, 11.0, 11.0, 11.0, 10.0, 11.0, 10.0, 10.0, 24.0, 24.0, 24.0]
    sheet = sheets.start(sheets.name("Schemes"), "What the schemes change", (about, more), headers, widths)
    sheet.freeze_panes(FIRST_ROW, 1)
    schemes = {scheme.id: scheme for scheme in run.book.schemes}
    for at, one in enumerate(run.schemes, start=FIRST_ROW):
        told = schemes.get(one.id)
        owner = (told.part_of, told.deliverable, told.milestone) if told else ("", "", "")
        numbers = [Cell(value, kind="change") for value in (one.mean, one.p10, one.p90)]
        numbers += [Cell(one.delivered, kind="share"), Cell(one.stated, kind="change"), Cell(one.meets, kind="share")]
        numbers.append(Cell(one.overlap))
        names = [one.name or one.id, one.id, pod_name(run.book, one.pod), one.year.label]
        sheets.row(sheet, at, [*names, *numbers, *owner])
