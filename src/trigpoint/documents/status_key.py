"""A document's own key to its colours: what it says that green, amber, red and blue mean goes before the data pack."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set

from trigpoint.documents.runs import Run
from trigpoint.documents.statuses import meaning, plain, status_words
from trigpoint.plans.document import BlockKind, Document
from trigpoint.plans.model import Progress

FEWEST = 2
LONGEST = 400
LONGEST_ROW = 120
MOST_WORDS = 8


def status_key(document: Document, runs: tuple[Run, ...], taken: Set[int]) -> Mapping[str, Progress]:
    """What each colour means by the document's own key; empty where it prints none for two colours at least.

    ``taken`` are the lines of the plan's rows, which hold statuses and no key.
    """
    found: dict[str, Progress] = {}
    for said in (*(_rows(run, taken) for run in runs), _sentences(document)):
        told = {colour: progress for colour, words in said if (progress := told_by(words)) is not None}
        if len(told) >= FEWEST:
            for colour, progress in told.items():
                found.setdefault(colour, progress)
    return {**found, **{colour[0]: progress for colour, progress in found.items() if colour in INITIALS}}


INITIALS = ("blue", "green", "amber", "red")


def told_by(words: str) -> Progress | None:
    """What an explanation says of progress, by its first words: "Not on track to deliver" is off track.

    >>> told_by("On track to deliver by the agreed date"), told_by("see note")
    (<Progress.ON_TRACK: 'on track'>, None)
    """
    whole = meaning(words)
    if whole is not None:
        return whole
    parts = plain(words).split()
    for length in range(min(len(parts), MOST_WORDS), 0, -1):
        told = meaning(" ".join(parts[:length]))
        if told is not None:
            return told
    return None


def _colours() -> tuple[str, ...]:
    return tuple(status_words("colours")["words"])


def _rows(run: Run, taken: Set[int]) -> list[tuple[str, str]]:
    """Rows of two cells, a colour and its meaning, in either order."""
    said = []
    for at in range(len(run.rows)):
        texts = [cell.text for cell in run.words(at)]
        if len(texts) == FEWEST and run.line(at) not in taken and max(map(len, texts)) <= LONGEST_ROW:
            colour, words = texts if plain(texts[0]) in _colours() else reversed(texts)
            if plain(colour) in _colours():
                said.append((plain(colour), words))
    return said


def _sentences(document: Document) -> list[tuple[str, str]]:
    """ "Green = on track; amber – at risk" in one line, or on lines of their own."""
    pattern = re.compile(rf"\b({'|'.join(_colours())})\b\s*(?:=|:|–|-|means|indicates)\s*([^;|,.\n]+)", re.IGNORECASE)
    return [(found[1].lower(), found[2]) for text in _lines(document) for found in pattern.finditer(text)]


def _lines(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if block.kind is not BlockKind.TABLE_ROW and len(block.text) <= LONGEST:
            yield block.text
