"""What changes an import: one transaction each, with its audit event inside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from trigpoint.characters import on_one_line
from trigpoint.documents.readers.limits import MEGABYTE
from trigpoint.errors import InputError
from trigpoint.plans.provenance import Verdict
from trigpoint.web.accounts.models import Organisation, User
from trigpoint.web.audit.services import record
from trigpoint.web.intake import uploads, worker
from trigpoint.web.intake.models import Draft, Proposal, State, Upload
from trigpoint.web.register.models import Edition

LONGEST_NAME = 255
NAMED = 50  # items that an audit event names; the rest is counted


class Conflict(Exception):
    """Somebody else decided a proposal while its page was open. ``proposal`` is as it stands now."""

    def __init__(self, proposal: Proposal) -> None:
        self.proposal = proposal
        super().__init__(str(proposal))


@dataclass(frozen=True, slots=True)
class Decided:
    """The turn of a batch of decisions, and how many it holds."""

    turn: int
    count: int


@transaction.atomic
def upload(*, file: UploadedFile, organisation: Organisation, of: Edition | None, by: User) -> Upload:
    """Keep a file that was sent, to be read in the background, for ``organisation``; ``of`` is the plan it updates."""
    made = Upload(organisation=organisation, of=of, by=by, at=timezone.now(), state=State.WAITING, size=0)
    made.name = on_one_line(file.name or "")[:LONGEST_NAME] or "document"
    made.save()
    uploads.keep(made, file.chunks(MEGABYTE))
    made.save(update_fields=["size", "digest"])
    detail = {"file": made.name, "bytes": made.size, "digest": made.digest, "organisation": organisation.name}
    record("import uploaded", by=by, subject=subject(made), detail=detail)
    transaction.on_commit(worker.worker.wake)
    return made


def subject(upload: Upload) -> str:
    """How audit events name an import."""
    return f"import {upload.pk}"


@transaction.atomic
def decide(
    proposal: Proposal,
    *,
    verdict: Verdict | None,
    seen: int,
    by: User,
    values: Mapping[str, str] | None = None,
) -> Decided:
    """Accept, correct or skip one proposal, or (``None``) make it undecided again.

    ``seen`` is the turn that the person's page showed. Raises ``Conflict`` when somebody has decided since, and
    ``InputError`` when the review is over or the proposal cannot be accepted as it stands; nothing is changed then.
    """
    locked = locked_review(proposal.upload_id)
    now = Proposal.objects.select_related("by").get(pk=proposal.pk)
    if now.turn != seen:
        raise Conflict(now)
    if now.question and verdict is Verdict.ACCEPTED:
        raise InputError("the document does not say this", remedy="give the value with “Correct”, or skip it")
    return _put(locked, Proposal.objects.filter(pk=now.pk), verdict, by=by, values=values)


@transaction.atomic
def decide_all(upload: Upload, rows: QuerySet[Proposal], *, verdict: Verdict, by: User) -> Decided:
    """Accept or skip those of ``rows`` that nobody has decided yet; questions are never accepted."""
    locked = locked_review(upload.pk)
    rows = rows.filter(upload=locked, verdict__isnull=True)
    if verdict is Verdict.ACCEPTED:
        rows = rows.filter(question=False)
    return _put(locked, rows, verdict, by=by)


@transaction.atomic
def undo(upload: Upload, *, turn: int, by: User) -> Decided:
    """Make undecided again what was decided in one turn and has not been decided anew since."""
    locked = locked_review(upload.pk)
    return _put(locked, Proposal.objects.filter(upload=locked, turn=turn, verdict__isnull=False), None, by=by)


def locked_review(pk: int) -> Upload:
    """The upload, locked, while its review is open; ``InputError`` otherwise."""
    locked = Upload.objects.select_for_update().filter(pk=pk).first()
    if locked is None or locked.state is not State.REVIEW:
        raise InputError("this review is over: nothing in it can be decided any more")
    return locked


def _put(
    locked: Upload,
    rows: QuerySet[Proposal],
    verdict: Verdict | None,
    *,
    by: User,
    values: Mapping[str, str] | None = None,
) -> Decided:
    """Write one verdict on all rows as the upload's next turn, with the event."""
    chosen = list(rows.values_list("pk", "item"))
    if not chosen:
        return Decided(locked.turn, 0)
    locked.turn += 1
    locked.save(update_fields=["turn"])
    changes = {"verdict": verdict, "values": dict(values or {}), "turn": locked.turn}
    who = {"by": by, "at": timezone.now()}
    rows.update(**changes, **who)
    detail = {
        "verdict": verdict.value if verdict else "undecided",
        "turn": locked.turn,
        "count": len(chosen),
        "items": [item for _, item in chosen[:NAMED]],
    }
    if values:
        detail["fields"] = sorted(values)
    record("import decided", by=by, subject=subject(locked), detail=detail)
    return Decided(locked.turn, len(chosen))


@transaction.atomic
def read_again(upload: Upload, *, anew: bool = False) -> None:
    """Put an open review back to be compared with its plan, ``anew`` from the file itself; decisions are kept."""
    locked = locked_review(upload.pk)
    locked.state, locked.attempts = State.WAITING, 0
    locked.save(update_fields=["state", "attempts"])
    if anew:
        Draft.objects.filter(upload=locked).delete()
    transaction.on_commit(worker.worker.wake)


@transaction.atomic
def discard(upload: Upload, *, by: User | None, why: str = "") -> None:
    """Remove an unfinished import with its file, its draft and its decisions; the record says that there was one."""
    locked = Upload.objects.select_for_update().get(pk=upload.pk)
    if locked.state is State.FINISHED:
        raise InputError("this import is finished: its plan names the file as its source")
    detail = {"file": locked.name, "digest": locked.digest} | ({"why": why} if why else {})
    record("import discarded", by=by, subject=subject(locked), detail=detail)
    locked.delete()


def abandoned(days: int) -> QuerySet[Upload]:
    """Unfinished imports in which nothing was decided, and which were not uploaded, in the last ``days`` days."""
    since = timezone.now() - timedelta(days=days)
    touched = Proposal.objects.filter(at__gte=since).values("upload")
    return Upload.objects.exclude(state=State.FINISHED).filter(at__lt=since).exclude(pk__in=touched)
