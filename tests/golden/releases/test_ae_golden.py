"""Published A&E files: June 2025 as CSV and as workbook, the eras, the months of the field test."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from trigpoint.releases.measure import Term
from trigpoint.releases.readers.ae import RELEASE
from trigpoint.releases.reading import FileReading, read_file
from trigpoint.rounding import half_up

DATA = Path(__file__).resolve().parents[4] / "shared/data"
CSV = "ae/Monthly-AE-June-2025-1-1.csv"
BOOK = "ae/June-2025-AE-by-provider-3euC4-1.xlsx"
APRIL_2020 = "ae/era_April-2020-revised-260421-abc123.csv"
AUGUST_2020 = "ae/era_August-2020-revised-270421-gh920.csv"
FIELD_TEST = ["RC9", "RD3", "RDU", "RFR", "RGR", "RGT", "RHU", "RK9", "RNQ", "RQM", "RVW", "RX1", "RXF", "RYJ"]

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not (DATA / "ae").is_dir(), reason="the published files are not beside this checkout"),
]


def read(name: str) -> FileReading:
    (found,) = read_file(DATA / name)
    assert isinstance(found, FileReading), found
    assert (found.release.id, found.reading.rejected) == ("ae", ())
    return found


def value(found: FileReading, part: str, org: str = "ENG", whole: str = "", basis: str = "") -> float | str:
    rows = found.reading.frame.filter(
        (pl.col("part") == part) & (pl.col("org") == org) & (pl.col("detail") == whole)
    ).filter(pl.col("basis") == (basis or ("national" if org == "ENG" else "provider")))
    (row,) = rows.to_dicts()
    return float(row["value"]) if row["value"] is not None else str(row["marker"])


def measured(found: FileReading, measure: str, org: str = "ENG", basis: str = "") -> float:
    """A proportion in per cent or a count, of the parts that the data file states."""
    one = next(one for one in RELEASE.measures if one.id == measure)

    def side(terms: tuple[Term, ...]) -> float:
        return sum(term.sign * float(value(found, term.part, org, term.detail, basis)) for term in terms)

    return 100 * side(one.numerator) / side(one.denominator) if one.denominator else side(one.numerator)


@pytest.mark.parametrize("name", [CSV, BOOK])
@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("ae-4-hour", "75.0"),
        ("ae-4-hour-published", "75.5"),
        ("ae-4-hour-type-1", "61.3"),
        ("ae-4-hour-type-1-published", "61.7"),
        ("ae-attendances", "2267068.0"),
        ("ae-attendances-published", "2350478.0"),
        ("ae-attendances-type-1", "1395330.0"),
        ("ae-attendances-type-1-published", "1428563.0"),
        ("ae-emergency-admissions", "536896.0"),
        ("ae-emergency-admissions-via-ae", "402443.0"),
        ("ae-12-hour-dta", "38683.0"),
        ("ae-4-to-12-hour-dta", "79488.0"),
    ],
)
def test_june_2025_is_the_same_from_csv_and_workbook(name: str, measure: str, expected: str) -> None:
    assert str(half_up(measured(read(name), measure), 1)) == expected


def test_csv_and_workbook_agree_for_every_provider_and_part() -> None:
    key = ["part", "org", "basis", "detail", "start", "end"]
    both = read(CSV).reading.frame.join(read(BOOK).reading.frame, on=key, suffix=" book")
    assert both.height > 8_000
    assert both.filter(~pl.col("value").eq_missing(pl.col("value book"))).is_empty()


def test_what_the_workbook_says_of_itself_and_its_systems() -> None:
    found = read(BOOK).reading
    assert (str(found.published), found.status.value, found.revised) == ("2025-07-10", "published", None)
    assert "all 42 systems agree with their providers by the hidden sheet System Mapping" in found.notes
    assert {one.provider: one.commissioner for one in found.mapping}["NTV0B"] == "QXU"
    assert not any("differ" in note or "not known" in note for note in found.notes)
    assert measured(read(BOOK), "ae-4-hour-published", "QUA", "system") == pytest.approx(80.49190468506267)
    assert measured(read(BOOK), "ae-4-hour-published", "RC9", "acute trust footprint") == pytest.approx(
        75.4520368891148
    )


@pytest.mark.parametrize(
    ("name", "era", "month", "rows", "percent"),
    [
        ("ae/era_Monthly-AE-April-2019-revised-220720-ab123.csv", "april-2019", "2019-04-01", 235, "85.1"),
        (APRIL_2020, "april-2020", "2020-04-01", 222, "90.4"),
        (AUGUST_2020, "august-2020", "2020-08-01", 218, "89.2"),
        ("ae/Monthly-AE-September-2024.csv", "august-2020", "2024-09-01", 197, "74.2"),
        ("ae/Monthly-AE-March-2025.csv", "august-2020", "2025-03-01", 198, "75.0"),
        ("ae/Monthly-AE-April-2025.csv", "august-2020", "2025-04-01", 198, "74.8"),
        ("ae/Monthly-AE-May-2025.csv", "august-2020", "2025-05-01", 200, "75.4"),
    ],
)
def test_the_months(name: str, era: str, month: str, rows: int, percent: str) -> None:
    found = read(name)
    assert (found.reading.era, found.periods[0][0].isoformat(), found.reading.whole) == (era, month, True)
    assert f"the England row agrees with the sum of {rows} rows" in " ".join(found.reading.notes)
    assert str(half_up(measured(found, "ae-4-hour-published"), 1)) == percent


@pytest.mark.parametrize("name", [APRIL_2020, AUGUST_2020])
def test_trusts_of_the_field_test_have_no_four_hour_figure(name: str) -> None:
    found = read(name)
    parts = ("ae-over-4-hours", "ae-within-4-hours", "ae-over-4-hours-published", "ae-within-4-hours-published")
    for org in FIELD_TEST:
        assert {value(found, part, org) for part in parts} == {"not available"}
        assert float(value(found, "ae-attendances", org)) > 2_000
    silent = found.reading.frame.filter((pl.col("marker") != "") & (pl.col("org") != "ENG"))
    assert sorted(silent["org"].unique()) == FIELD_TEST


def test_a_file_cut_to_some_providers_keeps_the_england_that_it_prints() -> None:
    found = read("ae/fixture_ae_2026-06.csv")
    assert found.reading.whole is False
    assert value(found, "ae-attendances-published", whole="type=1") == 1_461_113 + 27_489
    assert any("the England row differs from the sum of 25 rows in 18 columns" in one for one in found.reading.notes)


def test_three_years_of_the_tidied_form() -> None:
    found = read("nhsrdatasets/ae_attendances.csv")
    assert len(found.periods) == 36
    march = found.reading.frame.filter((pl.col("start") == pl.date(2017, 3, 1)) & (pl.col("org") == "RF4"))
    parts = {(row["part"], row["detail"]): row["value"] for row in march.to_dicts()}
    assert (parts["ae-attendances", ""], parts["ae-over-4-hours", ""]) == (21_289 + 813 + 2_850, 2_879 + 22 + 6)
    assert parts["ae-emergency-admissions-via-ae", ""] == 5_060
