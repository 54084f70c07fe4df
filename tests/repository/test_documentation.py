"""What the documents say is true: the README's example runs, links lead somewhere, every command is described."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import trigpoint

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")])


def python_blocks(page: Path) -> list[str]:
    return re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), flags=re.DOTALL)


def test_the_readmes_library_example_is_short() -> None:
    (example,) = python_blocks(ROOT / "README.md")
    assert len([line for line in example.splitlines() if line.strip()]) <= 12


def test_the_readmes_example_runs_in_an_interpreter_of_its_own(tmp_path: Path) -> None:
    (example,) = python_blocks(ROOT / "README.md")
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    result = subprocess.run([sys.executable, "-c", example], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize(
    "example",
    [
        pytest.param(block, id=f"{page.name}-{number}")
        for page in PAGES
        for number, block in enumerate(python_blocks(page))
    ],
)
def test_the_python_in_the_documents_runs(
    example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Each with nothing but its own names; in this interpreter, for to import polars anew takes longer than they do."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "example", "exec"), {"__name__": "__main__"})
    assert capfd.readouterr().err == ""


def test_the_reference_lists_the_names_that_the_package_offers() -> None:
    text = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"`(\w+)`", text.partition(":::")[0])) == sorted([*trigpoint._HOMES, "trigpoint"])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_within_the_repository_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    missing = [
        link
        for link in links
        if "://" not in link and not (page.parent / link).exists() and not link.startswith("mailto:")
    ]
    assert missing == []


def test_the_readme_promises_only_commands_that_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for name in re.findall(r"`?make (\w+)", (ROOT / "README.md").read_text(encoding="utf-8")):
        assert re.search(rf"^{name}:", makefile, flags=re.MULTILINE), f"make {name}"


def test_every_command_has_help_with_an_example_and_a_line_in_the_guide(monkeypatch: pytest.MonkeyPatch) -> None:
    from trigpoint.cli import main as program

    monkeypatch.setattr(program, "app", typer.Typer(rich_markup_mode=None, add_completion=False))
    program._gather()
    listing = CliRunner().invoke(program.app, ["--help"]).stdout
    commands = re.findall(r"^  ([a-z][a-z-]*)  ", listing, flags=re.MULTILINE)
    assert {"import", "check", "diff", "report", "load", "export", "serve"} <= set(commands)
    guide = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    for command in commands:
        page = CliRunner().invoke(program.app, [command, "--help"]).stdout
        assert f"trigpoint {command}" in page.partition("Example")[2], f"trigpoint {command} --help has no example"
        assert f"trigpoint {command}" in guide, f"docs/commands.md does not describe trigpoint {command}"
