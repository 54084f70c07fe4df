"""Rules on the front of a document: which plan it is, of whom, for which years."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trigpoint.checks.finding import Severity
from trigpoint.checks.outline import full_text, is_heading_row
from trigpoint.checks.pack import word_set
from trigpoint.checks.rule import Needs, Objection, rule
from trigpoint.checks.subject import Subject
from trigpoint.plans.document import Block, BlockKind

YEAR = re.compile(r"\b(?:19|20)\d\d\b|\b\d\d/\d\d\b")
ORGANISATION = re.compile(
    r"\b(?:NHS|CCGs?|ICB|ICS|Trusts?|Council|Board|Partnership|Foundation|Authority|Group|Federation|Alliance|"
    r"Collaborative|Network|PCNs?|Hospitals?|Hospice|Committee|Agency|University)\b"
)
FRONT_LINES = 40


def _title_block(subject: Subject) -> Block | None:
    kinds = (BlockKind.HEADING, BlockKind.PARAGRAPH)
    return next((block for block in subject.blocks if block.kind in kinds and block.text.strip()), None)


def _title_lines(subject: Subject) -> list[Block]:
    """The title and what stands with it, up to the first marked heading or table."""
    lines: list[Block] = []
    for block in subject.blocks[:FRONT_LINES]:
        if block.kind in (BlockKind.BLANK, BlockKind.RULE):
            continue
        ends = block.kind is BlockKind.TABLE_ROW or full_text(block) != block.text.strip()
        if len(lines) == 4 or (lines and (ends or len(block.text) > 160)):
            break
        lines.append(block)
    return lines


def _front(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks[:FRONT_LINES]:
        if block.kind is BlockKind.TABLE_ROW:
            return
        yield block


@rule("PLAN_YEAR_MISSING", Severity.WARNING, needs=Needs.DOCUMENT)
def plan_year_missing(subject: Subject) -> Iterator[Objection]:
    """The title names no year of the plan.

    Every date without a year, and every "by Q3", depends on it; a year that was inferred is said here.

    Fires: "Local deliverables". Does not: "Operational plan 2026/27".
    Remedy: put the years and the organisation in the title.
    """
    title = _title_block(subject)
    if title is None or any(YEAR.search(block.text) for block in _title_lines(subject)):
        return
    if not subject.plan.objectives and not any(is_heading_row(row) for row in subject.rows):
        return
    years = " and ".join(subject.plan.years)
    inferred = f"; {years} was inferred from its dates" if years else ""
    message = f"The title names no year of the plan{inferred}."
    named = any(ORGANISATION.search(block.text) for block in _title_lines(subject))
    if not named:
        message = f"The title names neither a year nor an organisation{inferred}."
    yield Objection(message, title.origin.line, title.text)


@rule("DOC_METADATA_MISSING", Severity.INFO, needs=Needs.DOCUMENT)
def doc_metadata_missing(subject: Subject) -> Iterator[Objection]:
    """The front of the document gives no version, date, author or approving body, or its title no organisation.

    A reader cannot tell this edition from another, nor who stands behind it.

    Fires: a title and straight into the text. Does not: "Version 3, approved by the Board, March 2026".
    Remedy: add a line with version, date, owner and approving body.
    """
    title = _title_block(subject)
    if title is None:
        return
    properties = subject.document.properties if subject.document else {}
    printed = (properties.get("header", ""), properties.get("footer", ""))  # what each page says
    front = " ".join((*(block.text for block in _front(subject.blocks)), *printed)).lower()
    missing = []
    if not any(word in front for word in word_set("sections", "metadata")):
        missing.append("version, date, author or approving body")
    if not any(ORGANISATION.search(block.text) for block in _title_lines(subject)):
        missing.append("organisation in its title")
    if missing:
        yield Objection(f"The document has no {' and no '.join(missing)}.", title.origin.line, title.text)
