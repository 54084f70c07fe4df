"""Writes and verifies the record of what happened. Always called inside the transaction of the change itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from trigpoint.web.audit.models import Event

if TYPE_CHECKING:
    from trigpoint.web.accounts.models import Organisation, User

COMMAND_LINE = "command line"
VISITOR = "visitor"
_TURN = 7_312_026_401  # any number, so long as it is always the same


@transaction.atomic
def record(
    action: str,
    *,
    by: User | None,
    subject: str,
    of: Organisation | None = None,
    detail: dict[str, Any] | None = None,
    actor: str = COMMAND_LINE,
) -> Event:
    """Append one event about something of the organisation ``of``, whose people may read it.

    ``by=None`` is whoever ``actor`` says: at first somebody at the server's own command line.
    """
    _take_turn()
    last = Event.objects.order_by("-pk").first()
    event = Event(
        at=timezone.now(),
        user=by,
        organisation=of,
        actor=by.email if by else actor,
        action=action,
        subject=subject,
        detail=detail or {},
        previous=last.hash if last else "",
    )
    event.hash = event.seal()
    event.save()
    return event


def _take_turn() -> None:
    """Wait until no other transaction is about to append, so that two events never follow the same one.

    A lock on the last row would not do: whoever waited for it would still hold that row, with another after it by then.
    SQLite begins every transaction IMMEDIATE, which is turn enough.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])


def first_broken() -> Event | None:
    """The first event that does not follow from the one before, or was changed; ``None`` when the record is whole."""
    previous = ""
    for event in Event.objects.order_by("pk").iterator():
        if event.previous != previous or event.hash != event.seal():
            return event
        previous = event.hash
    return None
