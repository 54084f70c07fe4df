"""The risks of a register told apart from risks that a plan only speaks of."""

from __future__ import annotations

from trigpoint.checks.fragment import opening
from trigpoint.checks.subject import Subject
from trigpoint.plans.model import Risk


def of_register(subject: Subject) -> tuple[Risk, ...]:
    """The risks that stand in a register: scored, or with an owner or controls of their own, at least one of them.

    Risks that running text tells of have none of these and are left out.
    """
    risks = subject.plan.risks
    kept = any(each.current or each.inherent or each.leads or each.controls or each.target for each in risks)
    return risks if kept else ()


def shown(risk: Risk) -> str:
    """A risk as a finding quotes it: its number and first words."""
    return f"{risk.number} {opening(risk.title or risk.text, 10)}".strip()


def risk_place(subject: Subject, risk: Risk) -> dict[str, str]:
    """The names a finding on a risk carries."""
    return subject.where(item=risk.id)
