"""What a Word file holds beside its words: tracked changes, comments, hidden text, pictures, macros, links."""

from __future__ import annotations

from trigpoint.documents.readers.word.document import parse_word
from trigpoint.plans.document import Remark, RemarkKind
from word_files import bold, box, changed, p, r, styled, tbl, tc, tr, word_file

INSERTED, DELETED, COMMENT = RemarkKind.INSERTED, RemarkKind.DELETED, RemarkKind.COMMENT
HIDDEN, UNREAD = RemarkKind.HIDDEN, RemarkKind.UNREAD


def remarks(*body: str, **parts: str) -> tuple[Remark, ...]:
    return parse_word(word_file("".join(body), **parts), "plan.docx").remarks


def short(*body: str, **parts: str) -> list[tuple[RemarkKind, str, int | None]]:
    """Kind, words and line of each remark."""
    return [(remark.kind, remark.words, remark.origin.line) for remark in remarks(*body, **parts)]


def test_a_change_has_its_words_author_date_and_place() -> None:
    (gone, new) = remarks(p("x"), tbl(tr("a", tc(p("by ", changed("del", "June"), changed("ins", "July"))))))
    assert (gone.kind, gone.words, gone.author, gone.date) == (DELETED, "June", "A. Reviewer", "2026-05-04T10:00:00Z")
    assert (new.kind, new.words) == (INSERTED, "July")
    assert (new.origin.line, new.origin.table, new.origin.row, new.origin.column) == (2, 1, 1, 2)
    assert "accepted" in new.text


def test_changes_side_by_side_by_one_person_are_one() -> None:
    body = p(changed("ins", "a"), changed("ins", bold("b")), "c", changed("ins", "d"), changed("ins", "e", author="B"))
    assert short(body) == [(INSERTED, "ab", 1), (INSERTED, "d", 1), (INSERTED, "e", 1)]


def test_a_deletion_between_does_not_part_an_insertion() -> None:
    body = p(changed("ins", "a"), changed("del", "x"), changed("ins", "b"))
    assert short(body) == [(INSERTED, "ab", 1), (DELETED, "x", 1)]


def test_inserted_paragraphs_are_one_insertion() -> None:
    mark = '<w:rPr><w:ins w:author="A. Reviewer"/></w:rPr>'
    body = p("old ", changed("ins", "one"), properties=mark) + p(changed("ins", "two"), properties=mark) + p("three")
    assert short(body) == [(INSERTED, "one two", 1)]
    assert short(p(changed("ins", "one")) + p(changed("ins", "two"))) == [(INSERTED, "one", 1), (INSERTED, "two", 2)]


def test_a_deleted_paragraph_is_remarked_on_where_it_stood() -> None:
    mark = '<w:rPr><w:del w:author="A. Reviewer"/></w:rPr>'
    assert short(p("a"), p(changed("del", "gone"), properties=mark), p("b")) == [(DELETED, "gone", 2)]
    assert short(p("a"), p(changed("del", "gone"), properties=mark)) == [(DELETED, "gone", 2)]
    assert short(changed("del", p("gone")), p("a")) == [(DELETED, "gone", 1)]
    assert short(p("a"), changed("del", p("gone"))) == [(DELETED, "gone", 1)]


def test_rows_inserted_and_deleted() -> None:
    new = '<w:ins w:author="B" w:date="2026-05-05"/>'
    gone = '<w:del w:author="C"/>'
    rows = tr("a", "b"), tr(tc(p(changed("ins", "c", author="B"))), "d", properties=new), tr("e", "f", properties=gone)
    assert short(tbl(*rows), p("x")) == [(INSERTED, "c d", 2), (DELETED, "e f", 3)]
    assert parse_word(word_file(tbl(*rows)), "plan.docx").lines == ("a\tb", "c\td")


def test_a_deleted_cell_keeps_its_place() -> None:
    cell = tc("gone", properties='<w:cellDel w:author="B"/>')
    document = parse_word(word_file(tbl(tr("a", cell, "c"), tr("d", "e", "f"))), "plan.docx")
    assert document.lines == ("a\t\tc", "d\te\tf")
    assert [(remark.kind, remark.words) for remark in document.remarks] == [(DELETED, "gone")]


def test_moved_words_are_one_remark_where_they_stand_now() -> None:
    (moved,) = remarks(p(changed("moveFrom", "late")), p("now"), p(changed("moveTo", "late")))
    assert (moved.kind, moved.words, moved.origin.line) == (INSERTED, "late", 2)
    assert "Moved" in moved.text


def test_hidden_words_rows_and_styles() -> None:
    style = '<w:style w:type="character" w:styleId="S"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = p("a", r("secret", "<w:vanish/>"), r(" plan", '<w:rStyle w:val="S"/>'), "b")
    assert short(body, tbl(tr("c", "d", properties="<w:hidden/>"), tr("e", "f")), styles=style) == [
        (HIDDEN, "secret plan", 1), (HIDDEN, "c d", 2)]  # fmt: skip


def comment(id_: int, text: str, *, paragraph: str = "", author: str = "A. Reviewer") -> str:
    inside = p(text).replace("<w:p>", f'<w:p w14:paraId="{paragraph}">')
    return f'<w:comment w:id="{id_}" w:author="{author}" w:date="2026-05-04T10:00:00Z">{inside}</w:comment>'


