"""The director's summary: the verdict, what comes first, and its words."""

from __future__ import annotations

import re

import pytest

from trigpoint.checks import Finding, Severity, all_rules, summarise
from trigpoint.checks.summary import MOST_CONCERNS, NOTHING
from trigpoint.checks.topic import topic_of, topics
from trigpoint.plans.model import Deliverable, Lead, Milestone, Objective, Plan, Risk

ERROR, WARNING, INFO = Severity
NURSE, FINANCE = Lead(role="Chief Nurse"), Lead(name="A Person", role="Director of Finance")
PLAN = Plan(
    "Plan", "A place", ("2026/27",),
    objectives=(Objective("o1", "", "1", "Better care", (NURSE,)), Objective("o2", "", "2", "Savings", (FINANCE,))),
    deliverables=(Deliverable("d1", "o1", "A clinic"), Deliverable("d2", "o2", "A saving")),
    milestones=(Milestone("m1", "o1", "d1", "Open it"),),
)  # fmt: skip
EMPTY = Plan("", "", ())


def found(rule: str, severity: Severity = ERROR, line: int | None = 1, fragment: str = "", **where: str) -> Finding:
    return Finding(rule, severity, "A message.", line, fragment, where)


VERDICTS = [
    ([], PLAN, False, (), NOTHING),
    ([found("SPELLING", INFO)], PLAN, False, (), NOTHING),
    ([found("NON_ACTION", WARNING)], PLAN, False, (),
     "This plan has no errors; 1 warning should be mended before it is submitted."),
    ([found("NON_ACTION", WARNING, n) for n in range(1200)], PLAN, False, (),
     "This plan has no errors; 1,200 warnings should be mended before it is submitted."),
    ([found("MISSING_MEASURE")], PLAN, False, (), "This plan is not ready to submit: it has 1 error."),
    ([found("MISSING_MEASURE"), found("NON_ACTION", WARNING), found("SPELLING", INFO)], PLAN, True, (),
     "This plan is not ready to submit: it has 1 error and 1 warning."),
    ([found("RISK_OUTSIDE_SCALE")], Plan("", "", (), risks=(Risk("r1", "A risk", ""),)), True, (),
     "This risk register is not ready to submit: it has 1 error."),
    ([found("DUPLICATE_WORD", WARNING)], EMPTY, True, (),
     "No plan was found in this document, so only its words could be checked: 1 warning."),
    ([], EMPTY, True, (),
     "No plan was found in this document, so only its words could be checked: nothing was found to object to."),
    ([], EMPTY, False, (),
     "No plan was found here, so only what there is could be checked: nothing was found to object to."),
    ([found("SPELLING", INFO)], PLAN, True, ("SPELLING",), "Checked by SPELLING alone: 1 remark."),
    ([], PLAN, True, ("SPELLING", "NON_ACTION"), "Checked by SPELLING and NON_ACTION alone: nothing was found."),
]  # fmt: skip


@pytest.mark.parametrize(("findings", "plan", "is_document", "only", "verdict"), VERDICTS)
def test_the_verdict(
    findings: list[Finding], plan: Plan, is_document: bool, only: tuple[str, ...], verdict: str
) -> None:
    assert summarise(findings, plan, is_document=is_document, only=only).verdict == verdict


def test_one_and_several_are_told_in_their_own_words() -> None:
    one = summarise([found("TARGET_UNDATED", WARNING)], PLAN).concerns[0]
    several = summarise([found("TARGET_UNDATED", WARNING, n) for n in range(1234)], PLAN).concerns[0]
    assert one.sentence == "Success could not be shown: one target has no date."
    assert several.sentence == "Success could not be shown: 1,234 targets have no date."
    assert (one.count, several.count) == (1, 1234)


def test_rules_of_one_topic_are_one_concern_the_gravest_first() -> None:
    findings = [
        *[found("UNQUANTIFIED_MEASURE", WARNING, n) for n in range(9)],
        *[found("TARGET_UNDATED", WARNING, n) for n in range(2)],
        found("MISSING_BASELINE", WARNING), found("UNIT_MISSING", WARNING), found("CIRCULAR_MEASURE", ERROR, 40),
    ]  # fmt: skip
    (concern,) = summarise(findings, PLAN).concerns
    assert concern.sentence == (
        "Success could not be shown: one success measure only repeats what it should test, 9 measures say which way "
        "and not how far, 2 targets have no date, and 2 more points of this kind."
    )
    assert (concern.count, concern.severity) == (14, ERROR)


def test_remarks_count_only_where_a_topic_says_so() -> None:
    told = summarise([found("SPELLING", INFO), found("COVERAGE_GAP", INFO), found("EMPTY_QUARTER", INFO)], PLAN)
    assert [(concern.topic, concern.count) for concern in told.concerns] == [("priorities", 1)]
    assert told.verdict == NOTHING


