"""A number traced back: the same as the run's, its steps and cells add up, and each says its source."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import typer
from activity_workspace import made_workspace
from typer.testing import CliRunner, Result

from trigpoint.activity.assumptions.growth import Growth
from trigpoint.activity.book.book import ActivityBook
from trigpoint.activity.book.reading import read_activity
from trigpoint.activity.results.run import ActivityRun, SeriesRun
from trigpoint.activity.simulation.run import run_model
from trigpoint.activity.simulation.tracing import Trace, traced
from trigpoint.cli.activity import register
from trigpoint.errors import InputError
from trigpoint.periods import FinancialYear, Month
from trigpoint.reports.activity.trace import cells_table, trace_table

DUDLEY = Path(__file__).resolve().parents[3] / "examples" / "dudley-2017-19"
DRAWS = 300


@pytest.fixture(scope="module")
def book() -> ActivityBook:
    found = read_activity(DUDLEY).book
    assert found is not None
    return found


@pytest.fixture(scope="module")
def run(book: ActivityBook) -> ActivityRun:
    return run_model(book, draws=DRAWS)


def of(run: ActivityRun, trace: Trace) -> tuple[SeriesRun, list[int]]:
    wanted = (trace.period,) if isinstance(trace.period, Month) else trace.period.months
    (series,) = (one for one in run.series if (one.key.provider, one.key.pod) == (trace.provider, trace.pod))
    return series, [at for at, month in enumerate(run.months) if month in wanted]


@pytest.mark.parametrize(
    "pod", ["A&E", "Elective", "Non-elective", "First out-patient", "Follow-up out-patient", "Community"]
)
@pytest.mark.parametrize("period", [Month(2017, 4), Month(2018, 12), FinancialYear(2018)])
def test_a_trace_is_the_number_of_the_run(
    book: ActivityBook, run: ActivityRun, pod: str, period: Month | FinancialYear
) -> None:
    for trace in traced(book, pod, period, draws=DRAWS):
        series, months = of(run, trace)
        assert trace.fot == pytest.approx(series.fot[months].sum(), rel=1e-12)
        assert trace.do_nothing == pytest.approx(series.do_nothing.mean[months].sum(), rel=1e-12)
        assert trace.do_something == pytest.approx(series.do_something.mean[months].sum(), rel=1e-12)


def test_the_steps_and_the_cells_add_up(book: ActivityBook) -> None:
    for pod in ("Non-elective", "First out-patient", "Community"):
        for trace in traced(book, pod, Month(2018, 12), draws=DRAWS):
            growth = sum(step.change for step in trace.steps if isinstance(step.assumption, Growth))
            assert trace.fot + growth == pytest.approx(trace.do_nothing, rel=1e-12)
            assert trace.fot + sum(step.change for step in trace.steps) == pytest.approx(trace.do_something, rel=1e-12)
            brought = sum(step.change for step in trace.steps if step.brought)
            assert sum(cell.do_something for cell in trace.cells) + brought == pytest.approx(trace.do_something)
            assert sum(cell.do_nothing for cell in trace.cells) == pytest.approx(trace.do_nothing)
            assert sum(cell.share for cell in trace.cells) == pytest.approx(1.0)


def test_the_years_steps_are_the_bridge(book: ActivityBook, run: ActivityRun) -> None:
    (trace,) = traced(book, "Non-elective", FinancialYear(2018), provider="RNA", draws=DRAWS)
    steps = {step.assumption.id: step.change for step in trace.steps if step.change}
    bridge = {
        part.part: part.value for part in run.bridge
        if (part.provider, part.pod, part.year.first) == ("RNA", "Non-elective", 2018) and part.part != "baseline"
    }  # fmt: skip
    assert steps == pytest.approx(bridge)


def test_a_month_is_its_outturn_by_every_factor(tmp_path: Path) -> None:
    growth = "id,name,pod,value,source,author\ng,Growth,ae,10%,Us,Lead\n"
    schemes = "id,name,effect,pod,value,source,author\ns,Scheme,share avoided,ae,25%,Us,Lead\n"
    space = made_workspace(tmp_path / "plan", growth__csv=growth, schemes__csv=schemes)
    small = read_activity(space).book
    assert small is not None
    (trace,) = traced(small, "ae", Month(2018, 4), provider="RNA", draws=10)
    assert trace.fot == pytest.approx(101_250 * trace.profile)
    assert trace.do_nothing == pytest.approx(trace.fot * 1.1**2)
    assert trace.do_something == pytest.approx(trace.fot * 1.1**2 * 0.75)
    first, second = trace.steps
    assert (first.reach, first.part, first.factor) == pytest.approx((1.0, 2.0, 1.1**2))
    assert (second.reach, second.part, second.delivered) == pytest.approx((1.0, 1.0, 1.0))
    assert second.alone == pytest.approx(-0.25 * trace.do_nothing)


def test_a_scheme_reaches_its_cells_alone(book: ActivityBook) -> None:
    (trace,) = traced(book, "Non-elective", FinancialYear(2018), provider="RNA", draws=DRAWS)
    (step,) = (one for one in trace.steps if one.assumption.id == "acsc")
    sensitive = sum(cell.share for cell in trace.cells if dict(cell.attributes)["acsc"] == "yes")
    assert step.reach == pytest.approx(sensitive)
    kept = {dict(cell.attributes)["acsc"]: cell.do_something / cell.do_nothing for cell in trace.cells
            if dict(cell.attributes)["care_home"] == "no"}  # fmt: skip
    assert kept["yes"] < kept["no"] < 1


def test_printed_steps_add_up_and_say_their_source(book: ActivityBook) -> None:
    (trace,) = traced(book, "Non-elective", Month(2018, 12), provider="RNA", draws=DRAWS)
    table = trace_table(book, trace)
    names = [row[0] for row in table.rows]
    numbers = [int(row[2].replace(",", "").replace("−", "-").replace("+", "")) for row in table.rows]
    nothing, something = names.index("Do nothing"), names.index("Do something")
    assert sum(numbers[1:nothing]) == numbers[nothing]
    assert numbers[nothing] + sum(numbers[nothing + 1 : something]) == numbers[something]
    (row,) = (row for row in table.rows if "(acsc)" in row[0])
    assert "NHS Dudley CCG" in row[3]
    assert row[3].endswith("schemes.csv, row 4")
    assert str(DUDLEY) not in json.dumps([list(one) for one in table.rows])
    assert len(cells_table(trace).rows) == len(trace.cells) == 4


@pytest.mark.parametrize("period", [Month(2017, 3), FinancialYear(2019)])
def test_a_period_outside_the_plan_is_refused(book: ActivityBook, period: Month | FinancialYear) -> None:
    with pytest.raises(InputError, match="is not in the plan"):
        traced(book, "A&E", period, draws=10)


def command(*arguments: object) -> Result:
    app = typer.Typer()
    app.callback()(lambda: None)
    register(app)
    return CliRunner().invoke(app, ["activity", "explain", *map(str, arguments)])


def test_the_command_prints_and_gives_json(tmp_path: Path) -> None:
    asked = (DUDLEY, "--pod", "a&e", "--provider", "RNA", "--at", "2018-12", "--draws", 50)
    said = " ".join(command(*asked).stdout.split())
    for words in ("A&E, RNA, December 2018", "IHAM growth: A&E (iham-ae)", "Do something", "The cells that it sums"):
        assert words in said
    (told,) = json.loads(command(*asked, "--json", "--csv", tmp_path / "steps.csv").stdout.partition("\nWrote")[0])
    assert told["fot"] + sum(step["change"] for step in told["steps"]) == pytest.approx(told["do_something"])
    assert {"source", "author", "file", "row", "reach", "part", "amount"} <= set(told["steps"][0])
    assert len((tmp_path / "steps.csv").read_text(encoding="utf-8-sig").splitlines()) == 1 + len(told["steps"])
    assert "no month or financial year" in str(command(DUDLEY, "--pod", "A&E", "--at", "soon").exception)
    assert np.isfinite([step["change"] for step in told["steps"]]).all()
