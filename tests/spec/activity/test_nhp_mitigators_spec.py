"""The mitigators of the New Hospital Programme's model: all there, each readable, each a scheme or told why not."""

from __future__ import annotations

from collections import Counter

import pytest

from trigpoint.activity.assumptions.filter_text import filter_text, read_filter
from trigpoint.activity.assumptions.filters import Asked
from trigpoint.activity.assumptions.scheme import Effect
from trigpoint.activity.nhp.mitigators import load_mitigators, mitigator_of, scheme_of
from trigpoint.activity.nhp.parameters import Dataset, Interval
from trigpoint.activity.records.fields import BY_NAME, Kind
from trigpoint.activity.records.nhp_strategies import AVOIDANCE, EFFICIENCIES
from trigpoint.errors import InputError

ALL = load_mitigators()
FAMILIES = {("ip", "activity_avoidance"): 33, ("ip", "efficiencies"): 27, ("op", "activity_avoidance"): 12,
            ("op", "efficiencies"): 4, ("aae", "activity_avoidance"): 16}  # fmt: skip
GROUPS = {"IP-AA": 33, "IP-EF": 27, "OP-AA": 12, "OP-EF": 4, "AE-AA": 16}
STEMS = {
    "alcohol": 3, "ambulatory_care": 3, "cancelled": 1,
    "eol_care": 2, "evidence_based": 6, "falls": 1, "frail": 2,
    "intentional_self_harm": 1, "medically_unexplained": 1, "medicines": 5, "obesity": 1, "raid_ae": 1,
    "readmission": 1,
    "smoking": 1, "virtual_wards_activity": 2, "zero_los": 2, "day_procedures": 4, "emergency_elderly": 1,
    "enhanced": 8,
    "excess_beddays": 2, "general_los": 2, "pre-op": 2, "raid_ip": 1, "stroke": 1, "virtual_wards_eff": 2,
    "same_day": 4,
    "consultant_to_consultant": 4, "followup": 4, "gp_referred": 4, "convert_to_tele": 4, "discharged_no_treatment": 4,
    "frequent_attenders": 4, "left_before_seen": 4, "low_cost": 4,
}  # fmt: skip


def test_there_are_92_by_family() -> None:
    assert len(ALL) == len({one.code for one in ALL}) == len({one.name for one in ALL}) == 92
    assert Counter((one.dataset.value, one.family) for one in ALL) == FAMILIES
    assert Counter(one.code[:5] for one in ALL) == GROUPS


@pytest.mark.parametrize(("stem", "number"), STEMS.items())
def test_each_family_has_its_number(stem: str, number: int) -> None:
    assert sum(one.name.startswith(stem) for one in ALL) == number
    assert sum(STEMS.values()) == 92


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.code)
def test_each_says_its_cohort_in_open_fields_or_what_is_lacking(one) -> None:  # type: ignore[no-untyped-def]
    assert one.is_expressible or one.lacks
    assert read_filter(filter_text(one.where)) == one.where
    for condition in one.where.conditions:
        field = BY_NAME[condition.attribute]
        if condition.test in (Asked.AT_LEAST, Asked.AT_MOST):
            assert field.kind is Kind.WHOLE
        elif field.kind is Kind.FLAG:
            assert condition.values in (("yes",), ("no",))
        elif field.values:
            assert set(condition.values) <= set(field.values)


def test_most_can_be_said_in_the_open_fields() -> None:
    lacking = {one.code for one in ALL if not one.is_expressible}
    assert lacking == {"IP-AA-021", "IP-AA-022", "IP-AA-023", "IP-AA-024", "IP-AA-025", "IP-EF-018", "IP-EF-019"}


def test_the_made_baseline_uses_their_names() -> None:
    names = {one.name for one in ALL if one.dataset is Dataset.INPATIENTS}
    assert {one.name for one in (*AVOIDANCE, *EFFICIENCIES)} <= names


@pytest.mark.parametrize(
    ("code", "effect", "to"),
    [("IP-AA-005", Effect.SHARE, None), ("IP-EF-009", Effect.LENGTH_OF_STAY, None), ("IP-EF-028", Effect.SHARE, "A&E"),
     ("IP-EF-007", Effect.SHARE, "Day case"), ("IP-EF-008", Effect.SHARE, "Out-patient procedure")],
)  # fmt: skip
def test_each_kind_is_a_scheme(code: str, effect: Effect, to: str | None) -> None:
    scheme = scheme_of(mitigator_of(code), Interval(0.7, 0.9))
    assert scheme.effect is effect
    assert (scheme.shift.pod if scheme.shift else None) == to
    assert (round(scheme.amount.value, 9), round(scheme.amount.low or 0, 9), round(scheme.amount.high or 0, 9)) == (
        0.2,
        0.1,
        0.3,
    )
    assert scheme.where == mitigator_of(code).where


def test_days_before_an_operation_are_a_share_of_the_mean_stay() -> None:
    scheme = scheme_of(mitigator_of("pre-op_los_2-day"), Interval(0.5, 0.5), nights=8.0)
    assert scheme.amount.value == pytest.approx(0.5 * 2 / 8)
    with pytest.raises(InputError, match="saves 2 of the nights of a stay, which are not given"):
        scheme_of(mitigator_of("pre-op_los_2-day"), Interval(0.5, 0.5))


def test_what_cannot_be_said_is_told_with_its_remedy() -> None:
    with pytest.raises(InputError, match="the trim point"):
        scheme_of(mitigator_of("IP-EF-018"), Interval(0.8, 0.9))
    scheme = scheme_of(mitigator_of("IP-EF-018"), Interval(0.8, 0.9), where=read_filter("over_trim = yes"))
    assert scheme.where.attributes == ("over_trim",)
    with pytest.raises(InputError, match="needs a point of delivery"):
        scheme_of(mitigator_of("OP-EF-001"), Interval(0.8, 0.9))
    with pytest.raises(InputError, match="no mitigator “IP-EF-001” in force"):
        mitigator_of("IP-EF-001")
