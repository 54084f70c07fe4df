"""The parts of a workspace that are held against each other, as rules ask for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING

from trigpoint.finance.book.book import FinanceBook
from trigpoint.finance.money import to_pence
from trigpoint.periods import FinancialYear
from trigpoint.plans.model import Plan
from trigpoint.tabular.stated import Stated
from trigpoint.triangulation.figure import Figure, Unit
from trigpoint.triangulation.tolerance import Tolerance, Tolerances, default_tolerances, most_rounding

if TYPE_CHECKING:
    from trigpoint.activity.results.run import ActivityRun
    from trigpoint.errors import Where

FINANCE_FOLDER = "finance"
_FOLDERS = ("finance", "activity")


class Part(Enum):
    """A part of a workspace, in the words that say it is not there."""

    PLAN = "no plan"
    FINANCE = "no finance"
    ACTIVITY = "no activity"


@dataclass(frozen=True, eq=False)
class Parts:
    """What there is of plan, finance and activity, and how far figures may differ.

    ``sources`` maps the id of a row of the plan to its file and line.
    """

    plan: Plan | None = None
    finance: FinanceBook | None = None
    activity: ActivityRun | None = None
    tolerances: Tolerances = field(default_factory=default_tolerances)
    sources: Mapping[str, Where] = field(default_factory=lambda: MappingProxyType({}))

    def has(self, part: Part) -> bool:
        held = {Part.PLAN: self.plan, Part.FINANCE: self.finance, Part.ACTIVITY: self.activity}[part]
        return held is not None

    def tolerance(self, rule: str) -> Tolerance:
        """What a rule accepts; nothing where no one said."""
        return self.tolerances.get(rule, Tolerance())

    @property
    def most_rounding(self) -> Decimal:
        return most_rounding(self.tolerances)

    @property
    def book(self) -> FinanceBook:
        """The finance, an empty one where there is none: rules that need it are not asked then."""
        if self.finance is None:
            raise LookupError("a rule asked for a part that it does not need")
        return self.finance

    @property
    def run(self) -> ActivityRun:
        """The run of the activity model, likewise."""
        if self.activity is None:
            raise LookupError("a rule asked for a part that it does not need")
        return self.activity

    @property
    def years(self) -> tuple[FinancialYear, ...]:
        """The years of the finance that the activity model runs too."""
        if self.finance is None or self.activity is None:
            return ()
        return tuple(year for year in self.activity.years if year in self.finance.settings.years)


def place_of(stated: Stated, table: str = "") -> str:
    """Where a row of the finance stands, in words; the table alone where it was made by hand.

    >>> place_of(Stated(file="finance/schemes.csv", row=4))
    'finance/schemes.csv, line 4'
    """
    file = file_of(stated, table)
    return f"{file}, line {stated.row}" if stated.row else file


def file_of(stated: Stated, table: str = "") -> str:
    """The file of a row within its workspace, whatever folder that was read from.

    >>> file_of(Stated(file="plans/dudley/finance/schemes.csv")), file_of(Stated(), "risks")
    ('finance/schemes.csv', 'finance/risks.csv')
    """
    if not stated.file:
        return f"{FINANCE_FOLDER}/{table}.csv" if table else ""
    steps = stated.file.replace("\\", "/").split("/")
    at = max((number for number, step in enumerate(steps[:-1]) if step in _FOLDERS), default=0)
    return "/".join(steps[at:])


def stated_figure(
    value: Decimal | None, unit: Unit, words: str, stated: Stated, *, table: str, column: str, item: str = "",
    half_unit: Decimal = Decimal(0),
) -> Figure:  # fmt: skip
    """A figure that stands in a cell of the finance's tables."""
    place = place_of(stated, table)
    return Figure(
        value, unit, words, f"{place}, column {column}" if place else "", file_of(stated, table),
        stated.row, column, item, half_unit, illustrative=stated.illustrative,
    )  # fmt: skip


def computed_figure(value: Decimal | None, unit: Unit, words: str, source: str, *, half_unit: Decimal = Decimal(0),
                    interval: tuple[Decimal, Decimal] | None = None, illustrative: bool = False,
                    file: str = "", row: int | None = None, item: str = "") -> Figure:  # fmt: skip
    """A figure that is computed: ``source`` says from what, ``file``, ``row`` and ``item`` where its reader would begin
    to mend it."""
    low, high = interval if interval is not None else (None, None)
    return Figure(value, unit, words, f"computed from {source}", file, row, item=item, half_unit=half_unit, low=low,
                  high=high, illustrative=illustrative)  # fmt: skip


def named(name: str, fallback: str) -> str:
    """A row's name as a sentence quotes it."""
    return f"“{name or fallback}”"


def pence(number: float) -> Decimal:
    """A modelled amount as exact pence: the one step from activity × price to money."""
    return to_pence(Decimal(repr(float(number))))
