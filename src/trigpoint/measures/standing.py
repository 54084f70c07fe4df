"""Where a measure stands: its latest actual against the target of the same period, told by its polarity."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from trigpoint.measures.figures import COUNT, difference, figure
from trigpoint.measures.series import SeriesPair, counts_things, in_order, series_pairs
from trigpoint.measures.trajectories.reproduction import own_decimals, printed_decimals
from trigpoint.periods.labels import period_of
from trigpoint.plans.model import IndicatorRow, IndicatorTable, Polarity
from trigpoint.rounding import half_up

UNDATED = " (the target names no period)"


class Judgement(Enum):
    """What can be said of the latest actual."""

    MET = "target met"
    MISSED = "target missed"
    NO_ACTUAL = "no actual yet"
    NO_TARGET = "no target for this period"
    NOT_JUDGED = "no better direction stated"


@dataclass(frozen=True, slots=True)
class Standing:
    """The latest actual against its target.

    ``gap`` is actual less target in the unit printed. ``undated_target`` says that the target names no period
    and was taken to hold in each. ``finding`` is one sentence.
    """

    judgement: Judgement
    period: str
    actual: Decimal | None
    target: Decimal | None
    gap: Decimal | None
    undated_target: bool
    finding: str

    def told_of(self, name: str) -> str:
        """The finding as a sentence about a named area or series."""
        if not name:
            return self.finding
        if self.judgement is Judgement.NO_ACTUAL:
            return f"{name}: {self.finding[0].lower()}{self.finding[1:]}"
        return f"{name}, {self.finding}"


@dataclass(frozen=True, slots=True)
class SeriesStanding:
    """The standing of one target of one area of a table."""

    pair: SeriesPair
    standing: Standing


def latest(row: IndicatorRow | None) -> str | None:
    """The label of the row's last dated value, ``None`` when it has none."""
    labels = [label for label in in_order(set(row.values)) if period_of(label)] if row else []
    return labels[-1] if labels else None


def against_target(
    target: IndicatorRow | None,
    actual: IndicatorRow | None,
    polarity: Polarity,
    decimals: int,
    *,
    kind: str = "",
    unit: str = "",
) -> Standing:
    """The latest actual against the target of its period, as printed (both rounded half up to ``decimals``).

    A target equal to the actual is met. A target whose period is not printed counts for every period.

    >>> row = lambda series, **values: IndicatorRow("Dudley", series, {"2015/16": Decimal(values["v"])})
    >>> against_target(row("target", v="36.3"), row("actual", v="29.7"), Polarity.HIGHER, 1, kind="percentage").finding
    '2015/16: 29.7%, 6.6 percentage points below the target of 36.3%.'
    """
    period = latest(actual)
    if actual is None or period is None:
        return _without_actual(target, decimals, kind, unit)
    value = half_up(actual.values[period], decimals)
    shown = figure(value, decimals, kind=kind, unit=unit)
    goals = target.values if target else {}
    goal = goals.get(period, goals.get(""))
    if goal is None:
        finding = f"{period}: {shown}; there is no target for this period."
        return Standing(Judgement.NO_TARGET, period, value, None, None, False, finding)
    goal = half_up(goal, decimals)
    gap, undated = value - goal, period not in goals
    finding = f"{period}: {shown}, {_distance(gap, goal, decimals, kind)}{UNDATED if undated else ''}."
    return Standing(_judge(gap, polarity), period, value, goal, gap, undated, finding)


def _without_actual(target: IndicatorRow | None, decimals: int, kind: str, unit: str) -> Standing:
    if target is None or not target.values:
        return Standing(Judgement.NO_ACTUAL, "", None, None, None, False, "Neither target nor actual is printed.")
    first = in_order(set(target.values))[0]
    goal = half_up(target.values[first], decimals)
    when = f" for {first}" if first else ""
    finding = f"No actual yet; the first target is {figure(goal, decimals, kind=kind, unit=unit)}{when}."
    return Standing(Judgement.NO_ACTUAL, first, None, goal, None, not first, finding)


def _judge(gap: Decimal, polarity: Polarity) -> Judgement:
    if polarity is Polarity.NEITHER:
        return Judgement.NOT_JUDGED
    met = gap >= 0 if polarity is Polarity.HIGHER else gap <= 0
    return Judgement.MET if met else Judgement.MISSED


def _distance(gap: Decimal, goal: Decimal, decimals: int, kind: str) -> str:
    shown = figure(goal, decimals, kind=kind)
    if gap == 0:
        return f"exactly the target of {shown}"
    return f"{difference(gap, decimals, kind=kind)} {'above' if gap > 0 else 'below'} the target of {shown}"


def standings(table: IndicatorTable) -> tuple[SeriesStanding, ...]:
    """The standing of every target and actual of a table, area by area, in printed order."""
    return tuple(SeriesStanding(pair, pair_standing(table, pair)) for pair in series_pairs(table))


def pair_standing(table: IndicatorTable, pair: SeriesPair) -> Standing:
    """The standing of one pair, with the digits and the unit that the table prints."""
    form = pair_form(table, pair)
    return against_target(pair.target, pair.actual, table.polarity, form.decimals, kind=form.kind, unit=form.unit)


@dataclass(frozen=True, slots=True)
class Form:
    """How a pair's figures are written: decimals, kind of number, unit after it ("" for a percentage)."""

    decimals: int
    kind: str
    unit: str


def pair_form(table: IndicatorTable, pair: SeriesPair) -> Form:
    """The table's own form, save for a series that counts things in a table of percentages or rates."""
    rows = [row for row in (pair.target, pair.actual) if row is not None]
    if table.kind != COUNT and all(counts_things(row.series) for row in rows):
        return Form(max(own_decimals(row) for row in rows), COUNT, "")
    decimals = max((printed_decimals(table, row) for row in rows), default=table.decimals)
    # A reader that knows no better unit gives the kind: "123 count" would say nothing.
    return Form(decimals, table.kind, "" if table.unit in ("%", table.kind) else table.unit)
