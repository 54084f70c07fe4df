"""`trigpoint activity`: wrong scenarios, peers in back-tests, rows kept, weights of methods, folders of CSV files."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from activity_workspace import made_workspace
from test_cli_activity import refused, run

BAD = 'name = "Bad"\n[[changes]]\nassumption = "triage"\nfield = "value"\nvalue = "many"\n'


@pytest.fixture
def with_bad(tmp_path: Path) -> Path:
    return made_workspace(tmp_path / "plan", **{"scenarios/bad__toml": BAD})


def test_a_scenario_that_cannot_be_made_is_left_out_of_a_comparison(with_bad: Path) -> None:
    result = run("compare", with_bad, "--json")
    assert result.exit_code == 1
    assert [one["id"] for one in json.loads(result.stdout)["scenarios"]] == ["", "slow"]
    assert result.stderr.count("the change of “triage”") == 1


@pytest.mark.parametrize("words", [("compare", "bad"), ("run", "--scenario", "bad")])
def test_nothing_is_run_in_the_place_of_a_scenario_that_cannot_be_made(with_bad: Path, words: tuple[str, ...]) -> None:
    command, *rest = words
    assert refused(command, with_bad, *rest).count("the change of “triage”") == 1


@pytest.mark.parametrize("words", [("compare", "slow"), ("run",), ("run", "--scenario", "slow")])
def test_faults_of_other_scenarios_are_told_and_change_no_exit_code(with_bad: Path, words: tuple[str, ...]) -> None:
    command, *rest = words
    result = run(command, with_bad, *rest)
    assert result.exit_code == 0
    assert result.stderr.count("the change of “triage”") == 1


def test_halves_are_printed_alike_in_every_table(tmp_path: Path) -> None:
    """31,250 × 1.02² is 32,512.5, which a sum of floating numbers may have as 32,512.499999999996."""
    totals = "provider,pod,outturn\nRNA,ae,31250\n"
    growth = "id,name,pod,value\nup,Up,ae,2%\n"
    plan = made_workspace(tmp_path / "plan", totals__csv=totals, growth__csv=growth, schemes__csv="id\n")
    (plan / "activity/scenarios/slow.toml").unlink()
    ran, explained = run("run", plan).stdout, run("explain", plan, "--pod", "ae").stdout
    assert "32,512" not in ran + explained
    bridge = ran[ran.index("what makes the difference") :]
    assert "32,513" in ran[: ran.index("what makes the difference")]
    assert "32,513" in bridge
    assert "+1,263" in bridge
    assert "+1,263" in explained
    assert "32,513" in explained


def test_a_folder_for_the_tables_is_made(tmp_path: Path) -> None:
    plan = made_workspace(tmp_path / "plan")
    result = run("run", plan, "--csv", f"{tmp_path / 'tables'}/")
    assert result.exit_code == 0, result.output
    assert {"series.csv", "bridge.csv", "schemes.csv"} <= {one.name for one in (tmp_path / "tables").iterdir()}
    assert "ends in .csv" in refused("run", plan, "--csv", tmp_path / "tables.txt")
    assert "its folder does not exist" in refused("run", plan, "--csv", tmp_path / "none" / "tables")
    assert "ends in .csv" in refused("compare", plan, "--csv", tmp_path / "elsewhere")


def test_a_workbook_tells_one_provider_once_and_no_digits_that_are_none(tmp_path: Path) -> None:
    """Elective is of RNA alone and stands once; A&E is of two providers, and in total as well."""
    file = tmp_path / "plan.xlsx"
    assert run("export", made_workspace(tmp_path / "plan"), "-o", file, "--at", "2017-03-31").exit_code == 0
    book = openpyxl.load_workbook(file, data_only=True)
    keys = [row[:2] for row in book["Do nothing"].iter_rows(min_row=6, max_col=2, values_only=True)]
    assert sorted(keys) == [("A&E", "RNA"), ("A&E", "RRK"), ("A&E", "all"), ("Elective", "RNA")]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, float)]
    assert len(cells) > 100
    assert all(cell.value == round(cell.value, 8) for cell in cells if "%" not in cell.number_format)


def test_explain_says_what_the_shape_of_months_is_made_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")  # so that words do not fold
    for folder, months in (("totals", False), ("months", True)):
        said = run("explain", made_workspace(tmp_path / folder, months=months), "--pod", "ae").stdout
        said = " ".join(said.split())
        assert ("Months of the past" in said) == months
        assert ("Days of each month" in said) != months
