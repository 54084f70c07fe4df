"""Files of worked answers as another hand would write them: other rows, orders, columns, names of sums and decimals."""

# ruff: noqa: E501 – rows of a table stay on one line

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.golden.families.finance import benchmark, business_rules, risks, schemes, underlying

Check = Callable[[Path], list[tuple[str, str]]]

RULES = """unit,passed,limit,rule,value,note
share,True,0.03,net_qipp,0.0302,14.0 of 463.9
share,False,0.01,cumulative_underspend,0.0092692,4.3 of 463.9; printed as 1%
share,true,0.020,mhis_growth,0.0200,
share,True,0.005,nonrecurrent_uncommitted,0.0050,
"""
SCHEMES = """scheme,rec,full_year_effect_k,start_month,part_year_effect_k,next_year_fye_tail_k,probability,risk_adjusted_k,recurrent_exit_run_rate_k,owner
A,R,1200,12,100.0,1100.0,0.25,25.0,1200,x
TOTAL,,2800,,1366.6666666666665,1433.3333333333335,,845.0,2200,
B,NR,600,7,600,0,1.0,600.0,0,
C,R,1000,5,666.6666666666666,333.3333333333334,0.33,220.0,1000,
"""
RISKS = """kind,name,value_m,probability,weighted_m
mitigation,Contingency,2.0,0.5,1.000
risk,A,3.333,0.333,1.110
risk,B,1.0,0,0.000
net,,0.1099,,
risk_adjusted_outturn,,5.1901,,
gross_risk,,4.333,,
total_weighted,,1.1099,,
mitigated,,1.0,,
worst_case,,0.967,,
best_case,,7.3,,
"""
UNDERLYING = """line,gbp_m
reported_surplus,4.3
recurrent_allocation,451.0
add_nr_spend,4.55
less_nr_allocations,-1.2
less_brought_forward_drawdown,-5.3
add_nr_pressures,2.0
less_nr_qipp,-0.5
fye_of_recurrent_qipp,3.0
fye_of_recurrent_investments,-1.5
contingency_unused_recurrent,2.32
underlying_position,7.67
pct_recurrent_allocation,1.70
"""
BENCHMARK = """note,value,item
,320000,pop
,41.9,own_rate
,10,P10
,20.5,P2
,30,P1
,45,P7
,39.1,P4
,39.2,P5
,39.3,P6
float noise,31.871428571428574,mean7
,27.76,best5
,3209142.857142856,opportunity_mean7
,4524800.0,opportunity_best5
,20.1667,best3
"""
FILES: dict[str, tuple[Check, str]] = {
    "business_rules_dudley_1819.csv": (business_rules.check, RULES),
    "qipp_schemes_other.csv": (schemes.check, SCHEMES),
    "risks_other.csv": (risks.check, RISKS),
    "underlying_bridge_1819.csv": (underlying.check, UNDERLYING),
    "benchmark_other.csv": (benchmark.check, BENCHMARK),
}


@pytest.mark.parametrize("name", FILES)
def test_another_file_of_the_same_kind_is_checked_row_by_row(name: str, tmp_path: Path) -> None:
    check, text = FILES[name]
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    answers = check(path)
    assert len(answers) >= 4
    assert [(row, words) for row, words in answers if words] == []


@pytest.mark.parametrize(
    ("name", "told", "wrong"),
    [
        ("business_rules_dudley_1819.csv", "0.0092692", "0.0092693"),
        ("qipp_schemes_other.csv", "220.0", "220.1"),
        ("risks_other.csv", "0.967", "0.977"),
        ("underlying_bridge_1819.csv", "7.67", "7.68"),
        ("benchmark_other.csv", "27.76", "27.77"),
    ],
)
def test_what_is_wrong_there_is_noticed(name: str, told: str, wrong: str, tmp_path: Path) -> None:
    check, text = FILES[name]
    assert told in text
    path = tmp_path / name
    path.write_text(text.replace(told, wrong), encoding="utf-8")
    assert len([row for row, words in check(path) if words]) == 1
