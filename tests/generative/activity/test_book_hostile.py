"""Whatever stands in the files, reading ends, tells its problems with their places, and says no wrong number."""

from __future__ import annotations

import csv
import io
import string
import zipfile

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trigpoint.activity.book.reading import read_texts
from trigpoint.activity.book.tables import NAMES
from trigpoint.activity.book.template import read_template, template_workbook
from trigpoint.errors import InputError, Where
from trigpoint.plans.cells import CellError
from trigpoint.tabular.amounts import age_of, count_of, month_of

GOOD = {
    "settings.toml": 'base_year = "2016/17"\nyears = ["2017/18"]\n[[variants]]\nname = "a"\nprobability = 1.0\n',
    "pods.csv": "code,name,line,unit,days\nA&E,A&E,E.M.12,attendances,calendar\n",
    "counts.csv": 'provider,pod,month,value,age\nRNA,A&E,2016-04,5,75-79\nRNA,"A&E",2016-05,6,90+\n',
    "totals.csv": "provider,pod,outturn,low,high\nRNA,EL,900,800,1000\n",
    "growth.csv": "id,kind,pod,where,years,value,low,high\ng,demographic,A&E,age >= 75,2017/18,2%,1%,3%\n",
    "schemes.toml": "[[schemes]]\nid = 's'\npod = 'EL'\nvalue = 0.1\nstart = 2017-04-01\nfull = '2018-03'\n",
    "population.csv": "variant,year,sex,age,value\na,2016,,75,100\na,2017,,75,101\n",
    "scenarios/slow.toml": (
        "name = 'Slow'\nwithout = ['s']\n[[changes]]\nassumption = 'g'\nfield = 'value'\nvalue = '3%'\n"
    ),
}
SIGNS = string.printable + "£–−é\u2028\ufeff\x00“%"


@st.composite
def damaged(draw: st.DrawFn) -> dict[str, str]:
    """The good files with a piece of one replaced by anything."""
    texts = dict(GOOD)
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(sorted(texts)))
        text = texts[name]
        at, length = draw(st.integers(0, len(text))), draw(st.integers(0, 8))
        texts[name] = text[:at] + draw(st.text(SIGNS, max_size=8)) + text[at + length :]
    return texts


@settings(max_examples=30, deadline=None)
@given(damaged())
def test_damaged_files_are_read_as_far_as_they_go(texts: dict[str, str]) -> None:
    read = read_texts(texts)
    for problem in read.problems:
        assert isinstance(problem.where, (Where, str)), problem
        assert str(problem.where).startswith(("activity/", "activity")), problem
        assert problem.what
    if read.book is not None:
        assert (read.book.counts["value"] >= 0).all()


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(st.sampled_from([name for name in NAMES if name != "cells.parquet"]), st.text(max_size=60)))
def test_any_text_at_all_is_read_without_an_exception(texts: dict[str, str]) -> None:
    read = read_texts(texts)
    assert all(problem.what and problem.where for problem in read.problems)


CELL = st.sampled_from(["A&E", "EL", ""])
MONTH = st.sampled_from(["2016-04", "2016-05", "Jun-16", "01/07/2016", "2016-13", "", "4"])
VALUE = st.sampled_from(["5", "6.5", "-1", "", "x", "1e3", "1,000", " 7 ", "−2", "1e400", "£4", ".5", "nan", "+8"])
AGE = st.sampled_from(["", "75", "75-79", "90+", "old", "200"])


def slowly(rows: list[tuple[str, str, str, str]]) -> tuple[list[tuple[object, ...]], set[int]]:
    """Row by row: what is kept, and the lines that are told."""
    kept: dict[tuple[object, ...], float] = {}
    wrong: set[int] = set()
    for line, cells in enumerate(rows, 2):
        pod, month, value, age = (cell.strip() for cell in cells)
        try:
            if not (pod and month and value):
                raise CellError("empty", "")
            key = (pod, month_of(month).start, age_of(age) if age else None)
            number = count_of(value)
        except CellError:
            wrong.add(line)
            continue
        if key in kept:
            wrong.add(line)
        else:
            kept[key] = number
    return [(*key, number) for key, number in kept.items()], wrong


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(CELL, MONTH, VALUE, AGE), max_size=12))
def test_counts_by_columns_are_those_that_a_slow_reading_finds(rows: list[tuple[str, str, str, str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([("pod", "month", "value", "age"), *rows])
    read = read_texts({"settings.toml": 'base_year = "2016/17"', "counts.csv": out.getvalue()})
    kept, wrong = slowly(rows)
    assert read.book is not None
    assert read.book.counts.select("pod", "month", "age", "value").rows() == kept
    told = {problem.where.line for problem in read.problems if isinstance(problem.where, Where) and problem.where.line}
    blank = {line for line, cells in enumerate(rows, 2) if not any(cell.strip() for cell in cells)}
    assert told == wrong - blank


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_workbook_is_read_or_refused_in_a_sentence(data: st.DataObject) -> None:
    """Bytes of a part of the workbook are changed; what comes is a reading or one sentence."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(template_workbook())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    at = data.draw(st.integers(0, len(parts[name])))
    parts[name] = (
        parts[name][:at] + data.draw(st.binary(max_size=20)) + parts[name][at + data.draw(st.integers(0, 9)) :]
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for one, content in parts.items():
            archive.writestr(one, content)
    try:
        read = read_template(out.getvalue(), "plan.xlsx")
    except InputError as error:
        read = None
        said = str(error)
        assert said.startswith("plan.xlsx")
    assert read is None or all(str(problem).startswith("plan.xlsx") for problem in read.problems)
