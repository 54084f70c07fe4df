"""What a filled template leaves in the database until somebody decides on it."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from django.db import models

from trigpoint.web.accounts.models import User
from trigpoint.web.config.fields import EnumField
from trigpoint.web.register.models import Edition


class ProposalState(Enum):
    """What became of a template that somebody sent."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DISCARDED = "discarded"


class SentTemplate(models.Model):
    """A filled template that somebody sent: the files that it would make, until it is accepted or discarded.

    ``revision`` is the edition's when it came: what was changed since is not overwritten by it.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    revision = models.PositiveIntegerField()
    name = models.TextField()
    digest = models.CharField(max_length=64)
    texts = models.JSONField(default=dict)
    state = EnumField(ProposalState)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    settled_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)

    objects: ClassVar = models.Manager()

    class Meta:
        abstract = True
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.name
