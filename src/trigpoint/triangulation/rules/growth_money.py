"""How fast activity grows, against how fast the money for it does."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from trigpoint.checks.finding import Severity
from trigpoint.finance.book.book import Contract, ContractLine, Driver, GrowthAssumption, SpendGroup
from trigpoint.periods import FinancialYear
from trigpoint.triangulation.comparison import Comparison, Lacking, Wording, compared
from trigpoint.triangulation.figure import Unit, amount_words
from trigpoint.triangulation.modelled import base_units, contract_lines, modelled, provider_in
from trigpoint.triangulation.parts import Part, Parts, computed_figure, file_of, named, place_of
from trigpoint.triangulation.register import rule

RULE = "GROWTH_MONEY"
VOLUME = (Driver.DEMOGRAPHIC, Driver.OTHER_GROWTH)
_MONTHS = 12
_HOSPITAL = "E.M."
"""Lines of the national activity return, which is of acute hospitals."""


@rule(RULE, Severity.WARNING, Part.FINANCE, Part.ACTIVITY)
def growth_money(parts: Parts) -> Iterator[Comparison | Lacking]:
    """Money grows faster or more slowly than the activity that it is for.

    Two comparisons are made of each year. The growth in volume that the finance assumes for acute spend (demographic
    and other growth in demand, without inflation) is compared with the growth of hospital activity if nothing were
    done, each point of delivery at its price. And line by line, the growth of a contract line's money from one year's
    contract to the next, less the growth of its price, is compared with the activity model's growth of the same
    provider and point of delivery once the schemes are done.

    Fires: acute money for 2.0% more demand, hospital activity that grows by 3.1%. Does not: 2.0% and 2.2%.
    Remedy: use the same growth for money and activity, or say what the difference pays for.
    """
    for year in parts.years:
        yield from _of_the_group(parts, year)
    yield from _of_lines(parts)


def _of_the_group(parts: Parts, year: FinancialYear) -> Iterator[Comparison | Lacking]:
    assumed = [one for one in parts.book.growth if one.year == year and _is_acute_volume(one)]
    grown = _activity_growth(parts, year)
    if not assumed or grown is None:
        what = "the finance assumes no growth of acute demand" if not assumed else "hospital activity has no prices"
        yield Lacking(RULE, f"for {year} {what}")
        return
    rate = sum((one.rate for one in assumed if one.rate is not None), Decimal(0))
    added = " + ".join(amount_words(one.rate, Unit.SHARE) for one in assumed)
    rates = f" {added} =" if len(assumed) > 1 else ""
    money = computed_figure(
        rate,
        Unit.SHARE,
        f"acute money is planned for demand that grows by{rates}",
        ", ".join(place_of(one.stated, "growth") for one in assumed),
        file=file_of(assumed[0].stated, "growth"),
        row=assumed[0].stated.row,
        illustrative=any(one.stated.illustrative for one in assumed),
    )
    model = computed_figure(
        grown,
        Unit.SHARE,
        "hospital activity at its prices grows by",
        f"the activity model’s do nothing, {parts.run.draws:,} draws, seed {parts.run.seed}, and prices.csv",
    )
    wording = Wording(f"Growth of demand in {year}", "use one growth for money and activity, or say what differs")
    yield compared(RULE, Severity.WARNING, (money, model), parts.tolerance(RULE), wording)


def _is_acute_volume(one: GrowthAssumption) -> bool:
    return one.driver in VOLUME and one.rate is not None and one.group in (None, SpendGroup.ACUTE)


def _activity_growth(parts: Parts, year: FinancialYear) -> Decimal | None:
    """Growth of hospital activity if nothing were done, in the prices of the activity model.

    Both years are divided by the base year's outturn in their own months: a year with more working days is no growth.
    """
    now, before = (_grown(parts, at) for at in (year, year + -1))
    return Decimal(repr(now / before - 1)) if now and before else None


def _grown(parts: Parts, year: FinancialYear) -> float:
    """How many times the base year's outturn a year's activity is worth; 1 before the plan years, 0 without prices."""
    run = parts.run
    if year not in run.years:
        return 1.0
    hospital = {one.code for one in run.book.pods if one.line.startswith(_HOSPITAL)}
    at = run.years.index(year)
    worth = outturn = 0.0
    for series in run.series:
        price = _price(parts, series.key.provider, series.key.pod)
        if series.key.pod in hospital and price is not None:
            worth += price * float(series.annual_do_nothing.mean[at])
            outturn += price * float(series.fot[_MONTHS * at : _MONTHS * (at + 1)].sum())
    return worth / outturn if outturn > 0 else 0.0


def _price(parts: Parts, provider: str, pod: str) -> float | None:
    prices = parts.run.book.prices
    return next((one.gbp for one in prices if _prices(one.provider, one.pod, provider, pod)), None)


def _prices(provider: str, pod: str, of_provider: str, of_pod: str) -> bool:
    return provider in ("", of_provider) and pod in ("", of_pod)


def _of_lines(parts: Parts) -> Iterator[Comparison]:
    """Each line of a contract against the same line of the year before's."""
    for contract in parts.book.contracts:
        provider = provider_in(parts.run, contract)
        before = _year_before(parts, contract)
        if provider is None or before is None or contract.year not in parts.years:
            continue
        earlier = {one.pod: one for one in contract_lines(parts.book, before)}
        for line in contract_lines(parts.book, contract):
            other = earlier.get(line.pod)
            if other is not None and other.planned_gbp > 0 and other.price_gbp > 0 and line.price_gbp > 0:
                yield from _line(parts, contract, line, other, provider)


