"""Between the plan's values and the database's rows: for each kind of row its columns, and both directions.

Everything that ``Plan`` holds has exactly one place here, so that what is loaded can be exported without loss; the
round trip is proved by a property test.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Any

from trigpoint.checks.finding import Finding
from trigpoint.plans import model as core
from trigpoint.plans import provenance, workspace
from trigpoint.web.register import models

Columns = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Codec:
    """One table: its columns in order, a value → its columns, and the columns → the value."""

    model: type[models.Row]
    columns: tuple[str, ...]
    encode: Callable[[Any], Columns]
    decode: Callable[..., Any]


def _flat(model: type[models.Row], value: type, *names: str) -> Codec:
    """A value whose fields are the columns, all of them in the same order (``id`` stands in the column ``key``)."""
    fields = attrgetter(*("id" if name == "key" else name for name in names))
    return Codec(model, names, fields, value)


THEMES = _flat(models.Theme, core.Theme, "key", "number", "title")
LINKS = _flat(models.Link, core.Link, "objective", "text", "deliverable")
TRAJECTORIES = _flat(models.TrajectoryRule, core.TrajectoryRule, "indicator", "area", "series", "rule")
FINANCE = _flat(
    models.FinanceLine, core.FinanceLine, "key", "group", "name", "period", "value", "unit", "requirement", "note"
)
ACTIVITY = _flat(
    models.ActivityAssumption, core.ActivityAssumption, "key", "kind", "pod", "name", "period", "value", "unit", "note"
)
UPDATES = _flat(
    models.Update, core.Update, "item", "as_at", "progress", "done_on", "forecast", "note", "illustrative", "status"
)

PROVENANCE = _flat(
    models.Provenance, provenance.Provenance,
    "item", "field", "document", "digest", "place", "words", "sureness", "verdict", "by", "on",
)  # fmt: skip
WAIVERS = _flat(models.Waiver, workspace.Waiver, "rule", "item", "fragment", "reason", "by", "on", "until")
PLACES = Codec(
    models.Place,
    ("code", "name", "kind", "parent", "aliases", "valid_from", "valid_to", "successor"),
    lambda row: (
        row.code, row.name, row.kind, row.parent, list(row.aliases), row.valid_from, row.valid_to, row.successor,
    ),
    lambda code, name, kind, parent, aliases, *dates: workspace.PlaceRow(
        code, name, kind, parent, tuple(aliases), *dates
    ),
)  # fmt: skip

# --- rows with parts: leads, targets and values have tables of their own, which name the row they belong to

Targets = Mapping[str, tuple[core.Target, ...]]
Leads = Mapping[str, tuple[core.Lead, ...]]

LEADS = Codec(
    models.Lead,
    ("item", "name", "role", "accountable"),
    lambda pair: (pair[0], pair[1].name, pair[1].role, pair[1].accountable),
    lambda item, name, role, accountable: (item, core.Lead(name, role, accountable)),
)
RISK_SCORES = Codec(
    models.RiskScore,
    ("risk", "stage", "likelihood", "impact", "score", "words"),
    lambda row: (row[0], row[1], row[2].likelihood, row[2].impact, row[2].score, row[2].words),
    lambda risk, stage, *columns: (risk, (stage, core.RiskScore(*columns))),
)
TARGETS = Codec(
    models.Target,
    ("item", "measure", "value", "unit", "comparator", "at"),
    lambda pair: (pair[0], pair[1].measure, pair[1].value, pair[1].unit, pair[1].comparator, pair[1].at),
    lambda item, *columns: (item, core.Target(*columns)),
)
INDICATOR_ROWS = Codec(
    models.IndicatorRow,
    ("indicator", "area", "series", "values"),
    lambda pair: (pair[0], pair[1].area, pair[1].series, [[k, str(v)] for k, v in pair[1].values.items()]),
    lambda indicator, area, series, values: (
        indicator,
        core.IndicatorRow(area, series, {period: Decimal(digits) for period, digits in values}),
    ),
)


def grouped(pairs: Iterable[tuple[str, Any]]) -> Mapping[str, tuple[Any, ...]]:
    """Owner → its parts in order; ``()`` for an owner without any.

    >>> grouped([("a", 1), ("b", 2), ("a", 3)])["a"]
    (1, 3)
    """
    lists: dict[str, list[Any]] = {}
    for owner, part in pairs:
        lists.setdefault(owner, []).append(part)
    return defaultdict(tuple, {owner: tuple(parts) for owner, parts in lists.items()})


def parts_of(rows: Iterable[Any], name: str) -> list[tuple[str, Any]]:
    """All parts in the field ``name`` of ``rows``, each with its owner's id."""
    return [(row.id, part) for row in rows for part in getattr(row, name)]


def _baseline_columns(baseline: core.Baseline | None) -> Columns:
    return (None, None, "") if baseline is None else (baseline.text, baseline.value, baseline.unit)


def _baseline(text: str | None, value: Decimal | None, unit: str) -> core.Baseline | None:
    return None if text is None else core.Baseline(text, value, unit)


_BASELINE = ("baseline_text", "baseline_value", "baseline_unit")


