"""What becomes of records: cells, monthly counts, and a sentence for whatever cannot be used."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest

from trigpoint.activity.records.cells import build_cells
from trigpoint.activity.records.fields import BY_NAME, FIELDS
from trigpoint.activity.records.schema import identifying
from trigpoint.errors import InputError
from trigpoint.periods import FinancialYear

HEAD = "provider,pod,date,age"
GOOD = "RNA,A&E,2016-04-30,81"


def written(folder: Path, *lines: str, name: str = "records.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


VALUES = [
    # column             written        in the cell
    ("age", "81", 81),
    ("age", "97", 90),
    ("age", "81.0", 81),
    ("age", "", None),
    ("sex", "F", "female"),
    ("sex", "1", "male"),
    ("sex", "", ""),
    ("care_home", "Y", "yes"),
    ("care_home", "0", "no"),
    ("care_home", " ", ""),
    ("specialty", " 300 ", "300"),
    ("hrg", "DZ65A", "DZ65"),
    ("arrival", "Ambulance", "ambulance"),
    ("imd_quintile", "5", "5"),
    ("ae_type", "3", "03"),
    ("ward", "7 north", "7 north"),
]


@pytest.mark.parametrize(("column", "text", "value"), VALUES, ids=[f"{c} {t!r}" for c, t, _ in VALUES])
def test_a_value_and_what_cells_have_of_it(tmp_path: Path, column: str, text: str, value: object) -> None:
    path = written(tmp_path, f"provider,pod,month,{column}", f"RNA,A&E,2016-04,{text}")
    built = build_cells(path, [column])
    assert built.cells is not None
    assert built.cells.select(column, "weight").row(0) == (value, 1.0)


DERIVED = [
    ("age_group", "age", "0", "0"),
    ("age_group", "age", "84", "75-84"),
    ("age_group", "age", "103", "85+"),
    ("stay_group", "length_of_stay", "7", "4-7"),
    ("stay_group", "length_of_stay", "22", "22+"),
    ("zero_stay", "length_of_stay", "0", "yes"),
    ("zero_stay", "length_of_stay", "1", "no"),
    ("zero_stay", "length_of_stay", "", ""),
    ("hrg_chapter", "hrg", "DZ65", "D"),
]


@pytest.mark.parametrize(("key", "column", "text", "value"), DERIVED)
def test_keys_made_from_columns(tmp_path: Path, key: str, column: str, text: str, value: str) -> None:
    path = written(tmp_path, f"provider,pod,month,{column}", f"RNA,Elective,2016-04,{text}")
    built = build_cells(path, [key])
    assert built.cells is not None
    assert built.cells[key].to_list() == [value]


MONTHS = [
    "2016-04-30",
    "2016-04-30 23:59",
    "2016-04-30T01:00:00",
    "30/04/2016",
    "30/04/2016 10:00",
    "2016-04",
    "201604",
]


@pytest.mark.parametrize("text", MONTHS)
def test_days_and_months_as_text(tmp_path: Path, text: str) -> None:
    built = build_cells(written(tmp_path, "provider,pod,month", f"RNA,A&E,{text}"))
    assert built.counts.rows() == [("RNA", "A&E", date(2016, 4, 1), 1.0)]


@pytest.mark.parametrize("when", [date(2016, 4, 30), datetime(2016, 4, 30, 23, 59)])
def test_days_and_times_of_their_own_type(tmp_path: Path, when: date) -> None:
    path = tmp_path / "records.parquet"
    pl.DataFrame({"provider": ["RNA"], "pod": ["A&E"], "date": [when]}).write_parquet(path)
    assert build_cells(path).counts.rows() == [("RNA", "A&E", date(2016, 4, 1), 1.0)]


LEFT_OUT = [
    # row                              why, and what is proposed
    (",A&E,2016-04-01,5", "1 row is left out: the provider is missing; mend the extract."),
    ("RNA,A&EE,2016-04-01,5", "the pod is missing or unknown, as in “A&EE”; did you mean “A&E”?"),
    ("RNA,,2016-04-01,5", "the pod is missing or unknown"),
    ("RNA,A&E,2016-02-30,5", "the date is missing, is none, or is before 1980 or after 2099, as in “2016-02-30”"),
    ("RNA,A&E,,5", "the date is missing"),
    ("RNA,A&E,1916-04-01,5", "before 1980"),
    ("RNA,A&E,2016-04-01,-5", "age is no whole number of 0 to 130, as in “-5”"),
    ("RNA,A&E,2016-04-01,131", "age is no whole number"),
    ("RNA,A&E,2016-04-01,old", "age is no whole number of 0 to 130, as in “old”"),
    ("RNA,A&E,2016-04-01,5.5", "age is no whole number"),
    ("RNA,A&E,2016-04-01,5,extra", "1 row is left out: the line has too many or too few values"),
]


@pytest.mark.parametrize(("row", "why"), LEFT_OUT, ids=[row for row, _ in LEFT_OUT])
def test_a_row_that_cannot_be_used_is_left_out_and_told(tmp_path: Path, row: str, why: str) -> None:
    built = build_cells(written(tmp_path, HEAD, GOOD, row, GOOD), ["age"])
    assert built.cells is not None
    assert built.cells.rows() == [("RNA", "A&E", 81, 2.0)]
    assert built.counts["value"].to_list() == [2.0]
    assert (built.rows, built.used) == (3, 2)
    (problem,) = built.problems
    assert why in str(problem)
    assert str(problem).startswith(str(tmp_path / "records.csv"))


UNUSABLE = [
    # file                                     sentence
    ("provider,date\nRNA,2016-04-01\n", "the column “pod” is missing"),
    ("provider,point,pod_x\nRNA,1,2\n", "the column “pod” and “date” is missing"),
    ("provider,pod\nRNA,A&E\n", "the column “date” is missing"),
    ("provdier,pod,date\nRNA,A&E,2016-04-01\n", "rename “provdier” to “provider”"),
    ("provider,pod,date,NHS Number\nRNA,A&E,2016-04-01,9\n", "“nhs_number” can identify a patient"),
    ("provider,pod,date,pod\nRNA,A&E,2016-04-01,9\n", "the column pod stands twice"),
    ("provider;pod;date\nRNA;A&E;2016-04-01\n", "not separated by commas"),
    ("provider,pod,date\n", "the file has no rows"),
    ("", "the file is empty"),
    ("provider,pod,date\nRNA,Moon,2016-04-01\n", "none of the records can be used"),
]


@pytest.mark.parametrize(("text", "sentence"), UNUSABLE, ids=[sentence for _, sentence in UNUSABLE])
def test_a_file_that_cannot_be_used(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "records.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as told:
        build_cells(path)
    assert sentence in str(told.value)
    assert str(path) in str(told.value)


def test_columns_are_known_whatever_their_capitals_and_blanks(tmp_path: Path) -> None:
    path = written(tmp_path, "\ufeffProvider, POD ,Date,Length of stay", "RNA,a&e,2016-04-01,3")
    built = build_cells(path, ["zero_stay"])
    assert built.cells is not None
    assert built.cells.rows() == [("RNA", "A&E", "no", 1.0, 3.0)]


def test_a_count_multiplies_records_and_nights(tmp_path: Path) -> None:
    path = written(
        tmp_path, "provider,pod,month,count,length_of_stay", "RNA,Elective,2016-04,5,2", "RNA,Elective,2016-04,0,9"
    )
    built = build_cells(path)
    assert built.cells is not None
    assert built.cells.rows() == [("RNA", "Elective", 5.0, 10.0)]


def test_cells_are_of_the_base_year_and_counts_of_all(tmp_path: Path) -> None:
    path = written(
        tmp_path, "provider,pod,month", "RNA,A&E,2016-03", "RNA,A&E,2016-04", "RNA,A&E,2017-03", "RNA,A&E,2017-04"
    )
    built = build_cells(path, base=FinancialYear(2016))
    assert built.cells is not None
    assert (built.cells["weight"].sum(), built.counts["value"].sum()) == (2.0, 4.0)
    with pytest.raises(InputError, match="no record is of April 2018 to March 2019; they are of 2016-03 to 2017-04"):
        build_cells(path, base=FinancialYear(2018))


def test_several_files_of_different_shape_and_one_that_is_cut_short(tmp_path: Path) -> None:
    written(tmp_path, HEAD, GOOD, name="a.csv")
    row = {"provider": ["RNA"], "pod": ["A&E"], "month": ["2016-05"], "age": [81]}
    pl.DataFrame(row).write_parquet(tmp_path / "b.parquet")
    pl.DataFrame({**row, "count": [4]}).write_parquet(tmp_path / "c.parquet")
    whole = (tmp_path / "b.parquet").read_bytes()
    (tmp_path / "d.parquet").write_bytes(whole[: len(whole) // 2])
    built = build_cells(tmp_path, ["age"])
    assert built.cells is not None
    assert built.cells.rows() == [("RNA", "A&E", 81, 6.0)]
    what = "the file is no whole Parquet file: it is damaged or cut short; copy or make it again."
    assert [str(one) for one in built.problems] == [f"{tmp_path / 'd.parquet'}: {what}"]


def test_rows_are_told_of_the_file_that_they_are_of(tmp_path: Path) -> None:
    for name, ages in (("a", [81, -1]), ("b", [81, 82]), ("c", [-1, -2])):
        frame = {"provider": ["RNA"] * 2, "pod": ["A&E"] * 2, "month": ["2016-05"] * 2, "age": ages}
        pl.DataFrame(frame).write_parquet(tmp_path / f"{name}.parquet")
    built = build_cells(str(tmp_path / "*.parquet"), ["age"])
    assert [(Path(one.file).name, one.rows) for one in built.left_out] == [("a.parquet", 1), ("c.parquet", 2)]


KEYS = [
    ("ages", "the key “ages” is unknown; did you mean “age”?"),
    ("frailty", "no file has the column “frailty”"),
    ("pod", "the key “pod” is no attribute"),
]


@pytest.mark.parametrize(("key", "sentence"), KEYS)
def test_keys_that_cannot_be(tmp_path: Path, key: str, sentence: str) -> None:
    with pytest.raises(InputError) as told:
        build_cells(written(tmp_path, HEAD, GOOD), [key])
    assert sentence in str(told.value)


IDENTIFYING = ["NHS Number", "nhs_no", "Date of Birth", "dob", "postcode", "Postcode sector", "surname", "name",
               "patient_name", "Address line 1", "patient_id", "hospital number", "pathway_id", "LSOA11"]  # fmt: skip


@pytest.mark.parametrize("name", IDENTIFYING)
def test_columns_that_can_identify_a_patient(name: str) -> None:
    assert identifying(name)


@pytest.mark.parametrize("name", [*BY_NAME, "site_name", "specialty_name", "provider_name", "ward"])
def test_columns_that_cannot(name: str) -> None:
    assert not identifying(name)


def test_the_manual_prints_the_schema_as_it_is() -> None:
    from trigpoint.activity.records.schema import derived_table, schema_table

    manual = (Path(__file__).parents[3] / "docs" / "activity-records.md").read_text(encoding="utf-8")
    assert schema_table() in manual
    assert derived_table() in manual
    assert len(FIELDS) == len(BY_NAME)
