"""Workbooks made in code, for tests: from openpyxl where it can, from their own XML or records where it cannot."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook, load_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODS_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
        ("draw", "drawing"),
    )
)


def made(fill: Callable[[Workbook], None]) -> bytes:
    """The bytes of an openpyxl workbook that a function has filled; its first sheet is called "Actions"."""
    book = Workbook()
    book.worksheets[0].title = "Actions"
    fill(book)
    return saved(book)


def saved(book: Workbook) -> bytes:
    output = BytesIO()
    book.save(output)
    return output.getvalue()


def opened(data: bytes) -> Workbook:
    """The workbook as openpyxl reads it."""
    return load_workbook(BytesIO(data))


def table(*rows: Iterable[object]) -> bytes:
    """A workbook with these rows on its only sheet."""

    def fill(book: Workbook) -> None:
        for row in rows:
            book.worksheets[0].append(list(row))

    return made(fill)


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these parts."""
    output = BytesIO()
    with ZipFile(output, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return output.getvalue()


def repacked(data: bytes, changes: Mapping[str, str | bytes | None]) -> bytes:
    """The package with some parts replaced or added; those given as ``None`` are left out."""
    with ZipFile(BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    for name, content in changes.items():
        if content is None:
            parts.pop(name)
        else:
            parts[name] = content
    return packed(parts)


def part(data: bytes, name: str) -> bytes:
    """One part of a package."""
    with ZipFile(BytesIO(data)) as archive:
        return archive.read(name)


def relationships(*rows: tuple[str, str, str], space: str = OFFICE, external: bool = False) -> str:
    """A part with relationships: id, last word of the type, target."""
    mode = ' TargetMode="External"' if external else ""
    inner = "".join(f'<Relationship Id="{id}" Type="{space}/{kind}" Target="{to}"{mode}/>' for id, kind, to in rows)
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def xlsx(
    rows: str = "",
    *,
    before: str = "",
    after: str = "",
    strings: str = "",
    styles: str = "",
    workbook: str = "",
    links: Iterable[tuple[str, str, str]] = (),
    parts: Mapping[str, str | bytes] | None = None,
    main: str = MAIN,
    office: str = OFFICE,
) -> bytes:
    """A workbook with one sheet "Actions" from the XML of its rows, as small as can be."""
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": relationships(("rId1", "officeDocument", "xl/workbook.xml"), space=office),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}">{workbook}'
        '<sheets><sheet name="Actions" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relationships(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "sharedStrings", "sharedStrings.xml"),
            ("rId3", "styles", "styles.xml"),
            space=office,
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}" xmlns:r="{office}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>",
    }
    if strings:
        found["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{strings}</sst>'
    if styles:
        found["xl/styles.xml"] = f'<styleSheet xmlns="{main}">{styles}</styleSheet>'
    if links:
        found["xl/worksheets/_rels/sheet1.xml.rels"] = relationships(*links, space=office)
    return packed({**found, **(parts or {})})


def row(number: int, *cells: str, **attributes: str) -> str:
    """The XML of a row: a text stands for a cell with it, "" for none, XML for itself."""
    inner = "".join(
        cell if cell.startswith("<") else f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{cell}</t></is></c>'
        for at, cell in enumerate(cells)
        if cell
    )
    more = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<row r="{number}"{more}>{inner}</row>'


def ods(rows: str, *, styles: str = "", parts: Mapping[str, str | bytes] | None = None, sheets: str = "") -> bytes:
    """An OpenDocument spreadsheet with one sheet "Actions" from the XML of its rows."""
    content = (
        f"<office:document-content {ODS_SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f'<office:body><office:spreadsheet><table:table table:name="Actions">{rows}</table:table>{sheets}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return packed({"mimetype": ODS, "content.xml": content, **(parts or {})})


def ods_row(*cells: str, **attributes: str) -> str:
    """The XML of a row: a text stands for a cell with it, "" for an empty one, XML for itself."""
    inner = "".join(
        cell
        if cell.startswith("<")
        else f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        if cell
        else "<table:table-cell/>"
        for cell in cells
    )
    more = "".join(f' table:{key.replace("_", "-")}="{value}"' for key, value in attributes.items())
    return f"<table:table-row{more}>{inner}</table:table-row>"


def record(kind: int, data: bytes = b"") -> bytes:
    """A record of a binary package: kind and size in sevens of bits."""
    size, length = b"", len(data)
    while True:
        length, low = length >> 7, length & 0x7F
        size += bytes([low | (0x80 if length else 0)])
        if not length:
            break
    head = bytes([kind]) if kind < 0x80 else bytes([(kind & 0x7F) | 0x80, kind >> 7])
    return head + size + data


def wide(text: str) -> bytes:
    """A text as binary packages hold it."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(sheet: bytes, *, texts: Iterable[str] = (), codes: Iterable[str] = (), before: bytes = b"") -> bytes:
    """A binary workbook with one sheet "Actions" from its records; ``codes`` are the formats of styles 1, 2, …"""
    numbered = list(enumerate(codes, 164))
    shared = list(texts)
    formats = b"".join(record(44, struct.pack("<H", number) + wide(code)) for number, code in numbered)
    styles = b"".join(record(47, struct.pack("<HHHHH", 0, number, 0, 0, 0)) for number in (0, *dict(numbered)))
    count = struct.pack("<I", len(numbered) + 1)
    listed = record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Actions"))
    used = record(129) + record(148, struct.pack("<IIII", 0, 9, 0, 9)) + before + record(145)
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relationships(("rId1", "officeDocument", "xl/workbook.bin")),
            "xl/workbook.bin": record(131)
            + record(153, struct.pack("<II", 0, 0) + wide(""))
            + record(143)
            + listed
            + record(144)
            + record(132),
            "xl/_rels/workbook.bin.rels": relationships(
                ("rId1", "worksheet", "worksheets/sheet1.bin"),
                ("rId2", "sharedStrings", "sharedStrings.bin"),
                ("rId3", "styles", "styles.bin"),
            ),
            "xl/worksheets/sheet1.bin": used + sheet + record(146) + record(130),
            "xl/sharedStrings.bin": record(159, struct.pack("<II", len(shared), len(shared)))
            + b"".join(record(19, b"\0" + wide(text)) for text in shared)
            + record(160),
            "xl/styles.bin": record(278)
            + record(615, struct.pack("<I", len(numbered)))
            + formats
            + record(616)
            + record(617, count)
            + styles
            + record(618),
        }
    )


def binary_row(number: int, *, hidden: bool = False, level: int = 0) -> bytes:
    flags = level | (0x10 if hidden else 0)
    return record(0, struct.pack("<IIHBB", number - 1, 0, 300, 0, flags) + bytes(5))


def binary_cell(kind: int, column: int, data: bytes, style: int = 0) -> bytes:
    return record(kind, struct.pack("<II", column - 1, style) + data)
