"""An indicator's definition as values: what is counted, over what, how it is judged and with whom it is compared.

One TOML file an indicator (``docs/definitions.md``); ``reading`` reads it, ``library`` holds the shipped ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar

from trigpoint.plans.model import Comparator, Polarity

# Read by pydantic when a file is loaded: unknown keys and wrong types are refused.
_STRICT: dict[str, Any] = {"extra": "forbid", "strict": True}


class Statistic(Enum):
    """What is computed from numerator and denominator. ``VALUE`` is entered as such and has no parts."""

    COUNT = "count"
    RATE = "rate"
    PROPORTION = "proportion"
    MEAN = "mean"
    RATIO = "ratio"
    DSR = "directly standardised rate"
    ISR_RATIO = "indirectly standardised ratio"
    ISR_RATE = "indirectly standardised rate"
    LIFE_EXPECTANCY = "life expectancy"
    VALUE = "value"


class PeriodType(Enum):
    """What kind of period one value stands for."""

    MONTH = "month"
    QUARTER = "quarter"
    FINANCIAL_YEAR = "financial year"
    CALENDAR_YEAR = "calendar year"
    SCHOOL_YEAR = "school year"
    ROLLING_YEARS = "rolling years"


class Aggregation(Enum):
    """How values are put together over time or over places. Shares and rates add their parts, never their values."""

    SUM = "sum"
    PARTS = "parts"
    LAST = "last"
    MEAN = "mean"
    NONE = "none"


class IntervalMethod(Enum):
    """How a confidence interval is made; ``USUAL`` is the statistic's own (Wilson, exact Poisson below 10 and Byar
    from 10, Student's t, Dobson)."""

    USUAL = "usual"
    NONE = "none"


class ChartKind(Enum):
    """The control chart that fits a measure."""

    XMR = "XmR"
    P = "p"
    U = "u"
    C = "c"
    T = "t"
    G = "g"
    NONE = "none"


class PeerGroup(Enum):
    """With whom a place is compared."""

    NATIONAL = "national"
    PARENT = "parent"
    PEER_GROUP = "peer group"
    NEAREST_NEIGHBOURS = "nearest neighbours"


class Overdispersion(Enum):
    """Whether a funnel's limits allow for differences beyond chance, and as whom: the summary hospital-level mortality
    indicator (logarithms, outer tenths left out; ratios and rates) or the Care Quality Commission (square roots, shares
    by arcsine, outer tenths drawn in)."""

    NONE = "none"
    SHMI = "SHMI"
    CQC = "CQC"


@dataclass(frozen=True, slots=True)
class Part:
    """A numerator or denominator in words, and where it is found in a published release."""

    __pydantic_config__: ClassVar = _STRICT

    description: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a change log."""

    __pydantic_config__: ClassVar = _STRICT

    on: date
    text: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class DatedStandard:
    """A standard that holds for everyone from one day to another; ``rule`` is a trajectory rule where it is no number.

    ``framework`` and ``standard`` name the entry of a framework pack that it comes from, where there is one. ``level``
    says who has to meet it ("national", "provider", "" for everyone), ``basis`` which figure is tested, in the words of
    ``frameworks.Basis`` ("each month", "month of March", "average of the year", …; "" for every period).
    """

    __pydantic_config__: ClassVar = _STRICT

    comparator: Comparator
    value: Decimal | None = None
    rule: str = ""
    source: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    framework: str = ""
    standard: str = ""
    confirmed: bool = False
    level: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Suppression:
    """Counts from 1 to ``below`` − 1 are not shown, nor what comes of them; others are rounded to ``round_to``."""

    __pydantic_config__: ClassVar = _STRICT

    below: int = 0
    round_to: int = 0


@dataclass(frozen=True, slots=True)
class Rag:
    """Green where the target is met, amber within ``amber_within`` of it (in the measure's unit), red beyond."""

    __pydantic_config__: ClassVar = _STRICT

    amber_within: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class ControlChart:
    """How the measure's control chart is made. ``baseline`` is the number of first points that set centre and limits,
    0 for all; ``screening`` ``None`` leaves it to the rule set; ``rare_event`` charts count days or cases between."""

    __pydantic_config__: ClassVar = _STRICT

    chart: ChartKind = ChartKind.XMR
    rule_set: str = "mdc-7"
    screening: bool | None = None
    baseline: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """With whom places are compared; ``places`` are codes where the peers are named one by one."""

    __pydantic_config__: ClassVar = _STRICT

    peers: PeerGroup = PeerGroup.PARENT
    places: tuple[str, ...] = ()
    overdispersion: Overdispersion = Overdispersion.NONE


@dataclass(frozen=True, slots=True)
class Inequality:
    """The groups along which inequality is measured, most deprived first; named as in the actuals' ``group``."""

    __pydantic_config__: ClassVar = _STRICT

    dimension: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """What the definition must give for these parts; proven when it is read. ``lower`` and ``upper`` where stated."""

    __pydantic_config__: ClassVar = _STRICT

    numerator: Decimal
    denominator: Decimal | None = None
    value: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """One indicator, whole. Figures are printed with ``decimals``; a rate is so many per ``multiplier``.

    ``level`` is the confidence level of the interval (0.95); ``publication_lag_days`` is how long after a period's end
    its figure is out. ``standard_population`` names the population of a standardised rate ("ESP 2013").
    """

    __pydantic_config__: ClassVar = _STRICT

    id: str
    version: str
    name: str
    statistic: Statistic
    period_type: PeriodType
    unit: str = ""
    short_name: str = ""
    rationale: str = ""
    owner: str = ""
    reviewed_on: date | None = None
    next_review: date | None = None
    change_log: tuple[Change, ...] = ()
    numerator: Part | None = None
    denominator: Part | None = None
    multiplier: int = 1
    decimals: int = 1
    polarity: Polarity = Polarity.NEITHER
    over_time: Aggregation = Aggregation.PARTS
    over_places: Aggregation = Aggregation.PARTS
    year_to_date: Aggregation = Aggregation.NONE
    standard_population: str = ""
    interval: IntervalMethod = IntervalMethod.USUAL
    level: float = 0.95
    suppression: Suppression = Suppression()
    standards: tuple[DatedStandard, ...] = ()
    rag: Rag = Rag()
    spc: ControlChart = ControlChart()
    comparison: Comparison = Comparison()
    inequality: Inequality | None = None
    objective: str = ""
    code: str = ""
    tags: tuple[str, ...] = ()
    source: str = ""
    publication_lag_days: int | None = None
    caveats: str = ""
    examples: tuple[Example, ...] = ()

    @property
    def label(self) -> str:
        """The short name, or the name where there is none."""
        return self.short_name or self.name
