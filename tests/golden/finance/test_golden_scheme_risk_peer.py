"""The worked answers of schemes, risks and peers, through the public functions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.golden.families.finance import benchmark, risks, schemes

GOLDEN = Path(__file__).resolve().parents[4] / "shared" / "golden" / "finance"
FAMILIES = [("qipp_schemes", schemes.check), ("risks", risks.check), ("benchmark", benchmark.check)]
Check = Callable[[Path], list[tuple[str, str]]]

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not GOLDEN.exists(), reason="the golden answers in the shared folder are not here"),
]


@pytest.mark.parametrize(("name", "check"), FAMILIES)
def test_every_row_agrees(name: str, check: Check) -> None:
    files = sorted(GOLDEN.glob(f"{name}*.csv"))

    assert files
    for file in files:
        answers = check(file)
        assert answers
        assert [(row, words) for row, words in answers if words] == []


@pytest.mark.parametrize(
    ("name", "check", "told", "wrong"),
    [
        ("qipp_schemes", schemes.check, "2400,4,1800.0", "2400,4,1801.0"),
        ("qipp_schemes", schemes.check, "7492.5", "7493.5"),
        ("risks", risks.check, "1.620", "1.630"),
        ("risks", risks.check, "2.1260", "2.1270"),
        ("benchmark", benchmark.check, "34.54", "34.55"),
        ("benchmark", benchmark.check, "2318400.0", "2318401.0"),
    ],
)
def test_a_wrong_answer_would_be_noticed(name: str, check: Check, told: str, wrong: str, tmp_path: Path) -> None:
    text = (GOLDEN / f"{name}.csv").read_text(encoding="utf-8")
    assert told in text
    changed = tmp_path / f"{name}.csv"
    changed.write_text(text.replace(told, wrong), encoding="utf-8")

    assert len([row for row, words in check(changed) if words]) == 1
