"""One number of a run traced back: its outturn, profile, every growth and scheme in it, and the cells that it sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from trigpoint.activity.assumptions.growth import Growth
from trigpoint.activity.assumptions.scenario import Scenario
from trigpoint.activity.assumptions.scheme import Effect, Scheme
from trigpoint.activity.book.book import ActivityBook
from trigpoint.activity.outturn.result import Outturn
from trigpoint.activity.simulation.inflow import Inflow, inflow_added
from trigpoint.activity.simulation.kernel import Floats
from trigpoint.activity.simulation.model import Model, model_of, volumes_of
from trigpoint.activity.simulation.sampled import Sampled, sampled
from trigpoint.activity.simulation.series_draws import Calendar, SeriesDraws, Volumes, factors, simulate
from trigpoint.activity.simulation.terms import GrowthTerm, SchemeTerm
from trigpoint.errors import InputError
from trigpoint.periods import FinancialYear, Month

_WHERE = ("provider", "pod")


@dataclass(frozen=True, slots=True)
class TraceStep:
    """What one assumption does to the number. Means over the draws.

    ``reach`` is the share of the series' activity in the base year that its filter matches; ``part`` the years of
    growth, or how much of the effect there is by then (its ramp); ``amount`` the mean of its draws; ``factor`` what a
    growth multiplies the activity that it reaches by; ``delivered`` how often a scheme happens; ``change`` what it adds
    to the number (all changes sum to the whole), and ``alone`` what a scheme would change if it were the only one.
    ``brought`` marks activity that a scheme brings here from elsewhere, or that is new.
    """

    assumption: Growth | Scheme
    reach: float
    part: float
    amount: float
    change: float
    factor: float | None = None
    delivered: float | None = None
    alone: float | None = None
    brought: bool = False


@dataclass(frozen=True, slots=True)
class TraceCell:
    """One kind of activity: its attributes, its share of the series, and its part of the three numbers."""

    attributes: tuple[tuple[str, str], ...]
    share: float
    fot: float
    do_nothing: float
    do_something: float


@dataclass(frozen=True, slots=True)
class Trace:
    """The number of one provider and point of delivery in a month or year, from outturn to do something.

    ``fot`` = ``outturn.value`` × ``profile``; ``fot`` and the changes of the growth steps sum to ``do_nothing``, and
    with those of the schemes to ``do_something``; so do the cells, but for what is brought from elsewhere.
    """

    provider: str
    pod: str
    period: Month | FinancialYear
    outturn: Outturn | None
    profile: float
    fot: float
    steps: tuple[TraceStep, ...]
    do_nothing: float
    do_something: float
    cells: tuple[TraceCell, ...]
    seed: int
    draws: int


def traced(
    book: ActivityBook, pod: str, period: Month | FinancialYear, *, provider: str = "",
    scenario: Scenario | None = None, draws: int | None = None, seed: int | None = None,
) -> tuple[Trace, ...]:  # fmt: skip
    """Where the expected numbers of a point of delivery in one month or year of the plan come from, a trace a provider.

    The run itself is made again with the weight of all other months set to nothing, so the numbers are those of
    ``run_model`` with the same draws and seed. Cells are told apart by the attributes that the assumptions look at.
    Raises ``InputError`` for a period that is no plan month or year, and where no series is of that point of delivery.
    """
    changed = _applied(book, scenario)
    model = _told_apart(changed)
    number, count = (given if given is not None else own for given, own in (
        (seed, book.settings.seed), (draws, book.settings.draws)))  # fmt: skip
    drawn, _ = sampled(changed, model.series, model.terms, number, count)
    volumes, _ = volumes_of(model, drawn)
    tracing = _Tracing(model, drawn, volumes, period, _mask(model, period), number)
    found = [tracing.trace(at) for at, one in enumerate(model.series) if _asked(one.key, provider, pod)]
    found += [tracing.new(key) for key in tracing.inflow.keys
              if _asked(key, provider, pod) and key not in {one.key for one in model.series}]  # fmt: skip
    if not found:
        who = f" of {provider}" if provider else ""
        raise InputError(f"the run has no series {pod}{who}", remedy="choose a point of delivery and provider it has")
    return tuple(found)


def _asked(key: tuple[str, str], provider: str, pod: str) -> bool:
    return key[1] == pod and provider in ("", key[0])


def _applied(book: ActivityBook, scenario: Scenario | None) -> ActivityBook:
    if scenario is None or not (scenario.changes or scenario.without):
        return book
    from trigpoint.activity.book.scenarios import applied  # noqa: PLC0415 - only a scenario needs it

    return applied(book, scenario)[0]


def _told_apart(book: ActivityBook) -> Model:
    """The model with its results told apart by every attribute that an assumption looks at."""
    filters = [one.where for one in book.growth] + [one.where for one in book.schemes]
    named = [part.attribute for where in filters for part in where.conditions]
    columns = [*book.counts.columns, *(book.cells.columns if book.cells is not None else ())]
    by = [name for name in dict.fromkeys(named) if name not in _WHERE and name in columns]
    return model_of(replace(book, settings=replace(book.settings, output_by=tuple(by))))


def _mask(model: Model, period: Month | FinancialYear) -> Floats:
    wanted = (period,) if isinstance(period, Month) else period.months
    mask = np.array([month in wanted for month in model.months], dtype=np.float64)
    if not mask.any():
        name = period.label
        years = f"{model.book.settings.years[0]} to {model.book.settings.years[-1]}"
        raise InputError(f"{name} is not in the plan", remedy=f"choose a month or year of {years}")
    return mask


@dataclass(slots=True, eq=False)
class _Tracing:
    model: Model
    drawn: Sampled
    volumes: Volumes
    period: Month | FinancialYear
    mask: Floats
    seed: int
    inflow: Inflow = field(default_factory=Inflow)
    made: dict[int, SeriesDraws] = field(default_factory=dict)

    def __post_init__(self) -> None:
        inflow_added(self.inflow, self.model, self.drawn)
        for at, units in enumerate(self.model.units):
            if any(term.scheme.shift is not None for term in units.schemes):
                self.inflow.shifted(self.model, at, self._draws(at))

    def _draws(self, at: int) -> SeriesDraws:
        """The draws of a series with the weight of the months that are not asked for set to nothing."""
        if at not in self.made:
            whole = self.model.calendar(at)
            calendar = Calendar(whole.months * self.mask, whole.year_of)
            self.made[at] = simulate(self.model.units[at], at, calendar, self.drawn, self.volumes)
        return self.made[at]

    def trace(self, at: int) -> Trace:
        one, made = self.model.series[at], self._draws(at)
        shares = self.model.calendar(at).months * self.mask
        steps = [self._growth(at, k, term, made, shares) for k, term in enumerate(self.model.units[at].growth)]
        steps += [self._scheme(at, k, term, made, shares) for k, term in enumerate(self.model.units[at].schemes)]
        brought = self._brought(one.key)
        nothing = float(made.do_nothing.sum(axis=(0, 1)).mean())
        something = float(made.do_something.sum(axis=(0, 1)).mean()) + sum(step.change for step in brought)
        profile = float(shares.sum())
        return Trace(
            *one.key, self.period, one.outturn, profile, one.value * profile, (*steps, *brought), nothing, something,
            self._cells(at, made, one.value * profile), self.seed, self.drawn.draws,
        )  # fmt: skip

    def new(self, key: tuple[str, str]) -> Trace:
        """A series that has no baseline, and only what is brought to it."""
        steps = tuple(self._brought(key))
        total = sum(step.change for step in steps)
        return Trace(*key, self.period, None, 0.0, 0.0, steps, 0.0, total, (), self.seed, self.drawn.draws)

    def _growth(self, at: int, k: int, term: GrowthTerm, made: SeriesDraws, shares: Floats) -> TraceStep:
        weight, factor = self._weights(at, term), []
        for month in np.flatnonzero(shares):
            year = self.model.year_of[month]
            each = factors(term, int(month), year, self.drawn, self.volumes).mean(axis=1)
            kinds = np.zeros(len(weight), dtype=np.int64) if term.projection is None else np.maximum(
                term.projection.kinds[self.model.cells.of(at)], 0)  # fmt: skip
            factor.append(float((each[kinds] * weight).sum() / max(weight.sum(), 1e-300)))
        return TraceStep(
            term.growth, float(weight.sum()), _mean_part(term.parts, shares),
            float(self.drawn.amounts[term.growth.id].mean()), float(made.growth[k].sum(axis=0).mean()),
            float(np.average(factor, weights=shares[shares > 0])) if factor else None,
        )  # fmt: skip

    def _scheme(self, at: int, k: int, term: SchemeTerm, made: SeriesDraws, shares: Floats) -> TraceStep:
        scheme = term.scheme
        moves = scheme.effect is not Effect.LENGTH_OF_STAY
        return TraceStep(
            scheme, float(self._weights(at, term).sum()), _mean_part(term.parts, shares),
            float(self.drawn.amounts[scheme.id].mean()),
            float(made.schemes[k].sum(axis=0).mean()) if moves else 0.0,
            delivered=float(self.drawn.delivered[scheme.id].mean()),
            alone=float(made.isolated[k].sum(axis=0).mean()) if moves else 0.0,
        )  # fmt: skip

    def _weights(self, at: int, term: GrowthTerm | SchemeTerm) -> Floats:
        mine = self.model.cells.of(at)
        return np.where(term.there[mine], self.model.cells.weights[mine], 0.0)

    def _brought(self, key: tuple[str, str]) -> list[TraceStep]:
        terms = {term.scheme.id: term for term in self.model.terms.schemes}
        found = []
        for name, months in self.inflow.brought.get(key, {}).items():
            term = terms[name]
            change = float((months * self.mask[:, None]).sum(axis=0).mean())
            amount, delivered = (float(one[name].mean()) for one in (self.drawn.amounts, self.drawn.delivered))
            part = _mean_part(term.parts, self.mask)
            found.append(TraceStep(term.scheme, 0.0, part, amount, change, delivered=delivered, brought=True))
        return found

    def _cells(self, at: int, made: SeriesDraws, fot: float) -> tuple[TraceCell, ...]:
        units, names = self.model.units[at], self.model.book.settings.output_by
        shares = np.add.reduceat(np.add.reduceat(units.weights, units.pair_starts), units.output_starts)
        nothing, something = (one.sum(axis=1).mean(axis=1) for one in (made.do_nothing, made.do_something))
        found = [
            TraceCell(tuple(zip(names, detail, strict=True)), float(shares[place]), fot * float(shares[place]),
                      float(nothing[place]), float(something[place]))
            for place, detail in enumerate(units.details)
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda cell: -cell.fot))


def _mean_part(parts: Sequence[float], shares: Floats) -> float:
    return float(np.average(parts, weights=shares)) if shares.any() else 0.0


def sources_of(book: ActivityBook, provider: str, pod: str) -> tuple[str, ...]:
    """Where the counts of a series come from, in words, each once."""
    mine = [one for one in book.count_notes if (one.provider, one.pod) == (provider, pod)]
    return tuple(dict.fromkeys(one.source for one in mine if one.source))
