"""The server's pages for a plan of 5,000 deliverables, in a database in memory.

*First time* reads the plan from the database; *from then on* finds it in the server's memory, as every page but the
first after a load does.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, timedelta

from benchmarks.timing import Claim, call_seconds, paired_medians
from trigpoint.plans.model import Deliverable, Lead, Milestone, Objective, Plan, Progress, Scope, Theme, Update

BOUND_SECONDS = 0.150
OBJECTIVES, EACH = 250, 20
START = date(2026, 4, 1)


def large_plan() -> Plan:
    """Nine themes, 250 objectives, 5,000 deliverables over two years, every second with milestone and update."""
    objectives = [
        Objective(
            id=f"o{n}",
            theme=f"t{n % 9 + 1}",
            number=str(n),
            title=f"Objective {n}: fewer people wait, and those who wait know why and for how long",
            leads=(Lead(role=f"Director {n % 12}"),),
            committees=(f"Committee {n % 7}",),
        )
        for n in range(1, OBJECTIVES + 1)
    ]
    deliverables = [
        Deliverable(
            id=f"d{n}",
            objective=f"o{n // EACH + 1}",
            text=f"Deliverable {n}: the service is open to everyone who needs it in every locality",
            due=START + timedelta(days=n * 7 % 730) if n % 10 else None,
            column="" if n % 10 else "2026/27",
            scope=Scope.LOCAL if n % 5 == 0 else Scope.SYSTEM,
            area=f"Locality {n % 6}" if n % 5 == 0 else "",
        )
        for n in range(OBJECTIVES * EACH)
    ]
    milestones = [
        Milestone(f"m{row.id}", row.objective, row.id, f"Step towards {row.id}", due=row.due)
        for row in deliverables[::2]
    ]
    reported = list(Progress)
    updates = [
        Update(row.id, date(2026, 11, 1), reported[n % len(reported)]) for n, row in enumerate(deliverables[::2])
    ]
    return Plan(
        title="A large plan",
        organisation="NHS Example ICB",
        years=("2026/27", "2027/28"),
        as_at=date(2026, 11, 30),
        themes=tuple(Theme(f"t{n}", str(n), f"Theme {n}") for n in range(1, 10)),
        objectives=tuple(objectives),
        deliverables=tuple(deliverables),
        milestones=tuple(milestones),
        updates=tuple(updates),
    )


def claims() -> list[Claim]:
    """The page as the server answers it, middleware and sign-in included, against reading the rows alone."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "trigpoint.web.config.settings_test"
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from trigpoint.web.accounts.services import add_demonstration_user
    from trigpoint.web.register.models import Deliverable as Row
    from trigpoint.web.register.services import load_plan
    from trigpoint.web.register.store import shelf

    call_command("migrate", verbosity=0)
    edition = load_plan(large_plan(), by=None).edition
    client = Client()
    client.force_login(add_demonstration_user(), backend="django.contrib.auth.backends.ModelBackend")
    address = f"/plans/{edition.pk}/"

    def page(path: str = "", *, cold: bool = False) -> Callable[[], float]:
        def fetch() -> float:
            if cold:
                shelf.clear()
            return call_seconds(lambda: _require(client.get(address + path).status_code))

        return fetch

    def rows() -> float:
        return call_seconds(lambda: list(Row.objects.filter(edition=edition).values_list()))

    cases = (
        ("plan page of 5,000 deliverables, first time", page(cold=True)),
        ("plan page of 5,000 deliverables, from then on", page()),
        ("search of 5,000 deliverables", page("search/?q=service&state=overdue&sort=objective")),
    )
    found = []
    for name, fetch in cases:
        ours, floor = paired_medians(fetch, rows, runs=9)
        title = f"{name}, {_queries(fetch)} queries"
        found.append(Claim(title, ours, "reading the 5,000 rows with Django", floor, BOUND_SECONDS))
    return found


def _require(status: int) -> None:
    if status != 200:
        raise SystemExit(f"the page answered {status}")


def _queries(fetch: Callable[[], float]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        fetch()
    return len(queries)
