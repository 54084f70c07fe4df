"""Frames to one Parquet file, slice by slice, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from errno import ENOSPC
from itertools import chain
from pathlib import Path
from typing import Any

import polars as pl

from trigpoint.errors import InputError
from trigpoint.staging import staged


def write_frames(path: Path, frames: Iterable[pl.DataFrame], progress: Callable[[int], None] | None = None) -> int:
    """Write frames of the same columns as the row groups of one file; the rows that were written.

    ``progress`` is told the rows so far after each. The file comes to its place in one step when it is whole. Raises
    ``InputError`` where its folder is missing or cannot be written.
    """
    from pyarrow import parquet  # type: ignore[import-untyped]  # noqa: PLC0415 - slow to import

    try:
        return _written(path, frames, parquet.ParquetWriter, progress)
    except OSError as error:  # of Arrow, which names no file
        reason = "no space left on the disk" if error.errno == ENOSPC else "the disk does not take it"
        what, remedy = f"the file cannot be written ({reason})", "check its rights and the room on the disk"
        raise InputError(what, where=str(path), remedy=remedy) from None


def _written(
    path: Path, frames: Iterable[pl.DataFrame], writer_of: Callable[..., Any], progress: Callable[[int], None] | None
) -> int:
    tables = (frame.to_arrow() for frame in frames)
    with staged(path) as stage:
        opening, done = next(tables), 0
        # Without Arrow's own schema beside Parquet's, words from a fixed set come back as plain text.
        place = stage / path.name
        with writer_of(place, opening.schema, compression="zstd", store_schema=False) as writer:
            for table in chain([opening], tables):
                writer.write_table(table)
                done += table.num_rows
                if progress is not None:
                    progress(done)
        (stage / path.name).replace(path)
    return done
