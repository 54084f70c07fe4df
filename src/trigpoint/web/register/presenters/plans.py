"""The plans a person may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from trigpoint.web.register.models import Edition


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan in the list."""

    title: str
    href: str
    organisation: str
    years: str
    edition: str


def years_in_words(years: Iterable[str]) -> str:
    """The plan's years.

    >>> years_in_words(["2017/18", "2018/19"]), years_in_words(["2016/17"])
    ('2017/18 to 2018/19', '2016/17')
    """
    labels = list(years)
    return labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}" if labels else ""


def plan_list(editions: Iterable[Edition]) -> dict[str, Any]:
    """Every plan by organisation and title."""
    lines = [
        PlanLine(
            row.title or "Plan without a title",
            reverse("plan", kwargs={"pk": row.pk}),
            row.organisation.name,
            years_in_words(row.years),
            row.edition,
        )
        for row in editions
    ]
    return {"lines": lines}
