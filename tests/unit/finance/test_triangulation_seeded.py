# ruff: noqa: E501 - a table is read by its rows

"""A plan whose parts agree, and the same plan with one contradiction at a time: each is found, by its rule."""

from __future__ import annotations

from decimal import Decimal

import pytest

from triangulation_books import activity, finance, line, plan
from trigpoint.plans.model import ActivityAssumption, Plan
from trigpoint.triangulation import Parts, examined, findings_of, triangulation

SOUND = {
    "quantities": """
2016/17,planned_surplus,900000,text,
2017/18,drawdown,-200000,text,
2017/18,planned_surplus,700000,text,
2017/18,control_total,700000,text,
2017/18,resource_limit,60000000,text,
2018/19,resource_limit,61000000,text,
2017/18,cumulative_underspend,1.2%,table,
2017/18,contingency,300000,table,
2017/18,nonrecurrent_uncommitted,300000,model,Reserve
2017/18,underlying_share,1.7%,text,
2017/18,qipp_net,2000000,text,
2018/19,demographic_growth,0.3%,table,
""",
    "allocations": "a,2017/18,programme,recurrent,60000000",
    "spend": """
acute,2017/18,acute,recurrent,budget,17380000,dgft,Acute
contingency,2017/18,contingency,recurrent,budget,300000,,Contingency
rest,2017/18,other,recurrent,budget,41620000,,All else
""",
    "growth": """
2017/18,acute,demographic growth,0.3%,,Growth,
2017/18,acute,non-demographic growth,1.7%,,Demand,
2018/19,acute,demographic growth,0.3%,,Growth,
2018/19,acute,non-demographic growth,1.7%,,Demand,
""",
    "schemes": "rc,2017/18,2000000,2017-04,recurrent,live,100%,yes,acute,right-care,dgft,",
    "risks": """
acute,2017/18,risk,600000,50%,acute,,Over-performance
contingency,2017/18,mitigation,300000,100%,contingency,,Contingency
""",
    "contracts": "dgft,2017/18,05C,RNA,per-case,17380000,17380000,acute",
    "contract_lines": "dgft,el,Elective,8200,1000,yes\ndgft,ae,A&E,91800,100,yes",
}
PLAN = plan(
    line("surplus", "Planned surplus", "2017/18", "700000"),
    line("growth assumption", "Demographic growth", "2018/19", "0.3", "%"),
    line("resource limit", "Part of the increase: demographic growth", "", "180000"),
    line("pressure", "HRG4+", "", "200000", note="Within the acute contracts"),
    growth=(ActivityAssumption("a1", "growth", "Elective", "IHAM", "2017/18", Decimal("2.0"), "%"),),
)
SEEDED = [
    ("the saving is ten times what it avoids", "schemes", "rc,2017/18,2000000", "rc,2017/18,5000000", {"SCHEME_ACTIVITY", "SCHEME_TOTAL"}),
    ("the contract pays a block", "contracts", "per-case", "block", {"SCHEME_ACTIVITY", "CONTRACT_ACTIVITY", "CONTRACT_VALUE"}),
    ("money for another growth", "growth", "non-demographic growth,1.7%", "non-demographic growth,4.0%", {"GROWTH_MONEY"}),
    ("units that no one expects", "contract_lines", "8200,1000", "9000,1000", {"CONTRACT_ACTIVITY", "CONTRACT_VALUE"}),
    ("another value at the provider", "contracts", "17380000,acute", "19000000,acute", {"CONTRACT_VALUE"}),
    ("another budget", "spend", "17380000,dgft", "17370000,dgft", {"CONTRACT_VALUE"}),
    ("a drawdown that does not come out", "quantities", "-200000", "-400000", {"SAME_FIGURE"}),
    ("a limit that allocations do not make", "allocations", "60000000", "59000000", {"SAME_FIGURE"}),
    ("a surplus below the rule", "quantities", "resource_limit,60000000", "resource_limit,556200000", {"BUSINESS_RULE", "SAME_FIGURE", "UNDERLYING", "GROWTH_ASSUMPTION"}),
    ("a printed share that is another", "quantities", "cumulative_underspend,1.2%", "cumulative_underspend,1.4%", {"BUSINESS_RULE"}),
    ("two risks for one contingency", "risks", "mitigation,300000", "mitigation,600000", {"COMMITTED_TWICE"}),
    ("savings that begin in October", "schemes", "2017-04", "2017-10", {"SCHEME_TOTAL", "SCHEME_ACTIVITY", "UNDERLYING", "BUSINESS_RULE"}),
    ("savings that no one has found", "schemes", "100%,yes", "100%,no", {"SCHEME_TOTAL"}),
    ("risks beyond the control total", "risks", "risk,600000", "risk,900000", {"RISK_UNCOVERED"}),
    ("an underlying position of its own", "quantities", "underlying_share,1.7%", "underlying_share,1.2%", {"UNDERLYING"}),
    ("another demographic growth", "quantities", "demographic_growth,0.3%", "demographic_growth,1.5%", {"GROWTH_ASSUMPTION", "SAME_FIGURE"}),
]  # fmt: skip


