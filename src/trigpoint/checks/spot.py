"""The other places where the same stands, named in a message."""

from __future__ import annotations

from collections.abc import Iterable

from trigpoint.checks.subject import Subject
from trigpoint.wording import count

MOST_NAMED = 8


def elsewhere(subject: Subject, first: int | None, lines: Iterable[int | None]) -> str:
    """The other places where the same stands, in brackets after a word: " (also in lines 8 and 12)", or ""."""
    others = sorted({line for line in lines if line is not None and line != first})
    if not others:
        return ""
    if (subject.document and not subject.document.format.lined) or len(others) > MOST_NAMED:
        return f" (also in {count(len(others), 'other place')})"
    return f" (also in line{'s' if len(others) > 1 else ''} {', '.join(map(str, others))})"
