"""The targets that come after the latest figure, where none falls due in its own period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from trigpoint.frameworks import Basis
from trigpoint.measures.book.book import AimKind
from trigpoint.measures.results.aims import ORDER, Goals, judged_window
from trigpoint.measures.results.cells import Cells
from trigpoint.measures.results.sentences import WHOSE, target_words
from trigpoint.periods.calendar import FinancialYear, Period, Quarter
from trigpoint.wording import listed

# How many periods ahead a target is still worth telling.
FAR = 24


class Coming(NamedTuple):
    """A target to come: ``label`` is the period it is for, ``end`` that period's last day."""

    kind: AimKind
    value: Fraction
    label: str
    end: date
    whole_year: bool


def coming_targets(goals: Goals | None, latest: int, cells: Cells) -> tuple[Coming, ...]:
    """The next target of the plan and of the centre, the earlier first; the stretch where there is neither."""
    kinds = ORDER if goals is not None else ()
    found = [each for kind in kinds if goals is not None and (each := _next(goals, kind, latest, cells)) is not None]
    told = [each for each in found if each.kind is not AimKind.STRETCH] or found
    return tuple(sorted(told, key=lambda each: each.end))


def _next(goals: Goals, kind: AimKind, latest: int, cells: Cells) -> Coming | None:
    for number in range(latest + 1, latest + 1 + FAR):
        target = goals.at(kind, number, cells.period(number))
        if target is not None and judged_window(goals.definition, target.basis, target.comparator, number) is not None:
            period = _asked_of(target.basis, cells.period(number))
            return Coming(kind, target.value, period.label, period.end, target.basis is Basis.YEAR)
    return None


def _asked_of(basis: Basis, period: Period) -> Period:
    """The period whose figure a target is for, of which this one is the last part."""
    if basis in (Basis.YEAR, Basis.YEAR_AVERAGE):
        return FinancialYear.of(period.end)
    return Quarter.of(period.end) if basis is Basis.EACH_QUARTER else period


def coming_words(goals: Goals, targets: Sequence[Coming]) -> tuple[str, ...]:
    """The targets to come, each in a few words: "the plan’s target of 100.0% for March 2018"; equal ones together."""
    whose: dict[tuple[Fraction, str], list[str]] = {}
    for each in targets:
        whose.setdefault((each.value, each.label), []).append(WHOSE[each.kind])
    return tuple(
        f"{listed(kinds)} of {target_words(goals.definition, value)}{', both' if len(kinds) > 1 else ''} for {label}"
        for (value, label), kinds in whose.items()
    )


def next_words(coming: Sequence[str]) -> str:
    """ "the next is …" or "the next are …", for what :func:`coming_words` gave."""
    several = len(coming) > 1 or any(", both for " in each for each in coming)
    return f"the next {'are' if several else 'is'} {listed(list(coming))}"
