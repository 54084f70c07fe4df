"""The sheet of the business rules: numerator, denominator, quotient, rounding, test and headroom as formulas."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from trigpoint.finance.rules.evaluation import places_of
from trigpoint.finance.rules.result import BusinessRule, Operator, RuleResult
from trigpoint.reports.finance.gathered import Gathered
from trigpoint.reports.finance.input_sheets import MARK, Quantities
from trigpoint.reports.finance.ledger import Column, Ledger, Worked, Workings
from trigpoint.rounding import decimals_of, half_up

_ONE_PENNY = Decimal("0.01")


def rules_sheet(sheets: Workings, told: Gathered, quantities: Quantities) -> None:
    """Each rule and year: numerator and denominator from the sheet Quantities, quotient, rounding, test, headroom."""
    columns = (
        Column("Rule", 34.0), Column("Year", 9.0), Column("Id", 26.0),
        Column("Numerator", 18.0, "plain", computed=True), Column("Denominator", 18.0, "plain", computed=True),
        Column("Exact", 14.0, "rate", computed=True),
        Column("Decimals", 9.0, "plain"), Column("Rounded", 14.0, "rate", computed=True), Column("Asked", 10.0),
        Column("Limit", 14.0, "rate", computed=True), Column("Highest", 12.0, "rate"),
        Column("Met exactly", 10.0, "flag", computed=True), Column("Met as rounded", 10.0, "flag", computed=True),
        Column("Headroom", 18.0, "pence", computed=True), Column("Decides", 10.0), Column("Says", 70.0),
        Column("Source", 50.0), Column("Mark", 12.0),
    )  # fmt: skip
    about = (
        "Growth is the numerator over the year before's (the denominator here), less 1. Decimals are those of ROUND."
    )
    ledger = Ledger(sheets, "Rules", "Business rules", (about,), columns)
    for one in told.rules:
        _rule(ledger, one, quantities)


def _rule(ledger: Ledger, one: RuleResult, quantities: Quantities) -> None:
    rule, year, at = one.rule, one.year, ledger.next_row
    closing = (rule.compare_on.value, one.sentence or one.lacking, rule.source, MARK if one.illustrative else "")
    if one.exact is None or one.rounded is None or one.limit is None:
        ledger.row(rule.name, year.label, rule.id, *([None] * 5), rule.operator.value, *([None] * 5), *closing)
        return
    kind = "rate" if rule.unit == "share" else "pence"
    cells = {name: ledger.cell(name, at, here=True) for name in _NAMES}
    top, below, quotient = _sum_of(one, quantities, cells)
    limit = quantities.cell(rule.limit_quantity, year) if rule.limit_quantity else ""
    room = _headroom(one, cells, below, quantities)
    shown = "printed" if rule.limit_quantity else "as it is"
    ledger.row(
        rule.name,
        year.label,
        rule.id,
        top,
        below,
        Worked(one.exact, quotient, kind),
        Decimal(_decimals(one)),
        Worked(one.rounded, f"=ROUND({cells['Exact']},{cells['Decimals']})", kind),
        rule.operator.value,
        Worked(one.limit, f"={limit}" if limit else "", kind),
        Worked(rule.highest, kind=kind) if rule.highest is not None else None,
        Worked(_yes(one.passes_exact), f"={_test(rule, cells['Exact'], cells, printed=False)}"),
        Worked(_yes(one.passes_rounded), f"={_test(rule, cells['Rounded'], cells, printed=shown == 'printed')}"),
        room,
        *closing,
    )


def _decimals(one: RuleResult) -> int:
    """The decimals of ROUND that give the rounded value: those that it has, or those that its rule is printed with."""
    exact, rounded = one.exact or Decimal(0), one.rounded or Decimal(0)
    choices = (decimals_of(rounded), places_of(one.rule.unit, one.rule.decimals))
    return next((each for each in choices if _rounded(exact, each) == rounded), choices[0])


def _rounded(value: Decimal, decimals: int) -> Decimal:
    """ROUND of a value, half up; below 0 decimals to tens, hundreds and so on."""
    unit = Decimal(10) ** max(-decimals, 0)
    return half_up(value / unit, max(decimals, 0)) * unit


_NAMES = ("Numerator", "Denominator", "Exact", "Decimals", "Rounded", "Limit", "Highest")


def _sum_of(one: RuleResult, quantities: Quantities, cells: dict[str, str]) -> tuple[Worked | None, Worked | None, str]:
    """Numerator, denominator and the formula of their quotient; no formula where the plan's print stands for it."""
    rule, year = one.rule, one.year
    below_name, below_year = (rule.numerator, year - 1) if rule.growth else (rule.denominator, year)
    top = quantities.value(rule.numerator, year)
    below = quantities.value(below_name, below_year) if below_name else None
    if top is None or (below_name and not below):
        return None, None, ""
    value = Fraction(top) / Fraction(below) - (1 if rule.growth else 0) if below else Fraction(top)
    if abs(value - Fraction(one.exact or 0)) > Fraction(1, 10**10):
        return None, None, ""  # the plan's own growth, or its print, is what was used
    pounds = "pence" if rule.unit != "people" else "plain"
    first = Worked(top, f"={quantities.cell(rule.numerator, year)}", pounds if not below or top > 1 else "rate")
    if below is None:
        return first, None, f"={cells['Numerator']}"
    second = Worked(below, f"={quantities.cell(below_name, below_year)}", "pence")
    return first, second, f"={cells['Numerator']}/{cells['Denominator']}{'-1' if rule.growth else ''}"


