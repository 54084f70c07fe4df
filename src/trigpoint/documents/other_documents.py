"""What a document is when it is no plan, told by its words; and why it is none, in one sentence."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from trigpoint.documents.grid import number_grids
from trigpoint.documents.runs import table_runs
from trigpoint.plans.document import BlockKind, Document
from trigpoint.wording import count, listed

LONGEST = 400
FIRST = 300
LAST = 60
SPEAKER = re.compile(
    r"(?:\[?\(?\d{1,2}:\d\d(?::\d\d)?\)?\]?\s*)?[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}(?: \([^)]{1,30}\))?:\s+\S"
)
CLOCK = re.compile(r"\[?\(?\d{1,2}:\d\d(?::\d\d)?\)?\]?\s")
FEWEST_TURNS = 6
SHOWN_COLUMNS = 5
LONGEST_COLUMN = 40


@dataclass(frozen=True, slots=True)
class OtherKind:
    """A kind of document that is no plan. ``whole`` says that even a table of actions in it is none."""

    name: str
    whole: bool


@cache
def _kinds() -> tuple[dict[str, Any], ...]:
    pack = tomllib.loads(files("trigpoint.documents").joinpath("data/other_documents.toml").read_text("utf-8"))
    return tuple(
        {**row, "patterns": tuple(re.compile(word, re.MULTILINE) for word in row["words"])} for row in pack["kind"]
    )


def other_kind(document: Document) -> OtherKind | None:
    """What the document is by its words, if that is something else than a plan.

    >>> from trigpoint.documents.readers.text import parse_text
    >>> other_kind(parse_text(b"Dear Ada,\\nThank you for the plan.\\nYours sincerely", "letter.txt")).name
    'a letter'
    """
    blocks = document.blocks
    looked = blocks if len(blocks) <= FIRST + LAST else (*blocks[:FIRST], *blocks[-LAST:])
    words = "\n".join(
        text.lower().strip()
        for block in looked
        for text in ([cell.text for cell in block.cells if not cell.empty] if block.cells else [block.text])
        if text.strip() and len(text) <= LONGEST
    )
    if _is_spoken(document):
        return OtherKind("a transcript of what was said", True)
    for row in _kinds():
        found = 0
        for pattern in row["patterns"]:
            found += pattern.search(words) is not None
            if found >= row["least"]:
                return OtherKind(row["name"], bool(row.get("tables", False)))
    return None


def _is_spoken(document: Document) -> bool:
    """Whether most paragraphs are what somebody said: a name and a colon, or the time, before each."""
    said = [block.text for block in document.blocks if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)]
    turns = [text for text in said if SPEAKER.match(text) or CLOCK.match(text)]
    speakers = {text.split(":")[0] for text in turns}
    return len(turns) >= FEWEST_TURNS and len(turns) * 5 > len(said) * 2 and len(speakers) * 2 <= len(turns)


def why_no_plan(document: Document, kind: OtherKind | None, commitments: int, actions: int = 0) -> str:
    """Why a document is no plan: what was looked for, and what was found instead.

    ``commitments`` counts the dated sentences found, ``actions`` the rows of tables that were left out because of
    what the document is.
    """
    reads = f"it reads as {kind.name}" if kind else ""
    if actions:
        log = f"{count(actions, 'row')} of actions in it are its log; give such a log as a document of its own"
        return f"this is no plan: {reads}, and {log}"
    runs = [run for run in table_runs(document) if len(run.rows) > 1]
    figures = sum(1 for _ in number_grids(document, frozenset()))
    tables = _tables(len(runs), min(figures, len(runs)))
    dated = f"only {count(commitments, 'dated commitment')}" if commitments else "no dated commitments"
    columns = _columns(document) if runs else ""
    missing = (
        "no column of objectives, deliverables or actions" if runs else "none of objectives, deliverables or actions"
    )
    found = f"it has {tables} with {missing}" if runs else f"it has no table, so {missing}"
    return "this is no plan: " + "; ".join(part for part in (f"{found}, and {dated}", columns, reads) if part)


def _tables(tables: int, figures: int) -> str:
    if figures == tables:
        return count(tables, "table") + " of figures"
    of_figures = f" ({figures:,} of figures)" if figures else ""
    return count(tables, "table") + of_figures


def _columns(document: Document) -> str:
    """The first columns of the largest table, as it calls them."""
    largest = max(table_runs(document), key=lambda run: len(run.rows))
    head = next((row for row in largest.rows if sum(not cell.empty for cell in row.cells) > 1), None)
    names = [" ".join(cell.text.split())[:LONGEST_COLUMN] for cell in head.cells if not cell.empty] if head else []
    if not names:
        return ""
    shown = [f"“{name}”" for name in names[:SHOWN_COLUMNS]]
    more = [f"{len(names) - SHOWN_COLUMNS:,} more"] if len(names) > SHOWN_COLUMNS else []
    return f"the columns of its largest table are {listed([*shown, *more])}"
