"""What a mechanism pays: for a year's activity, at the margin, month by month, and along its curve."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from trigpoint.errors import InputError
from trigpoint.finance.asked import asked_number
from trigpoint.finance.contracts.curves import paid_to_date
from trigpoint.finance.contracts.mechanism import Bearer, Curve, Mechanism, MechanismKind, MonthPayment, Payment
from trigpoint.finance.money import to_pence

MONTHS = 12
LARGEST_GBP = 10**15
_TWELFTHS = tuple(Fraction(month, MONTHS) for month in range(1, MONTHS + 1))
FROM_ACTIVITY = "activity"
"""What the part of a payment is called that activity moves."""


def payment(mechanism: Mechanism, activity: Decimal | int) -> Payment:
    """What a year's activity is paid, exactly and then rounded to the penny once.

    ``activity`` is in units where the mechanism has a price (``mechanism.price_gbp``), else in pounds at contract
    prices. By kind: *cost per case, blended* – units, or pounds without a price; *cap and collar, tiered, marginal
    rate* – the value of everything done; *aligned payment* – the elective (variable) activity alone; *three-part
    ambulance* – the activity part alone; *gain and loss share* – what the population's care actually cost;
    *readmissions* – the value of readmissions within 30 days, unless the file tells it; *block, outcome-linked, CQUIN,
    quality premium* – any number, for activity does not move them.

    ``marginal_gbp`` is the payment of one unit (or one pound's worth) more, less this one. Raises ``InputError`` for
    negative activity.

    >>> from trigpoint.finance.contracts.reading import mechanism_of
    >>> paid = payment(mechanism_of("marginal_rate", {"baseline": "40m", "rate": 0.7}), Decimal(43_000_000))
    >>> paid.gbp, paid.marginal_gbp, paid.borne_by.value
    (Decimal('42100000.00'), Decimal('0.70'), 'shared')
    """
    activity = asked_number(activity, "activity")
    if not activity.is_finite() or activity < 0:
        what = f"an activity of {activity} cannot be paid for"
        raise InputError(what, remedy="give a number that is not negative")
    step = Fraction(mechanism.price_gbp) if mechanism.price_gbp is not None else Fraction(1)
    value = Fraction(activity) * step
    if value > LARGEST_GBP:
        what = f"an activity worth £{to_pence(value):,} is larger than can be calculated with"
        raise InputError(what, remedy="give units where the mechanism has a price, else pounds")
    here, further = accrued(mechanism, Fraction(1), value), accrued(mechanism, Fraction(1), value + step)
    total = to_pence(here)
    parts = tuple((name, to_pence(gbp)) for name, gbp in mechanism.settled)
    if moves(mechanism.curve) or not parts:
        # The rest of the one rounding, so that parts add up and twelve months come to the same.
        parts = ((FROM_ACTIVITY, total - sum((gbp for _, gbp in parts), Decimal(0))), *parts)
    return Payment(total, to_pence(further) - total, bearer(mechanism.kind, (further - here) / step), parts)


def moves(curve: Curve) -> bool:
    """Whether anything is paid by a curve at all."""
    return bool(curve.origin_gbp) or any(curve.rates)


def bearer(kind: MechanismKind, rate: Fraction) -> Bearer:
    """Who bears the cost of one more unit, of which ``rate`` is paid.

    >>> bearer(MechanismKind.TIERED, Fraction(1, 2)).value, bearer(MechanismKind.GAIN_LOSS, Fraction(0)).value
    ('shared', 'commissioner')
    """
    share = commissioner_share(kind, rate)
    if share >= 1:
        return Bearer.COMMISSIONER
    return Bearer.SHARED if share > 0 else Bearer.PROVIDER


def commissioner_share(kind: MechanismKind, rate: Fraction) -> Fraction:
    """The share of a further pound of activity that the commissioner bears, 0 to 1.

    Under a gain and loss share the commissioner pays what care costs, and the provider hands back its share (a rate
    below nothing); of readmissions it keeps back the rate from what it would pay; elsewhere it bears what it pays.
    """
    share = rate
    if kind is MechanismKind.GAIN_LOSS:
        share = 1 + rate
    elif kind is MechanismKind.READMISSIONS and rate:  # a file that tells their value is not moved by any activity
        share = 1 - rate
    return min(max(share, Fraction(0)), Fraction(1))


def planned_shares(profile: Sequence[Decimal] | None) -> tuple[Fraction, ...]:
    """Of each month of the year, the share of the plan that falls into it or before; a twelfth a month without a
    profile. Raises ``InputError`` for a profile that is no twelve months of something.

    >>> planned_shares(None)[5], planned_shares([Decimal(1), Decimal(3)] + [Decimal(0)] * 10)[0]
    (Fraction(1, 2), Fraction(1, 4))
    """
    if not profile:
        return _TWELFTHS
    parts = [Fraction(part) for part in profile]
    if len(parts) != MONTHS:
        raise InputError(f"a profile has {len(parts)} months", remedy="give the twelve of a financial year")
    whole = sum(parts)
    if whole <= 0 or any(part < 0 for part in parts):
        raise InputError(
            "a profile is of nothing, or of less", remedy="give each month its share of the plan, 0 or more"
        )
    reached, shares = Fraction(0), []
    for part in parts:
        reached += part
        shares.append(reached / whole)
    return tuple(shares)


def month_payments(
    mechanism: Mechanism, activity_gbp: Sequence[Decimal], profile: Sequence[Decimal] | None = None
) -> tuple[MonthPayment, ...]:
    """Payments of the months known, from April: the activity of each in pounds, against the plan's profile of months.

    A threshold of the year is not a threshold of any month: what is paid by the end of a month is the curve of the part
    of the plan that should have been done by then (``curves.paid_to_date``), for all activity until then, rounded once;
    a month is the difference of two of these. Twelve months add up to the year's payment to the penny. Raises
    ``InputError`` for an amount that is not exact, and for more months than a year has.

    >>> from trigpoint.finance.contracts.reading import mechanism_of
    >>> capped = mechanism_of("cap_collar", {"plan": "12m", "cap": "2%", "collar": "2%"})
    >>> [month.gbp for month in month_payments(capped, [Decimal(1_100_000), Decimal(900_000)])]
    [Decimal('1020000.00'), Decimal('980000.00')]
    """
    shares = planned_shares(profile)
    if len(activity_gbp) > MONTHS:
        raise InputError(
            f"there are {len(activity_gbp)} months of activity", remedy="give at most the twelve of a year"
        )
    asked = [asked_number(month, "a month's activity") for month in activity_gbp]
    done, before, months = Fraction(0), Decimal("0.00"), []
    for month, share in zip(asked, shares, strict=False):
        done += Fraction(month)
        paid = to_pence(accrued(mechanism, share, done))
        months.append(MonthPayment(month, paid, paid - before))
        before = paid
    return tuple(months)


def accrued(mechanism: Mechanism, share: Fraction, activity_gbp: Fraction) -> Fraction:
    """What is paid by the time that ``share`` of the plan should be done, before rounding."""
    settled = sum((Fraction(gbp) for _, gbp in mechanism.settled), Fraction(0))
    return paid_to_date(mechanism.curve, share, activity_gbp) + settled * share


def payment_curve(
    mechanism: Mechanism, low: Decimal | int, high: Decimal | int, points: int = 61
) -> tuple[tuple[Decimal, Payment], ...]:
    """Payments over a range of activity (units or pounds, as ``payment`` takes it): evenly spaced, with every threshold
    in between, so that a drawing of it has its corners. Raises ``InputError`` where the range is none.

    >>> from trigpoint.finance.contracts.reading import mechanism_of
    >>> capped = mechanism_of("cap_collar", {"plan": 100, "cap": "2%", "collar": "2%"})
    >>> [(int(at), int(paid.gbp)) for at, paid in payment_curve(capped, Decimal(90), Decimal(110), 3)]
    [(90, 98), (98, 98), (100, 100), (102, 102), (110, 102)]
    """
    low, high = asked_number(low, "activity"), asked_number(high, "activity")
    if not low < high or points < 2:
        raise InputError(
            f"there is no range from {low} to {high}", remedy="give the smaller number first, and two points"
        )
    step = (Fraction(high) - Fraction(low)) / (points - 1)
    grid = {to_pence(Fraction(low) + at * step) for at in range(points)}
    price = Fraction(mechanism.price_gbp) if mechanism.price_gbp is not None else Fraction(1)
    corners = {to_pence(Fraction(threshold) / price) for threshold in mechanism.curve.thresholds_gbp}
    grid |= {corner for corner in corners if low < corner < high}
    return tuple((at, payment(mechanism, at)) for at in sorted(grid))
