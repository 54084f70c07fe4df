"""The latest figure against the targets of its own period: met or missed, by how much, in which colour."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from trigpoint.measures.book.book import AimKind
from trigpoint.measures.definitions.definition import Aggregation, Definition
from trigpoint.measures.results.aims import ORDER, Goals, Target, judged_window
from trigpoint.measures.results.cells import Cells
from trigpoint.measures.results.coming import coming_targets, coming_words, next_words
from trigpoint.measures.results.result import Rating, TargetStanding
from trigpoint.measures.results.sentences import WHOSE, distance, standing_sentence, target_words
from trigpoint.measures.results.values import exact_value
from trigpoint.measures.results.year import together, year_to_date
from trigpoint.measures.standing import Judgement
from trigpoint.plans.model import Comparator

NOT_RATED = frozenset((Judgement.NO_ACTUAL, Judgement.NO_TARGET, Judgement.NOT_JUDGED))


def standings_of(
    definition: Definition, cells: Cells | None, latest: int | None, goals: Goals | None
) -> tuple[TargetStanding, ...]:
    """One standing for each kind of target that the latest period has, the plan's first; without any, the one that
    says what is missing."""
    if cells is None or latest is None:
        return (_without_actual(definition, goals),)
    value = None if latest in cells.reasons else exact_value(definition, cells.rows[latest])
    if not isinstance(value, Fraction):
        return (_without_value(definition, cells, latest),)
    found = []
    for kind in ORDER if goals else ():
        target = goals.at(kind, latest, cells.period(latest)) if goals else None
        judged = None if target is None else _judged(definition, cells, latest, kind, target)
        if judged is not None:
            found.append(judged)
    return tuple(found) or (_without_target(definition, cells, latest, value, goals),)


def _judged(definition: Definition, cells: Cells, latest: int, kind: AimKind, target: Target) -> TargetStanding | None:
    """The standing against one target; ``None`` where its time has not come or its figure cannot be put together."""
    window = judged_window(definition, target.basis, target.comparator, latest)
    if window is None:
        return None
    cell = cells.rows[latest]
    label = cells.period(latest).label
    if len(window) > 1:
        how = Aggregation.SUM if definition.year_to_date is Aggregation.SUM else definition.over_time
        joined = together(definition, cells, window, how)
        if isinstance(joined, str):
            return None
        cell, label = joined, f"{cells.period(window[0]).label} to {label}"
    value = exact_value(definition, cell)
    if not isinstance(value, Fraction):
        return None
    gap = value - target.value
    judgement = judge(gap, target.comparator)
    rating = rate(definition, gap, judgement)
    finding = standing_sentence(definition, label, value, f", {distance(definition, value, target.value, kind)}")
    return TargetStanding(judgement, label, float(target.value), kind, float(gap), rating, finding)


def judge(gap: Fraction, comparator: Comparator | None) -> Judgement:
    """Whether a figure that is ``gap`` above its target meets it. A figure equal to it meets "at least" and "at most".

    >>> judge(Fraction(0), Comparator.AT_MOST).value, judge(Fraction(0), Comparator.LESS_THAN).value
    ('target met', 'target missed')
    """
    if comparator is None:
        return Judgement.NOT_JUDGED
    met = {
        Comparator.AT_LEAST: gap >= 0,
        Comparator.AT_MOST: gap <= 0,
        Comparator.MORE_THAN: gap > 0,
        Comparator.LESS_THAN: gap < 0,
        Comparator.EQUAL: gap == 0,
    }[comparator]
    return Judgement.MET if met else Judgement.MISSED


def rate(definition: Definition, gap: Fraction, judgement: Judgement) -> Rating:
    """Green where met, amber where missed by no more than the definition allows, else red."""
    if judgement in NOT_RATED:
        return Rating.NONE
    if judgement is Judgement.MET:
        return Rating.GREEN
    return Rating.AMBER if definition.rag.amber_within and abs(gap) <= definition.rag.amber_within else Rating.RED


def _without_actual(definition: Definition, goals: Goals | None) -> TargetStanding:
    """What is aimed at, where nothing was counted yet: the first target of the first kind that has one."""
    none = TargetStanding(Judgement.NO_ACTUAL, "", None, None, None, Rating.NONE, "No actual yet.")
    for kind in ORDER if goals is not None else ():
        line = goals.lines.get(kind) if goals is not None else None
        if goals is None or line is None:
            continue
        ahead = [(goals.periods[number], value) for number, value in line.points.items()] + list(line.wide.items())
        if ahead:
            period, value = min(ahead, key=lambda each: (each[0].start, each[0].end))
            finding = f"No actual yet; {WHOSE[kind]} starts at {target_words(definition, value)} for {period.label}."
            return replace(none, period=period.label, target=float(value), kind=kind, finding=finding)
    return none


def _without_value(definition: Definition, cells: Cells, latest: int) -> TargetStanding:
    label = cells.period(latest).label
    finding = f"{label}: no figure ({cells.reasons.get(latest, 'nothing was entered')})"
    earlier = [number for number in cells.rows if number < latest and number not in cells.reasons]
    if earlier:
        value = exact_value(definition, cells.rows[max(earlier)])
        if isinstance(value, Fraction):
            said = standing_sentence(definition, cells.period(max(earlier)).label, value, "").rstrip(".")
            finding += f"; the latest before it is {said}"
    return TargetStanding(Judgement.NO_ACTUAL, label, None, None, None, Rating.NONE, f"{finding}.")


def _without_target(
    definition: Definition, cells: Cells, latest: int, value: Fraction, goals: Goals | None
) -> TargetStanding:
    label = cells.period(latest).label
    targets = coming_targets(goals, latest, cells)
    if goals is None or not targets:
        finding = standing_sentence(definition, label, value, "; there is no target for this period")
        return TargetStanding(Judgement.NO_TARGET, label, None, None, None, Rating.NONE, finding)
    coming = coming_words(goals, targets)
    words = f"; no target falls due in this period: {next_words(coming)}"
    # Of a target for a whole year, the quarter's own figure says little: the sum so far is told with it.
    so_far = year_to_date(definition, cells, latest, goals) if targets[0].whole_year else None
    if definition.year_to_date is Aggregation.SUM and so_far and so_far.note and so_far.value is not None:
        words = f", {so_far.shown} in the year to date{words}"
    finding = standing_sentence(definition, label, value, words)
    return TargetStanding(Judgement.NO_TARGET, label, None, None, None, Rating.NONE, finding, coming)
