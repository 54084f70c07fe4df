"""Pages of a PDF file → items in the order of reading: by the tags where they are sound, by the layout elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from trigpoint.documents.readers.pdf.page import RawPage
from trigpoint.documents.readers.pdf.page_furniture import furniture
from trigpoint.documents.readers.pdf.page_grid import Grid
from trigpoint.documents.readers.pdf.page_items import Item, TableItem
from trigpoint.documents.readers.pdf.page_joins import joined_items
from trigpoint.documents.readers.pdf.page_layout import grids_of, outside, page_items
from trigpoint.documents.readers.pdf.page_lines import Line, Setting, usual_pitch
from trigpoint.documents.readers.pdf.tagged import tagged_items
from trigpoint.documents.readers.pdf.tags import Tag, merged
from trigpoint.documents.readers.pdf.words import Word

TAGGED = 0.97  # of the words of a page that are no furniture must be tagged
TABLED = 0.5  # of the words of a ruled table must be tagged as a table's
FEWEST_CELLS = 4


def items_of(pages: Sequence[RawPage]) -> tuple[list[Item], dict[str, str]]:
    """All texts and tables, and the running header and footer."""
    setting = _setting(pages)
    grids = {page.seen.number: grids_of(page.seen) for page in pages}
    lines = {page.seen.number: outside(page.seen, grids[page.seen.number]) for page in pages}
    running, words = furniture({page.seen.number: (lines[page.seen.number], page.seen.height) for page in pages})
    kept = {
        number: [line for index, line in enumerate(found) if index not in running.get(number, ())]
        for number, found in lines.items()
    }
    sound = {page.seen.number for page in pages if _is_sound(page, grids[page.seen.number], kept[page.seen.number])}
    found = _tagged(pages, sound, setting, grids)
    for page in pages:
        number = page.seen.number
        if number not in sound:
            found += page_items(page.seen, grids[number], kept[number], setting)
    found.sort(key=_first_page)
    return joined_items(found, setting), words


def _setting(pages: Sequence[RawPage]) -> Setting:
    """How the document is set, from its lines as they were written."""
    lines: list[list[str]] = [[]]
    steps: list[float] = []
    for page in pages:
        last: Word | None = None
        for word in page.seen.words:
            if last is None or word.base != last.base or word.x0 < last.x0 or word.x0 - last.x1 > last.size:
                lines.append([])
                if last is not None and last.style.turns == word.style.turns and last.size == word.size:
                    steps.append((word.base - last.base) / word.size)
            lines[-1].append(word.text)
            last = word
    return Setting(lines, usual_pitch(steps))


def _first_page(item: Item) -> int:
    return item.pages[0] if isinstance(item, TableItem) else item.page


def _tagged(
    pages: Sequence[RawPage], sound: set[int], setting: Setting, grids: Mapping[int, Sequence[Grid]]
) -> list[Item]:
    marked: dict[tuple[int, int], list[Word]] = defaultdict(list)
    trees = []
    for page in pages:
        number = page.seen.number
        if number in sound and page.tags is not None:
            trees.append((number, page.tags))
            for word in page.seen.words:
                if word.style.mcid >= 0:
                    marked[number, word.style.mcid].append(word)
    return tagged_items(merged(trees), marked, setting, grids) if trees else []


def _is_sound(page: RawPage, grids: Sequence[Grid], lines: Sequence[Line]) -> bool:
    """Whether the tags of a page cover its words, and call a table what is ruled as one."""
    if page.tags is None:
        return False
    known = set(page.tags.marked())
    words = [word for line in lines for word in line.words] + [
        word for grid in grids for cell in grid.cells for word in cell.words
    ]
    proper = [word for word in words if not word.style.artifact]
    tagged = sum(word.style.mcid in known for word in proper)
    if not proper or tagged < TAGGED * len(proper):
        return False
    tabled = {marked for table in _tables(page.tags) for marked in table.marked()}
    for grid in grids:
        inside = [word for cell in grid.cells for word in cell.words if not word.style.artifact]
        if len(grid.filled) >= FEWEST_CELLS and sum(word.style.mcid in tabled for word in inside) < TABLED * len(
            inside
        ):
            return False
    return True


def _tables(root: Tag) -> list[Tag]:
    found: list[Tag] = []
    stack = [root]
    while stack:
        tag = stack.pop()
        if tag.kind == "Table":
            found.append(tag)
        else:
            stack.extend(one for one in tag.inside if isinstance(one, Tag))
    return found
