"""Makes the illustrative figures of the Dudley example: ``examples/dudley-2017-19/measurement`` and its practices.

The same figures at every run (seeded): ``python scripts/dudley_measures.py``. Everything it makes is invented and says
so in its row, but for the rows of ``CARRIED_OVER``, which the plan prints.
"""

from __future__ import annotations

import csv
import io
import math
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from trigpoint.measures.book.book import Actual, Aim, AimKind, MeasureBook, Rebase, Status
from trigpoint.measures.book.files import FOLDER
from trigpoint.measures.book.reading import read_book
from trigpoint.measures.book.writing import write_book
from trigpoint.measures.definitions.library import load
from trigpoint.periods.calendar import FinancialYear, Month, Period, Quarter
from trigpoint.places.shipped import load_shipped

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "dudley-2017-19"
CCG, TRUST = "05C", "RNA"
FIRST, LAST, HORIZON = Month(2014, 4), Month(2017, 11), Month(2019, 3)
LOCALITIES = ("05C-dn", "05C-hq", "05C-kab", "05C-scg", "05C-swl")
# How far each locality is from the whole, in percentage points, and its share of the people.
LEANINGS = tuple(zip(LOCALITIES, (2.4, -1.1, 0.6, -3.2, 1.3), (0.22, 0.18, 0.24, 0.16, 0.20), strict=True))
FIFTHS = ("most deprived fifth", "second fifth", "third fifth", "fourth fifth", "least deprived fifth")
EDITION = "Published edition"

# What the plan prints of a month, carried over as it stands: indicator, place, period, value, source.
AT_MONTH_7 = "NHS Dudley CCG, Operational Plan 2017/18 – 2018/19, must-do 5: position at month 7"
CARRIED_OVER = (Actual("rtt-18-weeks", CCG, "October 2016", value=Decimal("96.13"), source=AT_MONTH_7),)


@dataclass(frozen=True)
class Series:
    """One invented series: level at its first and last month, noise between months, and what is special about it."""

    indicator: str
    place: str
    size: float
    first: float
    last: float
    noise: float = 0.6
    winter: float = 0.0
    every: str = "month"
    step: tuple[Month, float] | None = None
    gaps: tuple[Month, ...] = ()
    suppressed: tuple[Month, ...] = ()
    provisional: bool = True
    goal: float | None = None
    printed: str = ""
    stretch: float | None = None
    begins: Month = FIRST


