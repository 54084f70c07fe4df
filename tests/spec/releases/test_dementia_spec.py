"""What a file of recorded dementia diagnoses says, and what is made of it."""

from __future__ import annotations

from datetime import date

import pytest

from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.observation import repeated
from trigpoint.releases.readers.dementia import RELEASE
from trigpoint.releases.release import Reading

LONG = "INDICATOR,ORG_TYPE,ORG_CODE,NAME,ACH_DATE,MEASURE,VALUE,DQ"
REGISTER, ESTIMATE = "DEMENTIA_REGISTER_65_PLUS", "DEMENTIA_ESTIMATE_65_PLUS"


def text(*lines: str) -> Content:
    return Content("dementia.csv", Kind.TEXT, "\n".join(lines).encode())


def read(*lines: str) -> Reading:
    content = text(*lines)
    assert RELEASE.recognise(content)
    return RELEASE.read(content)


DAYS = ["30-Apr-18", "30APR2018", "2018-04-30", "30/04/2018"]


@pytest.mark.parametrize("day", DAYS)
def test_a_day_at_the_end_of_a_month_stands_for_the_month(day: str) -> None:
    frame = read(LONG, f"DIAG,CCG,05C,NHS DUDLEY CCG,{day},{REGISTER},2500,").frame
    assert frame.select("start", "end", "value").row(0) == (date(2018, 4, 1), date(2018, 4, 30), 2500.0)


KINDS = [
    ("COUNTRY_RESPONSIBILITY", "E92000001", ("ENG", "national")),
    ("COUNTRY_RESPONSIBILITY", "ENG", ("ENG", "national")),
    ("NHS_REGION", "Y60", ("Y60", "region")),
    ("ICB", "D7T5G", ("D7T5G", "system")),
    ("SUB_ICB_LOC", "92A", ("92A", "commissioner")),
    ("CCG", "05C", ("05C", "commissioner")),
    ("LTLA", "E08000027", ("E08000027", "local authority")),
    ("IMD_DECILE", "1", ("1", "area")),
    ("COMM_REGION_GEOGRAPHY", "Y54", ("Y54", "region")),
    ("SOMETHING_NEW", "X1", ("X1", "area")),
]


@pytest.mark.parametrize(("kind", "code", "expected"), KINDS)
def test_a_kind_of_organisation(kind: str, code: str, expected: tuple[str, str]) -> None:
    frame = read(LONG, f"DIAG,{kind},{code},A NAME,30-Apr-18,{REGISTER},1,").frame
    assert frame.select("org", "basis", "detail").row(0) == (*expected, "")


def test_an_authority_of_both_tiers_is_read_once_and_told_apart_where_it_differs() -> None:
    reading = read(
        LONG,
        f"D,LTLA,E08000027,DUDLEY,30-Apr-18,{REGISTER},2500,",
        f"D,UTLA,E08000027,DUDLEY,30-Apr-18,{REGISTER},2500,",
        f"D,LTLA,E08000028,SANDWELL,30-Apr-18,{REGISTER},2100,",
        f"D,UTLA,E08000028,SANDWELL,30-Apr-18,{REGISTER},2200,",
    )
    assert sorted(reading.frame.select("org", "detail", "value").rows()) == [
        ("E08000027", "", 2500.0),
        ("E08000028", "", 2200.0),
        ("E08000028", "kind=ltla", 2100.0),
    ]


def test_published_rates_are_compared_with_register_over_estimate() -> None:
    row = "D,ICB,QHL,BSOL,31-Mar-26"
    lines = [f"{row},{REGISTER},667,", f"{row},{ESTIMATE},1000.0,", f"{row},DIAG_RATE_65_PLUS,66.7,"]
    assert "the published rates agree with register over estimate in 1 of 1 cases" in read(LONG, *lines).notes
    lines[-1] = f"{row},DIAG_RATE_65_PLUS,70.0,"
    assert "the published rates agree with register over estimate in 0 of 1 cases" in read(LONG, *lines).notes


@pytest.mark.parametrize(("england", "said"), [(50, "agrees with"), (51, "differs from")])
def test_the_register_of_england_is_compared_with_its_parts(england: int, said: str) -> None:
    row = f"30-Apr-18,{REGISTER}"
    parts = [f"D,CCG,0{one}X,A CCG,{row},10," for one in range(5)]
    notes = read(LONG, f"D,COUNTRY_RESPONSIBILITY,E92000001,ENGLAND,{row},{england},", *parts).notes
    assert f"England’s register ({england}) {said} the sum of 5 of kind CCG (50)" in notes


