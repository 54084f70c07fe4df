"""What status columns say, as news beside what the plan was told before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from trigpoint.documents.review.pairing import Pairing
from trigpoint.plans.draft import PlanDraft, PrintedStatus
from trigpoint.plans.model import Plan, Progress, Update


@dataclass(frozen=True, slots=True)
class Report:
    """What the document reports of one item. ``before`` is what the plan was told last by then.

    A report that says the same ``again`` at a later date is no news, but it is a new report once its date is known.
    """

    status: PrintedStatus
    before: Update | None
    again: bool = False

    @property
    def told(self) -> bool:
        """Whether the document tells something new whose meaning is known."""
        return self.status.progress is not None and not self.again


@dataclass(frozen=True, slots=True)
class Reports:
    """All reports of a draft by item (its key in the draft), the date that they held at as far as the document says,
    and the words whose meaning is not known, each with the items that it is news of."""

    by_item: Mapping[str, Report]
    as_at: date | None
    unknown: Mapping[str, tuple[str, ...]]

    @property
    def news(self) -> bool:
        """Whether anything is reported that the plan was not told."""
        return any(not report.again for report in self.by_item.values())


def reports_of(draft: PlanDraft, existing: Plan | None, pairing: Pairing) -> Reports:
    """The reports of a draft beside those of the plan; what the plan was told already is left out."""
    as_at = draft.as_at or (draft.plan.as_at if draft.statuses else None)
    told: defaultdict[str, list[Update]] = defaultdict(list)
    for update in existing.updates if existing else ():
        told[update.item].append(update)
    found: dict[str, Report] = {}
    unknown: defaultdict[str, list[str]] = defaultdict(list)
    meanings = _meanings(existing)
    items = {row.id for row in draft.plan.deliverables} | {row.id for row in draft.plan.milestones}
    for printed in {status.item: status for status in draft.statuses if status.item in items}.values():
        status = printed if printed.progress else replace(printed, progress=meanings.get(word_of(printed)))
        report = _report(status, told[pairing.ids.get(status.item, status.item)], as_at)
        if report is not None:
            found[status.item] = report
            if status.progress is None and status.status:
                unknown[word_of(status)].append(status.item)
    return Reports(found, as_at, {word: tuple(items) for word, items in unknown.items()})


def _meanings(existing: Plan | None) -> dict[str, Progress]:
    """What the plan took printed words to mean, where that was always the same."""
    found: defaultdict[str, set[Progress]] = defaultdict(set)
    for update in existing.updates if existing else ():
        found[plain_word(update.status)].add(update.progress)
    return {word: next(iter(meant)) for word, meant in found.items() if word and len(meant) == 1}


def word_of(status: PrintedStatus) -> str:
    """The printed word of a status, the same whatever its letter case."""
    return plain_word(status.status)


def plain_word(text: str) -> str:
    """Words in small letters with single blanks."""
    return " ".join(text.lower().split())


def _report(status: PrintedStatus, told: list[Update], as_at: date | None) -> Report | None:
    """What is new in a printed status; ``None`` when nothing is."""
    if as_at is None:
        if any(_same(update, status) for update in told):
            return None
        return Report(status, max(told, key=lambda update: update.as_at, default=None))
    by_then = [update for update in told if update.as_at <= as_at]
    before = max(reversed(by_then), key=lambda update: update.as_at, default=None)
    if before is None or not _same(before, status):
        return Report(status, before)
    return Report(status, before, again=True) if before.as_at < as_at else None


def _same(update: Update, status: PrintedStatus) -> bool:
    if status.progress is None and word_of(status) != plain_word(update.status):
        return False
    if status.progress is not None and update.progress is not status.progress:
        return False
    return status.note in ("", update.note)
