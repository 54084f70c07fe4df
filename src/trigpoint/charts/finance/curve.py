"""A payment mechanism as a curve: what is paid for any activity, what one more unit adds, and who bears it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from trigpoint.charts.drawing import page
from trigpoint.charts.finance.curve_drawing import Point, Segment, Subject, curve_views, marginal_words
from trigpoint.charts.frame import short
from trigpoint.charts.illustrative import marked
from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.style import under_title
from trigpoint.finance.contracts.kind_names import kind_words
from trigpoint.finance.contracts.mechanism import Bearer, MechanismKind
from trigpoint.finance.contracts.payment import bearer, payment
from trigpoint.finance.money import to_pence
from trigpoint.finance.words import NOTHING, gbp_change, gbp_exact, gbp_words
from trigpoint.measures.figures import number
from trigpoint.rounding import decimal_of, total
from trigpoint.wording import capital, count, listed

if TYPE_CHECKING:
    from trigpoint.finance.contracts.mechanism import Mechanism
    from trigpoint.finance.contracts.result import ContractYear


_NARROW = Fraction(1)  # pounds: a corner between two pence is bridged by a piece this short, which nobody can see
_ROOM = Fraction(2, 5)  # of the stretch between what is marked, clear at both sides
_LEAST = Fraction(1, 10)  # of the plan, the shortest stretch that is shown
_FROM_ZERO = Fraction(1, 4)
_BEARERS = {
    Bearer.COMMISSIONER: "the commissioner",
    Bearer.PROVIDER: "the provider",
    Bearer.SHARED: "both",
}


def curve_picture(mechanism: Mechanism, contract_year: ContractYear | None = None) -> Picture:
    """Payment against activity, and beneath it the pounds that one more unit adds (one more pound's worth where the
    mechanism has no price). Behind both stands who bears that unit: the commissioner on white, both on hatched ground,
    the provider on grey. Thin broken lines are the thresholds.

    The plan is a square; with ``contract_year`` the forecast is a triangle, and the activity and payment of the months
    so far a hollow circle (its payment is of a part of the year, so that it does not lie on the year's curve). The
    table has every threshold and point with payment, marginal payment and who bears it. A payment that activity does
    not move is drawn level, and the finding says so.
    """
    name = short(mechanism.stated.name or mechanism.id) or capital(kind_words(mechanism.kind))
    if contract_year is not None:
        # With what the contract pays besides, for lines that its mechanism does not move.
        mechanism = contract_year.mechanism
        name = short(contract_year.contract.stated.name or contract_year.contract.id)
    kind = kind_words(mechanism.kind)
    title = capital(name if kind.lower() in name.lower() else f"{name}, {kind}")
    points = _points(mechanism, contract_year)
    low, high = _range(mechanism, points)
    shown = tuple(point for point in points if low <= point.at <= high)
    priced, price = mechanism.price_gbp is not None, decimal_of(_price(mechanism))
    subject = Subject(priced, price, low, high, tuple(_segments(mechanism, low, high)), shown)
    finding = _finding(title, mechanism, contract_year, subject)
    alt = f"Curve of payment against activity. {finding}"
    spec = page({"concat": curve_views(subject), "columns": 1, "spacing": 22}, title, alt)
    key = "One more unit is borne by: white, the commissioner; hatched, both; grey, the provider."
    spec["title"].update(under_title(finding, key, _outside(points, low)))
    illustrative = mechanism.stated.illustrative or (contract_year is not None and contract_year.illustrative)
    return marked(Picture(spec, finding, alt, _table(title, mechanism, points, subject)), illustrative=illustrative)


def contract_curve_picture(contract_year: ContractYear) -> Picture:
    """The curve of a contract's own mechanism, with its plan, months so far and forecast, as ``curve_picture``."""
    return curve_picture(contract_year.mechanism, contract_year)


def _price(mechanism: Mechanism) -> Fraction:
    return Fraction(mechanism.price_gbp) if mechanism.price_gbp else Fraction(1)


def _paid(mechanism: Mechanism, at: Fraction) -> Decimal:
    return payment(mechanism, decimal_of(max(at, Fraction(0)))).gbp


def _points(mechanism: Mechanism, contract_year: ContractYear | None) -> list[Point]:
    price = _price(mechanism)
    if contract_year is None:
        plan = Fraction(mechanism.planned_gbp) / price
        return [Point("Plan", plan, _paid(mechanism, plan), "square")] if plan > 0 else []
    planned = Fraction(planned_activity(contract_year)) / price
    found = [Point("Plan", planned, contract_year.at_plan.gbp, "square")]
    months = contract_year.months
    if months:
        done = Fraction(total(month.activity_gbp for month in months)) / price
        words = f"Actual, {count(len(months), 'month')}"
        found.append(Point(words, done, months[-1].cumulative_gbp, "circle", hollow=True, on_curve=len(months) >= 12))
    forecast = Fraction(contract_year.forecast_activity_gbp) / price
    return [*found, Point("Forecast", forecast, contract_year.at_forecast.gbp, "triangle-up")]


def planned_activity(contract_year: ContractYear) -> Decimal:
    """The planned value of the activity that the mechanism pays for: of the variable lines, under a gain and loss share
    of all; of the contract where no lines are known."""
    if not contract_year.lines:
        return contract_year.planned_gbp
    every = contract_year.mechanism.kind is MechanismKind.GAIN_LOSS
    return total(one.planned_gbp for one in contract_year.lines if every or one.line.variable)


def _range(mechanism: Mechanism, points: Sequence[Point]) -> tuple[Fraction, Fraction]:
    """What of the activity is shown: everything that is marked and every threshold, with room beside it."""
    price = _price(mechanism)
    corners = [Fraction(threshold) / price for threshold in mechanism.curve.thresholds_gbp]
    marks = [point.at for point in points if point.on_curve]
    # A threshold far beyond what can happen would leave all that can in a corner of the picture.
    far = 3 * max(marks, default=max(corners, default=Fraction(0)))
    every = [*marks, *(corner for corner in corners if corner <= far)]
    if not every or not max(every):
        return Fraction(0), Fraction(1_000_000) / price
    stretch = max(max(every) - min(every), max(every) * _LEAST)
    low, high = min(every) - _ROOM * stretch, max(every) + _ROOM * stretch
    low = Fraction(0) if low < _FROM_ZERO * high else low
    return Fraction(to_pence(low)), Fraction(to_pence(high))


def _segments(mechanism: Mechanism, low: Fraction, high: Fraction) -> list[Segment]:
    """The straight pieces of the curve between two activities."""
    price, curve = _price(mechanism), mechanism.curve
    edges = [Fraction(0), *(Fraction(threshold) for threshold in curve.thresholds_gbp)]
    found: list[Segment] = []
    for at, rate in enumerate(curve.rates):
        begin = edges[at] / price
        end = edges[at + 1] / price if at + 1 < len(edges) else max(high, begin)
        begin, end = max(begin, low), min(end, high)
        narrow = at + 1 < len(edges) and edges[at + 1] - edges[at] < _NARROW
        if begin >= end or narrow:
            continue
        begin = found[-1].end if found else begin
        paid = _paid(mechanism, begin), _paid(mechanism, end)
        found.append(
            Segment(begin, end, *paid, to_pence(Fraction(rate) * price), bearer(mechanism.kind, Fraction(rate)))
        )
    return found


def _finding(title: str, mechanism: Mechanism, contract_year: ContractYear | None, subject: Subject) -> str:
    unit = "one more unit" if subject.units else "£1 more of activity"
    if not any(mechanism.curve.rates):
        paid = gbp_words(_paid(mechanism, Fraction(0)))
        who = _BEARERS[bearer(mechanism.kind, Fraction(0))]
        return f"{title}: {paid} whatever the activity, so that {who} bears all of {unit}."
    if contract_year is None:
        if mechanism.planned_gbp <= 0:
            thresholds = [subject.at_words(one.begin) for one in subject.segments[1:]]
            return (
                f"{title}: the payment bends at {listed(thresholds)}." if thresholds else f"{title}: one straight line."
            )
        here = payment(mechanism, decimal_of(Fraction(mechanism.planned_gbp) / _price(mechanism)))
        said = f"at plan {gbp_words(here.gbp)} is paid"
    else:
        here = contract_year.at_forecast
        gap = contract_year.forecast_activity_gbp - planned_activity(contract_year)
        change = here.gbp - contract_year.at_plan.gbp
        activity = f"{gbp_change(gap)} against plan" if gap else "as planned"
        paid = f"{gbp_words(here.gbp)} ({gbp_change(change)})" if change else gbp_words(here.gbp)
        said = f"forecast activity is {activity} and its payment {paid}"
    who = "both share" if here.borne_by is Bearer.SHARED else f"{_BEARERS[here.borne_by]} bears"
    return f"{title}: {said}; there {unit} adds {marginal_words(here.marginal_gbp)}, and {who} its cost."


def _outside(points: Sequence[Point], low: Fraction) -> str:
    """What is so far below the rest that it would be alone at the edge, in words."""
    away = [point for point in points if point.at < low]
    return " ".join(f"{point.name}: {gbp_words(point.gbp)} paid, to the left of what is drawn." for point in away)


def _table(title: str, mechanism: Mechanism, points: Sequence[Point], subject: Subject) -> DataTable:
    price = _price(mechanism)
    rows = []
    corners = [(one.begin, f"Threshold {at + 1}") for at, one in enumerate(subject.segments[1:])]
    for at, name in sorted([*((point.at, point.name) for point in points), *corners], key=lambda pair: pair[0]):
        told = next((point.gbp for point in points if point.name == name and not point.on_curve), None)
        here = payment(mechanism, decimal_of(at))
        units = number(decimal_of(at), 0) if subject.units else NOTHING
        value = gbp_exact(to_pence(at * price))
        if told is not None:
            # The curve is of a whole year: where the months so far stand on it says nothing of one more unit.
            rows.append((name, units, value, gbp_exact(told), NOTHING, NOTHING))
            continue
        rows.append((name, units, value, gbp_exact(here.gbp), gbp_exact(here.marginal_gbp),
                     capital(here.borne_by.value)))  # fmt: skip
    one_more = "One more unit adds" if subject.units else "£1 more of activity adds"
    headers = ("Point", "Units", "Activity’s value", "Payment", one_more, "Borne by")
    return DataTable(f"{title}: thresholds and points", headers, tuple(rows))
