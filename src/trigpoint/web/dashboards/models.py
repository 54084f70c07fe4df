"""The tables of measures under an edition: definitions whole, figures as they were entered.

They are rows of the edition like those of the register: written as a whole by ``register.services``, together with
the plan, and never alone. What is computed from them is not stored.
"""

from __future__ import annotations

from django.db import models

from trigpoint.measures.book.book import AimKind, Status
from trigpoint.places.model import PlaceKind
from trigpoint.web.config.fields import EnumField, ExactDecimalField
from trigpoint.web.register.models import Row


def _text() -> models.TextField:
    return models.TextField(blank=True)


class Definition(Row):
    """One indicator as JSON of its own fields: a thousand are read in the time that fifty of the files would take."""

    key = _text()
    content = _text()


class Actual(Row):
    indicator = _text()
    place = _text()
    period = _text()
    numerator = ExactDecimalField(null=True)
    denominator = ExactDecimalField(null=True)
    value = ExactDecimalField(null=True)
    group = _text()
    status = EnumField(Status)
    source = _text()
    loaded_on = models.DateField(null=True)
    note = _text()
    illustrative = models.BooleanField()


class Aim(Row):
    indicator = _text()
    place = _text()
    kind = EnumField(AimKind)
    period = _text()
    value = ExactDecimalField(null=True)
    numerator = ExactDecimalField(null=True)
    denominator = ExactDecimalField(null=True)
    rule = _text()
    group = _text()
    edition_label = _text()
    approved_by = _text()
    illustrative = models.BooleanField()


class Rebase(Row):
    indicator = _text()
    period = _text()
    reason = _text()
    by = _text()
    place = _text()
    on = models.DateField(null=True)


class AddedPlace(Row):
    """A place that a figure is of and the plan's own register does not hold: one of those that Trigpoint knows."""

    code = _text()
    name = _text()
    kind = EnumField(PlaceKind)
    parent = _text()
    aliases = models.JSONField(default=list)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    successor = _text()


class Problem(Row):
    """What was found wrong in the files when they were loaded; the row that it speaks of was left out."""

    text = _text()
