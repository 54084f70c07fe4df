"""Zip packages of XML parts (.docx, .xlsx, .ods), opened as if somebody wished us harm.

What comes out of the package is counted while it is read, whatever the package declares; XML is parsed without
entities, document types or the network; whatever is damaged is refused in one sentence.
"""

from __future__ import annotations

import posixpath
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import IO, TypeAlias
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree

from trigpoint.documents.readers.limits import (
    MAXIMUM_PARTS,
    MAXIMUM_UNPACKED_BYTES,
    MAXIMUM_XML_BYTES,
    MAXIMUM_XML_MARKS,
    MEGABYTE,
)
from trigpoint.errors import InputError, Where

Element: TypeAlias = "etree._Element"

CHUNK = 256 * 1024
ENCRYPTED = 0x1
MARKS = ("<!DOCTYPE", "<!ENTITY")
DOCTYPES = tuple(mark.encode(code) for mark in MARKS for code in ("ascii", "utf-16-le", "utf-16-be"))
LONGEST_MARK = max(map(len, DOCTYPES))
SAVE_AGAIN = "open it in the program it was made with and save it again"
BROKEN = (BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, IndexError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from one part to another, or out of the file.

    ``kind`` is the last word of its type ("styles", "hyperlink", "comments"), alike in the strict and the usual
    variant; ``target`` is the part's name in the package, or the address as written where ``external``.
    """

    id: str
    kind: str
    target: str
    external: bool


class Package:
    """The parts of an Office file by name, letter case aside. Made by ``open_package``."""

    def __init__(self, archive: ZipFile, name: str) -> None:
        self.where = Where(name)
        self.archive = archive
        self._parts: dict[str, ZipInfo] = {}
        self._left = MAXIMUM_UNPACKED_BYTES
        if len(archive.filelist) > MAXIMUM_PARTS:
            raise self._too_large()
        for part in archive.filelist:
            key = _key(part.filename)
            if key in self._parts:
                raise self.damaged(f"it holds the part {part.filename} twice")
            self._parts[key] = part

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts as written, in the order of the package."""
        return tuple(part.filename for part in self.archive.filelist)

    def __contains__(self, part: str) -> bool:
        return _key(part) in self._parts

    def spelling(self, part: str) -> str:
        """The name of a part as the package spells it; as given where there is no such part."""
        info = self._parts.get(_key(part))
        return part if info is None else info.filename

    def read(self, part: str) -> bytes:
        """The unpacked bytes of a part; ``InputError`` when it is missing, damaged, encrypted or too large."""
        with self.stream(part) as stream:
            return b"".join(iter(lambda: stream.read(CHUNK), b""))

    def stream(self, part: str, *, xml: bool = False) -> PartStream:
        """A part to be read bit by bit within the limits; with ``xml``, a document type in it is refused."""
        info = self._parts.get(_key(part))
        if info is None:
            raise self.damaged(f"its part {part} is missing")
        if info.flag_bits & ENCRYPTED:
            remedy = "remove the password and save it again"
            raise InputError("the file is protected by a password", where=self.where, remedy=remedy)
        try:
            return PartStream(self, part, self.archive.open(info), xml)
        except (*BROKEN, RuntimeError):
            raise self.damaged(f"its part {part} cannot be unpacked") from None

    def xml(self, part: str, *, whole: bool = False) -> Element:
        """The root element of an XML part; comments and processing instructions only where it is wanted ``whole``."""
        with self.stream(part, xml=True) as stream:
            data = b"".join(self._limited(stream, part))
        return self._parsed(data, part, hardened_parser(whole=whole))

    def _limited(self, stream: PartStream, part: str) -> Iterator[bytes]:
        size = marks = 0
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            marks += chunk.count(b"<") + chunk.count(b"=")
            if size > MAXIMUM_XML_BYTES or marks > MAXIMUM_XML_MARKS:
                bounds = f"{MAXIMUM_XML_BYTES // MEGABYTE} MB or {MAXIMUM_XML_MARKS:,} tags and attributes"
                what = f"its part {part} has more than {bounds}"
                raise InputError(what, where=self.where, remedy="split the document")
            yield chunk

    def _parsed(self, data: bytes, part: str, parser: etree.XMLParser) -> Element:
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError, AssertionError) as error:
            deep = "depth" in str(error)
            reason = "nests deeper than any program writes" if deep else "is no XML that can be read"
            raise self.damaged(f"its part {part} {reason}") from None
        if root is None or root.getroottree().docinfo.doctype:
            raise self.damaged(f"its part {part} has a document type, which Office files never have")
        return root

    def relationships(self, part: str = "") -> tuple[Relationship, ...]:
        """The relationships of a part, or of the package itself; none where it has none."""
        folder, file = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{file}.rels")
        if rels not in self:
            return ()
        return tuple(_relationship(row, folder) for row in self.xml(rels) if local_name(row) == "Relationship")

    @cached_property
    def main_part(self) -> str:
        """The name of the part that holds the document or workbook, "" when the package does not say."""
        found = (row.target for row in self.relationships() if row.kind == "officeDocument" and not row.external)
        return next((target for target in found if target in self), "")

    def spend(self, size: int) -> None:
        """Count bytes that came out of the package; ``InputError`` when they are more than is allowed."""
        self._left -= size
        if self._left < 0:
            raise self._too_large()

    def damaged(self, reason: str) -> InputError:
        """The error that says the file is damaged, and how."""
        return InputError(f"the file is damaged: {reason}", where=self.where, remedy=SAVE_AGAIN)

    def _too_large(self) -> InputError:
        what = f"the file unpacks to more than {MAXIMUM_UNPACKED_BYTES // MEGABYTE} MB or {MAXIMUM_PARTS:,} parts"
        return InputError(what, where=self.where, remedy="remove pictures or split the document")


