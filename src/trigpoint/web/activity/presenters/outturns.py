"""Forecast outturn and its back-test: what the base year comes to, how that was found, how far it was off before."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from trigpoint.activity.outturn import BackTest, BackTestRow, Outturn
from trigpoint.charts.picture import DataTable
from trigpoint.errors import InputError
from trigpoint.periods import Month
from trigpoint.reports.activity.words import between, change, signed
from trigpoint.reports.activity.words import number as shown
from trigpoint.web.activity.desk import Desk
from trigpoint.web.activity.found import MONTHS_ASKED, back_test_of, chosen_outturn, histories_of, month_of, years_of
from trigpoint.web.activity.presenters.amounts import percent
from trigpoint.web.activity.presenters.pictures import chart_of
from trigpoint.web.activity.runs import run_of
from trigpoint.wording import capital


def outturn_page(desk: Desk, pod: str, provider: str) -> dict[str, Any]:
    """Every forecast outturn in a table; the chosen one with its interval, weights and notes."""
    run = run_of(desk)
    outturns = run.outturns
    chosen = chosen_outturn(outturns, pod, provider)
    shown_page: dict[str, Any] = {
        "lines": [_line(desk, each, each is chosen) for each in outturns],
        "base_year": run.book.settings.base_year.label,
        "chosen": chosen,
        "charts": [],
        "given": [_total(desk, each) for each in run.book.totals],
    }
    if chosen is None:
        return shown_page
    asked = {"pod": chosen.label, "provider": chosen.organisation}
    try:
        charts = [chart_of(desk, "Months of the year", "outturn", **asked)]
    except (InputError, Http404):
        charts = []
    name = f"{desk.model.pods.get(chosen.label, chosen.label)}, {desk.provider(chosen.organisation)}"
    return shown_page | {"charts": charts, "name": name, "weights": _weights(chosen), "notes": chosen.notes}


def _line(desk: Desk, each: Outturn, chosen: bool) -> dict[str, Any]:
    query = {"pod": each.label, "provider": each.organisation}
    return {
        "name": desk.model.pods.get(each.label, each.label),
        "provider": desk.provider(each.organisation),
        "href": desk.url("activity-outturn", query=query),
        "value": shown(each.value),
        "likely": between(each.likely.low, each.likely.high) if each.likely else "–",
        "wide": between(each.wide.low, each.wide.high) if each.wide else "–",
        "months": f"{each.months_known} of 12",
        "last_year": change(each.value, each.last_year) if each.value is not None and each.last_year else "–",
        "method": capital(each.method.value),
        "reason": each.reason,
        "chosen": chosen,
    }


def _total(desk: Desk, each: Any) -> dict[str, str]:
    amount = each.outturn
    return {
        "name": desk.model.pods.get(each.pod, each.pod),
        "provider": desk.provider(each.provider),
        "value": shown(amount.value),
        "likely": between(amount.low, amount.high) if amount.low is not None else "–",
        "source": each.stated.source,
        "illustrative": each.stated.illustrative,
    }


def _weights(each: Outturn) -> DataTable:
    weights = dict(each.weights)
    rows = tuple(
        (capital(method.value), shown(value), percent(weights[method], 0) if method in weights else "–")
        for method, value in each.by_method
    )
    return DataTable("What each method says", ("Method", "Forecast outturn", "Weight in the average"), rows)


def back_test_page(desk: Desk, pod: str, month: str, year: str) -> dict[str, Any]:
    """How each method would have done in years that are over."""
    pods = list(dict.fromkeys(history.label for history in histories_of(desk)))
    chosen = pod or (pods[0] if pods else "")
    years = years_of(desk, chosen)
    known = month_of(desk, month)
    page: dict[str, Any] = {
        "pods": [{"value": each, "name": desk.model.pods.get(each, each), "chosen": each == chosen} for each in pods],
        "months": [{"value": str(each), "name": _month_words(each), "chosen": each == known} for each in MONTHS_ASKED],
        "years": [{"value": each.label, "name": each.label, "chosen": each.label == year} for each in years],
        "every": not year,
        "chart": None,
        "table": None,
    }
    if not years:
        return page
    found = back_test_of(desk, chosen, month, year)
    chart = chart_of(desk, "How far each method was off", "back-test", pod=chosen, month=str(known), year=year)
    return page | {
        "chart": chart,
        "finding": found.finding if year else chart.finding,
        "table": _table(found),
        "name": desk.pod(chosen),
    }


def _month_words(number: int) -> str:
    return f"{number} ({(Month(2000, 4) + (number - 1)).label.split()[0]})"


def _table(found: BackTest) -> DataTable:
    headers = (
        "Method",
        "Series",
        "Year",
        "Mean error",
        "Bias",
        "8 in 10 errors",
        "80% interval held",
        "95% interval held",
    )
    return DataTable("Errors of each method", headers, tuple(_row(each) for each in found.rows if each.series))


def _row(row: BackTestRow) -> tuple[str, ...]:
    held = [f"{shown(value)}%" if value is not None else "–" for value in (row.coverage_80, row.coverage_95)]
    spread = f"{signed(row.p10, 1)}% to {signed(row.p90, 1)}%" if row.p10 is not None else "–"
    mape = f"{shown(row.mape, 1)}%" if row.mape is not None else "–"
    bias = f"{signed(row.bias, 1)}%" if row.bias is not None else "–"
    return capital(row.method.value), str(row.series), row.year.label, mape, bias, spread, *held
