"""The real files of Talking Therapies, dementia, Fingertips, allocations and SHMI, read as they lie there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from trigpoint.errors import InputError
from trigpoint.releases.files.opening import open_bytes
from trigpoint.releases.reading import FileReading, read_content, read_file

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
pytestmark = pytest.mark.shared


def path(name: str) -> Path:
    found = SHARED / name
    if not found.is_file():
        pytest.skip(f"{found} is not here")
    return found


def read(name: str, month: date | None = None) -> FileReading:
    file = path(name)
    if month is None:
        (result,) = read_file(file)
        assert isinstance(result, FileReading), result
        return result
    (content,) = open_bytes(file.read_bytes(), file.name)
    return read_content(replace(content, month=month))


def value(result: FileReading, part: str, org: str, basis: str, start: date, detail: str = "") -> float:
    rows = result.reading.frame.filter(
        (pl.col("part") == part)
        & (pl.col("org") == org)
        & (pl.col("basis") == basis)
        & (pl.col("detail") == detail)
        & (pl.col("start") == start)
    )
    assert len(rows) == 1
    return float(rows["value"].item())


def test_iapt_tidied() -> None:
    result = read("iapt/england_sicb_iapt.csv")
    assert (result.release.id, result.reading.variant) == ("talking_therapies", "tidied")
    assert len(result.reading.frame) == 12_826
    assert len(result.periods) == 11
    assert result.reading.rejected == ()
    july = date(2022, 7, 1)
    assert value(result, "talking-therapies-referrals", "E38000130", "commissioner", july) == 560
    assert value(result, "talking-therapies-6-weeks-rate", "E38000130", "commissioner", july) == 55
    assert result.reading.frame["value"].null_count() == 79


def test_a_list_of_columns_is_no_release() -> None:
    (result,) = read_file(path("iapt/nhstt_measures_monthly_schemas.csv"))
    assert isinstance(result, InputError)


def test_dementia_register_and_estimate() -> None:
    result = read("dementia/dem_rev_vs_est_2107.csv")
    assert result.release.id == "dementia"
    assert len(result.periods) == 12
    january = date(2017, 1, 1)
    register = value(result, "dementia-register-65-plus", "ENG", "national", january)
    estimate = value(result, "dementia-estimate-65-plus", "ENG", "national", january)
    assert (register, estimate) == (429_394, 633_196.1)
    assert round(100 * register / estimate, 1) == 67.8
    assert value(result, "dementia-register-65-plus", "ADUR", "local authority", january) == 580


def test_fingertips() -> None:
    result = read("fingertips/indicators-CountyUA.data.csv")
    assert result.release.id == "fingertips"
    assert result.reading.rejected == ()
    year = date(2015, 1, 1)
    assert value(result, "fingertips-93356", "ENG", "national", year) == pytest.approx(94.7261896202678)
    assert value(result, "fingertips-93356-count", "ENG", "national", year) == 51_897
    assert value(result, "fingertips-93356-denominator", "ENG", "national", year) == 54_786_327
    assert {part.name for part in result.reading.parts} >= {"Campylobacter incidence rate/100,000"}
    total = result.reading.frame.filter((pl.col("part") == "fingertips-93356-count") & (pl.col("start") == year))
    deciles = total.filter(
        pl.col("detail").str.contains("deciles in England") & pl.col("detail").str.contains("District")
    )
    assert 0 < len(deciles) <= 10


def test_allocations() -> None:
    result = read("allocations/2025_2026.csv", date(2025, 4, 1))
    assert result.release.id == "allocations"
    start = date(2025, 4, 1)
    assert value(result, "allocation-population", "ENG", "national", start) == pytest.approx(63_849_324.2, abs=0.1)
    assert value(result, "weighted-population", "A81001", "practice", start) == 4908.808509
    systems = result.reading.frame.filter((pl.col("basis") == "system") & (pl.col("part") == "weighted-population"))
    assert len(systems) == 42
    assert systems["value"].sum() == pytest.approx(63_849_324.2, abs=0.1)


def test_allocations_have_their_year_from_their_name_alone() -> None:
    result = read("allocations/2025_2026.csv")
    assert result.periods == ((date(2025, 4, 1), date(2026, 3, 31)),)
    assert "taken from its name" in result.reading.notes[0]


def test_coefficients_of_shmi() -> None:
    result = read("shmi/SHMI model predict statistics, Apr22-Mar23 (csv).csv")
    assert result.periods == ((date(2022, 4, 1), date(2023, 3, 31)),)
    assert result.reading.rejected == ()
    frame = result.reading.frame.filter(pl.col("part") == "shmi-coefficient")
    assert len(frame) == 6_597  # as many as the file has rows
    assert any("142 models" in note for note in result.reading.notes)
