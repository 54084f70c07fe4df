"""Rows of contracts and their lines to values; what is wrong with a row is told, and it is left out."""

from __future__ import annotations

from trigpoint.finance.book.book import Contract, ContractLine
from trigpoint.finance.book.cells import gbp_of, listed_shares, month_numbers, price_of
from trigpoint.finance.book.planned import Planned, group_of
from trigpoint.plans.cells import decode_id
from trigpoint.tabular.amounts import flag_of
from trigpoint.tabular.entries import Entry
from trigpoint.tabular.exact_amounts import exact_count
from trigpoint.tabular.stated import stated_of


def contract_of(entry: Entry, planned: Planned) -> Contract | None:
    """One row of contracts."""
    identity, year = entry.read("id", decode_id, ""), planned.year(entry)
    mechanism = entry.read("mechanism", decode_id, "")
    values = gbp_of(entry, "commissioner_gbp"), gbp_of(entry, "provider_gbp")
    group, stated = group_of(entry), stated_of(entry)
    if year is None:
        return None
    sides = entry.text("commissioner"), entry.text("provider")
    return entry.made(lambda: Contract(identity, year, *sides, mechanism, *values, group, stated))


def contract_line_of(entry: Entry) -> ContractLine | None:
    """One row of contract lines."""
    contract, identity = entry.read("contract", decode_id, ""), entry.read("id", decode_id, "")
    units, price = entry.read("planned_units", exact_count, None), price_of(entry, "price")
    paid = price_of(entry, "actual_price")
    variable = entry.read("variable", flag_of, True)
    profile, actual, stated = listed_shares(entry, "profile"), month_numbers(entry, exact_count), stated_of(entry)
    if units is None or price is None:
        return None
    return entry.made(
        lambda: ContractLine(
            contract, identity, entry.text("pod"), units, price, variable, profile, actual, stated, paid
        )
    )
