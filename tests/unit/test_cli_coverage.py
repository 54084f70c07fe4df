"""`trigpoint coverage`: the table, the sentence, the JSON, and what is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from trigpoint.cli import coverage
from trigpoint.errors import InputError

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
DUDLEY = str(EXAMPLES / "dudley-2017-19")


@pytest.fixture
def app() -> typer.Typer:
    made = typer.Typer(rich_markup_mode=None)
    coverage.register(made)
    return made


def test_the_table_is_grouped_by_priority_and_ends_with_a_sentence(app: typer.Typer) -> None:
    result = CliRunner().invoke(app, [DUDLEY], env={"COLUMNS": "200"})
    assert result.exit_code == 0
    headings = [line for line in result.stdout.splitlines() if ": answered" in line or ": not answered" in line]
    assert len(headings) == 9
    assert headings[3].startswith("4 Urgent and emergency care: answered with a target")
    ending = " ".join(result.stdout.split("(named by the plan).")[1].split())
    assert ending.startswith("The plan answers all 9 priorities, 46 of 48 things they ask for and ")


def test_each_answer_names_its_objective_and_what_is_only_measured_says_so(app: typer.Typer) -> None:
    lines = CliRunner().invoke(app, [DUDLEY], env={"COLUMNS": "400"}).stdout.splitlines()
    waits = next(line for line in lines if "waits over 52 weeks" in line)
    assert "│ measured │" in " ".join(waits.split())
    assert "figures of o5-1: figures are entered for “rtt-52-weeks”" in waits
    assert any("trajectory of o5-1: its id is “rtt-18-weeks”" in line for line in lines)


def test_the_json_holds_every_match_with_its_reason(app: typer.Typer) -> None:
    result = CliRunner().invoke(app, [DUDLEY, "--json", "--year", "2018/19"])
    data = json.loads(result.stdout)
    assert (data["framework"], data["year"]) == ("nhs-2017-19", "2018/19")
    standards = {row["id"]: row for each in data["priorities"] for row in each["standards"]}
    assert "e-a-3-2017-18" not in standards
    row = standards["e-k-1-2-ccg"]
    assert row["answer"] == "answered with a target"
    assert row["targets"][0]["finding"] == "15 per million for 31 March 2019: as the standard of 10 to 15 per million"
    for each in standards.values():
        assert each["source"]
        assert all(one["why"] for one in each["evidence"])


def test_another_round_may_be_asked_for(app: typer.Typer) -> None:
    result = CliRunner().invoke(app, [str(EXAMPLES / "worcestershire-2016-17"), "--framework", "nhs-2016-17"])
    assert result.exit_code == 0
    assert "(asked for)" in result.stdout


@pytest.mark.parametrize("options", [["--framework", "nhs-1948"], ["--year", "2018"]])
def test_an_unknown_round_or_year_is_refused(app: typer.Typer, options: list[str]) -> None:
    result = CliRunner().invoke(app, [DUDLEY, *options])
    assert isinstance(result.exception, InputError)


def test_figures_that_could_not_be_read_are_told_and_the_rest_is_shown(app: typer.Typer, tmp_path: Path) -> None:
    copy = tmp_path / "plan"
    shutil.copytree(EXAMPLES / "worcestershire-2016-17", copy)
    (copy / "measurement").mkdir()
    (copy / "measurement" / "trajectories.csv").write_text(
        "indicator,place,kind,period,value,rule\nno-such-measure,05T,plan,2016/17,5,\n", encoding="utf-8"
    )
    result = CliRunner().invoke(app, [str(copy)])
    assert result.exit_code == 0
    assert "no-such-measure" in result.stderr
    assert "The plan answers" in result.stdout
