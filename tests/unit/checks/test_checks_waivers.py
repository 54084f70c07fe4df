"""Waivers: what they silence, what is said of those that silence nothing, and how they are read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from trigpoint.checks import Anchor, Decisions, Finding, Severity, examine, find_rule, of_plan
from trigpoint.checks.waiver import ends, parse_waivers, waives
from trigpoint.errors import InputErrors
from trigpoint.plans.model import Milestone, Objective, Plan
from trigpoint.plans.setting import Setting
from trigpoint.plans.workspace import Waiver

PLAN = Plan(
    "Plan", "A place", ("2026/27",), objectives=(Objective("o1", "", "1", "Better care"),),
    milestones=(Milestone("m1", "o1", "", "To be determined"), Milestone("m2", "o1", "", "TBC")),
)  # fmt: skip
SUBJECT = of_plan(PLAN, {"m1": Anchor(2, "milestones.csv"), "m2": Anchor(3, "milestones.csv")})
RULES = [find_rule("PLACEHOLDER_TEXT")]
TODAY = date(2026, 6, 1)


def waiver(rule: str = "PLACEHOLDER_TEXT", item: str = "", fragment: str = "", on: date = date(2026, 4, 1)) -> Waiver:
    return Waiver(rule, item, fragment, "agreed with the Board", "Director of Strategy", on)


def test_what_is_waived_is_kept_with_its_reason() -> None:
    given = waiver(item="m1")
    checked = examine(SUBJECT, decisions=Decisions(waivers=(given,)), today=TODAY, rules=RULES)
    assert [finding.fragment for finding in checked.findings] == ["TBC"]
    assert [(each.finding.fragment, each.waiver) for each in checked.waived] == [("To be determined", given)]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (waiver(item="m9"), "The waiver of PLACEHOLDER_TEXT for m9 matches no finding; remove it."),
        (waiver(fragment="to be seen"),
         "The waiver of PLACEHOLDER_TEXT for “to be seen” matches no finding; remove it."),
        (waiver(), "The waiver of PLACEHOLDER_TEXT for nothing in particular names neither an item nor words, so it "
                   "waives nothing; name one or remove it."),
        (waiver(item="m1", on=date(2025, 3, 1)), "The waiver of PLACEHOLDER_TEXT for m1 was given on 1 March 2025 and "
                                                 "ended on 2 March 2026; renew or remove it."),
        (waiver("PLACEHOLDER_TXT", "m1"), "The waiver of PLACEHOLDER_TXT for m1 names a rule that does not exist; did "
                                          "you mean PLACEHOLDER_TEXT?"),
        (waiver("QQQQ", "m1"), "The waiver of QQQQ for m1 names a rule that does not exist; `trigpoint check --rules` "
                               "lists them all."),
    ],
)  # fmt: skip
def test_a_waiver_that_silences_nothing_is_told_with_the_reason(given: Waiver, says: str) -> None:
    decisions = Decisions(waivers=(given,), file="accepted.csv")
    checked = examine(SUBJECT, decisions=decisions, today=TODAY, rules=RULES)
    (told,) = (each for each in checked.findings if each.rule == "UNUSED_WAIVER")
    assert (told.message, told.where, told.severity) == (says, {"file": "accepted.csv"}, Severity.WARNING)
    assert checked.waived == ()


@pytest.mark.parametrize(
    ("until", "holds"), [(date(2026, 6, 1), True), (date(2026, 5, 31), False), (date(2099, 1, 1), True), (None, True)]
)
def test_a_waiver_ends_on_the_day_that_was_set(until: date | None, holds: bool) -> None:
    given = replace(waiver(item="m1"), until=until)
    checked = examine(SUBJECT, decisions=Decisions(waivers=(given,)), today=TODAY, rules=RULES)
    assert bool(checked.waived) == holds
    told = [each.message for each in checked.findings if each.rule == "UNUSED_WAIVER"]
    assert bool(told) != holds
    assert holds or "ended on 31 May 2026; renew or remove it." in told[0]


def test_no_waiver_holds_longer_than_a_year() -> None:
    assert ends(replace(waiver(), until=date(2099, 1, 1))) == date(2027, 4, 2)


def test_a_rule_s_name_may_be_written_as_people_write_it() -> None:
    checked = examine(SUBJECT, decisions=Decisions(waivers=(waiver("placeholder-text", "m1"),)), rules=RULES)
    assert [finding.fragment for finding in checked.findings] == ["TBC"]


def test_what_is_said_of_waivers_has_a_setting_too() -> None:
    decisions = Decisions({"UNUSED_WAIVER": Setting.OFF}, (waiver(item="m9"),))
    assert {each.rule for each in examine(SUBJECT, decisions=decisions, rules=RULES).findings} == {"PLACEHOLDER_TEXT"}


def test_an_item_is_no_page_or_row() -> None:
    found = Finding("PLACEHOLDER_TEXT", Severity.ERROR, "", 4, "TBC", {"row": "7", "page": "7", "item": "m2"})
    assert not waives(waiver(item="7"), found)
    assert waives(waiver(item="m2"), found)


def test_only_the_rules_asked_for_are_told_and_their_waivers() -> None:
    decisions = Decisions(waivers=(waiver(item="m1"), waiver("SPELLING", "m9")))
    checked = examine(SUBJECT, decisions=decisions, today=TODAY, only=("PLACEHOLDER_TEXT",))
    assert {each.rule for each in checked.findings} == {"PLACEHOLDER_TEXT"}
    assert len(checked.waived) == 1
    told = examine(SUBJECT, decisions=decisions, today=TODAY, only=("UNUSED_WAIVER",))
    assert [each.fragment for each in told.findings] == ["m9"], "all rules ran to tell it"


def test_waivers_are_read_strictly() -> None:
    text = "rule,item,fragment,reason,by,on\nSPELLING,,Dudly,A name,,soon\n"
    with pytest.raises(InputErrors) as caught:
        parse_waivers(text, "accepted.csv")
    assert "accepted.csv, line 2, column by: the cell is empty" in str(caught.value)
    assert "column on: “soon” is not a date" in str(caught.value)
