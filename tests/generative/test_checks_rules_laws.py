"""Laws of single rules: what they may never object to, whatever the plan."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.checks import check, find_rule, of_plan
from trigpoint.checks.lexicon import lexicon
from trigpoint.checks.rules.calendar import MONTHS, WEEKDAYS
from trigpoint.plans.model import Deliverable, Objective, Plan, Risk, RiskScore

DAYS = st.dates(date(2000, 1, 1), date(2059, 12, 31))
MARKS = st.integers(1, 5).map(Decimal)


def of_words(*texts: str) -> Plan:
    rows = tuple(Deliverable(f"d{number}", "o1", text) for number, text in enumerate(texts))
    return Plan("P", "A", ("2026/27",), objectives=(Objective("o1", "", "", "Care"),), deliverables=rows)


def objections(rule: str, plan: Plan) -> list[str]:
    return [finding.message for finding in check(of_plan(plan), rules=[find_rule(rule)])]


@given(DAYS)
@settings(deadline=None)
def test_a_day_that_exists_is_never_called_impossible(day: date) -> None:
    name, month = WEEKDAYS[day.weekday()].capitalize(), MONTHS[day.month - 1].capitalize()
    plan = of_words(
        f"Agreed by {name} {day.day} {month} {day.year}.",
        f"Due {day:%d/%m/%Y}",
        f"Plan for {day.year}/{(day.year + 1) % 100:02}",
    )
    assert objections("IMPOSSIBLE_DATE", plan) == []


@given(DAYS, st.integers(1, 6))
@settings(deadline=None)
def test_another_weekday_is_always_told(day: date, apart: int) -> None:
    wrong = WEEKDAYS[(day + timedelta(days=apart)).weekday()].capitalize()
    plan = of_words(f"Agreed by {wrong} {day.day} {MONTHS[day.month - 1].capitalize()} {day.year}.")
    assert objections("IMPOSSIBLE_DATE", plan) == [f"That day is a {WEEKDAYS[day.weekday()].capitalize()}."]


@given(st.lists(st.tuples(MARKS, MARKS), min_size=1, max_size=8))
@settings(deadline=None)
def test_a_register_that_multiplies_is_never_objected_to(marks: list[tuple[Decimal, Decimal]]) -> None:
    risks = tuple(
        Risk(f"r{number}", f"Risk {number}", "", current=RiskScore(first, second, first * second), scale="1-5")
        for number, (first, second) in enumerate(marks)
    )
    plan = Plan("P", "A", ("2026/27",), risks=risks)
    for rule in ("RISK_SCORE_MISMATCH", "RISK_SCORE_IMPOSSIBLE", "RISK_OUTSIDE_SCALE", "RISK_SCORE_MISSING"):
        assert objections(rule, plan) == []


@given(st.lists(st.sampled_from(sorted(lexicon().known)), min_size=1, max_size=12))
@settings(deadline=None, max_examples=60)
def test_a_word_of_the_dictionary_is_never_called_unknown(words: list[str]) -> None:
    told = objections("SPELLING", of_words(" ".join(words)))
    assert not [message for message in told if "not in the dictionary" in message or "American" in message]
