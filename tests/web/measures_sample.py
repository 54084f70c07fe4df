"""A small book of measures: one with localities and practices, one along deprivation, one that nobody has counted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from web_sample import FINDINGS, make_plan

from trigpoint.measures.book.book import Actual, Aim, AimKind, MeasureBook, Rebase, Status
from trigpoint.measures.definitions.definition import (
    Change,
    DatedStandard,
    Definition,
    Inequality,
    Part,
    PeriodType,
    Statistic,
)
from trigpoint.periods.calendar import Month
from trigpoint.places.model import Place, PlaceKind
from trigpoint.places.register import Places
from trigpoint.plans.model import Comparator, Polarity
from trigpoint.plans.workspace import PlaceRow, Workspace
from trigpoint.web.dashboards.codec import tables_of
from trigpoint.web.register.models import Edition
from trigpoint.web.register.services import load_workspace

HOME = "QEX"
PRACTICES = tuple(f"P{number:02d}" for number in range(1, 21))
ROWS = (
    PlaceRow(HOME, "NHS Example ICB", "icb"),
    PlaceRow("NTH", "North", "locality", HOME, ("The North",)),
    PlaceRow("STH", "South", "locality", HOME),
    *(PlaceRow(code, f"Practice {code}", "practice", HOME) for code in PRACTICES),
)
ELSEWHERE = Place("RXX", "Neighbouring Trust", PlaceKind.TRUST, aliases=("The Trust",), valid_from=date(2001, 4, 1))
MONTHS = tuple((Month(2024, 1) + step).label for step in range(30))
FIFTHS = ("most deprived fifth", "second fifth", "third fifth", "fourth fifth", "least deprived fifth")
PROBLEM = "measurement/actuals.csv, line 7: “n/a” is no number; leave the cell empty."

WAITS = Definition(
    "ae-4-hour", "2", "Seen within four hours", Statistic.PROPORTION, PeriodType.MONTH, unit="%", multiplier=100,
    short_name="A&E four hours", rationale="Long waits harm.", polarity=Polarity.HIGHER, objective="o1",
    numerator=Part("Attendances within four hours", "Monthly return"), denominator=Part("All attendances"),
    standards=(DatedStandard(Comparator.AT_LEAST, Decimal("95"), source="NHS Constitution",
                             valid_from=date(2010, 4, 1), confirmed=True),),
    change_log=(Change(date(2024, 4, 1), "Streaming counted.", "Analyst"),),
    tags=("urgent care", "constitution"), source="Monthly return", caveats="<b>Not bold</b>",
)  # fmt: skip
QUITS = Definition(
    "smoking-quits", "1", "Smokers who quit", Statistic.PROPORTION, PeriodType.FINANCIAL_YEAR, unit="%",
    multiplier=100, polarity=Polarity.HIGHER, objective="o2", tags=("prevention",),
)  # fmt: skip
ALCOHOL = Definition(
    "alcohol-admissions", "1", "Admissions from alcohol", Statistic.RATE, PeriodType.FINANCIAL_YEAR,
    unit="per 100,000", multiplier=100_000, polarity=Polarity.LOWER, tags=("prevention",),
    inequality=Inequality("deprivation", FIFTHS),
)  # fmt: skip
UNKNOWN = Definition("nobody-counts", "1", "Never counted", Statistic.COUNT, PeriodType.MONTH, objective="o3")


def _waits() -> list[Actual]:
    rows = []
    for number, month in enumerate(MONTHS):
        last = number == len(MONTHS) - 1
        for place, drop in (("NTH", 0), ("STH", 40)):
            seen = Decimal(930 - drop - (60 if number >= 22 else 0) + 7 * (number % 5))
            status = Status.PROVISIONAL if last else Status.FINAL
            rows.append(Actual("ae-4-hour", place, month, seen, Decimal(1000), status=status, illustrative=last,
                               source="Monthly return", loaded_on=date(2026, 7, 14)))  # fmt: skip
    return rows


def make_book() -> MeasureBook:
    """The book; its places are the plan's and one that the plan does not hold."""
    quits = [
        Actual("smoking-quits", code, year, Decimal(10 + 3 * number), Decimal(200 + 10 * number))
        for number, code in enumerate(PRACTICES)
        for year in ("2024/25", "2025/26")
    ]
    alcohol = [
        Actual("alcohol-admissions", HOME, year, Decimal(900 - 90 * number), Decimal(60_000), group=group)
        for year in ("2024/25", "2025/26")
        for number, group in enumerate(FIFTHS)
    ]
    whole = Actual("alcohol-admissions", HOME, "2025/26", Decimal(3600), Decimal(300_000))
    odd = Actual("ae-4-hour", "RXX", "January 2026", Decimal("81.50"), Decimal("90"), note="As told, with “quotes”")
    aims = (
        Aim("ae-4-hour", HOME, AimKind.PLAN, "June 2026", Decimal("92.0"), edition="First", approved_by="Board"),
        Aim("ae-4-hour", HOME, AimKind.PLAN, "December 2026", Decimal("95.0"), illustrative=True),
    )
    rebases = (Rebase("ae-4-hour", "April 2025", "The counting changed", "Analyst", "NTH", date(2025, 5, 1)),)
    return MeasureBook(
        (WAITS, QUITS, ALCOHOL, UNKNOWN), (*_waits(), *quits, *alcohol, whole, odd), aims, rebases, all_places()
    )


def all_places() -> Places:
    return Places((*Workspace(make_plan(), ROWS).register(), ELSEWHERE))


def load_measured(organisation: str = "NHS Example ICB") -> Edition:
    """The small plan of the other tests together with the book."""
    space = Workspace(make_plan(organisation), ROWS)
    tables = tables_of(make_book(), (PROBLEM,), space.register())
    return load_workspace(space, by=None, findings=FINDINGS, attached=tables).edition
