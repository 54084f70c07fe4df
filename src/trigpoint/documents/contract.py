"""A plan draft as the one JSON object that ``trigpoint import --json`` prints.

The keys are a contract: flat arrays, local ids, ``null`` where not found, numbers as JSON numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from trigpoint.periods import parse_period
from trigpoint.plans.draft import PlanDraft
from trigpoint.plans.model import (
    Baseline,
    Deliverable,
    IndicatorRow,
    Milestone,
    Objective,
    Risk,
    SuccessMeasure,
    Target,
)


def to_contract(draft: PlanDraft) -> dict[str, Any]:
    """The draft as plain lists, dictionaries, strings and numbers, ready for ``json.dumps``."""
    plan = draft.plan
    return {
        "document": _document(draft),
        "themes": [
            {"id": row.id, "number": row.number or None, "title": row.title, "line": _line(draft, row.id)}
            for row in plan.themes
        ],
        "objectives": [_objective(draft, row) for row in plan.objectives],
        "deliverables": [_deliverable(draft, row) for row in plan.deliverables],
        "milestones": [_milestone(draft, row) for row in plan.milestones],
        "measures": [_measure(draft, row) for row in plan.measures],
        "links": list(_links(draft)),
        "indicators": list(_indicators(draft)),
        "risks": [_risk(draft, row) for row in plan.risks],
        "notes": [{"kind": note.kind.value, "text": note.text, "line": note.line} for note in draft.notes],
    }


def _objective(draft: PlanDraft, row: Objective) -> dict[str, Any]:
    return {
        "id": row.id,
        "theme": row.theme or None,
        "number": row.number or None,
        "title": row.title,
        "leads": [{"name": lead.name or None, "role": lead.role or None} for lead in row.leads],
        "committees": list(row.committees),
        "line": _line(draft, row.id),
    }


def _measure(draft: PlanDraft, row: SuccessMeasure) -> dict[str, Any]:
    return {
        "id": row.id,
        "objective": row.objective,
        "deliverable": row.deliverable or None,
        "text": row.text,
        "targets": _targets(row.targets),
        "line": _line(draft, row.id),
    }


def _risk(draft: PlanDraft, row: Risk) -> dict[str, Any]:
    amount = _number(row.amount_gbp)
    return {"title": row.title, "text": row.text, "amount_gbp": amount, "line": _line(draft, row.id)}


def _document(draft: PlanDraft) -> dict[str, Any]:
    years = [parse_period(label) for label in draft.plan.years]
    return {
        "title": draft.plan.title or None,
        "organisation": draft.plan.organisation or None,
        "plan_years": list(draft.plan.years),
        "start": min(year.start for year in years).isoformat() if years else None,
        "end": max(year.end for year in years).isoformat() if years else None,
    }


def _deliverable(draft: PlanDraft, row: Deliverable) -> dict[str, Any]:
    item = _item(draft, row)
    item["baseline"] = _baseline(row.baseline)
    return {key: item[key] for key in DELIVERABLE_KEYS}


DELIVERABLE_KEYS = [
    "id",
    "objective",
    "text",
    "due",
    "due_phrase",
    "column",
    "scope",
    "area",
    "baseline",
    "targets",
    "line",
]


def _milestone(draft: PlanDraft, row: Milestone) -> dict[str, Any]:
    item = _item(draft, row)
    item["deliverable"] = row.deliverable or None
    return {key: item[key] for key in MILESTONE_KEYS}


MILESTONE_KEYS = [
    "id",
    "objective",
    "deliverable",
    "text",
    "due",
    "due_phrase",
    "column",
    "scope",
    "area",
    "targets",
    "line",
]


def _item(draft: PlanDraft, row: Deliverable | Milestone) -> dict[str, Any]:
    return {
        "id": row.id,
        "objective": row.objective or None,
        "text": row.text,
        "due": row.due.isoformat() if row.due else None,
        "due_phrase": row.due_phrase or None,
        "column": row.column,
        "scope": row.scope.value,
        "area": row.area or None,
        "targets": _targets(row.targets),
        "line": _line(draft, row.id),
    }


def _links(draft: PlanDraft) -> Iterator[dict[str, Any]]:
    places: dict[str, int] = {}
    for row in draft.plan.links:
        places[row.objective] = places.get(row.objective, 0) + 1
        line = _line(draft, f"{row.objective}/link/{places[row.objective]}")
        yield {"objective": row.objective, "text": row.text, "line": line}


def _indicators(draft: PlanDraft) -> Iterator[dict[str, Any]]:
    for table in draft.plan.indicators:
        rows = [
            printed
            for index, row in enumerate(table.rows)
            for printed in _printed_rows(row, draft.sources[f"{table.id}/{index}"].lines)
        ]
        polarity = table.polarity.value
        yield {"title": table.title, "unit": table.unit or None, "polarity": polarity, "rows": rows}


def _printed_rows(row: IndicatorRow, lines: tuple[int, ...]) -> Iterator[dict[str, Any]]:
    """A series as it is printed: one object a source line (years that run down the page have one line each)."""
    values = list(row.values.items())
    each = lines if len(lines) == len(values) else tuple(lines[:1]) * len(values)
    for line in dict.fromkeys(each):
        mine = {period: _number(value) for (period, value), at in zip(values, each, strict=True) if at == line}
        yield {"line": line, "area": row.area or None, "series": row.series, "values": mine}


def _targets(targets: tuple[Target, ...]) -> list[dict[str, Any]]:
    return [
        {
            "measure": row.measure,
            "comparator": row.comparator.value,
            "value": _number(row.value),
            "unit": row.unit or None,
            "at": row.at or None,
        }
        for row in targets
    ]


def _baseline(row: Baseline | None) -> str | None:
    return row.text if row else None


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _line(draft: PlanDraft, key: str) -> int | None:
    found = draft.sources.get(key)
    return found.origin.line if found else None
