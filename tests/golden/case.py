"""One golden case: what goes in, what a peer answered, and how near the answer has to be."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class Different(AssertionError):
    """Our answer is not the golden one; the words say where."""


@dataclass(frozen=True, slots=True)
class Case:
    """A line of a family's manifest. ``error`` is set where the call must be refused."""

    folder: Path
    family: str
    id: str
    fun: str
    params: Mapping[str, Any]
    inputs: Mapping[str, str]
    outputs: Mapping[str, str]
    error: str | None
    tags: tuple[str, ...]
    tolerance: str
    note: str

    @property
    def excusable(self) -> bool:
        """Whether the peer's answer is said to be wrong, accidental, or to hang on the last bit."""
        return not {"quirk", "fragile"}.isdisjoint(self.tags)

    def table(self, name: str) -> dict[str, list[str | None]]:
        """An input or output by its name ("input", "expected", …): columns of text, ``None`` where a cell is empty."""
        file = self.folder / {**self.inputs, **self.outputs}[name]
        with file.open(encoding="utf-8", newline="") as lines:
            headers, *rows = csv.reader(lines)
        return {header: [row[at] or None for row in rows] for at, header in enumerate(headers)}


@dataclass(frozen=True, slots=True)
class Quirk:
    """Where we rightly differ from the peer: ``applies`` recognises it in a case's input, never in its name."""

    title: str
    reason: str
    applies: Callable[[Case], bool]


def cases(folder: Path) -> Iterator[Case]:
    """Every case of one family's folder, in the manifest's order."""
    for number, line in enumerate((folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        row = json.loads(line)
        yield Case(
            folder,
            row.get("family") or folder.name,
            row.get("case_id") or f"line {number}",
            row.get("fun") or "",
            row.get("params") or {},
            row.get("inputs") or {},
            row.get("outputs") or {},
            row.get("error") or None,
            tuple(row.get("tags") or ()),
            row.get("tol") or "",
            row.get("note") or "",
        )


def numbers(cells: list[str | None]) -> list[float]:
    """Cells as numbers: an empty one, ``NA`` and ``NaN`` are NaN."""
    return [math.nan if cell is None or cell == "NA" else float(cell) for cell in cells]


def same_number(ours: float | None, golden: float | None, relative: float = 1e-9, absolute: float = 1e-12) -> bool:
    """Whether two numbers agree; missing agrees with missing alone."""
    missing = [value is None or math.isnan(value) for value in (ours, golden)]
    if any(missing):
        return all(missing)
    return ours == golden or math.isclose(ours, golden, rel_tol=relative, abs_tol=absolute)  # type: ignore[arg-type]


def hold(condition: bool, words: str) -> None:
    """Raise ``Different`` with the words unless the condition holds."""
    if not condition:
        raise Different(words)
