"""Growth factors of nhp_model on the few keys that they depend on, and their product for each growth key."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from trigpoint.activity.nhp.baseline import NhpBaseline
from trigpoint.activity.nhp.coding import coded, column_codes, combined, numbered
from trigpoint.activity.nhp.parameters import Dataset, NhpParameters
from trigpoint.activity.nhp.sampling import Sampled, stream
from trigpoint.errors import InputError

Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.intp]

NORMAL_80 = 1.2815515655446004


@dataclass(frozen=True, slots=True, eq=False)
class Factor:
    """One factor: a table (rows × runs) and the row of each person key, or of each setting key."""

    name: str
    table: Floats
    of: Whole


@dataclass(frozen=True, slots=True, eq=False)
class GrowthKeys:
    """The distinct person keys and setting keys, the fixed ``level`` of each setting key, and what they are of."""

    dataset: Dataset
    person: pl.DataFrame
    setting: pl.DataFrame
    level: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Growth:
    """Growth of a kind of activity. A growth key is a person key (age, sex, health group …) with a setting key.

    ``person_of`` and ``setting_of`` are of each growth key; ``person`` and ``setting`` the factors of each side, whose
    ``of`` is of person keys and of setting keys. ``of`` is the growth key of each row of the baseline.
    """

    of: Whole
    person_of: Whole
    setting_of: Whole
    keys: GrowthKeys
    person: tuple[Factor, ...]
    setting: tuple[Factor, ...]

    def side(self, factors: tuple[Factor, ...], part: slice) -> Floats:
        """The product of one side's factors (keys × the runs of ``part``)."""
        product = factors[0].table[:, part][factors[0].of]
        for factor in factors[1:]:
            product = product * factor.table[:, part][factor.of]
        return product

    def product(self, part: slice) -> Floats:
        """The growth of each growth key in the runs of ``part``."""
        table: Floats = np.take(self.side(self.person, part), self.person_of, axis=0)
        table *= np.take(self.side(self.setting, part), self.setting_of, axis=0)
        return table


def growth_of(
    rows: pl.DataFrame, dataset: Dataset, baseline: NhpBaseline, parameters: NhpParameters, sampled: Sampled, seed: int
) -> Growth:
    """The growth keys of a table of activity, with their factors in every run.

    Raises ``InputError`` for a population projection without the baseline or the horizon year, or that misses ages.
    """
    people = ["demog_type", "sex", "age", "hsagrp"]
    if any(table is not None and "provider" in table.columns for table in (baseline.population, baseline.births)):
        people.insert(0, "provider")
    settings = [name for name in ("group", "tretspef_grouped", "is_main_icb", "is_wla", "ndggrp") if name in rows]
    level, level_of = _inequality(rows, dataset, baseline, parameters)
    person, person_row = coded(rows, people)
    setting_code = [column_codes(rows[name]) for name in settings]
    first, setting_row = numbered(combined([*setting_code, (level_of, len(level))]))
    setting = rows.select(settings)[first]
    key_first, of = numbered(combined([(person_row, person.height), (setting_row, setting.height)]))
    keys = GrowthKeys(dataset, person, setting, level[level_of[first]])
    sides = _sides(keys, baseline, parameters, sampled, seed)
    return Growth(of, person_row[key_first], setting_row[key_first], keys, *sides)


def at_horizon(growth: Growth, baseline: NhpBaseline, parameters: NhpParameters, sampled: Sampled, seed: int) -> Growth:
    """The same keys with the factors of another horizon year, or of other draws."""
    person, setting = _sides(growth.keys, baseline, parameters, sampled, seed)
    return replace(growth, person=person, setting=setting)


