"""Plan against actual as tables and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from trigpoint.activity.book.book import ActivityBook
from trigpoint.activity.monitor import Monitoring, Part
from trigpoint.activity.monitor.frames import (
    coverage_frame,
    months_frame,
    reforecasts_frame,
    schemes_frame,
    to_date_frame,
)
from trigpoint.reports.activity.words import NOTHING, between, month_code, number, percent, pod_name, signed
from trigpoint.reports.blocks import Table
from trigpoint.wording import capital


def chosen(found: Monitoring, pods: Sequence[str]) -> Monitoring:
    """The monitoring of some points of delivery; none named means all."""
    if not pods:
        return found
    return replace(
        found,
        months=tuple(one for one in found.months if one.pod in pods),
        to_date=tuple(one for one in found.to_date if one.pod in pods),
        schemes=tuple(one for one in found.schemes if one.pod in pods),
        reforecasts=tuple(one for one in found.reforecasts if one.pod in pods),
        coverage=tuple(one for one in found.coverage if one.pod in pods),
    )


def monitoring_answer(found: Monitoring) -> dict[str, Any]:
    """Months, year to date, schemes, the new forecasts and coverage as rows, unrounded, and the findings."""
    return {
        "at": None if found.at is None else month_code(found.at),
        "months": _rows(months_frame(found)),
        "to_date": _rows(to_date_frame(found)),
        "schemes": _rows(schemes_frame(found)),
        "reforecasts": _rows(reforecasts_frame(found)),
        "coverage": _rows(coverage_frame(found)),
        "findings": list(found.findings),
        "warnings": [str(one) for one in found.problems],
    }


def _rows(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Rows of a frame; days, all of them firsts of months, as 2017-04."""
    return [
        {name: value.strftime("%Y-%m") if isinstance(value, date) else value for name, value in row.items()}
        for row in frame.to_dicts()
    ]


def monitoring_tables(found: Monitoring, book: ActivityBook) -> tuple[Table, ...]:
    """The year to date, where the difference comes from, the new forecast of the year, and how the bands held."""
    tables = (_to_date(found, book), _parts(found, book), _ahead(found, book), _coverage(found, book))
    return tuple(table for table in tables if table.rows)


def _to_date(found: Monitoring, book: ActivityBook) -> Table:
    rows = [
        (
            pod_name(book, one.pod), one.year.label, f"{one.months}, to {one.last.label[:3]}", number(one.plan),
            number(one.actual), signed(one.difference), between(one.low, one.high), one.verdict.value,
        )
        for one in found.to_date
        if not one.provider
    ]  # fmt: skip
    headers = ("Point of delivery", "Year", "Months", "Plan", "Actual", "Difference", "80% band of the plan", "Verdict")
    return Table("Plan against actual, year to date", headers, tuple(rows), (22, 9, 14, 11, 11, 11, 20, 14))


def _parts(found: Monitoring, book: ActivityBook) -> Table:
    rows = [
        (
            pod_name(book, one.pod),
            one.year.label,
            *(signed(one.part(part)) for part in Part),
            signed(one.difference),
        )
        for one in found.to_date
        if not one.provider
    ]
    headers = ("Point of delivery", "Year", *(capital(part.value) for part in Part), "Difference")
    return Table("Where the difference comes from", headers, tuple(rows))


def _ahead(found: Monitoring, book: ActivityBook) -> Table:
    rows = [
        (
            pod_name(book, one.pod), one.year.label, number(one.plan), between(one.plan_low, one.plan_high),
            NOTHING if one.value is None else number(one.value), between(one.low, one.high),
        )
        for one in found.reforecasts
        if not one.provider
    ]  # fmt: skip
    headers = ("Point of delivery", "Year", "Plan", "80% interval of the plan", "Forecast now", "80% interval now")
    return Table("What the year will come to", headers, tuple(rows))


def _coverage(found: Monitoring, book: ActivityBook) -> Table:
    rows = [
        (
            pod_name(book, one.pod) if one.pod else "All",
            str(one.months),
            str(one.inside),
            percent(round(one.share, 3)),
            f"{one.usual_low} to {one.usual_high}",
        )
        for one in found.coverage
        if not one.provider
    ]
    headers = ("Point of delivery", "Months", "Inside the 80% band", "Share", "Usual")
    return Table("How often the plan’s bands held", headers, tuple(rows))
