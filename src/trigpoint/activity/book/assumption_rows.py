"""Rows of growth and interventions to values; what is wrong with a row is told once, and the row is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from trigpoint.activity.assumptions.filter_text import read_filter, values_of
from trigpoint.activity.assumptions.filters import EVERYWHERE, Asked, Condition, Filter
from trigpoint.activity.assumptions.growth import Growth, GrowthForm, GrowthKind
from trigpoint.activity.assumptions.ramp import AT_ONCE, Ramp, Shape
from trigpoint.activity.assumptions.scheme import SHARES, Effect, Scheme, Shift
from trigpoint.activity.assumptions.uncertain import Distribution, Uncertain
from trigpoint.errors import InputError, Where
from trigpoint.plans.cells import decode_id
from trigpoint.tabular.amounts import (
    choices_of,
    count_of,
    member_of,
    month_of,
    multiplier_of,
    number_of,
    part_of_one,
    rate_of,
    years_of,
)
from trigpoint.tabular.entries import Entry
from trigpoint.tabular.stated import stated_of

Amount = Callable[[str], float]
_FORM_OF_KIND = {
    GrowthKind.CATCH_UP: GrowthForm.NUMBER,
    GrowthKind.REPATRIATION: GrowthForm.CHANGE,
    GrowthKind.EXPATRIATION: GrowthForm.CHANGE,
    GrowthKind.ADJUSTMENT: GrowthForm.CHANGE,
}
_OF_PEOPLE = frozenset({GrowthKind.DEMOGRAPHIC, GrowthKind.BIRTHS, GrowthKind.HEALTH_STATUS})
_AMOUNTS: dict[GrowthForm, Amount] = {
    GrowthForm.RATE: rate_of,
    GrowthForm.CHANGE: rate_of,
    GrowthForm.NUMBER: number_of,
    GrowthForm.POPULATION: multiplier_of,
}


def form_of(kind: GrowthKind, *, valued: bool) -> GrowthForm:
    """The form that is meant where a row gives none: by the kind, and by whether the row has an amount.

    >>> form_of(GrowthKind.DEMOGRAPHIC, valued=False), form_of(GrowthKind.DEMOGRAPHIC, valued=True)
    (<GrowthForm.POPULATION: 'population'>, <GrowthForm.RATE: 'rate a year'>)
    """
    if kind in _OF_PEOPLE and not valued:
        return GrowthForm.POPULATION
    return _FORM_OF_KIND.get(kind, GrowthForm.RATE)


def measure_of(kind: GrowthKind) -> str:
    """The measure of the population that a kind of growth follows where a row names none."""
    return "births" if kind is GrowthKind.BIRTHS else "people"


def growth_of(entry: Entry) -> Growth | None:
    """One row of growth; ``None`` where it is wrong, which is told in the entry's problems."""
    kind = entry.read("kind", member_of(GrowthKind), GrowthKind.TREND)
    valued = any(entry.text(column) for column in ("value", "low", "high", "choices"))
    form = entry.read("form", member_of(GrowthForm), form_of(kind, valued=valued))
    amount = uncertain_of(entry, "value", _AMOUNTS[form], 1.0 if form is GrowthForm.POPULATION else None)
    identity = entry.read("id", decode_id, "")
    where, ramp, stated = where_of(entry), ramp_of(entry), stated_of(entry)
    years = entry.read("years", years_of, ())
    measure = entry.text("population") or measure_of(kind)
    together, correlation = entry.text("together"), entry.read("correlation", part_of_one, 1.0)
    if amount is None or ramp is None or entry.wrong:
        return None
    return entry.made(
        lambda: Growth(identity, kind, form, amount, where, years, ramp, measure, together, correlation, stated)
    )


def scheme_of(entry: Entry) -> Scheme | None:
    """One row of interventions; ``None`` where it is wrong, which is told in the entry's problems."""
    effect = entry.read("effect", member_of(Effect), Effect.SHARE)
    amount = uncertain_of(entry, "value", part_of_one if effect in SHARES else count_of, None)
    identity = entry.read("id", decode_id, "")
    where, ramp, stated = where_of(entry), ramp_of(entry), stated_of(entry)
    cohort, delivery = entry.read("cohort", part_of_one, 1.0), entry.read("probability", part_of_one, 1.0)
    ratio = entry.read("ratio", count_of, 1.0)
    target = entry.text("to_pod")
    shift = Shift(target, entry.text("to_provider"), ratio) if target else None
    if shift is None:
        for column in ("to_provider", "ratio"):
            if entry.text(column):
                entry.tell(f"“{column}” says how activity shifts, and no “to_pod” says where", "name it", column)
    together, correlation = entry.text("together"), entry.read("correlation", part_of_one, 1.0)
    if amount is None or ramp is None or entry.wrong:
        return None
    owners = (entry.text("part_of"), entry.text("deliverable"), entry.text("milestone"))
    return entry.made(
        lambda: Scheme(
            identity, effect, amount, where, cohort, ramp, shift, delivery, *owners, together, correlation, stated
        )
    )


