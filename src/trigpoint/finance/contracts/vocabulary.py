"""The names by which contracts call mechanisms and their terms, each with the one name that we use."""

from __future__ import annotations

import re
from collections.abc import Mapping

from trigpoint.finance.contracts.mechanism import MechanismKind

KINDS: Mapping[MechanismKind, str] = {
    MechanismKind.BLOCK: "block block_contract fixed fixed_payment low_volume_activity_block low_volume_activity lva",
    MechanismKind.COST_PER_CASE: "cost_per_case cost_and_volume payment_by_results pbr activity_based tariff",
    MechanismKind.CAP_COLLAR: "cap_collar cap_and_collar cap_collar_share cap_and_collar_share "
    "risk_share collar_and_cap",
    MechanismKind.TIERED: "tiered tiered_corridor tiered_corridors corridor corridors tiers",
    MechanismKind.MARGINAL_RATE: "marginal_rate marginal mret marginal_rate_emergency_tariff",
    MechanismKind.BLENDED: "blended blended_payment",
    MechanismKind.API: "aligned_payment api aligned_payment_and_incentive aligned_payment_incentive aligned "
    "api_fixed_and_variable api_fixed_variable fixed_and_variable fixed_variable",
    MechanismKind.AMBULANCE: "three_part_ambulance ambulance three_part 3_part_ambulance",
    MechanismKind.GAIN_LOSS: "gain_loss gain_loss_share gain_share gain_and_loss_share gainshare gain_share_loss_share",
    MechanismKind.OUTCOMES: "outcome_linked outcomes outcomes_linked outcome "
    "outcome_based outcomes_based outcome_payment",
    MechanismKind.CQUIN: "cquin commissioning_for_quality_and_innovation",
    MechanismKind.QUALITY_PREMIUM: "quality_premium qp",
    MechanismKind.READMISSIONS: "readmissions_withheld readmissions readmission "
    "readmission_withheld emergency_readmissions readmissions_30_day 30_day_readmissions",
}  # fmt: skip

_ACTIVITY = {
    "planned_gbp": "planned_gbp plan_gbp planned_value planned_value_gbp "
    "plan_value activity_plan_gbp planned_activity_gbp",
    "planned_units": "planned_units plan_units planned_activity_units u0 units_planned",
    "price_gbp": "price_gbp price unit_price unit_price_gbp price_per_unit tariff p gbp_per_unit",
    "plan": "plan planned activity_plan planned_activity",
    "actual_gbp": "actual_gbp actual_value actual_value_gbp activity_gbp activity_value",
    "actual_units": "actual_units units u units_actual activity_units",
    "actual": "actual activity activity_actual actual_activity outturn",
}
_CORRIDOR = {
    "cap": "cap cap_width above width_above upper",
    "collar": "collar floor_width collar_width below width_below lower",
    "cap_gbp": "cap_gbp cap_value upper_gbp",
    "collar_gbp": "collar_gbp collar_value lower_gbp",
    "width": "width c cap_collar cap_and_collar collar_cap band corridor tolerance",
    "share_above": "share_above share_over s_above share_above_cap rate_above cap_share",
    "share_below": "share_below share_under s_below share_below_collar rate_below collar_share",
    "share": "share s risk_share shares",
}
_POOL = {
    "pool_gbp": "pool_gbp pool incentive_pool incentive_pool_gbp incentive incentive_gbp incentive_value "
    "pool_value max_gbp",
}
_SCORED = {
    "score": "score weighted_score weighted_achievement overall_score sum_w sum_w_clip scored weighted attainment "
    "weighted_attainment weighted_sum composite composite_score total_score",
    "measures": "measures measure outcomes indicators goals metrics",
    "weights": "weights weight w",
    "baselines": "baselines baseline b base minimum min mins minima",
    "targets": "targets target t maximum max maxs maxima goal",
    "achieved": "achieved achievement achievements actual actuals a scores reached",
    "floor": "floor threshold minimum_score min_score",
}
_OF_CONTRACT = {
    "contract_gbp": "contract_gbp acv annual_contract_value contract contract_value contract_value_gbp acv_gbp",
    "percentage": "percentage pct percent cquin_pct cquin_share share rate",
}

