"""Every rule against its own table of examples, which is also its page in the manual."""

from __future__ import annotations

import pytest
from example_subject import subject_of

from trigpoint.checks import Example, all_rules, check, examples, find_rule

EXAMPLES = [example for rule in all_rules() for example in examples(rule.id)]
ENOUGH = 2
TOLD_BY_THE_ENGINE = frozenset({"UNUSED_WAIVER", "UNUSED_SETTING"})
"""Rules on the plan's own settings and waivers: the engine's tests have their examples."""


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: f"{each.rule}: {each.why}")
def test_example(example: Example) -> None:
    found = check(subject_of(example), rules=[find_rule(example.rule)])
    assert [finding.severity for finding in found] == list(example.severities), example.why
    assert not example.fragment or any(example.fragment in finding.fragment for finding in found), example.why
    assert all(finding.message.endswith((".", "?")) for finding in found)


@pytest.mark.parametrize("rule", [rule.id for rule in all_rules() if rule.id not in TOLD_BY_THE_ENGINE])
def test_every_rule_shows_what_fires_and_what_does_not(rule: str) -> None:
    fires = [example.fires for example in examples(rule)]
    assert fires.count(True) >= ENOUGH
    assert fires.count(False) >= ENOUGH


def test_examples_belong_to_rules_and_say_why() -> None:
    from trigpoint.checks.example import _by_rule

    assert set(_by_rule()) <= {rule.id for rule in all_rules()}
    assert all(example.why and example.text for example in EXAMPLES)