SHARES = (
    Series("ae-4-hour", TRUST, 8200, 95.4, 93.2, 0.7, -2.2, step=(Month(2016, 10), -0.9), printed="95%", stretch=95.5),
    Series("ae-4-hour", CCG, 8900, 95.3, 92.9, 0.7, -2.1, step=(Month(2016, 10), -0.9), printed="95%", stretch=95.5),
    Series("rtt-18-weeks", CCG, 17500, 97.6, 95.6, 0.35, gaps=(Month(2016, 10),), printed="92%"),
    Series("rtt-18-weeks", TRUST, 15800, 97.4, 95.2, 0.35, gaps=(Month(2015, 8),), printed="92%"),
    Series("dm01-6-weeks", CCG, 6100, 0.7, 0.8, 0.2, step=(Month(2017, 5), 0.9), goal=0.9),
    Series("cancer-2-week-wait", CCG, 860, 95.1, 94.9, 1.0, goal=93.0),
    Series("cancer-2-week-breast", CCG, 92, 95.6, 96.2, 2.0, goal=93.0),
    Series("cancer-31-day-first", CCG, 128, 98.2, 98.4, 1.1, goal=96.0),
    Series("cancer-62-day-gp", CCG, 70, 83.2, 84.9, 3.4, goal=85.0, stretch=87.0),
    Series("ambulance-red-1", CCG, 84, 77.5, 74.0, 3.2, -3.0, provisional=False, printed="75%"),
    Series("ambulance-red-2", CCG, 1650, 75.2, 69.8, 1.6, -2.8, provisional=False, printed="75%"),
    Series("dementia-diagnosis", CCG, 3920, 49.0, 60.8, 0.35, goal=67.0, begins=Month(2015, 4)),
    Series("iapt-recovery", CCG, 930, 44.5, 51.4, 1.6, every="quarter", goal=50.0),
    Series("eip-2-weeks", CCG, 9, 60.0, 68.0, 9.0, printed="53%", begins=Month(2016, 4), suppressed=(Month(2016, 8),)),
    Series(
        "cyp-eating-disorders-routine", CCG, 24, 68.0, 83.0, 5.0, every="quarter", printed="95%", begins=Month(2016, 4)
    ),
    Series("e-referral", CCG, 6900, 55.0, 78.5, 1.2, begins=Month(2015, 4)),
)
# Measures whose forecast is drawn beyond the last actual, with what a month adds.
FORECASTS = {("ae-4-hour", TRUST): 0.1, ("ae-4-hour", CCG): 0.1, ("dementia-diagnosis", CCG): 0.3}
# What the plan prints with its date, and what is invented where it prints nothing.
DATED_AIMS = (
    Aim("e-referral", CCG, AimKind.PLAN, "March 2017", Decimal(80), edition=EDITION),
    Aim("e-referral", CCG, AimKind.PLAN, "March 2018", Decimal(100), edition=EDITION),
    Aim("cyp-access", CCG, AimKind.PLAN, "2018/19", Decimal(32), edition=EDITION),
    Aim("c-difficile", CCG, AimKind.PLAN, rule="explicit(6)", edition=EDITION, illustrative=True),
    Aim("smoking-prevalence", CCG, AimKind.PLAN, "2018/19", Decimal("17.0"), edition=EDITION, illustrative=True),
    Aim("iapt-access", CCG, AimKind.PLAN, "2017/18", Decimal("16.8"), edition=EDITION, illustrative=True),
    Aim("iapt-access", CCG, AimKind.PLAN, "2018/19", Decimal("19.0"), edition=EDITION, illustrative=True),
)


def invented(indicator: str, place: str, period: Period, count: int | None, whole: int | None, **more: Any) -> Actual:
    """An illustrative figure from its counts."""
    parts = (None if part is None else Decimal(part) for part in (count, whole))
    return Actual(indicator, place, period.label, *parts, illustrative=True, **more)


def figures(rng: random.Random) -> Iterator[Actual]:
    """Every invented actual of a share or a count."""
    for series in SHARES:
        yield from shares_of(series, rng)
        if series.indicator in ("dementia-diagnosis", "e-referral", "iapt-recovery"):
            for place, lean, part in LEANINGS:
                first, last, size = series.first + lean, series.last + lean, series.size * part
                local = replace(series, place=place, size=size, first=first, last=last, noise=series.noise * 1.6)
                yield from shares_of(local, rng)
    yield from counts("rtt-52-weeks", CCG, 0.5, rng)
    yield from counts("mrsa", CCG, 0.25, rng)
    yield from counts("c-difficile", CCG, 6.4, rng, falling=0.55)
    yield from counts("c-difficile", TRUST, 2.6, rng, falling=0.75)
    yield from access("iapt-access", 40500, 0.0365, 0.0412, rng)
    for year, treated in ((2014, 1642), (2015, 1759), (2016, 1946)):
        yield invented("cyp-access", CCG, FinancialYear(year), treated, 6900)


def shares_of(series: Series, rng: random.Random) -> Iterator[Actual]:
    """A series month by month, or quarter by quarter: of each quarter that is over, its first month's level."""
    months = list(span(series.begins, LAST))
    counted = [quarter.months[0] for quarter in quarters(months)] if series.every == "quarter" else months
    for number, month in enumerate(months):
        if month in series.gaps or month not in counted:
            continue
        way = number / (len(months) - 1)
        level = series.first + (series.last - series.first) * way + rng.gauss(0, series.noise)
        level += series.winter * max(0.0, math.cos((month.number - 1) / 12 * 2 * math.pi))
        if series.step and month >= series.step[0]:
            level += series.step[1]
        whole = max(3, round(series.size * rng.uniform(0.92, 1.08)))
        count = None if month in series.suppressed else min(whole, max(0, round(whole * level / 100)))
        yield invented(
            series.indicator,
            series.place,
            Quarter.of(month.start) if series.every == "quarter" else month,
            count,
            whole,
            status=Status.PROVISIONAL if series.provisional and month == counted[-1] else Status.FINAL,
            note="suppressed in the source" if count is None else "",
        )


