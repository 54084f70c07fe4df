"""The risks that a plan lists in words: title, text, the amount at stake where one is printed, and the mitigation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from trigpoint.documents.assembly import source
from trigpoint.documents.finance import AMOUNT, ITEM_MARKER, LABEL, finance_words, pounds, section
from trigpoint.documents.markup import tidy
from trigpoint.plans.document import Document
from trigpoint.plans.draft import Note, NoteKind, Source
from trigpoint.plans.model import Risk

LONGEST_TITLE = 10


@dataclass(slots=True)
class RiskRead:
    """A risk as read so far."""

    title: str
    text: str
    lines: list[int]
    words: str


def read_risks(
    document: Document, years: tuple[str, ...]
) -> tuple[tuple[Risk, ...], dict[str, Source], tuple[Note, ...]]:
    """The risks under a heading such as "Risks and Mitigations", with sources and notes.

    A paragraph that says how all of them are met is each one's mitigation. Of several amounts in one risk the one
    printed with the plan's first year is taken and noted; without such a year no amount is taken.
    """
    found, mitigation = _listed(document)
    risks, sources, notes = [], {}, []
    for place, read in enumerate(found, 1):
        amount, several = _amount(read.text, years)
        if several:
            taken = f"£{amount:,} of {years[0]} was taken" if amount is not None else "none was taken"
            text = f"The risk “{read.title}” prints several amounts; {taken}"
            notes.append(Note(NoteKind.INFERRED, text, read.lines[0]))
        risks.append(Risk(f"r{place}", read.title, read.text, amount, mitigation))
        sources[f"r{place}"] = source(read.lines, read.words)
    return tuple(risks), sources, tuple(notes)


def _listed(document: Document) -> tuple[list[RiskRead], str]:
    found: list[RiskRead] = []
    mitigation = ""
    for block in section(document, "risks"):
        label = LABEL.match(ITEM_MARKER.sub("", block.raw.strip(), count=1))
        line = block.origin.line or 0
        if re.search(finance_words()["section"]["mitigation"], block.text.lower()):
            mitigation = f"{mitigation} {block.text}".strip()
        elif label and len(label[1].split()) <= LONGEST_TITLE:
            found.append(RiskRead(tidy(label[1]), tidy(label[2]), [line], block.raw))
        elif found:
            last = found[-1]
            last.text, last.words = f"{last.text} {block.text}", f"{last.words}\n{block.raw}"
            last.lines.append(line)
    return found, mitigation


def _amount(text: str, years: tuple[str, ...]) -> tuple[Decimal | None, bool]:
    """The amount of a risk in pounds, and whether there were several to choose from."""
    amounts = list(AMOUNT.finditer(text))
    if len(amounts) == 1:
        return pounds(amounts[0][1], amounts[0][2]), False
    for match in amounts:
        if years and text[: match.start()].rstrip(" (").endswith(years[0]):
            return pounds(match[1], match[2]), True
    return None, len(amounts) > 1
