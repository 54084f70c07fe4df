"""Rules on headings, lists and references."""

# ruff: noqa: E501 - a row of a table is one line

from __future__ import annotations

import pytest

LISTED = "We have three priorities.\n\n1. Access\n2. Money\n3. Staff\n4. Quality\n\nSome words about them all.\n\n"
TABLE = "Priorities\tKey deliverables\t2026/27 actions\tSuccess measure\nBetter care {n}\tA clinic {n}\tOpen clinic {n}\t95%\n\n"


def tables(*headings: str) -> str:
    return "".join(f"{heading}\n{TABLE.format(n=number)}" for number, heading in enumerate(headings))


CASES = [
    # rule, document, line of the finding (None: none), why
    ("SECTION_NUMBERING", LISTED + "1. Access\n\nText.\n\n2. Estates\n\nText.\n\n3. Staff\n\nText.\n\n4. Quality\n\nText.\n", 14,
     "item 2 was announced as Money"),
    ("SECTION_NUMBERING", LISTED + "1. Access\n\nText.\n\n2. Money\n\nText.\n\n3. Staff\n\nText.\n\n4. Quality\n\nText.\n", None,
     "as announced"),
    ("SECTION_NUMBERING", "1. Money\n\nText about money.\n\nd) Demand\n\nText about demand.\n", 5, "starts at d)"),
    ("SECTION_NUMBERING", "a) Money\n\nText.\n\nb) Demand\n\nText.\n\nd) Staff\n\nText.\n", 9, "c) is missing"),
    ("SECTION_NUMBERING", "g) Costs\n\nText.\n\nh) Money\n\nText.\n\ni) Children\n\nText.\n\nj) Adults\n\nText.\n\ni) Law\n\nText.\n\nii) Duty\n\nText.\n",
     1, "g) starts late; i) after h) is a letter, after j) a Roman number"),
    ("SECTION_NUMBERING", tables("Must do 1 - Access", "Must do 2 - Money", "Must do 3 - Access"), 9, "Access is number 1"),
    ("SECTION_NUMBERING", tables("Must do 1 - Access", "Must do 1 - Access", "Must do 2 - Money"), None, "page repeats"),
    ("SECTION_NUMBERING", tables("Must do 1 - Access", "Must do 2 - Money", "Must do 3 - Staff", "7 day services"), 13,
     "no number like the others"),
    ("LIST_COUNT_MISMATCH", "Our 5 principles are:-\n\n- a\n- b\n- c\n- d\n- e\n- f\n", 1, "six"),
    ("LIST_COUNT_MISMATCH", "We focus on four key issues:\n\n- a\n- b\n\n- c\n- d\n", None, "a page break inside the list"),
    ("LIST_COUNT_MISMATCH", "We have three areas:\n- a\n- b\n  - b1\n  - b2\n- c\n", None, "a list inside a list"),
    ("LIST_COUNT_MISMATCH", "The effect is on three levels:\n\na) People\n\nText.\n", None, "headings follow, not a list of three"),
    ("LIST_COUNT_MISMATCH", "Within four weeks these standards hold:\n- a\n- b\n", None, "weeks are no list"),
    ("LIST_NUMBERING_GAP", "Name\tActions\nA\t1. Agree it\nB\t2. Do it\nC\t4. Review it\n", 4, "3 is missing"),
    ("LIST_NUMBERING_GAP", "Name\tActions\nA\t1. Agree it\nB\t2. Do it\nC\t1. Start again\nD\t2. Review it\n", None, "begins again"),
    ("DANGLING_REFERENCE", "The reach of feedback was:\n\nThe strongest theme of all the answers was that people want to be heard.\n", 1,
     "nothing follows"),
    ("DANGLING_REFERENCE", "The themes were:\n\n- access\n- money\n", None, "a list follows"),
    ("DANGLING_REFERENCE", "The graph above shows growth.\n", 1, "there is no graph"),
    ("DANGLING_REFERENCE", "The costs are in the table below.\n\nNothing here.\n", 1, "there is no table"),
    ("DANGLING_REFERENCE", "The costs are in the table below.\n\nCost\tYear\nA\t3\n", None, "there is one"),
    ("PLAN_YEAR_MISSING", "Local deliverables\n\n" + TABLE.format(n=1), 1, "no year in the title"),
    ("PLAN_YEAR_MISSING", "Operational plan 2026/27\n\n" + TABLE.format(n=1), None, "a year"),
    ("DOC_METADATA_MISSING", "NHS Anyplace CCG plan 2026/27\n\nText.\n", 1, "no version, date, author"),
    ("DOC_METADATA_MISSING", "NHS Anyplace CCG plan 2026/27\n\nVersion 3, approved by the Board\n", None, "both"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "document", "line", "why"), CASES)
def test_rule_on_structure(findings, rule: str, document: str, line: int | None, why: str) -> None:
    assert [finding.line for finding in findings(rule, document)] == ([] if line is None else [line]), why
