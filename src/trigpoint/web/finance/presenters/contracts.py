"""Contracts: the list, and one with its payment curve, its months, and another activity tried out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from trigpoint.charts.picture import DataTable
from trigpoint.errors import InputError
from trigpoint.finance.contracts.amounts import amount_of, count_of
from trigpoint.finance.contracts.mechanism import Mechanism
from trigpoint.finance.contracts.result import ContractYear
from trigpoint.finance.contracts.year import FIXED_LINES
from trigpoint.finance.words import NOTHING, MoneyForm, gbp_change, gbp_exact, gbp_whole, gbp_words
from trigpoint.plans.cells import CellError
from trigpoint.reports.blocks import Table
from trigpoint.reports.finance.contract_tables import (
    bearer_words,
    contract_lines_table,
    kind_name,
    marginal_words,
    mechanism_name,
    payment_months_table,
    payment_table,
    spreads_table,
)
from trigpoint.reports.finance.words import column, number
from trigpoint.web.finance.desk import Desk
from trigpoint.web.finance.presenters.pictures import chart_of
from trigpoint.web.finance.results import contract_of
from trigpoint.web.finance.spreads import compared_of
from trigpoint.wording import capital

LONGEST = 40
CURVE_POINTS = 9
_LOW, _HIGH = Decimal("0.8"), Decimal("1.2")


@dataclass(frozen=True, slots=True)
class ContractLineOnPage:
    """One contract of the list."""

    name: str
    href: str
    year: str
    parties: str
    mechanism: str
    commissioner: str
    provider: str
    apart: str
    at_plan: str
    at_forecast: str
    marginal: str
    bearer: str
    reason: str
    illustrative: bool


def contracts_page(desk: Desk) -> dict[str, Any]:
    """Every contract of the chosen year with what it pays."""
    wanted = [each for each in desk.book.contracts if each.year == desk.at_year]
    lines = [_line(desk, each.id) for each in wanted]
    return {
        "lines": lines,
        "years": desk.years("finance-contracts"),
        "illustrative": any(line.illustrative for line in lines),
    }


def _line(desk: Desk, cid: str) -> ContractLineOnPage:
    contract = next(each for each in desk.book.contracts if each.id == cid)
    both = (contract.commissioner_gbp, contract.provider_gbp)
    apart = both[0] - both[1] if both[0] is not None and both[1] is not None else None
    found, reason = None, ""
    try:
        found = contract_of(desk, cid)
    except InputError as error:
        reason = str(error)
    return ContractLineOnPage(
        name=contract.stated.name or contract.id,
        href=desk.url("finance-contract", cid=cid),
        year=contract.year.label,
        parties=_parties(desk, contract.commissioner, contract.provider),
        mechanism=mechanism_name(found.mechanism) if found else contract.mechanism,
        commissioner=gbp_words(contract.commissioner_gbp),
        provider=gbp_words(contract.provider_gbp),
        apart=gbp_change(apart),
        at_plan=gbp_words(found.at_plan.gbp) if found else NOTHING,
        at_forecast=gbp_words(found.at_forecast.gbp) if found else NOTHING,
        marginal=marginal_words(found.at_forecast) if found else NOTHING,
        bearer=capital(bearer_words(found.at_forecast.borne_by)) if found else NOTHING,
        reason=reason,
        illustrative=contract.stated.illustrative or bool(found and found.illustrative),
    )


def _parties(desk: Desk, commissioner: str, provider: str) -> str:
    return " with ".join(desk.place(code) for code in (commissioner, provider) if code)


def contract_page(desk: Desk, cid: str, tried: str) -> dict[str, Any]:
    """One contract: how it pays, what one more unit does, its lines and months, other mechanisms beside it."""
    found = contract_of(desk, cid)
    contract = found.contract
    try:
        compared, unspread = compared_of(desk, cid), ""
    except InputError as error:
        compared, unspread = None, str(error)
    return {
        "contract": contract,
        "name": contract.stated.name or contract.id,
        "parties": _parties(desk, contract.commissioner, contract.provider),
        "headline": headline(found),
        "facts": facts_of(desk, found),
        "curve": chart_of(desk, "What is paid for how much activity", "curve", cid),
        "points": points_table(found),
        "months_chart": chart_of(desk, "Month by month", "contract-months", cid) if found.months else None,
        "months": payment_months_table(found.months, "Payment by month"),
        "lines": contract_lines_table(found),
        "variance": why_table(found),
        "trial": trial_of(found, tried),
        "compared": compared,
        "spreads": spreads_table(compared.spreads, compared.caption) if compared else None,
        "spreads_chart": chart_of(desk, "Other mechanisms for the same activity", "mechanisms", cid)
        if compared
        else None,
        "unspread": unspread,
        "remarks": (*found.remarks, *(compared.remarks if compared else ())),
        "illustrative": found.illustrative or contract.stated.illustrative,
    }


def headline(found: ContractYear) -> str:
    """What is paid, and what one more unit does, in one or two sentences."""
    plan, forecast = found.at_plan, found.at_forecast
    said = f"{gbp_words(plan.gbp)} is paid for the activity planned"
    if found.months and found.forecast_activity_gbp != found.planned_gbp:
        said += f", {gbp_words(forecast.gbp)} for that forecast"
    return f"{said}. {marginal_sentence(found, forecast)}"


def marginal_sentence(found: ContractYear, payment: Any) -> str:
    """What one more unit changes, and who bears it."""
    unit = "One more unit" if found.mechanism.price_gbp is not None else "One more pound’s worth of activity"
    if not payment.marginal_gbp:
        return f"{unit} adds nothing to the payment: {bearer_words(payment.borne_by)} bears it."
    borne = "its cost is shared" if payment.borne_by.value == "shared" else f"{bearer_words(payment.borne_by)} bears it"
    return f"{unit} adds {gbp_plain(payment.marginal_gbp)}: {borne}."


def facts_of(desk: Desk, found: ContractYear) -> list[tuple[str, str]]:
    """Who, how, and the terms as they were written."""
    contract, mechanism, fixed = found.contract, found.mechanism, fixed_of(found)
    facts = [
        ("Commissioner", desk.place(contract.commissioner)),
        ("Provider", desk.place(contract.provider)),
        ("Mechanism", kind_name(mechanism.kind)),
        ("In the commissioner’s plan", gbp_words(contract.commissioner_gbp)),
        ("In the provider’s plan", gbp_words(contract.provider_gbp)),
        ("Value planned", gbp_words(found.planned_gbp)),
        ("Of that paid by a fixed sum", gbp_words(fixed) if fixed else ""),
        ("Activity planned", gbp_words(found.planned_gbp - fixed) if fixed else ""),
        ("Activity forecast", gbp_words(found.forecast_activity_gbp)),
        *(_term(name, text) for name, text in mechanism.terms.items() if name != "planned_gbp"),
        ("Source", contract.stated.source),
        ("Note", contract.stated.note),
    ]
    return [(label, text) for label, text in facts if text and text != NOTHING]


def _term(name: str, text: str) -> tuple[str, str]:
    """A term of the mechanism as a reader has it: pounds as pounds."""
    label = capital(name.removesuffix("_gbp").replace("_", " "))
    if not name.endswith("_gbp"):
        return label, text
    try:
        return label, gbp_plain(amount_of(text))
    except CellError:
        return label, text


def points_table(found: ContractYear) -> DataTable:
    """The payment at several activities around the plan: the curve in figures."""
    from trigpoint.finance.contracts.payment import payment_curve

    low, high = _range(found)
    rows = tuple(
        (activity_words(found.mechanism, activity), gbp_whole(paid.gbp), marginal_words(paid),
         capital(bearer_words(paid.borne_by)))
        for activity, paid in payment_curve(found.mechanism, low, high, points=CURVE_POINTS)
    )  # fmt: skip
    headers = ("Activity", "Payment", "One more unit adds", "Borne by")
    return DataTable("What is paid for how much activity", headers, rows)


def _range(found: ContractYear) -> tuple[Decimal, Decimal]:
    """From a fifth below the plan to a fifth above, in units where the mechanism counts units."""
    price, planned = found.mechanism.price_gbp, found.mechanism.planned_gbp or found.planned_gbp
    middle = planned / price if price else planned
    middle = middle or Decimal(1)
    return middle * _LOW, middle * _HIGH


def activity_words(mechanism: Mechanism, activity: Decimal) -> str:
    """An activity in the unit that the mechanism is told in."""
    return gbp_plain(activity) if mechanism.price_gbp is None else f"{number(activity, 1)} units"


def trial_of(found: ContractYear, tried: str) -> dict[str, Any]:
    """The form that tries another activity, and what comes of it; or what is wrong with what was entered."""
    mechanism, text = found.mechanism, tried.strip()
    low, _ = _range(found)
    planned = low / _LOW
    in_units = mechanism.price_gbp is not None
    form = {
        "label": f"Activity of the year, in {'units' if in_units else 'pounds'}",
        "hint": hint_of(found, activity_words(mechanism, planned)),
        "text": text[:LONGEST],
        "error": "",
        "result": None,
        "sentence": "",
        "example": f"{planned:f}",
    }
    if not text:
        return form
    try:
        if len(text) > LONGEST:
            raise CellError("it is longer than any number", "write the activity of the year, such as 1050")
        activity = count_of(text) if in_units else amount_of(text)
        if activity < 0:
            raise CellError("activity cannot be negative", "write 0 or more")
        return form | _result(found, activity)
    except CellError as error:
        return form | {"error": f"{capital(error.what)}: {error.remedy}"}
    except InputError as error:
        return form | {"error": str(error)}


def hint_of(found: ContractYear, planned: str) -> str:
    """What is planned, and that lines paid by a fixed sum are no part of what is tried."""
    fixed = fixed_of(found)
    besides = f"; lines paid by a fixed sum come on top, {gbp_plain(fixed)}" if fixed else ""
    return f"Planned: {planned}{besides}"


def fixed_of(found: ContractYear) -> Decimal:
    """What is paid for lines that activity does not move."""
    return next((gbp for name, gbp in found.mechanism.settled if name == FIXED_LINES), Decimal(0))


def gbp_plain(gbp: Decimal) -> str:
    """An amount in whole pounds, with pence where it has some.

    >>> gbp_plain(Decimal(5300)), gbp_plain(Decimal("0.5"))
    ('£5,300', '£0.50')
    """
    return gbp_exact(gbp).removesuffix(".00")


def why_table(found: ContractYear) -> Table:
    """Why the forecast is worth another sum than the plan, in whole pounds that add up as printed."""
    variance = found.variance
    printed = column([variance.volume_gbp, variance.price_gbp, variance.mix_gbp], MoneyForm(0, "", 0))
    names = ("Volume", "Price", "Mix", "Difference in value")
    return Table("Why the forecast differs from the plan", ("Step", "Amount"), tuple(zip(names, printed, strict=True)))


def _result(found: ContractYear, activity: Decimal) -> dict[str, Any]:
    from trigpoint.finance.contracts.payment import payment

    paid = payment(found.mechanism, activity)
    more = paid.gbp - found.at_plan.gbp
    beside = f", {gbp_plain(abs(more))} {'more' if more > 0 else 'less'} than" if more else ", the same as"
    words = activity_words(found.mechanism, activity)
    besides = ", fixed sums included" if fixed_of(found) else ""
    said = f"{gbp_plain(paid.gbp)} is paid for {words}{besides}{beside} at plan. {marginal_sentence(found, paid)}"
    return {"result": payment_table(paid, found.mechanism, words), "sentence": said}
