"""Contracts, mechanisms over a distribution of activity, and peers as printed tables."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from trigpoint.finance.book.book import MONTHS_OF_YEAR
from trigpoint.finance.contracts.kind_names import kind_words
from trigpoint.finance.contracts.mechanism import Bearer, Mechanism, MechanismKind, MonthPayment, Payment, Spread
from trigpoint.finance.contracts.payment import FROM_ACTIVITY
from trigpoint.finance.contracts.result import ContractYear, LineYear
from trigpoint.finance.peers.result import Benchmark, Opportunity
from trigpoint.finance.words import NOTHING
from trigpoint.reports.blocks import Table
from trigpoint.reports.finance.words import (
    STAR,
    amounts,
    column,
    money_form,
    number,
    share,
    whole_share,
    wide_form,
    yes_no,
)
from trigpoint.rounding import total
from trigpoint.wording import capital


def kind_name(kind: MechanismKind) -> str:
    """The name of a mechanism's kind on paper.

    >>> kind_name(MechanismKind.CAP_COLLAR), kind_name(MechanismKind.COST_PER_CASE)
    ('Cap and collar', 'Cost per case')
    """
    return capital(kind_words(kind))


def mechanism_name(mechanism: Mechanism) -> str:
    """The name of a mechanism on paper, with its kind where the name does not say it."""
    kind = kind_words(mechanism.kind)
    name = mechanism.stated.name or mechanism.id
    said = name.casefold().replace("-", " ") == kind.casefold().replace("-", " ")
    return capital(kind) if said else f"{name} ({kind})"


def bearer_words(bearer: Bearer) -> str:
    """Who bears one more unit, in a word or two."""
    return "shared" if bearer is Bearer.SHARED else f"the {bearer.value}"


def contracts_table(years: Sequence[ContractYear]) -> Table:
    """Each contract of a year: its lines and what is paid at plan and at the forecast, one more unit, who bears it."""
    values = [_amounts_of(one) for one in years]
    form = wide_form(value for row in values for value in row)
    rows = tuple(
        (
            f"{one.contract.stated.name or one.contract.id}{STAR if one.illustrative else ''}",
            kind_name(one.mechanism.kind),
            *map(form.words, row),
            marginal_words(one.at_forecast),
            one.at_forecast.borne_by.value,
        )
        for one, row in zip(years, values, strict=True)
    )
    headers = ("Contract", "Mechanism", "Planned", "Paid at plan", "Forecast", "Paid then", "Next £1", "Borne by")
    of = f", {years[0].contract.year}" if years else ""
    return Table(f"Contracts{of}: value of the lines, and payment", headers, rows, (20, 14, 12, 12, 12, 12, 8, 10))


def _amounts_of(one: ContractYear) -> tuple[Decimal | None, ...]:
    """Value and payment at plan and at the forecast; no value of a contract without lines."""
    planned = one.planned_gbp if one.lines else None
    forecast = total(line.forecast_gbp for line in one.lines) if one.lines else None
    return planned, one.at_plan.gbp, forecast, one.at_forecast.gbp


def marginal_words(payment: Payment) -> str:
    """What one more unit adds, or one more pound's worth where activity is told in pounds."""
    return money_form([payment.marginal_gbp]).words(payment.marginal_gbp)


def contract_lines_table(one: ContractYear) -> Table:
    """The lines of a contract: units planned and forecast, and the difference in pounds."""
    columns = tuple(zip(*((line.planned_gbp, line.forecast_gbp, line.variance_gbp) for line in one.lines), strict=True))
    form = wide_form(value for values in columns for value in values)
    printed = zip(*(column(values, form) for values in columns), strict=True)
    names = [
        (
            _line_name(line),
            number(line.line.planned_units, 0),
            NOTHING if line.units_to_date is None else number(line.units_to_date, 0),
            number(line.forecast_units, 0),
        )
        for line in one.lines
    ]
    rows = tuple((*name, *cells) for name, cells in zip([*names, ("All lines", "", "", "")], printed, strict=False))
    name = one.contract.stated.name or one.contract.id
    headers = ("Line", "Units planned", "To date", "Forecast", "Planned value", "Forecast value", "Variance")
    return Table(f"{name}, {one.contract.year}: lines", headers, rows, (28, 12, 12, 12, 13, 13, 10))


def _line_name(one: LineYear) -> str:
    line = one.line
    name = line.stated.name or line.pod or line.id
    if line.paid_price_gbp == line.price_gbp:
        return name
    paid, planned = amounts([line.paid_price_gbp, line.price_gbp])
    return f"{name} (at {paid} each, planned {planned})"


def variance_table(one: ContractYear) -> Table:
    """Why the contract's forecast activity is worth another sum than planned."""
    variance = one.variance
    values = amounts([variance.volume_gbp, variance.price_gbp, variance.mix_gbp, variance.gbp])
    names = ("Volume", "Price", "Mix", "Difference in value")
    name = one.contract.stated.name or one.contract.id
    return Table(f"{name}, {one.contract.year}: why it differs", ("Step", "Amount"),
                 tuple(zip(names, values, strict=True)), (60, 40))  # fmt: skip


