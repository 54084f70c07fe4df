"""Terms to a mechanism: the table of what settles which kind, and the activity that a file tells beside its terms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, localcontext
from fractions import Fraction

from trigpoint.finance.contracts import corridors, pools
from trigpoint.finance.contracts.amounts import count_of, positive_of
from trigpoint.finance.contracts.mechanism import Mechanism, MechanismKind
from trigpoint.finance.contracts.settling import Settlement
from trigpoint.finance.contracts.terms import Terms
from trigpoint.rounding import decimal_of
from trigpoint.tabular.exact_amounts import decimal_text
from trigpoint.tabular.stated import Stated

_SETTLED_BY: Mapping[MechanismKind, Callable[[Terms], Settlement]] = {
    MechanismKind.BLOCK: corridors.block,
    MechanismKind.COST_PER_CASE: corridors.cost_per_case,
    MechanismKind.CAP_COLLAR: corridors.cap_collar,
    MechanismKind.TIERED: corridors.tiered,
    MechanismKind.MARGINAL_RATE: corridors.marginal_rate,
    MechanismKind.BLENDED: corridors.blended,
    MechanismKind.API: pools.aligned,
    MechanismKind.AMBULANCE: corridors.ambulance,
    MechanismKind.GAIN_LOSS: pools.gain_loss,
    MechanismKind.OUTCOMES: pools.outcomes,
    MechanismKind.CQUIN: pools.cquin,
    MechanismKind.QUALITY_PREMIUM: pools.quality_premium,
    MechanismKind.READMISSIONS: pools.readmissions,
}

ACTIVITY = "activity"
"""Under which name a mechanism's terms hold the activity that its file tells, as ``payment`` takes it."""
_DIGITS = 80
"""Decimal's own 28 digits would round a product of long amounts and shares."""


def compiled(terms: Terms, own_id: str, stated: Stated) -> Mechanism | None:
    """The mechanism of some terms; ``None`` where they hold a mistake, which ``terms.problems`` tells."""
    with localcontext() as context:
        context.prec = _DIGITS
        settlement = _SETTLED_BY[terms.kind](terms)
    price = (
        terms.price_gbp() if "price_gbp" in terms.written and terms.kind is not MechanismKind.QUALITY_PREMIUM else None
    )
    activity = _activity(terms, settlement, price)
    if terms.problems:
        return None
    written = {name: term.cell for name, term in terms.written.items()}
    if activity is not None:
        written[ACTIVITY] = decimal_text(activity)
    return Mechanism(
        own_id, terms.kind, settlement.curve, settlement.planned_gbp, price, settlement.settled, written, stated
    )


def _activity(terms: Terms, settlement: Settlement, price: Decimal | None) -> Decimal | None:
    """What the file tells as done: in units where there is a price, else in pounds."""
    units = terms.read("actual_units", count_of, None)
    told = terms.read("actual_gbp", positive_of, None)
    if units is not None and told is not None:
        terms.tell("activity is told in units and in pounds", "leave one of them out", "actual_gbp")
    if units is not None:
        if price is None and not terms.has("price_gbp") and terms.kind is not MechanismKind.BLOCK:
            terms.tell("units are worth nothing without a price", 'write price_gbp = "…" as well', "actual_units")
        return units
    worth = told if told is not None else settlement.named_gbp
    if worth is None or price is None:
        return worth
    return decimal_of(Fraction(worth) / Fraction(price))
