# ruff: noqa: E501 - a table is read by its rows

"""Each rule of triangulation as a table: figures that agree, that differ, at the tolerance, and a side that is missing.

A row says the parts in the words of their files, how many comparisons agree and differ, and words of what is said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from triangulation_books import activity, finance, line, plan, told
from trigpoint.activity.results.run import ActivityRun
from trigpoint.finance.book.book import FinanceBook
from trigpoint.plans.model import ActivityAssumption, Deliverable, Plan
from trigpoint.triangulation import find_triangulation_rule, triangulation_rules


@dataclass(frozen=True)
class Row:
    """``agree`` and ``differ`` are how many comparisons do; ``says`` stands in the first message that differs, or where
    none does in the last that agrees or what was lacking."""

    rule: str
    what: str
    agree: int
    differ: int
    says: str = ""
    finance: Callable[[], FinanceBook] | None = None
    plan: Plan | None = None
    run: Callable[[], ActivityRun] | None = None
    tolerance: str = ""
    severity: str = ""


ACTIVE = "rc,2017/18,{saving},2017-04,recurrent,live,100%,yes,acute,{activity},{contract},"
LINES = "dgft,el,Elective,{units},1000,yes"


def _scheme(saving: int, contract: str = "", mechanism: str = "per-case", activity: str = "right-care") -> FinanceBook:
    tables = {"schemes": ACTIVE.format(saving=saving, activity=activity, contract=contract)}
    if contract:
        tables["contracts"] = f"dgft,2017/18,05C,RNA,{mechanism},10000000,,acute"
        tables["contract_lines"] = LINES.format(units=9700)
    return finance(**tables)


def _contract(units: int = 9700, ours: str = "9700000", theirs: str = "9700000", spend: str = "") -> FinanceBook:
    tables = {
        "contracts": f"dgft,2017/18,05C,RNA,per-case,{ours},{theirs},acute",
        "contract_lines": LINES.format(units=units),
    }
    return finance(**tables, **({"spend": spend} if spend else {}))


def _growth(rate: str) -> FinanceBook:
    return finance(
        growth=f"2017/18,acute,demographic growth,0.3%,,Growth,\n2017/18,acute,non-demographic growth,{rate},,More,"
    )


def _two_years(units: int, price: int) -> FinanceBook:
    contracts = "a,2017/18,05C,RNA,per-case,,,acute\nb,2018/19,05C,RNA,per-case,,,acute"
    return finance(
        contracts=contracts, contract_lines=f"a,el,Elective,9700,1000,yes\nb,el,Elective,{units},{price},yes"
    )


def _quantities(*rows: str, **tables: str) -> FinanceBook:
    return finance(quantities="\n".join(rows), **tables)


SURPLUS = "2016/17,planned_surplus,6400000,text,\n2017/18,drawdown,-1100000,text,\n2017/18,planned_surplus,{},text,"
LIMITS = "2017/18,resource_limit,456200000,text,\n2018/19,resource_limit,463900000,text,"
UNDERSPEND = (
    "2018/19,planned_surplus,{},text,\n2018/19,resource_limit,463900000,text,\n2018/19,cumulative_underspend,1%,table,"
)
RISE = line("resource limit", "Part of the increase: demographic growth", "", "8800000")
RESERVE = "2017/18,nonrecurrent_uncommitted,2230000,model,Reserve"
HRG = "Uses up the non-recurrent reserve (0.5%)"
QIPP = "2017/18,qipp_net,{},text,Target"
SAVING = "homes,2017/18,2400000,{},recurrent,live,{},{},,,,"
SECOND = "more,2018/19,2400000,2018-04,recurrent,live,100%,yes,,,,"
SLIPPAGE = "slip,2017/18,risk,960000,{},,,QIPP slippage"
RISKS = (
    "acute,2017/18,risk,{},50%,,,Over-performance\ncontingency,2017/18,mitigation,1000000,100%,contingency,,Contingency"
)
HELD = "2017/18,planned_surplus,{},text,\n2017/18,control_total,{},text,\n2017/18,contingency,1000000,text,"


ROWS = [
    # Savings against the activity that they avoid: 500 admissions at £1,000.
    Row("SCHEME_ACTIVITY", "the saving is what the contract pays less", 1, 0, "releases £500k", lambda: _scheme(500_000, "dgft"), run=activity),
    Row("SCHEME_ACTIVITY", "within a tenth of it", 1, 0, "within the tolerance", lambda: _scheme(555_000, "dgft"), run=activity),
    Row("SCHEME_ACTIVITY", "more than the activity is worth", 0, 1, "it saves £1.8m", lambda: _scheme(1_800_000, "dgft"), run=activity, severity="warning"),
    Row("SCHEME_ACTIVITY", "less than the activity is worth", 0, 1, "Plan with more", lambda: _scheme(100_000, "dgft"), run=activity, severity="info"),
    Row("SCHEME_ACTIVITY", "under a block nothing is released", 0, 1, "so £0 of cash is released", lambda: _scheme(500_000, "dgft", "block"), run=activity, severity="error"),
    Row("SCHEME_ACTIVITY", "nor beyond a cap", 0, 1, "pays the same with and without it", lambda: _scheme(500_000, "dgft", "capped"), run=activity, severity="error"),
    Row("SCHEME_ACTIVITY", "nor by a block without lines", 0, 1, "so £0 of cash is released", lambda: finance(schemes=ACTIVE.format(saving=500_000, activity="right-care", contract="dgft"), contracts="dgft,2017/18,05C,RNA,block,10000000,,acute"), run=activity, severity="error"),
    Row("SCHEME_ACTIVITY", "nor of a line that is paid by a fixed sum", 0, 1, "pays Elective by a fixed sum", lambda: finance(schemes=ACTIVE.format(saving=500_000, activity="right-care", contract="dgft"), contracts="dgft,2017/18,05C,RNA,per-case,10000000,,acute", contract_lines="dgft,el,Elective,9700,1000,no"), run=activity, severity="error"),
    Row("SCHEME_ACTIVITY", "without a contract the price counts", 1, 0, "at its price alone", lambda: _scheme(500_000), run=activity),
    Row("SCHEME_ACTIVITY", "without an intervention it is questioned", 0, 1, "names no intervention", lambda: _scheme(500_000, activity=""), run=activity, severity="warning"),
    Row("SCHEME_ACTIVITY", "an intervention that is not there", 0, 0, "does not have", lambda: _scheme(500_000, activity="telemedicine"), run=activity),
    Row("SCHEME_ACTIVITY", "prescribing is no activity", 0, 0, "names no activity", lambda: finance(
        schemes="p,2017/18,2700000,2017-04,recurrent,live,90%,yes,prescribing,,,"), run=activity),
    Row("SCHEME_ACTIVITY", "a wider tolerance", 1, 0, "", lambda: _scheme(600_000, "dgft"), run=activity, tolerance="£100,000"),
    # Growth of money and of activity: 2% of both points of delivery.
    Row("GROWTH_MONEY", "the same growth", 1, 0, "acute money", lambda: _growth("1.7%"), run=activity),
    Row("GROWTH_MONEY", "half a point is accepted", 1, 0, "within the tolerance", lambda: _growth("2.2%"), run=activity),
    Row("GROWTH_MONEY", "a point is not", 0, 1, "1 percentage point apart", lambda: _growth("2.7%"), run=activity),
    Row("GROWTH_MONEY", "unless it is", 1, 0, "", lambda: _growth("2.7%"), run=activity, tolerance="1.1 points"),
    Row("GROWTH_MONEY", "no growth assumed", 0, 0, "assumes no growth", finance, run=activity),
    Row("GROWTH_MONEY", "dearer, and as many as the model has", 1, 0, "the price by 5%", lambda: _two_years(9904, 1050), run=activity),
    Row("GROWTH_MONEY", "a line that grows faster than its activity", 0, 1, "which leaves volume 8.2", lambda: _two_years(10_500, 1000), run=activity),
    # A contract's units and payment: 9,700 admissions once the scheme is done.
    Row("CONTRACT_ACTIVITY", "as modelled", 2, 0, "", _contract, run=activity),
    Row("CONTRACT_ACTIVITY", "2% is accepted", 2, 0, "", lambda: _contract(9_890), run=activity),
    Row("CONTRACT_ACTIVITY", "3% is not", 0, 2, "planned units are 10,000", lambda: _contract(10_000), run=activity, severity="warning"),
    Row("CONTRACT_ACTIVITY", "unless it is", 2, 0, "", lambda: _contract(10_000), run=activity, tolerance="5%"),
    Row("CONTRACT_ACTIVITY", "a provider that is not modelled", 0, 0, "has no activity of RL4", lambda: finance(
        contracts="rwt,2017/18,05C,RL4,per-case,100,100,acute", contract_lines="rwt,el,Elective,10,10,yes"), run=activity),
    # A contract in two plans, in the spend and by its lines.
    Row("CONTRACT_VALUE", "one value everywhere", 3, 0, "", lambda: _contract(spend="s,2017/18,acute,recurrent,budget,9700000,dgft,")),
    Row("CONTRACT_VALUE", "the provider has more", 1, 1, "the provider £9.9m", lambda: _contract(theirs="9900000"), severity="error"),
    Row("CONTRACT_VALUE", "£1,000 is accepted", 2, 0, "", lambda: _contract(theirs="9701000")),
    Row("CONTRACT_VALUE", "£1,001 is not", 1, 1, "", lambda: _contract(theirs="9701001")),
    Row("CONTRACT_VALUE", "the spend has less", 2, 1, "the budgets that name the contract come to £9.5m", lambda: _contract(spend="s,2017/18,acute,recurrent,budget,9500000,dgft,")),
    Row("CONTRACT_VALUE", "the lines come to more", 1, 1, "against its lines", lambda: _contract(units=9_800)),
    Row("CONTRACT_VALUE", "no value in the commissioner's plan", 0, 0, "has no value", lambda: _contract(ours="")),
    # One figure in several places, and sums.
    Row("SAME_FIGURE", "told twice alike", 1, 0, "", lambda: _quantities("2017/18,planned_surplus,5300000,text,", "2017/18,planned_surplus,5300000,table,")),
    Row("SAME_FIGURE", "told in two ways", 0, 1, "is told twice", lambda: _quantities("2017/18,planned_surplus,5300000,text,", "2017/18,planned_surplus,5200000,table,"), severity="error"),
    Row("SAME_FIGURE", "1.2% is 1.162% at one decimal", 1, 0, "only as they are rounded", lambda: _quantities("2017/18,cumulative_underspend,1.2%,table,", "2017/18,cumulative_underspend,1.162%,model,")),
    Row("SAME_FIGURE", "1% is 0.927% only by rounding", 1, 0, "only as they are rounded", lambda: _quantities("2018/19,cumulative_underspend,1%,table,", "2018/19,cumulative_underspend,0.927%,model,")),
    Row("SAME_FIGURE", "1.0% is not 0.927%", 0, 1, "", lambda: _quantities("2018/19,cumulative_underspend,1.0%,table,", "2018/19,cumulative_underspend,0.927%,model,")),
    Row("SAME_FIGURE", "the plan's own table and the finance", 0, 1, "in the plan is £5.2m", lambda: _quantities("2017/18,planned_surplus,5300000,text,"), plan(line("surplus", "Planned surplus", "2017/18", "5200000"))),
    Row("SAME_FIGURE", "allocations make the limit", 1, 0, "", lambda: _quantities("2017/18,resource_limit,456200000,text,", allocations="a,2017/18,programme,recurrent,456200000")),
    Row("SAME_FIGURE", "allocations do not", 0, 1, "the lines come to £455m", lambda: _quantities("2017/18,resource_limit,456200000,text,", allocations="a,2017/18,programme,recurrent,455000000")),
    Row("SAME_FIGURE", "6.4 − 1.1 = 5.3", 1, 0, "(£6.4m − £1.1m) make £5.3m", lambda: _quantities(SURPLUS.format(5_300_000))),
    Row("SAME_FIGURE", "6.4 − 1.1 is not 5.1", 0, 1, "make £5.3m", lambda: _quantities(SURPLUS.format(5_100_000))),
    Row("SAME_FIGURE", "8.8 of a rise of 7.7", 0, 1, "the whole rise (from £456.2m to £463.9m) is £7.7m", lambda: _quantities(LIMITS), plan(RISE)),
    Row("SAME_FIGURE", "7.7 of a rise of 7.7", 1, 0, "", lambda: _quantities(LIMITS), plan(line("resource limit", "Part of the increase: demographic growth", "", "7700000"))),
    Row("SAME_FIGURE", "told once", 0, 0, "", lambda: _quantities("2017/18,planned_surplus,5300000,text,")),
    # Business rules, exactly.
    Row("BUSINESS_RULE", "0.927% printed as 1%", -1, -1, "0.927%", lambda: _quantities(UNDERSPEND.format(4_300_000)), severity="error"),
    # Money counted twice.
    Row("COMMITTED_TWICE", "the reserve is committed", 0, 1, "what is left uncommitted is £430k", lambda: _quantities(RESERVE), plan(line("pressure", "HRG4+", "", "1800000", note=HRG)), severity="error"),
    Row("COMMITTED_TWICE", "a pressure that is met otherwise", 0, 0, "", lambda: _quantities(RESERVE), plan(line("pressure", "HRG4+", "", "1800000", note="Met by the allocation"))),
    Row("COMMITTED_TWICE", "told in the finance alone", 0, 1, "“HRG4+” (£1.8m)", lambda: _quantities(RESERVE, growth=f"2017/18,acute,cost pressure,,1800000,HRG4+,{HRG}")),
    Row("COMMITTED_TWICE", "and it mitigates risks as well", 0, 2, "", lambda: _quantities(RESERVE, risks="r,2017/18,mitigation,2230000,50%,reserves,,Non-recurrent reserve"), plan(line("pressure", "HRG4+", "", "1800000", note=HRG))),
    Row("COMMITTED_TWICE", "mitigations within the contingency", 1, 0, "", lambda: finance(risks="c,2017/18,mitigation,2000000,100%,contingency,,Contingency", spend="s,2017/18,contingency,recurrent,budget,2000000,,")),
    Row("COMMITTED_TWICE", "one contingency for two risks", 0, 1, "mitigations count on contingency of £4m", lambda: finance(risks="c,2017/18,mitigation,2000000,100%,contingency,,For one\nd,2017/18,mitigation,2000000,100%,contingency,,For another", spend="s,2017/18,contingency,recurrent,budget,2000000,,")),
    Row("COMMITTED_TWICE", "what the forecast has used is not counted", 0, 0, "", lambda: finance(risks="c,2017/18,mitigation,2000000,100%,contingency,yes,Contingency", spend="s,2017/18,contingency,recurrent,budget,2000000,,")),
    Row("COMMITTED_TWICE", "a pressure that is a risk too", 0, 1, "is counted twice: as a risk of £1.8m", lambda: finance(growth="2017/18,acute,cost pressure,,1800000,HRG4+ price change,", risks="h,2017/18,risk,1800000,90%,acute,,HRG4+ and IR"), severity="warning"),
    # Schemes against their target.
    Row("SCHEME_TOTAL", "the target is saved", 1, 0, "", lambda: _quantities(QIPP.format(2_400_000), schemes=SAVING.format("2017-04", "100%", "yes"))),
    Row("SCHEME_TOTAL", "half a per cent is accepted", 1, 0, "", lambda: _quantities(QIPP.format(2_412_000), schemes=SAVING.format("2017-04", "100%", "yes"))),
    Row("SCHEME_TOTAL", "full-year effects are not the year's", 0, 1, "£600k of it comes only after March", lambda: _quantities(QIPP.format(2_400_000), schemes=SAVING.format("2017-07", "100%", "yes")), severity="error"),
    Row("SCHEME_TOTAL", "schemes are not all sure", 1, 0, "", lambda: _quantities(QIPP.format(2_400_000), schemes=SAVING.format("2017-04", "80%", "yes"))),
    Row("SCHEME_TOTAL", "nor found, nor in time", 0, 1, "£600k of it comes only after March; £1.8m of the year's savings have no scheme yet", lambda: _quantities(QIPP.format(2_400_000), schemes=SAVING.format("2017-07", "0%", "no")), severity="error"),
    Row("SCHEME_TOTAL", "a tail of what no one has found", 1, 1, "£600k of the year's savings have no scheme yet", lambda: _quantities("2018/19,qipp_net,3000000,text,", schemes=SAVING.format("2017-07", "100%", "no") + "\n" + SECOND), severity="warning"),
    Row("SCHEME_TOTAL", "the rule is met by the target alone", 0, 1, "the 3% that the rule “Net QIPP savings” asks for is met by the target alone: what they save is 2.25%", lambda: _quantities(QIPP.format(2_400_000), "2017/18,resource_limit,80000000,text,", schemes=SAVING.format("2017-07", "100%", "yes")), severity="error"),
    Row("SCHEME_RISK", "as much among the risks", 1, 0, "", lambda: finance(schemes=SAVING.format("2017-04", "80%", "yes"), risks=SLIPPAGE.format("50%"))),
    Row("SCHEME_RISK", "less among the risks", 0, 1, "“QIPP slippage” (£960k at 25%) expects £240k", lambda: finance(schemes=SAVING.format("2017-04", "80%", "yes"), risks=SLIPPAGE.format("25%")), severity="warning"),
    Row("SCHEME_RISK", "no risk is of schemes", 0, 1, "no risk is of schemes, which leaves £0", lambda: finance(schemes=SAVING.format("2017-04", "80%", "yes"), risks=RISKS.format(2_000_000)), severity="warning"),
    Row("SCHEME_RISK", "no risks at all", 0, 0, "has no risks of 2017/18", lambda: finance(schemes=SAVING.format("2017-04", "80%", "yes"))),
    Row("SCHEME_RISK", "schemes that are sure", 0, 0, "", lambda: finance(schemes=SAVING.format("2017-04", "100%", "yes"), risks=RISKS.format(2_000_000))),
    Row("SAME_FIGURE", "8.8 of a rise of 7.7, less what is brought forward", 1, 1, "falls from £6.4m to £5.3m, which explains the difference: £8.8m − £1.1m = £7.7m", lambda: _quantities(LIMITS, SURPLUS.format(5_300_000)), plan(RISE), severity="warning"),
    Row("BUSINESS_RULE", "3.157% printed as 3.1%", -1, 1, "3.157% (£14.4m / £456.2m), which rounds to 3.2%: it was cut off", lambda: _quantities(LIMITS, QIPP.format(14_400_000), "2017/18,net_qipp,3.1%,table,"), severity="info"),
    Row("SCHEME_TOTAL", "and not all found", 1, 1, "identified save £0", lambda: _quantities(QIPP.format(2_400_000), schemes=SAVING.format("2017-04", "0%", "no")), severity="warning"),
    Row("SCHEME_TOTAL", "no target", 0, 0, "tells no target", lambda: finance(schemes=SAVING.format("2017-04", "80%", "yes"))),
    # Net risk against the surplus and the control total.
    Row("RISK_UNCOVERED", "mitigated whole", 2, 0, "", lambda: _quantities(HELD.format(5_000_000, 5_000_000), risks=RISKS.format(2_000_000))),
    Row("RISK_UNCOVERED", "the control total is missed", 1, 1, "misses its control total", lambda: _quantities(HELD.format(5_000_000, 5_000_000), risks=RISKS.format(4_000_000)), severity="warning"),
    Row("RISK_UNCOVERED", "a deficit", 0, 1, "expected to end in deficit", lambda: _quantities(HELD.format(500_000, 500_000), risks=RISKS.format(4_000_000)), severity="error"),
    Row("RISK_UNCOVERED", "no risks", 0, 0, "has no risks", lambda: _quantities(HELD.format(5_000_000, 5_000_000))),
    # Growth that is printed, attributed and modelled.
    Row("GROWTH_ASSUMPTION", "0.3% and £8.8m of £456.2m", 0, 1, "£8.8m of £456.2m is 1.929%", lambda: _quantities(LIMITS, "2018/19,demographic_growth,0.3%,table,"), plan(RISE), severity="warning"),
    Row("GROWTH_ASSUMPTION", "1.9% and £8.8m of £456.2m", 1, 0, "", lambda: _quantities(LIMITS, "2018/19,demographic_growth,1.9%,table,"), plan(RISE)),
    Row("GROWTH_ASSUMPTION", "spend grows by another rate", 0, 1, "the spend on acute grows by 1%", lambda: _quantities("2017/18,demographic_growth,0.3%,table,", growth="2017/18,acute,demographic growth,1.0%,,,")),
]  # fmt: skip


def _named(row: Row) -> str:
    return f"{row.rule}: {row.what}"


@pytest.mark.parametrize("row", ROWS, ids=_named)
def test_triangulation_rule(row: Row) -> None:
    book = row.finance() if row.finance is not None else None
    run = row.run() if row.run is not None else None
    made, lacking = told(row.rule, plan=row.plan, finance=book, activity=run, tolerance=row.tolerance)
    agreeing = [one for one in made if one.agrees]
    differing = [one for one in made if not one.agrees and one.severity.value != "info"] or [
        one for one in made if not one.agrees
    ]
    if row.agree >= 0:
        assert (len(agreeing), len(differing)) == (row.agree, row.differ), [one.message for one in made]
    said = [one.message for one in differing] or [one.message for one in agreeing][-1:]
    said += [one.sentence for one in lacking]
    assert any(row.says in sentence for sentence in said) or not row.says, said
    if row.severity:
        assert differing[0].severity.value == row.severity


def test_triangulation_of_a_business_rule_says_that_rounding_alone_meets_it() -> None:
    made, _ = told("BUSINESS_RULE", finance=_quantities(UNDERSPEND.format(4_300_000)))
    against_limit, printed = [one for one in made if "underspend, 2018/19" in one.message.casefold()]
    assert not against_limit.agrees
    assert "only as it is printed (1%) is the rule met" in against_limit.message
    assert "£339k" in against_limit.message
    assert printed.agrees
    assert "only as they are rounded" in printed.message
    met, _ = told("BUSINESS_RULE", finance=_quantities(UNDERSPEND.format(5_000_000)))
    assert next(one for one in met if "underspend, 2018/19" in one.message.casefold()).agrees


@pytest.mark.parametrize(("due", "agrees"), [(date(2017, 6, 30), True), (date(2017, 7, 1), True), (date(2017, 7, 2), False), (date(2017, 12, 31), False), (None, None)])  # fmt: skip
def test_triangulation_of_a_start_with_the_day_that_a_deliverable_is_due(due: date | None, agrees: bool | None) -> None:
    held = plan(due=Deliverable("d1", "o1", "Telemedicine in all homes", due=due))
    book = finance(schemes="homes,2017/18,2400000,2017-07,recurrent,live,80%,yes,,,,d1")
    made, _ = told("SCHEME_START", plan=held, finance=book)
    assert [one.agrees for one in made] == ([] if agrees is None else [agrees])
    if agrees is False:
        assert "before it can" in made[0].message


def test_triangulation_of_a_start_with_a_deliverable_that_is_not_there_says_so() -> None:
    book = finance(schemes="homes,2017/18,2400000,2017-07,recurrent,live,80%,yes,,,,d9")
    made, lacking = told("SCHEME_START", plan=plan(), finance=book)
    assert not made
    assert "names d9" in lacking[0].sentence


@pytest.mark.parametrize(("stated", "agrees"), [("1.0%", True), ("1.1%", False)])
def test_triangulation_of_the_underlying_position(stated: str, agrees: bool) -> None:
    """£5m of surplus and nothing that comes or goes once is 1% of £500m."""
    book = _quantities(
        "2017/18,planned_surplus,5000000,text,", f"2017/18,underlying_share,{stated},text,",
        allocations="a,2017/18,programme,recurrent,500000000",
    )  # fmt: skip
    made, lacking = told("UNDERLYING", finance=book)
    assert [one.agrees for one in made] == [agrees], lacking


@pytest.mark.parametrize(("printed", "agrees"), [("2.0", True), ("1.9", True), ("2.5", False)])
def test_triangulation_of_activity_growth_in_the_plan_and_in_the_model(printed: str, agrees: bool) -> None:
    row = ActivityAssumption("a1", "growth", "Elective", "IHAM", "2017/18", Decimal(printed), "%")
    made, _ = told("GROWTH_ASSUMPTION", plan=plan(growth=(row,)), activity=activity())
    assert [one.agrees for one in made] == [agrees]


def test_every_rule_of_triangulation_stands_in_the_table_or_has_a_test_of_its_own() -> None:
    own = {"SCHEME_START", "UNDERLYING"}
    assert {row.rule for row in ROWS} | own == {rule.id for rule in triangulation_rules()}


@pytest.mark.parametrize("rule_id", [rule.id for rule in triangulation_rules()])
def test_a_rule_of_triangulation_has_a_manual_page(rule_id: str) -> None:
    manual = find_triangulation_rule(rule_id).manual
    assert all(word in manual for word in ("Fires: ", "Does not", "Remedy: "))


@pytest.mark.parametrize(("printed", "unit", "agrees"), [("-500", "admissions a year", [True]), ("-600", "admissions a year", [False]), ("-5", "%", [])])  # fmt: skip
def test_triangulation_of_an_intervention_in_the_plan_and_in_the_model(
    printed: str, unit: str, agrees: list[bool]
) -> None:
    row = ActivityAssumption("a1", "intervention", "Elective", "Right care", "2017/18", Decimal(printed), unit)
    made, _ = told("GROWTH_ASSUMPTION", plan=plan(growth=(row,)), activity=activity())
    assert [one.agrees for one in made] == agrees
