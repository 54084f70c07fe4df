"""What the Dudley example's activity model takes from the plan stands in the plan; all else says that it is ours."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "examples" / "dudley-2017-19" / "activity"
PLAN = ROOT.parent / "shared" / "plans" / "dudley-2017-19.txt"
NAMES = {
    "A&E": "A&E activity",
    "Elective": "Elective activity",
    "Non-elective": "Non-Elective activity",
    "First out-patient": "First Outpatient appointments",
    "Follow-up out-patient": "Follow-Up Outpatient appointments",
}
# Effects by what the plan prints of them: scheme, its value here, the words.
PRINTED = {
    "right-care-elective": ("15%", r"15% reduction in Elective activity over a 4 year period"),
    "right-care-non-elective": ("9%", r"9% reduction in Non Elective activity over a 4 year period"),
    "acsc": ("1700", r"Ambulatory Care Sensitive Conditions .* reduce the annual number of admissions by "
                     r"approximately 1,700"),
    "front-door": ("7000", r"new front end of A&E will allow an additional 7,000 patients to be triaged"),
    "community-contacts": ("25000", r"increase community contacts by approx\. 25,000"),
    "first-flat": ("100%", r"keep outpatient activity flat thereby negating growth"),
    "follow-up-flat": ("100%", r"keep outpatient activity flat thereby negating growth"),
}  # fmt: skip
needs_plan = pytest.mark.skipif(not PLAN.is_file(), reason="the plan's text is not beside this checkout")


def rows(table: str) -> Iterator[dict[str, str]]:
    with (FOLDER / table).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@pytest.fixture(scope="module")
def plan() -> str:
    return " ".join(PLAN.read_text(encoding="utf-8").split())


@pytest.mark.shared
@needs_plan
def test_growth_is_what_the_plan_prints(plan: str) -> None:
    found = re.findall(r"planning assumptions for ([^.]*?)\. The IHAM growth assumption applied across both years is "
                       r"([\d.]+%)", plan)  # fmt: skip
    printed = dict(found)
    assert len(printed) == 5
    assert {row["pod"]: row["value"] for row in rows("growth.csv")} == {
        pod: printed[name] for pod, name in NAMES.items()
    }


@pytest.mark.shared
@needs_plan
@pytest.mark.parametrize("scheme", PRINTED)
def test_effects_are_what_the_plan_prints(plan: str, scheme: str) -> None:
    value, words = PRINTED[scheme]
    (row,) = [row for row in rows("schemes.csv") if row["id"] == scheme]
    assert re.search(words, plan)
    assert (row["value"], row["illustrative"]) == (value, "")


@pytest.mark.shared
@needs_plan
@pytest.mark.parametrize(
    "words",
    [
        "actual activity at month 5 (August)",
        "Telemedicine in Care Homes, Referral Management, Prescribing and Right Care Implementation",
        "use of advice and guidance",
        "the use of triage for specific specialities – e.g. paediatrics",
        "reducing follow up attendances for ENT, MSK, ophthalmology and urology",
        "developing an agreed protocol for consultant : consultant referral",
        "Local Optometry Committee",
        "Procedures of Limited Clinical Priority",
        "Paramedic Home Visiting Service",
        "Community Integrated Teams",
        "take out the expected growth",
    ],
)
def test_the_plan_names_the_schemes_whose_effects_are_ours(plan: str, words: str) -> None:
    assert words in plan


def test_a_scheme_that_the_plan_does_not_print_says_so() -> None:
    for row in rows("schemes.csv"):
        if row["id"] in PRINTED:
            assert row["author"] == "NHS Dudley CCG"
            assert row["value"] == "100%" or "illustrative" in row["note"]  # its interval and months are ours
        else:
            assert row["illustrative"] == "yes"
            assert row["note"].startswith("Illustrative: the plan names the scheme and prints no effect")


@pytest.mark.parametrize("table", ["counts.csv", "stays.csv", "prices.csv", "capacity.csv"])
def test_what_the_plan_does_not_print_is_marked_in_each_row(table: str) -> None:
    found = list(rows(table))
    assert found
    assert {(row["source"], row["illustrative"]) for row in found} == {("Invented", "yes")}


def test_the_middle_of_every_interval_is_the_plans_number() -> None:
    for row in (*rows("growth.csv"), *rows("schemes.csv")):
        if row["illustrative"] or not row["low"]:
            continue
        value, low, high = (float(row[name].removesuffix("%")) for name in ("value", "low", "high"))
        assert row["distribution"] == "normal"
        assert (low + high) / 2 == pytest.approx(value, abs=1e-12)
        assert "illustrative" in row["note"]
