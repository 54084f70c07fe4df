"""The activity model in the database: the files of a workspace's folder ``activity`` under an edition, and what people
add to them on the pages.

Files are rows of the edition, like the figures of measures: written as a whole by ``register.services``. Scenarios made
on the pages are not: they stay when the edition is loaded again, and a change of one is a new version, never an edit.
"""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models

from trigpoint.web.accounts.models import User
from trigpoint.web.proposals.models import SentTemplate
from trigpoint.web.register.models import Edition, Row


class ActivityFile(Row):
    """One file as text: its name within the folder, such as "counts.csv" or "scenarios/slow.toml"."""

    name = models.TextField()
    content = models.TextField(blank=True)


class ActivityCells(Row):
    """The pooled records, as Parquet: at most one row an edition."""

    content = models.BinaryField()


class ActivityProblem(Row):
    """What was found wrong when the files were loaded, a sentence each."""

    text = models.TextField()


class KeptForGood(TypeError):
    """Somebody tried to change or remove a version of a scenario."""


class ScenarioVersion(models.Model):
    """A scenario as somebody saved it. The newest version of a key holds; ``withdrawn`` takes it off the list.

    ``changes`` are triples of assumption, field and value as ``assumptions.scenario.Change`` has them; ``without`` the
    ids of assumptions that are left out.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    version = models.PositiveIntegerField()
    name = models.TextField()
    note = models.TextField(blank=True)
    changes = models.JSONField(default=list)
    without = models.JSONField(default=list)
    withdrawn = models.BooleanField(default=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar = models.Manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "key", "version"], name="scenario_version"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise KeptForGood("a version of a scenario is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise KeptForGood("a version of a scenario is never removed")


class Proposal(SentTemplate):
    """A filled template of the activity model's assumptions."""
