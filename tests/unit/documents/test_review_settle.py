"""Decisions and what becomes of the plan: parents and children, corrections, statuses, removals, provenance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from trigpoint.documents.review import (
    Acceptance,
    Action,
    Decision,
    Proposal,
    Settled,
    accept,
    check,
    is_empty_plan,
    propose,
    read_day,
    remembered,
    seems_another_plan,
    settle,
)
from trigpoint.documents.review.record import Record, from_json, to_json
from trigpoint.errors import InputError
from trigpoint.plans.document import Block, BlockKind, Document, Origin
from trigpoint.plans.draft import PlanDraft, PrintedStatus, Source
from trigpoint.plans.model import (
    Deliverable,
    IndicatorRow,
    IndicatorTable,
    Lead,
    Link,
    Milestone,
    Objective,
    Plan,
    Progress,
    Risk,
    SuccessMeasure,
    Theme,
    TrajectoryRule,
    Update,
)
from trigpoint.plans.provenance import Provenance, Verdict

TODAY, SEPTEMBER, DECEMBER = date(2026, 4, 1), date(2017, 9, 30), date(2017, 12, 31)
PLAN = Plan(
    "Plan",
    "Fell CCG",
    ("2017/18",),
    themes=(Theme("t1", "1", "Care"),),
    objectives=(Objective("o1", "t1", "1", "Safer care"), Objective("o2", "t1", "2", "Shorter waits")),
    deliverables=(
        Deliverable("d1", "o1", "A ward by March 2018", date(2018, 3, 31), "by March 2018"),
        Deliverable("d2", "o2", "A clinic in the north"),
    ),
    milestones=(Milestone("m1", "o1", "d1", "Plan the ward"), Milestone("m2", "o2", "", "Hire nurses")),
    measures=(SuccessMeasure("s1", "o1", "d1", "Fewer falls"),),
    links=(Link("o1", "RightCare", "d1"), Link("o1", "STP")),
)


def draft(plan: Plan = PLAN, **more: Any) -> PlanDraft:
    blocks = tuple(Block(BlockKind.PARAGRAPH, "words", Origin(line=line)) for line in range(1, 9))
    return PlanDraft(plan, Document("plan.txt", blocks), **more)


def named(proposals: tuple[Proposal, ...], item: str, field: str = "") -> Proposal:
    return next(
        one for one in proposals if one.item == item and (not field or one.fields[0].name == field)
    )  # fmt: skip


def by_hand(
    read: PlanDraft,
    existing: Plan | None = None,
    *,
    skipped: tuple[str, ...] = (),
    undecided: tuple[str, ...] = (),
    corrected: Mapping[str, dict[str, str]] | None = None,
    before: tuple[Provenance, ...] = (),
) -> Settled:
    """Everything accepted but for some items."""
    decisions = []
    for one in propose(read, existing, before):
        values = (corrected or {}).get(one.item, {})
        mine = {name: text for name, text in values.items() if any(field.name == name for field in one.fields)}
        if one.item in undecided:
            continue
        verdict = Verdict.SKIPPED if one.item in skipped else Verdict.CORRECTED if mine else Verdict.ACCEPTED
        decisions.append(Decision(one.key, verdict, mine, "A. Planner", TODAY))
    return settle(read, existing, decisions, "ab12", before)


def ids(plan: Plan, *tables: str) -> list[str]:
    return [row.id for table in tables for row in getattr(plan, table)]


def test_a_skipped_objective_takes_with_it_what_stands_under_it() -> None:
    settled = by_hand(draft(), skipped=("o1",))
    assert ids(settled.plan, "objectives", "deliverables", "milestones", "measures") == ["o2", "d2", "m2"]
    assert settled.plan.links == ()
    assert settled.left == ()
    assert "1 deliverable left out with the objective above, which was skipped" in settled.told


def test_a_skipped_theme_or_deliverable_leaves_what_stands_under_it_free() -> None:
    settled = by_hand(draft(), skipped=("t1", "d1"))
    assert [row.theme for row in settled.plan.objectives] == ["", ""]
    assert [row.deliverable for row in (*settled.plan.milestones, *settled.plan.measures)] == ["", "", ""]
    assert [link.deliverable for link in settled.plan.links] == ["", ""]
    assert "2 objectives kept, though the theme above was skipped" in settled.told


def test_what_stands_under_something_undecided_waits_for_it() -> None:
    settled = by_hand(draft(), undecided=("o1",))
    assert ids(settled.plan, "objectives", "deliverables") == ["o2", "d2"]
    assert {one.item for one in settled.left} == {"o1", "d1", "m1", "s1", "o1/link/1", "o1/link/2"}
    later = by_hand(draft(), settled.plan)
    assert ids(later.plan, "objectives", "deliverables") == ["o1", "o2", "d1", "d2"]
    assert later.plan == PLAN


def test_a_row_can_be_put_under_another_objective_and_lets_go_of_its_deliverable() -> None:
    settled = by_hand(draft(), corrected={"m1": {"objective": "2 shorter  waits"}})
    assert settled.plan.milestones[0] == Milestone("m1", "o2", "", "Plan the ward")


def test_a_row_under_a_deliverable_follows_it_to_another_objective() -> None:
    settled = by_hand(draft(), corrected={"d1": {"objective": "o2"}})
    assert [row.objective for row in settled.plan.milestones] == ["o2", "o2"]
    assert [(link.objective, link.deliverable) for link in settled.plan.links] == [("o2", "d1"), ("o1", "")]


@pytest.mark.parametrize(
    ("item", "values", "said"),
    [
        ("d1", {"due": "soon"}, "“A ward by March 2018”, due: “soon” is no date; write a date"),
        ("d1", {"objective": "Better food"}, "“A ward by March 2018”, objective: there is none called “Better food”"),
        ("d1", {"objective": ""}, "this cannot be empty"),
        ("d1", {"text": " "}, "this cannot be empty"),
        ("d1", {"colour": "red"}, "there is no such field to correct; correct objective"),
    ],
)
def test_a_correction_that_cannot_be_read_names_item_and_field(item: str, values: dict[str, str], said: str) -> None:
    one = named(propose(draft()), item)
    decision = Decision(one.key, Verdict.CORRECTED, values, "A. Planner", TODAY)
    for refused in (lambda: settle(draft(), None, [decision], "ab12"), lambda: check(draft(), None, decision)):
        with pytest.raises(InputError) as error:
            refused()
        assert said in str(error.value)


def test_a_correction_that_can_be_read_passes_the_check() -> None:
    one = named(propose(draft()), "d1")
    check(draft(), None, Decision(one.key, Verdict.CORRECTED, {"due": "1 June 2018"}, "A. Planner", TODAY))


def test_a_text_that_a_browser_sends_back_unaltered_is_no_correction() -> None:
    plan = replace(
        PLAN, deliverables=(Deliverable("d1", "o1", "A ward\nand a clinic"),), milestones=(), measures=(), links=()
    )
    settled = by_hand(draft(plan), corrected={"d1": {"text": " A ward\r\nand a clinic ", "due": ""}})
    assert settled.plan.deliverables == plan.deliverables
    assert {row.verdict for row in settled.provenance} == {Verdict.ACCEPTED}


def test_every_field_remembers_its_source_and_who_took_it_over() -> None:
    source = Source(Origin(line=3), "A ward <b>by March 2018</b>", (3,), 0.95)
    settled = by_hand(draft(sources={"d1": source}), corrected={"d1": {"due": "1 June 2018"}})
    mine = {row.field: row for row in settled.provenance if row.item == "d1"}
    assert mine["text"] == Provenance(
        "d1", "text", "plan.txt", "ab12", "line 3", "A ward <b>by March 2018</b>", 0.95, Verdict.ACCEPTED,
        "A. Planner", TODAY,
    )  # fmt: skip
    assert (mine["due"].words, mine["due"].verdict) == ("31 March 2018", Verdict.CORRECTED)
    assert set(mine) == {"objective", "text", "due", "due_phrase"}
    assert {row.field for row in settled.provenance if row.item == "plan"} == {"title", "organisation", "years"}


def test_what_people_changed_since_is_not_undone_by_the_same_words_of_the_document() -> None:
    first = by_hand(draft(), corrected={"d1": {"due": "1 June 2018"}})
    known = remembered((), first)
    edited = replace(
        first.plan, deliverables=(replace(first.plan.deliverables[0], text="A better ward"), first.plan.deliverables[1])
    )
    assert propose(draft(), edited, known) == ()
    moved = replace(PLAN, deliverables=(replace(PLAN.deliverables[0], due=date(2018, 9, 30)), PLAN.deliverables[1]))
    (change,) = propose(draft(moved), edited, known)
    assert [(field.name, field.current, field.proposed) for field in change.fields] == [
        ("due", "1 June 2018", "30 September 2018")
    ]


def test_a_row_that_people_put_in_is_not_proposed_for_removal() -> None:
    first = by_hand(draft())
    known = remembered((), first)
    grown = replace(first.plan, deliverables=(*first.plan.deliverables, Deliverable("own", "o1", "Our own idea")))
    assert propose(draft(), grown, known) == ()
    assert [one.item for one in propose(draft(), grown)] == ["own"]


def test_one_field_of_a_change_can_be_kept_as_it_is() -> None:
    later = replace(PLAN, deliverables=(
        Deliverable("d1", "o1", "A ward by June 2018", date(2018, 6, 30), "by June 2018"), PLAN.deliverables[1],
    ))  # fmt: skip
    settled = by_hand(draft(later), PLAN, corrected={"d1": {"due": "31 March 2018"}})
    assert settled.plan.deliverables[0] == replace(later.deliverables[0], due=date(2018, 3, 31))
    assert propose(draft(later), settled.plan, remembered((), settled)) == ()


def test_a_removal_takes_updates_and_trajectories_and_says_so() -> None:
    plan = replace(
        PLAN,
        indicators=(IndicatorTable("i1", "Falls"), IndicatorTable("i2", "Waits")),
        trajectories=(TrajectoryRule("i1", "", "target", "rise 1"), TrajectoryRule("i2", "", "target", "rise 2")),
        updates=(Update("d2", SEPTEMBER, Progress.ON_TRACK), Update("d1", SEPTEMBER, Progress.ON_TRACK)),
    )
    later = replace(PLAN, deliverables=PLAN.deliverables[:1], indicators=(IndicatorTable("i2", "Waits"),))
    proposals = propose(draft(later), plan)
    assert [(one.action, one.item, one.sure) for one in proposals] == [
        (Action.REMOVE, "d2", False),
        (Action.REMOVE, "i1", False),
    ]
    assert "With it goes what was reported of it: 1 update" in proposals[0].doubts
    assert "With it goes how its targets are computed: 1 trajectory rule" in proposals[1].doubts
    settled = by_hand(draft(later), plan)
    assert [update.item for update in settled.plan.updates] == ["d1"]
    assert [rule.indicator for rule in settled.plan.trajectories] == ["i2"]


def test_an_objective_stays_while_something_that_was_kept_stands_under_it() -> None:
    later = replace(
        PLAN, objectives=PLAN.objectives[:1], deliverables=PLAN.deliverables[:1], milestones=PLAN.milestones[:1]
    )
    settled = by_hand(draft(later), PLAN, skipped=("d2",))
    assert ids(settled.plan, "objectives", "deliverables", "milestones") == ["o1", "o2", "d1", "d2", "m1"]
    assert settled.told == ("1 objective not removed: something that was kept stands under it",)


def test_an_objective_that_goes_takes_what_the_document_does_not_speak_of() -> None:
    later = replace(
        PLAN, objectives=PLAN.objectives[1:], deliverables=PLAN.deliverables[1:], milestones=(), measures=(), links=()
    )
    removal = named(propose(draft(later), PLAN), "o1")
    assert "With it goes what stands under it and the document says nothing of: 4 rows" in removal.doubts
    settled = by_hand(draft(later), PLAN)
    assert ids(settled.plan, "objectives", "deliverables", "milestones", "measures") == ["o2", "d2", "m2"]
    assert settled.plan.links == ()


def test_what_stood_under_a_removed_deliverable_stays_under_its_objective() -> None:
    later = replace(
        PLAN, deliverables=PLAN.deliverables[1:], measures=(), milestones=PLAN.milestones[1:], links=PLAN.links[1:]
    )
    settled = by_hand(draft(later), PLAN, skipped=("m1",))
    assert settled.plan.milestones[0] == Milestone("m1", "o1", "", "Plan the ward")
    assert settled.plan.measures[0].deliverable == ""


def test_new_rows_stand_where_they_are_printed() -> None:
    later = replace(
        PLAN,
        milestones=(
            Milestone("x", "o1", "", "Before all"),
            PLAN.milestones[0],
            Milestone("y", "o2", "", "After it"),
            PLAN.milestones[1],
        ),
    )
    assert ids(by_hand(draft(later), PLAN).plan, "milestones") == ["x", "m1", "y", "m2"]


def test_the_numbers_of_an_indicator_are_joined_and_those_not_printed_stay() -> None:
    table = IndicatorTable("i1", "Falls", rows=(IndicatorRow("Fell", "actual", {"2016/17": Decimal(5)}),))
    later = replace(
        table,
        id="i9",
        rows=(
            IndicatorRow("Fell", "actual", {"2017/18": Decimal(4)}),
            IndicatorRow("Hill", "target", {"": Decimal(3)}),
        ),
    )
    settled = by_hand(draft(replace(PLAN, indicators=(later,))), replace(PLAN, indicators=(table,)))
    assert settled.plan.indicators[0].rows == (
        IndicatorRow("Fell", "actual", {"2016/17": Decimal(5), "2017/18": Decimal(4)}),
        IndicatorRow("Hill", "target", {"": Decimal(3)}),
    )


def test_links_keep_their_provenance_when_others_go() -> None:
    first = by_hand(draft())
    later = replace(PLAN, links=PLAN.links[1:])
    known = remembered((), first)
    second = by_hand(draft(later), first.plan, before=known)
    words = {row.item: row.words for row in remembered(known, second) if row.field == "text" and "/link/" in row.item}
    assert words == {"o1/link/1": "STP"}


STATUSES = (
    PrintedStatus("d1", "Complete", Progress.COMPLETE, "opened in May"),
    PrintedStatus("d2", "Amber"),
    PrintedStatus("m2", "Amber", note="two of four"),
)


def test_statuses_become_updates_at_the_date_that_a_person_gives() -> None:
    read = draft(statuses=STATUSES)
    proposals = propose(read)
    date_asked, word_asked = named(proposals, "plan", "as_at"), named(proposals, "amber")
    assert date_asked.question
    assert word_asked.question
    assert word_asked.doubts == ("It is not known what “Amber” means, which the document says of 2 items",)
    whole = accept(proposals, Acceptance.ALL, "A. Planner", TODAY)
    unanswered = settle(read, None, whole, "ab12")
    assert unanswered.plan.updates == ()
    assert unanswered.left == (date_asked, word_asked)
    assert unanswered.told == ("1 progress report not taken over: the date that it held at is not known",)
    answers = (
        Decision(date_asked.key, Verdict.CORRECTED, {"as_at": "30/9/2017"}, "A. Planner", TODAY),
        Decision(word_asked.key, Verdict.CORRECTED, {"progress": "at risk"}, "A. Planner", TODAY),
    )
    settled = settle(read, None, (*whole, *answers), "ab12")
    assert settled.plan.as_at == SEPTEMBER
    assert settled.plan.updates == (
        Update("d1", SEPTEMBER, Progress.COMPLETE, note="opened in May", status="Complete"),
        Update("d2", SEPTEMBER, Progress.AT_RISK, status="Amber"),
        Update("m2", SEPTEMBER, Progress.AT_RISK, note="two of four", status="Amber"),
    )
    assert settled.left == ()
    assert propose(read, settled.plan) == ()


def test_the_answers_can_come_after_the_rows() -> None:
    read = draft(statuses=STATUSES, as_at=SEPTEMBER)
    first = settle(read, None, accept(propose(read), Acceptance.ALL, "A. Planner", TODAY), "ab12").plan
    assert [update.item for update in first.updates] == ["d1"]
    (asked,) = propose(read, first)
    answer = Decision(asked.key, Verdict.CORRECTED, {"progress": "on track"}, "A. Planner", TODAY)
    settled = settle(read, first, [answer], "ab12").plan
    assert [(update.item, update.progress) for update in settled.updates] == [
        ("d1", Progress.COMPLETE),
        ("d2", Progress.ON_TRACK),
        ("m2", Progress.ON_TRACK),
    ]


def test_a_status_said_again_is_reported_again_with_the_later_date() -> None:
    done = Update("d1", SEPTEMBER, Progress.COMPLETE, done_on=date(2017, 5, 2), note="opened in May", status="Complete")
    plan = replace(PLAN, as_at=SEPTEMBER, updates=(done,))
    read = draft(statuses=STATUSES[:1], as_at=DECEMBER)
    (change,) = propose(read, plan)
    assert (change.table, change.fields[0].name) == ("plan", "as_at")
    assert by_hand(read, plan).plan.updates == (done, replace(done, as_at=DECEMBER))
    assert by_hand(read, plan, skipped=("plan",)).plan == plan


def test_what_is_reported_of_one_item_can_be_corrected() -> None:
    read = draft(statuses=STATUSES[1:], as_at=SEPTEMBER)
    settled = by_hand(read, corrected={"d2": {"progress": "off track", "note": "no staff"}})
    assert settled.plan.updates == (Update("d2", SEPTEMBER, Progress.OFF_TRACK, note="no staff", status="Amber"),)
    reported = {row.field: row.verdict for row in settled.provenance if row.item == "d2"}
    assert reported["progress"] is Verdict.CORRECTED
    assert reported["status"] is Verdict.ACCEPTED
    assert not [row for row in settled.provenance if row.item == "m2" and row.field in ("status", "note")]


def test_a_plan_without_title_or_years_asks_for_them() -> None:
    read = draft(replace(PLAN, title="", organisation="", years=()))
    asked = [one for one in propose(read) if one.question]
    assert [one.fields[0].name for one in asked] == ["title", "organisation", "years"]
    settled = by_hand(read, corrected={"plan": {"title": "Winter plan", "years": "17/18"}})
    assert (settled.plan.title, settled.plan.organisation, settled.plan.years) == ("Winter plan", "", ("2017/18",))
    assert [one.fields[0].name for one in settled.left] == ["organisation"]


def test_only_the_sure_are_accepted_where_that_is_asked() -> None:
    sources = {"d1": Source(Origin(line=3), lines=(3,), sureness=0.5)}
    read = draft(sources=sources)
    decisions = accept(propose(read), Acceptance.SURE, "A. Planner", TODAY)
    settled = settle(read, None, decisions, "ab12")
    assert ids(settled.plan, "deliverables") == ["d2"]
    assert "d1" in {one.item for one in settled.left}
    assert accept(propose(read), Acceptance.NONE, "A. Planner", TODAY) == ()


def test_names_that_several_rows_have_are_written_as_ids() -> None:
    plan = replace(PLAN, objectives=(Objective("o1", "", "", "Care"), Objective("o2", "", "", "Care")))
    one = named(propose(draft(plan)), "d1")
    assert one.fields[0].proposed == "o1"
    decision = Decision(one.key, Verdict.CORRECTED, {"objective": "care"}, "A. Planner", TODAY)
    with pytest.raises(InputError, match=r"several are called “care”; write one of the ids o1, o2"):
        settle(draft(plan), None, [decision], "ab12")


def test_a_risk_may_have_a_status_of_its_own() -> None:
    plan = replace(PLAN, risks=(Risk("r1", "Fire", "It burns", leads=(Lead(role="Estates"),), status="Open"),))
    settled = by_hand(draft(plan), corrected={"r1": {"status": "Closed", "current": "3 x 4"}})
    assert settled.plan.risks[0].status == "Closed"
    assert settled.plan.updates == ()


def test_a_day_is_read_or_refused_with_its_place() -> None:
    assert read_day("30 November 2017", where="--as-at") == date(2017, 11, 30)
    with pytest.raises(InputError, match=r"--as-at: “soon” is no date"):
        read_day("soon", where="--as-at")


def test_a_plan_with_any_row_is_not_empty() -> None:
    assert is_empty_plan(Plan("Plan", "", ()))
    assert not is_empty_plan(Plan("Plan", "", (), risks=(Risk("r1", "Fire", ""),)))


def test_decisions_come_back_from_their_record() -> None:
    decisions = (
        Decision("add:themes:t1:0", Verdict.CORRECTED, {"title": "Care – ‘all’"}, "A. Planner", TODAY),
        Decision("add:themes:t2:0", Verdict.SKIPPED, by="A. Planner", on=TODAY),
    )
    record = Record("plan.docx", "ab12", decisions)
    assert from_json(to_json(record), where="review.json") == record


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        {},
        {"format": 2, "document": "a", "digest": "b", "decisions": []},
        {"format": 1, "document": 1, "digest": "b", "decisions": []},
        {"format": 1, "document": "a", "digest": "b", "decisions": [{}]},
        {"format": 1, "document": "a", "digest": "b", "decisions": [
            {"proposal": "a", "verdict": "liked", "values": {}, "by": "b", "on": "2026-04-01"}]},
        {"format": 1, "document": "a", "digest": "b", "decisions": [
            {"proposal": "a", "verdict": "accepted", "values": {"x": 1}, "by": "b", "on": "2026-04-01"}]},
        {"format": 1, "document": "a", "digest": "b", "decisions": [
            {"proposal": "a", "verdict": "accepted", "values": [], "by": "b", "on": "2026-04-01"}]},
        {"format": 1, "document": "a", "digest": "b", "decisions": [
            {"proposal": "a", "verdict": "accepted", "values": {}, "by": "b", "on": "today"}]},
    ],
)  # fmt: skip
def test_what_is_no_record_is_refused(content: object) -> None:
    with pytest.raises(InputError, match=r"review\.json: this file holds no review that can be read; remove it"):
        from_json(content, where="review.json")


def test_a_document_that_lacks_most_of_the_plan_may_be_that_of_another_one() -> None:
    risks = tuple(
        Risk(f"r{number}", words, "") for number, words in enumerate(("Fire", "Flood", "Theft", "Strike", "Heat"))
    )
    plan, other = replace(PLAN, risks=risks), replace(PLAN, risks=(Risk("r1", "Cyber attack", ""),))
    proposals = propose(draft(other), plan)
    assert seems_another_plan(proposals, plan)
    assert "The document has only 0 of the plan’s 5 risks: it may be that of another plan" in proposals[-1].doubts
    assert not seems_another_plan(propose(draft(replace(PLAN, risks=risks[:2])), plan), plan)
    assert not seems_another_plan(propose(draft(other), replace(PLAN, risks=risks[:4])), replace(PLAN, risks=risks[:4]))


def test_the_meaning_of_a_word_remembers_who_gave_it() -> None:
    read = draft(statuses=STATUSES[1:2], as_at=SEPTEMBER, sources={"d2": Source(Origin(line=5), "A clinic", (5,))})
    asked = named(propose(read), "amber")
    answer = Decision(asked.key, Verdict.CORRECTED, {"progress": "at risk"}, "B. Planner", TODAY)
    decisions = (*accept(propose(read), Acceptance.ALL, "A. Planner", TODAY), answer)
    rows = {row.field: row for row in settle(read, None, decisions, "ab12").provenance if row.item == "d2"}
    assert (rows["progress"].verdict, rows["progress"].by) == (Verdict.CORRECTED, "B. Planner")
    assert (rows["progress"].words, rows["progress"].place) == ("Amber", "line 5")
    assert rows["text"].by == "A. Planner"


def test_a_status_said_again_is_not_dated_anew_by_another_change_of_its_row() -> None:
    told = Update("d1", SEPTEMBER, Progress.COMPLETE, note="opened in May", status="Complete")
    plan = replace(PLAN, as_at=SEPTEMBER, updates=(told,))
    moved = replace(PLAN, deliverables=(replace(PLAN.deliverables[0], area="North"), PLAN.deliverables[1]))
    read = draft(moved, statuses=STATUSES[:1], as_at=DECEMBER)
    assert by_hand(read, plan, skipped=("plan",)).plan.updates == (told,)
    assert by_hand(read, plan, skipped=("plan",)).plan.deliverables[0].area == "North"
