"""Forecast outturns and back-tests of a workspace's counts or of published figures: chosen, told, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from trigpoint.activity.book.book import ActivityBook
from trigpoint.activity.outturn.back_test import BackTest
from trigpoint.activity.outturn.forecast import forecast_outturn
from trigpoint.activity.outturn.history import History
from trigpoint.activity.outturn.methods import BASE, Method
from trigpoint.activity.outturn.result import Interval, Outturn, Outturns
from trigpoint.activity.published import latest_base, months_from_april
from trigpoint.activity.simulation.baseline import baselines, histories_of
from trigpoint.errors import InputError
from trigpoint.periods import FinancialYear
from trigpoint.reports.activity.words import NOTHING, between, change, month_code, number, percent, signed
from trigpoint.reports.blocks import Table
from trigpoint.wording import count

MONTHS = 12
ALL = "All"
USUAL_MONTHS = 5
"""What a plan is made from, and what a year that is over is forecast from."""


@dataclass(frozen=True, slots=True)
class Forecasts:
    """Forecast outturns of one year with their histories, the total of each label that has several, and problems.

    ``names`` give points of delivery or measures on paper by their code; ``is_over`` says that the whole year was
    counted since, and the findings say what it came to.
    """

    year: FinancialYear
    months_known: int
    results: tuple[Outturn, ...]
    totals: tuple[Outturn, ...]
    histories: tuple[History, ...]
    names: dict[str, str]
    problems: tuple[InputError, ...] = ()
    is_over: bool = False

    def name(self, one: Outturn) -> str:
        """Whom and what a forecast is of."""
        return ", ".join(part for part in (one.organisation, self.names.get(one.label, one.label)) if part)

    def finding(self, one: Outturn) -> str:
        """The sentence of a forecast, with the names of paper; of an outturn that is given, that it is."""
        if one.value is not None and not one.months_known:
            spread = one.likely is not None and one.likely.low != one.likely.high
            interval = f" (80% interval {between(one.likely.low, one.likely.high)})" if one.likely and spread else ""
            return f"{self.name(one)}: {one.year} is given as {number(one.value)}{interval}."
        return replace(one, label=self.names.get(one.label, one.label)).finding + self._came(one)

    def _came(self, one: Outturn) -> str:
        """What a year that is over came to, and how far the forecast was off."""
        mine = [history for history in self.histories if history.label == one.label]
        if one.organisation != ALL:
            mine = [history for history in mine if history.organisation == one.organisation]
        months = [value for history in mine for value in history.year(one.year)]
        if not self.is_over or one.value is None or self.months_known == MONTHS or None in months or not months:
            return ""
        came = sum(value for value in months if value is not None)
        return f" It came to {number(came)}; the forecast was off by {change(one.value, came)}."


def book_forecasts(
    book: ActivityBook, *, year: FinancialYear | None = None, months: int | None = None, method: Method | None = None
) -> Forecasts:
    """The outturn of every series of a book, as the model itself takes it; ``None`` takes the book's own settings.

    Where another year is asked for, its months are looked up in the counts, and given outturns (totals) are left out.
    """
    settings = replace(
        book.settings, base_year=year or book.settings.base_year, method=method or book.settings.method,
        months_known=months if months is not None else (None if year else book.settings.months_known),
    )  # fmt: skip
    totals = book.totals if settings.base_year == book.settings.base_year else ()
    begun = baselines(replace(book, settings=settings, totals=totals))
    outturns = begun.outturns
    known = max((one.months_known for one in outturns), default=settings.months_known or 0)
    names = {pod.code: pod.name for pod in book.pods if pod.name}
    return Forecasts(
        settings.base_year, known, outturns, _totals(settings.base_year, known, outturns),
        histories_of(book.counts), names, begun.warnings,
    )  # fmt: skip


def chosen(told: Forecasts, pods: Sequence[str], providers: Sequence[str]) -> Forecasts:
    """The forecasts of some points of delivery and providers, made with all others; none named means all."""
    kept = tuple(
        one
        for one in told.results
        if (not pods or one.label in pods) and (not providers or one.organisation in providers)
    )
    return replace(told, results=kept, totals=_totals(told.year, told.months_known, kept))


def forecasts_of(
    histories: Sequence[History], asked: Sequence[History], *, year: FinancialYear | None = None,
    months: int | None = None, method: Method = Method.AVERAGE, names: dict[str, str] | None = None,
) -> Forecasts:  # fmt: skip
    """The outturns of the series ``asked``, forecast together with all ``histories`` of the same labels.

    Pooling takes profiles and errors from every organisation in the files, and only those asked for are told. Without
    ``year`` it is the last that begins with a month of every series asked (or with ``months`` of them), or of most;
    without ``months``, as many as each of them has without a gap, and five of a year that is over: its own months then
    say how good the forecast was. Raises ``InputError`` where no year begins with so many months, or that year has no
    April.
    """
    year = year or latest_base(asked, months or 1)
    known = months if months is not None else months_from_april(asked, year)
    if not known:
        lacking = next(one.name for one in asked if not months_from_april([one], year))
        raise InputError(f"{lacking} has no April of {year}", remedy="add its files, or ask for another year")
    is_over = months_from_april(asked, year) == MONTHS
    if months is None and is_over:
        known = USUAL_MONTHS
    own = {(one.organisation, one.label): one for one in asked}
    pool = [one for one in histories if (one.organisation, one.label) not in own]
    made = forecast_outturn([*asked, *pool], year, known, method=method)
    results = tuple(made)[: len(asked)]
    totals = _totals(year, known, results)
    return Forecasts(year, known, results, totals, tuple(asked), names or {}, is_over=is_over)


def _totals(year: FinancialYear, known: int, results: Iterable[Outturn]) -> tuple[Outturn, ...]:
    """The sum of each label of which several series are forecast from months."""
    by_label: dict[str, list[Outturn]] = {}
    for one in results:
        if one.value is not None and one.likely is not None and one.trajectory and one.months_known:
            by_label.setdefault(one.label, []).append(one)
    return tuple(
        replace(Outturns(year, known, tuple(group)).total(), organisation=ALL, label=label)
        for label, group in by_label.items()
        if len(group) > 1
    )


def outturn_table(told: Forecasts) -> Table:
    """A row a series: to date, forecast, both intervals, the change on last year, the method."""
    rows = []
    for one in (*told.results, *told.totals):
        grown = NOTHING
        if one.value is not None and one.last_year:
            grown = f"{signed(100 * (one.value / one.last_year - 1), 1)}%"
        likely, wide = (_between(interval) if one.value is not None else NOTHING for interval in (one.likely, one.wide))
        rows.append((told.name(one), number(one.to_date or None), number(one.value), likely, wide, grown))
    months = count(told.months_known, "month") if told.months_known else "given"
    headers = ("Series", f"To date, {months}", "Outturn", "80% interval", "95% interval", "On last year")
    return Table(f"Forecast outturn of {told.year}", headers, tuple(rows), (28, 14, 12, 18, 18, 10))


def _between(interval: Interval | None) -> str:
    """An interval, a dash for none or one of no width."""
    return NOTHING if interval is None or interval.low == interval.high else between(interval.low, interval.high)


def weights_table(told: Forecasts) -> Table:
    """What each method says and how much it weighs, a row a method, a column a series that is forecast from months."""
    there = [one for one in told.results if one.by_method]
    methods = [method for method in BASE if any(method in dict(one.by_method) for one in there)]
    rows = []
    for method in methods:
        cells = []
        for one in there:
            said, weight = dict(one.by_method).get(method), dict(one.shares).get(method)
            cells.append(f"{number(said)}{f' ({percent(round(weight, 3))})' if weight is not None else ''}")
        rows.append((method.value, *cells))
    headers = ("Method (weight in the average)", *(told.name(one) for one in there))
    return Table("What each method says", headers, tuple(rows))


def outturn_answer(told: Forecasts) -> dict[str, Any]:
    """The forecasts as JSON has them, unrounded."""
    return {
        "year": told.year.label,
        "months_known": told.months_known,
        "series": [_object(told, one) for one in told.results],
        "totals": [_object(told, one) for one in told.totals],
        "warnings": [str(one) for one in told.problems],
    }


def _object(told: Forecasts, one: Outturn) -> dict[str, Any]:
    months = [
        {"month": month_code(month), "value": value, "actual": actual}
        for month, value, actual in zip(one.year.months, one.trajectory, one.actual or (False,) * MONTHS, strict=False)
    ]
    return {
        "provider": one.organisation,
        "pod": one.label,
        "name": told.name(one),
        "value": one.value,
        "likely": _interval(one.likely),
        "wide": _interval(one.wide),
        "to_date": one.to_date,
        "last_year": one.last_year,
        "method": one.method.value,
        "weights": {method.value: weight for method, weight in one.shares},
        "by_method": {method.value: value for method, value in one.by_method},
        "months": months,
        "finding": one.finding,
        "notes": list(one.notes),
        "reason": one.reason,
    }


def _interval(one: Interval | None) -> dict[str, float] | None:
    return None if one is None else {"level": one.level, "low": one.low, "high": one.high}


def outturn_rows(told: Forecasts) -> list[dict[str, Any]]:
    """One row a series and month, for a spreadsheet."""
    return [
        {
            "provider": one.organisation,
            "pod": one.label,
            "month": month_code(month),
            "value": value,
            "actual": "yes" if actual else "no",
            "outturn": one.value,
            "low_80": one.likely.low if one.likely else None,
            "high_80": one.likely.high if one.likely else None,
            "low_95": one.wide.low if one.wide else None,
            "high_95": one.wide.high if one.wide else None,
            "method": one.method.value,
        }
        for one in told.results
        for month, value, actual in zip(one.year.months, one.trajectory, one.actual or (False,) * MONTHS, strict=False)
    ]


def back_test_table(tested: BackTest, names: dict[str, str], *, all_years: bool = True) -> Table:
    """A row a label, year and method: mean size of the errors, bias, spread, coverage and weight; the best first.

    Without ``all_years``, of the last year tested alone.
    """
    rows = []
    last = max(one.year for one in tested.rows)
    shown = [one for one in tested.rows if one.series and (all_years or one.year == last)]
    for one in sorted(shown, key=lambda row: (_place(tested, row.label), row.year.first, row.mape or 1e9)):
        said = [NOTHING if value is None else f"{number(value, 2)}" for value in (one.mape, one.bias)]
        spread = between(one.p10, one.p90, 1)
        held = [NOTHING if value is None else f"{number(value)}%" for value in (one.coverage_80, one.coverage_95)]
        weight = "" if one.weight is None else percent(round(one.weight, 3))
        label = names.get(one.label, one.label)
        rows.append((label, one.year.label, one.method.value, str(one.series), *said, spread, *held, weight))
    headers = (
        "Series of", "Year", "Method", "Series", "MAPE, %", "Bias, %", "Errors, P10 to P90, %", "80% held", "95% held",
        "Weight",
    )  # fmt: skip
    return Table(f"Forecasts from month {tested.months_known} of years that are over", headers, tuple(rows))


def _place(tested: BackTest, label: str) -> int:
    return list(dict.fromkeys(row.label for row in tested.rows)).index(label)


def back_test_answer(tested: BackTest) -> dict[str, Any]:
    """The back-test as JSON has it: a row a label, year and method; errors and coverage in per cent."""
    return {
        "months_known": tested.months_known,
        "rows": tested.frame().to_dicts(),
        "chosen": [
            {"label": label, "year": year.label, "method": method.value} for label, year, method in tested.chosen
        ],
        "finding": tested.finding,
    }


def back_test_findings(tested: BackTest, names: dict[str, str]) -> list[str]:
    """One sentence a label, on the last year tested."""
    told = []
    for label in dict.fromkeys(row.label for row in tested.rows):
        own = replace(tested, rows=tuple(row for row in tested.rows if row.label == label))
        name = names.get(label, label)
        told.append(f"{name}: {own.finding[0].lower()}{own.finding[1:]}" if name else own.finding)
    return told
