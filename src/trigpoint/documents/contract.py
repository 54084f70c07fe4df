"""A plan draft as the one JSON object that ``trigpoint import --json`` prints.

The keys are a contract: flat arrays, local ids, ``null`` where not found, numbers as JSON numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from trigpoint.periods import parse_period
from trigpoint.plans.draft import PlanDraft, PrintedStatus
from trigpoint.plans.model import (
    Baseline,
    Deliverable,
    IndicatorRow,
    Lead,
    Milestone,
    Objective,
    Risk,
    RiskScore,
    SuccessMeasure,
    Target,
)


def to_contract(draft: PlanDraft) -> dict[str, Any]:
    """The draft as plain lists, dictionaries, strings and numbers, ready for ``json.dumps``.

    Every item has its ``line``; in a document whose format has no lines that is null, and ``where`` names page, sheet,
    table, row and column as far as they are known.
    """
    plan = draft.plan
    statuses = {row.item: row for row in draft.statuses}
    return {
        "document": _document(draft),
        "themes": [
            {"id": row.id, "number": row.number or None, "title": row.title, **_place(draft, row.id)}
            for row in plan.themes
        ],
        "objectives": [_objective(draft, row) for row in plan.objectives],
        "deliverables": [_deliverable(draft, row, statuses.get(row.id)) for row in plan.deliverables],
        "milestones": [_milestone(draft, row, statuses.get(row.id)) for row in plan.milestones],
        "measures": [_measure(draft, row) for row in plan.measures],
        "links": list(_links(draft)),
        "indicators": list(_indicators(draft)),
        "risks": [_risk(draft, row) for row in plan.risks],
        "notes": [{"kind": note.kind.value, "text": note.text, **_where(draft, note.line)} for note in draft.notes],
    }


def _objective(draft: PlanDraft, row: Objective) -> dict[str, Any]:
    return {
        "id": row.id,
        "theme": row.theme or None,
        "number": row.number or None,
        "title": row.title,
        "leads": _leads(row.leads),
        "committees": list(row.committees),
        **_place(draft, row.id),
    }


def _leads(leads: tuple[Lead, ...]) -> list[dict[str, str | None]]:
    return [{"name": lead.name or None, "role": lead.role or None} for lead in leads]


def _measure(draft: PlanDraft, row: SuccessMeasure) -> dict[str, Any]:
    return {
        "id": row.id,
        "objective": row.objective,
        "deliverable": row.deliverable or None,
        "text": row.text,
        "targets": _targets(row.targets),
        **_place(draft, row.id),
    }


def _risk(draft: PlanDraft, row: Risk) -> dict[str, Any]:
    words = ("number", "category", "cause", "effect", "objective", "committee", "scale", "mitigation", "controls")
    more = ("assurances", "gaps", "actions", "status")
    return {
        "title": row.title,
        "text": row.text,
        "amount_gbp": _number(row.amount_gbp),
        **_place(draft, row.id),
        **{name: getattr(row, name) or None for name in words + more},
        "owner": _leads(row.leads),
        # The score that holds stands in the risk itself, and with the others under its name.
        **_score(row.current),
        "inherent": _score(row.inherent) if row.inherent else None,
        "current": _score(row.current) if row.current else None,
        "target": _score(row.target) if row.target else None,
    }


def _score(row: RiskScore | None) -> dict[str, Any]:
    score = row or RiskScore()
    return {
        "likelihood": _number(score.likelihood),
        "impact": _number(score.impact),
        "score": _number(score.score),
        "score_words": score.words or None,
    }


def _document(draft: PlanDraft) -> dict[str, Any]:
    years = [parse_period(label) for label in draft.plan.years]
    return {
        "title": draft.plan.title or None,
        "organisation": draft.plan.organisation or None,
        "plan_years": list(draft.plan.years),
        "start": min(year.start for year in years).isoformat() if years else None,
        "end": max(year.end for year in years).isoformat() if years else None,
        "format": draft.document.format.value,
        "as_at": draft.as_at.isoformat() if draft.as_at else None,
    }


def _deliverable(draft: PlanDraft, row: Deliverable, status: PrintedStatus | None) -> dict[str, Any]:
    parts = _item(row)
    return {
        "id": row.id,
        "objective": row.objective or None,
        **parts,
        "baseline": _baseline(row.baseline),
        "targets": _targets(row.targets),
        **_place(draft, row.id),
        **_particulars(row, status),
    }


def _milestone(draft: PlanDraft, row: Milestone, status: PrintedStatus | None) -> dict[str, Any]:
    return {
        "id": row.id,
        "objective": row.objective or None,
        "deliverable": row.deliverable or None,
        **_item(row),
        "targets": _targets(row.targets),
        **_place(draft, row.id),
        **_particulars(row, status),
    }


def _item(row: Deliverable | Milestone) -> dict[str, Any]:
    return {
        "text": row.text,
        "due": row.due.isoformat() if row.due else None,
        "due_phrase": row.due_phrase or None,
        "column": row.column,
        "scope": row.scope.value,
        "area": row.area or None,
    }


def _particulars(row: Deliverable | Milestone, status: PrintedStatus | None) -> dict[str, Any]:
    """What a document may say of an item beside its words and date."""
    return {
        "number": row.number or None,
        "detail": row.detail or None,
        "leads": _leads(row.leads),
        "partners": list(row.partners),
        "status": (status.status or None) if status else None,
        "progress": status.progress.value if status and status.progress else None,
        "update": (status.note or None) if status else None,
    }


def _links(draft: PlanDraft) -> Iterator[dict[str, Any]]:
    places: dict[str, int] = {}
    for row in draft.plan.links:
        places[row.objective] = places.get(row.objective, 0) + 1
        key = f"{row.objective}/link/{places[row.objective]}"
        yield {"objective": row.objective, "text": row.text, **_place(draft, key)}


def _indicators(draft: PlanDraft) -> Iterator[dict[str, Any]]:
    for table in draft.plan.indicators:
        rows = [
            printed
            for index, row in enumerate(table.rows)
            for printed in _printed_rows(draft, row, draft.sources[f"{table.id}/{index}"].lines)
        ]
        polarity = table.polarity.value
        yield {"title": table.title, "unit": table.unit or None, "polarity": polarity, "rows": rows}


def _printed_rows(draft: PlanDraft, row: IndicatorRow, lines: tuple[int, ...]) -> Iterator[dict[str, Any]]:
    """A series as it is printed: one object a source line (years that run down the page have one line each)."""
    values = list(row.values.items())
    each = lines if len(lines) == len(values) else tuple(lines[:1]) * len(values)
    for line in dict.fromkeys(each):
        mine = {period: _number(value) for (period, value), at in zip(values, each, strict=True) if at == line}
        yield {**_where(draft, line), "area": row.area or None, "series": row.series, "values": mine}


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


def _place(draft: PlanDraft, key: str) -> dict[str, Any]:
    """Where an item was read."""
    found = draft.sources.get(key)
    if found is None or draft.document.format.lined:
        return {"line": found.origin.line if found else None}
    return {"line": None, "where": found.origin.place}


def _where(draft: PlanDraft, line: int | None) -> dict[str, Any]:
    """Where a block of the document stands."""
    if draft.document.format.lined:
        return {"line": line}
    return {"line": None, "where": draft.document.locate(line).place}
