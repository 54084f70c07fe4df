"""The activity model on plans small enough to reckon by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from trigpoint.activity.assumptions.filters import EVERYWHERE, Asked, Condition, Filter
from trigpoint.activity.assumptions.growth import Growth, GrowthForm, GrowthKind
from trigpoint.activity.assumptions.population import SCHEMA, Population
from trigpoint.activity.assumptions.ramp import AT_ONCE, Ramp, Shape
from trigpoint.activity.assumptions.scenario import Scenario
from trigpoint.activity.assumptions.scheme import Effect, Scheme, Shift
from trigpoint.activity.assumptions.uncertain import Distribution, Uncertain
from trigpoint.activity.book.book import COUNTS, ActivityBook, Capacity, Price, Settings, Stay, Total
from trigpoint.activity.results.run import ActivityRun
from trigpoint.activity.simulation.compare import compare
from trigpoint.activity.simulation.run import run_model
from trigpoint.errors import InputError
from trigpoint.periods import FinancialYear, Month
from trigpoint.tabular.stated import Stated

YEAR, NEXT = FinancialYear(2017), FinancialYear(2018)
EMPTY = pl.DataFrame(schema=COUNTS)
TREND, OTHER, BIRTHS = GrowthKind.TREND, GrowthKind.OTHER, GrowthKind.BIRTHS
NORMAL = Uncertain(0.02, 0.01, 0.03, distribution=Distribution.NORMAL)


def of(pod: str) -> Filter:
    return Filter((Condition("pod", Asked.IN, (pod,)),))


def normal(value: float, half: float) -> Uncertain:
    return Uncertain(value, value - half, value + half, distribution=Distribution.NORMAL)


def book(*assumptions: Growth | Scheme, totals: dict[str, Uncertain] | None = None, **more: object) -> ActivityBook:
    """Elective 10,000 and A&E 90,000, both certain, two years, without the noise of months."""
    given = totals or {"EL": Uncertain(10_000.0), "A&E": Uncertain(90_000.0)}
    settings = Settings(FinancialYear(2016), (YEAR, NEXT), draws=400, noise=False)
    return ActivityBook(
        **{
            "settings": settings,
            "counts": EMPTY,
            "totals": tuple(Total("RNA", pod, amount) for pod, amount in given.items()),
            "growth": tuple(one for one in assumptions if isinstance(one, Growth)),
            "schemes": tuple(one for one in assumptions if isinstance(one, Scheme)),
            **more,
        }
    )


def rate(value: float, pod: str = "EL", **more: object) -> Growth:
    return Growth("rate", GrowthKind.TREND, GrowthForm.RATE, Uncertain(value), of(pod), **more)


def annual(run: ActivityRun, pod: str = "EL", *, nothing: bool = False) -> list[float]:
    one = next(each for each in run.pods if each.key.pod == pod)
    return (one.annual_do_nothing if nothing else one.annual_do_something).mean.tolist()


def part(run: ActivityRun, name: str, pod: str = "EL", year: FinancialYear = NEXT) -> float:
    return sum(one.value for one in run.bridge if (one.pod, one.year, one.part) == (pod, year, name))


GROWTH = [
    # what                                          growth                              2017/18   2018/19
    ("a rate compounds", (GrowthForm.RATE, 0.019, {}), 10_190, 10_383.61),
    ("a rate of the second year only", (GrowthForm.RATE, 0.019, {"years": (NEXT,)}), 10_000, 10_190),
    ("a rate that falls", (GrowthForm.RATE, -0.02, {}), 9_800, 9_604),
    ("nothing grows by nothing", (GrowthForm.RATE, 0.0, {}), 10_000, 10_000),
    ("a change does not compound", (GrowthForm.CHANGE, 0.05, {}), 10_500, 10_500),
    ("a number a year is added to the cohort", (GrowthForm.NUMBER, 300.0, {}), 10_300, 10_300),
    ("a change from the second year", (GrowthForm.CHANGE, 0.05, {"ramp": Ramp(Month(2018, 4))}), 10_000, 10_500),
]  # fmt: skip


@pytest.mark.parametrize(("what", "given", "first", "second"), GROWTH, ids=[row[0] for row in GROWTH])
def test_growth(what: str, given: tuple, first: float, second: float) -> None:
    form, value, more = given
    run = run_model(book(Growth("one", GrowthKind.OTHER, form, Uncertain(value), of("EL"), **more)))
    assert annual(run) == pytest.approx([first, second], rel=1e-12)
    assert annual(run, "A&E") == pytest.approx([90_000, 90_000])
    assert part(run, "baseline") == pytest.approx(10_000)
    assert part(run, "one") == pytest.approx(second - 10_000, abs=1e-8)


SCHEMES = [
    # what                                 effect                  value  more                        2017/18  2018/19
    ("a share of the cohort", Effect.SHARE, 0.1, {}, 9_180, 9_363.6),
    ("of half the cohort", Effect.SHARE, 0.1, {"cohort": 0.5}, 9_690, 9_883.8),
    ("a number a year", Effect.NUMBER, 700.0, {}, 9_500, 9_704),
    ("a number beyond all there is", Effect.NUMBER, 99_000.0, {}, 0, 0),
    ("growth held flat", Effect.GROWTH, 1.0, {}, 10_000, 10_000),
    ("half of growth held", Effect.GROWTH, 0.5, {}, 10_100, 10_202),
    ("all of it", Effect.SHARE, 1.0, {}, 0, 0),
    ("nothing of it", Effect.SHARE, 0.0, {}, 10_200, 10_404),
    ("from the second year", Effect.SHARE, 0.1, {"ramp": Ramp(Month(2018, 4))}, 10_200, 9_363.6),
    ("in the first year only", Effect.SHARE, 0.1, {"ramp": Ramp(Month(2017, 4), None, Month(2018, 3))}, 9_180, 10_404),
    ("never delivered", Effect.SHARE, 0.1, {"delivery": 0.0}, 10_200, 10_404),
    ("bed days, not admissions", Effect.LENGTH_OF_STAY, 0.2, {}, 10_200, 10_404),
]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "effect", "value", "more", "first", "second"), SCHEMES, ids=[row[0] for row in SCHEMES]
)
def test_schemes_on_growth_of_two_per_cent(
    what: str, effect: Effect, value: float, more: dict, first: float, second: float
) -> None:
    run = run_model(book(rate(0.02), Scheme("one", effect, Uncertain(value), of("EL"), **more)))
    assert annual(run, nothing=True) == pytest.approx([10_200, 10_404])
    assert annual(run) == pytest.approx([first, second], rel=1e-9, abs=1e-6)
    parts = [sum(one.value for one in run.bridge if (one.pod, one.year) == ("EL", year)) for year in run.years]
    assert parts == pytest.approx([first, second], rel=1e-9, abs=1e-6)
    assert part(run, "one") == pytest.approx(second - 10_404, abs=1e-6)
    for one in run.schemes:
        assert one.overlap == pytest.approx(0, abs=1e-6)


def test_a_ramp_comes_in_by_months() -> None:
    ramp = Ramp(Month(2017, 4), Month(2017, 7), shape=Shape.LINEAR)
    run = run_model(book(Scheme("one", Effect.SHARE, Uncertain(0.4), of("EL"), ramp=ramp)))
    (one,) = (each for each in run.series if each.key.pod == "EL")
    kept = one.do_something.mean / one.do_nothing.mean
    assert kept[:5] == pytest.approx([0.9, 0.8, 0.7, 0.6, 0.6])
    assert kept[4:] == pytest.approx(0.6)


def test_rates_come_in_along_a_shape_where_one_is_asked_for() -> None:
    slow = rate(0.12, ramp=Ramp(Month(2017, 4), Month(2018, 3), shape=Shape.LINEAR))
    (one,) = (each for each in run_model(book(slow)).series if each.key.pod == "EL")
    factor = one.do_nothing.mean / one.fot
    assert factor[[0, 5, 11]] == pytest.approx([1.12 ** (1 / 12), 1.12**0.5, 1.12])
    assert factor[[12, 23]] == pytest.approx([1.12 ** (13 / 12), 1.12**2])


def test_two_schemes_compound_whatever_their_order() -> None:
    first = Scheme("first", Effect.SHARE, Uncertain(0.3), of("EL"))
    second = Scheme("second", Effect.SHARE, Uncertain(0.5), of("EL"))
    one, other = run_model(book(first, second)), run_model(book(second, first))
    assert annual(one) == pytest.approx([3_500, 3_500])
    assert annual(other) == pytest.approx([3_500, 3_500])
    for name in ("first", "second"):
        assert part(one, name) == pytest.approx(part(other, name), rel=1e-12)
    assert part(one, "first") + part(one, "second") == pytest.approx(-6_500)
    told = {each.id: each.overlap for each in one.schemes if each.year == NEXT}
    assert sum(told.values()) == pytest.approx(0.3 * 10_000 + 0.5 * 10_000 - 6_500)


def test_schemes_beyond_the_whole_are_told_and_compound() -> None:
    one = Scheme("one", Effect.SHARE, Uncertain(0.7), of("EL"), stated=Stated("Triage", file="schemes.csv", row=2))
    two = Scheme("two", Effect.SHARE, Uncertain(0.6), of("EL"), stated=Stated("Advice", file="schemes.csv", row=3))
    run = run_model(book(one, two))
    assert annual(run) == pytest.approx([1_200, 1_200])
    (told,) = [str(each) for each in run.warnings]
    assert told.startswith("schemes.csv, row 3: Triage and Advice avoid 130% of some of RNA, EL if added")


def test_a_whole_effect_beside_another_still_sums() -> None:
    schemes = (Scheme(name, Effect.SHARE, Uncertain(value), of("EL")) for name, value in (("all", 1.0), ("some", 0.4)))
    run = run_model(book(rate(0.02), *schemes))
    assert annual(run) == [0.0, 0.0]
    parts = [one.value for one in run.bridge if (one.pod, one.year) == ("EL", NEXT)]
    assert sum(parts) == pytest.approx(0, abs=1e-8)
    assert all(np.isfinite(parts))


def test_what_does_nothing_changes_nothing_and_its_part_is_nought() -> None:
    still = (
        Scheme("nought", Effect.SHARE, Uncertain(0.0), of("EL")),
        Scheme("later", Effect.SHARE, Uncertain(0.5), of("EL"), ramp=Ramp(Month(2030, 4))),
    )
    real = Scheme("real", Effect.SHARE, normal(0.1, 0.05), of("EL"))
    without, with_them = run_model(book(rate(0.02), real)), run_model(book(rate(0.02), real, *still))
    assert (without.draws_of["EL"] == with_them.draws_of["EL"]).all()
    assert [part(with_them, one.id) for one in still] == [0.0, 0.0]
    assert part(with_them, "real") == part(without, "real")
    assert any("after the last month of the plan" in str(one) for one in with_them.warnings)


def test_a_shift_brings_its_ratio_of_what_is_avoided_and_may_make_a_new_series() -> None:
    moved = Scheme("moved", Effect.SHARE, Uncertain(0.1), of("A&E"), shift=Shift("Community", ratio=0.5))
    run = run_model(book(moved))
    assert annual(run, "A&E") == pytest.approx([81_000, 81_000])
    assert annual(run, "Community") == pytest.approx([4_500, 4_500])
    assert annual(run, "Community", nothing=True) == [0, 0]
    assert part(run, "moved", "Community") == pytest.approx(4_500)
    (kind,) = {one.kind for one in run.bridge if one.pod == "Community" and one.part == "moved"}
    assert kind == "shift"
    assert any("Community has no baseline" in str(one) for one in run.warnings)
    means = {one.pod: one.mean for one in run.schemes if one.year == YEAR}
    assert means == pytest.approx({"A&E": -9_000, "Community": 4_500})


def test_a_shift_within_one_point_of_delivery_is_one_part() -> None:
    moved = Scheme("moved", Effect.SHARE, Uncertain(0.1), of("A&E"), shift=Shift("A&E", ratio=0.25))
    run = run_model(book(moved))
    assert annual(run, "A&E") == pytest.approx([90_000 - 9_000 + 2_250] * 2)
    assert len([one for one in run.bridge if one.part == "moved" and one.year == YEAR]) == 1


def test_added_activity_comes_from_no_cell() -> None:
    added = Scheme("added", Effect.ADDED, Uncertain(25_000.0), of("Community"), ramp=Ramp(Month(2017, 10)))
    run = run_model(book(added))
    first, second = annual(run, "Community")
    assert second == pytest.approx(25_000)
    assert first == pytest.approx(25_000 * 182 / 365)
    (one, _) = run.schemes
    assert (one.mean, one.stated) == (pytest.approx(first), pytest.approx(12_500))


def test_a_number_of_a_cohort_over_several_series_is_taken_where_there_is_most() -> None:
    shared = Scheme("shared", Effect.NUMBER, Uncertain(1_000.0), EVERYWHERE)
    run = run_model(book(shared))
    assert (part(run, "shared"), part(run, "shared", "A&E")) == (pytest.approx(-100), pytest.approx(-900))


def test_population_by_age_and_sex() -> None:
    cells = pl.DataFrame(
        {
            "provider": ["RNA"] * 3,
            "pod": ["EL"] * 3,
            "age": [4, 70, 95],
            "sex": ["1", "2", "2"],
            "weight": [50.0, 30, 20],
        },
        schema_overrides={"age": pl.Int32},
    )
    rows = [("principal", "people", "", year, sex, age, value)
            for year, by in ((2016, (100, 100)), (2017, (110, 120)), (2018, (120, 140)))
            for sex in ("1", "2") for age, value in zip((0, 65), by, strict=True)]  # fmt: skip
    people = Growth("people", GrowthKind.DEMOGRAPHIC, GrowthForm.POPULATION, Uncertain(1.0), of("EL"))
    population = Population(pl.DataFrame(rows, schema=SCHEMA, orient="row"))
    run = run_model(book(people, cells=cells, population=population, totals={"EL": Uncertain(10_000.0)}))
    assert annual(run) == pytest.approx([5_000 * 1.1 + 5_000 * 1.2, 5_000 * 1.2 + 5_000 * 1.4])
    holed = Population(population.rows.filter(pl.col("age") > 0))
    run = run_model(book(people, cells=cells, population=holed, totals={"EL": Uncertain(10_000.0)}))
    assert annual(run) == pytest.approx([5_000 + 5_000 * 1.2, 5_000 + 5_000 * 1.4])
    assert any(str(one).startswith("population.csv: the projection for people misses age 4") for one in run.warnings)


def test_a_series_without_ages_grows_with_everyone_and_it_is_said_once() -> None:
    rows = [("principal", "people", "", year, "", age, value) for year, by in ((2016, (100, 300)), (2017, (110, 330)),
            (2018, (120, 300))) for age, value in zip((0, 65), by, strict=True)]  # fmt: skip
    people = Growth("people", GrowthKind.DEMOGRAPHIC, GrowthForm.POPULATION, Uncertain(1.0))
    run = run_model(book(people, population=Population(pl.DataFrame(rows, schema=SCHEMA, orient="row"))))
    assert annual(run) == pytest.approx([11_000, 10_500])
    assert len([one for one in run.warnings if "without an age" in str(one)]) == 1
    early = Population(pl.DataFrame(rows[:4], schema=SCHEMA, orient="row"))
    run = run_model(book(people, population=early))
    assert annual(run) == pytest.approx([11_000, 10_000])
    assert any("no rows of 2018/19 (principal) for some cells" in str(one) for one in run.warnings)


def test_population_variants_are_drawn_with_their_probabilities() -> None:
    rows = [(variant, "people", "", year, "", 0, 100.0 if year == 2016 else value) for year in (2016, 2017, 2018)
            for variant, value in (("low", 100.0), ("high", 120.0))]  # fmt: skip
    population = Population(pl.DataFrame(rows, schema=SCHEMA, orient="row"), (("low", 0.75), ("high", 0.25)))
    people = Growth("people", GrowthKind.DEMOGRAPHIC, GrowthForm.POPULATION, Uncertain(1.0), of("EL"))
    run = run_model(book(people, population=population), draws=4_000)
    drawn = run.draws_of["EL"][0]
    assert set(np.round(drawn)) == {10_000, 12_000}
    assert (drawn > 11_000).mean() == pytest.approx(0.25, abs=0.03)


def test_bed_days_fall_with_admissions_and_with_stays() -> None:
    stay = Stay("", "EL", days=4.0, occupancy=0.8)
    shorter = Scheme("shorter", Effect.LENGTH_OF_STAY, Uncertain(0.25), of("EL"))
    fewer = Scheme("fewer", Effect.SHARE, Uncertain(0.1), of("EL"))
    run = run_model(book(shorter, fewer, stays=(stay,)))
    beds = next(one for one in run.beds if one.year == YEAR)
    assert beds.bed_days == pytest.approx(10_000 * 0.9 * 4 * 0.75)
    assert beds.beds == pytest.approx(10_000 * 0.9 * 4 * 0.75 / 365 / 0.8)
    assert beds.do_nothing_beds == pytest.approx(10_000 * 4 / 365 / 0.8)
    assert all(one.part != "shorter" for one in run.bridge)


def test_bed_days_of_records_tell_whose_stays_are_long() -> None:
    of_two = {"specialty": ["110", "100"], "weight": [50.0, 50.0], "bed_days": [100.0, 300.0]}
    cells = pl.DataFrame({"provider": ["RNA"] * 2, "pod": ["EL"] * 2, **of_two})
    one = {"cells": cells, "stays": (Stay("", "EL", days=4.0),), "totals": {"EL": Uncertain(10_000.0)}}
    long_stays, short = (Filter((Condition("specialty", Asked.IN, (code,)),)) for code in ("100", "110"))
    halved = run_model(book(Scheme("one", Effect.LENGTH_OF_STAY, Uncertain(0.5), long_stays), **one))
    assert halved.beds[0].bed_days == pytest.approx(5_000 * 2 + 5_000 * 3)
    fewer = run_model(book(Scheme("one", Effect.SHARE, Uncertain(0.5), short), **one))
    assert fewer.beds[0].bed_days == pytest.approx(2_500 * 2 + 5_000 * 6)
    assert fewer.beds[0].do_nothing_beds == pytest.approx(40_000 / 365 / 0.92)


def test_what_is_shifted_within_details_stands_under_none_of_them_once() -> None:
    of_two = {"specialty": ["110", None], "weight": [30.0, 70.0]}
    cells = pl.DataFrame({"provider": ["RNA"] * 2, "pod": ["EL"] * 2, **of_two})
    moved = Scheme("moved", Effect.SHARE, Uncertain(0.1), of("A&E"), shift=Shift("EL"))
    plan = book(moved, cells=cells)
    run = run_model(replace(plan, settings=replace(plan.settings, output_by=("specialty",))))
    told = {one.key.detail: one.annual_do_something.mean[0] for one in run.series if one.key.pod == "EL"}
    assert len([one for one in run.series if one.key.pod == "EL"]) == 2
    assert told == pytest.approx({("",): 7_000 + 9_000, ("110",): 3_000})


def test_prices_and_capacity() -> None:
    prices = (Price("", "", 1.0), Price("", "EL", 100.0), Price("RNA", "EL", 110.0, NEXT))
    capacity = (Capacity("", "EL", 800.0, first=Month(2018, 4)), Capacity("", "A&E", 9_000.0))
    run = run_model(book(prices=prices, capacity=capacity))
    value = {(one.pod, one.year): one.do_something_gbp for one in run.values}
    assert value["EL", YEAR] == pytest.approx(1_000_000)
    assert value["EL", NEXT] == pytest.approx(1_100_000)
    assert value["A&E", YEAR] == pytest.approx(90_000)
    assert {one.pod for one in run.strains} == {"EL"}
    assert all(one.month >= Month(2018, 4) and one.mean > 800 and one.probability == 1 for one in run.strains)


def test_one_seed_one_answer_and_another_seed_another() -> None:
    plan = book(replace(rate(0.02), amount=NORMAL), totals={"EL": normal(10_000.0, 500)})
    noisy = replace(plan, settings=replace(plan.settings, noise=True))
    one, same, other = run_model(noisy), run_model(noisy), run_model(noisy, seed=5)
    threads = run_model(noisy, workers=2)
    for run in (same, threads):
        assert (run.draws_of["EL"] == one.draws_of["EL"]).all()
        assert (run.pods[0].do_something.p10 == one.pods[0].do_something.p10).all()
    assert (other.draws_of["EL"] != one.draws_of["EL"]).any()


def test_leaving_a_scheme_out_leaves_every_other_draw() -> None:
    growth = replace(rate(0.02), amount=NORMAL)
    kept = Scheme("kept", Effect.SHARE, normal(0.1, 0.05), of("A&E"), delivery=0.7)
    gone = Scheme("gone", Effect.SHARE, normal(0.2, 0.1), of("EL"), delivery=0.5)
    plan = book(growth, gone, kept)
    one, other = run_model(plan), run_model(plan, Scenario("without", "Without", without=("gone",)))
    assert (one.draws_of["A&E"] == other.draws_of["A&E"]).all()
    assert part(one, "kept", "A&E") == part(other, "kept", "A&E")
    row = compare([one, other]).row("without", "EL", NEXT)
    assert row.difference == pytest.approx(row.mean - float(one.draws_of["EL"][1].mean()))
    assert row.p10 == pytest.approx(0, abs=1e-9)
    assert row.lower == 0.0


def test_assumptions_that_go_together_correlate_as_told() -> None:
    def grows(pod: str, correlation: float) -> Growth:
        return Growth(pod, TREND, GrowthForm.RATE, NORMAL, of(pod), together="trend", correlation=correlation)

    run = run_model(book(grows("EL", 0.5), grows("A&E", 0.5)), draws=20_000)
    assert np.corrcoef(run.draws_of["EL"][0], run.draws_of["A&E"][0])[0, 1] == pytest.approx(0.5, abs=0.03)
    run = run_model(book(grows("EL", 1.0), grows("A&E", -1.0)), draws=2_000)
    assert np.corrcoef(run.draws_of["EL"][0], run.draws_of["A&E"][0])[0, 1] == pytest.approx(-1)


def test_runs_of_different_seeds_are_not_compared_and_a_pod_that_one_lacks_is_nought_there() -> None:
    added = Scheme("added", Effect.ADDED, Uncertain(500.0), of("Community"))
    one, other = run_model(book()), run_model(book(added))
    row = compare([one, other]).rows[-1]
    assert (row.pod, row.difference, row.lower) == ("Community", pytest.approx(500), 0.0)
    with pytest.raises(InputError, match="seed, draws and years must be the same"):
        compare([one, run_model(book(), seed=1)])
    with pytest.raises(InputError, match="no run to compare"):
        compare([])


def test_progress_is_told_series_by_series() -> None:
    said: list[tuple[int, int]] = []
    run_model(book(), progress=lambda done, of_all: said.append((done, of_all)))
    assert said == [(1, 2), (2, 2)]


def test_the_widest_driver_stands_first_and_what_is_certain_is_none() -> None:
    wide = Scheme("wide", Effect.SHARE, normal(0.1, 0.05), of("EL"))
    narrow = Growth("narrow", TREND, GrowthForm.RATE, normal(0.02, 0.002), of("EL"))
    certain = Scheme("certain", Effect.SHARE, Uncertain(0.1), of("EL"))
    run = run_model(book(wide, narrow, certain), draws=4_000)
    bars = [one for one in run.drivers if (one.pod, one.year) == ("EL", YEAR)]
    assert [one.assumption for one in bars] == ["wide", "narrow"]
    # The mean of a normal beyond its tenth and ninetieth percentile is 1.755 standard deviations from the middle.
    spread = 10_000 * 1.02 * 0.9 * 0.05 / 1.2816 * 1.755
    assert bars[0].low - bars[0].high == pytest.approx(2 * spread, rel=0.05)
    assert not [one for one in run.drivers if one.pod == "A&E"]


def test_mean_and_variance_of_an_uncertain_plan() -> None:
    share = Uncertain(0.1, 0.05, 0.15, distribution=Distribution.UNIFORM)
    run = run_model(book(Scheme("one", Effect.SHARE, share, of("EL"), delivery=0.6)), draws=40_000)
    drawn = run.draws_of["EL"][0]
    mean = 10_000 * (1 - 0.6 * 0.1)
    square = 0.6 * (0.1**2 + 0.1**2 / 12)
    variance = 10_000**2 * (square - 0.06**2)
    assert drawn.mean() == pytest.approx(mean, abs=4 * (variance / 40_000) ** 0.5)
    assert drawn.var() == pytest.approx(variance, rel=0.05)


NOWHERE = Filter((Condition("pod", Asked.IN, ("EL",)), Condition("provider", Asked.IN, ("RXX",))))
NO_HRG = Filter((Condition("hrg", Asked.IN, ("A",)),))
WARNINGS = [
    (
        "a filter that matches nothing",
        Scheme("one", Effect.SHARE, Uncertain(0.1), NOWHERE, stated=Stated("One", file="schemes.csv", row=4)),
        "schemes.csv, row 4: One (one) reaches no activity: its filter, pod = EL; provider = RXX, matches no cell",
    ),
    (
        "a point of delivery without a baseline",
        Growth(
            "one", TREND, GrowthForm.RATE, Uncertain(0.02), of("NEL"), stated=Stated("One", file="growth.csv", row=3)
        ),
        "growth.csv, row 3: One (one) is of NEL, which has no baseline",
    ),
    (
        "an attribute that no cell has",
        Scheme("one", Effect.SHARE, Uncertain(0.1), NO_HRG),
        "one (one) is left out: its filter asks for “hrg”, which no cell has; "
        "the attributes there are: provider and pod",
    ),
    (
        "a projection that is not there",
        Growth("one", BIRTHS, GrowthForm.POPULATION, Uncertain(1.0), population="births"),
        "population.csv: one grows with the population (births), and there is no projection of it",
    ),
    (
        "draws beyond the whole",
        Scheme("one", Effect.SHARE, normal(0.9, 0.1), of("EL")),
        "one (one) is outside 0% to 100% in",
    ),
    (
        "a fall beyond everything",
        Growth("one", OTHER, GrowthForm.CHANGE, Uncertain(-1.2), of("EL")),
        "other (one) is below −100% in 100.0% of draws",
    ),
    (
        "a number taken away beyond everything",
        Growth("one", OTHER, GrowthForm.NUMBER, Uncertain(-11_000.0), of("EL")),
        "other (one) takes away more than its cohort has in 100.0% of draws",
    ),
    (
        "more than there is",
        Scheme("one", Effect.NUMBER, Uncertain(11_000.0), of("EL")),
        "one (one) avoids more than there is of its cohort, 10,000 a year, in 100.0% of draws",
    ),
    (
        "activity added nowhere",
        Scheme("one", Effect.ADDED, Uncertain(10.0)),
        "one (one) adds activity, and it is not said",
    ),
]


@pytest.mark.parametrize(("what", "assumption", "sentence"), WARNINGS, ids=[row[0] for row in WARNINGS])
def test_what_cannot_be_used_is_told_and_the_rest_is_run(what: str, assumption: Growth | Scheme, sentence: str) -> None:
    other = rate(0.1, "A&E")
    run = run_model(book(assumption, other))
    assert annual(run, "A&E") == pytest.approx([99_000, 108_900])
    assert [one for one in map(str, run.warnings) if one.startswith(sentence)], [str(one) for one in run.warnings]


def test_what_cannot_be_run_at_all_is_refused() -> None:
    plan = book()
    with pytest.raises(InputError, match="no series has a baseline"):
        run_model(replace(plan, totals=()))
    with pytest.raises(InputError, match="is not after the base year"):
        run_model(replace(plan, settings=replace(plan.settings, years=(FinancialYear(2016),))))
    with pytest.raises(InputError, match="so few draws"):
        run_model(plan, draws=5)


def test_a_series_that_cannot_be_forecast_is_left_out_with_its_reason() -> None:
    rows = [("RNA", "EL", Month(2016, 4 + at).start, 100.0) for at in range(5)]
    rows += [("RWP", "EL", Month(2015, 4 + at).start, 100.0) for at in range(5)]
    run = run_model(book(counts=pl.DataFrame(rows, schema=COUNTS, orient="row"), totals={"A&E": Uncertain(1_000.0)}))
    assert {one.key.pod for one in run.pods} == {"EL", "A&E"}
    assert [one.key.provider for one in run.series] == ["RNA", "RNA"]
    assert any("RWP, EL has no forecast of 2016/17: no month of 2016/17 is known" in str(one) for one in run.warnings)


def test_results_are_told_apart_by_an_attribute() -> None:
    of_two = {"specialty": ["110", "100"], "weight": [30.0, 70.0]}
    cells = pl.DataFrame({"provider": ["RNA"] * 2, "pod": ["EL"] * 2, **of_two})
    cut = Scheme("cut", Effect.SHARE, Uncertain(0.5), Filter((Condition("specialty", Asked.IN, ("110",)),)))
    plan = book(cut, cells=cells, totals={"EL": Uncertain(10_000.0)})
    run = run_model(replace(plan, settings=replace(plan.settings, output_by=("specialty",))))
    told = {one.key.detail: one.annual_do_something.mean[0] for one in run.series}
    assert told == pytest.approx({("100",): 7_000, ("110",): 1_500})
    assert annual(run) == pytest.approx([8_500, 8_500])
    assert AT_ONCE.share(Month(2017, 4)) == 1.0
