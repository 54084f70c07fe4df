"""Plan against actual: the plan's band month by month, what came, and which months lie outside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trigpoint.charts.activity.look import ACTUAL, INTERVAL, LESS, MORE, PLAN, Look
from trigpoint.charts.frame import clean
from trigpoint.charts.illustrative import marked
from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.printed import between, change, form_for, per_cent, relative, shown
from trigpoint.charts.strands import Board, Strand, lines_spec, numbers
from trigpoint.charts.upright import drawn
from trigpoint.measures.standing import Form
from trigpoint.wording import capital

if TYPE_CHECKING:
    from trigpoint.activity.monitor.result import Monitoring, PlanMonth, ToDate

__all__ = ["monitoring_picture"]

_ABOVE = Look("Above the band", MORE, (1, 0), 0, "triangle-up")
_BELOW = Look("Below the band", LESS, (1, 0), 0, "triangle-down")


def monitoring_picture(
    monitoring: Monitoring, pod: str = "", provider: str = "", *, detail: Sequence[str] = (), illustrative: bool = False
) -> Picture:
    """The plan's do something by month with its 80% band, and the actual on it; a month above the band has a triangle
    that points up, one below a triangle that points down.

    ``pod`` without ``provider`` is the whole point of delivery; without ``pod`` it is the first. The finding
    is the sentence of the year to date: how far off, and where it comes from; under it stands what the year will come
    to now. The table has every month with its difference and the parts of it. Months without an actual break the line.
    Where nothing is planned or counted, the picture says so; ``illustrative`` says that some figures were invented.
    """
    pod = pod or next(iter(monitoring.pods), "")
    months = [
        one
        for one in monitoring.months
        if (one.pod, one.provider) == (pod, provider) and tuple(one.detail) == tuple(detail)
    ]
    latest = _latest(monitoring, pod, provider, tuple(detail))
    name = ", ".join(
        part for part in ((clean(latest.name) if latest else "") or clean(pod), *map(clean, detail)) if part
    )
    title = f"{name or 'All activity'}, plan against actual"
    finding = clean(latest.finding) if latest is not None else f"{title}: no month has an actual."
    form = form_for([value for one in months for value in (one.plan, one.actual)], clean(latest.unit) if latest else "")
    periods = tuple(one.month.label for one in months) or ("",)
    now = next((one for one in monitoring.reforecasts if (one.pod, one.provider) == (pod, provider)), None)
    key = f"Pale band: the plan’s {INTERVAL}."
    key += f" Triangles: months outside it ({_outside(months)})." if _outside(months) else ""
    alt = f"Line chart of {title}, month by month. {finding}"
    strands = _strands(months, form.decimals)
    more = clean(now.finding) if now is not None else ""
    spec = lines_spec(Board(periods, form), strands, title=title, finding=finding, more=more, key=key, description=alt)
    return marked(Picture(spec, finding, alt, _table(title, months, form)), illustrative=illustrative)


def _latest(monitoring: Monitoring, pod: str, provider: str, detail: tuple[str, ...]) -> ToDate | None:
    own = [one for one in monitoring.to_date if (one.pod, one.provider, tuple(one.detail)) == (pod, provider, detail)]
    return max(own, key=lambda one: one.year, default=None)


def _beyond(one: PlanMonth) -> int:
    """1 above the band, −1 below it, 0 within or not known."""
    actual, low, high = drawn(one.actual), drawn(one.low), drawn(one.high)
    if actual is None or low is None or high is None:
        return 0
    return int(actual > high) - int(actual < low)


def _outside(months: Sequence[PlanMonth]) -> int:
    return sum(_beyond(one) != 0 for one in months)


def _strands(months: Sequence[PlanMonth], decimals: int) -> list[Strand]:
    plan, actual = numbers(one.plan for one in months), numbers(one.actual for one in months)
    band = (numbers(one.low for one in months), numbers(one.high for one in months))
    last = [next((value for value in reversed(values) if value is not None), None) for values in (plan, actual)]
    within = frozenset(at for at, one in enumerate(months) if not _beyond(one))
    found = [
        Strand(PLAN.word, plan, PLAN, band, end=f"{PLAN.word} {shown(last[0], decimals)}"),
        Strand(ACTUAL.word, actual, ACTUAL, end=f"{ACTUAL.word} {shown(last[1], decimals)}", dots=within),
    ]
    for look, side in ((_ABOVE, 1), (_BELOW, -1)):
        values = tuple(value if _beyond(one) == side else None for one, value in zip(months, actual, strict=True))
        if any(value is not None for value in values):
            found.append(Strand(look.word, values, look, dots=frozenset(range(len(months))), size=130))
    return found


def _table(title: str, months: Sequence[PlanMonth], form: Form) -> DataTable:
    headers = ("Month", "Plan", f"Plan, {INTERVAL}", "Actual", "Difference", "In per cent", "Standing", "From")
    decimals = form.decimals
    rows = []
    for one in months:
        actual, plan = drawn(one.actual), drawn(one.plan)
        gap = None if actual is None or plan is None else actual - plan
        parts = [
            f"{part.value} {change(value, decimals)}" for part, value in one.parts if change(value, decimals) != "0"
        ]
        note = clean(one.reason) or ", ".join(parts)
        rows.append((
            one.month.label, shown(plan, decimals), between(drawn(one.low), drawn(one.high), decimals),
            shown(actual, decimals), change(gap, decimals), per_cent(relative(actual, plan)),
            capital(one.verdict.value) if actual is not None else "No actual", capital(note),
        ))  # fmt: skip
    return DataTable(f"{title}: every month", headers, tuple(rows))
