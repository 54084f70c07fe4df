"""Laws of the review: whatever the document, the plan and the decisions, nothing is lost, doubled or left dangling."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from strategies import DATES, WORDS, plans
from trigpoint.documents.review import Acceptance, Action, Decision, Proposal, accept, propose, remembered, settle
from trigpoint.plans.document import Block, BlockKind, Document, Origin
from trigpoint.plans.draft import Note, NoteKind, PlanDraft, PrintedStatus, Source
from trigpoint.plans.model import Plan, Progress, Update
from trigpoint.plans.provenance import Verdict

TODAY = date(2026, 4, 1)
LINES = 12
TABLES = (
    "themes", "objectives", "deliverables", "milestones", "measures", "indicators", "risks", "finance", "activity",
)  # fmt: skip
LAWS = settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])


def the_document() -> Document:
    blocks = (Block(BlockKind.PARAGRAPH, f"line {line}", Origin(line=line)) for line in range(1, LINES + 1))
    return Document("plan.txt", tuple(blocks))


def renumbered(plan: Plan, mark: str) -> Plan:
    """The same plan with other ids, as a reader would number a changed document anew."""

    def named(key: str) -> str:
        return f"{mark}{key}" if key else ""

    fields = {"id", "theme", "objective", "deliverable"}
    tables = {}
    for table in (*TABLES, "links"):
        rows = getattr(plan, table)
        own = fields - ({"objective"} if table == "risks" else set())
        tables[table] = tuple(
            replace(row, **{name: named(getattr(row, name)) for name in own if hasattr(row, name)}) for row in rows
        )
    return replace(plan, **tables)


def as_read(plan: Plan) -> Plan:
    """What a reader could have made of it: nothing of what only people give."""
    return replace(plan, framework="", edition="", notice="", as_at=None, trajectories=(), updates=())


@st.composite
def drafts(draw: st.DrawFn, plan: Plan | None = None) -> PlanDraft:
    """A draft of any plan, with sources, doubts and statuses."""
    read = as_read(plan or draw(plans()))
    items = [row.id for row in (*read.deliverables, *read.milestones)]
    keys = [row.id for table in TABLES for row in getattr(read, table)]
    places = st.integers(1, LINES)
    sources = {
        key: Source(Origin(line=line), draw(WORDS), (line,), draw(st.sampled_from((0.5, 0.9, 1.0))))
        for key in keys
        if (line := draw(places))
    }
    notes = st.builds(Note, st.sampled_from(NoteKind), WORDS, st.none() | places)
    reported = draw(st.lists(st.sampled_from(items), unique=True)) if items else []
    statuses = tuple(
        PrintedStatus(item, word.value.title(), word, draw(WORDS))
        for item in reported
        for word in [draw(st.sampled_from(Progress))]
    )
    return PlanDraft(
        read,
        the_document(),
        sources,
        tuple(draw(st.lists(notes, max_size=3))),
        statuses,
        draw(DATES) if statuses else draw(st.none() | DATES),
    )


@st.composite
def editions(draw: st.DrawFn) -> tuple[Plan, PlanDraft]:
    """A plan, and the draft of a later edition of it: rows dropped, re-worded, re-dated and numbered anew."""
    plan = draw(plans())
    gone = set(draw(st.lists(st.sampled_from([row.id for table in TABLES for row in getattr(plan, table)] or [""]))))
    later = without(plan, gone)
    more = st.sampled_from(("", " soon", " and all that follows from it, at once"))
    later = replace(
        later,
        objectives=tuple(replace(row, title=row.title + draw(more)) for row in later.objectives),
        deliverables=tuple(
            replace(row, text=row.text + draw(more), due=draw(st.sampled_from((row.due, None, TODAY))))
            for row in later.deliverables
        ),
        milestones=tuple(draw(st.permutations(later.milestones))),
        risks=tuple(replace(row, leads=()) for row in later.risks),
    )
    return plan, draw(drafts(renumbered(later, "n")))


def without(plan: Plan, gone: set[str]) -> Plan:
    """The plan without some rows; what stood under them is gone too, or stands free."""
    plan = replace(plan, **{table: tuple(r for r in getattr(plan, table) if r.id not in gone) for table in TABLES})
    objectives, deliverables = {row.id for row in plan.objectives}, {row.id for row in plan.deliverables}
    plan = replace(
        plan,
        objectives=tuple(replace(row, theme="" if row.theme in gone else row.theme) for row in plan.objectives),
        indicators=tuple(
            replace(row, objective="" if row.objective in gone else row.objective) for row in plan.indicators
        ),
        deliverables=tuple(row for row in plan.deliverables if row.objective in objectives),
    )
    deliverables = {row.id for row in plan.deliverables}
    return replace(
        plan,
        **{
            table: tuple(
                replace(row, deliverable=row.deliverable if row.deliverable in deliverables else "")
                for row in getattr(plan, table)
                if row.objective in objectives
            )
            for table in ("milestones", "measures", "links")
        },
    )


@st.composite
def decided(draw: st.DrawFn, proposals: tuple[Proposal, ...]) -> tuple[Decision, ...]:
    """Some decision, or none, on each proposal."""
    verdicts = st.sampled_from((None, Verdict.ACCEPTED, Verdict.SKIPPED))
    return tuple(
        Decision(proposal.key, verdict, by="A. Planner", on=TODAY)
        for proposal in proposals
        if (verdict := draw(verdicts)) is not None
    )


def assert_sound(plan: Plan) -> None:
    """Ids are unique and every reference holds, as a workspace wants it."""
    ids = Counter(row.id for table in TABLES for row in getattr(plan, table))
    assert max(ids.values(), default=1) == 1
    themes, objectives = ({row.id for row in rows} for rows in (plan.themes, plan.objectives))
    deliverables = {row.id: row for row in plan.deliverables}
    assert all(row.theme in {"", *themes} for row in plan.objectives)
    assert all(row.objective in {"", *objectives} for row in plan.indicators)
    for row in (*plan.deliverables, *plan.milestones, *plan.measures, *plan.links):
        assert row.objective in objectives
    for row in (*plan.milestones, *plan.measures, *plan.links):
        assert not row.deliverable or deliverables[row.deliverable].objective == row.objective
    items = {row.id for row in (*plan.deliverables, *plan.milestones)}
    assert all(update.item in items for update in plan.updates)
    assert all(rule.indicator in {row.id for row in plan.indicators} for rule in plan.trajectories)


def everything(draft: PlanDraft, existing: Plan | None = None) -> tuple[Decision, ...]:
    return accept(propose(draft, existing), Acceptance.ALL, "A. Planner", TODAY)


@LAWS
@given(drafts())
def test_a_first_import_that_is_accepted_whole_is_the_draft_with_its_statuses(draft: PlanDraft) -> None:
    settled = settle(draft, None, everything(draft), "00")
    updates = tuple(
        Update(status.item, draft.as_at, status.progress, note=status.note, status=status.status)
        for status in draft.statuses
        if draft.as_at and status.progress
    )
    assert settled.plan == replace(draft.plan, as_at=draft.as_at, updates=updates)
    assert all(proposal.question for proposal in settled.left)
    assert settled.told == ()


@LAWS
@given(editions())
def test_a_plan_of_which_nothing_is_accepted_stays_as_it_is(edition: tuple[Plan, PlanDraft]) -> None:
    plan, draft = edition
    settled = settle(draft, plan, (), "00")
    assert settled.plan == plan
    assert settled.left == propose(draft, plan)
    assert settled.provenance == ()
    assert settle(draft, None, (), "00").plan == Plan("", "", ())


@LAWS
@given(editions())
def test_after_a_later_edition_is_accepted_whole_it_proposes_nothing(edition: tuple[Plan, PlanDraft]) -> None:
    plan, draft = edition
    settled = settle(draft, plan, everything(draft, plan), "00")
    assert settled.left == ()
    assert propose(draft, settled.plan) == ()
    assert_sound(settled.plan)


@LAWS
@given(editions())
def test_what_the_document_does_not_speak_of_stays(edition: tuple[Plan, PlanDraft]) -> None:
    plan, draft = edition
    settled = settle(draft, plan, everything(draft, plan), "00").plan
    assert (settled.framework, settled.edition, settled.notice) == (plan.framework, plan.edition, plan.notice)
    items = {row.id for row in (*settled.deliverables, *settled.milestones)}
    assert [row for row in plan.updates if row.item in items] == list(settled.updates[: len(settled.updates)])[
        : sum(row.item in items for row in plan.updates)
    ]
    for table in TABLES:
        if not getattr(draft.plan, table) and table not in ("deliverables", "milestones", "measures"):
            assert [row.id for row in getattr(settled, table)] == [row.id for row in getattr(plan, table)]


@LAWS
@given(editions(), st.data())
def test_any_decisions_leave_a_sound_plan_in_which_only_what_was_accepted_changed(
    edition: tuple[Plan, PlanDraft], data: st.DataObject
) -> None:
    plan, draft = edition
    proposals = propose(draft, plan)
    decisions = data.draw(decided(proposals))
    settled = settle(draft, plan, decisions, "00")
    assert_sound(settled.plan)
    taken = {one.proposal for one in decisions if one.verdict is Verdict.ACCEPTED}
    removed = {one.item for one in proposals if one.key in taken and one.action is Action.REMOVE}
    for table in ("themes", "risks", "finance", "activity", "indicators"):
        kept = [row.id for row in getattr(plan, table) if row.id not in removed]
        assert [row.id for row in getattr(settled.plan, table) if row.id in kept] == kept
    decided_keys = {one.proposal for one in decisions}
    left_out = {one.item for one in proposals if one.key in decided_keys - taken}
    for one in proposals:  # parents come first
        if one.parent in left_out:
            left_out.add(one.item)
    undecided = {one.key for one in proposals if one.key not in decided_keys and one.item not in left_out}
    assert undecided <= {one.key for one in settled.left}


@LAWS
@given(drafts(), st.data())
def test_any_decisions_on_a_first_import_leave_a_sound_plan(draft: PlanDraft, data: st.DataObject) -> None:
    settled = settle(draft, None, data.draw(decided(propose(draft))), "00")
    assert_sound(settled.plan)
    for table in TABLES:
        known = {row.id for row in getattr(draft.plan, table)}
        assert {row.id for row in getattr(settled.plan, table)} <= known


@LAWS
@given(editions(), st.data())
def test_the_order_of_decisions_does_not_matter_and_twice_is_once(
    edition: tuple[Plan, PlanDraft], data: st.DataObject
) -> None:
    plan, draft = edition
    decisions = data.draw(decided(propose(draft, plan)))
    settled = settle(draft, plan, decisions, "00")
    assert settle(draft, plan, data.draw(st.permutations(decisions)), "00") == settled
    assert settle(draft, plan, (*decisions, *decisions), "00") == settled


@LAWS
@given(drafts())
def test_accepting_twice_is_accepting_once(draft: PlanDraft) -> None:
    decisions = everything(draft)
    once = settle(draft, None, decisions, "00").plan
    assert settle(draft, once, decisions, "00").plan == once


@LAWS
@given(editions(), st.data())
def test_keys_are_unique_and_the_same_each_time(edition: tuple[Plan, PlanDraft], data: st.DataObject) -> None:
    plan, draft = edition
    existing = data.draw(st.sampled_from((None, plan)))
    proposals = propose(draft, existing)
    assert len({proposal.key for proposal in proposals}) == len(proposals)
    assert propose(draft, existing) == proposals


@LAWS
@given(drafts(), st.data())
def test_what_nobody_answered_is_all_that_is_asked_again(draft: PlanDraft, data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(("Amber", "amber", "Done-ish")), min_size=len(draft.statuses)))
    unknown = tuple(
        replace(status, status=word, progress=None) for status, word in zip(draft.statuses, words, strict=False)
    )
    read = replace(draft, statuses=unknown, as_at=data.draw(st.sampled_from((None, TODAY))))
    settled = settle(read, None, everything(read), "00")
    assert settled.plan.updates == ()
    assert all(one.question for one in settled.left)
    again = propose(read, settled.plan)
    assert {one.key for one in again if one.table == "statuses"} == {
        one.key for one in settled.left if one.table == "statuses"
    }
    assert all(one.question for one in again)
    answers = [
        Decision(one.key, Verdict.CORRECTED, {one.fields[0].name: "1 May 2026" if one.table == "plan" else "at risk"})
        for one in again
    ]
    answered = settle(read, settled.plan, answers, "00")
    assert len(answered.plan.updates) == len(unknown)
    assert propose(read, answered.plan) == ()


@LAWS
@given(drafts())
def test_every_field_taken_over_says_where_it_came_from(draft: PlanDraft) -> None:
    proposals = propose(draft)
    settled = settle(draft, None, everything(draft), "00")
    known = {(row.item, row.field) for row in settled.provenance}
    assert len(known) == len(settled.provenance)
    assert all(row.verdict is Verdict.ACCEPTED and row.by == "A. Planner" for row in settled.provenance)
    main = {(one.item, field.name) for one in proposals for field in one.fields if field.name in ("due", "column")}
    filled = {
        (one.item, field.name) for one in proposals for field in one.fields if field.name in ("due", "column")
        if field.proposed
    }  # fmt: skip
    assert known & main == filled


@LAWS
@given(editions())
def test_a_plan_that_remembers_is_asked_nothing_again(edition: tuple[Plan, PlanDraft]) -> None:
    plan, draft = edition
    settled = settle(draft, plan, everything(draft, plan), "00")
    assert propose(draft, settled.plan, remembered((), settled)) == ()


@LAWS
@given(drafts())
def test_what_people_changed_is_not_changed_back_by_the_same_document(draft: PlanDraft) -> None:
    read = replace(draft, sources={})
    settled = settle(read, None, everything(read), "00")
    edited = replace(
        settled.plan,
        title="Our title",
        objectives=tuple(
            replace(row, title=f"{row.id} as we call it now") if row.title else row for row in settled.plan.objectives
        ),
        deliverables=tuple(
            replace(row, text=f"Ours: {row.id}", leads=()) if row.text else row for row in settled.plan.deliverables
        ),
        risks=tuple(replace(row, mitigation="Done", amount_gbp=None) for row in settled.plan.risks),
    )
    spoken = {(row.item, row.field) for row in settled.provenance}
    for one in propose(read, edited, settled.provenance):
        assert one.action is Action.CHANGE
        assert all((one.item, field.name) not in spoken for field in one.fields)
