"""The example's figures: whole, readable without a problem, marked where they are invented, the same at every run."""

from __future__ import annotations

import importlib
import shutil
from collections import Counter
from pathlib import Path

import pytest

from trigpoint.measures.book.book import AimKind, MeasureBook, Status
from trigpoint.measures.book.reading import Reading, read_book
from trigpoint.periods.calendar import Month
from trigpoint.periods.labels import parse_period
from trigpoint.places.model import PlaceKind
from trigpoint.plans.workspace import read_workspace

ROOT = Path(__file__).resolve().parents[4]
DUDLEY = ROOT / "examples" / "dudley-2017-19"


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_book(DUDLEY)


@pytest.fixture(scope="module")
def book(reading: Reading) -> MeasureBook:
    return reading.book


def test_nothing_is_wrong_with_them(reading: Reading) -> None:
    assert reading.problems == ()


def test_what_is_not_the_plans_is_marked(book: MeasureBook) -> None:
    true = [row for row in book.actuals if not row.illustrative]
    assert [(row.indicator, row.period, str(row.value)) for row in true] == [("rtt-18-weeks", "October 2016", "96.13")]
    assert all("Operational Plan" in row.source for row in true)
    assert all(row.reason.startswith("Illustrative") for row in book.rebases)
    printed = {row.indicator for row in book.aims if not row.illustrative}
    assert "dementia-diagnosis" not in printed, "the plan prints a goal for dementia and no way to it"


def test_they_reach_from_april_2014_to_november_2017_and_beyond(book: MeasureBook) -> None:
    months = {parse_period(row.period) for row in book.actuals if row.indicator == "ae-4-hour"}
    assert (min(months), max(months), len(months)) == (Month(2014, 4), Month(2017, 11), 44)
    forecasts = {parse_period(row.period) for row in book.aims if row.kind is AimKind.FORECAST}
    assert (min(forecasts), max(forecasts)) == (Month(2017, 12), Month(2019, 3))


def test_every_kind_of_trouble_is_there(book: MeasureBook) -> None:
    assert any(row.note == "suppressed in the source" and row.numerator is None for row in book.actuals)
    assert Counter(row.status for row in book.actuals)[Status.PROVISIONAL] > 20
    trust = [row.period for row in book.actuals if (row.indicator, row.place) == ("rtt-18-weeks", "RNA")]
    assert "August 2015" not in trust, "a gap"


def test_localities_practices_and_fifths_are_there(book: MeasureBook) -> None:
    kinds = {(row.indicator, book.places[row.place].kind) for row in book.actuals}
    assert sum(kind is PlaceKind.LOCALITY for _, kind in kinds) >= 3
    assert len({row.place for row in book.actuals if book.places[row.place].kind is PlaceKind.PRACTICE}) == 40
    ladder = book.by_id["smoking-prevalence"].inequality
    assert ladder
    assert set(ladder.groups) < {row.group for row in book.actuals}


def test_every_measure_serves_an_objective_of_the_plan(book: MeasureBook) -> None:
    objectives = {objective.id for objective in read_workspace(DUDLEY).plan.objectives}
    assert {one.objective for one in book.definitions} <= objectives


def test_the_script_makes_the_same_figures_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(DUDLEY, copy)
    (copy / "measurement" / "actuals.csv").unlink()
    monkeypatch.syspath_prepend(ROOT / "scripts")
    module = importlib.import_module("dudley_measures")
    monkeypatch.setattr(module, "EXAMPLE", copy)
    assert module.main() == 0
    made = {path.relative_to(copy): path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    assert made == {path.relative_to(DUDLEY): path.read_bytes() for path in DUDLEY.rglob("*") if path.is_file()}