TERMS: Mapping[MechanismKind, Mapping[str, str]] = {
    MechanismKind.BLOCK: {
        "block_gbp": "block_gbp block value value_gbp fixed fixed_gbp amount "
        "amount_gbp annual_value contract_value contract gbp",
        "history_gbp": "history_gbp history past_years last_three_years three_years",
        **_ACTIVITY,
    },
    MechanismKind.COST_PER_CASE: {
        **_ACTIVITY,
        "lines": "lines prices cases activity_lines services",
        "factor": "factor market_forces_factor market_forces mff",
        "adjustment_gbp": "adjustment_gbp adjustment adjustments best_practice best_practice_gbp bpt top_up top_up_gbp",
    },
    MechanismKind.CAP_COLLAR: {**_ACTIVITY, **_CORRIDOR},
    MechanismKind.TIERED: {
        **_ACTIVITY,
        "tiers_over": "tiers_over over tiers_above above over_tiers",
        "tiers_under": "tiers_under under tiers_below below under_tiers",
        "tiers": "tiers slices both tiers_both over_under over_and_under tiers_over_under tiers_over_and_under",
    },
    MechanismKind.MARGINAL_RATE: {
        **_ACTIVITY,
        "baseline_gbp": "baseline_gbp baseline baseline_value base threshold threshold_gbp b",
        "baseline_units": "baseline_units threshold_units",
        "rate": "rate marginal_rate marginal r rate_above",
    },
    MechanismKind.BLENDED: {
        **_ACTIVITY,
        "fixed_gbp": "fixed_gbp fixed block block_gbp f fixed_payment",
        "rate_over": "rate_over over rate_above above r_over share_above share_over over_rate",
        "rate_under": "rate_under under rate_below below r_under share_below share_under under_rate",
        "rate": "rate marginal_rate marginal r share",
    },
    MechanismKind.API: {
        **_ACTIVITY,
        "fixed_gbp": "fixed_gbp fixed f fixed_payment block block_gbp",
        "lines": "lines elective elective_lines variable elective_gbp variable_gbp elective_activity",
        "outpatient_lines": "outpatient_lines outpatient outpatients outpatient_first first_outpatient "
        "first_outpatients op_first opfa op outpatient_procedures procedures first_attendances",
        "day_case_lines": "day_case_lines day_case day_cases daycase daycases",
        "other_lines": "other_lines other_variable other_activity diagnostics unbundled chemotherapy",
        "rate": "rate variable_rate share",
        "best_practice_gbp": "best_practice_gbp best_practice bpt bpt_gbp "
        "best_practice_adjustments best_practice_adjustment best_practice_tariff bpt_adjustment bpt_adj "
        "adjustment adjustments adjustment_gbp",
        "cquin": "cquin cquin_gbp cquin_pool cquin_value cquin_pool_gbp cquin_share cquin_pct cquin_percentage "
        "cquin_at_risk cquin_at_risk_gbp cquin_rate",
        "achieved": "achieved cquin_achieved achievement cquin_achievement cquin_score score",
        "withheld_gbp": "withheld_gbp withheld cquin_withheld cquin_not_achieved cquin_not_achieved_gbp "
        "cquin_deduction cquin_deduction_gbp cquin_lost not_achieved not_achieved_gbp",
    },
    MechanismKind.AMBULANCE: {
        **_ACTIVITY,
        **_CORRIDOR,
        **_POOL,
        "block_gbp": "block_gbp block fixed fixed_gbp block_value",
        "score": "score incentive_score achieved achievement",
    },
    MechanismKind.GAIN_LOSS: {
        "target_gbp": "target_gbp target budget budget_gbp target_cost whole_population_budget plan planned_gbp",
        "actual_gbp": "actual_gbp actual actual_cost activity activity_gbp cost outturn",
        "dead_band": "dead_band dead deadband band tolerance dead_band_gbp t",
        "gain_share": "gain_share gain gain_rate g share_of_gain",
        "loss_share": "loss_share loss loss_rate l share_of_loss",
        "gain_cap": "gain_cap gaincap cap_gain gain_cap_gbp gain_limit",
        "loss_cap": "loss_cap losscap cap_loss loss_cap_gbp loss_limit",
        "share": "share shares rate s",
        "cap": "cap caps cap_gbp",
        "quality_gate": "quality_gate gate gate_passed quality_gate_passed",
        "multiplier": "multiplier mult quality_multiplier quality m",
    },
    MechanismKind.OUTCOMES: {**_POOL, **_SCORED, **_OF_CONTRACT},
    MechanismKind.CQUIN: {**_POOL, **_SCORED, **_OF_CONTRACT},
    MechanismKind.QUALITY_PREMIUM: {
        "population": "population pop people registered_population n",
        "per_head_gbp": "per_head_gbp per_head gbp_per_head rate_per_head head price price_gbp rate",
        "met": "met weights_met weight_met met_weights met_weight sum_weights_met "
        "sum_met score achieved sum_w_met sum_of_weights_met w_met",
        "weights": "weights weight w",
        "measures": "measures measure indicators",
        "deductions": "deductions deduction deducted constitution constitution_deductions constitution_deduction "
        "sum_deductions penalties penalty less",
        "pool_gbp": "pool_gbp pool maximum maximum_gbp max_gbp max",
    },
    MechanismKind.READMISSIONS: {
        **_ACTIVITY,
        "value_gbp": "value_gbp value readmission_value readmissions_value "
        "readmission_value_gbp 30_day_readmission_value "
        "readmissions_30_day readmissions value_of_readmissions readmissions_within_30_days 30_day_readmissions "
        "value_of_30_day_readmissions value_30d value_30_d value_30_days value_30_day 30d_value 30_day_value",
        "avoidable": "avoidable avoidable_share avoidable_pct avoidable_rate avoidable_proportion avoidable_fraction "
        "proportion_avoidable share_avoidable preventable share rate pct",
    },
}  # fmt: skip
"""Of each mechanism: our name of a term, and every name that is read as it. Longer lists come first where two share a
name: the first to claim it has it."""

