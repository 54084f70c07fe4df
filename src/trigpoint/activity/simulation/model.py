"""A book made ready to be run: series, cells, terms, calendar; and the volumes that schemes by number relate to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trigpoint.activity.assumptions.growth import GrowthForm
from trigpoint.activity.assumptions.scheme import Effect
from trigpoint.activity.book.book import ActivityBook
from trigpoint.activity.outturn.result import Outturn
from trigpoint.activity.outturn.sentences import printed
from trigpoint.activity.simulation.baseline import Baselines, Series, baselines
from trigpoint.activity.simulation.cells import Cells, cells_of
from trigpoint.activity.simulation.kernel import Floats
from trigpoint.activity.simulation.sampled import Sampled
from trigpoint.activity.simulation.series_draws import Calendar, Volumes, growth_table
from trigpoint.activity.simulation.terms import Terms, terms_of, where_of
from trigpoint.activity.simulation.units import Units, units_of
from trigpoint.errors import InputError, Where
from trigpoint.periods import Month
from trigpoint.wording import listed


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Everything of a run but its draws."""

    book: ActivityBook
    months: tuple[Month, ...]
    series: tuple[Series, ...]
    outturns: tuple[Outturn, ...]
    cells: Cells
    terms: Terms
    units: tuple[Units, ...]
    warnings: tuple[InputError, ...]

    @property
    def year_of(self) -> tuple[int, ...]:
        return tuple(at for at in range(len(self.book.settings.years)) for _ in range(12))

    def calendar(self, at: int) -> Calendar:
        """The plan months of one series."""
        return Calendar(self.series[at].shape.months.ravel(), self.year_of)


def model_of(book: ActivityBook, begun: Baselines | None = None) -> Model:
    """The book ready to run; ``begun`` are its baselines where they are at hand.

    Raises ``InputError`` where there is nothing to run: no plan year, no baseline.
    """
    settings = book.settings
    if not settings.years:
        raise InputError("there are no plan years", where=Where("settings.toml"), remedy='add years = ["2017/18"]')
    early = [year.label for year in settings.years if year.first <= settings.base_year.first]
    if early:
        what = f"the plan year {early[0]} is not after the base year, {settings.base_year}"
        raise InputError(what, where=Where("settings.toml"), remedy="correct one of the two")
    made = begun or baselines(book)
    series, outturns, warnings = made.series, made.outturns, made.warnings
    if not series:
        reason = f" ({warnings[0].what})" if warnings else ""
        raise InputError(f"no series has a baseline{reason}", remedy="give counts of months, or totals of the year")
    months = tuple(month for year in settings.years for month in year.months)
    cells, strange = cells_of(book, series)
    terms = terms_of(book, cells, [one.key for one in series], months)
    output_by = [name for name in settings.output_by if name in cells.frame.columns]
    lacking = [name for name in settings.output_by if name not in cells.frame.columns]
    for name in lacking:
        what = f"output_by asks for “{name}”, which no cell has"
        strange.append(InputError(what, where=Where("settings.toml"), remedy="results are not told apart by it"))
    units = tuple(units_of(at, cells, terms, output_by) for at in range(len(series)))
    told = (*warnings, *strange, *terms.warnings, *_unknown_scatter(book, series))
    return Model(book, months, series, outturns, cells, terms, units, told)


def _unknown_scatter(book: ActivityBook, series: tuple[Series, ...]) -> list[InputError]:
    """One sentence on the series whose months nobody knows the scatter of."""
    unknown = [" of ".join(part for part in one.key[::-1] if part) for one in series if one.shape.dispersion is None]
    if not unknown or not book.settings.noise:
        return []
    named = listed(unknown[:5]) + (f" and {len(unknown) - 5} more" if len(unknown) > 5 else "")
    what = f"how the months of {named} scatter is not known, and is taken as the chance of counts alone (Poisson)"
    return [InputError(what, remedy="give two whole years of months")]


def volumes_of(model: Model, drawn: Sampled) -> tuple[Volumes, list[InputError]]:
    """The cohort volumes of all assumptions that are numbers, over every series that they reach."""
    warnings: list[InputError] = []
    growth = _base_volumes(model, drawn, warnings)
    found = Volumes(growth, {})
    numbers = [term for term in model.terms.schemes if term.scheme.effect is Effect.NUMBER]
    years = len(model.book.settings.years)
    totals = {term.scheme.id: np.zeros((years, drawn.draws)) for term in numbers}
    for at, units in enumerate(model.units):
        mine = [(k, term) for k, term in enumerate(units.schemes) if term.scheme.id in totals]
        if mine:
            _add(model, at, units, {term.scheme.id: units.keep_rows[:, k] for k, term in mine}, drawn, found, totals)
    for term in numbers:
        scheme = term.scheme
        totals[scheme.id] *= scheme.cohort
        over = float((drawn.amounts[scheme.id] > totals[scheme.id] * (1 + 1e-12)).any(axis=0).mean())
        if over:
            least = float(totals[scheme.id].mean(axis=1).min())
            what = f"{scheme.name} ({scheme.id}) avoids more than there is of its cohort, {printed(least)} a year, "
            what += f"in {printed(100 * over, 1)}% of draws"
            warnings.append(InputError(what, where=where_of(scheme.stated), remedy="all of it is avoided there"))
    return Volumes(growth, totals), warnings


def _base_volumes(model: Model, drawn: Sampled, warnings: list[InputError]) -> dict[str, Floats]:
    found: dict[str, Floats] = {}
    for term in model.terms.growth:
        if term.growth.form is not GrowthForm.NUMBER:
            continue
        total = np.zeros(drawn.draws)
        for at in sorted(term.series):
            mine = model.cells.of(at)
            total += float(model.cells.weights[mine][term.there[mine]].sum()) * drawn.outturns[at]
        found[term.growth.id] = total
        below = float((drawn.amounts[term.growth.id] < -total).mean())
        if below:
            one = term.growth
            what = f"{one.name} ({one.id}) takes away more than its cohort has in {printed(100 * below, 1)}% of draws"
            warnings.append(InputError(what, where=where_of(one.stated), remedy="all of it goes there"))
    return found


def _add(
    model: Model, at: int, units: Units, rows: Mapping[str, NDArray[np.bool_]], drawn: Sampled, found: Volumes,
    totals: dict[str, Floats],
) -> None:  # fmt: skip
    """Adds a series' do-nothing volumes of the cohorts to their totals, months of equal growth together."""
    calendar = model.calendar(at)
    keep_of = np.repeat(units.keep_of, np.diff(np.append(units.pair_starts, len(units.weights))))
    steps: dict[tuple[float, ...], float] = {}
    firsts: dict[tuple[float, ...], int] = {}
    for month, year in enumerate(calendar.year_of):
        key = (year, *(term.parts[month] for term in units.growth))
        steps[key] = steps.get(key, 0.0) + float(calendar.months[month])
        firsts.setdefault(key, month)
    for key, share in steps.items():
        year = calendar.year_of[firsts[key]]
        table, _ = growth_table(units, firsts[key], year, drawn, found)
        for name, reached in rows.items():
            weights = np.bincount(units.growth_of, units.weights * reached[keep_of], len(table))
            grown = (weights[:, None] * table).sum(axis=0)
            totals[name][year] += share * grown * drawn.outturns[at]
