"""Rules on rows: what an objective or deliverable lacks, and what stands in the wrong place."""

# ruff: noqa: E501 - a row of a table is one line

from __future__ import annotations

import pytest

TITLE = "Plan 2026/27 – 2027/28\n\n"
HEAD = "Priorities\tKey deliverables\tBaseline position\t2026/27 actions\t2027/28 actions\tSuccess measure\tRelationship to other plans\n"
FULL = "Better care\tOpen a clinic\t62%\tBuild the clinic\tRun the clinic\t95% seen by March 2028\tEstates plan\n"


def plan(*rows: str) -> str:
    return TITLE + HEAD + "".join(f"{row}\n" for row in rows)


CASES = [
    # rule, rows of the table, severities found, why
    ("MISSING_BASELINE", [FULL.strip(), "\tReduce waits\t\tHire staff\tReview\t5% fewer\t"], ["warning"], "fewer than what?"),
    ("MISSING_BASELINE", [FULL.strip(), "\tPublish the strategy\t\tWrite it\tReview\t5% fewer\t"], [], "nothing to compare"),
    ("MISSING_BASELINE", ["Care\tReduce waits\tN/A\tHire\tReview\t5% fewer\tX plan"], ["warning"], "N/A for something to fall"),
    ("MISSING_BASELINE", ["Care\tOpen a clinic\tN/A\tHire\tReview\t5% fewer\tX plan"], ["info"], "may need none"),
    ("MISSING_BASELINE", ["Care\tReduce waits\tBaseline to be established\tHire\tReview\t5%\tX"], ["warning"], "not known yet"),
    ("MISSING_BASELINE", ["Care\tReduce waits\t14 weeks\tHire\tReview\t5% fewer\tX plan"], [], "a number"),
    ("MISSING_MEASURE", [FULL.strip(), "More care\tOpen a ward\t62%\tBuild\tRun\t\tX plan"], ["error"], "this priority has none"),
    ("MISSING_MEASURE", [FULL.strip(), "\tOpen a ward\t62%\tBuild it\tRun it\t\t"], [], "inherited from the row above"),
    ("MISSING_MEASURE", ["Care\tOpen a ward\t62%\tBuild\tRun\t95%\tX", "\tOpen a clinic\t1\tBuild\tRun\t80%\t", "\tOpen a gym\t3\tBuild\tRun\t\t"],
     ["warning"], "the others have their own"),
    ("MISSING_MILESTONE_YEAR", ["Care\tOpen a clinic\t62%\tBuild\t\t95%\tX"], ["warning"], "nothing in 2027/28"),
    ("MISSING_MILESTONE_YEAR", ["Care\tOpen a clinic\t62%\t\t\t95%\tX", "More\tA ward\t1\tBuild\tRun\t9%\tX"], ["error"], "nothing at all"),
    ("MISSING_MILESTONE_YEAR", [FULL.strip()], [], "both years"),
    ("MISSING_RELATIONSHIP", [FULL.strip(), "More\tOpen a ward\t62%\tBuild\tRun\t95%\t"], ["info"], "others have one"),
    ("MISSING_OWNER", [FULL.strip(), "More\tOpen a ward\t62%\tBuild\tRun\t95%\t"], ["warning"], "once for the plan"),
    ("NO_PROGRESSION", ["Care\tKeep standard\t95%\tMaintain the plan\tMaintain the plan\t95%\tX"], ["info"], "word for word"),
    ("NO_PROGRESSION", [FULL.strip()], [], "builds, then runs"),
    ("UNQUANTIFIED_MEASURE", ["Care\tOpen a clinic\t62%\tBuild\tRun\tReduced mortality rate\tX"], ["warning"], "how far?"),
    ("UNQUANTIFIED_MEASURE", ["Care\tOpen a clinic\t62%\tBuild\tRun\tMortality reduced by 5%\tX"], [], "5%"),
    ("UNQUANTIFIED_MEASURE", ["See 95% in 4 hours\tA clinic\t62%\tBuild\tRun\tDelivery as reported\tX"], ["info"], "95% is promised"),
    ("CIRCULAR_MEASURE", ["Care\tTarget met\t62%\tBuild\tRun\tTarget met\tX"], ["error"], "true of anything"),
    ("CIRCULAR_MEASURE", ["Care\tClinic opened\t62%\tBuild\tRun\tClinic opened\tX"], ["error"], "repeats the deliverable"),
    ("CIRCULAR_MEASURE", ["Care\tReduce lung cancers diagnosed late\t9\tBuild\tRun\tReduction in lung cancers diagnosed late\tX"], ["error"],
     "only the verb's form differs"),
    ("CIRCULAR_MEASURE", [FULL.strip()], [], "a value and a date"),
    ("MEASURE_TARGET_MISMATCH", ["Achieve 100% e-referrals\tReferrals\t62%\tReach 80% use\tGo on\tAttain 80% use\tX"], ["error"],
     "100% is promised"),
    ("MEASURE_TARGET_MISMATCH", ["Achieve 100% e-referrals\tReferrals\t62%\tGo\tGo on\t80% use in 2026/27, 100% in 2027/28\tX"], [],
     "a trajectory to 100%"),
    ("MISPLACED_CELL", ["Care\tA\tx\t1. Agree\tRun\t9%\tX", "\t\t\t2. Build\t\t\t", "\t\t4. Review it\t\t\t\t"], ["error"],
     "4 stands in another column than 1 and 2"),
    ("MISPLACED_CELL", ["Care\tA\tx\t1. Agree\tRun\t9%\tX", "\t\t\t2. Build\t\t\t", "\t\t\t3. Review it\t\t\t"], [], "one column"),
    ("MISPLACED_CELL", ["Care\tA\tx\tAgree\tRun\t9%\tThe scheme will deliver a 15% reduction"], ["warning"], "a promise among plans"),
    ("MERGED_ENTITIES", ["<p>Better care for all</p> <p>Commission a new eating disorder service</p>\t<p>A</p> <p>B</p>\t1\tC\tD\t9%\tX"],
     ["warning"], "two priorities in one row"),
    ("BASELINE_MEASURE_MISMATCH", ["Care\tA clinic\t57% of people have a health check\tBuild\tRun\tReduced mortality rate\tX"], ["warning"],
     "checks are not deaths"),
    ("BASELINE_MEASURE_MISMATCH", ["Care\tA clinic\t57% of people have a health check\tBuild\tRun\tMore health checks\tX"], [], "checks"),
    ("COLUMN_SHIFT", [FULL.strip(), "Care\tA clinic\t62%\tBuild\tRun\t95% seen"], ["warning"], "six cells under seven headings"),
    ("COLUMN_SHIFT", [FULL.strip(), "Care\tA clinic\t62%\tBuild\tRun\t95% seen\t"], [], "the last cell is empty"),
    ("TRAJECTORY_INCOMPLETE", ["Care\tA\t1%\tC\tD\tAccess target trajectories 26/27 Q3 16.8% 27/28 Q2 19%\tX"], ["info"], "no value at the years' ends"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "rows", "severities", "why"), CASES)
