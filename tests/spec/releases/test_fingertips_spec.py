"""What a Fingertips download says, and what is made of it."""

from __future__ import annotations

from datetime import date

import pytest

from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.readers.fingertips import RELEASE, measure_of
from trigpoint.releases.release import Reading

HEADER = (
    "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,Category Type,Category,"
    "Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Lower CI 99.8 limit,Upper CI 99.8 limit,"
    "Count,Denominator,"
    "Value note,Recent Trend,Compared to England value or percentiles,Compared to Region value or percentiles,"
    "Time period Sortable,New data,Compared to goal"
)
ENGLAND = ",,E92000001,England,Country"
DUDLEY = "E12000005,West Midlands region,E08000027,Dudley,County & UA"


def row(area: str = ENGLAND, sex: str = "Persons", age: str = "All ages", category: str = ",", period: str = "2015",
        figures: str = "94.7,93.9,95.5,,,51897,54786327") -> str:  # fmt: skip
    """A row of 25 fields under 26 headings, the name of the indicator with the line break that it has."""
    return f'93356,"Campylobacter incidence\n",{area},{sex},{age},{category},{period},{figures},,,,,{period}0000,'


def read(*rows: str) -> Reading:
    content = Content("indicators.csv", Kind.TEXT, "\r\n".join((HEADER, *rows)).encode("utf-8-sig"))
    assert RELEASE.recognise(content)
    return RELEASE.read(content)


def test_a_row_gives_value_count_denominator_and_limits() -> None:
    frame = read(row()).frame
    assert dict(frame.select("part", "value").iter_rows()) == {
        "fingertips-93356": 94.7,
        "fingertips-93356-lower": 93.9,
        "fingertips-93356-upper": 95.5,
        "fingertips-93356-count": 51897.0,
        "fingertips-93356-denominator": 54786327.0,
    }
    assert set(frame.select("org", "basis", "detail").rows()) == {("ENG", "national", "")}


PERIODS = [
    ("2015", (date(2015, 1, 1), date(2015, 12, 31))),
    ("2016/17", (date(2016, 4, 1), date(2017, 3, 31))),
    ("2014 - 16", (date(2014, 1, 1), date(2016, 12, 31))),
]


@pytest.mark.parametrize(("period", "expected"), PERIODS)
def test_a_period(period: str, expected: tuple[date, date]) -> None:
    assert set(read(row(period=period)).frame.select("start", "end").rows()) == {expected}


AREAS = [
    (DUDLEY, ("E08000027", "local authority")),
    ("E92000001,England,E12000005,West Midlands region,Region", ("E12000005", "region")),
    ("E12000005,West Midlands region,E38000046,NHS Dudley CCG,CCGs (pre 4/2021)", ("E38000046", "commissioner")),
    ("E12000005,West Midlands region,M87017,A practice,GPs", ("M87017", "practice")),
    (",,N92000002,Northern Ireland,Country", ("N92000002", "area")),
]


@pytest.mark.parametrize(("area", "expected"), AREAS)
def test_a_kind_of_area(area: str, expected: tuple[str, str]) -> None:
    assert set(read(row(area)).frame.select("org", "basis").rows()) == {expected}


def test_categories_and_other_ages_stand_beside_the_total() -> None:
    decile = "County & UA deprivation deciles,Most deprived decile"
    frame = read(row(), row(age="0-9 yrs"), row(age="0-9 yrs", period="2016"), row(category=decile)).frame
    values = frame.filter(part="fingertips-93356", start=date(2015, 1, 1))
    assert values["detail"].to_list() == [
        "",
        "age=0-9 yrs;sex=Persons",
        "category=Most deprived decile;category-type=County & UA deprivation deciles",
    ]


def test_without_persons_one_sex_is_never_mistaken_for_another() -> None:
    frame = read(row(sex="Female", age="65+ yrs"), row(sex="Male", age="65+ yrs")).frame
    assert frame.filter(part="fingertips-93356")["detail"].n_unique() == 2


def test_an_empty_value_is_told_as_missing_and_empty_parts_are_left_out() -> None:
    frame = read(row(DUDLEY, figures=",,,,,,")).frame
    assert frame.select("part", "value", "marker").rows() == [("fingertips-93356", None, "not available")]


@pytest.mark.parametrize(("england", "said"), [(50, "agrees with"), (51, "differs from")])
def test_the_count_of_england_is_compared_with_its_parts(england: int, said: str) -> None:
    parts = [row(f"E12000005,A region,E0800000{one},A place,County & UA", figures="1,,,,,10,20") for one in range(5)]
    notes = read(row(figures=f"1,,,,,{england},100"), *parts).notes
    assert f"fingertips-93356: England’s count ({england}) {said} the sum of 5 of County & UA (50)" in notes


def test_parts_have_the_name_that_the_file_gives() -> None:
    names = {part.id: part.name for part in read(row()).parts}
    assert names["fingertips-93356"] == "Campylobacter incidence"
    assert names["fingertips-93356-lower"] == "Campylobacter incidence: lower 95% limit"
    assert "fingertips-93356-lower-998" not in names


def test_what_cannot_be_used_is_told() -> None:
    reading = read(row(), row(DUDLEY, period="one day"), row(DUDLEY, figures="many,,,,,,"))
    assert [one.partition(": ")[2] for one in reading.rejected] == [
        "“one day” is no period that is known; the row was left out",
        "“many” under “value” is no number; it was left out",
    ]


def test_a_measure_is_made_of_the_number_of_an_indicator() -> None:
    made = measure_of("fingertips-93356")
    assert made is not None
    assert [term.part for term in made.terms] == [
        "fingertips-93356-count", "fingertips-93356-denominator", "fingertips-93356",
    ]  # fmt: skip
    assert measure_of("fingertips-93356-lower") is not None
    assert measure_of("fingertips-x") is None
