"""Activity files in the database: loss-less in and out, carried on, pooled where they are large, told where wrong."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from activity_sample import PROBLEM, ROWS, load_modelled, make_member, make_texts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from web_sample import make_plan

from trigpoint.activity.assumptions.scenario import Change, Scenario
from trigpoint.activity.book.reading import read_activity, read_texts
from trigpoint.errors import InputError
from trigpoint.plans.workspace import Workspace
from trigpoint.web.activity import pooling, services, store
from trigpoint.web.activity.codec import tables_of
from trigpoint.web.activity.desk import model_of
from trigpoint.web.activity.loading import export_folder, tables_of_folder
from trigpoint.web.activity.models import KeptForGood, ScenarioVersion
from trigpoint.web.audit.models import Event
from trigpoint.web.audit.services import first_broken
from trigpoint.web.register.models import Edition
from trigpoint.web.register.services import Outcome, load_workspace

NAMES = st.from_regex(r"[a-z]{1,8}\.(csv|toml)", fullmatch=True)
TEXTS = st.dictionaries(NAMES, st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",))), max_size=4)


@pytest.fixture
def modelled(db: None) -> Edition:
    return load_modelled()


def cells(rows: int = 40) -> bytes:
    """Pooled records with an attribute that something asks for and one that nothing does."""
    frame = pl.DataFrame(
        {
            "provider": ["RAA", "RBB"] * (rows // 2),
            "pod": ["A&E"] * rows,
            "hrg": [f"H{number}" for number in range(rows)],
            "weight": [float(number + 1) for number in range(rows)],
        }
    )
    made = io.BytesIO()
    frame.write_parquet(made)
    return made.getvalue()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS, st.none() | st.binary(max_size=200), st.lists(st.just("One."), max_size=2))
def test_whatever_the_files_hold_comes_back_equal(
    db: None, texts: dict[str, str], content: bytes | None, problems: list[str]
) -> None:
    from django.db import transaction

    with transaction.atomic():
        tables = tables_of(texts, content, problems)
        edition = load_workspace(Workspace(make_plan()), by=None, attached=tables).edition
        assert store.read_files(edition) == store.Files(texts, content, tuple(problems))
        assert store.has_activity(edition) is bool(texts)
        transaction.set_rollback(True)


def test_a_workspace_goes_in_and_comes_out_the_same(db: None, tmp_path: Path) -> None:
    for name, text in make_texts().items():
        path = tmp_path / "in" / "activity" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "in" / "activity" / "cells.parquet").write_bytes(cells())
    tables = tables_of_folder(tmp_path / "in")
    edition = load_workspace(Workspace(make_plan(), ROWS), by=None, attached=tables).edition
    assert export_folder(edition, tmp_path / "out") == len(make_texts()) + 1
    for path in (tmp_path / "in" / "activity").rglob("*.*"):
        assert (tmp_path / "out" / path.relative_to(tmp_path / "in")).read_bytes() == path.read_bytes()
    again = load_workspace(Workspace(make_plan(), ROWS), by=None, attached=tables_of_folder(tmp_path / "out"))
    assert again.outcome is Outcome.UNCHANGED


def test_a_workspace_without_the_folder_has_no_model(db: None, tmp_path: Path) -> None:
    edition = load_workspace(Workspace(make_plan()), by=None, attached=tables_of_folder(tmp_path)).edition
    assert not store.has_activity(edition)
    assert export_folder(edition, tmp_path) == 0
    assert not (tmp_path / "activity").exists()


def test_what_is_wrong_at_loading_is_kept_and_told(db: None, tmp_path: Path) -> None:
    folder = tmp_path / "activity"
    folder.mkdir()
    for name, text in make_texts(growth="id,name\nx,\n").items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "pods.csv").write_bytes(b"code,name\n\xff\xfe\x00")
    edition = load_workspace(Workspace(make_plan()), by=None, attached=tables_of_folder(tmp_path)).edition
    assert any("pods.csv" in text for text in store.read_files(edition).problems)


def test_a_change_of_one_file_is_a_new_revision(modelled: Edition) -> None:
    tables = tables_of(make_texts(pods="code,name\nA&E,Emergency\n"), None, (PROBLEM,))
    loaded = load_workspace(Workspace(make_plan(), ROWS), by=None, attached=tables)
    assert (loaded.outcome, loaded.edition.revision) == (Outcome.REPLACED, 2)
    assert model_of(loaded.edition).pods["A&E"] == "Emergency"


def test_an_edition_that_takes_its_place_carries_the_model_on(modelled: Edition) -> None:
    member = make_member(modelled)
    services.save_scenario(modelled, Scenario(name="Mine", without=("advice",)), by=member)
    space = Workspace(replace(make_plan(), edition="Second"), ROWS)
    loaded = load_workspace(space, by=None, attached=store.attached_to(modelled))
    assert loaded.edition.pk != modelled.pk
    model = model_of(loaded.edition)
    assert list(model.scenarios) == ["mine", "slow"]
    assert model.scenarios["mine"].without == ("advice",)
    assert store.read_files(loaded.edition).problems == (PROBLEM,)


def test_scenarios_made_on_the_pages_are_exported_and_read_back(modelled: Edition, tmp_path: Path) -> None:
    member = make_member(modelled)
    change = Change("front-door", "value", "9%")
    services.save_scenario(modelled, Scenario(name="Half, “as told”", note="Two\nlines", changes=(change,)), by=member)
    export_folder(modelled, tmp_path)
    reading = read_activity(tmp_path)
    assert reading.problems == ()
    assert reading.book is not None
    found = {each.id: each for each in reading.book.scenarios}
    assert found["half-as-told"].changes == (change,)
    assert (found["half-as-told"].note, found["half-as-told"].author) == ("Two\nlines", "Ros Role")


def test_a_scenario_is_kept_version_by_version(modelled: Edition) -> None:
    member = make_member(modelled)
    first = services.save_scenario(modelled, Scenario(name="Mine"), by=member, seen=0)
    second = services.save_scenario(modelled, Scenario(name="Mine", without=("flat",)), by=member, seen=1)
    assert (first.version, second.version) == (1, 2)
    assert [row.version for row in store.versions_of(modelled, "mine")] == [2, 1]
    with pytest.raises(services.NameTaken):
        services.save_scenario(modelled, Scenario(name="mine!"), by=member, seen=1)
    with pytest.raises(KeptForGood):
        second.save()
    with pytest.raises(KeptForGood):
        second.delete()
    services.withdraw_scenario(modelled, "mine", by=member)
    assert "mine" not in model_of(modelled).scenarios
    with pytest.raises(InputError):
        services.withdraw_scenario(modelled, "mine", by=member)
    assert services.save_scenario(modelled, Scenario(name="Mine"), by=member, seen=0).version == 4
    actions = [event.action for event in Event.objects.order_by("pk")][-4:]
    assert actions == [services.SAVED, services.SAVED, services.WITHDRAWN, services.SAVED]
    assert first_broken() is None


def test_a_scenario_of_the_files_is_superseded_by_one_of_its_name(modelled: Edition) -> None:
    member = make_member(modelled)
    services.save_scenario(modelled, Scenario(name="Slow", without=("flat",)), by=member, seen=0)
    assert model_of(modelled).scenarios["slow"].without == ("flat",)
    services.withdraw_scenario(modelled, "slow", by=member)
    assert "slow" not in model_of(modelled).scenarios
    assert "scenarios/slow.toml" not in store.exported(modelled).texts


@pytest.mark.parametrize("name", ["", "  ", "\n"])
def test_a_scenario_needs_a_name(modelled: Edition, name: str) -> None:
    with pytest.raises(InputError, match="no name"):
        services.save_scenario(modelled, Scenario(name=name), by=make_member(modelled))
    assert not ScenarioVersion.objects.exists()


def test_nothing_is_saved_where_the_record_cannot_be_written(
    modelled: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = make_member(modelled)

    def broken(*args: object, **more: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(services, "record", broken)
    with pytest.raises(RuntimeError):
        services.save_scenario(modelled, Scenario(name="Mine"), by=member)
    assert not ScenarioVersion.objects.exists()


def test_cells_are_pooled_to_what_the_model_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    book = read_texts(make_texts(), cells=cells()).book
    assert book is not None
    assert pooling.small_enough(cells(), book) == cells(), "what is small stays as it is, to the byte"
    monkeypatch.setattr(pooling, "MOST_CELLS", 10)
    pooled = pl.read_parquet(io.BytesIO(pooling.small_enough(cells(), book)))
    assert sorted(pooled.rows()) == [("RAA", "A&E", 400.0), ("RBB", "A&E", 420.0)]


def test_cells_that_stay_too_many_are_refused_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    book = read_texts(make_texts(), cells=cells()).book
    assert book is not None
    monkeypatch.setattr(pooling, "MOST_CELLS", 1)
    with pytest.raises(InputError, match="trigpoint activity run"):
        pooling.small_enough(cells(), book)
