"""Sheets of what the plan tells: allocations, months of spend, quantities. Others refer to their cells."""

from __future__ import annotations

from decimal import Decimal

from trigpoint.finance.book.book import MONTHS_OF_YEAR, FinanceBook, Recurrence, Series, SpendGroup
from trigpoint.finance.position.lines import SpendYear, months_known, spend_years
from trigpoint.finance.position.quantities import quantity_value
from trigpoint.finance.position.result import GrowthAmount
from trigpoint.periods import FinancialYear
from trigpoint.reports.finance.gathered import Gathered
from trigpoint.reports.finance.ledger import Column, Ledger, Worked, Workings, matching
from trigpoint.reports.finance.words import source_of
from trigpoint.rounding import total
from trigpoint.tabular.stated import Stated
from trigpoint.wording import capital

MARK = "illustrative"
_MONTHS = tuple(capital(month) for month in MONTHS_OF_YEAR)
_CLOSING = (Column("Source", 44.0), Column("Mark", 12.0))
_UNITS = {"gbp": "pence", "gbp per head": "pence", "share": "rate"}


def closing(stated: Stated) -> tuple[str, str]:
    """The last cells of a row: its source, and whether it was invented."""
    return source_of(stated), MARK if stated.illustrative else ""


def allocations_sheet(sheets: Workings, book: FinanceBook) -> Ledger:
    """Every allocation as entered."""
    columns = (
        Column("Year", 9.0), Column("Id", 22.0), Column("Name", 36.0), Column("Part", 24.0), Column("Recurrent", 15.0),
        Column("Amount", 17.0, "pence"), *_CLOSING,
    )  # fmt: skip
    about = "Money that the organisation is given, in pounds; negative where it is taken away."
    ledger = Ledger(sheets, "Allocations", "Allocations", (about,), columns)
    for one in book.allocations:
        words = (one.year.label, one.id, one.stated.name, one.part.value, one.recurrence.value)
        ledger.row(*words, one.gbp, *closing(one.stated))
    return ledger


def growth_sheet(sheets: Workings, told: Gathered, spend: Ledger) -> None:
    """Every growth assumption with its pounds: a rate of the recurrent forecast that the year before ends with."""
    if not any(one.growth for one in told.positions):
        return
    columns = (
        Column("Year", 9.0), Column("Group", 22.0), Column("Assumption", 34.0), Column("Driver", 24.0),
        Column("Recurrent", 15.0), Column("Rate", 10.0, "rate"), Column("Of", 18.0, "pence", computed=True),
        Column("Amount", 17.0, "pence", computed=True), *_CLOSING,
    )  # fmt: skip
    about = "A rate is of the recurrent spend that the year before is forecast to end with; an amount stands as it is."
    ledger = Ledger(sheets, "Growth", "Growth and inflation assumed", (about,), columns, freeze=3)
    for position in told.positions:
        lines = spend_years(told.book, position.year - 1)
        for one in position.growth:
            _growth(ledger, one, position.year - 1, spend, {line.group for line in lines})


def _growth(ledger: Ledger, one: GrowthAmount, before: FinancialYear, spend: Ledger, groups: set[SpendGroup]) -> None:
    assumed, at = one.assumption, ledger.next_row
    rate, base = (ledger.cell(name, at, here=True) for name in ("Rate", "Of"))
    found = ""
    if assumed.group is not None and assumed.group in groups:
        wanted = (("Year", before.label), ("Group", assumed.group.value), ("Recurrent", Recurrence.RECURRENT.value),
                  ("Series", Series.FORECAST.value))  # fmt: skip
        tests = [(spend.block(name), f'"{value}"') for name, value in wanted]
        found = f"={matching(spend.block('Year total'), *tests)}"
    ledger.row(
        assumed.year.label,
        assumed.group.value if assumed.group else "all groups",
        assumed.stated.name,
        assumed.driver.value,
        assumed.recurrence.value,
        assumed.rate,
        Worked(one.of_gbp, found) if one.of_gbp is not None else None,
        Worked(one.gbp, f"=ROUND({rate}*{base},2)" if one.of_gbp is not None else "") if one.gbp is not None else None,
        *closing(assumed.stated),
    )


