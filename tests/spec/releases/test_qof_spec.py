"""QOF prevalence: each register out of a list of its own ages, in a year that only the file's name tells."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from trigpoint.errors import InputError
from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.readers.qof import FEWEST_PRACTICES, RELEASE
from trigpoint.releases.reading import FileReading, read_content
from trigpoint.releases.release import Reading

HEAD = "PRACTICE_CODE,GROUP_CODE,REGISTER,PATIENT_LIST_TYPE,PATIENT_LIST_SIZE"


def read(words: str | bytes, name: str = "PREVALENCE_2122_V2.csv") -> Reading:
    data = words if isinstance(words, bytes) else words.encode()
    found = read_content(Content(name, Kind.TEXT, data))
    assert isinstance(found, FileReading)
    assert found.release is RELEASE
    return found.reading


def figures(reading: Reading, org: str) -> dict[tuple[str, str], float | str]:
    rows = reading.frame.filter(pl.col("org") == org).to_dicts()
    return {(row["part"], row["detail"]): row["value"] if row["value"] is not None else row["marker"] for row in rows}


@pytest.mark.parametrize("head", [HEAD, HEAD.replace("GROUP_CODE", "INDICATOR_GROUP_CODE"), f"\ufeff{HEAD}"])
def test_each_register_has_the_list_of_its_ages(head: str) -> None:
    found = read(f"{head}\nA81001,AF,96,TOTAL,4247\nA81001,DEP,500,18OV,3408\n")
    assert figures(found, "A81001") == {
        ("qof-register", "group=AF"): 96,
        ("qof-list", "group=AF"): 4247,
        ("qof-register", "group=DEP"): 500,
        ("qof-list", "group=DEP"): 3408,
    }
    assert "each register is out of a list of its own: 18OV for DEP; TOTAL for AF" in found.notes
    assert found.whole is False


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("PREVALENCE_2122_V2.csv", 2021),
        ("PREVALENCE_2021_v2.csv", 2020),
        ("qof-1516-csv.zip » PREVALENCE.csv", 2015),
        ("QOF 2022-23 Raw data .csv files.zip » PREVALENCE_2223.csv", 2022),
        ("/x/2019/prevalence 2018-2019.csv", 2018),
    ],
)
def test_the_year_is_that_of_the_name(name: str, first: int) -> None:
    found = read(f"{HEAD}\nA81001,AF,96,TOTAL,4247\n", name)
    assert set(found.frame.select("start", "end").rows()) == {(date(first, 4, 1), date(first + 1, 3, 31))}
    assert any("is said by the file’s name alone" in note for note in found.notes)


@pytest.mark.parametrize("name", ["PREVALENCE.csv", "PREVALENCE_2119.csv", "PREVALENCE_2123.csv"])
def test_without_a_year_it_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="nothing in the table says of which year it is"):
        read(f"{HEAD}\nA81001,AF,96,TOTAL,4247\n", name)


@pytest.mark.parametrize(
    "head",
    [
        "PRACTICE_CODE,INDICATOR_CODE,MEASURE,VALUE",
        "INDICATOR_CODE,INDICATOR_DESCRIPTION,GROUP_CODE",
        "INDICATOR_CODE,PCA_CODE,PCA_DESCRIPTION",
    ],
)
def test_the_other_tables_are_refused_in_a_sentence(head: str) -> None:
    with pytest.raises(InputError, match="of the framework, prevalence is read; give the file PREVALENCE"):
        read(f"{head}\nA,B,C’s,1\n".encode("cp1252"), "ACHIEVEMENT_2122.csv")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",AF,96,TOTAL,4247", "line 3: no practice code; the row was left out"),
        ("A2,,96,TOTAL,4247", "line 3: no group of indicators"),
        ("A2,AF,x,TOTAL,4247", "line 3: “x” is no number of patients"),
        ("A2,AF,96,TOTAL,-1", "line 3: “-1” is no number of patients"),
    ],
)
def test_a_wrong_row_is_told_and_the_others_are_read(row: str, said: str) -> None:
    found = read(f"{HEAD}\nA81001,AF,96,TOTAL,4247\n{row}\n")
    assert len(found.rejected) == 1
    assert said in found.rejected[0]
    assert found.frame["org"].unique().to_list() == ["A81001"]


def test_a_blank_register_is_not_available_and_a_column_more_is_told() -> None:
    found = read(f"{HEAD},MOOD\nA81001,AF,,TOTAL,4247,good\n")
    assert figures(found, "A81001")["qof-register", "group=AF"] == "not available"
    assert "the column “mood” is not known and was left out" in found.notes


def test_a_missing_column_is_named_and_two_figures_of_one_are_refused() -> None:
    with pytest.raises(InputError, match="there is no column “patient_list_size”"):
        read("PRACTICE_CODE,GROUP_CODE,REGISTER,PATIENT_LIST_TYPE\nA,AF,1,TOTAL\n")
    with pytest.raises(InputError, match="A81001 has two figures for AF"):
        read(f"{HEAD}\nA81001,AF,96,TOTAL,4247\nA81001,AF,97,TOTAL,4247\n")


def test_all_practices_make_england() -> None:
    rows = "\n".join(f"A{at},AF,{at % 7},TOTAL,100" for at in range(FEWEST_PRACTICES))
    found = read(f"{HEAD}\n{rows}\nB1,AF,,TOTAL,100\n".encode("cp1252"))
    assert found.whole is True
    assert figures(found, "ENG") == {
        ("qof-register", "group=AF"): sum(at % 7 for at in range(FEWEST_PRACTICES)),
        ("qof-list", "group=AF"): 100 * FEWEST_PRACTICES,  # without the practice whose register is blank
    }


def test_every_measure_is_of_declared_parts() -> None:
    parts = {part.id for part in RELEASE.parts}
    assert {term.part for measure in RELEASE.measures for term in measure.terms} <= parts


@pytest.mark.parametrize(("month", "first"), [(date(2022, 3, 1), 2021), (date(2022, 4, 1), 2022)])
def test_a_month_that_is_given_says_the_year(month: date, first: int) -> None:
    found = read_content(Content("p.csv", Kind.TEXT, f"{HEAD}\nA81001,AF,96,TOTAL,4247\n".encode(), month=month))
    assert found.periods == ((date(first, 4, 1), date(first + 1, 3, 31)),)
