"""Mechanisms that follow activity: block, cost per case, cap and collar, tiers, marginal rate, blended, ambulance."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from trigpoint.finance.contracts.amounts import (
    amount_of,
    count_of,
    is_money,
    is_share,
    multiplier_of,
    part_of_one,
    positive_of,
    rate_of,
    share_of,
)
from trigpoint.finance.contracts.curves import curve_through
from trigpoint.finance.contracts.items import Told
from trigpoint.finance.contracts.listed import lines_gbp, lines_of, parts_of
from trigpoint.finance.contracts.mechanism import Curve
from trigpoint.finance.contracts.settling import NO_CURVE, Settlement, exactly
from trigpoint.finance.contracts.terms import Terms
from trigpoint.finance.contracts.tiers import Tier, of_side, tiers_of
from trigpoint.plans.cells import CellError

ONE, NOTHING = Decimal(1), Decimal(0)
_UNDER_AND_OVER = 'write tiers_over and tiers_under, each e.g. [["0-2%", "100%"], [">2%", "50%"]]'


def block(terms: Terms) -> Settlement:
    """B, whatever is done. B may be the mean of past years, as for contracts of low volume."""
    history = terms.read_list("history_gbp", _history, ())
    planned = terms.planned_gbp(needed=False)
    if history:
        value = sum(history, NOTHING) / len(history)
        if terms.has("block_gbp"):
            terms.tell("a block is told and past years that it is the mean of", "leave one out", "block_gbp")
    elif planned and not terms.has("block_gbp"):
        value = planned
    else:
        value = terms.need("block_gbp", positive_of, NOTHING, "10000000")
    return Settlement(NO_CURVE, planned or value, (("block", exactly(value)),))


def _history(told: Told) -> tuple[Decimal, ...]:
    return tuple(amount_of(part) for part in parts_of(told))


def cost_per_case(terms: Terms) -> Settlement:
    """Σ u·p, with a market forces factor where there is one."""
    lines = terms.read_list("lines", lines_of, ())
    factor = terms.read("factor", multiplier_of, ONE)
    added = terms.read("adjustment_gbp", amount_of, NOTHING)
    planned = terms.planned_gbp(needed=False) or lines_gbp(lines)
    settled = (("adjustments", exactly(added)),) if added else ()
    return Settlement(curve_through(0, 0, [factor]), planned, settled, lines_gbp(lines) if lines else None)


def cap_collar(terms: Terms) -> Settlement:
    """A held to [P(1 − c), P(1 + c)]; outside it the share s of the rest."""
    planned = terms.planned_gbp()
    return Settlement(_corridor(terms, planned), planned)


def _corridor(terms: Terms, planned: Decimal) -> Curve:
    floor, ceiling = _level(terms, "collar", planned, -1), _level(terms, "cap", planned, 1)
    both = terms.read("share", part_of_one, NOTHING)
    above = terms.read("share_above", part_of_one, both)
    below = terms.read("share_below", part_of_one, both)
    if ceiling < floor:
        told = "cap_gbp" if terms.has("cap_gbp") else "cap"
        what = f"the cap, £{ceiling:,}, is below the collar, £{floor:,}"
        terms.tell(what, "write a cap above the collar", told)
        return NO_CURVE
    anchor = min(max(planned, floor), ceiling)
    return curve_through(anchor, anchor, [below, ONE, above], [floor, ceiling])


def _level(terms: Terms, name: str, planned: Decimal, side: int) -> Decimal:
    """Where a cap or collar lies: told in pounds, or as a width around the plan."""
    if terms.has(f"{name}_gbp"):
        if terms.has(name):
            terms.tell(f"the {name} is told twice", f"leave {name} or {name}_gbp out", f"{name}_gbp")
        return terms.read(f"{name}_gbp", positive_of, planned)
    own = name if terms.has(name) else "width"
    if not terms.has(own):
        terms.need(name, share_of, NOTHING, "2%")
        return planned

    if own == name and planned and is_money(terms.cell(name)):
        level = terms.read(name, positive_of, planned)
        # A cap at or above the plan is a level; one of less may be a level below it, or a width in pounds.
        if (level >= planned) if side > 0 else (planned / 2 <= level <= planned):
            return level

    def width(cell: str) -> Decimal:
        try:
            return _width(cell, name)
        except CellError as error:
            if is_share(cell) or amount_of(cell) <= 1000:
                raise
            raise CellError(error.what, f"write {name}_gbp where it is pounds, or a width such as 2%") from None

    return planned * (1 + side * terms.read(own, width, NOTHING))


def _width(cell: str, name: str) -> Decimal:
    value = share_of(cell)
    if value < 0:
        raise CellError(f"the width of the {name}, “{cell.strip()}”, is negative", "write how far from the plan, as 2%")
    if value > 1:
        remedy = f"write how far from the plan it lies, as 2%, or its level as {name}_gbp"
        raise CellError(f"the width of the {name}, “{cell.strip()}”, is more than the plan itself", remedy)
    return value


def tiered(terms: Terms) -> Settlement:
    """P ± Σ slice·rate, over and under the plan."""
    planned = terms.planned_gbp()
    found: dict[str, tuple[Tier, ...]] = {}
    for side in ("over", "under"):
        name = f"tiers_{side}"
        if terms.has(name):
            if terms.has("tiers") and of_side(terms.written["tiers"].told, side):
                terms.tell(f"the tiers {side} the plan are told in “tiers” as well", "leave one of them out", name)
            found[side] = terms.read_list(name, tiers_of, ())
        elif terms.has("tiers") and of_side(terms.written["tiers"].told, side):
            found[side] = terms.read_list("tiers", _of_side(side), ())
        else:
            terms.tell(f"there are no tiers {side} the plan", _UNDER_AND_OVER)
    if not (found.get("over") and found.get("under")):
        return Settlement(NO_CURVE, planned)
    over, under = _slices(found["over"], planned), _slices(found["under"], planned)
    rates = [rate for _, rate in reversed(under)] + [rate for _, rate in over]
    below = [planned - end for end, _ in reversed(under) if end is not None]
    above = [planned + end for end, _ in over if end is not None]
    return Settlement(curve_through(planned, planned, rates, [*below, planned, *above]), planned)


def _of_side(side: str) -> Callable[[Told], tuple[Tier, ...]]:
    return lambda told: tiers_of(of_side(told, side))


def _slices(tiers: tuple[Tier, ...], planned: Decimal) -> list[tuple[Decimal | None, Decimal]]:
    """How far from the plan each slice ends, in pounds, and its rate; beyond the last, nothing is paid."""
    ends: list[tuple[Decimal | None, Decimal]] = [
        (None if tier.high is None else tier.high if tier.in_gbp else tier.high * planned, tier.rate) for tier in tiers
    ]
    return ends if not ends or ends[-1][0] is None else [*ends, (None, NOTHING)]


def marginal_rate(terms: Terms) -> Settlement:
    """A up to the baseline b, b + r(A − b) beyond it."""
    baseline = terms.read("baseline_gbp", positive_of, None)
    units = terms.read("baseline_units", count_of, None)
    if units is not None:
        price = terms.price_gbp()
        if price is None:
            terms.tell("a baseline in units needs a price", 'write price_gbp = "…" as well', "baseline_units")
        worth = units * (price or ONE)
        if price is not None and baseline is not None and baseline != worth:
            what = f"the baseline is not that of the units, {units:,} × £{price:,} = £{worth:,}"
            terms.tell(what, "correct one of them, or leave it out", "baseline_gbp")
        baseline = worth
    elif baseline is None:
        terms.need("baseline_gbp", positive_of, None, "40000000")
    rate = terms.need("rate", rate_of, ONE, "70%")
    start = baseline or NOTHING
    return Settlement(curve_through(0, 0, [ONE, rate], [start]), terms.planned_gbp(needed=False) or start)


def blended(terms: Terms) -> Settlement:
    """F + (u − u₀)·p·r, with one r above the plan and one below it."""
    fixed = terms.need("fixed_gbp", positive_of, NOTHING, "40000000")
    planned = terms.planned_gbp()
    both = terms.read("rate", rate_of, None)
    over, under = terms.read("rate_over", rate_of, both), terms.read("rate_under", rate_of, both)
    for side, rate in (("over", over), ("under", under)):
        if rate is None and not terms.has(f"rate_{side}") and not terms.has("rate"):
            terms.need(f"rate_{side}", rate_of, None, "20%")
    curve = curve_through(planned, 0, [under or NOTHING, over or NOTHING], [planned])
    return Settlement(curve, planned, (("fixed", exactly(fixed)),))


def ambulance(terms: Terms) -> Settlement:
    """A block, activity under cap and collar, and an incentive pool times its score."""
    value = terms.need("block_gbp", positive_of, NOTHING, "14000000")
    planned = terms.planned_gbp()
    curve = _corridor(terms, planned)
    pool = terms.read("pool_gbp", positive_of, NOTHING)
    score = terms.need("score", part_of_one, NOTHING, "65%") if terms.has("pool_gbp") else NOTHING
    return Settlement(curve, planned, (("block", exactly(value)), ("incentive", exactly(pool * score))))
