"""The committee's measures in its paper: the table, the picture, the charts of what is missed or of concern."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from paper_plan import AT, small_plan

from measure_books import SYSTEM, actual, aim, defined
from trigpoint.measures.book.book import Actual, MeasureBook
from trigpoint.measures.definitions.definition import Definition, Suppression
from trigpoint.periods.calendar import Month
from trigpoint.plans.model import Plan
from trigpoint.reports import Paper, committee_paper
from trigpoint.reports.blocks import Block, Figure, Heading, Paragraph, Points, Table, Tone
from trigpoint.reports.known import known_by, results_at
from trigpoint.reports.measured import ILLUSTRATIVE, MOST_CHARTS, MOST_POINTS
from trigpoint.reports.render.docx import docx
from trigpoint.reports.render.html import html

QUALITY, FINANCE = "Quality & Safety Committee", "Finance Committee"
SECTION = "The committee’s measures"
MONTHS = tuple((Month(2016, 2) + step).label for step in range(22))  # to November 2017


def plan() -> Plan:
    return replace(small_plan(), organisation="NHS Somewhere CCG")


def months(key: str, level: int, last: int, **fields: object) -> list[Actual]:
    """Two years around a level that end at ``last``; every other month a little above."""
    tops = [level + (at % 2) for at in range(len(MONTHS) - 1)]
    pairs = zip(MONTHS, (*tops, last), strict=True)
    return [actual(month, top, 100, indicator=key, **fields) for month, top in pairs]


def measure(key: str, **fields: object) -> Definition:
    return defined(id=key, name=f"Measure {key}", **{"objective": "o1", **fields})


def book(*extra: Actual) -> MeasureBook:
    """One of each kind; in the order of the definitions the worst stand last."""
    definitions = (
        measure("fine"), measure("worrying"), measure("missed"), measure("both"),
        measure("empty"), measure("elsewhere", objective="o2"), measure("nowhere", objective=""),
    )  # fmt: skip
    rows = [
        *months("fine", 95, 95), *months("worrying", 96, 92), *months("missed", 80, 80), *months("both", 80, 60),
        *months("elsewhere", 70, 70), *months("nowhere", 70, 70),
    ]  # fmt: skip
    aims = tuple(aim(month, 90, indicator=one.id) for one in definitions[:4] for month in (*MONTHS, "March 2018"))
    return MeasureBook(definitions, (*rows, *extra), aims, (), SYSTEM)


def paper(committee: str = QUALITY, at: date = AT, figures: MeasureBook | None = None) -> Paper:
    return committee_paper(plan(), committee=committee, at=at, book=figures or book())


def section(of: Paper, start: str = SECTION) -> list[Block]:
    return list(_section(of, start))


def _section(of: Paper, start: str) -> Iterator[Block]:
    inside = False
    for block in of.blocks:
        if isinstance(block, Heading) and block.level == 2:
            inside = block.text == start
        elif inside:
            yield block


def table(of: Paper) -> Table:
    return next(block for block in section(of) if isinstance(block, Table))


def figures(of: Paper) -> list[Figure]:
    return [block for block in section(of) if isinstance(block, Figure)]


def test_a_paper_without_a_book_is_as_it_was() -> None:
    assert committee_paper(plan(), committee=QUALITY, at=AT) == committee_paper(
        plan(), committee=QUALITY, at=AT, book=MeasureBook()
    )
    assert SECTION not in str(committee_paper(plan(), committee=QUALITY, at=AT).blocks)


def test_a_paper_without_figures_loads_no_library_of_the_calculation() -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests/unit/reports')\n"
        "from paper_plan import AT, small_plan\n"
        "from trigpoint.measures.book.book import MeasureBook\n"
        "from trigpoint.reports import committee_paper\n"
        "committee_paper(small_plan(), committee='', at=AT, book=MeasureBook())\n"
        "print(sorted({'numpy', 'scipy', 'polars'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_the_table_has_the_committees_measures_exceptions_first() -> None:
    found = table(paper())
    assert found.headers == ("Measure", "Latest", "Target", "Variation", "Assurance", "What it says")
    assert [row[:5] for row in found.rows] == [
        ("Measure both", "60.0% (November 2017)", "90.0%", "Special cause of concern (low)",
         "Consistently misses the target"),
        ("Measure missed", "80.0% (November 2017)", "90.0%", "Common cause variation",
         "Consistently misses the target"),
        ("Measure worrying", "92.0% (November 2017)", "90.0%", "Special cause of concern (low)",
         "Consistently hits the target"),
        ("Measure fine", "95.0% (November 2017)", "90.0%", "Common cause variation", "Consistently hits the target"),
    ]  # fmt: skip
    assert found.rows[1][5].startswith("November 2017: 80.0%, 10.0 percentage points below the plan’s target of 90.0%")
    assert Paragraph("Nothing has been entered yet for 1 more measure.") in section(paper())


def test_one_picture_of_all_whose_figures_are_not_printed_twice() -> None:
    whole, *charts = figures(paper())
    assert whole.caption == "The measures in one picture"
    assert (whole.tabled, *(each.tabled for each in charts)) == (True, False, False, False)
    assert whole.picture.alt.startswith("4 small charts of measures: Quality & Safety Committee.")
    assert Paragraph(whole.picture.finding) in section(paper())


def test_exceptions_have_their_control_chart_with_its_last_points() -> None:
    _, *charts = figures(paper())
    assert [each.caption for each in charts] == [
        f"Measure {key}: control chart" for key in ("both", "missed", "worrying")
    ]
    shown = charts[0].picture.table
    assert shown.caption.endswith(f": the last {MOST_POINTS} points")
    assert len(shown.rows) == MOST_POINTS
    assert shown.rows[-1][:2] == ("November 2017", "60.0%")
    assert "Note" not in shown.headers, "a column that is empty throughout is left out"
    assert all(each.picture.alt.startswith("XmR control chart of Measure") for each in charts)
    told = [block.text for block in section(paper()) if isinstance(block, Paragraph)]
    assert any(text.startswith("November 2017: 60.0%") and "below the lower limit" in text for text in told)


def test_the_committee_is_asked_about_them() -> None:
    (asks,) = (block for block in section(paper(), "The committee is asked to") if isinstance(block, Points))
    assert "consider 3 measures whose latest actual missed its target" in asks.items, "two, and a printed table"
    assert "ask what lies behind the special cause of concern in 2 measures" in asks.items


def test_a_measure_that_the_plan_prints_as_well_is_counted_once() -> None:
    one = MeasureBook((measure("i1"),), tuple(months("i1", 80, 80)), (aim("November 2017", 90, indicator="i1"),), (),
                      SYSTEM)  # fmt: skip
    assert "consider 1 measure whose latest actual missed" in str(paper(figures=one).blocks)


def test_a_committee_without_figures_is_told_so_and_the_whole_plan_has_all() -> None:
    assert [row[0] for row in table(paper(FINANCE)).rows] == ["Measure elsewhere"]
    assert Paragraph("No measure is missed, and none shows special cause of concern.") in section(paper(FINANCE))
    bare = replace(book(), definitions=book().definitions[:4])
    bare = replace(bare, actuals=tuple(row for row in bare.actuals if row.indicator in bare.by_id))
    (nothing,) = section(paper(FINANCE, figures=bare))
    assert nothing == Paragraph("No measure with figures serves an objective of this committee.")
    whole = next(block for block in section(paper(""), "The plan’s measures") if isinstance(block, Table))
    assert {row[0] for row in whole.rows} >= {"Measure elsewhere", "Measure nowhere", "Measure fine"}
    assert not any("Checks" in row[0] for row in whole.rows), "a printed table has its own section"


def test_the_date_decides_which_figures_are_known() -> None:
    earlier = paper(at=date(2017, 10, 31))
    assert table(earlier).rows[0][1] == "80.0% (October 2017)"
    assert "November 2017" not in str(list(table(earlier).rows))
    assert (
        paper(at=AT).blocks
        == committee_paper(plan(), committee=QUALITY, at=AT, results=results_at(book(), plan(), AT)).blocks
    ), "results at hand give the same paper"


def test_a_year_that_still_runs_is_known_once_it_was_loaded() -> None:
    running = actual("2017/18", 5, 10, loaded_on=date(2017, 11, 1))
    held = MeasureBook((measure("m"),), (running, actual("2016/17", 5, 10)))
    assert known_by(held, date(2017, 11, 1)) is held
    assert [row.period for row in known_by(held, date(2017, 10, 31)).actuals] == ["2016/17"]
    assert known_by(held, date(2017, 3, 30)).actuals == ()


def test_invented_figures_are_marked_wherever_they_stand() -> None:
    assert ILLUSTRATIVE not in str(paper().blocks)
    rows = tuple(replace(row, illustrative=row.indicator == "both") for row in book().actuals)
    of = paper(figures=replace(book(), actuals=rows))
    assert Paragraph(ILLUSTRATIVE, Tone.NOTICE) in section(of)
    assert [row[0] for row in table(of).rows][:2] == ["Measure both *", "Measure missed"]
    whole, first, second, _ = figures(of)
    assert whole.caption.endswith("(illustrative figures)")
    assert first.caption.endswith("(illustrative figures)")
    assert not second.caption.endswith("(illustrative figures)")
    assert Heading("Measure both *", 3) in section(of)


def test_of_many_exceptions_six_are_drawn_and_the_rest_is_told() -> None:
    many = tuple(measure(f"k{number}") for number in range(MOST_CHARTS + 3))
    rows = tuple(row for one in many for row in months(one.id, 80, 80))
    aims = tuple(aim("November 2017", 90, indicator=one.id) for one in many)
    of = paper(figures=MeasureBook(many, rows, aims, (), SYSTEM))
    assert len(figures(of)) == 1 + MOST_CHARTS
    assert "The charts of 6 measures follow; 3 more measures are missed or of concern" in str(section(of))


def test_a_hidden_figure_is_nowhere_in_the_paper() -> None:
    hidden = measure("h", suppression=Suppression(below=10, round_to=0))
    rows = tuple(actual(month, 23, 4321, indicator="h") for month in MONTHS[:-1])
    one = MeasureBook((hidden,), (*rows, actual("November 2017", 7, 4321, indicator="h")),
                      (aim("November 2017", 90, indicator="h"),), (), SYSTEM)  # fmt: skip
    page = html(paper(figures=one))
    assert "0.16%" not in page
    assert ">7<" not in page


@pytest.mark.parametrize("committee", [QUALITY, FINANCE, ""])
def test_both_renderers_print_it(committee: str) -> None:
    of = paper(committee)
    page = html(of)
    assert page.count("<figure>") == sum(isinstance(block, Figure) for block in of.blocks)
    assert page.count("The figures behind this chart") == page.count("<figure>") - 1
    assert docx(of) == docx(paper(committee)), "the same paper gives the same bytes"
