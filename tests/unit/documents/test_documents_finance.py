"""The financial part of a plan, its risks and its growth assumptions."""

from __future__ import annotations

from decimal import Decimal

from trigpoint.documents import interpret, parse_text
from trigpoint.plans.draft import NoteKind, PlanDraft


def read(text: str) -> PlanDraft:
    return interpret(parse_text(("Plan 2017/18 – 2018/19\n\n" + text.replace("|", "\t")).encode(), "plan.txt"))


def test_business_rules_are_figures_with_their_requirement() -> None:
    draft = read(
        "Planning assumptions & business rules||Our plan|\n"
        "||2017-18|2018-19\n"
        "Business Rules|Minimum 0.5% Contingency Held|0.5%|0.6%\n"
        "|1% Cumulative Underspend|1.2%|1%\n"
        "Running Costs|Not to exceed the allowance|Achieved - £21.91 per head.|Achieved- £21.75 per head.\n"
    )
    rows = [(row.group, row.name, row.period, str(row.value), row.unit) for row in draft.plan.finance]
    assert rows == [
        ("business rule", "Contingency Held", "2017/18", "0.5", "%"),
        ("business rule", "Contingency Held", "2018/19", "0.6", "%"),
        ("business rule", "Cumulative Underspend", "2017/18", "1.2", "%"),
        ("business rule", "Cumulative Underspend", "2018/19", "1", "%"),
        ("running cost", "Not to exceed the allowance", "2017/18", "21.91", "£ per head"),
        ("running cost", "Not to exceed the allowance", "2018/19", "21.75", "£ per head"),
    ]
    assert draft.plan.finance[0].requirement == "Minimum 0.5% Contingency Held"
    assert draft.sources["f3"].lines == (6,)
    assert draft.plan.indicators == ()


def test_labelled_paragraphs_give_figures_with_their_years() -> None:
    draft = read(
        "- i) **Overall Surplus** - we plan for £5.3m in 2017/18 and £4.3m in 2018/19.\n"
        "- v) **QIPP** – the target for 2017/18 is £14.4m, which is 3.1% of resource.\n"
        "- iv) **Underlying Surplus** – from 1.5% in 2016/17 to 1.7% in 2017/18 and 2018/19.\n"
        "A paragraph – about £3m in 2017/18 that has no label of finance.\n"
    )
    assert [(row.group, row.period, row.value, row.unit) for row in draft.plan.finance] == [
        ("surplus", "2017/18", Decimal(5300000), "£"),
        ("surplus", "2018/19", Decimal(4300000), "£"),
        ("QIPP", "2017/18", Decimal(14400000), "£"),
        ("underlying", "2016/17", Decimal("1.5"), "%"),
        ("underlying", "2017/18", Decimal("1.7"), "%"),
        ("underlying", "2018/19", Decimal("1.7"), "%"),
    ]


RISKS = (
    "vi) **Risks and Mitigations**\n\n"
    "- **Price changes** – a pressure in the region of £1.8m.\n"
    "- **Savings** – the target for 2017/18 (£14.4m) and 2018/19 (£14m) has doubled.\n"
    "- **Old sums** – £1m once and £2m later.\n\n"
    "Too much demand – A risk that demand grows.\n\n"
    "It may grow twice.\n\n"
    "If such risks occur, they will be met from reserves.\n\n"
    "vii) Cost Pressures\n\n"
    "Prices - There is a £1.8m pressure. It was agreed.\n\n"
    "d) Demand Management\n\nNo risk – this is another section.\n"
)


def test_risks_with_amounts_and_their_common_mitigation() -> None:
    draft = read(RISKS)
    assert [(row.id, row.title, row.amount_gbp) for row in draft.plan.risks] == [
        ("r1", "Price changes", Decimal(1800000)),
        ("r2", "Savings", Decimal(14400000)),
        ("r3", "Old sums", None),
        ("r4", "Too much demand", None),
    ]
    assert draft.plan.risks[3].text == "A risk that demand grows. It may grow twice."
    assert {row.mitigation for row in draft.plan.risks} == {"If such risks occur, they will be met from reserves."}
    several = [note.text for note in draft.notes if note.kind is NoteKind.INFERRED and "several amounts" in note.text]
    assert len(several) == 2


def test_cost_pressures_are_financial_figures() -> None:
    draft = read(RISKS)
    assert [(row.group, row.name, row.value, row.note) for row in draft.plan.finance] == [
        ("pressure", "Prices", Decimal(1800000), "There is a £1.8m pressure.")
    ]


def test_assumed_growth_by_point_of_delivery_and_year() -> None:
    draft = read(
        "The graph shows the 2017/18 and 2018/19 planning assumptions for Elective activity. "
        "The IHAM growth assumption applied across both years is 1.7%.\n\n"
        "It shows assumptions for First Outpatient appointments. The growth rate is 3.4%.\n\n"
        "Growth assumptions for Elective activity are described elsewhere.\n"
    )
    assert [(row.kind, row.pod, row.period, str(row.value), row.unit) for row in draft.plan.activity] == [
        ("growth", "Elective", "2017/18", "1.7", "%"),
        ("growth", "Elective", "2018/19", "1.7", "%"),
        ("growth", "First Outpatient appointments", "", "3.4", "%"),
    ]
