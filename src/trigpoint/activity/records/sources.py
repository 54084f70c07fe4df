"""The files of an extract: found by name, folder or pattern, their columns read, and nothing else of them.

What is wrong with one file (unreadable, cut short, empty, a column that identifies a patient or is missing) is told
with its name; the others are used.
"""

from __future__ import annotations

import csv
import glob
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import polars as pl

from trigpoint.activity.records.schema import needed
from trigpoint.errors import InputError
from trigpoint.wording import listed

_PARQUET, _LONGEST_LINE = b"PAR1", 1_000_000
_ENDINGS = (".parquet", ".csv")


class Format(Enum):
    """How a file is written."""

    PARQUET = ".parquet"
    CSV = ".csv"


@dataclass(frozen=True, slots=True)
class Source:
    """A file that can be read: its columns, by the names of the schema, as the file names them, and their types."""

    path: Path
    format: Format
    columns: dict[str, str]
    types: tuple[str, ...]


def found_files(given: Path | str | Sequence[Path | str]) -> tuple[Path, ...]:
    """The Parquet and CSV files of names, folders (with those within) and patterns, each once, in order.

    Raises ``InputError`` for a name that is not there and a folder or pattern of nothing.
    """
    names = [given] if isinstance(given, str | Path) else list(given)
    paths: list[Path] = []
    for name in names:
        path = Path(name)
        if path.is_dir():
            found = sorted(one for one in path.rglob("*") if one.suffix.lower() in _ENDINGS and one.is_file())
        elif path.exists():
            found = [path]
        else:
            found = sorted(map(Path, glob.glob(str(name), recursive=True)))  # noqa: PTH207 - patterns of whole paths
        if not found:
            what = "there are no Parquet or CSV files" if path.is_dir() else "there is no such file"
            raise InputError(what, where=str(name), remedy="name files, a folder, or a pattern such as 2016/*.parquet")
        paths += found
    if not paths:
        raise InputError("no files of records are named", remedy="name files, a folder, or a pattern")
    return tuple(dict.fromkeys(paths))


def opened_sources(paths: Sequence[Path]) -> tuple[tuple[Source, ...], tuple[InputError, ...]]:
    """The files that can be used, and what is wrong with the others."""
    sources, problems = [], []
    for path in paths:
        try:
            sources.append(_source(path))
        except InputError as error:
            problems.append(error)
    return tuple(sources), tuple(problems)


def _source(path: Path) -> Source:
    where = str(path)
    try:
        if not path.is_file():  # a pipe would be waited for without end
            raise InputError("this is no file", where=where, remedy="give the file itself")
        with path.open("rb") as stream:
            start = stream.read(4)
    except OSError as error:
        raise InputError(
            f"the file cannot be read ({error.strerror})", where=where, remedy="check its rights"
        ) from None
    if not start:
        raise InputError("the file is empty", where=where, remedy="make the extract again")
    is_parquet = start == _PARQUET or path.suffix.lower() == ".parquet"
    if not is_parquet and path.suffix.lower() not in (".csv", ".txt"):
        raise InputError("the file is neither Parquet nor CSV", where=where, remedy="save it as one of them")
    names, types = _parquet_columns(path) if is_parquet else (_csv_columns(path), ())
    columns = {_plain(name): name for name in names}
    if len(columns) < len(names):
        twice = sorted({name for name in map(_plain, names) if [*map(_plain, names)].count(name) > 1})
        raise InputError(f"the column {listed(twice)} stands twice", where=where, remedy="remove one")
    wrong = needed(tuple(columns), where)
    if wrong is not None:
        raise wrong
    return Source(path, Format.PARQUET if is_parquet else Format.CSV, columns, types)


def _plain(name: str) -> str:
    """A column's name in lower case, with _ for anything but letters and digits.

    >>> _plain(" Length of Stay ")
    'length_of_stay'
    """
    return re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")


def _parquet_columns(path: Path) -> tuple[list[str], tuple[str, ...]]:
    try:
        scan = pl.scan_parquet(path, glob=False)
        schema = scan.collect_schema()
        rows = scan.select(pl.len()).collect().item()
    except (pl.exceptions.PolarsError, OSError, ValueError):
        what, remedy = "the file is no whole Parquet file: it is damaged or cut short", "copy or make it again"
        raise InputError(what, where=str(path), remedy=remedy) from None
    if not rows:
        raise InputError("the file has no rows", where=str(path), remedy="make the extract again")
    return schema.names(), tuple(map(str, schema.dtypes()))


def _csv_columns(path: Path) -> list[str]:
    where = str(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            lines = (stream.readline(_LONGEST_LINE) for _ in range(2))
            heading, second = next(lines), next(lines)
    except UnicodeDecodeError:
        raise InputError("the file is not UTF-8 text", where=where, remedy="save it as CSV UTF-8") from None
    if "\0" in heading:
        raise InputError("the file is not text", where=where, remedy="save it as CSV UTF-8")
    names = [name.strip() for name in next(csv.reader([heading]), [])]
    if len(names) == 1 and re.search(r"[;\t|]", heading):
        raise InputError("the columns are not separated by commas", where=where, remedy="save the file with commas")
    if not any(names) or not second.strip():
        raise InputError("the file has no rows", where=where, remedy="make the extract again")
    return names
