"""What can become of each spell: kept as it is, shortened, or counted elsewhere; and how surely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from trigpoint.activity.nhp.baseline import PERSON, WHERE, NhpBaseline, inpatient_strategies
from trigpoint.activity.nhp.bridge import Shares
from trigpoint.activity.nhp.parameters import Dataset, Kind, NhpParameters
from trigpoint.activity.nhp.sampling import Sampled

Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.intp]

TARGETS = {Kind.DAY_CASE: "ip_elective_daycase", Kind.OUTPATIENT: "op_procedure", Kind.SDEC: "aae_type-05"}
GENERAL = {"1": "general_los_reduction_elective", "2": "general_los_reduction_emergency"}
"""What a spell of one night or more without any strategy of its own falls to, by how it was admitted."""


@dataclass(frozen=True, slots=True, eq=False)
class Options:
    """Each spell with each strategy that it may be given, one of k with probability 1/k; strategy −1 is none."""

    row: Whole
    strategy: Whole
    weight: Floats
    names: tuple[str, ...]
    kinds: tuple[Kind, ...]
    days: Whole
    leaf: Whole

    def of_kind(self, *kinds: Kind) -> NDArray[np.bool_]:
        """Whether each option's strategy is of one of some kinds."""
        asked = np.array([*(kind in kinds for kind in self.kinds), False], dtype=np.bool_)
        return asked[self.strategy]


def options_of(rows: pl.DataFrame, baseline: NhpBaseline, parameters: NhpParameters, sampled: Sampled) -> Options:
    """The strategies of each spell. A rate (``sample_rate``) is not used here, as nhp_model does not use it."""
    names = tuple(
        name for name in parameters.strategies("efficiencies", Dataset.INPATIENTS) if name in parameters.kinds
    )
    known = pl.DataFrame({"strategy": names, "at": np.arange(len(names))}, schema_overrides={"strategy": pl.String})
    numbers = rows.select("rn").with_row_index("row")
    given = inpatient_strategies(baseline, "efficiencies", names).with_columns(pl.col("rn").cast(rows.schema["rn"]))
    joined = given.join(known, on="strategy").join(numbers, on="rn").sort("row", "at")
    row, strategy = joined["row"].to_numpy().astype(np.intp), joined["at"].to_numpy().astype(np.intp)
    choices = np.bincount(row, minlength=rows.height)
    rest = np.flatnonzero(choices == 0)
    place = {name: at for at, name in enumerate(names)}
    method = rows["admimeth"].cast(pl.String).str.slice(0, 1)
    staying = (rows["speldur"] > 0) & (rows["classpat"].cast(pl.String) == "1")
    general = np.full(rows.height, -1, dtype=np.intp)
    for start, name in GENERAL.items():
        general[(staying & (method == start)).to_numpy()] = place.get(name, -1)
    return Options(
        np.concatenate([row, rest]), np.concatenate([strategy, general[rest]]),
        np.concatenate([1 / choices[row], np.ones(len(rest))]), names,
        tuple(parameters.kinds[name].kind for name in names),
        np.array([parameters.kinds[name].days for name in names], dtype=np.intp),
        np.array([sampled.row("efficiencies", "ip", name) for name in names], dtype=np.intp),
    )  # fmt: skip


def outcome_shares(options: Options) -> Shares:
    """The probability of each outcome: 0 certain, then φ of each strategy, then 1 − φ of each."""
    number = len(options.names)
    alpha = np.concatenate([[1.0], np.zeros(number), np.ones(number)])
    beta = np.concatenate([[0.0], np.ones(number), -np.ones(number)])
    leaf = np.concatenate([[0], options.leaf, options.leaf]).astype(np.intp)
    return Shares(alpha, beta, leaf, np.full(len(alpha), -1, dtype=np.intp), ())


@dataclass(frozen=True, slots=True, eq=False)
class Outcomes:
    """Each option with each of its outcomes. ``binomial`` is 1 + the strategy that thins the nights, 0 for none.

    ``pod`` is where it is counted, −1 for where it was, else the place in ``TARGETS``; ``nights`` are those left.
    """

    option: Whole
    outcome: Whole
    pod: Whole
    nights: Whole
    binomial: Whole


