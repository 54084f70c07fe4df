"""What a scheme will have saved by the end of a year: actuals, and what they say of the rest of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from trigpoint.finance.book.book import SchemeMonths
from trigpoint.finance.money import spread, to_pence
from trigpoint.finance.ratio import ratio_of
from trigpoint.finance.schemes.plan import MONTHS, Months
from trigpoint.finance.words import gbp_words


@dataclass(frozen=True, slots=True)
class SchemeForecast:
    """A year's actuals and forecast, in pounds. ``ratio`` is ``None`` where nothing was planned to date, or known."""

    plan_to_date_gbp: Decimal
    actual_to_date_gbp: Decimal | None
    ratio: Decimal | None
    expected_ratio: Decimal
    computed_gbp: Decimal
    months: tuple[tuple[Decimal, Decimal | None, Decimal], ...]
    reason: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def gbp(self) -> Decimal:
        return sum((forecast for _, _, forecast in self.months), Decimal(0))


def expected_ratio(ratio: Fraction | None, probability: Decimal, known: int, planned: int) -> Fraction:
    """What the rest of the plan is multiplied by: the delivery ratio, drawn towards the probability of delivery.

    The ratio weighs by the share of the planned months that are known: after 3 of 12 it counts a quarter, and once all
    are known the ratio is all there is. Never below 0.

    >>> expected_ratio(Fraction(1, 2), Decimal("0.9"), 3, 12)
    Fraction(4, 5)
    """
    if ratio is None or not planned:
        return Fraction(probability)
    weight = Fraction(known, planned)
    return max(Fraction(0), weight * ratio + (1 - weight) * Fraction(probability))


def forecast_scheme(
    plan: Months,
    probability: Decimal,
    actual: SchemeMonths | None,
    own: SchemeMonths | None,
    months_known: int = 0,
) -> SchemeForecast:
    """The forecast of a year: actual + rest of the plan × expected ratio, or one's own for the months not known.

    ``plan`` are twelve months of pounds. Months of ``actual`` that are ``None`` are not known; where there is no row,
    ``months_known`` says how far into the year the plan is.
    """
    done = _padded(actual)
    known = [at for at in range(MONTHS) if done[at] is not None]
    # Where there is no row, the plan to date is still what should have been saved by now.
    to_date = sum((plan[at] for at in (known or range(months_known))), Decimal(0))
    saved = sum((value for value in done if value is not None), Decimal(0)) if known else None
    ratio = Fraction(saved) / Fraction(to_date) if saved is not None and to_date else None
    planned = [at for at in range(MONTHS) if plan[at]]
    share = expected_ratio(ratio, probability, len([at for at in planned if at in known]), len(planned))
    ahead = tuple(Decimal(0) if at in known else plan[at] for at in range(MONTHS))
    rest = spread(to_pence(Fraction(sum(ahead, Decimal(0))) * share), ahead)
    computed = tuple(rest[at] if (value := done[at]) is None else value for at in range(MONTHS))
    remarks = _remarks(known, done, to_date, months_known)
    forecast, more = _replaced(computed, done, own)
    return SchemeForecast(
        plan_to_date_gbp=to_date,
        actual_to_date_gbp=saved,
        ratio=None if ratio is None else ratio_of(ratio),
        expected_ratio=ratio_of(share),
        computed_gbp=sum(computed, Decimal(0)),
        months=tuple(zip(plan, done, forecast, strict=True)),
        reason=own.reason.strip() if own is not None else "",
        remarks=(*remarks, *more),
    )


def _padded(row: SchemeMonths | None) -> tuple[Decimal | None, ...]:
    """Twelve months to the penny, ``None`` where they are not known."""
    told = row.months if row is not None else ()
    cells = [to_pence(value) if value is not None and value.is_finite() else None for value in told[:MONTHS]]
    return (*cells, *([None] * (MONTHS - len(cells))))


def _remarks(
    known: Sequence[int], done: Sequence[Decimal | None], to_date: Decimal, months_known: int
) -> tuple[str, ...]:
    if not known:
        return (f"nothing is recorded of the {gbp_words(to_date)} planned to date",) if to_date else ()
    gaps = sum(done[at] is None for at in range(max(known)))
    told = [f"{gaps} of its months to date have no actual"] if gaps else []
    if months_known and max(known) >= months_known:
        told.append(f"it has actuals to month {max(known) + 1}, the plan's go to month {months_known}")
    return tuple(told)


def _replaced(
    computed: Months, done: Sequence[Decimal | None], own: SchemeMonths | None
) -> tuple[Months, tuple[str, ...]]:
    """The computed forecast with one's own in the months that are not known, and what is to be told of it."""
    if own is None:
        return computed, ()
    told = _padded(own)
    months = tuple(
        computed[at] if done[at] is not None or (value := told[at]) is None else value for at in range(MONTHS)
    )
    remarks = []
    if any(done[at] is not None and told[at] not in (None, done[at]) for at in range(MONTHS)):
        remarks.append("its own forecast differs from actuals of months that are known; the actuals count")
    if not own.reason.strip():
        ours, theirs = sum(computed, Decimal(0)), sum(months, Decimal(0))
        remarks.append(f"its own forecast of {gbp_words(theirs)} replaces {gbp_words(ours)} without a reason")
    return months, tuple(remarks)
