"""The tables of a run as printed text: years, bridge, schemes, beds. The same on the terminal, in Word and in pages.

Printed whole numbers add up: the steps of a bridge sum to its printed end, whatever was rounded.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from trigpoint.activity.outturn.sentences import printed
from trigpoint.activity.results.run import ActivityRun, SchemeResult
from trigpoint.periods import FinancialYear
from trigpoint.reports.activity.answer import bridge_by_pod
from trigpoint.reports.activity.assumptions import assumption_rows
from trigpoint.reports.activity.words import (
    NOTHING,
    between,
    change,
    key_name,
    number,
    percent,
    pod_name,
    signed,
    whole_numbers,
)
from trigpoint.reports.blocks import Table

BASELINE = "baseline"
STAR = "*"
DO_SOMETHING = "Do something"


def annual_table(run: ActivityRun, *, by_series: bool = False) -> Table:
    """A row a point of delivery and year: forecast outturn, do nothing, do something with its interval, the change.

    With ``by_series`` a row a series and year: provider and details apart, such as specialties.
    The change is that of do something on the forecast outturn; a star marks illustrative figures.
    """
    rows = []
    for one in run.series if by_series else run.pods:
        name = f"{key_name(run.book, one.key)}{STAR if one.illustrative else ''}"
        base = float(one.base.sum())
        for at, year in enumerate(run.years):
            nothing, something = one.annual_do_nothing, one.annual_do_something
            mean = float(something.mean[at])
            interval = between(float(something.p10[at]), float(something.p90[at]))
            told = (number(base), number(float(nothing.mean[at])), number(mean), interval, change(mean, base))
            rows.append((name, year.label, *told))
    outturn = f"Outturn {run.book.settings.base_year}"
    headers = ("Point of delivery", "Year", outturn, "Do nothing", "Do something", "80% interval", "Change")
    of = ", ".join(("provider", *run.book.settings.output_by)) if by_series else ""
    return Table(
        f"Activity by point of delivery{f', {of}' if of else ''} and year",
        headers,
        tuple(rows),
        (24, 10, 12, 12, 14, 20, 10),
    )


def bridge_table(run: ActivityRun, pod: str) -> Table:
    """The steps of one point of delivery from the base year's outturn to do something, a column a year."""
    columns = [_steps(run, pod, year) for year in run.years]
    parts = [part for part in dict.fromkeys(part for column in columns for part in column) if part != DO_SOMETHING]
    rows = tuple((part, *(column.get(part, NOTHING) for column in columns)) for part in (*parts, DO_SOMETHING))
    headers = ("From outturn to do something", *(year.label for year in run.years))
    return Table(f"{pod_name(run.book, pod)}: what makes the difference", headers, rows, (52, *(16,) * len(run.years)))


def _steps(run: ActivityRun, pod: str, year: FinancialYear) -> dict[str, str]:
    """Each part's name with its printed number; they add up as printed."""
    found = [(part, value, one.name) for (_, of, part), (value, one) in bridge_by_pod(
        one for one in run.bridge if one.pod == pod).items() if of == year]  # fmt: skip
    if not found:
        return {}
    total = int(_whole(sum(value for _, value, _ in found)))
    start = [(name or "Outturn", value) for part, value, name in found if part == BASELINE]
    first = [int(_whole(value)) for _, value in start]
    steps = [(name or part, value) for part, value, name in found if part != BASELINE]
    names = _told_apart([name for name, _ in steps], [part for part, _, _ in found if part != BASELINE])
    wholes = whole_numbers([value for _, value in steps], total - sum(first))
    told = {f"Outturn {run.book.settings.base_year}": number(float(sum(first)))} if start else {}
    told |= {name: signed(float(whole)) for name, whole in zip(names, wholes, strict=True)}
    return told | {DO_SOMETHING: number(float(total))}


def _told_apart(names: Sequence[str], ids: Sequence[str]) -> list[str]:
    """Names, with the id behind one that stands twice."""
    return [f"{name} ({key})" if list(names).count(name) > 1 else name for name, key in zip(names, ids, strict=True)]


def _whole(value: float) -> str:
    return printed(value).replace(",", "").replace("−", "-")


def schemes_table(run: ActivityRun) -> Table:
    """What each scheme changes in a point of delivery and year: the largest in the last year first, with its interval,
    how often it is delivered, what was said that it changes, and how likely it is to change as much."""
    rows = [
        (
            one.name or one.id,
            pod_name(run.book, one.pod),
            one.year.label,
            signed(one.mean),
            between(one.p10, one.p90),
            percent(round(one.delivered, 2)),
            NOTHING if one.stated is None else signed(one.stated),
            NOTHING if one.meets is None else percent(round(one.meets, 2)),
        )
        for one in _ranked(run.schemes)
        if one.mean or one.p10 or one.p90
    ]
    headers = ("Scheme", "Point of delivery", "Year", "Change", "80% interval", "Delivered", "As stated", "Meets it")
    return Table("What the schemes change", headers, tuple(rows), (24, 16, 12, 10, 20, 14, 11, 9))


