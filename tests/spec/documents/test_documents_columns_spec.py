"""What a column holds is told by its heading's words."""

import pytest

from trigpoint.documents.columns import ColumnKind, column_kind, header_columns
from trigpoint.documents.text import parse_text
from trigpoint.periods import FinancialYear

HEADINGS = [
    ("Strategic Theme", ColumnKind.THEME),
    ("Workstream", ColumnKind.THEME),
    ("Objectives", ColumnKind.OBJECTIVE),
    ("Priorities", ColumnKind.OBJECTIVE),
    ("Aim", ColumnKind.OBJECTIVE),
    ("Executive Lead and Committee Responsible", ColumnKind.LEAD_AND_COMMITTEE),
    ("SRO", ColumnKind.LEAD),
    ("Owner", ColumnKind.LEAD),
    ("Responsible officer", ColumnKind.LEAD),
    ("By whom", ColumnKind.LEAD),
    ("Committee", ColumnKind.COMMITTEE),
    ("Key deliverables", ColumnKind.DELIVERABLE),
    ("Q1 Deliverables", ColumnKind.DELIVERABLE),
    ("2017/18 actions / milestones (steps to delivery)", ColumnKind.MILESTONE),
    ("Action", ColumnKind.MILESTONE),
    ("Baseline position", ColumnKind.BASELINE),
    ("Current position", ColumnKind.BASELINE),
    ("Success measure (inc reference to plan trajectories)", ColumnKind.MEASURE),
    ("Success criteria", ColumnKind.MEASURE),
    ("What does success look like?", ColumnKind.MEASURE),
    ("KPI", ColumnKind.MEASURE),
    ("Relationship to other plans/programmes", ColumnKind.LINK),
    ("Dependencies", ColumnKind.LINK),
    ("Due date", ColumnKind.DUE),
    ("Timescale", ColumnKind.DUE),
    ("By when", ColumnKind.DUE),
    ("RAG", ColumnKind.STATUS),
    ("Latest update", ColumnKind.STATUS),
    ("Locality", ColumnKind.AREA),
    ("Ref.", ColumnKind.NUMBER),
    ("Widgets", ColumnKind.UNKNOWN),
]


@pytest.mark.parametrize(("heading", "kind"), HEADINGS)
def test_heading_to_kind(heading: str, kind: ColumnKind) -> None:
    assert column_kind(heading) is kind
    assert column_kind(heading.upper()) is kind


ROWS = [
    ("Priorities\tKey deliverables\tBaseline", True, "three kinds of a plan"),
    ("Action\tLead\tTimescale", True, "an action plan"),
    ("Objective\tQ1\tQ2\tQ3\tQ4", True, "quarters without a word"),
    ("Locality\t2013-14\t2014-15", False, "a table of numbers"),
    ("Year\tTarget\tActual", False, "a table of numbers"),
    ("Priorities\t\t", False, "one heading alone"),
    ("Deliver the plan\tDirector of Nursing\tActions agreed and in place for the whole of the coming winter period, "
     "with the rota signed off by all of the partners\t", False, "a row, not a heading: too long"),
    ("Objectives\tApples\tPears\tPlums\tFigs", False, "mostly unknown words"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "is_header", "why"), ROWS, ids=[row[2] for row in ROWS])
def test_heading_rows_are_recognised_by_content(line: str, is_header: bool, why: str) -> None:
    (block,) = parse_text(line.encode(), "t").blocks
    assert (header_columns(block) is not None) is is_header


def test_a_quarter_takes_its_year_from_a_plan_of_one_year_alone() -> None:
    (block,) = parse_text(b"Objectives\tQ1 Deliverables\t2016/17 Q3 actions\t2018/19 actions", "t").blocks
    one = header_columns(block, (FinancialYear(2016),))
    two = header_columns(block, (FinancialYear(2016), FinancialYear(2017)))
    assert one is not None
    assert two is not None
    assert [column.label for column in one] == ["", "2016/17 Q1", "2016/17 Q3", "2018/19"]
    assert [column.label for column in two] == ["", "Q1", "2016/17 Q3", "2018/19"]
