"""Worked payments of the shared folder, and rows of the other mechanisms worked by hand, through the public API."""

# ruff: noqa: E501 – rows of a table stay on one line

from __future__ import annotations

from pathlib import Path

import pytest
from tests.golden.families.finance.payments import check, pairs
from tests.golden.run import run_finance

SHARED = Path(__file__).resolve().parents[4] / "shared" / "golden" / "finance"

BY_HAND = """case,mechanism,inputs,payment
API,api,fixed=180m elective=12000x1500 + 60000x170 bpt=0.25m cquin=2.25m achieved=0.8,208000000.00
API share,aligned_payment,fixed=180m elective=18m+10.2m bpt=0.25m cquin=1.25% achieved=80%,208000000.00
API words,api,"fixed=180m; elective 12,000 x 1,500 and 60,000 x 170; best practice=0.25m; cquin pool=2.25m achieved=80%",208000000.00
outcomes score,outcome_linked,pool=2.5m score=0.605,1512500.00
outcomes lists,outcome_linked,pool=2.5m weights=0.4/0.3/0.3 achieved=0.8/0.5/0.45,1512500.00
outcomes whole,outcome_linked,"pool=2.5m weights=0.4,0.3,0.3 baseline=10,20,30 target=20,10,40 actual=18,15,34.5",1512500.00
outcomes floor,outcomes,pool=2.5m score=0.3 floor=0.4,0.00
quality premium,quality_premium,pop=318000 per_head=5 met=0.61 deductions=0.5,484950.00
quality premium parts,quality_premium,pop=318k £/head=5 weights met=0.61 deductions=25%+25%,484950.00
quality premium gone,quality_premium,pop=318k £/head=5 weights met=0.61 deductions=75%+50%,0.00
dead band,gain_loss,target=100m actual=99.5m dead=1% gain=50% loss=50% gaincap=5% losscap=3% gate=True mult=1,0.00
loss though failed,gain_loss,target=100m actual=106m dead=1% gain=50% loss=50% gaincap=5% losscap=3% gate=False mult=0.5,-2500000.00
tiers under,tiered,plan=10.0m actual=9.0m tiers over 0-2%@100 2-5%@50 >5%@20; under 0-2%@100 2-5%@50 >5%@0,9650000.00
blended under,blended,fixed=40m plan=20000 units=18000 price=2000 over=20% under=50%,38000000.00
below baseline,marginal_rate,baseline=40m actual=38m rate=0.7,38000000.00
symbols,cap_collar_share,P=10m A=10.5m c=2% s=50%,10350000.00
width behind an amount,cap_collar,plan=10m actual=9m ±2%,9800000.00
levels in pounds,cap_collar_share,plan=10m actual=9.0m cap=10.2m collar=9.8m share=50%,9400000.00
at the cap,cap_collar,plan=10.0m actual=10.2m collar=2% cap=2% share=0,10200000.00
tiers of both sides,tiered,plan=10.0m actual=9m tiers over/under 0-2%@100 2-5%@50 >5%@0,9650000.00
tiers under first,tiered,plan=10.0m actual=9.7m tiers under 0-2%@100 2-5%@50 >5%@0; over 0-2%@100 2-5%@50 >5%@20,9750000.00
baseline in units,marginal_rate,baseline=20000 units=21500 price=2000 rate=0.7,42100000.00
rate without a name,marginal_rate,baseline=40m actual=43m 70%,42100000.00
cases at a price,cost_per_case,1050 units x 1800,1890000.00
units beside prices,cost_per_case,"units=[1050, 600] price=[1800, 2000]",3090000.00
named lines,cost_per_case,A 1050x1800; B 600x2000,3090000.00
API worked out,api,fixed=180m; elective 12000 x 1500=18m; first outpatient 60000 x 170=10.2m; BPT +0.25m; CQUIN 2.25m x (1-0.8)=0.45m,208000000.00
API lines apart,api,fixed=180m elective=12000@1500; 60000@170 bpt=0.25m cquin=2.25m achieved=0.8,208000000.00
quality premium rows,quality_premium,"pop=318000 per_head=5 measures=[(0.3,True),(0.31,True),(0.39,False)] deductions=[0.25,0.25]",484950.00
API lost,aligned_payment_incentive,fixed=180m elective=28.2m bpt=0.25m cquin_not_achieved=0.45m,208000000.00
API named,API fixed + variable,fixed=180m; variable: 12000@1500 + 60000@170; bpt=0.25m; cquin=2.25m*(1-0.8),208000000.00
ambulance below,three_part_ambulance,block=14m; activity plan=10m actual=9.5m cap/collar 3%; incentive pool=1m score=0.65,24350000.00
gate not met,gain_loss,target=100m actual=95m t=1% g=0.5 l=0.5 gain_cap=5m loss_cap=3m gate=not met quality=1,0.00
one share,gain_loss,target=100m actual=106m dead=1% share=50% gaincap=5% losscap=3% gate=True mult=1,-2500000.00
outcomes worked out,outcome_linked_pool,pool=2.5m score=0.4*0.8+0.3*0.5+0.3*0.45,1512500.00
outcomes counted,outcome_linked,pool=2.5m measures=3 score=0.605,1512500.00
outcomes rows,outcome_linked,"pool=2.5m measures (0.4,10,20,18) (0.3,20,10,15) (0.3,30,40,34.5)",1512500.00
outcomes of a contract,outcome_linked,acv=100m pct=2.5% score=0.605,1512500.00
quality premium lists,quality_premium,"pop=318000 per_head=5 weights=[0.2,0.2,0.21,0.39] met=[True,True,True,False] deductions=[0.25,0.25]",484950.00
quality premium words,quality_premium,pop=318000 at £5/head met=0.61 less 50%,484950.00
quality premium whole,quality_premium,pop=318k £/head=5 weights met=0.61 deductions=none,969900.00
quality premium of a pool,quality_premium,pool=1.59m met=0.61 deductions=2x25%,484950.00
readmissions words,readmission_penalty,readmissions within 30 days=4.2m avoidable=25%,1050000.00
readmissions day,readmissions,value(30d)=4.2m avoidable proportion=25%,1050000.00
cquin share,cquin,acv=180m 1.25% score=0.57,1282500.00
cquin measures,cquin,"acv=180m pct=1.25% w=0.5,0.5 min=50%,40% max=90%,80% actual=70%,80%",1687500.00
"""


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared reference folder is not beside the checkout")
def test_every_worked_payment_of_the_shared_sample_is_ours() -> None:
    answers = [answer for path in sorted(SHARED.glob("payment_mechanisms*.csv")) for answer in check(path)]
    assert len(answers) >= 26
    assert [(case, words) for case, words in answers if words] == []


