"""A plan laid beside a planning round, entry by entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from trigpoint.errors import InputError
from trigpoint.frameworks import Framework, Standard
from trigpoint.measures.book.book import MeasureBook
from trigpoint.measures.coverage.comparison import compared
from trigpoint.measures.coverage.coverage import (
    Answer,
    Coverage,
    Difference,
    Ground,
    PriorityCoverage,
    RequirementCoverage,
    StandardCoverage,
    TargetComparison,
)
from trigpoint.measures.coverage.evidence import Passages, of_priority, passages_of
from trigpoint.measures.coverage.measured import with_measured
from trigpoint.measures.coverage.rounds import framework_of
from trigpoint.periods.calendar import FinancialYear
from trigpoint.periods.labels import parse_period
from trigpoint.plans.model import Plan

MOST_ALIKE = 2  # targets of one row that compare in the same way and are all shown
_SUREST_FIRST = tuple(Ground)


def coverage_of(plan: Plan, *, framework: str = "", year: str = "", book: MeasureBook | None = None) -> Coverage:
    """Which priorities, requirements and standards of a planning round the plan answers, with what, and which not.

    ``framework`` is the id of a round, "" for the plan's own; ``year`` ("2018/19") keeps the standards that hold in
    that financial year; ``book`` adds the plan's measures: their trajectories, and which have figures alone. Rows are
    recognised by the measure's id, the national code, the theme's number and by words of the data pack, never by
    likeness; every match says which. A standard is answered with a target where a target speaks of it in its years or
    without a date. Raises InputError for an unknown round or year. Method: ``docs/coverage.md``.

    >>> coverage_of(Plan("Plan", "Organisation", ("2017/18",)), framework="nhs-2017-19").priorities[0].answer.value
    'not answered'
    """
    found, chosen = framework_of(plan, framework)
    span = _year(year)
    passages = Passages(passages_of(plan, book))
    standards = [row for row in found.standards if span is None or _in_year(row, span)]
    answered = [_standard(row, passages, found.standards) for row in standards]
    if book is not None:
        answered = list(with_measured(answered, book, plan))
    with_targets = {row.standard.requirement for row in answered if row.answer is Answer.WITH_TARGET}
    needed = [
        RequirementCoverage(row, _answer(bool(evidence), row.id in with_targets), evidence)
        for row in found.requirements
        for evidence in (passages.of_requirement(row),)
    ]
    return Coverage(found, chosen, span.label if span else "", _by_priority(plan, found, needed, answered))


def _year(text: str) -> FinancialYear | None:
    if not text:
        return None
    period = parse_period(text)
    if not isinstance(period, FinancialYear):
        raise InputError(f"“{text}” is no financial year", remedy="write it as 2018/19")
    return period


def _in_year(standard: Standard, year: FinancialYear) -> bool:
    starts = standard.valid_from is None or standard.valid_from <= year.end
    return starts and (standard.valid_to is None or standard.valid_to >= year.start)


def _by_priority(
    plan: Plan,
    framework: Framework,
    requirements: Sequence[RequirementCoverage],
    standards: Sequence[StandardCoverage],
) -> tuple[PriorityCoverage, ...]:
    found = []
    for priority in framework.priorities:
        themes = of_priority(priority, plan)
        asked = tuple(row for row in requirements if row.requirement.priority == priority.id)
        tested = tuple(row for row in standards if row.standard.priority == priority.id)
        answers = [*(row.answer for row in asked), *(row.answer for row in tested)]
        with_target = Answer.WITH_TARGET in answers
        spoken = bool(themes) or with_target or Answer.IN_WORDS in answers
        # A plan's own measures are listed where it has them, and missed nowhere else.
        shown = tuple(row for row in tested if not row.local or row.answer is Answer.WITH_TARGET)
        found.append(PriorityCoverage(priority, _answer(spoken, with_target), themes, asked, shown))
    return tuple(found)


def _answer(spoken: bool, with_target: bool) -> Answer:
    if with_target:
        return Answer.WITH_TARGET
    return Answer.IN_WORDS if spoken else Answer.NOT


def _standard(standard: Standard, passages: Passages, round_: Sequence[Standard]) -> StandardCoverage:
    evidence = passages.of_standard(standard)
    if standard.level == "local":
        # Words alone are not enough for a measure that only one plan has.
        evidence = tuple(row for row in evidence if row.ground is Ground.MEASURE)
    siblings = [row for row in round_ if standard.measure and row.measure == standard.measure]
    each = [
        comparison
        for row in evidence
        for target in row.targets
        if (comparison := compared(row.item, target, standard, siblings)) is not None
    ]
    kept = _of_its_years(each)
    timely = [row for row in each if row.difference is not Difference.OTHER_YEAR]
    ordered = tuple(sorted(evidence, key=lambda row: _SUREST_FIRST.index(row.ground)))
    if not timely:
        ordered = tuple(replace(row, targets=()) for row in ordered)
    return StandardCoverage(standard, _answer(bool(evidence), bool(timely)), ordered, kept)


def _of_its_years(rows: Sequence[TargetComparison]) -> tuple[TargetComparison, ...]:
    """The comparisons that say something: those of other years only where there is nothing else, and of a long row of
    targets that compare in the same way the last alone."""
    in_time = {row.item for row in rows if row.difference not in (Difference.OTHER_YEAR, Difference.LATER)}
    timely = [
        row
        for row in rows
        if row.difference is not Difference.OTHER_YEAR
        and not (row.difference is Difference.LATER and row.item in in_time)
    ] or list(rows)[-1:]
    many = Counter((row.item, row.difference) for row in timely)
    last = {(row.item, row.difference): row for row in timely}
    return tuple(
        row for row in timely if row is last[row.item, row.difference] or many[row.item, row.difference] <= MOST_ALIKE
    )
