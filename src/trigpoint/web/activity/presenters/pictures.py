"""The pictures of the activity model: each is drawn once for each run, and fetched by an address that says which."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, QueryDict

from trigpoint.activity.assumptions.scenario import Scenario
from trigpoint.charts.picture import Picture
from trigpoint.errors import InputError
from trigpoint.periods import FinancialYear
from trigpoint.web.activity.desk import Desk
from trigpoint.web.activity.found import back_test_of, comparison_of, monitoring_of, outturn_of
from trigpoint.web.activity.runs import content_of, run_of, scenario_of_text, trial_run
from trigpoint.web.register.presenters.measures import Chart, pictures
from trigpoint.web.register.store import revision_key

TRIAL = "trial"


def chart_of(desk: Desk, heading: str, kind: str, trial: Scenario | None = None, **asked: Any) -> Chart:
    """A picture as a page shows it. ``trial`` is a scenario that is tried and not saved.

    Raises ``InputError`` where the picture cannot be made.
    """
    query = {"kind": kind, **{key: str(value) for key, value in asked.items() if value not in ("", None)}}
    if trial is not None:
        query[TRIAL] = content_of(trial)
    elif desk.scenario.id:
        query["scenario"] = desk.scenario.id
    drawn = picture_of(desk, query)
    named = "-".join(part for part in ("chart", kind, *(query.get(key, "") for key in ("pod", "year"))) if part)
    src = desk.reading.url("activity-picture", query=query)
    return Chart("".join(c if c.isalnum() else "-" for c in named), heading, src, drawn.alt, drawn.finding, drawn.table)


def picture_of(desk: Desk, asked: dict[str, str] | QueryDict) -> Picture:
    """The picture that an address asks for; raises ``Http404`` where there is no such."""
    make = _KINDS.get(asked.get("kind", ""))
    if make is None:
        raise Http404
    names = ("kind", "pod", "provider", "year", "month", "with", TRIAL)
    given = tuple(asked.get(name, "") for name in names)
    last = max((row.pk for row in desk.model.saved.values()), default=0)
    key = (*revision_key(desk.edition), "activity", last, desk.scenario.id, content_of(desk.scenario), *given)
    return pictures.get(key, lambda: make(desk, dict(zip(names, given, strict=True))))


def year_of(desk: Desk, label: str) -> FinancialYear:
    """A plan year by its label, the last one for none; raises ``Http404`` for another."""
    years = desk.book.settings.years
    for year in years:
        if label == year.label:
            return year
    if label or not years:
        raise Http404
    return years[-1]


def _run(desk: Desk, asked: dict[str, str]):
    if asked[TRIAL]:
        try:
            return trial_run(desk, scenario_of_text(asked[TRIAL]))
        except InputError:
            raise Http404 from None
    return run_of(desk)


def _pod(desk: Desk, asked: dict[str, str]) -> str:
    desk.pod(asked["pod"])
    return asked["pod"]


def _trajectory(desk: Desk, asked: dict[str, str]) -> Picture:
    from trigpoint.charts.activity import trajectory_picture

    return trajectory_picture(_run(desk, asked), _pod(desk, asked), asked["provider"])


def _annual(desk: Desk, asked: dict[str, str]) -> Picture:
    from trigpoint.charts.activity import annual_picture

    return annual_picture(_run(desk, asked), _pod(desk, asked), asked["provider"])


def _likelihood(desk: Desk, asked: dict[str, str]) -> Picture:
    from trigpoint.charts.activity import likelihood_picture

    return likelihood_picture(_run(desk, asked), _pod(desk, asked), year_of(desk, asked["year"]))


def _bridge(desk: Desk, asked: dict[str, str]) -> Picture:
    from trigpoint.charts.activity import bridge_picture

    return bridge_picture(_run(desk, asked), _pod(desk, asked), year_of(desk, asked["year"]), asked["provider"])


def _tornado(desk: Desk, asked: dict[str, str]) -> Picture:
    from trigpoint.charts.activity import tornado_picture

    return tornado_picture(_run(desk, asked), _pod(desk, asked), year_of(desk, asked["year"]))


def _schemes(desk: Desk, asked: dict[str, str]) -> Picture:
    from trigpoint.charts.activity import schemes_picture

    return schemes_picture(_run(desk, asked), year_of(desk, asked["year"]))


def _overall(desk: Desk, asked: dict[str, str]) -> Picture:
    from trigpoint.charts.activity import overall_picture

    return overall_picture(_run(desk, asked))


def _beds(desk: Desk, asked: dict[str, str]) -> Picture:
    from trigpoint.charts.activity import beds_picture

    return beds_picture(_run(desk, asked))


def _comparison(desk: Desk, asked: dict[str, str]) -> Picture:
    from trigpoint.charts.activity import comparison_picture

    return comparison_picture(comparison_of(desk, tuple(asked["with"].split(","))))


def _back_test(desk: Desk, asked: dict[str, str]) -> Picture:
    from trigpoint.charts.activity import back_test_picture

    tested = back_test_of(desk, asked["pod"], asked["month"], asked["year"])
    return back_test_picture(tested, illustrative=desk.book.illustrative)


def _outturn(desk: Desk, asked: dict[str, str]) -> Picture:
    from trigpoint.charts.activity import outturn_picture

    found = outturn_of(desk, _pod(desk, asked), asked["provider"])
    return outturn_picture(*found, illustrative=desk.book.illustrative)


def _monitor(desk: Desk, asked: dict[str, str]) -> Picture:
    from trigpoint.charts.activity import monitoring_picture

    return monitoring_picture(monitoring_of(desk), _pod(desk, asked), illustrative=desk.book.illustrative)


_KINDS: dict[str, Callable[[Desk, dict[str, str]], Picture]] = {
    "trajectory": _trajectory,
    "annual": _annual,
    "likelihood": _likelihood,
    "bridge": _bridge,
    "tornado": _tornado,
    "schemes": _schemes,
    "overall": _overall,
    "beds": _beds,
    "comparison": _comparison,
    "back-test": _back_test,
    "outturn": _outturn,
    "monitor": _monitor,
}
