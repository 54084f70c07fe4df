"""Text tables of hundreds of thousands of rows as frames, every cell still as it was written."""

from __future__ import annotations

import io
from collections.abc import Sequence

import polars as pl

from trigpoint.releases.files.content import Content
from trigpoint.releases.tables.header import Header


def text_frame(content: Content, header: Header) -> pl.DataFrame:
    """The rows below a header, under its names in small letters, with their number in the file as ``line``.

    Cells are text, ``None`` where empty; outer blanks stay. A column without a name, or with that of one before it, is
    called by its place. Raises ``InputError`` where the table cannot be read.

    >>> from trigpoint.releases.files.content import Kind
    >>> text_frame(Content("a.csv", Kind.TEXT, b"Code,N\\nA,1\\n"), Header(0, ("code", "n"))).rows()
    [(2, 'A', '1')]
    """
    names = [f" {at}" if name in ("", *header.names[:at]) else name for at, name in enumerate(header.names)]
    frame = quick_frame(content, header, names)
    if frame is None:
        width = len(names)
        rows = [
            [cell or None for cell in (*map(str, row[:width]), *[""] * (width - len(row)))]
            for row in content.sheets[0].rows[header.index + 1 :]
        ]
        frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    return frame.with_row_index("line", offset=header.index + 2)


def quick_frame(content: Content, header: Header, names: Sequence[str]) -> pl.DataFrame | None:
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
