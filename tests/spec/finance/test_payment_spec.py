"""What each mechanism pays, one line a case: this table and docs/methods-payment.md say the same.

A line reads: for so much activity (£m, or units where there is a price) the payment is so much (£m), the next pound or
unit adds so much, and so-and-so bears it.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from trigpoint.errors import InputError
from trigpoint.finance.contracts.payment import payment
from trigpoint.finance.contracts.reading import mechanism_of

MILLION = 1_000_000
CORRIDOR = {"plan": "10m", "cap": "2%", "collar": "2%"}
UNEVEN = {"plan": "10m", "cap": "4%", "collar": "1%", "share_above": "20%", "share_below": "60%"}
TIERS = {"plan": "10m", "over": "0-2%@100 2-5%@50 >5%@20", "under": "0-2%@100 2-5%@50 >5%@0"}
BLENDED = {"fixed": "40m", "plan": 20_000, "price": 2_000, "over": "20%", "under": "50%"}
API = {"fixed": "180m", "best_practice": "0.25m", "cquin": "2.25m", "achieved": "80%"}
AMBULANCE = {"block": "14m", "plan": "10m", "cap/collar": "3%", "incentive pool": "1m", "score": "65%"}
SHARE = {"target": "100m", "dead": "1%", "gain": "50%", "loss": "50%", "gaincap": "5%", "losscap": "3%"}

PAID = [
    # kind            terms                                     activity  payment   next   borne by
    ("block",         {"value": "10m"},                           12,      10,      0,     "provider"),
    ("cost_per_case", {"price": 1_800},                           1_050,   1.89,    1_800, "commissioner"),
    ("cost_per_case", {},                                         1.89,    1.89,    1,     "commissioner"),
    ("cost_per_case", {"price": 1_800, "mff": 1.05},              1_000,   1.89,    1_890, "commissioner"),
    ("cap_collar",    CORRIDOR,                                   9.0,     9.8,     0,     "provider"),
    ("cap_collar",    CORRIDOR,                                   10.15,   10.15,   1,     "commissioner"),
    ("cap_collar",    CORRIDOR,                                   10.5,    10.2,    0,     "provider"),
    ("cap_collar",    {**CORRIDOR, "share": "50%"},               10.5,    10.35,   0.5,   "shared"),
    ("cap_collar",    {**CORRIDOR, "share": "50%"},               9.0,     9.4,     0.5,   "shared"),
    ("cap_collar",    UNEVEN,                                     9.8,     9.84,    0.6,   "shared"),
    ("cap_collar",    UNEVEN,                                     10.5,    10.42,   0.2,   "shared"),
    ("tiered",        TIERS,                                      9.0,     9.65,    0,     "provider"),
    ("tiered",        TIERS,                                      9.7,     9.75,    0.5,   "shared"),
    ("tiered",        TIERS,                                      10.5,    10.35,   0.2,   "shared"),
    ("tiered",        TIERS,                                      12.0,    10.65,   0.2,   "shared"),
    ("marginal_rate", {"baseline": "40m", "rate": "70%"},         38,      38,      1,     "commissioner"),
    ("marginal_rate", {"baseline": "40m", "rate": "70%"},         43,      42.1,    0.7,   "shared"),
    ("marginal_rate", {"baseline": "40m", "rate": "120%"},        43,      43.6,    1.2,   "commissioner"),
    ("blended",       BLENDED,                                    22_000,  40.8,    400,   "shared"),
    ("blended",       BLENDED,                                    18_000,  38,      1_000, "shared"),
    ("api",           API,                                        28.2,    208,     1,     "commissioner"),
    ("ambulance",     AMBULANCE,                                  10.6,    24.95,   0,     "provider"),
    ("ambulance",     AMBULANCE,                                  10.0,    24.65,   1,     "commissioner"),
    ("gain_loss",     SHARE,                                      95,      2,       -0.5,  "shared"),
    ("gain_loss",     SHARE,                                      99.5,    0,       0,     "commissioner"),
    ("gain_loss",     {**SHARE, "gate": "failed"},                95,      0,       0,     "commissioner"),
    ("gain_loss",     {**SHARE, "mult": 0.8},                     95,      1.6,     -0.4,  "shared"),
    ("gain_loss",     {**SHARE, "gate": "failed", "mult": 0.8},   106,     -2.5,    -0.5,  "shared"),
    ("gain_loss",     SHARE,                                      130,     -3,      0,     "commissioner"),
    ("gain_loss",     SHARE,                                      60,      5,       0,     "commissioner"),
    ("readmissions",  {"avoidable": "25%"},                       4.2,     1.05,    0.25,  "shared"),
    ("readmissions",  {"value": "4.2m", "avoidable": "25%"},      0,       1.05,    0,     "provider"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "terms", "activity", "paid", "marginal", "borne_by"), PAID)
def test_what_a_mechanism_pays(
    kind: str, terms: dict[str, object], activity: float, paid: float, marginal: float, borne_by: str
) -> None:
    units = Decimal(str(activity)) * (1 if "price" in terms else MILLION)
    told = payment(mechanism_of(kind, terms), units)
    assert told.gbp == Decimal(str(paid)) * MILLION
    assert told.marginal_gbp == Decimal(str(marginal))
    assert told.borne_by.value == borne_by


EARNED = [
    # kind              terms                                                                             payment
    ("outcome_linked",  {"pool": "2.5m", "score": "60.5%"},                                               1_512_500),
    ("outcome_linked",  {"pool": "2.5m", "score": "30%", "floor": "40%"},                                 0),
    ("outcome_linked",  {"pool": "2.5m", "score": "40%", "floor": "40%"},                                 1_000_000),
    ("outcome_linked",  {"pool": "1m", "measures": [[0.6, 10, 20, 15], [0.4, 8, 4, 5]]},                  600_000),
    ("outcome_linked",  {"pool": "1m", "measures": [[0.6, 10, 20, 30], [0.4, 8, 4, 9]]},                  600_000),
    ("outcome_linked",  {"pool": "1m", "measures": [{"w": 1, "b": 10, "t": 20, "a": 14, "floor": 0.5}]},  0),
    ("outcome_linked",  {"pool": "1m", "weights": [0.6, 0.4], "baselines": [10, 8], "targets": [20, 4],
                         "achieved": [15, 5]},                                                            600_000),
    ("cquin",           {"acv": "180m", "pct": "1.25%", "score": 0.57},                                   1_282_500),
    ("cquin",           {"acv": "180m", "pct": "1.25%", "w": [0.5, 0.5], "min": ["50%", "40%"],
                         "max": ["90%", "80%"], "actual": ["70%", "80%"]},                                1_687_500),
    ("quality_premium", {"pop": 318_000, "per_head": 5, "met": "61%", "deductions": "50%"},               484_950),
    ("quality_premium", {"pop": 318_000, "per_head": 5, "weights": [0.3, 0.31, 0.39],
                         "met": [True, True, False], "deductions": ["25%", "25%"]},                       484_950),
    ("quality_premium", {"pop": 318_000, "per_head": 5, "met": "61%", "deductions": "110%"},              0),
    ("block",           {"history": [1_180_000, 1_240_000, 1_210_000]},                                   1_210_000),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "terms", "paid"), EARNED)
def test_what_is_earned_whatever_the_activity(kind: str, terms: dict[str, object], paid: int) -> None:
    mechanism = mechanism_of(kind, terms)
    assert {payment(mechanism, Decimal(activity)).gbp for activity in (0, 1, MILLION)} == {paid}


@pytest.mark.parametrize("activity", [Decimal(-1), Decimal("NaN"), Decimal("Infinity")])
def test_activity_that_cannot_be_is_refused(activity: Decimal) -> None:
    with pytest.raises(InputError, match="cannot be paid for"):
        payment(mechanism_of("block", {"value": 1}), activity)
