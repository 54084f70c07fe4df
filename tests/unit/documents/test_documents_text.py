"""Bytes to lines: encodings, what each line looks like, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from trigpoint.documents import read_document
from trigpoint.documents.readers.limits import MAXIMUM_LINE, MAXIMUM_TEXT_BYTES
from trigpoint.documents.readers.text import parse_text
from trigpoint.errors import InputError
from trigpoint.plans.document import BlockKind


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_usual_encodings_are_read(encoding: str) -> None:
    document = parse_text("Cost – £5m “agreed”\nnext".encode(encoding), "plan.txt")
    assert document.lines == ("Cost – £5m “agreed”", "next")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_counts_one_line(end: str) -> None:
    document = parse_text(f"one{end}{end}three{end}".encode(), "plan.txt")
    assert [block.origin.line for block in document.blocks] == [1, 2, 3]
    assert document.lines == ("one", "", "three")


def test_only_line_ends_end_lines() -> None:
    assert len(parse_text("a\x0cb\u2028c\x85d\x0be".encode(), "plan.txt").blocks) == 1


def test_control_characters_are_dropped() -> None:
    text = "Plan " * 60 + "a\x07b"
    assert parse_text(text.encode(), "plan.txt").lines[0].endswith("ab")


REFUSED = [
    (b"", "empty"),
    (b"  \n\t\n", "empty"),
    (b"plan\x00text", "not text"),
    (bytes(range(256)), "not text"),
    (b"\x81\x8d\x8f\x90\x9d", "not text"),
    (b"\x01\x02\x03abc", "not text"),
]


@pytest.mark.parametrize(("data", "said"), REFUSED)
def test_what_is_no_text_is_refused_in_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_text(data, "plan.txt")
    message = str(refused.value)
    assert said in message
    assert message.startswith("plan.txt")
    assert ";" in message, "there is a remedy"
    assert message.endswith(".")
    assert "\n" not in message


def test_the_size_limit_is_stated_and_kept(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="larger than 20 MB"):
        parse_text(b"a" * (MAXIMUM_TEXT_BYTES + 1), "plan.txt")
    big = tmp_path / "big.txt"
    with big.open("wb") as stream:
        stream.truncate(MAXIMUM_TEXT_BYTES + 1)
    with pytest.raises(InputError, match="larger than 20 MB"):
        read_document(big)


def test_an_endless_line_is_refused_with_its_number() -> None:
    with pytest.raises(InputError, match="line 2"):
        parse_text(b"Plan\n" + b"a" * (MAXIMUM_LINE + 1), "plan.txt")


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_document(tmp_path / "missing.txt")
    with pytest.raises(InputError, match="folder"):
        read_document(tmp_path)
    with pytest.raises(InputError, match="cannot be"):
        read_document("bad\x00name")


LINES = [
    ("", BlockKind.BLANK, "", ""),
    ("   ", BlockKind.BLANK, "", ""),
    ("---", BlockKind.RULE, "", ""),
    ("--\t---\t--", BlockKind.RULE, "", ""),
    ("|---|:--|", BlockKind.RULE, "", ""),
    ("# Transform", BlockKind.HEADING, "Transform", "#"),
    ("**Our plan**", BlockKind.HEADING, "Our plan", "**"),
    ("a) System Challenges", BlockKind.HEADING, "System Challenges", "a)"),
    ("- a growing demand;", BlockKind.LIST_ITEM, "a growing demand;", "-"),
    ("• a growing demand", BlockKind.LIST_ITEM, "a growing demand", "•"),
    (
        "iv) **Risks** – many of them, and more to come.",
        BlockKind.LIST_ITEM,
        "Risks – many of them, and more to come.",
        "iv)",
    ),
    ("We will **act** &amp; tell.", BlockKind.PARAGRAPH, "We will act & tell.", ""),
    ("a\tb", BlockKind.TABLE_ROW, "a\tb", ""),
    ("| a | b\\|c |", BlockKind.TABLE_ROW, "a\tb\\|c", ""),
]


@pytest.mark.parametrize(("line", "kind", "text", "marker"), LINES)
def test_what_a_line_looks_like(line: str, kind: BlockKind, text: str, marker: str) -> None:
    block = parse_text(f"x\n{line}\ny".encode(), "plan.txt").blocks[1]
    assert (block.kind, block.text, block.marker, block.raw) == (kind, text, marker, line)


def test_cells_keep_raw_words_paragraphs_tags_and_place() -> None:
    (block,) = parse_text(b"a\t<p>One &amp; two</p><ul><li>three</li></ul>", "plan.txt").blocks
    cell = block.cells[1]
    assert cell.paragraphs == ("One & two", "three")
    assert cell.tags == {"p", "ul", "li"}
    assert cell.raw == "<p>One &amp; two</p><ul><li>three</li></ul>"
    assert (cell.origin.line, cell.origin.column) == (1, 2)
