"""The blocks of a page or web page as they are read, each given its line; remarks stand at the block that follows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from trigpoint.documents.readers.limits import MAXIMUM_CELLS, MAXIMUM_LINE, MAXIMUM_ROWS
from trigpoint.errors import InputError, Where
from trigpoint.plans.document import Block, BlockKind, Origin, Remark, RemarkKind


@dataclass(slots=True)
class BlockList:
    """Blocks in reading order. ``InputError`` where there are too many, or where one is too long."""

    where: Where
    blocks: list[Block] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    _cells: int = 0

    @property
    def line(self) -> int:
        """The line that the next block will have."""
        return len(self.blocks) + 1

    def extend(self, blocks: Iterable[Block]) -> None:
        """Add blocks, a blank one between two tables that touch."""
        for block in blocks:
            if self.blocks and _touch(self.blocks[-1], block):
                self.blocks.append(Block(BlockKind.BLANK, "", Origin(line=self.line, page=block.origin.page)))
            self.blocks.append(self._placed(block))

    def remark(self, kind: RemarkKind, text: str, words: str = "", page: int | None = None, author: str = "") -> None:
        """Add a remark on what stands where the next block will."""
        self.remarks.append(Remark(kind, text, Origin(line=self.line, page=page), words, author))

    def settled_remarks(self) -> tuple[Remark, ...]:
        """All remarks in reading order; those on a page stand at its first block, those after the last block at it."""
        pages = [block.origin.page or 0 for block in self.blocks]
        last = len(self.blocks)
        found = []
        for one in self.remarks:
            line = bisect_left(pages, one.origin.page) + 1 if one.origin.page else one.origin.line or 1
            found.append(replace(one, origin=replace(one.origin, line=min(line, last))))
        return tuple(sorted(found, key=lambda one: one.origin.line or 0))

    def _placed(self, block: Block) -> Block:
        line = self.line
        self._cells += len(block.cells)
        if line > MAXIMUM_ROWS or self._cells > MAXIMUM_CELLS:
            what = f"the document has more than {MAXIMUM_ROWS:,} paragraphs and rows or {MAXIMUM_CELLS:,} cells"
            raise InputError(what, where=self.where, remedy="split the document")
        if len(block.text) > MAXIMUM_LINE and any(len(text) > MAXIMUM_LINE for text in _texts(block)):
            what = f"a paragraph or cell is longer than {MAXIMUM_LINE:,} characters"
            raise InputError(what, where=self.where, remedy="split it into paragraphs")
        cells = tuple(replace(cell, origin=replace(cell.origin, line=line)) for cell in block.cells)
        return replace(block, origin=replace(block.origin, line=line), cells=cells)


def _touch(above: Block, block: Block) -> bool:
    rows = above.kind is BlockKind.TABLE_ROW and block.kind is BlockKind.TABLE_ROW
    return rows and above.origin.table != block.origin.table


def _texts(block: Block) -> list[str]:
    return [cell.text for cell in block.cells] if block.cells else [block.text]
