"""How each method would have done: years that are over, forecast from what was known in their month k."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import polars as pl

from trigpoint.activity.outturn.arrays import Floats, cube
from trigpoint.activity.outturn.estimate import ALL, Estimate, estimate
from trigpoint.activity.outturn.forecast import MONTHS, by_label, check, cut
from trigpoint.activity.outturn.history import History
from trigpoint.activity.outturn.intervals import LEVELS
from trigpoint.activity.outturn.methods import BASE, Method
from trigpoint.activity.outturn.sentences import printed
from trigpoint.activity.results.drawing import Drawn
from trigpoint.errors import InputError
from trigpoint.periods import FinancialYear


@dataclass(frozen=True, slots=True)
class BackTestRow:
    """One method in one year. Errors are forecast ÷ outturn − 1, in per cent; ``None`` where there was nothing to test.

    ``mape`` is the mean size of the errors, ``bias`` their mean, ``median``, ``p10`` and ``p90`` their quantiles.
    ``coverage_80`` and ``coverage_95`` say in how many per cent of the series the interval held the outturn; the
    intervals know errors of earlier years only. ``weight`` is the method's part in the average of that year.
    """

    label: str
    year: FinancialYear
    method: Method
    series: int
    mape: float | None = None
    median: float | None = None
    p10: float | None = None
    p90: float | None = None
    bias: float | None = None
    coverage_80: float | None = None
    coverage_95: float | None = None
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class BackTest(Drawn):
    """The rows of all labels, years and methods, and the method chosen for each label and year before it began to be
    tested."""

    drawings: ClassVar[tuple[str, ...]] = ("back-test",)

    months_known: int
    rows: tuple[BackTestRow, ...]
    chosen: tuple[tuple[str, FinancialYear, Method], ...]

    def row(self, method: Method, year: FinancialYear | None = None, label: str | None = None) -> BackTestRow:
        """The row of a method; of the last year and the first label where they are not given."""
        wanted = (label if label is not None else self.rows[0].label, year or max(row.year for row in self.rows))
        for row in self.rows:
            if row.method is method and (row.label, row.year) == wanted:
                return row
        raise InputError(f"the back-test has no row of {method.value} for that year and label")

    def frame(self) -> pl.DataFrame:
        """The rows as a frame, methods and years by their names."""
        return pl.DataFrame(
            [
                (
                    row.label, row.year.label, row.method.value, row.series, row.mape, row.median, row.p10, row.p90,
                    row.bias, row.coverage_80, row.coverage_95, row.weight,
                )
                for row in self.rows
            ],
            schema={
                "label": pl.String, "year": pl.String, "method": pl.String, "series": pl.Int64,
                **dict.fromkeys(
                    ("mape", "median", "p10", "p90", "bias", "coverage_80", "coverage_95", "weight"), pl.Float64
                ),
            },
            orient="row",
        )  # fmt: skip

    @property
    def finding(self) -> str:
        """One sentence on the last year tested: what the average erred by, and whether its interval held."""
        row = self.row(Method.AVERAGE)
        if row.mape is None or row.coverage_80 is None:
            return f"No series could be tested in {row.year}."
        best = min((one for one in self.rows if one.year == row.year and one.label == row.label and
                    one.mape is not None and one.method in BASE), key=lambda one: one.mape or 0.0)  # fmt: skip
        one = row.series == 1
        held = f"held {printed(row.coverage_80)}% of {row.series:,} outturns"
        if one:
            held = "held it" if row.coverage_80 else "did not hold it"
        return (
            f"From month {self.months_known} the model average missed {row.year} by {printed(row.mape, 1)}%"
            f"{'' if one else ' on average'} ({best.method.value}, best in hindsight, by "
            f"{printed(best.mape or 0.0, 1)}%); its 80% interval {held}."
        )


def back_test(
    histories: Sequence[History], months_known: int, years: Sequence[FinancialYear], *, screening: bool = True,
    asked: Collection[tuple[str, str]] | None = None,
) -> BackTest:  # fmt: skip
    """Forecast each of ``years`` from its month ``months_known``, and compare with what came.

    Nothing of a year tested is used after its month k, and nothing of later years: forecasts, weights, fits, screens
    and intervals are those that would have been made then. Series without a whole year to compare with are left out of
    that year. All series of a label are forecast together; with ``asked``, pairs of organisation and label, the rows
    are of the errors of those alone. Deterministic. Raises ``InputError`` for no years, for no month or 12, and as
    ``forecast_outturn``.

    >>> from trigpoint.periods import Month
    >>> flat = [History(str(n), "", Month(2016, 4), tuple([100.0 + n] * 36)) for n in range(4)]
    >>> round(back_test(flat, 5, [FinancialYear(2018)]).row(Method.POOLED_PROFILE).mape, 6)
    0.0
    """
    check(histories, months_known)
    if months_known == MONTHS or not years:
        what = "a back-test needs a month before the last, 1 to 11" if years else "a back-test needs a year to test"
        raise InputError(what, remedy="name years that are over")
    rows: list[BackTestRow] = []
    chosen = []
    for places in by_label(histories):
        group = [histories[at] for at in places]
        told = np.array([asked is None or (one.organisation, one.label) in asked for one in group])
        if not told.any():
            continue
        for year in sorted(years):
            first, values = cube(group, year)
            made = estimate(cut(values, months_known), first, months_known, screening=screening)
            truth = np.where(told[:, None], values[:, -1], np.nan)  # what is not known is not tested
            rows += _rows(made, truth, np.nansum(values[:, -1, :months_known], axis=1), group[0].label, year)
            chosen.append((group[0].label, year, made.weighing.chosen))
    return BackTest(months_known, tuple(rows), tuple(chosen))


def _rows(made: Estimate, months: Floats, to_date: Floats, label: str, year: FinancialYear) -> list[BackTestRow]:
    truth = months.sum(axis=1)
    weights = dict(zip(BASE, made.weighing.weights.tolist(), strict=True))
    rows = []
    for at, method in enumerate(ALL):
        forecast = made.forecasts[at]
        tested = np.isfinite(forecast) & (truth > 0)
        if not tested.any():
            rows.append(BackTestRow(label, year, method, 0, weight=weights.get(method)))
            continue
        errors = 100 * (forecast[tested] / truth[tested] - 1)
        figures = [np.abs(errors).mean(), *np.quantile(errors, (0.5, 0.1, 0.9)), errors.mean()]
        held = [_held(made, at, forecast[tested], truth[tested], to_date[tested], level) for level in LEVELS]
        mape, median, p10, p90, bias, coverage_80, coverage_95 = map(float, (*figures, *held))
        rows.append(
            BackTestRow(
                label, year, method, int(tested.sum()), mape, median, p10, p90, bias, coverage_80, coverage_95,
                weights.get(method),
            )
        )  # fmt: skip
    return rows


def _held(made: Estimate, at: int, forecast: Floats, truth: Floats, to_date: Floats, level: float) -> float:
    """Per cent of outturns within the interval of a method."""
    scale = made.calibrations[at]
    half = np.hypot(scale.own_half(level, forecast, to_date), scale.common_half(level))
    with np.errstate(divide="ignore"):
        return float(100 * (np.abs(np.log(truth / forecast)) <= half).mean())
