"""The lines above a table: Title, Period, Source, Basis, Published, Revised, Status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from trigpoint.releases.files.sheet import Cell, Row
from trigpoint.releases.observation import Status
from trigpoint.releases.tables.cells import words
from trigpoint.releases.tables.spans import Span, day, span

_LABELS = ("title", "summary", "period", "source", "main source", "basis", "published", "revised", "status", "contact")


@dataclass(frozen=True, slots=True)
class Preamble:
    """What a workbook says of itself; "" and ``None`` where it does not."""

    title: str = ""
    summary: str = ""
    period_text: str = ""
    source: str = ""
    basis: str = ""
    status_text: str = ""
    published: date | None = None
    revised: date | None = None
    period: Span | None = None

    @property
    def status(self) -> Status:
        """How far it is settled: a date under “Revised:” makes it revised, whatever the status line still says."""
        said = self.status_text.casefold()
        if "provisional" in said:
            return Status.PROVISIONAL
        if "final" in said:
            return Status.FINAL
        return Status.REVISED if self.revised or "revised" in said else Status.PUBLISHED


def read_preamble(rows: Sequence[Row], *, rows_searched: int = 25) -> Preamble:
    """The labelled lines among the first rows, whether the value stands beside the label or after it in its cell.

    >>> read_preamble([["", "Period:", "June 2025"], ["", "Status: Published"]]).period[0].isoformat()
    '2025-06-01'
    """
    found: dict[str, Cell] = {}
    for row in islice(rows, rows_searched):
        for index, cell in enumerate(row[:4]):
            label, colon, rest = words(cell).partition(":")
            if colon and label.casefold() in _LABELS and label.casefold() not in found:
                found[label.casefold()] = rest.strip() or next((one for one in row[index + 1 :] if words(one)), "")
    said = {label: words(cell) for label, cell in found.items()}
    return Preamble(
        title=said.get("title", ""),
        summary=said.get("summary", ""),
        period_text=said.get("period", ""),
        source=said.get("source") or said.get("main source", ""),
        basis=said.get("basis", ""),
        status_text=said.get("status", ""),
        published=_day(found.get("published", "")),
        revised=_day(found.get("revised", "")),
        period=_span(found.get("period", "")),
    )


def _day(cell: Cell) -> date | None:
    try:
        return day(cell)
    except ValueError:
        return None


def _span(cell: Cell) -> Span | None:
    try:
        return span(cell)
    except ValueError:
        return None
