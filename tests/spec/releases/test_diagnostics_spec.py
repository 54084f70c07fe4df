"""What is read of diagnostic waiting times: web files, their saves as CSV, and the full extract, in small."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl
import pytest
from tests.release_files import content, workbook

from trigpoint.errors import InputError
from trigpoint.releases.observation import Status
from trigpoint.releases.readers.diagnostics import RELEASE
from trigpoint.releases.release import Reading

BANDS = ["0 <01 weeks", *(f"{weeks:02} <{weeks + 1:02} weeks" for weeks in range(1, 13)), "13+ weeks"]
WAITING = ["Total Waiting List", "Number waiting 6+ Weeks", "Number waiting 13+ Weeks", "Percentage waiting 6+ weeks"]
DONE = [
    "Planned tests / procedures",
    "Unscheduled tests / procedures",
    "Waiting list tests / procedures (excluding planned)",
]
COMMISSIONERS = ["", "Regional Team Code", "Regional Team Name", "Commissioner Code", "Commissioner Name"]
PREAMBLE = [
    ["", "Title:", "Monthly Diagnostics"],
    ["", "Period:", "April 2024"],
    ["", "Basis:", "Commissioner"],
    ["", "Published:", "13th June 2024"],
    ["", "Revised:", "12th December 2024"],
    ["", "Status:", "Revised"],
    [],
]
MARCH = date(2025, 3, 1)


def figures(early: int, late: int, later: int, done: tuple[int, int, int] = (1, 2, 3)) -> list[object]:
    """A row's figures: people under one week, at six weeks and over thirteen."""
    bands: list[object] = [early, *[0] * 5, late, *[0] * 6, later]
    return [early + late + later, late + later, later, 0.5, *bands, "", *done]


def read(data: bytes, month: date | None = None) -> Reading:
    one = content(data, month)
    assert RELEASE.recognise(one)
    return RELEASE.read(one)


def values(reading: Reading, part: str, *, band: bool = False) -> dict[tuple[str, str], float | None]:
    rows = reading.frame.filter(pl.col.part == part).select("org", "detail", "value").rows()
    return {(org, detail): value for org, detail, value in rows if ("band=" in detail) is band}


ORGANISATIONS = [
    *PREAMBLE,
    [*COMMISSIONERS, *WAITING, *BANDS, "", *DONE],
    ["", "", "", "", "Total", *figures(30, 12, 5, (2, 4, 6))],
    [],
    ["", "Y56", "London", "S1Y5D", "NHS FIVE", *figures(10, 4, 2)],
    ["", "Y60", "Midlands", "D2P2L", "NHS SIX", *figures(20, 8, 3)],
    ["", "Note: some did not submit"],
]
BY_TEST = [
    *PREAMBLE,
    [*COMMISSIONERS, "Diagnostic ID", "Diagnostic Test Name", *WAITING, *BANDS, "", *DONE],
    ["", "", "", "", "Total", "", "", *figures(30, 12, 5, (2, 4, 6))],
    ["", "Y56", "London", "S1Y5D", "NHS FIVE", 1, "Magnetic Resonance Imaging", *figures(4, 1, 2, (1, 1, 1))],
    ["", "Y56", "London", "S1Y5D", "NHS FIVE", 15, "Gastroscopy", *figures(6, 3, 0, (0, 1, 2))],
    ["", "Y56", "London", "S1Y5D", "NHS FIVE", 16, "Total", *figures(10, 4, 2)],
    ["", "Y60", "Midlands", "D2P2L", "NHS SIX", 1, "Magnetic Resonance Imaging", *figures(20, 8, 3)],
    ["", "Y60", "Midlands", "D2P2L", "NHS SIX", 16, "Total", *figures(20, 8, 3)],
]


def test_a_commissioner_workbook() -> None:
    """All tests have no detail; each test and each band has its own; England stands as it was published."""
    found = read(workbook(Commissioner=ORGANISATIONS, Commissioner_by_Test=BY_TEST, Guidance=[["text"]]))
    assert values(found, "dm01-waiting") == {
        ("ENG", ""): 47,
        ("S1Y5D", ""): 16,
        ("D2P2L", ""): 31,
        ("S1Y5D", "test=mri"): 7,
        ("S1Y5D", "test=gastroscopy"): 9,
        ("D2P2L", "test=mri"): 31,
        ("ENG", "test=mri"): 38,
        ("ENG", "test=gastroscopy"): 9,
    }
    assert values(found, "dm01-waiting-6-weeks")["ENG", ""] == 17
    assert values(found, "dm01-waiting-13-weeks")["S1Y5D", "test=mri"] == 2
    assert values(found, "dm01-waiting", band=True)["D2P2L", "band=06-07;test=mri"] == 8
    assert values(found, "dm01-tests-waiting-list")["ENG", ""] == 6
    assert set(found.frame["basis"]) == {"national", "commissioner"}
    assert (found.variant, found.status, found.revised) == ("commissioner workbook", Status.REVISED, date(2024, 12, 12))
    assert found.frame.select("start", "end").unique().rows() == [(date(2024, 4, 1), date(2024, 4, 30))]
    assert found.rejected == ()
    assert found.notes == (
        "the row of all tests agrees with the sum of the tests of 2 organisations",
        "England agrees with the sum of 2 organisations in all 20 columns",
        "England by test does not stand in the file; it is the sum of 2 organisations",
        "the weekly bands make the waiting list and six weeks or more in all 8 rows",
    )


