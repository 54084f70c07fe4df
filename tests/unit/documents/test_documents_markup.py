"""HTML in cells to paragraphs."""

import pytest

from trigpoint.documents.markup import Piece, pieces, tags

CELLS = [
    ("plain  words", (Piece("plain words"),)),
    ("wait <18 weeks & more", (Piece("wait <18 weeks & more"),)),
    ("a &amp; b &lt;c&gt;", (Piece("a & b <c>"),)),
    ("<p>a</p><p></p><p> b </p>", (Piece("a"), Piece("b"))),
    ("one<br>two<br/>three", (Piece("one"), Piece("two"), Piece("three"))),
    ("<b>bold</b>ly <i>said</i>", (Piece("boldly said"),)),
    ("<ul><li>a</li><li>b</li></ul>c", (Piece("a", listed=True), Piece("b", listed=True), Piece("c"))),
    ("<p>unclosed <b>words", (Piece("unclosed words"),)),
    ("<p style='x'>styled</p>", (Piece("styled"),)),
    ("<script>alert(1)</script>kept", (Piece("kept"),)),
    ("<style>p{}</style><!-- hidden -->kept", (Piece("kept"),)),
    ("<img src=x onerror=alert(1)>kept", (Piece("kept"),)),
    ("**by** then", (Piece("by then"),)),
    ("", ()),
    ("<p> </p>", ()),
]


@pytest.mark.parametrize(("raw", "expected"), CELLS)
def test_cell_to_pieces(raw: str, expected: tuple[Piece, ...]) -> None:
    assert pieces(raw) == expected


def test_deep_nesting_does_not_exhaust_the_stack() -> None:
    assert [piece.text for piece in pieces("<div>" * 5000 + "deep")] == ["deep"]


def test_tags_are_lower_case_names() -> None:
    assert tags("<P><Ul><li>a</LI>") == {"p", "ul", "li"}
    assert tags("a < b") == frozenset()
