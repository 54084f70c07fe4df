"""GP list sizes: long tables of every level, wide ones of practices, tidied saves; totals only once."""

from __future__ import annotations

import random
from datetime import date

import polars as pl
import pytest

from trigpoint.errors import InputError
from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.readers.list_size.patients import FEWEST_PRACTICES
from trigpoint.releases.reading import FileReading, read_content, recognised
from trigpoint.releases.release import Mapped, Reading

LONG = "PUBLICATION,EXTRACT_DATE,ORG_TYPE,ORG_CODE,ONS_CODE,POSTCODE,SEX,AGE_GROUP_5,NUMBER_OF_PATIENTS"
ROW = "GP_PRAC_PAT_LIST,{},{},{},E38,AB1 2CD,{},{},{}"


def read(words: str | bytes, name: str = "list.csv") -> Reading:
    data = words if isinstance(words, bytes) else words.encode()
    found = read_content(Content(name, Kind.TEXT, data))
    assert isinstance(found, FileReading)
    assert found.release.id == "list_size"
    return found.reading


def figures(reading: Reading, org: str) -> dict[str, float]:
    rows = reading.frame.filter(pl.col("org") == org)
    return dict(zip(rows["detail"], rows["value"], strict=True))


def long(*rows: tuple[object, ...]) -> str:
    return "\r\n".join((LONG, *(ROW.format(*row) for row in rows))) + "\r\n"


@pytest.mark.parametrize(
    ("level", "code", "org", "basis"),
    [
        ("GP", "B85010", "B85010", "practice"),
        ("CCG", "05C", "05C", "commissioner"),
        ("SUB_ICB", "D2P2L", "D2P2L", "commissioner"),
        ("SUB_ICB_LOCATION", "00L", "00L", "commissioner"),
        ("STP", "QUA", "QUA", "system"),
        ("ICB", "D7T5G", "D7T5G", "system"),
        ("Comm Region", "Y60", "Y60", "region"),
        ("NHSER", "Y56", "Y56", "region"),
        ("PCN", "U12345", "U12345", "primary care network"),
        ("NATIONAL", "E92000001", "ENG", "national"),
    ],
)
def test_levels(level: str, code: str, org: str, basis: str) -> None:
    found = read(long(("01SEP2017", level, code, "ALL", "ALL", 6939)))
    assert found.frame.select("org", "basis", "detail", "value").rows() == [(org, basis, "", 6939)]


@pytest.mark.parametrize("spelling", ["01SEP2017", "01Sep2017", "01-Sep-17", "01/09/2017", "2017-09-01"])
def test_the_day_is_start_and_end(spelling: str) -> None:
    found = read(long((spelling, "GP", "B85010", "ALL", "ALL", 6939)))
    assert found.frame.select("start", "end").rows() == [(date(2017, 9, 1), date(2017, 9, 1))]


@pytest.mark.parametrize(
    ("sex", "age", "whole"),
    [
        ("ALL", "ALL", ""),
        ("FEMALE", "ALL", "sex=female"),
        ("ALL", "0_4", "age=0-4"),
        ("MALE", "10_14", "age=10-14;sex=male"),
        ("Male", "95+", "age=95+;sex=male"),
        ("FEMALE", "0", "age=0;sex=female"),
        ("Indeterminate", "ALL", "sex=indeterminate"),
    ],
)
def test_the_part_of_the_list(sex: str, age: str, whole: str) -> None:
    assert figures(read(long(("01SEP2017", "GP", "B85010", sex, age, 7))), "B85010") == {whole: 7}


def test_the_total_stands_beside_its_parts_and_is_compared() -> None:
    rows = [("FEMALE", "0_4", 3), ("FEMALE", "ALL", 3), ("MALE", "0_4", 4), ("MALE", "ALL", 4)]
    same = read(long(*(("01SEP2017", "GP", "A1", *row) for row in [*rows, ("ALL", "ALL", 7)])))
    assert figures(same, "A1")[""] == 7
    assert "the totals agree with ages and sexes for all 1 organisation" in same.notes
    other = read(long(*(("01SEP2017", "GP", "A1", *row) for row in [*rows, ("ALL", "ALL", 8)])))
    assert figures(other, "A1")[""] == 8
    assert "1 total of 1 differs from ages and sexes, the first A1 with 8 where they make 7" in other.notes


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("some day", "GP", "A2", "ALL", "ALL", 7), "line 3: “some day” is no day; the row was left out"),
        (("01SEP2017", "PLANET", "A2", "ALL", "ALL", 7), "line 3: “planet” is no level that is known"),
        (("01SEP2017", "GP", "A2", "CAT", "ALL", 7), "line 3: “CAT” is no sex"),
        (("01SEP2017", "GP", "A2", "ALL", "old", 7), "line 3: “old” is no age"),
        (("01SEP2017", "GP", "A2", "ALL", "ALL", "many"), "line 3: “many” is no number of patients"),
        (("01SEP2017", "GP", "A2", "ALL", "ALL", -7), "line 3: “-7” is no number of patients"),
        (("01SEP2017", "GP", "", "ALL", "ALL", 7), "line 3: no code"),
    ],
)
def test_a_wrong_row_is_told_and_the_others_are_read(row: tuple[object, ...], said: str) -> None:
    found = read(long(("01SEP2017", "GP", "A1", "ALL", "ALL", 5), row))
    assert len(found.rejected) == 1
    assert said in found.rejected[0]
    assert found.frame["org"].to_list() == ["A1"]


