"""`trigpoint activity nhp`: a scenario on tables in files, as it is run from Python."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
import typer
from typer.testing import CliRunner, Result

from trigpoint.activity.nhp.run import run_nhp
from trigpoint.activity.records.nhp_files import read_baseline, read_scenario
from trigpoint.activity.records.nhp_shape import nhp_trust
from trigpoint.cli.activity import register
from trigpoint.errors import InputError

SCENARIO = {
    "start_year": 2023, "end_year": 2035, "model_runs": 8, "seed": 3, "mood": 1,
    "non-demographic_adjustment": {"values": {"aae": {"walk-in": [1.0, 1.02]}}},
    "activity_avoidance": {"ip": {"falls_related_admissions": {"interval": [0.8, 0.9]}}},
    "efficiencies": {"ip": {"general_los_reduction_emergency": {"type": "all", "interval": [0.84, 0.86]}}},
}  # fmt: skip
NAMES = ("inpatients", "outpatients", "emergencies", "avoidance", "efficiencies")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("nhp")
    trust = nhp_trust(1, scale=0.01)
    for kind in ("parquet", "csv"):
        (made / kind).mkdir()
        for name in NAMES:
            table = getattr(trust, name)
            path = made / kind / f"{name}.{kind}"
            table.write_parquet(path) if kind == "parquet" else table.write_csv(path)
    (made / "params.json").write_text(json.dumps(SCENARIO), encoding="utf-8")
    return made


def run(*arguments: object) -> Result:
    app = typer.Typer()
    app.callback()(lambda: None)
    register(app)
    return CliRunner().invoke(app, ["activity", "nhp", *map(str, arguments)])


def refused(*arguments: object) -> str:
    result = run(*arguments)
    assert isinstance(result.exception, InputError), result.output
    return str(result.exception)


def test_the_command_gives_what_python_gives(folder: Path) -> None:
    told = json.loads(run(folder / "params.json", "--records", folder / "parquet", "--json").stdout)
    baseline, problems = read_baseline(folder / "parquet")
    scenario = read_scenario(folder / "params.json").parameters
    assert scenario is not None
    assert problems == ()
    assert told["activity"] == run_nhp(baseline, scenario).default().to_dicts()
    assert (told["runs"], told["seed"], told["end_year"]) == (8, 3, 2035)


def test_csv_and_parquet_are_the_same_and_workers_change_nothing(folder: Path) -> None:
    one = run(folder / "params.json", "--records", folder / "csv", "--json").stdout
    two = run(folder / "params.json", "--records", folder / "parquet", "--workers", 2, "--json").stdout
    assert json.loads(one) == json.loads(two)


def test_the_bridge_sums_to_the_totals(folder: Path) -> None:
    told = json.loads(run(folder / "params.json", "--records", folder / "parquet", "--json").stdout)
    for dataset, measure in (("aae", "walk-in"), ("ip", "beddays")):
        parts = sum(row["mean"] for row in told["bridge"] if (row["dataset"], row["measure"]) == (dataset, measure))
        whole = sum(row["mean"] for row in told["totals"] if row["measure"] == measure)
        assert parts == pytest.approx(whole, rel=1e-9)


def test_tables_notes_and_files(folder: Path, tmp_path: Path) -> None:
    result = run(folder / "params.json", "--records", folder / "parquet", "--runs", 4, "--csv", tmp_path / "p.csv",
                 "--tables", tmp_path / "out", "--until", 2030)  # fmt: skip
    assert result.exit_code == 0, result.output
    said = " ".join(result.stdout.split())
    for words in ("2030", "mood: not a key of this model", "In-patients: what makes the difference", "4 runs, seed 3"):
        assert words in said
    assert pl.read_parquet(tmp_path / "out" / "ip-default.parquet").height > 0
    assert (tmp_path / "p.csv").read_text(encoding="utf-8-sig").startswith("provider,pod,sitetret,measure")


def test_what_is_wrong_is_one_sentence(folder: Path, tmp_path: Path) -> None:
    scenario = folder / "params.json"
    assert "no such folder" in refused(scenario, "--records", tmp_path / "nowhere")
    assert "no table of inpatients" in refused(scenario, "--records", tmp_path)
    assert "no such file" in refused(tmp_path / "none.json", "--records", folder / "csv")
    assert "--runs 0" in refused(scenario, "--records", folder / "csv", "--runs", 0)
    assert "before the baseline" in refused(scenario, "--records", folder / "csv", "--until", 2000)
    (tmp_path / "inpatients.parquet").write_bytes(b"no table")
    assert "cannot be read as a table" in refused(scenario, "--records", tmp_path)
    (tmp_path / "ip.csv").write_text("rn\n1\n", encoding="utf-8")
    assert "is there twice" in refused(scenario, "--records", tmp_path)


def test_a_stray_table_is_told_and_passed_over(folder: Path, tmp_path: Path) -> None:
    for path in (folder / "csv").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "notes.csv").write_text("a\n1\n", encoding="utf-8")
    result = run(folder / "params.json", "--records", tmp_path, "--runs", 2)
    assert result.exit_code == 1
    assert "notes.csv" in result.stderr