STATED: Mapping[str, str] = {
    "id": "id case",
    "name": "name title label",
    "source": "source",
    "author": "author owner entered_by",
    "on": "on date",
    "note": "note notes comment remark description",
    "illustrative": "illustrative",
}
_GENERIC = re.compile(
    r"_(?:payment|payments|contract|mechanism|agreement|share|tariff|scheme|withheld|withhold|withholding|"
    r"non_payment|penalty|penalties|pool|value|deduction)$"
)
SYMBOLS = {"P": "plan", "A": "actual", "F": "fixed_gbp", "B": "block_gbp"}
"""The capitals by which formulas call terms; small letters are other terms (p is a price)."""
NAMING = ("kind", "mechanism", "type", "payment_mechanism", "mechanism_kind")
"""Under which of these keys a file says what it is."""


def plain_key(key: str) -> str:
    """A key as it is looked up: lower case, everything but letters and digits as one underscore.

    >>> plain_key("Cap / collar (£)"), plain_key("30-day readmission value")
    ('cap_collar', '30_day_readmission_value')
    """
    return re.sub(r"[^a-z0-9]+", "_", key.casefold().replace("&", " and ").replace("₀", "0")).strip("_")


def kind_named(word: str) -> MechanismKind | None:
    """The mechanism that a word means; ``None`` where nobody knows it.

    >>> kind_named("Aligned Payment and Incentive"), kind_named("cap_collar_share").value
    (<MechanismKind.API: 'aligned_payment'>, 'cap_collar')
    """
    plainly = plain_key(word)
    while plainly not in _KIND_OF and _GENERIC.search(plainly):
        plainly = _GENERIC.sub("", plainly)
    return _KIND_OF.get(plainly)


def term_named(kind: MechanismKind, key: str) -> str | None:
    """Our name of a mechanism's term; ``None`` where the mechanism has no such term.

    >>> term_named(MechanismKind.GAIN_LOSS, "gaincap"), term_named(MechanismKind.BLOCK, "gaincap")
    ('gain_cap', None)
    """
    symbol = SYMBOLS.get(key.strip())
    return symbol if symbol in TERMS[kind] else _TERM_OF[kind].get(plain_key(key))


def term_names(kind: MechanismKind) -> tuple[str, ...]:
    """The terms that a mechanism knows, by our names."""
    return tuple(name for name in TERMS[kind] if name not in ("plan", "actual"))


def _by_word(names: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {name: name for name in names}
    for name, words in names.items():
        for word in words.split():
            found.setdefault(word, name)
    return found


_KIND_OF = {word: kind for kind, words in KINDS.items() for word in words.split()}
_TERM_OF = {kind: _by_word({**names, **STATED}) for kind, names in TERMS.items()}
