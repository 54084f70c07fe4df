"""Series as they are summed: brought together by point of delivery, with what is shifted between them, and told."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from trigpoint.activity.assumptions.scenario import Scenario
from trigpoint.activity.assumptions.scheme import Effect
from trigpoint.activity.book.book import ActivityBook
from trigpoint.activity.results.run import ActivityRun, BridgePart, OutputKey, SeriesRun, Strain, Value
from trigpoint.activity.results.run import Beds as BedsRun
from trigpoint.activity.simulation.answers import beds_of, strains_of, values_of
from trigpoint.activity.simulation.bands import band
from trigpoint.activity.simulation.drivers import drivers_of
from trigpoint.activity.simulation.inflow import Inflow, inflow_added, targets_of
from trigpoint.activity.simulation.kernel import Floats
from trigpoint.activity.simulation.league import League
from trigpoint.activity.simulation.model import Model
from trigpoint.activity.simulation.noise import level_of, noise, shared_of
from trigpoint.activity.simulation.sampled import Sampled
from trigpoint.activity.simulation.series_draws import SeriesDraws
from trigpoint.errors import InputError

Key = tuple[str, str]


@dataclass(slots=True, eq=False)
class Sum:
    """Of one point of delivery or series, months × draws: expected values, and with the noise of months."""

    do_nothing: Floats
    do_something: Floats
    noisy_nothing: Floats
    noisy_something: Floats
    fot: Floats
    base: Floats
    parts: int = 0
    illustrative: bool = False

    def add(self, other: Sum) -> None:
        """Adds draw by draw."""
        self.do_nothing += other.do_nothing
        self.do_something += other.do_something
        self.noisy_nothing += other.noisy_nothing
        self.noisy_something += other.noisy_something
        self.fot += other.fot
        self.base += other.base
        self.parts += 1
        self.illustrative |= other.illustrative

    def told(self, key: OutputKey, years: int) -> SeriesRun:
        """Its bands by month and by year."""

        def annual(values: Floats) -> Floats:
            return np.asarray(values.reshape(years, 12, -1).sum(axis=1))

        nothing, something = annual(self.do_nothing), annual(self.do_something)
        return SeriesRun(
            key, self.base.copy(), self.fot.copy(),  # others are added to these
            band(self.noisy_nothing, self.do_nothing.mean(axis=1)),
            band(self.noisy_something, self.do_something.mean(axis=1)),
            band(annual(self.noisy_nothing), nothing.mean(axis=1)),
            band(annual(self.noisy_something), something.mean(axis=1)),
            self.illustrative,
        )  # fmt: skip


@dataclass(slots=True, eq=False)
class Collected:
    """What series have come in so far, and at the end the whole run."""

    model: Model
    scenario: Scenario
    seed: int
    drawn: Sampled
    warnings: list[InputError]
    sums: dict[str, Sum] = field(default_factory=dict)
    series: dict[tuple[int, Key], list[SeriesRun]] = field(default_factory=dict)
    bridge: dict[tuple[int, Key], list[BridgePart]] = field(default_factory=dict)
    beds: list[BedsRun] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    strains: list[Strain] = field(default_factory=list)
    waiting: dict[int, SeriesDraws] = field(default_factory=dict)
    inflow: Inflow = field(default_factory=Inflow)
    levels: dict[Key, Floats | None] = field(default_factory=dict)
    shared: dict[str, Floats] = field(default_factory=dict)
    league: League = field(init=False)
    targets: frozenset[Key] = field(init=False)

    def __post_init__(self) -> None:
        self.league = League(self.model, self.drawn)
        self.targets = targets_of(self.model)
        inflow_added(self.inflow, self.model, self.drawn)

    @property
    def years(self) -> int:
        return len(self.model.book.settings.years)

    def add(self, at: int, made: SeriesDraws) -> None:
        """Takes one series; those that activity may still be shifted to wait until all are there."""
        key = self.model.series[at].key
        self.league.add(at, made)
        self.inflow.shifted(self.model, at, made)
        if key in self.targets:
            self.waiting[at] = made
        else:
            self._finish(at, key, made)

    def run(self, book: ActivityBook) -> ActivityRun:
        """Everything, once all series are there."""
        for at, made in self.waiting.items():
            self._finish(at, self.model.series[at].key, made)
        known = {one.key for one in self.model.series}
        new = [key for key in self.inflow.keys if key not in known]
        for number, key in enumerate(new):
            provider, pod = key
            what = (
                f"{', '.join(part for part in (provider, pod) if part)} has no baseline, and activity is brought to it"
            )
            self.warnings.append(InputError(what, remedy="it is a new series of that activity alone"))
            self._finish(len(self.model.series) + number, key, None)
        self.league.bring(self.inflow)
        pods = self._ordered_pods()
        expected = {pod: self._annual(self.sums[pod].do_something) for pod in pods}
        return ActivityRun(
            book, self.scenario, self.seed, self.drawn.draws, self.model.months,
            tuple(one for place in sorted(self.series) for one in self.series[place]),
            tuple(self.sums[pod].told(OutputKey("", pod), self.years) for pod in pods),
            self.model.outturns,
            tuple(one for place in sorted(self.bridge) for one in self.bridge[place]),
            self.league.results(pods), drivers_of(self.model, self.drawn, expected, self.inflow),
            tuple(self.beds), tuple(self.values), tuple(self.strains), tuple(self.warnings), expected,
        )  # fmt: skip

    def _annual(self, months: Floats) -> Floats:
        return np.asarray(months.reshape(self.years, 12, -1).sum(axis=1))

    def _ordered_pods(self) -> list[str]:
        codes = [one.code for one in self.model.book.pods]
        codes += [pod for pod in self.sums if pod not in codes]
        return [code for code in codes if code in self.sums]

    def _finish(self, at: int, key: Key, made: SeriesDraws | None) -> None:
        """One series with everything that was brought to it: its bands, bridge, beds, value and strains."""
        brought = self.inflow.of(key)
        outputs = self._outputs(at, key, made, brought)
        told = [one.told(OutputKey(*key, detail), self.years) for detail, one in outputs]
        self.series[(at, key)] = told
        whole = outputs[0][1]
        for _, one in outputs[1:]:
            whole.add(one)
        total = told[0] if len(told) == 1 else whole.told(OutputKey(*key), self.years)
        self.bridge[(at, key)] = self._parts(at, key, made)
        book, months = self.model.book, self.model.months
        self.values += values_of(book, key, total)
        self.strains += strains_of(book, key, months, whole.noisy_something, whole.do_something)
        days = None if made is None else (made.bed_days, made.bed_days_before)
        self.beds += beds_of(
            book, key, self._annual(whole.do_nothing), self._annual(whole.do_something),
            self._annual(whole.noisy_something), days,
            None if made is None else self._annual(made.do_something.sum(axis=0)),
            None if made is None else self._annual(made.do_nothing.sum(axis=0)),
        )  # fmt: skip
        pod = self.sums.get(key[1])
        if pod is None:
            whole.parts = 1
            self.sums[key[1]] = whole
        else:
            pod.add(whole)

    def _outputs(
        self, at: int, key: Key, made: SeriesDraws | None, brought: Floats | None
    ) -> list[tuple[tuple[str, ...], Sum]]:
        """Each output of a series; what is brought to it is of no detail, and stands where the values are ""."""
        found: list[tuple[tuple[str, ...], Sum]] = []
        nowhere = ("",) * len(self.model.units[0].details[0])
        if made is not None:
            one, units = self.model.series[at], self.model.units[at]
            shares = np.add.reduceat(np.add.reduceat(units.weights, units.pair_starts), units.output_starts)
            # A given outturn may have another mean than the value it is given with; every figure here is of the mean.
            mean = one.value if one.total is None else float(self.drawn.outturns[at].mean())
            level = mean / one.value if one.value else 1.0
            for place, detail in enumerate(units.details):
                fot = mean * one.shape.months.ravel() * shares[place]
                base = level * np.array(one.outturn.trajectory or [0.0] * 12) * shares[place]
                something = made.do_something[place]
                if brought is not None and detail == nowhere:
                    something, brought = something + brought, None
                found.append((detail, self._sum(key, detail, made.do_nothing[place], something, fot, base)))
        if brought is not None:
            nothing = np.zeros_like(brought)
            found.append((nowhere, self._sum(key, nowhere, nothing, brought, np.zeros(len(brought)), np.zeros(12))))
        return found

    def _sum(
        self, key: Key, detail: tuple[str, ...], nothing: Floats, something: Floats, fot: Floats, base: Floats
    ) -> Sum:
        marked = self._illustrative(key)
        if not self.model.book.settings.noise:
            return Sum(nothing.copy(), something.copy(), nothing.copy(), something.copy(), fot, base, 0, marked)
        chance = noise(self.seed, (*key, *detail), self._level(key, *nothing.shape), *nothing.shape)
        return Sum(
            nothing.copy(), something.copy(), chance.counts(nothing), chance.counts(something), fot, base, 0, marked
        )

    def _level(self, key: Key, months: int, draws: int) -> Floats | None:
        """What the months of a series scatter by, one for all its outputs; kept until the next series is asked for."""
        if self.levels.get(key) is None:
            self.levels.clear()
            shape = next((one.shape for one in self.model.series if one.key == key), None)
            made = None
            if shape is not None and shape.scatter is not None:
                shared = None
                if shape.scatter.common > 0:
                    if key[1] not in self.shared:
                        self.shared[key[1]] = shared_of(self.seed, key[1], shape.scatter.carry, months, draws)
                    shared = self.shared[key[1]]
                made = level_of(self.seed, key, shape.scatter, shape.season, months, draws, shared)
            self.levels[key] = made
        return self.levels[key]

    def _illustrative(self, key: Key) -> bool:
        """Whether a series was invented, or is made of nothing but what invented schemes bring."""
        known = [one.illustrative for one in self.model.series if one.key == key]
        if known:
            return any(known)
        brought = self.inflow.brought.get(key, {})
        stated = [term.scheme.stated.illustrative for term in self.model.terms.schemes if term.scheme.id in brought]
        return self.model.book.illustrative or any(stated)

    def _parts(self, at: int, key: Key, made: SeriesDraws | None) -> list[BridgePart]:
        """The bridge of one series: baseline, growth, schemes, and what schemes bring."""
        found: list[BridgePart] = []
        units = self.model.units[at] if made is not None else None
        for year, label in enumerate(self.model.book.settings.years):
            incoming = self.inflow.parts(key, year)
            if units is not None and made is not None:
                base = float(self.drawn.outturns[at].mean())
                found.append(BridgePart(*key, label, "baseline", "Forecast outturn", "baseline", base))
                for k, term in enumerate(units.growth):
                    value = float(made.growth[k, year].mean())
                    found.append(BridgePart(*key, label, term.growth.id, term.growth.name, "growth", value))
                for k, each in enumerate(units.schemes):
                    if each.scheme.effect is not Effect.LENGTH_OF_STAY:
                        one = each.scheme
                        value = float(made.schemes[k, year].mean()) + incoming.pop(one.id, 0.0)
                        found.append(BridgePart(*key, label, one.id, one.name, "scheme", value))
            else:
                found.append(BridgePart(*key, label, "baseline", "Forecast outturn", "baseline", 0.0))
            names = {each.scheme.id: each.scheme.name for each in self.model.terms.schemes}
            found += [BridgePart(*key, label, one, names[one], "shift", value) for one, value in incoming.items()]
        return found
