"""A file of the user's becomes contents: one for a table, one for each table of an archive."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path, PurePosixPath

from trigpoint.errors import InputError
from trigpoint.plans.workspace_files import system_errors_told
from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.files.limits import (
    MAXIMUM_FILE_BYTES,
    MAXIMUM_MEMBERS,
    MAXIMUM_RATIO,
    MAXIMUM_UNPACKED_BYTES,
    MEGABYTE,
)

ZIP = b"PK\x03\x04"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
BLANK = b"\x00 \r\n\t"
AGAIN = "download it again"
MAXIMUM_NAME = 200
_TABLES = (".csv", ".tsv", ".txt", ".xls", ".xlsx", ".xlsm", ".xlsb", ".ods")
_GHOST = re.compile(r"(^|/)(__MACOSX/|\._|\.DS_Store$|Thumbs\.db$)")
_PAGE = re.compile(
    rb"^\s*(<!doctype\s+html|<html|<head|<\?xml[^>]*>\s*<html|<!--.{0,400}-->\s*<(!doctype|html))", re.I | re.S
)
_SENTENCES = {
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
}


def open_file(path: Path, *, month: date | None = None) -> tuple[Content, ...]:
    """The tables in a file; ``month`` is what ``Content`` says. Raises ``InputError`` for one that is none."""
    shown = str(path)
    with system_errors_told(shown):
        if not path.is_file():
            raise InputError("there is no such file", where=shown, remedy="check the name")
        with path.open("rb") as file:
            data = file.read(MAXIMUM_FILE_BYTES + 1)
    return open_bytes(data, shown, month=month)


def open_bytes(data: bytes, name: str, *, month: date | None = None) -> tuple[Content, ...]:
    """As ``open_file``, of bytes; ``name`` is what messages call them."""
    if len(data) > MAXIMUM_FILE_BYTES:
        limit = f"{MAXIMUM_FILE_BYTES // MEGABYTE} MB"
        raise InputError(f"the file is larger than {limit}", where=name, remedy="split it")
    if not data.strip(BLANK):
        raise InputError("the file is empty", where=name, remedy=AGAIN)
    if data.startswith(ZIP):
        return _archive(data, name, month)
    return (_table(data, name, month),)


def _table(data: bytes, name: str, month: date | None) -> Content:
    """What a file that is no archive is, told by its first bytes."""
    if data.startswith(OLD_WORKBOOK):
        return Content(name, Kind.WORKBOOK, data, month=month)
    for start, said in _SENTENCES.items():
        if data.startswith(start):
            raise InputError(f"this is {said}, not a table", where=name, remedy="give the CSV or the workbook in it")
    start = data[:4096].decode("utf-16", "ignore").encode() if data.startswith(UTF_16) else data[:4096]
    if _PAGE.match(start.removeprefix(b"\xef\xbb\xbf")):
        what = "this is a web page saved under the name of a data file: the download failed"
        raise InputError(what, where=name, remedy=AGAIN)
    if b"\x00" in start:
        raise InputError("this is neither a CSV file nor a workbook", where=name, remedy="give the file as published")
    return Content(name, Kind.TEXT, data, month=month)


def _archive(data: bytes, name: str, month: date | None, *, within: bool = False) -> tuple[Content, ...]:
    """The tables of an archive, or the workbook that it is; ``within`` for one that is itself in an archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_bombs(archive, len(data), name)
            names = archive.namelist()
            if any(one in names for one in ("[Content_Types].xml", "mimetype")):
                return (Content(name, Kind.WORKBOOK, data, month=month),)
            if within:
                raise InputError("this is an archive within an archive", where=name, remedy="unpack the outer one")
            return _members(archive, name, month)
    except (InputError, MemoryError):
        raise
    except NotImplementedError:
        what = "the archive is locked, or packed in a way that is not read"
        raise InputError(what, where=name, remedy="unpack it first") from None
    except Exception as error:  # zipfile and what unpacks for it have a dozen kinds of complaints
        if isinstance(error, RuntimeError) and "password" in str(error):
            raise InputError("the archive is locked with a password", where=name, remedy="unpack it first") from None
        what = f"the archive is damaged or cut short ({error})"
        raise InputError(what, where=name, remedy=AGAIN) from None


def _members(archive: zipfile.ZipFile, name: str, month: date | None) -> tuple[Content, ...]:
    """Each table of an archive, ghosts of other systems left out."""
    wanted = [one for one in archive.infolist() if not one.is_dir() and not _GHOST.search(one.filename)]
    tables = [one for one in wanted if PurePosixPath(one.filename).suffix.lower() in _TABLES]
    if not tables:
        inner = any(one.filename.lower().endswith(".zip") for one in wanted)
        said = "only another archive" if inner else "no table"
        raise InputError(f"there is {said} in the archive", where=name, remedy="give the tables themselves")
    contents: list[Content] = []
    for one in tables:
        shown = name if len(tables) == 1 else f"{name} » {one.filename[-MAXIMUM_NAME:]}"
        piece = archive.read(one)
        if piece.startswith(ZIP):
            contents += _archive(piece, shown, month, within=True)
        elif piece.strip(BLANK):
            contents.append(_table(piece, shown, month))
    if not contents:
        raise InputError("the tables in the archive are empty", where=name, remedy=AGAIN)
    return tuple(contents)


def _refuse_bombs(archive: zipfile.ZipFile, packed: int, name: str) -> None:
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if (
        len(members) > MAXIMUM_MEMBERS
        or unpacked > MAXIMUM_UNPACKED_BYTES
        or unpacked > MAXIMUM_RATIO * packed + MEGABYTE
    ):
        what = f"the archive would unpack to {unpacked // MEGABYTE:,} MB in {len(members):,} files, more than is read"
        raise InputError(what, where=name, remedy="unpack it and give the tables one by one")
