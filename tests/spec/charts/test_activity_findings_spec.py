"""What the pictures of the activity model say, in one sentence each: the table is the manual."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import polars as pl
import pytest

from trigpoint.activity.assumptions.scenario import Scenario
from trigpoint.activity.book.book import COUNTS, ActivityBook, PodName, Settings
from trigpoint.activity.results.run import ActivityRun, Band, BridgePart, Driver, OutputKey, SchemeResult, SeriesRun
from trigpoint.charts.activity import (
    annual_picture,
    bridge_picture,
    likelihood_picture,
    overall_picture,
    schemes_picture,
    tornado_picture,
    trajectory_picture,
)
from trigpoint.charts.picture import Picture
from trigpoint.charts.printed import adding_up
from trigpoint.periods import FinancialYear

YEAR = FinancialYear(2017)
NOWHERE: Any = ()


def band(mean: list[float], low: float, high: float) -> Band:
    values = np.array(mean)
    zero = np.zeros_like(values)
    return Band(values, values * low, values, values * high, zero, zero, zero)


def one_year(nothing: float, something: float, outturn: float = 1_200.0) -> SeriesRun:
    """A year of twelve like months."""
    months = [band([value / 12] * 12, 0.9, 1.1) for value in (nothing, something)]
    years = [band([value], 0.95, 1.05) for value in (nothing, something)]
    return SeriesRun(OutputKey("", "nel"), np.full(12, outturn / 12), np.full(12, outturn / 12), *months, *years)


def run_of(series: SeriesRun, **kept: Any) -> ActivityRun:
    book = ActivityBook(Settings(YEAR - 1, (YEAR,), months_known=12), pl.DataFrame(schema=COUNTS),
                        pods=(PodName("nel", "Non-elective", unit="admissions"),))  # fmt: skip
    empty = dict.fromkeys(
        ("series", "outturns", "bridge", "schemes", "drivers", "beds", "values", "strains", "warnings"), NOWHERE
    )
    return ActivityRun(book, Scenario(), 1, 100, YEAR.months, pods=(series,), **{**empty, "draws_of": {}, **kept})


def part(kind: str, value: float) -> BridgePart:
    return BridgePart("", "nel", YEAR, kind, kind, kind, value)


RUN = run_of(one_year(1_250.0, 1_180.4))
STEPS = (part("baseline", 1_200.0), part("growth", 50.0), part("scheme", -69.6))
SCHEME = SchemeResult("falls", "Falls response", "nel", YEAR, -69.6, -90.0, -40.2, 0.8, -75.0)
DRIVER = Driver("nel", YEAR, "growth", "Growth", 1_150.0, 1_215.0)

FINDINGS: list[tuple[str, Callable[[], Picture], str]] = [
    (
        "a year below do nothing",
        lambda: trajectory_picture(RUN, "nel"),
        "Non-elective: do something 2017/18 is 1,180 (80% interval 1,121 to 1,239), 5.6% below do nothing.",
    ),
    (
        "a year as do nothing",
        lambda: trajectory_picture(run_of(one_year(1_250.0, 1_250.2)), "nel"),
        "Non-elective: do something 2017/18 is 1,250 (80% interval 1,188 to 1,313), the same as do nothing.",
    ),
    (
        "a year above do nothing, by its name",
        lambda: annual_picture(run_of(one_year(1_000.0, 1_100.0)), "Non-elective"),
        "Non-elective: do something 2017/18 is 1,100 (80% interval 1,045 to 1,155), 10.0% above do nothing.",
    ),
    (
        "a scenario says which",
        lambda: annual_picture(replace(RUN, scenario=Scenario("slow", "Slow start")), "nel"),
        "Non-elective, Slow start: do something 2017/18 is 1,180 (80% interval 1,121 to 1,239), 5.6% below do nothing.",
    ),
    (
        "what is not there",
        lambda: trajectory_picture(RUN, "dentistry"),
        "dentistry: there is no such series in this run.",
    ),
    (
        "a bridge",
        lambda: bridge_picture(run_of(one_year(1_250.0, 1_180.4), bridge=STEPS), "nel", YEAR),
        "Non-elective: from 2016/17 to 2017/18, 1,200 becomes 1,180 (−1.6%): growth adds 50 and schemes take away "
        "70.",
    ),
    (
        "a bridge without schemes",
        lambda: bridge_picture(run_of(one_year(1_250.0, 1_250.0), bridge=STEPS[:2]), "nel", YEAR),
        "Non-elective: from 2016/17 to 2017/18, 1,200 becomes 1,250 (+4.2%): growth adds 50.",
    ),
    (
        "the overall change",
        lambda: overall_picture(RUN),
        "In 2017/18 do something differs from do nothing by −5.6% in Non-elective.",
    ),
    (
        "the league of schemes",
        lambda: schemes_picture(run_of(one_year(1_250.0, 1_180.4), schemes=(SCHEME,)), YEAR),
        "Schemes in 2017/18: 1 scheme changes activity, “Falls response” in Non-elective by −70 (80% interval −90 to "
        "−40), −5.6% of do nothing.",
    ),
    (
        "no scheme",
        lambda: schemes_picture(RUN, YEAR),
        "Schemes in 2017/18: no scheme changes anything.",
    ),
    (
        "what moves a year most",
        lambda: tornado_picture(run_of(one_year(1_250.0, 1_180.4), drivers=(DRIVER,)), "nel", YEAR),
        "Non-elective: 2017/18 is moved most by “Growth”, from 1,150 to 1,215.",
    ),
    (
        "how likely",
        lambda: likelihood_picture(
            run_of(one_year(1_250.0, 1_180.4), draws_of={"nel": np.arange(1_100.0, 1_201.0)[None, :]}), "nel", YEAR),
        "Non-elective: in 2017/18 do something is as likely above 1,150 as below; one time in ten it is below 1,110, "
        "one in ten above 1,190.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("make", "said"), [row[1:] for row in FINDINGS], ids=[row[0] for row in FINDINGS])
def test_what_a_picture_says(make: Callable[[], Picture], said: str) -> None:
    picture = make()
    assert picture.finding == said
    assert said in picture.alt


# Parts, the whole that is printed, and the parts as printed: each at a neighbour of its own, the sum exact.
ROUNDED: list[tuple[list[float], str, int, list[str]]] = [
    ([1.4, 1.4, 0.2], "3", 0, ["2", "1", "0"]),
    ([0.5, 0.5], "1", 0, ["1", "0"]),
    ([-0.5, -0.5], "-1", 0, ["0", "-1"]),
    ([-0.6, -0.6, -0.6], "-2", 0, ["0", "-1", "-1"]),
    ([10.04, -3.04], "7.0", 1, ["10.0", "-3.0"]),
    ([0.0, 0.0], "0", 0, ["0", "0"]),
    ([2.6], "2", 0, ["2"]),
]


@pytest.mark.parametrize(("parts", "whole", "decimals", "printed"), ROUNDED)
def test_printed_parts_add_up(parts: list[float], whole: str, decimals: int, printed: list[str]) -> None:
    found = adding_up(parts, Decimal(whole), decimals)
    assert sum(found) == Decimal(whole)
    assert sorted(map(str, found)) == sorted(printed)
