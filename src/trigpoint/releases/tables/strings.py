"""Long tables as frames of text, and the text of a column as figures, without a Python object for every cell."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from trigpoint.errors import Where
from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.files.sheet import Cell, Sheet
from trigpoint.releases.observation import Marker
from trigpoint.releases.tables.cells import COMMON, figure, words
from trigpoint.releases.tables.columns import Tally
from trigpoint.releases.tables.header import Header

ROW = "row of the file"
"""The column that says in which row of its file a row stands; a cell with several lines counts as one row."""


def string_table(content: Content, header: Header, sheet: Sheet | None = None) -> pl.DataFrame:
    """The rows below a header, all columns as text, blanks at the ends and blank rows gone.

    Columns have the names of the header in small letters; a name that stands again has its number behind it
    (``name 2``). Rows may be shorter or longer than the header: missing cells are empty, surplus ones are left out.
    ``sheet`` is needed for a workbook. The last column is ``ROW``.
    """
    names = distinct(header.names)
    frame = _quick(content, header, names) if content.kind is Kind.TEXT else None
    if frame is None:
        frame = _slow(sheet or content.sheets[0], header, names)
    frame = frame.with_columns(pl.col(names).fill_null("").str.replace_all(r"[\s\u00a0]+", " ").str.strip_chars())
    frame = frame.with_row_index(ROW, offset=header.index + 2).with_columns(pl.col(ROW).cast(pl.Int64))
    return frame.filter(~pl.all_horizontal(pl.col(names) == "")).select(*names, ROW)


def distinct(names: Iterable[str]) -> list[str]:
    """Names of which none stands twice.

    >>> distinct(["code", "name", "code", "name", ""]), distinct(["n", "n 2", "n"])
    (['code', 'name', 'code 2', 'name 2', ''], ['n', 'n 2', 'n 3'])
    """
    seen: dict[str, int] = {}
    made: dict[str, None] = {}
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        while (one := name if seen[name] == 1 else f"{name} {seen[name]}") in made:
            seen[name] += 1
        made[one] = None
    return list(made)


def _quick(content: Content, header: Header, names: Sequence[str]) -> pl.DataFrame | None:
    """The rows below a header as columns of text called ``names``; ``None`` where only Python's reader can read it
    (quotation marks within a cell, and what else it bears)."""
    # A first line of our own says how wide the table is: the first row may be short, or blank.
    first = ",".join(f"c{at}" for at in range(len(names))).encode() + b"\n"
    try:
        frame = pl.read_csv(
            io.BytesIO(first + content.below(header.index + 1)), infer_schema=False, truncate_ragged_lines=True
        )
    except pl.exceptions.PolarsError:
        return None
    frame.columns = list(names)
    return frame


def _slow(sheet: Sheet, header: Header, names: list[str]) -> pl.DataFrame:
    width = len(names)
    rows = [[_text(cell) for cell in row[:width]] + [""] * (width - len(row)) for row in sheet.rows[header.index + 1 :]]
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def _text(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else words(cell)


def read_each(
    frame: pl.DataFrame, columns: list[str], read: Callable[..., tuple[Any, ...]], made: Mapping[str, Any]
) -> pl.DataFrame:
    """The frame with the columns ``made`` (name: type), which ``read`` makes of the text of ``columns``.

    ``read`` is called once for each different text and may raise ``ValueError``: then all that is made is null.
    """
    seen = frame.select(columns).unique()
    rows = []
    for texts in seen.iter_rows():
        try:
            rows.append((*texts, *read(*texts)))
        except ValueError:
            rows.append((*texts, *(None for _ in made)))
    schema = {**dict.fromkeys(columns, pl.String), **made}
    found = pl.DataFrame(rows, schema=schema, orient="row")
    return frame.join(found, on=columns, how="left", maintain_order="left", nulls_equal=True)


def usable(table: pl.DataFrame, reasons: Mapping[str, str], tally: Tally, file: str) -> pl.DataFrame:
    """The rows without a null in the columns that ``reasons`` names; others are told in ``tally``, by their ``ROW``.

    A reason may hold the names of columns in braces, for what stands there; the first that applies is told.

    >>> tally, table = Tally(), pl.DataFrame({"org": ["R1A", None], "said": ["", "total"], ROW: [2, 3]})
    >>> len(usable(table, {"org": "“{said}” has no code"}, tally, "a.csv")), tally.told
    (1, ('a.csv, line 3: “total” has no code; the row was left out',))
    """
    names = list(reasons)
    for row in table.filter(pl.any_horizontal(pl.col(names).is_null())).sort(ROW).iter_rows(named=True):
        what = next(said for name, said in reasons.items() if row[name] is None)
        words_of_row = {name: "" if value is None else value for name, value in row.items()}
        tally.reject(Where(file, line=row[ROW]), f"{what.format(**words_of_row)}; the row was left out")
    return table.drop_nulls(names)


def with_figures(frame: pl.DataFrame, column: str, markers: Mapping[str, Marker | float] = COMMON) -> pl.DataFrame:
    """The frame with ``value`` and ``marker``, read from a column; ``marker`` is null where the text is neither."""

    def read(text: str) -> tuple[float | None, str]:
        found = figure(text, markers)
        return found.value, found.marker.value

    return read_each(frame, [column], read, {"value": pl.Float64, "marker": pl.String})
