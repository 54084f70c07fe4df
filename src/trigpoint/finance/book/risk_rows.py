"""Rows of risks and of what ties them to values; what is wrong with a row is told, and it is left out."""

from __future__ import annotations

from decimal import Decimal

from trigpoint.finance.book.book import Correlation, Risk, RiskKind, Severity
from trigpoint.finance.book.cells import size_of
from trigpoint.finance.book.planned import Planned, group_of
from trigpoint.plans.cells import CellError, decode_id, quoted
from trigpoint.tabular.amounts import flag_of, member_of
from trigpoint.tabular.entries import Entry
from trigpoint.tabular.exact_amounts import exact_number, exact_part, share_of_cell
from trigpoint.tabular.money_cells import money_text
from trigpoint.tabular.stated import stated_of

_POSITIVE = "write its size as a positive amount: the kind says which way it goes"


def risk_of(entry: Entry, planned: Planned) -> Risk | None:
    """One row of risks: a size between low and high, and the probability that it comes at all."""
    identity, year = entry.read("id", decode_id, ""), planned.year(entry)
    kind = entry.read("kind", member_of(RiskKind), None)
    value, low, high = (size_of(entry, name, _POSITIVE) for name in ("value", "low", "high"))
    probability = entry.read("probability", exact_part, None)
    spread = Severity.POINT if low is None or high is None else Severity.TRIANGULAR
    severity = entry.read("severity", member_of(Severity), spread)
    in_forecast, group, stated = entry.read("in_forecast", flag_of, False), group_of(entry), stated_of(entry)
    if entry.wrong or value is None or kind is None or year is None or probability is None:
        return None
    _ordered(entry, value, low, high, severity)
    scheme, owner = entry.text("scheme"), entry.text("owner")
    return entry.made(
        lambda: Risk(
            identity, year, kind, value, probability, low, high, severity, in_forecast, group, scheme, owner, stated
        )
    )


def _ordered(entry: Entry, value: Decimal, low: Decimal | None, high: Decimal | None, severity: Severity) -> None:
    if severity is not Severity.POINT and (low is None or high is None):
        lacking = "low" if low is None else "high"
        what = f"its size is {severity.value}, and there is no {lacking} end of it"
        entry.tell(what, "write low and high, or point as its severity", lacking)
        return
    if low is not None and high is not None and low > high:
        what = f"its low end, {money_text(low)}, is above its high end, {money_text(high)}"
        entry.tell(what, "exchange the two", "low")
    elif low is not None and value < low:
        what = f"its value, {money_text(value)}, is below its low end, {money_text(low)}"
        entry.tell(what, "correct one of the two", "value")
    elif high is not None and value > high:
        what = f"its value, {money_text(value)}, is above its high end, {money_text(high)}"
        entry.tell(what, "correct one of the two", "value")


def correlation_of(entry: Entry) -> Correlation | None:
    """One pair of risks that go together."""
    first, second = entry.read("first", decode_id, ""), entry.read("second", decode_id, "")
    value, stated = entry.read("correlation", _correlation, None), stated_of(entry)
    if first == second and first:
        entry.tell(f"“{first}” goes with itself", "name two risks", "second")
    if value is None:
        return None
    return entry.made(lambda: Correlation(first, second, value, stated))


def _correlation(cell: str) -> Decimal:
    value = share_of_cell(cell) if cell.strip().endswith(("%", "％")) else exact_number(cell)
    if not -1 <= value <= 1:
        raise CellError(f"{quoted(cell)} is not between -1 and 1", "write how closely they go together, e.g. 0.5")
    return value