def _test(rule: BusinessRule, value: str, cells: dict[str, str], *, printed: bool) -> str:
    """Whether a value is on the right side: compared beyond what a double can hold, so that the limit itself is."""
    limit = f"ROUND({cells['Limit']},{cells['Decimals']})" if printed else cells["Limit"]
    apart = f"ROUND({value}-{limit},10)"
    if rule.operator is Operator.BETWEEN:
        return f'IF({apart}>=0,IF(ROUND({cells["Highest"]}-{value},10)>=0,"yes","no"),"no")'
    sign = {Operator.AT_LEAST: ">=", Operator.AT_MOST: "<=", Operator.EXACTLY: "="}[rule.operator]
    return f'IF({apart}{sign}0,"yes","no")'


def _headroom(one: RuleResult, cells: dict[str, str], below: Worked | None, quantities: Quantities) -> Worked | None:
    """How far the numerator may move before the rule is broken, in pounds."""
    if one.headroom_gbp is None:
        return None
    over, under = f"({cells['Exact']}-{cells['Limit']})", f"({cells['Highest']}-{cells['Exact']})"
    moved = {
        Operator.AT_LEAST: over,
        Operator.AT_MOST: f"(-{over})",
        Operator.EXACTLY: f"(-ABS{over})",
        Operator.BETWEEN: f"MIN({over},{under})",
    }[one.rule.operator]
    scale = _scale(one, below, cells, quantities)
    return Worked(one.headroom_gbp, f"={moved}*{scale}" if scale else "")


def _scale(one: RuleResult, below: Worked | None, cells: dict[str, str], quantities: Quantities) -> str:
    """The pounds of one unit of the rule's value, where they are a cell; the answer itself is checked against it."""
    moved = one.headroom_gbp
    over = (one.exact or Decimal(0)) - (one.limit or Decimal(0))
    rule = one.rule
    choices: list[tuple[str, Decimal | None]] = [
        (
            cells["Denominator"] if below is not None else "",
            below.ours if below and isinstance(below.ours, Decimal) else None,
        ),
        ("1", Decimal(1)),
        (quantities.cell("population", one.year), quantities.value("population", one.year)),
    ]
    if rule.growth:
        before = quantities.value(rule.numerator, one.year - 1)
        choices.append((quantities.cell(rule.numerator, one.year - 1), before))
    if rule.operator is Operator.BETWEEN and rule.highest is not None:
        over = min(over, rule.highest - (one.exact or Decimal(0)))
    for cell, value in choices:
        if cell and value is not None and moved is not None and abs(abs(over) * value - abs(moved)) <= _ONE_PENNY / 2:
            return cell
    return ""


def _yes(value: bool | None) -> str:
    return "yes" if value else "no"
