"""Finance files in the database: loss-less in and out, carried on by everything that makes a new edition, told where
wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from finance_sample import PROBLEM, ROWS, load_financed, make_member, make_texts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from web_sample import make_plan

from trigpoint.plans.workspace import Workspace
from trigpoint.web.activity import services as activity_services
from trigpoint.web.activity import store as activity_store
from trigpoint.web.finance import services, store
from trigpoint.web.finance.codec import tables_of
from trigpoint.web.finance.desk import model_of
from trigpoint.web.finance.loading import export_folder, tables_of_folder
from trigpoint.web.proposals.services import propose
from trigpoint.web.register.models import Edition
from trigpoint.web.register.services import Outcome, load_workspace

NAMES = st.from_regex(r"[a-z]{1,8}\.(csv|toml)", fullmatch=True)
TEXTS = st.dictionaries(NAMES, st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",))), max_size=4)


@pytest.fixture
def financed(db: None) -> Edition:
    return load_financed()


def write(folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        path = folder / "finance" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS, st.lists(st.just("One."), max_size=2))
def test_whatever_the_files_hold_comes_back_equal(db: None, texts: dict[str, str], problems: list[str]) -> None:
    from django.db import transaction

    with transaction.atomic():
        edition = load_workspace(Workspace(make_plan()), by=None, attached=tables_of(texts, problems)).edition
        assert store.read_files(edition) == store.Files(texts, tuple(problems))
        assert store.has_finance(edition) is bool(texts)
        transaction.set_rollback(True)


def test_a_workspace_goes_in_and_comes_out_the_same(db: None, tmp_path: Path) -> None:
    write(tmp_path / "in", make_texts())
    edition = load_workspace(Workspace(make_plan(), ROWS), by=None, attached=tables_of_folder(tmp_path / "in")).edition
    assert export_folder(edition, tmp_path / "out") == len(make_texts())
    for path in (tmp_path / "in" / "finance").rglob("*.*"):
        assert (tmp_path / "out" / path.relative_to(tmp_path / "in")).read_bytes() == path.read_bytes()
    again = load_workspace(Workspace(make_plan(), ROWS), by=None, attached=tables_of_folder(tmp_path / "out"))
    assert again.outcome is Outcome.UNCHANGED


def test_a_workspace_without_the_folder_has_no_finance(db: None, tmp_path: Path) -> None:
    edition = load_workspace(Workspace(make_plan()), by=None, attached=tables_of_folder(tmp_path)).edition
    assert not store.has_finance(edition)
    assert export_folder(edition, tmp_path) == 0
    assert not (tmp_path / "finance").exists()


def test_what_is_wrong_at_loading_is_kept_and_told_and_the_rest_is_read(db: None, tmp_path: Path) -> None:
    write(tmp_path, make_texts(risks="id,name,year,kind,value,probability\nr,Risk,2026/27,risk,100,140%\n"))
    (tmp_path / "finance" / "gates.csv").write_bytes(b"scheme,gate\n\xff\xfe\x00")
    edition = load_workspace(Workspace(make_plan()), by=None, attached=tables_of_folder(tmp_path)).edition
    problems = store.problems_of(edition)
    assert any("gates.csv" in text for text in problems)
    assert any("risks.csv" in text and "140%" in text for text in problems)
    book = model_of(edition).book
    assert book is not None
    assert len(book.schemes) == 3


def test_a_change_of_one_file_is_a_new_revision(financed: Edition) -> None:
    tables = tables_of(make_texts(gates="scheme,gate,decision\nfront-door,outline,passed\n"), (PROBLEM,))
    loaded = load_workspace(Workspace(make_plan(), ROWS), by=None, attached=tables)
    assert (loaded.outcome, loaded.edition.revision) == (Outcome.REPLACED, 2)
    book = model_of(loaded.edition).book
    assert book is not None
    assert len(book.gates) == 1


def test_an_edition_that_takes_its_place_carries_the_finance_on(financed: Edition) -> None:
    space = Workspace(replace(make_plan(), edition="Second"), ROWS)
    loaded = load_workspace(space, by=None, attached=store.attached_to(financed))
    assert loaded.edition.pk != financed.pk
    assert store.read_files(loaded.edition) == store.Files(dict(sorted(make_texts().items())), (PROBLEM,))


def test_accepting_one_model_loses_nothing_of_the_other(db: None) -> None:
    pods = "code,name\nEL,Elective\n"
    edition = load_financed(activity={"settings.toml": 'base_year = "2025/26"\n', "pods.csv": pods})
    member = make_member(edition)
    ours, theirs = store.read_files(edition).texts, activity_store.read_files(edition).texts
    sent = propose(
        services.TEMPLATES, edition, name="a.xlsx", data=b"a", texts={"gates.csv": "scheme,gate,decision\n"}, by=member
    )
    services.accept(sent, by=member)
    edition.refresh_from_db()
    assert activity_store.read_files(edition).texts == theirs
    assert store.read_files(edition).texts == ours | {"gates.csv": "scheme,gate,decision\n"}
    other = propose(
        activity_services.TEMPLATES, edition, name="b.xlsx", data=b"b", texts={"pods.csv": "code\nEL\n"}, by=member
    )
    activity_services.accept(other, by=member)
    edition.refresh_from_db()
    assert activity_store.read_files(edition).texts == theirs | {"pods.csv": "code\nEL\n"}
    assert store.read_files(edition).texts == ours | {"gates.csv": "scheme,gate,decision\n"}
