"""Beds that a plan's activity needs, year by year, with the schemes and without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trigpoint.charts.activity.look import DO_NOTHING, DO_SOMETHING, INTERVAL
from trigpoint.charts.activity.subject import is_illustrative, pod_name
from trigpoint.charts.frame import clean
from trigpoint.charts.illustrative import marked
from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.printed import against, between, decimals_for, shown
from trigpoint.charts.row import Frame, Mark, Row
from trigpoint.charts.rows import rows_spec
from trigpoint.charts.upright import NOTHING, drawn
from trigpoint.measures.standing import Form

if TYPE_CHECKING:
    from trigpoint.activity.results.run import ActivityRun, Beds

__all__ = ["beds_picture"]

_MOST_ROWS = 16


@dataclass(frozen=True, slots=True)
class _Need:
    name: str
    beds: Beds
    values: tuple[float | None, float | None, float | None, float | None]  # do nothing, do something, low, high


def beds_picture(run: ActivityRun) -> Picture:
    """Beds at the target occupancy for each provider, point of delivery and plan year: a hollow diamond without the
    schemes, a solid point with them and its 80% interval. The table adds the bed days.

    Of more than sixteen rows the largest are drawn. The finding tells of the row with the most beds in the last year.
    """
    providers = {one.provider for one in run.beds}
    needs = [_need(run, one, several=len(providers) > 1) for one in run.beds]
    known = [need for need in needs if need.values[1] is not None]
    drawn_rows = sorted(range(len(known)), key=lambda at: (-(known[at].values[1] or 0.0), at))[:_MOST_ROWS]
    chosen = [need for at, need in enumerate(known) if at in drawn_rows]
    decimals = decimals_for([need.values[1] for need in known])
    finding = _finding(known, decimals)
    alt = f"Chart of the beds that the plan's activity needs. {finding}"
    frame = Frame(Form(decimals, "", ""), "Beds at the target occupancy", words="With schemes")
    few = f" The {_MOST_ROWS} largest of {len(known)} are drawn." if len(known) > _MOST_ROWS else ""
    key = f"Hollow diamonds: do nothing. Solid points: do something, with {INTERVAL}s.{few}"
    rows = _rows(chosen, decimals)
    spec = rows_spec(
        rows, frame, title="Beds needed", finding=finding, key=key, description=alt, empty="No bed days are given"
    )
    return marked(Picture(spec, finding, alt, _table(needs, decimals)), illustrative=is_illustrative(run))


def _need(run: ActivityRun, one: Beds, *, several: bool) -> _Need:
    name = pod_name(run, one.pod)
    provider = clean(one.provider) or ("all providers" if several else "")
    label = ", ".join(part for part in (name, provider if several else "") if part)
    return _Need(label, one, (drawn(one.do_nothing_beds), drawn(one.beds), drawn(one.beds_p10), drawn(one.beds_p90)))


def _rows(chosen: Sequence[_Need], decimals: int) -> list[Row]:
    rows: list[Row] = []
    # Those with the most beds first, each with its years in their order.
    by_size = sorted(chosen, key=lambda need: -(need.values[1] or 0.0))
    for name in dict.fromkeys(need.name for need in by_size):
        own = sorted((need for need in chosen if need.name == name), key=lambda need: need.beds.year.first)
        rows += [Row(name, strong=True), *(_row(need, decimals) for need in own)]
    return rows


def _row(need: _Need, decimals: int) -> Row:
    nothing, something, low, high = need.values
    marks = [Mark(something, DO_SOMETHING.shape, DO_SOMETHING.colour)] if something is not None else []
    if nothing is not None:
        marks.insert(0, Mark(nothing, DO_NOTHING.shape, DO_NOTHING.colour, hollow=True))
    pale = (low, high, DO_SOMETHING.colour) if low is not None and high is not None else None
    year = need.beds.year.label
    tip = f"{need.name} {year}: {shown(something, decimals)} beds, {shown(nothing, decimals)} without schemes"
    return Row(year, shown(something, decimals), pale=pale, marks=tuple(marks), tip=tip)


def _finding(known: Sequence[_Need], decimals: int) -> str:
    if not known:
        return "Nothing in this run has bed days, so no beds are reckoned."
    last = max(need.beds.year for need in known)
    top = max((need for need in known if need.beds.year == last), key=lambda need: need.values[1] or 0.0)
    nothing, something, low, high = top.values
    interval = between(low, high, decimals)
    likely = f" ({INTERVAL} {interval})" if interval != NOTHING else ""
    stands = against(something, nothing, "do nothing")
    end = f", {stands}" if stands else ""
    return f"{top.name} needs {shown(something, decimals)} beds in {last.label}{likely}{end}."


def _table(needs: Sequence[_Need], decimals: int) -> DataTable:
    headers = (
        "Point of delivery", "Year", "Beds, do nothing", "Beds, do something", f"Beds, {INTERVAL}", "Bed days",
        f"Bed days, {INTERVAL}",
    )  # fmt: skip
    rows = []
    for need in needs:
        nothing, something, low, high = need.values
        days = (drawn(need.beds.bed_days_p10), drawn(need.beds.bed_days_p90))
        rows.append((
            need.name, need.beds.year.label, shown(nothing, decimals), shown(something, decimals),
            between(low, high, decimals), shown(drawn(need.beds.bed_days)), between(*days),
        ))  # fmt: skip
    return DataTable("Beds and bed days of every year", headers, tuple(rows))
