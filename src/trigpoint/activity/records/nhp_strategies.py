"""Which made spells qualify for which strategies; they overlap as real ones do: some rows qualify for several."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

ADULT = pl.col("age") >= 18
EMERGENCY = pl.col("group") == "non-elective"
ELECTIVE = pl.col("group") == "elective"
OVERNIGHT = pl.col("speldur") > 0
ORDINARY = pl.col("classpat") == "1"
OLD = pl.col("age") >= 65
OLDER = pl.col("age") >= 75
TREATED = pl.col("has_procedure")


@dataclass(frozen=True, slots=True)
class Strategy:
    """A strategy, whom it can touch, the share of them that it does, and the shares of a row attributable to it."""

    name: str
    among: pl.Expr
    share: float
    rates: tuple[float, ...] = (1.0,)


_ALCOHOL = tuple(round(0.02 + 0.03 * at, 2) for at in range(30))
_SMOKING = tuple(round(0.05 + 0.04 * at, 2) for at in range(20))
_OBESITY = tuple(round(0.1 + 0.05 * at, 2) for at in range(12))


def _of_functions(*codes: str) -> pl.Expr:
    return pl.col("tretspef").is_in(codes)


AVOIDANCE = (
    Strategy("alcohol_partially_attributable_acute", EMERGENCY & ADULT, 0.03, _ALCOHOL),
    Strategy("alcohol_partially_attributable_chronic", ADULT & ~TREATED, 0.13, _ALCOHOL),
    Strategy("alcohol_wholly_attributable", EMERGENCY & ADULT, 0.015),
    Strategy("ambulatory_care_conditions_acute", EMERGENCY, 0.07),
    Strategy("ambulatory_care_conditions_chronic", EMERGENCY & ADULT, 0.05),
    Strategy("ambulatory_care_conditions_vaccine_preventable", EMERGENCY & ADULT, 0.04),
    Strategy("cancelled_operations", ELECTIVE & ~TREATED, 0.2),
    Strategy("eol_care_2_days", EMERGENCY & ADULT & (pl.col("speldur") <= 2), 0.012),
    Strategy("eol_care_3_to_14_days", EMERGENCY & ADULT & pl.col("speldur").is_between(3, 14), 0.04),
    Strategy("evidence_based_interventions_ent", ELECTIVE & _of_functions("120"), 0.08),
    Strategy("evidence_based_interventions_general_surgery", ELECTIVE & _of_functions("100"), 0.05),
    Strategy("evidence_based_interventions_gi_surgical", ELECTIVE & _of_functions("100", "104", "105", "106"), 0.06),
    Strategy("evidence_based_interventions_msk", ELECTIVE & _of_functions("110", "108"), 0.09),
    Strategy("evidence_based_interventions_urology", ELECTIVE & _of_functions("101"), 0.04),
    Strategy("evidence_based_interventions_vascular_varicose_veins", ELECTIVE & _of_functions("107"), 0.1),
    Strategy("falls_related_admissions", EMERGENCY & OLD, 0.09),
    Strategy("frail_elderly_high", EMERGENCY & OLDER, 0.14),
    Strategy("frail_elderly_intermediate", EMERGENCY & OLDER, 0.2),
    Strategy("intentional_self_harm", EMERGENCY & (pl.col("age") >= 10), 0.012),
    Strategy("medically_unexplained_related_admissions", EMERGENCY & ADULT, 0.05),
    Strategy("medicines_related_admissions_explicit", EMERGENCY & ADULT, 0.015),
    Strategy("medicines_related_admissions_implicit_anti-diabetics", EMERGENCY & OLD, 0.006),
    Strategy("medicines_related_admissions_implicit_benzodiasepines", EMERGENCY & OLD, 0.02),
    Strategy("medicines_related_admissions_implicit_diurectics", EMERGENCY & OLD, 0.02),
    Strategy("medicines_related_admissions_implicit_nsaids", EMERGENCY & OLD, 0.006),
    Strategy("obesity_related_admissions", ADULT, 0.02, _OBESITY),
    Strategy("raid_ae", EMERGENCY & ADULT & (pl.col("speldur") <= 1), 0.03),
    Strategy("readmission_within_28_days", EMERGENCY, 0.11),
    Strategy("smoking", pl.col("age") >= 35, 0.09, _SMOKING),
    Strategy("virtual_wards_activity_avoidance_ari", EMERGENCY & ADULT, 0.05),
    Strategy("virtual_wards_activity_avoidance_heart_failure", EMERGENCY & ADULT, 0.02),
    Strategy("zero_los_no_procedure_adult", EMERGENCY & ADULT & ~OVERNIGHT & ~TREATED, 0.9),
    Strategy("zero_los_no_procedure_child", EMERGENCY & ~ADULT & ~OVERNIGHT & ~TREATED, 0.9),
)
_DAY, _STAY = ELECTIVE & TREATED & (pl.col("speldur") == 0), ELECTIVE & ORDINARY & TREATED
EFFICIENCIES = (
    Strategy("day_procedures_occasionally_dc", _STAY, 0.1),
    Strategy("day_procedures_usually_dc", _STAY, 0.2),
    Strategy("day_procedures_occasionally_op", _STAY | _DAY, 0.02),
    Strategy("day_procedures_usually_op", _STAY | _DAY, 0.04),
    Strategy("emergency_elderly", EMERGENCY & OLDER & OVERNIGHT, 1.0),
    Strategy("enhanced_recovery_bladder", _STAY & OVERNIGHT & _of_functions("101"), 0.02),
    Strategy("enhanced_recovery_breast", _STAY & OVERNIGHT & _of_functions("103"), 0.6),
    Strategy("enhanced_recovery_colectomy", _STAY & OVERNIGHT & _of_functions("104", "100"), 0.1),
    Strategy("enhanced_recovery_hip", _STAY & OVERNIGHT & _of_functions("110"), 0.25),
    Strategy("enhanced_recovery_hysterectomy", _STAY & OVERNIGHT & _of_functions("502"), 0.15),
    Strategy("enhanced_recovery_knee", _STAY & OVERNIGHT & _of_functions("110"), 0.25),
    Strategy("enhanced_recovery_prostate", _STAY & OVERNIGHT & _of_functions("101"), 0.06),
    Strategy("enhanced_recovery_rectum", _STAY & OVERNIGHT & _of_functions("104", "100"), 0.05),
    Strategy("excess_beddays_elective", _STAY & (pl.col("speldur") > 8), 1.0),
    Strategy("excess_beddays_emergency", EMERGENCY & (pl.col("speldur") > 21), 1.0),
    Strategy("pre-op_los_1-day", _STAY & (pl.col("speldur") >= 2), 0.06),
    Strategy("pre-op_los_2-day", _STAY & (pl.col("speldur") >= 3), 0.03),
    Strategy("raid_ip", EMERGENCY & OVERNIGHT & OLD, 0.12),
    Strategy("same_day_emergency_care_low", EMERGENCY & ADULT & (pl.col("speldur") <= 2), 0.08),
    Strategy("same_day_emergency_care_moderate", EMERGENCY & ADULT & (pl.col("speldur") <= 2), 0.09),
    Strategy("same_day_emergency_care_high", EMERGENCY & ADULT & (pl.col("speldur") <= 2), 0.1),
    Strategy("same_day_emergency_care_very_high", EMERGENCY & ADULT & (pl.col("speldur") <= 2), 0.05),
    Strategy("stroke_early_supported_discharge", EMERGENCY & ADULT & OVERNIGHT, 0.015),
    Strategy("virtual_wards_efficiencies_ari", EMERGENCY & ADULT & OVERNIGHT, 0.05),
    Strategy("virtual_wards_efficiencies_heart_failure", EMERGENCY & ADULT & OVERNIGHT, 0.02),
)


def avoidance_of(inpatients: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Rows (``rn``), strategies that could avoid them, and the share of a row attributable to each."""
    return _qualifying(inpatients, AVOIDANCE, np.random.default_rng([seed, 21]))


def efficiencies_of(inpatients: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Rows (``rn``) and strategies that could shorten or convert them; the general reductions of length of stay are
    for those without any, and do not stand here."""
    return _qualifying(inpatients, EFFICIENCIES, np.random.default_rng([seed, 22]))


def _qualifying(rows: pl.DataFrame, strategies: tuple[Strategy, ...], rng: np.random.Generator) -> pl.DataFrame:
    """Each row has a proneness, of mean 1, that all strategies share: that makes them overlap."""
    prone = rng.gamma(1.5, 1 / 1.5, rows.height)
    masks = rows.select(one.among.alias(one.name) for one in strategies)
    parts = []
    for one in strategies:
        chance = 1.0 if one.share == 1 else one.share * prone
        there = np.flatnonzero(masks[one.name].to_numpy() & (rng.random(rows.height) < chance))
        rates = np.array(one.rates)[rng.integers(0, len(one.rates), len(there))]
        parts.append(
            pl.DataFrame({"rn": rows["rn"].gather(there), "strategy": [one.name] * len(there), "sample_rate": rates})
        )
    return pl.concat(parts).sort("rn", "strategy")
