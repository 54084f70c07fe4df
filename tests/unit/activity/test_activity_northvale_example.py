"""The three-year example of the round 2026/27 to 2028/29: readable, made anew by its script, run on everything."""

from __future__ import annotations

import importlib
import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from trigpoint.activity.book.book import ActivityBook
from trigpoint.activity.book.reading import read_activity
from trigpoint.activity.results.run import ActivityRun
from trigpoint.activity.simulation.run import run_model
from trigpoint.reports.activity.lines import pack_of
from trigpoint.reports.activity.tables import values_table
from trigpoint.reports.activity.workbook import activity_workbook

NORTHVALE = Path(__file__).resolve().parents[3] / "examples" / "northvale-2026-29"


@pytest.fixture(scope="module")
def book() -> ActivityBook:
    reading = read_activity(NORTHVALE)
    assert reading.problems == ()
    assert reading.book is not None
    return reading.book


@pytest.fixture(scope="module")
def run(book: ActivityBook) -> ActivityRun:
    return run_model(book, draws=400)


def test_the_script_makes_the_same_counts() -> None:
    script = importlib.import_module("scripts.northvale_activity")
    assert script.table() == (NORTHVALE / "activity" / "counts.csv").read_text(encoding="utf-8")


def test_three_years_of_the_current_round_with_nothing_left_out(run: ActivityRun) -> None:
    assert [year.label for year in run.years] == ["2026/27", "2027/28", "2028/29"]
    assert run.warnings == ()
    assert len(run.months) == 36
    for one in run.pods:
        assert one.do_something.mean.reshape(3, 12).sum(axis=1) == pytest.approx(one.annual_do_something.mean)


def test_the_catch_up_of_waits_is_of_one_year_only(run: ActivityRun) -> None:
    added = {(part.pod, part.year.first): 0.0 for part in run.bridge if part.part == "waits"}
    for part in run.bridge:
        if part.part == "waits":
            added[part.pod, part.year.first] += part.value
    assert added["day-case", 2026] > 1_000
    assert added["day-case", 2027] == added["day-case", 2028] == 0


def test_what_is_moved_arrives_where_it_goes(run: ActivityRun) -> None:
    moved = {(one.pod, one.year.first): one.mean for one in run.schemes if one.id == "sdec-first"}
    assert moved["sdec", 2028] == pytest.approx(-moved["ne-longer", 2028])
    contacts = {(one.pod, one.year.first): one.mean for one in run.schemes if one.id == "neighbourhood"}
    assert contacts["community", 2028] == pytest.approx(-4 * contacts["ne-longer", 2028])


def test_its_lines_are_the_rounds_and_say_that_they_are_not_confirmed(book: ActivityBook, run: ActivityRun) -> None:
    pack = pack_of(book.settings.years)
    assert (pack.years, pack.confirmed) == (("2026/27", "2027/28", "2028/29"), False)
    made = openpyxl.load_workbook(io.BytesIO(activity_workbook(run, on=date(2026, 1, 31))), data_only=True)
    sheet = made["Return total"]
    codes = [row[0] for row in sheet.iter_rows(min_row=6, values_only=True)]
    assert codes == ["E.M.8", "E.M.9", "E.M.10", "E.M.10.a", "E.M.10.b", "E.M.11", "E.M.11.a", "E.M.11.b", "E.M.13",
                     "E.M.15", ""]  # fmt: skip
    headers = [cell.value for cell in sheet[5]]
    assert [name for name in headers if name and name.endswith("total")] == [
        "2026/27 total",
        "2027/28 total",
        "2028/29 total",
    ]
    assert "not confirmed" in str(sheet["A3"].value)
    assert {"Value", "Beds", "Capacity", "Trace"} <= set(made.sheetnames)


def test_the_value_of_all_is_the_sum_of_the_providers(run: ActivityRun) -> None:
    table = values_table(run)
    sums = {(row[0], row[1]): int(row[3].replace(",", "")) for row in table.rows if row[0].startswith("All, ")}
    for year in ("2026/27", "2028/29"):
        parts = sums["All, ZZ1", year] + sums["All, ZZ2", year]
        assert parts == pytest.approx(sums["All, all providers", year], abs=1)


def test_the_chance_that_a_scheme_is_as_large_as_stated(run: ActivityRun) -> None:
    meets = {(one.id, one.year.first): one.meets for one in run.schemes if one.stated}
    assert 0.3 < (meets["streaming", 2028] or 0) < 0.6  # half of the draws in which it is delivered, nine in ten
    assert all(one.meets is None for one in run.schemes if one.id == "advice")