def mark(kind: str, id_: int) -> str:
    inside = f'<w:comment{kind} w:id="{id_}"/>'
    return f"<w:r>{inside}</w:r>" if kind == "Reference" else inside


def test_a_comment_has_its_words_and_those_it_hangs_on() -> None:
    body = p("We ", mark("RangeStart", 4), "agree ", bold("it"), mark("RangeEnd", 4), mark("Reference", 4), " soon.")
    (found,) = remarks(p("x"), body, comments=comment(4, "Who agrees?"))
    assert (found.kind, found.text, found.words, found.author) == (COMMENT, "Who agrees?", "agree it", "A. Reviewer")
    assert (found.origin.line, found.date) == (2, "2026-05-04T10:00:00Z")


def test_a_comment_over_paragraphs_and_one_without_a_range() -> None:
    body = p("a", mark("RangeStart", 1), "b") + p("c", mark("RangeEnd", 1), "d", mark("Reference", 2))
    found = short(body, comments=comment(1, "one") + comment(2, "two"))
    assert found == [(COMMENT, "bc", 1), (COMMENT, "cd", 2)]


def test_resolved_and_lost_comments_are_left_out_and_replies_kept() -> None:
    body = p(mark("RangeStart", 1), mark("RangeStart", 2), mark("RangeStart", 3), "a", mark("RangeEnd", 1),
             mark("RangeEnd", 2), mark("RangeEnd", 3))  # fmt: skip
    written = [comment(at, f"c{at}", paragraph=f"P{at}") for at in (1, 2, 3, 4)]
    extended = (
        '<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        '<w15:commentEx w15:paraId="P1" w15:done="1"/><w15:commentEx w15:paraId="P2" w15:paraIdParent="P1"/>'
        '<w15:commentEx w15:paraId="P3" w15:done="0"/></w15:commentsEx>'
    )
    found = remarks(body, comments="".join(written), commentsExtended=extended)
    assert [remark.text for remark in found] == ["c3"]


def test_pictures_charts_and_embedded_files_are_not_read() -> None:
    picture = '<w:drawing><wp:inline><wp:docPr descr="A driver diagram"/><a:blip/></wp:inline></w:drawing>'
    old = "<w:object><v:imagedata/><o:OLEObject/></w:object>"
    found = remarks(p("a", f"<w:r>{picture}</w:r>"), p(f"<w:r>{old}</w:r>"), p(box("words")))
    assert [(remark.kind, remark.words, remark.origin.line) for remark in found] == [
        (UNREAD, "A driver diagram", 1), (UNREAD, "", 2)]  # fmt: skip
    assert found[0].text.startswith("A picture")
    assert found[1].text.startswith("An embedded object")


def test_ornaments_are_no_pictures_of_words() -> None:
    sized = '<w:drawing><wp:inline><wp:extent cx="{}" cy="{}"/><a:blip/></wp:inline></w:drawing>'
    assert remarks(p("a", f"<w:r>{sized.format(6_000_000, 20_000)}</w:r>")) == ()
    assert len(remarks(p("a", f"<w:r>{sized.format(6_000_000, 2_000_000)}</w:r>"))) == 1
    marked = '<w:drawing><a:blip/><x:decorative xmlns:x="urn:x" val="1"/></w:drawing>'
    assert remarks(p("a", f"<w:r>{marked}</w:r>")) == ()


def test_another_document_inside_is_not_read() -> None:
    assert [remark.kind for remark in remarks(p("a"), '<w:altChunk r:id="x"/>', p("b"))] == [UNREAD]


def test_macros_are_told_and_never_run() -> None:
    data = word_file(p("a"), parts={"word/vbaProject.bin": b"macro"})
    (found,) = parse_word(data, "plan.docm").remarks
    assert (found.kind, found.origin.place) == (RemarkKind.MACRO, {})


def test_links_out_of_the_file_are_told_and_web_addresses_are_not() -> None:
    links = {"hyperlink": "https://example.org", "image": "https://example.org/pixel.png"}
    template = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="t" '
        'Type="x/attachedTemplate" Target="file:///C:/plan.dotm" TargetMode="External"/></Relationships>'
    )
    parts: dict[str, str | bytes] = {"word/_rels/settings.xml.rels": template}
    found = parse_word(word_file(p("a"), links=links, parts=parts, settings=""), "plan.docx").remarks
    assert {remark.kind for remark in found} == {RemarkKind.EXTERNAL_LINK}
    assert [remark.words for remark in found] == ["https://example.org/pixel.png", "file:///C:/plan.dotm"]


def test_remarks_stand_in_reading_order_and_long_words_are_cut() -> None:
    body = p(mark("RangeStart", 1), "a ", mark("RangeEnd", 1), changed("ins", "new")) + p(changed("del", "x" * 5000))
    found = remarks(body, p("z"), comments=comment(1, "why?"))
    assert [remark.kind for remark in found] == [INSERTED, COMMENT, DELETED]
    assert len(found[2].words) < 1100


def test_a_plain_file_has_no_remarks() -> None:
    assert remarks(styled("Normal", "Plan"), tbl(tr("a", "b"))) == ()
