"""The financial position of a year: what there is to spend, what is spent, what is left, and what lies beneath."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from trigpoint.errors import InputError
from trigpoint.finance.asked import asked_year
from trigpoint.finance.book.book import FinanceBook, OrganisationType
from trigpoint.finance.money import to_pence
from trigpoint.finance.position.bridges import limit_bridge, spend_bridge, surplus_bridge
from trigpoint.finance.position.from_budget import from_budget_remarks
from trigpoint.finance.position.group_positions import cumulative_months, forecast_remarks, group_positions
from trigpoint.finance.position.growth import growth_amounts
from trigpoint.finance.position.lines import SpendYear, months_known, spend_years
from trigpoint.finance.position.opening import opening_of
from trigpoint.finance.position.quantities import QuantityValue, amount_words, quantity_value
from trigpoint.finance.position.result import Position, Underlying
from trigpoint.finance.position.underlying_position import underlying_of
from trigpoint.periods import FinancialYear
from trigpoint.rounding import total

_USED = ("resource_limit", "recurrent_allocation", "planned_surplus", "outturn_surplus", "control_total")


def position(book: FinanceBook, year: FinancialYear | str) -> Position:
    """The position of a year in pounds: cost positive, surplus positive.

    The forecast of a line is the plan's own; where it has none, actual to date and the budget of the months to come.
    ``surplus_gbp`` is the resource limit less the forecast (of a trust, whose income stands among its lines, less
    theirs), or the plan's own ``outturn_surplus``; without lines of spend the planned surplus stands for it.
    What the plan does not say is ``None`` and told in ``remarks``. Raises ``InputError`` only for a year of which the
    book knows nothing. Method: docs/methods-position.md.

    >>> from trigpoint.finance.book.book import FinanceSettings, OrganisationType, Quantity
    >>> year = FinancialYear(2017)
    >>> settings = FinanceSettings("Dudley CCG", OrganisationType.CCG, "nhs-2017-19", (year,))
    >>> told = {"resource_limit": 456_200_000, "planned_surplus": 5_300_000, "control_total": 5_400_000}
    >>> rows = tuple(Quantity(year, name, Decimal(gbp), "gbp") for name, gbp in told.items())
    >>> found = position(FinanceBook(settings, quantities=rows), year)
    >>> found.budget_gbp, found.surplus_gbp, found.control_variance_gbp
    (Decimal('450900000.00'), Decimal('5300000.00'), Decimal('-100000.00'))
    """
    year = asked_year(year)
    lines = spend_years(book, year)
    known = months_known(book, year)
    told = {name: quantity_value(book, name, year) for name in _USED}
    _prove_known(book, year, lines)
    planned, control = _gbp(told["planned_surplus"]), _gbp(told["control_total"])
    surplus = _gbp(told["outturn_surplus"]) if _is_forecast(told, lines) else planned
    variance = None if surplus is None or control is None else surplus - control
    opening = opening_of(book, year)
    beneath, remarks = underlying_of(book, year)
    bridges = (limit_bridge(book, year), surplus_bridge(book, year), spend_bridge(book, year))
    return Position(
        year=year,
        resource_limit_gbp=_gbp(told["resource_limit"]),
        recurrent_limit_gbp=_gbp(told["recurrent_allocation"]),
        budget_gbp=_spent(book, year, lines, "spend"),
        forecast_gbp=_spent(book, year, lines, "outturn_spend"),
        planned_surplus_gbp=planned,
        surplus_gbp=surplus,
        control_total_gbp=control,
        control_variance_gbp=variance,
        months_known=known,
        groups=group_positions(lines, known),
        limit_bridge=bridges[0],
        surplus_bridge=bridges[1],
        spend_bridge=bridges[2],
        underlying=beneath,
        opening_underlying_gbp=opening.gbp,
        opening_bridge=opening.bridge,
        months=cumulative_months(lines, known),
        growth=growth_amounts(book, year),
        remarks=(
            *(remark for value in told.values() for remark in value.remarks),
            *_lacking(book, told),
            *forecast_remarks(lines, known),
            *_growth_remarks(book, year),
            *from_budget_remarks(book, year, bridges[2]),
            *remarks,
            *_at_forecast(planned, surplus, beneath),
            *opening.remarks,
        ),
        illustrative=any(line.illustrative for line in lines) or any(one.illustrative for one in told.values()),
    )


def _is_forecast(told: dict[str, QuantityValue], lines: Sequence[SpendYear]) -> bool:
    """Without actuals or a forecast of its own a year ends as it is planned."""
    return any(line.told or line.reported for line in lines) or told["outturn_surplus"].told is not None


def _gbp(value: QuantityValue) -> Decimal | None:
    return None if value.exact is None else to_pence(value.exact)


def _spent(book: FinanceBook, year: FinancialYear, lines: Sequence[SpendYear], name: str) -> Decimal:
    """Spend of the lines; of a plan that has none, what its resource limit and surplus leave for it."""
    if lines:
        return total(total(line.budget if name == "spend" else line.forecast) for line in lines)
    return to_pence(quantity_value(book, name, year).exact or Fraction(0))


def _prove_known(book: FinanceBook, year: FinancialYear, lines: Sequence[SpendYear]) -> None:
    tables = (book.allocations, book.quantities, book.growth, book.schemes, book.spend)
    years = sorted({one.year for table in tables for one in table})
    if lines or year in years:
        return
    remedy = f"take one of {', '.join(one.label for one in years)}" if years else "write allocations.csv and spend.csv"
    raise InputError(f"this plan has no finance of {year.label}", remedy=remedy)


def _lacking(book: FinanceBook, told: dict[str, QuantityValue]) -> list[str]:
    names = ["planned_surplus"]
    # A trust has no resource limit, and since 2026 whoever breaks even has no control total.
    if book.settings.organisation_type is not OrganisationType.TRUST:
        names.insert(0, "resource_limit")
    if book.settings.organisation_type is OrganisationType.CCG:
        names.append("control_total")
    return [f"{told[name].title}: {told[name].lacking}" for name in names if told[name].exact is None]


def _at_forecast(planned: Decimal | None, surplus: Decimal | None, beneath: Underlying | None) -> list[str]:
    """The underlying position is the plan's; a forecast that differs takes it along, as far as it recurs."""
    if planned is None or surplus is None or beneath is None or surplus == planned:
        return []
    there = total((beneath.gbp, surplus, -planned))
    return [
        f"Underlying position: {amount_words(beneath.gbp)} is the plan’s; if all of what the forecast differs by comes "
        f"again, it is {amount_words(there)}"
    ]


def _growth_remarks(book: FinanceBook, year: FinancialYear) -> list[str]:
    lost = [one.assumption for one in growth_amounts(book, year) if one.gbp is None and one.assumption.rate is not None]
    return [
        f"{one.stated.name or one.driver.value.capitalize()}: no spend of {(year - 1).label} on "
        f"{one.group.value if one.group else 'any group'} is known that the rate could be taken of"
        for one in lost
    ]
