"""What a scheme plans to save month by month: from its full-year effect, its start and its profile."""

from __future__ import annotations

from decimal import Decimal

from trigpoint.errors import InputError, Where
from trigpoint.finance.book.book import Recurrence, Scheme, SchemeMonths
from trigpoint.finance.money import spread, to_pence
from trigpoint.finance.words import gbp_whole, share_words
from trigpoint.periods import FinancialYear

MONTHS = 12
_NOTHING = tuple(Decimal("0.00") for _ in range(MONTHS))
# Shares of a profile that are printed with one decimal of a per cent add up to 1 within this.
_ROUNDED = Decimal("0.01")
_PENNY_A_MONTH = Decimal("0.12")
Months = tuple[Decimal, ...]


def first_year(scheme: Scheme) -> FinancialYear:
    """The financial year in which a scheme takes effect."""
    return FinancialYear.of(scheme.start.start)


def months_in_effect(scheme: Scheme, year: FinancialYear) -> int:
    """How many months of a year a scheme is in effect: none before its start, all twelve in later years.

    A non-recurrent one has the months from its start to the end of that year, and none in others.

    >>> from trigpoint.finance.book.book import Scheme, Recurrence
    >>> from trigpoint.periods import Month
    >>> july = Scheme("a", FinancialYear(2017), Decimal(2_400_000), Month(2017, 7), Recurrence.RECURRENT, "live")
    >>> [months_in_effect(july, FinancialYear(each)) for each in (2016, 2017, 2018)]
    [0, 9, 12]
    """
    first = first_year(scheme)
    if year == first:
        return MONTHS - year.months.index(scheme.start)
    return MONTHS if scheme.recurrence is Recurrence.RECURRENT and year.first > first.first else 0


def share_of_year(gbp: Decimal, scheme: Scheme, year: FinancialYear) -> Decimal:
    """What of a full year's amount falls into a year, to the penny: months in effect of twelve, or all of it in its one
    year where the scheme is non-recurrent."""
    months = months_in_effect(scheme, year)
    if scheme.recurrence is Recurrence.NON_RECURRENT:
        return to_pence(gbp) if months else Decimal("0.00")
    return to_pence(gbp * months / MONTHS)


def computed_plan(scheme: Scheme, year: FinancialYear) -> Months:
    """Twelve months of planned saving in whole pence, which add up to the part-year effect exactly.

    In its first year that is spread by the profile, or evenly over the months from the start where there is none; in
    later years evenly.
    """
    months = months_in_effect(scheme, year)
    if not months:
        return _NOTHING
    shares = scheme.profile
    if year != first_year(scheme) or not any(shares):
        shares = tuple(Decimal(at >= MONTHS - months) for at in range(MONTHS))
    return spread(share_of_year(scheme.full_year_effect_gbp, scheme, year), shares)


def plan_of(scheme: Scheme, year: FinancialYear, told: SchemeMonths | None) -> tuple[Months, tuple[str, ...]]:
    """The months planned, and what is to be told of them: a plan by month that is told goes before the computed one."""
    computed = computed_plan(scheme, year)
    remarks = _profile_remarks(scheme, year)
    if told is None:
        return computed, remarks
    known = [month for month in told.months if month is not None]
    if len(known) != MONTHS or len(told.months) != MONTHS:
        return computed, (*remarks, f"its plan by month has {len(known)} of 12 months, so the computed one stands")
    plan = tuple(to_pence(month) for month in known)
    apart = sum(plan, Decimal(0)) - sum(computed, Decimal(0))
    if abs(apart) > _PENNY_A_MONTH:
        words = f"its plan by month adds up to {gbp_whole(sum(plan, Decimal(0)))}, while its full-year effect from "
        words += f"{scheme.start.label} comes to {gbp_whole(sum(computed, Decimal(0)))}; the months count"
        return plan, (words,)
    return plan, ()


def _profile_remarks(scheme: Scheme, year: FinancialYear) -> tuple[str, ...]:
    shares = scheme.profile
    if not any(shares) or year != first_year(scheme):
        return ()
    remarks = []
    if abs((whole := sum(shares, Decimal(0))) - 1) > _ROUNDED:
        remarks.append(f"the shares of its months add up to {share_words(whole)}; they are scaled to 100%")
    if any(shares[: MONTHS - months_in_effect(scheme, year)]):
        remarks.append(f"its months have shares before {scheme.start.label}, when it starts")
    return tuple(remarks)


def prove_scheme(scheme: Scheme) -> None:
    """Raise ``InputError`` where a scheme cannot be computed: a number that is none, a probability beyond 0 to 1, a
    profile that is not of twelve shares."""
    name = scheme.stated.name or scheme.id
    where = Where(scheme.stated.file, row=scheme.stated.row) if scheme.stated.file else None
    amounts = (scheme.full_year_effect_gbp, scheme.investment_gbp, scheme.probability, *scheme.profile)
    if not all(amount.is_finite() for amount in amounts):
        raise InputError(f"“{name}” has an amount that is no number", where=where, remedy="correct it")
    if not 0 <= scheme.probability <= 1:
        what = f"the probability of “{name}” is {scheme.probability}"
        raise InputError(what, where=where, remedy="give one between 0 and 1, as in 80%")
    if scheme.profile and (len(scheme.profile) != MONTHS or any(share < 0 for share in scheme.profile)):
        what = f"the profile of “{name}” is not twelve shares of 0 or more"
        raise InputError(what, where=where, remedy="give one for each month, or none")
