"""Every golden case of the statistics, through the public functions; where we rightly differ is said."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from tests.golden.case import cases
from tests.golden.families.tables import frame
from tests.golden.run import run

from trigpoint.measures.statistics import Matching, MissingCounts, Reference, isr_ratio

GOLDEN = Path(__file__).resolve().parents[3] / "shared" / "golden"
FAMILIES = ("rates", "proportion", "mean", "dsr", "isr", "le", "quantile")

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not GOLDEN.exists(), reason="the golden answers in the shared folder are not here"),
]


@pytest.mark.parametrize("family", FAMILIES)
def test_every_case_agrees_or_differs_for_a_stated_reason(family: str) -> None:
    tally = run(GOLDEN / family)

    assert tally.total > 20
    assert [(case.id, words) for case, words in tally.failed] == []


@pytest.mark.parametrize("family", FAMILIES)
def test_the_runner_would_notice_a_wrong_answer(family: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With every value of the golden tables moved a little, no case with a value passes."""
    module = importlib.import_module(f"tests.golden.families.{family}")
    told = module.numbers if family == "quantile" else importlib.import_module("tests.golden.families.tables").numbers
    where = f"tests.golden.families.{'quantile' if family == 'quantile' else 'tables'}.numbers"
    monkeypatch.setattr(where, lambda cells: [number + 1e-6 * abs(number) for number in told(cells)])

    tally = run(GOLDEN / family)

    assert len(tally.failed) > tally.total / 2


def test_the_reference_found_by_its_label_gives_what_position_gives() -> None:
    """The golden references stand in order; ours are found by the label of the band, and agree wherever the labels do
    (some of the golden references misspell one, which position does not notice)."""
    compared = 0
    for case in cases(GOLDEN / "isr"):
        if case.error or case.params["refpoptype"] != "vector":
            continue
        if set(case.table("reference")["ageband"]) != set(case.table("input")["ageband"]):
            continue
        both = [
            isr_ratio(
                frame(case, "input", ("x", "n")),
                count="x",
                population="n",
                by="area",
                observed=frame(case, "observed_totals", ("x",)) if "observed_totals" in case.inputs else None,
                missing=MissingCounts.AS_ZERO,
                reference=Reference(
                    frame(case, "reference", ("x_ref", "n_ref")),
                    count="x_ref",
                    population="n_ref",
                    on="ageband",
                    matching=matching,
                ),
            )
            for matching in Matching
        ]
        assert both[0].equals(both[1])
        compared += 1
    assert compared > 20
