"""`trigpoint triangulate`: the shape that it prints, what it writes, settings and waivers, and what it refuses."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import trigpoint.cli.main as program
from triangulation_books import HEADINGS, MECHANISMS, YEARS
from trigpoint.checks.elsewhere import OF_TRIANGULATION
from trigpoint.errors import InputError
from trigpoint.triangulation import default_tolerances, read_options, read_tolerances, triangulation_rules

PLAN = 'format = 1\n\n[plan]\ntitle = "A plan"\norganisation = "A place"\nyears = ["2017/18", "2018/19"]\n'
CONTRACTS = "dgft,2017/18,05C,RNA,per-case,9700000,9900000,acute"
LINES = "dgft,el,Elective,9700,1000,yes"
ACTIVITY = {
    "settings.toml": 'base_year = "2016/17"\nyears = ["2017/18", "2018/19"]\nnoise = false\n',
    "totals.csv": "provider,pod,outturn\nRNA,Elective,9510\n",
    "growth.csv": "id,pod,value\nelective,Elective,2%\n",
}
FINDING = {"rule", "severity", "line", "fragment", "message", "where"}
WHERE = {"first", "second", "difference", "tolerance", "unit", "first_from", "second_from"}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A plan with one contract, which the provider values at £0.2m more."""
    folder = tmp_path / "plan"
    (folder / "finance" / "mechanisms").mkdir(parents=True)
    (folder / "activity").mkdir()
    (folder / "plan.toml").write_text(PLAN, encoding="utf-8")
    finance = {"settings.toml": YEARS, "mechanisms/per-case.toml": MECHANISMS["per-case"]}
    for name, rows in (("contracts", CONTRACTS), ("contract_lines", LINES)):
        finance[f"{name}.csv"] = f"{HEADINGS[name]}\n{rows}\n"
    for part, texts in (("finance", finance), ("activity", ACTIVITY)):
        for name, text in texts.items():
            (folder / part / name).write_text(text, encoding="utf-8")
    return folder


Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    if not program.app.registered_commands:
        program._gather()

    def invoke(*arguments: object) -> Result:
        asked = [str(one) for one in ("triangulate", *arguments, "--draws", "20")]
        return CliRunner().invoke(program.app, asked)

    return invoke


def _json(run: Run, *arguments: object) -> tuple[int, dict[str, Any]]:
    made = run(*arguments, "--json")
    return made.exit_code, json.loads(made.stdout)


def test_triangulation_prints_findings_in_the_shape_of_check(run: Run, workspace: Path) -> None:
    code, told = _json(run, workspace)
    assert code == 1
    assert set(told) == {"findings", "summary", "waived"}
    assert set(told["summary"]) == {"verdict", "counts", "objections", "beyond"}
    assert set(told["summary"]["counts"]) == {"error", "warning", "info", "waived"}
    for finding in told["findings"]:
        assert set(finding) == FINDING
        assert set(finding["where"]) >= WHERE
        assert all(isinstance(value, str) for value in finding["where"].values())
    contract = next(one for one in told["findings"] if one["rule"] == "CONTRACT_VALUE")
    assert contract["severity"] == "error"
    assert contract["line"] == 2
    assert contract["where"] == {
        "file": "finance/contracts.csv", "item": "dgft", "first": "9700000", "second": "9900000",
        "difference": "-200000", "tolerance": "1000", "unit": "gbp",
        "first_from": "finance/contracts.csv, line 2, column commissioner_gbp",
        "second_from": "finance/contracts.csv, line 2, column provider_gbp",
    }  # fmt: skip
    assert re.fullmatch(r"[0-9]+ pairs of figures were compared: [0-9]+ agrees?, [0-9]+ do(es)? not\.",
                        told["summary"]["verdict"])  # fmt: skip
    concern = told["summary"]["objections"][0]
    assert set(concern) == {"topic", "severity", "count", "sentence", "first", "who", "worst"}


