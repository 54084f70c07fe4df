"""Growth and schemes made ready for the sum: which cells each reaches, how much of it there is in every month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trigpoint.activity.assumptions.filters import Asked
from trigpoint.activity.assumptions.growth import Growth, GrowthForm
from trigpoint.activity.assumptions.matching import matching
from trigpoint.activity.assumptions.scheme import Effect, Scheme
from trigpoint.activity.book.book import ActivityBook
from trigpoint.activity.simulation.calendar import growth_coefficients, scheme_coefficients
from trigpoint.activity.simulation.cells import Cells
from trigpoint.activity.simulation.projection import Projection, projection
from trigpoint.errors import InputError, Where
from trigpoint.periods import Month
from trigpoint.tabular.stated import Stated

Flags = NDArray[np.bool_]
Key = tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class GrowthTerm:
    """``there``: which cells it reaches; ``parts``: its coefficient by plan month; ``series``: those it reaches."""

    growth: Growth
    there: Flags
    parts: tuple[float, ...]
    series: frozenset[int]
    projection: Projection | None = None


@dataclass(frozen=True, slots=True, eq=False)
class SchemeTerm:
    """As a growth's; ``target`` is where added activity goes, ``None`` but for ``ADDED``."""

    scheme: Scheme
    there: Flags
    parts: tuple[float, ...]
    series: frozenset[int]
    target: Key | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """All assumptions that can be used, and sentences on the others."""

    growth: tuple[GrowthTerm, ...]
    schemes: tuple[SchemeTerm, ...]
    warnings: tuple[InputError, ...]


def where_of(stated: Stated) -> Where | None:
    """The place of an assumption in its file, where it was read from one."""
    return Where(stated.file, row=stated.row) if stated.file else None


def terms_of(book: ActivityBook, cells: Cells, keys: Sequence[Key], months: Sequence[Month]) -> Terms:
    """Each assumption with the cells that it reaches; one that cannot be used is told and left out."""
    warnings: list[InputError] = []
    growth: list[GrowthTerm] = []
    schemes: list[SchemeTerm] = []
    twice = _doubles([each.id for each in book.growth] + [each.id for each in book.schemes])
    for name in twice:
        warnings.append(InputError(f"“{name}” is the id of two assumptions, and they share their draws",
                                   remedy="give each an id of its own"))  # fmt: skip
    for one in book.growth:
        there = _reached(one, cells, keys, warnings)
        if there is None:
            continue
        try:
            term, told = _growth_term(one, there, book, cells, months)
        except InputError as error:
            warnings.append(error)
            continue
        growth.append(term)
        warnings += told
    for scheme in book.schemes:
        made = _scheme_term(scheme, cells, keys, months, warnings)
        if made is not None:
            schemes.append(made)
    return Terms(tuple(growth), tuple(schemes), tuple(warnings))


def _doubles(names: list[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if names.count(name) > 1]


def _growth_term(
    one: Growth, there: Flags, book: ActivityBook, cells: Cells, months: Sequence[Month]
) -> tuple[GrowthTerm, list[InputError]]:
    base, years = book.settings.base_year, book.settings.years
    parts = growth_coefficients(one, base, months)
    reached = _series(there, cells)
    if one.form is not GrowthForm.POPULATION:
        return GrowthTerm(one, there, parts, reached), []
    made, told = projection(one, cells.frame.filter(there), book.population, base, years)
    kinds = np.full(len(there), -1, dtype=np.int32)
    kinds[there] = made.kinds
    return GrowthTerm(one, there, parts, reached, Projection(made.ratios, kinds)), told


def _series(there: Flags, cells: Cells) -> frozenset[int]:
    return frozenset(np.unique(cells.series[there]).tolist())


def _reached(one: Growth | Scheme, cells: Cells, keys: Sequence[Key], warnings: list[InputError]) -> Flags | None:
    """The cells of an assumption; none, and a sentence, where it has none."""
    try:
        there = matching(cells.frame, one.where)
    except InputError as error:
        what = f"{one.name} ({one.id}) is left out: {error.what}"
        warnings.append(InputError(what, where=where_of(one.stated), remedy=error.remedy))
        return None
    if there.any():
        return there
    pods = [value for part in one.where.conditions if part.attribute == "pod" and part.test is Asked.IN
            for value in part.values]  # fmt: skip
    known = {pod.lower() for _, pod in keys}
    lacking = [pod for pod in pods if pod.lower() not in known]
    what = f"{one.name} ({one.id}) reaches no activity: its filter, {one.where}, matches no cell"
    remedy = "correct the filter; it is left out"
    if lacking:
        what = f"{one.name} ({one.id}) is of {', '.join(lacking)}, which has no baseline"
        remedy = "give its counts or its total; it is left out"
    warnings.append(InputError(what, where=where_of(one.stated), remedy=remedy))
    return None


def _scheme_term(
    one: Scheme, cells: Cells, keys: Sequence[Key], months: Sequence[Month], warnings: list[InputError]
) -> SchemeTerm | None:
    parts = scheme_coefficients(one, months)
    place = where_of(one.stated)
    if one.ramp.start is not None and months and one.ramp.start > months[-1]:
        what = f"{one.name} ({one.id}) starts in {one.ramp.start.label}, after the last month of the plan"
        warnings.append(
            InputError(what, where=place, remedy="it changes nothing; correct its start or extend the plan")
        )
    if one.effect is Effect.ADDED:
        target = _target(one, keys)
        if target is None:
            what = f"{one.name} ({one.id}) adds activity, and it is not said to which provider and point of delivery"
            warnings.append(InputError(what, where=place, remedy="name both (to_pod, to_provider); it is left out"))
            return None
        return SchemeTerm(one, np.zeros(len(cells.weights), dtype=np.bool_), parts, frozenset(), target)
    there = _reached(one, cells, keys, warnings)
    return None if there is None else SchemeTerm(one, there, parts, _series(there, cells))


def _target(one: Scheme, keys: Sequence[Key]) -> Key | None:
    """Where added activity goes: as the shift says, else as the filter does; the one provider where there is one."""
    said = {part.attribute: part.values[0] for part in one.where.conditions
            if part.test is Asked.IN and len(part.values) == 1}  # fmt: skip
    pod = one.shift.pod if one.shift is not None else said.get("pod", "")
    provider = (one.shift.provider if one.shift is not None else "") or said.get("provider", "")
    if not pod:
        return None
    pod = next((known for _, known in keys if known.lower() == pod.lower()), pod)
    if not provider:
        having = list(dict.fromkeys(known for known, its in keys if its == pod))
        everyone = list(dict.fromkeys(known for known, _ in keys))
        choices = having if len(having) == 1 else everyone
        if len(choices) != 1:
            return None
        provider = choices[0]
    return provider, pod
