"""Questions about words in tables: totals, guidance, what a template leaves unfilled, names that say nothing."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from trigpoint.documents.words import normal

LONGEST = 300
MARKS = frozenset("<[({ \t\n.…")
OPENINGS = frozenset(
    ("cli", "tap", "cho", "sel", "ent", "ins", "add", "ple", "typ", "dd/", "dd-", "xx", "xxx", "e.g", "eg.", "eg ")
)
PREFIX = re.compile(r"(?:table|appendix|annex|figure|tab|schedule)\s+[\w.]{1,5}\s*[:.–-]\s*", re.IGNORECASE)


@cache
def layout_words() -> dict[str, Any]:
    """The data pack of words about tables."""
    return tomllib.loads(files("trigpoint.documents").joinpath("data/layout.toml").read_text("utf-8"))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(layout_words()[name], re.IGNORECASE)


@cache
def _generic() -> frozenset[str]:
    return frozenset(layout_words()["generic"])


def says_nothing(name: str) -> bool:
    """Whether a name of a sheet, table or heading has no words of its own.

    >>> says_nothing("Sheet1"), says_nothing("Action plan 2025-26"), says_nothing("Urgent care")
    (True, True, False)
    """
    words = normal(re.sub(r"\d+", " ", name)).split()
    return all(word in _generic() for word in words)


def without_label(title: str) -> str:
    """A title without "Table 3:" before it.

    >>> without_label("Table 3: Urgent care")
    'Urgent care'
    """
    return PREFIX.sub("", title, count=1) or title


def repeats_others(name: str) -> bool:
    """Whether a sheet or table is called a summary of others."""
    words = normal(name)
    return any(re.search(rf"\b{re.escape(word)}\b", words) for word in layout_words()["summaries"])


def is_total(text: str) -> bool:
    """Whether a row that begins with these words adds up others."""
    return len(text) <= LONGEST and _pattern("totals").match(text.strip()) is not None


def is_guidance(text: str) -> bool:
    """Whether words tell how to fill the table in or what its colours mean."""
    return _pattern("guidance").match(text.strip()[:LONGEST]) is not None


def heads_key(text: str) -> bool:
    """Whether words head the key to a table's colours."""
    return len(text) <= LONGEST and _pattern("key_heading").match(text.strip()) is not None


def is_particular(text: str) -> bool:
    """Whether words label a particular of the document itself, such as its version."""
    return _pattern("particulars").match(text.strip()[:LONGEST]) is not None


def is_unfilled(text: str) -> bool:
    """Whether a cell holds what a template says before it is filled in.

    >>> is_unfilled("Click or tap here to enter text."), is_unfilled("To be confirmed")
    (True, False)
    """
    # Nearly every cell is something else: its first letters tell.
    if text[:1] not in MARKS and text[:3].lower() not in OPENINGS:
        return False
    return len(text) <= LONGEST and _pattern("unfilled").match(text.strip()) is not None
