"""How the people and bodies behind a commitment are named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from trigpoint.plans.model import Lead


def lead_name(lead: Lead) -> str:
    """A lead as printed: name and role, or the one that is known.

    >>> lead_name(Lead(name="A. Planner", role="Director of Strategy")), lead_name(Lead(role="Director of Strategy"))
    ('A. Planner, Director of Strategy', 'Director of Strategy')
    """
    return ", ".join(part for part in (lead.name, lead.role) if part)


def lead_names(leads: Iterable[Lead]) -> tuple[str, ...]:
    """All leads, the accountable one marked; leads that are named alike are counted.

    >>> lead_names((Lead(role="Finance Director"),) * 2)
    ('Finance Director (2 people)',)
    """
    names = Counter(f"{lead_name(lead)} (accountable)" if lead.accountable else lead_name(lead) for lead in leads)
    return tuple(name if people == 1 else f"{name} ({people} people)" for name, people in names.items())
