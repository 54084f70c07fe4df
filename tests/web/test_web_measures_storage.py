"""Definitions and figures go into the database with the plan and come out as they went in."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from measures_sample import ALCOHOL, ELSEWHERE, HOME, PROBLEM, QUITS, ROWS, WAITS, load_measured, make_book
from web_sample import FINDINGS, make_plan

from strategies import SOME_WORDS, WORDS
from trigpoint.errors import InputError
from trigpoint.measures.book.book import Actual, Aim, AimKind, MeasureBook, Rebase, Status
from trigpoint.measures.definitions.definition import (
    ControlChart,
    DatedStandard,
    Definition,
    Example,
    PeriodType,
    Statistic,
    Suppression,
)
from trigpoint.places.register import Places
from trigpoint.plans.model import Comparator
from trigpoint.plans.workspace import Workspace
from trigpoint.web.audit.models import Event
from trigpoint.web.dashboards.codec import tables_of
from trigpoint.web.dashboards.models import Actual as ActualRow
from trigpoint.web.dashboards.store import attached_to, problems_of, read_book
from trigpoint.web.register import store
from trigpoint.web.register.models import Edition
from trigpoint.web.register.services import Outcome, load_workspace

DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=3) | st.sampled_from(
    [Decimal("2.0"), Decimal("-0"), Decimal("1E+3"), Decimal("123456789012345678901234567890.5")]
)
MAYBE = st.none() | DECIMALS
ACTUALS = st.builds(
    Actual, SOME_WORDS, SOME_WORDS, SOME_WORDS, MAYBE, MAYBE, MAYBE, WORDS, st.sampled_from(Status), WORDS,
    st.none() | st.dates(), WORDS, st.booleans(),
)  # fmt: skip
AIMS = st.builds(
    Aim, SOME_WORDS, SOME_WORDS, st.sampled_from(AimKind), WORDS, MAYBE, MAYBE, MAYBE, WORDS, WORDS, WORDS, WORDS,
    st.booleans(),
)  # fmt: skip
REBASES = st.builds(Rebase, SOME_WORDS, SOME_WORDS, SOME_WORDS, SOME_WORDS, WORDS, st.none() | st.dates())
STANDARDS = st.builds(
    DatedStandard, st.sampled_from(Comparator), MAYBE, WORDS, WORDS, st.none() | st.dates(), st.none() | st.dates(),
    WORDS, WORDS, st.booleans(),
)  # fmt: skip
DEFINITIONS = st.builds(
    Definition,
    SOME_WORDS,
    SOME_WORDS,
    SOME_WORDS,
    st.sampled_from(Statistic),
    st.sampled_from(PeriodType),
    level=st.sampled_from([0.95, 0.998, 0.1]),
    suppression=st.builds(Suppression, st.integers(0, 9), st.integers(0, 5)),
    standards=st.lists(STANDARDS, max_size=2).map(tuple),
    spc=st.builds(ControlChart, screening=st.none() | st.booleans()),
    examples=st.lists(st.builds(Example, DECIMALS, MAYBE, MAYBE), max_size=2).map(tuple),
    tags=st.lists(WORDS, max_size=3).map(tuple),
)


def _rows(kind: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(kind, max_size=3).map(tuple)


BOOKS = st.builds(MeasureBook, _rows(DEFINITIONS), _rows(ACTUALS), _rows(AIMS), _rows(REBASES))


def _same(one: MeasureBook, other: MeasureBook) -> None:
    for name in ("definitions", "actuals", "aims", "rebases"):
        assert getattr(one, name) == getattr(other, name), name
        assert repr(getattr(one, name)) == repr(getattr(other, name)), "equal decimals may differ in their digits"


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(BOOKS)
def test_every_book_comes_back_equal(db: None, book: MeasureBook) -> None:
    from django.db import transaction

    with transaction.atomic():
        edition = load_workspace(Workspace(make_plan()), by=None, attached=tables_of(book)).edition
        _same(read_book(edition, Places()), book)
        transaction.set_rollback(True)


@pytest.fixture
def measured(db: None) -> Edition:
    return load_measured()


def _register() -> Places:
    return Workspace(make_plan(), ROWS).register()


def test_the_sample_comes_back_with_the_places_that_the_plan_does_not_hold(measured: Edition) -> None:
    book = read_book(measured, _register())
    _same(book, make_book())
    assert book.places["RXX"] == ELSEWHERE
    assert [place.code for place in book.places] == [*(row.code for row in ROWS), "RXX"]
    assert problems_of(measured) == (PROBLEM,)


def test_plan_and_figures_are_one_event(measured: Edition) -> None:
    assert [event.action for event in Event.objects.all()] == ["plan added"]


def test_loading_the_same_figures_again_changes_nothing(measured: Edition) -> None:
    space = Workspace(make_plan(), ROWS)
    tables = tables_of(make_book(), (PROBLEM,), space.register())
    again = load_workspace(space, by=None, findings=FINDINGS, attached=tables)
    assert again.outcome is Outcome.UNCHANGED
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda book: replace(book, actuals=book.actuals[1:]),
        lambda book: replace(book, aims=()),
        lambda book: replace(book, rebases=(replace(book.rebases[0], reason="Another"),)),
        lambda book: replace(book, definitions=(replace(WAITS, level=0.99), QUITS, ALCOHOL)),
    ],
    ids=["an actual less", "no aims", "another reason", "another level"],
)
def test_changed_figures_are_a_new_revision(measured: Edition, change) -> None:
    book = change(make_book())
    space = Workspace(make_plan(), ROWS)
    tables = tables_of(book, (PROBLEM,), space.register())
    loaded = load_workspace(space, by=None, findings=FINDINGS, attached=tables)
    assert (loaded.outcome, loaded.edition.revision) == (Outcome.REPLACED, 2)
    _same(read_book(loaded.edition, _register()), book)


def test_a_plan_loaded_without_figures_leaves_none_behind(measured: Edition) -> None:
    loaded = load_workspace(Workspace(make_plan(), ROWS), by=None)
    assert not read_book(loaded.edition, Places()).actuals
    assert not ActualRow.objects.exists()


def test_what_an_edition_carries_on_is_what_it_had(measured: Edition) -> None:
    space = Workspace(replace(make_plan(), notice="Corrected."), ROWS)
    loaded = load_workspace(space, by=None, attached=attached_to(measured))
    assert loaded.outcome is Outcome.REPLACED
    book = read_book(loaded.edition, _register())
    _same(book, make_book())
    assert book.places["RXX"] == ELSEWHERE
    assert problems_of(loaded.edition) == (PROBLEM,)


def test_a_failure_leaves_the_figures_as_they_were(measured: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the record cannot be written")

    monkeypatch.setattr("trigpoint.web.register.services.record", fail)
    with pytest.raises(RuntimeError):
        load_workspace(Workspace(make_plan(), ROWS), by=None)
    _same(read_book(measured, _register()), make_book())


@pytest.mark.parametrize("text", ["A\x00B", "\ud800"])
def test_what_no_database_can_keep_is_refused(db: None, text: str) -> None:
    book = MeasureBook((WAITS,), (Actual("ae-4-hour", HOME, "2026-01", note=text),))
    with pytest.raises(InputError, match="row 1 of the plan's actuals holds a character"):
        load_workspace(Workspace(make_plan()), by=None, attached=tables_of(book))
    assert not Edition.objects.exists()


# --- from a folder into the database and back


def _workspace(folder: Path) -> Path:
    from trigpoint.measures.book.writing import write_book
    from trigpoint.plans.workspace import write_workspace

    space = Workspace(make_plan(), ROWS)
    write_workspace(space, folder)
    book = make_book()
    known = tuple(row for row in book.actuals if row.place != "RXX")
    write_book(replace(book, actuals=known, places=space.register()), folder)
    return folder


def _load(folder: Path) -> Edition:
    from trigpoint.plans.workspace import read_workspace
    from trigpoint.web import server

    return server.load(read_workspace(folder), today=date(2026, 11, 30), folder=folder).edition


def test_a_folder_comes_back_as_the_same_files(db: None, tmp_path: Path) -> None:
    from trigpoint.measures.book.writing import write_book
    from trigpoint.plans.workspace import write_workspace

    before = _workspace(tmp_path / "before")
    edition, after = _load(before), tmp_path / "after"
    space = store.read_workspace(edition)
    write_workspace(space, after)
    write_book(read_book(edition, space.register()), after)
    files = {path.relative_to(before): path.read_bytes() for path in before.rglob("*") if path.is_file()}
    found = {path.relative_to(after): path.read_bytes() for path in after.rglob("*") if path.is_file()}
    assert {name for name in files if name.parts[0] == "measurement"} >= {Path("measurement/actuals.csv")}
    assert found == files
    assert _load(after).pk == edition.pk
    assert _load(after).revision == 1


def test_a_wrong_row_is_left_out_and_told(db: None, tmp_path: Path) -> None:
    folder = _workspace(tmp_path / "plan")
    path = folder / "measurement" / "actuals.csv"
    lines = path.read_text("utf-8").splitlines()
    lines[3] = lines[3].replace("ae-4-hour", "ae-5-hour")
    path.write_text("\n".join(lines), "utf-8")
    edition = _load(folder)
    assert len(problems_of(edition)) == 1
    assert "actuals.csv, line 4" in problems_of(edition)[0]
    assert len(read_book(edition, _register()).actuals) == len(lines) - 2


def test_the_content_of_a_definition_is_its_own_json(measured: Edition) -> None:
    from trigpoint.web.dashboards.models import Definition as DefinitionRow

    row = DefinitionRow.objects.get(key="ae-4-hour")
    assert json.loads(row.content)["standards"][0]["value"] == "95"


# --- the commands, in a process of their own


def test_load_tells_what_it_leaves_out_and_export_gives_the_rest_back(database: Path, tmp_path: Path) -> None:
    from test_web_commands import run

    folder = _workspace(tmp_path / "plan")
    path = folder / "measurement" / "actuals.csv"
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[-1].replace("alcohol-admissions", "alcohol-admision")]) + "\n", "utf-8")
    loaded = run("load", folder, "--database", database)
    assert loaded.returncode == 0
    assert loaded.stdout.startswith("Added: plan 1")
    assert loaded.stderr.count("\n") == 1
    assert f"actuals.csv, line {len(lines) + 1}" in loaded.stderr
    told = json.loads(run("load", folder, "--database", database, "--json").stdout)
    assert (told["outcome"], len(told["problems"])) == ("unchanged", 1)
    exported = run("export", "--database", database, "--into", tmp_path / "again")
    assert (exported.returncode, exported.stderr) == (0, "")
    again = (tmp_path / "again" / "measurement" / "actuals.csv").read_text("utf-8").splitlines()
    assert again == lines
