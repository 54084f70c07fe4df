"""Where a reader begins who looks for a quantity that no cell tells: the first line that it is made of."""

from __future__ import annotations

from collections.abc import Iterator

from trigpoint.finance.book.book import FinanceBook, Recurrence, Series, SpendGroup
from trigpoint.finance.position.kinds import GROWTH, SPEND
from trigpoint.periods import FinancialYear
from trigpoint.tabular.stated import Stated
from trigpoint.triangulation.figure import Figure, Unit
from trigpoint.triangulation.parts import stated_figure

_ALLOCATED = ("resource_limit", "recurrent_allocation", "planned_surplus", "programme_allocation", "allocation_growth")


def place_of_quantity(book: FinanceBook, quantity: str, year: FinancialYear) -> Figure:
    """A figure without a value in the cell that a reader begins at; without file and line where no row is known.

    >>> from trigpoint.finance.book.book import FinanceSettings, OrganisationType
    >>> empty = FinanceBook(FinanceSettings("", OrganisationType.ICB, "", ()))
    >>> place_of_quantity(empty, "spend", FinancialYear(2026)).file
    ''
    """
    found = next(_rows(book, quantity, year), None)
    if found is None:
        return Figure(None, Unit.GBP, "")
    table, stated, item = found
    return stated_figure(None, Unit.GBP, "", stated, table=table, column="", item=item)


def _rows(book: FinanceBook, quantity: str, year: FinancialYear) -> Iterator[tuple[str, Stated, str]]:
    if quantity.startswith("qipp") or "savings" in quantity:
        yield from (("schemes", one.stated, one.id) for one in book.schemes if one.year == year)
    if quantity in _ALLOCATED:
        yield from (("allocations", one.stated, one.id) for one in book.allocations if one.year == year)
    group, once = _group(quantity), quantity.startswith("nonrecurrent")
    for one in book.spend:
        wanted = one.group is group or (once and one.recurrence is Recurrence.NON_RECURRENT) or quantity == "spend"
        if one.year == year and one.series is Series.BUDGET and wanted:
            yield "spend", one.stated, one.id


def _group(quantity: str) -> SpendGroup | None:
    name = quantity.removesuffix(SPEND).removesuffix(GROWTH).removesuffix("_per_head").replace("_", " ")
    return next((group for group in SpendGroup if group.value == name), None)