def test_rows_wrong_throughout_are_told_by_their_number_beyond_the_first() -> None:
    rows = [("01SEP2017", "GP", "A1", "CAT", "ALL", at) for at in range(450)]
    found = read(long(("01SEP2017", "GP", "A1", "ALL", "ALL", 5), *rows))
    assert (len(found.rejected), found.rejected[-1]) == (201, "and 250 more of the kind")


def test_an_unknown_column_is_told_and_a_missing_one_is_named() -> None:
    assert (
        "the column “mood” is not known and was left out"
        in read(f"{LONG},MOOD\n{ROW.format('01SEP2017', 'GP', 'A1', 'ALL', 'ALL', 5)},good\n").notes
    )
    with pytest.raises(InputError, match="there is no column “number_of_patients”"):
        read(LONG.replace("NUMBER_OF_PATIENTS", "N") + "\nX,01SEP2017,GP,A1,E,AB,ALL,ALL,5\n")
    with pytest.raises(InputError, match="there is no column “extract_date”"):
        read(LONG.replace("EXTRACT_DATE", "WHEN") + "\nX,01SEP2017,GP,A1,E,AB,ALL,ALL,5\n")


def test_single_years_of_one_sex_are_an_edition_of_their_own() -> None:
    head = "EXTRACT_DATE,CCG_CODE,ONS_CCG_CODE,ORG_CODE,POSTCODE,SEX,AGE,NUMBER_OF_PATIENTS"
    found = read(f"{head}\n01-Apr-21,05C,E38,A1,AB,FEMALE,ALL,9\n01-Apr-21,05C,E38,A1,AB,FEMALE,0,9\n")
    assert (found.variant, found.mapping) == ("single years, female", (Mapped("A1", "05C"),))
    assert figures(found, "A1") == {"sex=female": 9, "age=0;sex=female": 9}  # and no total of both sexes


def test_a_table_of_totals_alone() -> None:
    head = "PUBLICATION,EXTRACT_DATE,TYPE,CCG_CODE,ONS_CCG_CODE,CODE,POSTCODE,SEX,AGE,NUMBER_OF_PATIENTS"
    found = read(f'{head}\nGP_PRAC_PAT_LIST,01APR2019,GP,05C,E38,A1,AB,ALL,ALL,"1,234"\n')
    assert (found.variant, figures(found, "A1")) == ("all ages", {"": 1234})


def test_a_practice_of_two_networks_counts_once() -> None:
    head = "EXTRACT_DATE,ODS_Code,Sex,Age_group,Patients,Proportion,PCN_Code,PCN_Name"
    rows = [
        f"1st Apr 2022,A1,{sex},{age} years,{at},0.1,{network},N"
        for network in ("U1", "U2")
        for sex, age, at in (("Female", "0-4", 3), ("Male", "95+", 4))
    ]
    found = read("\n".join((head, *rows)))
    assert figures(found, "A1") == {"age=0-4;sex=female": 3, "age=95+;sex=male": 4, "": 7}
    assert "2 rows of 1 organisation stand twice with the same figure and count once" in found.notes
    assert "the total of 1 organisation is the sum of its ages and sexes" in found.notes
    with pytest.raises(InputError, match="A1 has two figures for sex “female” and age “0-4”"):
        read("\n".join((head, *rows, "1st Apr 2022,A1,Female,0-4 years,5,0.1,U3,N")))


def test_a_save_in_the_windows_code_page() -> None:
    words = f"{LONG},PRACTICE_NAME\n{ROW.format('01SEP2017', 'GP', 'A1', 'ALL', 'ALL', 5)},ST JOHN’S\n"
    assert figures(read(words.encode("cp1252")), "A1") == {"": 5}


FIVES = "MALE_0-4,MALE_5-9,MALE_85+,FEMALE_0-4,FEMALE_5-9,FEMALE_85+"
WIDE_2013 = f"GP_PRACTICE_CODE,CCG_CODE,NHSE_AREA_TEAM_CODE,NHSE_REGION_CODE,TOTAL_ALL,TOTAL_MALE,TOTAL_FEMALES,{FIVES}"
WIDE_2014 = WIDE_2013.replace("GP_PRACTICE_CODE,", "GP_PRACTICE_CODE,POSTCODE,")
ONES = (
    "PRACTICE_CODE,POSTCODE,ONS_CCG_CODE,CCG_CODE,TOTAL_ALL,TOTAL_MALE,TOTAL_FEMALE,"
    "MALE_0_1,MALE_4,MALE_95+,FEMALE_0_1,FEMALE_4,FEMALE_95+"
)


