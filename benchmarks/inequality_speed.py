"""Funnel limits of 300 places, and the slope index of 20 areas in tenths, against the packages that have them."""

from __future__ import annotations

import statistics

import numpy as np

from benchmarks import peers
from benchmarks.timing import Claim, call_seconds
from trigpoint.measures.statistics import FunnelStatistic, Scale, funnel_limits, sii

PLACES = 300
AREAS, TENTHS = 20, 10
FUNNEL_SECONDS, SLOPE_SECONDS = 0.01, 0.05
BISECTED = 1e-4  # how near the peer's search comes to a Poisson limit at few events
WITHIN_WIDTHS = 0.02  # two simulations of the same interval
RUNS = 7

FUNNEL_IN_PYTHON = """
def answer(table):
    return calculate_funnel_limits(table, "events", "rate", 100000, denom_col="people", rate="rate",
                                   rate_type="crude", years_of_data=1)
"""
FUNNEL_COLUMNS = {
    "Events": "events",
    "lower_2s_limit": "lower_95", "upper_2s_limit": "upper_95",
    "lower_3s_limit": "lower_99_8", "upper_3s_limit": "upper_99_8",
}  # fmt: skip
SLOPE_IN_R = """
answer <- function(table) {
  set.seed(1)
  phe_sii(dplyr::group_by(table, area), tenth, people, value = value, value_type = 1, lower_cl = lower,
          upper_cl = upper, repetitions = 100000, rii = TRUE, type = "standard")
}
"""


def claims() -> list[Claim]:
    """Both claims; the answers are compared before the times."""
    return [_funnel(), *(_slope(transform=transform) for transform in (False, True))]


def _funnel() -> Claim:
    table = _places()
    peer = peers.phstatsmethods(FUNNEL_IN_PYTHON, table, recorded_seconds=peers.RECORDED_R_SECONDS["funnel"])

    def call() -> dict[str, list[float]]:
        return funnel_limits(
            table,
            statistic=FunnelStatistic.CRUDE_RATE,
            numerator="events",
            denominator="people",
            rate="rate",
            multiplier=100_000,
        )

    ours = call()
    if peer.ran:
        for theirs, our in FUNNEL_COLUMNS.items():
            peers.assert_equal(ours[our], peer.numbers(theirs), theirs, BISECTED)
    name = f"funnel limits of rates of {PLACES} places, two levels"
    return Claim(name, _median(call), str(peer), peer.seconds, FUNNEL_SECONDS)


def _slope(*, transform: bool) -> Claim:
    table = _ladders()
    script = SLOPE_IN_R.replace("rii = TRUE", f"rii = TRUE, transform = {str(transform).upper()}")
    seconds = peers.RECORDED_R_SECONDS["sii"]
    peer = peers.r("PHEindicatormethods", script, table, recorded_seconds=seconds, runs=1)

    def call() -> dict[str, list[float]]:
        return sii(
            table,
            quantile="tenth",
            population="people",
            value="value",
            by="area",
            lower="lower",
            upper="upper",
            scale=Scale.RATE,
            transform=transform,
        )

    ours = call()
    peers.assert_equal(ours["sii"], _fitted(table, transform=transform), "slope index by least squares", 1e-8)
    if peer.ran:
        peers.assert_equal(ours["sii"], peer.numbers("sii"), "slope index", 1e-8)
        for end in ("lower", "upper"):
            theirs = next(column for column in peer.answers or {} if column.startswith(f"sii_{end}95"))
            for our, their, width in zip(ours[f"sii_{end}_95"], peer.numbers(theirs), _widths(ours), strict=True):
                if not abs(our - their) <= WITHIN_WIDTHS * width:
                    raise AssertionError(f"{theirs}: {our} here and {their} there")
    kind = "logarithms" if transform else "values, simulated interval"
    return Claim(f"SII of {AREAS} areas, {kind}", _median(call), str(peer), peer.seconds, SLOPE_SECONDS)


def _places() -> dict[str, list[float]]:
    random = np.random.default_rng(7)
    people = random.integers(500, 90_000, PLACES)
    events = random.poisson(people * 0.011) + 1
    rates = events * 100_000 / people
    return {"events": events.tolist(), "people": people.tolist(), "rate": rates.tolist()}


def _ladders() -> dict[str, list[object]]:
    random = np.random.default_rng(7)
    size = AREAS * TENTHS
    value = np.tile(np.linspace(320, 180, TENTHS), AREAS) * random.uniform(0.9, 1.1, size)
    error = random.uniform(1.04, 1.2, size)
    return {
        "area": [f"Area {number:02}" for number in range(AREAS) for _ in range(TENTHS)],
        "tenth": list(range(1, TENTHS + 1)) * AREAS,
        "people": random.integers(700, 2_000, size).tolist(),
        "value": value.tolist(),
        "lower": (value / error).tolist(),
        "upper": (value * error).tolist(),
    }


def _fitted(table: dict[str, list[object]], *, transform: bool) -> list[float]:
    """The slope index by numpy's least squares, area by area: another way to the same number."""
    answers = []
    for start in range(0, AREAS * TENTHS, TENTHS):
        people, values = (np.array(table[name][start : start + TENTHS], dtype=float) for name in ("people", "value"))
        weights = np.sqrt(people / people.sum())
        middles = np.cumsum(weights**2) - weights**2 / 2
        heights = np.log(values) if transform else values
        near, slope = np.linalg.lstsq(np.column_stack((weights, weights * middles)), weights * heights)[0]
        answers.append(float(np.exp(near + slope) - np.exp(near) if transform else slope))
    return answers


def _widths(ours: dict[str, list[float]]) -> list[float]:
    return [upper - lower for lower, upper in zip(ours["sii_lower_95"], ours["sii_upper_95"], strict=True)]


def _median(call: object) -> float:
    return statistics.median(call_seconds(call) for _ in range(RUNS))  # type: ignore[arg-type]
