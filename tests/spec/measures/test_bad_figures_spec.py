"""The six mistakes that figures are made with: each is told with file, row and remedy, and all else is computed."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from trigpoint.cli.measures import register
from trigpoint.measures.book.reading import read_book
from trigpoint.measures.results import measure_results

SEEN = """id = "seen"
version = "1"
name = "Seen in time"
statistic = "proportion"
multiplier = 100
unit = "%"
polarity = "higher is better"
period_type = "month"
"""
ACTUALS = "indicator,place,period,numerator,denominator"
AIMS = "indicator,place,kind,period,value"
GOOD_ACTUAL, GOOD_AIM = "seen,05C,April 2017,95,100", "seen,05C,plan,April 2017,92"

MISTAKES = {
    "an unknown indicator": (
        "actuals",
        "sean,05C,May 2017,96,100",
        "column indicator: there is no definition “sean”; did you mean “seen”?",
    ),
    "duplicate dates": (
        "actuals",
        "seen,05C,2017-04,96,100",
        "line 2 has another figure for the same thing (seen, 05C, April 2017), so this one is left out; keep the right "
        "one of the two.",
    ),
    "a value that is no number": (
        "actuals",
        "seen,05C,May 2017,ninety,100",
        "column numerator: “ninety” is not a number; write digits with a full stop for the decimals, e.g. 58.4, and "
        "put the unit in its own column.",
    ),
    "a negative count": (
        "actuals",
        "seen,05C,May 2017,-96,100",
        "column numerator: the numerator −96 is negative; correct it; what is counted is 0 or more.",
    ),
    "a numerator over its denominator": (
        "actuals",
        "seen,05C,May 2017,101,100",
        "column numerator: the numerator 101 is larger than the denominator 100, and a proportion cannot be; correct "
        "one of the two.",
    ),
    "a target for a place that does not exist": (
        "trajectories",
        "seen,Kirkby,plan,May 2017,92",
        "column place: there is no place “Kirkby”; add it to places.csv or correct the code.",
    ),
}


def workspace(folder: Path, **wrong: str) -> Path:
    """A plan with one figure and its target, and a wrong row between two right ones."""
    (folder / "measurement" / "definitions").mkdir(parents=True)
    (folder / "plan.toml").write_text('format = 1\n[plan]\ntitle = "A plan"\n', encoding="utf-8")
    (folder / "places.csv").write_text("code,name,kind\n05C,NHS Dudley CCG,ccg\n", encoding="utf-8")
    (folder / "measurement" / "definitions" / "seen.toml").write_text(SEEN, encoding="utf-8")
    tables = {
        "actuals": (ACTUALS, GOOD_ACTUAL, wrong.get("actuals", ""), "seen,05C,June 2017,97,100"),
        "trajectories": (AIMS, GOOD_AIM, wrong.get("trajectories", ""), "seen,05C,plan,June 2017,92"),
    }
    for name, rows in tables.items():
        (folder / "measurement" / f"{name}.csv").write_text("\n".join(filter(None, rows)) + "\n", encoding="utf-8")
    return folder


def measures(folder: Path) -> Result:
    app = typer.Typer()
    app.callback()(lambda: None)
    register(app)
    return CliRunner().invoke(app, ["measures", str(folder)])


@pytest.mark.parametrize("case", MISTAKES)
def test_it_is_named_with_row_and_remedy_and_the_rest_is_computed(case: str, tmp_path: Path) -> None:
    table, row, said = MISTAKES[case]
    reading = read_book(workspace(tmp_path, **{table: row}))
    [problem] = reading.problems
    start = f"{tmp_path}/measurement/{table}.csv, line 3"
    assert str(problem).startswith(start)
    assert str(problem).removeprefix(start).lstrip(":, ") == said
    result = measure_results(reading.book).measure("seen")
    assert [(each.period.label, each.shown) for each in result.periods if each.value is not None] == [
        ("April 2017", "95.0%"),
        ("June 2017", "97.0%"),
    ]
    assert result.standing.finding == "June 2017: 97.0%, 5.0 percentage points above the plan’s target of 92.0%."


@pytest.mark.parametrize("case", MISTAKES)
def test_the_command_tells_it_apart_from_its_answer_and_ends_with_1(case: str, tmp_path: Path) -> None:
    table, row, said = MISTAKES[case]
    done = measures(workspace(tmp_path, **{table: row}))
    assert done.exit_code == 1
    assert f"{table}.csv, line 3" in done.stderr
    assert said in done.stderr
    assert "97.0%" in done.stdout
    assert "Traceback" not in done.output


def test_without_a_mistake_the_command_ends_with_0(tmp_path: Path) -> None:
    done = measures(workspace(tmp_path))
    assert (done.exit_code, done.stderr) == (0, "")
