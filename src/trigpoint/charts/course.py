"""A measure's course: actuals with their interval, and what is aimed at, to its end beyond the last actual."""

from __future__ import annotations

from collections.abc import Sequence

from trigpoint.charts.course_drawing import course_spec, panels_spec
from trigpoint.charts.courses import Course, course_of, measure_title, place_name
from trigpoint.charts.frame import clean
from trigpoint.charts.illustrative import marked
from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.upright import NOTHING
from trigpoint.measures.book.book import Status
from trigpoint.measures.results.result import MeasureResult, PeriodResult
from trigpoint.measures.standing import Judgement
from trigpoint.wording import capital, listed

__all__ = ["course_picture", "localities_picture"]

MOST_PANELS = 12


def course_picture(result: MeasureResult) -> Picture:
    """Actual, plan, stretch, national standard and forecast of one measure in one place over all its periods.

    The actual has its interval as a pale band; provisional figures are hollow. Aims and forecast go on beyond the
    last actual to the end of the trajectory. Each line is named at the right with its last value and its own dash and
    shape, so that nothing rests on colour. The table has every period with what is known of it; a figure that is not
    there has its reason. The finding is that of the standing against the target.
    """
    course = course_of(result)
    title, finding = measure_title(result), clean(result.standing.finding or result.finding)
    alt = f"Line chart of {title}. {_told(course)} {finding}".strip()
    spec = course_spec(course, title=title, finding=finding, description=alt)
    return marked(Picture(spec, finding, alt, _table(course, title)), illustrative=result.illustrative)


def localities_picture(results: Sequence[MeasureResult], *, columns: int = 3, title: str = "") -> Picture:
    """The same small chart for each place (or group) of one measure, all on one scale, so that they can be compared.

    Each has the actual and the first aim it has (the plan's before the national). Of more than twelve the first
    twelve are drawn, and the text alternative says so; the table has all of them with their latest figure.
    """
    courses = [course_of(result) for result in results]
    shown = courses[:MOST_PANELS]
    name = clean(title) or (clean(results[0].definition.name) if results else "")
    finding = _several(results)
    drawn_of = f"{len(shown)} of {len(courses)}" if len(shown) < len(courses) else str(len(shown))
    charts = "line chart" if len(courses) == 1 else "line charts"
    alt = f"{drawn_of} small {charts} of {name}, each with actual and target, on one scale. {finding}"
    if not results:
        finding = alt = "No place has a figure of this measure."
    few = f"{drawn_of} are drawn." if len(shown) < len(courses) else ""
    spec = panels_spec(shown, title=name, finding=f"{finding} {few}".strip(), description=alt, columns=columns)
    picture = Picture(spec, finding, alt, _latest_table(courses, name))
    return marked(picture, illustrative=any(result.illustrative for result in results))


def _told(course: Course) -> str:
    parts = []
    for word, values in (("actual", course.actual()), *((kind.value, course.aim(kind)) for kind in course.aims())):
        known = [(label, value) for label, value in zip(course.periods, values, strict=True) if value is not None]
        if not known:
            continue
        (first, begun), (last, ended) = known[0], known[-1]
        run = f"goes from {course.text(begun)} in {first} to {course.text(ended)} in {last}"
        parts.append(f"the {word} {run}" if len(known) > 1 else f"the {word} is {course.text(begun)} in {first}")
    return f"{capital(listed(parts))}." if parts else "No figure is known yet."


def _several(results: Sequence[MeasureResult]) -> str:
    judged = [each for each in results if each.standing.judgement in (Judgement.MET, Judgement.MISSED)]
    if not judged:
        return "Nothing here has an actual that can be judged by a target."
    met = sum(each.standing.judgement is Judgement.MET for each in judged)
    periods = {each.standing.period for each in judged}
    when = f"in {clean(periods.pop())}" if len(periods) == 1 else "in their latest periods"
    if len(judged) == 1:
        return f"The one place with a target {'met' if met else 'did not meet'} it {when}."
    return f"{met or 'None'} of {len(judged)} met the target {when}."


def _table(course: Course, title: str) -> DataTable:
    aims = course.aims()
    with_interval = any(course.interval(index) for index in range(len(course.periods)))
    headers = (
        "Period",
        "Actual",
        *(("Interval",) if with_interval else ()),
        *(capital(kind.value) for kind in aims),
        "Note",
    )
    rows = []
    for index, (label, each) in enumerate(zip(course.periods, course.results, strict=True)):
        interval = course.interval(index)
        between = f"{course.text(interval[0])} to {course.text(interval[1])}" if interval else NOTHING
        cells = [label, clean(each.shown) or course.text(each.value)]
        cells += [between] if with_interval else []
        cells += [course.text(each.aim(kind)) for kind in aims]
        rows.append((*cells, _note(each)))
    return DataTable(f"{title}: every period", headers, tuple(rows))


def _note(each: PeriodResult) -> str:
    marks = ("provisional" if each.status is Status.PROVISIONAL else "", "illustrative" if each.illustrative else "")
    return capital("; ".join(part for part in (clean(each.reason), clean(each.note), *marks) if part))


def _latest_table(courses: Sequence[Course], name: str) -> DataTable:
    headers = ("Place", "Period", "Actual", "Target", "Standing")
    rows = []
    for course in courses:
        latest, standing = course.result.latest, course.result.standing
        shown = (latest.period.label, clean(latest.shown)) if latest else (NOTHING, NOTHING)
        target, judged = course.text(standing.target), capital(standing.judgement.value)
        rows.append((place_name(course.result), *shown, target, judged))
    return DataTable(f"{name}: the latest figure of each", headers, tuple(rows))
