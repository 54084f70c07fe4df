"""Every layout of the corpus gives its plan, in every format that can show it."""

from __future__ import annotations

import pytest
from layout_corpus import LAYOUTS, Layout
from layout_rendering import FORMATS, outline

from trigpoint.documents import interpret, parse_document

CASES = [(layout, name) for layout in LAYOUTS for name in layout.formats]


@pytest.mark.parametrize(("layout", "name"), CASES, ids=[f"{name}: {layout.why}" for layout, name in CASES])
def test_a_layout_gives_its_plan(layout: Layout, name: str) -> None:
    render, file = FORMATS[name]
    draft = interpret(parse_document(render(layout.parts), file))
    assert outline(draft) == layout.plan
    told = [note.text for note in draft.notes]
    assert [words for words in layout.notes if not any(words in text for text in told)] == []
    assert (draft.as_at.isoformat() if draft.as_at else "") == layout.as_at
    if layout.title:
        assert draft.plan.title == layout.title
