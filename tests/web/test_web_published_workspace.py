"""Published files of a workspace in the database and back: the same observations, the same in force, the same words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from published_sample import NORTH, ambulance_csv, months
from web_sample import make_plan

from trigpoint.errors import InputError
from trigpoint.plans.workspace import Workspace
from trigpoint.releases.observation import KEY
from trigpoint.releases.reading import read_bytes
from trigpoint.releases.store import Store, open_store
from trigpoint.web import server
from trigpoint.web.accounts.models import Organisation
from trigpoint.web.audit.models import Event
from trigpoint.web.published.models import PublishedFile
from trigpoint.web.published.workspace import export_folder, load_folder
from trigpoint.web.register.services import load_workspace

FILES = {
    "folder/first.csv": ambulance_csv(months(3), extra="Z9"),
    "revised.csv": ambulance_csv(months(2), seconds={(2024, 1, "RX6"): 1_234}),
    "some.csv": ambulance_csv([(2024, 2), (2030, 1)], [NORTH], {(2024, 2, "RX6"): 4_321}),
}
ON = date(2026, 4, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = open_store(tmp_path / "before", create=True)
    for name, data in FILES.items():
        for read in read_bytes(data, name):
            store.add(read, ON)
    return tmp_path / "before"


@pytest.fixture
def owner(db: None) -> Organisation:
    return Organisation.objects.create(name="NHS Example ICB")


def said(store: Store) -> list[dict[str, object]]:
    kept = (
        "file", "digest", "release", "variant", "era", "title", "status", "published", "revised", "periods", "parts",
        "observations", "organisations", "rejected", "notes", "added_on", "whole", "beside", "superseded",
    )  # fmt: skip
    return [{name: getattr(held, name) for name in kept} for held in store.files]


def test_there_and_back_again_is_without_loss(folder: Path, owner: Organisation, tmp_path: Path) -> None:
    assert sum(load_folder(folder, owner).values()) == len(FILES)
    assert export_folder(owner, tmp_path / "after") == len(FILES)
    before, after = open_store(folder), open_store(tmp_path / "after")
    assert said(after) == said(before)
    assert after.observations().sort(KEY).equals(before.observations().sort(KEY))
    assert after.organisations().equals(before.organisations())


def test_a_file_that_was_removed_from_the_folder_leaves_no_trace(
    folder: Path, owner: Organisation, tmp_path: Path
) -> None:
    store = open_store(folder)
    store.remove(next(held.digest for held in store.files if held.file == "revised.csv"))
    load_folder(folder, owner)
    export_folder(owner, tmp_path / "after")
    before, after = open_store(folder), open_store(tmp_path / "after")
    assert after.observations().sort(KEY).equals(before.observations().sort(KEY))


def test_loading_again_changes_nothing(folder: Path, owner: Organisation) -> None:
    load_folder(folder, owner)
    events = Event.objects.count()
    assert load_folder(folder, owner) == {"unchanged": len(FILES)}
    assert Event.objects.count() == events
    assert PublishedFile.objects.first().on == ON


def test_a_plan_brings_its_published_files_along(folder: Path, db: None) -> None:
    edition = load_workspace(Workspace(make_plan()), by=None).edition
    assert sum(server.load_published(folder, edition).values()) == len(FILES)
    assert set(PublishedFile.objects.values_list("owner", flat=True)) == {edition.organisation_id}
    assert server.load_published(None, edition) == {}
    assert server.load_published(folder / "published", edition) == {}


def test_a_folder_that_lost_a_table_is_named(folder: Path, owner: Organisation) -> None:
    next(folder.rglob("*.parquet")).unlink()
    with pytest.raises(InputError, match="no longer in the workspace"):
        load_folder(folder, owner)


def test_a_release_that_is_no_longer_known_is_named(
    folder: Path, owner: Organisation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_folder(folder, owner)
    monkeypatch.setattr("trigpoint.web.published.workspace.known_releases", dict)
    with pytest.raises(InputError, match="ambulance"):
        export_folder(owner, tmp_path / "after")


def test_nothing_held_writes_nothing(owner: Organisation, tmp_path: Path) -> None:
    assert export_folder(owner, tmp_path / "after") == 0
    assert not (tmp_path / "after").exists()
