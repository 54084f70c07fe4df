"""One scheme in one year."""

from __future__ import annotations

from decimal import Decimal

from trigpoint.finance.asked import asked_year
from trigpoint.finance.book.book import FinanceBook, Recurrence, Scheme, SchemeMonths, Series
from trigpoint.finance.money import to_pence
from trigpoint.finance.schemes.forecast import SchemeForecast, forecast_scheme
from trigpoint.finance.schemes.gate_standing import gate_standings
from trigpoint.finance.schemes.gates import GateRules, gates_of
from trigpoint.finance.schemes.overlap import counted_amounts
from trigpoint.finance.schemes.plan import Months, first_year, plan_of, prove_scheme, share_of_year
from trigpoint.finance.schemes.rating import disagreement, rated
from trigpoint.finance.schemes.result import SchemeYear
from trigpoint.periods import FinancialYear

_NIL = Decimal("0.00")


def scheme_year(
    book: FinanceBook, scheme: Scheme, year: FinancialYear | str, rules: GateRules | None = None
) -> SchemeYear:
    """What a scheme plans, has saved and will save in a year, and where it stands at its gates; pounds, savings
    positive.

    The part-year effect is full-year effect × months from its start ÷ 12, spread over them by the profile; a
    non-recurrent scheme saves its whole amount in the year of its start. Later years have a recurrent scheme's full
    effect. A plan by month in ``book.scheme_months`` goes before the computed months. ``rules`` are stages, gates and
    limits (``load_gates``), the plan's own or the usual ones where they are left out. Raises ``InputError`` for a
    scheme that cannot be computed, such as a probability above 1. Method: ``docs/methods-schemes.md``.

    >>> from trigpoint.finance.book.book import FinanceSettings, OrganisationType
    >>> from trigpoint.periods import Month
    >>> year = FinancialYear(2017)
    >>> homes = Scheme("telemedicine", year, Decimal(2_400_000), Month(2017, 7), Recurrence.RECURRENT, "idea",
    ...                probability=Decimal("0.8"))
    >>> settings = FinanceSettings("Dudley CCG", OrganisationType.CCG, "nhs-2017-19", (year, year + 1))
    >>> found = scheme_year(FinanceBook(settings, schemes=(homes,)), homes, year)
    >>> print(found.part_year_gbp, found.tail_gbp, found.risk_adjusted_gbp, found.months[3][0])
    1800000.00 600000.00 1440000.00 200000.00
    """
    year = asked_year(year)
    prove_scheme(scheme)
    rules = rules or gates_of(book)
    plan, remarks = _plan(book, scheme, year)
    part_year = sum(plan, Decimal(0))
    forecast = _forecast(book, scheme, year, plan)
    gates, more = gate_standings(book.gates, scheme, rules)
    rag, basis = rated(scheme, part_year, forecast, gates, rules)
    recurrent, first = scheme.recurrence is Recurrence.RECURRENT, first_year(scheme)
    investment = share_of_year(scheme.investment_gbp, scheme, year)
    return SchemeYear(
        scheme=scheme,
        year=year,
        part_year_gbp=part_year,
        net_gbp=part_year - investment,
        tail_gbp=to_pence(scheme.full_year_effect_gbp) - part_year if recurrent else _NIL,
        exit_gbp=to_pence(scheme.full_year_effect_gbp) if recurrent and year.first >= first.first else _NIL,
        risk_adjusted_gbp=to_pence(part_year * scheme.probability),
        counted_gbp=_counted(book, scheme, year, part_year, rules),
        plan_to_date_gbp=forecast.plan_to_date_gbp,
        actual_to_date_gbp=forecast.actual_to_date_gbp,
        delivery_ratio=forecast.ratio,
        forecast_gbp=forecast.gbp,
        forecast_reason=forecast.reason,
        rag=rag,
        rag_reason=disagreement(scheme.rag, rag, basis),
        gates=gates,
        months=forecast.months,
        investment_gbp=investment,
        new_gbp=_new(book, scheme, year, part_year),
        new_investment_gbp=_new_investment(scheme, year),
        expected_ratio=forecast.expected_ratio,
        computed_forecast_gbp=forecast.computed_gbp,
        rag_basis=basis,
        remarks=(*remarks, *_start_remarks(scheme), *forecast.remarks, *more),
    )


