"""What is wrong with a definition though every key holds what it may: each fault with its remedy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from trigpoint.characters import UNPRINTABLE
from trigpoint.errors import InputError
from trigpoint.frameworks import Basis
from trigpoint.measures.definitions.definition import ChartKind, ControlChart, DatedStandard, Definition, Statistic
from trigpoint.measures.definitions.proof import disproved
from trigpoint.measures.trajectories.grammar import parse_rule
from trigpoint.measures.trajectories.rules import Rule
from trigpoint.periods.iso_day import EARLIEST, LATEST
from trigpoint.plans.cells import CellError, decode_id, quoted
from trigpoint.plans.limits import MAX_NUMBER_DIGITS
from trigpoint.plans.tables import nearest
from trigpoint.wording import count, listed

MOST_DECIMALS = 9
MOST_WHOLE = 1_000_000_000
"""The largest multiplier, and the largest number of points or people that a definition may speak of."""
FEWEST_POINTS = 12
"""From fewer points no control limits are made (``docs/methods-spc.md``)."""

_BASES = tuple(basis.value for basis in Basis)
SHORTER = f"write at most {MAX_NUMBER_DIGITS} digits"

# The control chart that counts something needs a statistic that counts the same thing.
_CHART_NEEDS = {
    ChartKind.P: (Statistic.PROPORTION,),
    ChartKind.U: (Statistic.RATE, Statistic.RATIO),
    ChartKind.C: (Statistic.COUNT,),
}


def faults_of(definition: Definition) -> tuple[tuple[str, str], ...]:
    """What the types alone do not rule out, each fault with its remedy; with numbers, days and words that no file or
    calculation can take, nothing else is tried."""
    unusable = tuple(_unusable(definition))
    return unusable or (*_faults(definition), *_standard_faults(definition), *disproved(definition))


def _unusable(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Each number of more digits than anything that is counted, each day out of the calendar, each hidden character."""
    if isinstance(value, tuple):
        for number, item in enumerate(value, start=1):
            yield from _unusable(item, f"{name}.{number}")
    elif is_dataclass(value):
        for field in fields(value):
            yield from _unusable(getattr(value, field.name), f"{name}.{field.name}".lstrip("."))
    elif isinstance(value, int | Decimal) and not is_short(Decimal(value)):
        yield f"{name} has too many digits", SHORTER
    elif isinstance(value, date) and not EARLIEST <= value <= LATEST:
        yield f"{name} is not between {EARLIEST.year} and {LATEST.year}", "correct the year"
    elif isinstance(value, str) and (found := UNPRINTABLE.search(value)):
        yield f"{name} holds the control character U+{ord(found[0]):04X}", "delete it"


def is_short(number: Decimal) -> bool:
    """Whether a number has so few digits that a cell can hold it.

    >>> is_short(Decimal("0.25")), is_short(Decimal("1e99999999")), is_short(Decimal("nan"))
    (True, False, False)
    """
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and max(abs(exponent), abs(number.adjusted())) <= MAX_NUMBER_DIGITS


def _faults(definition: Definition) -> Iterator[tuple[str, str]]:
    """What a type alone does not rule out, each with its remedy."""
    try:
        if not decode_id(definition.id):
            yield "the id is empty", "write one, e.g. the file's own name"
    except CellError as error:
        yield error.what, error.remedy
    for key in ("version", "name"):
        if not getattr(definition, key).strip():
            yield f"the {key} is empty", "fill it in"
    if not 0 < definition.level < 1:
        yield f"the level {definition.level:g} is no confidence level", "write a number between 0 and 1, e.g. 0.95"
    if not 0 <= definition.decimals <= MOST_DECIMALS:
        yield f"{definition.decimals} decimals cannot be printed", f"write a number from 0 to {MOST_DECIMALS}"
    if not 1 <= definition.multiplier <= MOST_WHOLE:
        yield f"the multiplier is {definition.multiplier}", "write 1, 100 (for per cent), 1000 or 100000"
    suppression = definition.suppression
    if not all(0 <= whole <= MOST_WHOLE for whole in (suppression.below, suppression.round_to)):
        yield "a suppression is less than 0, or more than anybody counts", "write 0 or more"
    yield from _chart_faults(definition)
    if definition.rag.amber_within < 0:
        yield f"amber_within is {definition.rag.amber_within}", "write how far from the target amber still is, e.g. 2.0"
    groups = definition.inequality.groups if definition.inequality else ("first", "second")
    if len(set(groups)) != len(groups) or len(groups) < 2:
        yield "inequality.groups needs at least two groups, each named once", "name them from the most deprived on"


