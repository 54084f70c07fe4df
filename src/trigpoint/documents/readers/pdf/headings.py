"""Items → blocks: which paragraphs are headings, told by their tags, their size against the body, and their weight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from trigpoint.documents.readers.pdf.page_items import Item, TableItem, TextItem
from trigpoint.documents.readers.pdf.page_rows import row_blocks
from trigpoint.documents.readers.text import worded_block
from trigpoint.plans.document import Block, BlockKind, Origin

LARGER = 1.12  # times the size of the body: a heading
LONGEST_HEADING = 160
LONGEST_BOLD = 80
DEEPEST = 6
ENDS = (".", ";", ",")


def blocks_of(items: Sequence[Item]) -> Iterator[Block]:
    """The items as blocks; their lines are given later."""
    body = _body_size(items)
    bold_body = _is_bold(items, body)
    sizes = sorted({round(item.size, 1) for item in items if isinstance(item, TextItem) and _is_larger(item, body)})
    levels = {size: min(rank, DEEPEST) for rank, size in enumerate(reversed(sizes), 1)}
    titles = not levels and not any(item.heading for item in items if isinstance(item, TextItem))
    tables = current = 0
    for item in items:
        if isinstance(item, TableItem):
            tables += 1
            yield from row_blocks(item.cells, item.height, item.width, tables, item.pages)
            continue
        level = item.heading or (levels.get(round(item.size, 1), 0) if _is_larger(item, body) else 0)
        if level:
            current = level
        elif not bold_body and _is_bold_title(item):
            level = min(current + 1, DEEPEST)
        yield _block(item, level, titles=titles, below=current)


def _block(item: TextItem, level: int, *, titles: bool, below: int) -> Block:
    """One block. ``titles``: no heading of the document is told by its looks, so that short numbered texts may be."""
    origin = Origin(page=item.page)
    raw = f"{item.marker} {item.raw or item.text}" if item.marker else item.raw or item.text
    if level:
        return Block(BlockKind.HEADING, item.text, origin, item.marker, level, raw=raw)
    if not item.marker:
        return Block(BlockKind.PARAGRAPH, item.text, origin, raw=raw)
    listed = Block(BlockKind.LIST_ITEM, item.text, origin, item.marker, max(item.level - 1, 0), raw=raw)
    if not titles or item.level > 1:
        return listed
    block = worded_block(f"{item.marker} {item.text}", raw, origin, below + 1)
    return block if block.kind is BlockKind.HEADING else listed


def _body_size(items: Sequence[Item]) -> float:
    """The size that most letters of paragraphs have."""
    sizes: Counter[float] = Counter()
    for item in items:
        if isinstance(item, TextItem):
            sizes[round(item.size, 1)] += len(item.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _is_bold(items: Sequence[Item], body: float) -> bool:
    """Whether most of the body is bold: then weight tells nothing."""
    letters: Counter[bool] = Counter()
    for item in items:
        if isinstance(item, TextItem) and abs(item.size - body) < 0.5:
            letters[item.bold] += len(item.text)
    return letters[True] > letters[False] > 0


def _is_larger(item: TextItem, body: float) -> bool:
    return item.size >= LARGER * body and len(item.text) <= LONGEST_HEADING


def _is_bold_title(item: TextItem) -> bool:
    listed = bool(item.marker) and not item.marker[0].isalnum()
    return item.bold and not listed and len(item.text) <= LONGEST_BOLD and not item.text.endswith(ENDS)
