"""The baseline that a scenario is run on: three tables of activity, who qualifies for what, and the projections."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from trigpoint.activity.nhp.parameters import Dataset
from trigpoint.errors import InputError

WHERE = ("provider", "pod", "sitetret")
"""What every result is told by."""
PERSON = ("sex", "age", "age_group")
GROWTH = ("demog_type", "hsagrp", "group", "is_main_icb", "ndggrp")
NEEDED = {
    Dataset.INPATIENTS: (
        "rn", *WHERE, *PERSON, *GROWTH, "tretspef", "tretspef_grouped", "is_wla", "speldur", "classpat", "admimeth",
        "has_procedure", "maternity_delivery_in_spell",
    ),
    Dataset.OUTPATIENTS: (
        *WHERE, *PERSON, *GROWTH, "tretspef", "tretspef_grouped", "is_wla", "type", "has_procedures", "is_first",
        "is_gp_ref", "is_cons_cons_ref", "attendances", "tele_attendances",
    ),
    Dataset.EMERGENCY: (
        *WHERE, *PERSON, *GROWTH, "acuity", "attendance_category", "is_adult", "is_frequent_attender",
        "is_left_before_treatment", "is_low_cost_referred_or_discharged", "is_discharged_no_treatment", "arrivals",
    ),
}  # fmt: skip
COUNTED: dict[str, dict[str, float | None]] = {
    "inpatients": {"speldur": None, "age": None, "sex": None},
    "outpatients": {"attendances": None, "tele_attendances": None, "age": None, "sex": None},
    "emergencies": {"arrivals": None, "age": None, "sex": None},
    "avoidance": {"sample_rate": 1.0},
    "population": {"value": None},
    "births": {"value": None},
    "health": {"factor": None},
}
"""Numbers that are drawn with, and the most that they may be."""
STRATEGY = ("rn", "strategy", "sample_rate")
POPULATION = ("variant", "year", "sex", "age", "value")


@dataclass(frozen=True, slots=True, eq=False)
class NhpBaseline:
    """One or several providers' base year. Tables may be ``None`` where a kind of activity is not modelled.

    ``inpatients`` has one row a spell (``speldur`` in nights), ``outpatients`` and ``emergencies`` are aggregated with
    their counts; ``avoidance`` and ``efficiencies`` are row × strategy × ``sample_rate``. ``population`` and ``births``
    are variant × year × sex × age × value (births by the mother's age), with ``provider`` where catchments differ.
    ``health`` is the editable table of health-status factors: hsagrp × sex × age × factor, with ``low`` and ``high``
    (80%) where they are uncertain and ``year`` where there are several. ``inequalities`` is icb × sushrg_trimmed ×
    imd_quintile with a column for each kind. Raises ``InputError`` for a column that is not there, and for a number
    that is missing, negative or a share above 1, with its table and row.
    """

    inpatients: pl.DataFrame | None = None
    outpatients: pl.DataFrame | None = None
    emergencies: pl.DataFrame | None = None
    avoidance: pl.DataFrame | None = None
    efficiencies: pl.DataFrame | None = None
    population: pl.DataFrame | None = None
    births: pl.DataFrame | None = None
    health: pl.DataFrame | None = None
    inequalities: pl.DataFrame | None = None

    def __post_init__(self) -> None:
        for dataset, columns in NEEDED.items():
            _check(self.table(dataset), tuple(name for name in columns if name != "provider"), dataset.value)
        _check(self.avoidance, STRATEGY, "avoidance")
        _check(self.efficiencies, STRATEGY, "efficiencies")
        _check(self.population, POPULATION, "population")
        _check(self.births, POPULATION, "births")
        _check(self.health, ("hsagrp", "sex", "age", "factor"), "health")
        for name, numbers in COUNTED.items():
            for column, most in numbers.items():
                _check_numbers(getattr(self, name), column, most, name)

    def table(self, dataset: Dataset) -> pl.DataFrame | None:
        """The activity of one kind, with an empty ``provider`` where there is none."""
        tables = (self.inpatients, self.outpatients, self.emergencies)
        found = dict(zip(Dataset, tables, strict=True))[dataset]
        if found is not None and "provider" not in found.columns:
            return found.with_columns(pl.lit("").alias("provider"))
        return found


def _check_numbers(table: pl.DataFrame | None, column: str, most: float | None, name: str) -> None:
    """Numbers that are drawn with must be there, not negative, and not above ``most``."""
    if table is None or table.is_empty():
        return
    value = pl.col(column)
    wrong = value.is_null() | (value < 0) | (value > most if most is not None else pl.lit(False))
    rows = table.select(wrong.arg_true()).to_series()
    if len(rows):
        first = table[column][int(rows[0])]
        said = "missing" if first is None else f"{first:g}"
        what = f"the table {name}, row {int(rows[0]) + 1}: {column} is {said} ({len(rows):,} such rows)"
        raise InputError(what, remedy="correct or leave out the rows")


def _check(table: pl.DataFrame | None, columns: tuple[str, ...], name: str) -> None:
    if table is None:
        return
    lacking = [column for column in columns if column not in table.columns]
    if lacking:
        what = f"the table {name} has no column {', '.join(lacking)}"
        raise InputError(what, remedy="give it, or leave the table out")


def inpatient_strategies(baseline: NhpBaseline, family: str, known: tuple[str, ...]) -> pl.DataFrame:
    """Row × strategy × rate of the strategies that are set, each once a row; empty where there are none."""
    table = baseline.avoidance if family == "activity_avoidance" else baseline.efficiencies
    if table is None:
        return pl.DataFrame(schema={"rn": pl.Int64, "strategy": pl.String, "sample_rate": pl.Float64})
    wanted = table.select(STRATEGY).filter(pl.col("strategy").cast(pl.String).is_in(known))
    return wanted.unique(subset=["rn", "strategy"], keep="first", maintain_order=True)


def outpatient_strategies(rows: pl.DataFrame) -> list[pl.Series]:
    """The strategies that could avoid each outpatient row, a column a family, null where it does not qualify."""
    kind = pl.col("type").cast(pl.String)
    first, treated = pl.col("is_first"), pl.col("has_procedures")
    conditions = {
        "followup_reduction_": ~first & ~treated,
        "consultant_to_consultant_reduction_": pl.col("is_cons_cons_ref"),
        "gp_referred_first_attendance_reduction_": pl.col("is_gp_ref") & first,
    }
    return _named(rows, conditions, kind)


def tele_strategy(rows: pl.DataFrame) -> pl.Series:
    """The conversion to telephone that each outpatient row qualifies for: all but procedures."""
    return _named(rows, {"convert_to_tele_": ~pl.col("has_procedures")}, pl.col("type").cast(pl.String))[0]


def emergency_strategies(rows: pl.DataFrame) -> list[pl.Series]:
    """The strategies that could avoid each A&E row, a column a family, null where it does not qualify."""
    who = pl.when("is_adult").then(pl.lit("adult_")).otherwise(pl.lit("child_")) + pl.col("group").cast(pl.String)
    conditions = {
        "frequent_attenders_": pl.col("is_frequent_attender"),
        "left_before_seen_": pl.col("is_left_before_treatment"),
        "low_cost_discharged_": pl.col("is_low_cost_referred_or_discharged"),
        "discharged_no_treatment_": pl.col("is_discharged_no_treatment"),
    }
    return _named(rows, conditions, who)


def _named(rows: pl.DataFrame, conditions: dict[str, pl.Expr], who: pl.Expr) -> list[pl.Series]:
    named = [
        pl.when(asked).then(pl.concat_str(pl.lit(name), who)).otherwise(None).alias(name)
        for name, asked in conditions.items()
    ]
    return rows.select(named).get_columns()
