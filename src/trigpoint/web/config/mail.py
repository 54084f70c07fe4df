"""Messages to people: plain text from a template, sent after the transaction that they tell of."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string


def absolute(path: str) -> str:
    """The full address of one of the server's pages, for a message."""
    return f"{settings.PUBLIC_ADDRESS}{path}"


def send(to: str, subject: str, template: str, context: dict[str, Any]) -> None:
    """Send the text of ``mail/<template>.txt`` to one address once the transaction is committed.

    A message that cannot be sent is logged and undoes nothing. Line breaks in ``subject`` become spaces.
    """
    body = render_to_string(f"mail/{template}.txt", context)
    message = EmailMessage(subject=" ".join(subject.split()), body=body, to=[to])
    transaction.on_commit(message.send, robust=True)
