"""Findings as comments in a Word file: on exactly the words, with everything else in the file as it was."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest

from trigpoint.checks.finding import Finding, Severity
from trigpoint.documents.readers.word.document import parse_word
from trigpoint.documents.readers.word.file import open_word, read_word
from trigpoint.documents.readers.word.names import KIND, child, children, value
from trigpoint.documents.readers.word.remarks import comment_remarks
from trigpoint.documents.readers.word.runs import words_within
from trigpoint.errors import InputError
from trigpoint.plans.document import Origin, RemarkKind
from trigpoint.reports.annotations.word import annotate_word
from word_files import (
    OFFICE,
    SPACES,
    STRICT,
    W,
    bold,
    box,
    changed,
    field,
    listed,
    p,
    r,
    styled,
    tbl,
    tc,
    tr,
    word_file,
    zipped,
)

ON = date(2026, 6, 1)


def finding(line: int | None, fragment: str = "", *, rule: str = "DATE_ORDER", message: str = "Mend it.") -> Finding:
    return Finding(rule, Severity.ERROR, message, line, fragment)


def annotated(data: bytes, *findings: Finding) -> bytes:
    """The file with comments; it must read to the same blocks as before."""
    done = annotate_word(data, "plan.docx", findings, on=ON)
    assert parse_word(done, "plan.docx").blocks == parse_word(data, "plan.docx").blocks
    return done


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def comments(data: bytes) -> list[tuple[str, str]]:
    """The words that each comment hangs on, and what it says."""
    file = open_word(data, "plan.docx")
    reading = read_word(file, "plan.docx")
    root = file.part("comments")
    if root is None:
        return []
    for each in root:
        each.set(f"{{{root.nsmap['w']}}}author", "anybody")  # what the program itself said is no remark otherwise
    found = comment_remarks(root, frozenset(), reading.course, Origin())
    return [(remark.words, remark.text) for remark in found]


SAID = "Error DATE_ORDER: Mend it."
PLACES = [
    ("the middle of a run", p("We will agree it by June."), "agree it", "agree it"),
    ("the beginning", p("We will agree it."), "We will", "We will"),
    ("the end", p("We will agree it."), "it.", "it."),
    ("all of it", p("We agree."), "We agree.", "We agree."),
    ("across runs", p("We will ", bold("agree"), " it by June."), "will agree it", "will agree it"),
    ("across tabs and wide blanks", p("by", "<w:r><w:tab/></w:r>", "  June"), "by June", "by June"),
    ("across a line break", p("We agree", "<w:r><w:br/><w:t>and publish</w:t></w:r>", " it"), "agree and", "agree and"),
    ("in a run of several parts", p("<w:r><w:t>one</w:t><w:tab/><w:t>two three</w:t></w:r>"), "two", "two"),
    ("behind what is not printed", p("inte\u00adgrated care"), "integrated", "integrated"),
    ("in a link", p("see ", f"<w:hyperlink>{r('the site here')}</w:hyperlink>", "."), "site", "site"),
    ("in the result of a field", p("on ", field("DATE", "1 May 2026"), "."), "May", "May"),
    ("in an insertion", p("by ", changed("ins", "early July"), "."), "July", "July"),
    ("around a deletion", p("by ", changed("del", "June "), "the end"), "by the", "by the"),
    ("in a content control", p(f"<w:sdt><w:sdtContent>{r('RAG Green')}</w:sdtContent></w:sdt>"), "Green", "Green"),
    ("a formula whole", p("at ", "<m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath>"), "x=2", "x=2"),
    ("whatever the case", p("We Agree it."), "we agree", "We Agree"),
    ("a paragraph that begins like it", p("We will agree it all."), "We will agree to wait", "We will agree it all."),
    ("the paragraph where the words are not found", p("We will agree it."), "nothing like it", "We will agree it."),
    ("the paragraph where there are no words", p("We agree."), "", "We agree."),
    ("a sign of a symbol font", p(r("ü", '<w:rFonts w:ascii="Wingdings"/>'), " done"), "✓", "✓"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "fragment", "words"), [row[1:] for row in PLACES], ids=[row[0] for row in PLACES])
def test_a_comment_hangs_on_exactly_the_words(body: str, fragment: str, words: str) -> None:
    assert comments(annotated(word_file(body), finding(1, fragment))) == [(words, SAID)]


TABLE = tbl(
    tr("No", "Action", "By"), tr("1", tc("Agree the model", "Open the ward"), "June"), tr("by june", "By June", "x")
)


@pytest.mark.parametrize(
    ("fragment", "words"),
    [
        ("the ward", "the ward"),
        ("model Open", "modelOpen"),
        ("June", "June"),
        ("Open the ward and staff it", "Open the ward"),
        ("the ward June", "the wardJune"),
        ("", "1"),
    ],
)
def test_a_comment_in_a_row_hangs_on_its_cell(fragment: str, words: str) -> None:
    assert comments(annotated(word_file(p("Plan") + TABLE), finding(3, fragment))) == [(words, SAID)]


def test_letter_case_matters_only_where_nothing_else_is_alike() -> None:
    data = word_file(p("Plan") + TABLE)
    assert comments(annotated(data, finding(4, "By June"))) == [("By June", SAID)]
    assert comments(annotated(data, finding(4, "BY JUNE"))) == [("by june", SAID)]


def test_the_number_that_word_prints_is_passed_over() -> None:
    lists = '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    lists += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    data = word_file(tbl(tr(tc(listed("Agree it")), "x"), tr(tc(listed("")), "y")), numbering=lists)
    assert comments(annotated(data, finding(1, "1. Agree"))) == [("Agree", SAID)]
    assert comments(annotated(data, finding(2, "2"))) == [("y", SAID)]


def test_each_finding_has_a_comment_of_its_own_on_overlapping_words() -> None:
    found = [finding(1, "will agree it", message="one"), finding(1, "agree", message="two"), finding(1, "it by"),
             finding(1, "agree", message="two")]  # fmt: skip
    assert comments(annotated(word_file(p("We will agree it by June.")), *found)) == [
        ("will agree it", "Error DATE_ORDER: one"), ("agree", "Error DATE_ORDER: two"), ("it by", SAID)]  # fmt: skip


def test_what_stands_nowhere_is_one_comment_on_the_title() -> None:
    data = word_file(p("Official") + p(bold("Our plan")) + p("Text."))
    found = comments(annotated(data, finding(None), finding(99, "x", rule="NO_LEAD"), finding(3, "Text")))
    assert found == [("Text", SAID), ("Our plan", "Error DATE_ORDER: Mend it. Error NO_LEAD: Mend it.")]
    assert comments(annotated(word_file(p() + TABLE), finding(None))) == [("No", SAID)]


def test_words_in_text_boxes_and_notes_are_commented_on_where_word_allows_it() -> None:
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    data = word_file(p("Before ", box("In the box")) + p("Text", note, " goes on"),
                     footnotes=f'<w:footnote w:id="2">{p("By June.")}</w:footnote>')  # fmt: skip
    done = annotated(data, finding(2, "the box"), finding(5, "June"))
    root = open_word(done, "plan.docx").root
    starts = [each for each in root.iter() if KIND[each.tag] == "commentRangeStart"]
    first, second = (next(at for at in each.itersiblings() if KIND[at.tag] == "r") for each in starts)
    assert any(KIND[each.tag] == "txbxContent" for each in first.iter())
    assert [KIND[each.tag] for each in second] == ["footnoteReference"]
    inside = [each for each in root.iter() if KIND[each.tag] == "txbxContent"]
    assert not any(KIND[each.tag].startswith("comment") for within in inside for each in within.iter())


def test_the_mark_of_a_comment_is_no_part_of_an_insertion_or_link() -> None:
    done = annotated(word_file(p("by ", changed("ins", "early July"), ".")), finding(1, "July"))
    root = open_word(done, "plan.docx").root
    references = [each for each in root.iter() if KIND[each.tag] == "commentReference"]
    assert [[KIND[above.tag] for above in each.iterancestors()][:2] for each in references] == [["r", "p"]]


def test_only_what_must_change_changes() -> None:
    data = word_file(p("We agree."), styles="", parts={"word/media/one.png": b"\x89PNG", "docProps/custom.xml": "<x/>"})
    before, after = parts(data), parts(annotated(data, finding(1, "agree")))
    changed_ = {name for name in before if before[name] != after[name]}
    assert changed_ == {"word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}
    assert set(after) - set(before) == {"word/comments.xml"}
    assert list(after)[: len(before)] == list(before)
    assert b"comments+xml" in after["[Content_Types].xml"]
    assert f'{OFFICE}/comments"'.encode() in after["word/_rels/document.xml.rels"]


def test_another_library_finds_the_comments() -> None:
    document = docx.Document()
    document.add_heading("Our plan", 0)
    document.add_paragraph("We will agree it by June.")
    stream = BytesIO()
    document.save(stream)
    done = annotated(stream.getvalue(), finding(2, "agree it"), finding(None))
    found = [(each.author, each.initials, each.text) for each in docx.Document(BytesIO(done)).comments]
    assert found == [("Trigpoint", "TP", SAID), ("Trigpoint", "TP", SAID)]


def test_what_xml_says_to_itself_stays() -> None:
    data = word_file("<?office keep?>" + p("We agree.") + "<!-- a note -->")
    written = parts(annotated(data, finding(1, "agree")))["word/document.xml"]
    assert b"<?office keep?>" in written
    assert b"<!-- a note -->" in written


def test_nothing_to_say_leaves_the_file_as_it_is() -> None:
    data = word_file(p("We agree."))
    assert annotate_word(data, "plan.docx", [], on=ON) == data


def test_the_look_of_split_runs_stays() -> None:
    data = word_file(p(bold("We will agree it")))
    file = open_word(annotated(data, finding(1, "will")), "plan.docx")
    runs = [each for each in children(children(file.body, "p")[0], "r") if child(each, "t") is not None]
    assert [words_within(each) for each in runs] == ["We ", "will", " agree it"]
    assert all(child(child(each, "rPr"), "b") is not None for each in runs)


def test_comments_of_others_stay_and_numbers_run_on() -> None:
    other = f'<w:comment w:id="7" w:author="A. Reviewer">{p("Why?")}</w:comment>'
    body = p('<w:commentRangeStart w:id="7"/>', "We", '<w:commentRangeEnd w:id="7"/>', " agree.")
    done = annotated(word_file(body, comments=other), finding(1, "agree"))
    assert comments(done) == [("We", "Why?"), ("agree", SAID)]
    root = open_word(done, "plan.docx").part("comments")
    assert root is not None
    ours = children(root, "comment")[1]
    assert [value(ours, name) for name in ("id", "author", "initials", "date")] == [
        "8", "Trigpoint", "TP", "2026-06-01T00:00:00Z"]  # fmt: skip
    assert [remark.text for remark in parse_word(done, "plan.docx").remarks if remark.kind is RemarkKind.COMMENT] == [
        "Why?"], "what the program said itself is no comment left in the plan"  # fmt: skip


def test_annotating_again_replaces_what_was_said_before() -> None:
    data = word_file(p("We will agree it by June."))
    once = annotated(data, finding(1, "agree it"), finding(1, "June"))
    again = annotated(once, finding(1, "agree it"))
    assert comments(again) == [("agree it", SAID)]
    assert comments(annotated(again)) == []
    assert b"commentReference" not in parts(annotated(again))["word/document.xml"]


def test_a_comment_that_somebody_answered_stays_and_is_not_repeated() -> None:
    once = annotated(word_file(p("We will agree it by June.")), finding(1, "agree it"), finding(1, "June"))
    written = parts(once)
    first = written["word/comments.xml"].replace(b"<w:p>", b'<w:p xmlns:w14="%s" w14:paraId="P1">' %
                                                 SPACES["w14"].encode(), 1)  # fmt: skip
    extended = (
        f'<w15:commentsEx xmlns:w15="{SPACES["w15"]}"><w15:commentEx w15:paraId="P1"/>'
        '<w15:commentEx w15:paraId="P2" w15:paraIdParent="P1"/></w15:commentsEx>'
    )
    rels = written["word/_rels/document.xml.rels"].replace(
        b"</Relationships>", b'<Relationship Id="x" Type="x/commentsExtended" Target="ext.xml"/></Relationships>'
    )
    answered = zipped({**written, "word/comments.xml": first, "word/ext.xml": extended,
                       "word/_rels/document.xml.rels": rels})  # fmt: skip
    assert comments(annotated(answered, finding(1, "agree it"), finding(1, "June"))) == [
        ("agree it", SAID), ("June", SAID)]  # fmt: skip
    assert comments(annotated(answered)) == [("agree it", SAID)]


def test_the_strict_variant_gets_strict_comments() -> None:
    data = word_file(p("We agree."), spaces={**SPACES, "w": STRICT})
    after = parts(annotated(data, finding(1, "agree")))
    assert STRICT.encode() in after["word/comments.xml"]
    assert W.encode() not in after["word/comments.xml"]
    assert b"purl.oclc.org/ooxml/officeDocument/relationships/comments" in after["word/_rels/document.xml.rels"]


def test_a_message_carries_nothing_that_xml_cannot_hold() -> None:
    odd = finding(1, "agree", message="a\x00b\x1b[31m <w:t> & \u202eend\nnext")
    assert comments(annotated(word_file(p("We agree.")), odd)) == [
        ("agree", "Error DATE_ORDER: a\ufffdb\ufffd[31m <w:t> & \ufffdend next")]  # fmt: skip


def test_a_stale_comments_part_is_not_written_over() -> None:
    data = word_file(p("We agree."), parts={"word/comments.xml": "<stale/>"})
    after = parts(annotated(data, finding(1, "agree")))
    assert after["word/comments.xml"] == b"<stale/>"
    assert "word/comments1.xml" in after


def test_a_file_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(InputError, match="damaged"):
        annotate_word(b"PK\x03\x04", "plan.docx", [finding(1)], on=ON)


def test_a_heading_and_a_list_item_are_found_without_their_numbers() -> None:
    data = word_file(styled("Heading1", "1. Our aims") + p("• less waiting;"))
    assert comments(annotated(data, finding(1, "Our aims"), finding(2, "less"))) == [("Our aims", SAID), ("less", SAID)]
