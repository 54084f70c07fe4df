"""Microsoft's compound files, in which .xls workbooks come: a file system in a file, read without trusting it.

Layout after [MS-CFB]. Chains of sectors may form rings or point out of the file; a chain is never followed further than
the file has sectors.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from trigpoint.errors import InputError, Where

DIRECTORY_ENTRY = 128
LAST_SECTOR = 0xFFFFFFFA
"""Numbers from here on mark the end of a chain, or a sector that holds no data."""
STREAM, ROOT = 2, 5
MINI_CUTOFF = 4096
SUMMARY = "\x05summaryinformation"
TITLE, AUTHOR, SAVED = 2, 4, 13
LONGEST_PROPERTY = 1_000
FILETIME_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """A stream or folder of the file."""

    name: str
    kind: int
    start: int
    size: int


class Compound:
    """The streams of a compound file by name, letter case aside. Raises ``InputError`` when it is damaged."""

    def __init__(self, data: bytes, name: str) -> None:
        self.data = data
        self.where = Where(name)
        try:
            self._shift, self._mini_shift = struct.unpack_from("<HH", data, 30)
            if self._shift not in (9, 12) or self._mini_shift != 6:
                raise self.damaged("its sectors have a size that none has")
            self._fat = self._table()
            first_directory, cutoff, first_mini = struct.unpack_from("<I4xII", data, 48)
            self._cutoff = min(cutoff, MINI_CUTOFF)
            self.entries = self._entries(self._chain(first_directory))
            mini_fat = self._chain(first_mini) if first_mini < LAST_SECTOR else b""
            self._mini_fat = struct.unpack(f"<{len(mini_fat) // 4}I", mini_fat[: len(mini_fat) // 4 * 4])
        except struct.error:
            raise self.damaged("it breaks off") from None
        root = next((entry for entry in self.entries if entry.kind == ROOT), None)
        self._mini = self._chain(root.start)[: root.size] if root and root.size else b""

    def stream(self, *names: str) -> bytes | None:
        """The bytes of the first stream with one of these names; ``None`` where there is none."""
        for name in names:
            for entry in self.entries:
                if entry.kind == STREAM and entry.name == name.casefold():
                    small = entry.size < self._cutoff
                    return (self._mini_chain(entry.start) if small else self._chain(entry.start))[: entry.size]
        return None

    def properties(self) -> dict[str, str]:
        """What the file says of itself: "title", "author", "modified", as far as it can be read."""
        try:
            return _summary(self.stream(SUMMARY) or b"")
        except (struct.error, OverflowError, ValueError, LookupError):
            return {}

    def damaged(self, reason: str) -> InputError:
        """The error that says the file is damaged, and how."""
        remedy = "open it in Excel and save it as .xlsx"
        return InputError(f"the file is damaged: {reason}", where=self.where, remedy=remedy)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) << self._shift
        return self.data[start : start + (1 << self._shift)]

    def _table(self) -> tuple[int, ...]:
        """The table that gives each sector the next one of its chain."""
        count = len(self.data) >> self._shift
        listed = list(struct.unpack_from("<109I", self.data, 76))
        (more,) = struct.unpack_from("<I", self.data, 68)
        width = (1 << self._shift) // 4
        for _ in range(count // width + 1):
            if more >= LAST_SECTOR:
                break
            sector = self._sector(more)
            if len(sector) < width * 4:
                break
            *numbers, more = struct.unpack(f"<{width}I", sector)
            listed.extend(numbers)
        wanted = [number for number in listed if number < LAST_SECTOR][: count // width + 1]
        table = b"".join(self._sector(number) for number in wanted)
        return struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])

    def _chain(self, start: int) -> bytes:
        parts: list[bytes] = []
        number = start
        for _ in range(len(self._fat) + 1):
            if number >= LAST_SECTOR:
                return b"".join(parts)
            if number >= len(self._fat):
                raise self.damaged("it breaks off")
            parts.append(self._sector(number))
            number = self._fat[number]
        raise self.damaged("its sectors follow each other in a ring")

    def _mini_chain(self, start: int) -> bytes:
        parts: list[bytes] = []
        number = start
        for _ in range(len(self._mini_fat) + 1):
            if number >= LAST_SECTOR:
                return b"".join(parts)
            if number >= len(self._mini_fat):
                raise self.damaged("it breaks off")
            at = number << self._mini_shift
            parts.append(self._mini[at : at + (1 << self._mini_shift)])
            number = self._mini_fat[number]
        raise self.damaged("its sectors follow each other in a ring")

    def _entries(self, directory: bytes) -> tuple[Entry, ...]:
        entries = []
        for at in range(0, len(directory) - DIRECTORY_ENTRY + 1, DIRECTORY_ENTRY):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            start, size = struct.unpack_from("<II", directory, at + 116)
            name = directory[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            entries.append(Entry(name.casefold(), kind, start, size))
        return tuple(entries)


def _summary(stream: bytes) -> dict[str, str]:
    """Title, author and day of the last change from a property set ([MS-OLEPS])."""
    if not stream:
        return {}
    (start,) = struct.unpack_from("<I", stream, 44)
    (count,) = struct.unpack_from("<I", stream, start + 4)
    found: dict[str, str] = {}
    for index in range(min(count, 100)):
        key, offset = struct.unpack_from("<II", stream, start + 8 + 8 * index)
        kind, size = struct.unpack_from("<II", stream, start + offset)
        at = start + offset + 8
        if key in (TITLE, AUTHOR) and kind in (0x1E, 0x1F):
            wide = kind == 0x1F
            raw = stream[at : at + min(size, LONGEST_PROPERTY) * (2 if wide else 1)]
            text = raw.decode("utf-16-le" if wide else _code_page(stream, start), "replace").partition("\x00")[0]
            if text.strip():
                found["title" if key == TITLE else "author"] = text.strip()
        elif key == SAVED and kind == 0x40:
            (ticks,) = struct.unpack_from("<Q", stream, at - 4)
            if ticks:
                moment = FILETIME_EPOCH + timedelta(microseconds=ticks // 10)
                found["modified"] = moment.isoformat(timespec="seconds").replace("+00:00", "Z")
    return found


def _code_page(stream: bytes, start: int) -> str:
    """The encoding of the texts of a property set: its first property as a rule."""
    key, offset = struct.unpack_from("<II", stream, start + 8)
    kind, page = struct.unpack_from("<IH", stream, start + offset)
    return code_page(page) if key == 1 and kind == 2 else "cp1252"


def code_page(number: int) -> str:
    """Python's name of a Windows code page, Windows-1252 for one it does not know.

    >>> code_page(65001), code_page(1252), code_page(10000), code_page(0)
    ('utf-8', 'cp1252', 'mac-roman', 'cp1252')
    """
    known = {65001: "utf-8", 1200: "utf-16-le", 10000: "mac-roman", 32768: "mac-roman"}
    name = known.get(number, f"cp{number}")
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name
