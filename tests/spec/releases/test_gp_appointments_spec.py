"""What a file of appointments in general practice says, and what is made of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest

from trigpoint.errors import InputError
from trigpoint.releases.figures.frame import figures_frame
from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.observation import repeated
from trigpoint.releases.readers.gp_appointments import RELEASE
from trigpoint.releases.release import Reading

DAILY = (
    "SUB_ICB_LOCATION_CODE,SUB_ICB_LOCATION_ONS_CODE,SUB_ICB_LOCATION_NAME,ICB_ONS_CODE,REGION_ONS_CODE,"
    "Appointment_Date,APPT_STATUS,HCP_TYPE,APPT_MODE,TIME_BETWEEN_BOOK_AND_APPT,COUNT_OF_APPOINTMENTS"
)
NORTH = "00L,E38000130,NHS North East and North Cumbria ICB - 00L,E54000050,E40000012"
WAKEFIELD = "03R,E38000190,NHS West Yorkshire ICB - 03R,E54000054,E40000012"
DAYS = (
    f"{NORTH},01DEC21,Attended,GP,Face-to-Face,Same Day,100",
    f"{NORTH},02DEC21,DNA,GP,Telephone,8  to 14 Days,10",
    f"{NORTH},30DEC21,Attended,Other Practice staff,Telephone,More than 28 Days,30",
    f"{NORTH},31DEC21,Unknown,Unknown,Video Conference/Online,Unknown / Data Quality,20",
    f"{WAKEFIELD},01DEC21,Attended,GP,Face-to-Face,Same Day,7",
    f"{NORTH},01JAN22,Attended,GP,Home Visit,1 Day,5",
)
DECEMBER = (date(2021, 12, 1), date(2021, 12, 31))


def text(*rows: str, header: str = DAILY) -> Content:
    return Content("a file.csv", Kind.TEXT, "\r\n".join((header, *rows)).encode("utf-8-sig"))


def read(*rows: str, header: str = DAILY) -> Reading:
    content = text(*rows, header=header)
    assert RELEASE.recognise(content)
    return RELEASE.read(content)


def values(frame: pl.DataFrame, org: str, span: tuple[date, date] = DECEMBER) -> dict[str, float]:
    rows = frame.filter((pl.col("org") == org) & (pl.col("start") == span[0]) & (pl.col("end") == span[1]))
    return dict(rows.select("detail", "value").iter_rows())


def test_days_are_added_up_by_month_whole_and_by_what_divides_them() -> None:
    reading = read(*DAYS)
    assert values(reading.frame, "00L") == {
        "": 160.0,
        "status=attended": 130.0,
        "status=did not attend": 10.0,
        "status=unknown": 20.0,
        "staff=GP": 110.0,
        "staff=other practice staff": 30.0,
        "staff=unknown": 20.0,
        "mode=face-to-face": 100.0,
        "mode=telephone": 40.0,
        "mode=video or online": 20.0,
        "mode=home visit": 0.0,
        "wait=same day": 100.0,
        "wait=1 day": 0.0,
        "wait=8 to 14 days": 10.0,
        "wait=more than 28 days": 30.0,
        "wait=unknown": 20.0,
    }
    assert values(reading.frame, "00L", (date(2022, 1, 1), date(2022, 1, 31)))[""] == 5.0
    assert set(reading.frame["basis"]) == {"commissioner"}
    assert repeated(reading.frame).is_empty()
    assert reading.variant == "daily"


def test_the_organisations_of_a_daily_file() -> None:
    first = read(*DAYS).organisations[0]
    assert (first.code, first.name, first.parent) == ("00L", "NHS North East and North Cumbria ICB - 00L", "E54000050")


HEADERS = [
    "CCG_CODE,CCG_ONS_CODE,CCG_NAME,STP_ONS_CODE,REGION_ONS_CODE,Appointment_Date,APPT_STATUS,HCP_TYPE,APPT_MODE,"
    "TIME_BETWEEN_BOOK_AND_APPT,COUNT_OF_APPOINTMENTS",
    "CCG_CODE,CCG_ONS_CODE,CCG_NAME,STP_CODE,REGIONAL_LOCAL_OFFICE_ONS_CODE,Appointment_Date,APPT_STATUS,HCP_TYPE,"
    "APPT_MODE,TIME_BETWEEN_BOOK_AND_APPT,COUNT_OF_APPOINTMENTS",
    "SUB_ICB_LOCATION_CODE,SUB_ICB_LOCATION_ONS_CODE,SUB_ICB_LOCATION,ICB_ONS_CODE,REGION_ONS_CODE,Appointment_Date,"
    "APPT_STATUS,HCP_TYPE,APPT_MODE,TIME_BETWEEN_BOOK_AND_APPT,COUNT_OF_APPOINTMENTS",
    "sub_icb_location_code,sub_icb_location_ons_code,sub_icb_location_name,icb_ons_code,region_ons_code,"
    "appointment_month,appt_status,hcp_type,appt_mode,time_between_book_and_appt,count_of_appointments",
]


@pytest.mark.parametrize("header", HEADERS)
def test_the_headers_of_the_years(header: str) -> None:
    assert values(read(*DAYS[:5], header=header).frame, "00L")["status=attended"] == 130.0


DATES = ["01DEC21", "01DEC2021", "14Dec2021", "2021-12-14", "14/12/2021", "2021-12", "Dec-21"]


@pytest.mark.parametrize("said", DATES)
def test_the_spellings_of_a_date(said: str) -> None:
    frame = read(f"{NORTH},{said},Attended,GP,Face-to-Face,Same Day,100").frame
    assert set(frame.select("start", "end").rows()) == {DECEMBER}


def test_a_name_with_a_comma_that_is_not_quoted() -> None:
    heywood = "01D,E38000080,NHS Heywood, Middleton and Rochdale CCG,E54000007,E40000010"
    reading = read(f"{heywood},01DEC21,Attended,GP,Face-to-Face,Same Day,100")
    assert values(reading.frame, "01D")[""] == 100.0
    assert reading.organisations[0].name == "NHS Heywood Middleton and Rochdale CCG"
    assert reading.rejected == ()


PRACTICES = (
    "APPOINTMENT_MONTH_START_DATE,GP_CODE,GP_NAME,SUPPLIER,PCN_CODE,PCN_NAME,SUB_ICB_LOCATION_CODE,"
    "SUB_ICB_LOCATION_NAME,HCP_TYPE,APPT_MODE,NATIONAL_CATEGORY,TIME_BETWEEN_BOOK_AND_APPT,COUNT_OF_APPOINTMENTS,"
    "APPT_STATUS"
)


def test_practices_are_added_up_to_networks_and_commissioners() -> None:
    reading = read(
        '01MAY2024,M87017,"A PRACTICE, DUDLEY",EMIS,U12345,A PCN,D2P2L,NHS BLACK COUNTRY,GP,Telephone,Planned Clinics,'
        "1 Day,8,Attended",
        "01MAY2024,M87018,ANOTHER,TPP,U12345,A PCN,D2P2L,NHS BLACK COUNTRY,GP,Unknown,Walk-in,Same Day,4,DNA",
        header=PRACTICES,
    )
    whole = reading.frame.filter(pl.col("detail") == "").select("org", "basis", "value").rows()
    assert whole == [
        ("M87017", "practice", 8.0),
        ("M87018", "practice", 4.0),
        ("U12345", "primary care network", 12.0),
        ("D2P2L", "commissioner", 12.0),
    ]
    assert values(reading.frame, "M87017", (date(2024, 5, 1), date(2024, 5, 31)))["category=Planned Clinics"] == 8.0
    assert reading.variant == "practice level"
    assert not reading.whole
    assert reading.organisations[0].name == "A PRACTICE, DUDLEY"


def test_a_file_by_integrated_care_board_alone() -> None:
    header = "icb_ons_code,appointment_month,appointment_status,hcp_type,appointment_mode,count_of_appointments"
    frame = read("E54000034,2020-01,Attended,GP,Face-to-Face,8107", header=header).frame
    assert frame.filter(pl.col("detail") == "").select("org", "basis", "value").rows() == [
        ("E54000034", "system", 8107.0)
    ]


SAVES = [
    ("blank lines", lambda header, row: f"\n{header}\n\n{row}\n\n,,,,,,,,,,\n".encode()),
    ("UTF-16", lambda header, row: f"{header}\n{row}\n".encode("utf-16")),
    (
        "a quotation mark within a name",
        lambda header, row: f"{header}\n{row}".replace("North", 'North"').encode(),
    ),
    ("thousands", lambda header, row: f"{header}\n{row}\n".replace(",100", ',"100"').encode()),
    ("decimals", lambda header, row: f"{header}\n{row}.0\n".encode()),
    ("more commas", lambda header, row: f"{header},,\n{row},,\n".encode()),
]


@pytest.mark.parametrize(("how", "made"), SAVES)
def test_odd_saves(how: str, made: Callable[[str, str], bytes]) -> None:
    content = Content(how, Kind.TEXT, made(DAILY, DAYS[0]))
    assert RELEASE.recognise(content)
    assert values(RELEASE.read(content).frame, "00L")[""] == 100.0


def test_a_file_without_rows_is_refused() -> None:
    with pytest.raises(InputError, match="no rows below the header"):
        read()


COVERED = (
    "SUB_ICB_LOCATION_CODE,ICB_ONS_CODE,REGION_CODE,Appointment_Month,Included Practices,Open Practices,"
    "Patients registered at included practices,Patients registered at open practices"
)


@pytest.mark.parametrize(
    "header", [COVERED, COVERED.replace("SUB_ICB_LOCATION_CODE", "COMMISSIONER_ORGANISATION_CODE")]
)
def test_coverage(header: str) -> None:
    frame = read("00L,E54000050,E40000012,01AUG2020,37,39,310000,325000", header=header).frame
    assert set(frame.select("org", "basis", "start", "end").rows()) == {
        ("00L", "commissioner", date(2020, 8, 1), date(2020, 8, 31))
    }
    assert frame.select("part", "value").rows() == [
        ("gp-appointments-included-practices", 37.0),
        ("gp-appointments-open-practices", 39.0),
        ("gp-appointments-included-patients", 310_000.0),
        ("gp-appointments-open-patients", 325_000.0),
    ]


REJECTED = [
    (f"{NORTH},99DEC21,Attended,GP,Telephone,1 Day,7", "“99DEC21” is no date"),
    (f"{NORTH},01DEC21,Attended,GP,Telephone,1 Day,many", "“many” is no number of appointments"),
    (",E38000130,A name,E54000050,E40000012,01DEC21,Attended,GP,Telephone,1 Day,7", "no organisation code"),
]


@pytest.mark.parametrize(("row", "said"), REJECTED)
def test_a_row_that_cannot_be_read_is_told(row: str, said: str) -> None:
    reading = read(DAYS[0], row)
    assert reading.rejected == (f"a file.csv, line 3: {said}; the row was left out",)
    assert values(reading.frame, "00L")[""] == 100.0


@pytest.mark.parametrize(
    ("lacking", "said"),
    [("Appointment_Date", "APPOINTMENT_DATE"), ("SUB_ICB_LOCATION_CODE", "SUB_ICB_LOCATION_CODE")],
)
def test_a_missing_column_is_named(lacking: str, said: str) -> None:
    header = DAILY.replace(f"{lacking},", "X,").replace("ICB_ONS_CODE,REGION", "Y,REGION")
    with pytest.raises(InputError, match=f"there is no column “{said}”"):
        read(DAYS[0], header=header)


def test_a_month_of_which_days_are_lacking_is_told() -> None:
    short = read(DAYS[0], f"{NORTH},12DEC21,Attended,GP,Telephone,1 Day,7")
    assert any("single days of December 2021 only" in note for note in short.notes)
    assert not any("single days" in note for note in read(*DAYS[:5]).notes)


MEASURES = [
    ("gp-appointments", 160.0),
    ("gp-appointments-attended", 130.0),
    ("gp-appointments-did-not-attend", 10.0),
    ("gp-appointments-did-not-attend-share", 6.25),
    ("gp-appointments-same-day", 100 * 100 / 140),
    ("gp-appointments-within-14-days", 100 * 110 / 140),
    ("gp-appointments-face-to-face", 62.5),
    ("gp-appointments-with-a-gp", 68.75),
]


@pytest.mark.parametrize(("id", "expected"), MEASURES)
def test_the_measures(id: str, expected: float) -> None:
    days = [*DAYS, f"{NORTH},03DEC21,Attended,GP,Telephone,2 to 7 Days,0"]
    observed = read(*days).frame.with_columns(
        release=pl.lit("gp_appointments"), variant=pl.lit("daily"), status=pl.lit("published"), digest=pl.lit("a")
    )
    measure = next(one for one in RELEASE.measures if one.id == id)
    figures = figures_frame(observed, [measure]).filter(org="00L", start=DECEMBER[0])
    assert figures["value"].to_list() == [pytest.approx(expected)]
