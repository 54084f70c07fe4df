"""What `trigpoint check` writes: files, pages, annotated copies; and what it refuses."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest
import typer
from typer.testing import CliRunner, Result

from trigpoint.checks import Finding
from trigpoint.cli.check import register
from trigpoint.errors import InputError
from trigpoint.plans.model import Milestone, Objective, Plan
from trigpoint.plans.workspace import write_plan

FAULTY = "Plan 2026/27\n\nIntentions for 2026/27 and 2026/27 are based on based on growth.\n"


def run(*arguments: str | Path) -> Result:
    app = typer.Typer()
    register(app)
    return CliRunner().invoke(app, ["check", *map(str, arguments)])


def refusal(*arguments: str | Path) -> str:
    error = run(*arguments).exception
    assert isinstance(error, InputError), error
    return str(error)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(FAULTY, encoding="utf-8")
    return path


@pytest.fixture
def word(tmp_path: Path) -> Path:
    from docx import Document

    document = Document()
    document.add_heading("Plan 2026/27", 1)
    document.add_paragraph("Intentions for 2026/27 and 2026/27 are based on based on growth.")
    path = tmp_path / "plan.docx"
    document.save(str(path))
    return path


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet["B2"] = "Intentions for 2026/27 and 2026/27 are based on based on growth."
    stream = BytesIO()
    book.save(stream)
    path = tmp_path / "plan.xlsx"
    path.write_bytes(stream.getvalue())
    return path


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    plan = Plan("Plan", "", ("2026/27",), objectives=(Objective("o1", "", "1", "Care"),),
                milestones=(Milestone("m1", "o1", "", "TBC"),))  # fmt: skip
    write_plan(plan, tmp_path / "plan")
    return tmp_path / "plan"


@pytest.fixture
def annotators(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, int, date]]]:
    """Annotators that only note what they were asked for."""
    asked: list[tuple[str, int, date]] = []

    def annotate(data: bytes, name: str, findings: Sequence[Finding], *, on: date) -> bytes:
        asked.append((name, len(findings), on))
        return data + b"annotated"

    for kind, function in (("word", "annotate_word"), ("workbook", "annotate_workbook")):
        module = ModuleType(f"trigpoint.reports.annotations.{kind}")
        setattr(module, function, annotate)
        monkeypatch.setitem(sys.modules, f"trigpoint.reports.annotations.{kind}", module)
    monkeypatch.setitem(sys.modules, "trigpoint.reports.annotations", ModuleType("trigpoint.reports.annotations"))
    return asked


def test_a_page_is_written_and_the_counts_are_printed(text: Path, tmp_path: Path) -> None:
    result = run(text, "--format", "html", "--output", tmp_path / "page.html")
    assert result.exit_code == 1
    assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert result.stdout.startswith(f"Wrote {tmp_path / 'page.html'}. plan.txt: 1 error, 1 warning, ")


@pytest.mark.parametrize("format_", ["text", "json", "sarif", "html"])
def test_a_file_holds_what_would_have_been_printed(text: Path, tmp_path: Path, format_: str) -> None:
    printed = run(text, "--format", format_).stdout
    run(text, "--format", format_, "-o", tmp_path / "out")
    written = (tmp_path / "out").read_text(encoding="utf-8")
    if format_ == "text":
        assert "plan.txt: 1 error, 1 warning" in written
        assert "\x1b" not in written
    else:
        assert written == printed


def test_the_verdict_stands_first_and_the_counts_last(text: Path) -> None:
    lines = [line.strip() for line in run(text).stdout.splitlines() if line.strip()]
    assert lines[0].startswith("No plan was found in this document, so only its words could be checked: 1 error")
    assert lines[2] == "What would a regulator object to first?"
    assert lines[-2].startswith("plan.txt: 1 error, 1 warning")


def test_places_in_word_are_told_as_word_has_them(word: Path) -> None:
    row = next(
        row for row in json.loads(run(word, "--json").stdout)["findings"] if row["rule"] == "DUPLICATE_YEAR"
    )  # fmt: skip
    assert row["line"] is None
    assert row["where"]["section"] == "Plan 2026/27"
    assert "section “Plan 2026/27”" in " ".join(run(word).stdout.split())


def test_places_in_excel_are_cells(workbook: Path) -> None:
    row = next(row for row in json.loads(run(workbook, "--json").stdout)["findings"] if row["rule"] == "DUPLICATE_YEAR")
    assert row["line"] is None
    assert (row["where"]["row"], row["where"]["column"]) == ("2", "2")


def test_rules_can_be_asked_for_alone(text: Path) -> None:
    result = run(text, "--json", "--rule", "duplicate-year", "--rule", "SPELLING")
    shown = json.loads(result.stdout)
    assert {row["rule"] for row in shown["findings"]} == {"DUPLICATE_YEAR"}
    assert shown["summary"]["verdict"] == "Checked by DUPLICATE_YEAR and SPELLING alone: 1 error."
    assert result.exit_code == 1
    assert run(text, "--rule", "SPELLING").exit_code == 0
    assert "did you mean DUPLICATE_YEAR?" in refusal(text, "--rule", "DUPLICATE_YER")


def test_a_document_is_checked_with_waivers_from_a_file(text: Path, tmp_path: Path) -> None:
    waivers = tmp_path / "accepted.csv"
    waivers.write_text(
        "rule,item,fragment,reason,by,on\nDUPLICATE_YEAR,,2026/27,As published,Editor,2099-01-01\n"
        "DUPLICATE_WORD,,never there,Why not,Editor,2099-01-01\n", encoding="utf-8",
    )  # fmt: skip
    result = run(text, "--json", "--waivers", waivers)
    shown = json.loads(result.stdout)
    assert result.exit_code == 0
    assert "DUPLICATE_YEAR" not in {row["rule"] for row in shown["findings"]}
    assert [row["where"]["file"] for row in shown["findings"] if row["rule"] == "UNUSED_WAIVER"] == ["accepted.csv"]
    assert shown["waived"][0]["waiver"]["reason"] == "As published"
    assert "; 1 waived." in run(text, "--waivers", waivers).stdout


def test_a_page_names_what_was_waived(text: Path, tmp_path: Path) -> None:
    waivers = tmp_path / "accepted.csv"
    waivers.write_text("rule,fragment,reason,by,on\nDUPLICATE_YEAR,2026/27,As published,Editor,2099-01-01\n", "utf-8")
    assert "As published" in run(text, "--format", "html", "--waivers", waivers).stdout


@pytest.mark.parametrize(("fixture", "copy"), [("word", "copy.docx"), ("workbook", "copy.xlsx")])
def test_a_copy_is_annotated_with_the_findings_shown(
    request: pytest.FixtureRequest, annotators: list[tuple[str, int, date]], tmp_path: Path, fixture: str, copy: str
) -> None:
    path: Path = request.getfixturevalue(fixture)
    before = path.read_bytes()
    result = run(path, "--annotate", tmp_path / copy, "--severity", "error")
    assert (tmp_path / copy).read_bytes() == before + b"annotated"
    assert path.read_bytes() == before
    assert [(name, number) for name, number, _ in annotators] == [(path.name, 1)]
    assert result.stdout.endswith(f"a copy of {path.name} with 1 finding as comments.\n")
    assert result.exit_code == 1


def test_authors_see_the_finding_where_they_wrote(word: Path, workbook: Path, tmp_path: Path) -> None:
    from docx import Document
    from openpyxl import load_workbook

    run(word, "--annotate", tmp_path / "copy.docx", "--rule", "DUPLICATE_YEAR")
    (comment,) = Document(str(tmp_path / "copy.docx")).comments
    assert "2026/27 is named twice" in comment.text
    run(workbook, "--annotate", tmp_path / "copy.xlsx", "--rule", "DUPLICATE_YEAR")
    note = load_workbook(tmp_path / "copy.xlsx").active["B2"].comment
    assert note is not None
    assert "2026/27 is named twice" in note.text


def test_with_json_only_json_is_printed(word: Path, annotators: object, tmp_path: Path) -> None:
    result = run(word, "--annotate", tmp_path / "copy.docx", "--json")
    assert json.loads(result.stdout)["findings"]
    assert "Wrote" in result.stderr


REFUSED = [
    ("text", ("--annotate", "copy.docx"), "only Word (.docx) and Excel (.xlsx, .xlsm) files can hold comments"),
    ("word", ("--annotate", "copy.xlsx"), "give it a name that ends in .docx"),
    ("workbook", ("--annotate", "copy.docx"), "give it a name that ends in .xlsx"),
    ("word", ("--annotate", "plan.docx"), "the plan itself would be overwritten"),
    ("text", ("--output", "plan.txt", "--format", "html"), "the plan itself would be overwritten"),
    ("word", ("--annotate", "a.docx", "--output", "a.docx"), "two files would have the same name"),
    ("workspace", ("--annotate", "a.docx"), "a workspace cannot be annotated"),
    ("workspace", ("--waivers", "w.csv"), "a workspace has waivers of its own"),
    ("text", ("--waivers", "no-such.csv"), "there is no such file"),
    ("text", ("--format", "html", "--output", "no/such/folder.html"), "there is no folder"),
]


@pytest.mark.parametrize(("fixture", "arguments", "says"), REFUSED)
def test_what_cannot_be_done_is_refused_and_nothing_is_written(
    request: pytest.FixtureRequest, tmp_path: Path, fixture: str, arguments: tuple[str, ...], says: str
) -> None:
    path: Path = request.getfixturevalue(fixture)
    given = [tmp_path / each if "." in each else each for each in arguments]
    before = {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()}
    assert says in refusal(path, *given)
    assert {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()} == before


def test_a_rule_is_explained_with_its_examples() -> None:
    told = run("--explain", "duplicate-year")
    assert "does not fire" in told.stdout
    shown = json.loads(run("--explain", "DUPLICATE_YEAR", "--json").stdout)
    assert {"text", "verdict", "why"} == set(shown["examples"][0])
