"""The server's commands as people run them: in a process of their own."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from filecmp import dircmp
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from web_sample import make_plan

from trigpoint.plans.workspace import write_plan
from trigpoint.web import assets

RUN = "from trigpoint.cli.main import main; main()"
NEEDS_ASSETS = pytest.mark.skipif(
    not assets.STYLE_SHEET.is_file(), reason="the style sheets are not built (make assets)"
)


def environment() -> dict[str, str]:
    """That of a fresh shell: nothing of the test run's own settings."""
    return {key: value for key, value in os.environ.items() if not key.startswith(("TRIGPOINT", "DJANGO", "DATABASE"))}


def run(*arguments: object, given: str = "", before: str = "", **extra: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", before + RUN, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        input=given,
        env=environment() | extra,
    )


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "plan"
    write_plan(make_plan(), folder)
    return folder


def test_load_and_export_lose_nothing(workspace: Path, database: Path, tmp_path: Path) -> None:
    (workspace / "places.csv").write_text(
        "code,name,kind,parent,aliases,valid_from,valid_to,successor\nL1,North,locality,,N; Nth,2013-04-01,,\n"
    )
    loaded = run("load", workspace, "--database", database)
    assert (loaded.returncode, loaded.stderr) == (0, "")
    assert loaded.stdout.startswith("Added: plan 1, Operational plan 2026/27 (NHS Example ICB), 3 objectives, 5 deliv")
    exported = run("export", "--database", database, "--into", tmp_path / "again")
    assert (exported.returncode, exported.stderr) == (0, "")
    same = dircmp(workspace, tmp_path / "again")
    assert (same.left_only, same.right_only, same.funny_files) == ([], [], [])
    assert {name for name in same.diff_files if name != "places.csv"} == set()
    assert "N; Nth" in (tmp_path / "again" / "places.csv").read_text()


def test_loading_twice_says_unchanged(workspace: Path) -> None:
    assert json.loads(run("load", workspace, "--json").stdout)["outcome"] == "added"
    again = run("load", workspace, "--json")
    assert json.loads(again.stdout) == {
        "plan": 1,
        "outcome": "unchanged",
        "revision": 1,
        "title": "Operational plan 2026/27",
    }
    assert (workspace / ".trigpoint" / ".gitignore").read_text() == "*\n"
    assert (workspace / ".trigpoint" / "secret-key").stat().st_mode & 0o077 == 0


def test_export_asks_which_plan_is_meant(workspace: Path, database: Path, tmp_path: Path) -> None:
    run("load", workspace, "--database", database)
    write_plan(make_plan("Another ICB"), tmp_path / "second")
    run("load", tmp_path / "second", "--database", database)
    told = run("export", "--database", database, "--into", tmp_path / "out")
    assert told.returncode == 2
    assert told.stderr == (
        "say which plan is meant; use --plan with one of: 2 Operational plan 2026/27 (Another ICB); "
        "1 Operational plan 2026/27 (NHS Example ICB).\n"
    )
    assert run("export", "--database", database, "--plan", 2, "--into", tmp_path / "out").returncode == 0


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        yield held.getsockname()[1]


REFUSED = [
    ("no workspace", ["load", "{tmp}/none"], "there is no folder"),
    ("a port that is none", ["serve", "--port", "80000"], "“80000” is no port; use a number from 1 to 65535"),
    ("a port in words", ["serve", "--port", "http"], "“http” is no port"),
    (
        "a port in use",
        ["serve", "{workspace}", "--port", "{taken}"],
        "port {taken} is in use; choose another with --port",
    ),
    ("a demonstration for everybody", ["serve", "--demo", "--host", "0.0.0.0"], "only this machine may reach it"),
    ("a date that is none", ["serve", "--at", "tomorrow"], "“tomorrow” is no date; write it as 2017-11-30"),
    (
        "a host nobody knows",
        ["serve", "--host", "no.such.host.invalid"],
        "the host “no.such.host.invalid” is not known",
    ),
    (
        "no database to export from",
        ["export", "--database", "{tmp}/no.db", "--into", "{tmp}/x"],
        "there is no such database",
    ),
    ("a database that is none", ["load", "{workspace}", "--database", "{workspace}/plan.toml"], "cannot be used"),
    ("a folder that is none", ["load", "{workspace}", "--database", "{tmp}/no/a.db"], "there is no such folder"),
]


