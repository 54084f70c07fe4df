"""HES open data: months, groups, and when England's total may be made of them."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from trigpoint.errors import InputError
from trigpoint.releases.files.opening import open_bytes
from trigpoint.releases.readers.hes import RELEASE
from trigpoint.releases.readers.hes.layout import SCHEMA
from trigpoint.releases.release import Reading

BANDS = SCHEMA.more["whole"]["age"]["groups"]
AGE = "Month_Ending,FY_Start_Date,FY_End_Date,PARTYEAR,Age_Band,FCE,FAE,EMERGENCY\n"


def read(text: str) -> Reading:
    (content,) = open_bytes(text.encode(), "hes.csv")
    assert RELEASE.recognise(content)
    return RELEASE.read(content)


def ages(bands: list[str], last: str = "31MAR2021") -> str:
    rows = (f"{last},01APR2020,31MAR2021,202013,{n:02}. {band},10,5,2" for n, band in enumerate(bands, start=1))
    return AGE + "\n".join(rows) + "\n"


def test_a_row_is_one_month_and_not_the_year_to_date() -> None:
    reading = read(ages(BANDS))
    assert set(reading.frame.select("start", "end").iter_rows()) == {(date(2021, 3, 1), date(2021, 3, 31))}
    assert reading.status.value == "provisional"


def test_england_is_the_sum_where_every_age_band_is_there() -> None:
    reading = read(ages(BANDS))
    total = reading.frame.filter((pl.col("detail") == "") & (pl.col("part") == "hes-episodes"))
    assert total["value"].to_list() == [240]
    assert reading.whole


def test_england_is_not_made_where_a_band_is_missing() -> None:
    reading = read(ages(BANDS[:-1]))
    assert reading.frame.filter(pl.col("detail") == "").is_empty()
    assert not reading.whole
    assert any("no England total was made for 1 month" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("spelt", "whole"), [("01. 0 - 4", "age=0-4"), ("23. 90+", "age=90+"), ("24. unknown", "age=unknown")]
)
def test_age_bands(spelt: str, whole: str) -> None:
    reading = read(f"{AGE}30APR2018,01APR2018,31MAR2019,201899,{spelt},1,2,3\n")
    assert set(reading.frame["detail"]) == {whole}


def test_treatment_functions_and_the_unknown_one() -> None:
    reading = read(
        "PARTYEAR,Month_Ending,FY_Start_Date,FY_End_Date,TRETSPEF,TRETSPEF_DESCRIPTION,FCE,DNA_Appointments\n"
        "202013,31MAR21,01APR20,31MAR21,&,Not Known,617,\n"
        "202013,30MAR21,01APR20,31MAR21,100,General Surgery,1,2\n"
    )
    assert reading.frame.select("detail", "part", "value", "marker").rows() == [
        ("function=unknown", "hes-episodes", 617.0, ""),
        ("function=unknown", "hes-appointments-not-attended", None, "not available"),
    ]
    assert "“30MAR21” is not the last day of a month" in reading.rejected[0]


ORGANISATIONS = """Financial Year,Reporting Period,Activity Month,Organisation Breakdown,Org Code,Org Name,\
SPECIFIC_ELECTIVE_TOTAL,SPECIFIC_NON_ELECTIVE,ALL_FIRST_GP
2020-21,M13,Apr 2020,National,,England,30,"1,000",7
2020-21,M13,Apr 2020,Provider,R1H,BARTS,12,400,*
2020-21,M13,Apr 2020,Provider,RAL,ROYAL FREE,18,600,5
2020-21,M13,Apr 2020,NHS England Region,Y56,LONDON,30,1000,7
2020-21,M13,Apr 2020,STP,QMJ,NORTH LONDON,30,1000,7
2020-21,M13,Apr 2020,Galaxy,QMJ,NORTH LONDON,30,1000,7
"""


@pytest.mark.parametrize(
    ("org", "basis"), [("ENG", "national"), ("R1H", "provider"), ("Y56", "region"), ("QMJ", "system")]
)
def test_organisations_by_breakdown(org: str, basis: str) -> None:
    reading = read(ORGANISATIONS)
    found = reading.frame.filter((pl.col("org") == org) & (pl.col("part") == "hes-activity-non-elective"))
    assert found.select("basis", "detail").rows() == [(basis, "specialties=specific-acute")]


def test_england_is_held_against_the_providers() -> None:
    reading = read(ORGANISATIONS)
    assert any("1 of 3 totals differs" in note and "suppressed" in note for note in reading.notes)
    assert ["“Galaxy” is not known" in said for said in reading.rejected] == [True]


def test_an_organisation_that_stands_twice_is_left_out_of_that_month() -> None:
    reading = read(ORGANISATIONS + "2020-21,M13,Apr 2020,Provider,RAL,ROYAL FREE,1,2,3\n")
    assert "RAL" not in set(reading.frame["org"])
    told = "RAL (provider) stands twice for April 2020 with different figures, which were left out"
    assert any(told in said for said in reading.rejected)


def test_without_the_main_column_the_file_is_refused() -> None:
    (content,) = open_bytes(b"Activity Month,Org Code,ALL_FIRST_GP,ALL_FIRST_DNA\nApr 2020,R1H,1,2\n", "hes.csv")
    with pytest.raises(InputError, match="there is no column “SPECIFIC_NON_ELECTIVE”"):
        RELEASE.read(content)


AS_PUBLISHED = """Financial Year,Reporting Period,Activity Month,Organisation breakdown,Org Code,Org Name,Region Code,\
Region Name,Specific acute specialties: Elective total,Specific acute specialties: Non-Elective,\
All specialties: First attendances seen - GP referrals,All specialties: Non-Elective
2020-21,13,Apr 2020,National,All,-,-,-,30,1000,7,2000
2020-21,13,Apr 2020,Region of CCG,-,-,Y56,LONDON COMMISSIONING REGION,20,600,5,1200
2020-21,13,Apr 2020,Region of CCG,-,-,-,-,10,400,*,800
2020-21,13,Apr 2020,Region of Provider,-,-,Y56,LONDON COMMISSIONING REGION,25,700,5,1400
2020-21,13,Apr 2020,Provider,T8R5I,A CLINIC,Y56,LONDON COMMISSIONING REGION,30,1000,*,2000
"""

ROWS_AS_PUBLISHED = [
    # org, basis, detail, non-elective admissions of all specialties
    ("ENG", "national", "", 2000.0),
    ("T8R5I", "provider", "", 2000.0),
    ("UNKNOWN", "region", "", 800.0),
    ("Y56", "region", "", 1200.0),
    ("Y56", "region", "counted-at=providers", 1400.0),
]


def test_a_region_is_counted_by_residents_and_by_providers() -> None:
    reading = read(AS_PUBLISHED)
    every = reading.frame.filter(pl.col("part") == "hes-activity-non-elective")
    every = every.filter(~pl.col("detail").str.contains("specific")).sort("org", "detail")
    assert every.select("org", "basis", "detail", "value").rows() == ROWS_AS_PUBLISHED
    assert not reading.rejected
    assert {one.code: one.parent for one in reading.organisations}["T8R5I"] == "Y56"
