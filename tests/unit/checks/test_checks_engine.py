"""The engine: order, settings, waivers, and what every rule must have."""

from __future__ import annotations

from datetime import date

import pytest

from trigpoint.checks import (
    Anchor,
    Decisions,
    Setting,
    Severity,
    all_rules,
    check,
    find_rule,
    of_plan,
    read_settings,
)
from trigpoint.checks.rule import Needs, Objection, Rule, rule
from trigpoint.errors import InputError
from trigpoint.plans.model import Deliverable, Milestone, Objective, Plan
from trigpoint.plans.workspace import Waiver

PLAN = Plan(
    "Plan", "A place", ("2026/27",),
    objectives=(Objective("o1", "t1", "1", "Better care"),),
    deliverables=(Deliverable("d1", "o1", "A clinic opens"),),
    milestones=(Milestone("m1", "o1", "d1", "To be determined"), Milestone("m2", "o1", "d1", "TBC")),
)  # fmt: skip
ANCHORS = {"m1": Anchor(7, "milestones.csv"), "m2": Anchor(3, "milestones.csv")}
PLACEHOLDER = [find_rule("PLACEHOLDER_TEXT")]


def waiver(item: str = "", fragment: str = "", on: date = date(2026, 4, 1)) -> Waiver:
    return Waiver("PLACEHOLDER_TEXT", item, fragment, "agreed with the Board", "Director of Strategy", on)


def test_findings_stand_in_order_of_line_and_carry_file_and_item() -> None:
    found = check(of_plan(PLAN, ANCHORS), rules=PLACEHOLDER)
    assert [finding.line for finding in found] == [3, 7]
    assert found[0].where == {"objective": "o1", "deliverable": "d1", "item": "m2", "file": "milestones.csv"}


def test_a_rule_can_be_switched_off_or_changed() -> None:
    subject = of_plan(PLAN, ANCHORS)
    off = Decisions({"PLACEHOLDER_TEXT": Setting.OFF})
    info = Decisions({"PLACEHOLDER_TEXT": Setting.INFO})
    assert check(subject, decisions=off, rules=PLACEHOLDER) == ()
    assert {finding.severity for finding in check(subject, decisions=info, rules=PLACEHOLDER)} == {Severity.INFO}


@pytest.mark.parametrize(
    ("given", "remaining"),
    [
        (waiver(item="m1"), ["TBC"]),
        (waiver(fragment="to be determined"), ["TBC"]),
        (waiver(item="m1", fragment="TBC"), ["To be determined", "TBC", "UNUSED_WAIVER"]),
        (waiver(item="m9"), ["To be determined", "TBC", "UNUSED_WAIVER"]),
        (waiver(), ["To be determined", "TBC", "UNUSED_WAIVER"]),
        (waiver(item="m1", on=date(2025, 3, 1)), ["To be determined", "TBC", "UNUSED_WAIVER"]),
    ],
)
def test_a_waiver_silences_what_it_names_and_is_named_when_it_does_not(given: Waiver, remaining: list[str]) -> None:
    found = check(
        of_plan(PLAN, ANCHORS), decisions=Decisions(waivers=(given,)), today=date(2026, 6, 1), rules=PLACEHOLDER
    )
    told = [each.fragment if each.rule != "UNUSED_WAIVER" else each.rule for each in found]
    assert sorted(told) == sorted(remaining)


def test_settings_are_read_strictly() -> None:
    assert read_settings({"duplicate-text": "OFF"}) == {"DUPLICATE_TEXT": Setting.OFF}
    with pytest.raises(InputError, match="write one of"):
        read_settings({"DUPLICATE_TEXT": "loud"})
    with pytest.raises(InputError, match="did you mean DUPLICATE_TEXT"):
        read_settings({"DUPLICATE_TXT": "off"})


def test_one_objection_is_told_once() -> None:
    def twice(_subject: object):
        yield Objection("The same.", 1, "words")
        yield Objection("The same.", 1, "words")

    made = Rule("TWICE", Severity.INFO, "test", Needs.PLAN, twice, "Twice.")
    assert len(check(of_plan(PLAN), rules=[made])) == 1


@pytest.mark.parametrize("each", all_rules(), ids=lambda each: each.id)
def test_every_rule_has_a_manual_page(each: Rule) -> None:
    assert each.title.endswith("."), "the first sentence says what the rule objects to"
    for part in ("Fires:", "Does not:", "Remedy:"):
        assert part in each.manual


def test_a_rule_needs_an_id_of_its_own_and_a_manual_page() -> None:
    def nameless(_subject: object):
        yield from ()

    with pytest.raises(ValueError, match="registered twice or has no manual page"):
        rule("NAMELESS", Severity.INFO)(nameless)
    nameless.__doc__ = "A page."
    with pytest.raises(ValueError, match="registered twice"):
        rule("DUPLICATE_TEXT", Severity.INFO)(nameless)


def test_the_order_of_rules_does_not_matter() -> None:
    subject = of_plan(PLAN, ANCHORS)
    assert check(subject, rules=all_rules()) == check(subject, rules=reversed(all_rules()))
