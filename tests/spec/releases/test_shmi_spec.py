"""What a file of the Summary Hospital-level Mortality Indicator says, and what is made of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from trigpoint.errors import InputError
from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.readers.shmi import RELEASE

HEADER = "Provider code,Provider name,SHMI value,SHMI banding,Number of spells,Observed deaths,Expected deaths"


def content(*lines: str, month: date | None = None) -> Content:
    return Content("shmi.csv", Kind.TEXT, "\n".join(lines).encode(), month=month)


def test_a_trust() -> None:
    file = content(HEADER, 'RNA,THE DUDLEY GROUP,1.0513,As expected,"56,780","2,050","1,950"', month=date(2023, 3, 1))
    assert RELEASE.recognise(file)
    reading = RELEASE.read(file)
    assert dict(reading.frame.select("part", "value").iter_rows()) == {
        "shmi-value": 1.0513,
        "shmi-banding": 2.0,
        "shmi-spells": 56780.0,
        "shmi-observed": 2050.0,
        "shmi-expected": 1950.0,
    }
    assert set(reading.frame.select("org", "basis", "start", "end").rows()) == {
        ("RNA", "provider", date(2022, 4, 1), date(2023, 3, 31))
    }
    assert reading.notes == ("the SHMI agrees with observed over expected deaths of 1 of 1 trusts",)


PERIODS = [
    ("APR22_MAR23", (date(2022, 4, 1), date(2023, 3, 31))),
    ("Apr22-Mar23", (date(2022, 4, 1), date(2023, 3, 31))),
    ("September 2022 - August 2023", (date(2022, 9, 1), date(2023, 8, 31))),
    ("2022/23", (date(2022, 4, 1), date(2023, 3, 31))),
]


@pytest.mark.parametrize(("period", "expected"), PERIODS)
def test_a_period_that_the_file_says_is_believed(period: str, expected: tuple[date, date]) -> None:
    file = content(f"{HEADER},Reporting period", f"RNA,DUDLEY,1,2,10,5,5,{period}", month=date(2020, 1, 1))
    assert set(RELEASE.read(file).frame.select("start", "end").rows()) == {expected}


PUBLISHED = (
    "TIME_PERIOD,PUBLICATION_MONTH,PROVIDER_CODE,PROVIDER_NAME,SHMI_VALUE,"
    "SHMI_BANDING,OD_LL,OD_UL,SPELLS,OBSERVED,EXPECTED"
)


def test_the_columns_of_the_publication() -> None:
    file = content(PUBLISHED, 'APR22_MAR23,AUG_23,RNA,"THE DUDLEY GROUP, NHS FT",1.25,1.0,0.85,1.18,56780,1000,800')
    assert RELEASE.recognise(file)
    frame = RELEASE.read(file).frame
    assert dict(frame.select("part", "value").iter_rows()) == {
        "shmi-value": 1.25,
        "shmi-banding": 1.0,
        "shmi-spells": 56780.0,
        "shmi-observed": 1000.0,
        "shmi-expected": 800.0,
        "shmi-lower": 0.85,
        "shmi-upper": 1.18,
    }


def test_a_title_over_the_table_may_say_the_period() -> None:
    file = content("SHMI data at trust level; Jul20-Jun21", HEADER, "RNA,DUDLEY,1,2,10,5,5")
    assert set(RELEASE.read(file).frame.select("start", "end").rows()) == {(date(2020, 7, 1), date(2021, 6, 30))}


def test_the_last_month_may_be_december() -> None:
    file = content(HEADER, "RNA,DUDLEY,1,2,10,5,5", month=date(2023, 12, 1))
    assert set(RELEASE.read(file).frame.select("start", "end").rows()) == {(date(2023, 1, 1), date(2023, 12, 31))}


def test_without_a_month_the_file_is_refused() -> None:
    with pytest.raises(InputError, match="does not say which twelve months"):
        RELEASE.read(content(HEADER, "RNA,DUDLEY,1,2,10,5,5"))


def test_england_and_rows_without_a_code() -> None:
    file = content(
        HEADER, "England,England,1,2,10,5,5", ",SOMEBODY,1,2,10,5,5", "Note: rounded", month=date(2023, 3, 1)
    )
    reading = RELEASE.read(file)
    assert set(reading.frame["org"]) == {"ENG"}
    assert "no organisation code" in reading.rejected[0]


def test_coefficients_of_the_models_are_details_of_england() -> None:
    file = content(
        "INDICATOR_CODE,DIAGNOSIS_GROUP,PREDICTOR,PARAMETER_ESTIMATE,STANDARD_ERROR",
        "I00699,1,ADMIMETH_1,-1.1805,0.3745",
        "I00699,1,ADMIMETH_2,0,",
        "I00699,1,,0,",
    )
    assert RELEASE.recognise(file)
    reading = RELEASE.read(replace(file, month=date(2023, 3, 1)))
    assert reading.frame.select("org", "detail", "value", "marker").rows() == [
        ("ENG", "diagnosis-group=1;predictor=ADMIMETH_1", -1.1805, ""),
        ("ENG", "diagnosis-group=1;predictor=ADMIMETH_1", 0.3745, ""),
        ("ENG", "diagnosis-group=1;predictor=ADMIMETH_2", 0.0, ""),
        ("ENG", "diagnosis-group=1;predictor=ADMIMETH_2", None, "not applicable"),
    ]
    assert set(reading.frame["start"]) == {date(2022, 4, 1)}
    assert "names no diagnosis group or no predictor" in reading.rejected[0]


def test_other_files_are_not_claimed() -> None:
    assert not RELEASE.recognise(content("Org Code,Observed,Expected", "RNA,1,2"))
