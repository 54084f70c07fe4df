"""Invented plans in the layouts that planning teams use, and what is read from each. No line is taken from a real plan.

A case is read as text, as Word, as Excel and as HTML, and gives the same plan in all of them (``formats`` leaves out
those that cannot show the layout: plain text has no sheets, and its merged cells are only empty).
"""

# fmt: off
from __future__ import annotations

from dataclasses import dataclass, field

from layout_rendering import Head, Item, Part, Sheet

ALL = ("text", "word", "excel", "html")
MARKED = ("word", "excel", "html")


@dataclass(frozen=True)
class Layout:
    """A document, the plan that is read from it, and words of notes that must be among the reader's own."""

    why: str
    parts: list[Part]
    plan: list[str]
    notes: tuple[str, ...] = ()
    formats: tuple[str, ...] = ALL
    as_at: str = ""
    title: str = ""
    without: tuple[str, ...] = field(default=())


LAYOUTS = [
    Layout(
        "an action plan without objectives: each action is a deliverable, under the title",
        [
            Head(1, "Fell County Falls Partnership Action Plan; as at November 2025"),
            [
                ["Action", "Description", "What does success look like?", "Which partners are involved", "Status",
                 "Latest update"],
                ["8 - Share the falls data", "Share the data of falls with all partners", "All partners see it",
                 "Fire Service, Public Health", "Complete", "Shared each month."],
                ["9 - Train the wardens", "Train the wardens", "40 wardens trained", "Housing", "Incomplete", ""],
            ],
        ],
        [
            "O Fell County Falls Partnership Action Plan",
            "  D 8 Share the falls data | detail Share the data of falls with all partners"
            " | partners Fire Service, Public Health"
            " | status Complete = complete | update Shared each month.",
            "    S All partners see it",
            "  D 9 Train the wardens | partners Housing | status Incomplete = not complete",
            "    S 40 wardens trained",
        ],
        ("taken as the objective",),
        as_at="2025-11-30",
        title="Fell County Falls Partnership Action Plan",
    ),
    Layout(
        "objectives over their actions, one cell merged over several rows; each action has its own lead",
        [
            Head(1, "Hilltop ICB Delivery Plan 2026/27"),
            [
                ["Ref", "Objective", "Action", "Owner", "By when", "RAG"],
                ["1", "Shorter waits for care", "Open an evening clinic", "Chief Operating Officer", "30/06/2026",
                 "G"],
                ["^", "^", "Train ten nurses", "Chief Nurse", "Mar-27", "A"],
                ["2", "Fewer falls at home", "Fit grab rails", "Director of Estates", "Q3", "B"],
            ],
        ],
        [
            "O 1 Shorter waits for care",
            "  M Open an evening clinic | due 2026-06-30 | lead Chief Operating Officer | status G = on track",
            "  M Train ten nurses | due 2027-03-31 | lead Chief Nurse | status A = at risk",
            "O 2 Fewer falls at home | lead Director of Estates",
            "  M Fit grab rails | due 2026-12-31 | status B = complete",
        ],
    ),
    Layout(
        "the objective printed again on every row, as a filtered list has it",
        [
            Head(1, "Delivery Plan 2026/27"),
            [
                ["Objective", "Deliverable", "Milestone", "Due date", "Status"],
                ["Shorter waits", "An evening clinic", "Lease signed", "30 June 2026", "Complete"],
                ["Shorter waits", "An evening clinic", "Clinic open", "30 September 2026", "In progress"],
                ["Shorter waits", "A booking line", "Line live", "1 May 2026", "Overdue"],
            ],
        ],
        [
            "O Shorter waits",
            "  D An evening clinic",
            "    M Lease signed | due 2026-06-30 | status Complete = complete",
            "    M Clinic open | due 2026-09-30 | status In progress = not complete",
            "  D A booking line | due 2026-05-01 | status Overdue = off track",
            "    M Line live | due 2026-05-01",
        ],
    ),
    Layout(
        "quarters under a year: a heading of two rows, the upper one merged over four columns",
        [
            Head(1, "Operational Plan"),
            [
                ["Objective", "Executive Lead", "2026/27", "<", "<", "<"],
                ["^", "^", "Q1", "Q2", "Q3", "Q4"],
                ["1. Safer wards", "Chief Nurse", "Recruit staff", "Train staff", "Open the ward", "Review it"],
                ["2. Warmer homes", "Director of Housing", "Survey homes", "", "", "Insulate 50 homes"],
            ],
        ],
        [
            "O 1 Safer wards | lead Chief Nurse",
            "  M Recruit staff | column 2026/27 Q1",
            "  M Train staff | column 2026/27 Q2",
            "  M Open the ward | column 2026/27 Q3",
            "  M Review it | column 2026/27 Q4",
            "O 2 Warmer homes | lead Director of Housing",
            "  M Survey homes | column 2026/27 Q1",
            "  M Insulate 50 homes | column 2026/27 Q4",
        ],
        ("Plan years 2026/27 taken from the column headings",),
    ),
    Layout(
        "a heading of two lines, each saying half of it",
        [
            Head(1, "Delivery Plan 2026/27"),
            [
                ["Key", "Executive", "Completion"],
                ["deliverables", "lead", "date"],
                ["A new ward", "Chief Nurse", "June 2026"],
                ["A new clinic", "Medical Director", "July 2026"],
            ],
        ],
        [
            "O Delivery Plan 2026/27",
            "  D A new ward | due 2026-06-30 | lead Chief Nurse",
            "  D A new clinic | due 2026-07-31 | lead Medical Director",
        ],
    ),
    Layout(
        "one table for each objective, the labels in its first column",
        [
            Head(1, "Quality Improvement Plan 2026/27"),
            [
                ["Objective:", "Shorter waits for cancer care"],
                ["Executive lead:", "Chief Operating Officer"],
                ["Success measure:", "85% treated within 62 days by March 2027"],
                ["Actions:", "1. Recruit two nurses\n2. Open a clinic"],
                ["Target date:", "31 March 2027"],
            ],
            [
                ["Objective:", "Fewer falls on wards"],
                ["Executive lead:", "Chief Nurse"],
                ["Success measure:", "No falls with harm"],
                ["Actions:", "Buy sensors"],
                ["Target date:", "December 2026"],
            ],
        ],
        [
            "O Shorter waits for cancer care | lead Chief Operating Officer",
            "  M 1 Recruit two nurses | due 2027-03-31",
            "  M 2 Open a clinic | due 2027-03-31",
            "  S 85% treated within 62 days by March 2027",
            "O Fewer falls on wards | lead Chief Nurse",
            "  M Buy sensors | due 2026-12-31",
            "  S No falls with harm",
        ],
    ),
    Layout(
        "the objective and its lead above a table of its actions",
        [
            Head(1, "Service Improvement Plan 2026/27"),
            [
                ["Objective 1: Shorter waits for cancer care", "<", "<", "<"],
                ["Lead: Chief Operating Officer", "<", "<", "<"],
                ["Action", "Owner", "By when", "Status"],
                ["Recruit two nurses", "Head of Nursing", "June 2026", "Complete"],
                ["Open a clinic", "Service Manager", "September 2026", "On track"],
            ],
            [
                ["Objective 2: Fewer falls on wards", "<", "<", "<"],
                ["Lead: Chief Nurse", "<", "<", "<"],
                ["Action", "Owner", "By when", "Status"],
                ["Buy sensors", "Estates Manager", "Dec 2026", "Not started"],
            ],
        ],
        [
            "O 1 Shorter waits for cancer care | lead Chief Operating Officer",
            "  D Recruit two nurses | due 2026-06-30 | lead Head of Nursing | status Complete = complete",
            "  D Open a clinic | due 2026-09-30 | lead Service Manager | status On track = on track",
            "O 2 Fewer falls on wards | lead Chief Nurse",
            "  D Buy sensors | due 2026-12-31 | lead Estates Manager | status Not started = not started",
        ],
        formats=MARKED,
    ),
    Layout(
        "section rows: the theme, or the objective where the table has no column for it",
        [
            Head(1, "Winter Plan 2026/27"),
            [
                ["No.", "Action", "Lead officer", "Timescale", "Progress"],
                ["Prevention", "<", "<", "<", "<"],
                ["1", "Vaccinate all staff", "Chief Nurse", "Oct 2026", "Bookings open."],
                ["2", "Warm spaces in libraries", "Head of Libraries", "Nov 2026", ""],
                ["Flow", "<", "<", "<", "<"],
                ["3", "Open 20 beds", "Chief Operating Officer", "Dec 2026", "Staff found."],
            ],
        ],
        [
            "O Prevention",
            "  D 1 Vaccinate all staff | due 2026-10-31 | lead Chief Nurse | update Bookings open.",
            "  D 2 Warm spaces in libraries | due 2026-11-30 | lead Head of Libraries",
            "O Flow",
            "  D 3 Open 20 beds | due 2026-12-31 | lead Chief Operating Officer | update Staff found.",
        ],
        formats=MARKED,
    ),
    Layout(
        "a sheet for each theme, a summary that repeats rows, and names of sheets that say nothing",
        [
            Sheet("Summary"),
            "Recovery Plan 2026/27",
            [
                ["Ref", "Action", "Status"],
                ["U1", "Open a new minor injuries unit", "On track"],
                ["C1", "Run extra cancer clinics", "Delayed"],
            ],
            Sheet("Urgent care"),
            [
                ["Ref", "Action", "Lead", "Due", "Status"],
                ["U1", "Open a new minor injuries unit", "Chief Operating Officer", "01/10/2026", "On track"],
                ["U2", "Staff the unit at weekends", "Chief Nurse", "01/12/2026", "Not started"],
            ],
            Sheet("Cancer"),
            [
                ["Ref", "Action", "Lead", "Due", "Status"],
                ["C1", "Run extra cancer clinics", "Medical Director", "01/11/2026", "Delayed"],
            ],
        ],
        [
            "O Urgent care",
            "  D U1 Open a new minor injuries unit | due 2026-10-01 | lead Chief Operating Officer"
            " | status On track = on track",
            "  D U2 Staff the unit at weekends | due 2026-12-01 | lead Chief Nurse | status Not started = not started",
            "O Cancer",
            "  D C1 Run extra cancer clinics | due 2026-11-01 | lead Medical Director | status Delayed = at risk",
        ],
        ("was not imported twice",),
        formats=("excel",),
    ),
    Layout(
        "rows that are none: guidance, examples, a total, empty lines of the template, the key to the colours",
        [
            Head(1, "Recovery Plan 2026/27"),
            [
                ["Ref", "Action", "Lead", "Due date", "RAG", "Cost"],
                ["Guidance: one line for each action", "<", "<", "<", "<", "<"],
                ["1", "Open the unit", "Chief Nurse", "June 2026", "Green", "£20,000"],
                ["2", "Click or tap here to enter text.", "", "", "", ""],
                ["3", "", "", "", "", ""],
                ["Total", "", "", "", "", "£20,000"],
            ],
            [["RAG key", ""], ["Green", "On track"], ["Red", "Off track"]],
        ],
        ["O Recovery Plan 2026/27",
         "  D 1 Open the unit | due 2026-06-30 | lead Chief Nurse | status Green = on track"],
        ("guidance", "adds up others", "nothing but “2”", "nothing but “3”", "column “Cost”"),
        formats=MARKED,
    ),
    Layout(
        "progress by quarter: the last one reported holds, and its heading says when",
        [
            Head(1, "Delivery Plan 2026/27"),
            [
                ["Deliverable", "Lead", "Due", "Q1 RAG", "Q2 RAG", "Progress at end of Q2"],
                ["A new ward", "Chief Nurse", "March 2027", "Green", "Amber", "Builder late."],
                ["A new clinic", "Medical Director", "March 2027", "Amber", "Blue", "Open."],
            ],
        ],
        [
            "O Delivery Plan 2026/27",
            "  D A new ward | due 2027-03-31 | lead Chief Nurse | status Amber = at risk | update Builder late.",
            "  D A new clinic | due 2027-03-31 | lead Medical Director | status Blue = complete | update Open.",
        ],
        as_at="2026-09-30",
    ),
    Layout(
        "start and finish, an original and a revised date, who and when in one column",
        [
            Head(1, "Delivery Plan 2026/27"),
            [
                ["Milestone", "Start", "Finish"],
                ["Business case agreed", "01/04/2026", "30/06/2026"],
                ["Builder appointed", "Jul 2026", "Jul 2026 - Sep 2026"],
            ],
            [
                ["Deliverable", "Original due date", "Revised due date", "Responsible officer"],
                ["A new ward opens", "June 2026", "October 2026", "Chief Nurse"],
                ["A new clinic opens", "July 2026", "", "Medical Director"],
            ],
            [
                ["Commitment", "Who and when"],
                ["All wards smoke free", "Chief Nurse\nMarch 2027"],
                ["All sites smoke free", "Director of Estates; May 2027"],
            ],
        ],
        [
            "O Delivery Plan 2026/27",
            "  D Business case agreed | due 2026-06-30",
            "  D Builder appointed | due 2026-09-30",
            "  D A new ward opens | due 2026-10-31 | lead Chief Nurse",
            "  D A new clinic opens | due 2026-07-31 | lead Medical Director",
            "  D All wards smoke free | due 2027-03-31 | lead Chief Nurse",
            "  D All sites smoke free | due 2027-05-31 | lead Director of Estates",
        ],
    ),
    Layout(
        "headings of the document are the objectives, those over them the themes",
        [
            Head(1, "Hilltop Health and Care Plan 2026/27"),
            Head(2, "Start well"),
            "Every child has the best start. This section says how.",
            Head(3, "Healthy weight"),
            [["What we will do", "Who", "By when"], ["Walk to school each day", "Head of Schools", "May 2026"]],
            Head(3, "Good mental health"),
            [["What we will do", "Who", "By when"], ["A counsellor in each school",
             "Director of Children's Services", "July 2026"]],
            Head(2, "Age well"),
            Head(3, "Falls"),
            "Table 3: Actions",
            [["What we will do", "Who", "By when"], ["A falls class in each town", "Head of Leisure", "May 2026"]],
        ],
        [
            "T Start well",
            "O Healthy weight",
            "  D Walk to school each day | due 2026-05-31 | lead Head of Schools",
            "O Good mental health",
            "  D A counsellor in each school | due 2026-07-31 | lead Director of Children's Services",
            "T Age well",
            "O Falls",
            "  D A falls class in each town | due 2026-05-31 | lead Head of Leisure",
        ],
        formats=("word", "html"),
    ),
    Layout(
        "priority over objective over action: the broadest is the theme",
        [
            Head(1, "System Delivery Plan 2026/27"),
            [
                ["Priority", "Objective", "Key actions", "SRO", "Timeframe", "KPI"],
                ["Urgent care", "Shorter waits in A&E", "Stream patients at the door", "Chief Operating Officer",
                 "Q2", "78% within four hours"],
                ["^", "Fewer admissions", "Virtual wards in all towns", "Medical Director", "Q4", ""],
                ["Cancer", "Earlier diagnosis", "Lung checks in two towns", "Cancer Lead", "Q3",
                 "75% at stage 1 or 2"],
            ],
        ],
        [
            "T Urgent care",
            "O Shorter waits in A&E | lead Chief Operating Officer",
            "  M Stream patients at the door | due 2026-09-30",
            "  S 78% within four hours",
            "O Fewer admissions | lead Medical Director",
            "  M Virtual wards in all towns | due 2027-03-31",
            "T Cancer",
            "O Earlier diagnosis | lead Cancer Lead",
            "  M Lung checks in two towns | due 2026-12-31",
            "  S 75% at stage 1 or 2",
        ],
    ),
    Layout(
        "a priority that is a rating, a target that is a date, headings that only the cells explain",
        [
            Head(1, "Estates Action Plan 2026/27"),
            [
                ["Task", "Priority", "Nominated", "Target"],
                ["Repair the roof", "High", "Head of Estates", "30/06/2026"],
                ["Paint the hall", "Low", "Estates Manager", "31/08/2026"],
                ["Fit new lights", "Medium", "Estates Manager", "30/09/2026"],
            ],
        ],
        [
            "O Estates Action Plan 2026/27",
            "  D Repair the roof | due 2026-06-30 | lead Head of Estates",
            "  D Paint the hall | due 2026-08-31 | lead Estates Manager",
            "  D Fit new lights | due 2026-09-30 | lead Estates Manager",
        ],
        ("The column “Nominated” was read as lead", "column “Priority”"),
    ),
    Layout(
        "a risk register with one score, impact in words and impact as a number",
        [
            Head(1, "Fell Trust Risk Register"),
            [
                ["Date added", "Risk ID", "Risk description", "Impact", "Risk category", "Likelihood (1-10)",
                 "Impact (1-10)", "Risk index", "Risk owner", "Mitigation"],
                ["01/04/2026", "3", "Builder goes out of business", "Work stops", "Estates", "3.33", "5", "16.7",
                 "Head of Estates", "Check the accounts"],
                ["02/04/2026", "7", "Flood on the site", "-", "Estates", "5", "8.3", "41", "Estates Manager", ""],
            ],
        ],
        [
            "R 3 Builder goes out of business | lead Head of Estates | category Estates | effect Work stops"
            " | current 3.33/5/16.7"
            " | mitigation Check the accounts | scale 1-10",
            "R 7 Flood on the site | lead Estates Manager | category Estates | current 5/8.3/41 | scale 1-10",
        ],
        ("column “Date added”",),
    ),
    Layout(
        "a risk register with inherent, residual and target scores under headings of two rows",
        [
            Head(1, "Corporate Risk Register 2026/27"),
            [
                ["Ref", "Risk", "Cause", "Consequence", "Inherent", "<", "<", "Controls", "Residual", "<", "<",
                 "Target score", "Further actions", "Owner"],
                ["^", "^", "^", "^", "L", "I", "Score", "^", "L", "I", "Score", "^", "^", "^"],
                ["CR1", "Too few nurses", "Few applicants", "Beds close", "5", "4", "20", "Bank staff", "3", "4",
                 "12", "8", "Recruit abroad", "Chief Nurse"],
                ["CR2", "Loss of data", "Old systems", "Fines", "4", "5", "20", "Backups", "2", "5", "10", "5",
                 "Replace systems", "Chief Information Officer"],
            ],
        ],
        [
            "R CR1 Too few nurses | lead Chief Nurse | cause Few applicants | effect Beds close | controls Bank staff"
            " | inherent 5/4/20 | current 3/4/12 | target 8 | actions Recruit abroad",
            "R CR2 Loss of data | lead Chief Information Officer | cause Old systems | effect Fines | controls Backups"
            " | inherent 4/5/20 | current 2/5/10 | target 5 | actions Replace systems",
        ],
    ),
    Layout(
        "a risk register in words, with a score that shows how it was reached",
        [
            Head(1, "Programme Risk Register"),
            [
                ["Risk", "Likelihood", "Severity", "Rating (L x S)", "Risk owner", "Mitigating actions", "Status"],
                ["Builder is late", "Likely", "Major", "4x4=16", "Programme Director", "Weekly meetings", "Open"],
                ["Costs rise", "Possible", "Moderate", "3x3=9", "Finance Director", "Fixed price", "Closed"],
            ],
        ],
        [
            "R Builder is late | lead Programme Director | current 4/4/16 Likely × Major; 4x4=16"
            " | mitigation Weekly meetings"
            " | status Open | scale words",
            "R Costs rise | lead Finance Director | current 3/3/9 Possible × Moderate; 3x3=9 | mitigation Fixed price"
            " | status Closed | scale words",
        ],
    ),
    Layout(
        "a board assurance framework: one table for each risk, labels in its first column",
        [
            Head(1, "Board Assurance Framework 2026/27"),
            [
                ["Strategic objective", "Safe care for all", "<", "<"],
                ["Principal risk", "Too few staff to keep wards safe", "<", "<"],
                ["Executive lead", "Chief Nurse", "<", "<"],
                ["Assuring committee", "Quality Committee", "<", "<"],
                ["Risk rating", "Likelihood", "Consequence", "Score"],
                ["Inherent", "5", "4", "20"],
                ["Current", "4", "4", "16"],
                ["Target", "2", "4", "8"],
                ["Key controls", "Safer staffing tool", "<", "<"],
                ["Gaps in control", "No weekend cover", "<", "<"],
                ["Sources of assurance", "Monthly staffing report", "<", "<"],
                ["Actions", "Recruit 40 nurses", "<", "<"],
            ],
        ],
        [
            "R Too few staff to keep wards safe | lead Chief Nurse | objective Safe care for all"
            " | controls Safer staffing tool"
            " | gaps No weekend cover | inherent 5/4/20 | current 4/4/16 | target 2/4/8"
            " | assurances Monthly staffing report"
            " | actions Recruit 40 nurses | committee Quality Committee",
        ],
    ),
    Layout(
        "a plan in running text: headings with dated commitments below them, as joint forward plans are written",
        [
            Head(1, "Hilltop Joint Forward Plan 2026/27"),
            Head(2, "Primary care"),
            "More people want to see a doctor than ever before. In 2025 we opened two practices.",
            Item("We will open a same-day hub in Hilltop by October 2026."),
            Item("Recruit 20 pharmacists by the end of Q4 2026/27."),
            Head(2, "Mental health"),
            "By March 2027 we will:",
            Item("open a crisis house"),
            Item("train 30 peer workers"),
            "Demand has grown since 2019.",
        ],
        [
            "O Primary care",
            "  D We will open a same-day hub in Hilltop by October 2026. | due 2026-10-31",
            "  D Recruit 20 pharmacists by the end of Q4 2026/27. | due 2027-03-31",
            "O Mental health",
            "  D open a crisis house | due 2027-03-31",
            "  D train 30 peer workers | due 2027-03-31",
        ],
        ("has no plan table",),
        formats=("text", "word", "html"),
    ),
    Layout(
        "several tables of different kinds in one document, and one that is nothing of a plan",
        [
            Head(1, "Hilltop Improvement Plan 2026/27"),
            Head(2, "People"),
            [["Objective", "Measure", "Lead"], ["A kinder place to work", "70% would recommend us",
             "Director of People"]],
            Head(2, "Contacts"),
            [["Name", "Telephone", "Email"], ["Front desk", "01234 567890", "desk@example.org"]],
            Head(2, "Quality"),
            [["Recommendation", "Agreed action", "By whom", "Deadline"], ["Check all beds", "Audit beds weekly",
             "Matron", "May 2026"]],
            Head(2, "Risks"),
            [["Risk", "Likelihood", "Impact", "Mitigation"], ["Few staff", "High", "High", "Bank staff"]],
        ],
        [
            "T People",
            "O A kinder place to work | lead Director of People",
            "  S 70% would recommend us",
            "T Quality",
            "O Check all beds | lead Matron",
            "  M Audit beds weekly | due 2026-05-31",
            "R Few staff | current High × High | mitigation Bank staff | scale words",
        ],
        ("Name",),
        formats=("word", "html"),
    ),
    Layout(
        "four columns of labels and values, with a label that opens nothing",
        [
            Head(1, "Projects delivery plan 2026/27"),
            [
                ["Project name", "New clinic", "", ""],
                ["Objective", "Shorter waits", "Lead", "Chief Nurse"],
                ["Start", "1 April 2026", "Finish", "30 June 2026"],
                ["Actions", "Sign the lease", "RAG", "Green"],
            ],
        ],
        [
            "O Shorter waits | lead Chief Nurse",
            "  D New clinic | due 2026-06-30 | status Green = on track",
            "    M Sign the lease | due 2026-06-30",
        ],
        ("column “Start”",),
    ),
    Layout(
        "records side by side, their labels in the first column",
        [
            Head(1, "Priorities plan 2026/27"),
            [
                ["Objective", "Shorter waits", "Fewer falls"],
                ["Lead", "Chief Nurse", "Medical Director"],
                ["Action", "Open a clinic", "Buy sensors"],
                ["Due date", "June 2026", "July 2026"],
            ],
        ],
        [
            "O Shorter waits | lead Chief Nurse",
            "  M Open a clinic | due 2026-06-30",
            "O Fewer falls | lead Medical Director",
            "  M Buy sensors | due 2026-07-31",
        ],
    ),
    Layout(
        "section rows that are not merged: the first row under the heading stands alone",
        [
            Head(1, "Winter Plan 2026/27"),
            [
                ["Action", "Lead", "Timescale"],
                ["Prevention", "", ""],
                ["Vaccinate all staff", "Chief Nurse", "Oct 2026"],
                ["Flow", "", ""],
                ["Open 20 beds", "Chief Operating Officer", "Nov 2026"],
            ],
        ],
        [
            "O Prevention",
            "  D Vaccinate all staff | due 2026-10-31 | lead Chief Nurse",
            "O Flow",
            "  D Open 20 beds | due 2026-11-30 | lead Chief Operating Officer",
        ],
        formats=MARKED,
    ),
    Layout(
        "a category for each action, two leads in a cell, a lead to come, a date that is none",
        [
            Head(1, "Action plan 2026/27"),
            [
                ["Category", "Action", "Owner", "Due", "Status"],
                ["Workforce", "Recruit ten nurses", "Ada Poe / Bo Ray", "May 2026", "On track"],
                ["Workforce", "Train ten nurses", "Chief Nurse and Medical Director", "Ongoing", "Late"],
                ["Estates", "Paint the hall", "TBC", "TBC", "Not yet due"],
            ],
        ],
        [
            "O Workforce",
            "  D Recruit ten nurses | due 2026-05-31 | lead Ada Poe, Bo Ray | status On track = on track",
            "  D Train ten nurses | lead Chief Nurse, Medical Director | status Late = off track",
            "O Estates",
            "  D Paint the hall | status Not yet due = ?",
        ],
        ("“Ongoing” is no date", "column “Owner”): TBC", "“Not yet due” says of progress is not known"),
    ),
    Layout(
        "an improvement plan of findings, where a deadline has been moved",
        [
            Head(1, "Improvement Plan 2026/27"),
            [
                [
                    "Summary of main concerns", "Summary of actions required", "Agreed timescale", "External support",
                    "Progress against timescale", "Revised deadline (if required)",
                ],
                ["Unsafe storage", "Lock all cupboards", "April 2026", "ICB", "Delivered", ""],
                ["Staffing levels", "Recruit 20 nurses", "June 2026", "NHS England", "On track", "September 2026"],
            ],
        ],
        [
            "O Unsafe storage",
            "  M Lock all cupboards | due 2026-04-30 | partners ICB | status Delivered = complete",
            "O Staffing levels",
            "  M Recruit 20 nurses | due 2026-09-30 | partners NHS England | status On track = on track",
        ],
        ("column “Agreed timescale”): June 2026",),
    ),
    Layout(
        "years as columns, and a table of figures that is no plan's",
        [
            Head(1, "Five year plan"),
            [
                ["Priority", "Year 1 (2026/27)", "Year 2 (2027/28)", "Outcome"],
                ["Cancer", "Open a lung clinic", "Expand to two towns", "Earlier diagnosis"],
                ["Stroke", "Train the team", "", ""],
            ],
            "Strokes treated within the hour",
            [["Area", "2024/25", "2025/26"], ["Hilltop", "58%", "61%"], ["Fell", "49%", "55%"]],
        ],
        [
            "O Cancer",
            "  M Open a lung clinic | column 2026/27",
            "  M Expand to two towns | column 2027/28",
            "  S Earlier diagnosis",
            "O Stroke",
            "  M Train the team | column 2026/27",
        ],
    ),
]
