"""Rows of cells as the CSV text of a table, from which reading makes the same rows."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from trigpoint.plans.schema import Column
from trigpoint.plans.schema import Table as PlanTable
from trigpoint.plans.tables import write_table
from trigpoint.tabular.fields import FileTable

_NUMBER = re.compile(r"-?[0-9.]+%?\Z")


@dataclass(frozen=True, slots=True)
class _Bare:
    """A cell that is written as it is."""

    text: str

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


def table_text(table: FileTable, rows: Sequence[Mapping[str, str]], numbers: Collection[str]) -> str:
    """The CSV text of a table from rows of cells; columns that no row fills are left out, unless they are common.

    ``numbers`` are columns in which a minus sign before digits needs no apostrophe.
    """
    columns = tuple(Column(one.name, sparse=not (one.needed or one.common)) for one in table.fields)
    cells = [
        [_Bare(cell) if name in numbers and _NUMBER.match(cell) else cell for name, cell in _in_order(table, row)]
        for row in rows
    ]
    return write_table(PlanTable(table.name, columns), cells)


def _in_order(table: FileTable, row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name in table.columns:
        yield name, row.get(name, "")


def row_starts(text: str) -> list[int]:
    """The line on which each row of a CSV text begins, the heading and blank ones too."""
    if '"' not in text:
        return list(range(1, text.count("\n") + text.count("\r") + 2))
    rows, starts, line = csv.reader(io.StringIO(text, newline="")), list[int](), 1
    try:
        for _ in rows:
            starts.append(line)
            line = rows.line_num + 1
    except csv.Error:
        pass
    return starts


def quoted_toml(text: str) -> str:
    r"""A text as TOML writes it, between quotes.

    >>> print(quoted_toml('a "b"'))
    "a \"b\""
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
