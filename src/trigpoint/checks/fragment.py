"""The words around a place in a text, so that a finding quotes a clause and not a letter."""

from __future__ import annotations

import re

WORD = re.compile(r"\S+")


def around(text: str, start: int, stop: int, *, before: int = 3, after: int = 4) -> str:
    """The words from ``start`` to ``stop`` with a few before and after, never across a line break.

    >>> around("the plan for 2017/18 and 2017/18 is agreed", 13, 32, before=2, after=1)
    'plan for 2017/18 and 2017/18 is'
    """
    left = text.rfind("\n", 0, start) + 1
    right = text.find("\n", stop)
    right = len(text) if right < 0 else right
    lead = text[max(left, start - 16 * (before + 1)) : start]
    if not lead.endswith((" ", "\t")) and lead:
        before += 1
    kept = [match.start() for match in WORD.finditer(lead)][-before:] if before else []
    begin = start - len(lead) + kept[0] if kept else start
    tail = text[stop : min(right, stop + 16 * (after + 1))]
    if tail and not tail[0].isspace():
        after += 1
    ends = [match.end() for match in WORD.finditer(tail)][:after]
    return text[begin : stop + (ends[-1] if ends else 0)]


def opening(text: str, words: int = 10) -> str:
    """The first words of a text.

    >>> opening("Deliver the plan, all of it, in time and in full", 3)
    'Deliver the plan,'
    """
    spans = [match.end() for match in WORD.finditer(text[: 24 * words])][:words]
    return text[: spans[-1]].lstrip() if spans else ""


def closing(text: str, words: int = 10) -> str:
    """The last words of a text.

    >>> closing("Deliver the plan, all of it, in time and in full", 3)
    'and in full'
    """
    return " ".join(text[-24 * words :].split()[-words:])


def sentences(text: str) -> tuple[tuple[int, str], ...]:
    """The sentences of a text with their offsets; a full stop inside a number or abbreviation does not end one.

    >>> sentences("Grew by 1.5% in May. It fell.")
    ((0, 'Grew by 1.5% in May.'), (20, ' It fell.'))
    """
    found = []
    start = 0
    for match in re.finditer(r"[.!?](?=\s+[\"“‘'(]*[A-Z0-9])|\n", text):
        if text[max(0, match.start() - 4) : match.end()].lower().endswith(("e.g.", "i.e.", "etc.", " no.", " dr.")):
            continue
        found.append((start, text[start : match.end()]))
        start = match.end()
    if text[start:].strip():
        found.append((start, text[start:]))
    return tuple(item for item in found if item[1].strip())
