"""Puts on record who signed in and out, and which accounts were closed for a while after too many failures."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.utils import timezone

from trigpoint.web.accounts.models import User
from trigpoint.web.audit.models import Event
from trigpoint.web.audit.services import VISITOR, record

SIGNED_IN, SIGNED_OUT, LOCKED = "signed in", "signed out", "sign-in locked"


@receiver(user_logged_in)
def signed_in(sender: Any, user: User, **more: Any) -> None:
    record(SIGNED_IN, by=user, subject=user.email)


@receiver(user_logged_out)
def signed_out(sender: Any, user: User | None, **more: Any) -> None:
    if user is not None:
        record(SIGNED_OUT, by=user, subject=user.email)


@receiver(user_locked_out)
def locked_out(sender: Any, username: str | None, **more: Any) -> None:
    """Once each time, however long somebody goes on trying: the record is never shortened, so no stranger may fill it.

    What was typed is kept only where it is somebody's address: people type passwords into the wrong field.
    """
    user = User.objects.filter(email=(username or "").strip().lower()).first()
    if user is None:
        return
    since = timezone.now() - timedelta(hours=settings.AXES_COOLOFF_TIME)
    if not Event.objects.filter(action=LOCKED, subject=user.email, at__gte=since).exists():
        record(LOCKED, by=None, actor=VISITOR, subject=user.email)
