"""Inequality, funnels and recent trends against the golden cases of the peers, one test a case.

The cases stand in a folder beside the checkout; without it the tests are skipped.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.golden.case import Case, cases
from tests.golden.families import funnel, sii, tables, trend
from tests.golden.run import trouble

GOLDEN = Path(__file__).resolve().parents[3] / "shared" / "golden"
FAMILIES = {"sii": sii, "funnel": funnel, "trend": trend}

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not GOLDEN.is_dir(), reason="needs the shared folder with golden cases beside the checkout"),
]


def all_cases() -> list[Case]:
    return [case for family in FAMILIES if (GOLDEN / family).is_dir() for case in cases(GOLDEN / family)]


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.id)
def test_the_answer_is_the_golden_one_or_rightly_differs(case: Case) -> None:
    words = trouble(case)
    quirks = [quirk for quirk in FAMILIES[case.family].QUIRKS if case.excusable and quirk.applies(case)]
    assert not words or quirks, words


@pytest.mark.parametrize("family", FAMILIES)
def test_the_runner_would_notice_a_wrong_answer(family: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the numbers of inputs and golden tables growing by a fifth from row to row, hardly a case passes."""
    told = FAMILIES[family].numbers
    for module in (FAMILIES[family], tables):
        monkeypatch.setattr(module, "numbers", lambda cells: [n * 1.2**at for at, n in enumerate(told(cells))])
    answered = [case for case in cases(GOLDEN / family) if not case.error]
    assert sum(bool(trouble(case)) for case in answered) > 0.9 * len(answered)