def test_figures_that_contradict_each_other_are_told() -> None:
    wrong = [list(row) for row in ORGANISATIONS]
    wrong[8][5] = 48
    found = read(workbook(Commissioner=wrong))
    assert values(found, "dm01-waiting")["ENG", ""] == 48
    assert "England’s “total waiting list” is 48 where the sum of 2 organisations is 47" in found.notes
    assert "the weekly bands do not make the published totals in 1 row, the first ENG" in found.notes


def saved(*rows: Sequence[object]) -> bytes:
    head = ["Regional Team Code", "Regional Team Name", "Provider Code", "Provider Name", "Diagnostic ID"]
    names = [*head, "Diagnostic Test Name", *(f" {name} " for name in (*WAITING, *BANDS)), "", *DONE]
    lines = [",".join(f'"{cell}"' for cell in row) for row in (names, *rows)]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode("utf-8")


def trust(code: str, region: str, test: int, early: object) -> list[object]:
    row = figures(0, 0, 0)
    row[0] = row[4] = early
    row[3] = "0.00%"
    return [region, f"Region {region}", code, f"Trust {code}", test, f"Test {test}", *row]


def test_a_csv_without_rows_of_all_tests() -> None:
    """They are the sums of the tests then; with all seven regions there is an England too, and it is said whence."""
    rows = [trust(f"R0{at}", f"Y{at}", 1, 10) for at in range(7)]
    found = read(saved(*rows, trust("R00", "Y0", 2, "3,038"), trust("R01", "Y1", 3, " -   ")), MARCH)
    waiting = values(found, "dm01-waiting")
    assert waiting["R00", ""] == 3048
    assert waiting["R00", "test=ct"] == 3038
    assert waiting["R01", "test=ultrasound"] == 0
    assert waiting["ENG", ""] == 3108
    assert waiting["ENG", "test=mri"] == 70
    assert found.variant == "provider csv"
    assert found.whole
    assert "the figures of all tests of 7 organisations are sums of their tests" in found.notes
    assert "England does not stand in the file; it is the sum of 7 organisations" in found.notes


def test_a_csv_of_some_regions_has_no_england() -> None:
    found = read(saved(trust("R00", "Y0", 1, 10)), MARCH)
    assert set(found.frame["org"]) == {"R00"}
    assert not found.whole


def test_a_csv_does_not_say_its_month() -> None:
    with pytest.raises(InputError, match="name it with --month 2025-03, or give the workbook"):
        read(saved(trust("R00", "Y0", 1, 10)))


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (trust("R00", "Y0", 1, "ten"), "“ten” under “total waiting list” is no number; the row was left out"),
        (trust("", "Y0", 1, 1), "“Trust” has no organisation code or name; the row was left out"),
        (
            trust("R09", "Y0", 1, 9),
            "the same organisation and test stand before with other figures; the row was left out",
        ),
    ],
)
def test_a_bad_row_is_left_out_and_told(row: list[object], told: str) -> None:
    found = read(saved(trust("R09", "Y0", 1, 10), row), MARCH)
    assert [one.partition(": ")[2] for one in found.rejected] == [told]
    assert values(found, "dm01-waiting") == {("R09", ""): 10, ("R09", "test=mri"): 10}


def test_six_weeks_are_made_of_the_bands_where_they_have_no_column() -> None:
    data = saved(trust("R00", "Y0", 1, 10)).replace(b"Number waiting 6+ Weeks", b"Something else")
    found = read(data, MARCH)
    assert values(found, "dm01-waiting-6-weeks") == {("R00", ""): 0, ("R00", "test=mri"): 0}
    assert "the column “something else” is not known and was left out" in found.notes
    with pytest.raises(InputError, match="neither a column “number waiting 6\\+ weeks” nor one “12-13 weeks”"):
        read(data.replace(b"12 <13 weeks", b"Another"), MARCH)


EXTRACT = [
    "Period",
    "Provider Parent Org Code",
    "Provider Parent Name",
    "Provider Org Code",
    "Provider Org Name",
    "Commissioner Parent Org Code",
    "Commissioner Parent Name",
    "Commissioner Org Code",
    "Commissioner Org Name",
    "Diagnostic Tests Sort Order",
    "Diagnostic Tests",
    "00 < 01 Week",
    *(f"{weeks:02} < {weeks + 1:02} Weeks" for weeks in range(1, 13)),
    "13+ Weeks",
    "Total WL",
    "Waiting List Activity",
    "Planned Activity",
    "Unscheduled Activity",
    "Total Activity",
]