@pytest.mark.parametrize(
    ("head", "row", "first", "variant"),
    [
        (WIDE_2013, "A1,05C,Q44,Y54,21,6,15,1,2,3,4,5,6", "0-4", "wide, five-year ages"),
        (WIDE_2014, "A1,AB1 2CD,05C,Q44,Y54,21,6,15,1,2,3,4,5,6", "0-4", "wide, five-year ages"),
        (ONES, "A1,AB1 2CD,E38,05C,21,6,15,1,2,3,4,5,6", "0", "wide, single years"),
    ],
)
def test_wide_tables(head: str, row: str, first: str, variant: str) -> None:
    found = read(f"{head}\r\n{row}\r\n", "gp-reg-patients-04-2013.csv")
    assert (found.variant, found.mapping, found.rejected) == (variant, (Mapped("A1", "05C"),), ())
    table = figures(found, "A1")
    assert (table[""], table["sex=male"], table["sex=female"]) == (21, 6, 15)
    assert (table[f"age={first};sex=male"], table[f"age={first};sex=female"], len(table)) == (1, 4, 9)
    assert found.frame["start"].unique().to_list() == [date(2013, 4, 1)]
    assert any("April 2013 was taken from its name" in note for note in found.notes)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("single5yr-2014-04.csv", date(2014, 4, 1)),
        ("/data/2013/raw/gp-reg-patients-07-2013.csv", date(2013, 7, 1)),
        ("lists-2013.zip » gp-list-january-2014.csv", date(2014, 1, 1)),
        ("gp-april-2013.zip » table.csv", date(2013, 4, 1)),
        ("Apr_14.csv", date(2014, 4, 1)),
    ],
)
def test_the_month_of_a_wide_table_is_that_of_its_name(name: str, expected: date) -> None:
    found = read(f"{WIDE_2013}\nA1,05C,Q44,Y54,21,6,15,1,2,3,4,5,6\n", name)
    assert found.frame["start"][0] == expected


@pytest.mark.parametrize("name", ["table.csv", "gp-reg-patients.csv", "list-13-2013.csv"])
def test_a_wide_table_without_a_month_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="the file does not say which month it is of"):
        read(f"{WIDE_2013}\nA1,05C,Q44,Y54,21,6,15,1,2,3,4,5,6\n", name)


def test_wrong_cells_of_a_wide_table_are_told() -> None:
    rows = "A1,05C,Q44,Y54,21,6,15,1,2,3,4,5,6\nA2,05C,Q44,Y54,x,6,15,1,2,3,4,5,6\n,,,,21,,,,,,,,\n,,,,,,,,,,,,\n"
    found = read(f"{WIDE_2013},EYES\n{rows}", "2013-04.csv")
    assert [one.split(": ")[1] for one in found.rejected] == [
        "“x” is no number of patients; the row was left out",
        "no code beside “21”; the row was left out",
    ]
    assert figures(found, "A2")["sex=male"] == 6
    assert "the column “eyes” is not known and was left out" in found.notes


def test_all_practices_make_england_and_few_do_not() -> None:
    rng = random.Random(3)
    sizes = [rng.randrange(1, 20_000) for _ in range(FEWEST_PRACTICES)]
    rows = [("01JUN2025", "GP", f"A{at}", "ALL", "ALL", size) for at, size in enumerate(sizes)]
    whole = read(long(*rows))
    assert (whole.whole, figures(whole, "ENG")) == (True, {"": sum(sizes)})
    assert "England is the sum of 5,000 practices: the file has no row of it" in whole.notes
    few = read(long(*rows[:-1]))
    assert (few.whole, figures(few, "ENG")) == (False, {})
    stated = read(long(*rows, ("01JUN2025", "NATIONAL", "ENG", "ALL", "ALL", 5)))
    assert figures(stated, "ENG") == {"": 5}
    assert any(note.startswith("the England row (5) differs from the sum of 5,000 practices") for note in stated.notes)


def test_tables_by_small_area_are_not_claimed() -> None:
    head = b"PUBLICATION,EXTRACT_DATE,PRACTICE_CODE,PRACTICE_NAME,LSOA_CODE,SEX,NUMBER_OF_PATIENTS\n"
    found = recognised(Content("lsoa.csv", Kind.TEXT, head + b"X,01JUL2024,A1,N,E01,ALL,5\n"))
    assert found is None or found.id != "list_size"


def test_the_month_that_is_given_with_a_wide_table_counts() -> None:
    words = f"{WIDE_2013}\nA1,05C,Q44,Y54,21,6,15,1,2,3,4,5,6\n".encode()
    found = read_content(Content("2014-04.csv", Kind.TEXT, words, month=date(2013, 7, 1)))
    assert found.periods == ((date(2013, 7, 1), date(2013, 7, 1)),)
    assert not any("its name" in note for note in found.reading.notes)
