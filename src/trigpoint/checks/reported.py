"""What is reported of commitments: the status columns of a document, or the latest updates of a workspace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from trigpoint.checks.subject import Subject
from trigpoint.plans.model import Item, Progress


@dataclass(frozen=True, slots=True)
class Reported:
    """The latest that was said of a commitment. ``status`` is its word; ``note`` the update beside it."""

    row: Item
    progress: Progress | None
    status: str
    note: str
    as_at: date | None
    done_on: date | None = None
    forecast: date | None = None
    line: int | None = None


@lru_cache(maxsize=1)
def reports(subject: Subject) -> tuple[Reported, ...]:
    """What is reported, in printed order; commitments of which nothing is said are left out."""
    rows: Mapping[str, Item] = {row.id: row for row in subject.commitments}
    found = [
        Reported(rows[each.item], each.progress, each.status, each.note, subject.as_at or subject.plan.as_at,
                 line=each.line or subject.line(each.item))
        for each in subject.statuses
        if each.item in rows
    ]  # fmt: skip
    printed = {each.row.id for each in found}
    for item, update in subject.plan.latest_updates.items():
        if item in rows and item not in printed:
            word = update.status or update.progress.value
            found.append(
                Reported(rows[item], update.progress, word, update.note, update.as_at, update.done_on,
                         update.forecast, subject.line(item))
            )  # fmt: skip
    return tuple(found)
