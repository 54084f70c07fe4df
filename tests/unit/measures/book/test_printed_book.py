"""The printed tables of a plan as a book: who each figure is of, whose target it is, and what wins when books meet."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from trigpoint.measures.book.book import Actual, Aim, AimKind, MeasureBook
from trigpoint.measures.book.printed import book_of_plan, merged
from trigpoint.measures.book.reading import read_book
from trigpoint.measures.definitions.definition import ChartKind, Definition, PeriodType, Statistic
from trigpoint.measures.series import SeriesKind, series_kind
from trigpoint.periods.labels import period_of
from trigpoint.places.model import Place, PlaceKind
from trigpoint.places.register import Places
from trigpoint.plans.model import IndicatorRow, IndicatorTable, Plan, Polarity
from trigpoint.plans.workspace import read_workspace

DUDLEY = Path(__file__).resolve().parents[4] / "examples" / "dudley-2017-19"
PLACES = Places((Place("05C", "NHS Dudley CCG", PlaceKind.CCG, aliases=("Overall",)),))


def table(*rows: IndicatorRow, **fields: object) -> IndicatorTable:
    usual = {"id": "quits", "title": "Quits", "unit": "quits", "kind": "count", "polarity": Polarity.HIGHER}
    return IndicatorTable(**{**usual, **fields}, rows=rows)  # type: ignore[arg-type]


def row(area: str, series: str, **values: str) -> IndicatorRow:
    return IndicatorRow(
        area, series, {key.strip("_").replace("_", "/"): Decimal(value) for key, value in values.items()}
    )


def printed(*tables: IndicatorTable, organisation: str = "NHS Dudley CCG") -> MeasureBook:
    return book_of_plan(Plan(title="A plan", years=(), organisation=organisation, indicators=tables), PLACES)


def test_a_table_is_a_definition_of_values() -> None:
    [definition] = printed(table(row("Overall", "actual", _2014_15="3"), objective="o1", source="QOF")).definitions
    assert (definition.id, definition.name, definition.statistic) == ("quits", "Quits", Statistic.VALUE)
    assert (definition.period_type, definition.spc.chart) == (PeriodType.FINANCIAL_YEAR, ChartKind.NONE)
    assert (definition.objective, definition.source, definition.unit) == ("o1", "QOF", "quits")


def test_areas_are_places_and_an_unknown_one_becomes_its_own() -> None:
    rows = (
        row("Overall", "actual", _2014_15="3"),
        row("Dudley North", "actual", _2014_15="2"),
        row("", "actual", _2014_15="1"),
    )
    book = printed(table(*rows[:2]), table(rows[2], id="other"))
    assert [actual.place for actual in book.actuals] == ["05C", "area-dudley-north", "05C"]
    made = book.places["area-dudley-north"]
    assert (made.name, made.kind, made.parent) == ("Dudley North", PlaceKind.OTHER, "05C")


def test_what_sets_series_apart_is_their_group() -> None:
    rows = [row("Overall", f"{name} actual", _2014_15="3") for name in ("persons", "males", "females")]
    assert [actual.group for actual in printed(table(*rows)).actuals] == ["", "males", "females"]


@pytest.mark.parametrize(("polarity", "stretch"), [(Polarity.HIGHER, "4"), (Polarity.LOWER, "3")])
def test_of_two_targets_of_one_actual_the_harder_is_the_ambition(polarity: Polarity, stretch: str) -> None:
    rows = (
        row("Overall", "target 3% of smokers", _2015_16="3"),
        row("Overall", "target 4% of smokers", _2015_16="4"),
        row("Overall", "actual", _2015_16="2"),
    )
    book = printed(table(*rows, polarity=polarity))
    assert [(actual.value, actual.group) for actual in book.actuals] == [(2, "")]
    assert {aim.kind: str(aim.value) for aim in book.aims}[AimKind.STRETCH] == stretch


def test_a_target_without_a_period_holds_for_every_period() -> None:
    [aim] = printed(table(row("Overall", "target", _="58.4"), unit="%", kind="percentage", decimals=1)).aims
    assert (aim.period, aim.rule, aim.value) == ("", "explicit(58.4%)", None)


def test_what_a_table_counts_beside_its_rates_is_a_definition_of_its_own() -> None:
    rows = (row("Overall", "rate actual", _2015_16="700"), row("Overall", "number actual", _2015_16="2100"))
    book = printed(table(*rows, kind="rate", unit="per 100,000"))
    assert [(one.id, one.unit) for one in book.definitions] == [("quits", "per 100,000"), ("quits-number", "")]


def test_every_figure_of_the_dudley_tables_is_there() -> None:
    plan = read_workspace(DUDLEY).plan
    book = book_of_plan(plan, read_book(DUDLEY).book.places)
    wanted = {
        kind: sum(len(row.values) for one in plan.indicators for row in one.rows if series_kind(row.series) is kind)
        for kind in SeriesKind
    }
    assert len(book.actuals) == wanted[SeriesKind.ACTUAL]
    assert len(book.aims) == wanted[SeriesKind.TARGET]
    assert all(period_of(row.period) for row in book.actuals)
    assert all(row.place in book.places for row in (*book.actuals, *book.aims))


SEEN = Definition("quits", "1", "Quits", Statistic.COUNT, PeriodType.FINANCIAL_YEAR)


def test_where_books_meet_the_entered_figure_counts_and_gaps_are_filled() -> None:
    own = MeasureBook((SEEN,), (Actual("quits", "05C", "2015/16", Decimal(5)),), places=PLACES)
    book = merged(own, printed(table(row("Overall", "actual", _2014_15="3", _2015_16="4"))))
    assert [(row.period, row.numerator, row.value) for row in book.actuals] == [
        ("2015/16", 5, None),
        ("2014/15", None, 3),
    ]
    assert book.definitions == (SEEN,)


def test_a_printed_table_of_another_kind_of_period_keeps_its_figures() -> None:
    monthly = Definition("quits", "1", "Quits", Statistic.COUNT, PeriodType.MONTH)
    aims = (Aim("quits", "05C", AimKind.PLAN, "May 2017", Decimal(5)),)
    book = merged(
        MeasureBook((monthly,), aims=aims, places=PLACES), printed(table(row("Overall", "actual", _2014_15="3")))
    )
    assert [one.id for one in book.definitions] == ["quits", "quits-printed"]
    assert [row.indicator for row in book.actuals] == ["quits-printed"]
