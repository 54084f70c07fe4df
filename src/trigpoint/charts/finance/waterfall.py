"""A bridge from one total to another as a waterfall: totals on the ground, steps floating between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from trigpoint.charts.finance.look import LESS, MORE, TOTAL
from trigpoint.charts.finance.pounds import Pounds
from trigpoint.charts.frame import clean, short
from trigpoint.charts.illustrative import marked
from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.row import Frame, Lines, Row, cut_at
from trigpoint.charts.rows import rows_spec
from trigpoint.finance.words import form_adding_up, gbp_exact, gbp_words
from trigpoint.rounding import total
from trigpoint.wording import count

if TYPE_CHECKING:
    from trigpoint.finance.position.result import Bridge, Step

__all__ = ["waterfall_picture"]

MOST_STEPS = 20
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class _Stage:
    """A step with the running sum before and after it."""

    step: Step
    before: Decimal
    after: Decimal


def waterfall_picture(bridge: Bridge) -> Picture:
    """The steps of a bridge, a bar each: totals dark and on the ground, what adds solid, what takes away hatched.

    Thin lines carry the running sum from bar to bar. Where the steps are small beside the totals the scale does not
    begin at zero, and the totals are broken; a total below zero always stands on it. Beyond twenty steps the smallest
    between two totals are drawn as one; the table has every step in exact pounds with the running sum. Amounts are
    printed with as many decimals as let them add up, three at most. A step that is illustrative marks the picture.

    >>> from trigpoint.finance.position.result import Bridge, Step
    >>> steps = (Step("a", "Opening surplus", Decimal(6_400_000), True), Step("b", "Drawdown", Decimal(-1_100_000)),
    ...          Step("c", "Surplus", Decimal(5_300_000), True))
    >>> waterfall_picture(Bridge("Surplus 2017/18", steps)).finding
    'Surplus 2017/18: £6.4m becomes £5.3m (−£1.1m); “Drawdown” takes away most, £1.1m.'
    """
    title = short(bridge.title) or "Bridge"
    stages, gap = _stages(bridge.steps)
    pounds = _pounds(stages)
    finding = _finding(title, stages, gap, pounds)
    alt = f"Waterfall chart. {finding}"
    few = _pooled(stages)
    drawable = [one for one in few if None not in (pounds.at(one.before), pounds.at(one.after))]
    low = cut_at([float(pounds.at(end) or 0) for one in drawable for end in _ends(one)])
    lines = (Lines(0.0, ""),) if any((pounds.at(end) or 0) < 0 for one in drawable for end in _ends(one)) else ()
    frame = Frame(pounds.ticks, "", lines=lines, from_zero=not low, around=pounds.around)
    rows = [_row(one, low, pounds, last=at + 1 == len(drawable)) for at, one in enumerate(drawable)]
    key = "Solid: adds. Hatched: takes away. Dark: totals."
    key += (
        f" The scale begins at {pounds.words(Decimal(str(low)).scaleb(pounds.form.power))}, not at zero." if low else ""
    )
    spec = rows_spec(rows, frame, title=title, finding=finding, key=key, description=alt, empty="There is no step")
    picture = Picture(spec, finding, alt, _table(title, stages))
    return marked(picture, illustrative=any(step.illustrative for step in bridge.steps))


def _stages(steps: Sequence[Step]) -> tuple[list[_Stage], Decimal]:
    """The running sum, and by how much a later total is not what the steps before it lead to."""
    found: list[_Stage] = []
    run, gap = _ZERO, _ZERO
    for at, step in enumerate(steps):
        if step.total:
            gap += step.gbp - run if at else _ZERO
            found.append(_Stage(step, _ZERO, step.gbp))
            run = step.gbp
        else:
            found.append(_Stage(step, run, total((run, step.gbp))))
            run = found[-1].after
    return found, gap


def _ends(one: _Stage) -> tuple[Decimal, ...]:
    return (one.after,) if one.step.total else (one.before, one.after)


def _pounds(stages: Sequence[_Stage]) -> Pounds:
    parts = [one.step.gbp for one in stages if not one.step.total]
    ends = [one.step.gbp for one in stages if one.step.total]
    if len(ends) > 1:
        return Pounds(form_adding_up(parts, [ends[0], ends[-1]]))
    return Pounds.of([*parts, *ends])


def _pooled(stages: Sequence[_Stage]) -> list[_Stage]:
    """At most twenty steps: the smallest between two totals become one."""
    steps = [at for at, one in enumerate(stages) if not one.step.total]
    if len(steps) <= MOST_STEPS:
        return list(stages)
    sections = 1 + sum(one.step.total for one in stages)
    largest = set(sorted(steps, key=lambda at: (-abs(stages[at].step.gbp), at))[: max(MOST_STEPS - sections, 1)])
    found: list[_Stage] = []
    small: list[_Stage] = []
    run = _ZERO
    for at, one in enumerate(stages):
        if not one.step.total and at not in largest:
            small.append(one)
            continue
        if one.step.total:
            found += _one_of(small, run)
            small = []
            found.append(one)
        else:
            found.append(_Stage(one.step, run, run + one.step.gbp))
        run = found[-1].after
    return [*found, *_one_of(small, run)]


def _one_of(small: Sequence[_Stage], run: Decimal) -> list[_Stage]:
    if not small:
        return []
    first = small[0].step
    change = total(one.step.gbp for one in small)
    name = first.name if len(small) == 1 else count(len(small), "smaller step")
    return [_Stage(type(first)(first.id, name, change), run, run + change)]


def _row(one: _Stage, low: float, pounds: Pounds, *, last: bool) -> Row:
    before, after = pounds.at(one.before) or 0.0, pounds.at(one.after) or 0.0
    name, on = clean(one.step.name or one.step.id), None if last else after
    if one.step.total:
        words = pounds.words(one.step.gbp)
        bar = (low, after, TOTAL)
        return Row(name, words, bar, broken=low > 0, strong=True, after=on, tip=f"{name}: {gbp_exact(one.step.gbp)}")
    words, adds = pounds.change(one.step.gbp), one.step.gbp >= 0
    tip = f"{name}: {gbp_exact(one.step.gbp)}"
    return Row(name, words, (before, after, MORE if adds else LESS), hatched=not adds, after=on, tip=tip)


def _finding(title: str, stages: Sequence[_Stage], gap: Decimal, pounds: Pounds) -> str:
    steps = [one.step for one in stages if not one.step.total]
    if not stages:
        return f"{title}: there is no step."
    ends = [one.step.gbp for one in stages if one.step.total]
    first = ends[0] if stages[0].step.total else _ZERO
    last = stages[-1].after
    change = pounds.change(last - first)
    said = f"{title}: {pounds.words(first)} becomes {pounds.words(last)} ({change})"
    if last == first:
        said = f"{title}: {pounds.words(first)} stays as it is"
    largest = max(steps, key=lambda step: abs(step.gbp), default=None)
    if largest is not None and largest.gbp:
        verb = "adds" if largest.gbp > 0 else "takes away"
        most = " most" if len(steps) > 1 or last != first else ""
        size = pounds.words(largest.gbp.copy_abs())
        said += f"; “{short(largest.name or largest.id)}” {verb}{most}, {size}"
    left = f" Steps and totals are {gbp_words(gap.copy_abs())} apart." if gap else ""
    return f"{said}.{left}"


def _table(title: str, stages: Sequence[_Stage]) -> DataTable:
    rows = []
    for one in stages:
        kind = "Total" if one.step.total else "Adds" if one.step.gbp >= 0 else "Takes away"
        note = "Illustrative" if one.step.illustrative else ""
        rows.append((clean(one.step.name or one.step.id), kind, gbp_exact(one.step.gbp), gbp_exact(one.after), note))
    return DataTable(f"{title}: every step", ("Step", "Kind", "Amount", "Running total", "Note"), tuple(rows))
