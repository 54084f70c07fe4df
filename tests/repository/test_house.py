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
from functools import cache
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


@cache
def parsed(path: Path) -> ast.Module:
    """The module's tree; each file is read once for all that is asked of it."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def calls_of(path: Path) -> frozenset[str]:
    """Whatever a module calls, as it is written."""
    return frozenset(ast.unparse(node.func) for node in ast.walk(parsed(path)) if isinstance(node, ast.Call))


def test_the_package_asserts_nothing_of_its_input() -> None:
    lines = [
        f"{relative(path)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Assert)
    ]
    assert lines == [], "an assert is no answer to a user: raise InputError"


def test_modules_are_short() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    long = {relative(path): length for path, length in lengths.items() if length > 300}
    excused = {f"src/trigpoint/{name}" for name in LONG_WITH_A_REASON}
    assert {name: length for name, length in long.items() if name not in excused} == {}


def test_modules_say_what_they_are() -> None:
    silent = [relative(path) for path in MODULES if parsed(path).body and not ast.get_docstring(parsed(path))]
    assert silent == [], "a module says in one line what it is"


def test_the_core_reads_no_clock_and_no_unseeded_randomness() -> None:
    clock = re.compile(r"(date|datetime)\.(today|now|utcnow)$|^time\.time$|^random\.")
    clocks = {relative(path): {call for call in calls_of(path) if clock.search(call)} for path in CORE}
    del clocks["src/trigpoint/cli/clock.py"]
    assert {name: calls for name, calls in clocks.items() if calls} == {}


def opens_files(path: Path) -> bool:
    opened = {call for call in calls_of(path) if call.endswith((".write_text", ".write_bytes", ".open"))}
    opened |= calls_of(path) & {"open"}
    # Data packs that ship with the package are read through importlib.resources; that is no user's file.
    return bool(opened) and "importlib.resources" not in path.read_text(encoding="utf-8")


def is_an_edge(path: Path) -> bool:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0] in EDGES or parts[:2] in ROOMS or "workspace" in parts[-1] or "render" in parts


def test_only_the_edges_open_files() -> None:
    assert [relative(path) for path in CORE if not is_an_edge(path) and opens_files(path)] == []


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


def with_examples() -> list[str]:
    """Modules of the core that hold an example; that all the others can be imported is another test's."""
    found = [path for path in CORE if ">>> " in path.read_text(encoding="utf-8")]
    dotted = (".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts) for path in found)
    return [name.removesuffix(".__init__") for name in dotted]


@pytest.mark.parametrize("name", with_examples())
def test_examples_in_docstrings_run(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert result.attempted > 0
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
