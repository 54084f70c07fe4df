"""The rows of a table to values: those that can be used, the first of those with the same key."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from trigpoint.tabular.entries import Entry

_Row = TypeVar("_Row")


def rows_once(
    entries: Iterable[Entry], made: Callable[[Entry], _Row | None], key: Callable[[_Row], Hashable]
) -> tuple[_Row, ...]:
    """What ``made`` gives of each row that it can use; a row whose key stood before is told and left out."""
    found: dict[Hashable, _Row] = {}
    lines: dict[Hashable, int | None] = {}
    for entry in entries:
        row = made(entry)
        if row is None:
            continue
        if key(row) in found:
            entry.tell(f"line {lines[key(row)]} is of the same already, and is kept", "remove one")
            continue
        found[key(row)], lines[key(row)] = row, entry.line
    return tuple(found.values())
