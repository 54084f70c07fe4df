"""Why activity is worth another sum than planned: more of it, at other prices, of another mix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from trigpoint.finance.contracts.mechanism import Variance
from trigpoint.finance.money import to_pence


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line's units and price, as planned and as they came; a price that is not told stays as planned."""

    planned_units: Decimal
    planned_price_gbp: Decimal
    units: Decimal
    price_gbp: Decimal | None = None


def variance_of(lines: Sequence[PricedLine]) -> Variance:
    """The variance of value, Σ u·p − Σ u₀·p₀, into volume, price and mix, in pence that add up exactly.

    Volume is (U − U₀) at the plan's mean price, U being the units of all lines; price is Σ u(p − p₀); mix is what is
    left: Σ (u − u₀)p₀ less the volume, the same number of units being dearer or cheaper ones. Of one line it is the
    design's (u − u₀)p₀ + u(p − p₀). Where nothing was planned, all of it is volume.

    >>> told = variance_of([PricedLine(Decimal(100), Decimal(10), Decimal(110), Decimal(11))])
    >>> int(told.gbp), int(told.volume_gbp), int(told.price_gbp), int(told.mix_gbp)
    (210, 100, 110, 0)
    """
    planned = sum((Fraction(line.planned_units) * Fraction(line.planned_price_gbp) for line in lines), Fraction(0))
    at_plan = sum((Fraction(line.units) * Fraction(line.planned_price_gbp) for line in lines), Fraction(0))
    value = sum((Fraction(line.units) * Fraction(_price(line)) for line in lines), Fraction(0))
    units = sum((Fraction(line.units) for line in lines), Fraction(0))
    planned_units = sum((Fraction(line.planned_units) for line in lines), Fraction(0))
    volume = (units - planned_units) * planned / planned_units if planned_units else at_plan
    total, price, volume_gbp = to_pence(value - planned), to_pence(value - at_plan), to_pence(volume)
    if len(lines) == 1:  # one line has no mix, whatever the pence of two roundings say
        return Variance(total, total - price, price, to_pence(Decimal(0)))
    return Variance(total, volume_gbp, price, total - price - volume_gbp)


def _price(line: PricedLine) -> Decimal:
    return line.planned_price_gbp if line.price_gbp is None else line.price_gbp
