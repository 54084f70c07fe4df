"""How the people and bodies behind a commitment are named."""

from __future__ import annotations

from trigpoint.plans.model import Lead, Objective


def lead_name(lead: Lead) -> str:
    """A lead as printed: name and role, or the one that is known.

    >>> lead_name(Lead(name="A. Planner", role="Director of Strategy")), lead_name(Lead(role="Director of Strategy"))
    ('A. Planner, Director of Strategy', 'Director of Strategy')
    """
    return ", ".join(part for part in (lead.name, lead.role) if part)


def lead_names(objective: Objective) -> tuple[str, ...]:
    """All leads of an objective, the accountable one marked."""
    return tuple(
        f"{lead_name(lead)} (accountable)" if lead.accountable else lead_name(lead) for lead in objective.leads
    )


def numbered(number: str, title: str) -> str:
    """A title with its printed number.

    >>> numbered("4.2", "Urgent care"), numbered("", "Urgent care")
    ('4.2 Urgent care', 'Urgent care')
    """
    return f"{number} {title}".strip()
