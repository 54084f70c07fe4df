"""A plan's finance as a workbook that a finance lead can follow: inputs shaded, everything else a live formula."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from trigpoint.periods.labels import long_date
from trigpoint.reports.bearing import Bearing
from trigpoint.reports.finance.contract_sheets import contracts_sheet
from trigpoint.reports.finance.gathered import Gathered
from trigpoint.reports.finance.input_sheets import Quantities, allocations_sheet, growth_sheet, spend_sheet
from trigpoint.reports.finance.ledger import Workings
from trigpoint.reports.finance.peer_sheets import peers_sheet
from trigpoint.reports.finance.position_sheets import bridge_sheet, position_sheet
from trigpoint.reports.finance.rule_sheets import rules_sheet
from trigpoint.reports.finance.scheme_sheets import correlations_sheet, risks_sheet, schemes_sheet
from trigpoint.reports.sheet import FIRST_ROW, Cell
from trigpoint.wording import listed


def finance_workbook(told: Gathered, bearing: Bearing) -> bytes:
    """The bytes of an Excel workbook of a plan's finance.

    Inputs (allocations, spend, quantities, schemes, risks, contract lines, terms) are shaded cells; position, bridges,
    rules, schemes, risks and payments are formulas of them that store the value computed here, with that value and
    whether both agree beside them. What no formula can repeat (draws, shrunk rates) stands as a value and says so. No
    clock is read, and the same arguments give the same bytes. Text of the plan is never a formula.
    """
    sheets = Workings(title=bearing.title, organisation=bearing.organisation, on=bearing.on)
    front = sheets.start(
        sheets.name("Read me"), bearing.title, (bearing.organisation,), ("Item", "Detail"), (34.0, 120.0)
    )
    front.freeze_panes(FIRST_ROW, 0)
    allocations = allocations_sheet(sheets, told.book)
    spend = spend_sheet(sheets, told.book)
    growth_sheet(sheets, told, spend)
    quantities = Quantities(sheets, told.book)
    position_sheet(sheets, told, quantities, spend)
    bridge_sheet(sheets, told, quantities, allocations)
    rules_sheet(sheets, told, quantities)
    schemes_sheet(sheets, told)
    risks_sheet(sheets, told)
    correlations_sheet(sheets, told)
    contracts_sheet(sheets, told)
    peers_sheet(sheets, told)
    _warnings(sheets, list(dict.fromkeys([*bearing.problems, *told.problems, *told.remarks])))
    _read_me(sheets, front, told, bearing)
    return sheets.done()


def _warnings(sheets: Workings, sentences: Sequence[str]) -> None:
    about = "What was left out, or looks wrong. Everything else was computed."
    sheet = sheets.start(sheets.name("Warnings"), "Warnings", (about,), ("Number", "Warning"), (9.0, 140.0))
    sheet.freeze_panes(FIRST_ROW, 0)
    for at, text in enumerate(list(sentences) or ["Nothing was left out."]):
        sheets.row(sheet, FIRST_ROW + at, [str(at + 1), text])


def _read_me(sheets: Workings, front: Any, told: Gathered, bearing: Bearing) -> None:
    """What the workbook is, its signs and colours, and a count of the formulas that agree with our values."""
    settings = told.book.settings
    years = listed([year.label for year in settings.years])
    rows = [
        ("Date", long_date(bearing.on)),
        ("Organisation", f"{settings.organisation}, {settings.organisation_type.value}"),
        ("Years", f"{years}; {settings.months_known} months of the first are actuals"),
        ("Planning round", settings.framework),
        *_SAID,
        *((ledger.name, ledger.about) for ledger in sheets.ledgers),
    ]
    if told.illustrative:
        rows.append(("Illustrative", "Rows marked illustrative were invented for a demonstration and are no record."))
    for at, row in enumerate(rows, start=FIRST_ROW):
        sheets.row(front, at, row)
    checked = [ledger for ledger in sheets.ledgers if ledger.formulas]
    agree = "+".join(f'COUNTIF({ledger.agreement},"yes")' for ledger in checked) or "0"
    every = sum(ledger.checked_rows for ledger in checked)
    last = FIRST_ROW + len(rows)
    sheets.row(front, last, ["Rows whose formulas agree", Cell(float(every), f"={agree}")], strong=True)
    sheets.row(front, last + 1, ["Rows with formulas", Cell(float(every))], strong=True)


_SAID = (
    ("Signs", "Cost is positive, income and savings negative in spend, a surplus positive. Schemes and risks name "
     "their savings and sizes as positive amounts."),
    ("Colours", "Shaded cells are inputs, or values that no formula repeats. Cells without shading are formulas."),
    ("Checks", "Beside each formula stands our own value, then whether both agree: to less than a penny, and of shares "
     "to ten decimals. Change an input and the formula moves, while our value stays as it was computed."),
    ("Rounding", "Money is rounded to the penny once, half up, where a formula says ROUND."),
)  # fmt: skip
