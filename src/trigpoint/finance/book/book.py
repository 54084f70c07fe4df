"""Everything that finance is computed from. Values; who reads them is ``book.reading``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from trigpoint.finance.contracts.mechanism import Mechanism
from trigpoint.periods import FinancialYear, Month
from trigpoint.tabular.stated import UNSTATED, Stated

MONTHS_OF_YEAR = ("apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "jan", "feb", "mar")
"""The columns of the twelve months of a financial year, in order."""


class OrganisationType(Enum):
    """What kind of organisation a plan is of: business rules apply by it."""

    CCG = "CCG"
    ICB = "ICB"
    TRUST = "trust"


class Recurrence(Enum):
    """Whether money comes, goes or is saved again next year. Every line says it."""

    RECURRENT = "recurrent"
    NON_RECURRENT = "non-recurrent"


class AllocationPart(Enum):
    """What an allocation is for."""

    PROGRAMME = "programme"
    PRIMARY_CARE = "delegated primary care"
    RUNNING_COST = "running cost"
    IN_YEAR = "in-year"
    SERVICE_DEVELOPMENT = "service development"
    BROUGHT_FORWARD = "brought forward"


class SpendGroup(Enum):
    """Commissioning groups of spend, as the position is laid out."""

    ACUTE = "acute"
    MENTAL_HEALTH = "mental health"
    COMMUNITY = "community"
    CONTINUING_HEALTHCARE = "continuing healthcare"
    PRIMARY_CARE = "primary care"
    PRESCRIBING = "prescribing"
    OTHER = "other"
    RESERVES = "reserves"
    CONTINGENCY = "contingency"
    RUNNING_COST = "running cost"


class Series(Enum):
    """Which of the three a row of months holds."""

    BUDGET = "budget"
    ACTUAL = "actual"
    FORECAST = "forecast"


class Driver(Enum):
    """Why spend changes from one year to the next."""

    DEMOGRAPHIC = "demographic growth"
    OTHER_GROWTH = "non-demographic growth"
    INFLATION = "inflation"
    EFFICIENCY = "tariff efficiency"
    INVESTMENT = "investment"
    PRESSURE = "cost pressure"
    SAVING = "saving"
    NON_RECURRENT = "non-recurrent"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class FinanceSettings:
    """Whose plan it is, of which round and years. ``months_known`` of the first of ``years`` are actuals."""

    organisation: str
    organisation_type: OrganisationType
    framework: str
    years: tuple[FinancialYear, ...]
    months_known: int = 0
    draws: int = 100_000
    seed: int = 2_017
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Allocation:
    """Money that the organisation is given for a year, in pounds."""

    id: str
    year: FinancialYear
    part: AllocationPart
    recurrence: Recurrence
    gbp: Decimal
    stated: Stated = UNSTATED


@dataclass(frozen=True, slots=True)
class SpendLine:
    """Twelve months of one line of spend, in pounds: cost positive, income or a saving negative.

    ``months`` has ``None`` where a month is not known (actuals to come). ``gbp`` is their printed total, the sum where
    none was printed.
    """

    id: str
    year: FinancialYear
    group: SpendGroup
    recurrence: Recurrence
    series: Series
    months: tuple[Decimal | None, ...]
    gbp: Decimal
    contract: str = ""
    stated: Stated = UNSTATED


@dataclass(frozen=True, slots=True)
class GrowthAssumption:
    """What makes a group's spend change into ``year``: a rate of the year before's recurrent spend, or an amount.

    ``group`` is ``None`` for every group. ``within`` is the range that guidance expects of the rate.
    """

    year: FinancialYear
    group: SpendGroup | None
    driver: Driver
    rate: Decimal | None = None
    gbp: Decimal | None = None
    recurrence: Recurrence = Recurrence.RECURRENT
    stated: Stated = UNSTATED


@dataclass(frozen=True, slots=True)
class Quantity:
    """One printed figure of a year: what rules and bridges read, and where a plan says it.

    ``value`` is pounds, a fraction (0.012 for “1.2%”) or a count, as ``unit`` ("gbp", "share", "gbp per head",
    "people", "number") says; ``printed`` is the cell as it was written, so that its rounding is known. ``place`` says
    where in the plan it stands: "text", "table", "model", "contract", … The same quantity may be told in several
    places.
    """

    year: FinancialYear
    name: str
    value: Decimal
    unit: str
    printed: str = ""
    place: str = ""
    stated: Stated = UNSTATED

    @property
    def decimals(self) -> int | None:
        """How many decimals it was printed with, of a per cent where it is a share; ``None`` where that is unknown."""
        text = self.printed.strip().rstrip("%").strip()
        if not text or not text[-1].isdigit():
            return None
        return len(text.partition(".")[2])


@dataclass(frozen=True, slots=True)
class Scheme:
    """A QIPP, CIP or efficiency scheme. Effects and investment are positive pounds of a full year; what is saved enters
    a position with its own sign.

    It takes effect from ``start``; ``profile`` are the twelve shares of the part-year effect in its first year, equal
    over the months from ``start`` where it is empty. A non-recurrent scheme's full-year effect is what it saves once.
    ``activity`` are ids of interventions of the activity model that the saving rests on; ``contract`` the contract that
    pays for them. ``double_count`` names schemes that touch the same money.
    """

    id: str
    year: FinancialYear
    full_year_effect_gbp: Decimal
    start: Month
    recurrence: Recurrence
    stage: str
    probability: Decimal = Decimal(1)
    investment_gbp: Decimal = Decimal(0)
    cash_releasing: bool = True
    identified: bool = True
    group: SpendGroup | None = None
    rag: str = ""
    double_count: str = ""
    lead: str = ""
    part_of: str = ""
    profile: tuple[Decimal, ...] = ()
    activity: tuple[str, ...] = ()
    contract: str = ""
    deliverable: str = ""
    measure: str = ""
    stated: Stated = UNSTATED


@dataclass(frozen=True, slots=True)
class SchemeMonths:
    """Twelve months of a scheme's plan, actual or forecast saving, positive pounds. A forecast overrides the computed
    one and needs its ``reason``."""

    scheme: str
    year: FinancialYear
    series: Series
    months: tuple[Decimal | None, ...]
    reason: str = ""
    stated: Stated = UNSTATED


@dataclass(frozen=True, slots=True)
class GateDecision:
    """What was decided of a scheme at a gate (``schemes.gates``)."""

    scheme: str
    gate: str
    decision: str
    by: str = ""
    stated: Stated = UNSTATED


class RiskKind(Enum):
    """Whether it would cost money or give it back."""

    RISK = "risk"
    MITIGATION = "mitigation"


class Severity(Enum):
    """How its size is spread where it happens, between ``low`` and ``high``."""

    POINT = "point"
    UNIFORM = "uniform"
    TRIANGULAR = "triangular"
    NORMAL = "normal"


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk, or a mitigation, of one year; ``gbp`` is its most likely size, positive.

    ``in_forecast`` is for a mitigation (contingency above all) that the forecast already uses: it is not counted again.
    ``scheme`` and ``group`` say what it is about.
    """

    id: str
    year: FinancialYear
    kind: RiskKind
    gbp: Decimal
    probability: Decimal
    low_gbp: Decimal | None = None
    high_gbp: Decimal | None = None
    severity: Severity = Severity.POINT
    in_forecast: bool = False
    group: SpendGroup | None = None
    scheme: str = ""
    owner: str = ""
    stated: Stated = UNSTATED


