"""Accepted statuses → updates, at the date that they held at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from trigpoint.documents.review.comparison import Comparison
from trigpoint.documents.review.corrections import Taken
from trigpoint.documents.review.fields import Values
from trigpoint.documents.review.ledger import Ledger
from trigpoint.documents.review.proposal import Decision
from trigpoint.documents.review.rows import reported
from trigpoint.documents.review.statuses import Report, word_of
from trigpoint.plans.model import Update


@dataclass(frozen=True, slots=True)
class NewUpdate:
    """An update with the key of its row in the draft, the decision that it came by, and which fields it corrected."""

    update: Update
    key: str
    decision: Decision
    corrected: frozenset[str] = frozenset()


def new_updates(comparison: Comparison, ledger: Ledger) -> Iterator[NewUpdate]:
    """An update for every status that was taken over, in the order of the document.

    A status that says what it said before is a new update once a later date was accepted for all; one whose word was
    not known, once it is. Without a date there is none: that is told.
    """
    day = held_at(comparison, ledger)
    taken = {one.step.proposal.item: one for one in ledger.taken if "progress" in one.reported}
    for key, report in comparison.reports.by_item.items():
        item = comparison.pairing.ids.get(key, key)
        if not _is_held(ledger, item):
            continue
        made = _again(ledger, report, day) if report.again else _first(ledger, report, taken.get(item))
        if made is None:
            continue
        if day is None:
            ledger.told["progress report", "not taken over: the date that it held at is not known"] += 1
            continue
        yield replace(made, update=replace(made.update, item=item, as_at=day), key=key)


def held_at(comparison: Comparison, ledger: Ledger) -> date | None:
    """The date of the statuses: the one that a person gave or accepted, else the document's own."""
    decided = ledger.header.get("as_at")
    return decided if isinstance(decided, date) else comparison.reports.as_at


def _is_held(ledger: Ledger, item: str) -> bool:
    return item in ledger.rows["deliverables"] or item in ledger.rows["milestones"]


def _again(ledger: Ledger, report: Report, day: date | None) -> NewUpdate | None:
    """What was said before, said of a later date that was accepted."""
    dated = next((one for one in ledger.taken if "as_at" in one.values), None)
    if dated is None or report.before is None or day is None or day <= report.before.as_at:
        return None
    note, status = report.status.note or report.before.note, report.status.status or report.before.status
    return NewUpdate(replace(report.before, illustrative=False, note=note, status=status), "", dated.decision)


def _first(ledger: Ledger, report: Report, taken: Taken | None) -> NewUpdate | None:
    """What was not said before: as it was accepted, its word with the meaning that a person gave it."""
    meaning = ledger.meanings.get(word_of(report.status))
    values: Values = {**reported(report), **(taken.reported if taken else {})}
    decision, corrected = (taken.decision, taken.corrected) if taken else (None, frozenset[str]())
    if values["progress"] is None and meaning is not None:
        values["progress"], decision, corrected = meaning.values["progress"], meaning.decision, corrected | {"progress"}
    if values["progress"] is None or decision is None:
        return None
    update = Update("", date.min, values["progress"], note=values["note"], status=values["status"])
    return NewUpdate(update, "", decision, corrected)
