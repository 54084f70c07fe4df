"""What a mechanism's terms say that is possible, and more often a slip of the hand."""

from __future__ import annotations

from decimal import Decimal

from trigpoint.finance.contracts.listed import shares_sum
from trigpoint.finance.contracts.mechanism import Mechanism, MechanismKind
from trigpoint.plans.cells import CellError
from trigpoint.tabular.exact_amounts import decimal_share_text

_RATED = (MechanismKind.MARGINAL_RATE, MechanismKind.BLENDED, MechanismKind.TIERED)


def mechanism_remarks(mechanism: Mechanism) -> tuple[str, ...]:
    """Sentences on terms that are taken as they stand and should be looked at: more than the price of activity is paid
    for more of it, or more is deducted than there is.

    >>> from trigpoint.finance.contracts.reading import mechanism_of
    >>> mechanism_remarks(mechanism_of("marginal_rate", {"baseline": "40m", "rate": "120%"}, "a.toml"))
    ('The mechanism a pays 120% of the price of some activity: a rate above 100% pays more than it costs.',)
    """
    highest = max(mechanism.curve.rates)
    if mechanism.kind in _RATED and highest > 1:
        share = decimal_share_text(highest)
        words = f"pays {share} of the price of some activity: a rate above 100% pays more than it costs"
        return (f"The mechanism {mechanism.id} {words}.",)
    deducted = _deducted(mechanism)
    if deducted > 1:
        words = f"deducts {decimal_share_text(deducted)}, which is more than there is: nothing is paid"
        return (f"The mechanism {mechanism.id} {words}.",)
    return ()


def _deducted(mechanism: Mechanism) -> Decimal:
    if mechanism.kind is not MechanismKind.QUALITY_PREMIUM or "deductions" not in mechanism.terms:
        return Decimal(0)
    try:
        return shares_sum(mechanism.terms["deductions"])
    except CellError:  # a list of rows, whose text is for readers
        return Decimal(0)
