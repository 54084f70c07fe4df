"""Starting the server where something is in the way: one sentence, exit code 2."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from trigpoint.errors import InputError
from trigpoint.web import server
from trigpoint.web.commands import _port


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {name: text for name, text in os.environ.items() if not name.startswith(("DATABASE_", "TRIGPOINT_"))}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "trigpoint.cli.main", *map(os.fspath, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=120)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    folder.mkdir()
    (folder / "plan.toml").write_text('format = 1\n[plan]\ntitle = "Fell"\norganisation = "Fell"\n', encoding="utf-8")
    return folder


@pytest.mark.parametrize("content", [b"", b"short", b"\x00" * 64, b"\xff" * 64])
def test_a_damaged_key_is_told_with_its_place(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret-key").write_bytes(content)
    with pytest.raises(InputError, match="secret-key: the key that signs sessions is damaged; delete it"):
        server._secret_key(tmp_path)


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    key = server._secret_key(tmp_path)
    assert server._secret_key(tmp_path) == key
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


def test_a_key_that_another_made_first_is_kept(tmp_path: Path) -> None:
    (tmp_path / "made").write_text("second", encoding="ascii")
    (tmp_path / "secret-key").write_text("first", encoding="ascii")
    server._put(tmp_path / "made", tmp_path / "secret-key")
    assert (tmp_path / "secret-key").read_text(encoding="ascii") == "first"


@pytest.mark.parametrize("text", ["9" * 5000, "-1", "65536", "٨٠", "", "1e3"])
def test_a_port_that_is_none(text: str) -> None:
    with pytest.raises(InputError, match="is no port"):
        _port(text)


@pytest.mark.parametrize("host", ["a" * 300, "a..b"])
def test_a_host_that_no_name_service_takes(host: str) -> None:
    with pytest.raises(InputError, match="is not known"):
        server.require_free(host, 8000)


def test_a_database_of_a_newer_version_is_left_alone(workspace: Path, tmp_path: Path) -> None:
    file = tmp_path / "plans.sqlite3"
    assert run("load", workspace, "--database", file).returncode == 0
    connection = sqlite3.connect(file)
    connection.execute(
        "insert into django_migrations (app, name, applied) values ('register', '9999_later', '2030-01-01')"
    )
    connection.commit()
    connection.close()
    done = run("load", workspace, "--database", file)
    assert done.returncode == 2
    assert "made by a newer Trigpoint" in done.stderr
    assert done.stderr.count("\n") == 1


def test_two_that_start_at_once_both_come_through(workspace: Path) -> None:
    environment = {name: text for name, text in os.environ.items() if not name.startswith(("DATABASE_", "TRIGPOINT_"))}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "trigpoint.cli.main", "load", str(workspace)]
    started = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) for _ in range(2)]
    assert [(each.communicate(timeout=120)[1], each.returncode) for each in started] == [("", 0), ("", 0)]


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2200-01-01"])
def test_a_day_at_the_end_of_the_calendar_is_a_bad_request(day: str) -> None:
    from django.core.exceptions import BadRequest

    from trigpoint.web.register.reading import date_asked

    with pytest.raises(BadRequest):
        date_asked(day)
