"""The command that compares two workspaces: exit codes, outputs, and what is left after a failure."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from trigpoint.cli.diff import register
from trigpoint.errors import InputError
from trigpoint.plans.model import Objective, Plan
from trigpoint.plans.workspace import write_plan

PLAN = Plan("Plan", "A system", ("2017/18",), objectives=(Objective("o1", "", "1", "Shorter waits"),))


@pytest.fixture
def folders(tmp_path: Path) -> tuple[str, str]:
    write_plan(PLAN, tmp_path / "before")
    write_plan(replace(PLAN, objectives=(Objective("o1", "", "1", "Shorter waits for all"),)), tmp_path / "after")
    return str(tmp_path / "before"), str(tmp_path / "after")


def run(*arguments: str) -> Result:
    app = typer.Typer()
    app.callback()(lambda: None)
    register(app)
    return CliRunner().invoke(app, ["diff", *arguments])


def test_no_difference_ends_with_0(folders: tuple[str, str]) -> None:
    result = run(folders[0], folders[0])
    assert result.exit_code == 0
    assert result.stdout.endswith("\nNo differences.\n")


def test_drafts_of_one_edition_are_told_apart_by_their_folders(folders: tuple[str, str]) -> None:
    before, after = folders
    assert run(before, after).stdout.splitlines()[0] == f"From Plan, {before} to Plan, {after}"


def test_differences_end_with_1(folders: tuple[str, str]) -> None:
    result = run(*folders)
    assert result.exit_code == 1
    assert "Re-worded: Shorter waits for all (o1)" in result.stdout


def test_json_alone_is_printed(folders: tuple[str, str]) -> None:
    result = run(*folders, "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["counts"] == {"re-worded": 1}


def test_a_page_is_written(folders: tuple[str, str], tmp_path: Path) -> None:
    assert run(*folders, "--html", str(tmp_path / "changes.html")).exit_code == 1
    assert "What changed" in (tmp_path / "changes.html").read_text(encoding="utf-8")


def test_a_folder_that_is_no_workspace_cannot_be_compared(folders: tuple[str, str], tmp_path: Path) -> None:
    result = run(folders[0], str(tmp_path / "none"))
    assert isinstance(result.exception, InputError)


def test_a_page_that_cannot_be_written_says_so(folders: tuple[str, str], tmp_path: Path) -> None:
    result = run(*folders, "--html", str(tmp_path / "none" / "changes.html"))
    assert isinstance(result.exception, InputError)
    assert result.stdout == ""
