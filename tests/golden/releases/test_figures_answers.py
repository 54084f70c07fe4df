"""Published answers out of real files: added as a user adds them, asked as a user asks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from trigpoint.releases.figures import value
from trigpoint.releases.reading import FileReading, read_file
from trigpoint.releases.store import Store, open_store

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
FILES = (
    "rtt/Full-CSV-data-file-Jan26-ZIP-4M-WL5BiP.zip",
    "ae/Monthly-AE-June-2025-1-1.csv",
    "cancer/January-2026-Monthly-Combined-Workbook-Provisional.xlsx",
    "diagnostics/Monthly-Diagnostics-Web-File-Provider-March-2025_SW40K.xls",
    "ambulance/ambsys.csv",
    "dtoc/April_17.xls",
)
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the shared reference folder is not beside the checkout"),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    made = open_store(tmp_path_factory.mktemp("answers"))
    for file in FILES:
        for reading in read_file(SHARED / file):
            assert isinstance(reading, FileReading), reading
            made.add(reading, date(2026, 6, 1))
    return made


@pytest.mark.parametrize(
    ("measure", "month", "expected", "parts"),
    [
        ("rtt-list-size", "2026-01", 7_187_677, (7_187_677, None)),
        ("rtt-18-weeks", "2026-01", 61.38, (4_412_147, 7_187_677)),
        ("rtt-52-plus", "2026-01", 137_320, (137_320, None)),
        ("rtt-list-size-without-nonc", "2026-01", 7_155_958, (7_155_958, None)),
        ("rtt-18-weeks-without-nonc", "2026-01", 61.43, (None, 7_155_958)),
        ("ae-4-hour", "2025-06", 75.0, (None, None)),
        ("ae-4-hour-published", "2025-06", 75.5, (None, None)),
        ("cancer-fds", "2026-01", 72.76, (194_784, 267_704)),
        ("cancer-31-day", "2026-01", 89.83, (None, None)),
        ("cancer-62-day", "2026-01", 68.39, (19_657, 28_742)),
        ("dm01-over-6-weeks", "2025-03", 18.36, (312_744, 1_703_242)),
        ("ambulance-cat2-mean", "2024-01", 2_406, (None, None)),
        ("delayed-days", "2017-04", 176_886, (176_886, None)),
    ],
)
def test_england_s_figure_is_the_published_one(store: Store, measure: str, month: str, expected, parts) -> None:
    found = value(store, measure, "ENG", date.fromisoformat(f"{month}-01"))
    decimals = len(str(expected).partition(".")[2])
    assert found.value is not None
    assert round(found.value, decimals) == expected
    for got, wanted in zip((found.numerator, found.denominator), parts, strict=True):
        assert wanted is None or got == wanted
    assert found.source.startswith("NHS England, ")
