"""The ratio of projected to base population for each kind of cell, plan year and variant."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from trigpoint.activity.assumptions.growth import Growth
from trigpoint.activity.assumptions.population import Population
from trigpoint.activity.simulation.kernel import Floats, Whole
from trigpoint.errors import InputError, Where
from trigpoint.periods import FinancialYear
from trigpoint.wording import listed

_FILE = "population.csv"
_AGES = dict[int, float]


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """Ratios of the distinct kinds of cells, [variants × kinds × plan years], and the kind of each cell."""

    ratios: Floats
    kinds: Whole


@dataclass(frozen=True, slots=True)
class Table:
    """A measure by variant, provider, sex and year: the value of each age."""

    values: dict[tuple[str, str, str, int], _AGES]
    providers: frozenset[str]
    sexes: frozenset[str]
    known: dict[tuple[str, str, str | None, int], _AGES] = field(default_factory=dict)

    def ages(self, variant: str, provider: str, sex: str | None, year: int) -> _AGES:
        """The value of each age, of the provider's own rows or else those for all; both sexes where none is known."""
        key = (variant, provider, sex, year)
        if key not in self.known:
            self.known[key] = self._summed(variant, provider, sex, year)
        return self.known[key]

    def _summed(self, variant: str, provider: str, sex: str | None, year: int) -> _AGES:
        home = provider if provider in self.providers else ""
        known = (sex or "").strip().lower()
        wanted = [known] if known in self.sexes else [""] if "" in self.sexes else sorted(self.sexes)
        total: _AGES = {}
        for one in wanted:
            for age, value in self.values.get((variant, home, one, year), {}).items():
                total[age] = total.get(age, 0.0) + value
        return total


def projection(
    growth: Growth, cells: pl.DataFrame, population: Population | None, base: FinancialYear,
    years: Sequence[FinancialYear],
) -> tuple[Projection, list[InputError]]:  # fmt: skip
    """The ratios for the cells (rows of ``cells``) that a growth by population applies to.

    A cell's age falls into the age or band of the projection that starts at or below it. Ages that the projection
    misses are told, and their ratio is 1; a cell without an age takes the ratio of all ages. Raises ``InputError``
    where the book has no projection of the measure.
    """
    table = _table(population, growth.population)
    if population is None or table is None:
        what = f"{growth.id} grows with the population ({growth.population}), and there is no projection of it"
        raise InputError(
            what,
            where=Where(population.file if population else _FILE),
            remedy=f"give rows of the measure “{growth.population}”",
        )
    kinds_of = {"provider": pl.String, "sex": pl.String, "age": pl.Int64}
    asked = cells.select(
        (pl.col(name) if name in cells.columns else pl.lit(None, dtype=kind)).cast(kind, strict=False).alias(name)
        for name, kind in kinds_of.items()
    )
    kinds = asked.unique(maintain_order=True)
    at = asked.join(
        kinds.with_row_index("·kind"), on=asked.columns, how="left", nulls_equal=True, maintain_order="left"
    )
    lookup = _Lookup(table, base, tuple(years), growth.id, population.file)
    ratios = np.array([[lookup.ratios(name, *row) for row in kinds.iter_rows()] for name, _ in population.variants])
    return Projection(ratios, at.get_column("·kind").to_numpy().astype(np.int32)), lookup.warnings()


def _table(population: Population | None, measure: str) -> Table | None:
    if population is None:
        return None
    rows = population.rows.filter(pl.col("measure") == measure)
    values: dict[tuple[str, str, str, int], _AGES] = {}
    for row in rows.select("variant", "provider", "sex", "year", "age", "value").iter_rows():
        variant, provider, sex, year, age, value = row
        values.setdefault((variant, provider or "", (sex or "").strip().lower(), year), {})[age] = value
    if not values:
        return None
    return Table(values, frozenset(key[1] for key in values), frozenset(key[2] for key in values))


class _Lookup:
    """Ratios of one growth, and what was missing on the way."""

    def __init__(
        self, table: Table, base: FinancialYear, years: tuple[FinancialYear, ...], name: str, file: str
    ) -> None:
        self.table, self.base, self.years, self.name, self.file = table, base, years, name, file
        self.missing: set[int] = set()
        self.lacking: set[tuple[int, str]] = set()
        self.ageless = False

    def ratios(self, variant: str, provider: str, sex: str | None, age: int | None) -> list[float]:
        before = self.table.ages(variant, provider, sex, self.base.first)
        found = []
        for year in self.years:
            after = self.table.ages(variant, provider, sex, year.first)
            if not before or not after:
                self.lacking.add((year.first if before else self.base.first, variant))
                found.append(1.0)
            elif age is None:
                self.ageless = True
                found.append(sum(after.values()) / max(sum(before.values()), 1e-300))
            else:
                found.append(self._of_age(before, after, age))
        return found

    def _of_age(self, before: _AGES, after: _AGES, age: int) -> float:
        first, last = band_of(before, age), band_of(after, age)
        if first is None or last is None or before[first] <= 0:
            self.missing.add(age)
            return 1.0
        return after[last] / before[first]

    def warnings(self) -> list[InputError]:
        told = []
        if self.lacking:
            years = listed([FinancialYear(year).label for year in sorted({year for year, _ in self.lacking})])
            variants = listed(sorted({variant for _, variant in self.lacking}))
            what = f"the projection for {self.name} has no rows of {years} ({variants}) for some cells"
            told.append(
                InputError(what, where=Where(self.file), remedy="add them; until then nothing grows by it there")
            )
        if self.missing:
            ages = sorted(self.missing)
            said = listed([str(age) for age in ages[:10]]) + (f" and {len(ages) - 10} more" if len(ages) > 10 else "")
            what = f"the projection for {self.name} misses {'age' if len(ages) == 1 else 'ages'} {said}"
            told.append(
                InputError(what, where=Where(self.file), remedy="add the ages; their activity is not grown by it")
            )
        if self.ageless:
            what = f"cells without an age take the growth of all ages together under {self.name}"
            # No place: totals without ages are no mistake of a file.
            told.append(InputError(what, remedy="split the counts by age and sex for their own"))
        return told


def band_of(ages: _AGES, age: int) -> int | None:
    """The age or band of a projection that an age falls into; none where the projection has a hole there.

    A projection by single years has a hole where a year is missing; its last age stands for all above.

    >>> single = dict.fromkeys((70, 71, 72, 74), 1.0)
    >>> band_of({0: 1.0, 5: 1.0, 10: 1.0}, 7), band_of(single, 73), band_of(single, 99)
    (5, None, 74)
    """
    if age in ages:
        return age
    below = [one for one in ages if one < age]
    if not below:
        return None
    starts = sorted(ages)
    gaps = [after - before for before, after in itertools.pairwise(starts)]
    single = 2 * gaps.count(1) > len(gaps)
    return None if single and age < starts[-1] else max(below)