def _sides(
    keys: GrowthKeys, baseline: NhpBaseline, parameters: NhpParameters, sampled: Sampled, seed: int
) -> tuple[tuple[Factor, ...], tuple[Factor, ...]]:
    person, runs = keys.person, sampled.values.shape[1]
    factors = (
        _demographic("demographic_adjustment", "demographics", person, baseline.population, parameters, sampled),
        _demographic("birth_adjustment", "births", person, baseline.births, parameters, sampled),
        _health(person, baseline, parameters, runs, seed),
    )
    one = Factor("", np.ones((1, runs)), np.zeros(person.height, dtype=np.intp))
    said = tuple(factor for factor in factors if factor is not None)
    return said or (one,), _settings(keys.setting, keys.dataset, parameters, sampled, keys.level)


def _demographic(
    name: str, kind: str, person: pl.DataFrame, table: pl.DataFrame | None, parameters: NhpParameters, sampled: Sampled
) -> Factor | None:
    """Population at the horizon over population at the baseline, by variant; 1 for who is not of this kind."""
    concerned = (person["demog_type"].cast(pl.String) == kind).to_numpy()
    if table is None or not concerned.any():
        return None
    keys: list[str] = [key for key in ("provider", "sex", "age") if key in table.columns]
    distinct, row = coded(person, keys)
    needed = np.zeros(distinct.height, dtype=np.bool_)
    needed[row[concerned]] = True
    ratios = np.ones((distinct.height + 1, len(parameters.variants)))
    for at, (variant, _) in enumerate(parameters.variants):
        there = table.filter(pl.col("variant").cast(pl.String) == variant)
        before, after = (_values(distinct, there.filter(pl.col("year") == year), keys)
                         for year in (parameters.start_year, parameters.end_year))  # fmt: skip
        ratio = np.divide(after, before, out=np.full_like(before, np.nan), where=before > 0)
        missing = needed & ~np.isfinite(ratio)
        if missing.any():
            _missing(kind, variant, distinct[int(np.argmax(missing))], int(missing.sum()), parameters)
        ratios[:-1, at] = np.where(np.isfinite(ratio), ratio, 1.0)
    of = np.where(concerned, row, distinct.height)
    return Factor(name, ratios[:, sampled.variant], of)


def _values(distinct: pl.DataFrame, table: pl.DataFrame, keys: list[str]) -> Floats:
    sums = table.group_by(keys).agg(pl.col("value").sum()).with_columns(_like(distinct, keys))
    found = distinct.join(sums, on=keys, how="left", maintain_order="left")["value"]
    values: Floats = found.cast(pl.Float64).fill_null(np.nan).to_numpy()
    return values


def _like(frame: pl.DataFrame, keys: list[str]) -> list[pl.Expr]:
    return [pl.col(key).cast(frame.schema[key]) for key in keys]


def _missing(kind: str, variant: str, who: pl.DataFrame, number: int, parameters: NhpParameters) -> None:
    said = ", ".join(f"{name} {value}" for name, value in who.rows(named=True)[0].items())
    what = (f"the projection of {kind}, variant {variant}, has no population of {said} in {parameters.start_year} or "
            f"{parameters.end_year} ({number} of its ages and sexes lack one)")  # fmt: skip
    raise InputError(what, remedy="give every age and sex of the baseline in both years")


def _health(
    person: pl.DataFrame, baseline: NhpBaseline, parameters: NhpParameters, runs: int, seed: int
) -> Factor | None:
    """The factors of the editable table; 1 for who is not in it. One draw a sex moves all that are uncertain."""
    table = baseline.health
    if table is None or not parameters.health_status:
        return None
    if "year" in table.columns:
        table = table.filter(pl.col("year") == parameters.end_year)
    keys = ["hsagrp", "sex", "age"]
    limits = [name for name in ("low", "high") if name in table.columns]
    wanted = table.select(*_like(person, keys), "factor", *limits).unique(keys, keep="first")
    found = person.select(keys).join(wanted, on=keys, how="left", maintain_order="left")
    values = found["factor"].cast(pl.Float64).fill_null(1.0).to_numpy()
    drawn = np.repeat(values[:, None], runs, axis=1)
    if len(limits) == 2:
        spread = ((found["high"] - found["low"]) / (2 * NORMAL_80)).fill_null(0.0).to_numpy()
        for sex in person["sex"].unique():
            men = (person["sex"] == sex).to_numpy()
            drawn[men] += spread[men, None] * stream(seed, f"health_status/{sex}").standard_normal(runs)
    return Factor("health_status_adjustment", np.maximum(drawn, 0.0), np.arange(person.height))


