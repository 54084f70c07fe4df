"""Word files that are damaged or made to harm: one sentence of refusal, soon, and nothing fetched or expanded."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from zipfile import ZipFile

import pytest

from trigpoint.documents.readers import package as package_module
from trigpoint.documents.readers.limits import MAXIMUM_LINE
from trigpoint.documents.readers.package import open_package
from trigpoint.documents.readers.word import content as word_content
from trigpoint.documents.readers.word import layout as word_layout
from trigpoint.documents.readers.word.document import parse_word
from trigpoint.errors import InputError
from word_files import HEADINGS, W, bold, level, listed, numbering, p, r, styled, tbl, tc, tr, word_file, zipped

GOOD = word_file(p("The plan"), styles=HEADINGS)
ROOT = f'<w:document xmlns:w="{W}"><w:body>{{}}</w:body></w:document>'


def refusal(data: bytes) -> str:
    """The one sentence that refuses a file."""
    with pytest.raises(InputError) as refused:
        parse_word(data, "plan.docx")
    message = str(refused.value)
    assert message.startswith("plan.docx: ")
    assert "; " in message, "there is a remedy"
    assert "\n" not in message
    return message


def with_document(xml: str | bytes) -> bytes:
    return word_file("", parts={"word/document.xml": xml})


def renamed(part: str, *, to: str) -> bytes:
    """A good file with a part under another name."""
    with ZipFile(BytesIO(GOOD)) as package:
        return zipped({to if name == part else name: package.read(name) for name in package.namelist()})


@pytest.mark.parametrize("size", [0, 4, 30, 100, len(GOOD) // 2, len(GOOD) - 10])
def test_a_file_that_breaks_off(size: int) -> None:
    assert "damaged" in refusal(GOOD[:size])


def test_a_part_whose_bytes_are_not_what_they_should_be() -> None:
    spoilt = bytearray(word_file(p("The plan " * 500)))
    at = spoilt.index(b"word/document.xml") + 60
    spoilt[at : at + 30] = bytes(30)
    assert "cannot be unpacked" in refusal(bytes(spoilt))


def test_no_word_document() -> None:
    assert "no Word document" in refusal(with_document("<html><body/></html>"))
    assert "no Word document" in refusal(with_document(f'<w:document xmlns:w="{W}"/>'))
    assert "no Word document" in refusal(with_document('<document xmlns="urn:other"><body/></document>'))
    assert "no XML" in refusal(with_document("The plan"))
    assert "no XML" in refusal(with_document(ROOT.format(p("a"))[:-5]))
    assert "missing" in refusal(renamed("word/document.xml", to="word/other.xml"))


def test_parts_that_are_damaged_or_missing() -> None:
    assert "word/styles.xml" in refusal(word_file(p("a"), styles="", parts={"word/styles.xml": b"\x00\x01"}))
    data = renamed("word/styles.xml", to="word/other.xml")
    assert parse_word(data, "plan.docx").lines == ("The plan",), "a part that is only referred to is not needed"


def test_nothing_to_read() -> None:
    assert "no words" in refusal(word_file(""))
    assert "no words" in refusal(word_file(p(r("hidden", "<w:vanish/>")) + tbl(tr("", ""))))


BOMB = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
STEALER = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("doctype", [BOMB, STEALER, '<!DOCTYPE w SYSTEM "http://example.org/x.dtd">'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_are_refused(doctype: str, encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{doctype}{ROOT.format(p("&a;").replace("&amp;", "&"))}'
    assert "document type" in refusal(with_document(xml.encode(encoding)))


def test_a_document_type_between_two_chunks_or_in_a_rare_encoding() -> None:
    late = f"<!--{'x' * (package_module.CHUNK - 10)}-->{BOMB}{ROOT.format(p('a'))}"
    assert "document type" in refusal(with_document(late))
    rare = f'<?xml version="1.0" encoding="utf-7"?>{BOMB}{ROOT.format(p("a"))}'.encode("utf-7")
    assert refusal(with_document(rare))


def test_words_in_utf_16_are_read() -> None:
    xml = f'<?xml version="1.0" encoding="utf-16"?>{ROOT.format(p("The plan – £5m"))}'
    assert parse_word(with_document(xml.encode("utf-16")), "plan.docx").lines == ("The plan – £5m",)


def test_a_part_that_unpacks_to_more_than_it_declares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_module, "MAXIMUM_UNPACKED_BYTES", 300_000)
    data = word_file(p("x" * 40_000) * 10)
    assert "unpacks to more" in refusal(data)
    lying = bytearray(data)
    size = struct.pack("<I", len(ROOT))
    with ZipFile(BytesIO(data)) as package:
        real = struct.pack("<I", package.getinfo("word/document.xml").file_size)
    for at in (at for at in range(len(lying) - 3) if lying[at : at + 4] == real):
        lying[at : at + 4] = size
    refusal(bytes(lying))


def test_a_part_too_large_to_be_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_module, "MAXIMUM_XML_BYTES", 100_000)
    assert "word/document.xml has more than" in refusal(word_file(p("x" * 40_000) * 5))
    monkeypatch.undo()
    monkeypatch.setattr(package_module, "MAXIMUM_XML_MARKS", 300)
    assert "tags and attributes" in refusal(word_file(p("x") * 100))


def test_too_many_parts_and_parts_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_module, "MAXIMUM_PARTS", 5)
    assert "parts" in refusal(word_file(p("a"), parts={f"word/media/{at}.png": b"" for at in range(9)}))
    monkeypatch.undo()
    stream = BytesIO(GOOD)
    with ZipFile(stream, "a") as package:
        package.writestr("word/Document.xml", "<other/>")
    assert "twice" in refusal(stream.getvalue())


def test_an_encrypted_part() -> None:
    locked = bytearray(GOOD)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = locked.find(signature)
        while at >= 0:
            locked[at + offset] |= 1
            at = locked.find(signature, at + 4)
    assert "password" in refusal(bytes(locked))


def test_a_compression_that_nobody_knows() -> None:
    odd = bytearray(GOOD)
    for signature, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = odd.find(signature)
        while at >= 0:
            odd[at + offset] = 77
            at = odd.find(signature, at + 4)
    assert "cannot be unpacked" in refusal(bytes(odd))


def test_nesting_without_end() -> None:
    tables = "<w:tbl><w:tr><w:tc>" * 10_000 + p("a") + "</w:tc></w:tr></w:tbl>" * 10_000
    assert "nests deeper" in refusal(with_document(ROOT.format(tables)))
    controls = "<w:sdt><w:sdtContent>" * 120 + p("inside") + "</w:sdtContent></w:sdt>" * 120
    assert parse_word(word_file(controls), "plan.docx").lines == ("inside",)
    boxes = "<w:p><w:r><w:pict><w:txbxContent>" * 60 + p("inside") + "</w:txbxContent></w:pict></w:r></w:p>" * 60
    assert parse_word(word_file(boxes), "plan.docx").lines == ("inside",)


def test_circles_are_cut() -> None:
    style = '<w:style w:type="paragraph" w:styleId="{}"><w:name w:val="x"/><w:basedOn w:val="{}"/></w:style>'
    circle = style.format("A", "B") + style.format("B", "C") + style.format("C", "A")
    assert parse_word(word_file(styled("A", "Plan.") + styled("C", "It."), styles=circle), "plan.docx").lines == (
        "Plan.", "It.")  # fmt: skip
    own = circle.replace("<w:name", '<w:rPr><w:rStyle w:val="A"/></w:rPr><w:name')
    assert parse_word(word_file(styled("A", "Plan."), styles=own), "plan.docx").lines == ("Plan.",)


def test_a_long_chain_of_styles() -> None:
    style = '<w:style w:type="paragraph" w:styleId="s{}"><w:name w:val="x"/><w:basedOn w:val="s{}"/></w:style>'
    chain = "".join(style.format(at, at + 1) for at in range(5_000))
    (block,) = parse_word(word_file(styled("s0", "Plan"), styles=HEADINGS + chain + style.format(5_000, "x").replace(
        '"sx"', '"Heading1"')), "plan.docx").blocks  # fmt: skip
    assert block.kind.value == "heading"


def test_numbers_out_of_all_bounds() -> None:
    lists = numbering(level(0, "lowerLetter", "%1)", start=2_000_000_000), level(1, "upperRoman", "%2", start=-3))
    blocks = parse_word(word_file(listed("a") + listed("b", level=1), numbering=lists), "plan.docx").blocks
    assert [block.marker for block in blocks] == ["2000000000)", "-3"]
    huge = numbering(level(0, "decimal", "%1." * 5_000))
    (block,) = parse_word(word_file(listed("a"), numbering=huge), "plan.docx").blocks
    assert len(block.marker) < 1000
    odd = p("a", properties='<w:numPr><w:ilvl w:val="9999999999999"/><w:numId w:val="x"/></w:numPr>'
            '<w:outlineLvl w:val="²"/>')  # fmt: skip
    assert parse_word(word_file(odd), "plan.docx").lines == ("a",)


def test_a_paragraph_or_cell_too_long() -> None:
    long = "word " * (MAXIMUM_LINE // 5 + 1)
    assert "longer than 50,000 characters" in refusal(word_file(p(long)))
    assert "longer than 50,000 characters" in refusal(word_file(tbl(tr("a", tc(*[long[:20_000]] * 3)))))
    assert parse_word(word_file(tbl(tr(*[long[:40_000]] * 3))), "plan.docx"), "a row may be longer than a cell"


def test_too_many_blocks_and_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_layout, "MAXIMUM_ROWS", 20)
    monkeypatch.setattr(word_layout, "MAXIMUM_CELLS", 40)
    assert "more than 20 paragraphs and rows" in refusal(word_file(p("a") * 21))
    assert parse_word(word_file(p("a") * 20), "plan.docx")
    assert "more than 40 cells" in refusal(word_file(tbl(tr(*"abcdefg") * 6)))
    monkeypatch.setattr(word_content, "MAXIMUM_PARAGRAPHS", 30)
    assert "more than 30 paragraphs" in refusal(word_file(tbl(tr(*"abcdefgh") * 4)))


def test_many_runs_changes_and_comments_cost_no_more_than_they_are() -> None:
    """Each of these would take minutes if anything were counted anew for each run."""
    blanks = r(" ") * 20_000
    hidden = r("x", "<w:vanish/>") * 20_000
    assert parse_word(word_file(p(blanks, hidden, "the plan")), "plan.docx").lines == ("the plan",)
    starts = "".join(f'<w:commentRangeStart w:id="{at}"/>' for at in range(3_000))
    ends = "".join(f'<w:commentRangeEnd w:id="{at}"/>' for at in range(3_000))
    comments = "".join(f'<w:comment w:id="{at}">{p("why?")}</w:comment>' for at in range(3_000))
    data = word_file(p(starts) + p(bold("word ")) * 3_000 + p(ends), comments=comments)
    assert len(parse_word(data, "plan.docx").remarks) == 3_000


def test_odd_relationships() -> None:
    rows = "".join(
        f'<Relationship Id="a{at}" Type="x/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate([("styles", ""), ("styles", "../../../../etc/passwd"), ("numbering", "%00"),
                                             ("header", "document.xml"), ("", "x")])
    )  # fmt: skip
    rels = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'
    data = word_file(p("a"), parts={"word/_rels/document.xml.rels": rels})
    assert parse_word(data, "plan.docx").lines == ("a",)


def test_package_reads_and_refuses_by_name() -> None:
    package = open_package(GOOD, "plan.docx")
    assert "WORD\\Document.XML" in package
    assert package.read("/word/document.xml").startswith(b"<?xml")
    with pytest.raises(InputError, match="missing"):
        package.read("word/none.xml")
    assert zlib.crc32(package.read("word/styles.xml")) == package.archive.getinfo("word/styles.xml").CRC