def payment_months_table(months: Sequence[MonthPayment], caption: str) -> Table:
    """Payment by month: each the difference of two payments of cumulative activity."""
    form = money_form(value for one in months for value in (one.activity_gbp, one.cumulative_gbp, one.gbp))
    rows = tuple(
        (capital(month), form.words(one.activity_gbp), form.words(one.cumulative_gbp), form.words(one.gbp))
        for month, one in zip(MONTHS_OF_YEAR, months, strict=False)
    )
    return Table(caption, ("Month", "Activity", "Paid to date", "Payment"), rows, (25, 25, 25, 25))


def payment_table(payment: Payment, mechanism: Mechanism, activity: str) -> Table:
    """One payment with its parts, the marginal unit and who bears it."""
    values = amounts([*(gbp for _, gbp in payment.parts), payment.gbp])
    names = [*(_part_words(name) for name, _ in payment.parts), "Payment"]
    rows = [*zip(names, values, strict=True)]
    unit = "One more unit" if mechanism.price_gbp is not None else "One more pound of activity"
    rows.append((unit, marginal_words(payment)))
    rows.append(("Borne by", bearer_words(payment.borne_by)))
    return Table(f"{mechanism_name(mechanism)}: payment for {activity}", ("Item", "Amount"), tuple(rows), (60, 40))


def _part_words(name: str) -> str:
    return "Paid for activity" if name == FROM_ACTIVITY else capital(name.replace("_", " "))


def spreads_table(spreads: Sequence[Spread], caption: str) -> Table:
    """Mechanisms for one contract over a distribution of activity: expected payment, spread, who carries the risk."""
    form = wide_form(
        value for one in spreads for value in (one.expected_gbp, one.low_gbp, one.high_gbp, one.deviation_gbp)
    )
    rows = tuple(
        (
            f"{one.mechanism} ({kind_name(one.kind)})",
            form.words(one.expected_gbp),
            f"{form.words(one.low_gbp)} to {form.words(one.high_gbp)}",
            form.words(one.deviation_gbp),
            share(one.commissioner_share, 0),
        )
        for one in spreads
    )
    headers = ("Mechanism", "Expected payment", "80% interval", "Standard deviation", "Commissioner bears")
    return Table(caption, headers, rows, (26, 18, 26, 16, 14))


def peers_table(found: Benchmark) -> Table:
    """Own rate and the peers', by nearness, each with its interval, the shrunk rate, whether it is of the best, and how
    often it is a peer at all when the weights of the variables vary."""
    chosen = dict(found.chosen_by_weights)
    rows = tuple(
        (
            one.name or one.organisation,
            number(one.rate),
            _interval(one.low, one.high),
            number(one.shrunk, 2),
            number(one.distance, 2),
            "own" if one is found.own else ("best" if one.best else ""),
            whole_share(chosen[one.organisation]) if one.organisation in chosen else NOTHING,
        )
        for one in (found.own, *found.peers)
    )
    mark = STAR if found.illustrative else ""
    headers = ("Organisation", "Rate", "95% interval", "Shrunk", "Distance", "Best", "Other weights")
    return Table(f"{found.measure}: peers{mark}", headers, rows, (28, 12, 22, 10, 11, 7, 10))


def trend_table(found: Benchmark) -> Table:
    """Own rate and the mean of the same peers, year by year; no rows where one year alone is known."""
    years = found.trend if len(found.trend) > 1 else ()
    rows = tuple((year, number(own), number(mean, 2), number(own - mean, 2)) for year, own, mean in years)
    return Table(f"{found.measure}: year by year", ("Year", "Own", "Mean of peers", "Apart"), rows, (25, 25, 25, 25))


def opportunities_table(found: Benchmark) -> Table:
    """The opportunity as it is usually told, and less chance, with its interval; pounds where it is money."""
    unit = "£" if found.money else ""
    rows = tuple(
        (
            capital(one.comparator.value),
            number(one.comparator_rate),
            *(number(amount, 0, unit) for amount in (one.raw, one.chance, one.adjusted)),
            _interval(one.low, one.high, 0, unit),
            yes_no(one.real),
            _by_weights(one, unit),
        )
        for one in found.opportunities
    )
    headers = (
        "Against", "Rate", "As usually told", "By chance alone", "Adjusted", "95% interval", "Real", "By other weights",
    )  # fmt: skip
    return Table(f"{found.measure}: opportunity", headers, rows, (16, 8, 13, 12, 12, 16, 6, 17))


def _by_weights(one: Opportunity, unit: str) -> str:
    low, high = one.lowest_by_weights, one.highest_by_weights
    return number(low, 0, unit) if low == high else _interval(low, high, 0, unit)


def _interval(low: Decimal | None, high: Decimal | None, decimals: int = 2, unit: str = "") -> str:
    if low is None or high is None:
        return NOTHING
    return f"{number(low, decimals, unit)} to {number(high, decimals, unit)}"
