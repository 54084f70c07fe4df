"""Rules on names and acronyms."""

# ruff: noqa: E501 - a row of a table is one line

from __future__ import annotations

import pytest

from trigpoint.checks import check, find_rule, of_plan
from trigpoint.plans.model import Deliverable, Objective, Plan, Scope

CASES = [
    # rule, document, the words objected to (None: nothing), why
    ("NAME_VARIANT", "In Kingsmouth, Amble and Brier it rains.\nAlso in Kingsmouth, Amble and Brier.\nNot in Kinsmouth, Amble and Brier.\n",
     "Kinsmouth", "one letter less, in the same company"),
    ("NAME_VARIANT", "In Walton and Ashby it rains.\nIn Walden, Thornby and Eastbury it shines.\n", None, "two places"),
    ("NAME_VARIANT", "The RightCare pack and the RightCare team.\nSee the Right Care pack.\n", "Right Care", "with a space"),
    ("NAME_VARIANT", "The Anyplace Quality and Outcomes Framework pays.\nThe Anyplace Quality and Outcomes Framework again.\n"
     "The Anyplace Quality Outcomes Framework too.\n", "Anyplace Quality Outcomes Framework", "the “and” is lost"),
    ("NAME_VARIANT", "Anyplace Group NHS Foundation Trust leads. Anyplace Group NHS FT pays.\nAnyplace Group of Hospitals NHS FT helps.\n",
     "Anyplace Group of Hospitals", "one trust, two names"),
    ("NAME_VARIANT", "North Shire Partnership NHS FT leads.\nNorth Shire Partnerships NHS Foundation Trust helps.\n", "Shire Partner", "a plural"),
    ("NAME_VARIANT", "North Shire Partnership NHS FT leads.\nSouth Shire Partnership NHS FT helps.\n", None, "two trusts"),
    ("ACRONYM_COLLISION", "A Community Eating Disorder Service is bought.\n\nReferrals for eating disorder: ED referrals rise.\n", "ED referrals", "ED is an emergency department"),
    ("ACRONYM_COLLISION", "A Community Eating Disorder Service is bought.\n\nFewer patients come to the ED.\n", None, "the emergency department"),
    ("ACRONYM_VARIANT", "The change to HRG4 costs money.\nMoney for HRG 4 came late.\n", "HRG 4", "with a space"),
    ("ACRONYM_VARIANT", "The change to HRG4 costs money.\nMoney for HRG4 came late.\n", None, "one spelling"),
    ("NAME_VARIANT", "In Black Hills it rains.\n" * 8 + "In black Hills it shines.\n", "black Hills", "a small letter"),
    ("NAME_VARIANT", "In Primary Care it rains.\n" * 8 + "Some primary care is good.\nAll primary care is.\n", None, "a name and common words"),
    ("UNDEFINED_ACRONYM", "The delivery of ZQXA is late.\n", "ZQXA", "never expanded"),
    ("UNDEFINED_ACRONYM", "The Zonal Quality Exchange Agreement (ZQEA) is late. ZQEA costs money.\n", None, "expanded"),
    ("UNDEFINED_ACRONYM", "The ZQEA (Zonal Quality Exchange Agreement) is late.\n", None, "expanded in the bracket"),
    ("UNDEFINED_ACRONYM", "The NHS and every GP meet the RTT standard.\n", None, "every reader knows them"),
    ("UNDEFINED_ACRONYM", "STRATEGIC VISION AND AIMS\n", None, "a heading in capitals"),
    ("ACRONYM_COLLISION", "Care in Practice (CIP) is our way. The cost improvement programme goes on.\n", "Care in Practice (CIP)",
     "CIP is a cost improvement programme"),
    ("ACRONYM_COLLISION", "The Patient Advisory Group (PAG) met. The Price Audit Gateway (PAG) opened.\n", "Price Audit Gateway",
     "PAG twice"),
    ("ACRONYM_COLLISION", "The Patient Advisory Group (PAG) met. A Patient Advisory Group (PAG) is planned.\n", None, "the same"),
    ("ACRONYM_VARIANT", "CYP IAPT grows. The CYPIAPT team. CYPIAPT again.\n", "CYP IAPT", "a space"),
    ("ACRONYM_VARIANT", "The CCG and the CQC met.\n", None, "two bodies"),
    ("REDUNDANT_NAME", "Assurance of NHSE England is sought.\n", "NHSE England", "England twice"),
    ("REDUNDANT_NAME", "Assurance of NHS England is sought.\n", None, "once"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "document", "words", "why"), CASES)
def test_rule_on_names(findings, rule: str, document: str, words: str | None, why: str) -> None:
    found = findings(rule, document)
    if words is None:
        assert found == (), why
    else:
        assert any(words in finding.fragment for finding in found), why


def test_often_used_and_unknown_is_a_warning_and_once_an_info(findings) -> None:
    often = "ZQXA is late.\nZQXA costs.\nZQXA ends.\n"
    assert [finding.severity.value for finding in findings("UNDEFINED_ACRONYM", often)] == ["warning"]
    assert [finding.severity.value for finding in findings("UNDEFINED_ACRONYM", "ZQXA is late.\n")] == ["info"]


@pytest.mark.parametrize(
    ("committee", "fires"),
    [("Primary Care Commissioning", True), ("Quality and Safety Committee", False), ("Clinical Executive", False)],
)
def test_a_committee_says_what_body_it_is(committee: str, fires: bool) -> None:
    plan = Plan(
        "Plan", "A place", ("2026/27",), objectives=(Objective("o1", "t1", "1", "Care", committees=(committee,)),)
    )
    assert bool(check(of_plan(plan), rules=[find_rule("NAME_INCOMPLETE")])) is fires


def test_overlapping_local_areas_and_untagged_local_work() -> None:
    rows = (
        Deliverable("d1", "o1", "A hub opens", scope=Scope.LOCAL, area="Oakham City"),
        Deliverable("d2", "o1", "A clinic opens", scope=Scope.LOCAL, area="Oakham & Wells localities"),
        Deliverable("d3", "o1", "There will be a local estates strategy"),
    )
    plan = Plan("Plan", "A place", ("2026/27",), objectives=(Objective("o1", "t1", "1", "Care"),), deliverables=rows)
    areas = check(of_plan(plan), rules=[find_rule("NAME_VARIANT")])
    assert [finding.fragment for finding in areas] == ["Oakham & Wells localities"]
    tags = check(of_plan(plan), rules=[find_rule("LOCAL_TAG_INCONSISTENT")])
    assert [finding.where["item"] for finding in tags] == ["d3"]
