"""The methods of forecast outturn on two series that can be followed by hand.

Last year A had 6 months of 80 and 6 of 120 (40% to September), B twelve of 100 (50%); together 1,080 of 2,400, which is
45%. This year A has had six months of 88 and B six of 110. 2018/19 has 183 of its 365 days and 126 of its 253 working
days from April to September. With one past year nobody knows how far a departure from the pool comes again: one half.
"""

from __future__ import annotations

import numpy as np
import pytest

from trigpoint.activity.outturn import History, Method, Outturn, forecast_outturn
from trigpoint.activity.outturn.arrays import month_days, month_working_days
from trigpoint.activity.outturn.methods import persistence
from trigpoint.periods import FinancialYear, Month

YEAR = FinancialYear(2018)
A = (80.0,) * 6 + (120.0,) * 6 + (88.0,) * 6
B = (100.0,) * 12 + (110.0,) * 6


def outturns(*, method: Method = Method.AVERAGE) -> tuple[Outturn, ...]:
    histories = [History(name, "A&E", Month(2017, 4), values) for name, values in (("A", A), ("B", B))]
    return forecast_outturn(histories, YEAR, 6, method=method).results


BY_HAND = [
    # method                 A                                     B
    (Method.YEAR_TO_DATE, 528 * 12 / 6, 660 * 12 / 6),
    (Method.CALENDAR_DAYS, 528 * 365 / 183, 660 * 365 / 183),
    (Method.WORKING_DAYS, 528 * 253 / 126, 660 * 253 / 126),
    (Method.OWN_PROFILE, 528 / 0.40, 660 / 0.50),
    (Method.POOLED_PROFILE, 528 / 0.45, 660 / 0.45),
    (Method.SHRUNK_PROFILE, 528 / 0.425, 660 / 0.475),
    (Method.TWO_YEAR_PROFILE, 528 / 0.425, 660 / 0.475),  # one past year: as the shrunk profile
    (Method.RUN_RATE, 528 + 3 * 88 / 0.225 * 0.55, 660 + 3 * 110 / 0.225 * 0.55),
    (Method.RECENT_GROWTH, 528 + 88 / 80 * 720, 660 + 110 / 100 * 600),
    (Method.LEARNED, None, None),  # nothing to learn from
]


@pytest.mark.parametrize(("method", "a", "b"), BY_HAND, ids=lambda value: getattr(value, "value", ""))
def test_each_method_by_hand(method: Method, a: float | None, b: float | None) -> None:
    told = [dict(one.by_method)[method] for one in outturns()]
    assert told == [None if value is None else pytest.approx(value, rel=1e-12) for value in (a, b)]


def test_without_a_year_to_test_the_average_is_of_equal_parts() -> None:
    (one, _) = outturns()
    simple = [value for method, value in one.by_method if method in dict(BY_HAND_METHODS) and value is not None]
    assert one.value == pytest.approx(sum(simple) / len(simple))
    assert {weight for _, weight in one.weights} == {0.1}


BY_HAND_METHODS = [(method, a) for method, a, _ in BY_HAND]


def test_the_rest_of_the_year_follows_the_profile_and_adds_up_to_the_value() -> None:
    one, other = outturns(method=Method.OWN_PROFILE)
    # To March the pooled months are (120 + 100) / 2,400 each, all the same, so the rest is level.
    assert one.trajectory == pytest.approx([88] * 6 + [(1320 - 528) / 6] * 6)
    assert other.trajectory == pytest.approx([110] * 6 + [(1320 - 660) / 6] * 6)
    assert one.actual == (True,) * 6 + (False,) * 6


def test_days_of_months() -> None:
    assert (month_days(YEAR)[:6].sum(), month_days(YEAR).sum()) == (183, 365)
    assert (month_working_days(YEAR)[:6].sum(), month_working_days(YEAR).sum()) == (126, 253)
    assert month_days(FinancialYear(2019)).sum() == 366


PERSISTENCE = [
    # departures from the pool, two years        how far they come again
    ([(0.02, 0.02), (-0.02, -0.02)], "wholly", 1.0),
    ([(0.02, 0.01), (-0.02, -0.01)], "mostly", 0.8),  # 2·0.02·0.01 / (0.02² + 0.01²)
    ([(0.02, -0.02), (-0.02, 0.02)], "turned about, which is noise", 0.0),
]


@pytest.mark.parametrize(("departures", "told", "expected"), PERSISTENCE, ids=str)
def test_how_far_an_own_season_is_believed(departures: list[tuple[float, float]], told: str, expected: float) -> None:
    share = np.array(departures) + 0.5
    years = np.stack([share * 1000] * 6 + [(1 - share) * 1000] * 6, axis=2)
    known = np.tile(np.arange(12) < 6, (2, 1))
    assert persistence(years, known) == pytest.approx(expected), told


def test_two_years_of_departures_are_averaged_and_shrunk() -> None:
    """Shares to September 0.52 and 0.51 against a pool of 0.50: mean departure 0.015, ρ = 0.8, weight 2ρ/(1 + ρ)."""
    rest = [(0.52, 0.51), (0.48, 0.49)]
    histories = []
    for at, shares in enumerate(rest):
        months = [v for share in shares for v in (*(share * 1000,) * 6, *((1 - share) * 1000,) * 6)]
        histories.append(History(str(at), "", Month(2016, 4), (*months, *(500.0,) * 6)))
    (one, _) = forecast_outturn(histories, YEAR, 6).results
    assert dict(one.by_method)[Method.TWO_YEAR_PROFILE] == pytest.approx(3000 / (0.5 + 1.6 / 1.8 * 0.015))
    assert dict(one.by_method)[Method.SHRUNK_PROFILE] == pytest.approx(3000 / (0.5 + 0.8 * 0.01))
