"""What a review asks and how it reads corrections, as tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from trigpoint.documents.review import Action, Proposal, propose
from trigpoint.documents.review.doubts import date_doubts, kind_of_doubt
from trigpoint.documents.review.fields import PLAN_FIELDS, PROGRESS_FIELDS, TABLES, Field
from trigpoint.periods import FinancialYear
from trigpoint.plans.cells import CellError
from trigpoint.plans.document import Block, BlockKind, Document, Origin
from trigpoint.plans.draft import Note, NoteKind, PlanDraft, PrintedStatus, Source
from trigpoint.plans.model import (
    Comparator,
    Deliverable,
    IndicatorRow,
    IndicatorTable,
    Lead,
    Milestone,
    Objective,
    Plan,
    Polarity,
    Progress,
    Risk,
    RiskScore,
    Scope,
    Target,
    Theme,
    Update,
)

YEARS = (FinancialYear(2017),)
DELIVERABLE, RISK, INDICATOR = (TABLES[name] for name in ("deliverables", "risks", "indicators"))
PLAN_FIELD = {field.name: field for field in PLAN_FIELDS}
PROGRESS = PROGRESS_FIELDS[0]

# Field, what a person writes, what is understood.
READ: list[tuple[Field, str, Any]] = [
    (DELIVERABLE.field("text"), "  Open the ward \r\n on time ", "Open the ward \n on time"),
    (DELIVERABLE.field("due"), "2018-03-31", date(2018, 3, 31)),
    (DELIVERABLE.field("due"), "31 March 2018", date(2018, 3, 31)),
    (DELIVERABLE.field("due"), "31/03/2018", date(2018, 3, 31)),
    (DELIVERABLE.field("due"), "3 April 2018", date(2018, 4, 3)),
    (DELIVERABLE.field("due"), "March 2018", date(2018, 3, 31)),
    (DELIVERABLE.field("due"), "by the end of June 2018", date(2018, 6, 30)),
    (DELIVERABLE.field("due"), "31 March", date(2018, 3, 31)),  # the plan has one year
    (DELIVERABLE.field("due"), "", None),
    (DELIVERABLE.field("column"), "17/18 Q3", "2017/18 Q3"),
    (DELIVERABLE.field("column"), "", ""),
    (DELIVERABLE.field("scope"), "Local", Scope.LOCAL),
    (DELIVERABLE.field("scope"), "", Scope.SYSTEM),
    (DELIVERABLE.field("leads"), "Ann Poe (Chief Officer)", (Lead("Ann Poe", "Chief Officer"),)),
    (DELIVERABLE.field("leads"), "Ann Poe - Chief Officer", (Lead("Ann Poe", "Chief Officer"),)),
    (
        DELIVERABLE.field("leads"),
        "Ann Poe (Chief Officer); Director of Nursing",
        (Lead("Ann Poe", "Chief Officer"), Lead(role="Director of Nursing")),
    ),
    (DELIVERABLE.field("leads"), "Ann Poe [accountable]", (Lead("Ann Poe", accountable=True),)),
    (DELIVERABLE.field("leads"), "(Estates)", (Lead(role="Estates"),)),
    (DELIVERABLE.field("partners"), "Fell Council; Hill Trust", ("Fell Council", "Hill Trust")),
    (DELIVERABLE.field("partners"), "Fell Council\nHill Trust", ("Fell Council", "Hill Trust")),
    (
        DELIVERABLE.field("targets"),
        "access >= 16.8% at 17/18 Q3",
        (Target("access", Decimal("16.8"), "%", Comparator.AT_LEAST, "2017/18 Q3"),),
    ),
    (
        DELIVERABLE.field("targets"),
        "waits ≤ 18 weeks\nfalls < 1,000 at 31 March 2018",
        (
            Target("waits", Decimal(18), "weeks", Comparator.AT_MOST),
            Target("falls", Decimal(1000), "", Comparator.LESS_THAN, "2018-03-31"),
        ),
    ),
    (
        DELIVERABLE.field("targets"),
        "waits; all of them <= 18 weeks",
        (Target("waits; all of them", Decimal(18), "weeks", Comparator.AT_MOST),),
    ),
    (
        DELIVERABLE.field("targets"),
        "waits <= 18 weeks; access > 16%",
        (
            Target("waits", Decimal(18), "weeks", Comparator.AT_MOST),
            Target("access", Decimal(16), "%", Comparator.MORE_THAN),
        ),
    ),
    (DELIVERABLE.field("targets"), "", ()),
    (DELIVERABLE.field("baseline_value"), "1,098", Decimal(1098)),
    (RISK.field("amount_gbp"), "£14.4m", Decimal(14_400_000)),
    (RISK.field("current"), "3 x 4 = 12", RiskScore(Decimal(3), Decimal(4), Decimal(12))),
    (RISK.field("current"), "12 (Amber)", RiskScore(score=Decimal(12), words="Amber")),
    (RISK.field("current"), "? × 4", RiskScore(impact=Decimal(4))),
    (RISK.field("current"), "Possible × Major", RiskScore(words="Possible × Major")),
    (RISK.field("current"), "", None),
    (INDICATOR.field("polarity"), "lower is better", Polarity.LOWER),
    (INDICATOR.field("decimals"), "2", 2),
    (
        INDICATOR.field("rows"),
        "Dudley · target: 2017/18 = 58.4; 2018/19 = 60",
        (IndicatorRow("Dudley", "target", {"2017/18": Decimal("58.4"), "2018/19": Decimal(60)}),),
    ),
    (INDICATOR.field("rows"), "target:", (IndicatorRow("", "target", {}),)),
    (PLAN_FIELD["years"], "2017-18, FY18-19", ("2017/18", "2018/19")),
    (PLAN_FIELD["as_at"], "30 November 2017", date(2017, 11, 30)),
    (PROGRESS, "At Risk", Progress.AT_RISK),
    (PROGRESS, "", None),
]


@pytest.mark.parametrize(("field", "text", "value"), READ, ids=[f"{field.name}: {text!r}" for field, text, _ in READ])
def test_corrections_are_read_in_the_form_of_their_field(field: Field, text: str, value: Any) -> None:
    assert field.form.read(text, YEARS) == value


# Field, what a person writes, what the refusal says.
REFUSED: list[tuple[Field, str, str]] = [
    (DELIVERABLE.field("due"), "soon", "“soon” is no date"),
    (DELIVERABLE.field("due"), "30 February 2018", "no date"),
    (DELIVERABLE.field("due"), "2018-02-30", "there is no day"),
    (DELIVERABLE.field("due"), "June 18", "more than one way"),
    (DELIVERABLE.field("due"), "1850-01-01", "between 1900 and 2199"),
    (DELIVERABLE.field("due"), "31 March 2018 at the latest, or so they say", "no date"),
    (DELIVERABLE.field("column"), "the autumn", "no period"),
    (DELIVERABLE.field("scope"), "global", "none of the words allowed"),
    (DELIVERABLE.field("targets"), "better access", "no target"),
    (DELIVERABLE.field("targets"), "access >= 5% at some time", "no date"),
    (DELIVERABLE.field("baseline_value"), "58.4%", "is not a number"),
    (DELIVERABLE.field("text"), "a\x00b", "cannot be printed"),
    (DELIVERABLE.field("text"), "x" * 100_001, "longer than 100,000 characters"),
    (INDICATOR.field("rows"), "Dudley target 5", "no series"),
    (INDICATOR.field("rows"), "target: 2017/18 = 5; 2017/18 = 6", "no value of its own"),
    (INDICATOR.field("decimals"), "many", "whole number"),
    (PLAN_FIELD["years"], "March 2018", "not a financial year"),
    (PROGRESS, "fine", "none of the words allowed"),
]


@pytest.mark.parametrize(
    ("field", "text", "said"), REFUSED, ids=[f"{one.name}: {text[:20]!r}" for one, text, _ in REFUSED]
)
def test_a_correction_that_cannot_be_read_says_why(field: Field, text: str, said: str) -> None:
    with pytest.raises(CellError, match=said) as refused:
        field.form.read(text, YEARS)
    assert refused.value.remedy


# Field and a value of it: what a page shows is read back as the same value.
SHOWN: list[tuple[Field, Any, str]] = [
    (DELIVERABLE.field("due"), date(2018, 3, 31), "31 March 2018"),
    (DELIVERABLE.field("due"), date(2150, 3, 31), "2150-03-31"),
    (DELIVERABLE.field("leads"), (Lead("Ann Poe", "Chief Officer"),), "Ann Poe (Chief Officer)"),
    (DELIVERABLE.field("leads"), (Lead("Ann Poe"), Lead(role="Director")), "Ann Poe; Director"),
    (DELIVERABLE.field("leads"), (Lead("estates"),), "estates ()"),
    (DELIVERABLE.field("leads"), (Lead(role="Director (Acute)"),), "(Director (Acute))"),
    (DELIVERABLE.field("leads"), (Lead("Ann Poe", "Chief; Acting", accountable=True),),
     "Ann Poe (Chief\\; Acting) [accountable]"),
    (DELIVERABLE.field("partners"), ("A; B", "C"), "A\\; B; C"),
    (DELIVERABLE.field("targets"), (Target("", Decimal("5.0"), "", Comparator.EQUAL),), "= 5.0"),
    (DELIVERABLE.field("targets"), (Target("waits", Decimal(18), "weeks", Comparator.AT_MOST, "2018-03-31"),),
     "waits <= 18 weeks at 2018-03-31"),
    (RISK.field("current"), RiskScore(Decimal(3), None, Decimal(12), "Amber"), "3 × ? = 12 (Amber)"),
    (RISK.field("current"), RiskScore(words="12"), "(12)"),
    (INDICATOR.field("rows"), (IndicatorRow("", "actual", {"": Decimal(5)}),), "actual: = 5"),
    (PROGRESS, Progress.NOT_COMPLETE, "not complete"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value", "text"), SHOWN, ids=[text for *_, text in SHOWN])
def test_what_is_shown_is_read_back(field: Field, value: Any, text: str) -> None:
    assert field.form.show(value) == text
    assert field.form.read(text, YEARS) == value


PLAN = Plan(
    "Plan",
    "Fell CCG",
    ("2017/18",),
    as_at=date(2017, 9, 30),
    themes=(Theme("t1", "1", "Care"),),
    objectives=(
        Objective("o1", "t1", "1", "Safer care", (Lead(role="Chief Nurse"),)),
        Objective("o2", "t1", "2", "Waits"),
    ),
    deliverables=(
        Deliverable("d1", "o1", "A ward by March 2018", date(2018, 3, 31), "by March 2018", number="1.1"),
        Deliverable("d2", "o2", "A clinic in the north of the county"),
    ),
    milestones=(Milestone("m1", "o1", "d1", "Plan the ward"),),
    risks=(Risk("r1", "Fire", "It burns"),),
    updates=(Update("d1", date(2017, 9, 30), Progress.ON_TRACK, status="On track"),),
)  # fmt: skip


def draft(plan: Plan, **more: Any) -> PlanDraft:
    blocks = tuple(Block(BlockKind.PARAGRAPH, "words", Origin(line=line)) for line in range(1, 9))
    return PlanDraft(replace(plan, updates=(), as_at=None), Document("plan.txt", blocks), **more)


def told(one: Proposal) -> tuple[str, str, str, dict[str, tuple[str, str]]]:
    """A proposal as the tables below have it: what it does, to which row, and the fields of a change."""
    fields = {field.name: (field.current, field.proposed) for field in one.fields if one.action is Action.CHANGE}
    return one.action.value, one.table, one.item, fields


def row(table: str, index: int, **fields: Any) -> Plan:
    """The plan with one row changed."""
    rows = getattr(PLAN, table)
    return replace(PLAN, **{table: (*rows[:index], replace(rows[index], **fields), *rows[index + 1 :])})


# What the later edition says, and what is proposed.
EDITIONS: dict[str, tuple[Plan, list[tuple[str, str, str, dict[str, tuple[str, str]]]]]] = {
    "the same document again": (PLAN, []),
    "rows numbered anew by the reader": (
        replace(
            PLAN, themes=(Theme("t9", "1", "Care"),), objectives=tuple(replace(o, theme="t9") for o in PLAN.objectives)
        ),
        [],
    ),
    "a new row": (
        replace(PLAN, risks=(*PLAN.risks, Risk("r2", "Flood", "It is wet"))),
        [("add", "risks", "r2", {})],
    ),
    "a new row whose id another one has": (
        replace(PLAN, risks=(Risk("r1", "Flood", "It is wet"), Risk("r2", "Fire", "It burns"))),
        [("add", "risks", "r2", {})],
    ),
    "a row that is gone": (
        replace(PLAN, deliverables=PLAN.deliverables[:1]),
        [("remove", "deliverables", "d2", {})],
    ),
    "a kind of row that is gone altogether": (replace(PLAN, risks=()), []),
    "another date": (
        row("deliverables", 0, text="A ward by June 2018", due=date(2018, 6, 30), due_phrase="by June 2018"),
        [
            (
                "change",
                "deliverables",
                "d1",
                {
                    "text": ("A ward by March 2018", "A ward by June 2018"),
                    "due": ("31 March 2018", "30 June 2018"),
                    "due_phrase": ("by March 2018", "by June 2018"),
                },
            )
        ],
    ),
    "another lead": (
        row("objectives", 0, leads=(Lead("Ann Poe", "Chief Nurse"),)),
        [("change", "objectives", "o1", {"leads": ("Chief Nurse", "Ann Poe (Chief Nurse)")})],
    ),
    "another place in the plan": (
        row("deliverables", 1, objective="o1"),
        [("change", "deliverables", "d2", {"objective": ("2 Waits", "1 Safer care")})],
    ),
    "other words under the same printed number": (
        row("deliverables", 0, text="Something that has little to do with it", due=None, due_phrase=""),
        [
            (
                "change",
                "deliverables",
                "d1",
                {"text": ("A ward by March 2018", "Something that has little to do with it")},
            )
        ],
    ),
    "altogether other words": (
        row("deliverables", 1, text="Nothing like it"),
        [("add", "deliverables", "d3", {}), ("remove", "deliverables", "d2", {})],
    ),
    "a field that the document no longer speaks of": (
        replace(PLAN, objectives=tuple(replace(one, leads=()) for one in PLAN.objectives)),
        [],
    ),
    "another title": (
        replace(PLAN, title="Plan, second edition"),
        [("change", "plan", "plan", {"title": ("Plan", "Plan, second edition")})],
    ),
}


@pytest.mark.parametrize("case", EDITIONS)
def test_a_later_edition_proposes_what_is_new_in_it(case: str) -> None:
    later, expected = EDITIONS[case]
    assert [told(one) for one in propose(draft(later), PLAN)] == expected


# What a status column says, the date of the document, and what becomes of it. The plan is of 30 September 2017.
DECEMBER, JUNE = date(2017, 12, 31), date(2017, 6, 30)
STATUSES: dict[str, tuple[PrintedStatus, date | None, list[tuple[str, str, str, dict[str, tuple[str, str]]]]]] = {
    "news": (
        PrintedStatus("d1", "Delayed", Progress.OFF_TRACK, "no builder"),
        DECEMBER,
        [
            ("change", "plan", "plan", {"as_at": ("30 September 2017", "31 December 2017")}),
            (
                "change",
                "deliverables",
                "d1",
                {"progress": ("on track", "off track"), "status": ("On track", "Delayed"), "note": ("", "no builder")},
            ),
        ],
    ),
    "the same at a later date": (
        PrintedStatus("d1", "On track", Progress.ON_TRACK),
        DECEMBER,
        [("change", "plan", "plan", {"as_at": ("30 September 2017", "31 December 2017")})],
    ),
    "the same at the same date": (PrintedStatus("d1", "On track", Progress.ON_TRACK), date(2017, 9, 30), []),
    "an older document": (
        PrintedStatus("d1", "Not begun", Progress.NOT_STARTED),
        JUNE,
        [
            (
                "change",
                "deliverables",
                "d1",
                {"progress": ("", "not started"), "status": ("", "Not begun"), "note": ("", "")},
            )
        ],
    ),
    "no date": (
        PrintedStatus("d1", "Delayed", Progress.OFF_TRACK),
        None,
        [
            ("change", "plan", "plan", {"as_at": ("30 September 2017", "")}),
            (
                "change",
                "deliverables",
                "d1",
                {"progress": ("on track", "off track"), "status": ("On track", "Delayed")},
            ),
        ],
    ),
    "no date and nothing new": (PrintedStatus("d1", "On track", Progress.ON_TRACK), None, []),
    "a word that is not known": (
        PrintedStatus("d1", "Amber-ish"),
        date(2017, 9, 30),
        [("add", "statuses", "amber-ish", {})],
    ),
    "a word that the plan was told the meaning of": (
        PrintedStatus("m1", "ON TRACK"),
        date(2017, 9, 30),
        [("change", "milestones", "m1", {"progress": ("", "on track"), "status": ("", "ON TRACK"), "note": ("", "")})],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", STATUSES)
def test_statuses_are_news_or_not(case: str) -> None:
    status, as_at, expected = STATUSES[case]
    assert [told(one) for one in propose(draft(PLAN, statuses=(status,), as_at=as_at), PLAN)] == expected


# The words of a date, and why they could be read in another way.
DATES: list[tuple[str, str, str]] = [
    ("by 31 March 2018", "", ""),
    ("By the end of Q3", "2017/18", ""),
    ("By June 17", "", "could be the day"),
    ("By Q4", "", "taken as its end"),
    ("2017/18 Q3", "", ""),
]


@pytest.mark.parametrize(("phrase", "column", "said"), DATES)
def test_dates_that_could_be_read_in_another_way_are_doubtful(phrase: str, column: str, said: str) -> None:
    found = date_doubts(phrase, YEARS, column)
    assert said in "".join(found) if said else not found


# A remark of the reader on line 3, where two deliverables stand: of which of them it speaks.
ON_LINE_3: list[tuple[Note, list[str]]] = [
    (Note(NoteKind.REPAIRED, "The row has more or fewer cells than the table", 3), ["d1", "d2"]),
    (Note(NoteKind.REPAIRED, "“A clinic in” goes on with the text of line 2", 3), ["d2"]),
    (Note(NoteKind.INFERRED, "“Key actions” was lost", 3), ["d1", "d2"]),
    (Note(NoteKind.NOT_FOUND, "No lead is named for “A clinic in the north of the county”", 3), []),
    (Note(NoteKind.INFERRED, "The year is that of most dates", None), []),
]


@pytest.mark.parametrize(("note", "doubtful"), ON_LINE_3, ids=[note.text for note, _ in ON_LINE_3])
def test_a_remark_is_a_doubt_of_the_rows_it_speaks_of(note: Note, doubtful: list[str]) -> None:
    sources = {key: Source(Origin(line=3), lines=(3,)) for key in ("d1", "d2")}
    found = propose(draft(PLAN, sources=sources, notes=(note,)))
    assert [one.item for one in found if not one.sure] == doubtful
    assert all(one.doubts == (note.text,) for one in found if not one.sure)


def test_low_sureness_is_a_doubt_and_a_format_that_is_less_sure_makes_every_row_so() -> None:
    sources = {"d1": Source(Origin(line=3), lines=(3,), sureness=0.8)}
    assert [one.item for one in propose(draft(PLAN, sources=sources)) if not one.sure] == ["d1"]
    read = draft(PLAN)
    pdf = replace(read, document=replace(read.document, sureness=0.7))
    assert not any(one.sure for one in propose(pdf) if one.table in TABLES)


def test_doubts_that_differ_in_what_they_cite_are_of_one_kind() -> None:
    first, second = (kind_of_doubt(f"“{words}”: taken from line {line}") for words, line in (("a", 3), ("b c", 14)))
    assert first == second != kind_of_doubt("“a”: taken from the title")


def test_every_field_of_the_model_is_reviewed() -> None:
    for table in TABLES.values():
        model = {"risks": Risk, "deliverables": Deliverable, "milestones": Milestone, "objectives": Objective}
        if table.name in model:
            fields = set(model[table.name].__dataclass_fields__) - {"id"}
            assert {field.part_of for field in table.fields} == fields
    assert {field.name for field in INDICATOR.fields} == set(IndicatorTable.__dataclass_fields__) - {"id"}
