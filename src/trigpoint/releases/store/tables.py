"""The observations, organisations, mapping and places of one file on disk, written once and never changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl

from trigpoint.errors import InputError
from trigpoint.releases.observation import SCHEMA, Basis
from trigpoint.releases.reading import FileReading
from trigpoint.releases.release import Mapped, Organisation
from trigpoint.releases.store.held import Held

ROW_GROUP = 100_000
"""Rows that are read or passed over together; they are sorted so that one organisation's stand in few groups."""


def write_tables(folder: Path, file: FileReading, taken: set[str]) -> tuple[tuple[str, ...], str]:
    """The names of the Parquet files, one a calendar year of period ends, and of the JSON file beside them."""
    names = []
    base = f"release={file.release.id}"
    years = file.reading.frame.with_columns(pl.col("end").dt.year().alias("year"))
    with _told(folder):
        for (year,), frame in sorted(years.partition_by("year", as_dict=True, include_key=False).items()):
            first, last = str(frame["start"].min()), str(frame["end"].max())
            name = _free(f"{base}/year={year}/{first}_{last}-{file.digest[:12]}", ".parquet", taken)
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            ordered = frame.sort("part", "org", maintain_order=True)
            ordered.write_parquet(path, compression="zstd", row_group_size=ROW_GROUP)
            names.append(name)
        about = _free(f"{base}/about-{file.digest[:12]}", ".json", taken)
        (folder / base).mkdir(parents=True, exist_ok=True)
        (folder / about).write_text(json.dumps(_about(file)), "utf-8")
    return tuple(names), about


def _free(stem: str, suffix: str, taken: set[str]) -> str:
    """A name that no file in use has: what the manifest names is never written over."""
    name, number = f"{stem}{suffix}", 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}{suffix}"
    return name


def _about(file: FileReading) -> dict[str, Any]:
    return {
        "organisations": [[one.code, one.name, one.basis.value, one.parent] for one in file.reading.organisations],
        "mapping": [asdict(one) for one in file.reading.mapping],
        "places": [dict(one) for one in file.reading.places],
    }


def scan(folder: Path, held: Held) -> pl.LazyFrame:
    """The observations of a file, read when they are collected. Raises ``InputError`` where a table is missing."""
    missing = next((name for name in held.tables if not (folder / name).is_file()), None)
    if missing is not None:
        raise _lost(held)
    if not held.tables:
        return pl.LazyFrame(schema=SCHEMA)
    paths = [folder / name for name in held.tables]
    return pl.scan_parquet(paths, schema=SCHEMA, hive_partitioning=False, glob=False)


def intact(folder: Path, held: Held) -> bool:
    """Whether the tables of a file are there and have as many rows as were written; their cells are not looked at."""
    try:
        rows = scan(folder, held).select(pl.len()).collect().item()
        _read(folder, held)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # a fault of the parser in Rust arrives as no Exception
        return False
    return bool(rows == held.observations)


def collected(frame: pl.LazyFrame, folder: Path) -> pl.DataFrame:
    """What a scan brings. Raises ``InputError`` where a table is damaged."""
    try:
        return frame.collect()
    except (KeyboardInterrupt, SystemExit, MemoryError, InputError):
        raise
    except BaseException as error:  # a fault of the parser in Rust arrives as no Exception
        what = f"a file of published figures is damaged ({type(error).__name__})"
        remedy = "remove the folder “published” and add the files again with `trigpoint data add`"
        raise InputError(what, where=str(folder), remedy=remedy) from None


def organisations(folder: Path, held: Held) -> tuple[Organisation, ...]:
    """The organisations that a file named."""
    return _read(folder, held)[0]


def mapping(folder: Path, held: Held) -> tuple[Mapped, ...]:
    """The shares of providers that a file stated."""
    return _read(folder, held)[1]


def places(folder: Path, held: Held) -> tuple[Mapping[str, str], ...]:
    """The rows of places that a file brought."""
    return _read(folder, held)[2]


_About = tuple[tuple[Organisation, ...], tuple[Mapped, ...], tuple[Mapping[str, str], ...]]


def _read(folder: Path, held: Held) -> _About:
    """Organisations, mapping and places of a file. Raises ``InputError`` where what was kept of it is damaged."""
    try:
        found = json.loads((folder / held.about).read_bytes())
        return (
            tuple(
                Organisation(str(code), str(name), Basis(basis), str(parent))
                for code, name, basis, parent in found["organisations"]
            ),
            tuple(
                Mapped(str(one["provider"]), str(one["commissioner"]), float(one["share"])) for one in found["mapping"]
            ),
            tuple({str(name): str(word) for name, word in row.items()} for row in found["places"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise _lost(held) from None


def _lost(held: Held) -> InputError:
    return InputError(
        "its figures are no longer in the workspace, or damaged",
        where=held.file,
        remedy="add the file again with `trigpoint data add`",
    )


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, pl.exceptions.PolarsError) as error:  # a full disk comes as either
        reason = (error.strerror or str(error)) if isinstance(error, OSError) else str(error).splitlines()[0]
        what = f"the figures cannot be written ({reason})"
        raise InputError(what, where=str(folder), remedy="check the room on the disk and your rights") from None
