"""What is seen of schemes in the cells that they single out, beside the cells that none does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from trigpoint.activity.assumptions.matching import matching
from trigpoint.activity.assumptions.scheme import Scheme
from trigpoint.activity.monitor.actuals import Actuals
from trigpoint.activity.monitor.planned import Planned, narrowed, summed
from trigpoint.activity.monitor.result import SchemeWatch
from trigpoint.activity.outturn.arrays import Floats
from trigpoint.errors import InputError
from trigpoint.periods import FinancialYear, Month

Mask = NDArray[np.bool_]
_POWER = 2.0  # a planned effect is looked for where it is so many times what such comparisons scatter by
_SMALL = 0.25  # of the effect looked for: what other schemes may change beside it, relative to its cells
REACHED = "schemes reach all of it and nothing is left to compare with"


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Cells of a point of delivery: attributes, and counts over the same months of each year (years × cells).

    The last row is the plan year, the one before it the base year; rows of earlier years that are not whole are out.
    """

    cells: pl.DataFrame
    now: Floats
    base: Floats
    past: Floats


def table_of(actuals: Actuals, pod: str, months: Sequence[Month], base: FinancialYear) -> Table | None:
    """The cells of the series that have these months now, in the base year, and in as many past years as are whole."""
    mine = actuals.cells.filter(pl.col("pod") == pod)
    numbers = [FinancialYear.of(month.start).months.index(month) for month in months]
    firsts = sorted({FinancialYear.of(day).first for day in mine.get_column("month").unique().to_list()})
    years = [FinancialYear(first) for first in firsts if first <= base.first]
    wanted = {year: [year.months[at] for at in numbers] for year in years} | {None: list(months)}
    has = mine.select("provider", "month").unique()
    there: dict[str, set[Month]] = {}
    for provider, month in has.iter_rows():
        there.setdefault(provider, set()).add(Month.of(month))
    able = [one for one, known in there.items() if known >= {*wanted[None], *wanted.get(base, ())}]
    if base not in wanted or not able:
        return None
    past = [year for year in years if all(there[one] >= set(wanted[year]) for one in able)]
    mine = mine.filter(pl.col("provider").is_in(able))
    keys = ["provider", "pod", *actuals.attributes]
    cells = mine.select(keys).unique(maintain_order=True)
    rows = {year: _counted(mine, cells, keys, wanted[year]) for year in (*past, None)}
    return Table(cells, rows[None], rows[base], np.array([rows[year] for year in past]))


def _counted(rows: pl.DataFrame, cells: pl.DataFrame, keys: list[str], months: Sequence[Month]) -> Floats:
    days = [month.start for month in months]
    sums = rows.filter(pl.col("month").is_in(days)).group_by(keys).agg(pl.col("value").sum().alias("·sum"))
    joined = cells.join(sums, on=keys, how="left", maintain_order="left", nulls_equal=True)
    return joined.get_column("·sum").fill_null(0.0).to_numpy()


@dataclass(frozen=True, slots=True)
class Comparison:
    """A cohort beside its controls: what it came to more or less than they say, and the usual scatter of that."""

    seen: float
    spread: float


def compared(table: Table, cohort: Mask, control: Mask, adjust: float = 0.0) -> Comparison | str:
    """The cohort's actual − base × growth of the controls; or the reason why that cannot be said.

    ``adjust`` is what other schemes were to change in the controls, and is taken out of them. The scatter is the root
    mean square of the same comparison between neighbouring past years (when no scheme was there), and never less than
    chance alone makes it, √(Σ 1 ÷ count) on the log scale.
    """
    if not control.any():
        return REACHED
    base_cohort, base_control = float(table.base[cohort].sum()), float(table.base[control].sum())
    now_cohort, now_control = float(table.now[cohort].sum()), float(table.now[control].sum()) - adjust
    if min(base_cohort, base_control, now_control) <= 0:
        return "its cells, or those beside them, had no activity"
    expected = base_cohort * now_control / base_control
    past = np.array([[year[cohort].sum(), year[control].sum()] for year in table.past])
    if len(past) < 2 or (past <= 0).any():
        return "there is no earlier year to tell how such a comparison varies"
    logs = np.diff(np.log(past[:, 0] / past[:, 1]))
    chance = float(np.sqrt((1 / past[-1]).sum() + 1 / expected + 1 / now_control))
    return Comparison(now_cohort - expected, expected * max(float(np.sqrt((logs**2).mean())), chance))


