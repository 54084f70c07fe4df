"""The whole plan in one picture: how each point of delivery changes from its outturn, with the schemes and without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trigpoint.charts.activity.look import DO_NOTHING, DO_SOMETHING, INTERVAL
from trigpoint.charts.activity.subject import is_illustrative, pod_name, pods_of
from trigpoint.charts.frame import clean
from trigpoint.charts.illustrative import marked
from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.printed import between, change, decimals_for, per_cent, relative, shown
from trigpoint.charts.row import Frame, Lines, Mark, Row
from trigpoint.charts.rows import rows_spec
from trigpoint.charts.strands import numbers
from trigpoint.charts.upright import NOTHING, drawn
from trigpoint.measures.figures import PERCENTAGE
from trigpoint.measures.standing import Form
from trigpoint.wording import capital, listed

if TYPE_CHECKING:
    from trigpoint.activity.results.run import ActivityRun, SeriesRun

__all__ = ["overall_picture"]

MOST_PODS = 12
_MOST_ROWS = 36


def overall_picture(run: ActivityRun) -> Picture:
    """Each point of delivery and plan year on one scale of change from the base year's outturn, in per cent: do nothing
    (a hollow diamond), do something (a solid point with its 80% interval), and the line between them, which is what the
    schemes change. At the right stands do something against do nothing.

    Of more than twelve points of delivery the largest are drawn, of more years than have room the last; the table has
    all. The finding tells of every point of delivery in the last year (of more than six, of those changed most).
    """
    title = ", ".join(
        part for part in ("Overall change in activity", clean(run.scenario.name) if run.scenario.id else "") if part
    )
    pods = pods_of(run)
    shown_pods = _largest(pods)
    years = len(run.years)
    # The last years: a plan of twenty years has no room for each of them under each point of delivery.
    first = max(years - max(_MOST_ROWS // max(len(shown_pods), 1) - 1, 1), 0)
    rows: list[Row] = []
    for one in shown_pods:
        several = years - first > 1
        rows += [Row(pod_name(run, one.key.pod), strong=True)] if several else []
        rows += [row for at in range(first, years) if (row := _row(run, one, at, alone=not several))]
    if not any(row.marks for row in rows):
        rows = []
    finding = _finding(run, pods)
    alt = f"Chart of change from the outturn by point of delivery. {finding}"
    frame = Frame(
        Form(1, PERCENTAGE, ""), f"Change from the outturn of {run.book.settings.base_year.label}", signed=True,
        words="Against do nothing", lines=(Lines(0.0, "Outturn"),),
    )  # fmt: skip
    few = f"The {len(shown_pods)} largest of {len(pods)} are drawn." if len(shown_pods) < len(pods) else ""
    key = f"Hollow diamond: do nothing. Solid point: do something, with its {INTERVAL}. {few}".strip()
    spec = rows_spec(
        rows, frame, title=title, finding=finding, key=key, description=alt, empty="There is no figure to draw"
    )
    return marked(Picture(spec, finding, alt, _table(run, pods, title)), illustrative=is_illustrative(run))


def _largest(pods: list[SeriesRun]) -> list[SeriesRun]:
    sizes = [_base(one) or 0.0 for one in pods]
    kept = sorted(range(len(pods)), key=lambda at: (-sizes[at], at))[:MOST_PODS]
    return [one for at, one in enumerate(pods) if at in kept]


def _base(one: SeriesRun) -> float | None:
    values = numbers(one.base)
    return None if None in values or not values else sum(value for value in values if value is not None)


def _year(one: SeriesRun, at: int) -> tuple[float | None, ...]:
    """Do nothing, do something, its low and its high, of one year."""
    bands = (
        one.annual_do_nothing.mean,
        one.annual_do_something.mean,
        one.annual_do_something.p10,
        one.annual_do_something.p90,
    )
    return tuple(drawn(float(band[at])) if at < len(band) else None for band in bands)


def _row(run: ActivityRun, one: SeriesRun, at: int, *, alone: bool) -> Row | None:
    base = _base(one)
    nothing, something, low, high = _year(one, at)
    changes = [relative(value, base) for value in (nothing, something, low, high)]
    year = run.years[at].label
    name = f"{pod_name(run, one.key.pod)}, {year}" if alone else year
    if changes[0] is None or changes[1] is None:
        return Row(name, NOTHING)
    tip = f"{pod_name(run, one.key.pod)} {year}: do nothing {per_cent(changes[0])}, do something {per_cent(changes[1])}"
    pale = (changes[2], changes[3], DO_SOMETHING.colour) if changes[2] is not None and changes[3] is not None else None
    marks = (
        Mark(changes[0], DO_NOTHING.shape, DO_NOTHING.colour, hollow=True),
        Mark(changes[1], DO_SOMETHING.shape, DO_SOMETHING.colour),
    )
    return Row(
        name, per_cent(relative(something, nothing)), pale=pale, link=(changes[0], changes[1]), marks=marks, tip=tip
    )


def _finding(run: ActivityRun, pods: list[SeriesRun]) -> str:
    if not run.years:
        return "The run has no plan year."
    last = len(run.years) - 1
    found = []
    for one in pods:
        nothing, something, _, _ = _year(one, last)
        ratio = relative(something, nothing)
        if ratio is not None:
            found.append((ratio, pod_name(run, one.key.pod)))
    if not found:
        return f"No point of delivery has a figure for {run.years[last].label}."
    most = found if len(found) <= 6 else sorted(found, key=lambda each: -abs(each[0]))[:4]
    told = listed([f"{per_cent(ratio)} in {name}" for ratio, name in most])
    begin = f"In {run.years[last].label} do something differs from do nothing"
    return f"{begin}{'' if most is found else ' most'} by {told}."


def _table(run: ActivityRun, pods: list[SeriesRun], title: str) -> DataTable:
    headers = (
        "Point of delivery", "Year", "Outturn", "Do nothing", "Do something", f"Do something, {INTERVAL}", "Difference",
        "Do something against do nothing", "Do something against outturn",
    )  # fmt: skip
    rows = []
    for one in pods:
        base = _base(one)
        for at, year in enumerate(run.years):
            nothing, something, low, high = _year(one, at)
            decimals = decimals_for([base, nothing, something])
            gap = None if nothing is None or something is None else something - nothing
            cells = [pod_name(run, one.key.pod), year.label]
            cells += [shown(value, decimals) for value in (base, nothing, something)]
            cells += [between(low, high, decimals), change(gap, decimals)]
            cells += [per_cent(relative(something, nothing)), per_cent(relative(something, base))]
            rows.append(tuple(cells))
    return DataTable(f"{capital(title)}: every point of delivery and year", headers, tuple(rows))
