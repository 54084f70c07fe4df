"""Rules on trajectories and sums, on plans as values."""

# ruff: noqa: E501 - a row of a table is one line

from __future__ import annotations

from decimal import Decimal

import pytest

from trigpoint.checks import check, find_rule, of_plan
from trigpoint.plans.model import Deliverable, IndicatorRow, IndicatorTable, Objective, Plan, Polarity, Target

Rows = list[tuple[str, str, dict[str, str]]]
LOWER, HIGHER, NEITHER = Polarity.LOWER, Polarity.HIGHER, Polarity.NEITHER


def table(polarity: Polarity, rows: Rows, kind: str = "rate") -> Plan:
    made = tuple(
        IndicatorRow(area, series, {label: Decimal(value) for label, value in values.items()})
        for area, series, values in rows
    )
    indicator = IndicatorTable("i1", "Deaths", "per 100,000", kind, polarity, 1, rows=made)
    return Plan("Plan", "A place", ("2026/27", "2027/28"), indicators=(indicator,))


def target(**values: str) -> tuple[str, str, dict[str, str]]:
    return ("A place", "target", {label.replace("_", "/").lstrip("y"): value for label, value in values.items()})


def actual(**values: str) -> tuple[str, str, dict[str, str]]:
    return ("A place", "actual", {label.replace("_", "/").lstrip("y"): value for label, value in values.items()})


CASES = [
    # rule, polarity, rows, fires, why
    ("TARGET_ABOVE_BASELINE", LOWER, [target(y2024_25="23.6", y2025_26="24.2"), actual(y2024_25="23.6")], True, "worse"),
    ("TARGET_ABOVE_BASELINE", HIGHER, [target(y2024_25="23.6", y2025_26="24.2"), actual(y2024_25="23.6")], False, "better"),
    ("TARGET_ABOVE_BASELINE", NEITHER, [target(y2024_25="23.6", y2025_26="24.2")], False, "nobody knows what is better"),
    ("TARGET_REGRESSES", HIGHER, [target(y2025_26="80", y2026_27="86", y2027_28="85")], True, "falls again"),
    ("TARGET_REGRESSES", HIGHER, [target(y2025_26="80", y2026_27="86", y2027_28="86")], False, "stays"),
    ("TARGET_STALE", LOWER, [target(y2024_25="23", y2027_28="21.4"), actual(y2024_25="20.5")], True, "20.5 is reached"),
    ("TARGET_STALE", LOWER, [target(y2024_25="23", y2027_28="19.9"), actual(y2024_25="20.5")], False, "still ahead"),
    ("TARGET_NO_PROGRESSION", HIGHER, [target(y2025_26="1098", y2026_27="1098", y2027_28="1098")], True, "flat"),
    ("TARGET_NO_PROGRESSION", HIGHER, [target(y2025_26="100", y2026_27="100", y2027_28="100")], False, "no more than all"),
    ("TARGET_INFEASIBLE", HIGHER, [target(y2027_28="66860"), actual(y2024_25="7758", y2025_26="16737", y2026_27="25000")], True,
     "42,000 a year where 9,000 were done"),
    ("TARGET_INFEASIBLE", HIGHER, [target(y2027_28="34000"), actual(y2024_25="7758", y2025_26="16737", y2026_27="25000")], False,
     "the pace goes on"),
    ("TARGET_YEAR_MISSING", HIGHER, [("North", "target number", {"": "210"}), actual(y2024_25="245")], True, "no year"),
    ("TARGET_YEAR_MISSING", HIGHER, [("North", "annual target", {"": "210"})], False, "each year"),
    ("TARGET_YEAR_MISSING", HIGHER, [target(y2026_27="210", y2027_28="220")], False, "both years of the plan"),
    ("DATA_ANOMALY", LOWER, [actual(y2020_21="780", y2021_22="823", y2022_23="778", y2023_24="794", y2024_25="859")], True, "+65"),
    ("DATA_ANOMALY", LOWER, [actual(y2022_23="780", y2023_24="794", y2024_25="859")], False, "too short a series"),
    ("TARGET_INCONSISTENT_AGGREGATE", HIGHER,
     [("Overall", "target", {"2025/26": "50", "2026/27": "60"}), ("North", "target", {"2025/26": "40", "2026/27": "50"}),
      ("South", "target", {"2025/26": "60", "2026/27": "75"})], True, "+10 of +10 and +15"),
    ("TARGET_INCONSISTENT_AGGREGATE", HIGHER,
     [("Overall", "target", {"2025/26": "50", "2026/27": "62"}), ("North", "target", {"2025/26": "40", "2026/27": "50"}),
      ("South", "target", {"2025/26": "60", "2026/27": "75"})], False, "+12 of +10 and +15"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "polarity", "rows", "fires", "why"), CASES)
def test_rule_on_trajectories(rule: str, polarity: Polarity, rows: Rows, fires: bool, why: str) -> None:
    assert bool(check(of_plan(table(polarity, rows)), rules=[find_rule(rule)])) is fires, why


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


def test_components_that_exceed_the_change(findings) -> None:
    text = "The limit increases from £456.2m to £463.9m. The increases are due to growth ({})."
    assert findings("TOTAL_MISMATCH", text.format("£8.8m"))
    assert not findings("TOTAL_MISMATCH", text.format("£7.7m"))


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


WORDS = [
    ("TARGET_UNDATED", "The target is 210 referrals.", True, "by when?"),
    ("TARGET_UNDATED", "In 2025/26, 76% were seen against a target of 78%.", False, "dated at the beginning"),
    ("TARGET_UNDATED", "The target is for 210 referrals, 245 were received in 2025/26.", True, "only the actual is dated"),
    ("TARGET_STALE", "The target is for 210 referrals, 245 referrals were received in 2025/26.", True, "more are reached already"),
    ("TARGET_STALE", "The target is for 210 referrals, 190 referrals were received in 2025/26.", False, "still ahead"),
    ("TARGET_STALE", "The target is for 210 deaths, 245 deaths were recorded in 2025/26.", False, "more is not better"),
    ("TARGET_UNDATED", "The target for 2026/27 is 210 referrals.", False, "dated"),
    ("TARGET_UNDATED", "Uptake is below the national target of 80%.", False, "a standing national target"),
    ("TARGET_UNMEASURABLE", "Note: these data stopped being reported nationally.", True, "no data"),
    ("TARGET_UNMEASURABLE", "Note: these data are reported quarterly.", False, "data"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "fires", "why"), WORDS)
def test_rule_on_words_about_targets(findings, rule: str, text: str, fires: bool, why: str) -> None:
    assert bool(findings(rule, text + "\n")) is fires, why


RATES = (
    "Breastfeeding\n\nLocality\t\t2024-25\t2025-26\t2026-27\nNorth\tTarget\t50.3%\t53.3%\t56.3%\n"
    "\tActual\t50.1%\t\t\nSouth\tTarget\t40.3%\t43.3%\t46.3%\n\tActual\t41.1%\t\t\n\n"
)


@pytest.mark.parametrize(
    ("rule", "note", "fires"),
    [
        ("UNIT_AMBIGUITY", "North and South based on 3% increase", True),
        ("UNIT_AMBIGUITY", "North and South based on 3 percentage points", False),
        ("TARGET_BASELINE_MISSING", "source: national survey (baseline year 2022/23)", True),
        ("TARGET_BASELINE_MISSING", "source: national survey (baseline year 2024/25)", False),
    ],
)
def test_rule_on_notes_under_a_table(findings, rule: str, note: str, fires: bool) -> None:
    assert bool(findings(rule, RATES + note + "\n")) is fires
