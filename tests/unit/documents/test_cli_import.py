"""`trigpoint import` from outside: what it prints, what it writes, what it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from trigpoint.documents import interpret, read_document
from trigpoint.plans import read_plan

PLAN = (
    "Fell CCG Operational Plan 2017/18\n\n"
    "Priorities\tKey deliverables\t2017/18 actions\n"
    "Safer care\tA ward by June 2017\t1. Plan [it] 2. Build 50% of it\n"
)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    file = tmp_path / "plan.txt"
    file.write_text(PLAN, encoding="utf-8")
    return file


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "trigpoint.cli.main", "import", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


def test_the_summary_counts_and_lists_what_needs_a_decision(plan: Path) -> None:
    done = run(plan)
    assert done.returncode == 0, done.stderr
    assert "1 objective, 1 deliverable, 2 milestones" in done.stdout
    assert "Not found" in done.stdout
    assert "line 3: No table has a column for the lead" in done.stdout


def test_json_alone_is_on_stdout(plan: Path) -> None:
    done = run(plan, "--json")
    assert done.returncode == 0, done.stderr
    assert [row["text"] for row in json.loads(done.stdout)["milestones"]] == ["Plan [it]", "Build 50% of it"]
    assert done.stderr == ""


def test_into_writes_a_workspace_that_reads_back_the_same(plan: Path, tmp_path: Path) -> None:
    done = run(plan, "--into", tmp_path / "workspace")
    assert done.returncode == 0, done.stderr
    assert read_plan(tmp_path / "workspace") == interpret(read_document(plan)).plan


def test_into_an_existing_place_is_refused_and_nothing_is_changed(plan: Path, tmp_path: Path) -> None:
    place = tmp_path / "workspace"
    place.mkdir()
    (place / "mine.txt").write_text("mine", encoding="utf-8")
    done = run(plan, "--into", place)
    assert done.returncode == 2
    assert "trigpoint diff" in done.stderr
    assert [file.name for file in place.iterdir()] == ["mine.txt"]


def test_a_plan_without_a_title_is_called_by_its_file(tmp_path: Path) -> None:
    file = tmp_path / "winter.txt"
    file.write_text(PLAN.split("\n", 2)[2], encoding="utf-8")
    assert run(file, "--into", tmp_path / "workspace").returncode == 0
    assert read_plan(tmp_path / "workspace").title == "winter"


@pytest.mark.parametrize("more", [(), ("--into", "workspace")])
def test_prose_is_refused_with_the_reason(tmp_path: Path, more: tuple[str, ...]) -> None:
    file = tmp_path / "prose.txt"
    file.write_text("We met and talked.", encoding="utf-8")
    words = [tmp_path / word if word == "workspace" else word for word in more]
    done = run(file, *words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("prose.txt: this is no plan")
    assert [path.name for path in tmp_path.iterdir()] == ["prose.txt"]


def test_prose_with_json_is_the_empty_object(tmp_path: Path) -> None:
    file = tmp_path / "prose.txt"
    file.write_text("We met and talked.", encoding="utf-8")
    done = run(file, "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["objectives"] == []


@pytest.mark.parametrize(("data", "said"), [(b"", "empty"), (b"PK\x03\x04", "Word"), (b"a\x00b", "not text")])
def test_a_file_that_is_no_text_is_one_sentence(tmp_path: Path, data: bytes, said: str) -> None:
    file = tmp_path / "bad.txt"
    file.write_bytes(data)
    done = run(file)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    done = run(tmp_path / "none.txt")
    assert done.returncode == 2
    assert "no such file" in done.stderr


def test_help_has_an_example() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert "Example: trigpoint import" in " ".join(done.stdout.split())
