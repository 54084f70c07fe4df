"""The activity section of a paper, alone and in a committee's: its parts, and printed numbers that add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from run_by_hand import run_by_hand

from trigpoint.activity.assumptions.scenario import Change, Scenario
from trigpoint.activity.assumptions.scheme import Effect, Scheme
from trigpoint.activity.assumptions.uncertain import Uncertain
from trigpoint.activity.book.book import PodName
from trigpoint.periods import FinancialYear
from trigpoint.plans.model import Deliverable, Objective, Plan
from trigpoint.reports.activity import tables
from trigpoint.reports.activity.choice import narrowed
from trigpoint.reports.activity.lines import pack_of, packs, return_rows
from trigpoint.reports.activity.section import activity_blocks, activity_paper
from trigpoint.reports.blocks import Block, Figure, Heading, Paragraph, Points, Table, Tone
from trigpoint.reports.paper import committee_paper
from trigpoint.reports.render.file import paper_bytes

ON = date(2017, 3, 31)


def number(text: str) -> int:
    return int(text.replace(",", "").replace("−", "-").replace("+", ""))


def headings(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Heading)]


def test_the_section_has_every_part() -> None:
    blocks = tuple(activity_blocks(run_by_hand(), problems=("counts.csv: bad.",)))
    assert headings(blocks) == [
        "Activity: what the plan makes of it", "A&E", "Ordinary elective", "Day case", "Schemes",
        "Beds, value and capacity", "Assumptions", "What was left out or looks wrong",
    ]  # fmt: skip
    assert sum(isinstance(block, Figure) for block in blocks) == 4
    notice = next(block for block in blocks if isinstance(block, Paragraph) and block.tone is Tone.NOTICE)
    assert "Day case" in notice.text
    assert "=Triage" in notice.text
    left_out = next(block for block in blocks if isinstance(block, Points))
    assert left_out.items[0] == "counts.csv: bad."
    assert len(left_out.items) == 2


@pytest.mark.parametrize("pod", ["ae", "el", "dc"])
def test_the_printed_steps_of_a_bridge_add_up(pod: str) -> None:
    run = run_by_hand()
    table = tables.bridge_table(run, pod)
    for column in (1, 2):
        cells = [number(row[column]) for row in table.rows]
        assert sum(cells[:-1]) == cells[-1]
    annual = {(row[0].rstrip("*"), row[1]): row for row in tables.annual_table(run).rows}
    name = table.caption.partition(":")[0]
    for column, year in ((1, "2017/18"), (2, "2018/19")):
        assert table.rows[0][column] == annual[name, year][2]
        assert table.rows[-1][column] == annual[name, year][4]


def test_assumptions_say_source_author_and_what_is_invented() -> None:
    rows = {row[0]: row for row in tables.assumptions_table(run_by_hand()).rows}
    assert rows["IHAM growth"][1:] == (
        "Everything", "1.9% a year; 1% to 3% (80%, normal)", "Plan, page 12; Planning lead, 1 March 2017",
    )  # fmt: skip
    assert rows["=Triage*"][1] == "A&E"
    assert "delivered with probability 90%" in rows["=Triage*"][2]
    assert "from April 2017, whole from March 2018 (linear)" in rows["=Triage*"][2]


def test_a_paper_of_its_own_is_steady() -> None:
    paper = activity_paper(run_by_hand(), on=ON, organisation="NHS Somewhere CCG")
    assert paper.front[1] == ("Date", "31 March 2017")
    page = paper_bytes(paper, ".html")
    assert page == paper_bytes(activity_paper(run_by_hand(), on=ON, organisation="NHS Somewhere CCG"), ".html")
    assert "=Triage" in page.decode()


def plan() -> Plan:
    objectives = (
        Objective("o1", "", "1", "Shorter waits", committees=("A&E Board",)),
        Objective("o2", "", "2", "Balance", committees=("Finance Committee",)),
    )
    return Plan("Plan", "NHS Somewhere CCG", ("2017/18",), objectives=objectives,
                deliverables=(Deliverable("d1", "o1", "Front door"),))  # fmt: skip


def test_a_committee_sees_the_pods_that_its_own_schemes_reach() -> None:
    told = committee_paper(plan(), committee="A&E Board", at=ON, activity=run_by_hand())
    assert "A&E" in headings(told.blocks)
    assert "Day case" not in headings(told.blocks)
    assert any(isinstance(block, Paragraph) and "Not shown one by one" in block.text for block in told.blocks)
    other = headings(committee_paper(plan(), committee="Finance Committee", at=ON, activity=run_by_hand()).blocks)
    assert "Activity: what the plan makes of it" in other
    assert "A&E" not in other
    whole = headings(committee_paper(plan(), committee="", at=ON, activity=run_by_hand()).blocks)
    assert {"A&E", "Day case"} <= set(whole)
    none = headings(committee_paper(plan(), committee="", at=ON).blocks)
    assert "Activity: what the plan makes of it" not in none


def test_a_run_without_schemes_or_assumptions_says_so() -> None:
    run = run_by_hand()
    bare = replace(run.book, growth=(), schemes=(), totals=())
    run = replace(run, book=bare, schemes=(), beds=(), values=(), strains=(), warnings=())
    said = " ".join(block.text for block in activity_blocks(run) if isinstance(block, Paragraph))
    assert "No scheme changes activity" in said
    assert "Nothing is assumed" in said


def test_narrowed_to_a_provider_the_sums_are_its_own() -> None:
    run = narrowed(run_by_hand(), pods=("ae",), providers=("RRK",))
    assert [one.key.provider for one in run.series] == ["RRK"]
    assert run.pods == run.series
    assert {part.provider for part in run.bridge} == {"RRK"}
    table = tables.annual_table(run)
    assert table.rows[0][0] == "A&E, RRK"


@pytest.mark.parametrize(
    ("year", "line", "name"),
    [
        (2016, "E.M.10.a", "Ordinary elective spells (specific acute)"),
        (2017, "E.M.10.a", "Ordinary elective spells (specific acute)"),
        (2020, "E.M.10.a", "Ordinary elective spells (specific acute)"),
        (2024, "E.M.10.a", "Day case elective spells (specific acute)"),
        (2031, "E.M.10.b", "Ordinary elective spells (specific acute)"),
        (1999, "E.M.8", "Consultant-led first outpatient attendances (specific acute)"),
    ],
)
def test_the_lines_are_those_of_the_plans_round(year: int, line: str, name: str) -> None:
    pack = pack_of([FinancialYear(year + 1), FinancialYear(year)])
    assert {one.code: one.name for one in pack.lines}[line] == name


def test_only_the_round_that_was_compared_is_confirmed() -> None:
    found = {pack.years[0]: pack.confirmed for pack in packs()}
    assert found == {"2016/17": True, "2017/18": False, "2024/25": False, "2026/27": False}
    assert all("not confirmed" in pack.words for pack in packs() if not pack.confirmed)


def test_pods_without_a_line_follow_under_their_own_name() -> None:
    book = run_by_hand().book
    extra = Scheme("move", Effect.SHARE, Uncertain(0.1), shift=None)
    pods = (*book.pods[:1], PodName("el", "Elective", "E.M.99"), PodName("dc", "Day case"))
    rows, strays = return_rows(replace(book, pods=pods, schemes=(extra,)), pack_of([FinancialYear(2017)]))
    assert [(row.code, row.name) for row in rows] == [
        ("E.M.12", "A&E attendances, excluding planned follow-ups"), ("E.M.99", "Elective"), ("", "Day case"),
    ]  # fmt: skip
    assert len(strays) == 2
    assert "is no line of" in strays[0]
    assert "pods.csv" in strays[1]


def test_every_table_has_as_many_cells_as_headers() -> None:
    for block in activity_blocks(run_by_hand()):
        if isinstance(block, Table):
            assert {len(row) for row in block.rows} <= {len(block.headers)}


def test_a_scenario_says_what_it_changes() -> None:
    scenario = Scenario("slow", "Slow", changes=(Change("triage", "start", "2018-04"),), without=("hub",))
    blocks = tuple(activity_blocks(replace(run_by_hand(), scenario=scenario)))
    points = next(block for block in blocks if isinstance(block, Points))
    assert points.items == ("=Triage: start is 2018-04", "Hub is left out")
    assert not any(
        isinstance(block, Points) and "left out" in block.items[0] for block in activity_blocks(run_by_hand())
    )
