"""What a PDF file holds beside the words of its pages: told, or refused."""

from __future__ import annotations

import pytest

from pdf_pages import Page, pdf
from trigpoint.documents.readers.pdf.document import parse_pdf
from trigpoint.errors import InputError
from trigpoint.plans.document import Remark, RemarkKind

LOCKED = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >> /ID [<00> <00>]"
SCRIPT = "/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (app.alert\\(1\\)) >>] >> >>"
ATTACHED = "/Names << /EmbeddedFiles << /Names [(a.xlsx) << /Type /Filespec /F (a.xlsx) /EF << /F 5 0 R >> >>] >> >>"


def remarks(*pages: Page, catalog: str = "", more: tuple[bytes, ...] = ()) -> list[Remark]:
    document = parse_pdf(pdf(*pages, catalog=catalog, more=more), "plan.pdf")
    assert [block.text for block in document.blocks] == ["Seen words"]
    return list(document.remarks)


def seen() -> Page:
    return Page().text(50, 100, "Seen words")


@pytest.mark.parametrize(
    "page",
    [
        seen().text(50, 120, "Secret", mode=3),
        seen().text(50, 120, "Secret", grey=1),
        seen().text(50, 2_000, "Secret"),
        seen().text(50, 120, "Secret", size=1),
    ],
    ids=["no ink", "white on white", "off the page", "too small"],
)
def test_hidden_words_are_left_out_and_told(page: Page) -> None:
    (remark,) = remarks(page)
    assert (remark.kind, remark.words, remark.origin.page, remark.origin.line) == (RemarkKind.HIDDEN, "Secret", 1, 1)


def test_a_readers_comment_is_told_with_its_author() -> None:
    page = seen()
    page.notes.append(("Ann", "Is this right?"))
    (remark,) = remarks(page)
    assert (remark.kind, remark.words, remark.author) == (RemarkKind.COMMENT, "Is this right?", "Ann")


def test_a_watermark_is_no_paragraph() -> None:
    (remark,) = remarks(seen().text(200, 500, "DRAFT", 60, turn=45))
    assert (remark.kind, remark.words) == (RemarkKind.UNREAD, "DRAFT")


def test_a_script_is_told_and_not_run() -> None:
    (remark,) = remarks(seen(), catalog=SCRIPT)
    assert (remark.kind, remark.text) == (RemarkKind.MACRO, "The file carries 1 script; it was not run")


def test_a_file_inside_is_told() -> None:
    (remark,) = remarks(seen(), catalog=ATTACHED, more=(b"<< /Length 1 >>\nstream\nx\nendstream",))
    assert (remark.kind, remark.text) == (RemarkKind.UNREAD, "The file carries 1 other file; it was not read")


def test_a_scanned_page_among_others_is_named() -> None:
    (remark,) = remarks(seen(), Page().picture())
    assert remark.kind is RemarkKind.UNREAD
    assert remark.text == "Page 2 is a scanned picture: its words are not read"


def test_words_that_were_recognised_in_a_picture_are_read_and_called_so() -> None:
    document = parse_pdf(pdf(Page().picture().text(50, 100, "Words recognised in a scan", mode=3)), "plan.pdf")
    assert [block.text for block in document.blocks] == ["Words recognised in a scan"]
    assert [remark.kind for remark in document.remarks] == [RemarkKind.UNREAD]


def test_what_is_filled_into_a_form_is_read() -> None:
    field = "/Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (Chief nurse\\nand deputy) /Rect [153 683 297 740]"
    page = Page().grid((50, 150, 300), (100, 160)).text(55, 114, "Lead")
    data = pdf(page).replace(b"/Annots []", f"/Annots [<< {field} >>]".encode())
    document = parse_pdf(data[: data.index(b"xref\n")] + b"trailer << /Root 1 0 R >>\n%%EOF", "plan.pdf")
    assert [cell.text for cell in document.blocks[0].cells] == ["Lead", "Chief nurse and deputy"]


REFUSED = [
    pytest.param(pdf(Page().picture(), Page().picture()), "scanned picture", "text recognition", id="a scan"),
    pytest.param(pdf(Page()), "no words", "give", id="blank"),
    pytest.param(pdf(), "damaged", "save it again", id="no pages"),
    pytest.param(pdf(seen())[:200], "damaged", "save it again", id="cut off"),
    pytest.param(b"%PDF-1.7\n" + b"\x00" * 500, "damaged", "save it again", id="nothing after its start"),
    pytest.param(pdf(seen(), trailer=LOCKED), "password", "remove the password", id="locked"),
]


@pytest.mark.parametrize(("data", "said", "remedy"), REFUSED)
def test_what_cannot_be_read_is_refused(data: bytes, said: str, remedy: str) -> None:
    with pytest.raises(InputError, match=said) as refused:
        parse_pdf(data, "plan.pdf")
    assert remedy in str(refused.value)
    assert refused.value.remedy
