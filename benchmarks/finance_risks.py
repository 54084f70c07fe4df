"""Fifty tied risks drawn a hundred thousand times, with quantiles, histogram and tornado, against the same in loops.

The loops take the very same random numbers and must come to the very same mean and quantiles; they are timed on a few
draws and scaled, being the same work for each. What numpy's own functions do in the shortest way (one generator, a
multivariate normal, a sum in floating point) has other random numbers: it must agree within its sampling error.
"""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Iterator
from decimal import Decimal

import numpy as np
from scipy.special import ndtri

from benchmarks.timing import Claim, call_seconds
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
from trigpoint.finance.money import to_pence
from trigpoint.finance.risks.correlation import correlation_matrix, triangular_root
from trigpoint.finance.risks.draws import draw_risks
from trigpoint.finance.risks.sampling import EIGHT_IN_TEN
from trigpoint.periods import FinancialYear
from trigpoint.streams import stream

YEAR = FinancialYear(2017)
RISKS, DRAWS, SLICE, SEED, RUNS = 50, 100_000, 500, 2_017, 7
PLANNED = 50_000_000
PENCE = 100


def claims() -> Iterator[Claim]:
    """Every claim of this module."""
    book = made_book()
    found = draw_risks(book, YEAR, DRAWS, SEED)
    ours = statistics.median(call_seconds(lambda: draw_risks(book, YEAR, DRAWS, SEED)) for _ in range(RUNS))
    what = f"{RISKS} tied risks × {DRAWS:,} draws, with chance, quantiles, histogram and tornado"
    seconds, outturns = plain_loops(book, SLICE)
    same = draw_risks(book, YEAR, SLICE, SEED)
    if same.mean_gbp != to_pence(Decimal(sum(outturns)) / SLICE / PENCE):
        raise AssertionError(f"the mean is {same.mean_gbp} here and {sum(outturns) / SLICE / PENCE} in loops")
    ordered = sorted(outturns)
    for share, gbp in same.quantiles_gbp:
        theirs = Decimal(ordered[math.ceil(share * SLICE) - 1]) / PENCE
        if gbp != theirs:
            raise AssertionError(f"the quantile {share} is {gbp} here and {theirs} in loops")
    yield Claim(what, ours, "plain loops over the same numbers, the outturn alone", seconds * DRAWS / SLICE, 1.0)
    naive(book)
    short = statistics.median(call_seconds(lambda: naive(book)) for _ in range(RUNS))
    drawn = naive(book)
    error = float(drawn.std()) / math.sqrt(DRAWS)
    if abs(float(found.mean_gbp) - float(drawn.mean())) > 5 * math.sqrt(2) * error:
        raise AssertionError(f"the mean is {found.mean_gbp} here and {drawn.mean():.0f} by numpy.random")
    yield Claim(what, ours, "numpy.random in the shortest way, the outturn alone, in floats", short, 1.0)


def made_book() -> FinanceBook:
    """Risks and mitigations of every kind of size, each tied to the next."""
    kinds = tuple(Severity)
    risks = tuple(
        Risk(
            f"risk-{at}", YEAR, RiskKind.RISK if at % 5 else RiskKind.MITIGATION, Decimal(1_000_000 + at * 10_000),
            Decimal(at % 9 + 1) / 10, Decimal(500_000), Decimal(2_000_000 + at * 10_000), kinds[at % len(kinds)],
        )
        for at in range(RISKS)
    )  # fmt: skip
    ties = tuple(Correlation(f"risk-{at}", f"risk-{at + 1}", Decimal("0.3")) for at in range(RISKS - 1))
    told = (
        Quantity(YEAR, "planned_surplus", Decimal(PLANNED), "gbp"),
        Quantity(YEAR, "control_total", Decimal(PLANNED // 2), "gbp"),
    )
    settings = FinanceSettings("made", OrganisationType.CCG, "nhs-2017-19", (YEAR,), draws=DRAWS, seed=SEED)
    return FinanceBook(settings, risks=risks, correlations=ties, quantities=told)


def plain_loops(book: FinanceBook, draws: int) -> tuple[float, list[int]]:
    """Seconds, and the outturn of every draw in pence: one draw, one risk and one tie at a time. The random numbers are
    made beforehand, and not timed."""
    names = [one.id for one in book.risks]
    root = triangular_root(correlation_matrix(names, book.correlations, names)[0]).tolist()
    normals = [stream(SEED, "risk", name).standard_normal(draws).tolist() for name in names]
    sizes = [
        stream(SEED, "size", one.id).standard_normal(draws).tolist()
        if one.severity is Severity.NORMAL
        else stream(SEED, "size", one.id).random(draws).tolist()
        for one in book.risks
    ]
    cuts = [float(ndtri(float(one.probability))) for one in book.risks]
    start = time.perf_counter()
    found = []
    for draw in range(draws):
        outturn = PLANNED * PENCE
        for at, one in enumerate(book.risks):
            tied = 0.0
            for k in range(at + 1):
                if root[at][k]:
                    tied += root[at][k] * normals[k][draw]
            if tied < cuts[at]:
                pence = size_of(one, sizes[at][draw])
                outturn += pence if one.kind is RiskKind.MITIGATION else -pence
        found.append(outturn)
    return time.perf_counter() - start, found


def size_of(one: Risk, chance: float) -> int:
    """How large a risk is at one place of its distribution, in pence."""
    low, mode, high = (float(gbp or 0) * PENCE for gbp in (one.low_gbp, one.gbp, one.high_gbp))
    if one.severity is Severity.POINT:
        return int(mode)
    if one.severity is Severity.UNIFORM:
        size = low + (high - low) * chance
    elif one.severity is Severity.NORMAL:
        size = max(mode + (high - low) / (2 * EIGHT_IN_TEN) * chance, 0)
    elif chance < (mode - low) / (high - low):
        size = low + math.sqrt(chance * ((high - low) * (mode - low)))
    else:
        size = high - math.sqrt((1 - chance) * ((high - low) * (high - mode)))
    return math.floor(size + 0.5)


def naive(book: FinanceBook) -> np.ndarray:
    """The outturn of every draw in pounds, from one generator."""
    chance = np.random.default_rng(SEED)
    names = [one.id for one in book.risks]
    matrix, _ = correlation_matrix(names, book.correlations, names)
    normals = chance.multivariate_normal(np.zeros(RISKS), matrix, DRAWS)
    outturn = np.full(DRAWS, float(PLANNED))
    for at, one in enumerate(book.risks):
        low, mode, high = (float(gbp or 0) for gbp in (one.low_gbp, one.gbp, one.high_gbp))
        if one.severity is Severity.UNIFORM:
            sizes = chance.uniform(low, high, DRAWS)
        elif one.severity is Severity.TRIANGULAR:
            sizes = chance.triangular(low, mode, high, DRAWS)
        elif one.severity is Severity.NORMAL:
            sizes = np.maximum(chance.normal(mode, (high - low) / (2 * EIGHT_IN_TEN), DRAWS), 0)
        else:
            sizes = np.full(DRAWS, mode)
        sign = 1 if one.kind is RiskKind.MITIGATION else -1
        outturn += sign * np.where(normals[:, at] < ndtri(float(one.probability)), sizes, 0)
    return outturn
