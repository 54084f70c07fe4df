"""What is read of cancer waiting times: stacked workbooks, combined workbooks and combined CSVs, in small."""

from __future__ import annotations

from datetime import date, datetime

import polars as pl
import pytest
from tests.release_files import Rows, content, declaring_one_cell, workbook

from trigpoint.errors import InputError
from trigpoint.releases.observation import Status
from trigpoint.releases.readers.cancer import RELEASE
from trigpoint.releases.release import Reading

OCTOBER = datetime(2023, 10, 1)
PROVIDERS = "BASIS: PROVIDER BASED INCLUDING WELSH CROSS-BORDER PATIENTS AND 'UNKNOWNS'"
SIXTY_TWO = [
    "TOTAL",
    "WITHIN 62 DAYS",
    "AFTER 62 DAYS",
    "TREATED WITHIN 62 DAYS",
    " ",
    "WITHIN 31 DAYS",
    "AFTER 104 DAYS",
]
HEADER = ["", "ODS CODE (1)", "ACCOUNTABLE PROVIDER (2)", "REFERRAL ROUTE", "CANCER TYPE (3)", *SIXTY_TWO]
LABELS = ["", "", "", "", "", "NUMBER OF PEOPLE RECEIVING TREATMENT FOR CANCER"]
ROUTES = [
    ["TWO MONTH (62-DAY) WAIT FROM AN URGENT SUSPECTED CANCER REFERRAL TO A FIRST DEFINITIVE TREATMENT FOR CANCER"],
    [OCTOBER],
    [PROVIDERS],
    [],
    ["PART A: ALL ROUTES"],
    LABELS,
    HEADER,
    ["", "RAA", "FIRST TRUST", "ALL ROUTES", "ALL CANCERS", 79.5, 50, 29.5, 0.63, "", 20, 4.5],
    ["", "K0N6A", "SECOND TRUST", "ALL ROUTES", "ALL CANCERS", 20.5, 10, 10.5, 0.49, "", 3, 0],
    [],
    ["", "", "ALL ENGLISH PROVIDERS", "ALL ROUTES", "ALL CANCERS", 100, 60, 40, 0.6, "", 23, 4.5],
    [],
    ["PART B: URGENT SUSPECTED CANCER"],
    LABELS,
    HEADER,
    ["", "RAA", "FIRST TRUST", "Urgent Suspected Cancer", "ALL CANCERS", 40, 30, 10, 0.75, "", 9, 1],
    ["", "", "ALL ENGLISH PROVIDERS", "Urgent Suspected Cancer", "ALL CANCERS", 40, 30, 10, 0.75, "", 9, 1],
    [],
    ["", "(1) ODS CODE is the unique code to identify the provider"],
    ["(2) a footnote"],
]
FRONT = [
    ["Status: Final Official Statistics"],
    [],
    ["Cancer Waiting Times statistics: Provider Based"],
    ["October 2023"],
]


def read(data: bytes, month: date | None = None) -> Reading:
    one = content(data, month)
    assert RELEASE.recognise(one)
    return RELEASE.read(one)


def values(reading: Reading, part: str) -> dict[tuple[str, str], float | None]:
    rows = reading.frame.filter(pl.col.part == part).select("org", "detail", "value").rows()
    return {(org, detail): value for org, detail, value in rows}


def test_parts_stacked_in_a_sheet() -> None:
    """Only the row of all routes and all cancers is the whole; halves stay halves; labels and footnotes are no rows."""
    found = read(workbook(Frontpage=FRONT, ROUTES=ROUTES))
    assert values(found, "cancer-62-day") == {
        ("RAA", ""): 79.5,
        ("K0N6A", ""): 20.5,
        ("ENG", ""): 100,
        ("RAA", "route=urgent-suspected-cancer"): 40,
        ("ENG", "route=urgent-suspected-cancer"): 40,
    }
    assert values(found, "cancer-62-day-within")["ENG", ""] == 60
    assert values(found, "cancer-62-day-after-104-days")["RAA", ""] == 4.5
    assert found.rejected == ()
    assert found.variant == "provider workbook"
    assert found.frame.select("start", "end").unique().rows() == [(date(2023, 10, 1), date(2023, 10, 31))]
    assert "6 of 6 figures of England agree with the sum of 2 providers" in found.notes


def test_a_workbook_that_declares_one_cell() -> None:
    plain = workbook(Frontpage=FRONT, ROUTES=ROUTES)
    assert read(declaring_one_cell(plain)).frame.equals(read(plain).frame)


