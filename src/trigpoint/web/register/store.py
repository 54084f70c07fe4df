"""Database → values. Nothing here writes.

An edition changes only as a whole and only through ``services``, which then raises its revision; so the values
of a revision are kept in memory and read once (a plan of 5,000 deliverables takes a tenth of a second to read).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import date
from threading import Lock
from typing import Any, TypeVar

from django.http import Http404

from trigpoint.checks.finding import Finding
from trigpoint.plans.model import Plan
from trigpoint.plans.provenance import Provenance
from trigpoint.plans.workspace import Workspace
from trigpoint.web.accounts.models import User
from trigpoint.web.register import codec
from trigpoint.web.register.codec import Codec
from trigpoint.web.register.models import Edition

T = TypeVar("T")
KEPT = 32  # values in memory at a time: plans, their states, their pictures


class Shelf:
    """Values made from an edition's revision, the most recently used ones kept. Safe between threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[Any, ...], make: Callable[[], T]) -> T:
        """The value under ``key``, made when it is not there (two threads may both make it; one result is kept)."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        with self._lock:
            self._values[key] = value
            while len(self._values) > self._size:
                self._values.popitem(last=False)
        return value

    def clear(self) -> None:
        with self._lock:
            self._values.clear()


class PatientShelf(Shelf):
    """A shelf of what takes long to make. Of several people who ask for one that is not there, one waits for it to be
    made and the others for that one: it takes all of a core, so two of the same would take twice as long."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self._making: dict[tuple[Any, ...], Lock] = {}
        self._gate = Lock()

    def get(self, key: tuple[Any, ...], make: Callable[[], T]) -> T:
        with self._gate:
            own = self._making.setdefault(key, Lock())
        try:
            with own:
                return super().get(key, make)
        finally:
            with self._gate:
                self._making.pop(key, None)


shelf = Shelf(KEPT)


def revision_key(edition: Edition) -> tuple[Any, ...]:
    """What the values of an edition depend on. The digest guards against a database swapped under a running server."""
    return (edition.pk, edition.revision, edition.digest)


def editions_for(user: User) -> list[Edition]:
    """The plans this person may see."""
    return list(Edition.objects.visible_to(user).select_related("organisation"))


def edition_for(user: User, pk: int) -> Edition:
    """One of the plans this person may see; others' are *not found*, not *forbidden*: that they exist is theirs."""
    edition = Edition.objects.visible_to(user).select_related("organisation").filter(pk=pk).first()
    if edition is None:
        raise Http404
    return edition


def rows(edition: Edition, table: Codec) -> tuple[Any, ...]:
    """All values of one table, in printed order."""
    decode = table.decode
    found = table.model.objects.filter(edition_id=edition.pk).order_by("position").values_list(*table.columns)
    return tuple(decode(*row) for row in found.iterator(chunk_size=5_000))


def read_plan(edition: Edition) -> Plan:
    """The whole plan, equal to the one that was loaded. Seventeen queries, whatever its size."""
    targets = codec.grouped(rows(edition, codec.TARGETS))
    leads = codec.grouped(rows(edition, codec.LEADS))
    printed = codec.grouped(rows(edition, codec.INDICATOR_ROWS))
    scores = codec.grouped(rows(edition, codec.RISK_SCORES))
    return Plan(
        title=edition.title,
        organisation=edition.organisation.name,
        years=tuple(edition.years),
        framework=edition.framework,
        edition=edition.edition,
        as_at=edition.as_at,
        notice=edition.notice,
        themes=rows(edition, codec.THEMES),
        objectives=rows(edition, codec.objectives(leads)),
        deliverables=rows(edition, codec.deliverables(targets, leads)),
        milestones=rows(edition, codec.milestones(targets, leads)),
        measures=rows(edition, codec.measures(targets)),
        links=rows(edition, codec.LINKS),
        indicators=rows(edition, codec.indicators(printed)),
        trajectories=rows(edition, codec.TRAJECTORIES),
        risks=rows(edition, codec.risks(leads, scores)),
        finance=rows(edition, codec.FINANCE),
        activity=rows(edition, codec.ACTIVITY),
        updates=rows(edition, codec.UPDATES),
    )


def read_workspace(edition: Edition) -> Workspace:
    """Everything of the workspace that was loaded, equal to it."""
    return Workspace(
        plan=read_plan(edition),
        places=rows(edition, codec.PLACES),
        waivers=rows(edition, codec.WAIVERS),
        provenance=rows(edition, codec.PROVENANCE),
        checks=dict(edition.checks),
    )


def plan_of(edition: Edition) -> Plan:
    """As ``read_plan``, from memory where it has been read before."""
    return shelf.get((*revision_key(edition), "plan"), lambda: read_plan(edition))


def findings_of(edition: Edition) -> tuple[Finding, ...]:
    """What the checks said of the plan when it was loaded."""
    return shelf.get((*revision_key(edition), "findings"), lambda: rows(edition, codec.FINDINGS))


def provenance_of(edition: Edition, items: Iterable[str]) -> tuple[Provenance, ...]:
    """Where some rows of the plan were read, and who accepted them; of a plan that was not imported, nothing."""
    table = codec.PROVENANCE
    found = table.model.objects.filter(edition_id=edition.pk, item__in=list(items)).order_by("position")
    return tuple(table.decode(*row) for row in found.values_list(*table.columns))


def reporting_date(edition: Edition, *, asked: date | None, configured: date | None, today: date) -> date:
    """The date a page reports at: what the reader asks for, else the server's, else the plan's own, else today."""
    return asked or configured or edition.as_at or today
