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
from trigpoint.triangulation.comparison import (
    Comparison,
    Ground,
    Lacking,
    Relation,
    Wording,
    compared,
    ground_of,
)
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
    for (quantity, year, unit), figures in groups.items():
        lines = _lines(parts, quantity, year, unit) if year is not None else None
        why = f"{lines.words} {lines.shown}" if lines is not None else ""
        for first, second in combinations(figures, 2):
            wording = Wording(f"{_title(quantity)}, {year}, is told twice", "correct the figure that is wrong", why)
            yield compared(RULE, Severity.ERROR, (first, second), parts.tolerance(RULE), wording)


def _from_lines(parts: Parts, told: tuple[Told, ...]) -> Iterator[Comparison]:
    """What a quantity is told as against what the lines come to, once for each value that is told and each unit.

    Where two tellings do not agree the comparison of the two says what the lines come to.
    """
    seen: dict[tuple[str, FinancialYear, Unit], Figure] = {}
    apart: set[tuple[str, FinancialYear, Unit]] = set()
    for one in told:
        if one.year is None:
            continue
        key = (one.quantity, one.year, one.figure.unit)
        before = seen.setdefault(key, one.figure)
        if ground_of(before, one.figure, parts.tolerance(RULE)) is Ground.NONE:
            apart.add(key)
    for (quantity, year, unit), figure in seen.items():
        second = _lines(parts, quantity, year, unit)
        if second is None or (quantity, year, unit) in apart:
            continue
        wording = Wording(
            f"{_title(quantity)}, {year}, against the lines of the finance",
            "correct the figure, or the lines that it is made of",
        )
        yield compared(RULE, Severity.ERROR, (figure, second), parts.tolerance(RULE), wording)


def _lines(parts: Parts, quantity: str, year: FinancialYear, unit: Unit) -> Figure | None:
    """What the lines of the finance come to for a quantity that is of lines alone."""
    if parts.finance is None or quantity not in plan_lines()["lines"]["quantities"]:
        return None
    found = quantity_value(parts.finance, quantity, year)
    if found.computed is None or found.unit != unit.value:
        return None
    return computed_figure(
        _exact(found.computed, unit),
        unit,
        "the lines come to",
        BY_NAME[quantity].derived,
        illustrative=found.illustrative,
    )


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
    severity, wording = _rise_in_words(told, before, first, rise)
    yield compared(RULE, severity, (first, rise), parts.tolerance(RULE), wording, Relation.AT_MOST)


def _rise_in_words(told: tuple[Told, ...], before: Figure, first: Figure, rise: Figure) -> tuple[Severity, Wording]:
    """What the figures are short of: a surplus brought forward that falls makes them right and the words wrong."""
    subject = "A part is larger than the whole of the resource limit's rise"
    falls = _fall_of_surplus(told, before, first, rise)
    if falls is None:
        return Severity.ERROR, Wording(
            subject,
            "say which parts take away, or correct the amounts",
            "what else the plan names as a part of the rise can then only be negative",
        )
    then, now = falls
    gone = computed_figure((now.value or Decimal(0)) - (then.value or Decimal(0)), Unit.GBP, "", "").shown
    return Severity.WARNING, Wording(
        subject,
        f"say that the surplus brought forward takes {gone.lstrip('−')} away, and that it is no part of the rise",
        f"the surplus brought forward falls from {then.shown} to {now.shown}, which explains the difference: "
        f"{first.shown} − {gone.lstrip('−')} = {rise.shown}; the plan counts that fall among what raises the limit",
    )


def _fall_of_surplus(
    told: tuple[Told, ...], before: Figure, first: Figure, rise: Figure
) -> tuple[Figure, Figure] | None:
    """The surpluses brought forward into the year before and the year of a rise, where their fall is the difference.

    What is brought forward into a year is the surplus of the year before it.
    """
    limits = [one.year for one in told if one.quantity == "resource_limit" and one.year is not None
              and one.figure.value == before.value]  # fmt: skip
    surpluses = [one.year for one in told if one.quantity == "planned_surplus" and one.year is not None]
    for year in limits or [one + 1 for one in sorted(set(surpluses))]:
        then, now = (first_told(told, "planned_surplus", each, Unit.GBP) for each in (year + -1, year))
        if then is None or now is None or then.value is None or now.value is None:
            continue
        if first.value is None or rise.value is None or now.value >= then.value:
            continue
        # As exact as it is printed, for the sum is shown.
        if abs(first.value + now.value - then.value - rise.value) <= first.half_unit:
            return then, now
    return None


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
