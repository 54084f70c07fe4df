"""Invented documents as organisations that we never met write them, and what is read from each.

Beside the layouts of ``layout_corpus`` these mix what real documents mix: tables and running text, a table for each
risk, labels side by side, lines between a heading and its table, columns of money, places and schemes.
"""

from __future__ import annotations

from layout_corpus import MARKED, Layout
from layout_rendering import Head, Item, Part

MIXED = ("word", "html")
HEADING = ["Ref", "Action", "Who is responsible?", "When will it be done?", "BRAG", "What impact will we see?"]


def _risk(number: str, risk: str, lead: str, scores: tuple[str, str, str]) -> list[Part]:
    """One risk of a board assurance framework: labels side by side, a small table of scores, then what holds it."""
    rows = [["Principal risk", risk, "", ""], ["Executive lead", lead, "Assurance committee", "Quality Committee"]]
    rows += [["Risk score", "Likelihood", "Consequence", "Score"]]
    rows += [[name, *score.split()] for name, score in zip(("Inherent", "Current", "Target"), scores, strict=True)]
    return [
        Head(2, number),
        [*rows, ["Key controls", "Weekly review", "", ""], ["Gaps in control", "None known", "", ""]],
    ]


STRANGERS = [
    Layout(
        "a priority's lead stands in a line between its heading and its table, and is no title",
        [
            Head(1, "Fellside SEND Priority Action Plan 2026/27"),
            Head(2, "Priority Action 1: Plans written in time"),
            "Priority lead: Director of Education",
            [
                HEADING,
                [
                    "1.1",
                    "Recruit four case officers",
                    "SEND Service Manager",
                    "May 2026",
                    "Blue",
                    "Caseloads below 180",
                ],
            ],
            Head(2, "Priority Action 2: Shorter waits"),
            "Priority lead: Chief Nurse",
            [
                HEADING,
                [
                    "2.1",
                    "Offer help while waiting",
                    "Children's Commissioner",
                    "01/01/2027",
                    "Green",
                    "Fewer complaints",
                ],
            ],
        ],
        [
            "O Priority Action 1: Plans written in time | lead Director of Education",
            "  D 1.1 Recruit four case officers | due 2026-05-31 | lead SEND Service Manager | status Blue = complete",
            "    S Caseloads below 180",
            "O Priority Action 2: Shorter waits | lead Chief Nurse",
            "  D 2.1 Offer help while waiting | due 2027-01-01 | lead Children's Commissioner"
            " | status Green = on track",
            "    S Fewer complaints",
        ],
        formats=MARKED,
    ),
    Layout(
        "commitments in running text under headings of their own, beside a table under another",
        [
            Head(1, "Fellside winter plan 2026/27"),
            Head(2, "Winter schemes"),
            [
                ["Scheme", "Description", "Cost (£k)", "Go-live date", "Lead"],
                [
                    "Respiratory hubs",
                    "Open three respiratory hubs",
                    "310",
                    "2 November 2026",
                    "Director of Primary Care",
                ],
                ["Handover", "Staff a cohort area of eight spaces", "145", "1 Dec 2026", "Site Director"],
                ["Total", "", "455", "", ""],
            ],
            Head(2, "Vaccination"),
            "We will vaccinate 75% of front-line staff by 31 December 2026. Owner: Director of Nursing.",
            Head(2, "Greener care"),
            "Fellside Trust has agreed to:",
            Item("Stop using desflurane by 31 January 2027"),
            Item("Reuse walking aids by March 2027"),
            Head(2, "Escalation"),
            "The control centre was open every day in 2025.",
        ],
        [
            "O Winter schemes",
            "  D Respiratory hubs | due 2026-11-02 | lead Director of Primary Care"
            " | detail Open three respiratory hubs",
            "  D Handover | due 2026-12-01 | lead Site Director | detail Staff a cohort area of eight spaces",
            "O Vaccination",
            "  D We will vaccinate 75% of front-line staff by 31 December 2026. | due 2026-12-31"
            " | lead Director of Nursing",
            "O Greener care",
            "  D Stop using desflurane by 31 January 2027 | due 2027-01-31",
            "  D Reuse walking aids by March 2027 | due 2027-03-31",
        ],
        formats=MIXED,
    ),
    Layout(
        "schemes printed again in each row are what the rows belong to; a place makes a commitment local",
        [
            Head(1, "Better Care Fund delivery plan 2026/27"),
            [
                [
                    "Scheme",
                    "Place",
                    "Planned activity",
                    "Senior responsible officer",
                    "Planned completion",
                    "Delivery status",
                ],
                ["Reablement", "Eastmarsh", "Start 55 people a week", "Head of Adult Social Care", "Q2", "On track"],
                ["Reablement", "Tollworth", "Bring the contract in house", "Assistant Director", "Q4", "Delayed"],
                ["Grants", "System-wide", "Answer within 26 weeks", "Housing Lead", "30 November 2026", "On track"],
            ],
        ],
        [
            "O Reablement",
            "  M Start 55 people a week | due 2026-09-30 | lead Head of Adult Social Care | area Eastmarsh"
            " | status On track = on track",
            "  M Bring the contract in house | due 2027-03-31 | lead Assistant Director | area Tollworth"
            " | status Delayed = at risk",
            "O Grants | lead Housing Lead",
            "  M Answer within 26 weeks | due 2026-11-30 | area System-wide | status On track = on track",
        ],
        formats=MARKED,
    ),
    Layout(
        "a tracker of savings: money and whether it recurs are no plan's columns",
        [
            Head(1, "Fell Hospitals Cost Improvement Programme 2026/27 tracker"),
            [
                [
                    "Scheme ref",
                    "Scheme",
                    "Division",
                    "Executive lead",
                    "Plan £000",
                    "Forecast £000",
                    "Variance £000",
                    "Recurrent (R/NR)",
                    "Delivery date",
                    "RAG",
                    "QIA signed off",
                ],
                [
                    "C01",
                    "Reduce agency nursing",
                    "Medicine",
                    "Chief Nurse",
                    "1,850",
                    "1,420",
                    "-430",
                    "R",
                    "30/09/2026",
                    "Amber",
                    "Yes",
                ],
                [
                    "C02",
                    "Switch to biosimilars",
                    "Pharmacy",
                    "Chief Pharmacist",
                    "980",
                    "1,010",
                    "30",
                    "R",
                    "31/12/2026",
                    "Green",
                    "Yes",
                ],
                ["Total", "", "", "", "2,830", "2,430", "-400", "", "", "", ""],
            ],
        ],
        [
            "O Fell Hospitals Cost Improvement Programme 2026/27 tracker",
            "  D C01 Reduce agency nursing | due 2026-09-30 | lead Chief Nurse | status Amber = at risk",
            "  D C02 Switch to biosimilars | due 2026-12-31 | lead Chief Pharmacist | status Green = on track",
        ],
        formats=MARKED,
    ),
    Layout(
        "a regulator's action plan: what must improve is the objective, and is merged over its actions",
        [
            Head(1, "Fell Hospital action plan 2026/27"),
            Head(2, "Must do actions"),
            [
                ["Regulation", "What must improve", "Action", "Lead", "By when", "Evidence", "RAG"],
                [
                    "Regulation 12",
                    "Patients are seen within 15 minutes of arrival",
                    "Add a second triage nurse",
                    "Matron",
                    "31 July 2026",
                    "Weekly audit",
                    "Green",
                ],
                ["^", "^", "Open a streaming desk", "Divisional Manager", "30 September 2026", "Rota", "Amber"],
                [
                    "Regulation 17",
                    "Risks are reviewed in good time",
                    "Hold a monthly review",
                    "Divisional Director",
                    "June 2026",
                    "Minutes",
                    "Complete",
                ],
            ],
        ],
        [
            "T Must do actions",
            "O Patients are seen within 15 minutes of arrival",
            "  M Add a second triage nurse | due 2026-07-31 | lead Matron | status Green = on track"
            " | update Weekly audit",
            "  M Open a streaming desk | due 2026-09-30 | lead Divisional Manager | status Amber = at risk"
            " | update Rota",
            "O Risks are reviewed in good time | lead Divisional Director",
            "  M Hold a monthly review | due 2026-06-30 | status Complete = complete | update Minutes",
        ],
        formats=MARKED,
    ),
    Layout(
        "a board assurance framework with one table for each risk",
        [
            Head(1, "Fell Hospitals Board Assurance Framework 2026/27"),
            *_risk(
                "BAF 1",
                "If we cannot recruit nurses, wards will be unsafe",
                "Chief Nurse",
                ("5 4 20", "4 4 16", "2 4 8"),
            ),
            *_risk(
                "BAF 2",
                "If savings are not made, services must close",
                "Chief Finance Officer",
                ("4 5 20", "3 5 15", "2 5 10"),
            ),
        ],
        [
            "R BAF 1 If we cannot recruit nurses, wards will be unsafe | lead Chief Nurse | controls Weekly review"
            " | gaps None known | inherent 5/4/20 | current 4/4/16 | target 2/4/8 | committee Quality Committee",
            "R BAF 2 If savings are not made, services must close | lead Chief Finance Officer"
            " | controls Weekly review | gaps None known | inherent 4/5/20 | current 3/5/15 | target 2/5/10"
            " | committee Quality Committee",
        ],
        formats=MIXED,
    ),
]
