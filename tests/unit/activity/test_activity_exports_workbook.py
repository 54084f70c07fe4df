"""The workbook of a run: the return's shape, numbers that add up, live formulas that agree, nothing that runs."""

from __future__ import annotations

import io
import re
from datetime import date

import openpyxl
import pytest
from run_by_hand import BASE, run_by_hand

from trigpoint.reports.activity.words import whole_numbers
from trigpoint.reports.activity.workbook import activity_workbook

ON = date(2017, 3, 31)


@pytest.fixture(scope="module")
def made() -> bytes:
    return activity_workbook(run_by_hand(), on=ON, organisation="NHS Somewhere CCG", problems=("counts.csv: bad.",))


@pytest.fixture(scope="module")
def values(made: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(made), data_only=True)


@pytest.fixture(scope="module")
def formulas(made: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(made))


def rows(workbook: openpyxl.Workbook, sheet: str) -> list[dict[str, object]]:
    grid = list(workbook[sheet].iter_rows(min_row=5, values_only=True))
    return [dict(zip(map(str, grid[0]), row, strict=True)) for row in grid[1:]]


def test_the_sheets_are_those_of_the_return_and_what_it_rests_on(values: openpyxl.Workbook) -> None:
    assert values.sheetnames == [
        "About", "Return total", "Return RNA", "Return RRK", "Years", "Forecast outturn", "Do nothing",
        "Do something", "Interval", "Bridge", "Schemes", "Value", "Beds", "Capacity", "Assumptions", "Trace",
        "Warnings",
    ]  # fmt: skip


def test_a_line_has_its_months_and_they_add_up_as_printed(values: openpyxl.Workbook) -> None:
    for sheet in ("Return total", "Return RNA", "Return RRK"):
        for row in rows(values, sheet):
            for year, label in ((2017, "2017/18"), (2018, "2018/19")):
                months = [
                    row[f"{name} {year}"] for name in ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
                ]
                months += [row[f"{name} {year + 1}"] for name in ("Jan", "Feb", "Mar")]
                if months[0] is None:
                    continue
                assert all(float(str(month)).is_integer() for month in months)
                assert sum(map(int, map(str, months))) == row[f"{label} total"]


def test_the_total_is_the_sum_of_the_providers_and_a_line_the_sum_of_its_parts(values: openpyxl.Workbook) -> None:
    total, one, other = (rows(values, name) for name in ("Return total", "Return RNA", "Return RRK"))
    assert [row["Line"] for row in total] == ["E.M.10", "E.M.10.a", "E.M.10.b", "E.M.12"]
    for at, row in enumerate(total):
        for header in ("Outturn 2016/17", "Apr 2017", "2018/19 total"):
            assert row[header] == (one[at][header] or 0) + (other[at][header] or 0)
    assert one[0]["2017/18 total"] == one[1]["2017/18 total"] + one[2]["2017/18 total"]
    assert other[0]["2017/18 total"] is None
    expected = BASE["RNA", "el"] * 1.019 * 0.979
    assert abs(one[1]["2017/18 total"] - expected) <= 0.5


def test_growth_is_on_the_outturn_then_on_the_year_before(values: openpyxl.Workbook) -> None:
    ae = rows(values, "Return total")[3]
    assert ae["2017/18 growth"] == pytest.approx(ae["2017/18 total"] / ae["Outturn 2016/17"] - 1)
    assert ae["2018/19 growth"] == pytest.approx(ae["2018/19 total"] / ae["2017/18 total"] - 1)


def test_the_bridge_sums_to_the_trajectories(values: openpyxl.Workbook) -> None:
    told = rows(values, "Bridge")
    for pod in ("A&E", "Ordinary elective", "Day case"):
        own = [row for row in told if row["Point of delivery"] == pod]
        assert [row["Kind"] for row in own] == ["baseline", "growth", "scheme", "scheme", "sum", "model", "check"]
        for year in ("2017/18", "2018/19"):
            assert sum(row[year] for row in own[:4]) == pytest.approx(own[4][year], rel=1e-9)
            assert own[4][year] == pytest.approx(own[5][year], rel=1e-6)
            assert abs(own[6][year]) < 1e-6


