"""Everything that finance is computed from. Values; who reads them is ``book.reading``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from trigpoint.finance.book.contract import Contract, ContractLine
from trigpoint.finance.book.organisation import OrganisationType
from trigpoint.finance.book.peer import PeerRate, PeerVariable
from trigpoint.finance.book.vocabulary import (
    MONTHS_OF_YEAR,
    AllocationPart,
    Driver,
    Recurrence,
    RiskKind,
    Series,
    Severity,
    SpendGroup,
)
from trigpoint.finance.contracts.mechanism import Mechanism
from trigpoint.finance.rules.rule import BusinessRule
from trigpoint.periods import FinancialYear, Month
from trigpoint.tabular.stated import UNSTATED, Stated

__all__ = [
    "MONTHS_OF_YEAR",
    "Allocation",
    "AllocationPart",
    "Contract",
    "ContractLine",
    "Correlation",
    "Driver",
    "FinanceBook",
    "FinanceSettings",
    "GateDecision",
    "GrowthAssumption",
    "OrganisationType",
    "PeerRate",
    "PeerVariable",
    "Quantity",
    "Recurrence",
    "Risk",
    "RiskKind",
    "Scheme",
    "SchemeMonths",
    "Series",
    "Severity",
    "SpendGroup",
    "SpendLine",
]


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


@dataclass(frozen=True, slots=True, eq=False)
class FinanceBook:
    """A plan's finance. Tables as they were read; ``mechanisms`` by id.

    ``rules`` are the plan's own, which come in the place of the planning round's of the same id and year, and
    ``rules_toml`` is the file that they were read from. ``gates_toml`` is the plan's own file of stages and gates, as
    ``schemes.gates.load_gates`` reads it, and ``tolerances_toml`` its own tolerances of triangulation; both are empty
    where the usual ones hold.
    """

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
    rules: tuple[BusinessRule, ...] = ()
    rules_toml: str = ""
    gates_toml: str = ""
    tolerances_toml: str = ""

    def quantity(self, name: str, year: FinancialYear) -> Quantity | None:
        """The first statement of a quantity of a year; ``None`` where the plan does not say it."""
        return next((one for one in self.quantities if one.name == name and one.year == year), None)
