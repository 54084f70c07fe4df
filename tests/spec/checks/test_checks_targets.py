"""Sums in a workspace, down a column and along a row; and targets of commitments."""

from __future__ import annotations

from decimal import Decimal

import pytest

from trigpoint.checks import check, find_rule, of_plan
from trigpoint.plans.model import Deliverable, IndicatorRow, IndicatorTable, Objective, Plan, Polarity, Target

Rows = list[tuple[str, str, dict[str, str]]]
NEITHER = Polarity.NEITHER


def table(polarity: Polarity, rows: Rows, kind: str = "rate") -> Plan:
    made = tuple(
        IndicatorRow(area, series, {label: Decimal(value) for label, value in values.items()})
        for area, series, values in rows
    )
    indicator = IndicatorTable("i1", "Deaths", "per 100,000", kind, polarity, 1, rows=made)
    return Plan("Plan", "A place", ("2026/27", "2027/28"), indicators=(indicator,))


SUMS = [
    # parts, total, rule that speaks, why
    (["211", "178", "308", "185", "215"], "1098", "TOTAL_ROUNDING", "1,097: one unit is within (5 + 1) / 2"),
    (["211", "178", "308", "185", "215"], "1100", "TOTAL_ROUNDING", "three units: exactly (5 + 1) / 2"),
    (["211", "178", "308", "185", "215"], "1101", "TOTAL_MISMATCH", "four units: more than rounding explains"),
    (["211", "178", "308", "185", "215"], "1097", None, "it fits"),
    (["31.2", "25.3", "28.0"], "27.4", None, "among its parts: the mean of a rate"),
    (["1.2", "1.3"], "2.6", "TOTAL_ROUNDING", "a tenth, in numbers printed to tenths"),
    (["1.2", "1.3"], "3.5", "TOTAL_MISMATCH", "a whole, in numbers printed to tenths"),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "total", "rule", "why"), SUMS)
def test_sums(findings, parts: list[str], total: str, rule: str | None, why: str) -> None:
    names = [f"Area {index}" for index in range(len(parts))]
    rows: Rows = [(name, "actual", {"2024/25": part}) for name, part in zip(names, parts, strict=True)]
    plan = table(NEITHER, [*rows, ("Grand total", "actual", {"2024/25": total})], kind="count")
    down = "Area\tQuits\tSmokers\n" + "".join(
        f"{name}\t{part}\t{part}\n" for name, part in zip(names, parts, strict=True)
    )
    across = "Year\tAll places overall\t" + "\t".join(names) + "\n2024-25\t" + "\t".join([total, *parts])
    for each in ("TOTAL_ROUNDING", "TOTAL_MISMATCH"):
        expected = each == rule
        assert bool(check(of_plan(plan), rules=[find_rule(each)])) is expected, f"a workspace: {why}"
        assert bool(findings(each, f"{down}Grand Total\t{total}\t{total}\n")) is expected, f"a column: {why}"
        assert bool(findings(each, f"{across}\n2025-26\t{across.splitlines()[1][8:]}\n")) is expected, f"a row: {why}"


def test_a_commitment_that_asks_less_than_the_one_before() -> None:
    def row(number: int, quarter: str, due: str, value: str) -> Deliverable:
        from datetime import date

        goal = Target("cancer", Decimal(value), "%", at=due)
        text = f"By the end of {quarter}, {value}% of patients will have met the cancer 62 day target"
        return Deliverable(f"d{number}", "o1", text, due=date.fromisoformat(due), targets=(goal,))

    def plan(last: str) -> Plan:
        rows = (row(1, "Q3", "2026-12-31", "86"), row(2, "Q4", "2027-03-31", last))
        return Plan("P", "A", ("2026/27",), objectives=(Objective("o1", "t", "1", "Waits"),), deliverables=rows)

    assert check(of_plan(plan("85")), rules=[find_rule("TARGET_REGRESSES")])
    assert not check(of_plan(plan("87")), rules=[find_rule("TARGET_REGRESSES")])
