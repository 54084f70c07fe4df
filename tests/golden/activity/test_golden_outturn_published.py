"""Forecast outturn of a trust from NHS England's monthly A&E files, as they were published."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from trigpoint.activity.outturn import Method, forecast_outturn, history_of_figures
from trigpoint.periods import FinancialYear, Month
from trigpoint.releases.figures import series
from trigpoint.releases.reading import FileReading, read_file
from trigpoint.releases.store import open_store

DATA = Path(__file__).resolve().parents[4] / "shared/data/ae"
MONTHS = ["Monthly-AE-April-2025.csv", "Monthly-AE-May-2025.csv", "Monthly-AE-June-2025-1-1.csv"]
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not DATA.is_dir(), reason="the published files are not beside this checkout"),
]


def test_a_trust_from_three_published_months(tmp_path: Path) -> None:
    store = open_store(tmp_path, create=True)
    for name in MONTHS:
        for file in read_file(DATA / name):
            assert isinstance(file, FileReading), file
            store.add(file, date(2025, 8, 1))
    history = history_of_figures(series(store, "ae-attendances-type-1", "RNA"))
    assert (history.first, history.values) == (Month(2025, 4), (9578.0, 10164.0, 10299.0))
    (outturn,) = forecast_outturn([history], FinancialYear(2025), 3)
    assert dict(outturn.by_method)[Method.CALENDAR_DAYS] == pytest.approx(30041 * 365 / 91)
    assert outturn.finding.startswith("RNA, ae-attendances-type-1: 2025/26 will come to 12")
    (four,) = forecast_outturn([history], FinancialYear(2025), 4)
    assert "July 2025 has no count (missing); the other months stand for it." in four.notes
