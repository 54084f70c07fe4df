"""`trigpoint import` from outside: what it prints, asks, writes and refuses."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
import typer
from typer.testing import CliRunner

from trigpoint.cli import import_review
from trigpoint.cli.import_ import import_document, register
from trigpoint.cli.proposal_words import change_words
from trigpoint.cli.review_file import ReviewFile
from trigpoint.documents import interpret, read_document
from trigpoint.documents.review import Decision, FieldProposal, settle
from trigpoint.errors import InputError
from trigpoint.plans import read_plan, read_workspace
from trigpoint.plans.changes import ChangeKind
from trigpoint.plans.model import Progress
from trigpoint.plans.provenance import Verdict

PLAN = (
    "Fell CCG Operational Plan 2017/18\n\n"
    "Priorities\tKey deliverables\t2017/18 actions\n"
    "Safer care\tA ward by June 2017\t1. Plan [it] 2. Build 50% of it\n"
)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return text_file(tmp_path, PLAN)


def text_file(folder: Path, words: str, name: str = "plan.txt") -> Path:
    file = folder / name
    file.write_text(words, encoding="utf-8")
    return file


@dataclass(frozen=True, slots=True)
class Done:
    """What the command printed, and its exit code."""

    returncode: int
    stdout: str
    stderr: str


def run(*words: str | Path) -> Done:
    """Run the command without a terminal, as the program does."""
    app = typer.Typer()
    app.callback()(lambda: None)
    register(app)
    result = CliRunner().invoke(app, ["import", *map(str, words)])
    if isinstance(result.exception, InputError):
        return Done(2, result.stdout, f"{result.stderr}{result.exception}\n")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Done(result.exit_code, result.stdout, result.stderr)


class Terminal:
    """A terminal on which someone types; an answer may be an exception, as Ctrl-C is one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.answers: list[str | BaseException] = []
        self.capsys = capsys
        monkeypatch.setattr("builtins.input", self.typed)
        monkeypatch.setattr("trigpoint.cli.import_review.at_a_terminal", lambda: True)

    def typed(self) -> str:
        answer = self.answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def talk(self, answers: list[str | BaseException], file: Path, into: Path) -> str:
        """What was said while the answers were given; all of them are asked for."""
        self.answers = list(answers)
        try:
            import_document(file, into, by="A. Planner")
        finally:
            assert self.answers == []
        return self.capsys.readouterr().out


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    monkeypatch.setenv("COLUMNS", "200")
    return Terminal(monkeypatch, capsys)


def test_the_summary_counts_and_lists_what_needs_a_decision(plan: Path) -> None:
    done = run(plan)
    assert done.returncode == 0, done.stderr
    assert "1 objective, 1 deliverable, 2 milestones" in done.stdout
    assert "plan.txt: Plain text" in done.stdout
    assert "line 4 " in done.stdout
    assert "line 3: No table has a column for the lead" in done.stdout
    assert "Needs a decision (1)\n  Organisation\n" in done.stdout
    assert "Nothing speaks against the rest: 6 to add." in done.stdout


def test_accept_none_lists_each_proposal_and_writes_nothing(plan: Path, tmp_path: Path) -> None:
    for more in ((), ("--into", tmp_path / "workspace")):
        done = run(plan, "--accept", "none", *more)
        assert done.returncode == 0, done.stderr
        assert "line 4: add milestone: Build 50% of it" in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["plan.txt"]


def test_json_alone_is_on_stdout(plan: Path) -> None:
    done = run(plan, "--json")
    assert done.returncode == 0, done.stderr
    assert [row["text"] for row in json.loads(done.stdout)["milestones"]] == ["Plan [it]", "Build 50% of it"]
    assert done.stderr == ""


def test_json_and_a_workspace_go_together(plan: Path, tmp_path: Path) -> None:
    done = run(plan, "--json", "--into", tmp_path / "workspace", "--accept", "all")
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["milestones"]) == 2
    assert done.stderr.startswith(f"Wrote {tmp_path / 'workspace'}: 1 objective")


