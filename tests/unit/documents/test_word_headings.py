"""Which paragraphs of a Word file are headings, and which list items; what Word counts before them."""

from __future__ import annotations

import pytest

from trigpoint.documents.readers.word.document import parse_word
from trigpoint.plans.document import Block, BlockKind
from word_files import HEADINGS, bold, level, listed, numbering, p, r, styled, tbl, tc, tr, word_file

HEADING, PARAGRAPH, ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
LONG = "The partnership will agree a pathway for people who wait and publish it by June 2027. " * 15


def blocks(body: str, **parts: str) -> list[Block]:
    document = parse_word(word_file(body, **parts), "plan.docx")
    return [block for block in document.blocks if block.text]


def style(id_: str, name: str, inside: str = "", based: str = "Normal") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/><w:basedOn w:val="{based}"/>'
        f"{inside}</w:style>"
    )


STYLES = [
    ("Word's own", style("H", "heading 2", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'), 2),
    ("by its name alone", style("H", "Heading 3"), 3),
    ("translated", style("H", "Überschrift 2"), 2),
    ("based on a heading", style("H", "Trust blue", based="Heading1"), 1),
    ("a name that says so", style("H", "Section Heading"), 1),
    ("a sub-heading", style("H", "Subheading"), 2),
    ("the title", style("H", "Title"), 1),
    ("based on a heading, but running text", style("H", "Box", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>'
     '<w:rPr><w:b w:val="0"/><w:sz w:val="20"/></w:rPr>', "Heading1"),
     None),
    ("a table of contents", style("H", "toc 1", based="Heading1"), None),
    ("a caption", style("H", "caption", "<w:rPr><w:b/></w:rPr>"), None),
    ("anything else", style("H", "Body Text"), None),
    ("based on itself", style("H", "Body", based="H"), None),
]  # fmt: skip


@pytest.mark.parametrize(("made", "expected"), [row[1:] for row in STYLES], ids=[row[0] for row in STYLES])
def test_headings_by_style(made: str, expected: int | None) -> None:
    (block,) = blocks(styled("H", "Our plan"), styles=HEADINGS + made)
    assert (block.kind, block.level) == ((HEADING, expected) if expected else (PARAGRAPH, 0))


def test_an_outline_level_of_its_own_wins() -> None:
    found = blocks(
        p("Plan", properties='<w:outlineLvl w:val="2"/>')
        + styled("Heading1", "Text", '<w:outlineLvl w:val="9"/>'),
        styles=HEADINGS,
    )  # fmt: skip
    assert [(block.kind, block.level) for block in found] == [(HEADING, 3), (HEADING, 4)], "a bold style stands out"


UNDERLINED = '<w:u w:val="single"/>'
LOOKS = [
    ("all bold and short", p(bold("Our "), bold("plan")), HEADING),
    ("bold but for a blank", p(bold("Our"), " ", bold("plan")), HEADING),
    ("only its beginning bold", p(bold("Risk"), " – the trust may not recruit"), PARAGRAPH),
    ("a bold sentence", p(bold("We will agree the plan.")), PARAGRAPH),
    ("a long bold paragraph", p(bold(LONG)), PARAGRAPH),
    ("underlined", p(r("Our plan", UNDERLINED)), HEADING),
    ("an underlined link", p("<w:hyperlink>" + r("our site", UNDERLINED) + "</w:hyperlink>"), PARAGRAPH),
    ("larger than running text", p(r("Our plan", '<w:sz w:val="32"/>')), HEADING),
    ("as large as running text", p("Our plan"), PARAGRAPH),
    ("bold switched off", p(r("Our plan", '<w:b w:val="0"/>')), PARAGRAPH),
]  # fmt: skip


@pytest.mark.parametrize(("made", "expected"), [row[1:] for row in LOOKS], ids=[row[0] for row in LOOKS])
def test_headings_by_look(made: str, expected: BlockKind) -> None:
    found = blocks(made + p(LONG) + p(LONG), styles=HEADINGS)
    assert found[0].kind is expected


def test_where_all_text_is_bold_or_large_nothing_stands_out() -> None:
    (first, *_) = blocks(p(bold("Our plan")) + p(bold(LONG)) * 2, styles=HEADINGS)
    assert first.kind is PARAGRAPH
    big = '<w:sz w:val="28"/>'
    (first, *_) = blocks(p(r("Our plan", big)) + p(r(LONG, big)) * 2, styles=HEADINGS)
    assert first.kind is PARAGRAPH


def test_a_heading_by_look_stands_below_the_styled_one() -> None:
    found = blocks(p(bold("Plan")) + styled("Heading1", "Aims") + p(bold("First")) + p("text."), styles=HEADINGS)
    assert [block.level for block in found] == [1, 1, 2, 0]


def test_a_heading_keeps_its_lines_together() -> None:
    (block,) = blocks(
        styled("Heading1", "x").replace("x</w:t>", "Plan</w:t><w:br/><w:t>2026/27</w:t>"), styles=HEADINGS
    )
    assert (block.kind, block.text) == (HEADING, "Plan 2026/27")


TYPED = [
    ("a) System challenges", HEADING, "a)", "System challenges"),
    ("1. Improve access", HEADING, "1.", "Improve access"),
    ("• growing demand;", ITEM, "•", "growing demand;"),
    ("- Growing demand", ITEM, "-", "Growing demand"),
    ("iv) many risks, and more to come.", ITEM, "iv)", "many risks, and more to come."),
    ("2017/18 is the year", PARAGRAPH, "", "2017/18 is the year"),
    ("5.", PARAGRAPH, "", "5."),
]


@pytest.mark.parametrize(("text", "kind", "marker", "rest"), TYPED)
def test_typed_markers_are_told_as_in_plain_text(text: str, kind: BlockKind, marker: str, rest: str) -> None:
    (block,) = blocks(p(text))
    assert (block.kind, block.marker, block.text, block.raw) == (kind, marker, rest, text)


def test_a_typed_number_makes_no_heading_where_headings_are_marked() -> None:
    found = blocks(styled("Heading1", "1. Aims") + p("1. Improve access") + p(bold("2. Improve care")), styles=HEADINGS)
    assert [(block.kind, block.marker, block.text) for block in found] == [
        (HEADING, "1.", "Aims"), (ITEM, "1.", "Improve access"), (HEADING, "2.", "Improve care")]  # fmt: skip


def markers(body: str, lists: str) -> list[str]:
    return [block.marker for block in blocks(body, numbering=lists)]


FORMATS = [
    ("decimal", "%1.", ["1.", "2."]),
    ("lowerLetter", "%1)", ["a)", "b)"]),
    ("upperRoman", "(%1)", ["(I)", "(II)"]),
    ("decimalZero", "%1", ["01", "02"]),
    ("ordinal", "%1", ["1st", "2nd"]),
    ("bullet", "\uf0b7", ["•", "•"]),
    ("bullet", "–", ["–", "–"]),
    ("bullet", "o", ["•", "•"]),
    ("none", "", ["", ""]),
    ("japaneseCounting", "%1.", ["1.", "2."]),
]


@pytest.mark.parametrize(("format_", "text", "expected"), FORMATS)
def test_numbers_and_bullets_as_word_prints_them(format_: str, text: str, expected: list[str]) -> None:
    assert markers(listed("a") + listed("b"), numbering(level(0, format_, text))) == expected


def test_levels_count_within_each_other() -> None:
    lists = numbering(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"), level(2, "lowerRoman", "%3)"))
    body = listed("a") + listed("b", level=1) + listed("c", level=1) + listed("d", level=2) + listed("e")
    found = blocks(body + listed("f", level=1), numbering=lists)
    assert [block.marker for block in found] == ["1.", "1.1", "1.2", "i)", "2.", "2.1"]
    assert [block.level for block in found] == [0, 1, 1, 2, 0, 1]
    assert {block.kind for block in found} == {ITEM}


def test_a_level_may_go_on_or_be_legal() -> None:
    goes_on = level(1, "decimal", "%2", more='<w:lvlRestart w:val="0"/>')
    legal = level(2, "decimal", "%1.%3", more="<w:isLgl/>")
    lists = numbering(level(0, "upperRoman", "%1."), goes_on, legal)
    body = listed("a") + listed("b", level=1) + listed("c") + listed("d", level=1) + listed("e", level=2)
    assert markers(body, lists) == ["I.", "1", "II.", "2", "2.1"]


USES = (
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
    "</w:lvlOverride></w:num>"
)


def test_lists_of_one_definition_count_on_unless_they_start_anew() -> None:
    lists = numbering(level(0, "decimal", "%1.", start=3), uses=USES)
    body = listed("a", 1) + listed("b", 2) + listed("c", 3) + listed("d", 3) + listed("e", 1)
    assert markers(body, lists) == ["3.", "4.", "5.", "6.", "7."]


def test_a_level_that_was_passed_over_counts_and_a_new_start_waits_for_its_level() -> None:
    lists = numbering(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"), uses=USES)
    body = listed("a", level=1) + listed("b") + listed("c", 3, 1) + listed("d", 1) + listed("e", 3) + listed("f", 3)
    assert markers(body, lists) == ["1.1", "2.", "2.1", "3.", "5.", "6."]


def test_empty_and_hidden_paragraphs_count_as_word_counts_them() -> None:
    lists = numbering(level(0, "decimal", "%1."))
    hidden = p(r("gone", "<w:vanish/>"), properties='<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:vanish/></w:rPr>')
    assert markers(listed("a") + listed("") + hidden + listed("b"), lists) == ["1.", "3."]


def test_a_list_by_style_and_taken_out_of_it() -> None:
    own = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    lists = numbering(level(0, "decimal", "%1."), level(1, "lowerLetter", "%2)", more='<w:pStyle w:val="L"/>'))
    out = styled("L", "out", '<w:numPr><w:numId w:val="0"/></w:numPr>')
    found = blocks(styled("L", "in") + out, styles=HEADINGS + style("L", "List", own), numbering=lists)
    assert [(block.kind, block.marker, block.level) for block in found] == [(ITEM, "a)", 1), (PARAGRAPH, "", 0)]


def test_numbered_headings_and_worded_numbers() -> None:
    own = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    lists = numbering(level(0, "decimal", "%1."), level(1, "decimal", "Priority %2:"))
    body = styled("N", "Aims") + listed("improve access", level=1)
    found = blocks(body, styles=HEADINGS + style("N", "x", own, "Heading1"), numbering=lists)
    assert [(block.kind, block.marker, block.text) for block in found] == [
        (HEADING, "1.", "Aims"), (PARAGRAPH, "", "Priority 1: improve access")]  # fmt: skip


def test_a_list_style_is_followed_and_a_circle_of_them_cut() -> None:
    linked = '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="LS"/></w:abstractNum>'
    use = '<w:num w:numId="8"><w:abstractNumId w:val="7"/></w:num>'
    named = style("LS", "Fell list", '<w:pPr><w:numPr><w:numId w:val="{}"/></w:numPr></w:pPr>')
    lists = numbering(level(0, "decimal", "%1.")) + linked + use
    (found,) = blocks(listed("a", 8), styles=named.format(1), numbering=lists)
    assert found.marker == "1."
    (found,) = blocks(listed("a", 8), styles=named.format(8), numbering=lists)
    assert (found.kind, found.marker) == (PARAGRAPH, "")


def test_lists_that_do_not_exist() -> None:
    lists = numbering(level(0, "decimal", "%1."))
    assert markers(listed("a", 9) + listed("b", 1, 5) + listed("c", 1, 99) + listed("d", 1, -4), lists) == [
        "", "", "", "1."]  # fmt: skip


def test_numbers_in_cells_are_words_and_bullets_are_list_items() -> None:
    lists = numbering(level(0, "decimal", "%1."), level(1, "bullet", "•"), level(2, "lowerLetter", "%3)"))
    row = tr(tc(listed("Agree"), listed("Open"), "note"), tc(listed("x", level=1)), tc(listed("y", level=2)))
    (block,) = blocks(tbl(row), numbering=lists)
    assert [cell.paragraphs for cell in block.cells] == [("1. Agree", "2. Open", "note"), ("x",), ("y",)]
    assert block.cells[0].raw == "<ol><li>1. Agree</li><li>2. Open</li></ol><p>note</p>"
    assert [cell.raw for cell in block.cells[1:]] == ["<ul><li>x</li></ul>", "<ol><li>y</li></ol>"]
    assert [cell.tags for cell in block.cells] == [{"ol", "li", "p"}, {"ul", "li"}, {"ol", "li"}]


def test_a_number_alone_in_a_cell_is_its_words() -> None:
    lists = numbering(level(0, "decimal", "%1."))
    document = parse_word(
        word_file(tbl(tr(tc(listed("")), "Agree"), tr(tc(listed("")), "Open")), numbering=lists), "plan.docx"
    )
    assert document.lines == ("1\tAgree", "2\tOpen")
