"""How damaged tables are mended: each case is a small document, what is read, and the note that says so.

``TAB`` stands for a tab, so that the rows can be seen.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from trigpoint.documents import interpret, parse_text
from trigpoint.plans.draft import NoteKind, PlanDraft

HEAD = "Priorities → Key deliverables → Baseline position → 2017/18 actions → 2018/19 actions → Success measure"


def read(*lines: str) -> PlanDraft:
    text = "\n".join(line.replace(" → ", "\t").replace("→", "\t") for line in lines)
    return interpret(parse_text(text.encode(), "plan.txt"))


def tree(draft: PlanDraft) -> list[str]:
    """The plan as indented lines: objective, deliverables, milestones with their column, measures."""
    plan = draft.plan
    out = []
    for objective in plan.objectives:
        out.append(objective.title)
        out += [f"  D {row.text}" for row in plan.deliverables_by_objective[objective.id]]
        out += [f"  M {row.column} {row.text}" for row in plan.milestones_by_objective[objective.id]]
        out += [f"  S {row.text}" for row in plan.measures_by_objective[objective.id]]
    return out


@dataclass(frozen=True)
class Case:
    why: str
    lines: tuple[str, ...]
    expected: tuple[str, ...]
    note: NoteKind | None = None
    said: str = ""


CASES = [
    Case(
        "a sound table",
        (HEAD, "Safer care → A new ward → 50% → Build it → Open it → No harm"),
        ("Safer care", "  D A new ward", "  M 2017/18 Build it", "  M 2018/19 Open it", "  S No harm"),
    ),
    Case(
        "rows without a title belong to the objective above",
        (HEAD, "Safer care → A new ward →→ Build it →→", "→ More nurses →→ Recruit →→", "→→→ Train →→"),
        ("Safer care", "  D A new ward", "  D More nurses", "  M 2017/18 Build it", "  M 2017/18 Recruit",
         "  M 2017/18 Train"),
    ),
    Case(
        "the heading row is repeated on the next page",
        (HEAD, "Safer care → A ward →→→→", "", HEAD, "Kinder care → A garden →→→→"),
        ("Safer care", "  D A ward", "Kinder care", "  D A garden"),
    ),
    Case(
        "a row cut by the page: every cell goes on in small letters",
        (HEAD, "Safer care for → A new → half → Build →→", "", HEAD, "older people → ward → open → the ward →→"),
        ("Safer care for older people", "  D A new ward", "  M 2017/18 Build the ward"),
        NoteKind.REPAIRED,
        "joined",
    ),
    Case(
        "a capital in the rest of a title, when the other cells go on in small letters",
        (HEAD, "Continuing → Robust checks → Nurses → See people on a 3 →→", "", HEAD,
         "Healthcare Team → and reviews. → trained → monthly basis →→"),
        ("Continuing Healthcare Team", "  D Robust checks and reviews.", "  M 2017/18 See people on a 3 monthly basis"),
        NoteKind.REPAIRED,
        "title",
    ),
    Case(
        "a year begins the rest of a title that stops at a month",
        (HEAD, "All referrals electronic by April → A portal →→ Build →→", "", HEAD, "2018 as agreed →→→ Train →→"),
        ("All referrals electronic by April 2018 as agreed", "  D A portal", "  M 2017/18 Build", "  M 2017/18 Train"),
        NoteKind.REPAIRED,
        "title",
    ),
    Case(
        "after a page break, a title without a deliverable is the rest of the title above",
        (HEAD, "Safer care → A ward →→ Build →→", "", HEAD, "With the help of all →→→ Open →→"),
        ("Safer care With the help of all", "  D A ward", "  M 2017/18 Build", "  M 2017/18 Open"),
        NoteKind.REPAIRED,
        "title",
    ),
    Case(
        "a title with a deliverable is a new objective, page break or not",
        (HEAD, "Safer care → A ward →→ Build →→", "", HEAD, "Kinder care → A garden →→ Dig →→"),
        ("Safer care", "  D A ward", "  M 2017/18 Build", "Kinder care", "  D A garden", "  M 2017/18 Dig"),
    ),
    Case(
        "an unnumbered text after a page break goes on with the numbered one above",
        (HEAD, "Safer care → A ward →→ 1. Agree the Care →→", "", HEAD, "→→→ Committee paper →→", "→→→ 2. Build →→"),
        ("Safer care", "  D A ward", "  M 2017/18 Agree the Care Committee paper", "  M 2017/18 Build"),
        NoteKind.REPAIRED,
        "joined",
    ),
    Case(
        "a full stop ends a text: what follows in capitals is new",
        (HEAD, "Safer care → A ward →→ Agree the plan. →→", "→→→ Build →→"),
        ("Safer care", "  D A ward", "  M 2017/18 Agree the plan.", "  M 2017/18 Build"),
    ),
    Case(
        "an open bracket ends nothing",
        (HEAD, "Safer care → A ward →→ Agree (incl. →→", "→→→ Finance) →→"),
        ("Safer care", "  D A ward", "  M 2017/18 Agree (incl. Finance)"),
        NoteKind.REPAIRED,
        "joined",
    ),
    Case(
        "a text goes on in its column though another objective stands between",
        (HEAD, "Safer care → A ward →→ Agree and →→", "Kinder care → A garden →→→→", "", HEAD, "→→ Lawn → build it →→"),
        ("Safer care", "  D A ward", "  M 2017/18 Agree and build it", "Kinder care", "  D A garden"),
        NoteKind.REPAIRED,
        "joined",
    ),
    Case(
        "two objectives in one row",
        (HEAD, "<p>Safer care</p><p>Kinder care</p> → <p>A ward</p><p>A garden</p> →→ <p>Build</p><p>Dig</p> →→"),
        ("Safer care", "  D A ward", "  M 2017/18 Build", "Kinder care", "  D A garden", "  M 2017/18 Dig"),
        NoteKind.REPAIRED,
        "2 objectives",
    ),
    Case(
        "a label and a title are one title",
        (HEAD, "<p>Priority 5</p><p>Safer care</p> → A ward →→→→"),
        ("Priority 5 Safer care", "  D A ward"),
    ),
    Case(
        "a numbered action that slid into the baseline column",
        (HEAD, "Safer care → A ward → Old → 1. Agree →→", "→→→ 2. Build →→", "→→ 4. Open →→→"),
        ("Safer care", "  D A ward", "  M 2017/18 Agree", "  M 2017/18 Build", "  M 2017/18 Open"),
        NoteKind.REPAIRED,
        "moved",
    ),
    Case(
        "a numbered baseline that is no action stays where it is",
        (HEAD, "Safer care → A ward → 7. Old →→→"),
        ("Safer care", "  D A ward"),
    ),
    Case(
        "a row repeated under another heading is read once",
        ("Must do 4 - Urgent", HEAD, "Safer care → A ward →→ Build →→", "", "Must do 5 - Urgent", HEAD,
         "Safer care → <p>A ward</p> →→ Build →→"),
        ("Safer care", "  D A ward", "  M 2017/18 Build"),
        NoteKind.SKIPPED,
        "Repeats line 3",
    ),
    Case(
        "the same title with other contents is another objective",
        (HEAD, "Safer care → A ward →→→→", "Kinder care → A garden →→→→", "Safer care → A clinic →→→→"),
        ("Safer care", "  D A ward", "Kinder care", "  D A garden", "Safer care", "  D A clinic"),
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case.why for case in CASES])
def test_damage_is_mended_and_said(case: Case) -> None:
    draft = read(*case.lines)
    assert tree(draft) == list(case.expected)
    if case.note:
        assert any(note.kind is case.note and case.said in note.text and note.line for note in draft.notes)
    else:
        assert not [note for note in draft.notes if note.kind is NoteKind.REPAIRED]


QUARTERS = (
    "Theme → Objectives → Lead and Committee → Q1 Deliverables → Q2 Deliverables → Q3 Deliverables → Q4 Deliverables"
)
OWNER = "<p>Ada Poe - Director of Care</p><p>Care Board</p>"


def columns(draft: PlanDraft) -> list[tuple[str, str]]:
    return [(row.column, row.text) for row in draft.plan.deliverables]


def test_a_row_one_cell_short_is_moved_under_the_columns_it_fits() -> None:
    draft = read(
        "Plan 2016/17",
        QUARTERS,
        f"Mend → 1. Safer care → {OWNER} → By June 16, a → By Q2, b → By Q3, c → By year end, d",
        f"2. Kinder care → {OWNER} → By June 16, e →→ By Q3, f → By year end, g",
    )
    assert [(row.number, row.title) for row in draft.plan.objectives] == [("1", "Safer care"), ("2", "Kinder care")]
    assert [lead.name for lead in draft.plan.objectives[1].leads] == ["Ada Poe"]
    assert draft.plan.objectives[1].committees == ("Care Board",)
    assert columns(draft)[4:] == [
        ("2016/17 Q1", "By June 16, e"), ("2016/17 Q3", "By Q3, f"), ("2016/17 Q4", "By year end, g"),
    ]  # fmt: skip
    assert {note.line for note in draft.notes if note.kind is NoteKind.REPAIRED} == {4}


def test_a_short_row_of_dates_alone_is_placed_by_its_dates() -> None:
    draft = read("Plan 2016/17", QUARTERS, f"Mend → 1. Safer care → {OWNER} → By Q1, a →→→", "→→→→ By Q3, b → By Q4, c")
    assert columns(draft) == [
        ("2016/17 Q1", "By Q1, a"), ("2016/17 Q3", "By Q3, b"), ("2016/17 Q4", "By Q4, c"),
    ]  # fmt: skip


def test_a_row_without_its_last_empty_cells_is_no_damage() -> None:
    draft = read("Plan 2016/17", QUARTERS, f"Mend → 1. Safer care → {OWNER} → By Q1, a")
    assert columns(draft) == [("2016/17 Q1", "By Q1, a")]
    assert not [note for note in draft.notes if note.kind is NoteKind.REPAIRED]


def test_objectives_that_lost_their_table_are_read_from_loose_paragraphs() -> None:
    draft = read(
        "Plan 2016/17",
        QUARTERS,
        f"Mend → 1. Safer care for all → {OWNER} → By Q1, a →→→",
        "",
        "# Mend",
        "",
        "By year end, b",
        "",
        "Sustain",
        "",
        "2. Keep the service going well",
        "",
        "Bo Ray/Cy Lee - Chief Finance Officers",
        "",
        "Finance Committee",
        "",
        "By May 16, c",
        "",
        "By 31st March, d",
    )
    plan = draft.plan
    assert [(theme.title, theme.id) for theme in plan.themes] == [("Mend", "t1"), ("Sustain", "t2")]
    assert [(row.number, row.theme) for row in plan.objectives] == [("1", "t1"), ("2", "t2")]
    assert [(lead.name, lead.role) for lead in plan.objectives[1].leads] == [
        ("Bo Ray", "Chief Finance Officer"), ("Cy Lee", "Chief Finance Officer"),
    ]  # fmt: skip
    assert plan.objectives[1].committees == ("Finance Committee",)
    assert [(row.objective, row.column, str(row.due)) for row in plan.deliverables] == [
        ("o1", "2016/17 Q1", "2016-06-30"),
        ("o1", "2016/17 Q4", "2017-03-31"),
        ("o2", "2016/17 Q1", "2016-05-31"),
        ("o2", "2016/17 Q4", "2017-03-31"),
    ]
    inferred = {note.line for note in draft.notes if note.kind is NoteKind.INFERRED and "column" in note.text}
    assert inferred == {7, 17, 19}


def test_a_text_that_a_page_break_cut_goes_on_in_the_next_row() -> None:
    draft = read(
        "Plan 2016/17",
        QUARTERS,
        f"Mend → 1. Safer care → {OWNER} → By Q1, an updated →→ By Q3, resources deployed in new →",
        "",
        "→→→ strategy is out →→ roles →",
    )
    assert [row.text for row in draft.plan.deliverables] == [
        "By Q1, an updated strategy is out",
        "By Q3, resources deployed in new roles",
    ]
    assert draft.sources["d1-1"].lines == (3, 5)


def test_two_headings_over_each_others_columns_are_exchanged() -> None:
    draft = read(
        "Plan 2017/18",
        "Lead → Objectives → Key deliverables",
        "Make the care of everybody safer → Ada Poe - Director of Care → A ward",
        "Make the care of everybody kinder → Bo Ray - Chief Nurse → A garden",
    )
    assert [row.title for row in draft.plan.objectives] == [
        "Make the care of everybody safer", "Make the care of everybody kinder",
    ]  # fmt: skip
    assert [row.leads[0].role for row in draft.plan.objectives] == ["Director of Care", "Chief Nurse"]
    assert [note.line for note in draft.notes if note.kind is NoteKind.REPAIRED] == [2]


def test_one_odd_cell_exchanges_nothing() -> None:
    draft = read(
        "Plan 2017/18",
        "Objectives → Lead → Key deliverables",
        "Make care safer → Ada Poe - Director of Care → A ward",
        "Make the office of director stronger → to follow → A garden",
    )
    assert [row.title for row in draft.plan.objectives] == ["Make care safer", "Make the office of director stronger"]
    assert not [note for note in draft.notes if note.kind is NoteKind.REPAIRED]