def objectives(leads: Leads) -> Codec:
    """Objectives, given the leads of each."""
    return Codec(
        models.Objective,
        ("key", "theme", "number", "title", "committees", "summary", *_BASELINE),
        lambda row: (
            row.id, row.theme, row.number, row.title, list(row.committees), row.summary,
            *_baseline_columns(row.baseline),
        ),
        lambda key, theme, number, title, committees, summary, *baseline: core.Objective(
            key, theme, number, title, leads[key], tuple(committees), _baseline(*baseline), summary
        ),
    )  # fmt: skip


_ITEM = ("key", "objective", "text", "due", "due_phrase", "column", "scope", "area")
_MORE = ("number", "detail", "partners")


def _item_columns(row: core.Item) -> Columns:
    return (row.id, *(getattr(row, name) for name in _ITEM[1:]), row.number, row.detail, list(row.partners))


def deliverables(targets: Targets, leads: Leads) -> Codec:
    """Deliverables, given the targets and leads of each."""
    return Codec(
        models.Deliverable,
        (*_ITEM, *_MORE, *_BASELINE),
        lambda row: (*_item_columns(row), *_baseline_columns(row.baseline)),
        lambda *values: core.Deliverable(
            *values[:8], _baseline(*values[11:]), targets[values[0]],
            number=values[8], detail=values[9], partners=tuple(values[10]), leads=leads[values[0]],
        ),
    )  # fmt: skip


def milestones(targets: Targets, leads: Leads) -> Codec:
    """Milestones, given the targets and leads of each."""
    return Codec(
        models.Milestone,
        (*_ITEM, *_MORE, "deliverable"),
        lambda row: (*_item_columns(row), row.deliverable),
        lambda key, objective, *values: core.Milestone(
            key, objective, values[9], *values[:6], targets[key],
            number=values[6], detail=values[7], partners=tuple(values[8]), leads=leads[key],
        ),
    )  # fmt: skip


_RISK = (
    "key", "title", "text", "amount_gbp", "mitigation", "number", "category", "cause", "effect", "objective",
    "committee", "scale", "controls", "assurances", "gaps", "actions", "status",
)  # fmt: skip


def risks(leads: Leads, scores: Mapping[str, tuple[tuple[core.RiskStage, core.RiskScore], ...]]) -> Codec:
    """Risks, given the owners and scores of each."""
    return Codec(
        models.Risk,
        _RISK,
        lambda row: (row.id, *(getattr(row, name) for name in _RISK[1:])),
        lambda *values: core.Risk(
            **dict(zip(("id", *_RISK[1:]), values, strict=True)),
            leads=leads[values[0]],
            **{stage.value: score for stage, score in scores[values[0]]},
        ),
    )


def measures(targets: Targets) -> Codec:
    """Success measures, given the targets of each."""
    return Codec(
        models.SuccessMeasure,
        ("key", "objective", "deliverable", "text"),
        lambda row: (row.id, row.objective, row.deliverable, row.text),
        lambda *values: core.SuccessMeasure(*values, targets[values[0]]),
    )


def indicators(rows: Mapping[str, tuple[core.IndicatorRow, ...]]) -> Codec:
    """Indicator tables, given the rows of each."""
    columns = ("key", "title", "unit", "kind", "polarity", "decimals", "objective", "source", "note")
    return Codec(
        models.IndicatorTable,
        columns,
        lambda row: (row.id, *(getattr(row, name) for name in columns[1:])),
        lambda *values: core.IndicatorTable(*values, rows[values[0]]),
    )


FINDINGS = Codec(
    models.Finding,
    ("rule", "severity", "message", "line", "fragment", "where"),
    lambda row: (row.rule, row.severity, row.message, row.line, row.fragment, dict(row.where)),
    Finding,
)


def rows_of(space: workspace.Workspace, findings: Sequence[Finding]) -> Sequence[tuple[Codec, Sequence[Any]]]:
    """Every table with what the workspace and its findings put into it, in printed order."""
    plan = space.plan
    targets = [
        *parts_of(plan.deliverables, "targets"),
        *parts_of(plan.milestones, "targets"),
        *parts_of(plan.measures, "targets"),
    ]
    leads = [
        part
        for rows in (plan.objectives, plan.deliverables, plan.milestones, plan.risks)
        for part in parts_of(rows, "leads")
    ]
    scores = [
        (row.id, stage, score)
        for row in plan.risks
        for stage in core.RiskStage
        if (score := row.score(stage)) is not None
    ]
    return (
        (THEMES, plan.themes),
        (objectives({}), plan.objectives),
        (LEADS, leads),
        (deliverables({}, {}), plan.deliverables),
        (milestones({}, {}), plan.milestones),
        (measures({}), plan.measures),
        (TARGETS, targets),
        (LINKS, plan.links),
        (indicators({}), plan.indicators),
        (INDICATOR_ROWS, parts_of(plan.indicators, "rows")),
        (TRAJECTORIES, plan.trajectories),
        (risks({}, {}), plan.risks),
        (RISK_SCORES, scores),
        (FINANCE, plan.finance),
        (ACTIVITY, plan.activity),
        (UPDATES, plan.updates),
        (PLACES, space.places),
        (WAIVERS, space.waivers),
        (PROVENANCE, space.provenance),
        (FINDINGS, findings),
    )
