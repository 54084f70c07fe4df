"""The opportunity against peers: as it is usually told, and what is left of it once chance is taken off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

import numpy as np

from trigpoint.finance.book.book import PeerRate
from trigpoint.finance.money import to_pence
from trigpoint.finance.peers.chance import chance_gaps
from trigpoint.finance.peers.result import Comparator, Opportunity
from trigpoint.finance.peers.shrinkage import Shrunk
from trigpoint.finance.peers.verdict import verdict
from trigpoint.finance.ratio import ratio_of
from trigpoint.rounding import half_up
from trigpoint.streams import Floats

_DECIMALS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """One's own rate beside its peers'. ``errors`` and ``shrunk`` have own first, then the peers in their order; both
    are ``None`` where not every error is known. ``best`` are the places of the best peers."""

    own: PeerRate
    peers: tuple[PeerRate, ...]
    best: tuple[int, ...]
    people: Decimal
    lower: bool
    money: bool
    level: Decimal
    seed: int
    errors: tuple[float, ...] | None = None
    shrunk: Shrunk | None = None


def best_places(peers: Sequence[PeerRate], number: int, *, lower: bool) -> tuple[int, ...]:
    """The places of the best rates: the lowest, or the highest where more is better."""
    order = sorted(range(len(peers)), key=lambda at: peers[at].rate if lower else -peers[at].rate)
    return tuple(sorted(order[:number]))


def opportunity(them: Compared, comparator: Comparator, by_weights: tuple[float, float] | None = None) -> Opportunity:
    """max(0, own rate − comparator) × population, and what chance leaves of it."""
    places = them.best if comparator is Comparator.BEST else tuple(range(len(them.peers)))
    rate = sum((Fraction(them.peers[at].rate) for at in places), Fraction(0)) / len(places)
    gap = (Fraction(them.own.rate) - rate) * (1 if them.lower else -1)
    raw = to_pence(max(gap, Fraction(0)) * Fraction(them.people))
    found = Opportunity(comparator, ratio_of(rate), raw, None, None, None, None, None)
    if them.errors is not None and them.shrunk is not None:
        found = _with_chance(found, them, places, them.errors, them.shrunk, float(max(gap, Fraction(0))))
    if by_weights is not None:
        lowest, highest = (_amount(them, one) for one in by_weights)
        found = replace(found, lowest_by_weights=lowest, highest_by_weights=highest)
    return replace(
        found, sentence=verdict(found, money=them.money, level=them.level, number=len(them.peers), best=len(them.best))
    )


def _with_chance(
    found: Opportunity, them: Compared, places: Sequence[int], errors: Sequence[float], shrunk: Shrunk, gap: float
) -> Opportunity:
    best = len(places) if found.comparator is Comparator.BEST else None
    chance = chance_gaps(errors[0], errors[1:], best, gap, them.seed)
    parts = _parts(len(them.peers), places, lower=them.lower)
    mean, low, high = shrunk.difference(parts, float(them.level))
    # Shrinking has taken its part of a gap that chance makes already; only what is left of that is taken off.
    left = chance.mean * float(np.abs(parts) @ shrunk.own_part) / 2
    return replace(
        found,
        chance=_amount(them, chance.mean),
        adjusted=_amount(them, max(mean, 0.0) - left),
        low=_amount(them, low - left),
        high=_amount(them, high - left),
        real=low - left > 0,
        shrunk=_amount(them, mean),
        chance_left=_amount(them, left),
        shown_by_chance=half_up(Decimal(repr(chance.shown)), _DECIMALS),
        as_much_by_chance=half_up(Decimal(repr(chance.as_much)), _DECIMALS),
    )


def _parts(number: int, places: Sequence[int], *, lower: bool) -> Floats:
    """Own rate less the mean of the comparators, as parts of the rates of own and peers."""
    parts = np.zeros(number + 1)
    parts[0] = 1.0
    parts[[place + 1 for place in places]] = -1.0 / len(places)
    return parts if lower else -parts


def _amount(them: Compared, gap: float) -> Decimal:
    """A gap of a head times the people, none where it is below nothing."""
    return to_pence(max(Decimal(repr(float(gap))), Decimal(0)) * them.people)