def part_year_gbp(book: FinanceBook, scheme: Scheme, year: FinancialYear) -> Decimal:
    """What a scheme plans to save in a year, gross."""
    if _row(book, scheme, year, Series.BUDGET) is None:  # computed months add up to this
        return share_of_year(scheme.full_year_effect_gbp, scheme, year)
    return sum(_plan(book, scheme, year)[0], Decimal(0))


def _plan(book: FinanceBook, scheme: Scheme, year: FinancialYear) -> tuple[Months, tuple[str, ...]]:
    return plan_of(scheme, year, _row(book, scheme, year, Series.BUDGET))


def _row(book: FinanceBook, scheme: Scheme, year: FinancialYear, series: Series) -> SchemeMonths | None:
    rows = (one for one in book.scheme_months if one.scheme == scheme.id and one.year == year and one.series is series)
    return next(rows, None)


def _forecast(book: FinanceBook, scheme: Scheme, year: FinancialYear, plan: Months) -> SchemeForecast:
    actual, own = (_row(book, scheme, year, series) for series in (Series.ACTUAL, Series.FORECAST))
    first_of_plan = bool(book.settings.years) and year == book.settings.years[0]
    known = book.settings.months_known if first_of_plan else 0
    return forecast_scheme(plan, scheme.probability, actual, own, known)


def _new(book: FinanceBook, scheme: Scheme, year: FinancialYear, part_year: Decimal) -> Decimal:
    """What a year saves beyond the year before; a non-recurrent saving that ends takes nothing away here, for it was
    never in the next year's plan."""
    if scheme.recurrence is Recurrence.NON_RECURRENT or first_year(scheme).first >= year.first:
        return part_year
    return part_year - part_year_gbp(book, scheme, year + -1)


def _new_investment(scheme: Scheme, year: FinancialYear) -> Decimal:
    """What a year costs beyond the year before: the cost of a scheme reaches a full year as its saving does."""
    cost = share_of_year(scheme.investment_gbp, scheme, year)
    if scheme.recurrence is Recurrence.NON_RECURRENT or first_year(scheme).first >= year.first:
        return cost
    return cost - share_of_year(scheme.investment_gbp, scheme, year + -1)


def _counted(book: FinanceBook, scheme: Scheme, year: FinancialYear, part_year: Decimal, rules: GateRules) -> Decimal:
    """What of the scheme counts beside the others of its group in the same year."""
    if not scheme.double_count.strip():
        return part_year
    group = scheme.double_count.strip().casefold()
    # In the order of the book, so that of equal ones it is always the same that counts whole.
    members = [
        one
        for one in book.schemes
        if one.year == scheme.year and one.double_count.strip().casefold() == group and _fit(one)
    ]
    if not any(one is scheme for one in members):
        members = [*(one for one in members if one != scheme), scheme]
    claims = [(group, part_year if one is scheme else part_year_gbp(book, one, year)) for one in members]
    place = next(at for at, one in enumerate(members) if one is scheme)
    return counted_amounts(claims, rules.share_of_others)[place]


def _fit(scheme: Scheme) -> bool:
    return scheme.full_year_effect_gbp.is_finite() and len(scheme.profile) in (0, 12)


def _start_remarks(scheme: Scheme) -> tuple[str, ...]:
    first = first_year(scheme)
    if first == scheme.year:
        return ()
    words = f"it is a scheme of {scheme.year.label} that starts in {scheme.start.label}"
    if first.first > scheme.year.first:
        return (f"{words}: it saves nothing before {first.label}",)
    return (f"{words}: part of its saving stands in {first.label} already",)
