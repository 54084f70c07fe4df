"""The method note lists every quantity and rule, as the program has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from trigpoint.finance.position.kinds import KINDS, QuantityKind
from trigpoint.finance.rules.packs import known_rule_packs, load_rules

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "methods-position.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_manual_lists_the_quantity(kind: QuantityKind) -> None:
    assert f"| `{kind.name}` | {kind.unit} | {kind.meaning} | {kind.derived or 'only told'} |" in PAGE


def test_the_manual_lists_every_rule_with_its_quantities() -> None:
    rows = PAGE.splitlines()
    for rule in (rule for name in known_rule_packs() for rule in load_rules(name)):
        own = f"| `{rule.id}` | {', '.join(one.value for one in rule.organisations)}"
        row = next((line for line in rows if line.startswith(own)), "")
        assert rule.operator.value in row, rule.id
        assert all(f"`{name}`" in row for name in (rule.numerator, rule.denominator, rule.limit_quantity) if name)
