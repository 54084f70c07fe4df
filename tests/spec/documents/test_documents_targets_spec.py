"""How words are read as targets: text of a commitment or measure → (comparator, value, unit, at), and why."""

from decimal import Decimal

import pytest

from trigpoint.documents.targets import find_targets
from trigpoint.periods import FinancialYear, due_date

YEARS = (FinancialYear(2017), FinancialYear(2018))

TARGETS = [
    ("By the end of March 2018, 91% of patients are seen", [(">=", "91", "%", "2018-03-31")], "a share to be met"),
    ("the 92% waiting standard will be achieved by March 2018", [(">=", "92", "%", "2018-03-31")], "a named standard"),
    ("at least 32% of children by April 2019", [(">=", "32", "%", "2019-04-30")], "at least"),
    ("more than 92% of patients", [(">", "92", "%", "")], "more than, undated"),
    ("no more than 5% of beds", [("<=", "5", "%", "")], "no more than"),
    ("fewer than 10% delayed", [("<", "10", "%", "")], "fewer than"),
    ("savings of >2%", [(">", "2", "%", "")], "a sign instead of words"),
    ("95% or more of calls", [(">=", "95", "%", "")], "or more"),
    ("95 per cent of calls", [(">=", "95", "%", "")], "per cent in words"),
    (
        "access 17/18 Q3 16.8% 18/19 Q2 19%",
        [(">=", "16.8", "%", "2017/18 Q3"), (">=", "19", "%", "2018/19 Q2")],
        "a series with the period before each value",
    ),
    (
        "30%, in 2017/18 and 32%, in 2018/19, of children treated",
        [(">=", "30", "%", "2017/18"), (">=", "32", "%", "2018/19")],
        "a series with the period after each value",
    ),
    ("80% use in March 2018", [(">=", "80", "%", "March 2018")], "a month that is no deadline keeps its label"),
    ("a reduction of 50% by the end of 2018/19", [(">=", "50", "%", "2019-03-31")], "a long-term target"),
    (
        "10 – 15 per million population by March 2019",
        [(">=", "10", "per million population", "2019-03-31"), ("<=", "15", "per million population", "2019-03-31")],
        "a range is two limits",
    ),
    ("a rate of 9.5 per 100,000", [(">=", "9.5", "per 100,000", "")], "a rate"),
    ("four of the ten standards", [("=", "4", "of 10", "")], "a part of a whole, in words"),
    ("transfer of 20 members of staff", [("=", "20", "members of staff", "")], "things counted"),
    ("the six key priorities will be delivered", [("=", "6", "priorities", "")], "things counted in words"),
    ("saving at least £2.5m", [(">=", "2500000.0", "£", "")], "a sum"),
    ("from the baseline of 15%", [], "a baseline is no target"),
    ("currently 58%", [], "where things stand is no target"),
    ("exempt from the 75% target", [], "what is exempted from is no target"),
    ("24/7 cover, 7 day working, within 4 hours", [], "hours and days are no quantity of their own"),
    ("the core 24 standards", [], "a name"),
    ("Tier 2 services and pathway 3", [], "labels"),
    ("By June 2018, the plan is agreed", [], "a year is no number of things"),
    ("all 4 areas", [], "a description"),
    ("four of the board", [], "no whole is named"),
    ("", [], "nothing"),
]


@pytest.mark.parametrize(("text", "expected", "why"), TARGETS, ids=[row[2] for row in TARGETS])
def test_words_to_targets(text: str, expected: list[tuple[str, str, str, str]], why: str) -> None:
    found = find_targets(text, years=YEARS, due=due_date(text, years=YEARS))
    wanted = [(sign, Decimal(value), unit, at) for sign, value, unit, at in expected]
    assert [(one.comparator.value, one.value, one.unit, one.at) for one in found] == wanted


MEASURES = [
    ("By Q3, 91% of patients will have met the 4 hour standard", "patients met the 4 hour standard"),
    ("the 92% waiting time trajectory will continue to be achieved", "waiting time trajectory"),
    ("Achieve 80% utilisation by March 2018", "utilisation"),
    ("signed up, including access trajectories 17/18 Q3 16.8% 18/19 Q2 19% Providers agree", "access trajectories"),
    ("30%, in 2017/18 and 32%, in 2018/19, of children treated early", "children treated early"),
    ("performance against the 75% standard", "performance against standard"),
    ("Increase spend by 2%", "Increase spend"),
]


@pytest.mark.parametrize(("text", "measure"), MEASURES)
def test_the_measure_is_said_in_the_words_around_the_number(text: str, measure: str) -> None:
    found = find_targets(text, years=YEARS)
    assert found
    assert {one.measure for one in found} == {measure}


def test_a_very_long_text_is_no_commitment() -> None:
    assert find_targets("50% of beds " * 5000) == ()
