"""Every table of finance for other programs: exact numbers, as CSV and as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404

from trigpoint.errors import InputError
from trigpoint.finance.position.result import Bridge
from trigpoint.reports.finance.answer import (
    bridge_answer,
    plain_answer,
    position_answer,
    rules_answer,
    schemes_answer,
)
from trigpoint.reports.finance.rows import csv_bytes
from trigpoint.reports.finance.tables import bridges_of
from trigpoint.triangulation.comparison import Comparison
from trigpoint.web.finance.desk import Desk
from trigpoint.web.finance.results import (
    benchmark_of,
    contract_of,
    draws_of,
    position_of,
    risks_of,
    rules_of,
    schemes_of,
    triangulation_of,
)

Rows = list[dict[str, Any]]


def answer_of(desk: Desk, name: str) -> Any:
    """A whole result as JSON has it; raises ``Http404`` for a name that is none."""
    makers: dict[str, Callable[[Desk], Any]] = {
        "position": lambda one: position_answer(position_of(one)),
        "rules": lambda one: rules_answer(rules_of(one)),
        "schemes": lambda one: schemes_answer(schemes_of(one)),
        "risks": lambda one: plain_answer(risks_of(one)),
        "draws": lambda one: plain_answer(draws_of(one)),
        "contracts": lambda one: [plain_answer(each) for each in _contracts(one)],
        "peers": lambda one: [plain_answer(each) for each in _benchmarks(one)],
        "triangulation": lambda one: [_comparison(each) for each in triangulation_of(one).comparisons],
    }
    if name not in makers:
        raise Http404
    return makers[name](desk)


def table_of(desk: Desk, name: str) -> bytes:
    """A table as the bytes of a CSV file; raises ``Http404`` for a name that is none."""
    if name not in _TABLES:
        raise Http404
    return csv_bytes(_TABLES[name](desk))


def _position(desk: Desk) -> Rows:
    return [position_answer(position_of(desk))]


def _groups(desk: Desk) -> Rows:
    rows: Rows = position_answer(position_of(desk))["groups"]
    return rows


def _months(desk: Desk) -> Rows:
    rows: Rows = position_answer(position_of(desk))["months"]
    return rows


def _bridges(desk: Desk) -> Rows:
    return [
        {"bridge": name, "title": bridge.title, **step}
        for name, bridge in bridges_of(position_of(desk)).items()
        for step in _steps(bridge)
    ]


def _steps(bridge: Bridge) -> Rows:
    rows: Rows = bridge_answer(bridge)["steps"]
    return rows


def _schemes(desk: Desk) -> Rows:
    rows: Rows = schemes_answer(schemes_of(desk))["schemes"]
    return rows


def _scheme_months(desk: Desk) -> Rows:
    rows: Rows = schemes_answer(schemes_of(desk))["schemes"]
    return [{"scheme": row["id"], **month} for row in rows for month in row["months"]]


def _gates(desk: Desk) -> Rows:
    rows: Rows = schemes_answer(schemes_of(desk))["schemes"]
    return [{"scheme": row["id"], **gate} for row in rows for gate in row["gates"]]


def _risks(desk: Desk) -> Rows:
    rows: Rows = plain_answer(risks_of(desk))["risks"]
    return [{**row["risk"], **{key: value for key, value in row.items() if key != "risk"}} for row in rows]


def _outturn(desk: Desk) -> Rows:
    return [{"from_gbp": low, "to_gbp": high, "share": share} for low, high, share in draws_of(desk).histogram]


def _tornado(desk: Desk) -> Rows:
    rows: Rows = plain_answer(draws_of(desk))["movers"]
    return rows


def _contracts(desk: Desk) -> list[Any]:
    """The contracts that can be worked out; the page of the others says why not."""
    found = []
    for each in desk.book.contracts:
        try:
            found.append(contract_of(desk, each.id))
        except InputError:
            continue
    return found


def _contract_rows(desk: Desk) -> Rows:
    return [
        {
            "contract": one.contract.id, "name": one.contract.stated.name, "year": one.contract.year,
            "commissioner": one.contract.commissioner, "provider": one.contract.provider,
            "mechanism": one.mechanism.kind, "commissioner_gbp": one.contract.commissioner_gbp,
            "provider_gbp": one.contract.provider_gbp, "planned_gbp": one.planned_gbp,
            "payment_at_plan_gbp": one.at_plan.gbp, "forecast_activity_gbp": one.forecast_activity_gbp,
            "payment_at_forecast_gbp": one.at_forecast.gbp, "marginal_gbp": one.at_forecast.marginal_gbp,
            "borne_by": one.at_forecast.borne_by, "volume_gbp": one.variance.volume_gbp,
            "price_gbp": one.variance.price_gbp, "mix_gbp": one.variance.mix_gbp,
        }
        for one in _contracts(desk)
    ]  # fmt: skip


def _contract_lines(desk: Desk) -> Rows:
    found = []
    for one in _contracts(desk):
        for each in one.lines:
            told = plain_answer(each)
            found.append({**told.pop("line"), **told})
    return found


def _contract_months(desk: Desk) -> Rows:
    return [
        {"contract": one.contract.id, "month": month, **plain_answer(paid)}
        for one in _contracts(desk)
        for month, paid in zip(one.contract.year.months, one.months, strict=False)
    ]


def _benchmarks(desk: Desk) -> list[Any]:
    from trigpoint.finance.peers.rows import measures_of

    found = []
    for measure in measures_of(desk.book):
        try:
            found.append(benchmark_of(desk, measure))
        except InputError:
            continue
    return found


def _peers(desk: Desk) -> Rows:
    return [
        {"measure": one.measure, "own": peer is one.own, **plain_answer(peer)}
        for one in _benchmarks(desk)
        for peer in (one.own, *one.peers)
    ]


def _opportunities(desk: Desk) -> Rows:
    return [{"measure": one.measure, **plain_answer(each)} for one in _benchmarks(desk) for each in one.opportunities]


def _triangulation(desk: Desk) -> Rows:
    return [_comparison(each) for each in triangulation_of(desk).comparisons]


def _comparison(each: Comparison) -> dict[str, Any]:
    first, second = each.first, each.second
    return {
        "rule": each.rule, "severity": each.severity, "agrees": each.agrees, "message": each.message,
        "first": first.value, "first_is": first.words, "first_from": first.source,
        "second": second.value, "second_is": second.words, "second_from": second.source,
        "unit": first.unit, "difference": each.difference, "tolerance": each.tolerance,
    }  # fmt: skip


_TABLES: dict[str, Callable[[Desk], Rows]] = {
    "position": _position,
    "groups": _groups,
    "months": _months,
    "bridges": _bridges,
    "rules": lambda desk: rules_answer(rules_of(desk)),
    "schemes": _schemes,
    "scheme-months": _scheme_months,
    "gates": _gates,
    "risks": _risks,
    "outturn": _outturn,
    "tornado": _tornado,
    "contracts": _contract_rows,
    "contract-lines": _contract_lines,
    "contract-months": _contract_months,
    "peers": _peers,
    "opportunities": _opportunities,
    "triangulation": _triangulation,
}
NAMES = (
    ("position", "Position"),
    ("groups", "Spend by commissioning group"),
    ("months", "Spend by month"),
    ("bridges", "Bridges"),
    ("rules", "Business rules"),
    ("schemes", "Schemes"),
    ("scheme-months", "Months of schemes"),
    ("gates", "Gates of schemes"),
    ("risks", "Risks and mitigations"),
    ("outturn", "How likely each surplus is"),
    ("tornado", "What moves the surplus"),
    ("contracts", "Contracts"),
    ("contract-lines", "Lines of contracts"),
    ("contract-months", "Payments by month"),
    ("peers", "Peers"),
    ("opportunities", "Opportunities"),
    ("triangulation", "Triangulation"),
)
ANSWERS = ("position", "rules", "schemes", "risks", "draws", "contracts", "peers", "triangulation")
