"""Plan against actual: one run, and the counts that came since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from trigpoint.activity.book.book import ActivityBook
from trigpoint.activity.monitor.actuals import Actuals, actuals_of, problems_of
from trigpoint.activity.monitor.ahead import coverages, reforecasts
from trigpoint.activity.monitor.cohorts import Watched, table_of, watched
from trigpoint.activity.monitor.days import DayResponse, day_response
from trigpoint.activity.monitor.parts import Compared, added, band_to_date, parts_of
from trigpoint.activity.monitor.planned import Planned, planned_of
from trigpoint.activity.monitor.result import Monitoring, Parts, PlanMonth, SchemeWatch, ToDate
from trigpoint.activity.results.run import ActivityRun, OutputKey, SeriesRun
from trigpoint.errors import InputError
from trigpoint.periods import FinancialYear, Month
from trigpoint.wording import listed

_HALF = 0.5  # a scheme factor is kept from turning a month's plan to nothing or less
_NAMED = 3


def monitor(run: ActivityRun, book: ActivityBook | None = None, at: Month | None = None) -> Monitoring:
    """Compare a run with the counts of ``book`` (by default the run's own) in its plan months, up to ``at``.

    For every series, point of delivery and month: do something as planned with its 80% band, the actual, and the
    difference in parts that sum to it exactly (``Part``): the base year's outturn that was not as forecast, working
    days, under-delivery of schemes that single out cells, mix between series, and volume, the rest. Then the year to
    date, what is seen of each scheme, a new forecast of the year from its own months, and how often the bands held.
    A month that is missing, negative or incomplete is left out of plan and actual, and named. The last plan month with
    any count, not after ``at``, is the end. Activity in counts, unrounded. Method: ``docs/methods-monitor.md``.
    """
    taken = book if book is not None else run.book
    by = _told_apart(run, taken)
    if isinstance(by, InputError):
        return Monitoring(None, (), (), (), (), (), (by,))
    actuals = actuals_of(taken.counts, by, run.months[0])
    end = _latest(run, actuals, at)
    if end is None:
        return Monitoring(None, (), (), (), (), (), problems_of(actuals, run.months))
    outturns = {(one.organisation, one.label): one.value for one in run.outturns}
    desk = _Desk(run, actuals, tuple(month for month in run.months if month <= end), planned_of(run), outturns)
    months: list[PlanMonth] = []
    to_date: list[ToDate] = []
    watches: list[SchemeWatch] = []
    for pod in run.pods:
        told = _Pod(desk, pod, tuple(one for one in run.series if one.key.pod == pod.key.pod))
        of_pod = told.months()
        months += of_pod
        to_date += told.to_date(of_pod)
        watches += [watch for one in told.watched.values() for watch in one.watches]
    problems = (*problems_of(actuals, desk.months), *_strangers(run, actuals, desk.months))
    ahead = reforecasts(run, actuals, desk.months[-1])
    return Monitoring(end, tuple(months), tuple(to_date), tuple(watches), ahead, coverages(months), problems)


def _told_apart(run: ActivityRun, book: ActivityBook) -> tuple[str, ...] | InputError:
    """The attributes that the run's series are told apart by; an error where the counts do not have them."""
    settings, cells = run.book.settings, run.book.cells
    known = run.book.counts.columns if cells is None else cells.columns
    names = tuple(name for name in settings.output_by if name in known)
    lacking = [name for name in names if name not in book.counts.columns]
    if not lacking:
        return names
    what = f"the plan is told apart by {listed(lacking)}, and the counts are not"
    return InputError(what, remedy="add the column to counts.csv, or take it out of output_by")


def _latest(run: ActivityRun, actuals: Actuals, at: Month | None) -> Month | None:
    """The last plan month with any count, not after ``at``."""
    wanted = {month for month in run.months if at is None or month <= at}
    found = [month for one in run.series for month in actuals.values.get(one.key, {}) if month in wanted]
    return max(found, default=None)


def _strangers(run: ActivityRun, actuals: Actuals, months: Sequence[Month]) -> list[InputError]:
    """Series that have counts in these months and no plan."""
    planned, wanted = {one.key for one in run.series}, set(months)
    found = []
    for key, known in actuals.values.items():
        if key not in planned and wanted & set(known):
            name = ", ".join(part for part in (key.provider, key.pod, *key.detail) if part)
            remedy = "it had no activity before; give it a total, or look whether its name has changed"
            found.append(InputError(f"{name} has counts in the plan's months and no plan", remedy=remedy))
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Desk:
    """What all points of delivery share."""

    run: ActivityRun
    actuals: Actuals
    months: tuple[Month, ...]
    planned: tuple[Planned, ...]
    outturns: dict[tuple[str, str], float | None]

    def index(self, month: Month) -> int:
        return self.run.months.index(month)

    @property
    def years(self) -> list[FinancialYear]:
        return [year for year in self.run.years if any(month in year.months for month in self.months)]


class _Pod:
    """One point of delivery: its series month by month."""

    def __init__(self, desk: _Desk, pod: SeriesRun, series: Sequence[SeriesRun]) -> None:
        self.desk, self.pod, self.series = desk, pod, series
        named = next((one for one in desk.run.book.pods if one.code == pod.key.pod), None)
        self.name = named.name if named is not None else pod.key.pod
        self.unit = named.unit if named is not None else ""
        self.whole = [
            month for month in desk.months if all(desk.actuals.value(one.key, month) is not None for one in series)
        ]
        self.baseline = {one.key: self._baseline(one) for one in series}
        base = desk.run.book.settings.base_year
        working = named is not None and named.days == "working"
        self.days: DayResponse = day_response(desk.actuals, [one.key for one in series], base, working=working)
        self.watched: dict[FinancialYear, Watched] = {year: self._watched(year) for year in desk.years}

    def _baseline(self, series: SeriesRun) -> float:
        """The base year as it came ÷ as it was forecast, of the whole provider; 1 where it is not whole yet."""
        provider, pod = series.key.provider, series.key.pod
        mine = [one.key for one in self.series if one.key.provider == provider]
        months = self.desk.run.book.settings.base_year.months
        came = [self.desk.actuals.whole(key, months) for key in mine]
        forecast = self.desk.outturns.get((provider, pod))
        total = sum(one or 0.0 for one in came)
        return total / forecast if forecast and total > 0 and None not in came else 1.0

    def _watched(self, year: FinancialYear) -> Watched:
        desk, base = self.desk, self.desk.run.book.settings.base_year
        # A month can be compared where the base year's same month is known too.
        months = [month for month in self.whole if month in year.months and self._known(base, year, month)]
        table = table_of(desk.actuals, self.pod.key.pod, months, base) if months else None
        at = [desk.index(month) for month in months or desk.months if month in year.months]
        return watched(self.pod.key.pod, year, desk.planned, at, table)

    def _known(self, base: FinancialYear, year: FinancialYear, month: Month) -> bool:
        same = base.months[year.months.index(month)]
        return all(self.desk.actuals.value(one.key, same) is not None for one in self.series)

    def months(self) -> list[PlanMonth]:
        """Every month of the point of delivery and of its series."""
        found = []
        for month in self.desk.months:
            at = self.desk.index(month)
            there = [one for one in self.series if self.desk.actuals.value(one.key, month) is not None]
            compared = [self._compared(one, at, month) for one in there]
            parts = dict(zip((one.key for one in there), parts_of(compared), strict=True))
            each = [self._month(one, at, month, parts.get(one.key, ())) for one in self.series]
            found += [self._together(at, month, [one for one in each if one.actual is not None]), *each]
        return found

    def _compared(self, series: SeriesRun, at: int, month: Month) -> Compared:
        plan = float(series.do_something.mean[at])
        actual = self.desk.actuals.value(series.key, month) or 0.0
        schemes = self._scheme_factor(series.key, at, month, plan)
        return Compared(plan, actual, self.baseline[series.key], self.days.factor(month), schemes)

    def _scheme_factor(self, key: OutputKey, at: int, month: Month, plan: float) -> float:
        """1 + under-delivery ÷ plan of this month, where the cohorts tell: as much a month as was planned in it."""
        if plan <= 0 or any(key.detail):
            return 1.0
        change = 0.0
        for watch in self.watched[FinancialYear.of(month.start)].counted:
            under = watch.under_delivery
            if under is None or watch.planned == 0:
                continue
            mine = [one for one in self.desk.planned if (one.provider, one.pod) == (key.provider, key.pod)]
            mine = [one for one in mine if one.narrow and one.scheme.id in watch.schemes]
            change += under * sum(float(one.changes[at]) for one in mine) / watch.planned
        return max(1 + change / plan, _HALF)

    def _month(self, series: SeriesRun, at: int, month: Month, parts: Parts) -> PlanMonth:
        band, key = series.do_something, series.key
        actual = self.desk.actuals.value(key, month)
        reason = "" if actual is not None else self.desk.actuals.why(key, month)
        plan, low, high = (float(one[at]) for one in (band.mean, band.p10, band.p90))
        return PlanMonth(key.provider, key.pod, key.detail, month, plan, low, high, actual, parts, reason)

    def _together(self, at: int, month: Month, there: Sequence[PlanMonth]) -> PlanMonth:
        """The point of delivery: the series that have an actual, and the band where all have."""
        band, pod = self.pod.do_something, self.pod.key.pod
        if not there:
            plan, low, high = (float(one[at]) for one in (band.mean, band.p10, band.p90))
            return PlanMonth("", pod, (), month, plan, low, high, None, reason="no provider has a count")
        actual = sum(one.actual or 0.0 for one in there)
        parts = added([one.parts for one in there])
        plan = sum(one.plan for one in there)
        if len(there) < len(self.series):
            lacking = {one.key.provider for one in self.series} - {one.provider for one in there}
            reason = f"without {listed(sorted(lacking))}" if lacking else "without some of its parts"
            return PlanMonth("", pod, (), month, plan, None, None, actual, parts, reason)
        return PlanMonth("", pod, (), month, plan, float(band.p10[at]), float(band.p90[at]), actual, parts)

    def to_date(self, months: Sequence[PlanMonth]) -> list[ToDate]:
        """The months of each plan year that have an actual, added up."""
        rows: dict[tuple[str, tuple[str, ...], FinancialYear], list[PlanMonth]] = {}
        for one in months:
            rows.setdefault((one.provider, one.detail, FinancialYear.of(one.month.start)), []).append(one)
        found = []
        for year in self.desk.years:
            for series in (self.pod, *self.series):
                mine = rows.get((series.key.provider, series.key.detail, year), [])
                there = [one for one in mine if one.actual is not None]
                if there:
                    found.append(self._summed(series, year, there, [one for one in mine if one.actual is None]))
        return found

    def _summed(
        self, series: SeriesRun, year: FinancialYear, there: Sequence[PlanMonth], lacking: Sequence[PlanMonth]
    ) -> ToDate:
        key = series.key
        label = ", ".join(part for part in (key.provider, self.name, *key.detail) if part)
        partial = [one for one in there if one.low is None]
        low, high = (None, None) if partial else self._band(series, year, [one.month for one in there])
        broad = [one for one in self.desk.planned if one.pod == key.pod and not one.narrow]
        broad = [one for one in broad if key.provider in ("", one.provider) and not any(key.detail)]
        at = [self.desk.index(one.month) for one in there]
        made = ToDate(
            key.provider, key.pod, key.detail, year, len(there), there[-1].month, sum(one.plan for one in there), low,
            high, sum(one.actual or 0.0 for one in there), added([one.parts for one in there]), self.unit, label,
            float(sum(one.changes[at].sum() for one in broad)),
        )  # fmt: skip
        return replace(made, missing=_missing(lacking, partial))

    def _band(self, series: SeriesRun, year: FinancialYear, months: Sequence[Month]) -> tuple[float, float]:
        number = self.desk.run.years.index(year)
        span = slice(12 * number, 12 * number + 12)
        band, annual = series.do_something, series.annual_do_something
        whole = (float(annual.mean[number]), float(annual.p10[number]), float(annual.p90[number]))
        taken = [year.months.index(month) for month in months]
        return band_to_date(np.asarray(band.mean)[span], band.p10[span], band.p90[span], whole, taken)


def _missing(lacking: Sequence[PlanMonth], partial: Sequence[PlanMonth]) -> str:
    """Which months are left out, and which lack a provider."""
    said = []
    if lacking:
        named = [f"{one.month.label} ({one.reason})" for one in lacking[:_NAMED]]
        more = [f"{len(lacking) - _NAMED:,} more"] if len(lacking) > _NAMED else []
        said.append(f"without {listed([*named, *more])}")
    by_reason: dict[str, list[str]] = {}
    for one in partial:
        by_reason.setdefault(one.reason, []).append(one.month.label)
    said += [f"{listed(months[:_NAMED])}{' and others' if len(months) > _NAMED else ''} {reason}"
             for reason, months in by_reason.items()]  # fmt: skip
    return "; ".join(said)
