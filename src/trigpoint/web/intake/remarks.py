"""Beside which proposal a finding of the checks belongs, and how places and words of a document are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from trigpoint.characters import without_unprintable
from trigpoint.checks.finding import Finding
from trigpoint.documents.review import Proposal
from trigpoint.plans.document import Document

printable = without_unprintable
"""Text as pages show it and as every database can hold it."""


def place_of(document: Document, line: int | None) -> str:
    """The place in words, "" for the whole document."""
    return without_unprintable(document.spot(line))


def attached(findings: Iterable[Finding], proposals: Sequence[Proposal]) -> Mapping[str, list[Finding]]:
    """Key of a proposal → the findings that belong beside it; a finding on the whole document belongs beside none.

    A finding belongs to a proposal that was read on its line: of several to the one of its item, else to the one that
    holds the words objected to, else to the first. Where none was read there, it belongs to that of its item.
    """
    by_line: dict[int, list[Proposal]] = {}
    by_item: dict[str, Proposal] = {}
    for proposal in proposals:
        by_item.setdefault(proposal.item, proposal)
        for line in _lines(proposal):
            by_line.setdefault(line, []).append(proposal)
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        chosen = _chosen(finding, by_line.get(finding.line or 0, []), by_item)
        if chosen is not None:
            found.setdefault(chosen.key, []).append(finding)
    return found


def _lines(proposal: Proposal) -> tuple[int, ...]:
    source = proposal.source
    if source is None:
        return ()
    return source.lines or ((source.origin.line,) if source.origin.line else ())


def _chosen(finding: Finding, here: Sequence[Proposal], by_item: Mapping[str, Proposal]) -> Proposal | None:
    named = [finding.where[name] for name in ("item", "deliverable", "objective") if name in finding.where]
    for item in named:
        for proposal in here:
            if proposal.item == item:
                return proposal
    holding = [proposal for proposal in here if finding.fragment and finding.fragment in proposal.words]
    if holding or here:
        return (holding or here)[0]
    return next((by_item[item] for item in named if item in by_item), None)
