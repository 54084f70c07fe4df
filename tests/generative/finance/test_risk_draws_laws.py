"""Drawn risks against exact answers: every combination of what happens, and expectations of sizes in closed form."""

from __future__ import annotations

import itertools
import math
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.finance.book.book import (
    Correlation,
    FinanceBook,
    FinanceSettings,
    OrganisationType,
    Quantity,
    Risk,
    RiskKind,
    Severity,
)
from trigpoint.finance.risks import draw_risks, risk_position
from trigpoint.finance.risks.correlation import correlation_matrix, nearest_correlation, triangular_root
from trigpoint.finance.risks.counting import weighted_risks
from trigpoint.finance.risks.sampling import drawn_risks, sizes_drawn
from trigpoint.periods import FinancialYear

YEAR = FinancialYear(2017)
SETTINGS = FinanceSettings("05C", OrganisationType.CCG, "nhs-2017-19", (YEAR,))
DRAWS = 20_000
# Five standard errors: a right answer fails once in millions of examples.
FAR = 5


def book(risks: list[Risk], control: int = 4_300_000, correlations: tuple[Correlation, ...] = ()) -> FinanceBook:
    told = (
        Quantity(YEAR, "planned_surplus", Decimal(5_300_000), "gbp"),
        Quantity(YEAR, "control_total", Decimal(control), "gbp"),
    )
    return FinanceBook(SETTINGS, risks=tuple(risks), quantities=told, correlations=correlations)


def exact(risks: list[Risk]) -> list[tuple[Fraction, Decimal]]:
    """Every combination of what happens, with its probability and the outturn it leaves."""
    found = []
    for happens in itertools.product((False, True), repeat=len(risks)):
        chance, outturn = Fraction(1), Decimal(5_300_000)
        for risk, does in zip(risks, happens, strict=True):
            chance *= Fraction(risk.probability) if does else 1 - Fraction(risk.probability)
            outturn += (risk.gbp if risk.kind is RiskKind.MITIGATION else -risk.gbp) if does else 0
        found.append((chance, outturn))
    return found


rows = st.builds(
    Risk,
    id=st.text("abcdefgh", min_size=3, max_size=8),
    year=st.just(YEAR),
    kind=st.sampled_from(RiskKind),
    gbp=st.decimals(0, 5_000_000, places=2),
    probability=st.one_of(st.sampled_from((Decimal(0), Decimal(1))), st.decimals(0, 1, places=2)),
)
few = st.lists(rows, max_size=6, unique_by=lambda one: one.id)


@settings(max_examples=60, deadline=None)
@given(few, st.integers(0, 10_000_000), st.integers(0, 2**31))
def test_the_chance_of_the_control_total_against_every_combination(risks: list[Risk], control: int, seed: int) -> None:
    found = draw_risks(book(risks, control), YEAR, DRAWS, seed)

    combinations = exact(risks)
    chance = sum(part for part, outturn in combinations if outturn >= control)
    mean = sum(part * Fraction(outturn) for part, outturn in combinations)
    variance = sum(part * (Fraction(outturn) - mean) ** 2 for part, outturn in combinations)
    assert found.probability is not None
    assert abs(float(found.probability) - chance) <= FAR * math.sqrt(chance * (1 - chance) / DRAWS) + 1e-12
    assert abs(Fraction(found.mean_gbp) - mean) <= FAR * math.sqrt(variance / DRAWS) + 0.01
    assert Fraction(risk_position(book(risks), YEAR).risk_adjusted_gbp or 0) == pytest.approx(float(mean), abs=0.05)


@settings(max_examples=60, deadline=None)
@given(few)
def test_what_was_drawn_holds_together(risks: list[Risk]) -> None:
    found = draw_risks(book(risks), YEAR, 2_000)

    possible = {outturn for part, outturn in exact(risks) if part}
    assert {gbp for _, gbp in found.quantiles_gbp} <= possible
    assert [gbp for _, gbp in found.quantiles_gbp] == sorted(gbp for _, gbp in found.quantiles_gbp)
    assert sum(share for _, _, share in found.histogram) == 1
    assert found.histogram[0][0] <= min(possible) + (max(possible) - min(possible))
    assert len(found.histogram) <= 40
    assert all(low < high for low, high, _ in found.histogram)
    swings = [abs(one.swing_gbp) for one in found.movers]
    # The largest first; and behind them the largest of those that are the same in every draw.
    assert sum(before < after for before, after in pairwise(swings)) <= 1
    shares = sum(one.share for one in found.movers)
    assert shares == 0 or abs(shares - 1) < Decimal("0.0001")


@settings(max_examples=30, deadline=None)
@given(few, rows)
def test_a_risk_added_reshuffles_no_other(risks: list[Risk], more: Risk) -> None:
    if more.id in {one.id for one in risks}:
        return
    alone, together = (
        {one.name: one.pence for one in drawn_risks(weighted, np.eye(len(weighted)), 500, 7)}
        for weighted in (weighted_risks(book(risks), YEAR), weighted_risks(book([more, *risks]), YEAR))
    )

    for name, pence in alone.items():
        assert (together[name] == pence).all()


def sized(severity: Severity, low: int, mode: int, high: int) -> Risk:
    return Risk("one", YEAR, RiskKind.RISK, Decimal(mode), Decimal(1), Decimal(low), Decimal(high), severity)


