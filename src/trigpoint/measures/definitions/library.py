"""The definitions shipped with Trigpoint: the national standards of the known rounds, and prevention measures.

A value of a standard is written once, in the framework pack; the pack names the measure that it tests, and the
definition gets its standards from there when it is loaded.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files

from trigpoint.errors import InputError
from trigpoint.frameworks import Basis, Criterion, Standard, load_framework, standards_for
from trigpoint.measures.definitions.definition import DatedStandard, Definition
from trigpoint.measures.definitions.reading import read_definition
from trigpoint.periods.calendar import FinancialYear
from trigpoint.plans.model import Comparator
from trigpoint.plans.tables import nearest

_FILES = files("trigpoint.measures.definitions") / "data"
_COMPARATORS = {
    Criterion.AT_LEAST: Comparator.AT_LEAST,
    Criterion.AT_MOST: Comparator.AT_MOST,
    Criterion.LESS_THAN: Comparator.LESS_THAN,
    Criterion.BETWEEN: Comparator.AT_MOST,
    Criterion.IMPROVE: Comparator.MORE_THAN,
    Criterion.REDUCE: Comparator.LESS_THAN,
    Criterion.REDUCE_BY: Comparator.AT_MOST,
}


@cache
def known() -> tuple[str, ...]:
    """The ids of all shipped definitions, in alphabetical order. No file is read.

    >>> "rtt-18-weeks" in known()
    True
    """
    names = (file.name for file in _FILES.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def load(indicator: str) -> Definition:
    """The shipped definition with this id, its examples proven, its standards taken from the framework packs.

    Standards come in the order of the rounds, each with the days between which it holds, who has to meet it and which
    figure it tests (``DatedStandard.level`` and ``basis``); local ones of a single plan are left out. Raises InputError
    for an unknown id, with the nearest known one. Source of the figures: ``docs/frameworks.md``.

    >>> [str(row.value) for row in load("iapt-access").standards]
    ['16.8', '19', '4.2', '4.75']
    """
    if indicator not in known():
        near = nearest(indicator, known())
        remedy = f"did you mean “{near}”?" if near else f"there are {len(known())} shipped definitions; see the manual"
        raise InputError(f"there is no shipped definition “{indicator}”", remedy=remedy)
    name = f"{indicator}.toml"
    definition = read_definition((_FILES / name).read_text(encoding="utf-8"), name)
    national = (row for row in standards_for(indicator) if row.level != "local")
    dated = tuple(each for row in national if (each := dated_standard(row)) is not None)
    return replace(definition, standards=(*definition.standards, *dated))


def resolved(definition: Definition) -> Definition:
    """The definition with each standard that only names a framework's entry filled in from that entry.

    What the definition says itself is kept. Raises InputError when the round or its standard does not exist.
    """
    return replace(definition, standards=tuple(map(_filled, definition.standards)))


def _filled(standard: DatedStandard) -> DatedStandard:
    if not standard.framework or not standard.standard or standard.value is not None or standard.rule:
        return standard
    framework = load_framework(standard.framework)
    try:
        found = framework.standard(standard.standard)
    except KeyError:
        near = nearest(standard.standard, [row.id for row in framework.standards])
        raise InputError(
            f"the framework “{framework.id}” has no standard “{standard.standard}”",
            remedy=f"did you mean “{near}”?" if near else "its standards are listed by trigpoint coverage",
        ) from None
    return dated_standard(found) or standard


def dated_standard(standard: Standard) -> DatedStandard | None:
    """A framework's standard as a definition holds it; ``None`` where it has neither value nor rule.

    The days are those of the standard, save that one for a year's last quarter begins with it: the year as a whole has
    another. ``basis`` says which figure between them is tested; a rule's baseline is the value before the first day.
    """
    if standard.test not in _COMPARATORS or (standard.value is None and not standard.rule):
        return None
    first, last = _tested(standard)
    return DatedStandard(
        comparator=_COMPARATORS[standard.test],
        value=None if standard.rule else standard.value,
        rule=standard.rule,
        source=standard.source,
        valid_from=first,
        valid_to=last,
        framework=standard.framework,
        standard=standard.id,
        confirmed=standard.confirmed,
        level=standard.level,
        basis=standard.basis.value,
    )


def _tested(standard: Standard) -> tuple[date | None, date | None]:
    """The first and the last day between which the standard says something."""
    first, last = standard.valid_from, standard.valid_to
    if last is not None and standard.basis is Basis.LAST_QUARTER:
        first = FinancialYear.of(last).quarters[-1].start
    return first, last
