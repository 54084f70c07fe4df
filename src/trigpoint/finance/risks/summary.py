"""What drawn risks say of a year: mean, quantiles, the chance of the control total, and what moves it most."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal
from fractions import Fraction

import numpy as np

from trigpoint.finance.money import to_pence
from trigpoint.finance.risks.result import Mover, RiskDraws
from trigpoint.finance.risks.sampling import PENCE, Drawn, Pence, total_pence
from trigpoint.periods import FinancialYear
from trigpoint.rounding import half_up

QUANTILES = tuple(Decimal(text) for text in ("0.05", "0.1", "0.25", "0.5", "0.75", "0.9", "0.95"))
_BINS = 40
_STEPS = (1, 2, 5)
_SHARE_DECIMALS = 6
_DIGITS = 4


def summary(
    drawn: Sequence[Drawn],
    *,
    year: FinancialYear,
    draws: int,
    seed: int,
    planned_gbp: Decimal | None,
    control_gbp: Decimal | None,
    remarks: Sequence[str],
) -> RiskDraws:
    """Everything that is told of the drawn outturn: planned surplus plus what every risk changes of it."""
    start = int((planned_gbp or Decimal(0)) * PENCE)
    outturn: Pence = np.full(draws, start, dtype=np.int64)
    for one in drawn:
        outturn += one.pence
    told = list(remarks)
    if planned_gbp is None:
        told.append(f"The plan tells no surplus for {year.label}: amounts are changes of it.")
    chance = None
    if control_gbp is not None and planned_gbp is not None:
        chance = _chance(outturn, control_gbp)
    ordered = np.sort(outturn)
    return RiskDraws(
        year=year,
        draws=draws,
        seed=seed,
        mean_gbp=to_pence(_mean(total_pence(outturn), draws)),
        quantiles_gbp=tuple((share, _quantile(ordered, share)) for share in QUANTILES),
        control_total_gbp=control_gbp,
        probability=chance[0] if chance else None,
        probability_error=chance[1] if chance else None,
        movers=_movers(drawn, outturn),
        histogram=_histogram(ordered),
        remarks=tuple(told),
        planned_surplus_gbp=planned_gbp,
    )


def _mean(pence: int, draws: int) -> Fraction:
    return Fraction(pence, draws * PENCE)


def _chance(outturn: Pence, control_gbp: Decimal) -> tuple[Decimal, Decimal]:
    """The share of draws that reach the control total, and its standard error.

    The error is of (k + ½) ÷ (n + 1): where all draws reach it, or none, a finite number of draws still says no more
    than that it is likely.
    """
    reached, draws = int((outturn >= int(control_gbp * PENCE)).sum()), len(outturn)
    near = (Decimal(reached) + Decimal("0.5")) / (draws + 1)
    return Decimal(reached) / draws, (near * (1 - near) / draws).sqrt(Context(prec=_DIGITS))


def _quantile(ordered: Pence, share: Decimal) -> Decimal:
    """The smallest drawn amount that at least that share of draws does not exceed."""
    place = -int(-share * len(ordered) // 1)
    return _gbp(ordered[max(place - 1, 0)])


def _gbp(pence: int | np.int64) -> Decimal:
    return to_pence(Decimal(int(pence)) / PENCE)


def _movers(drawn: Sequence[Drawn], outturn: Pence) -> tuple[Mover, ...]:
    """The largest swing first, what is certain last. Shares are covariances with the outturn over its variance: they
    add up to 1."""
    centred = outturn - outturn.mean()
    # Twice: what rounding leaves of the mean, times large pence, would outweigh a small variance.
    centred -= centred.mean()
    variance, total = float(centred @ centred), total_pence(outturn)
    found = [
        (_is_certain(one), _mover(one, outturn, total, float(one.pence.astype(np.float64) @ centred), variance))
        for one in drawn
    ]
    return tuple(mover for _, mover in sorted(found, key=lambda one: (one[0], -abs(one[1].swing_gbp))))


def _is_certain(one: Drawn) -> bool:
    """Whether it is the same in every draw: that moves nothing, however large it is."""
    return bool((one.pence == one.pence[0]).all())


def _mover(one: Drawn, outturn: Pence, total: int, covariance: float, variance: float) -> Mover:
    draws, times = len(outturn), int(np.count_nonzero(one.happens))
    inside = total_pence(outturn, one.happens)
    with_it = _mean(inside, times) if times else None
    without = _mean(total - inside, draws - times) if times < draws else None
    size = Fraction(one.mean_pence) / PENCE
    # Where one of the two never came up, the other is moved by what the risk is worth.
    with_it = with_it if with_it is not None else (without or Fraction(0)) + size
    without = without if without is not None else with_it - size
    happens, spared = to_pence(with_it), to_pence(without)
    return Mover(
        risk=one.risk.id,
        name=one.risk.stated.name or one.risk.id,
        if_it_happens_gbp=happens,
        if_not_gbp=spared,
        swing_gbp=happens - spared,
        share=half_up(Decimal(repr(covariance / variance if variance else 0.0)), _SHARE_DECIMALS),
    )


def _histogram(ordered: Pence) -> tuple[tuple[Decimal, Decimal, Decimal], ...]:
    """Bins of a round width, at most forty, from the smallest drawn amount to the largest: from, to, share of draws."""
    low, high = int(ordered[0]), int(ordered[-1])
    width = _round_width(high - low)
    first = low // width * width
    edges = np.arange(first, high + width + 1, width, dtype=np.int64)
    counts = np.diff(np.searchsorted(ordered, edges, side="left"))
    return tuple(
        (_gbp(edge), _gbp(edge + width), Decimal(int(number)) / len(ordered))
        for edge, number in zip(edges[:-1].tolist(), counts.tolist(), strict=True)
    )


def _round_width(pence: int) -> int:
    """1, 2 or 5 times a power of ten pence, a pound at least, of which forty cover the range."""
    power = PENCE
    while True:
        for step in _STEPS:
            if step * power * (_BINS - 1) >= pence:
                return step * power
        power *= 10
