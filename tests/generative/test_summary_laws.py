"""Laws of the director's summary: the same whatever the order, nothing counted twice, nothing left uncounted."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from trigpoint.checks import Finding, Severity, all_rules, summarise
from trigpoint.checks.summary import MOST_CONCERNS, Summary
from trigpoint.checks.topic import topic_of
from trigpoint.plans.model import Lead, Objective, Plan

PLAN = Plan(
    "Plan", "A place", ("2026/27",),
    objectives=tuple(Objective(f"o{n}", "", "", "", (Lead(role=f"Director {n % 3}"),)) for n in range(5)),
)  # fmt: skip
RULES = [rule.id for rule in all_rules()]
FINDINGS = st.lists(
    st.builds(
        Finding,
        st.sampled_from([*RULES, "BRAND_NEW"]),
        st.sampled_from(Severity),
        st.sampled_from(["One message.", "Another."]),
        st.none() | st.integers(1, 9),
        st.sampled_from(["", "some words", "other words"]),
        st.dictionaries(st.sampled_from(["objective", "item", "file"]), st.sampled_from(["o1", "o2", "x"]), max_size=2),
    ),
    max_size=40,
)


@given(FINDINGS, st.randoms(use_true_random=False))
def test_the_order_of_findings_changes_nothing(findings: list[Finding], order: object) -> None:
    mixed = list(findings)
    order.shuffle(mixed)  # type: ignore[attr-defined]
    assert summarise(mixed, PLAN) == summarise(findings, PLAN)


@given(FINDINGS)
def test_every_error_and_warning_is_counted_once(findings: list[Finding]) -> None:
    told = summarise(findings, PLAN)
    grave = [each for each in findings if each.severity is not Severity.INFO]
    remarks = [each for each in findings if each.severity is Severity.INFO and topic_of(each.rule).infos]
    assert len({concern.topic for concern in told.concerns}) == len(told.concerns) <= MOST_CONCERNS
    counted = sum(concern.count for concern in told.concerns)
    if told.beyond:
        assert counted < len(grave) + len(remarks)
    elif len(told.concerns) < MOST_CONCERNS:
        assert counted == len(grave) + len(remarks)


@given(FINDINGS)
def test_a_concern_shows_findings_of_its_own_in_two_places_at_most(findings: list[Finding]) -> None:
    for concern in summarise(findings, PLAN).concerns:
        assert 1 <= len(concern.worst) <= min(2, concern.count)
        assert {topic_of(each.rule).id for each in concern.worst} == {concern.topic}
        assert concern.worst[0].severity is concern.severity
        assert concern.sentence.endswith(".")
        assert "{" not in concern.sentence


@given(FINDINGS)
def test_no_remark_makes_a_verdict(findings: list[Finding]) -> None:
    def verdict(of: list[Finding]) -> str:
        told: Summary = summarise(of, PLAN)
        return told.verdict

    assert verdict(findings) == verdict([each for each in findings if each.severity is not Severity.INFO])
    counts = Counter(each.severity for each in findings)
    assert ("not ready" in verdict(findings)) == bool(counts[Severity.ERROR])