def test_accepting_all_writes_a_workspace_that_reads_back_the_same(plan: Path, tmp_path: Path) -> None:
    done = run(plan, "--into", tmp_path / "workspace", "--accept", "all", "--by", "A. Planner")
    assert done.returncode == 0, done.stderr
    workspace = read_workspace(tmp_path / "workspace")
    assert workspace.plan == interpret(read_document(plan)).plan
    assert {row.by for row in workspace.provenance} == {"A. Planner"}
    (words,) = (row.words for row in workspace.provenance if (row.item, row.field) == ("m0-1-2", "text"))
    assert words == "Build 50% of it"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan.txt", "workspace"]


def test_the_name_of_who_accepts_is_the_users_own(plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "ann")
    assert run(plan, "--into", tmp_path / "workspace", "--accept", "all").returncode == 0
    assert {row.by for row in read_workspace(tmp_path / "workspace").provenance} == {"ann"}


def test_accepting_the_sure_leaves_the_rest_to_decide(plan: Path, tmp_path: Path) -> None:
    place = tmp_path / "workspace"
    done = run(plan, "--into", place, "--accept", "sure")
    assert done.returncode == 0, done.stderr
    assert "Left to decide: 1 proposal. The same command on a terminal goes on from there." in done.stdout
    assert read_plan(place).organisation == ""
    again = run(plan, "--into", place, "--accept", "all")
    assert again.stdout.startswith(f"Updated {place}: 1 changed.")
    assert read_plan(place) == interpret(read_document(plan)).plan


def test_without_a_terminal_nothing_is_written_and_the_refusal_says_what_to_add(plan: Path, tmp_path: Path) -> None:
    done = run(plan, "--into", tmp_path / "workspace")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.endswith("add --accept all, --accept sure, or --accept none to see what would be asked.\n")
    assert [path.name for path in tmp_path.iterdir()] == ["plan.txt"]


def test_accepting_needs_a_place(plan: Path) -> None:
    done = run(plan, "--accept", "all")
    assert done.returncode == 2
    assert done.stderr == "there is no place to put what is accepted; add --into WORKSPACE.\n"


def test_the_same_document_again_changes_nothing(plan: Path, tmp_path: Path) -> None:
    place = tmp_path / "workspace"
    run(plan, "--into", place, "--accept", "all")
    before = {file.name: file.read_bytes() for file in place.iterdir()}
    for more in ((), ("--accept", "all")):
        done = run(plan, "--into", place, *more)
        assert done.returncode == 0, done.stderr
        assert done.stdout == f"{place} says already what plan.txt says: there is nothing to take over.\n"
    assert {file.name: file.read_bytes() for file in place.iterdir()} == before


def test_a_later_edition_keeps_ids_and_what_the_document_does_not_speak_of(plan: Path, tmp_path: Path) -> None:
    place = tmp_path / "workspace"
    run(plan, "--into", place, "--accept", "all")
    (place / "places.csv").write_text("code,name\nX1,Fell\n", encoding="utf-8")
    later = text_file(
        tmp_path, PLAN.replace("June", "July").replace("1. Plan [it] 2.", "1. Draw it 2. Plan [it] 3."), "b.txt"
    )
    seen = run(later, "--into", place, "--accept", "none")
    assert "change deliverable: A ward by June 2017" in seen.stdout
    assert "Due: 30 June 2017 → 31 July 2017" in seen.stdout
    done = run(later, "--into", place, "--accept", "all")
    assert done.stdout.startswith(f"Updated {place}: 1 added and 3 changed.")
    workspace = read_workspace(place)
    assert [(row.id, row.text) for row in workspace.plan.milestones] == [
        ("m0-1-3", "Draw it"),
        ("m0-1-1", "Plan [it]"),
        ("m0-1-2", "Build 50% of it"),
    ]
    assert [row.name for row in workspace.places] == ["Fell"]
    assert {row.document for row in workspace.provenance} == {"plan.txt", "b.txt"}


def test_a_place_that_holds_something_else_is_refused_and_nothing_is_changed(plan: Path, tmp_path: Path) -> None:
    place = tmp_path / "workspace"
    place.mkdir()
    text_file(place, "mine", "mine.txt")
    done = run(plan, "--into", place, "--accept", "all")
    assert done.returncode == 2
    assert "an import never overwrites" in done.stderr
    assert [file.name for file in place.iterdir()] == ["mine.txt"]


def test_a_plan_without_a_title_is_called_by_its_file(tmp_path: Path) -> None:
    file = text_file(tmp_path, PLAN.split("\n", 2)[2], "winter.txt")
    assert run(file, "--into", tmp_path / "workspace", "--accept", "all").returncode == 0
    assert read_plan(tmp_path / "workspace").title == "winter"


