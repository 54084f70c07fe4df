"""The answers of finance as JSON has them: the shapes that other programs rely on.

Amounts are exact decimals in pounds, shares fractions; what is not known is ``None``. ``exact.exact_json`` prints them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from pathlib import PurePath
from typing import Any

from trigpoint.finance.book.book import MONTHS_OF_YEAR
from trigpoint.finance.contracts.mechanism import MonthPayment, Payment, Spread
from trigpoint.finance.contracts.result import ContractYear, LineYear
from trigpoint.finance.peers.result import Benchmark
from trigpoint.finance.position.result import Bridge, Position
from trigpoint.finance.risks.result import RiskDraws
from trigpoint.finance.rules.result import RuleResult
from trigpoint.finance.schemes.result import SchemeBook, SchemeYear
from trigpoint.periods import FinancialYear, Month
from trigpoint.rounding import decimals_of, half_up
from trigpoint.tabular.stated import Stated
from trigpoint.triangulation.spreads import Compared

QUOTIENT_DECIMALS = 12
RULE_KEYS = (
    "rule", "year", "exact", "rounded", "limit", "passes_exact", "passes_rounded", "headroom_gbp", "source",
)  # fmt: skip


def rules_answer(results: Iterable[RuleResult]) -> list[dict[str, Any]]:
    """One object a rule and year, with the keys of ``RULE_KEYS`` and no others; ``None`` where it cannot be tested."""
    return [
        {
            "rule": one.rule.id,
            "year": one.year,
            "exact": one.exact,
            "rounded": one.rounded,
            "limit": one.limit,
            "passes_exact": one.passes_exact,
            "passes_rounded": one.passes_rounded,
            "headroom_gbp": one.headroom_gbp,
            "source": one.rule.source,
        }
        for one in results
    ]


def pay_answer(payment: Payment, months: Iterable[MonthPayment] = ()) -> dict[str, Any]:
    """What a mechanism pays, the marginal pound and who bears it; with ``months`` those as well."""
    told = {"payment": payment.gbp, "marginal": payment.marginal_gbp, "borne_by": payment.borne_by}
    rows = months_answer(months)
    return told | ({"months": rows} if rows else {})


def months_answer(months: Iterable[MonthPayment]) -> list[dict[str, Any]]:
    """Payment by month: the month's activity, what is paid by its end, and its own payment, the difference."""
    rows = ((one.activity_gbp, one.cumulative_gbp, one.gbp) for one in months)
    return _months(rows, ("activity_gbp", "paid_to_date_gbp", "payment_gbp"))


def payment_rows(payment: Payment, months: Iterable[MonthPayment] = ()) -> list[dict[str, Any]]:
    """A payment as rows: its parts and their sum, or its months."""
    parts = [{"part": name, "gbp": gbp} for name, gbp in (*payment.parts, ("payment", payment.gbp))]
    return months_answer(months) or [*parts, {"part": "one more unit", "gbp": payment.marginal_gbp}]


def contract_answer(one: ContractYear, compared: Compared | None = None) -> dict[str, Any]:
    """A contract's year: what was entered, payments with their marginal unit and bearer, lines, months, variance."""
    told = {
        "id": one.contract.id,
        "name": one.contract.stated.name,
        "year": one.contract.year,
        **_entered(one.contract),
    }
    told |= {
        "mechanism_kind": one.mechanism.kind,
        "terms": dict(one.mechanism.terms),
        "planned_gbp": one.planned_gbp,
        "at_plan": _paid(one.at_plan),
        "forecast_activity_gbp": one.forecast_activity_gbp,
        "at_forecast": _paid(one.at_forecast),
        "variance": _plain(one.variance),
        "lines": [_line(line) for line in one.lines],
        "months": months_answer(one.months),
        "remarks": list(one.remarks),
        "illustrative": one.illustrative,
    }  # fmt: skip
    if compared is not None:
        told["compared"] = {"draws": compared.draws, "seed": compared.seed, "basis": compared.basis,
                            "mechanisms": spreads_answer(compared.spreads)}  # fmt: skip
    return told


def _paid(payment: Payment) -> dict[str, Any]:
    parts = [{"part": name, "gbp": gbp} for name, gbp in payment.parts]
    return {**pay_answer(payment), "parts": parts}


def _ended(value: Decimal | None) -> Decimal | None:
    """A number with as many decimals as quotients have in the other answers."""
    return value if value is None or decimals_of(value) <= QUOTIENT_DECIMALS else half_up(value, QUOTIENT_DECIMALS)


def _line(one: LineYear) -> dict[str, Any]:
    line = one.line
    told = {"id": line.id, "name": line.stated.name, "pod": line.pod, "planned_units": line.planned_units}
    told |= {"price_gbp": line.price_gbp, "actual_price_gbp": line.actual_price_gbp, "variable": line.variable}
    told |= {name.name: _ended(getattr(one, name.name)) for name in fields(one) if name.name != "line"}
    return told | source_answer(line.stated)


