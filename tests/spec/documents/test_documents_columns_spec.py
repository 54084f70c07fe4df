"""What a column holds is told by its heading's words."""

import pytest

from trigpoint.documents.bands import Band, columns_of
from trigpoint.documents.columns import ColumnKind, column_kind
from trigpoint.periods import FinancialYear

HEADINGS = {
    ColumnKind.THEME: (
        "Strategic theme", "Must do", "Workstream", "Work stream", "Programme", "Pillar", "Domain", "Category",
        "Focus area", "Area of focus", "Life course stage", "Strand",
    ),
    ColumnKind.OBJECTIVE: (
        "Strategic priority", "Strategic aim", "Priority area", "Corporate priority", "Objective", "Priorities",
        "Key priority", "Aim", "Our aim", "Goal", "Ambition", "Our ambitions", "What do we want to achieve?",
        "What we want to achieve", "Recommendation", "CQC recommendation", "Area for improvement",
        "Summary of main concerns", "Aims and objectives", "SMART objective", "Vision",
        "What are we trying to achieve?", "Finding", "Overall aim", "Strategic objectives (link)",
    ),
    ColumnKind.AREA: (
        "Area", "Locality", "Place", "Borough", "Neighbourhood", "District", "Site",
    ),
    ColumnKind.DELIVERABLE: (
        "Key deliverables", "Deliverable", "Output", "Outputs", "Commitment", "What will we deliver?",
        "Our commitments", "Q1 Deliverables", "Key outputs", "Pledge", "Deliverables and outputs",
    ),
    ColumnKind.MILESTONE: (
        "Action", "Actions", "Action required", "Agreed action", "Key actions", "Actions to be taken",
        "What will we do?", "What we will do", "We will", "How will we do it?", "How will we get there?", "How",
        "Task", "Steps", "Key activities", "Milestone", "Key milestones", "2017/18 actions / milestones",
        "Initiative", "Project", "Scheme", "Intervention", "What needs to be done?", "What are we going to do?",
        "Summary of urgent actions required", "Improvement action", "High level actions", "Actions we will take",
        "Action points", "Activity", "Planned actions", "Delivery actions", "Proposed action", "Actions/Milestones",
    ),
    ColumnKind.UPDATE: (
        "Next Steps", "Latest update", "Progress", "Update", "Commentary", "Comments", "Progress update",
        "Progress to date", "Progress against milestones", "Position at end of Q2", "Quarterly update",
        "Progress/comments", "Current progress", "Evidence of progress", "Progress against original timescale",
        "Narrative", "Progress notes", "Q2 update", "Summary of progress", "Updates", "Latest position",
        "Progress since last report", "Actions taken to date", "Achievements to date", "Year end update",
    ),
    ColumnKind.LEAD: (
        "Executive Lead", "SRO", "Owner", "Responsible officer", "Lead officer", "Accountable", "Lead Director",
        "Lead officer/organisation", "By whom", "Who", "Who?", "Who will do it?", "Responsible person",
        "Person responsible", "Action owner", "Lead organisation", "Lead agency", "Lead partner", "Responsibility",
        "Accountable officer", "Responsible lead", "Assigned to", "Lead(s)", "Exec sponsor", "Executive sponsor",
        "Senior Responsible Owner", "Delivery lead", "Name of lead", "Clinical lead", "Who is responsible?",
        "Nominated lead", "Service lead", "Director", "Lead / Owner", "Operational lead", "Named lead",
        "Delivered by (date)",
    ),
    ColumnKind.PARTNERS: (
        "Partners", "Which partners are involved", "Key partners", "Partners involved", "Supporting organisations",
        "Stakeholders", "Who else is involved?", "Delivery partners", "Other partners", "Key stakeholders",
        "Support from", "Partner organisations", "Working with",
    ),
    ColumnKind.DUE: (
        "Due date", "By when", "When", "When?", "Timescale", "Time-scale", "Timeframe", "Deadline", "Target date",
        "Completion date", "Date due", "Finish", "End date", "Timeline", "Date for completion", "Milestone date",
        "Target completion date", "Delivery date", "Agreed timescale", "Target completion", "Complete by",
        "Date of completion", "Due", "By when?", "Planned completion date", "Target deadline", "Completion by",
        "Implementation date", "Original due date", "Original target date", "Timescale for completion",
        "Planned end date", "Due by", "Date to be completed",
    ),
    ColumnKind.REVISED_DUE: (
        "Revised due date", "Revised date", "Revised deadline (if required)", "Forecast completion date",
        "New target date", "Revised timescale", "Forecast date", "Expected completion date",
    ),
    ColumnKind.START: (
        "Start", "Start date", "Planned start", "Commencement date", "Date raised", "Date added", "Date opened",
    ),
    ColumnKind.COMPLETED: (
        "Completed", "Date completed", "Actual completion date", "Completion achieved (Y/N)", "Completed?",
        "Complete (Y/N)", "Date closed", "Actual finish",
    ),
    ColumnKind.STATUS: (
        "Status", "RAG", "BRAG", "RAG rating", "RAG status", "Current status", "Action status", "Delivery status",
        "Delivery RAG", "% complete", "Status (RAG)", "BRAG rating", "Progress RAG", "RAG (Q2)", "Status Q2",
        "Rating",
    ),
    ColumnKind.MEASURE: (
        "Success measure", "Success measures", "Success criteria", "What does success look like?",
        "What does success look like", "How will we know?", "How will we know we have succeeded?", "KPI", "KPIs",
        "Outcome", "Expected outcome", "Intended outcomes", "Outcome measure", "Measure of success", "Measures",
        "Metric", "Indicator", "Performance measure", "How will success be measured?", "Target", "Impact",
        "Expected impact", "What will success look like?", "What good looks like", "Outcomes/measures",
        "Outcome/Impact", "Key performance indicators", "How will we measure success?", "Measurable outcome",
        "Benefits", "Expected benefits", "What difference will it make?", "Evidence of success",
        "How we will know it's working", "Desired outcome", "Success metrics", "What will be different?",
        "How will this be measured?", "Outcome and measure",
    ),
    ColumnKind.BASELINE: (
        "Baseline", "Baseline position", "Current position", "Where are we now?", "Starting point",
        "Current performance", "Baseline data", "Where we are now",
    ),
    ColumnKind.LINK: (
        "Dependencies", "Interdependencies", "Relationship to other plans", "Links to other plans",
        "Key dependencies", "Links with other strategies", "Related programmes", "Enablers", "Link to strategic plan",
    ),
    ColumnKind.COMMITTEE: (
        "Committee", "Oversight group", "Governance", "Reporting to", "Accountable committee", "Assurance committee",
        "Governance group", "Monitoring group", "Board/Group", "Delivery board", "Governance route", "Oversight",
    ),
    ColumnKind.LEAD_AND_COMMITTEE: (
        "Responsible committee", "Executive Lead and Committee Responsible", "Lead / Committee",
        "Owner and governance",
    ),
    ColumnKind.NUMBER: (
        "Ref", "Ref.", "No", "No.", "Number", "Action no", "Action no.", "Action ref", "#", "ID", "Item", "Item no",
        "Objective no", "Ref no.", "Unique ref", "Action ID", "Recommendation number", "Reference number", "Rec no",
    ),
    ColumnKind.RISK: (
        "Risk", "Risks", "Key risks", "Risks and issues", "Risk to delivery", "Key risks and mitigations", "Barriers",
        "Challenges", "Risks/Issues", "Main risks",
    ),
    ColumnKind.MITIGATION: (
        "Mitigation", "Mitigating actions", "Mitigations", "Mitigation actions", "Contingency",
    ),
    ColumnKind.RESOURCE: (
        "Resource", "Resources", "Resource implications", "Cost", "Budget", "Funding", "Resources required",
        "Financial implications", "Savings", "FTE", "Costs (£)",
    ),
    ColumnKind.RATING: (
        "Priority rating", "Priority (H/M/L)", "Priority level",
    ),
    ColumnKind.DETAIL: (
        "Description", "Detail", "Details", "Rationale", "Background", "Why", "Description of action",
        "Further details", "Issue", "Summary", "Context", "Action description", "Brief description",
        "Issue identified", "Gap identified",
    ),
    ColumnKind.LEAD_AND_DUE: (
        "Who and when", "Lead and timescale", "Responsibility and timescale", "By whom and by when", "Lead & date",
        "Owner/Due date", "Who/When",
    ),
    ColumnKind.UNKNOWN: (
        "Widgets", "Telephone", "Email", "Venue", "Colour of car",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("heading", "kind"), [(heading, kind) for kind, all_ in HEADINGS.items() for heading in all_])
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


def announced(line: str, *years: FinancialYear) -> Band | None:
    return columns_of(line.split("\t"), (), years)


@pytest.mark.parametrize(("line", "is_header", "why"), ROWS, ids=[row[2] for row in ROWS])
def test_heading_rows_are_recognised_by_content(line: str, is_header: bool, why: str) -> None:
    assert (announced(line) is not None) is is_header


def test_a_quarter_takes_its_year_from_a_plan_of_one_year_alone() -> None:
    line = "Objectives\tQ1 Deliverables\t2016/17 Q3 actions\t2018/19 actions"
    one = announced(line, FinancialYear(2016))
    two = announced(line, FinancialYear(2016), FinancialYear(2017))
    assert one is not None
    assert two is not None
    assert [column.label for column in one.columns] == ["", "2016/17 Q1", "2016/17 Q3", "2018/19"]
    assert [column.label for column in two.columns] == ["", "Q1", "2016/17 Q3", "2018/19"]