def test_rule_on_rows(findings, rule: str, rows: list[str], severities: list[str], why: str) -> None:
    assert [finding.severity.value for finding in findings(rule, plan(*rows))] == severities, why


QUARTERS = "Plan 2026/27\n\nStrategic Theme\tObjectives\tExecutive Lead and Committee Responsible\tQ1 Deliverables\tQ2 Deliverables\tQ3 Deliverables\tQ4 Deliverables\n"
LEAD = "<p>Ann Other - Director of Care</p><p>Clinical Executive</p>"
QUARTER_CASES = [
    ("MULTIPLE_OWNERS", "Care\t1. Mend it\t<p>Ann Other - Director of Care</p><p>Bo Else - Director of Money</p>\tBy the end of Q1, a.\tBy the end of Q2, b.\t\t\n",
     1, "nobody is accountable"),
    ("MULTIPLE_OWNERS", f"Care\t1. Mend it\t{LEAD}\tBy the end of Q1, a.\tBy the end of Q2, b.\t\t\n", 0, "one lead"),
    ("EMPTY_QUARTER", f"Care\t1. Mend it\t{LEAD}\t\tBy the end of Q2, b is done.\tBy the end of Q3, c is done.\tBy year end, d is done.\n", 1,
     "nothing in Q1"),
    ("LOCAL_WITHOUT_LOCALITY", f"Care\t1. Mend it\t{LEAD}\t<b>Local Deliverable:</b> By the end of Q1, the plan is done.\t\t\t\n", 1,
     "which place?"),
    ("COMPOUND_DELIVERABLE", f"Care\t1. Mend it\t{LEAD}\tBy the end of Q1, the frame is approved AND the appraisal is written.\t\t\t\n", 1,
     "two outcomes"),
    ("COMPOUND_DELIVERABLE", f"Care\t1. Mend it\t{LEAD}\tBy the end of Q1, the frame is approved and published.\t\t\t\n", 0, "one outcome"),
    ("MERGED_ENTITIES", f"Care\t1. Mend it\t{LEAD}\t<p>By May 2026, care is bought. By June 2026, staff are moved.</p>\t\t\t\n", 1,
     "two commitments in one paragraph"),
    ("UNQUANTIFIED_MEASURE", f"Care\t1. Mend it\t{LEAD}\tBy the end of Q1, the proportion of needs met will be increased.\t\t\t\n", 1,
     "by how much?"),
    ("UNQUANTIFIED_MEASURE", f"Care\t1. Mend it\t{LEAD}\tBy the end of Q1, the incidence of falls will have reduced.\t\t\t\n", 1,
     "how far?"),
    ("UNQUANTIFIED_MEASURE", f"Care\t1. Mend it\t{LEAD}\tBy the end of Q1, the incidence of falls will have reduced by 5%.\t\t\t\n", 0,
     "by 5%"),
    ("UNDEFINED_REFERENCE", f"Care\t1. Deliver six key care priorities\t{LEAD}\tBy the end of Q1, a is done.\t\t\t\n", 1, "which six?"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "row", "count", "why"), QUARTER_CASES)
