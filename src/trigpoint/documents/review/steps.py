"""Every step of a review in the order in which decisions take effect: the plan, statuses, rows with parents first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from trigpoint.documents.review.comparison import Comparison, Step, compare
from trigpoint.documents.review.fields import TABLES
from trigpoint.documents.review.headings import plan_steps, status_steps
from trigpoint.documents.review.proposal import Proposal
from trigpoint.documents.review.removals import removal_steps
from trigpoint.documents.review.rows import row_steps
from trigpoint.plans.draft import PlanDraft
from trigpoint.plans.model import Plan
from trigpoint.plans.provenance import Provenance


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of a review, and what they were found from."""

    comparison: Comparison
    steps: tuple[Step, ...]


def steps_of(draft: PlanDraft, existing: Plan | None, before: Iterable[Provenance] = ()) -> Steps:
    """Every step of the review of a draft."""
    comparison = compare(draft, existing, before)
    steps = [*plan_steps(comparison), *status_steps(comparison)]
    for table in TABLES.values():
        steps += row_steps(comparison, table)
    return Steps(comparison, (*steps, *removal_steps(comparison)))


def propose(draft: PlanDraft, existing: Plan | None = None, before: Iterable[Provenance] = ()) -> tuple[Proposal, ...]:
    """What a document would have the plan be: for a first import every item, for a later edition what is new in it.

    ``existing`` is the plan that the document is a later edition of, ``before`` the plan's provenance: with it, what
    people changed in the plan since is not proposed to be changed back by words that the document said already.

    >>> from trigpoint.documents import interpret, parse_text
    >>> table = "Priorities\\tKey deliverables\\nSafer care\\tA ward by March 2018"
    >>> draft = interpret(parse_text(table.encode(), "plan.txt"))
    >>> [(proposal.table, proposal.title) for proposal in propose(draft)][-1]
    ('deliverables', 'A ward by March 2018')
    >>> propose(draft, draft.plan)
    ()
    """
    return tuple(step.proposal for step in steps_of(draft, existing, before).steps)