def pair(
    provider: str, commissioner: str, number: int, test: str, early: int, late: int, done: int = 1
) -> list[object]:
    """A row of the extract: people under one week and at six weeks, and tests done of each kind."""
    bands = [early, *[0] * 5, late, *[0] * 7]
    who = ["QAA", "PARENT, LTD", provider, f"Trust {provider}", "D7T5G", "NHS FIVE ICB", commissioner, "Sub"]
    return ["DM01-MAY-2026", *who, number, test, *bands, early + late, done, done, done, 3 * done]


def extract(*rows: Sequence[object], names: Sequence[str] = EXTRACT) -> bytes:
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in (names, *rows)).encode()


def country(*, wholes: bool) -> list[list[object]]:
    rows = []
    for at in range(30):
        rows += [pair(f"R{at:02}", f"{at:02}A", 1, "MRI", 3, 1), pair(f"R{at:02}", f"{at:02}A", 2, "CT", 2, 0)]
        rows += [pair(f"R{at:02}", f"{at:02}A", 16, "TOTAL", 5, 1, 2)] if wholes else []
    return [*rows, pair("R00", "01A", 1, "MRI", 10, 0), *([pair("R00", "01A", 16, "TOTAL", 10, 0)] if wholes else [])]


@pytest.mark.parametrize("wholes", [True, False])
def test_the_full_extract(wholes: bool) -> None:
    """Added up by provider, commissioner, system and England; rows of all tests are never added to the tests."""
    found = read(extract(*country(wholes=wholes)))
    waiting = values(found, "dm01-waiting")
    assert waiting["R00", ""] == 16
    assert waiting["R00", "test=mri"] == 14
    assert waiting["01A", ""] == 16
    assert waiting["01A", "test=ct"] == 2
    assert waiting["D7T5G", ""] == waiting["ENG", ""] == 190
    assert values(found, "dm01-waiting-6-weeks")["ENG", "test=mri"] == 30
    assert values(found, "dm01-waiting", band=True)["ENG", "band=06-07"] == 30
    assert values(found, "dm01-waiting", band=True)["ENG", "band=06-07;test=mri"] == 30
    assert found.variant == "full extract"
    assert found.whole
    assert found.frame.select("start", "end").unique().rows() == [(date(2026, 5, 1), date(2026, 5, 31))]
    said = "the rows of all tests agree with the sums of the tests"
    assert (said in found.notes) is wholes
    assert ("there are no rows of all tests; they are sums of the tests" in found.notes) is not wholes


def test_rows_of_all_tests_that_are_not_the_sums_are_not_believed() -> None:
    found = read(extract(*country(wholes=True), pair("R00", "02A", 16, "TOTAL", 100, 0)))
    assert values(found, "dm01-waiting")["R00", ""] == 16
    assert any("the tests are added up" in note for note in found.notes)


def test_an_extract_cut_to_one_provider() -> None:
    """Its commissioners and England would be parts of themselves; only the provider is given."""
    found = read(extract(pair("R00", "01A", 1, "MRI", 3, 1), pair("R00", "02A", 1, "MRI", 1, 0)))
    assert values(found, "dm01-waiting") == {("R00", ""): 5, ("R00", "test=mri"): 5}
    assert not found.whole


def test_bad_rows_of_the_extract() -> None:
    bad = pair("R00", "02A", 1, "MRI", 1, 0)
    bad[11] = "one"
    lost = [*pair("R00", "02A", 1, "MRI", 1, 0)]
    lost[0] = "DM01"
    found = read(extract(pair("R00", "01A", 1, "MRI", 3, 1), bad, lost))
    assert values(found, "dm01-waiting")["R00", ""] == 4
    assert [one.partition(": ")[0] for one in found.rejected] == ["file, line 3", "file, line 4"]


def test_an_extract_without_a_band() -> None:
    names = [name for name in EXTRACT if name != "13+ Weeks"]
    row = pair("R00", "01A", 1, "MRI", 3, 1)
    del row[EXTRACT.index("13+ Weeks")]
    with pytest.raises(InputError, match="“13\\+ weeks” are missing"):
        read(extract(row, names=names))


def test_a_new_column_of_the_extract_is_told() -> None:
    found = read(extract([*pair("R00", "01A", 1, "MRI", 3, 1), "x"], names=[*EXTRACT, "Surprise"]))
    assert "the column “surprise” is not known and was left out" in found.notes


@pytest.mark.parametrize("lines", ["Provider Code,Total Waiting List\nRAA,1\n", "Period,Total WL\nMay,1\n"])
def test_other_tables_are_not_claimed(lines: str) -> None:
    assert not RELEASE.recognise(content(lines.encode()))
