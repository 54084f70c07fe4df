"""Rows that the end of a page cut in two: the rest of every cell stands at the top of the next page.

A PDF keeps what a page shows, so the row below a page's end may be no row of its own. Two signs are asked for: what is
to be done goes on in mid-sentence, and nothing in the row is new – no number, no status, no cell where the row above
has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from trigpoint.documents.columns import CONTENT, ColumnKind
from trigpoint.documents.events import Event, Row
from trigpoint.documents.words import ended, opens_mid_sentence
from trigpoint.plans.document import Cell, Document

NEW = frozenset((ColumnKind.NUMBER, ColumnKind.STATUS, ColumnKind.COMPLETED, ColumnKind.RATING))


def joined_over_pages(events: Sequence[Event], document: Document) -> tuple[Event, ...]:
    """The events of a document with rows that a page cut put together again."""
    return tuple(_joined(events, document))


def _joined(events: Sequence[Event], document: Document) -> Iterator[Event]:
    above: Event | None = None
    for event in events:
        if isinstance(above, Row) and isinstance(event, Row) and _is_rest(above, event, document):
            above = _whole(above, event)
            continue
        if above is not None:
            yield above
        above = event
    if above is not None:
        yield above


def _is_rest(above: Row, below: Row, document: Document) -> bool:
    """Whether a row is what the page could not hold of the row above."""
    first, second = (document.blocks[row.line - 1].origin.page for row in (above, below))
    if first is None or second != first + 1 or len(above.cells) != len(below.cells):
        return False
    goes_on = False
    for (column, upper), (_, lower) in zip(above.cells, below.cells, strict=True):
        if lower.empty:
            continue
        if upper.empty or column.kind in NEW:
            return False
        goes_on = goes_on or (column.kind in CONTENT and opens_mid_sentence(lower.text) and not ended(upper.text))
    return goes_on


def _whole(above: Row, below: Row) -> Row:
    cells = tuple(
        (column, _with_rest(upper, lower)) for (column, upper), (_, lower) in zip(above.cells, below.cells, strict=True)
    )
    return replace(above, cells=cells, shown=tuple(cell for _, cell in cells), lines=(), moved=above.moved)


def _with_rest(upper: Cell, lower: Cell) -> Cell:
    """A cell with what the next page holds of it: its last paragraph goes on, the others follow."""
    if lower.empty:
        return upper
    *before, last = upper.paragraphs
    first, *after = lower.paragraphs
    return replace(upper, paragraphs=(*before, f"{last} {first}", *after), raw="", tags=upper.tags | lower.tags)
