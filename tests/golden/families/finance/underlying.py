"""Underlying positions in millions of pounds: items with their signs, the position, and its share in per cent.

A file without a row ``recurrent_allocation`` is of the example plan's, in the year of its name.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

from tests.golden.families.finance.business_rules import MILLION, example, year_of_name

from trigpoint.finance.position.quantities import quantity_value
from trigpoint.finance.position.underlying import UnderlyingItems, underlying
from trigpoint.rounding import half_up

ITEMS = {
    "nr_allocations": ("nonrecurrent_allocation", -1),
    "brought_forward": ("brought_forward", -1),
    "nr_spend": ("nonrecurrent_spend", 1),
    "nr_pressures": ("nonrecurrent_pressures", 1),
    "nr_qipp": ("nonrecurrent_savings", -1),
    "nr_savings": ("nonrecurrent_savings", -1),
    "fye_of_recurrent_qipp": ("savings_full_year_effect", 1),
    "fye_of_recurrent_savings": ("savings_full_year_effect", 1),
    "fye_of_recurrent_investment": ("investment_full_year_effect", -1),
    "contingency": ("contingency_underlying", 1),
}
"""What a row's name has in it, the item that it is, and the sign with which the formula takes it."""
REPORTED, ALLOCATION, POSITION, SHARE = "reported", "recurrent_allocation", "underlying_position", "pct"


def check(path: Path) -> list[tuple[str, str]]:
    """Each row with what is wrong with our answer, "" where nothing is; an item is wrong where we have no such item."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = {row["line"].strip(): Decimal(row["gbp_m"]) for row in csv.DictReader(lines)}
    items: dict[str, Decimal] = {}
    answers = {}
    reported, allocation = Decimal(0), _allocation(path)
    for name, value in rows.items():
        found = next((ITEMS[key] for key in ITEMS if key in name), None)
        if name.startswith(REPORTED):
            reported = value * MILLION
        elif name == ALLOCATION:
            allocation = value * MILLION
        elif found is not None:
            items[found[0]] = items.get(found[0], Decimal(0)) + found[1] * value * MILLION
        elif not name.startswith((POSITION, SHARE)):
            answers[name] = "this row is not known"
    made = underlying(reported, UnderlyingItems(**items), allocation)
    ours = {POSITION: made.gbp / MILLION, SHARE: (made.share or Decimal(0)) * 100}
    for name, told in rows.items():
        key = next((key for key in ours if name.startswith(key)), "")
        here = half_up(ours[key], 2) if key else told
        answers.setdefault(name, "" if here == told else f"{here} is not {told}")
    return [(name, answers[name]) for name in rows]


def _allocation(path: Path) -> Decimal | None:
    return quantity_value(example(), "recurrent_allocation", year_of_name(path)).value
