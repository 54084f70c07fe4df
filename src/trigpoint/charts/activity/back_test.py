"""How well the methods of forecasting would have done: what they miss by, and whether their intervals hold."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trigpoint.charts.activity.look import PAST, REFORECAST
from trigpoint.charts.drawing import page
from trigpoint.charts.frame import clean
from trigpoint.charts.illustrative import marked
from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.printed import per_cent, shown
from trigpoint.charts.row import WIDTH, Frame, Lines, Mark, Row
from trigpoint.charts.rows import rows_body, rows_spec
from trigpoint.charts.style import under_title
from trigpoint.charts.upright import NOTHING, drawn
from trigpoint.measures.figures import PERCENTAGE
from trigpoint.measures.standing import Form
from trigpoint.wording import capital, count, listed

if TYPE_CHECKING:
    from trigpoint.activity.outturn.back_test import BackTest, BackTestRow
    from trigpoint.periods import FinancialYear

__all__ = ["back_test_picture"]

_PANEL = WIDTH * 2 // 3
_COMBINED = ("AVERAGE", "CHOSEN")  # made of the other methods
_PERCENT = Form(1, PERCENTAGE, "")
_LEVELS = ((80, "coverage_80", "circle", False), (95, "coverage_95", "square", True))


@dataclass(frozen=True, slots=True)
class _Pooled:
    """A method over several labels and years: exact, since each figure is a mean over the series of its row."""

    method: str
    series: int
    mape: float | None
    bias: float | None
    coverage: tuple[float | None, float | None]
    is_average: bool
    combined: bool


def back_test_picture(
    back_test: BackTest, *, label: str | None = None, year: FinancialYear | None = None, illustrative: bool = False
) -> Picture:
    """The mean size of each method's errors, the best at the top, and beside it the share of outturns that its
    intervals held, against the 80% and 95% that they promise.

    All labels and years are pooled, each by its number of series, unless ``label`` or ``year`` keeps to one. The model
    average, which forecasts by default, is named in bold. The finding compares it with the best and the worst in
    hindsight; the table has every label, year and method.

    >>> from trigpoint.activity.outturn import History, back_test
    >>> from trigpoint.periods import FinancialYear, Month
    >>> flat = [History(str(at), "", Month(2015, 4), tuple([100.0 + at] * 36)) for at in range(3)]
    >>> picture = back_test_picture(back_test(flat, 5, [FinancialYear(2017)]))
    >>> picture.table.headers[:5]
    ('Method', 'Year', 'Of', 'Series', 'Mean size of error')
    """
    own = [
        row for row in back_test.rows if (label is None or row.label == label) and (year is None or row.year == year)
    ]
    pooled = sorted(_pooled(own), key=lambda one: (one.mape is None, one.mape or 0.0, one.method))
    years = sorted({row.year for row in own})
    title = f"Forecast outturn from month {back_test.months_known}, back-tested"
    title += f" on {listed([each.label for each in years])}" if 0 < len(years) <= 4 else ""
    title += f": {clean(label)}" if label else ""
    finding = _finding(pooled, back_test.months_known)
    alt = f"Two charts of forecasting methods, errors and coverage. {finding}"
    tested = [one for one in pooled if one.mape is not None]
    key = "Right: share of outturns within the intervals. Solid: 80% intervals; hollow: 95%."
    table = _table(title, own)
    if not tested:
        spec = rows_spec(
            (), Frame(_PERCENT, ""), title=title, finding=finding, description=alt, empty="Nothing could be tested"
        )
        return marked(Picture(spec, finding, alt, table), illustrative=illustrative)
    errors = Frame(_PERCENT, "Mean size of error", width=_PANEL, from_zero=True)
    held = Frame(
        _PERCENT,
        "Outturns within",
        width=_PANEL,
        lines=tuple(Lines(level, f"{level}%", (5, 3)) for level, *_ in _LEVELS),
    )
    panels = [rows_body([_error(one) for one in tested], errors), rows_body([_held(one) for one in tested], held)]
    body = {"concat": panels, "columns": 2, "spacing": 24}
    spec = page(body, title, alt)
    spec["title"].update(under_title(finding, key))
    return marked(Picture(spec, finding, alt, table), illustrative=illustrative)


def _pooled(rows: Sequence[BackTestRow]) -> list[_Pooled]:
    found = []
    for method in dict.fromkeys(row.method for row in rows):
        own = [row for row in rows if row.method is method]
        mean = {name: _mean(own, name) for name in ("mape", "bias", "coverage_80", "coverage_95")}
        series = sum(row.series for row in own if row.mape is not None)
        coverage = (mean["coverage_80"], mean["coverage_95"])
        found.append(
            _Pooled(
                method.value,
                series,
                mean["mape"],
                mean["bias"],
                coverage,
                method.name == "AVERAGE",
                method.name in _COMBINED,
            )
        )
    return found


def _mean(rows: Sequence[BackTestRow], name: str) -> float | None:
    known = [(row.series, value) for row in rows if (value := drawn(getattr(row, name))) is not None and row.series]
    weight = sum(series for series, _ in known)
    return math.fsum(series * value for series, value in known) / weight if weight else None


def _percent(value: float | None, decimals: int = 1) -> str:
    return NOTHING if value is None else f"{shown(value, decimals)}%"


def _error(one: _Pooled) -> Row:
    mape = one.mape or 0.0
    colour = REFORECAST.colour if one.is_average else PAST.colour
    made = count(one.series, "forecast")
    tip = f"{capital(one.method)}: {_percent(mape)} on average, bias {per_cent(one.bias)}, {made}"
    return Row(capital(one.method), _percent(mape), bar=(0.0, mape, colour), strong=one.is_average, tip=tip)


def _held(one: _Pooled) -> Row:
    colour = REFORECAST.colour if one.is_average else PAST.colour
    marks = tuple(
        Mark(value, shape, colour, hollow, tip=f"{capital(one.method)}: {_percent(value)} within {level}% intervals")
        for value, (level, _, shape, hollow) in reversed(list(zip(one.coverage, _LEVELS, strict=True)))
        if value is not None
    )
    return Row("", marks=marks)


def _finding(pooled: Sequence[_Pooled], months_known: int) -> str:
    tested = [one for one in pooled if one.mape is not None]
    if not tested:
        return f"Nothing could be tested from month {months_known}."
    average = next((one for one in tested if one.is_average), tested[0])
    others = [one for one in tested if not one.combined]
    hindsight = f" ({others[0].method}, best in hindsight, by {_percent(others[0].mape)}; " if others else ""
    hindsight += f"{others[-1].method}, the worst, by {_percent(others[-1].mape)})" if others else ""
    held = (
        f"; its 80% intervals held {_percent(average.coverage[0], 0)} of {count(average.series, 'outturn')}"
        if average.coverage[0] is not None
        else ""
    )
    missed = f"missed by {_percent(average.mape)} on average"
    return f"From month {months_known} the {average.method} {missed}{hindsight}{held}."


def _table(title: str, rows: Sequence[BackTestRow]) -> DataTable:
    headers = (
        "Method", "Year", "Of", "Series", "Mean size of error", "Bias", "10% to 90% of errors", "Within 80%",
        "Within 95%", "Weight",
    )  # fmt: skip
    cells = []
    for row in rows:
        spread = (drawn(row.p10), drawn(row.p90))
        errors = NOTHING if None in spread else f"{per_cent(spread[0])} to {per_cent(spread[1])}"
        weight = drawn(row.weight)
        cells.append((
            capital(row.method.value), row.year.label, clean(row.label) or NOTHING, f"{row.series:,}",
            _percent(drawn(row.mape)), per_cent(row.bias), errors, _percent(drawn(row.coverage_80), 0),
            _percent(drawn(row.coverage_95), 0), NOTHING if weight is None else _percent(100 * weight, 0),
        ))  # fmt: skip
    return DataTable(f"{title}: every method", headers, tuple(cells))
