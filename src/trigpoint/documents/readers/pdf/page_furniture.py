"""Running headers, footers and page numbers: what stands at one height of many pages with nearly the same words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from trigpoint.documents.readers.pdf.page_lines import Line

EDGE = 0.14  # of the height of a page: how far from its upper and lower edge they may stand
MOST_LINES = 4  # at each edge
LIKE = 6.0  # points: how much their height may differ from page to page
SHARE = 0.3  # of the pages: what repeats on fewer is no furniture (headers of left and right pages alternate)
FEWEST_PAGES = 3
NUMBER = re.compile(r"\d+|\b[ivxl]+\b")
PAGE_NUMBER = re.compile(r"(?:page|p\.?|slide)?\s*[-–|]?\s*\d{1,4}\s*(?:(?:of|/)\s*\d{1,4})?\s*[-–|]?", re.IGNORECASE)

Key = tuple[str, int, bool]


def furniture(pages: Mapping[int, tuple[Sequence[Line], float]]) -> tuple[dict[int, set[int]], dict[str, str]]:
    """Which lines of each page (by their place among its lines) repeat; and the first of them as header and footer.

    ``pages`` has the lines and the height of each page.
    """
    edges = {number: _edges(lines, height) for number, (lines, height) in pages.items()}
    counted = Counter(key for found in edges.values() for key in {key for key, _ in found})
    least = max(FEWEST_PAGES, SHARE * len(pages))
    taken: dict[int, set[int]] = {}
    words: dict[str, list[str]] = {"header": [], "footer": []}
    for number, found in edges.items():
        lines = pages[number][0]
        for key, index in found:
            if _often(key, counted) >= least or _is_page_number(key, lines[index], len(pages)):
                taken.setdefault(number, set()).add(index)
                said = words["header" if key[2] else "footer"]
                if not any(NUMBER.sub("#", one) == key[0] for one in said):
                    said.append(lines[index].text)
    return taken, {name: " | ".join(said) for name, said in words.items() if said}


def _edges(lines: Sequence[Line], height: float) -> list[tuple[Key, int]]:
    """The lines at the upper and lower edge with what they are compared by: words, height, which edge."""
    upper = [index for index, line in enumerate(lines) if line.bottom <= EDGE * height][:MOST_LINES]
    lower = [index for index, line in enumerate(lines) if line.top >= (1 - EDGE) * height][-MOST_LINES:]
    return [
        ((NUMBER.sub("#", lines[index].text), round(lines[index].base / LIKE), above), index)
        for above, indexes in ((True, upper), (False, lower))
        for index in indexes
    ]


def _often(key: Key, counted: Counter[Key]) -> int:
    text, height, above = key
    return sum(counted[text, near, above] for near in (height - 1, height, height + 1))


def _is_page_number(key: Key, line: Line, pages: int) -> bool:
    """Whether a lone line at the edge of one of a few pages is its number."""
    return pages < FEWEST_PAGES and "#" in key[0] and PAGE_NUMBER.fullmatch(line.text) is not None