def uncertain_of(entry: Entry, column: str, amount: Amount, absent: float | None) -> Uncertain | None:
    """The amount of a row with its interval. Low and high without a distribution are normal; without a value, their
    middle is printed. ``absent`` is the value of a row that gives none; ``None`` where it must."""
    choices = entry.read("choices", partial(choices_of, amount=amount), ())
    low, high = (entry.read(name, amount, None) for name in ("low", "high"))
    level = entry.read("level", part_of_one, 0.8)
    spread = (
        Distribution.CHOICE if choices else Distribution.NORMAL if (low, high) != (None, None) else Distribution.POINT
    )
    distribution = entry.read("distribution", member_of(Distribution), spread)
    if not 0 < level < 1:
        entry.tell(f"the level, {100 * level:g}%, leaves no interval", "write e.g. 80%", "level")
    if entry.wrong:
        entry.read(column, amount, 0.0)  # so that a mistake in it is told at the same time
        return None
    middle = _middle(low, high, choices, absent)
    value = entry.read(column, amount, middle)
    if value is None and not entry.wrong:
        entry.tell(f"“{column}” is empty", "write the amount, or leave the row out", column)
    if value is not None and low is not None and high is not None and low <= high and not low <= value <= high:
        entry.tell(f"its value, {entry.text(column)}, is not between low and high", "correct one of the three", column)
    if value is None or entry.wrong:
        return None
    return entry.made(lambda: Uncertain(value, low, high, level, distribution, choices))


def _middle(
    low: float | None, high: float | None, choices: tuple[tuple[float, float], ...], absent: float | None
) -> float | None:
    if choices:
        return max(choices, key=lambda pair: pair[1])[0]
    return absent if low is None or high is None else (low + high) / 2


def ramp_of(entry: Entry) -> Ramp | None:
    """How the amount of a row comes in over time. A full month without a start, or before it, is told."""
    shape = entry.read("shape", member_of(Shape), AT_ONCE.shape)
    start, full, until = (entry.read(name, month_of, None) for name in ("start", "full", "until"))
    if entry.wrong:
        return None
    return entry.made(lambda: Ramp(start, full, until, shape))


def where_of(entry: Entry) -> Filter:
    """The columns pod and provider and the further conditions, as one filter."""
    conditions: list[Condition] = []
    for column in ("pod", "provider"):
        values = entry.read(column, values_of, ())
        if values:
            conditions.append(Condition(column, Asked.IN, values))
    conditions += entry.read("where", read_filter, EVERYWHERE).conditions
    return Filter(tuple(conditions))


def each_once(
    growth: Iterable[Growth], schemes: Iterable[Scheme], problems: list[InputError]
) -> tuple[tuple[Growth, ...], tuple[Scheme, ...]]:
    """Growth and schemes by their ids, which they share. Rates of one id that differ in their years alone become one;
    every other id that comes again is told, and the first is kept."""
    found: dict[str, Growth | Scheme] = {}
    every: list[Growth | Scheme] = [*growth, *schemes]
    for one in every:
        before = found.get(one.id)
        if before is None:
            found[one.id] = one
        elif isinstance(before, Growth) and isinstance(one, Growth) and _same_but_years(before, one):
            found[one.id] = replace(before, years=tuple(sorted({*before.years, *one.years})))
        else:
            problems.append(_twice(one, before))
    return (
        tuple(one for one in found.values() if isinstance(one, Growth)),
        tuple(one for one in found.values() if isinstance(one, Scheme)),
    )


def _same_but_years(one: Growth, other: Growth) -> bool:
    """Whether two rows are one rate; rows that both cover a year are not, for it would count twice or once."""
    apart = one.years and other.years and not set(one.years) & set(other.years)
    return bool(apart) and replace(one, years=(), stated=other.stated) == replace(other, years=())


def _twice(one: Growth | Scheme, before: Growth | Scheme) -> InputError:
    place = f"{before.stated.file}, line {before.stated.row}" if before.stated.row else before.stated.file
    remedy = "give each row an id of its own"
    if isinstance(one, Growth) and isinstance(before, Growth) and one.years != before.years:
        remedy += "; rows of several years are one only where all else is equal"
    where = Where(one.stated.file, line=one.stated.row)
    return InputError(f"the id “{one.id}” stands in {place or 'an earlier row'} already", where=where, remedy=remedy)
