"""The rows of the tables to a ``Plan``, and a ``Plan`` to its rows. One place knows which field stands where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from trigpoint.errors import Where
from trigpoint.plans.model import (
    ActivityAssumption,
    Baseline,
    Deliverable,
    FinanceLine,
    IndicatorRow,
    IndicatorTable,
    Lead,
    Link,
    Milestone,
    Objective,
    Plan,
    Risk,
    RiskScore,
    RiskStage,
    SuccessMeasure,
    Target,
    Theme,
    TrajectoryRule,
    Update,
)
from trigpoint.plans.schema import TABLES
from trigpoint.plans.tables import Record

Records: TypeAlias = Mapping[str, Sequence[Record]]
Rows: TypeAlias = dict[str, list[tuple[object, ...]]]


def plan_of(header: Mapping[str, Any], records: Records) -> Plan:
    """The plan that the rows describe. The rows are taken to be free of mistakes."""
    leads = _grouped(records["leads"], "item", lambda row: Lead(row["name"], row["role"], row["accountable"]))
    targets = _grouped(records["targets"], "item", _target)
    return Plan(
        **header,
        themes=tuple(Theme(**record.values) for record in records["themes"]),
        objectives=tuple(
            Objective(**_with_baseline(record.values), leads=leads.get(record.values["id"], ()))
            for record in records["objectives"]
        ),
        deliverables=tuple(
            Deliverable(
                **_with_baseline(record.values),
                targets=targets.get(record.values["id"], ()),
                leads=leads.get(record.values["id"], ()),
            )
            for record in records["deliverables"]
        ),
        milestones=tuple(
            Milestone(
                **record.values,
                targets=targets.get(record.values["id"], ()),
                leads=leads.get(record.values["id"], ()),
            )
            for record in records["milestones"]
        ),
        measures=tuple(
            SuccessMeasure(**record.values, targets=targets.get(record.values["id"], ()))
            for record in records["measures"]
        ),
        links=tuple(Link(**record.values) for record in records["links"]),
        indicators=_indicators(records),
        trajectories=tuple(TrajectoryRule(**record.values) for record in records["trajectories"]),
        risks=_risks(records, leads),
        finance=tuple(FinanceLine(**record.values) for record in records["finance"]),
        activity=tuple(ActivityAssumption(**record.values) for record in records["activity"]),
        updates=tuple(Update(**record.values) for record in records["updates"]),
    )


def _grouped(records: Iterable[Record], key: str, build: Callable[[dict[str, Any]], Any]) -> dict[str, tuple[Any, ...]]:
    groups: dict[str, list[Any]] = {}
    for record in records:
        groups.setdefault(record.values[key], []).append(build(record.values))
    return {name: tuple(values) for name, values in groups.items()}


def _target(row: dict[str, Any]) -> Target:
    return Target(row["measure"], row["value"], row["unit"], row["comparator"], row["at"])


def _with_baseline(values: dict[str, Any]) -> dict[str, Any]:
    text, value, unit = values["baseline"], values["baseline_value"], values["baseline_unit"]
    rest = {key: cell for key, cell in values.items() if not key.startswith("baseline")}
    found = text or unit or value is not None
    return {**rest, "baseline": Baseline(text, value, unit) if found else None}


def _risks(records: Records, leads: Mapping[str, tuple[Lead, ...]]) -> tuple[Risk, ...]:
    scores: dict[str, dict[str, Any]] = {}
    for record in records["risk_scores"]:
        row = record.values
        score = RiskScore(row["likelihood"], row["impact"], row["score"], row["words"])
        scores.setdefault(row["risk"], {})[row["stage"].value] = score
    return tuple(
        Risk(**record.values, leads=leads.get(record.values["id"], ()), **scores.get(record.values["id"], {}))
        for record in records["risks"]
    )


def _indicators(records: Records) -> tuple[IndicatorTable, ...]:
    series: dict[str, dict[tuple[str, str], dict[str, Decimal]]] = {}
    for record in records["indicator_values"]:
        row = record.values
        values = series.setdefault(row["indicator"], {}).setdefault((row["area"], row["series"]), {})
        # A row with neither period nor value says that the series is there and nothing is printed in it.
        if row["value"] is not None:
            values[row["period"]] = row["value"]
    return tuple(
        IndicatorTable(
            **record.values,
            rows=tuple(
                IndicatorRow(area, name, values) for (area, name), values in series.get(record.values["id"], {}).items()
            ),
        )
        for record in records["indicators"]
    )


def rows_of(plan: Plan) -> Rows:
    """The rows of every table of a plan, in the order in which they are written (places and waivers are no part)."""
    items: tuple[Deliverable | Milestone | SuccessMeasure, ...]
    items = (*plan.deliverables, *plan.milestones, *plan.measures)
    return {
        "themes": _plain("themes", plan.themes),
        "objectives": [
            (row.id, row.theme, row.number, row.title, row.committees, *_baseline_cells(row.baseline), row.summary)
            for row in plan.objectives
        ],
        "leads": [
            (row.id, lead.role, lead.name, lead.accountable)
            for rows in (plan.objectives, plan.deliverables, plan.milestones, plan.risks)
            for row in rows
            for lead in row.leads
        ],
        "deliverables": [
            (*_fields(row, _DELIVERABLE), *_baseline_cells(row.baseline), row.number, row.detail, row.partners)
            for row in plan.deliverables
        ],
        "milestones": _plain("milestones", plan.milestones),
        "measures": _plain("measures", plan.measures),
        "targets": [
            (row.id, target.measure, target.comparator, target.value, target.unit, target.at)
            for row in items
            for target in row.targets
        ],
        "links": _plain("links", plan.links),
        "indicators": _plain("indicators", plan.indicators),
        "indicator_values": [cells for table in plan.indicators for cells in _value_rows(table)],
        "trajectories": _plain("trajectories", plan.trajectories),
        "risks": _plain("risks", plan.risks),
        "risk_scores": [
            (row.id, stage, score.likelihood, score.impact, score.score, score.words)
            for row in plan.risks
            for stage in RiskStage
            if (score := row.score(stage)) is not None
        ],
        "finance": _plain("finance", plan.finance),
        "activity": _plain("activity", plan.activity),
        "updates": _plain("updates", plan.updates),
    }


_DELIVERABLE = TABLES["deliverables"].column_names[:8]


def _fields(row: object, names: Iterable[str]) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in names)


def _plain(table: str, rows: Iterable[object]) -> list[tuple[object, ...]]:
    """Rows whose fields are called as the columns are."""
    return [_fields(row, TABLES[table].column_names) for row in rows]


def _baseline_cells(baseline: Baseline | None) -> tuple[object, ...]:
    return ("", None, "") if baseline is None else (baseline.text, baseline.value, baseline.unit)


def _value_rows(table: IndicatorTable) -> Iterator[tuple[object, ...]]:
    for row in table.rows:
        if not row.values:
            yield table.id, row.area, row.series, "", None
        for period, value in row.values.items():
            yield table.id, row.area, row.series, period, value


def sources_of(records: Records) -> dict[str, Where]:
    """Where each row stands: by its id, and by ``"<parent>/<table>/<n>"`` (from 1) for rows that have none.

    The rows of an indicator are keyed ``"<indicator>/<row index>"`` (from 0), a link ``"<objective>/link/<n>"``.
    """
    found: dict[str, Where] = {}
    for name, table in TABLES.items():
        key = table.columns[0].name
        counts: dict[str, int] = {}
        for record in records.get(name, ()):
            where = Where(table.file, line=record.line)
            parent = record.values[key]
            if key == "id":
                found[parent] = where
            elif name != "indicator_values":
                counts[parent] = counts.get(parent, 0) + 1
                found[f"{parent}/{_SINGULAR[name]}/{counts[parent]}"] = where
    found.update(_series_sources(records))
    return found


_SINGULAR = {
    "leads": "lead",
    "targets": "target",
    "links": "link",
    "trajectories": "trajectory",
    "updates": "update",
    "places": "place",
    "waivers": "waiver",
    "risk_scores": "score",
    "sources": "source",
}


def _series_sources(records: Records) -> dict[str, Where]:
    """The first line of each series of an indicator."""
    found: dict[str, Where] = {}
    seen: dict[str, dict[tuple[str, str], None]] = {}
    for record in records.get("indicator_values", ()):
        row = record.values
        series = seen.setdefault(row["indicator"], {})
        if (row["area"], row["series"]) not in series:
            found[f"{row['indicator']}/{len(series)}"] = Where(TABLES["indicator_values"].file, line=record.line)
            series[row["area"], row["series"]] = None
    return found