def _settings(
    setting: pl.DataFrame, dataset: Dataset, parameters: NhpParameters, sampled: Sampled, level: Floats
) -> tuple[Factor, ...]:
    """Expatriation, repatriation, waiting list, baseline adjustment, non-demographic growth, inequalities."""
    last = len(sampled.values) - 1
    rows = setting.cast({name: pl.String for name, kind in setting.schema.items() if kind != pl.Boolean})
    named = rows.rows(named=True)
    kind = dataset.value

    def of(name: str, *columns: str) -> Whole:
        found = [sampled.row(name, kind, *(str(row[column]) for column in columns)) for row in named]
        return np.array(found, dtype=np.intp)

    deep = ("group", "tretspef_grouped")
    place = {Dataset.INPATIENTS: deep, Dataset.OUTPATIENTS: ("tretspef_grouped",), Dataset.EMERGENCY: ("group",)}[
        dataset
    ]
    main = np.array([bool(row["is_main_icb"]) for row in named], dtype=np.bool_)
    waiting = np.array([bool(row.get("is_wla", False)) for row in named], dtype=np.bool_)
    values = sampled.values
    factors = [
        Factor("expatriation", values, of("expat", *place)),
        Factor("repatriation", values, np.where(main, of("repat_local", *place), of("repat_nonlocal", *place))),
        Factor("baseline_adjustment", values, of("baseline_adjustment", *(place if kind != "op" else deep))),
        Factor("non-demographic_adjustment", values**parameters.years, of("non-demographic_adjustment", "ndggrp")),
    ]
    if dataset is not Dataset.EMERGENCY:
        listed = np.where(waiting, of("waiting_list_adjustment", "tretspef_grouped"), last)
        factors.append(Factor("waiting_list_adjustment", values, listed))
    if (level != 1).any():
        table = np.repeat(level[:, None], values.shape[1], axis=1)
        factors.append(Factor("inequalities", table, np.arange(len(level))))
    return tuple(factors)


def _inequality(
    rows: pl.DataFrame, dataset: Dataset, baseline: NhpBaseline, parameters: NhpParameters
) -> tuple[Floats, Whole]:
    """The fixed multiplier of each row's resource group, commissioner and deprivation: its values, and each row's."""
    table, chosen = baseline.inequalities, parameters.inequalities
    keys = ["icb", "sushrg_trimmed", "imd_quintile"]
    without = np.ones(1), np.zeros(rows.height, dtype=np.intp)
    if table is None or not chosen or any(key not in rows.columns or key not in table.columns for key in keys):
        return without
    wanted = pl.DataFrame({"sushrg_trimmed": list(chosen), "chosen": list(chosen.values())})
    kinds = [name for name in ("level_up", "zero_sum", "level_down") if name in table.columns]
    long = table.unpivot(kinds, index=keys, variable_name="chosen", value_name="level")
    long = long.join(wanted, on=["sushrg_trimmed", "chosen"], how="inner").unique(keys, keep="first")
    if long.is_empty():
        return without
    joined = rows.select(*keys, "group").join(
        long.with_columns(_like(rows, keys)), on=keys, how="left", maintain_order="left"
    )
    concerned = {Dataset.INPATIENTS: "elective", Dataset.OUTPATIENTS: "procedure"}.get(dataset, "")
    there = (joined["group"].cast(pl.String) == concerned).to_numpy()
    values = np.where(there, joined["level"].cast(pl.Float64).fill_null(1.0).to_numpy(), 1.0)
    level, of = np.unique(values, return_inverse=True)
    return level, of.astype(np.intp)
