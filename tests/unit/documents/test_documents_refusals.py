"""What the readers do with files that are hostile, huge or strange: the sentence of the refusal, or what is told.

Every file is made here. ``docs/importing.md`` states the limits.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from pdf_pages import Page, pdf
from trigpoint.documents.readers.file import parse_document, read_document
from trigpoint.documents.readers.limits import MAXIMUM_COLUMNS, MAXIMUM_UNPACKED_BYTES, MEGABYTE
from trigpoint.errors import InputError
from trigpoint.plans.document import RemarkKind
from word_files import HEADINGS, p, tbl, tc, tr, word_file
from workbook_files import row, xlsx

BIG = 200 * MEGABYTE
LOCKED = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >> /ID [<00> <00>]"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1_000)
ENTITIES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">{}]>'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))


def docx(text: str = "The plan") -> bytes:
    return word_file(p(text), styles=HEADINGS)


def with_part(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A package with one part changed."""
    packed = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(source.read(name)) if name == part else source.read(name))
    return packed.getvalue()


def typed(xml: bytes, entities: str) -> bytes:
    """A part with a document type before it, as no Office file has one."""
    return ENTITIES.format(entities).encode() + xml[xml.find(b"?>") + 2 if b"?>" in xml else 0 :]


def bomb(*, honest: bool) -> bytes:
    """A package whose document unpacks to more than is allowed, as it declares, or while it declares little."""
    packer = zlib.compressobj(9)
    block = b" " * MEGABYTE
    content = b"".join(packer.compress(block) for _ in range(MAXIMUM_UNPACKED_BYTES // MEGABYTE + 1)) + packer.flush()
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"x")
        info = archive.getinfo("word/document.xml")
    data = packed.getvalue()
    size = MAXIMUM_UNPACKED_BYTES + MEGABYTE if honest else 100
    start = data.index(b"PK\x03\x04", 4)
    name = b"word/document.xml"
    head = bytearray(data[start : start + 30])
    body = data.index(b"PK\x01\x02")
    lengths = len(content).to_bytes(4, "little") + size.to_bytes(4, "little")
    head[18:26] = lengths
    local = bytes(head) + name + content
    central = bytearray(data[body:])
    at = central.index(name) - 46
    central[at + 20 : at + 28] = lengths
    moved = len(local) - (body - start)
    end = len(central) - 22
    central[end + 16 : end + 20] = (body + moved).to_bytes(4, "little")
    assert info.header_offset == start
    return data[:start] + local + bytes(central)


REFUSED = {
    "Word, cut off": (lambda: docx()[:300], "plan.docx: the file is damaged"),
    "Excel, cut off": (lambda: xlsx(row(1, "a"))[:-40], "plan.docx: the file is damaged"),
    "PDF, cut off": (lambda: pdf(Page().text(50, 100, "x"))[:400], "plan.docx: the file is damaged"),
    "Word, a bomb that says so": (lambda: bomb(honest=True), "unpacks to more than 400 MB"),
    "Word, a bomb that hides it": (lambda: bomb(honest=False), "damaged"),
    "Word, ten thousand parts": (lambda: _parts(10_001), "10,000 parts"),
    "Word, an external entity": (
        lambda: with_part(docx(), "word/document.xml", lambda xml: typed(xml, "")),
        "document type",
    ),
    "Word, a billion laughs": (
        lambda: with_part(docx(), "word/document.xml", lambda xml: typed(xml, LAUGHS)),
        "document type",
    ),
    "Excel, an external entity": (
        lambda: with_part(xlsx(row(1, "a")), "xl/worksheets/sheet1.xml", lambda xml: typed(xml, "")),
        "document type",
    ),
    "Word, a password": (lambda: COMPOUND + "EncryptedPackage".encode("utf-16-le"), "protected by a password; remove"),
    "PDF, a password": (lambda: pdf(Page(), trailer=LOCKED), "protected by a password; remove the password"),
    "PDF, a scan": (lambda: pdf(Page().picture()), "scanned picture without words; run text recognition"),
    "PDF, 3,000 pages": (lambda: pdf(*(Page() for _ in range(3_000))), "3,000 pages, more than 1,000; split"),
    "PDF, pages in a circle": (lambda: pdf(Page()).replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]"), "; "),
    "text with NUL bytes": (lambda: b"Priorities\tKey\x00deliverables\n", "not text that can be read"),
    "text, 200 MB": (lambda: bytes(BIG), "larger than 50 MB; remove pictures or split"),
    "text, 21 MB": (lambda: b"word " * (21 * MEGABYTE // 5), "larger than 20 MB"),
    "text, a line without end": (lambda: b"x" * 60_000, "line 1: the line is longer than 50,000 characters"),
    "text, cells without end": (lambda: b"\t" * 3_000_000, "more than 2,000,000 cells"),
    "text, a wide row": (lambda: b"a\t" * 600, "line 1: the row has more than 500 cells"),
    "text, mark-up without end": (lambda: b"a\t" + b"<div>" * 5_000, "line 1: elements are nested more than 512 deep"),
    "CSV, a quotation mark that is not closed": (
        lambda: b'Action,Owner,Due\nOpen it,Nurse,"June\n' + b"a,b,c\n" * 20_000,
        "line 2: ",
    ),
    "HTML, a hundred thousand elements": (lambda: b"<html>" + b"<div>" * 100_000, "nested more than 512 deep"),
    "HTML, spans without end": (
        lambda: b"<html><table>" + b"<tr><td rowspan=65534 colspan=1000>x" * 3_000,
        "cells; split the document",
    ),
}  # fmt: skip


def _parts(count: int) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for number in range(count):
            archive.writestr(f"word/{number}.xml", b"")
    return packed.getvalue()


@pytest.mark.parametrize(("make", "said"), REFUSED.values(), ids=list(REFUSED))
def test_what_is_refused_and_how(make: Callable[[], bytes], said: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_document(make(), "plan.docx")
    sentence = str(refused.value)
    assert said in sentence
    assert sentence.startswith("plan.docx")
    assert refused.value.remedy
    assert "\n" not in sentence


def _merged_in_a_circle() -> bytes:
    """A cell that goes on from one that goes on from it, and merges that overlap."""
    goes_on = tc("", merge="continue")
    return word_file(tbl(tr(goes_on, tc("a", span=9)), tr(goes_on, goes_on), tr("b", goes_on)), styles=HEADINGS)


HEBREW = "אבג דהו"
OVERLAPPING = '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="B2:C3"/><mergeCell ref="B1:A1"/></mergeCells>'
WIDE = f'<c r="NTP1" t="inlineStr"><is><t>{"x"}</t></is></c>'

READ: dict[str, tuple[Callable[[], bytes], str, RemarkKind | None]] = {
    "Word, merges that go on in a circle": (_merged_in_a_circle, "a", None),
    "Excel, merges that overlap": (lambda: xlsx(row(1, "a", "b") + row(2, "c", "d"), after=OVERLAPPING), "a", None),
    "Excel, ten thousand columns": (
        lambda: xlsx(f"{row(1, 'a', 'b')[:-6]}{WIDE}</row>"),
        "a",
        RemarkKind.UNREAD,
    ),
    "Excel, macros": (
        lambda: xlsx(row(1, "a", "b"), parts={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 never run"}),
        "a",
        RemarkKind.MACRO,
    ),
    "PDF, a script": (
        lambda: pdf(
            Page().text(50, 100, "a"),
            catalog="/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (x) >>] >> >>",
        ),
        "a",
        RemarkKind.MACRO,
    ),
    "HTML, ten thousand columns": (
        lambda: b"<html><table><tr>" + b"<td>a" * 10_000,
        "\t".join("a" * MAXIMUM_COLUMNS),
        RemarkKind.UNREAD,
    ),
    "text, from right to left": (f"{HEBREW} \u202eabc".encode, f"{HEBREW} abc", None),
    "Word, from right to left": (lambda: docx(HEBREW), HEBREW, None),
    "HTML, from right to left": (f"<p dir=rtl>{HEBREW}".encode, HEBREW, None),
}


@pytest.mark.parametrize(("make", "first", "told"), READ.values(), ids=list(READ))
def test_what_is_read_and_what_is_told(make: Callable[[], bytes], first: str, told: RemarkKind | None) -> None:
    document = parse_document(make(), "plan")
    words = [block.text.strip() for block in document.blocks if block.text.strip()]
    assert first in words[0].split("\t") or first == words[0]
    kinds = {remark.kind for remark in document.remarks}
    assert told is None or told in kinds


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    huge = tmp_path / "plan.pdf"
    with huge.open("wb") as stream:
        stream.truncate(BIG)
    with pytest.raises(InputError, match="larger than 50 MB"):
        read_document(huge)
