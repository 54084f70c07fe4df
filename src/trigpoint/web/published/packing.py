"""Tables that were read ↔ the bytes that a process hands over: words as JSON, observations as Parquet; never code."""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any

import polars as pl
from pydantic import TypeAdapter, ValidationError

from trigpoint.releases.observation import SCHEMA, Marker, Status
from trigpoint.releases.release import Mapped, Organisation, Part, Reading

if TYPE_CHECKING:
    from trigpoint.releases.reading import FileReading

READ = b"\0"
"""Before tables that were read; any other answer of the process is the text of a traceback."""
_FRAME = struct.Struct(">QQ")
_REFUSED = b""


class Broken(Exception):
    """Bytes that hold no table: whoever made them was not the process that we started, or is not in its senses."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a published file with all that its reading says; the values of ``PublishedFile`` and its chunks."""

    file: str
    digest: str
    release: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class Refused:
    """A table that could not be read, and why, in one sentence."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a reading says beside its observations, in the order of ``Reading``."""

    variant: str
    era: str
    title: str
    status: Status
    published: date | None
    revised: date | None
    organisations: tuple[Organisation, ...]
    mapping: tuple[Mapped, ...]
    parts: tuple[Part, ...]
    places: tuple[dict[str, str], ...]
    rejected: tuple[str, ...]
    notes: tuple[str, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class _Head:
    file: str
    digest: str = ""
    release: str = ""
    reason: str = ""
    told: Told | None = None


def table_of(read: FileReading) -> Table:
    """A file that was read, without what only its reader knows."""
    return Table(read.file, read.digest, read.release.id, read.reading)


def told_of(reading: Reading) -> dict[str, Any]:
    """All that a reading says beside its observations, as JSON knows it."""
    named = {field.name: getattr(reading, field.name) for field in fields(Told)}
    return json.loads(json.dumps(named, default=_plain))


def reading_of(told: Mapping[str, Any], frame: pl.DataFrame) -> Reading:
    """The reading again; raises ``Broken`` for what no reading says."""
    try:
        said = _adapter(Told).validate_json(json.dumps(told))
    except ValidationError as error:
        raise Broken from error
    return Reading(frame=frame, **{field.name: getattr(said, field.name) for field in fields(Told)})


def packed(items: Iterable[Table | Refused]) -> bytes:
    """Everything, one after another; halves of characters, which neither JSON nor a database holds, become "?"."""
    parts = []
    for item in items:
        if isinstance(item, Refused):
            head, content = {"file": item.file, "reason": item.reason}, _REFUSED
        else:
            told = told_of(item.reading)
            head = {"file": item.file, "digest": item.digest, "release": item.release, "told": told}
            content = parquet(item.reading.frame)
        words = json.dumps(head, ensure_ascii=False).encode("utf-8", "replace")
        parts += [_FRAME.pack(len(words), len(content)), words, content]
    return b"".join(parts)


def unpacked(content: bytes) -> Iterator[Table | Refused]:
    """What was packed; raises ``Broken`` where it is anything else."""
    stream = io.BytesIO(content)
    while start := stream.read(_FRAME.size):
        try:
            words, size = _FRAME.unpack(start)
            head = _adapter(_Head).validate_json(stream.read(words))
        except (struct.error, ValidationError) as error:
            raise Broken from error
        body = stream.read(size)
        if head.told is None:
            yield Refused(head.file, head.reason)
        else:
            reading = reading_of(json.loads(json.dumps(asdict(head.told), default=_plain)), frame_of(body))
            yield Table(head.file, head.digest, head.release, reading)


def parquet(frame: pl.DataFrame) -> bytes:
    """Observations as Parquet; what they were is what ``frame_of`` gives back."""
    stream = io.BytesIO()
    frame.write_parquet(stream, compression="zstd")
    return stream.getvalue()


def frame_of(content: bytes) -> pl.DataFrame:
    """Observations from Parquet; raises ``Broken`` for a frame of another shape, or with marks that none has."""
    try:
        frame = pl.read_parquet(io.BytesIO(content))
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a fault of the parser in Rust arrives as no Exception
        raise Broken from error
    if dict(frame.schema) != SCHEMA:
        raise Broken
    if not set(frame.get_column("marker").unique()) <= {marker.value for marker in Marker}:
        raise Broken
    return frame


def storable(value: Any) -> Any:
    """The value without NUL, which PostgreSQL has no place for."""
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, dict):
        return {storable(key): storable(each) for key, each in value.items()}
    if isinstance(value, list):
        return [storable(each) for each in value]
    return value


@cache
def _adapter(kind: type) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _plain(value: Any) -> Any:
    """What JSON knows, for what it does not know."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    return {field.name: getattr(value, field.name) for field in fields(value)}
