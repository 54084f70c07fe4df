"""The output that docs/activity.md and docs/finance.md print is what their commands print."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "activity_manual.py"
OUTPUT = "Year     Outturn    Plan\n2017/18  106,640  −1,745\n2018/19  106,640   3,015\n"


@pytest.fixture(scope="module")
def manual() -> ModuleType:
    spec = importlib.util.spec_from_file_location("activity_manual", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_printed_numbers_are_those_of_the_commands() -> None:
    done = subprocess.run([sys.executable, str(SCRIPT), "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), "run python scripts/activity_manual.py, and read what it changed"


@pytest.mark.parametrize(
    ("piece", "found"),
    [
        ("    2017/18  106,640  −1,745\n", ["106,640", "−1,745"]),
        ("    2018/19  999,999   1\n", ["106,640", "3,015"]),
        ("    2019/20  106,640  −1,745\n", None),
        ("    Outturn  Plan\n    2017/18 1 2", ["106,640", "−1,745"]),
    ],
    ids=["as it is", "other numbers", "another year", "over two lines"],
)
def test_a_piece_is_found_by_its_words_and_years(manual: ModuleType, piece: str, found: list[str] | None) -> None:
    assert manual.output_of(piece, OUTPUT) == found


def test_other_numbers_stay_right_aligned(manual: ModuleType) -> None:
    assert manual.renewed("2017/18  106,640  −1,745", ["99", "−12,745"]) == "2017/18       99 −12,745"
    assert manual.renewed("missed by 1.0% (2016/17)", ["12.5"]) == "missed by 12.5% (2016/17)"
