"""The tables of the plan register: one row for each row of ``trigpoint.plans.model``, under one edition of a plan.

Rows refer to each other by ``key`` (the plan's own id, which is what people see in files, addresses and papers) and
keep their printed order in ``position``. Rows of an edition are written by ``services`` alone.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from trigpoint.checks.finding import Severity
from trigpoint.plans.model import Comparator, Polarity, Progress, RiskStage, Scope
from trigpoint.plans.provenance import Verdict
from trigpoint.web.accounts.access import Right
from trigpoint.web.accounts.models import Organisation, User
from trigpoint.web.config.fields import EnumField, ExactDecimalField


class EditionQuerySet(models.QuerySet["Edition"]):
    def visible_to(self, user: User) -> EditionQuerySet:
        """Plans of the organisations that the user belongs to, and no other."""
        return self.filter(organisation__in=user.organisations_where(Right.READ))


class Edition(models.Model):
    """One edition of one organisation's plan.

    ``identity`` tells editions apart (a hash of organisation, title and edition, because text has no length limit
    and an index has); ``digest`` tells whether the content is the same; ``revision`` grows with every change.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="editions")
    identity = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64)
    revision = models.PositiveIntegerField(default=1)
    loaded_at = models.DateTimeField()
    title = models.TextField()
    years = models.JSONField(default=list)
    framework = models.TextField(blank=True)
    edition = models.TextField(blank=True)
    as_at = models.DateField(null=True)
    notice = models.TextField(blank=True)
    # The workspace's settings of checks as pairs of rule and severity (or "off"): a JSON object forgets its order.
    checks = models.JSONField(default=list)

    objects: ClassVar = EditionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["organisation__name", "title", "pk"]

    def __str__(self) -> str:
        return self.title


class Row(models.Model):
    """What all rows share."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()

    class Meta:
        abstract = True
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "position"], name="%(class)s_position"),
        ]


def _text(**options: Any) -> models.TextField:
    return models.TextField(blank=True, **options)


class Theme(Row):
    key = _text()
    number = _text()
    title = _text()


class Objective(Row):
    key = _text()
    theme = _text()
    number = _text()
    title = _text()
    committees = models.JSONField(default=list)
    baseline_text = _text(null=True)
    baseline_value = ExactDecimalField(null=True)
    baseline_unit = _text()
    summary = _text()


class Lead(Row):
    item = _text()
    name = _text()
    role = _text()
    accountable = models.BooleanField()


class Deliverable(Row):
    key = _text()
    objective = _text()
    text = _text()
    due = models.DateField(null=True)
    due_phrase = _text()
    column = _text()
    scope = EnumField(Scope)
    area = _text()
    baseline_text = _text(null=True)
    baseline_value = ExactDecimalField(null=True)
    baseline_unit = _text()
    number = _text()
    detail = _text()
    partners = models.JSONField(default=list)


class Milestone(Row):
    key = _text()
    objective = _text()
    deliverable = _text()
    text = _text()
    due = models.DateField(null=True)
    due_phrase = _text()
    column = _text()
    scope = EnumField(Scope)
    area = _text()
    number = _text()
    detail = _text()
    partners = models.JSONField(default=list)


class SuccessMeasure(Row):
    key = _text()
    objective = _text()
    deliverable = _text()
    text = _text()


class Target(Row):
    item = _text()
    measure = _text()
    value = ExactDecimalField()
    unit = _text()
    comparator = EnumField(Comparator)
    at = _text()


class Link(Row):
    objective = _text()
    text = _text()
    deliverable = _text()


class IndicatorTable(Row):
    key = _text()
    title = _text()
    unit = _text()
    kind = _text()
    polarity = EnumField(Polarity)
    decimals = models.IntegerField()
    objective = _text()
    source = _text()
    note = _text()


class IndicatorRow(Row):
    indicator = _text()
    area = _text()
    series = _text()
    values = models.JSONField(default=list)  # [period, digits] pairs in printed order


class TrajectoryRule(Row):
    indicator = _text()
    area = _text()
    series = _text()
    rule = _text()


class Risk(Row):
    key = _text()
    title = _text()
    text = _text()
    amount_gbp = ExactDecimalField(null=True)
    mitigation = _text()
    number = _text()
    category = _text()
    cause = _text()
    effect = _text()
    objective = _text()
    committee = _text()
    scale = _text()
    controls = _text()
    assurances = _text()
    gaps = _text()
    actions = _text()
    status = _text()


class RiskScore(Row):
    risk = _text()
    stage = EnumField(RiskStage)
    likelihood = ExactDecimalField(null=True)
    impact = ExactDecimalField(null=True)
    score = ExactDecimalField(null=True)
    words = _text()


class FinanceLine(Row):
    key = _text()
    group = _text()
    name = _text()
    period = _text()
    value = ExactDecimalField()
    unit = _text()
    requirement = _text()
    note = _text()


class ActivityAssumption(Row):
    key = _text()
    kind = _text()
    pod = _text()
    name = _text()
    period = _text()
    value = ExactDecimalField()
    unit = _text()
    note = _text()


class Update(Row):
    item = _text()
    as_at = models.DateField()
    progress = EnumField(Progress)
    done_on = models.DateField(null=True)
    forecast = models.DateField(null=True)
    note = _text()
    illustrative = models.BooleanField()
    status = _text()


class Place(Row):
    code = _text()
    name = _text()
    kind = _text()
    parent = _text()
    aliases = models.JSONField(default=list)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    successor = _text()


class Waiver(Row):
    rule = _text()
    item = _text()
    fragment = _text()
    reason = _text()
    by = _text()
    on = models.DateField()
    until = models.DateField(null=True)


class Provenance(Row):
    """Where an accepted field was read, and who accepted it."""

    item = _text()
    field = _text()
    document = _text()
    digest = _text()
    place = _text()
    words = _text()
    sureness = models.FloatField()
    verdict = EnumField(Verdict)
    by = _text()
    on = models.DateField()


class Finding(Row):
    """What the checks said when the edition was loaded."""

    rule = _text()
    severity = EnumField(Severity)
    message = _text()
    line = models.IntegerField(null=True)
    fragment = _text()
    where = models.JSONField(default=dict)
