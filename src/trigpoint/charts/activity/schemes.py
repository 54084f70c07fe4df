"""The schemes of a plan year in order of what they change, each with its interval and how surely it happens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trigpoint.charts.activity.look import DO_SOMETHING, INTERVAL, MORE
from trigpoint.charts.activity.subject import code_of, is_illustrative, pod_name, pods_of, unit_of, year_at
from trigpoint.charts.frame import clean
from trigpoint.charts.illustrative import marked
from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.printed import change, changes, decimals_for, per_cent, shown
from trigpoint.charts.row import Frame, Lines, Mark, Row
from trigpoint.charts.rows import rows_spec
from trigpoint.charts.upright import NOTHING, drawn
from trigpoint.measures.figures import PERCENTAGE
from trigpoint.measures.standing import Form
from trigpoint.wording import capital, count

if TYPE_CHECKING:
    from trigpoint.activity.results.run import ActivityRun, SchemeResult
    from trigpoint.periods import FinancialYear

__all__ = ["schemes_picture"]

MOST_ROWS = 20
_SURE = 99.95


@dataclass(frozen=True, slots=True)
class _Effect:
    """A scheme's change in one point of delivery; ``size`` is what one unit of the scale is worth in activity."""

    one: SchemeResult
    pod: str
    size: float

    @property
    def name(self) -> str:
        return clean(self.one.name or self.one.id)

    @property
    def delivered(self) -> float | None:
        """In how many per cent of draws it happens."""
        share = drawn(self.one.delivered)
        return None if share is None else 100 * share

    def at(self, value: float | None) -> float | None:
        """Where activity stands on the scale."""
        known = drawn(value)
        return None if known is None else drawn(known / self.size)


def schemes_picture(run: ActivityRun, year: FinancialYear, pod: str = "") -> Picture:
    """The league of schemes in one plan year by point of delivery, the largest effect of each first.

    A solid point is the mean effect, negative where activity is avoided, with its 80% interval as a pale bar; a hollow
    square is what the scheme was said to change, where that is a number. At the right stands the effect, and the share
    of draws in which the scheme happens where that is not all of them. Over several points of delivery the scale is in
    per cent of do nothing, so that an admission is not dwarfed by a hundred attendances; with ``pod`` it is activity.
    The twenty largest are drawn; the table has all, with the overlap: what a scheme would have avoided besides, had
    others not reached it first.
    """
    title = ", ".join(part for part in (f"Schemes in {year.label}", pod_name(run, pod) if pod else "") if part)
    code = code_of(run, pod) if pod else ""
    found = [one for one in run.schemes if one.year == year and (not pod or one.pod in (pod, code))]
    whole = _sizes(run, year, found)
    sizes = {} if pod else whole
    names = {code: pod_name(run, code) for code in {one.pod for one in found}}
    every = [_Effect(one, names[one.pod], sizes.get(one.pod, 1.0)) for one in found]
    every.sort(key=lambda each: (-abs(each.at(each.one.mean) or 0.0), each.one.id, each.one.pod))
    known = [each for each in every if each.at(each.one.mean) is not None]
    # As the bridge prints them: by the size of the year, not of the effect.
    decimals = decimals_for([*(each.one.mean for each in known), *(100 * size for size in whole.values())])
    finding = _finding(known, title, decimals, in_shares=bool(sizes))
    alt = f"League of schemes: {title}. {finding}"
    drawn_of = known[:MOST_ROWS]
    stated = any(each.at(each.one.stated) is not None for each in drawn_of)
    key = f"Pale bars: {INTERVAL}s.{' Hollow squares: as stated.' if stated else ''}"
    key += f" The {MOST_ROWS} largest of {len(known)} are drawn." if len(known) > MOST_ROWS else ""
    frame = _frame(run, pod, year, decimals, bool(sizes))
    rows = _rows(run, drawn_of, decimals, alone=bool(pod))
    empty = "There is no scheme to draw"
    spec = rows_spec(rows, frame, title=title, finding=finding, key=key, description=alt, empty=empty)
    return marked(Picture(spec, finding, alt, _table(every, title, decimals)), illustrative=is_illustrative(run))


