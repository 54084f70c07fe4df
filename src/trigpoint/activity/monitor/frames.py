"""Monitoring as frames, for export and notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from trigpoint.activity.monitor.result import Monitoring, Part, Parts

Kind = type[pl.DataType]
_PARTS = {part: part.name.lower() for part in Part}


def months_frame(monitoring: Monitoring) -> pl.DataFrame:
    """One row a series and month: plan, band, actual, difference, verdict, parts and the reason where one lacks."""
    rows = [
        {
            "provider": one.provider,
            "pod": one.pod,
            "detail": ", ".join(one.detail),
            "month": one.month.start,
            "plan": one.plan,
            "low": one.low,
            "high": one.high,
            "actual": one.actual,
            "difference": one.difference,
            "verdict": one.verdict.value,
            **_columns(one.parts),
            "reason": one.reason,
        }
        for one in monitoring.months
    ]
    text = ("provider", "pod", "detail", "verdict", "reason")
    return _frame(rows, text, {"month": pl.Date}, ("plan", "low", "high", "actual", "difference", *_PARTS.values()))


def to_date_frame(monitoring: Monitoring) -> pl.DataFrame:
    """One row a series and plan year begun: the months that have an actual, added up, with their parts."""
    rows = [
        {
            "provider": one.provider,
            "pod": one.pod,
            "detail": ", ".join(one.detail),
            "year": one.year.label,
            "months": one.months,
            "last": one.last.start,
            "plan": one.plan,
            "low": one.low,
            "high": one.high,
            "actual": one.actual,
            "difference": one.difference,
            "verdict": one.verdict.value,
            **_columns(one.parts),
            "uncertain": one.uncertain,
            "finding": one.finding,
        }
        for one in monitoring.to_date
    ]
    text = ("provider", "pod", "detail", "year", "verdict", "finding")
    numbers = ("plan", "low", "high", "actual", "difference", *_PARTS.values(), "uncertain")
    return _frame(rows, text, {"last": pl.Date, "months": pl.Int64}, numbers)


def schemes_frame(monitoring: Monitoring) -> pl.DataFrame:
    """One row a cohort: what its schemes were to change, what is seen, and whether anything tells."""
    rows = [
        {
            "pod": one.pod,
            "year": one.year.label,
            "where": one.where,
            "schemes": ", ".join(one.schemes),
            "planned": one.planned,
            "seen": one.seen,
            "spread": one.spread,
            "under_delivery": one.under_delivery,
            "tells": one.tells,
            "finding": one.finding,
        }
        for one in monitoring.schemes
    ]
    text = ("pod", "year", "where", "schemes", "finding")
    return _frame(rows, text, {"tells": pl.Boolean}, ("planned", "seen", "spread", "under_delivery"))


def reforecasts_frame(monitoring: Monitoring) -> pl.DataFrame:
    """One row a series: the plan year as planned and as it looks now, with their 80% bands."""
    rows = [
        {
            "provider": one.provider,
            "pod": one.pod,
            "year": one.year.label,
            "months_known": one.months_known,
            "plan": one.plan,
            "plan_low": one.plan_low,
            "plan_high": one.plan_high,
            "value": one.value,
            "low": one.low,
            "high": one.high,
            "difference": one.difference,
            "finding": one.finding,
        }
        for one in monitoring.reforecasts
    ]
    numbers = ("plan", "plan_low", "plan_high", "value", "low", "high", "difference")
    return _frame(rows, ("provider", "pod", "year", "finding"), {"months_known": pl.Int64}, numbers)


def coverage_frame(monitoring: Monitoring) -> pl.DataFrame:
    """One row a series, point of delivery, and all together: how many months lay inside their bands."""
    rows = [
        {
            "provider": one.provider,
            "pod": one.pod,
            "months": one.months,
            "inside": one.inside,
            "above": one.above,
            "below": one.below,
            "share": one.share,
            "expected": one.expected,
            "usual_low": one.usual_low,
            "usual_high": one.usual_high,
            "finding": one.finding,
        }
        for one in monitoring.coverage
    ]
    whole: dict[str, Kind] = dict.fromkeys(("months", "inside", "above", "below", "usual_low", "usual_high"), pl.Int64)
    return _frame(rows, ("provider", "pod", "finding"), whole, ("share", "expected"))


def _columns(parts: Parts) -> dict[str, float | None]:
    values = dict(parts)
    return {name: values.get(part) for part, name in _PARTS.items()}


def _frame(
    rows: Sequence[Mapping[str, object]], text: Iterable[str], others: Mapping[str, Kind], numbers: Iterable[str]
) -> pl.DataFrame:
    kinds: dict[str, Kind] = {**dict.fromkeys(text, pl.String), **others, **dict.fromkeys(numbers, pl.Float64)}
    order = list(rows[0]) if rows else list(kinds)
    return pl.DataFrame(rows, schema={name: kinds[name] for name in order}, orient="row")
