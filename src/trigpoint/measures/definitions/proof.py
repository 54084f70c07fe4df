"""The examples of a definition, proven: what its statistic gives for them is what the file says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction

from trigpoint.measures.definitions.definition import Definition, Example, Statistic
from trigpoint.rounding import decimals_of, half_up

Interval = Callable[[float, float, float], tuple[float, float]]

# What follows from a numerator and a denominator alone; the others need age bands or single values.
_QUOTIENTS = (Statistic.RATE, Statistic.PROPORTION, Statistic.MEAN, Statistic.RATIO, Statistic.ISR_RATIO)


def disproved(definition: Definition) -> Iterator[tuple[str, str]]:
    """Each example that does not hold: what is wrong with it, and the remedy. Compared as printed, rounded half up."""
    for number, example in enumerate(definition.examples, start=1):
        value = _value(definition, example)
        if isinstance(value, str):
            yield f"example {number}: {value}", "correct the example or leave it out"
            continue
        if example.value is not None:
            yield from _compared(f"example {number}: the value", value, example.value)
        if example.lower is not None or example.upper is not None:
            yield from _limits(definition, example, f"example {number}")


def _value(definition: Definition, example: Example) -> Fraction | str:
    """The example's exact value, or why there is none."""
    statistic, whole = definition.statistic, example.denominator
    if example.numerator < 0:
        return "the numerator is negative"
    if statistic in (Statistic.COUNT, Statistic.VALUE):
        return Fraction(example.numerator)
    if statistic not in _QUOTIENTS:
        return f"a {statistic.value} does not follow from numerator and denominator"
    if whole is None or whole <= 0:
        return "the denominator is missing or not above 0"
    if statistic is Statistic.PROPORTION and example.numerator > whole:
        return "the numerator is larger than the denominator"
    return Fraction(example.numerator) / Fraction(whole) * definition.multiplier


def _compared(what: str, found: Fraction | float, said: Decimal) -> Iterator[tuple[str, str]]:
    rounded = half_up(Fraction(found), decimals_of(said))
    if rounded != said:
        yield f"{what} is {rounded}, not {said}", "correct the example, or what the definition says"


def _limits(definition: Definition, example: Example, label: str) -> Iterator[tuple[str, str]]:
    from trigpoint.measures.statistics import intervals  # noqa: PLC0415 – numpy, only where limits are to be proven

    count, level = float(example.numerator), definition.level
    whole = float(example.denominator or 1)
    if definition.statistic is Statistic.PROPORTION:
        lower, upper = intervals.wilson(count, whole, level)
    elif definition.statistic in (Statistic.MEAN, Statistic.RATIO, Statistic.VALUE):
        yield f"{label}: a {definition.statistic.value} has no interval from its parts", "leave lower and upper out"
        return
    else:
        divisor = 1.0 if definition.statistic is Statistic.COUNT else whole
        low, high = intervals.poisson(count, level)
        lower, upper = low / divisor, high / divisor
    factor = 1 if definition.statistic is Statistic.COUNT else definition.multiplier
    for name, found, said in (("lower", lower, example.lower), ("upper", upper, example.upper)):
        if said is not None:
            yield from _compared(f"{label}: the {name} limit", float(found) * factor, said)
