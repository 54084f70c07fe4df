"""What happened, in order, never changed. Each event carries a hash of itself and of the event before."""

from __future__ import annotations

import hashlib
import json
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models


class AppendOnly(TypeError):
    """Somebody tried to change or remove an event."""


class EventQuerySet(models.QuerySet["Event"]):
    def update(self, **fields: Any) -> NoReturn:
        raise AppendOnly("events are never changed")

    def delete(self) -> NoReturn:
        raise AppendOnly("events are never removed")


class Event(models.Model):
    """One thing that somebody did, to something of ``organisation`` where it is somebody's.

    ``actor`` is the words, kept when the person's account is gone.
    """

    at = models.DateTimeField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    actor = models.TextField()
    action = models.TextField()
    subject = models.TextField()
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    objects: ClassVar = EventQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor}: {self.action} {self.subject}"

    def seal(self) -> str:
        """The hash of this event's content and of the event before, 64 hexadecimal digits."""
        content = [self.previous, self.at.isoformat(), self.actor, self.action, self.subject, self.detail]
        if self.organisation_id is not None:  # events of before organisations were kept are sealed without
            content.append(self.organisation_id)
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("events are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("events are never removed")
