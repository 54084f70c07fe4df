"""What a chart in rows is made of: points, rows, upright lines and the frame they stand in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from trigpoint.measures.standing import Form

WIDTH = 360  # pixels of the scale, beside which names and words stand


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of a row: its value, look, and what it says when asked."""

    value: float
    shape: str
    colour: str
    hollow: bool = False
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: name, words at the right, and what stands on the scale: a bar, a pale interval, a thin link, points.

    ``bar`` has its colour as third. ``strong`` is printed bold. ``after`` is where a thin upright line goes on to the
    next row (the running sum of a bridge); ``broken`` bars do not begin at zero, and two strokes say so. A row without
    anything on the scale is a heading.
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

    @property
    def values(self) -> Iterable[float]:
        """Everything that the scale must hold."""
        yield from (*(self.bar or ())[:2], *(self.pale or ())[:2], *(self.link or ()))
        yield from (mark.value for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Lines:
    """Upright lines through all rows: a value, what it is called at the top, and its dash."""

    value: float
    word: str
    dash: tuple[int, ...] = (1, 0)


@dataclass(frozen=True, slots=True)
class Frame:
    """The scale and what is written about it. ``names`` and ``words`` head the columns beside the scale."""

    form: Form
    axis: str
    names: str = ""
    words: str = ""
    lines: tuple[Lines, ...] = ()
    signed: bool = False
    width: int = WIDTH
    from_zero: bool = False
