"""The activity model's answers as contracts and schemes ask for them: by provider, point of delivery and year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trigpoint.finance.book.book import Contract, ContractLine, FinanceBook
from trigpoint.finance.contracts.mechanism import MechanismKind
from trigpoint.periods import FinancialYear
from trigpoint.triangulation.parts import pence

if TYPE_CHECKING:
    from trigpoint.activity.results.run import ActivityRun, SeriesRun


@dataclass(frozen=True, slots=True)
class Modelled:
    """Units of a year: the mean of do something with its 80% interval, and the mean of do nothing."""

    mean: float
    low: float
    high: float
    do_nothing: float


def providers_of(run: ActivityRun) -> frozenset[str]:
    """The providers that the model has series of, as they are written."""
    return frozenset(one.key.provider for one in run.series)


def provider_in(run: ActivityRun, contract: Contract) -> str | None:
    """The model's provider that a contract is with; ``None`` where it models none of its. Activity of no named provider
    is a contract's where the model has no other and all contracts of its kind are with one provider."""
    wanted = contract.provider.casefold()
    found = next((one for one in sorted(providers_of(run)) if one.casefold() == wanted), None)
    return "" if found is None and providers_of(run) == {""} else found


def modelled(run: ActivityRun, provider: str, pod: str, year: FinancialYear) -> Modelled | None:
    """What the model gives for a provider and point of delivery in a plan year; ``None`` where it has no such series.

    Series of several details (specialties, sites) are added, their intervals as if they moved together: the widest.
    """
    series = _series(run, provider, pod)
    if not series or year not in run.years:
        return None
    at = run.years.index(year)
    return Modelled(
        sum(float(one.annual_do_something.mean[at]) for one in series),
        sum(float(one.annual_do_something.p10[at]) for one in series),
        sum(float(one.annual_do_something.p90[at]) for one in series),
        sum(float(one.annual_do_nothing.mean[at]) for one in series),
    )


def base_units(run: ActivityRun, provider: str, pod: str) -> float:
    """Units of the base year, actual or forecast."""
    return sum(float(np.nansum(one.base)) for one in _series(run, provider, pod))


def contract_lines(book: FinanceBook, contract: Contract) -> tuple[ContractLine, ...]:
    """The lines of a contract, in the order of the book."""
    return tuple(one for one in book.contract_lines if one.contract == contract.id)


def paid_activity(
    book: FinanceBook, contract: Contract, kind: MechanismKind
) -> tuple[tuple[ContractLine, ...], Decimal]:
    """The lines whose activity moves what a contract pays, and the pounds that count beside them, as its year does it:
    lines paid by a fixed sum are cost of a gain and loss share, and no activity elsewhere."""
    lines = contract_lines(book, contract)
    fixed = sum((one.planned_gbp for one in lines if not one.variable), Decimal(0))
    return tuple(one for one in lines if one.variable), fixed if kind is MechanismKind.GAIN_LOSS else Decimal(0)


def value_in_draws(
    run: ActivityRun, lines: Sequence[ContractLine], fixed: Decimal, provider: str, year: FinancialYear
) -> NDArray[np.float64] | None:
    """The value of a contract's activity in pounds, draw by draw: modelled lines at their prices, others as planned.

    Draws are of whole points of delivery; a provider's are taken in proportion to its mean. ``None`` where no line is
    modelled.
    """
    worth: NDArray[np.float64] | None = None
    planned = fixed
    for line in lines:
        own = modelled(run, provider, line.pod, year)
        if own is None or line.pod not in run.draws_of:
            planned += line.planned_gbp
            continue
        drawn = run.draws_of[line.pod][run.years.index(year)]
        whole = float(drawn.mean())
        part = drawn * (own.mean / whole * float(line.price_gbp) if whole > 0 else 0.0)
        worth = part if worth is None else worth + part
    if worth is None:
        return None
    return worth + float(planned)


def modelled_value(
    run: ActivityRun, lines: Sequence[ContractLine], fixed: Decimal, provider: str, year: FinancialYear
) -> Decimal:
    """The value of a contract's activity in pounds at the model's mean; lines that it does not model as planned."""
    value = fixed
    for line in lines:
        found = modelled(run, provider, line.pod, year)
        value += line.planned_gbp if found is None else pence(found.mean * float(line.price_gbp))
    return value


def _series(run: ActivityRun, provider: str, pod: str) -> list[SeriesRun]:
    return [one for one in run.series if one.key.provider == provider and one.key.pod == pod]
