"""One figure told in several places, sums that a plan prints, and parts that outgrow their whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from trigpoint.checks.finding import Severity
from trigpoint.finance.position.kinds import BY_NAME
from trigpoint.finance.position.quantities import quantity_value
from trigpoint.periods import FinancialYear
from trigpoint.rounding import decimal_of, half_up, total
from trigpoint.triangulation.comparison import Comparison, Lacking, Relation, Wording, compared
from trigpoint.triangulation.figure import Figure, Unit
from trigpoint.triangulation.parts import Parts, computed_figure
from trigpoint.triangulation.register import rule
from trigpoint.triangulation.told import Told, all_told, first_told, plan_lines

RULE = "SAME_FIGURE"
_PENNIES = 2


@rule(RULE, Severity.ERROR)
def same_figure(parts: Parts) -> Iterator[Comparison | Lacking]:
    """One figure is told as two different ones, or a sum that the plan prints does not come out.

    The same quantity of a year is compared wherever it is told: in the text, the tables and the model of the finance
    (quantities.csv), in the plan's own table of figures (finance.csv), and as allocations, spend and growth give it.
    Sums that a plan prints are added again, and the named parts of a rise must not exceed the rise. Two figures agree
    where one value would be printed as both: 1.2% and 1.162% do, at one decimal; 1% and 0.927% do only because 1% has
    no decimals, and the comparison says so.

    Fires: £6.4m less £1.1m told as £5.2m; £8.8m of growth in a rise of £7.7m. Does not: £456.2m and £456,213,000.
    Remedy: settle which figure is right and correct the other where it stands.
    """
    told = all_told(parts)
    yield from _told_twice(parts, told)
    if parts.finance is not None:
        yield from _from_lines(parts, told)
    yield from _sums(parts, told)
    yield from _parts_of_a_rise(parts, told)


def _told_twice(parts: Parts, told: tuple[Told, ...]) -> Iterator[Comparison]:
    groups: dict[tuple[str, FinancialYear | None, Unit], list[Figure]] = {}
    for one in told:
        if one.year is not None:
            groups.setdefault((one.quantity, one.year, one.figure.unit), []).append(one.figure)
    for (quantity, year, _), figures in groups.items():
        for first, second in combinations(figures, 2):
            wording = Wording(f"{_title(quantity)}, {year}, is told twice", "correct the figure that is wrong")
            yield compared(RULE, Severity.ERROR, (first, second), parts.tolerance(RULE), wording)


def _from_lines(parts: Parts, told: tuple[Told, ...]) -> Iterator[Comparison]:
    """The first telling of a quantity against what the lines come to."""
    book, names = parts.book, plan_lines()["lines"]["quantities"]
    seen: set[tuple[str, FinancialYear]] = set()
    for one in told:
        if one.year is None or one.quantity not in names or (one.quantity, one.year) in seen:
            continue
        found = quantity_value(book, one.quantity, one.year)
        if found.computed is None or found.unit != one.figure.unit.value:
            continue
        seen.add((one.quantity, one.year))
        second = computed_figure(
            _exact(found.computed, one.figure.unit),
            one.figure.unit,
            "the lines come to",
            BY_NAME[one.quantity].derived,
            illustrative=found.illustrative,
        )
        wording = Wording(
            f"{_title(one.quantity)}, {one.year}, against the lines of the finance",
            "correct the figure, or the lines that it is made of",
        )
        yield compared(RULE, Severity.ERROR, (one.figure, second), parts.tolerance(RULE), wording)


def _sums(parts: Parts, told: tuple[Told, ...]) -> Iterator[Comparison]:
    years = dict.fromkeys(one.year for one in told if one.year is not None)
    for row in plan_lines()["sum"]:
        for year in years:
            for unit in (Unit.GBP, Unit.SHARE):
                whole = first_told(told, row["whole"], year, unit)
                addends = [_addend(told, name, year, unit) for name in row["parts"]]
                if whole is not None and all(one is not None for one in addends):
                    yield _sum(parts, whole, [one for one in addends if one is not None], row["words"])


def _addend(told: tuple[Told, ...], name: str, year: FinancialYear, unit: Unit) -> Figure | None:
    quantity, _, before = name.partition("@")
    return first_told(told, quantity, year + int(before) if before else year, unit)


def _sum(parts: Parts, whole: Figure, addends: list[Figure], words: str) -> Comparison:
    value = total(one.value for one in addends if one.value is not None)
    shown = " ".join(_signed(one, at) for at, one in enumerate(addends))
    added = computed_figure(
        value,
        whole.unit,
        f"{words} ({shown}) make",
        " and ".join(one.source for one in addends),
        half_unit=total(one.half_unit for one in addends),
        illustrative=any(one.illustrative for one in addends),
    )
    wording = Wording("A sum that the plan prints", "correct the part or the sum that is wrong")
    return compared(RULE, Severity.ERROR, (whole, added), parts.tolerance(RULE), wording)


def _signed(figure: Figure, at: int) -> str:
    if not at:
        return figure.shown
    return f"− {figure.shown.lstrip('−')}" if (figure.value or 0) < 0 else f"+ {figure.shown}"


def _parts_of_a_rise(parts: Parts, told: tuple[Told, ...]) -> Iterator[Comparison]:
    """The named parts of a rise of the resource limit against the rise."""
    named = [one for one in told if one.quantity == "resource_limit_part" and one.figure.value is not None]
    ends = _ends_of_rise(told)
    if not named or ends is None:
        return
    before, after = ends
    rise = computed_figure(
        (after.value or Decimal(0)) - (before.value or Decimal(0)),
        Unit.GBP,
        f"the whole rise (from {before.shown} to {after.shown}) is",
        f"{before.source} and {after.source}",
        half_unit=before.half_unit + after.half_unit,
    )
    first = named[0].figure
    if len(named) > 1:
        first = replace(
            first,
            value=total(one.figure.value for one in named if one.figure.value is not None),
            words=f"the {len(named)} parts of the rise together are",
            half_unit=total(one.figure.half_unit for one in named),
        )
    wording = Wording(
        "A part is larger than the whole of the resource limit's rise",
        "say which parts take away, or correct the amounts",
        "what else the plan names as a part of the rise can then only be negative",
    )
    yield compared(RULE, Severity.ERROR, (first, rise), parts.tolerance(RULE), wording, Relation.AT_MOST)


def _ends_of_rise(told: tuple[Told, ...]) -> tuple[Figure, Figure] | None:
    before = first_told(told, "resource_limit_before", None, Unit.GBP)
    after = first_told(told, "resource_limit_after", None, Unit.GBP)
    if before is not None and after is not None:
        return before, after
    years = sorted({one.year for one in told if one.year is not None and one.quantity == "resource_limit"})
    for year in years:
        before, after = (first_told(told, "resource_limit", each, Unit.GBP) for each in (year, year + 1))
        if before is not None and after is not None:
            return before, after
    return None


def _title(quantity: str) -> str:
    return quantity.replace("_", " ")


def _exact(value: Fraction, unit: Unit) -> Decimal:
    """Money to the penny; a share as it is."""
    return half_up(value, _PENNIES) if unit is Unit.GBP else decimal_of(value)