def _chart_faults(definition: Definition) -> Iterator[tuple[str, str]]:
    spc = definition.spc
    needed = _CHART_NEEDS.get(spc.chart)
    if needed and definition.statistic not in needed:
        names = listed([statistic.value for statistic in needed])
        yield (
            f"a {spc.chart.value} chart is for a {names}, not for a {definition.statistic.value}",
            "write chart = “XmR”, which fits every statistic",
        )
    if spc.baseline and not FEWEST_POINTS <= spc.baseline <= MOST_WHOLE:
        yield (
            f"a baseline of {count(spc.baseline, 'point')} sets no limits",
            f"write {FEWEST_POINTS} or more, or 0 for all",
        )
    if spc.rule_set != ControlChart().rule_set:
        from trigpoint.measures.spc.rule_sets import shipped  # noqa: PLC0415 – a file, read only where it is asked for

        if spc.rule_set not in shipped():
            yield f"there is no rule set {quoted(spc.rule_set)}", f"write one of {', '.join(sorted(shipped()))}"


def _standard_faults(definition: Definition) -> Iterator[tuple[str, str]]:
    for standard in definition.standards:
        said = _source_of(standard)
        if standard.value is None and not standard.rule and not (standard.framework and standard.standard):
            yield f"the standard{said} has neither value nor rule", "give it one, or the framework’s standard it is"
        if standard.value is not None and standard.rule:
            yield f"the standard{said} has a value and a rule", "keep one of the two"
        if standard.basis and standard.basis not in _BASES:
            near = nearest(standard.basis, _BASES)
            remedy = f"did you mean “{near}”?" if near else f"write one of {', '.join(_BASES)}"
            yield f"{quoted(standard.basis)} is no figure that a standard{said} tests", remedy
        if standard.valid_from and standard.valid_to and standard.valid_to < standard.valid_from:
            yield f"the standard{said} ends before it begins", "correct valid_from or valid_to"
        fault = rule_fault(standard.rule) if standard.rule else None
        if fault is not None:
            yield fault


class _AnyStandard(Mapping[str, str]):
    """Stands for the standards of a planning round that is not known yet: each of them has this value."""

    def __init__(self, value: str) -> None:
        self.value = value

    def __getitem__(self, name: str) -> str:
        return self.value

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 1  # not empty


@lru_cache(maxsize=4096)
def readings(rule: str) -> tuple[Rule, ...] | InputError:
    """The rules that the words of a trajectory rule may stand for; what is wrong with them where they cannot be read.

    What a rule calls baseline or standard is known only where it is applied, in per cent or not: here either will do.

    >>> [found.unit.value for found in readings("max(baseline + 7pp; 65%)")]
    ['%']
    """
    error, found = None, []
    known = "1%", "1"
    for standard in known if "standard" in rule.lower() else known[:1]:
        for baseline in known if "baseline" in rule.lower() else (None,):
            try:
                found.append(parse_rule(rule, standards=_AnyStandard(standard), baseline=baseline))
            except InputError as fault:
                error = error or fault
    return error if error is not None and not found else tuple(found)


def rule_fault(rule: str) -> tuple[str, str] | None:
    """What is wrong with the words of a trajectory rule, and the remedy; ``None`` where they can be read.

    >>> rule_fault("max(baseline + 7pp; 65%)") is None, rule_fault("explicit(95%)") is None
    (True, True)
    """
    found = readings(rule)
    return (found.what, found.remedy or "correct the rule") if isinstance(found, InputError) else None


def _source_of(standard: DatedStandard) -> str:
    words = standard.source or standard.standard
    return f" of {quoted(words)}" if words else ""
