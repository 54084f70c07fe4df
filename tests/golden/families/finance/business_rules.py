"""Business rules of the example plan: value, limit and whether it is met; the year stands in the file's name (_1718).

Shares are told to four places, money in millions of pounds to two.
"""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

from trigpoint.finance.book.book import FinanceBook
from trigpoint.finance.book.reading import read_finance
from trigpoint.finance.rules.evaluation import evaluate_rules
from trigpoint.finance.rules.result import RuleResult
from trigpoint.periods import FinancialYear
from trigpoint.rounding import half_up

EXAMPLE = Path(__file__).resolve().parents[4] / "examples" / "dudley-2017-19"
MILLION = 1_000_000
SCALES, PLACES = {"share": 1, "gbp": MILLION}, {"share": 4, "gbp": 2}
YEAR = re.compile(r"_(\d\d)(\d\d)\b")


@cache
def example() -> FinanceBook:
    book = read_finance(EXAMPLE).book
    if book is None:
        raise AssertionError("the example plan has no finance")
    return book


def year_of_name(path: Path) -> FinancialYear:
    """2017/18 for “…_1718”, which is also the year where a name has none."""
    found = YEAR.search(path.stem)
    return FinancialYear(2000 + int(found[1])) if found else FinancialYear(2017)


def check(path: Path) -> list[tuple[str, str]]:
    """Each rule with what is wrong with our answer, "" where nothing is."""
    year = year_of_name(path)
    results = {one.rule.id: one for one in evaluate_rules(example(), years=[year])}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [(row["rule"], _trouble(row, results.get(row["rule"].strip()))) for row in csv.DictReader(lines)]


def _trouble(row: dict[str, str], ours: RuleResult | None) -> str:
    if ours is None:
        return "there is no such rule"
    if ours.exact is None or ours.limit is None:
        return ours.lacking
    unit = (row.get("unit") or "").strip()
    if unit != ours.rule.unit:
        return f"its unit is {ours.rule.unit}, not {unit}"
    differing = []
    for name, mine in (("value", ours.exact), ("limit", ours.limit)):
        there = Decimal(row[name])
        exponent = there.as_tuple().exponent
        told = -exponent if unit == "share" and isinstance(exponent, int) else 0
        places = max(PLACES[unit], min(told, 9))
        here = half_up(Fraction(mine) / SCALES[unit], places)
        if here != half_up(there, places):
            differing.append(f"{name} is {here}, not {there}")
    passed = row["passed"].strip().casefold() == "true"
    if ours.passes is not passed:
        differing.append(f"it is {'met' if ours.passes else 'broken'}")
    return "; ".join(differing)