def test_rule_on_quarters(findings, rule: str, row: str, count: int, why: str) -> None:
    assert len(findings(rule, QUARTERS + row)) == count, why


def test_an_objective_in_loose_paragraphs_has_lost_its_columns(findings) -> None:
    document = (
        f"{QUARTERS}Care\t1. Mend the way we care\t{LEAD}\tBy the end of Q1, a is agreed.\tBy the end of Q2, b is agreed.\t\t\n"
        f"\t2. Mend the way we pay\t{LEAD}\tBy the end of Q1, c is agreed.\tBy the end of Q2, d is agreed.\t\t\n\n"
        "3. Sustain the money to ensure that our duties are met and the plan is affordable by March 2027\n\n"
        "Bo Else - Director of Money\n\nBy May 2026, a joint programme will be agreed.\n\n"
        "By year end, the plan will have met its control total.\n"
    )
    found = findings("COLUMN_LOST", document)
    assert len(found) == 1
    assert "Sustain the money" in found[0].fragment


def test_a_commitment_between_two_tables_is_an_orphan(findings) -> None:
    row = f"Care\t1. Mend the way we care\t{LEAD}\tBy the end of Q1, a is agreed.\tBy the end of Q2, b is agreed.\t\t\n"
    orphan = "\nSustain\n\nBy year end, impact assessments will be completed for all programmes.\n"
    assert len(findings("ORPHAN_CELL", QUARTERS + row + orphan)) == 1
    assert not findings("ORPHAN_CELL", QUARTERS + row)


def test_a_breakdown_that_no_table_has(findings) -> None:
    table = "\nLocality\tSmokers\tQuits\nNorth Locality\t8,950\t269\nSouth Locality\t7,633\t229\n"
    assert len(findings("CLAIM_NOT_SUPPORTED", f"Targets are broken down by locality and practice.\n{table}")) == 1
    assert not findings("CLAIM_NOT_SUPPORTED", f"Targets are broken down by locality.\n{table}")


@pytest.mark.parametrize(("third", "lines"), [("25.6%", []), ("52.6%", [4])])
def test_a_percentage_that_its_amounts_do_not_give(findings, third: str, lines: list[int]) -> None:
    rows = f"North\t5,817\t27.8%\t1,615\nSouth\t5,207\t25.0%\t1,302\nEast\t5,552\t{third}\t1,422\nWest\t8,788\t25.0%\t2,197\n"
    found = findings("PERCENT_MISMATCH", f"Area\tRegister\tTarget as % of register\tTarget\n{rows}")
    assert [finding.line for finding in found] == lines
