"""From a file to its observations: opened, recognised by what is in it, read, and looked over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from trigpoint.errors import InputError, Where
from trigpoint.releases.files.content import Content
from trigpoint.releases.files.opening import open_bytes, open_file
from trigpoint.releases.files.sheet import AS_PUBLISHED
from trigpoint.releases.observation import SCHEMA, repeated
from trigpoint.releases.registry import releases
from trigpoint.releases.release import Reading, Release
from trigpoint.releases.soundness import shortened, sound
from trigpoint.releases.tables.filenames import month_named
from trigpoint.releases.tables.spans import period_words
from trigpoint.wording import count

_KNOWN = f"{AS_PUBLISHED}; `trigpoint data kinds` lists what is read"


@dataclass(frozen=True, slots=True)
class FileReading:
    """One table file and what it holds. ``digest`` tells the same content again, whatever it is called."""

    file: str
    digest: str
    release: Release
    reading: Reading

    @property
    def periods(self) -> tuple[tuple[date, date], ...]:
        """The periods that the observations are of, in order."""
        spans = self.reading.frame.select("start", "end").unique().sort("end", "start")
        return tuple(spans.iter_rows())


def read_file(path: Path, *, month: date | None = None) -> Iterator[FileReading | InputError]:
    """Each table of a file, read, or why it could not be: an archive can hold several, and one may fail alone.

    ``month`` is the first day of the month that it is of, for files that do not say so themselves.
    """
    try:
        contents = open_file(path, month=month)
    except InputError as error:
        yield error
        return
    yield from _read_all(contents)


def read_bytes(data: bytes, name: str, *, month: date | None = None) -> Iterator[FileReading | InputError]:
    """As ``read_file``, of bytes that were uploaded."""
    try:
        contents = open_bytes(data, name, month=month)
    except InputError as error:
        yield error
        return
    yield from _read_all(contents)


def _read_all(contents: tuple[Content, ...]) -> Iterator[FileReading | InputError]:
    for content in contents:
        yield attempted(content)


def attempted(content: Content) -> FileReading | InputError:
    """One table, read, or why not. A file that a reader stumbles over must not stop the others."""
    try:
        return read_content(content)
    except InputError as error:
        return InputError(shortened(error.what), where=_place(error.where), remedy=error.remedy)
    except (KeyboardInterrupt, SystemExit, MemoryError, ImportError):
        raise
    except BaseException as error:  # a fault of a reader; one of a library in Rust arrives as no Exception
        what = shortened(f"the file could not be read ({type(error).__name__}: {error})")
        return InputError(what, where=content.name, remedy=_KNOWN)


def _place(where: Where | str | None) -> str | None:
    return shortened(str(where)) if where is not None else None


def read_content(content: Content) -> FileReading:
    """One table, read. Raises ``InputError`` where no release knows it or nothing of it can be used."""
    found = recognised(content)
    if found is None:
        raise InputError("this is no published statistic that is known", where=content.name, remedy=_KNOWN)
    reading = sound(_read(found, content), found)
    if reading.frame.is_empty() and not reading.places:
        raise InputError(f"{found.name}: no figures were found", where=content.name, remedy=_KNOWN)
    if dict(reading.frame.schema) != SCHEMA:
        raise TypeError(f"{found.id} made a frame of another shape")  # our own mistake, never the user's
    _refuse_repeated(reading, content)
    return FileReading(content.name, content.digest, found, reading)


def _read(release: Release, content: Content) -> Reading:
    """The reading of a file; where it needs a month that neither it nor the user says, with that of its name."""
    try:
        return release.read(content)
    except InputError:
        named = month_named(content.name) if content.month is None else None
        reading = _of_month(release, content, named) if named is not None else None
        if reading is None:
            raise
        said = f"the file does not say its month; {named:%B %Y} was taken from its name (--month says another)"
        return replace(reading, notes=(said, *reading.notes))


def _of_month(release: Release, content: Content, month: date) -> Reading | None:
    """The reading with a month; ``None`` where that was not what the file lacked."""
    try:
        return release.read(replace(content, month=month))
    except InputError:
        return None


def recognised(content: Content) -> Release | None:
    """The release that a table is of, told by its content."""
    return next((one for one in releases() if one.recognise(content)), None)


def _refuse_repeated(reading: Reading, content: Content) -> None:
    """A file that gives one figure twice would count it twice, or say two things; neither can be known."""
    twice = repeated(reading.frame)
    if twice.is_empty():
        return
    first = twice.sort(pl.all()).row(0, named=True)
    what = (
        f"{count(len(twice), 'figure')} stand in it more than once, the first “{first['part']}” of {first['org']}"
        f" for {period_words(first['start'], first['end'])}"
    )
    raise InputError(what, where=content.name, remedy="remove the rows that stand twice")
