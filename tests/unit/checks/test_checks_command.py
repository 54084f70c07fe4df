"""`trigpoint check` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from trigpoint.cli.check import register
from trigpoint.errors import InputError
from trigpoint.plans.model import Milestone, Objective, Plan
from trigpoint.plans.workspace import write_plan

FAULTY = "Plan 2026/27\n\nIntentions for 2026/27 and 2026/27 are based on based on growth.\n"


def run(*arguments: str) -> Result:
    app = typer.Typer()
    register(app)
    return CliRunner().invoke(app, ["check", *arguments])


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(FAULTY, encoding="utf-8")
    return path


def test_json_is_all_there_is_on_the_output(document: Path) -> None:
    result = run(str(document), "--json")
    found = {row["rule"] for row in json.loads(result.stdout)["findings"]}
    assert {"DUPLICATE_YEAR", "DUPLICATE_WORD"} <= found
    assert result.exit_code == 1


def test_severity_narrows_what_is_printed_and_not_the_verdict(document: Path) -> None:
    result = run(str(document), "--json", "--severity", "error")
    assert {row["severity"] for row in json.loads(result.stdout)["findings"]} == {"error"}
    assert result.exit_code == 1


def test_text_closes_with_the_counts(document: Path) -> None:
    result = run(str(document))
    assert "DUPLICATE_YEAR" in result.stdout
    assert "plan.txt: 1 error, 1 warning" in result.stdout


def test_the_counts_are_of_all_that_was_found_not_of_what_is_shown(document: Path) -> None:
    told = run(str(document), "--severity", "error").stdout
    assert "DUPLICATE_WORD" not in told
    assert "plan.txt: 1 error, 1 warning, " in told


def test_markup_in_a_plan_is_printed_as_words(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("Plan 2026/27\n\nThe [red]bold bold[/red] plan.\n", encoding="utf-8")
    assert "bold bold" in run(str(path)).stdout


def test_sarif_of_a_document(document: Path) -> None:
    result = run(str(document), "--format", "sarif")
    assert json.loads(result.stdout)["version"] == "2.1.0"


def test_a_workspace_with_settings_and_waivers(tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    plan = Plan(
        "Plan", "A place", ("2026/27",), objectives=(Objective("o1", "", "1", "Better care"),),
        milestones=(Milestone("m1", "o1", "", "To be determined"), Milestone("m2", "o1", "", "TBC")),
    )  # fmt: skip
    write_plan(plan, folder)
    rows = [
        row for row in json.loads(run(str(folder), "--json").stdout)["findings"] if row["rule"] == "PLACEHOLDER_TEXT"
    ]
    assert [(row["where"]["file"], row["line"]) for row in rows] == [("milestones.csv", 2), ("milestones.csv", 3)]
    settings = '\n[checks]\nMISSING_OWNER = "off"\n'
    (folder / "plan.toml").write_text((folder / "plan.toml").read_text("utf-8") + settings, encoding="utf-8")
    (folder / "waivers.csv").write_text(
        "rule,item,fragment,reason,by,on\nPLACEHOLDER_TEXT,m1,,agreed,Director,2099-01-01\n", encoding="utf-8"
    )
    told = [row["rule"] for row in json.loads(run(str(folder), "--json").stdout)["findings"]]
    assert "MISSING_OWNER" not in told
    assert told.count("PLACEHOLDER_TEXT") == 1
    assert "UNUSED_WAIVER" not in told


def test_explain_and_list() -> None:
    assert "the same year" in run("--explain", "duplicate-year").stdout
    listed = json.loads(run("--rules", "--json").stdout)["rules"]
    assert {"rule", "severity", "family", "manual"} == set(listed[0])
    assert "DUPLICATE_YEAR" in run("--rules").stdout


@pytest.mark.parametrize("arguments", [(), ("no-such-file.txt",), ("--explain", "NO_SUCH_RULE")])
def test_what_cannot_be_done_is_said_in_a_sentence(arguments: tuple[str, ...]) -> None:
    error = run(*arguments).exception
    assert isinstance(error, InputError)
    assert str(error).endswith((".", "?"))
