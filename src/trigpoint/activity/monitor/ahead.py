"""The plan year as it looks now, and how often the plan's bands held."""

from __future__ import annotations

import math
from collections.abc import Sequence

from trigpoint.activity.monitor.actuals import Actuals
from trigpoint.activity.monitor.result import Coverage, PlanMonth, Reforecast, Verdict
from trigpoint.activity.outturn.forecast import forecast_outturn
from trigpoint.activity.outturn.history import History
from trigpoint.activity.outturn.result import Outturn, Outturns
from trigpoint.activity.outturn.sources import history_of_rows
from trigpoint.activity.results.run import ActivityRun, SeriesRun
from trigpoint.errors import InputError
from trigpoint.periods import FinancialYear, Month

_LEVEL, _TAIL = 0.8, 0.05


def reforecasts(run: ActivityRun, actuals: Actuals, at: Month) -> tuple[Reforecast, ...]:
    """A new forecast of the plan year of ``at`` for every series and point of delivery, by the outturn engine.

    It knows the months up to ``at`` and all years before, and nothing of the plan: what schemes did is in its months.
    """
    year = FinancialYear.of(at.start)
    if year not in run.years:
        return ()
    known = year.months.index(at) + 1
    histories = _histories(run, actuals, at)
    made = {}
    if histories:
        for told in forecast_outturn(histories, year, known, method=run.book.settings.method):
            made[told.organisation, told.label] = told
    number = run.years.index(year)
    found = []
    for pod in run.pods:
        mine = [one for one in run.series if one.key.pod == pod.key.pod]
        parts = {one.key.provider: made.get((one.key.provider, one.key.pod)) for one in mine}
        name = _name(run, pod.key.pod)
        found.append(_reforecast(pod, year, known, number, _total(list(parts.values()), year, known), name))
        # Series told apart by attributes have no forecast of their own: they are forecast as one provider.
        for one in (one for one in mine if not any(one.key.detail)):
            label = f"{one.key.provider}, {name}"
            found.append(_reforecast(one, year, known, number, parts[one.key.provider], label))
    return tuple(found)


Counted = tuple[float | None, str]


def _histories(run: ActivityRun, actuals: Actuals, at: Month) -> list[History]:
    wanted = {(one.key.provider, one.key.pod) for one in run.series}
    months: dict[tuple[str, str], dict[Month, list[Counted]]] = {key: {} for key in sorted(wanted)}
    for key in {*actuals.values, *actuals.reasons}:
        mine = months.get((key.provider, key.pod), {})
        for month, value in actuals.values.get(key, {}).items():
            mine.setdefault(month, []).append((value, ""))
        for month, why in actuals.reasons.get(key, {}).items():
            mine.setdefault(month, []).append((None, why))
    found = []
    for (provider, pod), known in months.items():
        rows = [(month, *_summed(parts)) for month, parts in sorted(known.items()) if month <= at]
        if rows:
            found.append(history_of_rows(rows, organisation=provider, label=pod))
    return found


def _summed(parts: Sequence[Counted]) -> Counted:
    """The parts of a month together; none where one of them has none."""
    known = [value for value, _ in parts if value is not None]
    if len(known) == len(parts):
        return sum(known), ""
    return None, next(why for value, why in parts if value is None)


def _total(parts: Sequence[Outturn | None], year: FinancialYear, known: int) -> Outturn | None:
    """All providers together; none where one has no forecast, for a part beside a whole plan says nothing."""
    there = [one for one in parts if one is not None]
    if not there:
        return None
    lacking = next((one for one in there if one.value is None), None)
    if len(there) < len(parts) or lacking is not None:
        reason = f"{lacking.name} has none ({lacking.reason})" if lacking is not None else "a provider has no counts"
        return Outturn("", there[0].label, year, known, None, reason=reason)
    return Outturns(year, known, tuple(there)).total()


def _reforecast(
    series: SeriesRun, year: FinancialYear, known: int, at: int, made: Outturn | None, name: str
) -> Reforecast:
    band = series.annual_do_something
    plan = (float(band.mean[at]), float(band.p10[at]), float(band.p90[at]))
    key = series.key
    if made is None or made.value is None:
        reason = "it has no counts" if made is None else made.reason
        return Reforecast(key.provider, key.pod, year, known, *plan, None, reason=reason, name=name)
    low, high = (None, None) if made.likely is None else (made.likely.low, made.likely.high)
    return Reforecast(key.provider, key.pod, year, known, *plan, made.value, low, high, name=name)


def _name(run: ActivityRun, pod: str) -> str:
    return next((one.name for one in run.book.pods if one.code == pod), pod)


def coverages(months: Sequence[PlanMonth]) -> tuple[Coverage, ...]:
    """How often the bands held: by point of delivery, by provider within it, and over all points of delivery."""
    groups: dict[tuple[str, str], list[Verdict]] = {}
    for one in months:
        if one.verdict is Verdict.UNKNOWN or any(one.detail):
            continue
        groups.setdefault((one.provider, one.pod), []).append(one.verdict)
        if not one.provider:
            groups.setdefault(("", ""), []).append(one.verdict)
    # All together stands last, after its parts.
    return tuple(_coverage(*key, groups[key]) for key in sorted(groups, key=lambda one: one == ("", "")))


def _coverage(provider: str, pod: str, found: Sequence[Verdict]) -> Coverage:
    inside, above, below = (found.count(one) for one in (Verdict.WITHIN, Verdict.ABOVE, Verdict.BELOW))
    low, high = usual_counts(len(found))
    return Coverage(provider, pod, len(found), inside, above, below, low, high, _LEVEL)


def usual_counts(number: int, level: float = _LEVEL, tail: float = _TAIL) -> tuple[int, int]:
    """The smallest and largest of nine counts in ten, of ``number`` independent months each inside with ``level``.

    >>> usual_counts(8), usual_counts(48)
    ((4, 8), (34, 43))
    """
    if number < 1:
        raise InputError("there are no months to count", remedy="wait for one")
    logs = [
        math.lgamma(number + 1) - math.lgamma(one + 1) - math.lgamma(number - one + 1)
        + one * math.log(level) + (number - one) * math.log(1 - level)
        for one in range(number + 1)
    ]  # fmt: skip
    low = high = 0
    sofar = 0.0
    for one, log in enumerate(logs):
        before = sofar
        sofar += math.exp(log)
        if before <= tail:
            low = one
        if before < 1 - tail:
            high = one
    return low, high
