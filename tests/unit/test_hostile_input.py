"""Whatever a user, a file or a terminal does: one sentence and exit code 2, never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from trigpoint.checks import check, of_draft
from trigpoint.documents import interpret
from trigpoint.documents.readers.limits import MAXIMUM_LINES
from trigpoint.documents.readers.text import parse_text
from trigpoint.errors import InputError, InputErrors
from trigpoint.periods.iso_day import iso_day
from trigpoint.places.model import Place, PlaceKind
from trigpoint.places.register import register
from trigpoint.plans.workspace import read_workspace
from word_files import p, word_file

TABLE = "Priorities\tKey deliverables\t2017/18 actions\nSafer – care\tA ward by June 2017\t1. Plan it 2. Build it\n"
PLAN = f"Fell CCG Operational Plan 2017/18\n\n{TABLE}"
HEADER = 'format = 1\n[plan]\ntitle = "Fell"\n'


def run(*words: str | Path, stdin: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "trigpoint.cli.main", *map(os.fspath, words)]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        env={**os.environ, **environment},
        timeout=60,
        input=stdin,
    )


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence of a refusal."""
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    folder.mkdir()
    (folder / "plan.toml").write_text(HEADER, encoding="utf-8")
    return folder


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_that_nobody_writes_to_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "plan.txt")
    assert "pipe" in refused(run("import", tmp_path / "plan.txt"))


def test_a_document_of_too_many_lines_is_refused() -> None:
    parse_text(b"a\n" * MAXIMUM_LINES, "plan.txt")
    with pytest.raises(InputError, match="more than 50,000 lines"):
        parse_text(b"a\n" * (MAXIMUM_LINES + 1), "plan.txt")


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("\x9b31mred \u202eback \u2066wards", id="written as they are"),
        pytest.param("<p>&#27;[31mred &#x9b;2J &#x202e;back</p>", id="entities in mark-up"),
        pytest.param("&#x202e;back &#27;[0m", id="entities without mark-up"),
    ],
)
def test_what_a_terminal_would_obey_does_not_come_out_of_a_document(words: str) -> None:
    document = parse_text(f"Priorities\t{words}\n".encode(), "plan.txt")
    for paragraph in document.blocks[0].cells[1].paragraphs:
        assert not set(paragraph) & set("\x1b\x9b\u202e\u2066")


def test_an_error_carries_no_command_to_a_terminal() -> None:
    errors = (InputError("\x1b[2Jone\nline", where="a\u202eb"), InputError("two"))
    assert str(InputErrors(errors)) == "a�b: �[2Jone line.\ntwo."


@pytest.mark.parametrize("command", ["check", "import", "measures"])
def test_a_name_too_long_is_a_sentence(command: str, tmp_path: Path) -> None:
    assert "too long" in refused(run(command, tmp_path / ("x" * 300))).lower()


def test_a_plan_called_by_a_name_that_is_no_text(tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode(b"caf\xe9\x1b[31m.txt")
    try:
        file.write_text(TABLE, encoding="utf-8")
    except OSError:
        pytest.skip("this disk takes no such name")
    done = run("import", file, "--into", tmp_path / "workspace", "--accept", "all")
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout
    assert read_workspace(tmp_path / "workspace").plan.title == "caf[31m"
    found = run("check", file, "--format", "sarif")
    assert found.returncode in (0, 1), found.stderr
    assert "%E9" in found.stdout


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_terminal_that_lacks_letters_gets_the_rest(tmp_path: Path, options: tuple[str, ...]) -> None:
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    done = run("import", tmp_path / "plan.txt", *options, PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    if options:
        assert json.loads(done.stdout)["objectives"][0]["title"] == "Safer – care"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full here")
@pytest.mark.parametrize("words", [("import", "plan.txt", "--json"), ("check", "plan.txt"), ("check", "--rules")])
def test_a_full_disk_is_told(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "trigpoint.cli.main", *words],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=tmp_path, timeout=60,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == "the output cannot be written (no space left on device); send it elsewhere.\n"


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
def test_a_closed_output_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    command = ["sh", "-c", '"$@" >&-', "sh", sys.executable, "-m", "trigpoint.cli.main", "import", "plan.txt", "--json"]
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False, cwd=tmp_path, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        pytest.param("as_at = " + "9" * 5000, "too many digits", id="a number without end"),
        pytest.param("as_at = 9999-12-31", "not between 1900 and 2199", id="the end of the calendar"),
        pytest.param('"\\u001b[31mkey" = 1', "unknown key “�[31mkey”", id="a key that paints"),
    ],
)
def test_a_header_is_refused(workspace: Path, more: str, said: str) -> None:
    (workspace / "plan.toml").write_text(HEADER + more, encoding="utf-8")
    with pytest.raises(InputErrors) as caught:
        read_workspace(workspace)
    assert said in str(caught.value)