@pytest.mark.parametrize(
    ("front", "status"),
    [
        ([["Status: Final Official Statistics"], ["Cancer Waiting Times"]], Status.FINAL),
        ([["Status: Provisional Official Statistics"], ["Cancer Waiting Times"]], Status.PROVISIONAL),
        (
            [["Status: Official Statistics"], ["Cancer Waiting Times"], ["This presents the Final statistics"]],
            Status.FINAL,
        ),
        ([["Cancer Waiting Times"], ["Revised statistics"]], Status.REVISED),
        ([["Cancer Waiting Times"], ["Finally, provisionality is not meant"]], Status.PUBLISHED),
    ],
)
def test_status_of_a_workbook(front: Rows, status: Status) -> None:
    assert read(workbook(Frontpage=front, ROUTES=ROUTES)).status is status


def test_final_takes_the_place_of_provisional() -> None:
    """They are the same variant, and their statuses stand in this order."""
    order = list(Status)
    assert order.index(Status.PROVISIONAL) < order.index(Status.PUBLISHED) < order.index(Status.FINAL)
    provisional = [["Status: Provisional"], *FRONT[1:]]
    assert read(workbook(F=FRONT, R=ROUTES)).variant == read(workbook(F=provisional, R=ROUTES)).variant


def test_commissioners_and_what_is_added_up() -> None:
    """Referrals seen have rows by cancer only and outcomes by route no row a route: both are sums, and said to be."""
    title = "WAIT FROM URGENT SUSPECTED CANCER REFERRAL TO BEING SEEN AT A FIRST OUTPATIENT ATTENDANCE"
    board, hub = "NHS ONE INTEGRATED CARE BOARD", "LONDON - H&J COMMISSIONING HUB"
    seen = [
        [title],
        ["Apr-25"],
        ["BASIS: COMMISSIONER BASED"],
        [
            "",
            "ODS CODE (1)",
            "INTEGRATED CARE BOARD (ICB)/COMMISSIONING HUB",
            "SUSPECTED TYPE OF CANCER",
            "TOTAL",
            "WITHIN 14 DAYS",
        ],
        ["", "QAA", board, "Suspected lung cancer", 10, 7],
        ["", "QAA", board, "Suspected skin cancer", 5, 5],
        ["", "14M", hub, "Suspected lung cancer", 1, 0],
        ["", "UNKNOWN", "UNKNOWN", "Suspected lung cancer", 2, 2],
        ["", "", "ALL ENGLISH COMMISSIONERS", "Suspected lung cancer", 14, 9],
        ["", "", "ALL ENGLISH COMMISSIONERS", "Suspected skin cancer", 5, 5],
    ]
    found = read(workbook(Frontpage=[["Cancer Waiting Times statistics"]], Seen=seen))
    assert values(found, "cancer-referrals-seen") == {
        ("QAA", "cancer=suspected-lung-cancer"): 10,
        ("QAA", "cancer=suspected-skin-cancer"): 5,
        ("14M", "cancer=suspected-lung-cancer"): 1,
        ("UNKNOWN", "cancer=suspected-lung-cancer"): 2,
        ("ENG", "cancer=suspected-lung-cancer"): 14,
        ("ENG", "cancer=suspected-skin-cancer"): 5,
        ("QAA", ""): 15,
        ("14M", ""): 1,
        ("UNKNOWN", ""): 2,
        ("ENG", ""): 19,
    }
    assert {(one.code, one.basis.value) for one in found.organisations} == {
        ("QAA", "system"),
        ("14M", "commissioner"),
        ("UNKNOWN", "commissioner"),
        ("ENG", "national"),
    }
    assert any("England’s cancer-referrals-seen (cancer=suspected-lung-cancer) is 14" in note for note in found.notes)
    assert any(note.startswith("8 totals that the file does not give") for note in found.notes)


OLD = [
    ["ONE MONTH (31-DAY) WAIT FROM DIAGNOSIS TO A FIRST TREATMENT FOR CANCER"],
    ["Sep-22"],
    [PROVIDERS],
    [],
    ["", "ODS CODE (1)", "PROVIDER", "CARE SETTING (2)", "CANCER TYPE", "TOTAL", "WITHIN 31 DAYS", "AFTER 31 DAYS"],
    ["", "RAA", "FIRST TRUST", "ALL CARE", "ALL CANCERS", 10, 9, 1],
    ["", "RAA", "FIRST TRUST", "ADMITTED CARE", "ALL CANCERS", 4, 4, 0],
    ["", "", "ALL ENGLISH PROVIDERS", "ALL CARE", "ALL CANCERS", 10, 9, 1],
]


