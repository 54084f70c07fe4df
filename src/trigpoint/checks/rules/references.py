"""The rule on references to what is not there: graphs, tables, appendices, and colons that introduce nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import around, closing
from trigpoint.checks.outline import MARKED, full_text
from trigpoint.checks.pack import patterns
from trigpoint.checks.rule import Needs, Objection, rule
from trigpoint.checks.subject import Subject
from trigpoint.plans.document import Block, BlockKind

COLON = re.compile(r":\s*[-–]?\s*$")
TABLE_BELOW = re.compile(r"\b(?:the |this |following )?table (?:below|overleaf)\b|\bsummarised in the table\b", re.I)
APPENDIX = re.compile(r"\b(Appendix|Annex)\s+([A-Z0-9]{1,2})\b")
LOOK_AHEAD = 12
LONG_SENTENCE_WORDS = 12


@rule("DANGLING_REFERENCE", Severity.INFO, needs=Needs.DOCUMENT)
def dangling_reference(subject: Subject) -> Iterator[Objection]:
    """A graph, table, appendix or list is referred to and is not there.

    Warning where a colon introduces nothing, or where a table or appendix is missing; info for pictures and colours,
    which a text cannot hold.

    Fires: "The reach of feedback was:" before an unrelated paragraph. Does not: a colon before a list or table.
    Remedy: put it back, or delete the reference.
    """
    headings = {full_text(block).lower() for block in subject.blocks if block.kind is BlockKind.HEADING}
    for index, block in enumerate(subject.blocks):
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            yield from _pictures(block)
            yield from _tables_below(subject.blocks, index)
            yield from _appendices(block, headings)
        if block.kind is BlockKind.PARAGRAPH and COLON.search(block.text) and _leads_nowhere(subject.blocks, index):
            message = "The colon introduces nothing: what should follow is not there."
            yield Objection(message, block.origin.line, closing(block.text, 12), Severity.WARNING)


def _pictures(block: Block) -> Iterator[Objection]:
    for pattern, say in patterns("sections", "pictures"):
        if match := pattern.search(block.text):
            quoted = around(block.text, match.start(), match.end(), before=2, after=5)
            yield Objection(say, block.origin.line, quoted)
            return


def _tables_below(blocks: tuple[Block, ...], index: int) -> Iterator[Objection]:
    block = blocks[index]
    if match := TABLE_BELOW.search(block.text):
        ahead = blocks[index + 1 : index + 1 + LOOK_AHEAD]
        if not any(each.kind is BlockKind.TABLE_ROW for each in ahead):
            quoted = around(block.text, match.start(), match.end(), before=4, after=3)
            yield Objection("No table follows.", block.origin.line, quoted, Severity.WARNING)


def _appendices(block: Block, headings: set[str]) -> Iterator[Objection]:
    for match in APPENDIX.finditer(block.text):
        if not any(heading.startswith(match.group().lower()) for heading in headings):
            quoted = around(block.text, match.start(), match.end(), before=4, after=3)
            yield Objection(f"{match.group()} is not part of this document.", block.origin.line, quoted)


def _leads_nowhere(blocks: tuple[Block, ...], index: int) -> bool:
    """Whether the block after a colon is an unrelated sentence: a long paragraph that begins like any other."""
    following = next((each for each in blocks[index + 1 :] if each.kind is not BlockKind.BLANK), None)
    if following is None:
        return True
    if following.kind is not BlockKind.PARAGRAPH or MARKED.match(full_text(following)):
        return False
    words = following.text.split()
    defines = any(word in ("–", "-", "—", ":") or word.endswith(":") for word in words[:9])
    return len(words) > LONG_SENTENCE_WORDS and words[0][:1].isupper() and not defines and words[-1][-1] not in ":;"
