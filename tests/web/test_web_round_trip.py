"""What goes into the register comes out equal, to the last digit and in the printed order."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from web_sample import FINDINGS, make_plan

from strategies import SOME_WORDS, WORDS, plans
from trigpoint.errors import InputError
from trigpoint.plans.model import Deliverable, FinanceLine, Objective, Plan, Theme
from trigpoint.plans.workspace import PlaceRow, Waiver, Workspace, read_workspace
from trigpoint.web.audit.models import Event
from trigpoint.web.register import store
from trigpoint.web.register.models import Edition, Row
from trigpoint.web.register.services import Outcome, load_plan, load_workspace

EXAMPLES = Path(__file__).parents[2] / "examples"
PLACES = st.builds(
    PlaceRow, SOME_WORDS, SOME_WORDS, WORDS, WORDS, st.lists(WORDS, max_size=2).map(tuple), st.none() | st.dates()
)
WAIVERS = st.builds(Waiver, SOME_WORDS, WORDS, WORDS, SOME_WORDS, SOME_WORDS, st.dates(), st.none() | st.dates())
WORKSPACES = st.builds(
    Workspace,
    plans(),
    st.lists(PLACES, max_size=2).map(tuple),
    st.lists(WAIVERS, max_size=2).map(tuple),
    st.dictionaries(SOME_WORDS, st.sampled_from(["off", "info"]), max_size=2).map(MappingProxyType),
)


def _again(edition: Edition) -> Workspace:
    return store.read_workspace(Edition.objects.select_related("organisation").get(pk=edition.pk))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(WORKSPACES)
def test_every_workspace_comes_back_equal(db: None, space: Workspace) -> None:
    with transaction.atomic():
        found = _again(load_workspace(space, by=None).edition)
        assert found.plan == space.plan
        assert (found.places, found.waivers, dict(found.checks)) == (space.places, space.waivers, dict(space.checks))
        assert _digits(found.plan) == _digits(space.plan)
        transaction.set_rollback(True)


def _digits(plan: Plan) -> list[str]:
    """Equal decimals may differ in their digits (2.0 and 2): those must stay as well."""
    targets = [target for row in (*plan.deliverables, *plan.milestones, *plan.measures) for target in row.targets]
    values = [value for table in plan.indicators for row in table.rows for value in row.values.values()]
    lines = [row.value for row in (*targets, *plan.finance, *plan.activity)]
    periods = [list(row.values) for table in plan.indicators for row in table.rows]
    return [*map(str, lines), *map(str, values), *map(str, periods)]


@pytest.mark.parametrize("name", ["dudley-2017-19", "worcestershire-2016-17"])
def test_examples_come_back_equal(db: None, name: str) -> None:
    space = read_workspace(EXAMPLES / name)
    assert _again(load_workspace(space, by=None).edition) == Workspace(
        space.plan, space.places, space.waivers, dict(space.checks)
    )


def test_findings_come_back_equal(edition: Edition) -> None:
    assert store.findings_of(edition) == FINDINGS


@pytest.mark.parametrize("digits", ["2.0", "2", "0.10", "-0", "1E+3", "123456789012345678901234567890.123456789"])
def test_a_number_keeps_its_digits(db: None, digits: str) -> None:
    line = FinanceLine("f1", "g", "n", "2026/27", Decimal(digits), "£")
    found = _again(load_plan(Plan("P", "O", ("2026/27",), finance=(line,)), by=None).edition)
    assert str(found.plan.finance[0].value) == digits


def test_loading_again_changes_nothing(edition: Edition) -> None:
    again = load_workspace(Workspace(make_plan()), by=None, findings=FINDINGS)
    assert again.outcome is Outcome.UNCHANGED
    assert again.edition.pk == edition.pk
    assert Event.objects.count() == 1


def test_a_changed_plan_takes_the_place_of_the_same_edition(edition: Edition) -> None:
    before = store.plan_of(edition)
    changed = make_plan()
    changed = Plan(**{**changed.__dict__, "deliverables": changed.deliverables[:2], "notice": "Corrected."})
    loaded = load_plan(changed, by=None)
    assert (loaded.outcome, loaded.edition.pk, loaded.edition.revision) == (Outcome.REPLACED, edition.pk, 2)
    assert _again(loaded.edition).plan == changed
    fresh = Edition.objects.select_related("organisation").get(pk=edition.pk)
    assert store.plan_of(fresh) == changed != before, "what was remembered of the first revision is not shown again"


def test_another_edition_stands_beside_the_first(edition: Edition) -> None:
    second = Plan(**{**make_plan().__dict__, "edition": "Second edition"})
    assert load_plan(second, by=None).outcome is Outcome.ADDED
    assert Edition.objects.count() == 2


def test_a_failure_leaves_nothing_half_written(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the record cannot be written")

    monkeypatch.setattr("trigpoint.web.register.services.record", fail)
    changed = Plan(**{**make_plan().__dict__, "deliverables": (), "milestones": (), "updates": ()})
    with pytest.raises(RuntimeError):
        load_plan(changed, by=None)
    assert _again(edition).plan == make_plan()


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        (Plan("A\x00B", "O", ()), "the plan's title holds a character that is no text"),
        (Plan("T", "O", (), themes=(Theme("t1", "1", "\ud800"),)), "row 1 of the plan's themes holds a character"),
        (
            Plan("T", "O", (), objectives=(Objective("o" * 300, "", "", ""),)),
            "is longer than 200 characters; shorten it",
        ),
    ],
)
def test_what_no_database_can_keep_is_refused(db: None, plan: Plan, told: str) -> None:
    with pytest.raises(InputError, match=told):
        load_plan(plan, by=None)
    assert not Edition.objects.exists()


def test_order_is_the_printed_order_even_where_ids_are_not(db: None) -> None:
    rows = tuple(Deliverable(f"d{n}", "o1", str(n), date(2026, 1, 1)) for n in (3, 1, 2))
    found = _again(
        load_plan(Plan("P", "O", (), objectives=(Objective("o1", "", "", ""),), deliverables=rows), by=None).edition
    )
    assert [row.id for row in found.plan.deliverables] == ["d3", "d1", "d2"]


def test_no_table_of_the_register_is_forgotten(db: None) -> None:
    from trigpoint.measures.book.book import MeasureBook
    from trigpoint.web.activity.codec import tables_of as activity_tables
    from trigpoint.web.dashboards.codec import tables_of
    from trigpoint.web.finance.codec import tables_of as finance_tables
    from trigpoint.web.register import codec

    tables = (
        *codec.rows_of(Workspace(make_plan()), ()),
        *tables_of(MeasureBook()),
        *activity_tables({}),
        *finance_tables({}),
    )
    written = {table.model for table, _ in tables}
    assert written == set(Row.__subclasses__())