def _objected(tables: dict[str, str], held: Plan = PLAN) -> set[str]:
    """The rules that object, as errors or warnings; an info is what the small plan does not tell."""
    made = triangulation(Parts(held, finance(**tables), activity(avoided=2000)))
    return {one.rule for one in findings_of(made.comparisons) if one.severity.value != "info"}


def test_triangulation_of_a_plan_whose_parts_agree_finds_nothing() -> None:
    made = triangulation(Parts(PLAN, finance(**SOUND), activity(avoided=2000)))
    found = [one for one in findings_of(made.comparisons) if one.severity.value != "info"]
    assert found == []
    compared = {one.rule for one in made.comparisons}
    assert compared >= {rule for *_, rules in SEEDED for rule in rules} - {"COMMITTED_TWICE"}


@pytest.mark.parametrize(("what", "table", "old", "new", "rules"), SEEDED, ids=[row[0] for row in SEEDED])
def test_triangulation_finds_a_seeded_contradiction(what: str, table: str, old: str, new: str, rules: set[str]) -> None:
    assert old in SOUND[table], what
    assert _objected({**SOUND, table: SOUND[table].replace(old, new)}) <= rules
    assert _objected({**SOUND, table: SOUND[table].replace(old, new)}) & rules


def test_triangulation_finds_contradictions_of_the_plan() -> None:
    larger = plan(line("resource limit", "Part of the increase: demographic growth", "", "1200000"), *PLAN.finance[1:2])
    assert _objected(SOUND, larger) == {"SAME_FIGURE", "GROWTH_ASSUMPTION"}
    committed = plan(line("pressure", "HRG4+", "", "200000", note="This is met from the non-recurrent reserve"))
    assert _objected(SOUND, committed) == {"COMMITTED_TWICE"}
    growth = plan(growth=(ActivityAssumption("a1", "growth", "Elective", "IHAM", "2017/18", Decimal("3.4"), "%"),))
    assert _objected(SOUND, growth) == {"GROWTH_ASSUMPTION"}


@pytest.mark.parametrize("missing", ["plan", "finance", "activity"])
def test_triangulation_goes_as_far_as_it_can_and_says_what_was_not_compared(missing: str) -> None:
    parts = {"plan": PLAN, "finance": finance(**SOUND), "activity": activity(avoided=2000)}
    del parts[missing]
    made = triangulation(Parts(**parts))  # type: ignore[arg-type]
    said = {one.sentence for one in made.lacking}
    assert any(f"no {missing}" in sentence for sentence in said)
    assert made.comparisons
    assert f"this workspace has no {missing}" in examined(made, name="small").summary.beyond


def test_triangulation_of_nothing_compares_nothing() -> None:
    made = triangulation(Parts())
    assert made.comparisons == ()
    assert examined(made, name="empty").summary.verdict == "Nothing could be compared."
