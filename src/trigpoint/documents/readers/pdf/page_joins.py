"""What a page break cut → joined again: tables with their headings repeated, rows, and sentences.

Every rule asks for a sign on the page; where there is none, the two parts stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from trigpoint.documents.markup import Piece
from trigpoint.documents.readers.pdf.page_items import Item, TableItem, TextItem, words_of
from trigpoint.documents.readers.pdf.page_lines import Setting
from trigpoint.documents.readers.pdf.page_rows import Placed

MOST_HEADINGS = 4
LOOKED_BACK = 200  # cells or rows
ALIKE = 5.0  # points: how much the edges of a column may differ from page to page
OPEN_ENDS = (",", "-", "–", "/", "&", "(")
ENDS = (".", "!", "?", ":", ";", ")", "”", '"')
LOWEST = 1.8  # lines: what the words of a cell that a page break cuts may stop before the lowest of its row
FILLED = 0.8  # of the rows of a table have words in the column that names them


def joined_items(items: Iterable[Item], setting: Setting) -> list[Item]:
    """Texts and tables in reading order, those that the next page carries on made one."""
    found: list[Item] = []
    for item in items:
        last = found[-1] if found else None
        if isinstance(last, TableItem) and isinstance(item, TableItem) and _carries_on(last, item):
            _append(last, item, setting)
        elif isinstance(last, TextItem) and isinstance(item, TextItem) and _runs_on(last, item):
            last.text = setting.join(last.text, item.text)
            last.raw = setting.join(last.raw, item.raw)
            last.room, last.until = item.room, item.page
        else:
            found.append(item)
    return found


def _runs_on(last: TextItem, item: TextItem) -> bool:
    """Whether a paragraph goes on with the one that the page before it ends with."""
    return (
        item.page == last.last_page + 1
        and not (last.room or last.heading or item.heading or item.marker)
        and abs(last.size - item.size) < 0.5
        and not last.text.endswith(ENDS)
        and item.text[:1].islower()
    )


def _carries_on(above: TableItem, below: TableItem) -> bool:
    """Whether a table goes on with the one that the page before it ends with."""
    if below.pages[0] != above.pages[-1] + 1 or above.width != below.width:
        return False
    if _repeated(above, below):
        return True
    return _alike(above.edges, below.edges) and below.headings == 0


def _alike(one: Sequence[float], two: Sequence[float]) -> bool:
    return len(one) == len(two) > 0 and all(abs(a - b) <= ALIKE for a, b in zip(one, two, strict=True))


def _repeated(above: TableItem, below: TableItem) -> int:
    """How many heading rows at the top of a table repeat those of the table above."""
    rows = 0
    for row in range(min(_heading_rows(above, below), above.height, below.height)):
        if not any(above.rows[row]) or above.rows[row] != below.rows[row]:
            break
        rows += 1
    return rows


def _heading_rows(above: TableItem, below: TableItem) -> int:
    """How many rows may be headings: those known to be, and those that merged cells of the first row reach to."""
    first = [cell for cell in below.cells if cell.row == 0]
    merged = max((cell.row_span + (cell.column_span > 1) for cell in first), default=1)
    return min(max(above.headings, below.headings, merged), MOST_HEADINGS)


def _append(above: TableItem, below: TableItem, setting: Setting) -> None:
    """Put the rows of a table under those of the one above: headings once, a cut row as one."""
    skipped = _repeated(above, below)
    headings = max(skipped, above.headings, 1)
    while skipped < below.height and not any(below.rows[skipped]):
        skipped += 1  # the rest of a row whose words all stand on the page before
    cells = [cell for cell in below.cells if cell.row >= skipped]
    if not cells:
        return
    cut = _is_cut(above, below, skipped, headings)
    start = above.height - skipped - cut
    last = above.height - 1
    for cell in cells:
        if cut and cell.row == skipped:
            _continue(above, cell, last, setting)
        else:
            above.cells.append(replace(cell, row=cell.row + start))
    above.rows.extend(below.rows[skipped + cut :])
    above.pages.extend(below.pages[skipped + cut :])
    above.ends = below.ends


def _is_cut(above: TableItem, below: TableItem, row: int, headings: int) -> bool:
    """Whether a row goes on with the last one above.

    It has no words in a column that nearly all rows above fill, and all that it has stands under words that are not
    ended, or it has no name of its own; or most of its cells begin in mid-sentence.
    """
    last, texts = above.rows[-1], below.rows[row]
    pairs = [(text, over) for text, over in zip(texts, last, strict=True) if text]
    if above.height <= headings or not all(over for _, over in pairs):
        return False
    if any(text and end > LOWEST for text, end in zip(texts, above.ends, strict=False)):
        return False  # a cell that goes on has been filled to its last line
    begun = sum(text[0].islower() and not over.endswith(ENDS) for text, over in pairs)
    if begun * 2 > len(pairs):
        return True
    usual = _usual(above, headings)
    missing = [column for column in usual if not texts[column]]
    if not missing or any(cell.column == 0 and cell.row_span > 1 for cell in above.cells[-LOOKED_BACK:]):
        return False
    goes_on = not any(over.endswith(ENDS) or text[0].isdigit() for text, over in pairs)
    return begun > 0 or missing[0] == 0 or (goes_on and len(missing) * 2 >= len(usual))


def _usual(table: TableItem, headings: int) -> list[int]:
    """The columns that nearly all rows fill, as the last of them show."""
    rows = table.rows[headings:][-LOOKED_BACK:]
    return [at for at in range(table.width) if sum(bool(row[at]) for row in rows) >= FILLED * len(rows)]


def _continue(above: TableItem, cell: Placed, row: int, setting: Setting) -> None:
    """The rest of a cell after what the page before has of it."""
    if not cell.pieces:
        return
    for index in range(len(above.cells) - 1, -1, -1):
        over = above.cells[index]
        if over.column == cell.column and over.row <= row < over.row + over.row_span:
            whole = replace(over, pieces=_run_together(over.pieces, cell.pieces, setting))
            above.cells[index] = whole
            above.rows[over.row][over.column] = words_of(whole)
            return


def _run_together(first: tuple[Piece, ...], then: tuple[Piece, ...], setting: Setting) -> tuple[Piece, ...]:
    """The paragraphs of both, the last and the first as one where a sentence goes on."""
    if not first or not then:
        return first + then
    ended = first[-1].text.endswith(ENDS) or (then[0].text[:1].isupper() and not first[-1].text.endswith(OPEN_ENDS))
    begun = then[0].text[:1].islower() or not ended
    if begun and not then[0].listed:
        return (*first[:-1], Piece(setting.join(first[-1].text, then[0].text), first[-1].listed), *then[1:])
    return first + then
