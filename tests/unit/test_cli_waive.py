"""`trigpoint waive`: what it writes, and what it refuses."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from trigpoint.cli.check import register
from trigpoint.errors import InputError
from trigpoint.plans.model import Milestone, Objective, Plan
from trigpoint.plans.workspace import read_workspace, write_plan

PLAN = Plan(
    "Plan", "A place", ("2026/27",), objectives=(Objective("o1", "", "1", "Better care"),),
    milestones=(Milestone("m1", "o1", "", "TBC"), Milestone("m2", "o1", "", "TBC")),
)  # fmt: skip
SIGNED = ("--reason", "Agreed with the Board", "--by", "Planning lead")


def run(*arguments: str | Path) -> Result:
    app = typer.Typer()
    register(app)
    return CliRunner().invoke(app, list(map(str, arguments)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_plan(PLAN, tmp_path / "plan")
    return tmp_path / "plan"


def placeholders(folder: Path) -> list[str]:
    found = json.loads(run("check", folder, "--json").stdout)["findings"]
    return [row["where"]["item"] for row in found if row["rule"] == "PLACEHOLDER_TEXT"]


def test_a_waiver_is_written_and_holds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trigpoint.cli.clock.today", lambda: date(2026, 4, 1))
    others = {path: path.read_bytes() for path in folder.iterdir()}
    result = run("waive", folder, "placeholder-text", "--item", "m1", *SIGNED)
    assert result.stdout == f"Waived 1 finding of PLACEHOLDER_TEXT in {folder}.\n"
    assert (folder / "waivers.csv").read_text(encoding="utf-8") == (
        "rule,item,fragment,reason,by,on\nPLACEHOLDER_TEXT,m1,,Agreed with the Board,Planning lead,2026-04-01\n"
    )
    assert {path: path.read_bytes() for path in others} == others, "the plan's own files are not touched"
    assert placeholders(folder) == ["m2"]


def test_several_findings_are_waived_by_their_words(folder: Path) -> None:
    assert "Waived 2 findings" in run("waive", folder, "PLACEHOLDER_TEXT", "--fragment", "tbc", *SIGNED).stdout
    assert placeholders(folder) == []


def test_a_second_waiver_is_added_and_the_same_again_is_renewed(folder: Path) -> None:
    run("waive", folder, "PLACEHOLDER_TEXT", "--item", "m1", *SIGNED)
    run("waive", folder, "PLACEHOLDER_TEXT", "--item", "m2", *SIGNED)
    run("waive", folder, "PLACEHOLDER_TEXT", "--item", "m1", "--reason", "Agreed again", "--by", "Chair")
    kept = read_workspace(folder).waivers
    assert [(each.item, each.reason, each.by) for each in kept] == [
        ("m2", "Agreed with the Board", "Planning lead"), ("m1", "Agreed again", "Chair"),
    ]  # fmt: skip


def test_an_end_can_be_set(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trigpoint.cli.clock.today", lambda: date(2026, 4, 1))
    run("waive", folder, "PLACEHOLDER_TEXT", "--item", "m1", "--until", "2026-06-30", *SIGNED)
    assert (folder / "waivers.csv").read_text(encoding="utf-8").splitlines() == [
        "rule,item,fragment,reason,by,on,until",
        "PLACEHOLDER_TEXT,m1,,Agreed with the Board,Planning lead,2026-04-01,2026-06-30",
    ]
    for day, left in (((2026, 6, 30), ["m2"]), ((2026, 7, 1), ["m1", "m2"])):
        monkeypatch.setattr("trigpoint.cli.clock.today", lambda day=day: date(*day))
        assert placeholders(folder) == left


def test_waivers_of_a_document_go_into_a_file(tmp_path: Path) -> None:
    file, plan = tmp_path / "accepted.csv", tmp_path / "plan.txt"
    plan.write_text("Plan 2026/27\n\nFor 2026/27 and 2026/27.\n", encoding="utf-8")
    result = run("waive", file, "DUPLICATE_YEAR", "--fragment", "2026/27 and 2026/27", *SIGNED)
    assert result.stdout == f"Wrote the waiver of DUPLICATE_YEAR into {file}.\n"
    run("waive", file, "SPELLING", "--fragment", "Dudly", *SIGNED)
    shown = json.loads(run("check", plan, "--waivers", file, "--json").stdout)
    assert [row["rule"] for row in shown["waived"]] == ["DUPLICATE_YEAR"]


REFUSED = [
    (("NO_SUCH_RULE", "--item", "m1", *SIGNED), "there is no rule called"),
    (("PLACEHOLDER_TEXT", "--item", "m1", "--until", "soon", *SIGNED), "“soon” is no date"),
    (("PLACEHOLDER_TEXT", "--item", "m1", "--until", "2020-01-01", *SIGNED), "would be over already"),
    (("PLACEHOLDER_TEXT", *SIGNED), "a waiver of a whole rule would hide the next mistake too"),
    (("PLACEHOLDER_TEXT", "--item", "m1", "--reason", " ", "--by", "Chair"), "a waiver needs a reason and a name"),
    (("PLACEHOLDER_TEXT", "--item", "m9", *SIGNED), "no finding of PLACEHOLDER_TEXT is at this item"),
    (("PLACEHOLDER_TEXT", "--item", "m1", "--reason", "A\x1b[31m", "--by", "Chair"), "so nothing was written"),
]


@pytest.mark.parametrize(("arguments", "says"), REFUSED)
def test_what_cannot_be_waived_is_refused_and_nothing_is_written(
    folder: Path, arguments: tuple[str, ...], says: str
) -> None:
    error = run("waive", folder, *arguments).exception
    assert isinstance(error, InputError)
    assert says in str(error)
    assert not (folder / "waivers.csv").exists()


def test_a_file_that_is_no_csv_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plan.docx").write_bytes(b"PK")
    error = run("waive", tmp_path / "plan.docx", "SPELLING", "--item", "m1", *SIGNED).exception
    assert "this is no place for waivers" in str(error)