@pytest.mark.parametrize(
    ("sheet", "part"),
    [
        ("31-DAY FIRST TREAT (ALL CANCER)", "cancer-31-day-first"),
        ("31-DAY SUB TREAT (SURGERY)", "cancer-31-day-surgery"),
        ("31-DAY SUB TREAT (DRUGS)", "cancer-31-day-drug"),
        ("31-DAY SUB TREAT (RADIOTHERAPY)", "cancer-31-day-radiotherapy"),
        ("62-DAY (ALL CANCER)", "cancer-62-day-gp"),
        ("62-DAY (SCREENING)", "cancer-62-day-screening"),
        ("62-DAY (UPGRADE)", "cancer-62-day-upgrade"),
        ("TWO WEEK WAIT-ALL CANCER", "cancer-2-week-wait"),
        ("TWO WEEK WAIT-BREAST SYMPTOMS", "cancer-2-week-breast"),
    ],
)
def test_standards_of_before_october_2023_have_parts_of_their_own(sheet: str, part: str) -> None:
    """They have no column of routes or stages, and are never taken for the three standards that followed."""
    old = [
        ["WITHIN 14 DAYS" if "TWO WEEK" in sheet and cell == "WITHIN 31 DAYS" else cell for cell in row] for row in OLD
    ]
    found = read(workbook(**{"Frontpage": [["Cancer Waiting Times statistics"]], sheet: old}))
    assert values(found, part) == {("RAA", ""): 10, ("RAA", "setting=admitted-care"): 4, ("ENG", ""): 10}
    assert values(found, f"{part}-within")["ENG", ""] == 9
    assert set(found.frame["part"]) == {part, f"{part}-within"}
    assert found.era == "before-october-2023"


def test_an_old_sheet_without_its_name_is_not_guessed() -> None:
    both = read(workbook(Frontpage=FRONT, ROUTES=ROUTES, OLD=OLD))
    assert set(both.frame["part"]) == {"cancer-62-day", "cancer-62-day-within", "cancer-62-day-after-104-days"}
    assert any("“OLD” is of no standard that is known" in note for note in both.notes)
    with pytest.raises(InputError, match="no sheet holds a standard of cancer waiting times that is read"):
        read(workbook(Frontpage=[["Cancer Waiting Times statistics"]], OLD=OLD))


def test_a_line_that_stands_in_two_sheets_is_read_once() -> None:
    assert read(workbook(F=FRONT, A=ROUTES, B=ROUTES)).frame.equals(read(workbook(F=FRONT, A=ROUTES)).frame)
    other = [
        ["", "RAA", "FIRST TRUST", "ALL ROUTES", "ALL CANCERS", 80, 50] if row[1:2] == ["RAA"] else row
        for row in ROUTES
    ]
    found = read(workbook(F=FRONT, A=ROUTES, B=other))
    assert values(found, "cancer-62-day")["RAA", ""] == 79.5
    assert found.rejected[0].endswith(
        "sheet B, row 8: the same line stands before with other figures; the row was left out"
    )


PREAMBLE = [
    ["", "Title:", "Cancer Waiting Times monthly statistics"],
    ["", "Period:", "January 2026"],
    ["", "Published:", "Thursday 12th March 2026"],
    ["", "Revised:", ""],
    ["", "Status:", "Provisional"],
    [],
]
LONG = [
    "Standard",
    "Cancer Type",
    "Referral Route/Stage",
    "Treatment Modality",
    "Total",
    "Within",
    "After",
    "Performance",
]
SYSTEMS = [
    *PREAMBLE,
    ["", "Org Code", "System", *LONG],
    ["", "Total", "Total", "FDS", "ALL CANCERS", "ALL ROUTES", "", 10, 8, 2, 0.8],
    ["", "Total", "Total", "31D", "ALL CANCERS", "ALL STAGES", "ALL MODALITIES", 9, 9, 0, 1],
    ["", "S0E4D", "NHS FIVE INTEGRATED CARE BOARD", "FDS", "ALL CANCERS", "ALL ROUTES", "", 10, 8, 2, 0.8],
    ["", "S0E4D", "NHS FIVE INTEGRATED CARE BOARD", "31D", "ALL CANCERS", "ALL STAGES", "ALL MODALITIES", 9, 9, 0, 1],
    ["", "S0E4D", "NHS FIVE INTEGRATED CARE BOARD", "31D", "ALL CANCERS", "Subsequent", "Surgery", 4, 4, 0, 1],
]
TRUSTS = [
    *PREAMBLE,
    ["", "Org Code", "Region", "Provider", *LONG, "Surprise"],
    ["", "Total", "England", "Total", "FDS", "ALL CANCERS", "ALL ROUTES", "", 12, 9, 3, 0.75],
    ["", "RAA", "London", "FIRST TRUST", "FDS", "ALL CANCERS", "ALL ROUTES", "", 12, 9, 3, 0.75],
    ["", "RAA", "London", "FIRST TRUST", "FDS", "Missing or Invalid", "Screening", "", 1, 9, 3, 0.75],
    ["", "RAA", "London", "FIRST TRUST", "93D", "ALL CANCERS", "ALL ROUTES", "", 1, 1, 0, 1],
    ["", "RAB", "London", "SECOND TRUST", "FDS", "ALL CANCERS", "ALL ROUTES", "", "many", 1, 0, 1],
]