@pytest.mark.parametrize("more", [(), ("--into", "workspace"), ("--into", "workspace", "--accept", "all")])
def test_prose_is_refused_with_the_reason(tmp_path: Path, more: tuple[str, ...]) -> None:
    file = text_file(tmp_path, "We met and talked.", "prose.txt")
    words = [tmp_path / word if word == "workspace" else word for word in more]
    done = run(file, *words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("prose.txt: this is no plan")
    assert [path.name for path in tmp_path.iterdir()] == ["prose.txt"]


def test_prose_with_json_is_the_empty_object(tmp_path: Path) -> None:
    done = run(text_file(tmp_path, "We met and talked.", "prose.txt"), "--json")
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
    assert "Examples: trigpoint import" in " ".join(done.stdout.split())


@pytest.mark.parametrize("day", ["soon", "1850-01-01", "June 18"])
def test_a_date_that_is_none_is_refused_before_anything_is_read(tmp_path: Path, day: str) -> None:
    done = run(tmp_path / "none.txt", "--as-at", day)
    assert done.returncode == 2
    assert done.stderr.startswith("--as-at: ")


ACTIONS = (
    ("Action", "Lead", "Due date", "Status", "Latest update"),
    ("Open the ward", "Director of Estates", "30 June 2017", "Complete", "Opened in May"),
    ("Hire ten nurses", "Chief Nurse", "31 March 2018", "Lively", ""),
)


def workbook(folder: Path, name: str, rows: tuple[tuple[str, ...], ...] = ACTIONS) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Actions"
    sheet.append(["Fell CCG Action Plan 2017/18"])
    sheet.append([])
    for row in rows:
        sheet.append(list(row))
    file = folder / name
    book.save(file)
    return file


def word_file(folder: Path, name: str, rows: tuple[tuple[str, ...], ...] = ACTIONS) -> Path:
    document = docx.Document()
    document.add_heading("Fell CCG Action Plan 2017/18", 0)
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    saved = BytesIO()
    document.save(saved)
    file = folder / name
    file.write_bytes(saved.getvalue())
    return file


def test_statuses_come_in_at_the_date_given_and_an_unknown_word_is_asked_for(tmp_path: Path) -> None:
    file, place = workbook(tmp_path, "actions.xlsx"), tmp_path / "workspace"
    done = run(file, "--into", place, "--accept", "all")
    assert "The document does not say which date its statuses are of: add --as-at DATE." in done.stdout
    assert read_plan(place).updates == ()
    done = run(file, "--into", place, "--accept", "all", "--as-at", "30 November 2017")
    assert done.returncode == 0, done.stderr
    (update,) = read_plan(place).updates
    assert (update.progress, update.note, update.as_at.isoformat()) == (
        Progress.COMPLETE,
        "Opened in May",
        "2017-11-30",
    )
    assert "What does the status “Lively” mean?" in run(file, "--into", place, "--accept", "none").stdout


def test_a_plan_that_comes_as_another_kind_of_file_is_the_same_plan(tmp_path: Path) -> None:
    place = tmp_path / "workspace"
    run(workbook(tmp_path, "a.xlsx"), "--into", place, "--accept", "all", "--as-at", "2017-11-30")
    before = read_plan(place)
    seen = run(word_file(tmp_path, "a.docx"), "--into", place, "--accept", "none")
    assert "add deliverable" not in seen.stdout
    assert "remove" not in seen.stdout
    moved = (*ACTIONS[:2], ("Hire ten nurses", "Chief Nurse", "30 June 2018", "Complete", ""))
    done = run(word_file(tmp_path, "b.docx", moved), "--into", place, "--accept", "all", "--as-at", "2018-07-31")
    assert done.returncode == 0, done.stderr
    after = read_plan(place)
    assert [row.id for row in after.deliverables] == [row.id for row in before.deliverables]
    assert [row.due.isoformat() for row in after.deliverables] == ["2017-06-30", "2018-06-30"]
    assert after.as_at.isoformat() == "2018-07-31"
    assert after.updates[: len(before.updates)] == before.updates


def test_on_a_terminal_all_can_be_accepted(terminal: Terminal, plan: Path, tmp_path: Path) -> None:
    said = terminal.talk(["a"], plan, tmp_path / "workspace")
    assert "[a] accept all 7, [s] accept only the 6 that are sure" in said
    assert read_plan(tmp_path / "workspace") == interpret(read_document(plan)).plan


def test_on_a_terminal_only_the_sure_can_be_accepted(terminal: Terminal, plan: Path, tmp_path: Path) -> None:
    terminal.talk(["s"], plan, tmp_path / "workspace")
    assert read_plan(tmp_path / "workspace").organisation == ""


@pytest.mark.parametrize("answer", ["n", "no"])
def test_on_a_terminal_nothing_can_be_accepted(terminal: Terminal, plan: Path, tmp_path: Path, answer: str) -> None:
    said = terminal.talk(["what?", answer], plan, tmp_path / "workspace")
    assert f"Nothing was written to {tmp_path / 'workspace'}." in said
    assert [path.name for path in tmp_path.iterdir()] == ["plan.txt"]


def test_on_a_terminal_one_by_one_with_corrections(terminal: Terminal, plan: Path, tmp_path: Path) -> None:
    organisation = ["c", "NHS Fell CCG"]
    years = ["c", "soon", "c", "17/18; 18/19"]
    objective = ["c", "9", "", "c", "3", "Safest care", ""]
    deliverable = ["y"]
    milestones = ["n", "l"]
    answers = ["o", *organisation, "o", "y", *years, *objective, *deliverable, *milestones]
    said = terminal.talk(list(answers), plan, tmp_path / "workspace")
    assert "In the document" in said
    assert "“soon” is no period" in said
    workspace = read_workspace(tmp_path / "workspace")
    assert (workspace.plan.organisation, workspace.plan.years) == ("NHS Fell CCG", ("2017/18", "2018/19"))
    assert [row.title for row in workspace.plan.objectives] == ["Safest care"]
    assert workspace.plan.milestones == ()
    verdicts = {row.field: row.verdict for row in workspace.provenance if row.item == "plan"}
    assert verdicts["organisation"] is Verdict.CORRECTED
    assert verdicts["title"] is Verdict.ACCEPTED
    assert "Left to decide: 0" not in said
    assert "1 that waits" in said or "Left" in said


def test_on_a_terminal_what_stands_under_an_objective_left_out_is_not_asked(
    terminal: Terminal, plan: Path, tmp_path: Path
) -> None:
    said = terminal.talk(["o", "y", "o", "y", "y", "n"], plan, tmp_path / "workspace")
    assert "3 proposals under it left out with it." in said
    assert "Nothing was accepted, so nothing was written" in said
    assert [path.name for path in tmp_path.iterdir()] == ["plan.txt"]


def test_one_answer_does_for_all_that_are_like_it(terminal: Terminal, tmp_path: Path) -> None:
    file = text_file(tmp_path, PLAN.replace("1. Plan [it] 2. Build 50% of it", "By June 17 plan. By July 17 build."))
    file = text_file(tmp_path, PLAN + "Faster care\tA clinic by June 17\t\nMore care\tA hub by July 17\t\n")
    said = terminal.talk(["o", "y", "a", "a"], file, tmp_path / "workspace")
    assert "[a] yes to it and the 1 like it" in said
    assert read_plan(tmp_path / "workspace") == interpret(read_document(file)).plan


def test_a_review_that_was_broken_off_goes_on_where_it_stood(terminal: Terminal, plan: Path, tmp_path: Path) -> None:
    place, kept = tmp_path / "workspace", tmp_path / "workspace.review.json"
    with pytest.raises(KeyboardInterrupt):
        terminal.talk(["o", "y", "o", "y", KeyboardInterrupt()], plan, place)
    assert "2 decisions so far: the same command goes on from there." in terminal.capsys.readouterr().out
    assert not place.exists()
    assert [one["verdict"] for one in json.loads(kept.read_text())["decisions"]] == ["accepted", "accepted"]
    said = terminal.talk(["o", EOFError()], plan, place)
    assert "2 decisions from before" in said
    said = terminal.talk(["a"], plan, place)
    assert not kept.exists()
    assert read_plan(place) == interpret(read_document(plan)).plan


def test_the_review_of_another_document_is_finished_first(terminal: Terminal, plan: Path, tmp_path: Path) -> None:
    place = tmp_path / "workspace"
    terminal.talk(["o", "y", "o", "q"], plan, place)
    other = text_file(tmp_path, PLAN.replace("Safer", "Safest"), "other.txt")
    done = run(other, "--into", place, "--accept", "all")
    assert done.returncode == 2
    assert "the review of another document, plan.txt, is not finished" in done.stderr
    (tmp_path / "workspace.review.json").write_text("[", encoding="utf-8")
    done = run(other, "--into", place, "--accept", "all")
    assert "this file holds no review that can be read; remove it, and the review begins anew." in done.stderr


def test_what_waits_for_a_decision_comes_in_with_it(terminal: Terminal, tmp_path: Path) -> None:
    """The objective of a list of actions is the reader's inference: all actions wait for it."""
    file, place = workbook(tmp_path, "actions.xlsx"), tmp_path / "workspace"
    done = run(file, "--into", place, "--accept", "sure")
    assert done.returncode == 2
    assert "nothing was written; decide on a terminal, or add --accept all." in done.stderr
    assert not place.exists()


@pytest.mark.parametrize(("keys", "code"), [("a\n", 0), ("o\ny\n\x03", 130)])
def test_on_a_real_terminal(plan: Path, tmp_path: Path, keys: str, code: int) -> None:
    child, device = pty.fork()
    if child == 0:
        os.execv(
            sys.executable,
            [sys.executable, "-m", "trigpoint.cli.main", "import", str(plan), "--into", str(tmp_path / "w")],
        )
    lines, silent = re.findall(r"[^\n]*\n|\x03", keys), 0
    said, last = b"", lines[-1]
    with suppress(OSError):  # Linux says so when the other side is closed
        while silent < 6:
            if not select.select([device], [], [], 5)[0]:
                silent += 1  # a key that came before its question may be lost: it is pressed again
                os.write(device, last.encode())
                continue
            chunk = os.read(device, 65_536)
            if not chunk:
                break
            said += chunk
            if lines and said.endswith(b": "):
                said = b""
                os.write(device, lines.pop(0).encode())
    if silent == 6:
        os.kill(child, signal.SIGKILL)
    os.close(device)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == code
    assert (tmp_path / "w").exists() == (code == 0)


def test_all_of_another_plan_is_not_accepted_into_a_workspace(plan: Path, tmp_path: Path) -> None:
    place = tmp_path / "workspace"
    rows = "".join(f"Aim {word}\tBuild {word} by May 2017\t\n" for word in ("alpha", "bravo", "delta", "hotel", "zulu"))
    run(text_file(tmp_path, PLAN + rows, "big.txt"), "--into", place, "--accept", "all")
    before = read_plan(place)
    other = text_file(tmp_path, "Hill CCG Plan 2017/18\n\nPriorities\tKey deliverables\nFood\tA kitchen\n", "hill.txt")
    done = run(other, "--into", place, "--accept", "all")
    assert done.returncode == 2
    assert "it seems to be that of another plan" in done.stderr
    assert read_plan(place) == before
    assert run(other, "--into", place, "--accept", "sure").returncode == 0
    assert len(read_plan(place).objectives) == len(before.objectives) + 1


def test_with_json_nobody_is_asked(terminal: Terminal, plan: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="with --json nobody is asked; add --accept all"):
        import_document(plan, tmp_path / "workspace", as_json=True)
    assert terminal.answers == []


def test_what_the_document_lacks_of_the_plan_itself_is_told_once(tmp_path: Path) -> None:
    file, place = (
        text_file(tmp_path, "Priorities\tKey deliverables\nFood\tA kitchen\n", "food.txt"),
        tmp_path / "workspace",
    )
    done = run(file, "--into", place, "--accept", "all")
    assert "The document has no title: the plan is called as its file is." in done.stdout
    assert "plan.toml lacks: organisation and financial years." in done.stdout
    assert "Left to decide" not in done.stdout
    assert run(file, "--into", place, "--accept", "all").stdout.endswith("there is nothing to take over.\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["food.txt", "workspace"]


def test_characters_that_nobody_can_print_do_not_reach_the_workspace(tmp_path: Path) -> None:
    place = tmp_path / "workspace"
    document = docx.Document()
    document.add_heading("Fell CCG Operational Plan 2017/18", 0)
    table = document.add_table(rows=0, cols=2)
    for words in (("Priorities", "Key deliverables"), ("Safer\u202e care", "A ward\u2028by June 2017")):
        for cell, text in zip(table.add_row().cells, words, strict=True):
            cell.text = text
    file = tmp_path / "b\u202ed.docx"
    document.save(file)
    done = run(file, "--into", place, "--accept", "all")
    assert done.returncode == 0, done.stderr
    assert "\u202e" not in (place / "sources.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "after", "kind", "shown"),
    [
        ("31 March 2018", "30 June 2018", ChangeKind.RE_DATED, "31 March 2018 → 30 June 2018"),
        ("", "Chief Nurse", ChangeKind.RE_OWNED, "(nothing) → Chief Nurse"),
        (
            f"Open the ward by March 2018 {'and so on ' * 12}",
            f"Open the ward by June 2018 {'and so on ' * 12}",
            ChangeKind.RE_WORDED,
            "Open the ward by [−March−][+June+] 2018 and so on and so …",
        ),
        ("a" * 90, "b" * 90, ChangeKind.MOVED, f"{'a' * 60}… → {'b' * 60}…"),
    ],
)
def test_a_change_is_shown_with_no_more_words_than_it_takes(
    before: str, after: str, kind: ChangeKind, shown: str
) -> None:
    assert change_words(FieldProposal("text", after, before, kind=kind)) == shown


# --- somebody else in the same place, and what stands where a review should


def test_what_somebody_else_wrote_meanwhile_is_never_overwritten(
    plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "workspace"
    other = text_file(tmp_path, PLAN.replace("Safer", "Faster"), "other.txt")

    def overtaken(*given: object) -> object:
        monkeypatch.setattr(import_review, "settle", settle)
        assert run(other, "--into", place, "--accept", "all").returncode == 0
        return settle(*given)

    monkeypatch.setattr(import_review, "settle", overtaken)
    done = run(plan, "--into", place, "--accept", "all")
    assert done.returncode == 2
    assert "somebody else has changed this workspace" in done.stderr
    assert "nothing was written; give the same command again" in done.stderr
    assert read_plan(place) == interpret(read_document(other)).plan


def test_two_terminals_at_one_review_keep_both_their_decisions(tmp_path: Path) -> None:
    one, other = (ReviewFile(tmp_path / "workspace", "plan.txt", "00") for _ in range(2))
    one.add([Decision("a", Verdict.ACCEPTED, by="Ann")])
    other.add([Decision("b", Verdict.SKIPPED, by="Bob")])
    kept = ReviewFile(tmp_path / "workspace", "plan.txt", "00").decisions
    assert {row.proposal: row.by for row in kept} == {"a": "Ann", "b": "Bob"}


def test_an_answer_that_changes_nothing_yet_is_no_change(tmp_path: Path) -> None:
    """A report whose date is not known waits, however often the command is given."""
    rows = "Objective\tAction\tOwner\tDue\tStatus\n" + "Safer care\tOpen a ward\tNurse\tJune 2017\tOn track\n"
    file, place = text_file(tmp_path, f"Fell CCG Operational Plan 2017/18\n\n{rows}"), tmp_path / "workspace"
    assert "Wrote" in run(file, "--into", place, "--accept", "all").stdout
    before = {path.name: path.stat().st_mtime_ns for path in place.iterdir()}
    again = run(file, "--into", place, "--accept", "all")
    assert again.stdout.startswith(f"{place} stays as it is.\n")
    assert "add --as-at DATE" in again.stdout
    assert {path.name: path.stat().st_mtime_ns for path in place.iterdir()} == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_in_the_place_of_a_review_is_refused_at_once(plan: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "workspace.review.json")
    done = run(plan, "--into", tmp_path / "workspace", "--accept", "all")
    assert done.returncode == 2
    assert "workspace.review.json: this is not a file" in done.stderr


def test_a_name_without_end_in_a_review_is_cut(plan: Path, tmp_path: Path) -> None:
    content = {"format": 1, "document": "x" * 9_000, "digest": "00", "decisions": []}
    (tmp_path / "workspace.review.json").write_text(json.dumps(content), encoding="utf-8")
    done = run(plan, "--into", tmp_path / "workspace", "--accept", "all")
    assert done.returncode == 2
    assert len(done.stderr) < 700
    assert not (tmp_path / "workspace").exists()
