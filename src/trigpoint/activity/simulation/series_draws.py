"""One series in every draw: what it would be, what the plan makes of it, and what each assumption does to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from trigpoint.activity.assumptions.growth import Growth, GrowthForm
from trigpoint.activity.assumptions.scheme import Effect
from trigpoint.activity.simulation.decomposition import logarithm, mean_weight
from trigpoint.activity.simulation.kernel import Floats, pooled
from trigpoint.activity.simulation.sampled import Sampled
from trigpoint.activity.simulation.terms import GrowthTerm, SchemeTerm
from trigpoint.activity.simulation.units import Units

_BYTES = 48_000_000  # of the largest table: the draws are taken in parts where there are more cells than fit


@dataclass(frozen=True, slots=True, eq=False)
class Volumes:
    """What draws of other series decide: of each growth by a number the base volume of its cohort ([draws]), and of
    each scheme by a number the do-nothing volume of its ([years × draws])."""

    growth: Mapping[str, Floats]
    schemes: Mapping[str, Floats]

    def part(self, first: int, last: int) -> Volumes:
        return Volumes(
            {name: one[first:last] for name, one in self.growth.items()},
            {name: one[:, first:last] for name, one in self.schemes.items()},
        )


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """The shares of the plan months in their years, and which year each is of."""

    months: Floats
    year_of: tuple[int, ...]

    @property
    def years(self) -> int:
        return self.year_of[-1] + 1 if self.year_of else 0


@dataclass(frozen=True, slots=True, eq=False)
class SeriesDraws:
    """Expected values: outputs × months × draws, and by assumption × years × draws (negative where avoided).

    ``monthly`` holds what schemes that shift avoid, by month; ``isolated`` what each scheme would avoid alone;
    ``bed_days`` and ``bed_days_before`` are years × draws of days relative to the stay of the base year.
    """

    do_nothing: Floats
    do_something: Floats
    growth: Floats
    schemes: Floats
    isolated: Floats
    monthly: dict[str, Floats]
    bed_days: Floats
    bed_days_before: Floats


def factors(term: GrowthTerm, month: int, year: int, drawn: Sampled, volumes: Volumes) -> Floats:
    """The factor of one growth in a month: [kinds of cells × draws]."""
    one, part = term.growth, term.parts[month]
    amount = drawn.amounts[one.id]
    if one.form is not GrowthForm.POPULATION:
        return np.expand_dims(_plain_factor(one, part, amount, volumes), 0)
    if term.projection is None:
        return np.ones((1, drawn.draws))
    ratios = np.take(np.ascontiguousarray(term.projection.ratios[:, :, year].T), drawn.variant, axis=1)
    return np.maximum(1 + part * amount * (ratios - 1), 0.0)


def _plain_factor(one: Growth, part: float, amount: Floats, volumes: Volumes) -> Floats:
    """The factor of a growth that is the same for all cells it reaches."""
    if one.form is GrowthForm.RATE:
        return np.asarray((1 + amount) ** part, dtype=np.float64)
    if one.form is GrowthForm.CHANGE:
        return np.asarray(1 + part * amount, dtype=np.float64)
    volume = volumes.growth[one.id]
    share = np.divide(part * amount, volume, out=np.zeros_like(amount), where=volume > 0)
    return np.asarray(np.maximum(1 + share, 0.0), dtype=np.float64)


def growth_table(units: Units, month: int, year: int, drawn: Sampled, volumes: Volumes) -> tuple[Floats, list[Floats]]:
    """The product of all growth for each row of ``growth_rows``, and its parts by term: [rows × draws] each."""
    rows = len(units.growth_rows)
    each = [factors(term, month, year, drawn, volumes) for term in units.growth]
    table = np.ones((rows, drawn.draws))
    for k, factor in enumerate(each):
        reached = np.flatnonzero(units.growth_rows[:, k] >= 0)
        table[reached] *= factor[units.growth_rows[reached, k]]
    return table, each


def growth_parts(units: Units, table: Floats, each: Sequence[Floats]) -> Floats:
    """What each growth adds to a unit of the series: [terms × draws]; they sum to its growth."""
    total = np.zeros_like(table)
    logs = [logarithm(factor) for factor in each]
    for k, log in enumerate(logs):
        reached = np.flatnonzero(units.growth_rows[:, k] >= 0)
        total[reached] += log[units.growth_rows[reached, k]]
    share = np.bincount(units.growth_of, units.weights, len(table))
    weight = mean_weight(table, total) * share[:, None]
    parts = np.zeros((len(logs), table.shape[1]))
    for k, log in enumerate(logs):
        reached = np.flatnonzero(units.growth_rows[:, k] >= 0)
        parts[k] = (weight[reached] * log[units.growth_rows[reached, k]]).sum(axis=0)
    return parts


def simulate(units: Units, at: int, calendar: Calendar, drawn: Sampled, volumes: Volumes) -> SeriesDraws:
    """Everything of one series; the draws in parts, so that no table grows beyond some 50 MB."""
    largest = max(units.pairs, len(units.growth_rows), len(units.keep_rows), 1)
    step = max(_BYTES // (8 * largest), 16)
    made = empty(units, calendar, drawn.draws)
    for first in range(0, drawn.draws, step):
        last = min(first + step, drawn.draws)
        _Part(units, at, calendar, drawn.part(first, last), volumes.part(first, last), made, slice(first, last)).fill()
    return made


def empty(units: Units, calendar: Calendar, draws: int) -> SeriesDraws:
    months, years = len(calendar.year_of), calendar.years
    outputs, schemes = len(units.details), len(units.schemes)
    shifting = [term.scheme.id for term in units.schemes if term.scheme.shift is not None]
    return SeriesDraws(
        np.zeros((outputs, months, draws)), np.zeros((outputs, months, draws)),
        np.zeros((len(units.growth), years, draws)), np.zeros((schemes, years, draws)),
        np.zeros((schemes, years, draws)), {name: np.zeros((months, draws)) for name in shifting},
        np.zeros((years, draws)), np.zeros((years, draws)),
    )  # fmt: skip


@dataclass(slots=True, eq=False)
class _Part:
    """The sum over one part of the draws."""

    units: Units
    at: int
    calendar: Calendar
    drawn: Sampled
    volumes: Volumes
    made: SeriesDraws
    here: slice

    def fill(self) -> None:
        units = self.units
        base = self.drawn.outturns[self.at]
        steps: dict[tuple[object, ...], list[int]] = {}
        for month, year in enumerate(self.calendar.year_of):
            key = (year, *(term.parts[month] for term in units.growth))
            steps.setdefault(key, []).append(month)
        for months in steps.values():
            self._grown(months, base)

    def _grown(self, months: list[int], base: Floats) -> None:
        """The months of one year that have the same growth."""
        units, made, here = self.units, self.made, self.here
        year = self.calendar.year_of[months[0]]
        table, each = growth_table(units, months[0], year, self.drawn, self.volumes)
        shares = self.calendar.months[months]
        volume = self._by_pair(units.weights, table)
        nothing = np.add.reduceat(volume, units.output_starts, axis=0) * base
        for month, share in zip(months, shares, strict=True):
            made.do_nothing[:, month, here] = nothing * share
        made.growth[:, year, here] += growth_parts(units, table, each) * base * shares.sum()
        beds = volume if units.bed_days is units.weights else self._by_pair(units.bed_days, table)
        made.bed_days_before[year, here] += beds.sum(axis=0) * base * shares.sum()
        alike: dict[tuple[float, ...], list[int]] = {}
        for month in months:
            alike.setdefault(tuple(term.parts[month] for term in units.schemes), []).append(month)
        for some in alike.values():
            self._kept(some, year, volume, beds, base)

    def _by_pair(self, weights: Floats, table: Floats) -> Floats:
        units = self.units
        if units.pairs == len(weights):
            return np.asarray(weights[:, None] * table[units.growth_of])
        one = np.ones((1, table.shape[1]))
        nowhere = np.zeros(len(weights), dtype=np.int32)
        return pooled(weights, table, units.growth_of, one, nowhere, units.pair_starts)

    def _kept(self, months: list[int], year: int, volume: Floats, beds: Floats, base: Floats) -> None:
        """The months of one year that have the same growth and the same ramps."""
        units, made, here = self.units, self.made, self.here
        shares = self.calendar.months[months]
        by_row = _by_row(volume, units)
        taken = [self._share(k, term, months[0], year, by_row) for k, term in enumerate(units.schemes)]
        keep = np.ones((len(units.keep_rows), len(base)))
        logs, stay = np.zeros_like(keep), np.ones_like(keep)
        for k, (term, share) in enumerate(zip(units.schemes, taken, strict=True)):
            reached = np.flatnonzero(units.keep_rows[:, k])
            if term.scheme.effect is Effect.LENGTH_OF_STAY:
                stay[reached] *= 1 - share
            else:
                keep[reached] *= 1 - share
                logs[reached] += logarithm(1 - share)
        kept = volume * keep[units.keep_of]
        something = np.add.reduceat(kept, units.output_starts, axis=0) * base
        for month, part in zip(months, shares, strict=True):
            made.do_something[:, month, here] = something * part
        days = (beds * (keep * stay)[units.keep_of]).sum(axis=0)
        made.bed_days[year, here] += days * base * shares.sum()
        weight = by_row * mean_weight(keep, logs)
        for k, (term, share) in enumerate(zip(units.schemes, taken, strict=True)):
            if term.scheme.effect is Effect.LENGTH_OF_STAY:
                continue
            reached = np.flatnonzero(units.keep_rows[:, k])
            part = weight[reached].sum(axis=0) * logarithm(1 - share) * base
            made.schemes[k, year, here] += part * shares.sum()
            made.isolated[k, year, here] -= by_row[reached].sum(axis=0) * share * base * shares.sum()
            if term.scheme.shift is not None:
                for month, of_year in zip(months, shares, strict=True):
                    made.monthly[term.scheme.id][month, here] = part * of_year

    def _share(self, k: int, term: SchemeTerm, month: int, year: int, by_row: Floats) -> Floats:
        """The share of a cell that a scheme avoids in a month: [draws]."""
        scheme = term.scheme
        amount = self.drawn.amounts[scheme.id]
        if scheme.effect is Effect.NUMBER:
            volume = self.volumes.schemes[scheme.id][year]
            amount = np.divide(amount, volume, out=np.zeros_like(amount), where=volume > 0)
            amount = np.minimum(amount, 1.0)
        elif scheme.effect is Effect.GROWTH:
            rows = np.flatnonzero(self.units.keep_rows[:, k])
            now = by_row[rows].sum(axis=0)
            reached = self.units.keep_rows[self.units.keep_of, k]
            before = _pair_weights(self.units)[reached].sum()
            amount = amount * np.maximum(1 - np.divide(before, now, out=np.ones_like(now), where=now > 0), 0.0)
        return scheme.cohort * term.parts[month] * amount * self.drawn.delivered[scheme.id]


def _pair_weights(units: Units) -> Floats:
    return np.asarray(np.add.reduceat(units.weights, units.pair_starts))


def _by_row(volume: Floats, units: Units) -> Floats:
    """Volumes of pairs summed to the rows of ``keep_rows``."""
    if len(units.keep_rows) == units.pairs and (units.keep_of == np.arange(units.pairs)).all():
        return volume
    order = np.argsort(units.keep_of, kind="stable")
    starts = np.flatnonzero(np.concatenate([[True], np.diff(units.keep_of[order]) != 0]))
    return np.asarray(np.add.reduceat(volume[order], starts, axis=0))
