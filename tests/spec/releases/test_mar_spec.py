"""Monthly activity return: rows of England, regions and providers, and columns that differ a little by year."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import polars as pl
import pytest

from trigpoint.errors import InputError
from trigpoint.releases.files.opening import open_bytes
from trigpoint.releases.readers.monthly_activity import RELEASE
from trigpoint.releases.release import Reading

LABELS = ["Year", "Period", "Region Code", "Region Name", "Org Code", "Org Name"]
COUNTS = [
    "Elective G&A Ordinary Admissions (FFCEs)",
    "Elective G&A Total Admissions (FFCEs)",
    "Total Non-elective G&A Admissions (FFCEs)",
    "GP Referrals Made (G&A) ",
    "All 1st Outpatient Attendances (G&A) ",
]


def workbook(labels: list[str], counts: list[str], rows: list[list[object]], basis: str = "Provider") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        [],
        [None, "Title:", "Monthly Hospital Activity"],
        [None, "Period:", "March 2017"],
        [None, "Basis:", basis],
        [None, "Published:", "11th May 2017"],
        [],
        [None, *labels, *counts],
        *([None, *row] for row in rows),
        [],
        [None, "Note: one provider did not submit"],
    ):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(data: bytes) -> Reading:
    (content,) = open_bytes(data, "mar.xlsx")
    assert RELEASE.recognise(content)
    return RELEASE.read(content)


ROWS: list[list[object]] = [
    ["2016-17", "March", None, None, None, "England", 1, 6, 5, 90, 40],
    [],
    ["2016-17", "March", "Y54", "NORTH", "NT225", "NUFFIELD HEALTH, LEEDS", 1, 4, 2, 50, 10],
    ["2016-17", "March", "Y54", "NORTH", "RVJ", "NORTH BRISTOL", 0, 2, 3, 40, 30],
]


def test_england_has_a_name_and_no_code() -> None:
    reading = read(workbook(LABELS, COUNTS, ROWS))
    england = reading.frame.filter(pl.col("org") == "ENG")
    assert set(england["basis"]) == {"national"}
    assert dict(england.filter(pl.col("detail") == "").select("part", "value").iter_rows()) == {
        "mar-elective-admissions": 6,
        "mar-non-elective-admissions": 5,
        "mar-gp-referrals-made": 90,
        "mar-first-attendances": 40,
    }
    assert set(reading.frame["end"]) == {date(2017, 3, 31)}
    assert "the England row agrees with the sum of 2 providers (5 totals checked)" in reading.notes
    assert "Note: one provider did not submit" in reading.notes
    assert not reading.rejected


@pytest.mark.parametrize(
    ("column", "part"),
    [
        ("GP Written Referrals Made (G&A)", "mar-gp-referrals-made"),
        ("GP  Referrals  Seen (All specialties)", "mar-gp-referrals-seen-all"),
        ("Elective G&A Admissions (FFCEs) -NHS Treatment Centres (TCs) ", "mar-elective-treatment-centre-admissions"),
        ("Elective G&A Planned Total Admissions (FFCEs)", "mar-elective-planned-admissions"),
        ("OTHER REFERRALS MADE (G&A)", "mar-other-referrals-made"),
    ],
)
def test_spellings_of_a_column(column: str, part: str) -> None:
    reading = read(workbook(LABELS, [*COUNTS[:3], column], [row[:10] for row in ROWS]))
    assert part in set(reading.frame["part"])


def test_the_commissioners_file_is_another_variant() -> None:
    reading = read(workbook(LABELS, COUNTS, ROWS, basis="Commissioner"))
    assert reading.variant == "commissioner workbook"
    assert set(reading.frame["basis"]) == {"national", "commissioner"}


def test_a_column_that_nobody_knows_is_told() -> None:
    reading = read(workbook(LABELS, [*COUNTS, "Virtual wards"], [[*row, 1] if row else row for row in ROWS]))
    assert any("“virtual wards” of sheet “Sheet” is not known" in note for note in reading.notes)


def test_without_a_main_column_the_file_is_refused() -> None:
    with pytest.raises(InputError, match="there is no column “Total Non-elective G&A Admissions"):
        read(workbook(LABELS, [*COUNTS[:2], *COUNTS[3:]], ROWS))


def test_a_bad_period_rejects_its_row_only() -> None:
    rows = [*ROWS, ["2016-17", "Smarch", "Y54", "NORTH", "RXX", "NOWHERE", 1, 1, 1, 1, 1]]
    reading = read(workbook(LABELS, COUNTS, rows))
    assert len(reading.rejected) == 1
    assert "“2016-17” with “Smarch” is no month" in reading.rejected[0]
    assert "RXX" not in set(reading.frame["org"])