@dataclass(frozen=True, slots=True)
class Correlation:
    """How closely two risks go together, −1 to 1 (of the normal variables behind them)."""

    first: str
    second: str
    value: Decimal
    stated: Stated = UNSTATED


@dataclass(frozen=True, slots=True)
class ContractLine:
    """What a contract plans to buy at one point of delivery in the year.

    ``planned_units`` × ``price_gbp`` is its planned value; ``variable`` lines move the payment of a mechanism with a
    fixed and a variable part. ``actual`` has the units of each month so far, ``profile`` the shares of the months.
    """

    contract: str
    id: str
    pod: str
    planned_units: Decimal
    price_gbp: Decimal
    variable: bool = True
    profile: tuple[Decimal, ...] = ()
    actual: tuple[Decimal | None, ...] = ()
    stated: Stated = UNSTATED

    @property
    def planned_gbp(self) -> Decimal:
        return self.planned_units * self.price_gbp


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract of a year between a commissioner and a provider: what each has in its plan, and how it pays.

    ``mechanism`` names one of ``FinanceBook.mechanisms``.
    """

    id: str
    year: FinancialYear
    commissioner: str
    provider: str
    mechanism: str
    commissioner_gbp: Decimal | None = None
    provider_gbp: Decimal | None = None
    group: SpendGroup | None = None
    stated: Stated = UNSTATED


@dataclass(frozen=True, slots=True)
class PeerRate:
    """One organisation's spend or use of one kind: ``numerator`` (pounds or events) for ``population`` people.

    ``standard_error`` is of the rate, where that is known; otherwise a count's own is taken. ``variables`` are what
    organisations are alike by (deprivation, age, …).
    """

    measure: str
    organisation: str
    rate: Decimal
    population: Decimal | None = None
    numerator: Decimal | None = None
    standard_error: Decimal | None = None
    own: bool = False
    year: FinancialYear | None = None
    stated: Stated = UNSTATED


@dataclass(frozen=True, slots=True)
class PeerVariable:
    """A characteristic by which organisations are alike, and its weight (the user's)."""

    organisation: str
    variable: str
    value: Decimal
    weight: Decimal = Decimal(1)
    stated: Stated = UNSTATED


@dataclass(frozen=True, slots=True, eq=False)
class FinanceBook:
    """A plan's finance. Tables as they were read; ``mechanisms`` by id."""

    settings: FinanceSettings
    allocations: tuple[Allocation, ...] = ()
    spend: tuple[SpendLine, ...] = ()
    growth: tuple[GrowthAssumption, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    scheme_months: tuple[SchemeMonths, ...] = ()
    gates: tuple[GateDecision, ...] = ()
    risks: tuple[Risk, ...] = ()
    correlations: tuple[Correlation, ...] = ()
    contracts: tuple[Contract, ...] = ()
    contract_lines: tuple[ContractLine, ...] = ()
    mechanisms: Mapping[str, Mechanism] = field(default_factory=dict)
    peers: tuple[PeerRate, ...] = ()
    peer_variables: tuple[PeerVariable, ...] = ()

    def quantity(self, name: str, year: FinancialYear) -> Quantity | None:
        """The first statement of a quantity of a year; ``None`` where the plan does not say it."""
        return next((one for one in self.quantities if one.name == name and one.year == year), None)
