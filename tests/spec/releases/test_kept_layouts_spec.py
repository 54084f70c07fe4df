"""Layouts of published files that are met less often: other years, saves of single sheets, lists of organisations.

Each table is written here with the header of a published file and invented figures; what is asked is what a user sees:
which release it is, of which month and edition, one figure, and what is said of it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from trigpoint.errors import InputError
from trigpoint.releases.observation import ENGLAND
from trigpoint.releases.reading import FileReading, read_file

Row = Sequence[object]
WEEKS = [*(f">{week}-{week + 1}" for week in range(52)), "52 plus"]
LONG_CANCER = "Exhibited (non-cancer) breast symptoms - cancer not initially suspected"


def table(*rows: Row) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def book(sheets: Mapping[str, Sequence[Row]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read(folder: Path, name: str, data: str | bytes) -> FileReading:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    (found,) = read_file(path)
    assert isinstance(found, FileReading), found
    return found


def figure(found: FileReading, part: str, org: str, detail: str = "") -> float | None:
    """The one figure of a part, an organisation and a subdivision."""
    wanted = (pl.col("part") == part) & (pl.col("org") == org) & (pl.col("detail") == detail)
    return found.reading.frame.filter(wanted)["value"].item()


def bands(first: int, last: int) -> list[int]:
    return [first, *([0] * 51), last]


def rtt_2010() -> bytes:
    """Primary care trusts, months before there were commissioning groups; no labelled lines above the table."""
    totals = ["Total number of incomplete pathways", "Total within 18 weeks", "% within 18 weeks"]
    header = ["SHA Code", "PCT Code", "PCT Name", "Treatment Function Code", "Treatment Function", *WEEKS, *totals]
    above = [["Referral to Treatment waiting times by PCT: incomplete pathways"], ["January 2010"], [], [], []]
    rows = [
        ["Q30", "5D7", "NEWCASTLE PCT", "IP100", "General Surgery", *bands(8, 4), 12, 8, 0.667],
        ["Q30", "5D7", "NEWCASTLE PCT", "IP999", "Total", *bands(8, 4), 12, 8, 0.667],
    ]
    return book({"PCT": [*above, header, *rows]})


def kh03_2010() -> bytes:
    """The first quarter of the quarterly collection: four lines above, a code column fewer, trusts beside PCTs."""
    sectors = ["Total ", "General & Acute", "Learning Disabilities", "Maternity", "Mental Illness"]
    above = [["", "Average daily number of available and occupied beds open overnight by sector"], [], [], []]
    groups = ["", "", "", "", "", "Available", *[""] * 5, "Occupied"]
    header = ["", "Year", "Period End", "Org Code", "Org Name", *sectors, "", *sectors]
    rows = [
        ["", "2010-11", "June", "", "England", 300, 200, 20, 30, 50, "", 240, 160, 15, 20, 45],
        ["", "2010-11", "June", "RXX", "A TRUST", 100, 60, 10, 10, 20, "", 80, 50, 5, 5, 20],
        ["", "2010-11", "June", "5D7", "NEWCASTLE PCT", 200, 140, 10, 20, 30, "", 160, 110, 10, 15, 25],
    ]
    return book({"NHS Trust by Sector": [*above, groups, header, *rows]})


def therapies_2019() -> bytes:
    """The series of 2019 to 2020: one sheet of a row a commissioner, provider and month, rates beside counts."""
    header = ["CCG Code", "CCG Name", "Provider Code", "Provider Name", "Group Type", "Month / Year"]
    header += ["Referrals Received ", "Finished a Course of Treatment", "Recovery rate", "Mean Wait"]
    month = datetime(2019, 2, 1)
    rows = [
        ["all", "all CCGs", "all", "all Providers", "England", month, 1000, 400, 51.5, 20],
        ["00C", "DARLINGTON", "all", "all Providers", "CCG", month, "*", 200, "-", 21],
    ]
    return book({"Contents": [["Tables"]], "Table 1": [["Table 1"], [], [], [], [], [], [], header, *rows]})


def overview_of_2024() -> bytes:
    """The overview series since its groups are called “Completed …”."""
    groups = ["", "Year", "Month", "Incomplete RTT pathways", "", "", "Completed admitted (unadjusted) RTT pathways"]
    header = ["", "", "", "Median wait (weeks)", "No. within 18 weeks", "Total waiting (mil)", "No. of pathways (all)"]
    return book({"Full Time Series": [[], groups, header, ["", "2023/24", date(2023, 4, 1), 13.5, 40, 70_000, 9]]})


def rtt_save(name: str = "Total within 18 weeks") -> str:
    """One sheet of a web workbook saved as CSV: its labelled lines are gone, thousands have commas."""
    weeks = [*(f">{week}-{week + 1}" for week in range(104)), "104 plus"]
    header = ["Region Code", "Provider Code", "Provider Name", "Treatment Function Code", "Treatment Function", *weeks]
    header += ["Total number of incomplete pathways", name, "% within 18 weeks", "Total 52 plus weeks"]
    counts = ["1,000", *["-"] * 59, "10", *["-"] * 44]
    row = ["Y56", "R1H", "BARTS", "C_999", "Total", *counts, "1,010", "1,000", "99.00%", "10"]
    return table(header, row)


FILES: dict[str, str | bytes] = {
    "2010_dh_112606.xlsx": rtt_2010(),
    "Incomplete-Provider-Apr24-XLSX-8M-revised.csv": rtt_save(),
    "RTT_TS_data.xlsx": overview_of_2024(),
    "tempfile.xlsx": kh03_2010(),
    "feb2019_feb2020.xlsx": therapies_2019(),
    "2016-04-01.csv": table(
        ["period", "org_code", "type", "attendances", "breaches", "admissions"],
        ["2016-04-01", "RF4", "1", "18", "4", "5"],
        ["2016-04-01", "RF4", "other", "2", "1", "0"],
    ),
    "single5yr-2013-04.csv": (
        "GP_PRACTICE_CODE,CCG_CODE,NHSE_AREA_TEAM_CODE,NHSE_REGION_CODE,TOTAL_ALL,TOTAL_MALE,TOTAL_FEMALES,"
        "MALE_0-4,MALE_85+,FEMALE_0-4,FEMALE_85+\n"
        "A81001,00K,Q45,Y54,20,8,12,5,3,8,4\n"
    ),
    "single5yr-2014-04.csv": (
        "GP_PRACTICE_CODE,POSTCODE,CCG_CODE,NHSE_AREA_TEAM_CODE,NHSE_REGION_CODE,TOTAL_ALL,TOTAL_MALE,TOTAL_FEMALES,"
        "MALE_0-4,MALE_95+,FEMALE_0-4,FEMALE_95+\n"
        "A81001,TS18 1HU,00K,Q45,Y54,21,9,12,5,4,8,4\n"
    ),
    "dem_reg_2016-2018.csv": table(
        ["", "INDICATOR", "ORG_TYPE", "ORG_CODE", "NAME", "ACH_DATE", "MEASURE", "VALUE", "DQ"],
        [57, "DEMENTIA", "LTLA", "E07000223", "ADUR", "2016-05-31", "DEMENTIA_REGISTER_65_PLUS", "595.0", ""],
    ),
    "DToC_Days_Responsible_Organisation.csv": table(
        ["Name", "NHS", "Social Care", "Both", "Total", "Period_year"],
        ["England", 30, 20, 10, "NA", "April 2019"],
        ["Poole", "-", "-", "-", "NA", "April 2019"],
        [663, 343, 74, 1080, "NA", "April 2011"],
    ),
}


@pytest.mark.parametrize(
    ("name", "release", "variant", "starts", "part", "org", "value"),
    [
        ("2010_dh_112606.xlsx", "rtt", "incomplete commissioner workbook", "2010-01-01", "rtt-incomplete", "5D7", 12),
        (
            "Incomplete-Provider-Apr24-XLSX-8M-revised.csv",
            "rtt",
            "incomplete provider workbook",
            "2024-04-01",
            "rtt-incomplete-within-18-weeks",
            "R1H",
            1000,
        ),
        ("RTT_TS_data.xlsx", "rtt", "overview series", "2023-04-01", "rtt-admitted", ENGLAND, 9),
        ("tempfile.xlsx", "beds", "overnight workbook", "2010-04-01", "beds-occupied", "5D7", 160),
        (
            "feb2019_feb2020.xlsx",
            "talking_therapies",
            "time series",
            "2019-02-01",
            "talking-therapies-finished",
            "00C",
            200,
        ),
        ("2016-04-01.csv", "ae", "tidy", "2016-04-01", "ae-over-4-hours", "RF4", 5),
        ("single5yr-2013-04.csv", "list_size", "wide, five-year ages", "2013-04-01", "gp-list-size", "A81001", 20),
        ("single5yr-2014-04.csv", "list_size", "wide, five-year ages", "2014-04-01", "gp-list-size", "A81001", 21),
        ("dem_reg_2016-2018.csv", "dementia", "long", "2016-05-01", "dementia-register-65-plus", "E07000223", 595),
        (
            "DToC_Days_Responsible_Organisation.csv",
            "delayed_transfers",
            "tidied series",
            "2019-04-01",
            "delayed-days",
            ENGLAND,
            60,
        ),
    ],
)
def test_a_file_of_another_year_or_save_is_read(
    tmp_path: Path, name: str, release: str, variant: str, starts: str, part: str, org: str, value: float
) -> None:
    found = read(tmp_path, name, FILES[name])
    assert (found.release.id, found.reading.variant) == (release, variant)
    assert [start.isoformat() for start, _ in found.periods] == [starts]
    assert figure(found, part, org) == value
    assert not found.reading.rejected


def test_a_csv_that_is_revised_by_name_says_so(tmp_path: Path) -> None:
    revised, first = (
        read(tmp_path, name, rtt_save())
        for name in ("Incomplete-Provider-Apr24-XLSX-8M-revised.csv", "Incomplete-Provider-Apr24-XLSX-8M-1234.csv")
    )
    assert revised.reading.status.value == "revised"
    assert "that it is revised is said by its name alone" in revised.reading.notes
    assert first.reading.status.value == "published"


def test_rates_and_marks_of_a_wide_series_are_told_apart(tmp_path: Path) -> None:
    found = read(tmp_path, "series.xlsx", therapies_2019())
    marks = dict(found.reading.frame.filter(pl.col("org") == "00C").select("part", "marker").iter_rows())
    assert marks == {
        "talking-therapies-referrals": "suppressed",
        "talking-therapies-finished": "rounded",
        "talking-therapies-recovery-rate": "not applicable",
    }
    assert figure(found, "talking-therapies-recovery-rate", ENGLAND) == 51.5
    assert "the column “mean wait” was left out" in found.reading.notes


@pytest.mark.parametrize(("code", "name"), [("Eng", ""), ("ENG", "England"), ("England", "England"), ("-", "England")])
def test_england_of_ambulance_services_is_spelt_in_many_ways(tmp_path: Path, code: str, name: str) -> None:
    found = read(tmp_path, "AmbSYS.csv", ambulance(code, name))
    assert set(found.reading.frame["org"]) == {ENGLAND, "RX6"}
    assert figure(found, "ambulance-category-2-mean", ENGLAND) == 2406
    assert figure(found, "ambulance-category-2-mean", "RX6") is None


def ambulance(code: str, name: str, *more: str) -> str:
    items = ["A0", "A1", "A3", "A5", "A7", "A8", "A24", "A25", "A26", "A10", "A30", "A31", "A32"]
    england = [9, 8, 5, 1, 7, 1, 505, 505, 900, 2, 4812, 2406, 5000]
    return table(
        ["Year", "Month", "Region", "Org Code", "Org Name", *items, *more],
        [2024, 1, code, code, name, *england, *("77" for _ in more)],
        [2024, 1, "Y63", "RX6", "NORTH EAST", *["."] * len(items), *("77" for _ in more)],
    )


def test_a_column_that_stands_twice_is_read_once(tmp_path: Path) -> None:
    found = read(tmp_path, "AmbSYS.csv", ambulance("Eng", "England", "A5", "A31"))
    assert figure(found, "ambulance-category-2-mean", ENGLAND) == 2406
    assert "the column “A5” stands in it twice; the second was left out" in found.reading.notes
    assert "the column “A31” stands in it twice; the second was left out" in found.reading.notes


def test_the_longest_name_of_a_cancer_is_kept(tmp_path: Path) -> None:
    header = [
        "ODS CODE (1)",
        "ACCOUNTABLE PROVIDER (2)",
        "REFERRAL ROUTE",
        "SUSPECTED CANCER OR BREAST SYMPTOMATIC (2)",
    ]
    above = [["FOUR WEEK (28 DAYS) WAIT FROM URGENT REFERRAL"], ["Oct-23"], ["BASIS: PROVIDER BASED"], [], []]
    row = ["R1K", "A TRUST", "BREAST SYMPTOMATIC, CANCER NOT SUSPECTED", LONG_CANCER, 4, 3, 1, 0.75]
    sheet = [*above, [*header, "TOTAL", "WITHIN 28 DAYS", "AFTER 28 DAYS", "TOLD WITHIN 28 DAYS"], row]
    found = read(tmp_path, "OCTOBER-2023.xlsx", book({"28-DAY FDS (BY ROUTE)": [["", *one] for one in sheet]}))
    assert not found.reading.rejected
    assert found.reading.frame.filter(pl.col("detail").str.contains("not-initially-suspected"))["value"].max() == 4


PLACES = {
    "stps_2017_08.xlsx": book(
        {
            "Contents": [["Partnerships"]],
            "Current STPs": [
                ["Sustainability and Transformation Partnerships"],
                [],
                ["NHS England Region", "ODS STP Code", "ONS STP Code", "STP Name", "CCG", "ODS CCG Code"],
                ["North (Y54)", "QHM", "E54000001", "Cumbria ", "NHS Darlington CCG", "00C"],
                ["North (Y54)", "QHM", "E54000001", "", "NHS Durham CCG", "00D"],
            ],
        }
    ),
    "gp-reg-pat-prac-map.csv": (
        "PUBLICATION,EXTRACT_DATE,PRACTICE_CODE,PRACTICE_NAME,PRACTICE_POSTCODE,ONS_CCG_CODE,CCG_CODE,CCG_NAME,"
        "ONS_STP_CODE,STP_CODE,STP_NAME,COMM_REGION_CODE,COMM_REGION_NAME\n"
        "GP_PRAC_PAT_LIST,01SEP2017,A81001,THE SURGERY,TS18 1HU,E38000247,16C,NHS Tees CCG,"
        "E54000050,QHM,Cumbria,Y63,North East\n"
    ),
    "GP_PCN_CCG l-up.xlsx": book(
        {"Sheet1": [["Networks"], ["GP code", "GP list", "PCN", "CCG"], ["H82001", "The Surgery", "ACF", "NHS X CCG"]]}
    ),
    "lsoa_pcn_lookup_Feb_22.csv": table(
        ["LSOA11NM", "LSOA11CD", "PCN_Code", "PCN_Name"],
        ["Crawley 010A ", "E01031547", "U33451", "South Crawley PCN"],
        ["Crawley 010B ", "E01031548", "U33451", "South Crawley PCN"],
    ),
    "eauth.csv": table(
        ["A", "NORTH EAST REGION", "", "", *["x"] * 6, "19940401", *[""] * 16],
        ["Q70", "NHS ENGLAND SOUTH (WESSEX)", "Y57", "", *["x"] * 6, "20121001", "20180331", *[""] * 15],
        ["Y59", "SOUTH EAST COMMISSIONING REGION", "", "", *["x"] * 6, "20180401", *[""] * 16],
    ),
}


@pytest.mark.parametrize(
    ("name", "variant", "code", "kind", "parent"),
    [
        ("stps_2017_08.xlsx", "ccgs", "00D", "ccg", "QHM"),
        ("stps_2017_08.xlsx", "ccgs", "QHM", "stp", ""),
        ("gp-reg-pat-prac-map.csv", "practice networks", "A81001", "practice", "16C"),
        ("gp-reg-pat-prac-map.csv", "practice networks", "QHM", "stp", "Y63"),
        ("GP_PCN_CCG l-up.xlsx", "practice networks", "H82001", "practice", ""),
        ("lsoa_pcn_lookup_Feb_22.csv", "networks", "U33451", "pcn", ""),
        ("eauth.csv", "authorities", "Y59", "region", ""),
        ("eauth.csv", "authorities", "A", "other", ""),
    ],
)
def test_a_list_of_organisations_brings_places(
    tmp_path: Path, name: str, variant: str, code: str, kind: str, parent: str
) -> None:
    found = read(tmp_path, name, PLACES[name])
    assert (found.release.id, found.reading.variant) == ("ods", variant)
    (place,) = (one for one in found.reading.places if one["code"] == code)
    assert (place["kind"], place["parent"]) == (kind, parent)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("kh03.parquet", b"PAR1\x15\x04\x00" + bytes(100) + b"PAR1", "this is neither a CSV file nor a workbook"),
        (
            "LA_FingerTips_Indicators.xlsx",
            book({"Indicators": [["IndicatorID", "Indicator Name", "AreaTypeID"], [90366, "Life expectancy", 402]]}),
            "this is no published statistic that is known",
        ),
        (
            "prescribing_units.xlsx",
            book({"Weights": [["Cost based weights"], ["BNF", "Male 0-4"], ["Antibacterial", 0.8]]}),
            "this is no published statistic that is known",
        ),
        (
            "GP_PCN_CCG l-up.xlsx",
            book({"Sheet1": [["GP code", "GP list", "PCN", "CCG"], ["H82001", 8123, "ACF", "NHS X CCG"]]}),
            "no organisation with a code and a name could be read",
        ),
    ],
)
def test_what_is_no_publication_is_refused_in_one_sentence(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    (refused,) = read_file(path)
    assert isinstance(refused, InputError)
    assert said in str(refused)
