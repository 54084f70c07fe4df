"""Risks drawn many times: which happen, how large they are, and the outturn that leaves, in whole pence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from trigpoint.finance.book.book import Risk, RiskKind, Severity
from trigpoint.finance.risks.correlation import triangular_root
from trigpoint.finance.risks.result import WeightedRisk
from trigpoint.streams import Floats, stream
from trigpoint.tabular.money_cells import LARGEST_GBP

Pence: TypeAlias = NDArray[np.int64]
Happens: TypeAlias = NDArray[np.bool_]
LONGEST = 2**63
PENCE = 100
# A normal size lies between its low and its high value in eight of ten cases, as in the activity model.
EIGHT_IN_TEN = float(ndtri(0.9))


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """One risk in every draw: ``happens``, and ``pence`` by which it changes the surplus (0 where it does not happen,
    negative for a risk). ``mean_pence`` is the mean change where it happens, or would."""

    risk: Risk
    name: str
    happens: Happens
    pence: Pence
    mean_pence: float


def unique_names(risks: Sequence[WeightedRisk]) -> tuple[str, ...]:
    """Ids, with a number where one is used again, so that two rows never share their luck."""
    seen: dict[str, int] = {}
    names = []
    for one in risks:
        seen[one.risk.id] = seen.get(one.risk.id, 0) + 1
        names.append(one.risk.id if seen[one.risk.id] == 1 else f"{one.risk.id}#{seen[one.risk.id]}")
    return tuple(names)


def drawn_risks(
    risks: Sequence[WeightedRisk], matrix: Floats, draws: int, seed: int, tied: Sequence[str] | None = None
) -> tuple[Drawn, ...]:
    """Every counted risk in every draw.

    A risk happens where its normal variable lies below the quantile of its probability; these variables have the
    correlations ``matrix`` (a Gaussian copula). Sizes are independent of all that. ``matrix`` has the order of the
    names ``tied``, which is that of ``risks``; of all of them where that is left out.
    """
    names = unique_names(risks)
    root = triangular_root(matrix)
    place = {name: at for at, name in enumerate(names if tied is None else tied)}
    # Normals that no later risk is tied to are let go, for memory.
    last_use = [int(np.flatnonzero(root[:, at])[-1]) if root[:, at].any() else at for at in range(len(root))]
    own: dict[int, Floats] = {}
    found = []
    for name, one in zip(names, risks, strict=True):
        mixed = stream(seed, "risk", name).standard_normal(draws)
        at = place.get(name)
        if at is not None:
            own[at] = mixed
            mixed = root[at, at] * own[at]
            for k in np.flatnonzero(root[at, :at]).tolist():
                mixed += root[at, k] * own[k]
            for k in [k for k in own if last_use[k] <= at]:
                del own[k]
        happens = mixed < ndtri(float(one.risk.probability))
        found.append(_drawn(one, name, happens, sizes_drawn(one, draws, seed, name, happens)))
    return tuple(found)


def _drawn(one: WeightedRisk, name: str, happens: Happens, sizes: Pence) -> Drawn:
    sign = -1 if one.risk.kind is RiskKind.RISK else 1
    pence = np.zeros(len(happens), dtype=np.int64)
    if happens.any():
        pence[happens] = sign * sizes
    return Drawn(one.risk, name, happens, pence, sign * float(np.mean(sizes)))


def sizes_drawn(one: WeightedRisk, draws: int, seed: int, name: str, happens: Happens | None = None) -> Pence:
    """How large a risk is in whole pence, in the draws where it ``happens``; in all of them where it never does, or
    where that is left out. A size that is certain is the same each time."""
    risk, most = one.risk, int(one.counted_gbp * PENCE)
    keep = happens if happens is not None and happens.any() else np.ones(draws, dtype=np.bool_)
    if spread_trouble(risk) or risk.severity is Severity.POINT or risk.low_gbp is None or risk.high_gbp is None:
        return np.full(int(keep.sum()), most, dtype=np.int64)
    low, high, mode = float(risk.low_gbp * PENCE), float(risk.high_gbp * PENCE), float(risk.gbp * PENCE)
    chance = stream(seed, "size", name)
    # Every draw has its own number, whether it is needed or not, so that a probability changed changes no size.
    if risk.severity is Severity.UNIFORM:
        sizes = low + (high - low) * chance.random(draws)[keep]
    elif risk.severity is Severity.TRIANGULAR:
        sizes = _triangular(chance.random(draws)[keep], low, mode, high)
    else:
        sizes = np.maximum(mode + (high - low) / (2 * EIGHT_IN_TEN) * chance.standard_normal(draws)[keep], 0)
    whole = np.floor(sizes + 0.5).astype(np.int64)
    # A mitigation cut to what is there cannot come out larger than that.
    cut: Pence = np.minimum(whole, most) if one.counted_gbp < risk.gbp else whole
    return cut


def _triangular(chance: Floats, low: float, mode: float, high: float) -> Floats:
    width = high - low
    if width <= 0:
        return np.full(len(chance), mode)
    rises = chance < (mode - low) / width
    away = np.sqrt(np.where(rises, chance * (width * (mode - low)), (1 - chance) * (width * (high - mode))))
    sizes: Floats = np.where(rises, low + away, high - away)
    return sizes


def spread_trouble(risk: Risk) -> str:
    """Why the spread of a risk's size cannot be used, in a sentence; "" where it can, or none is asked for."""
    if risk.severity is Severity.POINT:
        return ""
    low, high = risk.low_gbp, risk.high_gbp
    if low is None or high is None or not low.is_finite() or not high.is_finite():
        return f"A {risk.severity.value} size needs a low and a high value; its value stands as it is."
    if not 0 <= low <= high <= LARGEST_GBP:
        return f"Its low value, {low}, and its high, {high}, are not in order or too large; its value stands as it is."
    if risk.severity is not Severity.UNIFORM and not low <= risk.gbp <= high:
        return f"Its value, {risk.gbp}, is not between {low} and {high}; it stands as it is."
    return ""


def total_pence(pence: Pence, where: Happens | None = None) -> int:
    """The sum of whole pence, of the draws ``where`` something happens, exact whatever their size: where it could be
    too long for one number, parts are added by themselves."""
    if len(pence) * max(abs(int(pence.min())), abs(int(pence.max()))) < LONGEST:
        return int(pence.sum() if where is None else pence @ where)
    whole, rest = np.divmod(pence if where is None else pence[where], 1_000_000)
    return int(whole.sum()) * 1_000_000 + int(rest.sum())
