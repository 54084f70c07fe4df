"""What a reading changes in the files of a folder: rows that are new, gone or otherwise, by their key."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from trigpoint.wording import count, listed

KEYS = (
    "id", "code", "provider", "pod", "month", "variant", "measure", "organisation", "variable", "scheme", "gate",
    "year", "years", "quantity", "group", "driver", "series", "sex", "age", "first", "second",
)  # fmt: skip
"""Columns by which a row of one of the files is known again."""
WITH_ID = ("id", "years", "year", "series")
"""Those that count where a row has an id: the others are what is said of it."""
WITHIN = {"contract_lines.csv": "contract"}
"""Whose ids are unique only within something else."""
MOST_ROWS = 40


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file: how many rows are new, gone and changed, and the first of them in words."""

    file: str
    new: int
    gone: int
    changed: int
    rows: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """How many rows of what."""
        parts = [(self.new, "new"), (self.changed, "changed"), (self.gone, "gone")]
        told = [f"{number:,} {word}" for number, word in parts if number]
        return f"{self.file}: {listed(told)}."


def changes_between(before: Mapping[str, str], after: Mapping[str, str]) -> list[FileChange]:
    """The changes of each file that ``after`` has; files that it does not have stay as they are.

    >>> old, now = "code,name\\nae,A&E\\n", "code,name\\nae,ED\\nel,Elective\\n"
    >>> (one,) = changes_between({"pods.csv": old}, {"pods.csv": now})
    >>> one.sentence, one.rows
    ('pods.csv: 1 new and 1 changed.', ('new: el (name Elective)', 'changed: ae (name: A&E → ED)'))
    """
    found = (_change(name, before.get(name, ""), text) for name, text in after.items())
    return [one for one in found if one is not None]


def _change(name: str, before: str, after: str) -> FileChange | None:
    if before == after:
        return None
    if not name.endswith(".csv"):
        lines, older = set(after.splitlines()), set(before.splitlines())
        new, gone = lines - older, older - lines
        rows = (*(f"new: {line}" for line in after.splitlines() if line in new),
                *(f"gone: {line}" for line in before.splitlines() if line in gone))  # fmt: skip
        return FileChange(name, len(new), len(gone), 0, rows[:MOST_ROWS]) if new or gone else None
    old, now = _table(name, before), _table(name, after)
    new_keys = [key for key in now if key not in old]
    gone_keys = [key for key in old if key not in now]
    changed = {key: _cells(old[key], now[key]) for key in now if key in old and _cells(old[key], now[key])}
    if not (new_keys or gone_keys or changed):
        return None
    rows = (
        *(f"new: {_named(key)} ({_said(now[key])})" for key in new_keys),
        *(f"changed: {_named(key)} ({said})" for key, said in changed.items()),
        *(f"gone: {_named(key)}" for key in gone_keys),
    )
    return FileChange(name, len(new_keys), len(gone_keys), len(changed), rows[:MOST_ROWS])


def _table(file: str, text: str) -> dict[tuple[str, ...], dict[str, str]]:
    """Rows by key; a key that stands twice has its number behind it."""
    rows: dict[tuple[str, ...], dict[str, str]] = {}
    for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))):
        cells = {name: value or "" for name, value in row.items() if isinstance(name, str)}
        columns = (WITHIN.get(file, ""), *WITH_ID) if cells.get("id") else KEYS
        key = tuple(cells[name] for name in columns if cells.get(name))
        at, once = 1, key
        while key in rows:
            at += 1
            key = (*once, str(at))
        rows[key] = cells
    return rows


def _cells(old: Mapping[str, str], now: Mapping[str, str]) -> str:
    names = dict.fromkeys([*old, *now])
    return "; ".join(
        f"{name}: {old.get(name, '') or 'nothing'} → {now.get(name, '') or 'nothing'}"
        for name in names
        if old.get(name, "") != now.get(name, "")
    )


def _named(key: tuple[str, ...]) -> str:
    return ", ".join(key) or "a row"


def _said(row: Mapping[str, str]) -> str:
    told = [f"{name} {value}" for name, value in row.items() if value and name not in KEYS]
    return ", ".join(told[:4]) or count(len(row), "cell")
