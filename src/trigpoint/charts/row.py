"""What a chart in rows is made of: points, rows, upright lines and the frame they stand in."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trigpoint.measures.standing import Form

WIDTH = 360  # pixels of the scale, beside which names and words stand
_TRUNCATED_BELOW = 0.4  # of the whole: where the parts together are smaller, the scale does not begin at nothing


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of a row: its value, look, and what it says when asked."""

    value: float
    shape: str
    colour: str
    hollow: bool = False
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Badge:
    """A letter in a shape, before the words of a row: what is rated is told by letter, shape and colour alike."""

    letter: str
    shape: str
    colour: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row: name, words at the right, and what stands on the scale: a bar, a pale interval, a thin link, points.

    ``bar`` has its colour as third; a ``hatched`` one is filled with strokes. ``outline`` is an empty box of the same
    height behind it, ``stop`` a thick upright stroke (a limit of the row's own). ``strong`` is printed bold. ``after``
    is where a thin upright line goes on to the next row (the running sum of a bridge); ``broken`` bars do not begin at
    zero, and two strokes say so. A row without anything on the scale is a heading.
    """

    name: str
    text: str = ""
    bar: tuple[float, float, str] | None = None
    pale: tuple[float, float, str] | None = None
    link: tuple[float, float] | None = None
    marks: tuple[Mark, ...] = ()
    broken: bool = False
    strong: bool = False
    after: float | None = None
    tip: str = ""
    hatched: bool = False
    outline: tuple[float, float] | None = None
    badge: Badge | None = None
    stop: float | None = None

    @property
    def values(self) -> Iterable[float]:
        """Everything that the scale must hold."""
        yield from (*(self.bar or ())[:2], *(self.pale or ())[:2], *(self.link or ()), *(self.outline or ()))
        yield from () if self.stop is None else (self.stop,)
        yield from (mark.value for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Lines:
    """Upright lines through all rows: a value, what it is called at the top, and its dash."""

    value: float
    word: str
    dash: tuple[int, ...] = (1, 0)


@dataclass(frozen=True, slots=True)
class Frame:
    """The scale and what is written about it. ``names`` and ``words`` head the columns beside the scale; ``around`` is
    what stands before and after the number of a tick (£ and m)."""

    form: Form
    axis: str
    names: str = ""
    words: str = ""
    lines: tuple[Lines, ...] = ()
    signed: bool = False
    width: int = WIDTH
    from_zero: bool = False
    around: tuple[str, str] = ("", "")


def cut_at(levels: Sequence[float]) -> float:
    """Where the scale of a bridge begins: at nothing, unless its steps could not be seen beside its totals then.

    >>> cut_at([460.0, 463.9, 455.2]), cut_at([6.4, 5.3]), cut_at([5.3, 0.9]), cut_at([-4.0, 2.0])
    (451.0, 4.0, 0.0, 0.0)
    """
    least, most = min(levels, default=0.0), max(levels, default=0.0)
    if least <= 0 or most - least >= _TRUNCATED_BELOW * most:
        return 0.0
    room = max(most - least, most * 0.02)
    step = 10.0 ** math.floor(math.log10(room))
    return max(float(f"{math.floor((least - 0.35 * room) / step) * step:.12g}"), 0.0)