@pytest.mark.parametrize("character", ["\x9b", "\u202e", "\u2066"])
def test_a_table_with_characters_that_mislead_is_refused(workspace: Path, character: str) -> None:
    (workspace / "themes.csv").write_text(f"id,number,title\na,1,ward{character}s\n", encoding="utf-8")
    with pytest.raises(InputErrors, match=f"U\\+{ord(character):04X}"):
        read_workspace(workspace)


def test_a_link_that_leads_nowhere_is_called_so(workspace: Path) -> None:
    (workspace / "themes.csv").symlink_to("nowhere.csv")
    with pytest.raises(InputErrors, match="leads nowhere"):
        read_workspace(workspace)


@pytest.mark.parametrize("text", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_a_day_outside_any_plan_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="not between 1900 and 2199"):
        iso_day(text)


def test_a_chain_of_places_is_followed_in_one_pass() -> None:
    """Twenty thousand places in one line: two hundred million steps, were each followed to its end."""
    last = 20_000
    chain = [Place(f"p{n}", f"P{n}", PlaceKind.OTHER, f"p{n + 1}" if n < last else "") for n in range(last + 1)]
    assert len(register(chain)) == last + 1
    circle = [*chain[:-1], Place(f"p{last}", "Last", PlaceKind.OTHER, f"p{last - 1}")]
    with pytest.raises(InputErrors) as caught:
        register(circle)
    assert len(caught.value.errors) == 2  # the places before the circle lead into it and are not on it


@pytest.mark.parametrize("word", ["A", "A-", "aB", "a’", "Ab-"])
def test_a_word_without_end_is_checked_in_one_pass(word: str) -> None:
    """A pattern that starts anew at each letter and runs to the end would take minutes here instead of a moment."""
    title = f"Safer\t{word * (40_000 // len(word))}\n"
    document = parse_text(f"Priorities\tKey deliverables\n{title}".encode(), "plan.txt")
    assert check(of_draft(interpret(document)))


@pytest.mark.skipif(os.name == "nt", reason="needs links and named pipes")
@pytest.mark.parametrize("option", ["--output", "--annotate"])
def test_what_is_written_never_takes_the_place_of_a_device_or_a_link(option: str, tmp_path: Path) -> None:
    """As root, a rename over /dev/null would take it from every program; a pipe stands for it here."""
    plan = tmp_path / "plan.docx"
    plan.write_bytes(word_file(p("Operational plan 2026/27")))
    os.mkfifo(tmp_path / "pipe.docx")
    (tmp_path / "link.docx").symlink_to("kept.docx")
    (tmp_path / "kept.docx").write_bytes(b"kept")
    for name, kind in (("pipe.docx", "a pipe or a device"), ("link.docx", "a link")):
        assert f"this is {kind}, which is not overwritten" in refused(run("check", plan, option, tmp_path / name))
    assert (tmp_path / "kept.docx").read_bytes() == b"kept"
    assert (tmp_path / "link.docx").is_symlink()
