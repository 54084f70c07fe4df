"""The records of binary Excel packages (.xlsb, [MS-XLSB] 2.1.4): numbers, texts, references."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

from trigpoint.documents.readers.limits import MAXIMUM_LINE
from trigpoint.documents.readers.package import Package

LONGEST_RECORD = 1 << 20
"""Of what is read the longest is a text of 32,767 characters."""


def part_records(package: Package, part: str, told: Callable[[int], None]) -> Iterator[tuple[int, bytes]]:
    """The records of a binary part: kind and data. Raises ``InputError`` where one breaks off or is far too long."""
    buffer = b""
    with package.stream(part) as stream:
        while chunk := stream.read():
            told(len(chunk))
            buffer += chunk
            at = 0
            while (found := _head(buffer, at)) and found[2] + found[1] <= len(buffer):
                kind, size, start = found
                yield kind, buffer[start : start + size]
                at = start + size
            if found and found[1] > LONGEST_RECORD:
                raise package.damaged(f"its part {part} has a record that is far too long")
            buffer = buffer[at:]
    if buffer:
        raise package.damaged(f"its part {part} breaks off")


def _head(buffer: bytes, at: int) -> tuple[int, int, int] | None:
    """Kind and size of the record at a place, and where its data begins; ``None`` while that is not all there."""
    kind = size = 0
    end = len(buffer)
    for index in range(2):
        if at >= end:
            return None
        byte = buffer[at]
        at += 1
        kind |= (byte & 0x7F) << (7 * index)
        if not byte & 0x80:
            break
    for index in range(4):
        if at >= end:
            return None
        byte = buffer[at]
        at += 1
        size |= (byte & 0x7F) << (7 * index)
        if not byte & 0x80:
            break
    return kind, size, at


def wide_text(data: bytes, at: int) -> tuple[str, int]:
    """A text with four bytes for its length, and where it ends."""
    (length,) = struct.unpack_from("<I", data, at)
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    if length > MAXIMUM_LINE or end > len(data):
        raise struct.error("a text breaks off")
    return data[at + 4 : end].decode("utf-16-le", "replace"), end
