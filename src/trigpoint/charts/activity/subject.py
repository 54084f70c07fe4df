"""What a picture is of: the series of a run, its names and units, and which months of its base year are actual."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from trigpoint.charts.frame import clean
from trigpoint.charts.upright import drawn

if TYPE_CHECKING:
    from trigpoint.activity.book.book import PodName
    from trigpoint.activity.results.run import ActivityRun, OutputKey, SeriesRun
    from trigpoint.periods import FinancialYear

_UNIT = 40  # characters of a unit that an axis has room for


def series_of(run: ActivityRun, pod: str, provider: str = "", detail: Sequence[str] = ()) -> SeriesRun | None:
    """The series of a point of delivery (its code or its name): of one provider, or over all of them."""
    among = run.series if provider else run.pods
    code = code_of(run, pod)
    found = [one for one in among if one.key.pod in (pod, code) and (not provider or one.key.provider == provider)]
    wanted = [one for one in found if tuple(one.key.detail) == tuple(detail)]
    return wanted[0] if wanted else found[0] if len(found) == 1 and not detail else None


def code_of(run: ActivityRun, pod: str) -> str:
    """The code of a point of delivery that is given by its code or its name."""
    return next((each.code for each in run.book.pods if pod in (each.code, each.name)), pod)


def _entry(run: ActivityRun, pod: str) -> PodName | None:
    return next((each for each in run.book.pods if each.code == code_of(run, pod)), None)


def pod_name(run: ActivityRun, pod: str) -> str:
    """The name on paper, or the code where the book gives no name."""
    entry = _entry(run, pod)
    return clean((entry.name if entry else "") or pod) or "All activity"


def unit_of(run: ActivityRun, pod: str) -> str:
    """What one of it is called: attendances, admissions."""
    entry = _entry(run, pod)
    return clean(entry.unit)[:_UNIT] if entry else ""


def title_of(run: ActivityRun, pod: str, provider: str, detail: Sequence[str] = ()) -> str:
    """Point of delivery, provider and detail, and the scenario where it is not the plan as entered."""
    scenario = clean(run.scenario.name) if run.scenario.id else ""
    return ", ".join(part for part in (pod_name(run, pod), *map(clean, (provider, *detail)), scenario) if part)


def pods_of(run: ActivityRun) -> list[SeriesRun]:
    """One series a point of delivery, over all providers, in the order of the run."""
    seen: dict[str, SeriesRun] = {}
    for one in run.pods:
        if one.key.pod not in seen or not any(one.key.detail):
            seen[one.key.pod] = one
    return list(seen.values())


def actual_months(run: ActivityRun, key: OutputKey) -> tuple[bool, ...]:
    """Which of the twelve months of the base year were counted; the rest are forecast."""
    pods = {key.pod, pod_name(run, key.pod)}
    own = [
        one
        for one in run.outturns
        if (one.label in pods or one.label.split(", ")[0] in pods)
        and (not key.provider or one.organisation == key.provider)
        and len(one.actual) == 12
    ]
    if own:
        return tuple(map(all, zip(*(one.actual for one in own), strict=True)))
    given = any(
        total.pod == key.pod and (not key.provider or total.provider == key.provider) for total in run.book.totals
    )
    known = 0 if given else run.book.settings.months_known or 0
    return tuple(at < known for at in range(12))


def base_interval(run: ActivityRun, key: OutputKey) -> tuple[float | None, float | None]:
    """The 80% interval of the base year's outturn, as ``Outturns.total`` reckons that of a sum: own errors cancel in
    part, the shock common to all does not. Nothing where a part of it has no interval."""
    own = [
        one for one in run.outturns if one.label == key.pod and (not key.provider or one.organisation == key.provider)
    ]
    parts = [(one.value, one.likely) for one in own if one.value is not None and one.likely is not None]
    total = sum(value for value, _ in parts)
    if not parts or len(parts) < len(own) or total <= 0:
        return None, None
    apart = math.hypot(*(likely.own * value for value, likely in parts)) / total
    together = sum(likely.common * value for value, likely in parts) / total
    half = math.exp(min(math.hypot(apart, together), 100.0))
    low = max(total / half, sum(one.to_date for one in own))
    return drawn(low), drawn(total * half)


def year_at(run: ActivityRun, year: FinancialYear) -> int | None:
    """The place of a year among the plan years."""
    return run.years.index(year) if year in run.years else None


def is_illustrative(run: ActivityRun) -> bool:
    """Whether anything in the run was invented."""
    return run.book.illustrative or any(one.illustrative for one in (*run.series, *run.pods))
