"""What a file is, told by its content; what no reader reads is refused with what to do instead."""

from __future__ import annotations

import codecs
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from trigpoint.documents.readers.file import parse_document
from trigpoint.documents.readers.format import format_of
from trigpoint.errors import InputError
from trigpoint.plans.document import Format

SHARED = Path(__file__).resolve().parents[4] / "shared"


def package(**parts: bytes) -> bytes:
    """A zip file; in a part's name ``__`` stands for a slash and ``_`` for a full stop."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return packed.getvalue()


ODS = b"application/vnd.oasis.opendocument.spreadsheet"
ODT = b"application/vnd.oasis.opendocument.text"

TOLD = [
    pytest.param(b"Priorities\tKey deliverables\nSafer\tA ward\n", "plan.txt", Format.TEXT, id="tabs"),
    pytest.param(b"<p>Priorities</p>\tKey\n<p>Safer</p>\tA ward\n", "p.txt", Format.TEXT, id="tabs, mark-up in cells"),
    pytest.param(b"<table><tr><td>a</table>\tKey\nSafer\tA ward\n", "p.txt", Format.TEXT, id="a table in a cell"),
    pytest.param(b"We plan, do, study\nThen we act, quickly, again\n", "p.txt", Format.TEXT, id="prose with commas"),
    pytest.param(b"One line, with commas, alone", "p.txt", Format.TEXT, id="one line with commas"),
    pytest.param(b"Action,Owner,Due\nOpen it,Nurse,June\n", "plan", Format.CSV, id="commas"),
    pytest.param(b"Action;Owner;Due\r\nOpen, then staff it;Nurse;June\r\n", "plan", Format.CSV, id="semicolons"),
    pytest.param(b"Action,Owner\nOpen it,Nurse\n", "plan.csv", Format.CSV, id="two columns, called so"),
    pytest.param(b"Action,Owner\nOpen it,Nurse\n", "plan.txt", Format.TEXT, id="two columns, not called so"),
    pytest.param(b"<!DOCTYPE html><p>Plan</p>", "plan.txt", Format.HTML, id="a web page"),
    pytest.param(b"\xef\xbb\xbf\n<!-- saved -->\n<html><p>Plan", "plan", Format.HTML, id="a web page after a comment"),
    pytest.param(
        codecs.BOM_UTF16_LE + "<html><p>Plan".encode("utf-16-le"), "p", Format.HTML, id="a web page in UTF-16"
    ),
    pytest.param(b"<h1>Plan</h1>\n<p>Words</p>", "plan", Format.HTML, id="a part of a web page"),
    pytest.param(b"# Plan\n\nWords\n", "plan", Format.MARKDOWN, id="hashes"),
    pytest.param(b"| a | b |\n|---|---|\n| c | d |\n", "plan", Format.MARKDOWN, id="a pipe table"),
    pytest.param(b"Plan\n====\nWords", "plan.md", Format.MARKDOWN, id="called Markdown"),
    pytest.param(b"\n\n%PDF-1.4 ...", "plan", Format.PDF, id="a PDF file after blank lines"),
    pytest.param(package(word__document_xml=b""), "plan", Format.WORD, id="Word"),
    pytest.param(package(xl__workbook_xml=b""), "plan", Format.EXCEL, id="Excel"),
    pytest.param(package(xl__workbook_bin=b""), "plan", Format.EXCEL, id="binary Excel"),
    pytest.param(package(mimetype=ODS), "plan", Format.OPEN_DOCUMENT, id="OpenDocument"),
]


@pytest.mark.parametrize(("data", "name", "told"), TOLD)
def test_the_format_is_told_by_the_content(data: bytes, name: str, told: Format) -> None:
    assert format_of(data, name) is told


REFUSED = [
    (b"", "empty"),
    (b"PK\x03\x04rest", "Word or Excel"),
    (b"%PDF-1.7", "PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word"),
    (b"\x89PNG", "picture"),
    (b"II*\x00rest", "picture"),
    (b"{\\rtf1 plan}", "rich text"),
    (b"BZh91AY", "compressed"),
    (b"MZ\x90\x00", "program"),
    (b'<?xml version="1.0"?><w:wordDocument/>', "XML"),
    (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n--x", "web archive"),
    (package(readme=b"x"), "zip file that holds no Word document"),
    (package(ppt__presentation_xml=b"x"), "PowerPoint"),
    (package(mimetype=ODT), "OpenDocument text"),
]


@pytest.mark.parametrize(("data", "said"), REFUSED)
def test_what_no_reader_reads_is_refused_in_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_document(data, "plan.txt")
    message = str(refused.value)
    assert said in message
    assert message.startswith("plan.txt")
    assert ";" in message, "there is a remedy"
    assert message.endswith(".")
    assert "\n" not in message


@pytest.mark.shared
@pytest.mark.parametrize("name", ["dudley-2017-19.txt", "worcestershire-2016-17.txt"])
def test_the_published_texts_stay_plain_text(name: str) -> None:
    path = SHARED / "plans" / name
    if not path.exists():
        pytest.skip("the shared reference folder is not here")
    assert format_of(path.read_bytes(), name) is Format.TEXT