def test_a_missing_column_counts_for_the_whole_plan() -> None:
    plan = Plan("P", "", (), objectives=tuple(Objective(f"o{n}", "", "", "") for n in range(40)))
    whole = found("MISSING_OWNER", WARNING, file="objectives.csv")
    few = [found("TARGET_UNDATED", WARNING, n) for n in range(4)]
    told = summarise([*few, whole], plan)
    assert told.concerns[0].sentence == "It is not clear who answers for what: nothing in the plan has a lead."
    single = summarise([*few, found("MISSING_OWNER", WARNING, objective="o1")], plan)
    assert single.concerns[0].topic == "measures"


@pytest.mark.parametrize(
    ("rule", "message", "sentence"),
    [
        ("UNQUANTIFIED_MEASURE", "39 of 94 measures say which way.",
         "Success could not be shown: 39 measures say which way and not how far."),
        ("MISSING_DUE_DATE", "None of the 1,200 commitments says by when.",
         "Dates do not fit the plan: none of the 1,200 commitments has a date."),
        ("MISSING_OWNER", "None of the 88 commitments has a lead.",
         "It is not clear who answers for what: nothing in the plan has a lead."),
        ("TOTAL_MISMATCH", "3.2 of what?", "The plan contradicts itself: one total is not the sum of its parts."),
    ],
)  # fmt: skip
def test_a_finding_that_speaks_of_many_counts_for_them(rule: str, message: str, sentence: str) -> None:
    (concern,) = summarise([Finding(rule, WARNING, message, 1, "Action", {"page": "1"})], PLAN).concerns
    assert (concern.sentence, concern.count) == (sentence, 1)


def test_many_small_things_do_not_hide_a_great_one() -> None:
    acronyms = [found("UNDEFINED_ACRONYM", WARNING, n) for n in range(60)]
    assert summarise([*acronyms, found("MEASURE_TARGET_MISMATCH")], PLAN).concerns[0].topic == "contradictions"


def test_the_two_worst_places_are_grave_crowded_and_apart() -> None:
    findings = [
        found("UNQUANTIFIED_MEASURE", WARNING, 5, "a"), found("UNQUANTIFIED_MEASURE", WARNING, 9, "b"),
        found("NON_ACTION", WARNING, 9, "c"), found("CIRCULAR_MEASURE", ERROR, 30, "d"),
        found("CIRCULAR_MEASURE", ERROR, 30, "e"),
    ]  # fmt: skip
    concern = next(each for each in summarise(findings, PLAN).concerns if each.topic == "measures")
    assert [finding.fragment for finding in concern.worst] == ["d", "b"]


@pytest.mark.parametrize(
    ("finding", "who"),
    [
        (found("MISSING_MEASURE", objective="o1"), "(here: Chief Nurse)"),
        (found("MISSING_MEASURE", deliverable="d2"), "(here: Director of Finance)"),
        (found("NON_ACTION", item="m1"), "(here: Chief Nurse)"),
        (found("NON_ACTION", item="unknown"), "the lead of the objective"),
    ],
)
def test_who_could_mend_it_is_told_by_role(finding: Finding, who: str) -> None:
    told = summarise([finding], PLAN).concerns[0].who
    assert told.endswith(who)
    assert "A Person" not in told


def test_what_is_beyond_five_is_counted() -> None:
    rules = ("MISSING_MEASURE", "TOTAL_MISMATCH", "PLACEHOLDER_TEXT", "DATE_BEFORE_PLAN", "NON_ACTION", "KNOWN_FACT")
    told = summarise([found(rule) for rule in rules] + [found("SPELLING", WARNING, n) for n in range(3)], PLAN)
    assert len(told.concerns) == MOST_CONCERNS
    assert told.beyond == "There are also 1 error and 3 warnings of other kinds."
    assert summarise([found(rule) for rule in rules], PLAN).beyond == "There is also 1 error of other kinds."


def test_a_rule_that_no_topic_has_is_told_by_its_name() -> None:
    (concern,) = summarise([found("BRAND_NEW"), found("BRAND_NEW", line=2)], PLAN).concerns
    assert concern.sentence == "There are other points: 2 of the kind BRAND_NEW."


@pytest.mark.parametrize("each", [rule.id for rule in all_rules()])
def test_every_rule_has_its_words(each: str) -> None:
    assert topic_of(each).id != "other", "data/summary.toml places every rule"


def test_no_rule_stands_in_two_topics_and_all_words_are_whole() -> None:
    placed = [rule for topic in topics() for rule in topic.rules]
    assert len(placed) == len(set(placed))
    for topic in topics():
        for text in (topic.headline, topic.first, topic.who):
            assert text == text.strip(" .")
        for clauses in topic.rules.values():
            assert "{n}" in clauses.many
            assert "{" not in clauses.one + clauses.whole.replace("{n}", "")
            assert not re.search(r"\s{2}|[.;]$", clauses.one + clauses.many)
