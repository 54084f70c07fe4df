"""Where an assumption comes from and who answers for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from trigpoint.tabular.amounts import date_of, flag_of
from trigpoint.tabular.entries import Entry


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


def stated_of(entry: Entry) -> Stated:
    """Where a row comes from and who answers for it."""
    return Stated(
        name=entry.text("name"),
        source=entry.text("source"),
        author=entry.text("author"),
        on=entry.read("on", date_of, None),
        note=entry.text("note"),
        illustrative=entry.read("illustrative", flag_of, False),
        file=entry.file,
        row=entry.line,
    )


def stated_cells(stated: Stated) -> dict[str, str]:
    """The columns that say where an assumption comes from."""
    return {
        "name": stated.name,
        "source": stated.source,
        "author": stated.author,
        "on": stated.on.isoformat() if stated.on else "",
        "note": stated.note,
        "illustrative": "yes" if stated.illustrative else "",
    }
