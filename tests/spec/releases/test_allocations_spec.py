"""What the file of allocations says of practices, and what is made of it."""

from __future__ import annotations

from datetime import date

import pytest

from trigpoint.errors import InputError
from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.observation import Basis
from trigpoint.releases.readers.allocations import RELEASE
from trigpoint.releases.release import Reading

HEADER = (
    "Practice_Code,GP_Practice_Name,PCN_Code,PCN_Name,LOC,LOCname,ICB,ICBname,Rcode,Region,"
    "Patients,Population,Mat WP,Final WP"
)
ROWS = (
    "M87017,ONE,U1,A NETWORK,,,QUA,BLACK COUNTRY,Y60,MIDLANDS,,100.5,90.25,110.5",
    "M87018,TWO,U1,A NETWORK,,,QUA,BLACK COUNTRY,Y60,MIDLANDS,,200.5,210.25,190.25",
    "F84004,THREE,,,,,D7T5G,ESSEX,Y61,EAST,,50,50.5,50.25",
)


def content(*rows: str, month: date | None = date(2025, 4, 1), header: str = HEADER) -> Content:
    return Content("2025_2026.csv", Kind.TEXT, "\n".join((header, *rows)).encode("utf-8-sig"), month=month)


def values(reading: Reading, part: str) -> dict[tuple[str, str], float]:
    rows = reading.frame.filter(part=part).select("org", "basis", "value").rows()
    return {(org, basis): value for org, basis, value in rows}


def test_practices_are_given_and_their_sums_made() -> None:
    assert RELEASE.recognise(content(*ROWS))
    reading = RELEASE.read(content(*ROWS))
    assert values(reading, "weighted-population") == {
        ("M87017", "practice"): 110.5,
        ("M87018", "practice"): 190.25,
        ("F84004", "practice"): 50.25,
        ("U1", "primary care network"): 300.75,
        ("QUA", "system"): 300.75,
        ("D7T5G", "system"): 50.25,
        ("Y60", "region"): 300.75,
        ("Y61", "region"): 50.25,
        ("ENG", "national"): 351.0,
    }
    assert any("the file has no totals" in note and "3 practices added up" in note for note in reading.notes)
    assert "each of 2 weighted populations adds up to the population, 351" in reading.notes


def test_some_practices_are_never_taken_for_england() -> None:
    reading = RELEASE.read(content(*ROWS[1:]))
    assert not reading.whole
    assert not any(one.basis is Basis.NATIONAL for one in reading.organisations)
    assert any("not all practices of England" in note for note in reading.notes)


YEARS = [
    (date(2025, 4, 1), (date(2025, 4, 1), date(2026, 3, 31))),
    (date(2026, 3, 1), (date(2025, 4, 1), date(2026, 3, 31))),
    (date(2026, 4, 1), (date(2026, 4, 1), date(2027, 3, 31))),
]


@pytest.mark.parametrize(("month", "expected"), YEARS)
def test_the_year_is_the_financial_year_of_the_month(month: date, expected: tuple[date, date]) -> None:
    frame = RELEASE.read(content(*ROWS, month=month)).frame
    assert set(frame.select("start", "end").rows()) == {expected}


def test_without_a_month_the_file_is_refused() -> None:
    with pytest.raises(InputError, match="does not say which financial year"):
        RELEASE.read(content(*ROWS, month=None))


def test_a_file_without_practices_is_refused() -> None:
    with pytest.raises(InputError, match="has no practices"):
        RELEASE.read(content())


def test_what_cannot_be_used_is_told() -> None:
    reading = RELEASE.read(
        content(*(f"{row},1" for row in ROWS), ",NOBODY,,,,,QUA,X,Y60,X,,1,1,1,1",
                "M87019,FOUR,,,,,QUA,X,Y60,X,,some,0,0,1", header=f"{HEADER},Extra WP")
    )  # fmt: skip
    assert "the column “extra wp” is not known and was left out" in reading.notes
    assert ["no practice code" in reading.rejected[0], "“some” under “population”" in reading.rejected[1]] == [True] * 2


def test_a_column_that_is_empty_throughout_holds_nothing() -> None:
    assert "allocation-patients" not in set(RELEASE.read(content(*ROWS)).frame["part"])


DOUBLED = [(*ROWS, ROWS[0]), (*ROWS, *ROWS), (*ROWS, HEADER, *ROWS), (HEADER, *ROWS)]


@pytest.mark.parametrize("rows", DOUBLED, ids=["a row", "all rows", "the file", "the header"])
def test_practices_that_stand_twice_are_added_once(rows: tuple[str, ...]) -> None:
    once, twice = RELEASE.read(content(*ROWS)), RELEASE.read(content(*rows))
    assert twice.frame.equals(once.frame)
    assert twice.rejected == ()


def test_a_practice_with_two_sets_of_figures_is_in_no_sum() -> None:
    reading = RELEASE.read(content(*ROWS, ROWS[0].replace("100.5", "999.5")))
    assert values(reading, "allocation-population")["U1", "primary care network"] == 200.5
    assert [one.partition(": ")[2] for one in reading.rejected] == [
        "M87017 stands in the file with other figures too; the row was left out"
    ] * 2
    assert not any(one.basis is Basis.NATIONAL for one in reading.organisations)
