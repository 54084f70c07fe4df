"""Any document at all gives a draft: merged cells, ragged rows and spans that lie, in any order of blocks."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.characters import without_unprintable
from trigpoint.documents import interpret, to_contract
from trigpoint.plans import read_plan, write_plan
from trigpoint.plans.document import Block, BlockKind, Cell, Document, Format, Origin, Remark, RemarkKind

WORDS = st.sampled_from((
    "Objective", "Priority", "Theme", "Action", "Key deliverables", "Milestone", "Lead", "By when", "Due date",
    "Status", "RAG", "Latest update", "Success measure", "Ref", "Q1", "Q2", "2026/27", "2026/27 Q3 actions", "Risk",
    "Likelihood", "Impact", "Score", "Inherent", "Residual", "Controls", "Owner", "Risk ID", "Objective: Safer care",
    "Lead: Chief Nurse", "Total",
    "1 - Open the ward", "2. Train nurses", "3", "4.5", "Green", "Complete", "r", "4x5=20", "Possible", "March 2027",
    "Director of Care", "Care Board", "-", "RAG key", "Click or tap here to enter text.", "as at March 2026",
    "Strategic objective 1: Care", "by the end of Q3", "Summary", "", "", "",
))  # fmt: skip
TEXTS = st.one_of(WORDS, WORDS, st.text(max_size=20).map(without_unprintable))
SPANS = st.sampled_from((1, 1, 1, 1, 2, 3, 4, 600))


@st.composite
def cells(draw: st.DrawFn) -> Cell:
    covered = draw(st.sampled_from((False, False, False, True)))
    texts = draw(st.lists(TEXTS, max_size=3)) if not covered or draw(st.booleans()) else []
    raw = draw(st.sampled_from(("", "", "<p>", "<ul><li>"))) + "</p><p>".join(texts)
    tags = draw(st.sampled_from((frozenset[str](), frozenset(("b",)), frozenset(("p", "li")))))
    return Cell(tuple(texts), Origin(), raw, tags, draw(SPANS), draw(SPANS), covered)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document of any blocks: no reader would make most of them, and none may stop the interpreter."""
    blocks: list[Block] = []
    sheets = draw(st.sampled_from((("",), ("Sheet1", "Urgent care", "Summary"))))
    for _ in range(draw(st.integers(0, 8))):
        kind = draw(st.sampled_from((BlockKind.TABLE_ROW,) * 4 + tuple(BlockKind)))
        sheet, table = draw(st.sampled_from(sheets)), draw(st.sampled_from((None, 1, 2)))
        for _ in range(draw(st.integers(1, 5)) if kind is BlockKind.TABLE_ROW else 1):
            line = len(blocks) + 1
            origin = Origin(line=line, page=1, sheet=sheet, table=table, row=line)
            row = tuple(draw(st.lists(cells(), max_size=6))) if kind is BlockKind.TABLE_ROW else ()
            text = "\t".join(cell.text for cell in row) if row else draw(TEXTS)
            marker = draw(st.sampled_from(("", "", "1.", "-", "a)")))
            blocks.append(Block(kind, text, origin, marker, draw(st.integers(0, 3)), row, text))
    remarks = (Remark(RemarkKind.HIDDEN, "A sheet is hidden", Origin(sheet="x")),) if draw(st.booleans()) else ()
    properties = draw(st.sampled_from(({}, {"title": "Plan 2026/27", "header": "Fell Trust"})))
    return Document(
        "a", tuple(blocks), draw(st.sampled_from(Format)), remarks, properties, draw(st.sampled_from((1.0, 0.7)))
    )


@settings(max_examples=200, deadline=None)
@given(documents())
def test_any_document_gives_a_draft(document: Document) -> None:
    draft = interpret(document)
    found = to_contract(draft)
    json.dumps(found)
    ids = [
        row.id for row in (*draft.plan.themes, *draft.plan.objectives, *draft.plan.deliverables, *draft.plan.milestones)
    ]
    assert len(ids) == len(set(ids))
    assert {row.item for row in draft.statuses} <= set(ids)
    assert all(row.objective in ids for row in (*draft.plan.deliverables, *draft.plan.milestones))
    for row in (*draft.plan.deliverables, *draft.plan.milestones):
        assert row.text.strip()
        assert 0 <= draft.sources[row.id].sureness <= document.sureness
    for name in ("deliverables", "milestones"):
        assert all(("where" in row) is not document.format.lined for row in found[name])


@settings(max_examples=60, deadline=None)
@given(documents())
def test_whatever_is_read_fits_a_workspace(document: Document) -> None:
    plan = interpret(document).plan
    plan = replace(plan, title=plan.title or "Untitled")
    with tempfile.TemporaryDirectory() as folder:
        write_plan(plan, Path(folder) / "workspace")
        assert read_plan(Path(folder) / "workspace") == plan


@settings(max_examples=100, deadline=None)
@given(documents())
def test_the_same_document_gives_the_same_draft(document: Document) -> None:
    assert to_contract(interpret(document)) == to_contract(interpret(document))
