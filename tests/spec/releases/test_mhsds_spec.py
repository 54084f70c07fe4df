"""What a monthly file of the Mental Health Services Data Set says, and what is made of it."""

from __future__ import annotations

from datetime import date

import pytest

from trigpoint.errors import InputError
from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.observation import Status, repeated
from trigpoint.releases.readers.mhsds import RELEASE, measure_of
from trigpoint.releases.release import Reading

HEADER = (
    "REPORTING_PERIOD_START,REPORTING_PERIOD_END,STATUS,BREAKDOWN,PRIMARY_LEVEL,PRIMARY_LEVEL_DESCRIPTION,"
    "SECONDARY_LEVEL,SECONDARY_LEVEL_DESCRIPTION,MEASURE_ID,MEASURE_NAME,MEASURE_VALUE"
)
MONTH = "01/09/2024,30/09/2024,Performance"
OPEN = "MHS07,People with an open hospital spell at the end of the reporting period"


def read(*rows: str, header: str = HEADER) -> Reading:
    content = Content("a file.csv", Kind.TEXT, "\r\n".join((header, *rows)).encode("utf-8-sig"))
    assert RELEASE.recognise(content)
    return RELEASE.read(content)


ROWS = [
    # breakdown and levels as the file has them, value | organisation, basis, detail, value, marker
    ("England,England,England,NONE,NONE", "23456", ("ENG", "national", "", 23456.0, "")),
    ("ICB of GP Practice or Residence,QWO,NHS WEST YORKSHIRE,NONE,NONE", "*",
     ("QWO", "system", "", None, "suppressed")),
    ("ICB,D7T5G,NHS ESSEX,NONE,NONE", "15", ("D7T5G", "system", "", 15.0, "")),
    ("STP,E54000050,A PARTNERSHIP,NONE,NONE", "15", ("E54000050", "system", "", 15.0, "")),
    ("Sub ICB of GP Practice or Residence,15E,NHS BIRMINGHAM,NONE,NONE", "0",
     ("15E", "commissioner", "", 0.0, "")),
    ("Sub ICB Location - GP Practice or Residence,15E,NHS BIRMINGHAM,NONE,NONE", "5",
     ("15E", "commissioner", "", 5.0, "")),
    ("CCG - GP Practice or Residence,05C,NHS DUDLEY CCG,NONE,NONE", "20", ("05C", "commissioner", "", 20.0, "")),
    ("CCG - GP Practice or Residence,UNKNOWN,UNKNOWN,NONE,NONE", "20", ("UNKNOWN", "commissioner", "", 20.0, "")),
    ("Provider,8JF45,A CHARITY,NONE,NONE", "", ("8JF45", "provider", "", None, "not available")),
    ("Commissioning Region,Y56,LONDON,NONE,NONE", "1205", ("Y56", "region", "", 1205.0, "")),
    ("CASSR,210,HACKNEY,NONE,NONE", "5", ("210", "local authority", "", 5.0, "")),
    ("Provider; Age Band,RXX,A TRUST,18 to 24,18 to 24", "35", ("RXX", "provider", "age-band=18 to 24", 35.0, "")),
    ("England; Ethnicity,England,England,A,British", "900", ("ENG", "national", "ethnicity=British", 900.0, "")),
    ("England; Age Band,65 plus,65 plus,NONE,NONE", "90", ("ENG", "national", "age-band=65 plus", 90.0, "")),
    ("Gender,2,Female,NONE,NONE", "90", ("ENG", "national", "gender=Female", 90.0, "")),
    ("Provider type,NHS,NHS,NONE,NONE", "90", ("ENG", "national", "provider-type=NHS", 90.0, "")),
    ("CCG - GP Practice or Residence; Provider,05C,NHS DUDLEY CCG,TAJ,A TRUST", "10",
     ("05C", "commissioner", "provider=TAJ", 10.0, "")),
    ("Sending Provider; Receiving Provider,RXX,A TRUST,TAJ,ANOTHER", "10",
     ("RXX", "provider", "receiving-provider=TAJ", 10.0, "")),
    ("Receiving Provider,TAJ,ANOTHER,NONE,NONE", "10",
     ("TAJ", "provider", "counted=receiving-provider", 10.0, "")),
    ("Provider,RXX,A TRUST,7,Cluster 7", "10", ("RXX", "provider", "level-2=Cluster 7", 10.0, "")),
]  # fmt: skip


@pytest.mark.parametrize(("levels", "value", "expected"), ROWS)
def test_a_row(levels: str, value: str, expected: tuple[str, str, str, float | None, str]) -> None:
    frame = read(f"{MONTH},{levels},{OPEN},{value}").frame
    assert frame.select("org", "basis", "detail", "value", "marker").rows() == [expected]
    assert frame["part"].to_list() == ["mhsds-mhs07"]


PERIODS = [
    ("01/09/2024,30/09/2024", (date(2024, 9, 1), date(2024, 9, 30))),
    ("01/07/2024,30/09/2024", (date(2024, 7, 1), date(2024, 9, 30))),
    ("2023-10-01,2024-09-30", (date(2023, 10, 1), date(2024, 9, 30))),
]


def test_periods_of_several_lengths_stand_side_by_side() -> None:
    rows = [f"{period},Performance,England,England,England,NONE,NONE,{OPEN},7" for period, _ in PERIODS]
    frame = read(*rows).frame
    assert frame.select("start", "end").rows() == [span for _, span in PERIODS]


STATES = [
    ("Performance", Status.PUBLISHED),
    ("Provisional", Status.PROVISIONAL),
    ("Final", Status.FINAL),
    ("Refreshed", Status.REVISED),
]


