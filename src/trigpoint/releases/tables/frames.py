"""Text tables of hundreds of thousands of rows as frames, every cell still as it was written."""

from __future__ import annotations

import io

import polars as pl

from trigpoint.errors import InputError
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
    data = content.data if content.encoding == "utf-8-sig" else content.text.encode()
    try:
        frame = pl.read_csv(
            io.BytesIO(data),
            skip_rows=header.index,  # the header is left in: it says how wide the table is, whatever its first row
            infer_schema=False,
            truncate_ragged_lines=True,
        )
    except (pl.exceptions.PolarsError, ValueError) as error:
        said = str(error).splitlines()[0]
        raise InputError(f"the table cannot be read ({said})", where=content.name, remedy="download it again") from None
    names = [f" {at}" if name in ("", *header.names[:at]) else name for at, name in enumerate(header.names)]
    return frame.rename(dict(zip(frame.columns, names, strict=True))).with_row_index("line", offset=header.index + 2)