def counts(indicator: str, place: str, mean: float, rng: random.Random, falling: float = 1.0) -> Iterator[Actual]:
    """Cases a month, by chance alone (Poisson), fewer over the years where ``falling`` is below 1."""
    months = list(span(FIRST, LAST))
    for number, month in enumerate(months):
        level = mean * (1 + (falling - 1) * number / (len(months) - 1))
        yield invented(indicator, place, month, poisson(level, rng), None)


def poisson(mean: float, rng: random.Random) -> int:
    limit, product, cases = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        cases += 1
    return cases


def access(indicator: str, need: int, first: float, last: float, rng: random.Random) -> Iterator[Actual]:
    """People who enter treatment in a quarter, of all in need."""
    found = quarters(list(span(FIRST, Month(2017, 9))))
    for number, quarter in enumerate(found):
        share = first + (last - first) * number / (len(found) - 1) + rng.gauss(0, first / 25)
        status = Status.PROVISIONAL if quarter == found[-1] else Status.FINAL
        yield invented(indicator, CCG, quarter, round(need * share), need, status=status)


def span(first: Month, last: Month) -> Iterator[Month]:
    month = first
    while month <= last:
        yield month
        month = month + 1


def quarters(months: list[Month]) -> list[Quarter]:
    """The quarters whose three months are all there."""
    found = dict.fromkeys(Quarter.of(month.start) for month in months)
    return [quarter for quarter in found if all(month in months for month in quarter.months)]


Practice = tuple[str, str, str, int]


def practices(rng: random.Random) -> list[Practice]:
    """Invented practices: code, name, locality, people of 65 and over with dementia as estimated."""
    letters = [chr(65 + number) for number in range(26)]
    names = [f"Practice {letter}" for letter in (*letters, *(f"A{letter}" for letter in letters))][:40]
    return [
        (f"practice-{name.split()[1].lower()}", name, LOCALITIES[number % 5], round(rng.lognormvariate(4.4, 0.55)))
        for number, name in enumerate(names)
    ]


def practice_figures(rng: random.Random, surgeries: list[Practice]) -> Iterator[Actual]:
    """Dementia diagnosis by practice in the last three months: most by chance about one level, a few far from it."""
    for number, (code, _, _, expected) in enumerate(surgeries):
        level = {4: 0.41, 11: 0.44, 22: 0.79, 31: 0.83}.get(number, 0.61 + rng.gauss(0, 0.035))
        for month in span(LAST - 2, LAST):
            found = sum(rng.random() < level for _ in range(expected))
            status = Status.PROVISIONAL if month == LAST else Status.FINAL
            yield invented("dementia-diagnosis", code, month, found, expected, status=status)


def ladder_figures(rng: random.Random) -> Iterator[Actual]:
    """Smoking among adults by fifth of deprivation and in all, the last three years."""
    for year in (FinancialYear(2014), FinancialYear(2015), FinancialYear(2016)):
        rungs: list[tuple[str, int, int]] = []
        for number, group in enumerate(FIFTHS):
            whole = round(48_000 * rng.uniform(0.97, 1.03))
            share = (0.291, 0.232, 0.183, 0.149, 0.118)[number] - 0.006 * (year.first - 2014) * (1 if number else 0.4)
            rungs.append((group, round(whole * share), whole))
        everyone = ("", sum(count for _, count, _ in rungs), sum(whole for _, _, whole in rungs))
        for group, count, whole in (everyone, *rungs):
            yield invented("smoking-prevalence", CCG, year, count, whole, group=group)