def expected(severity: Severity, low: float, mode: float, high: float) -> float:
    """The mean size, by integrating over a fine grid of the distribution's density."""
    grid = np.linspace(low - 4 * (high - low), high + 4 * (high - low), 400_001)
    if severity is Severity.UNIFORM:
        density = ((grid >= low) & (grid <= high)).astype(float)
    elif severity is Severity.TRIANGULAR:
        rising = (grid - low) / max(mode - low, 1e-9)
        falling = (high - grid) / max(high - mode, 1e-9)
        density = np.maximum(np.where(grid < mode, rising, falling), 0)
    else:
        # Between low and high in eight of ten cases: 1.2815515655 standard deviations on either side.
        density = np.exp(-0.5 * ((grid - mode) / ((high - low) / 2 / 1.2815515655)) ** 2)
    return float((np.maximum(grid, 0) * density).sum() / density.sum())


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from((Severity.UNIFORM, Severity.TRIANGULAR, Severity.NORMAL)),
    st.tuples(*[st.integers(0, 5_000_000)] * 3).map(sorted).filter(lambda ends: ends[2] - ends[0] > 100),
)
def test_the_mean_size_against_numerical_integration(severity: Severity, ends: list[int]) -> None:
    low, mode, high = ends
    weighted = weighted_risks(book([sized(severity, low, mode, high)]), YEAR)[0]

    pence = sizes_drawn(weighted, DRAWS, 11, "one")

    assert pence.dtype == np.int64
    assert pence.min() >= 0
    if severity is not Severity.NORMAL:
        assert low * 100 <= pence.min()
        assert pence.max() <= high * 100
    error = float(pence.std()) / math.sqrt(DRAWS) / 100
    assert abs(float(pence.mean()) / 100 - expected(severity, low, mode, high)) <= FAR * error + (high - low) / 5_000


@settings(max_examples=25, deadline=None)
@given(st.floats(-1, 1), st.floats(0.05, 0.95), st.floats(0.05, 0.95))
def test_two_tied_risks_happen_together_as_the_bivariate_normal_says(rho: float, first: float, second: float) -> None:
    pair = [
        Risk("a", YEAR, RiskKind.RISK, Decimal(1), Decimal(repr(round(first, 3)))),
        Risk("b", YEAR, RiskKind.RISK, Decimal(1), Decimal(repr(round(second, 3)))),
    ]
    matrix = np.array([[1, rho], [rho, 1]])

    one, two = drawn_risks(weighted_risks(book(pair), YEAR), matrix, DRAWS, 5)

    both = float((one.happens & two.happens).mean())
    # Pr(both) by numerical integration over the first normal: slow, and nothing to do with how it is drawn.
    from scipy.special import ndtr, ndtri

    cuts = [float(ndtri(float(each.probability))) for each in pair]
    grid = np.linspace(-9, cuts[0], 20_001)
    density = np.exp(-(grid**2) / 2) / math.sqrt(2 * math.pi)
    left = math.sqrt(max(1 - rho**2, 1e-12))
    wanted = float(np.trapezoid(density * ndtr((cuts[1] - rho * grid) / left), grid))
    assert abs(both - wanted) <= FAR * math.sqrt(max(wanted * (1 - wanted), 1e-4) / DRAWS) + 1e-3
    assert abs(float(one.happens.mean()) - float(pair[0].probability)) <= FAR * 0.5 / math.sqrt(DRAWS)
    assert abs(float(two.happens.mean()) - float(pair[1].probability)) <= FAR * 0.5 / math.sqrt(DRAWS)


symmetric = st.integers(1, 6).flatmap(
    lambda size: st.lists(st.floats(-1, 1), min_size=size * size, max_size=size * size).map(
        lambda cells: np.tril(np.array(cells).reshape(size, size), -1)
    )
)


@settings(max_examples=60, deadline=None)
@given(symmetric)
def test_whatever_is_told_a_possible_matrix_comes_of_it(below: np.ndarray) -> None:
    told = below + below.T + np.eye(len(below))

    names = [f"r{at}" for at in range(len(told))]
    pairs = [
        Correlation(names[i], names[j], Decimal(repr(float(told[i, j])))) for i in range(len(told)) for j in range(i)
    ]
    matrix, remarks = correlation_matrix(names, pairs, names)

    values = np.linalg.eigvalsh(told)
    assert np.allclose(np.diag(matrix), 1)
    assert np.allclose(matrix, matrix.T)
    assert np.linalg.eigvalsh(matrix)[0] >= -1e-7
    assert bool(remarks) == (values[0] < -1e-9)
    if values[0] >= 1e-9:
        assert np.allclose(matrix, told)
    root = triangular_root(matrix)
    assert np.allclose(root @ root.T, matrix, atol=1e-4)
    assert np.allclose(root, np.tril(root))


@settings(max_examples=30, deadline=None)
@given(symmetric)
def test_no_nearby_possible_matrix_is_nearer(below: np.ndarray) -> None:
    told = below + below.T + np.eye(len(below))

    found = nearest_correlation(told)

    distance = float(((found - told) ** 2).sum())
    chance = np.random.default_rng(3)
    for _ in range(20):
        # Mixing with any other correlation matrix stays one, and must lead away from what was told.
        parts = chance.standard_normal((len(told), len(told)))
        other = parts @ parts.T
        other /= np.sqrt(np.outer(np.diag(other), np.diag(other)))
        mixed = 0.99 * found + 0.01 * other
        assert float(((mixed - told) ** 2).sum()) >= distance - 1e-5
