"""Published cancer waiting times, read from the files as they were published."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from trigpoint.errors import InputError
from trigpoint.releases.observation import Status
from trigpoint.releases.reading import FileReading, read_file

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "data" / "cancer"
COMBINED = "January-2026-Monthly-Combined-Workbook-Provisional.xlsx"
COMMISSIONERS = "APRIL-2025-CWT-CRS-COMMISSIONER-WORKBOOK-PROVISIONAL.xlsx"
pytestmark = pytest.mark.shared


@cache
def reading(name: str) -> FileReading:
    path = FOLDER / name
    if not path.exists():
        pytest.skip("the published file is not here: it lies in the shared folder beside the checkout")
    (found,) = read_file(path)
    assert not isinstance(found, InputError), found
    return found


def figure(name: str, part: str, org: str = "ENG", detail: str = "") -> float:
    frame = reading(name).reading.frame
    rows = frame.filter((pl.col.part == part) & (pl.col.org == org) & (pl.col.detail == detail))
    assert rows.height == 1, rows
    return float(rows["value"][0])


@pytest.mark.parametrize(
    ("standard", "within", "total", "percentage"),
    [
        ("cancer-fds", 194_784, 267_704, 72.76),
        ("cancer-31-day", 53_663, 59_736, 89.83),
        ("cancer-62-day", 19_657, 28_742, 68.39),
    ],
)
def test_england_in_january_2026(standard: str, within: int, total: int, percentage: float) -> None:
    assert figure(COMBINED, f"{standard}-within") == within
    assert figure(COMBINED, standard) == total
    assert round(100 * within / total, 2) == percentage


@pytest.mark.parametrize(
    ("name", "part", "org", "detail", "value"),
    [
        (COMBINED, "cancer-62-day", "RYR", "cancer=urological-other;route=consultant-upgrade", 15.5),
        (COMBINED, "cancer-62-day-within", "UNKNOWN", "cancer=urological-prostate;route=consultant-upgrade", 9),
        (COMBINED, "cancer-fds", "ENG", "cancer=suspected-acute-leukaemia", 30),
        (COMBINED, "cancer-referrals-seen", "ENG", "", 256_975),
        (COMBINED, "cancer-breast-referrals-seen-within-14-days", "RXW", "", 139),
        (COMMISSIONERS, "cancer-fds", "ENG", "", 273_167),
        (COMMISSIONERS, "cancer-fds-within", "ENG", "", 209_566),
        (COMMISSIONERS, "cancer-31-day", "QOX", "", 967),
        (COMMISSIONERS, "cancer-31-day-within", "ENG", "stage=subsequent", 22_597),
        (COMMISSIONERS, "cancer-62-day", "ENG", "", 27_347),
        (COMMISSIONERS, "cancer-62-day-within", "ENG", "route=screening", 1_468),
        (COMMISSIONERS, "cancer-62-day-after-104-days", "ENG", "", 2_282),
        (COMMISSIONERS, "cancer-breast-referrals-seen", "ENG", "", 9_532),
    ],
)
def test_published_figures(name: str, part: str, org: str, detail: str, value: float) -> None:
    assert figure(name, part, org, detail) == value


@pytest.mark.parametrize(
    ("name", "variant", "month", "published", "organisations"),
    [
        (COMBINED, "combined workbook", date(2026, 1, 31), date(2026, 3, 12), {"provider": 145, "national": 1}),
        (COMMISSIONERS, "commissioner workbook", date(2025, 4, 30), None, {"system": 42, "national": 1}),
    ],
)
def test_provenance(
    name: str, variant: str, month: date, published: date | None, organisations: dict[str, int]
) -> None:
    found = reading(name)
    assert found.release.id == "cancer"
    assert found.reading.variant == variant
    assert found.reading.status is Status.PROVISIONAL
    assert found.reading.published == published
    assert [end for _, end in found.periods] == [month]
    counted = found.reading.frame.group_by("basis").agg(pl.col("org").n_unique()).rows()
    assert organisations.items() <= dict(counted).items()
    assert found.reading.rejected == ()


def test_england_is_the_sum_of_the_organisations_in_every_line() -> None:
    assert "457 of 457 figures of England agree with the sum of 145 providers" in reading(COMBINED).reading.notes
    assert "421 of 421 figures of England agree with the sum of 51 commissioners" in reading(COMBINED).reading.notes
    assert (
        "419 of 419 figures of England agree with the sum of 51 commissioners" in reading(COMMISSIONERS).reading.notes
    )


@pytest.mark.parametrize("name", [COMBINED, COMMISSIONERS])
@pytest.mark.parametrize("part", ["cancer-fds", "cancer-31-day", "cancer-62-day"])
def test_parts_make_the_whole_of_every_system(name: str, part: str) -> None:
    """Routes or stages, and cancers, add up to the row of all of them; the whole is never one of its parts."""
    frame = reading(name).reading.frame.filter((pl.col.part == part) & (pl.col.basis == "system"))
    whole = frame.filter(pl.col.detail == "").select("org", whole="value")
    for axis in ("(route|stage)=[^;]*", "cancer=[^;]*"):
        parts = frame.filter(pl.col.detail.str.contains(f"^{axis}$")).group_by("org").agg(pl.col("value").sum())
        beside = whole.join(parts, "org")
        assert beside.height == 42
        assert beside.filter(pl.col.whole != pl.col.value).is_empty()
