"""The business rules that Trigpoint ships, and who they are for."""

from __future__ import annotations

import pytest

from trigpoint.errors import InputError
from trigpoint.finance.book.book import FinanceBook, FinanceSettings, OrganisationType
from trigpoint.finance.position.kinds import BY_NAME
from trigpoint.finance.rules.evaluation import evaluate_rules, rules_of
from trigpoint.finance.rules.packs import known_rule_packs, load_rules
from trigpoint.frameworks import known_frameworks
from trigpoint.periods import FinancialYear


def applied(kind: OrganisationType, framework: str, first: int) -> list[str]:
    settings = FinanceSettings("x", kind, framework, (FinancialYear(first),))
    return [one.rule.id for one in evaluate_rules(FinanceBook(settings))]


WHO = [
    (OrganisationType.CCG, "nhs-2017-19", 2017,
     ["cumulative_underspend", "control_total", "contingency", "nonrecurrent_total", "nonrecurrent_uncommitted",
      "nonrecurrent_transformation", "mhis_growth", "net_qipp", "running_cost", "prescribing_growth"]),
    (OrganisationType.TRUST, "nhs-2017-19", 2017, []),
    (OrganisationType.ICB, "nhs-2026-29", 2026,
     ["break_even", "mhis_growth", "running_cost", "capital_limit", "productivity"]),
    (OrganisationType.TRUST, "nhs-2026-29", 2026,
     ["break_even", "capital_limit", "productivity", "agency_reduction", "bank_reduction"]),
    # What is asked of agency spend is recorded for the first year alone.
    (OrganisationType.TRUST, "nhs-2026-29", 2027, ["break_even", "capital_limit", "productivity", "bank_reduction"]),
    (OrganisationType.CCG, "nhs-2016-17", 2016, []),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "framework", "first", "ids"), WHO)
def test_rules_apply_by_organisation_and_year(
    kind: OrganisationType, framework: str, first: int, ids: list[str]
) -> None:
    assert applied(kind, framework, first) == ids


def test_rule_packs_are_of_known_rounds_and_no_rounds_themselves() -> None:
    assert set(known_rule_packs()) <= set(known_frameworks())
    assert "business_rules" not in known_frameworks()


@pytest.mark.parametrize("name", known_rule_packs())
def test_rule_packs_read_known_quantities_in_the_units_of_their_rules(name: str) -> None:
    for rule in load_rules(name):
        read = [one for one in (rule.numerator, rule.denominator, rule.limit_quantity) if one]
        assert not [one for one in read if one not in BY_NAME], rule.id
        if not rule.denominator and not rule.growth:
            assert BY_NAME[rule.numerator].unit == rule.unit, rule.id
        if rule.limit_quantity:
            assert BY_NAME[rule.limit_quantity].unit == rule.unit, rule.id


def test_a_round_without_business_rules_is_refused_by_name_and_passed_over_in_a_plan() -> None:
    with pytest.raises(
        InputError, match=r"no business rules .*“nhs-2016-17”; the known ones are nhs-2017-19, nhs-2026"
    ):
        load_rules("nhs-2016-17")
    settings = FinanceSettings("x", OrganisationType.CCG, "nhs-2016-17", (FinancialYear(2016),))
    assert rules_of(FinanceBook(settings)) == ()