def aims() -> Iterator[Aim]:
    """What the plan prints, an invented way to it where it prints none, its ambition, and what is expected to come."""
    yield from DATED_AIMS
    for series in SHARES:
        if series.printed:
            rule = f"explicit({series.printed})"
            yield Aim(series.indicator, series.place, AimKind.PLAN, rule=rule, edition=EDITION)
        if series.goal is not None:
            yield from line(series, AimKind.PLAN, series.goal)
        if series.stretch is not None:
            yield from line(series, AimKind.STRETCH, series.stretch)
        if (series.indicator, series.place) in FORECASTS:
            gain = FORECASTS[series.indicator, series.place]
            now = series.last + (series.step[1] if series.step else 0.0)
            for number, month in enumerate(span(LAST + 1, HORIZON), start=1):
                yield _aim(series, AimKind.FORECAST, month, now + gain * number)


def line(series: Series, kind: AimKind, goal: float) -> Iterator[Aim]:
    """A straight way from where the measure stood to the goal in March 2019; the goal throughout where it is met."""
    start = goal if abs(series.last - goal) < 5 else series.last - 1.5
    months = list(span(Month(2017, 4), HORIZON))
    for number, month in enumerate(months):
        value = start + (goal - start) * number / (len(months) - 1)
        if series.every == "month":
            yield _aim(series, kind, month, value)
        elif month == Quarter.of(month.start).months[-1]:
            yield _aim(series, kind, Quarter.of(month.start), value)


def _aim(series: Series, kind: AimKind, period: Period, value: float) -> Aim:
    return Aim(
        series.indicator, series.place, kind, period.label, Decimal(f"{value:.1f}"), edition=EDITION, illustrative=True
    )


MORE_BY_AMBULANCE = "Illustrative: ambulances bring more people since the streaming of minor injuries"
NEW_TEST = "Illustrative: a new way of testing counts fewer cases"
REBASES = (
    Rebase("ae-4-hour", "October 2016", MORE_BY_AMBULANCE, "Performance team", TRUST, date(2017, 3, 6)),
    Rebase("ae-4-hour", "October 2016", MORE_BY_AMBULANCE, "Performance team", CCG, date(2017, 3, 6)),
    Rebase("c-difficile", "April 2016", NEW_TEST, "Infection control team", on=date(2016, 9, 12)),
)


def write_practices(folder: Path, surgeries: list[Practice]) -> None:
    """The trust and the practices beneath the rows of ``places.csv`` that are not of this script."""
    path = folder / "places.csv"
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    made = [[code, name, "practice", locality, "", "", "", ""] for code, name, locality, _ in surgeries]
    trust = load_shipped()[TRUST]
    made.insert(0, [TRUST, trust.name, trust.kind.value, "", "; ".join(trust.aliases), "1994-04-01", "", ""])
    ours = {row[0] for row in made}
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([*(row for row in rows if row[0] not in ours), *made])
    path.write_text(text.getvalue(), encoding="utf-8")


def main() -> int:
    """Write the example's figures; what reading finds wrong with them ends it."""
    rng = random.Random(20171130)  # noqa: S311 – figures of a demonstration, the same at every run
    surgeries = practices(rng)
    write_practices(EXAMPLE, surgeries)
    actuals = (*CARRIED_OVER, *figures(rng), *practice_figures(rng, surgeries), *ladder_figures(rng))
    for table in (EXAMPLE / FOLDER).glob("*.csv"):
        table.unlink()
    before = read_book(EXAMPLE)
    own = before.book.definitions
    shipped = [load(name) for name in sorted({row.indicator for row in actuals} - {one.id for one in own})]
    write_book(MeasureBook((*own, *shipped), actuals, tuple(aims()), REBASES, before.book.places), EXAMPLE)
    problems = before.problems or read_book(EXAMPLE).problems
    sys.stderr.writelines(f"{problem}\n" for problem in problems)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
