"""Makes the illustrative counts of the Dudley example: ``examples/dudley-2017-19/activity/counts.csv``.

The same counts at every run (seeded): ``python scripts/dudley_activity.py``. The plan prints no volumes, so every row
is invented and says so. Sizes are those of a commissioner of some 315,000 people; the other tables of the folder, with
what the plan does print, are written by hand.
"""

from __future__ import annotations

import csv
import io
import math
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from trigpoint.periods import FinancialYear, Month, working_days_between
from trigpoint.staging import write_whole

FOLDER = Path(__file__).resolve().parents[1] / "examples" / "dudley-2017-19" / "activity"
FIRST, KNOWN, LAST = Month(2013, 4), Month(2016, 8), Month(2017, 11)
MIDDLE = Month(2016, 10)
BASE = FinancialYear(2016)
SOURCE = "Invented"
COLUMNS = ("provider", "pod", "month", "value", "specialty", "need", "acsc", "care_home", "source", "illustrative")

# The share that each provider has of each point of delivery.
ACUTE = {"RNA": 0.83, "RL4": 0.06, "Other providers": 0.11}
PLANNED = {"RNA": 0.74, "RL4": 0.09, "Other providers": 0.17}
SHARES_OF_MONTHS = {
    "A&E": (1.00, 1.03, 1.02, 1.02, 0.96, 0.99, 1.01, 0.99, 0.99, 0.97, 1.00, 1.05),
    "Elective": (0.99, 1.01, 1.02, 1.01, 0.97, 1.00, 1.02, 1.03, 0.93, 0.98, 1.00, 1.04),
    "Non-elective": (0.98, 0.99, 0.98, 0.98, 0.95, 0.98, 1.01, 1.02, 1.05, 1.03, 1.01, 1.03),
    "First out-patient": (0.99, 1.01, 1.02, 1.00, 0.94, 1.01, 1.02, 1.03, 0.93, 1.01, 1.01, 1.03),
    "Follow-up out-patient": (0.99, 1.01, 1.01, 1.00, 0.95, 1.01, 1.02, 1.03, 0.93, 1.02, 1.01, 1.02),
    "Community": (0.99, 1.00, 1.00, 1.00, 0.97, 1.00, 1.01, 1.02, 0.97, 1.01, 1.01, 1.02),
}

Detail = tuple[str, str, str, str]
"""Specialty, need, ambulatory care sensitive, care home: the columns after the value."""


@dataclass(frozen=True)
class Volume:
    """One point of delivery: its size in 2016/17, growth a year before and during the plan, providers and cells."""

    pod: str
    size: float
    growth: float
    later: float
    providers: dict[str, float]
    cells: dict[Detail, float]
    working: bool = False


def _specialties(**shares: float) -> dict[Detail, float]:
    named = {name.replace("_", " "): share for name, share in shares.items()}
    return {(name, "", "", ""): share for name, share in (*named.items(), ("Other", 1 - sum(named.values())))}


VOLUMES = (
    Volume(
        "A&E", 105_000, 0.031, 0.017, ACUTE,
        {("", "minor", "", "no"): 0.38, ("", "other", "", "no"): 0.585, ("", "other", "", "yes"): 0.035},
    ),
    Volume("Elective", 40_000, 0.021, 0.008, PLANNED, _specialties(MSK=0.16), working=True),
    Volume(
        "Non-elective", 33_000, 0.022, 0.004, ACUTE,
        {("", "", "no", "no"): 0.748, ("", "", "yes", "no"): 0.186, ("", "", "no", "yes"): 0.040,
         ("", "", "yes", "yes"): 0.026},
    ),
    Volume(
        "First out-patient", 110_000, 0.028, 0.011, PLANNED,
        _specialties(ENT=0.07, MSK=0.13, Ophthalmology=0.10, Urology=0.05, Paediatrics=0.06), working=True,
    ),
    Volume(
        "Follow-up out-patient", 230_000, 0.026, 0.006, PLANNED,
        _specialties(ENT=0.05, MSK=0.12, Ophthalmology=0.14, Urology=0.06, Paediatrics=0.05), working=True,
    ),
    Volume("Community", 340_000, 0.010, 0.034, {"RNA": 1.0}, {("", "", "", ""): 1.0}, working=True),
)  # fmt: skip

# What is special about a month: a system that was changed over, a strike, an outbreak. All invented.
EVENTS = {
    ("First out-patient", "RNA", Month(2014, 11)): 0.62,
    ("Follow-up out-patient", "RNA", Month(2014, 11)): 0.62,
    ("Elective", "RNA", Month(2016, 4)): 0.91,
    ("A&E", "RNA", Month(2015, 3)): 1.07,
    ("Non-elective", "RNA", Month(2015, 1)): 1.06,
    ("Community", "RNA", Month(2015, 8)): 0.90,
}


def rows(rng: random.Random) -> Iterator[tuple[str, ...]]:
    """Every row of the table, in the order of points of delivery, providers, cells and months."""
    for volume in VOLUMES:
        season = tuple(share * rng.gauss(1, 0.002) for share in SHARES_OF_MONTHS[volume.pod])
        shocks = {month: rng.gauss(0, 0.009) for month in _months()}
        for provider, share in volume.providers.items():
            own = {month: shocks[month] + rng.gauss(0, 0.011) for month in _months()}
            for detail, part in volume.cells.items():
                for month in _months():
                    event = EVENTS.get((volume.pod, provider, month), 1.0)
                    level = volume.size * share * part * event * _grown(volume, month) * math.exp(own[month])
                    count = _count(level * _part_of_year(volume, month, season), rng)
                    cell = (provider, volume.pod, f"{month.year}-{month.number:02d}", str(count), *detail)
                    yield (*cell, SOURCE, "yes")


def _months() -> Iterator[Month]:
    month = FIRST
    while month <= LAST:
        yield month
        month = month + 1


def _grown(volume: Volume, month: Month) -> float:
    """The level against that of the middle of the base year; from the plan's first month on at its later growth."""
    years = (12 * (month.year - MIDDLE.year) + month.number - MIDDLE.number) / 12
    before = min(years, 0.5)
    return (1 + volume.growth) ** before * (1 + volume.later) ** (years - before)


def _part_of_year(volume: Volume, month: Month, season: tuple[float, ...]) -> float:
    """The part that season and days give a month of a year of twelve."""
    days, usual = (month.end - month.start).days + 1, 365.25 / 12
    if volume.working:
        days, usual = working_days_between(month.start - timedelta(days=1), month.end), 253 / 12
    return season[(month.number - 4) % 12] * days / usual / sum(season)


def _count(mean: float, rng: random.Random) -> int:
    """A count about the mean, a little more scattered than chance alone would have it."""
    return max(0, round(rng.gauss(mean, math.sqrt(1.3 * mean))))


def table() -> str:
    """The whole file."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows(random.Random(20160831)))  # noqa: S311 - a demonstration's counts, the same at every run
    return text.getvalue()


def main() -> int:
    """Write the counts."""
    FOLDER.mkdir(exist_ok=True)
    write_whole(FOLDER / "counts.csv", table().encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
