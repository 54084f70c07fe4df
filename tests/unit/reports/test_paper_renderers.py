"""The renderers: a page and a document that a screen reader can use, and in which hostile text stays text."""

from __future__ import annotations

import io
import zipfile
from itertools import pairwise
from typing import Any

import docx as python_docx
import pytest
from docx.oxml.ns import qn
from paper_plan import AT, small_plan
from selectolax.lexbor import LexborHTMLParser

from trigpoint.checks.finding import Finding, Severity
from trigpoint.reports import committee_paper
from trigpoint.reports.blocks import Paper
from trigpoint.reports.render.docx import docx
from trigpoint.reports.render.html import html

HOSTILE = (
    "</title><script>alert(1)</script><img src=x onerror=alert(1)> \"' & {{ 7*7 }} {% raw %} \x00\x0b\ud800\u202e =1+1"
)
SHOWN = "</title><script>alert(1)</script><img src=x onerror=alert(1)> \"' & {{ 7*7 }} {% raw %} =1+1"
FINDING = Finding("RULE", Severity.ERROR, "is wrong", 1, "words", {"objective": "o1"})


@pytest.fixture(scope="module")
def paper() -> Paper:
    return committee_paper(small_plan(), committee="Quality & Safety Committee", at=AT, findings=[FINDING])


@pytest.fixture(scope="module")
def page(paper: Paper) -> LexborHTMLParser:
    return LexborHTMLParser(html(paper))


@pytest.fixture(scope="module")
def document(paper: Paper) -> Any:
    return python_docx.Document(io.BytesIO(docx(paper)))


def test_the_page_names_itself_and_its_language(page: LexborHTMLParser) -> None:
    assert page.css_first("html").attributes["lang"] == "en-GB"
    assert (
        page.css_first("title").text() == "Quality & Safety Committee: delivery of the plan – NHS hub, 30 November 2017"
    )
    assert [heading.text() for heading in page.css("h1")] == ["Quality & Safety Committee: delivery of the plan"]


def test_headings_on_the_page_skip_no_level(page: LexborHTMLParser) -> None:
    levels = [int(str(node.tag)[1]) for node in page.css("h1, h2, h3")]
    assert levels[0] == 1
    assert all(second <= first + 1 for first, second in pairwise(levels))


def test_every_table_on_the_page_has_caption_headings_and_scopes(page: LexborHTMLParser) -> None:
    tables = page.css("table")
    assert len(tables) >= 7
    for table in tables:
        assert table.css_first("caption").text().strip()
        assert {cell.attributes["scope"] for cell in table.css("thead th")} == {"col"}
        for row in table.css("tbody tr"):
            assert row.css_first("th").attributes["scope"] == "row"


def test_every_picture_on_the_page_says_what_it_shows_and_has_its_figures(page: LexborHTMLParser) -> None:
    figures = page.css("figure")
    assert len(figures) == 2
    for figure in figures:
        image = figure.css_first("img")
        assert (image.attributes["src"] or "").startswith("data:image/svg+xml;base64,")
        assert len(image.attributes["alt"] or "") > 40
        assert figure.css_first("figcaption").text()
        assert figure.css_first("details table") is not None


def test_the_page_asks_nothing_of_any_network_and_runs_nothing(paper: Paper) -> None:
    text = html(paper)
    assert "<script" not in text
    assert "http://" not in text
    assert "https://" not in text
    assert "default-src 'none'" in text


def test_hostile_text_stays_text_on_the_page() -> None:
    hostile = committee_paper(small_plan(HOSTILE), committee="Finance Committee", at=AT)
    page = LexborHTMLParser(html(hostile))
    assert page.css("script") == []
    assert [image for image in page.css("img") if image.attributes.get("onerror")] == []
    assert f"Close {SHOWN}" in page.body.text()
    assert "\x00" not in html(hostile)


def test_the_documents_headings_are_headings(document: Any) -> None:
    styles = [(row.style.name, row.text) for row in document.paragraphs]
    assert [text for style, text in styles if style == "Title"] == ["Quality & Safety Committee: delivery of the plan"]
    assert ("Heading 1", "Overdue") in styles
    assert ("Heading 2", "Checks hub") in styles
    assert [text for _, text in styles if not text.strip()] == [""] * 2, (
        "only the two pictures' paragraphs have no words"
    )


def test_the_document_is_british_and_knows_its_title_and_author(document: Any) -> None:
    properties = document.core_properties
    assert properties.title == "Quality & Safety Committee: delivery of the plan, 30 November 2017"
    assert properties.author == "NHS hub"
    assert properties.language == "en-GB"
    languages = document.styles.element.iter(qn("w:lang"))
    assert {each.get(qn("w:val")) for each in languages} == {"en-GB"}
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_tables_in_the_document_repeat_their_header_and_have_a_text_alternative(document: Any) -> None:
    assert len(document.tables) >= 8
    for table in document.tables:
        first, *others = table._tbl.tr_lst
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:tblHeader")) is None for row in others)
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in (first, *others))
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_pictures_in_the_document_have_a_text_alternative_and_a_caption(document: Any) -> None:
    assert len(document.inline_shapes) == 2
    for shape in document.inline_shapes:
        assert len(shape._inline.docPr.get("descr")) > 40
    captions = [row.text for row in document.paragraphs if row.style.name == "Caption"]
    assert [text for text in captions if text.startswith("Figure")] == [
        "Figure 1: Commitments by the quarter they are due in",
        "Figure 2: Checks hub: target and actual",
    ]
    numbers = [int(text.split()[1].rstrip(":")) for text in captions if text.startswith("Table")]
    assert numbers == list(range(1, len(numbers) + 1))


def test_pages_of_the_document_are_numbered(document: Any) -> None:
    codes = [code.text.strip() for code in document.sections[0].footer._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]


def test_the_document_holds_every_commitment(document: Any) -> None:
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert {"Overdue hub (North hub)", "This quarter hub", "Next quarter hub", "Worrying hub", "Done hub"} <= cells


def test_hostile_text_stays_text_in_the_document() -> None:
    hostile = committee_paper(small_plan(HOSTILE), committee="Finance Committee", at=AT)
    made = python_docx.Document(io.BytesIO(docx(hostile)))
    assert any(cell.text == f"1.2 Close {SHOWN}" for cell in made.tables[1].columns[0].cells)


def test_the_same_paper_gives_the_same_bytes(paper: Paper) -> None:
    assert docx(paper) == docx(paper)
    with zipfile.ZipFile(io.BytesIO(docx(paper))) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
        assert archive.testzip() is None
