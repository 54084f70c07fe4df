"""The number of queries does not grow with the plan."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from web_sample import make_plan, signed_in

from trigpoint.plans.model import Plan
from trigpoint.plans.workspace import Workspace
from trigpoint.web.accounts.models import Membership, User
from trigpoint.web.register.services import load_workspace
from trigpoint.web.register.store import shelf


def grown(times: int) -> Plan:
    """The small plan with every row that many times over."""
    plan = make_plan(f"Organisation {times}")

    def copies(rows: tuple[object, ...], *names: str) -> tuple[object, ...]:
        return tuple(
            replace(row, **{name: f"{getattr(row, name)}-{n}" for name in names if getattr(row, name)})  # type: ignore[type-var]
            for n in range(times)
            for row in rows
        )

    return replace(
        plan,
        themes=copies(plan.themes, "id"),
        objectives=copies(plan.objectives, "id", "theme"),
        deliverables=copies(plan.deliverables, "id", "objective"),
        milestones=copies(plan.milestones, "id", "objective", "deliverable"),
        measures=copies(plan.measures, "id", "objective", "deliverable"),
        links=copies(plan.links, "objective"),
        indicators=copies(plan.indicators, "id", "objective"),
        updates=copies(plan.updates, "item"),
    )


def count(path: str, times: int) -> int:
    edition = load_workspace(Workspace(grown(times)), by=None).edition
    user = User.objects.create_user(f"planner{times}@example.org")
    Membership.objects.create(user=user, organisation=edition.organisation)
    client = signed_in(user)
    shelf.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path.format(pk=edition.pk)).status_code == 200
    return len(queries)


PATHS = [
    "/",
    "/plans/{pk}/",
    "/plans/{pk}/objectives/o1-0/",
    "/plans/{pk}/search/",
    "/plans/{pk}/measures/",
    "/plans/{pk}/papers/",
    "/plans/{pk}/coverage/?framework=nhs-2026-29",
]


@pytest.mark.parametrize("path", PATHS)
def test_as_many_queries_for_a_large_plan_as_for_a_small_one(db: None, path: str) -> None:
    small = count(path, 1)
    assert count(path, 12) == small <= 29
