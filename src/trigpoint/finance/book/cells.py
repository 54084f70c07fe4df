"""Cells of the finance tables to values: amounts in pounds, months of a year, and what a reader is told of them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from trigpoint.finance.book.book import MONTHS_OF_YEAR
from trigpoint.finance.money import spread, to_pence
from trigpoint.periods import FinancialYear
from trigpoint.plans.cells import CellError, quoted
from trigpoint.rounding import decimals_of, total
from trigpoint.tabular.entries import Entry
from trigpoint.tabular.exact_amounts import decimal_share_text, exact_part
from trigpoint.tabular.money_cells import MoneyCell, money_cell, money_text
from trigpoint.wording import listed

_MONTH_NAMES = {
    column: month.label.split()[0] for column, month in zip(MONTHS_OF_YEAR, FinancialYear(2017).months, strict=True)
}
_HALF = Decimal("0.5")


def gbp_of(entry: Entry, column: str) -> Decimal | None:
    """The amount of a cell in whole pence; ``None`` where it is empty or wrong, which is told."""
    found = _money(entry, column)
    if found is None or found.whole_pence:
        return None if found is None else found.gbp
    pence = to_pence(found.gbp)
    what = f"{quoted(entry.text(column))} is no whole number of pence, and is read as {money_text(pence)}"
    entry.note(what, f"write {money_text(pence)}", column)
    return pence


def size_of(entry: Entry, column: str, said: str) -> Decimal | None:
    """An amount that has no sign; ``said`` is why."""
    value = gbp_of(entry, column)
    if value is not None and value < 0:
        entry.tell(f"{quoted(entry.text(column))} is negative", said, column)
        return None
    return value


def price_of(entry: Entry, column: str) -> Decimal | None:
    """What one unit costs: an amount that may have more decimals than pence."""
    found = _money(entry, column)
    if found is not None and found.gbp < 0:
        entry.tell(f"{quoted(entry.text(column))} is negative", "write what one unit costs", column)
    return None if found is None else found.gbp


def _money(entry: Entry, column: str) -> MoneyCell | None:
    found = entry.read(column, money_cell, None)
    if found is not None and found.spelled:
        what = f"{quoted(entry.text(column))} is read as {money_text(found.gbp)}"
        entry.note(what, f"write {money_text(found.gbp)}", column)
    return found


def month_amounts(entry: Entry) -> tuple[Decimal | None, ...]:
    """The twelve amounts of a row, ``None`` where a cell is empty.

    Months with more than two decimals – a year divided by twelve, say – are rounded together, so that their sum is the
    rounded sum.
    """
    cells = [_money(entry, month) for month in MONTHS_OF_YEAR]
    exact = [None if cell is None else cell.gbp for cell in cells]
    if all(cell is None or cell.whole_pence for cell in cells):
        return tuple(exact)
    reached, before, months = Decimal(0), Decimal(0), list[Decimal | None]()
    for one in exact:
        if one is None:
            months.append(None)
            continue
        reached = total([reached, one])
        here = to_pence(reached)
        months.append(total([here, -before]))
        before = here
    what = "its months are no whole numbers of pence, and are rounded so that their sum stays the rounded sum"
    entry.note(what, "write pounds and pence")
    return tuple(months)


def month_numbers(entry: Entry, decode: Callable[[str], Decimal]) -> tuple[Decimal | None, ...]:
    """The twelve numbers of a row; none at all where every cell is empty."""
    found = tuple(entry.read(month, decode, None) for month in MONTHS_OF_YEAR)
    return found if any(one is not None for one in found) else ()


def month_shares(entry: Entry) -> tuple[Decimal, ...]:
    """The twelve shares of a row's months, which make 100%; none where every cell is empty."""
    cells = [entry.text(month) for month in MONTHS_OF_YEAR]
    found = [entry.read(month, exact_part, None) for month in MONTHS_OF_YEAR]
    if not any(cells) or entry.wrong:
        return ()
    return shares_checked(entry, tuple(Decimal(0) if one is None else one for one in found), cells, "mar")


def listed_shares(entry: Entry, column: str) -> tuple[Decimal, ...]:
    """Twelve shares between semicolons, which make 100%."""
    cells = [cell.strip() for cell in entry.text(column).split(";")] if entry.text(column) else []
    if not cells:
        return ()
    if len(cells) != len(MONTHS_OF_YEAR):
        entry.tell(f"there are {len(cells)} shares", "write twelve, from April, between semicolons", column)
        return ()
    try:
        found = tuple(exact_part(cell) for cell in cells)
    except CellError as error:
        entry.tell(error.what, error.remedy, column)
        return ()
    return shares_checked(entry, found, cells, column)


def shares_checked(entry: Entry, shares: tuple[Decimal, ...], cells: list[str], column: str) -> tuple[Decimal, ...]:
    """Shares whose printed digits allow that they make 100%; others are told."""
    whole = total(shares)
    if whole == 1:
        return shares
    # Each printed share may be off by half its last digit, and so may their sum by that much for each.
    slack = total([_HALF.scaleb(-_decimals(cell)) for cell in cells if cell])
    what = f"the shares of the months add up to {decimal_share_text(whole)}, not to 100%"
    if abs(whole - 1) > slack or not whole:
        entry.tell(what, "correct them", column)
        return ()
    entry.note(f"{what}, as rounded shares may; they are used in proportion", "print more decimals", column)
    return shares


def _decimals(cell: str) -> int:
    """Decimals of the fraction that a printed share is."""
    bare = cell.strip()
    percent = bare.endswith(("%", "％"))
    return decimals_of(Decimal(bare.rstrip("%％").strip().replace("−", "-"))) + (2 if percent else 0)


def equal_months(gbp: Decimal) -> tuple[Decimal, ...]:
    """A year's amount over its months, as even as pence allow."""
    return spread(gbp, [Decimal(1)] * len(MONTHS_OF_YEAR))


def months_named(columns: list[str]) -> str:
    """Months in words, by their columns.

    >>> months_named(["apr", "mar"])
    'April and March'
    """
    return listed([_MONTH_NAMES[column] for column in columns])
