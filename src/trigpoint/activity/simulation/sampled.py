"""The draws of every assumption, made before anything is summed; a test may give its own instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trigpoint.activity.assumptions.growth import Growth, GrowthForm
from trigpoint.activity.assumptions.scheme import SHARES, Scheme
from trigpoint.activity.assumptions.uncertain import Distribution
from trigpoint.activity.book.book import ActivityBook
from trigpoint.activity.outturn.sentences import printed
from trigpoint.activity.simulation.baseline import Series
from trigpoint.activity.simulation.kernel import Floats
from trigpoint.activity.simulation.probabilities import normals, probabilities, uniforms
from trigpoint.activity.simulation.terms import Terms, where_of
from trigpoint.errors import InputError

_SELDOM = 0.001  # of draws


@dataclass(frozen=True, slots=True, eq=False)
class Sampled:
    """Draws: the outturn of each series, the amount of each assumption by id, whether each scheme is delivered
    (1 or 0), and the number of the population variant."""

    outturns: tuple[Floats, ...]
    amounts: dict[str, Floats]
    delivered: dict[str, Floats]
    variant: NDArray[np.int64]

    @property
    def draws(self) -> int:
        return len(self.variant)

    def part(self, first: int, last: int) -> Sampled:
        """The draws from ``first`` up to ``last``."""
        return Sampled(
            tuple(one[first:last] for one in self.outturns),
            {name: one[first:last] for name, one in self.amounts.items()},
            {name: one[first:last] for name, one in self.delivered.items()},
            self.variant[first:last],
        )


def sampled(
    book: ActivityBook, series: Sequence[Series], terms: Terms, seed: int, draws: int
) -> tuple[Sampled, list[InputError]]:
    """Every draw, each assumption from the stream of its id; and sentences on draws that had to be cut."""
    warnings: list[InputError] = []
    common = normals(seed, ("outturn of all",), draws)
    amounts: dict[str, Floats] = {}
    for term in terms.growth:
        one = term.growth
        drawn = one.amount.quantile(probabilities(seed, one.id, one.together, one.correlation, draws))
        if one.form in (GrowthForm.RATE, GrowthForm.CHANGE):
            drawn = _cut(drawn, (-1.0, np.inf), one, "below −100%", warnings)
        amounts[one.id] = np.asarray(drawn, dtype=np.float64)
    delivered: dict[str, Floats] = {}
    for each in terms.schemes:
        scheme = each.scheme
        drawn = scheme.amount.quantile(probabilities(seed, scheme.id, scheme.together, scheme.correlation, draws))
        high, what = (1.0, "outside 0% to 100%") if scheme.effect in SHARES else (np.inf, "below 0")
        amounts[scheme.id] = _cut(drawn, (0.0, high), scheme, what, warnings)
        if scheme.delivery < 1:
            delivered[scheme.id] = (uniforms(seed, ("delivery", scheme.id), draws) < scheme.delivery).astype(np.float64)
        else:
            delivered[scheme.id] = np.ones(draws)
    outturns = tuple(one.draws(seed, draws, common) for one in series)
    return Sampled(outturns, amounts, delivered, _variants(book, seed, draws)), warnings


def _variants(book: ActivityBook, seed: int, draws: int) -> NDArray[np.int64]:
    if book.population is None or len(book.population.variants) < 2:
        return np.zeros(draws, dtype=np.int64)
    parts = np.cumsum([part for _, part in book.population.variants])
    at = np.searchsorted(parts / parts[-1], uniforms(seed, ("population variant",), draws), side="right")
    return np.minimum(at, len(parts) - 1).astype(np.int64)


def _cut(
    drawn: Floats, limits: tuple[float, float], one: Growth | Scheme, what: str, warnings: list[InputError]
) -> Floats:
    """The draws within their limits, and a sentence where some were not.

    The tails of a stated interval are no mistake at a place of a file: an interval from 5% to 15% leaves a few draws
    below 0%. More than the interval leaves outside is one.
    """
    outside = float(((drawn < limits[0]) | (drawn > limits[1])).mean())
    if not outside:
        return np.asarray(drawn, dtype=np.float64)
    often = f"{printed(100 * outside, 1)}%" if outside >= _SELDOM else f"fewer than {printed(100 * _SELDOM, 1)}%"
    said, place = f"{one.name} ({one.id}) is {what} in {often} of draws", where_of(one.stated)
    if one.amount.distribution in (Distribution.NORMAL, Distribution.LOGNORMAL) and outside <= 1 - one.amount.level:
        said, place = said if place is None else f"{place}: {said}", None
    warnings.append(InputError(said, where=place, remedy="it is cut there; narrow its range"))
    return np.asarray(np.clip(drawn, *limits), dtype=np.float64)
