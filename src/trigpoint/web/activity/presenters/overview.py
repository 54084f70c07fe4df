"""The activity of a plan: each point of delivery with its trajectory, the years in a table, what to bear in mind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from trigpoint.activity.results.run import ActivityRun, Beds, SeriesRun, Strain, Value
from trigpoint.charts.picture import DataTable
from trigpoint.errors import InputError
from trigpoint.reports.activity.words import between, change
from trigpoint.reports.activity.words import number as shown
from trigpoint.web.activity.desk import Desk
from trigpoint.web.activity.presenters.pictures import chart_of
from trigpoint.web.activity.presenters.resources import beds_table_of, strains_table_of, values_table_of
from trigpoint.web.activity.runs import run_of
from trigpoint.web.register.presenters.measures import Chart

MOST_CHARTS = 12


@dataclass(frozen=True, slots=True)
class PodBlock:
    """One point of delivery: its page, its picture and the finding of that in words."""

    name: str
    href: str
    chart: Chart | None
    reason: str


def overview_page(desk: Desk) -> dict[str, Any]:
    """What the overview shows."""
    run, overall = run_of(desk), _drawn(desk, "All points of delivery", "overall")
    return {
        "summary": summary_of(desk, run.pods, run),
        "blocks": [_block(desk, series.key.pod) for series in run.pods[:MOST_CHARTS]],
        "overall": overall,
        "headline": overall.finding if overall else "The files hold no activity that could be run.",
        "beds": _drawn(desk, "Beds", "beds") if run.beds else None,
        "scenarios": scenario_choices(desk),
        "illustrative": is_illustrative(run),
        **figures_of(desk, run),
        **bear_in_mind(desk, run),
    }


def figures_of(desk: Desk, run: ActivityRun, pod: str = "", provider: str = "") -> dict[str, Any]:
    """Beds, money and months beyond capacity as tables, of one point of delivery and provider or of all."""

    def wanted(each: Beds | Value | Strain) -> bool:
        return pod in ("", each.pod) and provider in ("", each.provider)

    return {
        "bed_table": beds_table_of(desk, [each for each in run.beds if wanted(each)]),
        "value_table": values_table_of(desk, [each for each in run.values if wanted(each)]),
        "strain_table": strains_table_of(desk, [each for each in run.strains if wanted(each)]),
    }


def _drawn(desk: Desk, heading: str, kind: str) -> Chart | None:
    try:
        return chart_of(desk, heading, kind)
    except InputError:
        return None


def _block(desk: Desk, pod: str) -> PodBlock:
    name = desk.model.pods.get(pod, pod)
    href = desk.url("activity-pod", pod=pod)
    try:
        return PodBlock(name, href, chart_of(desk, name, "trajectory", pod=pod), "")
    except InputError as error:
        return PodBlock(name, href, None, str(error))


def summary_of(desk: Desk, series: tuple[SeriesRun, ...], run: ActivityRun) -> DataTable:
    """A row a series: the base year, then do nothing and do something of each year with the interval."""
    headers = ["Point of delivery", f"Forecast outturn {run.book.settings.base_year}"]
    for year in run.years:
        headers += [f"Do nothing {year}", f"Do something {year}", f"8 in 10 chance, {year}", f"On outturn, {year}"]
    rows = [_summary_row(desk, each, len(run.years)) for each in series]
    return DataTable("Activity of the years", tuple(headers), tuple(rows))


def _summary_row(desk: Desk, each: SeriesRun, years: int) -> tuple[str, ...]:
    base = float(each.base.sum())
    cells = [desk.model.pods.get(each.key.pod, each.key.pod), shown(base)]
    for at in range(years):
        band = each.annual_do_something
        mean = float(band.mean[at])
        cells += [shown(float(each.annual_do_nothing.mean[at])), shown(mean)]
        cells += [between(float(band.p10[at]), float(band.p90[at])), change(mean, base)]
    return tuple(cells)


def bear_in_mind(desk: Desk, run: ActivityRun) -> dict[str, Any]:
    """What was wrong in the files, and what the run warns of."""
    warnings = dict.fromkeys((*desk.model.problems, *(str(each) for each in run.warnings)))
    return {"warnings": list(warnings), "draws": run.draws, "seed": run.seed}


def is_illustrative(run: ActivityRun) -> bool:
    """Whether anything that the run rests on was invented."""
    book = run.book
    stated = (*book.growth, *book.schemes, *book.totals, *book.capacity, *book.stays, *book.prices)
    invented = any(each.stated.illustrative for each in stated)
    return book.illustrative or invented or any(each.illustrative for each in run.series)


def scenario_choices(desk: Desk) -> list[dict[str, Any]]:
    """The scenarios to look at, the plan as entered first; none where there is nothing to choose."""
    if not desk.model.scenarios:
        return []
    choices = [("", "As planned"), *((key, each.name) for key, each in desk.model.scenarios.items())]
    return [{"value": key, "name": name, "chosen": key == desk.scenario.id} for key, name in choices]