def test_rows_of_practices() -> None:
    reading = read("PRACTICE_CODE,NAME,ACH_DATE,Measure,Value", f"M87017,A PRACTICE,31-Dec-18,{REGISTER},*")
    assert reading.frame.select("org", "basis", "value", "marker").row(0) == ("M87017", "practice", None, "suppressed")
    assert reading.variant == "practices"
    assert not reading.whole


def test_what_is_left_out_is_told() -> None:
    reading = read(
        LONG,
        f"D,CCG,05C,DUDLEY,30-Apr-18,{REGISTER},2500,",
        f"D,CCG,05C,DUDLEY,30-Apr-18,{REGISTER},2500,",
        "D,CCG,05C,DUDLEY,30-Apr-18,DELIRIUM_12M,4,",
        f"D,CCG,05D,EAST STAFFS,some day,{REGISTER},1,",
        f"D,CCG,05D,EAST STAFFS,30-Apr-18,{REGISTER},1,",
        f"D,CCG,05D,EAST STAFFS,30-Apr-18,{REGISTER},2,",
        *(f"D,CCG,0{one}X,A CCG,30-Apr-18,{REGISTER},7," for one in range(3)),
    )
    assert reading.frame["value"].to_list() == [2500.0, 7.0, 7.0, 7.0]
    assert any("DELIRIUM_12M" in note for note in reading.notes)
    assert any("more than once with the same value" in note for note in reading.notes)
    assert ["line 5" in reading.rejected[0], "two different figures" in reading.rejected[1]] == [True, True]


def test_a_month_that_stands_twice_with_other_figures_is_refused() -> None:
    rows = [f"D,CCG,0{one}X,A CCG,30-Apr-18,{REGISTER}" for one in range(9)]
    content = text(LONG, *(f"{row},{value}," for value in (7, 8) for row in rows))
    assert len(repeated(RELEASE.read(content).frame)) == len(rows)  # what the reading of any file refuses


def test_parts_of_a_register_stand_beside_it() -> None:
    header = "ORG_TYPE,ORG_CODE,ACH_DATE,MEASURE,BREAKDOWN,AGE,GENDER,VALUE"
    frame = read(
        header,
        "SUB_ICB_LOC,92A,30-Jun-26,DEMENTIA_REGISTER,N/A,N/A,N/A,900",
        "SUB_ICB_LOC,92A,30-Jun-26,DEMENTIA_REGISTER,AGE_GENDER,65_69,Female,40",
        "SUB_ICB_LOC,92A,30-Jun-26,DEMENTIA_REGISTER,UNKNOWN_ONE,N/A,N/A,3",
    ).frame
    assert frame.select("detail", "value").rows() == [
        ("", 900.0),
        ("age=65_69;gender=Female", 40.0),
        ("breakdown=UNKNOWN_ONE", 3.0),
    ]


SAVE = ",NAME,ORG_TYPE,ACH_DATE,VALUE_REGISTER,VALUE_ESTIMATE"


def test_a_save_without_codes_keeps_names() -> None:
    reading = read(
        SAVE,
        "0,ADUR,LTLA,2017-01-31,580.0,987.2",
        "1,ENGLAND,COUNTRY_GEOGRAPHICAL,2017-01-31,429394.0,633196.1",
        "2,NHS DUDLEY CCG,CCG,2017-01-31,2500,3700.5",
        "3,DUDLEY,LTLA,2017-01-31,2500,3700.5",
    )
    assert set(reading.frame.select("org", "basis").rows()) == {
        ("ADUR", "local authority"),
        ("ENG", "national"),
        ("05C", "commissioner"),
        ("DUDLEY", "local authority"),
    }
    assert any("2 organisations keep their name for a code, 1 have that of" in note for note in reading.notes)


def test_other_files_are_not_claimed() -> None:
    assert not RELEASE.recognise(text("ORG_CODE,ACH_DATE,MEASURE,VALUE", "05C,30-Apr-18,BEDS,1"))
    assert not RELEASE.recognise(text("Period,Org Code", "a,b"))
