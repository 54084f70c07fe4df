"""What must hold for every Word file: refused or read whole, every word once, comments where they belong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from itertools import count
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from trigpoint.checks.finding import Finding, Severity
from trigpoint.documents.markup import pieces, tags
from trigpoint.documents.readers.package import local_name
from trigpoint.documents.readers.word.document import parse_word
from trigpoint.documents.readers.word.file import open_word, read_word
from trigpoint.documents.readers.word.remarks import own_comments
from trigpoint.errors import InputError
from trigpoint.plans.document import BlockKind, Document
from trigpoint.reports.annotations.word import annotate_word
from word_files import (
    HEADINGS,
    bold,
    box,
    changed,
    field,
    level,
    listed,
    numbering,
    p,
    r,
    styled,
    tbl,
    tc,
    tr,
    word_file,
)

ON = date(2026, 6, 1)
LISTS = numbering(level(0, "decimal", "%1."), level(1, "bullet", "•"))
WORDS = re.compile(r"w\d+x")

# A document is drawn as a shape of lists; its words are then counted out, so that each is there once.
RUNS = st.lists(st.sampled_from("plain bold tab break insert delete hidden field link".split()), max_size=4)  # noqa: SIM905
PARAGRAPH = st.tuples(st.sampled_from("p heading item bullet".split()), RUNS)  # noqa: SIM905


def _tables(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    cell = st.tuples(st.lists(inner, max_size=2), st.integers(1, 3), st.sampled_from(["", "restart", "continue"]))
    return st.tuples(st.just("table"), st.lists(st.lists(cell, max_size=3), max_size=3))


def _boxes(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.tuples(st.just("box"), st.lists(inner, max_size=2))


ITEM = st.recursive(PARAGRAPH, lambda inner: st.one_of(_tables(inner), _boxes(inner)), max_leaves=12)
SHAPE = st.lists(ITEM, min_size=1, max_size=6)


class Made:
    """Makes the XML of a shape; ``printed`` are the words that must be read, ``silent`` those that must not."""

    def __init__(self) -> None:
        self.printed: list[str] = []
        self.silent: list[str] = []
        self._numbers = count()

    def word(self, *, silent: bool = False) -> str:
        made = f"w{next(self._numbers)}x"
        (self.silent if silent else self.printed).append(made)
        return made

    def body(self, items: list[object]) -> str:
        return "".join(self.item(item) for item in items)

    def item(self, item: object) -> str:
        kind, inside = item
        if kind == "table":
            return tbl(*(self.row(row) for row in inside))
        if kind == "box":
            return p(box(self.body(inside) or p()))
        runs = [self.run(each) for each in inside]
        if kind == "heading":
            return styled("Heading1", self.word()).replace("</w:p>", "".join(runs) + "</w:p>")
        if kind in ("item", "bullet"):
            return listed(self.word(), level=kind == "bullet").replace("</w:p>", "".join(runs) + "</w:p>")
        return p(*runs)

    def row(self, cells: list[tuple[list[object], int, str]]) -> str:
        # Only a cell that goes on from one above is covered; whether there is one is left to the reader, so such
        # cells stay empty here.
        return tr(*(tc("" if merge == "continue" else self.body(items) + p(), span=span, merge=merge)
                    for items, span, merge in cells))  # fmt: skip

    def run(self, kind: str) -> str:
        simple: dict[str, Callable[[], str]] = {
            "plain": lambda: r(f" {self.word()} "),
            "bold": lambda: bold(f" {self.word()}"),
            "tab": lambda: "<w:r><w:tab/></w:r>",
            "break": lambda: "<w:r><w:br/></w:r>",
            "insert": lambda: changed("ins", f" {self.word()} "),
            "delete": lambda: changed("del", f" {self.word(silent=True)} "),
            "hidden": lambda: r(f" {self.word(silent=True)} ", "<w:vanish/>"),
            "field": lambda: field(f" {self.word(silent=True)} ", f" {self.word()} "),
            "link": lambda: f"<w:hyperlink>{r(f' {self.word()} ')}</w:hyperlink>",
        }
        return simple[kind]()


def whole(document: Document) -> None:
    """The promises of a ``Document`` that Word files must keep."""
    width = 0
    for at, block in enumerate(document.blocks, 1):
        assert block.origin.line == at
        assert bool(block.cells) == (block.kind is BlockKind.TABLE_ROW)
        above = document.blocks[at - 2] if at > 1 else None
        goes_on = above is not None and above.cells and above.origin.table == block.origin.table
        if block.cells:
            assert not (above is not None and above.cells) or goes_on, "tables that touch are parted by a blank"
            assert not goes_on or len(block.cells) == width
            width = len(block.cells)
        for column, cell in enumerate(block.cells, 1):
            assert (cell.origin.line, cell.origin.column, cell.origin.table) == (at, column, block.origin.table)
            assert cell.paragraphs == tuple(piece.text for piece in pieces(cell.raw))
            assert cell.tags == tags(cell.raw)
            assert not (cell.covered and cell.paragraphs)
    assert all(1 <= (remark.origin.line or 1) <= len(document.blocks) for remark in document.remarks)


@settings(deadline=None, max_examples=60)
@given(shape=SHAPE)
def test_every_word_is_read_once_and_none_that_is_not_printed(shape: list[object]) -> None:
    made = Made()
    data = word_file(made.body(shape), styles=HEADINGS, numbering=LISTS)
    try:
        document = parse_word(data, "plan.docx")
    except InputError:
        assert made.printed == []
        return
    whole(document)
    read = Counter(document.words.split())
    assert {word: read[word] for word in made.printed} == dict.fromkeys(made.printed, 1)
    assert not set(made.silent) & set(read)
    told = " ".join(remark.words for remark in document.remarks)
    changed_ = [word for word in made.silent if word not in told.split()]
    assert len(changed_) <= shape_fields(shape), "only instructions of fields go untold"


def shape_fields(shape: object) -> int:
    """How many fields a shape has."""
    if isinstance(shape, str):
        return shape == "field"
    return sum(map(shape_fields, shape)) if isinstance(shape, (list, tuple)) else 0


@settings(deadline=None, max_examples=40)
@given(shape=SHAPE, seed=st.integers(0, 2**32))
def test_a_comment_hangs_on_the_words_that_were_quoted_and_changes_nothing_else(shape: list[object], seed: int) -> None:
    made = Made()
    data = word_file(made.body(shape), styles=HEADINGS, numbering=LISTS)
    if not made.printed:
        return
    before = parse_word(data, "plan.docx")
    random = Random(seed)
    texts = [(block.origin.line, cell.text) for block in before.blocks for cell in block.cells or (Whole(block.text),)]
    texts = [(line, " ".join(text.split())) for line, text in texts if text.strip(" 0123456789.")]
    findings = []
    for number in range(4):
        line, text = random.choice(texts)
        words = text.split()
        start = random.randrange(len(words))
        quoted = " ".join(words[start : random.randrange(start, len(words)) + 1])
        findings.append(Finding(f"RULE_{number}", Severity.INFO, "Mend it.", line, quoted))
    done = annotate_word(data, "plan.docx", findings, on=ON)
    after = parse_word(done, "plan.docx")
    assert (after.blocks, after.remarks, after.properties) == (before.blocks, before.remarks, before.properties)
    again = annotate_word(done, "plan.docx", findings, on=ON)
    assert parse_word(again, "plan.docx").blocks == before.blocks
    file = open_word(done, "plan.docx")
    said = own_comments(file.part("comments"), read_word(file, "plan.docx").course)
    hung = {text.split(":")[0]: words for text, _, words in said}
    in_box = "txbxContent" in {local_name(each) for each in file.root.iter()}
    for finding in findings:
        quoted_words = WORDS.findall(finding.fragment)
        if quoted_words and not in_box:  # Word allows no comments in text boxes: they hang on the box
            assert WORDS.findall(hung[f"Remark {finding.rule}"]) == quoted_words


class Whole:
    """The words of a block as if it were a cell."""

    def __init__(self, text: str) -> None:
        self.text = text


SAMPLE = (
    styled("Heading1", "Our plan") + p("We ", changed("ins", "will "), bold("agree"), field("DATE", "it")) + listed("a")
    + p(box(p("boxed"), tbl(tr("x", "y"))))
    + tbl(tr(tc("Aim", span=2), "By"), tr(tc("Less waiting", merge="restart"), "Ward", "June"),
          tr(tc(merge="continue"), tc("Open", tbl(tr("1", "2"), tr("3", "4"))), changed("del", r("July"))))
)  # fmt: skip


@settings(deadline=None, max_examples=80)
@given(seed=st.integers(0, 2**32), changes=st.integers(1, 12))
def test_xml_in_any_disorder_is_read_or_refused(seed: int, changes: int) -> None:
    data = word_file(SAMPLE, styles=HEADINGS, numbering=LISTS)
    root = open_word(data, "plan.docx").root
    random = Random(seed)
    for _ in range(changes):
        _disturb(root, random)
    odd = word_file("", styles=HEADINGS, numbering=LISTS, parts={"word/document.xml": etree.tostring(root)})
    try:
        document = parse_word(odd, "plan.docx")
    except InputError:
        return
    whole(document)
    line = random.randrange(len(document.blocks)) + 1
    finding = Finding("RULE", Severity.INFO, "Mend it.", line, document.lines[line - 1][:20])
    done = annotate_word(odd, "plan.docx", [finding], on=ON)
    assert parse_word(done, "plan.docx").blocks == document.blocks


def _disturb(root: etree._Element, random: Random) -> None:
    """Remove, double, move or rename an element, or spoil an attribute."""
    nodes = [each for each in root.iter() if each is not root]
    if not nodes:
        return
    node, other = random.choice(nodes), random.choice(nodes)
    parent = node.getparent()
    what = random.randrange(5)
    if what == 0:
        parent.remove(node)
    elif what == 1:
        parent.append(deepcopy(node))
    elif what == 2 and node not in list(other.iterancestors()) and node is not other:
        other.append(node)
    elif what == 3:
        node.tag = other.tag
    elif node.attrib:
        name = random.choice(list(node.attrib))
        node.set(name, random.choice(["", "-1", "0", "1", "99999999999", "x", "restart", "Heading1"]))


@settings(deadline=None, max_examples=80)
@given(data=st.data())
def test_bytes_in_any_disorder_are_read_or_refused(data: st.DataObject) -> None:
    spoilt = bytearray(word_file(SAMPLE, styles=HEADINGS, numbering=LISTS))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(spoilt) - 1))
        if data.draw(st.booleans()):
            spoilt[at] = data.draw(st.integers(0, 255))
        else:
            del spoilt[at : at + data.draw(st.integers(1, 64))]
        if not spoilt:
            break
    try:
        whole(parse_word(bytes(spoilt), "plan.docx"))
    except InputError:
        return


def test_the_sample_that_is_spoilt_is_itself_read() -> None:
    document = parse_word(word_file(SAMPLE, styles=HEADINGS, numbering=LISTS), "plan.docx")
    whole(document)
    assert len(document.blocks) > 8