def outcomes_of(options: Options, nights: Whole) -> Outcomes:
    """What becomes of the spells, by kind: shortened night by night, by the days before the operation, or moved."""
    number = len(options.names)
    stay = nights[options.row]
    everyone = np.arange(len(options.row))
    thinned = options.of_kind(Kind.ALL) & (stay > 0)
    split = options.of_kind(Kind.PRE_OP, *TARGETS)
    other = np.flatnonzero(split)
    kinds = np.array([list(TARGETS).index(kind) if kind in TARGETS else -1 for kind in (*options.kinds, Kind.ALL)])
    pod = kinds[options.strategy[other]]
    days = np.append(options.days, 0)[options.strategy[other]]
    shorter = np.where(pod < 0, np.maximum(stay[other] - days, 0), 0)
    return Outcomes(
        np.concatenate([everyone, other]),
        np.concatenate([np.where(split, 1 + options.strategy, 0), 1 + number + options.strategy[other]]),
        np.concatenate([np.full(len(everyone), -1, dtype=np.intp), pod]),
        np.concatenate([stay, shorter]),
        np.concatenate([np.where(thinned, 1 + options.strategy, 0), np.zeros(len(other), dtype=np.intp)]),
    )


CELL = (*WHERE, *PERSON, "tretspef", "tretspef_grouped", "delivery", "treated", "told")


def cell_frame(rows: pl.DataFrame, options: Options, outcomes: Outcomes) -> pl.DataFrame:
    """The keys of each outcome's draw cell. ``told`` is false where no bed day and no procedure is counted."""
    wanted = rows.select(
        *WHERE, *PERSON, "tretspef", "tretspef_grouped", pl.col("maternity_delivery_in_spell").alias("delivery"),
        pl.col("has_procedure").cast(pl.Boolean).alias("treated"),
    )[options.row[outcomes.option]]  # fmt: skip
    pods = pl.Series("target", [None, *TARGETS.values()], dtype=pl.String)[(outcomes.pod + 1)]
    same_day = list(TARGETS).index(Kind.SDEC)
    frame = wanted.with_columns(
        target=pods, elsewhere=pl.Series(outcomes.pod == same_day), nights=outcomes.nights, binomial=outcomes.binomial
    )
    told = pl.col("target").is_null() | (pl.col("target") == TARGETS[Kind.DAY_CASE])
    other = pl.lit("Other")
    return frame.with_columns(
        pl.coalesce("target", pl.col("pod").cast(pl.String)).alias("pod"),
        *(pl.when("elsewhere").then(other).otherwise(pl.col(name).cast(pl.String)).alias(name)
          for name in ("tretspef", "tretspef_grouped")),
        told.alias("told"), (pl.col("treated") & told).alias("treated"),
        (pl.col("binomial") == 0).alias("fixed"),
    ).drop("target", "elsewhere")  # fmt: skip


def admission_shares(options: Options) -> tuple[Shares, Whole]:
    """What is left of admissions by conversion, as rows of shares, and each option's row."""
    number = len(options.names)
    moved = np.array([kind in TARGETS for kind in options.kinds], dtype=np.bool_)
    alpha = np.concatenate([[1.0], np.where(moved, 0.0, 1.0)])
    beta = np.concatenate([[0.0], np.where(moved, 1.0, 0.0)])
    leaf = np.concatenate([[0], options.leaf]).astype(np.intp)
    return Shares(alpha, beta, leaf, np.arange(-1, number), options.names), options.strategy + 1


def bed_day_shares(options: Options, nights: Whole) -> tuple[Shares, Whole]:
    """What is left of bed days (nights + 1), by strategy and nights, and each option's row."""
    stay = nights[options.row]
    most = int(stay.max(initial=0)) + 1
    code = np.where(options.strategy < 0, 0, 1 + options.strategy * most + stay)
    distinct, of = np.unique(code, return_inverse=True)
    if distinct[0] != 0:
        distinct, of = np.append(0, distinct), of + 1
    strategy = np.where(distinct == 0, -1, (distinct - 1) // most)
    length = np.where(distinct == 0, 0, (distinct - 1) % most)
    kinds = np.array([*(list(Kind).index(kind) for kind in options.kinds), -1])[strategy]
    days = np.append(options.days, 0)[strategy]
    lost = np.select(
        [kinds == list(Kind).index(Kind.ALL), kinds == list(Kind).index(Kind.PRE_OP), kinds >= 0],
        [length, np.minimum(days, length), length + 1], 0,
    ) / (length + 1)  # fmt: skip
    leaf = np.append(options.leaf, 0)[strategy].astype(np.intp)
    return Shares(1 - lost, lost, leaf, strategy.astype(np.intp), options.names), of.astype(np.intp)
