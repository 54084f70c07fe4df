"""Payments of 10,000 contracts × 12 months × 1,000 draws of activity: exact to the penny, in seconds and little memory.

The peer is the plain loop: the same mechanisms as anybody writes them, ``if`` by ``if`` in whole and decimal numbers, a
contract, a draw and a month at a time. It does the same work on a few contracts and draws, and its time is scaled to
all, being the same for each; both results are compared on that slice, to the penny.

Activity comes from a pool of drawn contracts, made beforehand, so that drawing it is not part of the claim.
``python -m benchmarks.finance_payments`` also prints the peak memory.
"""

from __future__ import annotations

import resource
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
from numpy.typing import NDArray

from benchmarks.timing import Claim, call_seconds
from trigpoint.finance.contracts.drawn import DrawnContract, drawn_payments, portfolio_payments
from trigpoint.finance.contracts.reading import mechanism_of

CONTRACTS, MONTHS, DRAWS, POOL = 10_000, 12, 1_000, 64
SLICE_CONTRACTS, SLICE_DRAWS = 60, 10
LIMIT_SECONDS = 10.0
PENNY = Decimal("0.01")
TIERS = (("0.02", "1"), ("0.05", "0.5"), ("", "0.2"))
KINDS = ("cap_collar", "tiered", "marginal_rate", "blended", "gain_loss", "cost_per_case")


def claims() -> Iterator[Claim]:
    """Every claim of this module."""
    contracts, pool = made_contracts(CONTRACTS), made_activity(POOL)
    compare(contracts, pool)
    ours = call_seconds(lambda: portfolio_payments(contracts, lambda at: pool[at % POOL], workers=2))
    loop = call_seconds(lambda: plain_slice(pool)) * (CONTRACTS * DRAWS) / (SLICE_CONTRACTS * SLICE_DRAWS)
    work = f"{SLICE_CONTRACTS} contracts × {MONTHS} × {SLICE_DRAWS} draws, scaled"
    yield Claim(
        f"Payments of {CONTRACTS:,} contracts × {MONTHS} months × {DRAWS:,} draws, to the penny, two threads",
        ours,
        f"the plain loop in Decimal ({work})",
        loop,
        LIMIT_SECONDS,
    )


def planned_pence(at: int) -> int:
    """The planned value of the contract at a position: £6m to £59m."""
    return 600_000_000 + (at % POOL) * 84_000_000


def made_contracts(count: int) -> list[DrawnContract]:
    """Contracts of six mechanisms in turn, whose planned values are those of the pool of activity."""
    tiers = [[end and f"{100 * Decimal(end)}%", rate] for end, rate in TIERS]
    tiers[-1][0] = "rest"
    made = []
    for at in range(min(count, POOL * len(KINDS))):
        plan = Decimal(planned_pence(at)) / 100
        terms = {
            "cap_collar": {"planned_gbp": plan, "cap": "2%", "collar": "3%", "share_above": "50%",
                           "share_below": "25%"},
            "tiered": {"planned_gbp": plan, "tiers_over": tiers, "tiers_under": tiers},
            "marginal_rate": {"baseline_gbp": plan, "rate": "70%"},
            "blended": {"fixed_gbp": plan, "planned_gbp": plan, "rate_over": "20%", "rate_under": "50%"},
            "gain_loss": {"target_gbp": plan, "dead_band": "1%", "gain_share": "50%", "loss_share": "40%",
                          "gain_cap": "5%", "loss_cap": "3%", "multiplier": "0.8"},
            "cost_per_case": {"planned_gbp": plan},
        }  # fmt: skip
        kind = KINDS[at % len(KINDS)]
        made.append(DrawnContract(mechanism_of(kind, terms[kind], f"contract-{at}")))
    return [made[at % len(made)] for at in range(count)]


def made_activity(count: int) -> list[NDArray[np.int64]]:
    """Twelve months of so many contracts' activity in pence, a column a draw, around a twelfth of the plan."""
    rng = np.random.default_rng(2_017)
    shape = (MONTHS, DRAWS)
    return [
        np.rint(planned_pence(at) / MONTHS * rng.normal(1, 0.03, DRAWS) * rng.normal(1, 0.05, shape)).astype(np.int64)
        for at in range(count)
    ]


def compare(contracts: list[DrawnContract], pool: list[NDArray[np.int64]]) -> None:
    """Ours against the loop on the slice, each month of each draw."""
    for at, loop in enumerate(plain_slice(pool)):
        ours = drawn_payments(contracts[at].mechanism, pool[at % POOL][:, :SLICE_DRAWS])
        assert ours.T.tolist() == loop, f"contract {at}"


def plain_slice(pool: list[NDArray[np.int64]]) -> list[list[list[int]]]:
    """The loop over the slice: pence of each contract, draw and month."""
    made = []
    for at in range(SLICE_CONTRACTS):
        kind, plan = KINDS[at % len(KINDS)], Decimal(planned_pence(at)) / 100
        draws = pool[at % POOL][:, :SLICE_DRAWS].T.tolist()
        made.append([plain_months(kind, plan, months) for months in draws])
    return made


def plain_months(kind: str, plan: Decimal, months: list[int]) -> list[int]:
    """One draw's twelve payments: the year to date against the plan to date, less what was paid before."""
    paid, done, before = [], Decimal(0), 0
    for at, pence in enumerate(months):
        done += Decimal(pence) / 100
        now = int(plain_payment(kind, plan, at + 1, done).quantize(PENNY, ROUND_HALF_UP) * 100)
        paid.append(now - before)
        before = now
    return paid


def plain_payment(kind: str, plan: Decimal, months: int, done: Decimal) -> Decimal:
    """What is paid by the end of a month."""
    due = plan * months / MONTHS
    if kind == "cap_collar":
        floor, ceiling = due * Decimal("0.97"), due * Decimal("1.02")
        if done < floor:
            return floor - Decimal("0.25") * (floor - done)
        return done if done <= ceiling else ceiling + Decimal("0.5") * (done - ceiling)
    if kind == "tiered":
        away, paid, low = abs(done - due), Decimal(0), Decimal(0)
        for end, rate in TIERS:
            high = due * Decimal(end) if end else away
            paid += max(min(away, high) - low, Decimal(0)) * Decimal(rate)
            low = high
        return due + paid if done > due else due - paid
    if kind == "marginal_rate":
        return done if done <= due else due + Decimal("0.7") * (done - due)
    if kind == "blended":
        return due + (done - due) * Decimal("0.2" if done > due else "0.5")
    if kind == "gain_loss":
        away = abs(due - done) - due * Decimal("0.01")
        if away <= 0:
            return Decimal(0)
        if done < due:
            return min(away * Decimal("0.5"), due * Decimal("0.05")) * Decimal("0.8")
        return -min(away * Decimal("0.4"), due * Decimal("0.03"))
    return done


if __name__ == "__main__":
    for claim in claims():
        print(claim)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:,.0f} MB")
