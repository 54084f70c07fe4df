"""Proposals on the plan as a whole: its own fields, and what a printed status word means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trigpoint.documents.review.comparison import ABSENT, PLAN, STATUSES, Comparison, Step, field_proposal, proposal
from trigpoint.documents.review.fields import PLAN_FIELDS, PROGRESS_FIELDS, is_empty
from trigpoint.documents.review.proposal import Action
from trigpoint.plans.changes import Part
from trigpoint.wording import count

NOT_SAID = "The document does not say it"


def plan_steps(comparison: Comparison) -> Iterator[Step]:
    """One step for each field of the plan that the document gives, or that a first import needs."""
    existing, draft = comparison.existing, comparison.draft
    for field in PLAN_FIELDS:
        value, needed = getattr(draft.plan, field.name), existing is None
        if field.name == "as_at":
            value, needed = _as_at(comparison)
        now = getattr(existing, field.name) if existing else ABSENT
        empty = is_empty(field, value)
        if not needed if empty else value == now:
            continue
        shown = field_proposal(comparison.names, Part.PLAN if existing else None, field, value, now)
        if not empty and not comparison.memory.is_news(PLAN, field.name, shown.proposed):
            continue
        doubts = (
            ("The document does not say it",) if empty else comparison.doubts.of_whole(_said(value, shown.proposed))
        )
        action = Action.CHANGE if existing else Action.ADD
        made = proposal(
            comparison,
            action,
            PLAN,
            PLAN,
            title=field.label,
            fields=(shown,),
            doubts=doubts,
            source=draft.sources.get(field.name),
            question=empty,
        )
        yield Step(made, values={field.name: value})


def _said(value: object, shown: str) -> str:
    """What a remark on the whole document would name: of several values the first."""
    return str(value[0]) if isinstance(value, tuple) else shown


def _as_at(comparison: Comparison) -> tuple[Any, bool]:
    """The date of the statuses where it is news, and whether it has to be asked for."""
    stated = comparison.draft.as_at or comparison.draft.plan.as_at
    known = comparison.existing.as_at if comparison.existing else None
    if stated is None:
        return None, comparison.reports.news
    return (None, False) if known is not None and stated <= known else (stated, False)


def status_steps(comparison: Comparison) -> Iterator[Step]:
    """One question for each status word whose meaning is not known."""
    for word, items in comparison.reports.unknown.items():
        printed = comparison.reports.by_item[items[0]].status.status
        doubt = f"It is not known what “{printed}” means, which the document says of {count(len(items), 'item')}"
        shown = field_proposal(comparison.names, None, PROGRESS_FIELDS[0], None, ABSENT)
        made = proposal(
            comparison,
            Action.ADD,
            STATUSES,
            word,
            title=f"What does the status “{printed}” mean?",
            fields=(shown,),
            doubts=(doubt,),
            source=comparison.source(items[0]),
            question=True,
        )
        yield Step(made, values={"progress": None})
