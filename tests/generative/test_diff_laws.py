"""Laws that hold for the difference between any two plans."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from strategies import plans, texts
from trigpoint.plans.changes import Change, ChangeKind
from trigpoint.plans.diff import diff
from trigpoint.plans.diff_words import Edit, to_json, to_text, word_changes
from trigpoint.plans.matching import Row, match_rows
from trigpoint.plans.model import Plan
from trigpoint.reports.render.diff_page import to_html

SLOW = settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
MIRROR = {ChangeKind.ADDED: ChangeKind.REMOVED, ChangeKind.REMOVED: ChangeKind.ADDED}
ROWS = st.lists(
    st.builds(
        Row,
        st.sampled_from(["", "a1", "a2", "a3", "a4", "a5"]),
        st.sampled_from(["", "Open the hub", "Open a hub", "open the HUB", "Train nurses", "As above"]) | texts(),
        st.sampled_from(["", "o1", "o2"]),
    ),
    max_size=8,
)


def signature(change: Change, *, mirrored: bool = False) -> tuple[object, ...]:
    """What has to be the same when the two editions change places."""
    kind, ids = change.kind, (change.before_id, change.after_id)
    fields = [(field.field, field.before, field.after) for field in change.fields]
    if mirrored:
        kind, ids = MIRROR.get(kind, kind), ids[::-1]
        fields = [(name, after, before) for name, before, after in fields]
    return kind.value, change.part.value, ids, sorted(fields)


@SLOW
@given(plans())
def test_a_plan_does_not_differ_from_itself(plan: Plan) -> None:
    assert diff(plan, plan).changes == ()


@SLOW
@given(plans(), plans())
def test_swapping_the_editions_mirrors_every_change(before: Plan, after: Plan) -> None:
    there, back = diff(before, after).changes, diff(after, before).changes
    assert sorted(map(signature, there), key=repr) == sorted((signature(c, mirrored=True) for c in back), key=repr)


@SLOW
@given(plans(), plans())
def test_any_difference_can_be_printed(before: Plan, after: Plan) -> None:
    changes = diff(before, after)
    assert to_text(changes).count("\n  ") >= len(changes.changes)
    assert len(to_json(changes)["changes"]) == len(changes.changes)
    assert to_html(changes).count("<article>") == len(changes.changes)
    assert "<script>alert" not in to_html(changes)


@SLOW
@given(plans(), st.randoms(use_true_random=False))
def test_the_order_of_rows_is_no_difference(plan: Plan, order: random.Random) -> None:
    names = ("themes", "objectives", "deliverables", "milestones", "measures", "risks", "finance", "activity")
    shuffled = {name: tuple(order.sample(rows := getattr(plan, name), len(rows))) for name in names}
    assert diff(plan, replace(plan, **shuffled)).changes == ()


@given(ROWS, ROWS)
def test_matching_is_one_to_one_and_symmetric(before: list[Row], after: list[Row]) -> None:
    # Ids are unique within an edition; rows without one have to be matched by words.
    before, after = (
        [row for n, row in enumerate(rows) if not row.id or row.id not in {r.id for r in rows[:n]}]
        for rows in (before, after)
    )
    pairs = match_rows(before, after)
    assert len(set(pairs.values())) == len(pairs)
    assert {other: one for one, other in pairs.items()} == match_rows(after, before)
    # Whatever has its id on both sides finds a partner, be it another row with its very words.
    shared = {row.id for row in before if row.id} & {row.id for row in after}
    free = [row for index, row in enumerate(before) if index not in pairs and row.id in shared]
    taken = {after[other].id for other in pairs.values()}
    assert all(row.id in taken for row in free)


@given(texts(), texts())
def test_marked_words_make_both_texts(before: str, after: str) -> None:
    pieces = word_changes(before, after)
    assert "".join(piece.text for piece in pieces if piece.edit is not Edit.ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.edit is not Edit.REMOVED) == after
    assert all(piece.text for piece in pieces)
