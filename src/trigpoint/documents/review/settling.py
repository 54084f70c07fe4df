"""Decisions → the plan: what was accepted is put in, and every field of it remembers where it came from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from trigpoint.documents.review.comparison import Comparison, Step
from trigpoint.documents.review.corrections import read_corrections
from trigpoint.documents.review.fields import TABLES
from trigpoint.documents.review.forms import Years
from trigpoint.documents.review.ledger import Ledger, opened
from trigpoint.documents.review.ordering import in_order
from trigpoint.documents.review.pairing import keys_of
from trigpoint.documents.review.proposal import Decision, Settled
from trigpoint.documents.review.reporting import new_updates
from trigpoint.documents.review.sourcing import Sourcing
from trigpoint.documents.review.steps import steps_of
from trigpoint.periods import FinancialYear, period_of
from trigpoint.plans.draft import PlanDraft
from trigpoint.plans.model import Plan, Update
from trigpoint.plans.provenance import Provenance, Verdict
from trigpoint.wording import count


def settle(
    draft: PlanDraft,
    existing: Plan | None,
    decisions: Iterable[Decision],
    digest: str,
    before: Iterable[Provenance] = (),
) -> Settled:
    """The plan after a review, in which nothing changes but what was accepted.

    ``existing`` is the plan that the document is a later edition of, ``before`` its provenance; ``digest`` the SHA-256
    of the document in hexadecimal. Decisions on proposals that there are not (any more) are passed over. Raises
    ``InputError`` with the item and field of a correction that cannot be read.
    """
    found = steps_of(draft, existing, before)
    start = existing or Plan("", "", ())
    ledger = opened(start)
    by_key = {decision.proposal: decision for decision in decisions}
    years = _years((*draft.plan.years, *start.years))
    for step in found.steps:
        _decide(ledger, step, by_key.get(step.proposal.key), found.comparison, years)
    ledger.remove()
    ledger.mend()
    updates = tuple(new_updates(found.comparison, ledger))
    plan, links = _plan(found.comparison, ledger, start, tuple(one.update for one in updates))
    sourcing = Sourcing(found.comparison, digest, links)
    return Settled(
        plan,
        (*sourcing.of_rows(ledger.taken), *sourcing.of_updates(updates)),
        tuple(ledger.left),
        tuple(f"{count(number, noun)} {what}" for (noun, what), number in ledger.told.items()),
        links,
    )


def check(draft: PlanDraft, existing: Plan | None, decision: Decision, before: Iterable[Provenance] = ()) -> None:
    """Raise ``InputError`` when a correction of this one decision cannot be read; pages ask it before they keep one."""
    found = steps_of(draft, existing, before)
    years = _years((*draft.plan.years, *(existing.years if existing else ())))
    for step in found.steps:
        if step.proposal.key == decision.proposal:
            read_corrections(step, decision, found.comparison.names, years)


def _years(labels: Iterable[str]) -> Years:
    return tuple(dict.fromkeys(year for label in labels if isinstance(year := period_of(label), FinancialYear)))


def _decide(ledger: Ledger, step: Step, decision: Decision | None, comparison: Comparison, years: Years) -> None:
    """One decision. A question that is accepted without an answer is still open."""
    if decision is None:
        ledger.leave(step)
    elif decision.verdict is Verdict.SKIPPED:
        ledger.skip(step)
    elif step.proposal.question and not any(text.strip() for text in decision.values.values()):
        ledger.leave(step)
    else:
        ledger.take(read_corrections(step, decision, comparison.names, years))


def _plan(
    comparison: Comparison, ledger: Ledger, start: Plan, updates: tuple[Update, ...]
) -> tuple[Plan, dict[str, str]]:
    """The plan of a ledger, and what its links are called now: their names are their places."""
    tables: dict[str, Any] = {}
    links: dict[str, str] = {}
    gone: set[str] = set()
    for table in TABLES.values():
        rows, present = ledger.rows[table.name], keys_of(table, start)
        names = comparison.pairing.ids | comparison.pairing.existing[table.name]
        ordered = in_order(present, (names[key] for key in keys_of(table, comparison.draft.plan)), rows)
        tables[table.name] = tuple(rows[key] for key in ordered)
        gone.update(key for key in present if key not in rows)
        if table.name == "links":
            links = dict(zip(ordered, keys_of(table, replace(start, links=tables["links"])), strict=True))
    plan = replace(
        start,
        **ledger.header,
        **tables,
        updates=(*(update for update in start.updates if update.item not in gone), *updates),
        trajectories=tuple(rule for rule in start.trajectories if rule.indicator not in gone),
    )
    return plan, links
