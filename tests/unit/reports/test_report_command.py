"""`trigpoint report` and `trigpoint measures`: files whole or not at all, and one sentence for each mistake."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from paper_plan import AT, small_plan
from typer.testing import CliRunner

from trigpoint.cli import measures as measures_command
from trigpoint.cli import report as report_command
from trigpoint.errors import InputError
from trigpoint.plans.workspace import write_plan

QUALITY = "Quality & Safety Committee"
COMMITTEE = ("--committee", "quality and safety committee", "--at", AT.isoformat())


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "plan"
    write_plan(small_plan(), folder)
    return folder


def run(*words: object) -> tuple[int, str]:
    app = typer.Typer()
    report_command.register(app)
    measures_command.register(app)
    result = CliRunner().invoke(app, [str(word) for word in words])
    if isinstance(result.exception, InputError):
        return 2, str(result.exception)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout


def test_both_kinds_of_file_are_written_in_one_go(workspace: Path, tmp_path: Path) -> None:
    word, page = tmp_path / "paper.docx", tmp_path / "PAPER.HTML"
    code, told = run("report", workspace, *COMMITTEE, "-o", word, "-o", page)
    assert (code, told.splitlines()) == (0, [f"Wrote {file}: {QUALITY}, 30 November 2017." for file in (word, page)])
    assert word.read_bytes().startswith(b"PK")
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["PAPER.HTML", "paper.docx", "plan"], (
        "nothing left behind"
    )


def test_without_a_committee_the_paper_is_on_the_whole_plan(workspace: Path, tmp_path: Path) -> None:
    page = tmp_path / "all.html"
    assert run("report", workspace, "--at", "2017-11-30", "-o", page)[0] == 0
    assert "All committees: delivery of the plan" in page.read_text(encoding="utf-8")


def test_the_committees_are_listed_as_text_and_as_json(workspace: Path) -> None:
    names = ["Quality & Safety Committee", "Finance Committee"]
    assert run("report", workspace, "--list-committees") == (0, "\n".join(names) + "\n")
    code, told = run("report", workspace, "--list-committees", "--json")
    assert (code, json.loads(told)) == (0, {"committees": names})


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("-o", "paper.pdf"), "“.pdf” is no kind of paper; end the name in .docx or .html."),
        (("-o", "paper"), "the file's name has no ending; end the name in .docx or .html."),
        ((), "no file to write was given; add -o paper.docx or -o paper.html."),
        (("-o", "missing/paper.docx"), "its folder does not exist; make"),
        (("-o", "paper.docx", "--at", "30/11/2017"), "“30/11/2017” is no date; write it as 2017-11-30."),
        (("-o", "paper.docx", "--committee", "Board"), "no committee of the plan is called “Board”; it names these:"),
    ],
)
def test_mistakes_are_told_in_one_sentence_and_nothing_is_written(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    code, sentence = run("report", workspace, *words)
    assert code == 2
    assert told in sentence
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]


def test_one_bad_file_name_keeps_the_good_one_from_being_written(workspace: Path, tmp_path: Path) -> None:
    assert run("report", workspace, *COMMITTEE, "-o", tmp_path / "paper.html", "-o", tmp_path / "paper.odt")[0] == 2
    assert not (tmp_path / "paper.html").exists()


def test_measures_tell_standing_and_reproduction(workspace: Path) -> None:
    code, told = run("measures", workspace)
    assert code == 0
    assert "Checks hub" in told
    code, told = run("measures", workspace, "--json")
    (measure,) = json.loads(told)["measures"]
    assert measure["standings"][0]["result"] == "target missed"
    assert measure["trajectories"][0]["agrees"] is True
    assert measure["trajectories"][0]["cells"][1] == {
        "period": "2017/18", "printed": "42.0", "computed": "42.0", "exact": "42"
    }  # fmt: skip


def test_a_target_that_strays_from_its_rule_is_an_exit_code_of_1(workspace: Path) -> None:
    rules = workspace / "trajectories.csv"
    rules.write_text(rules.read_text(encoding="utf-8").replace("+2pp", "+3pp"), encoding="utf-8")
    code, told = run("measures", workspace)
    assert code == 1
    assert "1 of 2 printed figures differ" in " ".join(told.split())
