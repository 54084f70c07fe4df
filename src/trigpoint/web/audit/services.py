"""Writes and verifies the record of what happened. Always called inside the transaction of the change itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from trigpoint.web.audit.models import Event

if TYPE_CHECKING:
    from trigpoint.web.accounts.models import User

COMMAND_LINE = "command line"
VISITOR = "visitor"


@transaction.atomic
def record(
    action: str, *, by: User | None, subject: str, detail: dict[str, Any] | None = None, actor: str = COMMAND_LINE
) -> Event:
    """Append one event. ``by=None`` is whoever ``actor`` says: at first somebody at the server's own command line."""
    # The last row is locked, so that two events never follow the same one (SQLite is IMMEDIATE and needs no lock).
    last = Event.objects.select_for_update().order_by("-pk").first()
    event = Event(
        at=timezone.now(),
        user=by,
        actor=by.email if by else actor,
        action=action,
        subject=subject,
        detail=detail or {},
        previous=last.hash if last else "",
    )
    event.hash = event.seal()
    event.save()
    return event


def first_broken() -> Event | None:
    """The first event that does not follow from the one before, or was changed; ``None`` when the record is whole."""
    previous = ""
    for event in Event.objects.order_by("pk").iterator():
        if event.previous != previous or event.hash != event.seal():
            return event
        previous = event.hash
    return None
