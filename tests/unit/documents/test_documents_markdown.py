"""Markdown: what its marks mean, each block on the line that it starts on."""

from __future__ import annotations

import pytest

from trigpoint.documents.readers.markdown import parse_markdown, plain
from trigpoint.plans.document import Block, BlockKind, Format


def blocks(text: str) -> list[Block]:
    document = parse_markdown(text.encode(), "plan.md")
    assert [block.origin.line for block in document.blocks] == list(range(1, len(text.splitlines()) + 1))
    return [block for block in document.blocks if block.kind is not BlockKind.BLANK]


def said(text: str) -> list[tuple[str, str, str, int]]:
    return [(block.kind.value, block.marker, block.text, block.level) for block in blocks(text)]


BLOCKS = [
    ("# Plan", [("heading", "#", "Plan", 1)]),
    ("### Ours ###", [("heading", "###", "Ours", 3)]),
    ("#no heading", [("paragraph", "", "#no heading", 0)]),
    ("Plan\n====", [("heading", "#", "Plan", 1)]),
    ("Our\nplan\n----", [("heading", "#", "Our plan", 2)]),
    ("**Our plan**", [("heading", "**", "Our plan", 1)]),
    ("**Our** plan **here**", [("paragraph", "", "Our plan here", 0)]),
    ("one\ntwo\n\nthree", [("paragraph", "", "one two", 0), ("paragraph", "", "three", 0)]),
    ("one  \ntwo\\\nthree", [("paragraph", "", word, 0) for word in ("one", "two", "three")]),
    ("***", [("rule", "", "", 0)]),
    (
        "* one\n+ two\n2. three",
        [("list item", mark, word, 0) for mark, word in (("*", "one"), ("+", "two"), ("2.", "three"))],
    ),
    (
        "- a\n  goes on\n  - b\n    1) c\n  - d\n- e",
        [
            ("list item", "-", "a goes on", 0),
            ("list item", "-", "b", 1),
            ("list item", "1)", "c", 2),
            ("list item", "-", "d", 1),
            ("list item", "-", "e", 0),
        ],
    ),
    ("- [x] done", [("list item", "-", "[x] done", 0)]),
    ("> said\n> so", [("paragraph", "", "said so", 0)]),
    ("```\n# no | heading |\n```", [("paragraph", "", "# no | heading |", 0)]),
    ("[ref]: https://example.org", []),
    ("<p>One <b>word</b></p>", [("paragraph", "", "One word", 0)]),
]


@pytest.mark.parametrize(("text", "found"), BLOCKS, ids=[text.replace("\n", "⏎") for text, _ in BLOCKS])
def test_what_lines_mean(text: str, found: list[tuple[str, str, str, int]]) -> None:
    assert said(text) == found


TABLES = [
    "| Action | Owner |\n|:--|--:|\n| **Open** it | a \\| b |",
    "Action | Owner\n--- | ---\n**Open** it | a \\| b",
    "|Action|Owner|\n|-|-|\n|__Open__ it|a \\| b|",
]


@pytest.mark.parametrize("text", TABLES)
def test_pipe_tables_with_and_without_outer_bars(text: str) -> None:
    head, rule, row = blocks(text)
    assert [cell.text for cell in head.cells] == ["Action", "Owner"]
    assert rule.kind is BlockKind.RULE
    assert [cell.text for cell in row.cells] == ["Open it", "a | b"]


def test_a_cell_keeps_its_paragraphs_and_says_what_is_bold() -> None:
    _, _, row = blocks("| a | b |\n|---|---|\n| one<br>*two* | **all** |")
    assert row.cells[0].paragraphs == ("one", "two")
    assert row.cells[1].tags == {"b"}


def test_a_table_ends_where_a_line_has_no_bar() -> None:
    kinds = [block.kind for block in blocks("a | b\n--|--\nc | d\ntext after")]
    assert kinds == [BlockKind.TABLE_ROW, BlockKind.RULE, BlockKind.TABLE_ROW, BlockKind.PARAGRAPH]


def test_front_matter_is_what_the_file_says_of_itself() -> None:
    document = parse_markdown(b'---\ntitle: "Our plan"\nDate: 2017-04-01\nnested:\n  - x\n---\n# Plan\n', "plan.md")
    assert document.properties == {"title": "Our plan", "date": "2017-04-01"}
    assert document.format is Format.MARKDOWN
    assert [block.text for block in document.blocks if block.text] == ["Plan"]
    assert document.blocks[6].origin.line == 7


WORDS = [
    ("*by* **June** ***2017***", "by June 2017"),
    ("snake_case_name and 5 * 3 * 2", "snake_case_name and 5 * 3 * 2"),
    ("[the plan](https://example.org/a_(b)) ![a chart](c.png)", "the plan a chart"),
    ("[the plan][1] `code` ``a ` b``", "the plan code a ` b"),
    ("<https://example.org> R&amp;D \\*", "https://example.org R&D *"),
    ("~~old~~ new", "old new"),
]


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_marks_inside_a_line_go(text: str, words: str) -> None:
    assert plain(text) == words