@pytest.mark.parametrize(("arguments", "told"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_cannot_be_done_is_one_sentence(
    workspace: Path, tmp_path: Path, taken_port: int, arguments: list[str], told: str
) -> None:
    names = {"tmp": tmp_path, "workspace": workspace, "taken": taken_port}
    before = sorted(path.name for path in tmp_path.rglob("*"))
    result = run(*(part.format(**names) for part in arguments))
    assert result.returncode == 2
    assert told.format(**names) in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert sorted(path.name for path in tmp_path.rglob("*")) == before, "nothing is left behind"


def test_without_the_server_part_one_is_told_what_to_install(workspace: Path) -> None:
    result = run("load", workspace, before="import sys; sys.modules['django'] = None\n")
    assert result.returncode == 2
    assert result.stderr == "this command needs the server part; install trigpoint[web].\n"


def test_without_style_sheets_one_is_told_how_to_build_them(workspace: Path) -> None:
    gone = "import trigpoint.web.assets as a, pathlib; a.STYLE_SHEET = pathlib.Path('/none')\n"
    result = run("serve", workspace, "--port", 0, before=gone)
    assert result.returncode == 2
    assert result.stderr == "the style sheets are not built; run `make assets` (needs node).\n"


@pytest.mark.parametrize("command", ["load", "export", "serve", "adduser"])
def test_help_has_an_example(command: str) -> None:
    told = run(command, "--help").stdout
    assert f"Example: trigpoint {command}" in " ".join(told.split())


def test_adding_a_person_from_a_pipe(workspace: Path, database: Path) -> None:
    run("load", workspace, "--database", database)
    given = ["adduser", "p@example.org", "--organisation", "NHS Example ICB", "--database", database]
    assert run(*given, given="a long enough phrase\n").stdout == (
        "p@example.org can sign in and is viewer of NHS Example ICB.\n"
    )


@contextmanager
def serving(*arguments: object) -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, "serve", *map(str, arguments), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    try:
        assert process.stdout
        line = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert found, line + (process.communicate()[1] if not line else "")
        yield found.group()
    finally:
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert errors == ""
    assert process.returncode in {0, 130}


@NEEDS_ASSETS
def test_demonstration_signs_in_and_shows_the_plan(workspace: Path, database: Path) -> None:
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    with serving(workspace, "--demo", "--at", "2026-10-01", "--database", database) as address:
        page = opener.open(f"{address}plans/1/").read().decode()
        assert "At 1 October 2026" in page
        assert "Demonstration" in page
        style = re.search(r'href="(/static/vendor/[^"]+\?v=[0-9a-f]{12})"', page)
        assert style
        sheet = opener.open(address.rstrip("/") + style[1])
        assert sheet.headers["Content-Type"].startswith("text/css")
        assert "max-age=31536000" in sheet.headers["Cache-Control"]


@NEEDS_ASSETS
def test_without_the_demonstration_nobody_is_let_in(workspace: Path, database: Path) -> None:
    with serving(workspace, "--database", database) as address:
        answer = urllib.request.urlopen(f"{address}plans/1/")
        assert "/sign-in/" in answer.url
        with pytest.raises(urllib.error.HTTPError, match="400"):
            urllib.request.urlopen(urllib.request.Request(address, headers={"Host": "elsewhere.example"}))


@NEEDS_ASSETS
def test_a_changed_workspace_is_loaded_when_served_again(workspace: Path) -> None:
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    with serving(workspace, "--demo") as address:
        assert "Urgent care" in opener.open(f"{address}plans/1/").read().decode()
    themes = workspace / "themes.csv"
    themes.write_text(themes.read_text().replace("Urgent care", "Emergency care"))
    with serving(workspace, "--demo") as address:
        page = opener.open(f"{address}plans/1/").read().decode()
    assert "Emergency care" in page
    assert "Urgent care" not in page


def test_the_demonstration_can_be_thrown_away(workspace: Path) -> None:
    run("load", workspace)
    shutil.rmtree(workspace / ".trigpoint")
    assert json.loads(run("load", workspace, "--json").stdout)["outcome"] == "added"
