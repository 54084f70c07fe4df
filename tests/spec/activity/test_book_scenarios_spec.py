"""What a scenario changes, spelt as the tables spell it, and what is told of a change that cannot be made."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from trigpoint.activity.assumptions.growth import GrowthForm
from trigpoint.activity.assumptions.scenario import Change, Scenario
from trigpoint.activity.assumptions.uncertain import Distribution
from trigpoint.activity.book.book import ActivityBook
from trigpoint.activity.book.plan_growth import growth_of_plan
from trigpoint.activity.book.reading import read_texts
from trigpoint.activity.book.scenarios import applied, read_scenario, scenario_text
from trigpoint.errors import InputError
from trigpoint.plans.model import ActivityAssumption, Plan

FILES = {
    "settings.toml": 'base_year = "2016/17"\n',
    "totals.csv": "pod,outturn\nA&E,100000\nEL,20000\n",
    "growth.csv": "id,pod,value,low,high\nae,A&E,2%,1%,3%\n",
    "schemes.csv": (
        "id,effect,pod,value,low,high,start,full,cohort\n"
        "right-care,share avoided,EL,60%,40%,80%,2017-04,2021-03,50%\n"
        "acsc,number avoided,EL,1700,,,2017-04,,\n"
    ),
}


@pytest.fixture
def book() -> ActivityBook:
    found = read_texts(FILES)
    assert not found.problems
    assert found.book is not None
    return found.book


def with_changes(*changes: tuple[str, str, str], without: tuple[str, ...] = ()) -> Scenario:
    return Scenario("slow", "Slow", changes=tuple(Change(*one) for one in changes), without=without)


CHANGES = [
    # what is changed, and the parts of the assumption after it
    (("right-care", "value", "30%"), {"value": 0.3, "low": 0.2, "high": 0.4}),
    (("right-care", "value", "90%"), {"value": 0.9, "low": 0.6, "high": 1.0}),
    (("right-care", "value", "0.3"), {"value": 0.3, "low": 0.2, "high": 0.4}),
    (("acsc", "value", "900"), {"value": 900, "low": None, "high": None}),
    (("ae", "value", "3%"), {"value": 0.03, "low": 0.015, "high": 0.045}),
    (("ae", "high", "4%"), {"value": 0.02, "low": 0.01, "high": 0.04}),
    (("ae", "distribution", "uniform"), {"distribution": Distribution.UNIFORM}),
]


@pytest.mark.parametrize(("change", "after"), CHANGES)
def test_an_interval_goes_along_with_its_value(
    book: ActivityBook, change: tuple[str, str, str], after: dict[str, object]
) -> None:
    made, problems = applied(book, with_changes(change))
    assert problems == ()
    amount = next(one.amount for one in (*made.growth, *made.schemes) if one.id == change[0])
    assert {name: getattr(amount, name) for name in after} == pytest.approx(after)


def test_times_cohorts_and_what_is_left_out(book: ActivityBook) -> None:
    scenario = with_changes(("right-care", "start", "2018-04"), ("right-care", "cohort", "40%"), without=("acsc",))
    made, problems = applied(book, scenario)
    assert problems == ()
    assert [(one.id, one.ramp.start.label, one.cohort) for one in made.schemes] == [("right-care", "April 2018", 0.4)]
    assert [one.id for one in book.schemes] == ["right-care", "acsc"]  # the book itself is as it was


def test_the_empty_scenario_changes_nothing(book: ActivityBook) -> None:
    made, problems = applied(book, Scenario())
    assert (made.growth, made.schemes, problems) == (book.growth, book.schemes, ())


MISTAKES = [
    (("right-cave", "value", "9%"), "there is no assumption “right-cave”; did you mean “right-care”?"),
    (("right-care", "valeu", "9%"), "“right-care” has no field “valeu” to change; did you mean “value”?"),
    (("right-care", "id", "x"), "“right-care” has no field “id” to change"),
    (
        ("right-care", "value", "15"),
        "the change of “right-care”, value, cannot be made: “15” is no share; did you mean",
    ),
    (("right-care", "value", "150%"), "“150%” is not between 0% and 100%"),
    (("right-care", "start", "2022-04"), "its ramp ends (full: March 2021) before it starts (April 2022)"),
    (("right-care", "low", "90%"), "the change of “right-care” cannot be made: its low value, 0.9, is above its high"),
    (("acsc", "value", "-5"), "the change of “acsc”, value, cannot be made: “-5” is negative"),
]


@pytest.mark.parametrize(("change", "said"), MISTAKES)
def test_a_change_that_cannot_be_made_is_told_and_the_assumption_stays(
    book: ActivityBook, change: tuple[str, str, str], said: str
) -> None:
    made, problems = applied(book, with_changes(change, ("ae", "value", "3%")))
    assert len(problems) == 1
    assert str(problems[0]).startswith("scenarios/slow.toml: ")
    assert said in str(problems[0])
    assert made.schemes == book.schemes
    assert made.growth[0].amount.value == 0.03


def test_a_scenario_comes_back_from_its_file() -> None:
    scenario = Scenario(
        "slow", "Slower “start”", "two\nlines", "Planner", date(2016, 12, 1), (Change("ae", "value", "9%"),), ("acsc",)
    )
    assert read_scenario(scenario_text(scenario), "activity/scenarios/slow.toml") == scenario


def test_a_scenario_read_alone_raises_its_first_mistake() -> None:
    with pytest.raises(InputError, match="“without” is no list of ids"):
        read_scenario("without = 'acsc'", "slow.toml")
    with pytest.raises(InputError, match="is no name for a scenario"):
        read_scenario("name = 'x'", "activity/scenarios/..toml")


def test_the_rates_of_a_plan_become_growth() -> None:
    def row(pod: str, year: str, value: str, unit: str = "%", kind: str = "growth") -> ActivityAssumption:
        return ActivityAssumption(f"{pod}{year}", kind, pod, "IHAM", year, Decimal(value), unit, "month 5")

    rows = (
        row("A&E", "2017/18", "1.9"),
        row("A&E", "2018/19", "1.9"),
        row("EL", "2017/18", "1.7"),
        row("EL", "2018/19", "2.1"),
        row("EL", "2018/19", "-15", kind="intervention"),
        row("Community", "2018/19", "25000", unit="contacts"),
        row("EL", "", "9"),
    )
    found = growth_of_plan(Plan("Plan", "Dudley", ("2017/18", "2018/19"), activity=rows))
    assert [(one.id, one.amount.value, [year.label for year in one.years]) for one in found] == [
        ("a-e-growth", 0.019, ["2017/18", "2018/19"]),
        ("el-growth-2017-18", 0.017, ["2017/18"]),
        ("el-growth-2018-19", 0.021, ["2018/19"]),
    ]
    assert {one.form for one in found} == {GrowthForm.RATE}
    assert found[0].stated.source == "IHAM"
    assert str(found[0].where) == "pod = A&E"
