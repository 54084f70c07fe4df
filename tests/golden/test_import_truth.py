"""Both real plans against hand-checked truth: nothing that was read right may be lost again."""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from trigpoint.documents import interpret, read_document, to_contract
from trigpoint.plans import read_plan, write_plan
from trigpoint.plans.draft import PlanDraft

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not (SHARED / "plans").is_dir(), reason="the shared reference folder is not beside the checkout"
    ),
]
TRUTH = [
    ("worcestershire-2016-17", "import-worcestershire", "score_dated"),
    ("dudley-2017-19", "import-dudley-mustdos", "score_mustdos"),
    ("dudley-2017-19", "import-dudley-indicators", "score_indicators"),
]


@pytest.fixture(scope="module")
def drafts() -> dict[str, PlanDraft]:
    return {name: interpret(read_document(SHARED / "plans" / f"{name}.txt")) for name in {row[0] for row in TRUTH}}


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_import", SHARED / "tools" / "score_import.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("plan", "truth", "score"), TRUTH)
def test_import_agrees_with_the_truth(
    drafts: dict[str, PlanDraft], scorer: ModuleType, plan: str, truth: str, score: str
) -> None:
    wanted = json.loads((SHARED / "truth" / f"{truth}.json").read_text(encoding="utf-8"))
    assert getattr(scorer, score)(wanted, to_contract(drafts[plan])) >= 0.97


def contract(draft: PlanDraft) -> dict[str, Any]:
    return to_contract(draft)


def test_one_year_plan_counts(drafts: dict[str, PlanDraft]) -> None:
    found = contract(drafts["worcestershire-2016-17"])
    assert len(found["themes"]) == 4
    assert [row["number"] for row in found["objectives"]] == [str(number) for number in range(1, 11)]
    assert Counter(row["scope"] for row in found["deliverables"]) == {"system": 80, "local": 12}
    assert sum(row["scope"] == "local" and row["area"] is None for row in found["deliverables"]) == 4
    assert all(row["due"] and row["column"].startswith("2016/17 Q") for row in found["deliverables"])
    assert all(row["leads"] and row["committees"] for row in found["objectives"])
    assert found["document"]["plan_years"] == ["2016/17"]


def test_two_year_plan_counts(drafts: dict[str, PlanDraft]) -> None:
    found = contract(drafts["dudley-2017-19"])
    assert [row["number"] for row in found["themes"]] == [str(number) for number in range(1, 10)]
    by_theme = Counter(row["theme"] for row in found["objectives"])
    assert by_theme == {"t1": 4, "t2": 6, "t3": 6, "t4": 6, "t5": 5, "t6": 5, "t7": 10, "t8": 4, "t9": 6}
    assert 70 <= len(found["deliverables"]) <= 82
    assert len(found["indicators"]) == 12
    assert [row["amount_gbp"] for row in found["risks"]] == [1_800_000, 14_400_000, 2_700_000, None, None]
    assert found["document"]["plan_years"] == ["2017/18", "2018/19"]
    assert sum(note["kind"] == "skipped" and "Repeats line" in note["text"] for note in found["notes"]) == 4


@pytest.mark.parametrize("name", ["worcestershire-2016-17", "dudley-2017-19"])
def test_every_item_has_a_source_with_its_words(drafts: dict[str, PlanDraft], name: str) -> None:
    draft = drafts[name]
    plan = draft.plan
    for row in (*plan.themes, *plan.objectives, *plan.deliverables, *plan.milestones, *plan.measures):
        found = draft.sources[row.id]
        assert found.lines, row.id
        assert found.words, row.id
        first = draft.document.blocks[found.lines[0] - 1]
        assert found.words.split()[0] in f"{first.raw} {first.text}", row.id


@pytest.mark.parametrize("name", ["worcestershire-2016-17", "dudley-2017-19"])
def test_the_workspace_holds_all_that_was_read(drafts: dict[str, PlanDraft], name: str, tmp_path: Path) -> None:
    write_plan(drafts[name].plan, tmp_path / "workspace")
    assert read_plan(tmp_path / "workspace") == drafts[name].plan
