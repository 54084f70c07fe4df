"""Scenarios beside the first of them: how far each differs in a plan year, and how surely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trigpoint.charts.activity.look import DO_SOMETHING, INTERVAL
from trigpoint.charts.activity.subject import is_illustrative, pod_name
from trigpoint.charts.frame import clean, distinct
from trigpoint.charts.illustrative import marked
from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.printed import change, changes, decimals_for, per_cent, relative, shown
from trigpoint.charts.row import Frame, Lines, Mark, Row
from trigpoint.charts.rows import rows_spec
from trigpoint.charts.upright import NOTHING, drawn
from trigpoint.measures.figures import PERCENTAGE
from trigpoint.measures.standing import Form
from trigpoint.wording import capital, count, plural

if TYPE_CHECKING:
    from trigpoint.activity.results.comparison import Comparison, ComparisonRow
    from trigpoint.periods import FinancialYear

__all__ = ["comparison_picture"]

_MOST_ROWS = 24


@dataclass(frozen=True, slots=True)
class _Other:
    """One scenario's row with its name and the first scenario's mean of the same point of delivery and year."""

    name: str
    pod: str
    row: ComparisonRow
    first: float | None

    @property
    def per_cent(self) -> tuple[float | None, float | None, float | None]:
        """Mean, low and high of the difference, as a share of the first scenario's mean."""
        if not self.first or self.first < 0:
            return None, None, None
        parts = [drawn(value) for value in (self.row.difference, self.row.p10, self.row.p90)]
        mean, low, high = (None if part is None else drawn(100 * part / self.first) for part in parts)
        return mean, low, high


def comparison_picture(comparison: Comparison, *, year: FinancialYear | None = None) -> Picture:
    """Each scenario's do something less the first's, in per cent of the first, by point of delivery in one plan year
    (the last without ``year``): a point with its 80% interval over the draws that both share.

    At the right stands the difference in activity, and in how many draws the scenario is lower. Of more rows than
    twenty-four the points of delivery with the most activity are drawn; the table has every scenario, point of delivery
    and year. The finding tells of the scenario and point of delivery that differ most.
    """
    names = distinct([clean(run.scenario.name or run.scenario.id) or "Scenario" for run in comparison.runs])
    first = names[0] if names else ""
    wanted = year or max((row.year for row in comparison.rows), default=None)
    label = wanted.label if wanted is not None else ""
    others = _others(comparison, names)
    own = [one for one in others if one.row.year == wanted]
    title = f"Scenarios against “{first}”, {label}" if label else "Scenarios"
    finding = _finding(own, len(names), first, label)
    alt = f"Chart of {title}. {finding}"
    chosen = _largest(own)
    rows = _rows(chosen, several=len(names) > 2)
    frame = Frame(
        Form(1, PERCENTAGE, ""), f"Difference from “{_short(first)}”", signed=True, words="Difference",
        lines=(Lines(0.0, _short(first)),),
    )  # fmt: skip
    pods, all_pods = ({one.pod for one in each} for each in (chosen, own))
    few = f" The {len(pods)} largest of {len(all_pods)} are drawn." if len(pods) < len(all_pods) else ""
    key = f"Pale bars: {INTERVAL}s of the difference, draw by draw.{few}"
    spec = rows_spec(rows, frame, title=title, finding=finding, key=key, description=alt,
                     empty="There is no second scenario to compare")  # fmt: skip
    picture = Picture(spec, finding, alt, _table(comparison, names, others, title))
    return marked(picture, illustrative=any(map(is_illustrative, comparison.runs)))


def _short(name: str) -> str:
    return name if len(name) <= 26 else f"{name[:25].rstrip()}…"


