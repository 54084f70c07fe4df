"""Every golden case of the control charts, the peer's own vectors of its rules, and the stated departures from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.golden.families import spc as family
from tests.golden.run import run

from trigpoint.measures.spc import control_chart, rule_set
from trigpoint.measures.spc.control import Signal
from trigpoint.measures.spc.layout import Layout
from trigpoint.measures.spc.limits import Limits
from trigpoint.measures.spc.signals import SIGNALS, point_signals

GOLDEN = Path(__file__).resolve().parents[3] / "shared" / "golden" / "spc"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not GOLDEN.exists(), reason="the golden answers in the shared folder are not here"),
]


def test_every_case_agrees_or_differs_for_a_stated_reason() -> None:
    tally = run(GOLDEN)

    assert tally.total > 200
    assert [(case.id, words) for case, words in tally.failed] == []
    assert len(tally.differing) < 15


def test_the_runner_would_notice_wrong_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trigpoint.measures.spc.limits.LIMIT_FACTOR", 2.66 * (1 + 1e-6))

    assert len(run(GOLDEN).failed) > 200


def vectors(function: str) -> list[dict[str, Any]]:
    if not GOLDEN.exists():
        return []
    rows = json.loads((GOLDEN / "unit_vectors.json").read_text(encoding="utf-8"))
    return [row for row in rows if row["fn"] == [function] and row["result"]]


@pytest.mark.parametrize("vector", vectors("ptd_special_cause_type"))
def test_the_peers_own_vectors_of_its_rules(vector: dict[str, Any]) -> None:
    """The peer gives its function flags; lines are put so that each point has these flags."""
    values, sides, close, outside = (np.array(column, dtype=float) for column in vector["args"])
    beyond = np.where(sides == 0, 1, sides)
    edge, near = (
        values - beyond * np.where(outside > 0, 0.1, -2.0),
        values - beyond * np.where(close + outside > 0, 0.2, -1),
    )
    far = beyond * 1e6
    upper, lower = np.where(beyond > 0, edge, values + 1e6), np.where(beyond > 0, values - far, edge)
    near_upper, near_lower = np.where(beyond > 0, near, values + 1e6), np.where(beyond > 0, values - far, near)
    none = np.zeros(1)
    limits = Limits(values - sides, lower, upper, near_lower, near_upper, none, none.astype(int), none > 0, none, none)
    barriers = np.arange(len(values)) == 0
    layout = Layout(len(values), np.zeros(1, dtype=int), np.zeros(1, dtype=int), barriers)
    codes = point_signals(values, limits, layout, rule_set("nhsr-0.2.2"), np.zeros(len(values), dtype=np.int8))

    assert [SIGNALS[code] for code in codes] == [family._SIGNALS[word] for word in vector["result"]]


def departures() -> list[dict[str, Any]]:
    if not GOLDEN.exists():
        return []
    return json.loads((GOLDEN / "mdc_profile.json").read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("case", departures(), ids=lambda case: case["case"])
def test_making_data_count_counts_points_beyond_the_limit(case: dict[str, Any]) -> None:
    result = control_chart(case["y"], baseline=case["fix_after_n_points"], rule_set="mdc-7")
    peer = control_chart(
        case["y"], baseline=case["fix_after_n_points"], rule_set="nhsr-0.2.2", screening=case["screen_outliers"]
    )

    special = [at for at, signal in enumerate(result.signals) if signal is not Signal.NONE]
    assert special == case["mdc_special_cause_points"]
    assert [family._SIGNALS[word] for word in case["nhsr_0_2_2_types"]] == list(peer.signals)
    assert (result.centre[0], result.lower[0], result.upper[0]) == pytest.approx(
        (case["mean"], case["lpl"], case["upl"]), rel=1e-9
    )
