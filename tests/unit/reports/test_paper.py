"""The committee paper as a value: who it is for, what it says, and that the date alone decides it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from paper_plan import AT, small_plan

from trigpoint.checks.finding import Finding, Severity
from trigpoint.errors import InputError
from trigpoint.plans.model import Plan, TrajectoryRule
from trigpoint.plans.state import plan_states
from trigpoint.reports import Paper, committee_paper
from trigpoint.reports.blocks import Figure, Heading, Paragraph, Points, Table, Tone
from trigpoint.reports.delivery import MOST_ROWS
from trigpoint.reports.paper import ILLUSTRATIVE
from trigpoint.wording import count, listed, printable

QUALITY = "Quality & Safety Committee"


def paper(committee: str = QUALITY, at: date = AT, **options: object) -> Paper:
    return committee_paper(small_plan(), committee=committee, at=at, **options)  # type: ignore[arg-type]


def section(of: Paper, start: str) -> list[object]:
    """The blocks under the first heading that begins so, down to the next of its level."""
    blocks = iter(of.blocks)
    for block in blocks:
        if isinstance(block, Heading) and block.text.startswith(start):
            level, found = block.level, []
            for following in blocks:
                if isinstance(following, Heading) and following.level <= level:
                    break
                found.append(following)
            return found
    raise AssertionError(f"no section {start}")


def first_cells(of: Paper, start: str) -> list[str]:
    return [row[0] for block in section(of, start) if isinstance(block, Table) for row in block.rows]


@pytest.mark.parametrize("name", [QUALITY, "quality and safety committee", "The Quality & Safety  Committee"])
def test_a_committee_is_known_by_any_spelling_of_its_name(name: str) -> None:
    assert paper(name).title == "Quality & Safety Committee: delivery of the plan"


def test_an_unknown_committee_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError) as caught:
        paper("Board")
    assert str(caught.value) == (
        "no committee of the plan is called “Board”; it names these: Quality & Safety Committee; Finance Committee."
    )
    with pytest.raises(InputError, match="the plan names no committee"):
        committee_paper(Plan("P", "O", ()), committee="Board", at=AT)


def test_each_commitment_stands_in_the_section_of_its_state() -> None:
    of = paper()
    assert first_cells(of, "Overdue") == ["Overdue hub (North hub)"]
    assert first_cells(of, "Due this quarter, to 31 December 2017") == ["This quarter hub"]
    assert first_cells(of, "Due next quarter, to 31 March 2018") == ["Next quarter hub"]
    assert first_cells(of, "Reported off track or at risk") == ["Overdue hub (North hub)", "Worrying hub"]
    assert first_cells(of, "Completed since 1 October 2017") == ["Done hub"]
    assert "Of the other committee" not in str(of.blocks)


def test_a_row_says_who_when_and_what_was_reported() -> None:
    (table,) = (block for block in section(paper(), "Overdue") if isinstance(block, Table))
    assert table.rows == (
        (
            "Overdue hub (North hub)",
            "1.1 Open hub",
            "Director hub",
            "30 September 2017",
            "61 days late; reported off track; expected 31 January 2018",
        ),
    )
    (due,) = (block for block in section(paper(), "Due this quarter") if isinstance(block, Table))
    assert due.rows[0][3:] == ("2017/18 Q3 (to 31 December 2017)", "Nothing reported")


def test_the_date_decides_and_later_reports_are_not_known_yet() -> None:
    later = paper(at=date(2018, 1, 10))
    assert first_cells(later, "Completed since 1 January 2018") == []
    assert first_cells(later, "Due this quarter, to 31 March 2018") == ["Next quarter hub"]
    earlier = paper(at=date(2017, 7, 1))
    assert first_cells(earlier, "Overdue") == []
    assert ("Progress as last reported", "None reported by this date") in earlier.front
    assert paper() == paper(), "the same arguments give the same paper"
    assert paper(states=plan_states(small_plan(), AT)) == paper()


def test_the_committee_is_asked_for_what_the_facts_call_for() -> None:
    error = Finding("RULE", Severity.ERROR, "is wrong", 1, "words", {"objective": "o1"})
    (asks,) = (block for block in section(paper(findings=[error]), "The committee") if isinstance(block, Points))
    assert asks.numbered
    assert asks.items == (
        "note that 1 of 6 commitments is complete",
        "consider what help 2 commitments reported off track or at risk need",
        "agree a new date, or an exception report, for 1 overdue commitment",
        "ask for a date for 1 commitment that the plan leaves undated",
        "consider 1 measure whose latest actual missed its target",
        "have 1 error corrected that the plan check found",
    )
    finance = paper("Finance Committee")
    assert "ask for a lead for 1 objective that the plan gives none" in str(finance.blocks)


def test_what_leads_worry_about_comes_with_their_words() -> None:
    (table,) = (block for block in section(paper(), "Reported off track or at risk") if isinstance(block, Table))
    assert table.headers[-1] == "What was reported"
    assert [(row[0], row[4], row[5]) for row in table.rows] == [
        ("Overdue hub (North hub)", "61 days late; reported off track; expected 31 January 2018", "hub"),
        ("Worrying hub", "Reported at risk", ""),
    ]


def test_a_plan_that_nobody_reports_on_is_not_called_on_track() -> None:
    silent = replace(small_plan(), updates=())
    told = str(committee_paper(silent, committee=QUALITY, at=AT).blocks)
    assert "ask for a report on 6 commitments, on none of which any progress was reported" in told
    assert "No progress on any commitment was reported by this date." in told
    assert "are complete" not in told


def test_the_column_of_leads_goes_where_the_plan_names_none() -> None:
    tables = [block for block in paper("Finance Committee").blocks if isinstance(block, Table)]
    assert tables
    assert all("Lead" not in table.headers for table in tables)
    assert all(len(row) == len(table.headers) == len(table.widths) for table in tables for row in table.rows)


def test_measures_come_with_finding_chart_and_figures() -> None:
    blocks = section(paper(), "Checks hub")
    assert blocks[0] == Paragraph("North, 2016/17: 39.0%, 1.0 percentage point below the target of 40.0%.")
    (figure,) = (block for block in blocks if isinstance(block, Figure))
    assert figure.picture.table.rows[0] == ("2016/17", "40.0%", "39.0%", "−1.0")
    assert Paragraph("All 2 printed figures that have a rule follow it to the last digit.") in blocks
    assert first_cells(paper(), "Targets set by the plan") == ["Seen hub"]
    elsewhere = section(paper("Finance Committee"), "Measures against trajectory")
    assert "none of them for an objective of this committee; they serve 1.1 Open hub" in str(elsewhere)


def test_a_rule_that_cannot_be_read_is_told_and_stops_nothing() -> None:
    plan = replace(small_plan(), trajectories=(TrajectoryRule("i1", "North", "target", "upwards"),))
    told = str(committee_paper(plan, committee=QUALITY, at=AT).blocks)
    assert "“upwards” is none of the forms" in told
    assert "follow it to the last digit" not in told


def test_findings_are_the_committees_own_errors_first() -> None:
    findings = [
        Finding("A", Severity.WARNING, "a warning", 1, "one", {"objective": "o1"}),
        Finding("B", Severity.ERROR, "an error", 2, "two", {"objective": "o1"}),
        Finding("C", Severity.ERROR, "elsewhere", 3, "three", {"objective": "o2"}),
        Finding("D", Severity.INFO, "a remark", 4, "four", {"objective": "o1"}),
    ]
    blocks = section(paper(findings=findings), "What the plan check found")
    (table,) = (block for block in blocks if isinstance(block, Table))
    assert table.rows == (("Error", "An error", "two", "1.1"), ("Warning", "A warning", "one", "1.1"))
    assert Paragraph("Not shown: 1 remark of less weight and 1 on other parts of the plan.") in blocks


def test_invented_progress_says_so_where_it_is_told_and_nowhere_else() -> None:
    assert Paragraph(ILLUSTRATIVE, Tone.NOTICE) in paper().blocks
    assert ILLUSTRATIVE not in str(paper("Finance Committee").blocks)


def test_a_paper_on_the_whole_plan_has_every_objective() -> None:
    whole = paper("")
    assert whole.title.startswith("All committees")
    assert first_cells(whole, "Objectives at a glance") == ["1.1 Open hub", "1.2 Close hub"]


def test_a_long_table_is_cut_and_says_so() -> None:
    plan = small_plan()
    many = tuple(replace(plan.deliverables[0], id=f"x{number}") for number in range(MOST_ROWS + 7))
    of = committee_paper(replace(plan, deliverables=many, milestones=(), updates=()), committee=QUALITY, at=AT)
    assert len(first_cells(of, "Overdue")) == MOST_ROWS
    assert f"The first {MOST_ROWS} of 157 are shown" in str(section(of, "Overdue"))


def test_an_empty_plan_still_makes_a_paper() -> None:
    of = committee_paper(Plan("P", "O", ()), committee="", at=AT)
    assert "no commitments" in str(of.blocks)
    assert all(table.rows or table.headers for table in of.blocks if isinstance(table, Table))


def test_wording() -> None:
    assert [count(number, "day") for number in (0, 1, 2)] == ["no days", "1 day", "2 days"]
    assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert printable("a\x00b\u202e \n c\ud800") == "ab c"
