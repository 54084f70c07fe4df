"""Activity that interventions avoid, and the money that a contract would pay less for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from trigpoint.activity.book.book import PodName
from trigpoint.activity.results.run import ActivityRun
from trigpoint.finance.book.book import Contract, FinanceBook
from trigpoint.finance.contracts.mechanism import Mechanism, MechanismKind
from trigpoint.finance.contracts.payment import payment
from trigpoint.finance.contracts.year import contract_year
from trigpoint.periods import FinancialYear
from trigpoint.triangulation.modelled import contract_lines, modelled_value, paid_activity, provider_in
from trigpoint.triangulation.parts import pence
from trigpoint.wording import listed

Three = tuple[Decimal, Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Avoided:
    """Units avoided in a year by point of delivery: the low end, mean and high end of the model's 80% interval.

    Where several interventions avoid the same the ends are added, as if they moved together: the widest interval.
    """

    units: tuple[tuple[str, float, float, float], ...]
    pods: tuple[PodName, ...] = ()

    @property
    def words(self) -> str:
        """The means in words: "650 admissions (Elective) and 1,200 attendances (A&E)"."""
        counted = {one.code: one.unit for one in self.pods}
        told = [f"{mean:,.0f} {counted.get(pod, 'units')} ({self.name(pod)})" for pod, _, mean, _ in self.units]
        return listed(told) or "no activity"

    def name(self, pod: str) -> str:
        """A point of delivery's name on paper."""
        return next((one.name for one in self.pods if one.code == pod and one.name), pod)


@dataclass(frozen=True, slots=True)
class Released:
    """What avoided activity is worth at its prices, and what of that the payment falls by; low, mean and high pounds.

    ``mechanism`` is that of the contract, ``None`` where no contract was named: then the price alone counts.
    ``unpriced`` are points of delivery without a price, ``by_fixed_sum`` those that the contract pays by a fixed sum.
    """

    worth: Three
    cash: Three
    mechanism: Mechanism | None
    unpriced: tuple[str, ...] = ()
    by_fixed_sum: tuple[str, ...] = ()


def avoided(run: ActivityRun, interventions: Iterable[str], year: FinancialYear, provider: str | None) -> Avoided:
    """What interventions avoid in a year against doing nothing, in units; what they bring elsewhere is left out.

    Where the contract's ``provider`` is one of several, its share of the means is taken.
    """
    wanted = frozenset(interventions)
    sums: dict[str, list[float]] = {}
    for one in run.schemes:
        if one.id not in wanted or one.year != year or one.mean >= 0:
            continue
        share = _share(run, one.id, one.pod, year, provider)
        found = sums.setdefault(one.pod, [0.0, 0.0, 0.0])
        for at, value in enumerate((-one.p90, -one.mean, -one.p10)):
            found[at] += share * max(value, 0.0)
    units = tuple((pod, low, mean, high) for pod, (low, mean, high) in sums.items())
    return Avoided(units, tuple(run.book.pods))


def released(
    run: ActivityRun, book: FinanceBook, found: Avoided, year: FinancialYear, contract: Contract | None
) -> Released:
    """The worth of what is avoided, and what the contract pays less: its payment at the modelled activity with the
    schemes, less what it would pay with what they avoid on top. Raises ``InputError`` for an activity that the
    mechanism cannot pay for."""
    prices = _prices(run, book, contract)
    unpriced = tuple(pod for pod, *_ in found.units if pod not in prices)
    worth = _worth(found, prices)
    if contract is None:
        return Released(worth, worth, None, unpriced)
    mechanism = contract_year(book, contract.id).mechanism
    lines, fixed = paid_activity(book, contract, mechanism.kind)
    provider = provider_in(run, contract)
    with_schemes = modelled_value(run, lines, fixed, "" if provider is None else provider, year)
    if not contract_lines(book, contract):  # then at what it plans, which has the schemes in it
        return Released(worth, _cash(mechanism, mechanism.planned_gbp, worth), mechanism, unpriced)
    # Of lines that are paid by a fixed sum nothing is paid less, whatever the mechanism does with the others.
    every = contract_lines(book, contract) if mechanism.kind is MechanismKind.GAIN_LOSS else lines
    paid = {one.pod for one in every}
    moving = _worth(found, {pod: price for pod, price in prices.items() if pod in paid})
    by_fixed_sum = tuple(pod for pod, *_ in found.units if pod in prices and pod not in paid)
    return Released(worth, _cash(mechanism, with_schemes, moving), mechanism, unpriced, by_fixed_sum)


def _worth(found: Avoided, prices: Mapping[str, Decimal]) -> Three:
    low, mean, high = (
        pence(sum(values[at] * float(prices[pod]) for pod, *values in found.units if pod in prices)) for at in range(3)
    )
    return low, mean, high


def _cash(mechanism: Mechanism, with_schemes: Decimal, worth: Three) -> Three:
    here = payment(mechanism, with_schemes).gbp
    low, mean, high = (payment(mechanism, with_schemes + one).gbp - here for one in worth)
    return low, mean, high


def _prices(run: ActivityRun, book: FinanceBook, contract: Contract | None) -> dict[str, Decimal]:
    """The price of a unit by point of delivery: the contract's lines, else the activity model's for any provider."""
    if contract is not None and (lines := contract_lines(book, contract)):
        return {one.pod: one.price_gbp for one in lines}
    return {one.pod: Decimal(repr(one.gbp)) for one in run.book.prices}


def _share(run: ActivityRun, part: str, pod: str, year: FinancialYear, provider: str | None) -> float:
    """How much of what an intervention avoids is at one provider."""
    parts = [one for one in run.bridge if one.part == part and one.pod == pod and one.year == year and one.value < 0]
    whole = sum(one.value for one in parts)
    if provider is None or not whole or {one.provider for one in parts} == {provider}:
        return 1.0
    return sum(one.value for one in parts if one.provider == provider) / whole
