"""What a chart function returns: the drawing, and everything that says the same without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class DataTable:
    """The numbers of a picture as printed text. The first cell of each row is its heading."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A Vega-Lite specification with its one-sentence finding, its text alternative and its data table.

    All four come from one calculation, so none can disagree with another.
    """

    spec: Mapping[str, Any]
    finding: str
    alt: str
    table: DataTable
