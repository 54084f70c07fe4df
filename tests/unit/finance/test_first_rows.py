"""Files whose first row is a title, a comment or a spreadsheet's sign: one sentence, in plans, activity and finance."""

from __future__ import annotations

import pytest

from trigpoint import finance
from trigpoint.activity.book.columns import columns_of
from trigpoint.errors import InputError
from trigpoint.plans.schema import Column, Table
from trigpoint.plans.tables import read_table
from trigpoint.tabular.fields import Field, FileTable

ABOVE = [
    "Risks of the plan\n",
    "Risks of the plan,,,,,\n",
    "# what may happen\n",
    "sep=,\n",
    "Risks, 2017/18\n",
    ",,\n",
]
SETTINGS = 'organisation_type = "CCG"\nframework = "nhs-2017-19"\nyears = ["2017/18"]\n'
RISKS = "id,name,year,kind,value,probability\ndemand,Demand,2017/18,risk,4500000,40%\n"


@pytest.mark.parametrize("above", ABOVE)
def test_a_row_above_the_columns_is_told_once(above: str) -> None:
    read = finance.read_texts({"settings.toml": SETTINGS, "risks.csv": above + RISKS})
    (told,) = map(str, read.problems)
    assert "risks.csv, line 1: the first row" in told
    assert "names no column; begin the file with its columns and nothing above them; they are id, name, year" in told


def test_a_misspelt_heading_is_still_told_column_by_column() -> None:
    read = finance.read_texts({"settings.toml": SETTINGS, "risks.csv": RISKS.replace("probability", "probabilty", 1)})
    told = [str(one) for one in read.problems]
    assert any("did you mean “probability”" in one for one in told)
    assert not any("names no column" in one for one in told)


def test_a_column_that_no_one_reads_is_not_among_those_to_write() -> None:
    read = finance.read_texts({"settings.toml": SETTINGS, "risks.csv": "id,name,colour,year,kind,value\n"})
    (missing,) = [str(one) for one in read.problems if "“probability” is missing" in str(one)]
    assert "probability, low" in missing
    assert "colour" not in missing


def test_tables_of_activity_and_of_plans_say_the_same() -> None:
    problems: list[InputError] = []
    counts = FileTable("counts", (Field("month", "a month", needed=True), Field("value", "a number", needed=True)))
    assert columns_of("Counts by month\nmonth,value\n2017-04,3\n", counts, "counts.csv", problems) is None
    assert read_table("Owners\nid,name\na,A\n", Table("owners", (Column("id", required=True), Column("name"))),
                      "owners.csv", problems) == []  # fmt: skip
    assert [str(one) for one in problems] == [
        "counts.csv, line 1: the first row, “Counts by month”, names no column; begin the file with its columns and "
        "nothing above them; they are month, value.",
        "owners.csv, line 1: the first row, “Owners”, names no column; begin the file with its columns and nothing "
        "above them; they are id, name.",
    ]
