"""Where series are rebased and where periods are missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from trigpoint.errors import InputError
from trigpoint.measures.spc.control import RuleSet
from trigpoint.measures.spc.layout import Integers, Layout, Truths


@dataclass(frozen=True, slots=True)
class Recentre:
    """A rebase as arrays know it: centre and limits are made anew from the point whose ordinal is ``at``.

    ``series`` is the series' number, ``None`` for all; ``label`` the period as printed, for warnings.
    """

    at: int
    reason: str = ""
    by: str = ""
    series: int | None = None
    label: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class Cuts:
    """The layout with its rebases: reason and author by the place of a segment's first point, notes by series."""

    layout: Layout
    gaps: Truths
    reasons: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    notes: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    def notes_of(self, series: int) -> tuple[str, ...]:
        """What is to be said of the series' rebases."""
        return self.notes.get(series, ())


def cut(
    starts: Integers,
    size: int,
    rules: RuleSet,
    *,
    ordinals: npt.ArrayLike | None = None,
    gaps: npt.ArrayLike | None = None,
    rebases: Sequence[Recentre] = (),
    labels: Sequence[str] | None = None,
) -> Cuts:
    """The layout of the series with their segments and barriers. Raises InputError where ordinals do not rise."""
    own = np.searchsorted(starts, np.arange(size), side="right") - 1
    first = np.zeros(size, dtype=bool)
    first[starts] = True
    order = np.arange(size) - starts[own] if ordinals is None else np.asarray(ordinals).astype(np.int64)
    if len(order) != size:
        raise InputError(f"there are {size:,} values, but {len(order):,} ordinals", remedy="give one a point")
    steps = np.diff(order, prepend=order[:1])
    if (steps[~first] <= 0).any():
        place = int(np.flatnonzero((steps <= 0) & ~first)[0])
        raise InputError(
            f"point {place + 1:,} is not later than the one before", remedy="put each series in order of time"
        )
    missing = (steps > 1) if gaps is None else np.asarray(gaps, dtype=bool)
    missing = missing & ~first
    found = _Found(first.copy())
    if rebases and size:
        _place(found, rebases, starts, order, rules, labels)
    barriers = found.begins | missing if rules.gaps_end_runs else found.begins
    layout = Layout(size, starts, np.flatnonzero(found.begins), barriers)
    return Cuts(layout, missing, found.reasons, {at: tuple(notes) for at, notes in found.notes.items()})


@dataclass(frozen=True, eq=False, slots=True)
class _Found:
    """What the rebases come to, filled one by one."""

    begins: Truths
    reasons: dict[int, tuple[str, str]] = field(default_factory=dict)
    notes: dict[int, list[str]] = field(default_factory=dict)


def _place(
    found: _Found,
    rebases: Sequence[Recentre],
    starts: Integers,
    order: Integers,
    rules: RuleSet,
    labels: Sequence[str] | None,
) -> None:
    """Find the point of each rebase in each of its series: the first that is not before it."""
    low = int(order.min())
    width = int(order.max()) - low + 2
    ends = np.append(starts[1:], len(order))
    # Series and time in one number, so that one search finds a rebase in all series.
    keys = np.repeat(np.arange(len(starts)), ends - starts) * width + (order - low)
    for rebase in rebases:
        series = np.arange(len(starts)) if rebase.series is None else np.array([rebase.series])
        wanted = series * width + min(max(rebase.at - low, -1), width - 1)
        for number, place in zip(series.tolist(), np.searchsorted(keys, wanted).tolist(), strict=True):
            start = int(starts[number])
            inside = start <= place < ends[number]
            exact = inside and int(order[place]) == rebase.at
            if exact or (inside and place > start and rules.rebase_between):
                found.begins[place] = True
                found.reasons[place] = (rebase.reason, rebase.by)
                point = labels[place] if labels is not None else f"point {place - start + 1}"
            else:
                point = ""
            if not exact:
                found.notes.setdefault(number, []).append(_note(rebase, point))


def _note(rebase: Recentre, point: str) -> str:
    name = f"The rebase of {rebase.label or rebase.at}"
    if point:
        return f"{name} falls on no point; it holds from {point}."
    return f"{name} falls on no point and is left out."
