"""What the server's command line says and does about imports, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from test_web_commands import environment, run
from web_sample import make_plan

from trigpoint.plans.workspace import write_plan

# As the page would keep them: one upload long ago, one today.
SEND = """
import sys
from datetime import timedelta
from pathlib import Path
from trigpoint.web import server
server.prepare(Path(sys.argv[1]))
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from trigpoint.web.accounts.models import Organisation, User
from trigpoint.web.intake import services, worker
from trigpoint.web.intake.models import Upload
worker.Worker.wake = lambda self: None
user, owner = User.objects.get(), Organisation.objects.get()
for name in ("old.docx", "new.docx"):
    services.upload(file=SimpleUploadedFile(name, b"words"), organisation=owner, of=None, by=user)
Upload.objects.filter(name="old.docx").update(at=timezone.now() - timedelta(days=100))
"""
PASSWORD = "a long enough phrase\n"


@pytest.fixture
def loaded(database: Path, tmp_path: Path) -> Path:
    """The database with a plan in it."""
    write_plan(make_plan(), tmp_path / "plan")
    assert run("load", tmp_path / "plan", "--database", database).returncode == 0
    return database


def add_importer(database: Path) -> subprocess.CompletedProcess[str]:
    return run(
        "adduser", "planner@icb.example", "--organisation", "NHS Example ICB", "--role", "planner",
        "--database", database, given=PASSWORD,
    )  # fmt: skip


def test_a_person_is_given_a_role_and_may_be_given_another_later(loaded: Path) -> None:
    only_reads = run("adduser", "planner@icb.example", "--organisation", "NHS Example ICB", "--database", loaded,
                     given=PASSWORD)  # fmt: skip
    assert "can sign in and is viewer of" in only_reads.stdout
    told = add_importer(loaded)
    assert (told.returncode, told.stderr) == (0, "")
    assert "can sign in and is planner of" in told.stdout


def test_unfinished_uploads_are_listed_and_deleted_when_told(loaded: Path) -> None:
    add_importer(loaded)
    sent = subprocess.run(
        [sys.executable, "-c", SEND, str(loaded)], capture_output=True, text=True, check=False, env=environment()
    )
    assert (sent.returncode, sent.stderr) == (0, "")
    listed = run("clear-imports", "--database", loaded)
    assert "Untouched: old.docx (NHS Example ICB), uploaded " in listed.stdout
    assert "new.docx" not in listed.stdout
    deleted = json.loads(run("clear-imports", "--database", loaded, "--delete", "--json").stdout)
    assert ([row["file"] for row in deleted["imports"]], deleted["deleted"]) == (["old.docx"], True)
    again = run("clear-imports", "--database", loaded)
    assert again.stdout == "Every upload was finished, or touched in the last 90 days.\n"


def test_nothing_is_made_by_looking(tmp_path: Path) -> None:
    looked = run("clear-imports", "--database", tmp_path / "none.sqlite3")
    assert looked.returncode == 2
    assert "there is no such database" in looked.stderr
    assert not (tmp_path / "none.sqlite3").exists()