@pytest.mark.parametrize(("said", "expected"), STATES)
def test_the_status(said: str, expected: Status) -> None:
    row = f"01/09/2024,30/09/2024,{said},England,England,England,NONE,NONE,{OPEN},7"
    assert read(row).status is expected


def test_of_two_states_of_a_figure_the_most_settled_is_read() -> None:
    levels = f"England,England,England,NONE,NONE,{OPEN}"
    reading = read(
        f"01/09/2024,30/09/2024,Provisional,{levels},6",
        f"01/09/2024,30/09/2024,Final,{levels},7",
        f"01/10/2024,31/10/2024,Provisional,{levels},8",
    )
    assert sorted(reading.frame["value"].to_list()) == [7.0, 8.0]
    assert reading.status is Status.PROVISIONAL
    assert any("most settled" in note for note in reading.notes)


def test_a_second_breakdown_of_the_same_kind_is_no_total() -> None:
    reading = read(
        f"{MONTH},Sub ICB of GP Practice or Residence,15E,NHS BIRMINGHAM,NONE,NONE,{OPEN},40",
        f"{MONTH},Sub ICB of Residence,15E,NHS BIRMINGHAM,NONE,NONE,{OPEN},45",
    )
    assert reading.frame.select("detail", "value").rows() == [("", 40.0), ("counted=sub-icb-of-residence", 45.0)]
    assert any("“Sub ICB of Residence”" in note for note in reading.notes)
    assert repeated(reading.frame).is_empty()


def test_one_description_of_two_codes_is_told_by_code() -> None:
    levels = "England; Ward type,England,England"
    frame = read(f"{MONTH},{levels},01,Acute,{OPEN},40", f"{MONTH},{levels},02,Acute,{OPEN},45").frame
    assert frame["detail"].to_list() == ["ward-type=01", "ward-type=02"]


def test_measures_have_the_names_of_the_file() -> None:
    parts = read(
        f"{MONTH},England,England,England,NONE,NONE,MRS01b,Proportion of spells closed,8.375",
        f"{MONTH},England,England,England,NONE,NONE,MRS10a,Median time (days) for open spells,55",
    ).parts
    assert [(part.id, part.name, part.unit) for part in parts] == [
        ("mhsds-mrs01b", "Proportion of spells closed", "%"),
        ("mhsds-mrs10a", "Median time (days) for open spells", "days"),
    ]


def test_rounding_is_marked_where_the_file_bears_it_out() -> None:
    systems = [f"{MONTH},ICB of GP Practice or Residence,Q{at},AN ICB,NONE,NONE,{OPEN},{5 * at}" for at in range(1, 7)]
    reading = read(f"{MONTH},England,England,England,NONE,NONE,{OPEN},103", *systems)
    assert set(reading.frame.filter(basis="system")["marker"]) == {"rounded"}
    assert reading.frame.filter(org="ENG")["marker"].to_list() == [""]
    assert any("agree with the sum of up to 6 systems" in note and "in 1 of 1 case;" in note for note in reading.notes)


def test_the_older_names_of_columns() -> None:
    header = "REPORTING_PERIOD_START,REPORTING_PERIOD_END,Status,BREAKDOWN,LEVEL,LEVEL_DESCRIPTION,METRIC,METRIC_VALUE"
    frame = read("2019-08-01,2019-08-31,Final,Provider,RXX,A TRUST,MHS76,12", header=header).frame
    assert frame.select("part", "org", "value").rows() == [("mhsds-mhs76", "RXX", 12.0)]


REJECTED = [
    (f"bad,30/09/2024,Performance,England,England,England,NONE,NONE,{OPEN},7", "the period cannot be read"),
    (f"30/09/2024,01/09/2024,Performance,England,England,England,NONE,NONE,{OPEN},7", "the period cannot be read"),
    (f"{MONTH},Provider,NONE,NONE,NONE,NONE,{OPEN},7", "no organisation stands under “Provider”"),
    (f"{MONTH},,RXX,A TRUST,NONE,NONE,{OPEN},7", "there is no breakdown"),
    (f"{MONTH},England,England,England,NONE,NONE,{OPEN},seven", "“seven” under MHS07 is no number"),
    (f"{MONTH},England,England,England,NONE,NONE,,,7", "no measure is named"),
]


@pytest.mark.parametrize(("row", "said"), REJECTED)
def test_a_row_that_cannot_be_read_is_told(row: str, said: str) -> None:
    reading = read(f"{MONTH},England,England,England,NONE,NONE,MHS01,Open referrals,7", row)
    assert len(reading.frame) == 1
    assert reading.rejected == (f"a file.csv, line 3: {said}; the row was left out",)


def test_a_missing_column_is_named() -> None:
    header = HEADER.replace("MEASURE_ID", "SOMETHING")
    with pytest.raises(InputError, match="there is no column “MEASURE_ID”"):
        read(f"{MONTH},England,England,England,NONE,NONE,{OPEN},7", header=header)


def test_a_file_without_england_is_no_whole_one() -> None:
    assert not read(f"{MONTH},Provider,RXX,A TRUST,NONE,NONE,{OPEN},7").whole


@pytest.mark.parametrize(
    ("id", "found"), [("mhsds-mhs07a", True), ("mhsds-eip-2-weeks", False), ("fingertips-1", False), ("mhsds-", False)]
)
def test_a_measure_by_its_id(id: str, found: bool) -> None:
    made = measure_of(id)
    assert (made is not None) is found
