"""The formula of the activity model in plain loops: one cell, one month and one draw at a time, as it is written.

Slow and obvious: the oracle of the generative tests. It takes the draws as given and shares nothing with the engine but
the shapes of the book.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trigpoint.activity.assumptions.filters import Asked, Filter
from trigpoint.activity.assumptions.growth import Growth, GrowthForm
from trigpoint.activity.assumptions.scheme import Effect
from trigpoint.activity.book.book import ActivityBook
from trigpoint.periods import FinancialYear, Month

Key = tuple[str, str]
Cell = Mapping[str, object]


@dataclass
class Draw:
    """One draw: the outturn of each series, the amounts and deliveries by id, and the variant."""

    outturns: dict[Key, float]
    amounts: dict[str, float]
    delivered: dict[str, float]
    variant: str


@dataclass
class Plain:
    """The formula for one draw of one book."""

    book: ActivityBook
    cells: Mapping[Key, Sequence[tuple[Cell, float]]]
    shares: Mapping[tuple[Key, Month], float]
    draw: Draw

    def reaches(self, where: Filter, cell: Cell) -> bool:
        for condition in where.conditions:
            value = cell.get(condition.attribute)
            there = value is not None and str(value).lower() in [one.lower() for one in condition.values]
            if condition.test is Asked.IN and not there:
                return False
            if condition.test is Asked.NOT_IN and there:
                return False
            if condition.test is Asked.AT_LEAST and (value is None or float(str(value)) < float(condition.values[0])):
                return False
            if condition.test is Asked.AT_MOST and (value is None or float(str(value)) > float(condition.values[0])):
                return False
        return True

    def cohort_base(self, where: Filter) -> float:
        return sum(
            weight * self.draw.outturns[key]
            for key, mine in self.cells.items()
            for cell, weight in mine
            if self.reaches(where, cell)
        )

    def grown(self, cell: Cell, month: Month) -> float:
        factor = 1.0
        for one in self.book.growth:
            if self.reaches(one.where, cell):
                factor *= self.growth_factor(one, cell, month)
        return factor

    def growth_factor(self, one: Growth, cell: Cell, month: Month) -> float:
        amount, year = self.draw.amounts[one.id], FinancialYear.of(month.start)
        if one.form is GrowthForm.RATE:
            factor = 1.0
            for first in range(self.book.settings.base_year.first + 1, year.first + 1):
                if not one.years or FinancialYear(first) in one.years:
                    factor *= 1 + amount
            return factor
        if one.years and year not in one.years:
            return 1.0
        if one.form is GrowthForm.CHANGE:
            return 1 + one.ramp.share(month) * amount
        if one.form is GrowthForm.NUMBER:
            return 1 + one.ramp.share(month) * amount / self.cohort_base(one.where)
        ratio = self.people(cell, year) / self.people(cell, self.book.settings.base_year)
        return max(1 + one.ramp.share(month) * amount * (ratio - 1), 0.0)

    def people(self, cell: Cell, year: FinancialYear) -> float:
        rows = [
            row
            for row in self.book.population.rows.iter_rows(named=True)
            if row["variant"] == self.draw.variant and row["year"] == year.first
        ]
        if cell.get("sex") is not None:
            rows = [row for row in rows if row["sex"] == cell["sex"]]
        if cell.get("age") is None:
            return sum(row["value"] for row in rows)
        band = max(row["age"] for row in rows if row["age"] <= cell["age"])
        return sum(row["value"] for row in rows if row["age"] == band)

    def do_nothing(self, key: Key, cell: Cell, weight: float, month: Month) -> float:
        return weight * self.draw.outturns[key] * self.shares[key, month] * self.grown(cell, month)

    def share_avoided(self, scheme, key: Key, cell: Cell, month: Month) -> float:
        if not self.reaches(scheme.where, cell) or scheme.effect in (Effect.ADDED, Effect.LENGTH_OF_STAY):
            return 0.0
        amount = self.draw.amounts[scheme.id]
        year = FinancialYear.of(month.start)
        if scheme.effect is Effect.NUMBER:
            reached = scheme.cohort * sum(
                self.do_nothing(other, one, weight, each)
                for other, mine in self.cells.items()
                for one, weight in mine
                if self.reaches(scheme.where, one)
                for each in year.months
            )
            amount = min(amount / reached, 1.0) if reached > 0 else 0.0
        if scheme.effect is Effect.GROWTH:
            mine = [(one, weight) for one, weight in self.cells[key] if self.reaches(scheme.where, one)]
            now = sum(self.do_nothing(key, one, weight, month) for one, weight in mine)
            before = sum(weight for _, weight in mine) * self.draw.outturns[key] * self.shares[key, month]
            amount *= max(1 - before / now, 0.0) if now > 0 else 0.0
        return scheme.cohort * scheme.ramp.share(month) * amount * self.draw.delivered[scheme.id]

    def month(self, key: Key, month: Month) -> tuple[float, float]:
        """Do nothing and what is kept of it, of one series and month, without what is brought there."""
        nothing = kept = 0.0
        for cell, weight in self.cells[key]:
            volume = self.do_nothing(key, cell, weight, month)
            share = 1.0
            for scheme in self.book.schemes:
                share *= 1 - self.share_avoided(scheme, key, cell, month)
            nothing += volume
            kept += volume * share
        return nothing, kept

    def avoided(self, name: str, key: Key, month: Month) -> float:
        """What one scheme avoids of a series and month: its share of the change of each cell by logarithmic means."""
        total = 0.0
        for cell, weight in self.cells[key]:
            kept = {one.id: 1 - self.share_avoided(one, key, cell, month) for one in self.book.schemes}
            product = math.prod(kept.values())
            logs = {each: math.log(max(value, 1e-12)) for each, value in kept.items()}
            if logs[name]:
                whole = sum(logs.values())
                total += self.do_nothing(key, cell, weight, month) * (1 - product) * logs[name] / whole
        return total

    def brought(self, pod: str, month: Month) -> float:
        """What all schemes bring to a point of delivery, of any provider."""
        return sum(
            one.shift.ratio * self.avoided(one.id, key, month)
            for one in self.book.schemes
            if one.shift is not None and one.shift.pod == pod
            for key in self.cells
        )
