"""Reading a trajectory rule from its one line of words. The forms stand in ``docs/trajectories.md``.

Every pattern is anchored and free of nested repetition, and a rule's length and depth are limited, so that
no text can make the reader slow.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from trigpoint.errors import InputError
from trigpoint.measures.reader import EXAMPLES, FROM, NUMBER, OF, PACE, QUANTITY, ROUNDED, Reader
from trigpoint.measures.rules import (
    Choice,
    Combined,
    Compound,
    Constant,
    CumulativeShare,
    Linear,
    Pace,
    Percent,
    Rule,
    Schedule,
    Share,
    Step,
    Then,
    Total,
    Unit,
    steps_between,
)
from trigpoint.periods.calendar import Period

MOST_CHARACTERS = 1000
MOST_PERIODS = 600


def parse_rule(text: str, *, standards: Mapping[str, str] | None = None) -> Rule:
    """The rule that a line of words stands for.

    ``standards`` gives the value of each standard that a rule may name, as text ("92%"). Raises InputError with
    the rule's text, what is wrong with it and an example of the right form.

    >>> from trigpoint.periods.calendar import FinancialYear
    >>> parse_rule("step(+2pp a year from 58.4% in 2013/14)").value_at(FinancialYear(2018))
    Fraction(342, 5)
    """
    if len(text) > MOST_CHARACTERS:
        raise InputError(
            f"a trajectory rule has {len(text):,} characters, more than {MOST_CHARACTERS:,}",
            remedy="split it with explicit values",
        )
    plain = " ".join(text.replace("−", "-").replace("–", "-").split())
    return _expression(plain, Reader(plain, standards or {}))


def _expression(text: str, reader: Reader) -> Rule:
    earlier, *later = _split(text, " then ", reader)
    rule = _simple(earlier, reader)
    for part in later:
        following = _simple(part, reader)
        rule = Then(rule, following, _one_unit((rule, following), reader, "explicit"))
    return rule


def _simple(text: str, reader: Reader) -> Rule:
    text = text.strip()
    if not text:
        raise reader.error("there is nothing to compute")
    if text[0] in "+-" or text[0].isdigit():
        return _arithmetic(text, reader)
    inner = reader.deeper()
    called = re.fullmatch(r"([a-z][a-z ]*[0-9]*) ?\((.*)\)", text, re.IGNORECASE)
    bare = re.fullmatch(r"(linear|reduce|increase) (.*)", text, re.IGNORECASE)
    named = called or bare
    form = " ".join(named[1].lower().split()) if named else text
    if named is None or form not in _FORMS:
        raise reader.error(f"“{form[:40]}” is none of the forms that rules have ({', '.join(EXAMPLES)})")
    body = re.sub(r",? half up$", "", named[2].strip(), flags=re.IGNORECASE)
    return _FORMS[form](body, inner)


def _arithmetic(text: str, reader: Reader) -> Constant:
    """A number, or a number with others added: ``58.4% + 7pp``."""
    first, *others = re.split(r" (?=[+-] )", text)
    total, unit = reader.value(first)
    for other in others:
        amount, step_unit = reader.quantity(other)
        _agree(unit, step_unit, other, reader)
        total += amount
    return Constant(total, unit)


def _agree(unit: Unit, step: Unit, text: str, reader: Reader) -> None:
    """A step fits its base: points on a percentage, a plain number on a plain number."""
    if (unit, step) not in {(Unit.PERCENT, Unit.POINTS), (Unit.NUMBER, Unit.NUMBER)}:
        what = (
            f"“{text.strip()}” on a percentage can be read two ways: write pp for percentage points"
            if unit is Unit.PERCENT
            else f"“{text.strip()}” cannot be added to a plain number: write a number, or use compound(…) for per cent"
        )
        raise reader.error(what)


def _split(text: str, separator: str, reader: Reader) -> list[str]:
    """The parts between separators that stand outside all brackets."""
    parts, depth, start, index = [], 0, 0, 0
    while index < len(text):
        depth += {"(": 1, ")": -1}.get(text[index], 0)
        if depth < 0:
            break
        if depth == 0 and text[index : index + len(separator)].lower() == separator:
            parts.append(text[start:index])
            index += len(separator)
            start = index
            continue
        index += 1
    if depth != 0:
        raise reader.error("its brackets do not match")
    return [*parts, text[start:]]


def _items(body: str, reader: Reader) -> list[str]:
    """The members of a list: by semicolon, or by a comma with a space after it (1,615 is one number)."""
    return [piece for part in _split(body, ";", reader) for piece in _split(part, ", ", reader)]


def _one_unit(rules: tuple[Rule, ...], reader: Reader, form: str) -> Unit:
    units = {rule.unit for rule in rules}
    if len(units) != 1:
        raise reader.error("it mixes percentages and plain numbers", form)
    return units.pop()


def _explicit(body: str, reader: Reader) -> Rule:
    items = _items(body, reader)
    if len(items) == 1 and ":" not in items[0]:
        return _arithmetic(items[0].strip(), reader)
    values: list[tuple[Period, Fraction]] = []
    units: set[Unit] = set()
    for item in items:
        label, colon, amount = item.rpartition(":")
        if not colon:
            raise reader.error(f"“{item.strip()}” names no period", "explicit")
        value, unit = reader.value(amount)
        values.append((reader.period(label), value))
        units.add(unit)
    if len(units) != 1:
        raise reader.error("it mixes percentages and plain numbers", "explicit")
    if len({period for period, _ in values}) < len(values):
        raise reader.error("it names a period twice", "explicit")
    return Schedule(tuple(values), units.pop())


def _step(body: str, reader: Reader) -> Rule:
    found = reader.body(rf"(?P<amount>{QUANTITY}) {PACE} {FROM}{ROUNDED}", body, "step")
    start, unit = reader.value(found["start"])
    amount, amount_unit = reader.quantity(found["amount"])
    _agree(unit, amount_unit, found["amount"], reader)
    decimals = int(found["decimals"]) if found["decimals"] else None
    return Step(amount, Pace[found["pace"].upper()], start, reader.period(found["base"]), unit, decimals)


def _compound(body: str, reader: Reader, sign: int = 1) -> Rule:
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


def _by(sign: int) -> Callable[[str, Reader], Rule]:
    def change(body: str, reader: Reader) -> Rule:
        form = "reduce" if sign < 0 else "increase"
        found = reader.body(rf"by (?P<rest>{NUMBER}.*)", body, form)
        return _compound(found["rest"], reader, sign)

    return change


def _linear(body: str, reader: Reader) -> Rule:
    found = reader.body(rf"to (?P<goal>{QUANTITY}) by (?P<by>[^,;()]{{1,40}}?) {FROM}", body, "linear")
    (start, unit), (goal, goal_unit) = reader.value(found["start"]), reader.value(found["goal"])
    if unit is not goal_unit:
        raise reader.error("its two ends are not in the same unit", "linear")
    base, by = reader.period(found["base"]), reader.period(found["by"])
    if steps_between(base, by) <= 0:
        raise reader.error(f"it should end after it begins, but {by.label} is not after {base.label}", "linear")
    return Linear(start, base, goal, by, unit)


def _share(body: str, reader: Reader) -> Rule:
    found = reader.body(rf"(?P<part>{NUMBER}) ?% {OF}", body, "share")
    return Share(reader.number(found["part"]), Fraction(100), reader.number(found["whole"]))


def _per(count: int) -> Callable[[str, Reader], Rule]:
    def rate(body: str, reader: Reader) -> Rule:
        found = reader.body(rf"(?P<part>{NUMBER})(?: per {count})? {OF}", body, "per 1000")
        return Share(reader.number(found["part"]), Fraction(count), reader.number(found["whole"]))

    return rate


def _cumulative_share(body: str, reader: Reader) -> Rule:
    pattern = rf"(?P<part>{NUMBER}) ?% {OF} over (?P<years>\d{{1,2}}) years? from (?P<first>[^,;()]{{1,40}})"
    found = reader.body(pattern, body, "cumulative share")
    years = int(found["years"])
    if years == 0:
        raise reader.error("a share cannot be reached over 0 years", "cumulative share")
    whole, first = reader.number(found["whole"]), reader.period(found["first"])
    return CumulativeShare(reader.number(found["part"]), whole, years, first)


def _percent(body: str, reader: Reader) -> Rule:
    found = reader.body(rf"(?P<part>{NUMBER}) {OF}", body, "percent")
    if reader.number(found["whole"]) == 0:
        raise reader.error("nothing is a percentage of 0", "percent")
    return Percent(reader.number(found["part"]), reader.number(found["whole"]))


def _combined(how: Choice) -> Callable[[str, Reader], Rule]:
    def combine(body: str, reader: Reader) -> Rule:
        rules = tuple(_expression(item, reader) for item in _items(body, reader))
        return Combined(how, rules, _one_unit(rules, reader, how.value))

    return combine


def _total(body: str, reader: Reader) -> Rule:
    text, over, run = body.rpartition(" over ")
    first, to, last = run.partition(" to ")
    if not (over and to):
        raise reader.error("it needs a rule and the periods to add up", "total")
    start, end = reader.period(first), reader.period(last)
    rule, periods = _expression(text, reader), [start]
    steps_between(start, end)
    while periods[-1] < end and len(periods) < MOST_PERIODS:
        periods.append(periods[-1] + 1)
    if periods[-1] != end:
        raise reader.error(f"{end.label} cannot be reached from {start.label}", "total")
    return Total(rule, tuple(periods), rule.unit)


def _standard(body: str, reader: Reader) -> Rule:
    if body not in reader.standards:
        known = ", ".join(sorted(reader.standards)) or "none is known here"
        raise reader.error(f"“{body[:60]}” is no standard of the planning round ({known})", "standard")
    return _arithmetic(reader.standards[body], reader)


_FORMS: Mapping[str, Callable[[str, Reader], Rule]] = {
    "explicit": _explicit,
    "step": _step,
    "linear": _linear,
    "compound": _compound,
    "reduce": _by(-1),
    "increase": _by(1),
    "share": _share,
    "cumulative share": _cumulative_share,
    "per 1000": _per(1000),
    "per 100000": _per(100_000),
    "percent": _percent,
    "sum": _combined(Choice.SUM),
    "max": _combined(Choice.MAX),
    "min": _combined(Choice.MIN),
    "total": _total,
    "standard": _standard,
}