class PartStream:
    """A part while it is unpacked, as ``lxml.etree.iterparse`` takes it. Every fault is an ``InputError``."""

    def __init__(self, package: Package, part: str, stream: IO[bytes], xml: bool) -> None:
        self._package, self._part, self._stream, self._xml = package, part, stream, xml
        self._tail = b""

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes, and never more than a quarter of a megabyte; ``b""`` at the end."""
        try:
            chunk = self._stream.read(CHUNK if size < 0 else min(size, CHUNK))
        except (*BROKEN, RuntimeError):
            raise self._package.damaged(f"its part {self._part} cannot be unpacked") from None
        self._package.spend(len(chunk))
        if self._xml:
            seen = self._tail + chunk
            if any(mark in seen for mark in DOCTYPES):
                raise self._package.damaged(f"its part {self._part} has a document type, which Office files never have")
            self._tail = seen[-LONGEST_MARK:]
        return chunk

    def close(self) -> None:
        self._stream.close()

    def __enter__(self) -> PartStream:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_package(data: bytes, name: str) -> Package:
    """The package in the bytes of a file; ``InputError`` when it is no zip file or a broken one.

    >>> open_package(b"PK", "plan.docx")
    Traceback (most recent call last):
    trigpoint.errors.InputError: plan.docx: the file is damaged: it breaks off; open it in the program it was made ...
    """
    try:
        archive = ZipFile(BytesIO(data))
    except BROKEN:
        what = "the file is damaged: it breaks off"
        raise InputError(what, where=Where(name), remedy=SAVE_AGAIN) from None
    return Package(archive, name)


def hardened_parser(*, whole: bool = False) -> etree.XMLParser:
    """A parser that fetches nothing, expands nothing and stops at 256 levels.

    ``whole`` keeps comments and processing instructions, for a part that is written back.
    """
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=not whole,
        remove_pis=not whole,
    )


def local_name(element: Element) -> str:
    """The name of an element without its namespace; "" for a comment.

    >>> local_name(etree.fromstring('<a:b xmlns:a="urn:a"/>'))
    'b'
    """
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _key(part: str) -> str:
    return part.replace("\\", "/").lstrip("/").casefold()


def _relationship(row: Element, folder: str) -> Relationship:
    external = row.get("TargetMode", "").casefold() == "external"
    target = row.get("Target", "")
    if not external:
        path = unquote(target.split("#")[0].replace("\\", "/"))
        target = posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/") if path else ""
    return Relationship(row.get("Id", ""), row.get("Type", "").rstrip("/").rpartition("/")[2], target, external)
