"""What docs/finance.md prints is what its commands print, and its Python runs."""

from __future__ import annotations

import importlib.util
import json
import re
import shlex
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "finance.md").read_text(encoding="utf-8")


def manual() -> ModuleType:
    """The script that keeps the page on activity true: it knows how such a page is written."""
    spec = importlib.util.spec_from_file_location("activity_manual", ROOT / "scripts" / "activity_manual.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MANUAL = manual()
BLOCKS = MANUAL.BLOCK.findall(PAGE)


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(("command", "block"), [one for one in BLOCKS if one[1].lstrip()[0] not in "{["])
def test_a_block_is_what_its_command_prints(command: str, block: str) -> None:
    output = squeezed(MANUAL.printed(command))
    for piece in MANUAL.pieces(block):
        assert squeezed(piece) in output, command


@pytest.mark.parametrize(("command", "block"), [one for one in BLOCKS if one[1].lstrip()[0] in "{["])
def test_json_that_is_shown_is_printed(command: str, block: str) -> None:
    shown: Any = json.loads(block.replace(", …]", "]"), parse_float=Decimal, parse_int=Decimal)
    found = json.loads(MANUAL.printed(command), parse_float=Decimal, parse_int=Decimal)
    if isinstance(shown, dict):
        assert found == shown
        return
    for row in shown:
        keys = [key for key in row if key != "source"]
        assert [row[key] for key in keys] in [[one[key] for key in keys] for one in found]
        assert all(set(one) == set(row) for one in found)


def test_the_python_of_the_page_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    code = "\n".join(re.findall(r"```python\n(.+?)```", PAGE, flags=re.DOTALL))  # one notebook, from top to bottom
    exec(compile(code, "docs/finance.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "cumulative_underspend" in printed
    assert "block at plan 176400000.00" in printed


def test_every_command_and_option_that_is_named_is_there() -> None:
    from trigpoint.cli.finance import COMMANDS

    names = {one.__name__ for one in COMMANDS}
    lines = re.findall(r"^    (?:\$ )?trigpoint finance (.+)$", PAGE, flags=re.MULTILINE)
    assert {shlex.split(line, comments=True)[0] for line in lines} <= names
    assert names <= set(re.findall(r"\w+", PAGE))