@dataclass(frozen=True, slots=True, eq=False)
class Watched:
    """The schemes of one point of delivery in one year: each cohort, and those whose under-delivery is counted.

    ``counted`` share no cell, so that nothing is counted twice: all narrow schemes together where cells are left that
    none reaches, else the cohorts that tell, the largest first.
    """

    watches: tuple[SchemeWatch, ...]
    counted: tuple[SchemeWatch, ...] = ()


Groups = dict[str, list[Planned]]


def watched(pod: str, year: FinancialYear, planned: Sequence[Planned], at: list[int], table: Table | None) -> Watched:
    """What is seen of the schemes of a point of delivery over the run's months ``at`` of one plan year."""
    groups: Groups = {}
    for one in planned:
        if one.pod == pod:
            name = str(narrowed(one.scheme.where)) if one.narrow else f"·{one.scheme.id}"
            groups.setdefault(name, []).append(one)
    tried = {name: _mask(table, group[0].scheme) for name, group in groups.items() if group[0].narrow}
    masks = {name: mask for name, mask in tried.items() if mask is not None}
    found = {name: _told(pod, year, name, groups, at, table, masks) for name in groups}
    if table is None or not masks:
        return Watched(tuple(found.values()))
    union = np.logical_or.reduce(list(masks.values()))
    if not union.all():
        narrow = [one for name in masks for one in groups[name]]
        answer = compared(table, union, ~union)
        return Watched(tuple(found.values()), (_watch(pod, year, narrow, summed(narrow, at), answer, []),))
    return Watched(tuple(found.values()), tuple(_apart(found, masks)))


def _told(
    pod: str, year: FinancialYear, name: str, groups: Groups, at: list[int], table: Table | None, masks: dict[str, Mask]
) -> SchemeWatch:
    """One cohort."""
    group = groups[name]
    change = summed(group, at)
    if not group[0].narrow:
        return _watch(pod, year, group, change, "it reaches all of it, and growth looks the same in a total", [])
    if table is None or name not in masks:
        lacks = "the same months of the base year are not all known"
        reason = lacks if table is None else "it asks for what the counts do not tell apart"
        return _watch(pod, year, group, change, reason, [])
    mine = masks[name]
    parts = {other: _part(table, mask, mine) for other, mask in masks.items() if other != name}
    also = [one.scheme.name for other, part in parts.items() if part for one in groups[other]]
    change += sum(part * summed(groups[other], at) for other, part in parts.items())
    free = ~np.logical_or.reduce(list(masks.values()))
    if free.any():
        return _watch(pod, year, group, change, compared(table, mine, free), also)
    beside = sum((1 - part) * summed(groups[other], at) for other, part in parts.items())
    effect, weight = abs(change) * float(table.now[~mine].sum()), float(table.now[mine].sum())
    small = abs(beside) * weight <= _SMALL * effect
    return _watch(pod, year, group, change, compared(table, mine, ~mine, beside) if small else REACHED, also)


def _part(table: Table, mask: Mask, within: Mask) -> float:
    """The part of a cohort's base activity that lies within another."""
    whole = float(table.base[mask].sum())
    return float(table.base[mask & within].sum()) / whole if whole > 0 else 0.0


def _apart(found: dict[str, SchemeWatch], masks: dict[str, Mask]) -> list[SchemeWatch]:
    """The cohorts that tell and share no cell, those of the largest planned change first."""
    chosen: list[SchemeWatch] = []
    taken = np.zeros_like(next(iter(masks.values())))
    for name in sorted(masks, key=lambda one: -abs(found[one].planned)):
        if found[name].tells and not (taken & masks[name]).any():
            chosen.append(found[name])
            taken = taken | masks[name]
    return chosen


def _mask(table: Table | None, scheme: Scheme) -> Mask | None:
    if table is None:
        return None
    try:
        mask = matching(table.cells, scheme.where)
    except InputError:
        return None
    return mask if mask.any() else None


def _watch(
    pod: str, year: FinancialYear, group: Sequence[Planned], change: float, answer: Comparison | str,
    also: Sequence[str],
) -> SchemeWatch:  # fmt: skip
    ids = tuple(dict.fromkeys(one.scheme.id for one in group))
    names = tuple(dict.fromkeys(one.scheme.name for one in group))
    where = str(narrowed(group[0].scheme.where))
    others = tuple(dict.fromkeys(also))
    if isinstance(answer, str):
        return SchemeWatch(pod, year, where, ids, names, change, reason=answer, also=others)
    tells = abs(change) >= _POWER * answer.spread
    reason = "" if tells else "the planned change is less than twice what such a comparison varies by"
    return SchemeWatch(pod, year, where, ids, names, change, answer.seen, answer.spread, tells, reason, others)
