"""The forms of a trajectory rule that hold no other rule: each reads the words inside its brackets."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from trigpoint.measures.trajectories.reader import FROM, LEVEL, NUMBER, OF, PACE, QUANTITY, ROUNDED, Reader
from trigpoint.measures.trajectories.rules import (
    Compound,
    Constant,
    CumulativeShare,
    Linear,
    Percent,
    Rule,
    Share,
    Step,
    Unit,
)
from trigpoint.measures.trajectories.steps import Pace, steps_between
from trigpoint.measures.trajectories.timing import Beyond


def agree(unit: Unit, step: Unit, text: str, reader: Reader) -> None:
    """A step fits its base: points on a percentage, a plain number on a plain number."""
    if (unit, step) not in {(Unit.PERCENT, Unit.POINTS), (Unit.NUMBER, Unit.NUMBER)}:
        what = (
            f"“{text.strip()}” on a percentage can be read two ways: write pp for percentage points"
            if unit is Unit.PERCENT
            else f"“{text.strip()}” cannot be added to a plain number: write a number, or use compound(…) for per cent"
        )
        raise reader.error(what)


def step(body: str, reader: Reader) -> Rule:
    found = reader.body(rf"(?P<amount>{QUANTITY}) {PACE} {FROM}{ROUNDED}", body, "step")
    start, unit = reader.value(found["start"])
    amount, amount_unit = reader.quantity(found["amount"])
    agree(unit, amount_unit, found["amount"], reader)
    decimals = int(found["decimals"]) if found["decimals"] else None
    return Step(amount, Pace[found["pace"].upper()], start, reader.period(found["base"]), unit, decimals)


def compound(body: str, reader: Reader, sign: int = 1) -> Rule:
    found = reader.body(rf"(?P<amount>{QUANTITY}) {PACE} {FROM}{ROUNDED}", body, "compound")
    start, unit = reader.value(found["start"])
    percent, percent_unit = reader.quantity(found["amount"])
    if percent_unit is not Unit.PERCENT:
        raise reader.error(f"compound growth is a percentage, not “{found['amount']}”", "compound")
    if sign * percent < -100:
        raise reader.error("nothing can fall by more than 100%", "compound")
    decimals = int(found["decimals"]) if found["decimals"] else None
    pace = Pace[found["pace"].upper()]
    return Compound(sign * percent, pace, start, reader.period(found["base"]), unit, decimals)


def by(sign: int) -> Callable[[str, Reader], Rule]:
    def change(body: str, reader: Reader) -> Rule:
        form = "reduce" if sign < 0 else "increase"
        once = re.fullmatch(rf"by (?P<amount>{NUMBER}) ?% from (?P<start>{LEVEL})", body.strip(), re.IGNORECASE)
        if once:
            return _once(reader.number(once["amount"]), *reader.value(once["start"]), sign, reader)
        found = reader.body(rf"by (?P<rest>{NUMBER}.*)", body, form)
        return compound(found["rest"], reader, sign)

    return change


def _once(amount: Fraction, start: Fraction, unit: Unit, sign: int, reader: Reader) -> Rule:
    """A change by a percentage of the start, once: the same bound in every period."""
    if sign * amount < -100:
        raise reader.error("nothing can fall by more than 100%", "reduce")
    return Constant(start * (100 + sign * amount) / 100, unit)


def than(*, higher: bool) -> Callable[[str, Reader], Rule]:
    """A direction alone: the bound is to be beaten."""

    def beyond(body: str, reader: Reader) -> Rule:
        return Beyond(*reader.value(body), higher)

    return beyond


def linear(body: str, reader: Reader) -> Rule:
    found = reader.body(rf"to (?P<goal>{QUANTITY}) by (?P<by>[^,;()]{{1,40}}?) {FROM}", body, "linear")
    (start, unit), (goal, goal_unit) = reader.value(found["start"]), reader.value(found["goal"])
    if unit is not goal_unit:
        raise reader.error("its two ends are not in the same unit", "linear")
    base, by = reader.period(found["base"]), reader.period(found["by"])
    if steps_between(base, by) <= 0:
        raise reader.error(f"it should end after it begins, but {by.label} is not after {base.label}", "linear")
    return Linear(start, base, goal, by, unit)


def share(body: str, reader: Reader) -> Rule:
    found = reader.body(rf"(?P<part>{NUMBER}) ?% {OF}", body, "share")
    return Share(reader.number(found["part"]), Fraction(100), reader.number(found["whole"]))


def per(count: int) -> Callable[[str, Reader], Rule]:
    def rate(body: str, reader: Reader) -> Rule:
        found = reader.body(rf"(?P<part>{NUMBER})(?: per {count})? {OF}", body, "per 1000")
        return Share(reader.number(found["part"]), Fraction(count), reader.number(found["whole"]))

    return rate


def cumulative_share(body: str, reader: Reader) -> Rule:
    pattern = rf"(?P<part>{NUMBER}) ?% {OF} over (?P<years>\d{{1,2}}) years? from (?P<first>[^,;()]{{1,40}})"
    found = reader.body(pattern, body, "cumulative share")
    years = int(found["years"])
    if years == 0:
        raise reader.error("a share cannot be reached over 0 years", "cumulative share")
    whole, first = reader.number(found["whole"]), reader.period(found["first"])
    return CumulativeShare(reader.number(found["part"]), whole, years, first)


def percent(body: str, reader: Reader) -> Rule:
    found = reader.body(rf"(?P<part>{NUMBER}) {OF}", body, "percent")
    if reader.number(found["whole"]) == 0:
        raise reader.error("nothing is a percentage of 0", "percent")
    return Percent(reader.number(found["part"]), reader.number(found["whole"]))
