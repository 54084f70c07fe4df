"""Where an assumption comes from and who answers for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Stated:
    """What every assumption carries besides its numbers. ``file`` and ``row`` say where it was read.

    ``illustrative`` marks what was invented for a demonstration.
    """

    name: str = ""
    source: str = ""
    author: str = ""
    on: date | None = None
    note: str = ""
    illustrative: bool = False
    file: str = ""
    row: int | None = None


UNSTATED = Stated()
