"""The end of a review: what was accepted becomes an edition of a plan, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from trigpoint.checks import Finding, check_workspace
from trigpoint.documents.review import Decision, remembered, settle
from trigpoint.errors import InputError
from trigpoint.plans.model import Plan
from trigpoint.plans.provenance import Provenance
from trigpoint.plans.workspace import Workspace
from trigpoint.web.accounts.models import User
from trigpoint.web.activity.store import attached_to as activity_of
from trigpoint.web.audit.services import record
from trigpoint.web.config.clock import today
from trigpoint.web.dashboards.store import attached_to as measures_of
from trigpoint.web.finance.store import attached_to as finance_of
from trigpoint.web.intake import services
from trigpoint.web.intake.drafts import Outdated, unpacked
from trigpoint.web.intake.models import Draft, Proposal, State, Upload
from trigpoint.web.register import store
from trigpoint.web.register.models import Edition
from trigpoint.web.register.services import Loaded, identity, load_workspace

PLAN = "plan"


class PlanChanged(Exception):
    """The plan that the document was compared with has changed since: it is being compared anew."""


class Unfit(InputError):
    """Something in the form stands in the way; ``field`` is the one to change."""

    def __init__(self, what: str, *, remedy: str, field: str) -> None:
        self.field = field
        super().__init__(what, remedy=remedy)


@dataclass(frozen=True, slots=True)
class _Ready:
    """An edition that only needs to be written, and the turn of the review that it was made at."""

    space: Workspace
    findings: tuple[Finding, ...]
    told: tuple[str, ...]
    turn: int


def finish(upload: Upload, *, title: str, edition: str, by: User) -> Loaded:
    """Make the edition of what was accepted and corrected; what is undecided is left out.

    Raises ``PlanChanged`` when the comparison is out of date, ``InputError`` when the decisions make no plan, or when
    the title and edition are those of another plan. Nothing is changed then but, for the first, that the document is
    compared anew; decisions of proposals that stay the same are kept.
    """
    if upload.of is not None and upload.of.revision != upload.of_revision:
        services.read_again(upload)
        raise PlanChanged
    try:
        # A large plan is checked for seconds: nobody who writes elsewhere has to wait for that.
        ready = _ready(upload, title.strip(), edition.strip())
    except Outdated:
        services.read_again(upload, anew=True)
        raise PlanChanged from None
    return _write(upload, ready, by)


def _ready(upload: Upload, title: str, edition: str) -> _Ready:
    now = Upload.objects.select_related("of__organisation", "organisation").get(pk=upload.pk)
    before = store.read_workspace(now.of) if now.of else None
    draft, sources = unpacked(Draft.objects.get(upload=now).content), before.provenance if before else ()
    settled = settle(draft, before.plan if before else None, decisions(now), now.digest, sources)
    # The document may name any organisation; the plan belongs to the one that the person may import for.
    plan = replace(settled.plan, title=title, edition=edition, organisation=now.organisation.name)
    _refuse_unfit(plan)
    kept = tuple(row for row in remembered(sources, settled) if _still_true(row, settled.plan, plan))
    space = replace(before or Workspace(plan), plan=plan, provenance=kept)
    return _Ready(space, check_workspace(space, today=today()), settled.told, now.turn)


@transaction.atomic
def _write(upload: Upload, ready: _Ready, by: User) -> Loaded:
    locked = services.locked_review(upload.pk)
    before = Edition.objects.select_for_update().filter(pk=locked.of_id).first()
    if locked.turn != ready.turn or (before and before.revision != locked.of_revision):
        remedy = "look at what changed and make the edition again"
        raise InputError("somebody else decided something this very moment", remedy=remedy)
    _refuse_taken_name(locked, ready.space.plan)
    # A document holds no figures of measures, no activity model and no finance: a plan's own stay with its edition.
    attached = (*measures_of(before), *activity_of(before), *finance_of(before)) if before else ()
    loaded = load_workspace(ready.space, by=by, findings=ready.findings, attached=attached)
    locked.state, locked.edition = State.FINISHED, loaded.edition
    locked.finished_by, locked.finished_at = by, timezone.now()
    locked.summary |= {"told": list(ready.told)}
    locked.save()
    detail = {"plan": loaded.edition.pk, "outcome": loaded.outcome.value, "file": locked.name, "digest": locked.digest}
    record("import finished", by=by, subject=services.subject(locked), detail=detail)
    return loaded


def decisions(upload: Upload) -> tuple[Decision, ...]:
    """What people decided, in the order in which they did."""
    rows = (
        Proposal.objects.filter(upload=upload, verdict__isnull=False).select_related("by").order_by("turn", "position")
    )
    return tuple(
        Decision(row.key, row.verdict, row.values, str(row.by or ""), timezone.localdate(row.at)) for row in rows
    )


def _refuse_unfit(plan: Plan) -> None:
    """A plan needs a title, and something in it."""
    if not plan.title:
        raise Unfit("the plan has no title", remedy="give it one", field="title")
    if not (plan.objectives or plan.deliverables or plan.milestones or plan.indicators or plan.risks):
        raise InputError("nothing has been accepted that a plan could hold", remedy="go back and accept what is right")


def _refuse_taken_name(upload: Upload, plan: Plan) -> None:
    """The edition may stand in the place of the one that it was compared with, and of no other."""
    same = Edition.objects.filter(identity=identity(plan)).first()
    if same is not None and same.pk != upload.of_id:
        remedy = "give this one another edition name, or upload the document again as a new edition of that plan"
        raise Unfit("a plan of this title and edition is here already", remedy=remedy, field="edition")


def _still_true(row: Provenance, settled: Plan, plan: Plan) -> bool:
    """Whether a field's source still holds: not where the plan's own field was given another value at the end."""
    return row.item != PLAN or getattr(settled, row.field) == getattr(plan, row.field)
