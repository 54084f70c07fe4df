"""What must hold for every document: no crash, nothing lost, nothing invented, page breaks change nothing."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.documents import interpret, parse_text, to_contract
from trigpoint.documents.bands import columns_of
from trigpoint.documents.targets import find_targets
from trigpoint.errors import InputError
from trigpoint.plans import read_plan, write_plan
from trigpoint.plans.draft import PlanDraft

HEADINGS = {
    "theme": ("Strategic Theme", "Workstream"),
    "objective": ("Priorities", "Objectives", "Aims"),
    "owner": ("Executive Lead and Committee Responsible", "SRO", "Committee"),
    "deliverable": ("Key deliverables", "Outputs"),
    "baseline": ("Baseline position",),
    "milestone": ("2017/18 actions", "2018/19 milestones", "Q3 actions"),
    "due": ("By when", "Timescale"),
    "measure": ("Success measure",),
    "link": ("Relationship to other plans",),
    "area": ("Locality",),
    "status": ("RAG", "Latest update"),
    "number": ("Ref",),
}
FRAGMENTS = (
    "By the end of Q3,", "by March 2018", "1.", "2.", "<p>", "</p>", "<ul>", "<li>", "</ul>", "•", "* ",
    "and", "of the",
    "(", ")", "50%", "£2m", "17/18 Q3 16.8%", "Director of", "- ", "Committee", "Local Deliverable:",
    "&amp;",
    "Priority 3", "Must do 4 -",
    ".", ";", ":", "including", "Note that", "20 members of staff",
)  # fmt: skip


@st.composite
def tokens(draw: st.DrawFn) -> str:
    """A word that no other cell has, with a small or capital letter."""
    number = draw(st.integers(0, 10**9))
    letters = "".join(chr(ord("a") + int(digit)) for digit in str(number))
    return draw(st.sampled_from(("zq", "Zq", "ZQ"))) + letters + "x"


CELLS = st.one_of(
    st.just(""),
    st.lists(st.one_of(tokens(), tokens(), st.sampled_from(FRAGMENTS)), min_size=1, max_size=8).map(" ".join),
)


@st.composite
def wild_tables(draw: st.DrawFn) -> str:
    """A plan table with headings in any order and cells of any words, rows cut short, gaps and repeated headings."""
    kinds = draw(st.lists(st.sampled_from(sorted(HEADINGS)), min_size=2, max_size=7, unique=True))
    kinds = list(dict.fromkeys([*kinds, draw(st.sampled_from(("objective", "deliverable", "milestone")))]))
    header = "\t".join(draw(st.sampled_from(HEADINGS[kind])) for kind in kinds)
    lines = [draw(st.sampled_from(("", "Plan 2017/18", "Must do 4 - Urgent"))), header]
    for _ in range(draw(st.integers(1, 6))):
        width = draw(st.integers(max(1, len(kinds) - 2), len(kinds) + 1))
        lines.append("\t".join([*draw(st.lists(CELLS, min_size=width, max_size=width))]) + ("" if width > 1 else "\t"))
        lines += draw(st.sampled_from(([], [], [], [""], ["", header], ["", "Must do 5 - Care", header])))
    return "\n".join(lines)


def said(draft: PlanDraft) -> str:
    """All words that the draft holds: in items, sources and notes."""
    plan = draft.plan
    parts: list[object] = [plan, *draft.statuses, *(note.text for note in draft.notes)]
    parts += [row.words for row in draft.sources.values()]
    return " ".join(map(repr, parts)).lower()


@settings(max_examples=80, deadline=None)
@given(wild_tables())
def test_no_word_of_a_table_is_lost(text: str) -> None:
    document = parse_text(text.encode(), "plan.txt")
    words = said(interpret(document))
    for block in document.blocks:
        for cell in block.cells if columns_of([one.text for one in block.cells]) is None else ():
            for token in re.findall(r"\bzq\w+x\b", cell.text, re.IGNORECASE):
                assert token.lower() in words, f"{token} of line {block.origin.line} is lost"


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=300), wild_tables().map(str.encode), st.text(max_size=300).map(str.encode)))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        document = parse_text(data, "plan.txt")
    except InputError:
        return  # the only error there is; its sentences are tested one by one
    assert [block.origin.line for block in document.blocks] == list(range(1, len(document.blocks) + 1))
    found = to_contract(interpret(document))
    json.dumps(found)
    ids = [
        row["id"] for name in ("themes", "objectives", "deliverables", "milestones", "measures") for row in found[name]
    ]
    assert len(ids) == len(set(ids))
    assert all(row["theme"] is None or row["theme"] in ids for row in found["objectives"])
    for name in ("deliverables", "milestones", "measures"):
        for row in found[name]:
            assert row["objective"] in ids
            assert row.get("deliverable") is None or row["deliverable"] in ids
            assert row["text"].strip()
            assert isinstance(row["line"], int)


@settings(max_examples=25, deadline=None)
@given(wild_tables())
def test_every_draft_fits_a_workspace(text: str) -> None:
    plan = interpret(parse_text(("Plan 2017/18\n" + text).encode(), "plan.txt")).plan
    with tempfile.TemporaryDirectory() as folder:
        write_plan(plan, Path(folder) / "workspace")
        assert read_plan(Path(folder) / "workspace") == plan


@settings(max_examples=100, deadline=None)
@given(wild_tables())
def test_nothing_is_invented(text: str) -> None:
    document = parse_text(text.encode(), "plan.txt")
    plan = interpret(document).plan
    printed = set(re.findall(r"\w+", " ".join(" ".join(block.text.split()) for block in document.blocks)))
    printed.add("plan")  # a table that nothing titles takes the file's name for its objective, and says so
    texts = [row.text for row in (*plan.deliverables, *plan.milestones, *plan.measures, *plan.links)]
    texts += [row.title for row in (*plan.objectives, *plan.themes)]
    texts += [part for row in plan.objectives for lead in row.leads for part in (lead.name, lead.role)]
    texts += [name for row in plan.objectives for name in row.committees]
    texts += [row.area for row in (*plan.deliverables, *plan.milestones)]
    for word in re.findall(r"\w+", " ".join(texts)):
        assert word in printed


@dataclass(frozen=True)
class Wanted:
    """A well-formed objective: its title, and its deliverables with their milestones by year."""

    title: str
    deliverables: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


SENTENCES = st.lists(tokens().map(str.lower), min_size=2, max_size=5).map(
    lambda words: " ".join(words).capitalize() + "."
)


@st.composite
def plans(draw: st.DrawFn) -> tuple[Wanted, ...]:
    milestones = st.lists(st.tuples(SENTENCES, SENTENCES), min_size=1, max_size=3).map(tuple)
    deliverables = st.lists(st.tuples(SENTENCES, milestones), min_size=1, max_size=3).map(tuple)
    return tuple(
        draw(st.lists(st.builds(Wanted, SENTENCES, deliverables), min_size=1, max_size=3, unique_by=lambda w: w.title))
    )


HEADER = "Priorities\tKey deliverables\t2017/18 actions\t2018/19 actions"


def printed(plan: Iterable[Wanted]) -> list[str]:
    rows = []
    for wanted in plan:
        title = wanted.title
        for deliverable, milestones in wanted.deliverables:
            name = deliverable
            for this_year, next_year in milestones:
                rows.append(f"{title}\t{name}\t{this_year}\t{next_year}")
                title = name = ""
    return rows


def tree(draft: PlanDraft) -> tuple[Wanted, ...]:
    plan = draft.plan
    found = []
    for objective in plan.objectives:
        deliverables = []
        for row in plan.deliverables_by_objective[objective.id]:
            mine = [item for item in plan.milestones_by_objective[objective.id] if item.deliverable == row.id]
            first = [item.text for item in mine if item.column == "2017/18"]
            second = [item.text for item in mine if item.column == "2018/19"]
            deliverables.append((row.text, tuple(zip(first, second, strict=True))))
        found.append(Wanted(objective.title, tuple(deliverables)))
    return tuple(found)


@settings(max_examples=80, deadline=None)
@given(plans(), st.data())
def test_a_well_formed_table_is_read_back_whatever_page_breaks_cut_between_its_rows(
    plan: tuple[Wanted, ...], data: st.DataObject
) -> None:
    rows = printed(plan)
    lines = ["Plan 2017/18 – 2018/19", "", HEADER]
    for row in rows:
        lines.append(row)
        lines += data.draw(st.sampled_from(([], [], ["", HEADER], ["", "---", HEADER])))
    assert tree(interpret(parse_text("\n".join(lines).encode(), "plan.txt"))) == plan


@settings(max_examples=60, deadline=None)
@given(plans(), st.permutations(range(4)))
def test_columns_are_found_by_their_words_in_any_order(plan: tuple[Wanted, ...], order: list[int]) -> None:
    lines = [HEADER, *printed(plan)]
    shuffled = ["\t".join(line.split("\t")[place] for place in order) for line in lines]
    assert tree(interpret(parse_text("\n".join(shuffled).encode(), "plan.txt"))) == plan


@settings(max_examples=80, deadline=None)
@given(
    st.integers(2, 4).flatmap(
        lambda width: st.lists(
            st.lists(st.one_of(st.none(), st.integers(0, 10**6)), min_size=width, max_size=width),
            min_size=2,
            max_size=5,
        )
    )
)
def test_every_number_of_a_table_is_imported_with_its_line(rows: list[list[int | None]]) -> None:
    rows[0][0] = 7
    header = "Year\t" + "\t".join(f"Area {'ABCD'[place]}" for place in range(len(rows[0])))
    lines = ["Visits", header]
    for offset, row in enumerate(rows):
        cells = "\t".join("" if value is None else f"{value:,}" for value in row)
        lines.append(f"{2010 + offset}-{11 + offset}\t{cells}")
    lines += ["", "Priorities\tKey deliverables", "Safer care\tA ward"]  # a table of figures alone is no plan
    (table,) = to_contract(interpret(parse_text("\n".join(lines).encode(), "plan.txt")))["indicators"]
    found = sorted((row["line"], row["area"], value) for row in table["rows"] for value in row["values"].values())
    wanted = sorted(
        (line, f"Area {'ABCD'[place]}", value)
        for line, row in enumerate(rows, 3)
        for place, value in enumerate(row)
        if value is not None
    )
    assert found == wanted


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(FRAGMENTS), tokens(), st.text(max_size=8)), max_size=12).map(" ".join))
def test_targets_are_found_without_a_crash_and_only_where_numbers_are(text: str) -> None:
    for target in find_targets(text):
        assert target.measure
        assert target.value >= 0
        assert re.search(r"\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve", text, re.IGNORECASE)