def test_payments_worked_by_hand_are_ours_however_they_are_worded(tmp_path: Path) -> None:
    path = tmp_path / "payment_mechanisms_by_hand.csv"
    path.write_text(BY_HAND, encoding="utf-8")
    assert [(case, words) for case, words in check(path) if words] == []


def test_a_payment_that_is_not_ours_is_told(tmp_path: Path) -> None:
    path = tmp_path / "payment_mechanisms.csv"
    path.write_text("case,mechanism,inputs,payment\nB,block,value=10,11.00\nX,barter,value=10,10\n", encoding="utf-8")
    tally = run_finance(tmp_path)
    assert [words for _, words in tally.failed] == [
        "paid 10.00, not 11.00",
        "refused: X.toml, line 1: the mechanism “barter” is not known; write one of block, cost_per_case, cap_collar, "
        "tiered, marginal_rate, blended, aligned_payment, three_part_ambulance, gain_loss, outcome_linked, cquin, "
        "quality_premium, readmissions_withheld.",
    ]


def test_words_are_terms_and_the_numbers_behind_them_their_values() -> None:
    assert pairs("block=14m; activity plan=10m actual=10.6m cap/collar 3%; incentive pool=1m score=0.65") == [
        ("block", "14m"),
        ("activity plan", "10m"),
        ("actual", "10.6m"),
        ("cap/collar", "3%"),
        ("incentive pool", "1m"),
        ("score", "0.65"),
    ]
