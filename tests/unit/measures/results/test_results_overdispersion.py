"""Funnels of results with limits that allow for overdispersion, held against the frame function and a plain reading."""

from __future__ import annotations

import math

import pytest

from measure_books import actual, book, defined
from trigpoint.measures import measure_results, overdispersed_funnel
from trigpoint.measures.definitions.definition import Comparison, Overdispersion, PeerGroup, Statistic
from trigpoint.measures.results.funnels import spread_of
from trigpoint.measures.results.result import FunnelResult, Significance
from trigpoint.measures.statistics.overdispersion import FunnelData
from trigpoint.places.model import Place, PlaceKind
from trigpoint.places.register import register

# Practices far more unlike one another than chance would make them, and one beyond even that.
EVENTS = [300, 420, 350, 500, 280, 460, 390, 330, 480, 410, 370, 440, 960]
PEOPLE = [1_000] * len(EVENTS)
PLACES = register(
    [
        Place("ccg", "A CCG", PlaceKind.CCG),
        *(Place(f"p{at}", f"Practice {at}", PlaceKind.PRACTICE, "ccg") for at in range(len(EVENTS))),
    ]
)


def funnel(method: Overdispersion, statistic: Statistic = Statistic.PROPORTION) -> FunnelResult:
    definition = defined(statistic, comparison=Comparison(PeerGroup.PARENT, (), method), multiplier=100)
    rows = [
        actual("April 2017", top, bottom, f"p{at}") for at, (top, bottom) in enumerate(zip(EVENTS, PEOPLE, strict=True))
    ]
    found = measure_results(book(definition, rows, places=PLACES)).indicator("m").funnels
    assert len(found) == 1
    return found[0]


def test_chance_alone_calls_most_places_unusual() -> None:
    plain, wide = funnel(Overdispersion.NONE), funnel(Overdispersion.CQC)
    unusual = [sum(point.significance is not Significance.WITHIN for point in each.points) for each in (plain, wide)]
    assert unusual == [9, 2]
    assert (plain.dispersion, "widened" in plain.finding) == (None, False)
    assert wide.dispersion is not None
    assert wide.dispersion > 1
    assert "Practice 12 (above) is outside the 99.8% limits, widened for overdispersion" in wide.finding


def test_limits_of_shares_are_those_of_the_frame_function() -> None:
    frame = {"place": [f"p{at}" for at in range(len(EVENTS))], "events": EVENTS, "people": PEOPLE}
    theirs = overdispersed_funnel(frame, numerator="events", denominator="people", by="place", kind=FunnelData.PR)
    ours = funnel(Overdispersion.CQC)
    assert ours.dispersion == pytest.approx(theirs.phi, rel=1e-12)
    nearest = min(ours.limits, key=lambda row: abs(row[0] - 1_000))
    # The size on the curve is not quite that of the places, which hardly matters beside the spread between them.
    assert nearest[2] == pytest.approx(100 * theirs.frame["adjusted_lower_95"][0], rel=1e-3)
    assert nearest[3] == pytest.approx(100 * theirs.frame["adjusted_upper_95"][0], rel=1e-3)


@pytest.mark.parametrize("method", [Overdispersion.SHMI, Overdispersion.CQC])
def test_limits_of_rates_nest_around_the_average_and_narrow(method: Overdispersion) -> None:
    found = funnel(method, Statistic.RATE)
    for _, lower, low, high, upper in found.limits:
        assert lower <= low < found.average < high <= upper
    widths = [row[3] - row[2] for row in found.limits]
    assert widths == sorted(widths, reverse=True)


def test_places_no_more_unlike_than_chance_keep_the_limits_of_chance() -> None:
    import numpy as np

    alike = np.array([100.0, 101.0, 99.0, 100.0, 100.0, 101.0])
    sizes = np.full(6, 1_000.0)
    average = float(alike.sum() / sizes.sum())
    assert spread_of(Overdispersion.SHMI, alike, sizes, average, proportion=False) is None
    assert spread_of(Overdispersion.NONE, alike * [1, 9, 1, 9, 1, 9], sizes, average, proportion=False) is None


def test_without_spread_between_places_the_limits_are_those_of_the_transformation() -> None:
    import numpy as np

    from trigpoint.measures.results.funnels import Spread

    lower, upper = Spread(FunnelData.SR_SHMI, 0.0, 2.0, 0.0, 0.5).limits(np.array([200.0]), 0.95)
    assert [float(lower[0]), float(upper[0])] == pytest.approx([0.5 * math.exp(way * 0.1959963985) for way in (-1, 1)])
