"""What happens to a filled template: kept, accepted as a new revision of the plan, or discarded; each on record."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from trigpoint.characters import on_one_line
from trigpoint.errors import InputError
from trigpoint.web.accounts.models import User
from trigpoint.web.audit.services import record
from trigpoint.web.dashboards.codec import Tables
from trigpoint.web.proposals.models import ProposalState, SentTemplate
from trigpoint.web.register.models import Edition
from trigpoint.web.register.services import Loaded, load_workspace
from trigpoint.web.register.store import findings_of, read_workspace

LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Kind:
    """The templates of one model: their table, and what the audit trail calls what happens to them."""

    model: type[SentTemplate]
    sent: str
    accepted: str
    discarded: str


@transaction.atomic
def propose(kind: Kind, edition: Edition, *, name: str, data: bytes, texts: Mapping[str, str], by: User) -> Any:
    """Keep what a filled template holds, to be looked at and accepted or discarded."""
    made = kind.model.objects.create(
        edition=edition,
        revision=edition.revision,
        name=on_one_line(name)[:LONGEST_NAME] or "template.xlsx",
        digest=hashlib.sha256(data).hexdigest(),
        texts=dict(texts),
        state=ProposalState.WAITING,
        by=by,
        at=timezone.now(),
    )
    detail = {"file": made.name, "digest": made.digest, "bytes": len(data)}
    record(kind.sent, by=by, subject=subject(edition), detail=detail)
    return made


@transaction.atomic
def accept(
    kind: Kind, proposal: SentTemplate, attached: Callable[[Edition, Mapping[str, str]], Tables], *, by: User
) -> Loaded:
    """Put what a template holds into the plan, as a new revision of the edition.

    ``attached`` makes, of the edition and the template's files, all that other applications have under the edition.
    Raises ``InputError`` where the plan was changed since the template came, or somebody has decided already; nothing
    is changed then.
    """
    locked = _waiting(kind, proposal)
    edition = Edition.objects.select_for_update().select_related("organisation").get(pk=locked.edition_id)
    if edition.revision != locked.revision:
        what = "the plan was changed since the template was sent"
        raise InputError(what, remedy="download the template again, enter the changes there, and send that")
    tables = attached(edition, locked.texts)
    loaded = load_workspace(read_workspace(edition), by=by, findings=findings_of(edition), attached=tables)
    _settle(locked, ProposalState.ACCEPTED, by)
    detail = {"file": locked.name, "digest": locked.digest, "files": sorted(locked.texts)}
    record(kind.accepted, by=by, subject=subject(edition), detail=detail | {"revision": loaded.edition.revision})
    return loaded


@transaction.atomic
def discard(kind: Kind, proposal: SentTemplate, *, by: User) -> None:
    """Leave a template aside; nothing of it is taken in."""
    locked = _waiting(kind, proposal)
    _settle(locked, ProposalState.DISCARDED, by)
    detail = {"file": locked.name, "digest": locked.digest}
    record(kind.discarded, by=by, subject=subject(locked.edition), detail=detail)


def proposal_for(kind: Kind, edition: Edition, number: int) -> Any:
    """A template that was sent for this edition and waits for a decision; raises ``Http404`` where there is none."""
    found = kind.model.objects.select_related("by").filter(edition_id=edition.pk, pk=number).first()
    if found is None or found.state is not ProposalState.WAITING:
        raise Http404
    return found


def subject(edition: Edition) -> str:
    """How audit events name the plan that something was sent for."""
    return f"plan {edition.pk}"


def _waiting(kind: Kind, proposal: SentTemplate) -> SentTemplate:
    locked: SentTemplate = kind.model.objects.select_for_update().get(pk=proposal.pk)
    if locked.state is not ProposalState.WAITING:
        raise InputError("somebody has decided on this template already")
    return locked


def _settle(proposal: SentTemplate, state: ProposalState, by: User) -> None:
    """What was decided; of one that was discarded, the files themselves are no longer needed."""
    proposal.state, proposal.settled_by, proposal.settled_at = state, by, timezone.now()
    proposal.texts = {} if state is ProposalState.DISCARDED else proposal.texts
    proposal.save(update_fields=["state", "settled_by", "settled_at", "texts"])
