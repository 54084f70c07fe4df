"""What ``import trigpoint`` offers: the names, without the cost of what stands behind them."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import trigpoint


@pytest.mark.parametrize(("name", "home"), trigpoint._HOMES.items())
def test_a_name_is_that_of_its_home_and_is_listed(name: str, home: str) -> None:
    assert getattr(trigpoint, name) is getattr(import_module(home), name)
    assert name in dir(trigpoint)


def test_the_type_checker_is_told_of_the_same_names_and_homes() -> None:
    tree = ast.parse(Path(trigpoint.__file__).read_text(encoding="utf-8"))
    told = {
        alias.asname: node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.asname
    }
    assert told == trigpoint._HOMES


def test_a_misspelt_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'read_plans'"):
        trigpoint.read_plans  # noqa: B018


def test_a_name_that_is_not_asked_for_imports_nothing() -> None:
    code = "import sys, trigpoint\nprint([name for name in sys.modules if name.startswith('trigpoint.')])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
