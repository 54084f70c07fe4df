"""Two figures held against each other: by how much they differ, what is accepted, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from trigpoint.checks.finding import Severity
from trigpoint.triangulation.figure import Figure, Unit, amount_words, apart, points_words
from trigpoint.triangulation.tolerance import Tolerance
from trigpoint.wording import capital


class Relation(Enum):
    """What must hold between the first figure and the second."""

    EQUAL = "equal"
    AT_MOST = "at most"
    AT_LEAST = "at least"


class Ground(Enum):
    """Why two figures agree; ``NONE`` where they do not."""

    NONE = ""
    EXACT = "exactly"
    TOLERANCE = "within the tolerance"
    INTERVAL = "within the 80% interval"
    ROUNDING = "only as they are rounded"
    RELATION = "as they must"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of comparing two figures.

    ``difference`` is first less second and ``tolerance`` the largest that is accepted, both in the figures' unit;
    ``difference`` is ``None`` where one of them is not known. ``message`` is one or two sentences with both figures.
    """

    rule: str
    severity: Severity
    first: Figure
    second: Figure
    difference: Decimal | None
    tolerance: Decimal
    ground: Ground
    message: str
    fragment: str = ""

    @property
    def agrees(self) -> bool:
        return self.ground is not Ground.NONE

    @property
    def tested(self) -> bool:
        """Whether both figures are known; where one is not, they neither agree nor differ."""
        return self.first.value is not None and self.second.value is not None


@dataclass(frozen=True, slots=True)
class Lacking:
    """What a rule could not compare, and why, in a sentence."""

    rule: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Wording:
    """What a comparison says besides its figures: its ``subject``, ``why`` the difference matters, and what ``to_do``.

    ``instead`` is the whole message of a difference where the usual one would not tell it.
    """

    subject: str
    to_do: str
    why: str = ""
    instead: str = ""


def ground_of(first: Figure, second: Figure, tolerance: Tolerance, relation: Relation = Relation.EQUAL) -> Ground:
    """Why two figures agree, ``Ground.NONE`` where they do not or one is not known.

    They agree within the tolerance, where the one lies within the 80% interval of the other, or where one value would
    be printed as both. Which comes first makes no difference to ``Relation.EQUAL``.

    >>> one, other = (Figure(Decimal(value), Unit.GBP, "") for value in (100, 104))
    >>> ground_of(one, other, Tolerance(gbp=Decimal(4))), ground_of(one, other, Tolerance())
    (<Ground.TOLERANCE: 'within the tolerance'>, <Ground.NONE: ''>)
    """
    if first.value is None or second.value is None:
        return Ground.NONE
    difference = first.value - second.value
    if not difference:
        return Ground.EXACT
    if (relation is Relation.AT_MOST and difference < 0) or (relation is Relation.AT_LEAST and difference > 0):
        return Ground.RELATION
    if abs(difference) <= tolerance.allowed(first, second):
        return Ground.TOLERANCE
    rounded, likely = (first.rounded, second.rounded), (first.likely, second.likely)
    if rounded[0] is not None and rounded[1] is not None and rounded[0].meets(rounded[1]):
        return Ground.ROUNDING
    if likely[0] is not None and likely[1] is not None and likely[0].meets(likely[1]):
        return Ground.INTERVAL
    # What rounding may hide is not held against anyone on top of the tolerance.
    nearest = abs(difference) - first.half_unit - second.half_unit
    return Ground.TOLERANCE if nearest <= tolerance.allowed(first, second) and _accepts(tolerance) else Ground.NONE


def _accepts(tolerance: Tolerance) -> bool:
    return tolerance != Tolerance()


def compared(
    rule: str,
    severity: Severity,
    figures: tuple[Figure, Figure],
    tolerance: Tolerance,
    wording: Wording,
    relation: Relation = Relation.EQUAL,
) -> Comparison:
    """Two figures of one unit held against each other by a rule, with the message of what came of it."""
    first, second = figures
    ground = ground_of(first, second, tolerance, relation)
    difference = None if first.value is None or second.value is None else first.value - second.value
    allowed = tolerance.allowed(first, second) if difference is not None else Decimal(0)
    message = _agreeing(figures, ground, wording) if ground is not Ground.NONE else wording.instead
    if not message:
        message = _differing(figures, difference, tolerance.words(first.unit, allowed) if allowed else "", wording)
    fragment = f"{first.shown} / {second.shown}"
    return Comparison(rule, severity, first, second, difference, allowed, ground, message, fragment)


def told(figures: tuple[Figure, Figure]) -> tuple[str, str]:
    """Both figures with their words, printed so that they can be told apart; a modelled one with its interval."""
    first, second = figures
    values = (first.shown, second.shown)
    if first.value is not None and second.value is not None:
        values = apart(first.value, second.value, first.unit)
    both = []
    for figure, value in zip(figures, values, strict=True):
        interval = f" (80% interval {figure.interval})" if figure.interval else ""
        both.append(f"{figure.words} {value}{interval}")
    return both[0], both[1]


def difference_words(difference: Decimal, unit: Unit) -> str:
    """The size of a difference in words; shares differ by percentage points.

    >>> difference_words(Decimal("-0.016"), Unit.SHARE), difference_words(Decimal("1100000"), Unit.GBP)
    ('1.6 percentage points', '£1.1m')
    """
    words = amount_words(abs(difference), unit)
    return points_words(abs(difference)) if unit is Unit.SHARE else words


def _differing(figures: tuple[Figure, Figure], difference: Decimal | None, accepted: str, wording: Wording) -> str:
    first, second = told(figures)
    why = f" {capital(wording.why)}." if wording.why else ""
    if difference is None:
        return f"{capital(wording.subject)}: {first}, {second}; it cannot be tested.{why} {capital(wording.to_do)}."
    by = difference_words(difference, figures[0].unit)
    verb = "are" if accepted.endswith("points") else "is"
    beyond = f"more than the {accepted} that {verb} accepted" if accepted else "and no difference is accepted"
    return (
        f"{capital(wording.subject)}: {first}, {second}. They are {by} apart, {beyond}.{why} {capital(wording.to_do)}."
    )


def _agreeing(figures: tuple[Figure, Figure], ground: Ground, wording: Wording) -> str:
    first, second = told(figures)
    if ground in (Ground.EXACT, Ground.RELATION):
        return f"{capital(wording.subject)}: {first}, {second}."
    return f"{capital(wording.subject)}: {first}, {second}. They agree {ground.value}."
