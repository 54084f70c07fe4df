"""Plan and actual: what came of each month beside what the model said before."""

from __future__ import annotations

from typing import Any

from trigpoint.activity.monitor.result import Monitoring, Part
from trigpoint.charts.picture import DataTable
from trigpoint.errors import InputError
from trigpoint.reports.activity.words import between, signed
from trigpoint.reports.activity.words import number as shown
from trigpoint.web.activity.desk import AS_PLANNED, Desk
from trigpoint.web.activity.found import monitoring_of
from trigpoint.web.activity.presenters.overview import is_illustrative
from trigpoint.web.activity.presenters.pictures import chart_of
from trigpoint.web.activity.runs import run_of


def monitor_page(desk: Desk) -> dict[str, Any]:
    """What stands out, each point of delivery in a picture, the year to date, its schemes and the months held."""
    found = monitoring_of(desk)
    if found.at is None:
        nothing = {"findings": (), "charts": [], "tables": [], "words": [], "illustrative": False}
        return nothing | {"notes": [str(each) for each in found.problems]}
    # Beside each table its columns that hold words, counted from one.
    made = ((_to_date(desk, found), (2, 3)), (_reforecasts(desk, found), (2, 3)),
            (_schemes(desk, found), (2, 3, 7)), (_coverage(desk, found), (2,)))  # fmt: skip
    tables = [each for each in made if each[0].rows]
    return {
        "at": found.at.label,
        "findings": found.findings,
        "charts": _charts(desk, found),
        "tables": [table for table, _ in tables],
        "words": [words for _, words in tables],
        "notes": [str(each) for each in found.problems],
        "illustrative": is_illustrative(run_of(desk, AS_PLANNED)),
    }  # fmt: skip


def _charts(desk: Desk, found: Monitoring) -> list[Any]:
    charts = []
    for pod in found.pods:
        try:
            charts.append(chart_of(desk, desk.model.pods.get(pod, pod), "monitor", pod=pod))
        except InputError:
            continue
    return charts


def _pod(desk: Desk, code: str) -> str:
    return desk.model.pods.get(code, code) if code else "All points of delivery"


def _to_date(desk: Desk, found: Monitoring) -> DataTable:
    headers = ("Point of delivery", "Provider", "Year", "Months", "Plan", "Actual", "Difference", "80% band",
               *(part.value.capitalize() for part in Part))  # fmt: skip
    rows = tuple(
        (_pod(desk, one.pod), desk.provider(one.provider), one.year.label, str(one.months), shown(one.plan),
         shown(one.actual), signed(one.difference), between(one.low, one.high),
         *(signed(one.part(part)) for part in Part))
        for one in found.to_date
    )  # fmt: skip
    return DataTable("The year to date, and where the difference comes from", headers, rows)


def _reforecasts(desk: Desk, found: Monitoring) -> DataTable:
    headers = ("Point of delivery", "Provider", "Year", "Plan", "Forecast now", "80% interval", "Difference")
    rows = tuple(
        (_pod(desk, one.pod), desk.provider(one.provider), one.year.label, shown(one.plan),
         shown(one.value) if one.value is not None else one.reason, between(one.low, one.high), signed(one.difference))
        for one in found.reforecasts
    )  # fmt: skip
    return DataTable("What the year will come to now", headers, rows)


def _schemes(desk: Desk, found: Monitoring) -> DataTable:
    headers = ("Schemes", "Point of delivery", "Year", "Planned by now", "Seen", "Under-delivery", "Why not seen")
    rows = tuple(
        (", ".join(one.names or one.schemes), _pod(desk, one.pod), one.year.label, signed(one.planned),
         signed(one.seen) if one.tells else "–", signed(one.under_delivery),
         "" if one.tells else one.reason or "counts cannot tell")
        for one in found.schemes
    )  # fmt: skip
    return DataTable("What is seen of the schemes", headers, rows)


def _coverage(desk: Desk, found: Monitoring) -> DataTable:
    headers = ("Point of delivery", "Provider", "Months", "Inside the 80% band", "Above", "Below", "To be expected")
    rows = tuple(
        (_pod(desk, one.pod), desk.provider(one.provider), str(one.months), str(one.inside), str(one.above),
         str(one.below), f"{one.usual_low} to {one.usual_high}")
        for one in found.coverage
    )  # fmt: skip
    return DataTable("How often the bands held", headers, rows)
