"""The risks that a plan itself names: in a list with amounts and mitigations, or in a column of its tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from trigpoint.documents.assembly import source
from trigpoint.documents.finance import AMOUNT, ITEM_MARKER, LABEL, finance_words, pounds, section
from trigpoint.documents.markup import tidy
from trigpoint.documents.reading import ObjectiveRead, RowRead
from trigpoint.plans.document import Document
from trigpoint.plans.draft import Note, NoteKind, Source
from trigpoint.plans.model import Risk

LONGEST_TITLE = 10
SHORT = 80
SURENESS = 0.8
NONE = frozenset(
    ("", "none", "nil", "n/a", "na", "no", "none identified", "none known", "no risks", "no risks identified", "tbc")
)


@dataclass(slots=True)
class RiskRead:
    """A risk as read so far."""

    title: str
    text: str
    lines: list[int]
    words: str


def risks_of_rows(rows: Sequence[RowRead], before: int) -> tuple[tuple[Risk, ...], dict[str, Source]]:
    """The risks in a plan's own column of risks, each with the objective that it is a risk to.

    ``before`` counts the risks read already: the keys run on from there.
    """
    risks: list[Risk] = []
    sources: dict[str, Source] = {}
    seen: set[tuple[ObjectiveRead, str]] = set()
    for row in rows:
        text = " ".join(row.risk.split())
        if text.lower().strip(" .-–—") in NONE or (row.objective, text) in seen:
            continue
        seen.add((row.objective, text))
        key = f"r{before + len(risks) + 1}"
        title = text if len(text) <= SHORT else text[:SHORT].rsplit(" ", 1)[0] + " …"
        risks.append(Risk(key, title, text, None, row.mitigation, objective=row.objective.title))
        sources[key] = source([row.line], row.risk, SURENESS)
    return tuple(risks), sources


def read_risks(
    document: Document, years: tuple[str, ...], before: int = 0
) -> tuple[tuple[Risk, ...], dict[str, Source], tuple[Note, ...]]:
    """The risks under a heading such as "Risks and Mitigations", with sources and notes.

    A paragraph that says how all of them are met is each one's mitigation. Of several amounts in one risk the one
    printed with the plan's first year is taken and noted; without such a year no amount is taken. ``before`` counts
    the risks that the document has in registers: the keys run on from there.
    """
    found, mitigation = _listed(document)
    risks, sources, notes = [], {}, []
    for place, read in enumerate(found, before + 1):
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