def contract_rows(years: Iterable[ContractYear]) -> list[dict[str, Any]]:
    """One row a contract."""
    return [
        {
            "contract": one.contract.id,
            "name": one.contract.stated.name,
            "year": one.contract.year.label,
            "provider": one.contract.provider,
            "mechanism": one.contract.mechanism,
            "planned_gbp": one.planned_gbp,
            "payment_at_plan_gbp": one.at_plan.gbp,
            "forecast_activity_gbp": one.forecast_activity_gbp,
            "payment_at_forecast_gbp": one.at_forecast.gbp,
            "marginal_gbp": one.at_forecast.marginal_gbp,
            "borne_by": one.at_forecast.borne_by,
            "variance_gbp": one.variance.gbp,
            "volume_gbp": one.variance.volume_gbp,
            "price_gbp": one.variance.price_gbp,
            "mix_gbp": one.variance.mix_gbp,
            "illustrative": one.illustrative,
        }
        for one in years
    ]


def benchmark_answer(found: Benchmark) -> dict[str, Any]:
    """One measure with its peers and opportunities; the trend as objects."""
    answer: dict[str, Any] = _plain(found)
    answer["trend"] = [{"year": year, "own": own, "peers": peers} for year, own, peers in found.trend]
    return answer


def position_answer(position: Position) -> dict[str, Any]:
    """A position with its groups, bridges (steps in order, totals marked), underlying position and months."""
    answer = {one.name: _plain(getattr(position, one.name)) for one in fields(position)}
    for name in ("limit_bridge", "surplus_bridge", "spend_bridge"):
        bridge: Bridge | None = getattr(position, name)
        answer[name] = bridge_answer(bridge) if bridge is not None else None
    answer["months"] = _months(position.months, ("budget_gbp", "actual_gbp", "forecast_gbp"))
    return answer


def bridge_answer(bridge: Bridge) -> dict[str, Any]:
    """A bridge with its steps in order; those between two totals add up to their difference."""
    return {"title": bridge.title, "steps": [_plain(step) for step in bridge.steps]}


def schemes_answer(book: SchemeBook) -> dict[str, Any]:
    """A year's schemes and their sums."""
    answer = {one.name: _plain(getattr(book, one.name)) for one in fields(book) if one.name not in ("schemes",)}
    answer["by_stage"] = [{"stage": stage, "schemes": number, "gbp": gbp} for stage, number, gbp in book.by_stage]
    answer["schemes"] = [scheme_answer(one) for one in book.schemes]
    return answer


def scheme_answer(one: SchemeYear) -> dict[str, Any]:
    """One scheme in one year: what was entered, with its source and place, then what follows."""
    told = {"id": one.scheme.id, "name": one.scheme.stated.name, **_entered(one.scheme)}
    worked = {name.name: _plain(getattr(one, name.name)) for name in fields(one) if name.name not in ("scheme", "rag")}
    worked["own_rag"], worked["rag"] = one.scheme.rag, one.rag
    worked["months"] = _months(one.months, ("plan_gbp", "actual_gbp", "forecast_gbp"))
    return told | worked


def _entered(row: Any) -> dict[str, Any]:
    skipped = ("stated", "id", "year", "rag", "name")
    entered = {one.name: _plain(getattr(row, one.name)) for one in fields(row) if one.name not in skipped}
    return entered | source_answer(row.stated)


def source_answer(stated: Stated) -> dict[str, Any]:
    """Where a row comes from: its source, who answers for it, and file and row by name alone."""
    place = f"{PurePath(stated.file).name}{f', row {stated.row}' if stated.row else ''}" if stated.file else ""
    told = {"source": stated.source, "author": stated.author, "note": stated.note, "read_from": place}
    return told | {"illustrative": stated.illustrative}


def spreads_answer(spreads: Iterable[Spread]) -> list[dict[str, Any]]:
    """Mechanisms compared over one distribution of activity."""
    return [_plain(one) for one in spreads]


def draws_answer(draws: RiskDraws) -> dict[str, Any]:
    """The drawn outturn surplus: quantiles by their probability, movers from the largest swing down."""
    answer: dict[str, Any] = _plain(draws)
    answer["quantiles_gbp"] = [{"probability": at, "gbp": gbp} for at, gbp in draws.quantiles_gbp]
    answer["histogram"] = [{"from_gbp": low, "to_gbp": high, "share": part} for low, high, part in draws.histogram]
    return answer


def plain_answer(result: Any) -> dict[str, Any]:
    """Any other result: every field by its name, rows that were entered with their source."""
    answer: dict[str, Any] = _plain(result)
    return answer


def _months(
    months: Iterable[tuple[Decimal | None, ...]], names: tuple[str, ...]
) -> list[dict[str, Decimal | str | None]]:
    return [
        {"month": month, **dict(zip(names, row, strict=True))}
        for month, row in zip(MONTHS_OF_YEAR, months, strict=False)
    ]


def _plain(value: Any) -> Any:
    """A value as JSON has it: dataclasses as objects of their fields, what they were stated by spelt out."""
    if isinstance(value, FinancialYear | Month | Enum | Decimal | str | int | bool) or value is None:
        return value
    if isinstance(value, Stated):
        return source_answer(value)
    if is_dataclass(value) and not isinstance(value, type):
        if hasattr(value, "stated"):
            name = {"name": value.stated.name} if value.stated.name else {}
            return {one.name: _plain(getattr(value, one.name)) for one in fields(value) if one.name != "stated"} | (
                name | source_answer(value.stated)
            )
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, Iterable):
        return [_plain(one) for one in value]
    return str(value)
