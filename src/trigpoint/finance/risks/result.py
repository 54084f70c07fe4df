"""What risks and mitigations come to, weighted and drawn."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from trigpoint.finance.book.book import Risk
from trigpoint.finance.drawing import Drawn
from trigpoint.periods import FinancialYear


@dataclass(frozen=True, slots=True)
class WeightedRisk:
    """A risk with its expected size (value times probability), 0 where it is not counted, and why not.

    ``counted_gbp`` is what of its value counts: less than all for a mitigation beyond what is there to pay for it.
    """

    risk: Risk
    weighted_gbp: Decimal
    counted: bool = True
    reason: str = ""
    counted_gbp: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class RiskPosition(Drawn):
    """Risks and mitigations of a year. Cases are outturn surpluses: the plan's surplus less what would happen.

    ``best`` has no risk and every mitigation, ``worst`` every risk and no mitigation, ``likely`` whatever is more
    probable than not, ``risk_adjusted`` everything at its expected size. ``None`` without a planned surplus.
    """

    drawings: ClassVar[tuple[str, ...]] = ("risks",)
    year: FinancialYear
    risks: tuple[WeightedRisk, ...]
    gross_gbp: Decimal
    weighted_gbp: Decimal
    mitigated_gbp: Decimal
    net_gbp: Decimal
    planned_surplus_gbp: Decimal | None
    best_gbp: Decimal | None
    likely_gbp: Decimal | None
    risk_adjusted_gbp: Decimal | None
    worst_gbp: Decimal | None
    remarks: tuple[str, ...] = ()
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Mover:
    """How much one risk moves the outturn: the mean surplus where it happens less where it does not (``swing_gbp``),
    and what of the outturn's variance goes with it (``share``).

    Where it happened in every draw or in none, the other mean is what the outturn would be with it taken away or added.
    """

    risk: str
    name: str
    if_it_happens_gbp: Decimal
    if_not_gbp: Decimal
    swing_gbp: Decimal
    share: Decimal


@dataclass(frozen=True, slots=True)
class RiskDraws(Drawn):
    """The drawn outturn surplus: its mean, quantiles by their probability, and the chance of the control total with its
    sampling error. ``histogram`` are bins (from, to, share of draws). ``movers`` go from the largest swing down,
    with what is the same in every draw last.

    ``probability_error`` is one standard error. Without a planned surplus amounts are changes of it, and ``remarks``
    says so, as it says where correlations had to be mended.
    """

    drawings: ClassVar[tuple[str, ...]] = ("outturn", "tornado")
    year: FinancialYear
    draws: int
    seed: int
    mean_gbp: Decimal
    quantiles_gbp: tuple[tuple[Decimal, Decimal], ...]
    control_total_gbp: Decimal | None
    probability: Decimal | None
    probability_error: Decimal | None
    movers: tuple[Mover, ...]
    histogram: tuple[tuple[Decimal, Decimal, Decimal], ...] = ()
    remarks: tuple[str, ...] = ()
    planned_surplus_gbp: Decimal | None = None
    illustrative: bool = False