def _year_before(parts: Parts, contract: Contract) -> Contract | None:
    """The contract of the year before with the same provider for the same group, where there is one."""
    found = [
        one
        for one in parts.book.contracts
        if one.year == contract.year + -1
        and (one.provider, one.group, one.commissioner) == (contract.provider, contract.group, contract.commissioner)
        and contract_lines(parts.book, one)
    ]
    return found[0] if len(found) == 1 else None


def _line(
    parts: Parts, contract: Contract, line: ContractLine, before: ContractLine, provider: str
) -> Iterator[Comparison]:
    now = modelled(parts.run, provider, line.pod, contract.year)
    if now is None:
        return
    then = modelled(parts.run, provider, line.pod, contract.year + -1)
    base = then.mean if then is not None else base_units(parts.run, provider, line.pod)
    if base <= 0:
        return
    money, price = line.planned_gbp / before.planned_gbp - 1, line.price_gbp / before.price_gbp
    volume = (1 + money) / price - 1
    half = Decimal("0.5") * (_unit(line.planned_units) + _unit(before.planned_units)) / before.planned_units
    grown = computed_figure(
        volume,
        Unit.SHARE,
        f"money grows by {amount_words(money, Unit.SHARE)} and the price by "
        f"{amount_words(price - 1, Unit.SHARE)}, which leaves volume",
        f"{place_of(before.stated, 'contract_lines')} and {place_of(line.stated, 'contract_lines')}",
        half_unit=half,
        file=file_of(line.stated, "contract_lines"),
        row=line.stated.row,
        item=line.id,
        illustrative=line.stated.illustrative,
    )
    model = computed_figure(
        Decimal(repr(now.mean / base - 1)),
        Unit.SHARE,
        "activity in the model",
        f"the activity model’s do something, {parts.run.draws:,} draws, seed {parts.run.seed}",
    )
    wording = Wording(
        f"Growth of {named(line.stated.name, line.id)} of {contract.id} from {contract.year + -1} to {contract.year}",
        "let money and activity of the line grow alike, or say what differs",
    )
    yield compared(RULE, Severity.WARNING, (grown, model), parts.tolerance(RULE), wording)


def _unit(units: Decimal) -> Decimal:
    """The place that a number of units was rounded to: 100 for 88,300."""
    digits = str(int(units))
    return Decimal(10) ** (len(digits) - len(digits.rstrip("0"))) if units else Decimal(1)
