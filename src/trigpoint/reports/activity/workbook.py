"""The activity plan as a workbook in the shape of the national return, with everything that it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from trigpoint.activity.results.run import ActivityRun
from trigpoint.reports.activity.about_sheets import about_sheet, assumptions_sheet, trace_sheet, warnings_sheet
from trigpoint.reports.activity.bridge_sheets import bridge_sheet, schemes_sheet
from trigpoint.reports.activity.lines import pack_of, return_rows
from trigpoint.reports.activity.month_sheets import month_sheets, years_sheet
from trigpoint.reports.activity.return_sheets import return_sheets
from trigpoint.reports.activity.value_sheets import value_sheets
from trigpoint.reports.sheet import Sheets

TITLE = "Activity plan"


def activity_workbook(
    run: ActivityRun, *, on: date, organisation: str = "", title: str = TITLE, problems: Sequence[str] = ()
) -> bytes:
    """The bytes of an Excel workbook of a run.

    Sheets: About; the return in total and of each provider (lines × months of every plan year, whole numbers that add
    up); forecast outturn, do nothing, do something, interval and years; bridge, schemes; value, beds, capacity, where
    there are any; assumptions; trace; warnings, with ``problems`` that came up before the run. Sums and growth are live
    formulas with the values computed here. ``on`` is the date that the workbook bears: no clock is read, and the same
    arguments give the same bytes.
    """
    pack = pack_of(run.years)
    rows, strays = return_rows(run.book, pack)
    sheets = Sheets(title=title, organisation=organisation, on=on)
    about_sheet(sheets, run, pack, title=title, organisation=organisation, on=on)
    return_sheets(sheets, run, pack, rows)
    years_sheet(sheets, run)
    month_sheets(sheets, run)
    bridge_sheet(sheets, run)
    schemes_sheet(sheets, run)
    value_sheets(sheets, run)
    assumptions_sheet(sheets, run)
    trace_sheet(sheets, run)
    warnings_sheet(sheets, [*problems, *(str(one) for one in run.warnings), *strays])
    return sheets.done()