def _others(comparison: Comparison, names: Sequence[str]) -> list[_Other]:
    """The rows of all runs but the first, which come run by run."""
    each = len(comparison.rows) // max(len(comparison.runs), 1)
    base = {(row.pod, row.year): drawn(row.mean) for row in comparison.rows[:each]}
    return [
        _Other(names[at // each], pod_name(comparison.runs[0], row.pod), row, base.get((row.pod, row.year)))
        for at, row in enumerate(comparison.rows)
        if at >= each
    ]


def _largest(own: Sequence[_Other]) -> list[_Other]:
    """Those of as many points of delivery as have room, the ones with the most activity."""
    pods = {one.row.pod: one.first or 0.0 for one in own}
    scenarios = max(len(own) // max(len(pods), 1), 1)
    room = max(_MOST_ROWS // scenarios, 1)
    kept = sorted(pods, key=lambda pod: -pods[pod])[:room]
    return [one for one in own if one.row.pod in kept][: 2 * _MOST_ROWS]


def _rows(chosen: Sequence[_Other], *, several: bool) -> list[Row]:
    rows: list[Row] = []
    for pod in dict.fromkeys(one.pod for one in chosen):
        rows += [Row(pod, strong=True)] if several else []
        rows += [_row(one, one.name if several else pod) for one in chosen if one.pod == pod]
    return rows if any(row.marks for row in rows) else []


def _row(one: _Other, name: str) -> Row:
    mean, low, high = one.per_cent
    if mean is None:
        return Row(name, NOTHING)
    decimals = decimals_for([one.first])
    lower = drawn(one.row.lower)
    sure = "" if lower is None or one.row.difference >= 0 else f", lower in {shown(100 * lower)}% of draws"
    words = f"{change(one.row.difference, decimals)}{sure}"
    pale = (low, high, DO_SOMETHING.colour) if low is not None and high is not None else None
    interval = changes(one.row.p10, one.row.p90, decimals)
    tip = f"{one.name}, {one.pod}: {words} ({INTERVAL} {interval}), {per_cent(mean)}"
    return Row(name, words, pale=pale, marks=(Mark(mean, DO_SOMETHING.shape, DO_SOMETHING.colour),), tip=tip)


def _finding(own: Sequence[_Other], scenarios: int, first: str, label: str) -> str:
    known = [one for one in own if one.per_cent[0] is not None]
    if scenarios < 2 or not known:
        return f"There is nothing to compare “{first}” with." if first else "There is no scenario."
    top = max(known, key=lambda one: abs(one.per_cent[0] or 0.0))
    mean, low, high = top.per_cent
    others = scenarios - 1
    if not mean:
        said = plural(others, "the other scenario is", "all other scenarios are")
        return f"In {label} {said} the same as “{first}”."
    size = f"{shown(abs(mean), 1)}% {'above' if mean > 0 else 'below'} “{first}”"
    interval = f"{per_cent(low)} to {per_cent(high)}"
    among = "" if others == 1 else f"Of {count(others, 'other scenario')} for {label} "
    begin = among or f"In {label} "
    return f"{begin}“{top.name}” differs most, in {top.pod}: {size} ({INTERVAL} {interval})."


def _table(comparison: Comparison, names: Sequence[str], others: Sequence[_Other], title: str) -> DataTable:
    headers = (
        "Point of delivery", "Year", "Scenario", "Do something", "Difference", f"Difference, {INTERVAL}", "In per cent",
        "Lower in",
    )  # fmt: skip
    each = len(comparison.rows) // max(len(comparison.runs), 1)
    rows = []
    for row in comparison.rows[:each]:
        name = pod_name(comparison.runs[0], row.pod)
        decimals = decimals_for([row.mean])
        rows.append((name, row.year.label, names[0], shown(drawn(row.mean), decimals), *[NOTHING] * 4))
        for one in others:
            if (one.row.pod, one.row.year) == (row.pod, row.year):
                lower = drawn(one.row.lower)
                rows.append((
                    name, row.year.label, one.name, shown(drawn(one.row.mean), decimals),
                    change(drawn(one.row.difference), decimals),
                    changes(drawn(one.row.p10), drawn(one.row.p90), decimals),
                    per_cent(relative(one.row.mean, row.mean)),
                    NOTHING if lower is None else f"{shown(100 * lower)}% of draws",
                ))  # fmt: skip
    return DataTable(f"{capital(title)}: every point of delivery and year", headers, tuple(rows))
