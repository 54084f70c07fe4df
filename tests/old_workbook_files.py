"""Workbooks of Excel 97 made in code, record by record, for tests."""

from __future__ import annotations

import struct
from collections.abc import Iterable

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
SMALLEST = 4096
"""Shorter streams stand in another place of the file, which other tests' files have."""


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file with these streams."""
    bodies = [data.ljust(SMALLEST, b"\0") for data in streams.values()]
    counts = [-(-len(body) // SECTOR) for body in bodies]
    entries = [_entry("Root Entry", 5, END, 0)]
    fat: list[int] = []
    for name, body, count in zip(streams, bodies, counts, strict=True):
        entries.append(_entry(name, 2, len(fat), len(body)))
        fat += [*range(len(fat) + 1, len(fat) + count), END]
    directory = len(fat)
    sectors = -(-len(entries) * 128 // SECTOR)
    fat += [*range(directory + 1, directory + sectors), END]
    tables = 1
    while (len(fat) + tables) * 4 > tables * SECTOR:
        tables += 1
    places = range(len(fat), len(fat) + tables)
    fat += [FAT] * tables
    table = b"".join(struct.pack("<I", number) for number in fat).ljust(tables * SECTOR, b"\xff")
    listed = b"".join(struct.pack("<I", place) for place in places).ljust(109 * 4, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<IIIIIIII", tables, directory, 0, SMALLEST, END, 0, END, 0) + listed
    stored = b"".join(body.ljust(count * SECTOR, b"\0") for body, count in zip(bodies, counts, strict=True))
    return head + stored + b"".join(entries).ljust(sectors * SECTOR, b"\0") + table


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    wide = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<BBIII", kind, 1, FREE, FREE, FREE)
    return wide.ljust(64, b"\0") + struct.pack("<H", len(wide)) + links + bytes(36) + struct.pack("<IQ", start, size)


def rec(kind: int, data: bytes = b"") -> bytes:
    """A record."""
    return struct.pack("<HH", kind, len(data)) + data


def narrow(text: str) -> bytes:
    """A text with two bytes for its length, one a character."""
    return struct.pack("<HB", len(text), 0) + text.encode("latin-1")


def broad(text: str) -> bytes:
    """A text with two bytes for its length, two a character."""
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def xls(
    sheet: bytes,
    *,
    texts: Iterable[str] = (),
    codes: Iterable[str] = (),
    shared: bytes = b"",
    state: int = 0,
    from_1904: bool = False,
    extra: bytes = b"",
    version: int = 0x0600,
    streams: dict[str, bytes] | None = None,
    times: int = 1,
) -> bytes:
    """A workbook with one sheet "Actions" from its records; ``codes`` are the formats of styles 1, 2, …

    The sheet is listed so many ``times``.
    """
    numbered = list(enumerate(codes, 164))
    table = list(texts)
    listed = shared or rec(0xFC, struct.pack("<II", len(table), len(table)) + b"".join(map(broad, table)))
    styles = (0, *(number for number, _ in numbered))
    before = rec(0x809, struct.pack("<HHIII", version, 5, 0, 0, 0)) + extra
    before += rec(0x22, struct.pack("<H", from_1904))
    before += b"".join(rec(0x41E, struct.pack("<H", number) + broad(code)) for number, code in numbered)
    before += b"".join(rec(0xE0, struct.pack("<HH", 0, number) + bytes(16)) for number in styles)
    name = b"\x07\x00Actions" if version == 0x0600 else b"\x07Actions"
    after = listed + rec(0x0A)
    place = len(before) + (4 + 6 + len(name)) * times + len(after)
    bound = rec(0x85, struct.pack("<IBB", place, state, 0) + name) * times
    body = rec(0x809, struct.pack("<HHIII", version, 0x10, 0, 0, 0)) + sheet + rec(0x0A)
    return compound({"Workbook": before + bound + after + body, **(streams or {})})


def at(row: int, column: int, style: int = 0) -> bytes:
    """The beginning of a cell record: row and column from 1."""
    return struct.pack("<HHH", row - 1, column - 1, style)


def label(row: int, column: int, text: str) -> bytes:
    """A cell that holds its own text."""
    return rec(0x204, at(row, column) + broad(text))


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    """A cell with a number."""
    return rec(0x203, at(row, column, style) + struct.pack("<d", value))