def _ranked(schemes: Sequence[SchemeResult]) -> list[SchemeResult]:
    """By what each scheme changes in its last year, over all points of delivery; those of one scheme together."""
    size: dict[str, float] = {}
    last = max((one.year for one in schemes), default=None)
    for one in schemes:
        size[one.id] = max(size.get(one.id, 0.0), abs(one.mean) if one.year == last else 0.0)
    return sorted(schemes, key=lambda one: -size[one.id])


def beds_table(run: ActivityRun) -> Table:
    """Beds at the target occupancy with and without the schemes."""
    rows = [
        (
            ", ".join(part for part in (pod_name(run.book, one.pod), one.provider) if part),
            one.year.label,
            number(one.bed_days),
            number(one.do_nothing_beds, 1),
            number(one.beds, 1),
            between(one.beds_p10, one.beds_p90, 1),
        )
        for one in run.beds
    ]
    headers = ("Point of delivery", "Year", "Bed days", "Beds, do nothing", "Beds, do something", "80% interval")
    return Table("Bed days, and beds at the target occupancy", headers, tuple(rows), (28, 10, 14, 15, 16, 17))


def values_table(run: ActivityRun) -> Table:
    """Activity × price in thousands of pounds, before any payment mechanism; and what each provider's come to, and all.

    Sums have no interval: those of their parts do not add up.
    """
    rows: list[tuple[str, ...]] = [
        (
            ", ".join(part for part in (pod_name(run.book, one.pod), one.provider) if part),
            one.year.label,
            number(one.do_nothing_gbp / 1_000),
            number(one.do_something_gbp / 1_000),
            between(one.p10_gbp / 1_000, one.p90_gbp / 1_000),
        )
        for one in run.values
    ]
    rows += [row for provider in _providers(run) for row in _value_sums(run, provider)]
    headers = ("Point of delivery", "Year", "Do nothing, £000", "Do something, £000", "80% interval, £000")
    return Table("Activity × price", headers, tuple(rows), (32, 10, 18, 18, 22))


def _providers(run: ActivityRun) -> list[str]:
    """The providers of which several points of delivery have a value, and "" for all where there are several."""
    pods: dict[str, set[str]] = {}
    for one in run.values:
        pods.setdefault(one.provider, set()).add(one.pod)
    named = [provider for provider, of in pods.items() if len(of) > 1]
    return [*named, ""] if len(pods) > 1 else named


def _value_sums(run: ActivityRun, provider: str) -> list[tuple[str, ...]]:
    """What everything of a provider costs in each year; of all providers where it is ""."""
    rows = []
    for year in dict.fromkeys(one.year for one in run.values):
        mine = [one for one in run.values if one.year == year and provider in ("", one.provider)]
        sums = (sum(one.do_nothing_gbp for one in mine), sum(one.do_something_gbp for one in mine))
        rows.append(
            (f"All, {provider or 'all providers'}", year.label, *(number(one / 1_000) for one in sums), NOTHING)
        )
    return rows


def strains_table(run: ActivityRun) -> Table:
    """The months in which do something may exceed capacity."""
    rows = [
        (
            ", ".join(part for part in (pod_name(run.book, one.pod), one.provider) if part),
            one.month.label,
            number(one.capacity),
            number(one.mean),
            percent(round(one.probability, 2)),
        )
        for one in run.strains
    ]
    headers = ("Point of delivery", "Month", "Capacity", "Expected", "Probability of exceeding it")
    return Table("Months that may exceed capacity", headers, tuple(rows), (32, 18, 14, 14, 22))


def assumptions_table(run: ActivityRun) -> Table:
    """Every assumption with its value, source and author."""
    rows = []
    for one in assumption_rows(run.book):
        value = "; ".join(part for part in (one.amount, one.spread, one.timing) if part)
        said = "; ".join(part for part in (one.source, one.who) if part) or "Not stated"
        star = STAR if one.stated.illustrative else ""
        rows.append((f"{one.name}{star}", one.where, value, said))
    return Table("Assumptions", ("Assumption", "Where", "Value", "Source and author"), tuple(rows), (22, 16, 24, 38))


def made_with(run: ActivityRun) -> str:
    """One sentence on the run: scenario, draws, seed, and that some figures are invented where they are."""
    said = f"{run.scenario.name or run.scenario.id}: {run.draws:,} draws, seed {run.seed}."
    invented = run.book.illustrative or any(one.illustrative for one in run.series)
    star = f" {STAR} rests on illustrative figures, invented for a demonstration." if invented else ""
    return said + _exactness(run) + star


def _exactness(run: ActivityRun) -> str:
    """The largest Monte Carlo standard error of the ends of the printed intervals, relative to the mean."""
    shares = [
        float((error / mean)[mean > 0].max(initial=0.0))
        for one in run.pods
        for mean in (one.annual_do_something.mean,)
        for error in (one.annual_do_something.p10_error, one.annual_do_something.p90_error)
    ]
    largest = max((share for share in shares if math.isfinite(share)), default=0.0)
    if not largest:
        return ""
    return f" Ends of yearly intervals have a Monte Carlo standard error of {printed(100 * largest, 2)}% or less."
