"""Texts in the records of .xls files ([MS-XLS] 2.5.293, 2.4.265), where a text may run on in the next record."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence

WIDE, PHONETIC, RICH = 0x01, 0x04, 0x08


class Segments:
    """The data of a record and of the records that continue it, read from front to end."""

    def __init__(self, parts: Sequence[bytes]) -> None:
        self.parts = parts
        self.part, self.at = 0, 0

    def take(self, size: int) -> bytes:
        """The next bytes, across records; fewer at the end."""
        taken = b""
        while size > 0 and self.part < len(self.parts):
            piece = self.parts[self.part][self.at : self.at + size]
            self.at += len(piece)
            size -= len(piece)
            taken = taken + piece if taken else piece
            if size > 0:
                self.part, self.at = self.part + 1, 0
        return taken

    def characters(self, count: int, wide: bool) -> str:
        """The next characters. Where they run on in another record, that begins with a byte on their width."""
        words: list[str] = []
        while count > 0 and self.part < len(self.parts):
            size = count * (2 if wide else 1)
            piece = self.parts[self.part][self.at : self.at + size]
            self.at += len(piece)
            words.append(piece.decode("utf-16-le" if wide else "latin-1", "replace"))
            count -= len(piece) // (2 if wide else 1)
            if len(piece) < size:
                self.part, self.at = self.part + 1, 1
                wide = self.part < len(self.parts) and bool(self.parts[self.part][:1] > b"\x00")
        return "".join(words)

    @property
    def ended(self) -> bool:
        return self.part >= len(self.parts) or (
            self.part == len(self.parts) - 1 and self.at >= len(self.parts[self.part])
        )


def shared_texts(parts: Sequence[bytes], checked: Callable[[str], None]) -> list[str]:
    """The table of texts that cells refer to by number; ``checked`` is asked about each."""
    segments = Segments(parts)
    (count,) = struct.unpack_from("<I", segments.take(8), 4)
    texts: list[str] = []
    while len(texts) < count and not segments.ended:
        head = segments.take(3)
        if len(head) < 3:
            break
        length, flags = struct.unpack("<HB", head)
        runs = struct.unpack("<H", segments.take(2))[0] if flags & RICH else 0
        extra = struct.unpack("<I", segments.take(4))[0] if flags & PHONETIC else 0
        text = segments.characters(length, bool(flags & WIDE))
        segments.take(4 * runs + extra)
        checked(text)
        texts.append(text)
    return texts


def short_text(data: bytes, at: int, encoding: str) -> str:
    """A text with one byte for its length. ``encoding`` is "" in files since Excel 97, which say it themselves."""
    return _text(data, at + 1, data[at], encoding)


def long_text(data: bytes, at: int, encoding: str) -> str:
    """A text with two bytes for its length."""
    return _text(data, at + 2, struct.unpack_from("<H", data, at)[0], encoding)


def _text(data: bytes, at: int, length: int, encoding: str) -> str:
    if encoding:
        return data[at : at + length].decode(encoding, "replace")
    flags = data[at] if at < len(data) else 0
    at += 1 + (2 if flags & RICH else 0) + (4 if flags & PHONETIC else 0)
    if flags & WIDE:
        return data[at : at + 2 * length].decode("utf-16-le", "replace")
    return data[at : at + length].decode("latin-1")
