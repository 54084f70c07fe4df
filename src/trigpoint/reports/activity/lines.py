"""The lines of the national activity return, by planning round: data, for the letters changed over the rounds."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from trigpoint.activity.book.book import ActivityBook, PodName
from trigpoint.periods import FinancialYear
from trigpoint.reports.activity.choice import known_pods


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the return. ``part_of`` names the line that is the sum of it and its like."""

    code: str
    name: str
    unit: str = ""
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class LinePack:
    """The lines of one planning round in printed order, with the publication, and whether they were compared."""

    title: str
    years: tuple[str, ...]
    source: str
    confirmed: bool
    note: str
    lines: tuple[Line, ...]

    @property
    def words(self) -> str:
        """One sentence on where the lines are from and how far they are to be trusted."""
        sure = "" if self.confirmed else " They are not confirmed: compare them with the round's own definitions."
        return f"Lines: {self.title}. Source: {self.source}.{sure} {self.note}".strip()


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """A row of the return: a line with its points of delivery, or a line that is the sum of other rows.

    ``pods`` are empty for a sum, and ``of`` for any other; ``of`` are the places of the summed rows in the table.
    """

    code: str
    name: str
    unit: str
    pods: tuple[str, ...] = ()
    of: tuple[int, ...] = ()


@cache
def packs() -> tuple[LinePack, ...]:
    """All rounds whose lines are known, earliest first."""
    found = (one for one in (files("trigpoint.reports.activity") / "data").iterdir() if one.name.endswith(".toml"))
    made = [_pack(tomllib.loads(one.read_text(encoding="utf-8"))) for one in found]
    return tuple(sorted(made, key=lambda pack: pack.years))


def _pack(told: dict[str, Any]) -> LinePack:
    lines = tuple(Line(**row) for row in told["lines"])
    return LinePack(told["title"], tuple(told["years"]), told["source"], told["confirmed"], told.get("note", ""), lines)


def pack_of(years: Iterable[FinancialYear]) -> LinePack:
    """The lines of the round that a plan's first year belongs to; else of the latest one before; else the earliest.

    >>> pack_of([FinancialYear(2017)]).years
    ('2017/18', '2018/19')
    """
    first = min(years).label
    there = packs()
    return next((pack for pack in there if first in pack.years), None) or next(
        (pack for pack in reversed(there) if pack.years[0] <= first), there[0]
    )


def same(code: str) -> str:
    """The code without what people write differently: "E.M.10a", "em10.a" and "E.M.10.a" are one line.

    >>> same("E.M.10a") == same("em10.a")
    True
    """
    return re.sub(r"[^0-9a-z]", "", code.casefold())


def return_rows(book: ActivityBook, pack: LinePack) -> tuple[tuple[ReturnRow, ...], tuple[str, ...]]:
    """The rows of the return of a book, and sentences on what does not fit its lines.

    A line without points of delivery is left out, unless it is the sum of lines that have some. Points of delivery
    without a line, or with one that the round does not have, follow under their own names.
    """
    names = {pod.code: pod for pod in book.pods}
    pods = [names.get(code, PodName(code, code)) for code in known_pods(book)]
    by_line = {same(line.code): tuple(pod.code for pod in pods if same(pod.line) == same(line.code))
               for line in pack.lines}  # fmt: skip
    kept = [
        line
        for line in pack.lines
        if by_line[same(line.code)] or any(by_line[same(part.code)] for part in pack.lines if part.part_of == line.code)
    ]
    rows = []
    for line in kept:
        parts = tuple(at for at, other in enumerate(kept) if other.part_of == line.code)
        own = by_line[same(line.code)]
        rows.append(ReturnRow(line.code, line.name, line.unit, own, () if own else parts))
    placed = {code for line in kept for code in by_line[same(line.code)]}
    rest = [pod for pod in pods if pod.code not in placed]
    rows += [ReturnRow(pod.line, pod.name or pod.code, pod.unit, (pod.code,)) for pod in rest]
    return tuple(rows), tuple(_sentence(pod, pack) for pod in rest)


def _sentence(pod: PodName, pack: LinePack) -> str:
    if pod.line:
        return f"{pod.name}: “{pod.line}” is no line of {pack.title}; it stands under its own name."
    return f"{pod.name} has no line in the national return; it stands under its own name (pods.csv, column line)."