def _sizes(run: ActivityRun, year: FinancialYear, found: Sequence[SchemeResult]) -> Mapping[str, float]:
    """One per cent of do nothing of each point of delivery; nothing where one of them is not known."""
    at = year_at(run, year)
    sizes: dict[str, float] = {}
    for one in pods_of(run):
        mean = one.annual_do_nothing.mean
        size = drawn(float(mean[at])) if at is not None and at < len(mean) else None
        if size is not None and size > 0:
            sizes[one.key.pod] = size / 100
    return sizes if {one.pod for one in found} <= sizes.keys() else {}


def _frame(run: ActivityRun, pod: str, year: FinancialYear, decimals: int, in_shares: bool) -> Frame:
    lines = (Lines(0.0, "No change"),)
    if in_shares:
        form, axis = Form(1, PERCENTAGE, ""), f"Change from do nothing of {year.label}"
        return Frame(form, axis, words="Activity", lines=lines, signed=True)
    unit = unit_of(run, pod) if pod else ""
    axis = f"Change in {unit or 'activity'} in {year.label}"
    return Frame(Form(decimals, "", ""), axis, lines=lines, signed=True)


def _rows(run: ActivityRun, effects: Sequence[_Effect], decimals: int, *, alone: bool) -> list[Row]:
    if alone:
        return [_row(each, decimals) for each in effects]
    order = {pod_name(run, one.key.pod): at for at, one in enumerate(pods_of(run))}
    pods = sorted(dict.fromkeys(each.pod for each in effects), key=lambda pod: order.get(pod, len(order)))
    return [
        row
        for pod in pods
        for row in (Row(pod, strong=True), *(_row(each, decimals) for each in effects if each.pod == pod))
    ]


def _row(each: _Effect, decimals: int) -> Row:
    one, share = each.one, each.delivered
    mean, low, high, stated = (each.at(value) for value in (one.mean, one.p10, one.p90, one.stated))
    sure = "" if share is None or share >= _SURE else f", in {shown(share)}% of draws"
    interval = changes(one.p10, one.p90, decimals)
    tip = f"{each.name}, {each.pod}: {change(one.mean, decimals)} ({INTERVAL} {interval}){sure}"
    marks = [] if mean is None else [Mark(mean, DO_SOMETHING.shape, DO_SOMETHING.colour)]
    if stated is not None:
        told = f"{each.name}, {each.pod}: stated {change(one.stated, decimals)}"
        marks.insert(0, Mark(stated, "square", MORE, hollow=True, tip=told))
    pale = (low, high, DO_SOMETHING.colour) if low is not None and high is not None else None
    return Row(each.name, f"{change(one.mean, decimals)}{sure}", pale=pale, marks=tuple(marks), tip=tip)


def _finding(known: Sequence[_Effect], title: str, decimals: int, *, in_shares: bool) -> str:
    if not known:
        return f"{title}: no scheme changes anything."
    top, ids = known[0], len({each.one.id for each in known})
    begin = f"{title}: {count(ids, 'scheme changes', 'schemes change')} activity"
    interval = changes(drawn(top.one.p10), drawn(top.one.p90), decimals)
    share = f", {per_cent(top.at(top.one.mean))} of do nothing" if in_shares else ""
    likely = f" ({INTERVAL} {interval})" if interval != NOTHING else ""
    most = "" if len(known) == 1 else "most "
    return f"{begin}, {most}“{top.name}” in {top.pod} by {change(top.one.mean, decimals)}{likely}{share}."


def _table(every: Sequence[_Effect], title: str, decimals: int) -> DataTable:
    headers = ("Scheme", "Point of delivery", "Change", capital(INTERVAL), "Stated", "Happens in", "Overlap")
    rows = []
    for each in every:
        one, share = each.one, each.delivered
        rows.append((
            each.name, each.pod, change(drawn(one.mean), decimals), changes(drawn(one.p10), drawn(one.p90), decimals),
            change(drawn(one.stated), decimals), f"{shown(share)}% of draws" if share is not None else NOTHING,
            shown(drawn(one.overlap), decimals),
        ))  # fmt: skip
    return DataTable(f"{title}: every scheme", headers, tuple(rows))