def spend_sheet(sheets: Workings, book: FinanceBook) -> Ledger:
    """Three rows a line and year: budget and actual as entered, forecast as a formula where the plan has none."""
    columns = (
        Column("Year", 9.0), Column("Line", 24.0), Column("Group", 20.0), Column("Recurrent", 15.0),
        Column("Series", 10.0), *(Column(month, 14.0, "pence") for month in _MONTHS),
        Column("Year total", 17.0, "pence", computed=True), Column("To date", 17.0, "pence", computed=True),
        Column("Mark", 12.0),
    )  # fmt: skip
    about = "Cost is positive, income and savings negative. A forecast is the plan's own, else actual and then budget."
    ledger = Ledger(sheets, "Spend", "Spend by line and month", (about,), columns, freeze=5)
    years = sorted({line.year for line in book.spend})
    for year in years:
        for line in spend_years(book, year):
            _line(ledger, line, year, months_known(book, year))
    return ledger


def _line(ledger: Ledger, line: SpendYear, year: FinancialYear, known: int) -> None:
    start, mark = ledger.next_row, MARK if line.illustrative else ""
    words = (year.label, line.id, line.group.value, line.recurrence.value)
    for series, months in ((Series.BUDGET, line.budget), (Series.ACTUAL, line.actual)):
        _months(ledger, (*words, series.value), tuple(months), known, mark)
    forecast = tuple(
        value if line.told else _carried(ledger, start, at, value, line) for at, value in enumerate(line.forecast)
    )
    _months(ledger, (*words, Series.FORECAST.value), forecast, known, mark)


def _carried(ledger: Ledger, start: int, at: int, value: Decimal, line: SpendYear) -> Decimal | Worked:
    """A month of a forecast that was not told: the actual where there is one, else the budget."""
    if line.actual[at] == value and at < line.known:
        return Worked(value, f"={ledger.cell(_MONTHS[at], start + 1, here=True)}")
    if line.budget[at] == value:
        return Worked(value, f"={ledger.cell(_MONTHS[at], start, here=True)}")
    return value


def _months(
    ledger: Ledger, words: tuple[str, ...], months: tuple[Decimal | Worked | None, ...], known: int, mark: str
) -> None:
    at = ledger.next_row
    values = [one.ours if isinstance(one, Worked) else one for one in months]
    numbers = [one if isinstance(one, Decimal) else Decimal(0) for one in values]
    first = ledger.cell(_MONTHS[0], at, here=True)
    whole = Worked(total(numbers), f"=SUM({first}:{ledger.cell(_MONTHS[-1], at, here=True)})")
    end = ledger.cell(_MONTHS[max(known, 1) - 1], at, here=True)
    to_date = Worked(total(numbers[:known]), f"=SUM({first}:{end})") if known else None
    ledger.row(*words, *months, whole, to_date, mark)


class Quantities:
    """The sheet of quantities: each that something else reads, with where it comes from, by name and year."""

    def __init__(self, sheets: Workings, book: FinanceBook) -> None:
        columns = (
            Column("Year", 9.0), Column("Quantity", 28.0), Column("Name", 36.0), Column("Unit", 13.0),
            Column("Value", 18.0, "plain"), Column("As printed", 14.0), Column("Where it comes from", 50.0),
            *_CLOSING,
        )  # fmt: skip
        about = "What rules and bridges read: told by the plan, or worked out of its lines as the sixth column says."
        self.ledger = Ledger(sheets, "Quantities", "Quantities", (about,), columns)
        self._book = book
        self._rows: dict[tuple[str, FinancialYear], int] = {}

    def cell(self, name: str, year: FinancialYear) -> str:
        """The cell of a quantity, written when it is first asked for; empty where the plan does not say it."""
        if (name, year) not in self._rows:
            found = quantity_value(self._book, name, year)
            if found.value is None:
                return ""
            stated = found.told.stated if found.told is not None else Stated(illustrative=found.illustrative)
            printed = found.told.printed if found.told is not None else ""
            value = Worked(found.value, kind=_UNITS.get(found.unit, "plain"))
            self._rows[name, year] = self.ledger.row(
                year.label, name, found.title, found.unit, value, printed, found.derivation, *closing(stated)
            )
        return self.ledger.cell("Value", self._rows[name, year])

    def value(self, name: str, year: FinancialYear) -> Decimal | None:
        """Its value; ``None`` where the plan does not say it."""
        return quantity_value(self._book, name, year).value
