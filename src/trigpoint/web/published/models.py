"""Published statistics in the database: what was sent, the files that were read in it, and the figures they give.

A file, once read, is never changed or removed. Which of two files shows a figure is settled when the later one comes
(``releases.store.settling``), and kept as a new row, never as a change. Figures are derived: those of the periods that
a new file touches are made anew.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Any, ClassVar, NoReturn

from django.db import models

from trigpoint.releases.observation import Basis, Marker, Status
from trigpoint.releases.store.addition import Outcome
from trigpoint.web.accounts.access import Right
from trigpoint.web.accounts.models import Organisation, User
from trigpoint.web.config.fields import EnumField
from trigpoint.web.intake.models import State


def short_name(name: str) -> str:
    """A file's name without its folders, of an archive and of its member alike.

    >>> short_name("data/2026/both.zip » tables/a.csv")
    'both.zip » a.csv'
    """
    return " » ".join(PurePath(part).name or part for part in name.split(" » "))


class OwnedQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> OwnedQuerySet:
        """What is held for the organisations that the user belongs to, and nothing else."""
        return self.filter(owner__in=user.organisations_where(Right.READ))


class Batch(models.Model):
    """Files that somebody sent together, for one organisation.

    ``month`` is the first day of the month that those of them are of which do not say so themselves.
    """

    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    month = models.DateField(null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]


class Sending(models.Model):
    """One file that was sent, and how far its reading is; the columns that ``intake.jobs`` works with are as there.

    ``results`` are what became of each table in it, once it is read: the JSON of ``results.Result``.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="sendings")
    position = models.PositiveIntegerField()
    name = models.TextField()
    size = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    state = EnumField(State)
    attempts = models.PositiveSmallIntegerField(default=0)
    beat_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    reason = models.TextField(blank=True)
    results = models.JSONField(default=list)

    objects: ClassVar = models.Manager()

    class Meta:
        ordering: ClassVar = ["batch", "position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["batch", "position"], name="sending_position")]
        indexes: ClassVar = [models.Index(fields=["state"], name="sending_state")]

    def __str__(self) -> str:
        return self.name


class Piece(models.Model):
    """A piece of a file that waits to be read; gone when it was: whoever published the file gives it again."""

    sending = models.ForeignKey(Sending, on_delete=models.CASCADE, related_name="pieces")
    position = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["sending", "position"], name="piece_position")]


class KeptForGood(TypeError):
    """Somebody tried to change or remove a file that is held."""


class FileQuerySet(OwnedQuerySet):
    def update(self, **fields: Any) -> NoReturn:
        raise KeptForGood("a published file that is held is never changed")

    def delete(self) -> NoReturn:
        raise KeptForGood("a published file that is held is never removed")


class PublishedFile(models.Model):
    """One table of a published file: all that ``releases.release.Reading`` says of it but its observations.

    ``digest`` tells the same content again, once for each organisation that holds it. ``periods`` are pairs of days,
    ``first`` and ``last`` their ends; ``told`` holds what else the reading says; ``outcome`` and ``remarks`` what
    became of the files that were there before it. Files are settled in the order of their keys.
    """

    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    name = models.TextField()
    release = models.TextField()
    variant = models.TextField(blank=True)
    era = models.TextField(blank=True)
    title = models.TextField(blank=True)
    status = EnumField(Status)
    published = models.DateField(null=True)
    revised = models.DateField(null=True)
    whole = models.BooleanField()
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    periods = models.JSONField(default=list)
    parts = models.JSONField(default=list)
    observations = models.PositiveIntegerField()
    organisations = models.PositiveIntegerField()
    told = models.JSONField(default=dict)
    outcome = EnumField(Outcome)
    remarks = models.JSONField(default=list)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()

    objects: ClassVar = FileQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["owner", "digest"], name="published_once")]
        indexes: ClassVar = [models.Index(fields=["owner", "release", "last"], name="published_release")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name without the folders that it was given with."""
        return short_name(self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise KeptForGood("a published file that is held is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise KeptForGood("a published file that is held is never removed")


class Standing(models.Model):
    """How far a file is in force since ``because`` came: the newest row of a file holds.

    ``superseded`` are the entries of ``releases.store.held.Superseded``; ``beside`` is true of a file that only fills
    what others lack.
    """

    file = models.ForeignKey(PublishedFile, on_delete=models.PROTECT, related_name="standings")
    because = models.ForeignKey(PublishedFile, on_delete=models.PROTECT, related_name="+")
    beside = models.BooleanField()
    superseded = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["file", "because"], name="standing_once")]


class ObservationChunk(models.Model):
    """A piece of a file's observations as Parquet, in order."""

    file = models.ForeignKey(PublishedFile, on_delete=models.PROTECT, related_name="chunks")
    position = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["file", "position"], name="observation_position")]


class PublishedOrganisation(models.Model):
    """A code as the newest file names it, once for each basis that it reports on."""

    owner = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=40)
    basis = EnumField(Basis)
    name = models.TextField()
    parent = models.TextField(blank=True)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "code", "basis"], name="published_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class PublishedFigure(models.Model):
    """A measure of one organisation in one period, as the files that are held give it now."""

    owner = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    measure = models.CharField(max_length=100)
    org = models.CharField(max_length=40)
    basis = EnumField(Basis)
    start = models.DateField()
    end = models.DateField()
    value = models.FloatField(null=True)
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    marker = EnumField(Marker)
    status = EnumField(Status)
    file = models.ForeignKey(PublishedFile, null=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["end", "start"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner", "measure", "org", "basis", "start", "end"], name="published_figure"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["owner", "measure", "basis", "end"], name="published_comparison"),
        ]
