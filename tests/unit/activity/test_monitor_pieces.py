"""The pieces of monitoring: days, cohorts beside their controls, plans by month, bands and sentences."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from trigpoint.activity.book.reading import read_activity
from trigpoint.activity.monitor.actuals import actuals_of
from trigpoint.activity.monitor.cohorts import Comparison, Table, compared
from trigpoint.activity.monitor.days import DayResponse, day_response
from trigpoint.activity.monitor.planned import planned_of
from trigpoint.activity.monitor.sentences import signed, to_date
from trigpoint.activity.outturn.arrays import month_days, month_working_days
from trigpoint.activity.results.run import OutputKey
from trigpoint.activity.simulation.run import run_model
from trigpoint.periods import FinancialYear, Month

DUDLEY = Path(__file__).resolve().parents[3] / "examples" / "dudley-2017-19"
BASE = FinancialYear(2016)


def response(slope: float, noise: float, *, years: int = 4, series: int = 3, working: bool = False) -> DayResponse:
    """Of series that go by working days ^ slope, with noise between months."""
    chance = random.Random(11)
    rows = [
        (f"P{one}", "EL", month.start, 3_000 * month_working_days(year)[at] ** slope * chance.lognormvariate(0, noise))
        for one in range(series)
        for year in (BASE - back for back in range(years))
        for at, month in enumerate(year.months)
    ]
    counts = pl.DataFrame(rows, schema=["provider", "pod", "month", "value"], orient="row")
    keys = [OutputKey(f"P{one}", "EL") for one in range(series)]
    return day_response(actuals_of(counts, (), Month(2017, 4)), keys, BASE, working=working)


@pytest.mark.parametrize(("slope", "noise"), [(1.0, 0.01), (0.4, 0.01), (1.0, 0.03)])
def test_working_days_are_learned_from_past_years(slope: float, noise: float) -> None:
    assert response(slope, noise).slope == pytest.approx(slope, abs=0.25)


def test_chance_makes_no_working_days() -> None:
    assert abs(response(0.0, 0.04).slope) < 0.25
    assert response(1.0, 0.0, years=1).slope == 0  # one year cannot tell


def test_a_longer_year_has_more() -> None:
    """2019/20 has 29 February, and the plan spread an outturn of 365 days over 366."""
    nothing = DayResponse(month_days, FinancialYear(2018), 0.0, np.zeros(12))
    assert nothing.factor(Month(2019, 7)) == pytest.approx(366 / 365)


def test_april_2017_had_few_working_days() -> None:
    learned = response(1.0, 0.0)
    usual = np.log(np.array([month_working_days(BASE - back) for back in range(4)])).mean(axis=0)[0]
    assert learned.factor(Month(2017, 4)) == pytest.approx(18 / np.exp(usual), rel=0.01)


def table(now: list[float], base: list[float], *past: list[float]) -> Table:
    return Table(pl.DataFrame({"cell": ["c", "k"]}), np.array(now), np.array(base), np.array(past))


COHORT, CONTROL = np.array([True, False]), np.array([False, True])


def test_a_cohort_beside_its_controls() -> None:
    told = compared(table([900, 8_400], [1_000, 8_000], [950, 7_900], [1_000, 8_000]), COHORT, CONTROL)
    assert isinstance(told, Comparison)
    assert told.seen == pytest.approx(900 - 1_000 * 8_400 / 8_000)
    change = np.log(1_000 / 8_000) - np.log(950 / 7_900)
    chance = np.sqrt(1 / 1_000 + 1 / 8_000 + 1 / 1_050 + 1 / 8_400)
    assert told.spread == pytest.approx(1_050 * max(abs(change), chance))


def test_what_others_were_to_do_beside_it_is_taken_out() -> None:
    past = ([1_000.0, 8_000.0], [1_000.0, 8_000.0])
    told = compared(table([900, 7_900], [1_000, 8_000], *past), COHORT, CONTROL, adjust=-100)
    assert isinstance(told, Comparison)
    assert told.seen == pytest.approx(-100)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (table([1, 5], [0, 5], [1, 5], [0, 5]), "its cells, or those beside them, had no activity"),
        (table([1, 5], [1, 5], [1, 5]), "there is no earlier year to tell how such a comparison varies"),
        (table([1, 5], [1, 5], [0, 5], [1, 5]), "there is no earlier year to tell how such a comparison varies"),
    ],
)
def test_what_cannot_be_compared(given: Table, reason: str) -> None:
    assert compared(given, COHORT, CONTROL) == reason
    assert compared(given, COHORT, ~COHORT & False) == "schemes reach all of it and nothing is left to compare with"


def test_changes_by_month_add_up_to_the_bridge() -> None:
    book = read_activity(DUDLEY).book
    assert book is not None
    run = run_model(book, draws=100)
    found: dict[tuple[str, str, str, FinancialYear], float] = {}
    for one in planned_of(run):
        for at, month in enumerate(run.months):
            key = (one.provider, one.pod, one.scheme.id, FinancialYear.of(month.start))
            found[key] = found.get(key, 0.0) + float(one.changes[at])
            if month < (one.scheme.ramp.start or month):
                assert one.changes[at] == 0
    schemes = {one.id for one in book.schemes}
    bridge = {(one.provider, one.pod, one.part, one.year): 0.0 for one in run.bridge if one.part in schemes}
    for part in run.bridge:
        if part.part in schemes:
            bridge[part.provider, part.pod, part.part, part.year] += part.value
    for key, value in found.items():
        assert value == pytest.approx(bridge[key], rel=1e-9, abs=1e-9)
    assert {key for key, value in bridge.items() if abs(value) > 1e-9} <= set(found)


def test_counts_on_any_day_of_a_month_are_of_the_month() -> None:
    counts = pl.DataFrame(
        {
            "provider": ["A", "A"],
            "pod": ["EL", "EL"],
            "month": [date(2017, 4, 1), date(2017, 5, 31)],
            "value": [1.0, 2.0],
        }
    )
    made = actuals_of(counts, (), Month(2017, 4))
    assert made.values == {OutputKey("A", "EL"): {Month(2017, 4): 1.0, Month(2017, 5): 2.0}}
    assert made.whole(OutputKey("A", "EL"), [Month(2017, 4), Month(2017, 6)]) is None


def test_sentences() -> None:
    assert [signed(value) for value in (12.4, -12.5, 0.4, -0.4)] == ["+12", "−13", "0", "0"]
    nothing = to_date("EL", "", "May 2017", (5.0, 0.0), "", (None, None), (), "without June 2017 (missing)")
    assert nothing == "EL: 5 by May 2017, against a plan of 0. Without June 2017 (missing)."
