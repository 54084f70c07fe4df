"""The underlying position: what would be left if nothing came or went once, and everything lasted a full year."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from fractions import Fraction

from trigpoint.finance.position.result import Bridge, Step, Underlying
from trigpoint.rounding import half_up, total

SHARE_DECIMALS = 12


@dataclass(frozen=True, slots=True)
class UnderlyingItems:
    """What is taken from a reported surplus and added to it, in pounds; each as it is, the formula has the signs.

    ``contingency`` is added: positive where recurrent contingency is not spent, negative where the underlying position
    is to bear it.
    """

    nonrecurrent_allocation: Decimal = Decimal(0)
    brought_forward: Decimal = Decimal(0)
    nonrecurrent_spend: Decimal = Decimal(0)
    nonrecurrent_pressures: Decimal = Decimal(0)
    nonrecurrent_savings: Decimal = Decimal(0)
    savings_full_year_effect: Decimal = Decimal(0)
    investment_full_year_effect: Decimal = Decimal(0)
    contingency_underlying: Decimal = Decimal(0)


ITEMS = tuple(field.name for field in fields(UnderlyingItems))
"""The items in the order of the bridge, each named as its quantity."""
_STEPS = {
    "nonrecurrent_allocation": ("less-nonrecurrent-allocations", "Less non-recurrent allocations", -1),
    "brought_forward": ("less-brought-forward", "Less surplus brought forward", -1),
    "nonrecurrent_spend": ("add-nonrecurrent-spend", "Add non-recurrent spend", 1),
    "nonrecurrent_pressures": ("add-nonrecurrent-pressures", "Add non-recurrent pressures", 1),
    "nonrecurrent_savings": ("less-nonrecurrent-savings", "Less non-recurrent savings", -1),
    "savings_full_year_effect": ("add-savings-full-year", "Add full-year effect of recurrent savings", 1),
    "investment_full_year_effect": ("less-investment-full-year", "Less full-year effect of recurrent investment", -1),
    "contingency_underlying": ("contingency", "Contingency", 1),
}


def underlying(
    reported_gbp: Decimal,
    items: UnderlyingItems,
    recurrent_allocation_gbp: Decimal | None = None,
    *,
    title: str = "Underlying position",
    illustrative: frozenset[str] = frozenset(),
) -> Underlying:
    """The underlying position from the reported surplus, each item a step of its bridge, in pounds.

    Underlying = reported − non-recurrent allocations − surplus brought forward + non-recurrent spend + non-recurrent
    pressures − non-recurrent savings + full-year effect of recurrent savings − full-year effect of recurrent investment
    ± contingency. ``share`` is of the recurrent allocation, to twelve decimals; ``None`` without one. ``illustrative``
    names items that were invented for a demonstration. Method: docs/methods-position.md, “Underlying position”.

    >>> made = underlying(Decimal(5_300_000), UnderlyingItems(brought_forward=Decimal(6_400_000)), Decimal(446_000_000))
    >>> made.gbp, [step.gbp for step in made.bridge.steps if step.gbp and not step.total]
    (Decimal('-1100000'), [Decimal('-6400000')])
    """
    steps = [Step("reported", "Reported surplus", reported_gbp, total=True, illustrative="reported" in illustrative)]
    for name in ITEMS:
        key, words, sign = _STEPS[name]
        amount: Decimal = getattr(items, name)
        steps.append(Step(key, words, sign * amount if amount else Decimal(0), illustrative=name in illustrative))
    reached = total(step.gbp for step in steps)
    steps.append(Step("underlying", "Underlying position", reached, total=True, illustrative=bool(illustrative)))
    share = Fraction(reached) / Fraction(recurrent_allocation_gbp) if recurrent_allocation_gbp else None
    return Underlying(
        Bridge(title, tuple(steps)),
        reached,
        recurrent_allocation_gbp,
        None if share is None else half_up(share, SHARE_DECIMALS),
    )
