"""One point of delivery: trajectory, bridge, what it hangs on, its schemes, every month."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from trigpoint.activity.results.run import ActivityRun, SeriesRun
from trigpoint.charts.picture import DataTable
from trigpoint.errors import InputError
from trigpoint.reports.activity.words import month_code
from trigpoint.reports.activity.words import number as shown
from trigpoint.web.activity.desk import Desk
from trigpoint.web.activity.presenters.overview import (
    bear_in_mind,
    figures_of,
    is_illustrative,
    scenario_choices,
    summary_of,
)
from trigpoint.web.activity.presenters.pictures import chart_of, year_of
from trigpoint.web.activity.presenters.schemes import scheme_lines
from trigpoint.web.activity.runs import run_of
from trigpoint.web.register.presenters.measures import Chart

MONTH_HEADERS = (
    "Month", "Forecast outturn", "Do nothing", "Do something", "Low (1 in 10 below)", "High (1 in 10 above)",
)  # fmt: skip


def pod_page(desk: Desk, pod: str, provider: str, year: str) -> dict[str, Any]:
    """What the page of a point of delivery shows."""
    name, run, chosen = desk.pod(pod), run_of(desk), year_of(desk, year)
    series = series_of(run, pod, provider)
    asked = {"pod": pod, "provider": provider}
    return {
        "pod": pod,
        "name": name,
        "provider_name": desk.provider(provider),
        "providers": providers_of(desk, run, pod, provider),
        "years": [{"value": each.label, "chosen": each == chosen} for each in run.years],
        "year": chosen.label,
        "scenarios": scenario_choices(desk),
        "charts": charts_of(desk, asked, chosen.label),
        "summary": summary_of(desk, (series,), run),
        "schemes": scheme_lines(desk, run, chosen, pod),
        "months": months_of(run, series),
        "csv": desk.url("activity-pod-csv", pod=pod, query={"provider": provider}),
        "illustrative": series.illustrative or is_illustrative(run),
        **figures_of(desk, run, pod, provider),
        **bear_in_mind(desk, run),
    }


def charts_of(desk: Desk, asked: dict[str, str], year: str) -> list[Chart]:
    """The pictures that can be made; one that cannot is left out."""
    wanted = (
        ("Trajectory", "trajectory", asked),
        ("Year by year", "annual", asked),
        (f"From outturn to plan, {year}", "bridge", {**asked, "year": year}),
    )
    # Of what the total hangs on and how likely it is, the run knows only of all providers together.
    whole = (
        (f"What {year} hangs on", "tornado", {"pod": asked["pod"], "year": year}),
        (f"How likely {year} is", "likelihood", {"pod": asked["pod"], "year": year}),
    )
    wanted = wanted if asked["provider"] else (*wanted, *whole)
    found = []
    for heading, kind, given in wanted:
        try:
            found.append(chart_of(desk, heading, kind, **given))
        except InputError:
            continue
    return found


def series_of(run: ActivityRun, pod: str, provider: str) -> SeriesRun:
    """The series of a provider, of all together for none; raises ``Http404`` where there is none."""
    if not provider:
        found = [each for each in run.pods if each.key.pod == pod]
    else:
        found = [each for each in run.series if (each.key.provider, each.key.pod) == (provider, pod)]
    if not found:
        raise Http404
    return found[0]


def providers_of(desk: Desk, run: ActivityRun, pod: str, chosen: str) -> list[dict[str, Any]]:
    """The providers to choose between; none where there is one alone."""
    codes = dict.fromkeys(each.key.provider for each in run.series if each.key.pod == pod)
    if len(codes) < 2:
        return []
    return [{"value": code, "name": desk.provider(code), "chosen": code == chosen} for code in ("", *codes)]


def months_of(run: ActivityRun, series: SeriesRun) -> DataTable:
    """Every month of the plan years."""
    band = series.do_something
    rows = tuple(
        (
            month.label, shown(float(series.fot[at])), shown(float(series.do_nothing.mean[at])),
            shown(float(band.mean[at])), shown(float(band.p10[at])), shown(float(band.p90[at])),
        )
        for at, month in enumerate(run.months)
    )  # fmt: skip
    return DataTable("Every month", MONTH_HEADERS, rows)


def months_csv(desk: Desk, pod: str, provider: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The same as a download, with two decimals."""
    desk.pod(pod)
    run = run_of(desk)
    series = series_of(run, pod, provider)
    columns = (series.fot, series.do_nothing.mean, series.do_something.mean, series.do_something.p10,
               series.do_something.p90)  # fmt: skip
    rows = [
        (pod, provider, month_code(month), *(f"{float(column[at]):.2f}" for column in columns))
        for at, month in enumerate(run.months)
    ]
    headers = ("pod", "provider", "month", "fot", "do_nothing", "do_something", "p10", "p90")
    return headers, rows