def test_triangulation_says_in_words_what_it_found_and_what_agrees(run: Run, workspace: Path) -> None:
    made = run(workspace, "--all")
    assert made.exit_code == 1
    said = " ".join(made.stdout.split())
    assert "pairs of figures were compared" in said
    assert "What agrees" in said
    assert "trigpoint triangulate --explain CONTRACT_VALUE" in said


def test_triangulation_writes_every_comparison_as_csv(run: Run, workspace: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.csv"
    run(workspace, "--csv", file)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        told = [row[name] for row in csv.DictReader(lines) for name in ("first", "second", "difference", "tolerance")]
    assert any(each.startswith("-") for each in told)
    assert all(float(each) is not None and len(each) < 25 for each in told if each)  # numbers, not text with a quote
    rows = list(csv.DictReader(StringIO(file.read_text(encoding="utf-8-sig"))))
    assert {row["agrees"] for row in rows} == {"yes", "no"}
    differing = next(row for row in rows if row["rule"] == "CONTRACT_VALUE" and row["agrees"] == "no")
    assert (differing["first"], differing["second"], differing["unit"]) == ("9700000", "9900000", "gbp")


@pytest.mark.parametrize(("shape", "ending"), [("sarif", "sarif"), ("html", "html"), ("json", "json"), ("text", "txt")])
def test_triangulation_writes_all_formats_of_check(
    run: Run, workspace: Path, tmp_path: Path, shape: str, ending: str
) -> None:
    file = tmp_path / f"found.{ending}"
    assert run(workspace, "--format", shape, "-o", file).exit_code == 1
    text = file.read_text(encoding="utf-8")
    assert "CONTRACT_VALUE" in text
    if shape == "sarif":
        result = next(one for one in json.loads(text)["runs"][0]["results"] if one["ruleId"] == "CONTRACT_VALUE")
        address = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert address.endswith("plan/finance/contracts.csv")


@pytest.mark.parametrize("way", ["option", "file"])
def test_triangulation_accepts_what_the_workspace_or_an_option_accepts(run: Run, workspace: Path, way: str) -> None:
    asked: tuple[object, ...] = ("--rule", "contract-value")
    if way == "file":
        file = workspace / "finance" / "tolerances.toml"
        file.write_text('[tolerances]\nCONTRACT_VALUE = "£0.2m"\n', encoding="utf-8")
    else:
        asked += ("--tolerance", "CONTRACT_VALUE=£200,000")
    code, told = _json(run, workspace, *asked)
    assert (code, told["findings"]) == (0, [])


def test_triangulation_keeps_settings_and_waivers_of_the_workspace_and_check_leaves_them_alone(
    run: Run, workspace: Path
) -> None:
    (workspace / "waivers.csv").write_text(
        "rule,item,fragment,reason,by,on\nCONTRACT_VALUE,dgft,,Arbitration in May,Finance lead,2199-01-01\n"
        "CONTRACT_VALUE,other,,Matches nothing,Finance lead,2199-01-01\n",
        encoding="utf-8",
    )
    _, told = _json(run, workspace, "--rule", "CONTRACT_VALUE")
    assert [one["waiver"]["reason"] for one in told["waived"]] == ["Arbitration in May"]
    assert [one["rule"] for one in told["findings"]] == ["UNUSED_WAIVER"]
    assert run(workspace, "--format", "sarif").exit_code in (0, 1)
    assert run(workspace, "--format", "html").exit_code in (0, 1)
    checked = CliRunner().invoke(program.app, ["check", str(workspace), "--json"])
    assert "UNUSED_WAIVER" not in {one["rule"] for one in json.loads(checked.stdout)["findings"]}
    (workspace / "plan.toml").write_text(f'{PLAN}\n[checks]\nCONTRACT_VALUE = "info"\n', encoding="utf-8")
    (workspace / "waivers.csv").unlink()
    code, told = _json(run, workspace, "--rule", "CONTRACT_VALUE")
    assert (code, [one["severity"] for one in told["findings"]]) == (0, ["info"])
    assert CliRunner().invoke(program.app, ["check", str(workspace), "--json"]).exit_code in (0, 1)


def test_triangulation_of_a_part_that_cannot_be_read_tells_it_and_goes_on(run: Run, workspace: Path) -> None:
    with (workspace / "finance" / "contracts.csv").open("a", encoding="utf-8") as file:
        file.write("dgft-2,2017/18,05C,RNA,per-case,much,,acute\n")
    made = run(workspace, "--rule", "CONTRACT_VALUE", "--tolerance", "CONTRACT_VALUE=£1m", "--json")
    assert made.exit_code == 1
    assert "contracts.csv, line 3" in made.stderr
    assert json.loads(made.stdout)["summary"]["counts"]["error"] == 0


REFUSED = [
    (("nowhere",), "there is no such folder"),
    (("{}", "--rule", "SPELLING"), "there is no rule of triangulation called"),
    (("{}", "--tolerance", "CONTRACT_VALUE"), "names no amount"),
    (("{}", "--tolerance", "CONTRACT_VALEU=5%"), "did you mean CONTRACT_VALUE?"),
    (("{}", "--tolerance", "CONTRACT_VALUE=much"), "is no amount"),
    (("{}", "--tolerance", "CONTRACT_VALUE=-5%"), "is no amount"),
    (("{}", "--scenario", "late"), "there is no scenario"),
    (("{}/finance/mechanisms",), "this folder has no plan.toml"),
]


@pytest.mark.parametrize(("asked", "said"), REFUSED)
def test_triangulation_refuses_in_one_sentence(run: Run, workspace: Path, asked: tuple[str, ...], said: str) -> None:
    made = run(*(one.format(workspace) for one in asked))
    assert isinstance(made.exception, InputError)
    assert said in str(made.exception)


def test_triangulation_lists_and_explains_its_rules(run: Run) -> None:
    listed = json.loads(run("--rules", "--json").stdout)["rules"]
    assert {row["rule"] for row in listed} == {rule.id for rule in triangulation_rules()}
    assert "Remedy" in run("--explain", "scheme-activity").stdout


def test_the_checks_know_the_ids_of_triangulation() -> None:
    assert {rule.id for rule in triangulation_rules()} == OF_TRIANGULATION
    assert set(default_tolerances()) - {"printed"} == OF_TRIANGULATION


def test_tolerances_of_triangulation_are_read_as_people_write_them() -> None:
    said = {"CONTRACT_VALUE": "£1.5k", "GROWTH_MONEY": "1 point", "CONTRACT_ACTIVITY": {"of": "0.05"}}
    found = read_tolerances(said, "triangulation.toml")
    assert found["CONTRACT_VALUE"].gbp == 1500
    assert str(found["GROWTH_MONEY"].points) == "0.01"
    assert found["CONTRACT_ACTIVITY"].number == default_tolerances()["CONTRACT_ACTIVITY"].number
    assert read_options(("scheme start=2",))["SCHEME_START"].number == 2


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("--item", "dgft"), "Waived 1 finding of CONTRACT_VALUE"),
        (("--fragment", "£9.7m"), "Waived 1 finding of CONTRACT_VALUE"),
        (("--item", "nobody"), "trigpoint triangulate"),
        ((), "a waiver of a whole rule would hide the next mistake too"),
    ],
    ids=["item", "words", "matches nothing", "whole rule"],
)
def test_a_finding_of_triangulation_is_waived_by_the_command_of_all_waivers(
    run: Run, workspace: Path, asked: tuple[str, ...], told: str
) -> None:
    given = ["waive", str(workspace), "contract-value", *asked, "--reason", "Arbitration", "--by", "Finance lead"]
    made = CliRunner().invoke(program.app, given)
    assert told in made.output + str(made.exception)
    waived = [one["waiver"]["by"] for one in _json(run, workspace, "--rule", "CONTRACT_VALUE")[1]["waived"]]
    assert waived == (["Finance lead"] if told.startswith("Waived") else [])
