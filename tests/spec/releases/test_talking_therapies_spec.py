"""What a Talking Therapies file says, in each of its forms, and what is made of it."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl
import pytest

from trigpoint.errors import InputError
from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.readers.talking_therapies import RELEASE
from trigpoint.releases.readers.talking_therapies.layout import parts_of
from trigpoint.releases.release import Reading

MONTHLY = (
    "REPORTING_PERIOD_START,REPORTING_PERIOD_END,GROUP_TYPE,ORG_CODE1,ORG_NAME1,ORG_CODE2,ORG_NAME2,"
    "MEASURE_ID,MEASURE_NAME,MEASURE_VALUE_SUPPRESSED"
)


def text(*lines: str, month: date | None = None) -> Content:
    return Content("a file.csv", Kind.TEXT, "\r\n".join(lines).encode(), month=month)


def monthly(*rows: str, header: str = MONTHLY) -> Reading:
    content = text(header, *(f"01/03/2025,31/03/2025,{row}" for row in rows))
    assert RELEASE.recognise(content)
    return RELEASE.read(content)


ROWS = [
    # group, codes, measure as the file has them | organisation, basis, detail, part, value, marker
    ("England,all,all SubICBs,all,all Providers,M076,Count_FinishedCourseTreatment,58029",
     ("ENG", "national", "", "finished", 58029.0, "")),
    ("Commissioning Region,Y56,LONDON,all,all Providers,M076,Count_FinishedCourseTreatment,9005",
     ("Y56", "region", "", "finished", 9005.0, "rounded")),
    ("ICB,QWO,NHS WEST YORKSHIRE,all,all Providers,M191,Count_Recovery,*",
     ("QWO", "system", "", "recovered", None, "suppressed")),
    ("ICB,D7T5G,NHS ESSEX,all,all Providers,M192,Percentage_Recovery,-",
     ("D7T5G", "system", "", "recovery-rate", None, "not applicable")),
    ("SubICB,15E,NHS BIRMINGHAM AND SOLIHULL,all,all Providers,M192,Percentage_Recovery,48",
     ("15E", "commissioner", "", "recovery-rate", 48.0, "")),
    ("CCG,05C,NHS DUDLEY CCG,all,all Providers,M031,Count_FirstTreatment,0",
     ("05C", "commissioner", "", "first-treatment", 0.0, "")),
    ("Provider,all,all SubICBs,RXX,SURREY AND BORDERS,M052,Count_FirstTreatment6WeeksFinishedCourseTreatment,15",
     ("RXX", "provider", "", "finished-within-6-weeks", 15.0, "rounded")),
    ("SubICB/Provider,92A,NHS SURREY,RXX,SURREY AND BORDERS,M001,Count_ReferralsReceived,95",
     ("92A", "commissioner", "provider=RXX", "referrals", 95.0, "rounded")),
]  # fmt: skip


@pytest.mark.parametrize(("row", "expected"), ROWS)
def test_a_row_of_a_monthly_file(row: str, expected: tuple[str, str, str, str, float | None, str]) -> None:
    frame = monthly(row).frame
    found = frame.select("org", "basis", "detail", "part", "value", "marker").row(0)
    org, basis, detail, part, value, marker = expected
    assert found == (org, basis, detail, f"talking-therapies-{part}", value, marker)
    assert frame.select("start", "end").row(0) == (date(2025, 3, 1), date(2025, 3, 31))


NAMES = [
    ("Count_ReferralsReceived", "referrals"),
    ("Count_AccessingServices", "first-treatment"),
    ("Count_FirstTreatment", "first-treatment"),
    ("Percentage_AccessingServices6WeeksFinishedCourseTreatment", "6-weeks-rate"),
    ("Percentage_FirstTreatment18WeeksFinishedCourseTreatment", "18-weeks-rate"),
    ("CountFinishedCourseTreatment", "finished"),
    ("Finished a Course of Treatment", "finished"),
    ("Count_NotAtCaseness", "not-at-caseness"),
    ("Count_NotCaseness", "not-at-caseness"),
    ("Percentage_Improvement", "reliable-improvement-rate"),
    ("Percentage_ReliableImprovement", "reliable-improvement-rate"),
    ("Reliable Recovery rate (note 4)", "reliable-recovery-rate"),
]


@pytest.mark.parametrize(("name", "part"), NAMES)
def test_a_measure_under_all_its_names(name: str, part: str) -> None:
    assert parts_of(name) == (f"talking-therapies-{part}",)


def test_the_value_column_of_march_2021_has_another_name() -> None:
    row = "England,all,all,all,all,M001,Count_ReferralsReceived,150000"
    assert monthly(row, header=MONTHLY.removesuffix("_SUPPRESSED")).frame["value"].to_list() == [150000.0]


def test_a_month_and_three_months_stand_side_by_side() -> None:
    row = "England,all,all,all,all,M001,Count_ReferralsReceived"
    content = text(MONTHLY, f"2025-03-01,2025-03-31,{row},10", f"2025-01-01,2025-03-31,{row},31")
    frame = RELEASE.read(content).frame
    assert frame.select("start", "value").rows() == [(date(2025, 3, 1), 10.0), (date(2025, 1, 1), 31.0)]


def test_what_cannot_be_used_is_told() -> None:
    reading = monthly(
        "England,all,all,all,all,M001,Count_ReferralsReceived,100",
        "England,all,all,all,all,M999,Count_SomethingElse,7",
        "ABC,ABC,ABC,ABC,ABC,M001,Count_ReferralsReceived,5",
        "Provider,all,all,RXX,A TRUST,M001,Count_ReferralsReceived,a few",
    )
    assert len(reading.frame) == 1
    assert "1 other measure of the file was left out" in reading.notes
    assert [one.split(": ")[1] for one in reading.rejected] == [
        "“ABC” is no kind of organisation that is known; the row was left out",
        "“a few” under Count_ReferralsReceived is no number; it was left out",
    ]
    assert "row 4" in reading.rejected[0]
    assert "row 5" in reading.rejected[1]


def test_totals_and_percentages_are_compared_with_what_they_are_made_of() -> None:
    england = "England,all,all,all,all"
    notes = monthly(
        f"{england},M076,Count_FinishedCourseTreatment,1003",
        f"{england},M179,Count_NotAtCaseness,103",
        f"{england},M191,Count_Recovery,450",
        f"{england},M192,Percentage_Recovery,50.0",
        f"{england},M193,Count_ReliableRecovery,450",
        f"{england},M195,Percentage_ReliableRecovery,60.0",
        "Provider,all,all,RXX,A TRUST,M076,Count_FinishedCourseTreatment,500",
        "Provider,all,all,RXY,ANOTHER,M076,Count_FinishedCourseTreatment,505",
    ).notes
    assert any("(1,003 courses finished) agrees with the sum of 2 providers (1,005)" in note for note in notes)
    assert "England’s percentages agree with its counts: recovery rate" in notes
    assert any("England’s counts make 50.0%, the file gives 60.0%" in note for note in notes)


def test_a_total_that_differs_by_more_than_rounding_is_told() -> None:
    row = "M076,Count_FinishedCourseTreatment"
    providers = [f"Provider,all,all,R{one:02},A TRUST,{row},100" for one in range(20)]
    notes = monthly(f"England,all,all,all,all,{row},2040", *providers).notes
    assert any("(2,040 courses finished) differs from the sum of 20 providers (2,000)" in note for note in notes)


def test_two_names_of_one_measure_are_read_once() -> None:
    england = "England,all,all,all,all"
    frame = monthly(f"{england},M1,Count_FirstTreatment,7", f"{england},M2,Count_AccessingServices,8").frame
    assert frame["value"].to_list() == [8.0]


def workbook(rows: list[list[object]]) -> Content:
    book = openpyxl.Workbook()
    book.active.title = "Contents"
    book.active.append(["IAPT time series"])
    sheet = book.create_sheet("Table 1")
    for row in [[], ["Psychological Therapies"], *rows]:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return Content("series.xlsx", Kind.WORKBOOK, out.getvalue())


SIX = "First Treatment within 6 weeks Finished a Course of Treatment"
SERIES = ["CCG Code", "CCG Name", "Provider Code", "Provider Name", "Group Type", "Month / Year",
          "Referrals Received", "Finished a Course of Treatment", SIX, "Recovery rate"]  # fmt: skip


def test_the_time_series_workbook() -> None:
    content = workbook(
        [
            SERIES,
            ["all", "all CCGs", "all", "all Providers", "England", datetime(2019, 2, 1), 130006, 48001, 43000, 0.521],
            ["02A", "NHS TRAFFORD CCG", "all", "all Providers", "CCG", "Feb-19", 540, 190, "*", 0.5],
            ["02A", "NHS TRAFFORD CCG", "NLY", "A PROVIDER", "CCG/Provider", "Feb-19", 25, "-", "-", "-"],
        ]
    )
    assert RELEASE.recognise(content)
    reading = RELEASE.read(content)
    assert reading.variant == "time series"
    assert reading.whole
    found = {
        (org, part.removeprefix("talking-therapies-"), detail): (value, marker)
        for org, part, detail, value, marker in reading.frame.select("org", "part", "detail", "value", "marker").rows()
    }
    assert found["ENG", "finished-within-6-weeks", ""] == (43000.0, "")
    assert found["ENG", "recovery-rate", ""] == (pytest.approx(52.1), "")
    assert found["02A", "recovery-rate", ""] == (50.0, "")
    assert found["02A", "referrals", ""] == (540.0, "rounded")
    assert found["02A", "referrals", "provider=NLY"] == (25.0, "rounded")
    assert found["02A", "finished", "provider=NLY"] == (None, "not applicable")
    assert set(reading.frame["start"]) == {date(2019, 2, 1)}
    assert set(reading.frame["end"]) == {date(2019, 2, 28)}


def test_of_two_sheets_the_first_is_read_where_both_speak() -> None:
    england = ["all", "", "all", "", "England", "Feb-19"]
    book = openpyxl.Workbook()
    for sheet, figures in ((book.active, [130006, 48001, 43000, 52.1]), (book.create_sheet(), [1, 2, 3, 4])):
        sheet.append(SERIES)
        sheet.append([*england, *figures])
    sheet.append([*england[:5], "Mar-19", 5, 6, 7, 8])
    out = io.BytesIO()
    book.save(out)
    reading = RELEASE.read(Content("two.xlsx", Kind.WORKBOOK, out.getvalue()))
    referrals = reading.frame.filter(part="talking-therapies-referrals")
    assert referrals.select("start", "value").rows() == [(date(2019, 2, 1), 130006.0), (date(2019, 3, 1), 5.0)]
    assert "4 figures of the sheet “Sheet1” stand in an earlier one, which was read" in reading.notes


def test_a_heading_of_two_meanings_is_a_percentage_where_its_values_are() -> None:
    content = workbook([SERIES, ["all", "", "all", "", "England", "Feb-19", 130006, 48001, 89.6, 52.1]])
    assert "talking-therapies-6-weeks-rate" in set(RELEASE.read(content).frame["part"])


ANNUAL = (
    "OrgType,OrgCode,OrgName,VariableType,VariableA,VariableB,CountReferralsReceived,CountRecovery,PercentageRecovery"
)


def test_a_row_of_a_wide_file_is_told_once() -> None:
    content = text(ANNUAL, "ABC,ABC,ABC,Total,Total,Total,1,2,3", month=date(2018, 3, 1))
    assert len(RELEASE.read(content).rejected) == 1


def test_the_annual_file_says_no_year() -> None:
    with pytest.raises(InputError, match="does not say which financial year"):
        RELEASE.read(text(ANNUAL, "England,all,England,Total,Total,Total,100,50,52"))


def test_the_annual_file_with_its_year() -> None:
    lines = (ANNUAL, "England,all,England,Total,Total,Total,100,50,52", "CCG,00C,A CCG,Age,18-25,null,20,*,50")
    content = text(*lines, month=date(2018, 3, 1))
    assert RELEASE.recognise(content)
    frame = RELEASE.read(content).frame
    assert set(frame.select("start", "end").rows()) == {(date(2017, 4, 1), date(2018, 3, 31))}
    assert set(frame.select("org", "detail").rows()) == {("ENG", ""), ("00C", "age=18-25")}


QUARTER = (
    "REPORTING_PERIOD_START,REPORTING_PERIOD_END,ICB,ICBName,SubICB,SubICBName,Provider,ProviderName,GroupType,"
    "VariableType,VariableA,VariableB,MEASURE_ID,MEASURE_NAME,MEASURE_VALUE_SUPPRESSED"
)


def test_the_quarterly_file() -> None:
    end = "M001,Count_ReferralsReceived"
    content = text(
        QUARTER,
        f"01/04/2026,30/06/2026,All_ICB,null,All_SubICB,null,All_Provider,null,England,Total,Total,null,{end},400000",
        f"01/04/2026,30/06/2026,D7T5G,ESSEX,All_SubICB,null,All_Provider,null,ICB,Religion,None,null,{end},70",
        f"01/04/2026,30/06/2026,D7T5G,ESSEX,06Q,ESSEX - 06Q,All_Provider,null,SubICB,Total,Total,null,{end},2880",
    )
    reading = RELEASE.read(content)
    assert reading.variant == "quarterly"
    assert reading.frame.select("org", "detail", "value").rows() == [
        ("ENG", "", 400000.0),
        ("D7T5G", "religion=None", 70.0),
        ("06Q", "", 2880.0),
    ]
    assert [(one.code, one.parent) for one in reading.organisations] == [("ENG", ""), ("D7T5G", ""), ("06Q", "D7T5G")]


def test_a_tidied_copy_keeps_the_codes_of_the_office_for_national_statistics() -> None:
    content = text('"sicbl22_code","date","name","value"', '"E38000130","July 2022","Percentage_Recovery",NA')
    assert RELEASE.recognise(content)
    reading = RELEASE.read(content)
    assert reading.frame.select("org", "marker").row(0) == ("E38000130", "not available")
    assert not reading.whole


def test_other_long_files_are_not_claimed() -> None:
    for header, row in (
        ("REPORTING_PERIOD_START,REPORTING_PERIOD_END,STATUS,BREAKDOWN,PRIMARY_LEVEL,MEASURE_ID,MEASURE_NAME,MEASURE_VALUE",
         "01/09/2024,30/09/2024,Performance,England,ENG,MHS01,People,1"),
        ("org_code,date,name,value", "RXX,July 2022,beds,4"),
    ):  # fmt: skip
        assert not RELEASE.recognise(text(header, row))
