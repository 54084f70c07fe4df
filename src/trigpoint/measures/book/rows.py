"""Rows of the files of figures to actuals, aims and rebases: each row proven, and left out where it is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Generic, TypeVar

from trigpoint.errors import InputError, Where
from trigpoint.measures.book.book import Actual, Aim, Rebase
from trigpoint.measures.book.lookup import Fault, Lookup, figure
from trigpoint.measures.book.rule_cells import prove_rule
from trigpoint.measures.definitions.definition import Definition, Statistic
from trigpoint.measures.figures import number as printed
from trigpoint.plans.cells import quoted
from trigpoint.plans.tables import Record
from trigpoint.rounding import decimals_of, half_up

Row = TypeVar("Row", Actual, Aim, Rebase)

_QUOTIENTS = (Statistic.RATE, Statistic.PROPORTION, Statistic.MEAN, Statistic.RATIO, Statistic.ISR_RATIO)
# A mean or a ratio may be of amounts that fall below nought; whatever is counted may not.
_SIGNED = (Statistic.MEAN, Statistic.RATIO, Statistic.VALUE)
# What has to be entered as such: it is computed from many numbers, or from none.
_ENTERED = frozenset(Statistic) - {Statistic.COUNT, *_QUOTIENTS}
# No text of a file holds it. Keys are one text each: tens of thousands of tuples would keep the collector busy.
_SEPARATOR = "\0"
_FIGURES = ("numerator", "denominator", "value")
_NO_VALUE = "fill numerator and denominator, or value; write * where the source suppresses the number"


@dataclass(frozen=True, slots=True)
class _Sort(Generic[Row]):
    """One sort of row: how it is read, what no two rows may share, and what two such rows say."""

    read: Callable[[dict[str, Any], Lookup], Row]
    key: Callable[[Row], str]
    content: Callable[[Row], object]


def actuals_of(records: Iterable[Record], shown: str, lookup: Lookup, mistakes: list[InputError]) -> tuple[Actual, ...]:
    """The actuals of ``actuals.csv``; what is wrong is added to ``mistakes`` and left out."""
    return _proven(records, shown, lookup, mistakes, _Sort(_actual, _actual_key, _figures))


def aims_of(records: Iterable[Record], shown: str, lookup: Lookup, mistakes: list[InputError]) -> tuple[Aim, ...]:
    """The points and rules of ``trajectories.csv``; what is wrong is added to ``mistakes`` and left out."""
    return _proven(records, shown, lookup, mistakes, _Sort(_aim, _aim_key, _figures))


def rebases_of(records: Iterable[Record], shown: str, lookup: Lookup, mistakes: list[InputError]) -> tuple[Rebase, ...]:
    """The rows of ``rebases.csv``; what is wrong is added to ``mistakes`` and left out."""
    return _proven(records, shown, lookup, mistakes, _Sort(_rebase, _rebase_key, _reason))


def _proven(
    records: Iterable[Record], shown: str, lookup: Lookup, mistakes: list[InputError], sort: _Sort[Row]
) -> tuple[Row, ...]:
    """The rows that are right; of two that stand for the same thing the first is kept."""
    kept: list[Row] = []
    lines: list[int] = []
    first: dict[str, int] = {}
    for record in records:
        try:
            row = sort.read(record.values, lookup)
        except Fault as fault:
            name = record.values["indicator"].strip()
            if name in lookup.left_out:
                lookup.left_out[name] += 1
                continue
            mistakes.append(_told(fault, shown, record.line))
            continue
        key = sort.key(row)
        before = first.setdefault(key, len(kept))
        if before == len(kept):
            kept.append(row)
            lines.append(record.line)
        else:
            same = sort.content(row) == sort.content(kept[before])
            mistakes.append(_twice(key, lines[before], same, Where(shown, line=record.line)))
    return tuple(kept)


def _told(fault: Fault, shown: str, line: int) -> InputError:
    return InputError(fault.what, where=Where(shown, line=line, column=fault.column or None), remedy=fault.remedy)


def _twice(key: str, line: int, same: bool, where: Where) -> InputError:
    said = ", ".join(filter(None, key.split(_SEPARATOR)))
    if same:
        return InputError(f"this row says again what line {line} says ({said})", where=where, remedy="remove one")
    what = f"line {line} has another figure for the same thing ({said}), so this one is left out"
    return InputError(what, where=where, remedy="keep the right one of the two")


def _actual_key(row: Actual) -> str:
    return _SEPARATOR.join((row.indicator, row.place, row.group, row.period))


def _aim_key(row: Aim) -> str:
    return _SEPARATOR.join((row.indicator, row.place, row.kind.value, row.group, row.edition, row.period))


def _rebase_key(row: Rebase) -> str:
    return _SEPARATOR.join((row.indicator, row.place, row.period))


def _figures(row: Actual | Aim) -> object:
    return (row.numerator, row.denominator, row.value, row.rule if isinstance(row, Aim) else "")


def _reason(row: Rebase) -> object:
    return row.reason


def _actual(cells: dict[str, Any], lookup: Lookup) -> Actual:
    definition = lookup.definition(cells["indicator"])
    place = lookup.place(cells["place"])
    period = lookup.period(cells["period"], definition)
    lookup.prove_existed(place, period)
    first = figure(cells["numerator"], "numerator")
    second = figure(cells["denominator"], "denominator")
    third = figure(cells["value"], "value")
    note, mark = cells["note"], ""
    if isinstance(first, str):
        mark, first = first, None
    if isinstance(second, str):
        mark, second = mark or second, None
    if isinstance(third, str):
        mark, third = mark or third, None
    if mark:
        note = f"{note} ({mark})" if note and mark not in note else note or mark
    elif first is None and third is None and not note.strip():
        raise Fault("the row has no figure", _NO_VALUE)
    _prove_parts(definition, first, second, third, marked=bool(mark))
    return Actual(
        definition.id,
        place,
        period,
        first,
        second,
        third,
        cells["group"],
        cells["status"],
        cells["source"],
        cells["loaded_on"],
        note,
        cells["illustrative"],
    )


def _prove_parts(
    definition: Definition,
    count: Decimal | None,
    whole: Decimal | None,
    value: Decimal | None,
    *,
    marked: bool = False,
) -> None:
    """The figures of a row are possible, and agree with one another."""
    if value is None and count is not None and whole is not None and 0 <= count <= whole:
        return  # most rows by far; nothing of the following can be wrong with them
    statistic = definition.statistic
    _prove_signs(statistic, count, whole, value)
    if statistic is Statistic.COUNT and count is not None and value is not None and count != value:
        what = f"the numerator {_shown(count)} and the value {_shown(value)} of a count differ"
        raise Fault(what, "keep the right one of the two", "value")
    if statistic is Statistic.PROPORTION and value is not None and value > definition.multiplier:
        what = f"the value {_shown(value)} is more than all of them ({definition.multiplier:,})"
        raise Fault(
            what, f"write a share of {definition.multiplier:,}, or correct the definition’s multiplier", "value"
        )
    if statistic in _ENTERED and value is None and count is not None and not marked:
        what = f"a {statistic.value} cannot be made from one numerator"
        raise Fault(what if statistic is not Statistic.VALUE else "the value is missing", "fill in the value", "value")
    if statistic in _QUOTIENTS and count is not None:
        _prove_quotient(definition, count, whole, value, marked=marked)


def _prove_signs(statistic: Statistic, count: Decimal | None, whole: Decimal | None, value: Decimal | None) -> None:
    if whole is not None and whole < 0:
        what = f"the denominator {_shown(whole)} is negative"
        raise Fault(what, "correct it; a denominator counts something", "denominator")
    if statistic not in _SIGNED:
        for number, column in ((count, "numerator"), (value, "value")):
            if number is not None and number < 0:
                what = f"the {column} {_shown(number)} is negative"
                raise Fault(what, "correct it; what is counted is 0 or more", column)


def _prove_quotient(
    definition: Definition, count: Decimal, whole: Decimal | None, value: Decimal | None, *, marked: bool
) -> None:
    if whole is None:
        if value is None and not marked:
            raise Fault("the denominator is missing", "fill it in, or give the value alone", "denominator")
        return
    if definition.statistic is Statistic.PROPORTION and count > whole:
        what = (
            f"the numerator {_shown(count)} is larger than the denominator {_shown(whole)}, and a proportion cannot be"
        )
        raise Fault(what, "correct one of the two", "numerator")
    if value is not None and whole > 0:
        _prove_value(definition, Fraction(count) / Fraction(whole) * definition.multiplier, value)


def _shown(amount: Decimal) -> str:
    return printed(amount, decimals_of(amount))


def _prove_value(definition: Definition, computed: Fraction, value: Decimal) -> None:
    decimals = decimals_of(value)
    if half_up(computed, decimals) != value:
        shown = _shown(half_up(computed, max(decimals, definition.decimals)))
        what = f"the value {_shown(value)} is not what numerator and denominator give ({shown})"
        raise Fault(what, "correct one of the three, or leave the value out", "value")


def _aim(cells: dict[str, Any], lookup: Lookup) -> Aim:
    definition = lookup.definition(cells["indicator"])
    place = lookup.place(cells["place"])
    rule = cells["rule"]
    upper, lower, value = (_entered(cells[column], column) for column in _FIGURES)
    if rule.strip():
        if (upper, lower, value) != (None, None, None) or cells["period"].strip():
            raise Fault("the row has a rule and a figure or period beside it", "write the rule in a row alone", "rule")
        prove_rule(rule, definition)
        period = ""
    elif value is None and upper is None:
        raise Fault("the row has neither figure nor rule", "fill value, or numerator and denominator, or rule")
    else:
        if not cells["period"].strip():
            remedy = "fill it in; for a figure that holds for every period write a rule, e.g. explicit(95%)"
            raise Fault("the period is missing", remedy, "period")
        period = lookup.period(cells["period"], definition, longer=True)
    _prove_parts(definition, upper, lower, value)
    if value is None and lower == 0:
        raise Fault("the denominator is 0, which gives no target", "correct it, or give the value alone", "denominator")
    return Aim(
        definition.id,
        place,
        cells["kind"],
        period,
        value,
        upper,
        lower,
        rule,
        cells["group"],
        cells["edition"],
        cells["approved_by"],
        cells["illustrative"],
    )


def _entered(cell: str, column: str) -> Decimal | None:
    found = figure(cell, column)
    if isinstance(found, str):
        raise Fault(f"{quoted(cell)} is no figure to aim at", "write a number, or remove the row", column)
    return found


def _rebase(cells: dict[str, Any], lookup: Lookup) -> Rebase:
    definition = lookup.definition(cells["indicator"])
    place = lookup.place(cells["place"]) if cells["place"].strip() else ""
    period = lookup.period(cells["period"], definition)
    return Rebase(definition.id, period, cells["reason"], cells["by"], place, cells["on"])
