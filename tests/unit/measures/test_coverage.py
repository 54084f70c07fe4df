"""What of a planning round a plan answers: current-round plan, the examples, and plans that say little."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from trigpoint.errors import InputError
from trigpoint.measures.book.book import Actual, Aim, AimKind, MeasureBook
from trigpoint.measures.coverage import Answer, Coverage, Difference, Ground, Kind, StandardCoverage, coverage_of
from trigpoint.measures.definitions import library
from trigpoint.plans.model import (
    ActivityAssumption,
    Comparator,
    Deliverable,
    FinanceLine,
    Milestone,
    Objective,
    Plan,
    SuccessMeasure,
    Target,
    Theme,
)
from trigpoint.plans.workspace import read_plan

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


def by_id(coverage: Coverage, standard: str) -> StandardCoverage:
    return next(row for group in coverage.priorities for row in group.standards if row.standard.id == standard)


def current(**parts: object) -> Plan:
    """A small plan of the current round; ``parts`` replace or add to its own."""
    usual: dict[str, object] = {
        "themes": (Theme("t1", "1", "Elective care"), Theme("t2", "2", "Urgent and emergency care")),
        "objectives": (
            Objective("o1", "t1", "1.1", "Shorter waits for planned treatment"),
            Objective("o2", "t2", "2.1", "Flow through the emergency department"),
        ),
        "deliverables": (
            Deliverable(
                "d1", "o1", "72% of patients wait no longer than 18 weeks", targets=(waits("72", "2027-03-31"),)
            ),
            Deliverable("d2", "o1", "More diagnostic waiting list capacity over winter"),
            Deliverable("d3", "o2", "A&E four-hour standard: 80%", targets=(hours("80", "March 2027"),)),
        ),
    }
    usual["years"] = ("2026/27", "2027/28", "2028/29")
    return Plan(**{"title": "Plan", "organisation": "Northvale", "framework": "nhs-2026-29", **usual, **parts})  # type: ignore[arg-type]


def waits(value: str, at: str) -> Target:
    return Target("patients waiting under 18 weeks", Decimal(value), "%", Comparator.AT_LEAST, at)


def hours(value: str, at: str) -> Target:
    return Target("patients seen within four hours", Decimal(value), "%", Comparator.AT_LEAST, at)


def test_a_plan_of_the_current_round() -> None:
    found = coverage_of(current())
    national = by_id(found, "rtt-incomplete-within-18-weeks-national-2026-27")
    assert national.answer is Answer.WITH_TARGET
    assert [row.finding for row in national.comparisons] == ["72% for 31 March 2027: stronger than the standard of 70%"]
    provider = by_id(found, "rtt-incomplete-within-18-weeks-provider-2026-27")
    assert [row.difference for row in provider.comparisons] == [Difference.CANNOT]  # its baseline is not known
    hours_standard = by_id(found, "aande-4-hour-provider-2026-27")
    assert [row.difference for row in hours_standard.comparisons] == [Difference.WEAKER]
    later = by_id(found, "aande-4-hour-national-2028-29")
    assert (later.answer, [row.difference for row in later.comparisons]) == (Answer.IN_WORDS, [Difference.OTHER_YEAR])
    assert found.sentence == (
        "The plan answers 2 of 10 priorities and 3 of 41 standards with a target and 2 in words; "
        "1 standard has a weaker target."
    )
    assert {row.priority.id for row in found.priorities if row.answer is not Answer.NOT} == {
        "elective",
        "urgent-and-emergency-care",
    }


# text of a deliverable, its target's measure, value and unit, the standard that it answers ("" for none)
CURRENT = [
    ("RTT so that 70% wait less than 18 weeks", "within 18 weeks", "70", "%", "rtt-18-weeks"),
    ("Faster Diagnosis Standard at 80%", "28-day diagnosis", "80", "%", "cancer-28-day-fds"),
    ("62-day cancer performance", "62-day performance", "80", "%", "cancer-62-day"),
    ("No more than 14% over 6 weeks for a diagnostic test", "six weeks for a test", "14", "%", "dm01-6-weeks"),
    ("Children’s A&E: 95% within 4 hours", "paediatric four-hour performance", "95", "%", "ae-4-hour-paediatric"),
    ("Average Category 2 response of 25 minutes", "response", "25", "minutes", "ambulance-category-2-mean"),
    ("Urgent patients seen the same day in general practice", "same day urgent GP", "90", "%", "same-day-urgent-gp"),
    ("Community services within 18 weeks", "community waits of 18 weeks", "78", "%", "community-18-weeks"),
    ("Talking Therapies recovery", "reliable recovery", "51", "%", "talking-therapies-reliable-recovery"),
    ("Cut agency spend", "reduction in agency spend", "30", "%", "agency-use"),
    ("Bank spend down", "reduction in bank spend", "10", "%", "bank-spend"),
    ("Job plans signed off", "medical job plans", "95", "%", "medical-job-plans"),
    ("Community nurses within 4 hours of a fall", "visits", "90", "%", ""),
    ("Contingency plan for winter", "plans", "1", "plans", ""),
    ("Recovery college for people with psychosis", "places", "20", "places", ""),
    ("Review 18 practices in 6 weeks", "practices", "18", "practices", ""),
    ("1 risk rated red", "risks", "1", "risks", ""),
    ("Productivity software bought", "licences", "20", "licences", ""),
]


@pytest.mark.parametrize(("text", "measure", "value", "unit", "standard"), CURRENT)
def test_what_plans_of_the_current_round_write(text: str, measure: str, value: str, unit: str, standard: str) -> None:
    target = Target(measure, Decimal(value), unit, Comparator.AT_LEAST, "2026/27")
    found = coverage_of(current(deliverables=(Deliverable("d1", "o1", text, targets=(target,)),)))
    answered = {row.standard.measure for row in found.standards if row.answer is not Answer.NOT}
    assert answered == ({standard} if standard else set())


def test_every_match_says_how_it_was_recognised() -> None:
    found = coverage_of(current())
    for group in found.priorities:
        for row in (*group.evidence, *(each for standard in group.standards for each in standard.evidence)):
            assert "“" in row.why
            assert row.ground is Ground.WORDS
    (theme,) = found.priorities[0].evidence
    assert (theme.kind, theme.item, theme.why) == (Kind.THEME, "t1", "“elective” in its title")


def with_measure(text: str, *targets: Target) -> Plan:
    measure = SuccessMeasure("s1", "", "", text, targets)
    return Plan("Plan", "Northvale", ("2017/18",), "nhs-2017-19", measures=(measure,))


def test_the_national_code_and_the_measures_own_id_are_surer_than_words() -> None:
    plan = with_measure("E.B.3 as returned", Target("return", Decimal(90), "%", at="2017/18"))
    row = by_id(coverage_of(plan), "e-b-3")
    assert [(each.ground, each.why) for each in row.evidence] == [(Ground.CODE, "it names E.B.3")]
    assert [each.difference for each in row.comparisons] == [Difference.WEAKER]
    # E.B.33 is another code.
    assert by_id(coverage_of(with_measure("E.B.33 as returned")), "e-b-3").answer is Answer.NOT


def test_a_standard_that_is_counted_without_a_target_is_measured() -> None:
    """Known by the standard that the definition names; a definition without a figure measures nothing."""
    plan = Plan("Plan", "Northvale", ("2017/18",), "nhs-2017-19")
    definition = replace(library.load("mrsa"), id="own-mrsa")
    counted = Actual("own-mrsa", "RXX", "May 2017", Decimal(0))
    assert by_id(coverage_of(plan, book=MeasureBook((definition,))), "e-a-s-4").answer is Answer.NOT
    found = coverage_of(plan, book=MeasureBook((definition,), (counted,)))
    row = by_id(found, "e-a-s-4")
    assert (row.answer, row.comparisons) == (Answer.MEASURED, ())
    assert [(each.kind, each.item, each.why) for each in row.evidence] == [
        (Kind.FIGURES, "own-mrsa", "figures are entered for “own-mrsa”")
    ]
    assert "; it measures 1 more without a target of its own" in found.sentence
    spoken = with_measure("MRSA infections (E.A.S.4)", Target("cases", Decimal(0), "", at="2017/18"))
    answered = by_id(coverage_of(spoken, book=MeasureBook((definition,), (counted,))), "e-a-s-4")
    assert answered.answer is not Answer.MEASURED


def test_a_trajectory_of_the_book_answers_its_measure() -> None:
    definition = library.load("dm01-6-weeks")
    aims = (
        Aim("dm01-6-weeks", "RXX", AimKind.PLAN, "March 2027", Decimal(15), illustrative=True),
        Aim("dm01-6-weeks", "RYY", AimKind.PLAN, "March 2027", Decimal(10)),
        Aim("dm01-6-weeks", "RXX", AimKind.STRETCH, "March 2027", Decimal(1)),
    )
    book = MeasureBook((definition,), aims=aims)
    row = by_id(coverage_of(current(), book=book), "dm01-waiting-over-6-weeks-national-2026-27")
    assert [(each.kind, each.ground, each.why) for each in row.evidence] == [
        (Kind.TRAJECTORY, Ground.MEASURE, "its id is “dm01-6-weeks”, illustrative")
    ]
    assert [each.finding for each in row.comparisons] == ["15% for March 2027: weaker than the standard of 14%"]


@pytest.mark.parametrize(
    ("rule", "findings"),
    [
        ("explicit(12%)", ["12.0% for 2026/27: stronger than the standard of 14%"]),
        ("step(-6pp a year from 20% in 2025/26)", ["14.0% for 2026/27: as the standard of 14%"]),
        (
            "linear to 1% by 2028/29 from 21% in 2025/26",
            ["14.3% for 2026/27: weaker than the standard of 14%"],
        ),
        ("min(baseline - 3pp; 20%)", []),
        ("step(-1pp a month from 20% in March 2026)", ["8.0% for March 2027: stronger than the standard of 14%"]),
        ("nonsense", []),
    ],
)
def test_a_trajectory_by_rule_is_laid_beside_the_standard_where_it_can_be(rule: str, findings: list[str]) -> None:
    aim = Aim("dm01-6-weeks", "RXX", AimKind.PLAN, rule=rule)
    book = MeasureBook((library.load("dm01-6-weeks"),), aims=(aim,))
    found = coverage_of(current(years=("2026/27",)), book=book)
    row = by_id(found, "dm01-waiting-over-6-weeks-national-2026-27")
    assert [each.finding for each in row.comparisons] == findings
    assert row.evidence[0].rule == rule


def test_an_action_in_passing_is_no_answer_but_a_steps_own_target_is() -> None:
    step = Milestone("m1", "o1", "d1", "Look at waits of 52 weeks in community services")
    found = coverage_of(current(milestones=(step,)))
    assert by_id(found, "community-activity-within-18-weeks-provider-2026-27").answer is Answer.NOT
    spoken = Target("community waits within 18 weeks", Decimal(78), "%", at="2027-03-31")
    step = Milestone("m1", "o1", "d1", "Waits in the community", targets=(spoken,))
    row = by_id(coverage_of(current(milestones=(step,))), "community-activity-within-18-weeks-provider-2026-27")
    assert (row.answer, row.evidence[0].item) == (Answer.WITH_TARGET, "m1")


def test_the_year_keeps_the_standards_that_hold_in_it() -> None:
    found = coverage_of(current(), year="2027/28")
    assert found.year == "2027/28"
    assert not [row for row in found.standards if row.standard.measure == "rtt-18-weeks"]
    assert [row for row in found.standards if row.standard.measure == "cancer-28-day-fds"]
    for wrong in ("2028/29 Q1", "March 2028", "soon"):
        with pytest.raises(InputError):
            coverage_of(current(), year=wrong)


def test_an_empty_plan_answers_nothing() -> None:
    found = coverage_of(Plan("Plan", "Northvale", ("2017/18", "2018/19")))
    assert found.chosen == "the only round with the plan’s years"
    assert found.sentence == (
        "The plan answers 0 of 9 priorities, 0 of 48 things they ask for and 0 of 52 standards with a target "
        "and 0 in words."
    )
    # One plan's own prevention measures are not missed in another's.
    assert not [row for group in found.priorities for row in group.standards if row.local]


@pytest.mark.parametrize("years", [(), ("2019/20",), ("2018/19", "2026/27")])
def test_a_round_that_cannot_be_told_is_asked_for(years: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="does not name its planning round") as caught:
        coverage_of(Plan("Plan", "Northvale", years))
    assert "nhs-2026-29" in caught.value.remedy
    with pytest.raises(InputError, match="no planning framework “nhs-1948”"):
        coverage_of(Plan("Plan", "Northvale", years), framework="nhs-1948")


def test_the_dudley_plan() -> None:
    found = coverage_of(read_plan(EXAMPLES / "dudley-2017-19"))
    assert all(row.answer is not Answer.NOT and row.evidence[0].ground is Ground.NUMBER for row in found.priorities)
    unanswered = [row.requirement.title for row in found.requirements if row.answer is Answer.NOT]
    assert unanswered == [
        "Trajectories for the core measures of the sustainability and transformation plan",
        "Staffing by the National Quality Board’s guidance",
    ]
    with_target = {row.standard.id for row in found.standards if row.answer is Answer.WITH_TARGET}
    assert with_target >= {
        "e-b-5",
        "e-b-3",
        "e-b-15-16-red-1",
        "e-p-1-2018-19",
        "e-a-3-2018-19",
        "e-a-s-1",
        "e-h-9-2018-19",
        "finance-f2",
        "finance-f3",
        "finance-f6",
        "e-m-1-12",
    }
    assert not with_target & {"e-b-4", "e-b-18", "e-a-s-4", "e-a-s-5", "e-o-1-2018-19", "e-k-1-2-nhse", "finance-f7"}
    assert by_id(found, "e-b-12-14-gp").answer is Answer.IN_WORDS  # no percentage is printed as a target
    local = [row for group in found.priorities for row in group.standards if row.local]
    assert len(local) == 11
    assert {each.difference for row in local for each in row.comparisons} == {Difference.SAME}


def test_the_financial_and_the_activity_plan_answer() -> None:
    lines = (
        FinanceLine("f1", "business rule", "Contingency", "2017/18", Decimal("0.4"), "%", "At least 0.5%"),
        FinanceLine("f2", "business rule", "Contingency", "2018/19", Decimal("0.5"), "%", "At least 0.5%"),
        FinanceLine("f3", "surplus", "Planned surplus", "2017/18", Decimal(-5300000), "GBP", "Control total"),
        FinanceLine("f4", "pressure", "Prices", "", Decimal(1), "%"),
    )
    growth = (ActivityAssumption("a1", "growth", "A&E", "Model", "2017/18", Decimal("1.9"), "%"),)
    plan = Plan("Plan", "Northvale", ("2017/18", "2018/19"), finance=lines, activity=growth, framework="nhs-2017-19")
    found = coverage_of(plan)
    contingency = by_id(found, "finance-f3")
    assert contingency.answer is Answer.WITH_TARGET
    assert [(row.kind, row.item) for row in contingency.evidence] == [(Kind.FINANCE, "f1")]
    assert contingency.evidence[0].text == "Contingency (At least 0.5%): 0.4% in 2017/18, 0.5% in 2018/19"
    assert [row.finding for row in contingency.comparisons] == [
        "0.4% for 2017/18: weaker than the standard of 0.5% of allocation",
        "0.5% for 2018/19: as the standard of 0.5% of allocation",
    ]
    position = by_id(found, "finance-f1")
    assert [row.finding for row in position.comparisons] == ["−£5,300,000 for 2017/18: the standard names no number"]
    assert [row.kind for row in by_id(found, "e-m-1-12").evidence] == [Kind.ACTIVITY]
    assert by_id(found, "finance-f7").answer is Answer.NOT


def test_the_worcestershire_plan() -> None:
    found = coverage_of(read_plan(EXAMPLES / "worcestershire-2016-17"))
    assert found.framework.id == "nhs-2016-17"
    hours_standard = by_id(found, "e-b-5")
    assert [row.finding for row in hours_standard.comparisons] == [
        "91% for 31 December 2016: weaker than the standard of 95%",
        "91% for 31 March 2017: weaker than the standard of 95%",
    ]
    assert (
        by_id(found, "e-h-1-2-18-weeks").answer is Answer.NOT
    )  # “18 weeks” in a list beside IAPT is the other standard