def test_texts_are_never_formulas_and_formulas_are_only_sums_and_growth(formulas: openpyxl.Workbook) -> None:
    found = [cell.value for sheet in formulas for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert len(found) > 100
    allowed = r"=(SUM\([^()]*\)|IF\([A-Z]+\d+=0,\"\",[A-Z]+\d+/[A-Z]+\d+-1\)|[A-Z]+\d+-[A-Z]+\d+)"
    assert [value for value in found if not re.fullmatch(allowed, value)] == []
    scheme = formulas["Schemes"]["A6"]
    assert (scheme.value, scheme.data_type) == ("=Triage", "s")


def test_every_sheet_prints_on_a4_with_its_header_and_stays_in_view(formulas: openpyxl.Workbook) -> None:
    for sheet in formulas:
        assert sheet["A1"].value
        assert sheet.freeze_panes is not None
        assert sheet.print_title_rows == "$5:$5"
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        headers = [cell.value for cell in sheet[5]]
        assert all(headers)


def test_about_says_date_seed_draws_lines_and_what_is_invented(values: openpyxl.Workbook) -> None:
    told = {row["Item"]: str(row["Detail"]) for row in rows(values, "About")}
    assert told["Date"] == "31 March 2017"
    assert (told["Draws"], told["Seed"][:5]) == ("4,000", "2017;")
    assert "not confirmed" in told["National return"]
    assert "=Triage" in told["Illustrative"]
    note = rows(values, "Return RNA")[2]["Note"]
    assert note == "illustrative"


def test_assumptions_have_source_author_and_place(values: openpyxl.Workbook) -> None:
    growth = rows(values, "Assumptions")[0]
    assert growth["Value"] == "1.9% a year"
    assert growth["Between"] == "1% to 3% (80%, normal)"
    assert (growth["Source and note"], growth["Author"]) == ("Plan, page 12", "Planning lead, 1 March 2017")
    assert growth["Read from"] == "growth.csv, row 2"


def test_warnings_hold_what_was_left_out(values: openpyxl.Workbook) -> None:
    told = [row["Warning"] for row in rows(values, "Warnings")]
    assert told == ["counts.csv: bad.", "schemes.csv, row 9: the scheme “x” matches nothing; correct it."]


def test_the_same_run_and_date_give_the_same_bytes(made: bytes) -> None:
    again = activity_workbook(run_by_hand(), on=ON, organisation="NHS Somewhere CCG", problems=("counts.csv: bad.",))
    assert again == made


@pytest.mark.parametrize(
    ("parts", "total", "expected"),
    [
        ([1.4, 1.4, 1.2], 4, [2, 1, 1]),
        ([0.5, 0.5], 1, [1, 0]),
        ([-2.6, 1.2], -1, [-2, 1]),
        ([3.0, 4.0], 7, [3, 4]),
        ([], 0, []),
    ],
)
def test_whole_numbers_add_up(parts: list[float], total: int, expected: list[int]) -> None:
    assert whole_numbers(parts, total) == expected


def test_every_formula_gives_the_value_beside_it(values: openpyxl.Workbook, formulas: openpyxl.Workbook) -> None:
    """Each formula worked out from the cached values of the cells that it names, as a spreadsheet would."""

    def cells(sheet: str, reference: str) -> list[float]:
        name, _, place = reference.rpartition("!")
        found = values[name.strip("'") or sheet][place]
        grid = found if isinstance(found, tuple) else ((found,),)
        return [cell.value or 0 for row in grid for cell in row]

    checked = 0
    for sheet in formulas:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            cached, text = values[sheet.title][cell.coordinate].value, cell.value
            if text.startswith("=SUM("):
                expected = sum(sum(cells(sheet.title, part)) for part in text[5:-1].split(","))
            elif text.startswith("=IF("):
                now, before = re.fullmatch(r'=IF\(\w+=0,"",(\w+)/(\w+)-1\)', text).groups()  # type: ignore[union-attr]
                expected = cells(sheet.title, now)[0] / cells(sheet.title, before)[0] - 1
            else:
                one, other = text[1:].split("-")
                expected = cells(sheet.title, one)[0] - cells(sheet.title, other)[0]
            assert cached == pytest.approx(expected, rel=1e-9, abs=1e-6), (sheet.title, cell.coordinate, text)
            checked += 1
    assert checked > 250
