"""Frames to one Parquet file, slice by slice, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import Path

import polars as pl

from trigpoint.staging import staged


def write_frames(path: Path, frames: Iterable[pl.DataFrame], progress: Callable[[int], None] | None = None) -> int:
    """Write frames of the same columns as the row groups of one file; the rows that were written.

    ``progress`` is told the rows so far after each. The file comes to its place in one step when it is whole. Raises
    ``InputError`` where its folder is missing or cannot be written.
    """
    from pyarrow import parquet  # type: ignore[import-untyped]  # noqa: PLC0415 - slow to import

    tables = (frame.to_arrow() for frame in frames)
    with staged(path) as stage:
        opening, done = next(tables), 0
        # Without Arrow's own schema beside Parquet's, words from a fixed set come back as plain text.
        place = stage / path.name
        with parquet.ParquetWriter(place, opening.schema, compression="zstd", store_schema=False) as writer:
            for table in chain([opening], tables):
                writer.write_table(table)
                done += table.num_rows
                if progress is not None:
                    progress(done)
        (stage / path.name).replace(path)
    return done
