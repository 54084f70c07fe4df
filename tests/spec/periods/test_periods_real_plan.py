"""Every dated commitment of a real plan is read as people read it."""

import json
from pathlib import Path

import pytest

from trigpoint.periods import FinancialYear, Quarter, due_date

TRUTH = Path(__file__).resolve().parents[3].parent / "shared" / "truth" / "import-worcestershire.json"
YEAR = FinancialYear(2016)


@pytest.mark.shared
@pytest.mark.skipif(not TRUTH.exists(), reason="the shared reference folder is not beside the checkout")
@pytest.mark.parametrize("in_column", [True, False], ids=["under its column", "with the plan's year alone"])
def test_every_commitment(in_column: bool):
    items = json.loads(TRUTH.read_text("utf-8"))["items"]
    wrong = []
    for item in items:
        column = Quarter(YEAR, int(item["column"][1])) if in_column and item["column"] else None
        phrase = due_date(f"{item['date_phrase']}, {item['text_start']}", years=[YEAR], column=column)
        allowed = {item["due"], *(item["alternative_due"] or [])}
        if phrase is None or phrase.due.isoformat() not in allowed or phrase.text != item["date_phrase"]:
            wrong.append((item["id"], item["date_phrase"], phrase))
    assert items
    assert wrong == []
