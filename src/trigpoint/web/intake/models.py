"""An uploaded document, what was read in it, and what people decided of each thing read.

Nothing here belongs to a plan yet: an edition is made when the review is finished, by ``services.finish``.
"""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from django.db import models

from trigpoint.plans.provenance import Verdict
from trigpoint.web.accounts.access import Right
from trigpoint.web.accounts.models import Organisation, User
from trigpoint.web.config.fields import EnumField
from trigpoint.web.register.models import Edition


class State(Enum):
    """How far an upload has come."""

    WAITING = "waiting"
    READING = "reading"
    REVIEW = "review"
    NO_PLAN = "no plan"
    REFUSED = "refused"
    FINISHED = "finished"

    @property
    def under_way(self) -> bool:
        """Whether the document is still to be read."""
        return self in (State.WAITING, State.READING)


class UploadQuerySet(models.QuerySet["Upload"]):
    def open_to(self, user: User) -> UploadQuerySet:
        """Uploads for the organisations that the user may import for, and no other."""
        return self.filter(organisation__in=user.organisations_where(Right.IMPORT))


class Upload(models.Model):
    """One document that somebody sent, and where its import stands.

    ``of`` is the edition that it is compared with, as it was at ``of_revision``; ``edition`` the one it became.
    ``attempts`` counts readings that were begun, ``beat_at`` when the reading last showed life, ``done`` and ``total``
    how far it is. ``turn`` grows with every decision, so that two people's decisions have an order.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    of = models.ForeignKey(Edition, null=True, on_delete=models.SET_NULL, related_name="+")
    of_revision = models.PositiveIntegerField(null=True)
    name = models.TextField()
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = EnumField(State)
    attempts = models.PositiveSmallIntegerField(default=0)
    beat_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    reason = models.TextField(blank=True)
    summary = models.JSONField(default=dict)
    turn = models.PositiveIntegerField(default=0)
    edition = models.ForeignKey(Edition, null=True, on_delete=models.SET_NULL, related_name="+")
    finished_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar = UploadQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["state", "at"], name="upload_state")]

    def __str__(self) -> str:
        return self.name


class Chunk(models.Model):
    """A piece of the uploaded file, in order."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="chunks")
    position = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["upload", "position"], name="chunk_position")]


class Draft(models.Model):
    """The plan draft that was read, so that finishing a review reads no file a second time."""

    upload = models.OneToOneField(Upload, on_delete=models.CASCADE, related_name="draft")
    content = models.BinaryField()


class Proposal(models.Model):
    """One thing that was read, beside its source words, and the latest decision of it.

    ``fields`` are those of ``FieldProposal`` by name, in order; ``findings`` what the checks say of its lines, as
    [severity, rule, message, fragment]; ``theme`` and ``objective`` the headings it stands under. A ``question``
    cannot be accepted as it stands. ``turn`` is the upload's turn of the latest change, 0 where there was none.
    """

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="proposals")
    position = models.PositiveIntegerField()
    key = models.TextField()
    action = models.TextField()
    table = models.TextField()
    item = models.TextField()
    parent = models.TextField(blank=True)
    title = models.TextField(blank=True)
    theme = models.TextField(blank=True)
    objective = models.TextField(blank=True)
    fields = models.JSONField(default=list)
    words = models.TextField(blank=True)
    place = models.TextField(blank=True)
    sure = models.BooleanField()
    question = models.BooleanField()
    doubts = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    verdict = EnumField(Verdict, null=True)
    values = models.JSONField(default=dict)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(null=True)
    turn = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["upload", "position"], name="proposal_position")]
        indexes: ClassVar = [models.Index(fields=["upload", "verdict", "sure"], name="proposal_verdict")]

    def __str__(self) -> str:
        return self.title
