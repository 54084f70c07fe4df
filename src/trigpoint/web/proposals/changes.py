"""A filled template beside the files that are there: what would change."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

MOST_LINES = 40
UNORDERED = {"counts.csv", "population.csv"}
_TWINS = {".csv": ".toml", ".toml": ".csv"}


@dataclass(frozen=True, slots=True)
class FileChange:
    """What would change in one file: lines that go and lines that come, as [sign, text]; ``more`` are not listed."""

    name: str
    new: bool
    added: int
    removed: int
    lines: tuple[tuple[str, str], ...]
    more: int


def merged(before: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """The files with those of a template in the place of what they replace: growth.csv also takes that of growth.toml.

    >>> merged({"growth.toml": "a", "counts.csv": "b"}, {"growth.csv": "c"})
    {'counts.csv': 'b', 'growth.csv': 'c'}
    """
    twins = {str(PurePath(name).with_suffix(_TWINS.get(PurePath(name).suffix, ""))) for name in given}
    return {name: text for name, text in before.items() if name not in twins} | dict(given)


def changes_between(before: Mapping[str, str], after: Mapping[str, str]) -> list[FileChange]:
    """Every file in which something would change; of rows that have no order, another order is no change."""
    names = [name for name in dict.fromkeys((*sorted(before), *sorted(after))) if before.get(name) != after.get(name)]
    found = (_change(name, before.get(name, ""), after.get(name, ""), new=name not in before) for name in names)
    return [each for each in found if each.lines]


def _change(name: str, before: str, after: str, *, new: bool) -> FileChange:
    old, now = (_lines(text, in_order=name not in UNORDERED) for text in (before, after))
    told = difflib.unified_diff(old, now, n=0, lineterm="")
    lines = [line for line in list(told)[2:] if not line.startswith("@@")]
    pairs = tuple(("Now" if line[0] == "+" else "Before", line[1:]) for line in lines)
    added = sum(line[0] == "+" for line in lines)
    more = max(0, len(pairs) - MOST_LINES)
    return FileChange(name, new, added, len(lines) - added, pairs[:MOST_LINES], more)


def _lines(text: str, *, in_order: bool) -> list[str]:
    """The lines without what no reader sees: blanks at the end, and the order where it means nothing."""
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    return lines if in_order else lines[:1] + sorted(lines[1:])
