"""Delayed transfers of care: what of a monthly workbook becomes which observation."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from tests.release_files import workbook

from trigpoint.errors import InputError
from trigpoint.releases.files.opening import open_bytes
from trigpoint.releases.observation import repeated
from trigpoint.releases.readers.delayed_transfers import RELEASE
from trigpoint.releases.readers.delayed_transfers.layout import division
from trigpoint.releases.release import Reading

PREAMBLE = [
    [],
    [None, "Title:", "Delayed Transfer of Care, NHS Organisations, England"],
    [None, "Period:", "April 2017"],
    [None, "Basis:", "Local Authority"],
    [None, "Published:", "8th June 2017"],
    [None, "Revised:", "14th June 2018"],
    [None, "Status:", "Revised Public"],
    [],
]
CARE = [
    [None, None, None, None, None, "Delayed Days", None, None, None, "DTOC Beds"],
    [
        None,
        "Region",
        "ONS Geography",
        "Code",
        "Name",
        "Acute",
        "Non-Acute",
        "Total",
        None,
        "Acute",
        "Non-Acute",
        "Total",
    ],
    [None, "-", "-", "-", "England", 60, 30, 90, None, 2, 1, 3],
    [],
    [None, "East Midlands", "E06000015", "507", "Derby UA", 60, 0, 60, None, 2, 0, 2],
    [None, "East Midlands", "E10000007", "506", "Derbyshire", 0, 0, 0, None, 0, 0, 0],
    [None, "-", "-", "9900", "Resident In Wales", "-", 30, 30, None, "-", 1, 1],
    [],
    [None, "Note: a footnote"],
]
RESPONSIBLE = [
    [None, "Region", "ONS Geography", "Code", "Name", "NHS", "Social Care", "Both", "Total"],
    [None, "-", "-", "-", "England", 50, 30, 10, 90],
    [None, "East Midlands", "E06000015", "507", "Derby UA", 30, 20, 10, 60],
    [None, "-", "-", "9900", "Resident In Wales", 20, 10, 0, 30],
]


def read(data: bytes, name: str = "dtoc.xlsx") -> Reading:
    (content,) = open_bytes(data, name)
    assert RELEASE.recognise(content)
    return RELEASE.read(content)


def value(reading: Reading, part: str, org: str, whole: str = "") -> float | None:
    found = reading.frame.filter((pl.col("part") == part) & (pl.col("org") == org) & (pl.col("detail") == whole))
    assert len(found) == 1, (part, org, whole)
    return found["value"][0]


@pytest.fixture
def both() -> Reading:
    return read(workbook(by_care=PREAMBLE + CARE, by_org=PREAMBLE + RESPONSIBLE))


@pytest.mark.parametrize(
    ("part", "org", "whole", "expected"),
    [
        ("delayed-days", "ENG", "", 90),
        ("delayed-days", "ENG", "care=acute", 60),
        ("delayed-days", "ENG", "responsible=nhs", 50),
        ("delayed-days", "E06000015", "responsible=social-care", 20),
        ("delayed-beds", "ENG", "", 3),
        ("delayed-beds", "9900", "care=non-acute", 1),
        ("delayed-days", "E10000007", "", 0),
        ("delayed-days", "9900", "care=acute", None),
    ],
)
def test_cells_become_observations(both: Reading, part: str, org: str, whole: str, expected: float | None) -> None:
    assert value(both, part, org, whole) == expected


def test_the_preamble_is_the_provenance(both: Reading) -> None:
    assert (both.variant, both.era, both.published, both.revised) == (
        "local authority workbook",
        "with-beds",
        date(2017, 6, 8),
        date(2018, 6, 14),
    )
    assert both.status.value == "revised"
    assert set(both.frame["end"]) == {date(2017, 4, 30)}


def test_the_total_that_stands_on_two_sheets_is_one_figure(both: Reading) -> None:
    assert repeated(both.frame).is_empty()
    assert "the England row agrees with the sum of 3 local authorities (9 totals checked)" in both.notes
    assert any("all 11 figures" in note for note in both.notes)


def test_totals_that_differ_are_told_and_left_as_they_are() -> None:
    wrong = [row[:] for row in RESPONSIBLE]
    wrong[1][8] = 91
    reading = read(workbook(by_care=PREAMBLE + CARE, by_org=PREAMBLE + wrong))
    assert value(reading, "delayed-days", "ENG") == 90
    assert any("sheet “by org” differs from an earlier sheet in 1 figure" in note for note in reading.notes)


def test_before_april_2017_there_are_no_beds_and_before_2015_no_ons_codes() -> None:
    rows = [
        [None, "SHA", "Code", "Name", "Acute", "Non-Acute", "Total"],
        [None, "-", "-", "England", 5, 2, 7],
        [None, "Q30", "116", "Northumberland", 5, 2, 7],
    ]
    reading = read(workbook(care=PREAMBLE + rows))
    assert reading.era == "days-only"
    assert value(reading, "delayed-days", "116") == 7


def test_providers_have_the_same_form() -> None:
    rows = [
        [None, "Region", "Code", "Name", "NHS", "Social Care", "Both", "Total"],
        [None, "-", "-", "England", 5, 2, 0, 7],
        [None, "Y54", "R1A", "WORCESTERSHIRE HEALTH", 5, 2, 0, 7],
    ]
    preamble = [["", "Basis:", "Provider"] if "Basis:" in row else row for row in PREAMBLE]
    reading = read(workbook(Trust=preamble + rows))
    assert reading.variant == "provider workbook"
    assert set(reading.frame["basis"]) == {"national", "provider"}


def test_england_is_read_by_care_reason_and_responsibility() -> None:
    rows = [
        [None, "Type of Care", "Reason for Delay", "NHS", "Social Care", "Both"],
        [None, "Acute", "-", 40, 15, 5],
        [None, "Acute", "A) Awaiting completion of assessment", 10, 5, "NA"],
        [None, None, "Dii) Awaiting nursing home placement or availability", 30, 10, 5],
    ]
    reading = read(workbook(England=PREAMBLE + rows, by_care=PREAMBLE + CARE))
    assert value(reading, "delayed-days", "ENG", "care=acute;reason=Dii;responsible=nhs") == 30
    assert value(reading, "delayed-days", "ENG", "care=acute;responsible=both") == 5
    missing = reading.frame.filter(pl.col("detail") == "care=acute;reason=A;responsible=both")
    assert missing["marker"].to_list() == ["not applicable"]


def test_a_row_without_a_code_is_rejected_alone() -> None:
    rows = [*CARE, [None, "East", "-", "-", "Nowhere", 1, 1, 2, None, 0, 0, 0]]
    reading = read(workbook(care=PREAMBLE + rows))
    assert any("sheet care, row 18: “Nowhere” has no organisation code" in said for said in reading.rejected)


def test_a_workbook_without_a_table_is_refused_in_a_sentence() -> None:
    (content,) = open_bytes(workbook(chart=PREAMBLE), "dtoc.xlsx")
    with pytest.raises(InputError, match="no table by local authority or provider"):
        RELEASE.read(content)


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("Acute", "care=acute"),
        ("TOTAL", ""),
        ("DI) AWAITING RESIDENTIAL HOME PLACEMENT OR AVAILABILITY", "reason=Di"),
        ("I) HOUSING - PATIENTS NOT COVERED BY NHS AND COMMUNITY CARE ACT", "reason=I"),
        ("O) Other", "reason=O"),
        ("Region", None),
    ],
)
def test_columns_are_told_by_their_names(column: str, expected: str | None) -> None:
    assert division(column) == expected


SERIES = """Name,NHS,Social Care,Both,Total,Period_year
England,50,30,10,NA,April 2017
Derby,30,20,10,NA,April 2017
England,40,30,10,80,May 2017
286,77,0,363,NA,April 2011
England,40,30,10,80,May 2017
"""


def test_of_a_series_without_codes_only_england_is_read() -> None:
    reading = read(SERIES.encode(), "tidied.csv")
    assert set(reading.frame["org"]) == {"ENG"}
    assert not reading.whole
    totals = reading.frame.filter(pl.col("detail") == "").sort("start")
    assert totals["value"].to_list() == [90, 80]
    assert any("the total of 1 row is missing" in note for note in reading.notes)
    assert any("rows with a number where the name should be" in note for note in reading.notes)
    assert any("1 organisation named without a code" in note for note in reading.notes)


def test_the_series_of_england_has_one_row_a_month() -> None:
    rows = [
        [None, "Title:", "Delayed transfers of care, England, time series"],
        [],
        [None, None, None, "Delayed Days", None, None, None, "DTOC Beds"],
        [None, "Year", "Period", "NHS", "Social Care", "Both", "Total", "Total"],
        [None, "2017-18", "April", 50, 30, 10, 90, 3],
        [None, None, "May", 40, 20, 2, 62, 2],
        [None, "Note: a footnote"],
    ]
    reading = read(workbook(Series=rows))
    assert reading.variant == "time series"
    assert not reading.rejected
    days = reading.frame.filter((pl.col("part") == "delayed-days") & (pl.col("detail") == "")).sort("start")
    assert days.select("end", "value").rows() == [(date(2017, 4, 30), 90), (date(2017, 5, 31), 62)]
    assert value(reading.__class__("", frame=reading.frame.filter(pl.col("value") == 2)), "delayed-beds", "ENG") == 2


def test_patients_on_one_day_are_no_delayed_days() -> None:
    preamble = [*PREAMBLE[:2], [None, "Summary:", "Number of patients at midnight on the last Thursday"], *PREAMBLE[2:]]
    reading = read(workbook(by_org=preamble + RESPONSIBLE))
    assert set(reading.frame["part"]) == {"delayed-patients"}


def test_saved_as_text_a_sheet_is_read_the_same() -> None:
    lines = [",".join("" if cell is None else f'"{cell}"' for cell in row) for row in PREAMBLE + CARE]
    reading = read("\n".join(lines).encode(), "dtoc.csv")
    assert value(reading, "delayed-days", "ENG") == 90


def test_a_series_by_reason_with_codes_is_read_whole() -> None:
    reading = read(
        b"Code,Name,Awaiting completion of assessment,Awaiting public funding,Disputes,"
        b"Total Delayed Transfers of Care,Period\n"
        b"E10000032,West Sussex,5,2,1,8,April 2017\n-,England,50,20,10,80,April 2017\n",
        "tidied.csv",
    )
    assert value(reading, "delayed-days", "E10000032") == 8
    assert value(reading, "delayed-days", "ENG", "reason=B") == 20
    assert reading.whole
