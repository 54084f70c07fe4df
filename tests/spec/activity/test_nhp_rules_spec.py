"""The rules of the New Hospital Programme's model in its pooled form, and the faults that it does not share."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
import pytest

from trigpoint.activity.nhp.baseline import NhpBaseline
from trigpoint.activity.nhp.parameters import Dataset, Efficiency, Interval, Kind, NhpParameters
from trigpoint.activity.nhp.planning import plan_nhp
from trigpoint.activity.nhp.run import run_nhp
from trigpoint.activity.nhp.sampling import sample
from trigpoint.errors import InputError

SPELL: dict[str, Any] = {
    "provider": "RAA", "pod": "ip_elective_admission", "sitetret": "S1", "sex": 1, "age": 60, "age_group": "50-64",
    "demog_type": "demographics", "hsagrp": "ordelec", "group": "elective", "is_main_icb": True, "ndggrp": "elective",
    "tretspef": "100", "tretspef_grouped": "100", "is_wla": True, "speldur": 3, "classpat": "1", "admimeth": "11",
    "has_procedure": True, "maternity_delivery_in_spell": False,
}  # fmt: skip
CLINIC: dict[str, Any] = {
    "provider": "RAA", "pod": "op_first", "sitetret": "S1", "sex": 1, "age": 60, "age_group": "50-64",
    "demog_type": "demographics", "hsagrp": "op", "group": "first", "is_main_icb": True, "ndggrp": "first",
    "tretspef": "100", "tretspef_grouped": "100", "is_wla": True, "type": "adult_surgical", "has_procedures": False,
    "is_first": True, "is_gp_ref": True, "is_cons_cons_ref": False, "attendances": 50, "tele_attendances": 10,
}  # fmt: skip


def spells(*changed: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame([SPELL | {"rn": at} | change for at, change in enumerate(changed)])


def given(*pairs: tuple[int, str, float]) -> pl.DataFrame:
    return pl.DataFrame(
        list(pairs), schema={"rn": pl.Int64, "strategy": pl.String, "sample_rate": pl.Float64}, orient="row"
    )


def scenario(
    leaves: dict[tuple[str, ...], Any], kinds: dict[str, Efficiency] | None = None, **changed: Any
) -> NhpParameters:
    intervals = {path: one if isinstance(one, Interval) else Interval(one, one, 0, 5) for path, one in leaves.items()}
    settings: dict[str, Any] = {"start_year": 2023, "end_year": 2025, "model_runs": 20, "seed": 3}
    return NhpParameters(leaves=intervals, kinds=kinds or {}, **(settings | changed))


def total(run: Any, dataset: Dataset, measure: str, pod: str = "", table: str = "default", **where: Any) -> np.ndarray:
    found = run.table(dataset, table)
    asked = pl.col("measure") == measure
    if pod:
        asked &= pl.col("pod") == pod
    for name, value in where.items():
        asked &= pl.col(name) == value
    sums: np.ndarray = found.matrix[found.rows.select(asked.alias("there"))["there"].to_numpy()].sum(axis=0)
    return sums


USUALLY, OCCASIONALLY = "day_procedures_usually_dc", "day_procedures_occasionally_dc"


@pytest.mark.parametrize("turned", [False, True])
def test_day_procedures_convert_exactly_the_rows_that_they_name(turned: bool) -> None:
    """“Usually” converts all of its rows and “occasionally” none of its own: no spell is of the wrong rows."""
    rows = [{"tretspef": "100" if at % 3 else "110", "speldur": 2} for at in range(300)]
    named = [(at, USUALLY if at % 3 else OCCASIONALLY, 1.0) for at in range(300)]
    baseline = NhpBaseline(inpatients=spells(*rows), efficiencies=given(*(reversed(named) if turned else named)))
    leaves = {("efficiencies", "ip", USUALLY): 0.0, ("efficiencies", "ip", OCCASIONALLY): 1.0}
    run = run_nhp(baseline, scenario(leaves, {name: Efficiency(Kind.DAY_CASE) for name in (USUALLY, OCCASIONALLY)}))
    where = {"table": "tretspef", "tretspef": "100"}
    assert total(run, Dataset.INPATIENTS, "admissions", "ip_elective_admission", **where)[0] == 200
    assert not total(run, Dataset.INPATIENTS, "admissions", "ip_elective_admission", **where)[1:].any()
    assert total(run, Dataset.INPATIENTS, "admissions", "ip_elective_daycase", **where)[1:].min() > 140
    where["tretspef"] = "110"
    assert not total(run, Dataset.INPATIENTS, "admissions", "ip_elective_daycase", **where).any()
    assert total(run, Dataset.INPATIENTS, "admissions", "ip_elective_admission", **where)[1:].min() > 60


def test_a_converted_spell_is_counted_once_and_where_it_went() -> None:
    """To an outpatient procedure, to A&E type 5 (in no specialty of its own), to a day case of one bed day."""
    names = ("day_procedures_usually_op", "same_day_emergency_care_low", USUALLY)
    kinds = dict(
        zip(names, (Efficiency(Kind.OUTPATIENT), Efficiency(Kind.SDEC), Efficiency(Kind.DAY_CASE)), strict=True)
    )
    rows = [{"speldur": 2} for _ in range(300)]
    baseline = NhpBaseline(
        inpatients=spells(*rows), efficiencies=given(*((at, names[at % 3], 1.0) for at in range(300)))
    )
    run = run_nhp(baseline, scenario({("efficiencies", "ip", name): 0.0 for name in names}, kinds))
    told = run.default()
    assert dict(zip(told["pod"] + " " + told["measure"], told["mean"] > 80, strict=True)) == {
        "aae_type-05 walk-in": True, "ip_elective_admission admissions": False, "ip_elective_admission beddays": False,
        "ip_elective_admission procedures": False, "ip_elective_daycase admissions": True,
        "ip_elective_daycase beddays": True, "ip_elective_daycase procedures": True, "op_procedure attendances": True,
    }  # fmt: skip
    days = total(run, Dataset.INPATIENTS, "beddays", "ip_elective_daycase")
    assert (days[1:] == total(run, Dataset.INPATIENTS, "admissions", "ip_elective_daycase")[1:]).all()
    assert total(run, Dataset.INPATIENTS, "walk-in", table="tretspef", tretspef="Other")[1:].all()


def test_one_of_several_efficiencies_is_chosen_with_equal_probability() -> None:
    """As nhp_model has it: a second scheme on the same rows dilutes the first, and its rate is not used."""
    baseline = NhpBaseline(inpatients=spells(*[{}] * 400),
                           efficiencies=given(*((at, name, 0.1) for at in range(400) for name in "ab")))  # fmt: skip
    leaves = {("efficiencies", "ip", "a"): 0.0, ("efficiencies", "ip", "b"): 1.0}
    run = run_nhp(baseline, scenario(leaves, {name: Efficiency(Kind.DAY_CASE) for name in "ab"}), runs=200)
    moved = total(run, Dataset.INPATIENTS, "admissions", "ip_elective_daycase")[1:]
    assert abs(moved.mean() - 200) < 4 * math.sqrt(200 / 200)


def test_two_strategies_on_one_cohort_compound_and_a_rate_reaches_its_share_only() -> None:
    pairs = [(at, *one) for at in range(500) for one in (("a", 1.0), ("b", 0.25))]
    baseline = NhpBaseline(inpatients=spells(*[{}] * 500), avoidance=given(*pairs))
    run = run_nhp(
        baseline, scenario({("activity_avoidance", "ip", "a"): 0.8, ("activity_avoidance", "ip", "b"): 0.6}), runs=300
    )
    kept, expected = total(run, Dataset.INPATIENTS, "admissions")[1:], 500 * 0.8 * (1 - 0.25 * 0.4)
    assert abs(kept.mean() - expected) < 4 * math.sqrt(expected / 300)
    avoided = total(run, Dataset.INPATIENTS, "admissions", table="avoided_activity")[1:]
    assert abs(avoided.mean() - (500 - expected)) < 4 * math.sqrt((500 - expected) / 300)
    assert abs(np.corrcoef(kept, avoided)[0, 1]) < 4 / math.sqrt(300)


def test_growth_factors_multiply_and_annual_growth_has_its_years() -> None:
    """Expatriation 0.9 × local repatriation 1.1 × waiting list 1.05 × 1.02³ of 50, and their Poisson."""
    leaves = {("expat", "op", "100"): 0.9, ("repat_local", "op", "100"): 1.1, ("repat_nonlocal", "op", "100"): 3.0,
              ("waiting_list_adjustment", "op", "100"): 1.05,
              ("non-demographic_adjustment", "op", "first"): 1.02}  # fmt: skip
    run = run_nhp(NhpBaseline(outpatients=pl.DataFrame([CLINIC])), scenario(leaves, end_year=2026), runs=4000)
    made, expected = total(run, Dataset.OUTPATIENTS, "attendances")[1:], 50 * 0.9 * 1.1 * 1.05 * 1.02**3
    assert abs(made.mean() - expected) < 4 * math.sqrt(expected / 4000)
    assert abs(made.var() / expected - 1) < 4 * math.sqrt((2 + 1 / expected) / 4000)


def test_bed_days_of_a_shortened_stay_have_the_analytic_mean_and_variance() -> None:
    """n spells of L nights kept with φ each: mean n(1 + φL), variance n[(1 + φL)² + Lφ(1 − φ)]."""
    number, nights, phi, runs = 40, 6, 0.7, 6000
    baseline = NhpBaseline(inpatients=spells(*[{"speldur": nights}] * number))
    name = "general_los_reduction_elective"
    run = run_nhp(baseline, scenario({("efficiencies", "ip", name): phi}, {name: Efficiency(Kind.ALL)}), runs=runs)
    days = total(run, Dataset.INPATIENTS, "beddays")[1:]
    mean, spread = number * (1 + phi * nights), number * ((1 + phi * nights) ** 2 + nights * phi * (1 - phi))
    assert abs(days.mean() - mean) < 4 * math.sqrt(spread / runs)
    assert abs(days.var() / spread - 1) < 4 * math.sqrt(2.2 / runs)


def test_a_day_before_the_operation_is_saved_or_not() -> None:
    baseline = NhpBaseline(
        inpatients=spells(*[{"speldur": 3}] * 100), efficiencies=given(*((at, "p", 1.0) for at in range(100)))
    )
    run = run_nhp(baseline, scenario({("efficiencies", "ip", "p"): 0.4}, {"p": Efficiency(Kind.PRE_OP, 2)}), runs=400)
    by = {group: total(run, Dataset.INPATIENTS, "admissions", table="tretspef+los_group", los_group=group)[1:].mean()
          for group in ("1 day", "2 days", "3 days")}  # fmt: skip
    assert abs(by["1 day"] - 60) < 4 * math.sqrt(60 / 400)
    assert by["2 days"] == 0
    assert abs(by["3 days"] - 40) < 4 * math.sqrt(40 / 400)


def test_telephone_conversion_keeps_every_attendance() -> None:
    leaves = {("efficiencies", "op", "convert_to_tele_adult_surgical"): 0.7}
    run = run_nhp(NhpBaseline(outpatients=pl.DataFrame([CLINIC])), scenario(leaves), runs=2000)
    assert abs(total(run, Dataset.OUTPATIENTS, "attendances")[1:].mean() - 35) < 4 * math.sqrt(35 / 2000)
    assert abs(total(run, Dataset.OUTPATIENTS, "tele_attendances")[1:].mean() - 25) < 4 * math.sqrt(25 / 2000)


def test_scenarios_without_effect_change_only_by_chance() -> None:
    name = "general_los_reduction_elective"
    leaves = {
        ("activity_avoidance", "ip", "a"): 1.0,
        ("expat", "ip", "elective", "100"): 1.0,
        ("efficiencies", "ip", name): 1.0,
    }
    baseline = NhpBaseline(inpatients=spells(*[{}] * 50), avoidance=given(*((at, "a", 1.0) for at in range(50))))
    run = run_nhp(baseline, scenario(leaves, {name: Efficiency(Kind.ALL)}))
    parts = run.bridge(Dataset.INPATIENTS).frame().filter(~pl.col("change_factor").is_in(["baseline", "chance"]))
    assert parts.filter(pl.col("value").abs() > 1e-12).is_empty()
    assert not total(run, Dataset.INPATIENTS, "admissions", table="avoided_activity").any()


def test_the_interval_holds_four_fifths_of_the_draws_and_is_clipped() -> None:
    paths = {("activity_avoidance", "op", str(at)): Interval(0.6, 0.8) for at in range(20)}
    values = sample(scenario(paths | {("expat", "op", "x"): Interval(0.9, 1.1)}), 2000, 5).values
    inside = ((values[:20] > 0.6) & (values[:20] < 0.8)).mean()
    assert abs(inside - 0.8) < 4 * math.sqrt(0.16 / 40_000)
    assert values[20].max() == 1.0


def test_one_more_leaf_leaves_the_others_and_more_runs_leave_the_first() -> None:
    one = {("expat", "op", "100"): Interval(0.8, 0.9), ("repat_local", "op", "100"): Interval(1.1, 1.2, 1, 5)}
    few, many = (
        sample(scenario(one), 10, 7),
        sample(scenario({("expat", "op", "000"): Interval(0.1, 0.2)} | one), 30, 7),
    )
    for path in one:
        assert (few.values[few.rows[path]] == many.values[many.rows[path], :10]).all()
    independent = np.corrcoef(sample(scenario(one), 4000, 7).values[:2])[0, 1]
    assert abs(independent) < 4 / math.sqrt(4000)


def test_population_and_health_status_multiply_and_missing_ages_are_named() -> None:
    people = pl.DataFrame(
        {"variant": "principal", "year": [2023, 2025], "sex": [1, 1], "age": [60, 60], "value": [100.0, 130.0]}
    )
    health = pl.DataFrame({"hsagrp": ["op"], "sex": [1], "age": [60], "factor": [0.9]})
    baseline = NhpBaseline(outpatients=pl.DataFrame([CLINIC]), population=people, health=health)
    run = run_nhp(baseline, scenario({}, health_status=True), runs=3000)
    assert abs(total(run, Dataset.OUTPATIENTS, "attendances")[1:].mean() - 58.5) < 4 * math.sqrt(58.5 / 3000)
    with pytest.raises(InputError, match="no population of sex 1, age 61 in 2023 or 2025"):
        run_nhp(replace(baseline, outpatients=pl.DataFrame([CLINIC | {"age": 61}])), scenario({}))


def test_planning_grain_has_the_months_asked_for_and_the_years_total() -> None:
    shares = [0.02, 0.03, 0.05, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]
    rows = [{"speldur": at % 5, "tretspef_grouped": "100" if at % 2 else "300"} for at in range(400)]
    name = "general_los_reduction_elective"
    made = scenario({("efficiencies", "ip", name): 0.8}, {name: Efficiency(Kind.ALL)})
    (plan,) = plan_nhp(NhpBaseline(inpatients=spells(*rows)), made, shares={"ip_elective_admission": shares}, runs=600)
    admissions, days = plan.values[0].sum(axis=0)[0], plan.values[1].sum(axis=0)[0]
    for month, share in enumerate(shares):
        assert abs(admissions[month].mean() - 400 * share) < 4 * math.sqrt(400 * share / 600)
        mean, spread = 400 * (1 + 2 * 0.8), sum(80 * ((1 + 0.8 * n) ** 2 + n * 0.16) for n in range(5))
        assert abs(days[month].mean() - mean * share) < 4 * math.sqrt(spread * share / 600)
    assert abs(admissions.sum(axis=0).var() / 400 - 1) < 4 * math.sqrt(2 / 600)
    assert abs(np.corrcoef(admissions[3], admissions[4])[0, 1]) < 4 / math.sqrt(600)


def test_shares_of_months_must_be_twelve_that_sum_to_one() -> None:
    with pytest.raises(InputError, match=r"not twelve that sum to 1 \(there are 2; they sum to 1\)"):
        plan_nhp(NhpBaseline(outpatients=pl.DataFrame([CLINIC])), scenario({}), shares={"op_first": [0.5, 0.5]})


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"attendances": -1}, "the table outpatients, row 2: attendances is -1 (1 such rows)"),
        ({"tele_attendances": None}, "the table outpatients, row 2: tele_attendances is missing (1 such rows)"),
        ({"age": None}, "the table outpatients, row 2: age is missing (1 such rows)"),
    ],
)
def test_numbers_that_cannot_be_drawn_with_are_named(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError) as error:
        NhpBaseline(outpatients=pl.DataFrame([CLINIC, CLINIC | changed]))
    assert said in str(error.value)


def test_a_rate_above_one_and_a_missing_column_are_named() -> None:
    with pytest.raises(InputError, match=r"the table avoidance, row 1: sample_rate is 1.5"):
        NhpBaseline(inpatients=spells({}), avoidance=given((0, "a", 1.5)))
    with pytest.raises(InputError, match=r"the table op has no column hsagrp, ndggrp; give it"):
        NhpBaseline(outpatients=pl.DataFrame([CLINIC]).drop("hsagrp", "ndggrp"))


def test_providers_grow_with_their_own_population_and_are_told_apart() -> None:
    rows = pl.DataFrame([CLINIC, CLINIC | {"provider": "RBB", "sitetret": "S2"}])
    people = pl.DataFrame(
        [("principal", provider, year, 1, 60, 100.0 * (1 + (year - 2023) * pace))
         for provider, pace in (("RAA", 0.1), ("RBB", 0.4)) for year in (2023, 2025)],
        schema=["variant", "provider", "year", "sex", "age", "value"], orient="row",
    )  # fmt: skip
    run = run_nhp(NhpBaseline(outpatients=rows, population=people), scenario({}), runs=2000)
    for provider, expected in (("RAA", 60.0), ("RBB", 90.0)):
        made = total(run, Dataset.OUTPATIENTS, "attendances", provider=provider)[1:]
        assert abs(made.mean() - expected) < 4 * math.sqrt(expected / 2000)


@pytest.mark.parametrize(("kind", "level"), [("level_up", 1.5), ("level_down", 0.8)])
def test_inequalities_multiply_the_chosen_groups_of_elective_spells_only(kind: str, level: float) -> None:
    """By commissioner, resource group and deprivation; not for groups that are not chosen, nor for emergencies."""
    more = {"icb": "QAA", "imd_quintile": 1}
    rows = [more | {"sushrg_trimmed": code, "group": group} for code, group in
            (("AA11", "elective"), ("BB22", "elective"), ("AA11", "non-elective")) for _ in range(50)]  # fmt: skip
    table = pl.DataFrame(
        {
            "icb": "QAA",
            "sushrg_trimmed": ["AA11", "BB22"],
            "imd_quintile": 1,
            "level_up": 1.5,
            "zero_sum": 1.1,
            "level_down": 0.8,
        }
    )
    baseline = NhpBaseline(inpatients=spells(*rows), inequalities=table)
    run = run_nhp(baseline, scenario({}, inequalities={"AA11": kind}), runs=1500)
    expected = 100 + 50 * level
    assert abs(total(run, Dataset.INPATIENTS, "admissions")[1:].mean() - expected) < 4 * math.sqrt(expected / 1500)
    parts = run.bridge(Dataset.INPATIENTS).summary().filter(pl.col("change_factor") == "inequalities")
    assert parts.filter(pl.col("measure") == "admissions")["mean"].to_list() == [pytest.approx(50 * (level - 1))]
