"""What a paper says of what was left out of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trigpoint.reports.blocks import Block, Heading, Paragraph, Points

MOST_WARNINGS = 30


def left_out(sentences: Iterable[str]) -> Iterator[Block]:
    """A heading and each sentence once, the first thirty of them; nothing where nothing was left out.

    >>> [type(block).__name__ for block in left_out(["spend.csv, line 7: left out."])]
    ['Heading', 'Points']
    """
    found = tuple(dict.fromkeys(sentences))
    if not found:
        return
    yield Heading("What was left out or looks wrong", level=3)
    if len(found) > MOST_WARNINGS:
        yield Paragraph(f"The first {MOST_WARNINGS} of {len(found):,} are shown.")
    yield Points(found[:MOST_WARNINGS])
