"""Rows of peers to values; what is wrong with a row is told, and it is left out."""

from __future__ import annotations

import re
from decimal import Decimal

from trigpoint.finance.book.book import PeerRate, PeerVariable
from trigpoint.plans.cells import CellError, quoted
from trigpoint.tabular.amounts import flag_of, year_of
from trigpoint.tabular.entries import Entry
from trigpoint.tabular.exact_amounts import exact_count, exact_number, share_of_cell
from trigpoint.tabular.money_cells import money_cell, money_text
from trigpoint.tabular.stated import stated_of

_PERCENT = ("%", "％")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?\Z")


def peer_of(entry: Entry) -> PeerRate | None:
    """One organisation's rate of one measure."""
    # A rate has decimals: 41.900 is no number of thousands, as an amount might be.
    plain = _PLAIN.match(entry.text("rate"))
    rate = entry.read("rate", exact_count, None) if plain else _rate(entry, "rate")
    population = entry.read("population", _positive, None)
    numerator, error = _rate(entry, "numerator"), entry.read("standard_error", exact_count, None)
    own, year, stated = entry.read("own", flag_of, False), entry.read("year", year_of, None), stated_of(entry)
    if rate is None:
        return None
    measure, organisation = entry.text("measure"), entry.text("organisation")
    return entry.made(lambda: PeerRate(measure, organisation, rate, population, numerator, error, own, year, stated))


def peer_variable_of(entry: Entry) -> PeerVariable | None:
    """One characteristic of an organisation."""
    value, weight = entry.read("value", _number, None), entry.read("weight", exact_count, Decimal(1))
    stated = stated_of(entry)
    if value is None:
        return None
    organisation, variable = entry.text("organisation"), entry.text("variable")
    return entry.made(lambda: PeerVariable(organisation, variable, value, weight, stated))


def _rate(entry: Entry, column: str) -> Decimal | None:
    """A rate may be pounds, a number or a share; how it is written says nothing more than its number."""
    cell = entry.text(column)
    if cell.endswith(_PERCENT):
        value = entry.read(column, share_of_cell, None)
    else:
        found = entry.read(column, money_cell, None)
        if found is not None and found.spelled:
            entry.note(f"{quoted(cell)} is read as {money_text(found.gbp)}", f"write {money_text(found.gbp)}", column)
        value = None if found is None else found.gbp
    if value is not None and value < 0:
        entry.tell(f"{quoted(cell)} is negative", "correct it", column)
        return None
    return value


def _number(cell: str) -> Decimal:
    return share_of_cell(cell) if cell.strip().endswith(_PERCENT) else exact_number(cell)


def _positive(cell: str) -> Decimal:
    value = exact_count(cell)
    if value == 0:
        raise CellError(f"{quoted(cell)} is no population", "write how many people, or leave the cell empty")
    return value
