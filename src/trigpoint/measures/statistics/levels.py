"""Confidence levels: read as shares or per cent, and written as the names of columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from numbers import Real

from trigpoint.errors import InputError

Levels = float | Sequence[float] | None

_PUBLISHED_PAIR = (0.95, 0.998)
_PUBLISHED_FROM = 0.9


class Strictness(Enum):
    """What becomes of a bad group, and which confidence levels may be asked for.

    ``BY_GROUP``: a bad group has no value and a reason, the others are computed; any levels. ``PUBLISHED``: as the
    tools behind published public health figures do, an impossible number anywhere refuses the whole frame, and the
    levels are one from 90% up, or 95% with 99.8%, written 0.95 and 0.998.
    """

    BY_GROUP = "by group"
    PUBLISHED = "published"


def confidence_levels(
    levels: Levels, *, strictness: Strictness = Strictness.BY_GROUP, any_number: bool = False
) -> tuple[float, ...]:
    """Confidence levels as shares of one, in the order given; one above 1 is read as per cent. ``None`` is no level.

    A level of 1 (or 100) is allowed: its limits are the ends of what is possible. Raises ``InputError`` for a level
    that is not above 0 and at most 100%, and for one that is given twice. Under ``Strictness.PUBLISHED`` only one level
    from 90% up, or 95% together with 99.8%, is accepted, as in PHEindicatormethods (method reference, 1.3);
    ``any_number`` lifts the rule on several levels, as there for life expectancy.

    >>> confidence_levels([95, 0.998])
    (0.95, 0.998)
    """
    given = tuple(levels) if isinstance(levels, Iterable) else () if levels is None else (levels,)
    shares = tuple(_share(level) for level in given)
    if len(set(shares)) < len(shares):
        raise InputError(f"a confidence level is given twice in {_listed(given)}", remedy="name each level once")
    if strictness is Strictness.PUBLISHED:
        _refuse_unpublished(shares, given, any_number=any_number)
    return shares


def label(level: float) -> str:
    """A level as the end of a column's name.

    >>> label(0.998)
    '99_8'
    """
    return f"{level * 100:.10g}".replace(".", "_")


def _share(level: object) -> float:
    # NumPy's numbers are real numbers too, and no floats all of them.
    number = float(level) if not isinstance(level, bool) and isinstance(level, Real) else 0.0
    if not 0 < number <= 100:
        raise InputError(
            f"{level!r} is no confidence level", remedy="give a share such as 0.95, or per cent such as 95"
        )
    return number / 100 if number > 1 else number


def _refuse_unpublished(shares: tuple[float, ...], given: Sequence[float], *, any_number: bool) -> None:
    if not any_number and len(shares) > 1 and tuple(given) != _PUBLISHED_PAIR:
        raise InputError(
            f"the confidence levels {_listed(given)} are not those of published figures",
            remedy="give 0.95 and 0.998, or one level, or ask without strictness",
        )
    low = next((level for level in shares if level < _PUBLISHED_FROM), None)
    if low is not None:
        raise InputError(
            f"a confidence level of {label(low).replace('_', '.')}% is below 90%",
            remedy="give a level from 0.9 up, or ask without strictness",
        )


def _listed(given: Sequence[float]) -> str:
    return ", ".join(f"{level:g}" for level in given)
