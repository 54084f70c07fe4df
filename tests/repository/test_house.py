"""The promises of DEVELOPERS.md that a machine can check."""

from __future__ import annotations

import ast
import doctest
import importlib
import pkgutil
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import trigpoint

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "trigpoint"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
CORE = [path for path in MODULES if "web" not in path.relative_to(PACKAGE).parts]
# The model and the calendar are each one vocabulary, read whole.
LONG_WITH_A_REASON = {"plans/model.py", "periods/calendar.py"}
EDGES = {"staging", "documents", "frameworks", "cli", "web"}
ROOMS = {
    ("releases", "files"),
    ("releases", "store"),
    ("activity", "records"),
}  # the edges of a package that computes elsewhere


def tracked() -> list[Path]:
    """Files that git tracks or would track; all files where there is no git."""
    names = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    ).stdout.split("\n")  # fmt: skip
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_the_package_asserts_nothing_of_its_input(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    lines = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Assert)]
    assert lines == [], "an assert is no answer to a user: raise InputError"


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_modules_are_short_and_say_what_they_are(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300 or path.relative_to(PACKAGE).as_posix() in LONG_WITH_A_REASON
    if text.strip():
        assert ast.get_docstring(ast.parse(text)), "a module says in one line what it is"


@pytest.mark.parametrize("path", CORE, ids=relative)
def test_the_core_reads_no_clock_and_no_unseeded_randomness(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    clocks = {call for call in calls if re.search(r"(date|datetime)\.(today|now|utcnow)$|^time\.time$|^random\.", call)}
    if relative(path) != "src/trigpoint/cli/clock.py":
        assert clocks == set()


@pytest.mark.parametrize("path", CORE, ids=relative)
def test_only_the_edges_open_files(path: Path) -> None:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    if parts[0] in EDGES or parts[:2] in ROOMS or "workspace" in parts[-1] or "render" in parts:
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    opened = {call for call in calls if call == "open" or call.endswith((".write_text", ".write_bytes", ".open"))}
    # Data packs that ship with the package are read through importlib.resources; that is no user's file.
    assert opened == set() or "importlib.resources" in path.read_text(encoding="utf-8")


def test_every_dependency_has_its_reason_beside_it() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    declared = tomllib.loads(text)
    project = declared["project"]
    lists = [
        project["dependencies"],
        *project["optional-dependencies"].values(),
        *declared["dependency-groups"].values(),
    ]
    names = [requirement for requirements in lists for requirement in requirements]
    lines = {line.partition('"')[2].partition('"')[0]: line.partition("#")[2].strip() for line in text.splitlines()}
    assert [name for name in names if not lines.get(name)] == []


def test_no_path_of_one_machine_and_no_registry_stands_in_the_project() -> None:
    hosts = "|".join(("py" + "pi.org", "files.python" + "hosted", "registry.npm" + "js", "deb." + "debian.org"))
    places = "|".join(rf"(?<![\w.]){place}/" for place in ("/wo" + "rk", "/ro" + "ot", "/fa" + "rm"))
    wrong = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except (UnicodeDecodeError, OSError):
            continue
        wrong += [f"{relative(path)}: {found}" for found in re.findall(f"{hosts}|{places}", text)]
    assert wrong == []


def core_module_names() -> list[str]:
    names = (info.name for info in pkgutil.walk_packages(trigpoint.__path__, "trigpoint."))
    return [name for name in names if not name.startswith("trigpoint.web") and not name.endswith("__main__")]


@pytest.mark.parametrize("name", core_module_names())
def test_examples_in_docstrings_run(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert result.failed == 0


def run_without_django(code: str) -> subprocess.CompletedProcess[str]:
    """Run Python where Django and the rest of the server's packages cannot be imported."""
    names = ("django", "axes", "csp", "whitenoise", "psycopg", "nhsuk_frontend_jinja", "waitress")
    block = f"import sys\nfor name in {names!r}:\n    sys.modules[name] = None\n"
    return subprocess.run([sys.executable, "-c", block + code], capture_output=True, text=True, check=False)


def test_the_library_and_the_command_work_without_django() -> None:
    names = core_module_names()
    result = run_without_django(f"import importlib\nfor name in {names!r}: importlib.import_module(name)")
    assert result.stderr == ""
    help_page = run_without_django(
        "import sys; sys.argv = ['trigpoint', '--help']\nfrom trigpoint.cli.main import main\nmain()"
    )
    assert "check" in help_page.stdout
    serve = run_without_django(
        "import sys; sys.argv = ['trigpoint', 'serve']\nfrom trigpoint.cli.main import main\nmain()"
    )
    assert serve.returncode == 2
    assert "trigpoint[web]" in serve.stderr
    assert "Traceback" not in serve.stderr


def test_starting_imports_nothing_heavy() -> None:
    heavy = (
        "altair",
        "docx",
        "vl_convert",
        "pydantic",
        "polars",
        "pandas",
        "numpy",
        "django",
        "jinja2",
        "rapidfuzz",
        "holidays",
    )
    code = f"import sys, trigpoint, trigpoint.cli.main\nprint([name for name in {heavy!r} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
