"""Reading a trajectory rule from its one line of words. The forms stand in ``docs/trajectories.md``.

Every pattern is anchored and free of nested repetition, and a rule's length and depth are limited, so that
no text can make the reader slow.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from trigpoint.errors import InputError
from trigpoint.measures.trajectories import forms
from trigpoint.measures.trajectories.reader import EXAMPLES, Reader
from trigpoint.measures.trajectories.rules import (
    Choice,
    Combined,
    Constant,
    Rule,
    Schedule,
    Then,
    Total,
    Unit,
)
from trigpoint.measures.trajectories.steps import steps_between
from trigpoint.measures.trajectories.timing import Moment, Timed
from trigpoint.periods.calendar import Period

MOST_CHARACTERS = 1000
MOST_PERIODS = 600


def parse_rule(text: str, *, standards: Mapping[str, str] | None = None, baseline: str | None = None) -> Rule:
    """The rule that a line of words stands for.

    ``standards`` gives the value of each standard that a rule may name, as text ("92%"); ``baseline`` what the word
    “baseline” stands for, in the unit of the rule ("58.4%"). Raises InputError with the rule's text, what is wrong with
    it and an example of the right form; so too where a rule needs a baseline and none is known.

    >>> from trigpoint.periods.calendar import FinancialYear
    >>> parse_rule("step(+2pp a year from 58.4% in 2013/14)").value_at(FinancialYear(2018))
    Fraction(342, 5)
    >>> parse_rule("max(baseline + 7pp; 65%)", baseline="56.1%").value_at(FinancialYear(2026))
    Fraction(65, 1)
    """
    if len(text) > MOST_CHARACTERS:
        raise InputError(
            f"a trajectory rule has {len(text):,} characters, more than {MOST_CHARACTERS:,}",
            remedy="split it with explicit values",
        )
    plain = " ".join(text.replace("−", "-").replace("–", "-").split())
    return _expression(plain, Reader(plain, standards or {}, baseline))


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
    if text[0] in "+-" or text[0].isdigit() or re.match(r"baseline\b", text, re.IGNORECASE):
        return _arithmetic(text, reader)
    inner = reader.deeper()
    called = re.fullmatch(r"([a-z][a-z ]*[0-9]*) ?\((.*)\)", text, re.IGNORECASE)
    bare = re.fullmatch(r"(linear|reduce|increase|higher than|lower than) (.*)", text, re.IGNORECASE)
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
        forms.agree(unit, step_unit, other, reader)
        total += amount
    return Constant(total, unit)


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


def _combined(how: Choice) -> Callable[[str, Reader], Rule]:
    def combine(body: str, reader: Reader) -> Rule:
        rules = tuple(_expression(item, reader) for item in _items(body, reader))
        return Combined(how, rules, _one_unit(rules, reader, how.value))

    return combine


def _timed(moment: Moment) -> Callable[[str, Reader], Rule]:
    def at_moment(body: str, reader: Reader) -> Rule:
        rule = _expression(body, reader)
        return Timed(moment, rule, rule.unit)

    return at_moment


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
    "step": forms.step,
    "linear": forms.linear,
    "compound": forms.compound,
    "reduce": forms.by(-1),
    "increase": forms.by(1),
    "higher than": forms.than(higher=True),
    "lower than": forms.than(higher=False),
    "share": forms.share,
    "cumulative share": forms.cumulative_share,
    "per 1000": forms.per(1000),
    "per 100000": forms.per(100_000),
    "percent": forms.percent,
    "sum": _combined(Choice.SUM),
    "max": _combined(Choice.MAX),
    "min": _combined(Choice.MIN),
    "total": _total,
    "standard": _standard,
    "in march": _timed(Moment.MARCH),
    "year average": _timed(Moment.YEAR),
}