def test_a_combined_workbook() -> None:
    """England of the providers is England; where commissioners differ, theirs stands beside under its own detail."""
    found = read(workbook(System_Level=SYSTEMS, Provider_Level=TRUSTS, Notes=[["nothing"]]))
    assert values(found, "cancer-fds") == {
        ("ENG", ""): 12,
        ("ENG", "basis=commissioner"): 10,
        ("S0E4D", ""): 10,
        ("RAA", ""): 12,
    }
    assert values(found, "cancer-31-day")["S0E4D", "modality=surgery;stage=subsequent"] == 4
    assert values(found, "cancer-31-day")["ENG", ""] == 9
    assert (found.status, found.published) == (Status.PROVISIONAL, date(2026, 3, 12))
    assert "the column “Surprise” is not known and was left out" in found.notes
    assert [reason.partition(": ")[2] for reason in found.rejected] == [
        "9 within the standard of 1 cannot be; the row was left out",
        "the standard is not known; the row was left out",
        "“many” is no number; the row was left out",
    ]
    assert "sheet Provider Level, row 10" in found.rejected[0]


LINES = """Basis,Org_Code,Parent_Org,Org_Name,Standard_or_Item,Cancer_Type,Referral_Route_or_Stage,Treatment_Modality,\
Total,Within,After,Performance,Within_14_days,After_104_days
Provider,Total,England,Total,62D,ALL CANCERS,ALL ROUTES,ALL MODALITIES,"1,000.5",600,400.5,0.6,,7
Provider,RAA,London,FIRST TRUST,62D,ALL CANCERS,ALL ROUTES,ALL MODALITIES,"1,000.5",600,400.5,0.6,,7
Commissioner,QAA,London,NHS ONE INTEGRATED CARE BOARD,Urgent Suspected Cancer referral,ALL CANCERS,,,30,,,,20,
"""


def test_a_combined_csv_of_one_month_needs_its_month() -> None:
    with pytest.raises(InputError, match="does not say which month it is of"):
        read(LINES.encode())
    found = read(LINES.encode(), date(2026, 4, 1))
    assert found.variant == "combined csv"
    assert values(found, "cancer-62-day") == {("ENG", ""): 1000.5, ("RAA", ""): 1000.5}
    assert values(found, "cancer-referrals-seen-within-14-days") == {("QAA", ""): 20}
    assert found.frame["end"].unique().to_list() == [date(2026, 4, 30)]


@pytest.mark.parametrize("spelling", ["01/04/2026", "2026-04-01", "Apr-26", "April 2026"])
def test_a_combined_csv_that_has_months(spelling: str) -> None:
    first, *others = LINES.splitlines()
    lines = [f"Period,{first}", *(f"{spelling},{line}" for line in others)]
    found = read("\n".join(lines).encode())
    assert found.frame.select("start", "end").unique().rows() == [(date(2026, 4, 1), date(2026, 4, 30))]


def test_a_table_without_a_needed_column() -> None:
    lines = LINES.replace("Within,", "Inside,").replace("Within_14_days", "Inside_14_days")
    with pytest.raises(InputError, match="there is no column “within”"):
        read(lines.encode(), date(2026, 4, 1))


@pytest.mark.parametrize(
    "lines", ["Org Code,Total\nRAA,1\n", "Period,Org Code,Parent Org,Org name\nMSitAE-MAY-2025,RAA,X,Y\n"]
)
def test_other_tables_are_not_claimed(lines: str) -> None:
    assert not RELEASE.recognise(content(lines.encode()))


def test_a_sheet_that_kept_last_months_date_is_read_with_the_others() -> None:
    stale = [[datetime(2023, 9, 1)] if row == [OCTOBER] else row for row in ROUTES]
    stale = [["ONE MONTH (31-DAY) WAIT"] if index == 0 else row for index, row in enumerate(stale)]
    stale = [["WITHIN 31 DAYS" if cell == "WITHIN 62 DAYS" else cell for cell in row] for row in stale]
    found = read(workbook(Frontpage=FRONT, ROUTES=ROUTES, FDS=[["28 DAY WAIT"], *ROUTES[1:]], STALE=stale))
    assert found.frame["start"].unique().to_list() == [date(2023, 10, 1)]
    assert "the sheet “STALE” says September 2023; it was read as October 2023" in found.notes
