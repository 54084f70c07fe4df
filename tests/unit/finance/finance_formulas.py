"""A small reckoner of the formulas of a workbook, so that what we store in their cells is tested by another hand.

It knows what our workbooks use and refuses the rest: + - * / = <> < <= > >=, SUM, ROUND, MIN, MAX, ABS, IF, AND, N,
SUMPRODUCT and COUNTIF, cells and blocks of cells of any sheet. Numbers are doubles, as in a spreadsheet.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import openpyxl
from openpyxl.utils import range_boundaries

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"]|"")*")
        |(?P<place>(?:'[^']+'|[A-Za-z][A-Za-z0-9_]*)!\$?[A-Z]{1,3}\$?[0-9]+(?::\$?[A-Z]{1,3}\$?[0-9]+)?
          |\$?[A-Z]{1,3}\$?[0-9]+(?::\$?[A-Z]{1,3}\$?[0-9]+)?)
        |(?P<number>[0-9]+\.?[0-9]*(?:[eE][+-]?[0-9]+)?)
        |(?P<name>[A-Z]+)(?=\()
        |(?P<sign><=|>=|<>|[-+*/=<>(),]))""",
    re.VERBOSE,
)


class Block(list[Any]):
    """The values of several cells, row by row."""


@dataclass
class Reckoner:
    """Every cell of a workbook, its formulas worked out anew whatever was stored in them."""

    book: openpyxl.Workbook
    _known: dict[tuple[str, int, int], Any] = field(default_factory=dict)

    def cell(self, sheet: str, row: int, column: int) -> Any:
        key = (sheet, row, column)
        if key not in self._known:
            cell = self.book[sheet].cell(row, column)
            value = cell.value
            if cell.data_type == "f":  # a text may begin with “=” too
                value = Formula(self, sheet, str(value)[1:]).value()
            self._known[key] = value
        return self._known[key]

    def place(self, sheet: str, address: str) -> Any:
        name, _, cells = address.rpartition("!")
        where = name.strip("'") or sheet
        left, top, right, foot = range_boundaries(cells.replace("$", ""))
        found = Block(
            self.cell(where, row, column) for row in range(top, foot + 1) for column in range(left, right + 1)
        )
        return found if ":" in cells else found[0]


class Formula:
    """One formula, read from left to right."""

    def __init__(self, reckoner: Reckoner, sheet: str, text: str) -> None:
        self._reckoner, self._sheet, self._text = reckoner, sheet, text
        self._tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(text):
            found = _TOKEN.match(text, at)
            if found is None:
                raise ValueError(f"cannot be read from {text[at:]!r}: {text}")
            self._tokens.append((str(found.lastgroup), found[str(found.lastgroup)]))
            at = found.end()
        self._at = 0

    def value(self) -> Any:
        found = self._compared()
        if self._at != len(self._tokens):
            raise ValueError(f"goes on after its end: {self._text}")
        return found

    def _next(self, *signs: str) -> str:
        if self._at < len(self._tokens):
            kind, text = self._tokens[self._at]
            if kind == "sign" and text in signs:
                self._at += 1
                return text
        return ""

    def _compared(self) -> Any:
        found = self._added()
        while sign := self._next("=", "<>", "<", "<=", ">", ">="):
            found = _each(lambda a, b, by=sign: _comparison(by, a, b), found, self._added())
        return found

    def _added(self) -> Any:
        found = self._multiplied()
        while sign := self._next("+", "-"):
            other = self._multiplied()
            found = _each((lambda a, b: _n(a) + _n(b)) if sign == "+" else (lambda a, b: _n(a) - _n(b)), found, other)
        return found

    def _multiplied(self) -> Any:
        found = self._signed()
        while sign := self._next("*", "/"):
            other = self._signed()
            found = _each((lambda a, b: _n(a) * _n(b)) if sign == "*" else (lambda a, b: _n(a) / _n(b)), found, other)
        return found

    def _signed(self) -> Any:
        if self._next("-"):
            return _each(lambda a, _: -_n(a), self._signed(), 0)
        self._next("+")
        return self._single()

    def _single(self) -> Any:
        if self._next("("):
            found = self._compared()
            self._close()
            return found
        kind, text = self._tokens[self._at]
        self._at += 1
        if kind == "number":
            return float(text)
        if kind == "text":
            return text[1:-1].replace('""', '"')
        if kind == "place":
            return self._reckoner.place(self._sheet, text)
        if kind == "name":
            return self._called(text)
        raise ValueError(f"has {text!r} out of place: {self._text}")

    def _close(self) -> None:
        if not self._next(")"):
            raise ValueError(f"lacks a bracket: {self._text}")

    def _called(self, name: str) -> Any:
        self._next("(")
        given = []
        while not self._next(")"):
            given.append(self._compared())
            self._next(",")
        return FUNCTIONS[name](*given)


def _n(value: Any) -> float:
    if value is None:
        return 0.0
    if isinstance(value, str):
        raise TypeError(f"a text in a sum: {value!r}")
    return float(value)


def _comparison(sign: str, a: Any, b: Any) -> bool:
    if isinstance(a, str) or isinstance(b, str):
        a, b = ("" if a is None else a), ("" if b is None else b)
        same = isinstance(a, str) and isinstance(b, str) and a.casefold() == b.casefold()
        return {"=": same, "<>": not same}[sign]
    a, b = _n(a), _n(b)
    return {"=": a == b, "<>": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[sign]


def _each(work: Any, a: Any, b: Any) -> Any:
    if not isinstance(a, Block) and not isinstance(b, Block):
        return work(a, b)
    size = len(a if isinstance(a, Block) else b)
    left, right = (one if isinstance(one, Block) else [one] * size for one in (a, b))
    return Block(work(x, y) for x, y in zip(left, right, strict=True))


def _numbers(given: tuple[Any, ...]) -> list[float]:
    """Numbers of arguments and blocks; a block's texts and empty cells do not count, as in a spreadsheet."""
    found = []
    for one in given:
        if isinstance(one, Block):
            found += [float(each) for each in one if isinstance(each, int | float) and not isinstance(each, bool)]
        else:
            found.append(_n(one))
    return found


def _round(value: Any, digits: Any) -> float:
    # A spreadsheet rounds the fifteen digits that it shows, half away from zero.
    shown = Decimal(f"{_n(value):.15g}")
    return float(shown.quantize(Decimal(1).scaleb(-int(_n(digits))), rounding=ROUND_HALF_UP))


def _sumproduct(*blocks: Block) -> float:
    numeric = [[float(one) if isinstance(one, int | float) else 0.0 for one in block] for block in blocks]
    return math.fsum(math.prod(row) for row in zip(*numeric, strict=True))


FUNCTIONS: dict[str, Any] = {
    "SUM": lambda *given: math.fsum(_numbers(given)),
    "ROUND": _round,
    "MIN": lambda *given: min(_numbers(given), default=0.0),
    "MAX": lambda *given: max(_numbers(given), default=0.0),
    "ABS": lambda value: abs(_n(value)),
    "IF": lambda test, yes, no: yes if test else no,
    "AND": lambda *tests: all(tests),
    "N": lambda value: 0.0 if isinstance(value, str) else _n(value),
    "SUMPRODUCT": _sumproduct,
    "COUNTIF": lambda block, wanted: float(sum(one == wanted for one in block)),
}
