"""A contract's year: what its lines come to by now and at the end, and what its mechanism pays for that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from trigpoint.errors import InputError
from trigpoint.finance.book.book import Contract, ContractLine, FinanceBook
from trigpoint.finance.contracts.curves import curve_through, paid_by
from trigpoint.finance.contracts.mechanism import Mechanism, MechanismKind
from trigpoint.finance.contracts.payment import MONTHS, month_payments, moves, payment, planned_shares
from trigpoint.finance.contracts.reading import stated_activity
from trigpoint.finance.contracts.remarks import mechanism_remarks
from trigpoint.finance.contracts.result import ContractYear, LineYear
from trigpoint.finance.contracts.variance import PricedLine, variance_of
from trigpoint.finance.money import to_pence
from trigpoint.plans.cells import quoted
from trigpoint.plans.tables import nearest
from trigpoint.rounding import decimal_of
from trigpoint.wording import count, listed, verb

_WITHOUT_FIXED_PART = (
    MechanismKind.COST_PER_CASE, MechanismKind.CAP_COLLAR, MechanismKind.TIERED, MechanismKind.MARGINAL_RATE,
)  # fmt: skip
_WITHOUT_PLAN = (MechanismKind.OUTCOMES, MechanismKind.CQUIN, MechanismKind.QUALITY_PREMIUM, MechanismKind.READMISSIONS)
FIXED_LINES = "lines paid by a fixed sum"


def contract_year(book: FinanceBook, contract_id: str) -> ContractYear:
    """A contract's year: each line to date and forecast, the payment of the months known, at plan and at the forecast,
    and the variance of the forecast's value into volume, price and mix.

    Activity is the value of the ``variable`` lines at contract prices, in pounds. Lines that are not variable stay at
    their planned value: a mechanism without a fixed part of its own (cost per case, cap and collar, tiered, marginal
    rate) pays it besides, a gain and loss share counts it as cost, the others have it in their fixed sum. Where such a
    mechanism is written for the value of all lines rather than of the variable ones, its thresholds are moved by the
    fixed lines, so that they hold for all (``ContractYear.mechanism`` is what the variable lines are paid by).

    A line's forecast is its units to date and the plan's remaining months at the rate of delivery so far; the months
    known are those that every variable line has. What is done and forecast is worth its actual price where a line tells
    one. A contract without lines is taken at its mechanism's plan, and forecast as its mechanism tells the activity.
    ``Payment.marginal_gbp`` is of one more pound's worth.

    Raises ``InputError`` for a contract, or a mechanism of one, that the book does not have.
    """
    contract = _contract(book, contract_id)
    lines = tuple(line for line in book.contract_lines if line.contract == contract.id)
    variable = tuple(line for line in lines if line.variable)
    fixed = sum((line.planned_gbp for line in lines if not line.variable), Decimal(0))
    told = _mechanism(book, contract)
    base = fixed if told.kind is MechanismKind.GAIN_LOSS else Decimal(0)
    counted = lines if base else variable
    own = None if lines else _told_activity(told)
    planned = (
        sum((line.planned_gbp for line in counted), Decimal(0)) if lines else told.planned_gbp or own or Decimal(0)
    )
    mechanism = _with_fixed_lines(replace(told, price_gbp=None), fixed, planned)
    known = min((_months_told(line) for line in variable), default=0)
    years = tuple(_line_year(line) for line in lines)
    forecast = sum((one.forecast_gbp for one in years if one.line in counted), Decimal(0))
    if not lines:
        forecast = planned if own is None else own
    return ContractYear(
        contract=contract,
        mechanism=mechanism,
        planned_gbp=to_pence(sum((line.planned_gbp for line in lines), Decimal(0)) if lines else planned),
        at_plan=payment(mechanism, planned),
        at_forecast=payment(mechanism, forecast),
        forecast_activity_gbp=forecast,
        lines=years,
        months=month_payments(mechanism, _activity(counted, known), _profile(counted)),
        variance=variance_of([_priced(one) for one in years if one.line.variable]),
        remarks=(
            *_without_lines(contract, mechanism, lines, planned, own),
            *_remarks(mechanism, lines, known, planned),
            *mechanism_remarks(mechanism),
        ),
        illustrative=contract.stated.illustrative or any(line.stated.illustrative for line in lines),
    )


def _contract(book: FinanceBook, contract_id: str) -> Contract:
    found = next((one for one in book.contracts if one.id == contract_id), None)
    if found is not None:
        return found
    near = nearest(contract_id, [one.id for one in book.contracts])
    every = ", ".join(one.id for one in book.contracts) or "none"
    remedy = f"did you mean “{near}”?" if near else f"the contracts are {every}"
    raise InputError(f"there is no contract {quoted(contract_id)}", remedy=remedy)


def _mechanism(book: FinanceBook, contract: Contract) -> Mechanism:
    found = book.mechanisms.get(contract.mechanism)
    if found is not None:
        return found
    raise InputError(
        f"the contract {quoted(contract.id)} is paid by {quoted(contract.mechanism)}, which is no mechanism here",
        where=contract.stated.file or None,
        remedy=f"add {contract.mechanism or 'one'}.toml to the folder mechanisms, or name one that is there",
    )


def _with_fixed_lines(mechanism: Mechanism, fixed: Decimal, variable: Decimal) -> Mechanism:
    """What the variable lines are paid by where there are fixed ones beside them."""
    if not fixed or mechanism.kind not in _WITHOUT_FIXED_PART:
        return mechanism
    besides = to_pence(fixed)
    told, curve = mechanism.planned_gbp, mechanism.curve
    if curve.thresholds_gbp and abs(told - variable - fixed) < abs(told - variable):
        # Written for all lines: F(A + fixed) − fixed of the variable ones alone, and the fixed ones besides.
        corners = [Fraction(threshold) - Fraction(besides) for threshold in curve.thresholds_gbp]
        start = paid_by(curve, besides) - Fraction(besides)
        mechanism = replace(mechanism, curve=curve_through(0, start, curve.rates, corners), planned_gbp=told - besides)
    return replace(mechanism, settled=(*mechanism.settled, (FIXED_LINES, besides)))


def _months_told(line: ContractLine) -> int:
    """How many months from April have their units, without a gap."""
    return next((at for at, units in enumerate(line.actual) if units is None), len(line.actual))


def _line_year(line: ContractLine) -> LineYear:
    months = _months_told(line)
    share = planned_shares(line.profile)[months - 1] if months else Fraction(0)
    done = sum((Fraction(units) for units in line.actual[:months] if units is not None), Fraction(0))
    due = Fraction(line.planned_units) * share
    if not line.variable:
        forecast = Fraction(line.planned_units)
    else:
        # Where the plan has nothing in the months so far, what was done is on top of the plan.
        forecast = done + (Fraction(line.planned_units) - due) * (done / due if due else 1)
    value = to_pence(forecast * Fraction(line.paid_price_gbp))
    planned = to_pence(line.planned_gbp)
    return LineYear(
        line=line,
        planned_gbp=planned,
        units_to_date=decimal_of(done) if months else None,
        planned_units_to_date=decimal_of(due),
        forecast_units=decimal_of(forecast),
        forecast_gbp=value,
        variance_gbp=value - planned,
    )


def _activity(lines: Sequence[ContractLine], known: int) -> list[Decimal]:
    """The value of each month known, in pounds; a line paid by a fixed sum is counted as planned."""
    months = []
    for at in range(known):
        value = Fraction(0)
        for line in lines:
            if line.variable:
                units = line.actual[at]
                value += Fraction(units or 0) * Fraction(line.paid_price_gbp)
            else:
                shares = (Fraction(0), *planned_shares(line.profile))
                value += Fraction(line.planned_gbp) * (shares[at + 1] - shares[at])
        months.append(decimal_of(value))
    return months


def _profile(lines: Sequence[ContractLine]) -> tuple[Decimal, ...]:
    """The planned value of each month, all lines together; equal months where nothing is planned."""
    months = [Fraction(0)] * MONTHS
    for line in lines:
        before = Fraction(0)
        for at, share in enumerate(planned_shares(line.profile)):
            months[at] += Fraction(line.planned_gbp) * (share - before)
            before = share
    return tuple(map(decimal_of, months)) if any(months) else ()


def _priced(one: LineYear) -> PricedLine:
    return PricedLine(one.line.planned_units, one.line.price_gbp, one.forecast_units, one.line.paid_price_gbp)


def _told_activity(mechanism: Mechanism) -> Decimal | None:
    """The activity that a mechanism's own file tells, in pounds; ``None`` where it tells none."""
    told = stated_activity(mechanism)
    if told is None or mechanism.price_gbp is None:
        return told
    return decimal_of(Fraction(told) * Fraction(mechanism.price_gbp))


def _without_lines(
    contract: Contract, mechanism: Mechanism, lines: Sequence[ContractLine], planned: Decimal, told: Decimal | None
) -> Iterator[str]:
    """Where the activity of a contract without lines is from."""
    if lines or not moves(mechanism.curve):
        return
    taken = f"its activity is taken as its mechanism plans it, £{to_pence(planned):,}"
    if told is not None and told != planned:
        taken = f"its mechanism plans £{to_pence(planned):,} of activity and tells £{to_pence(told):,} as done"
    yield f"The contract {contract.id} has no lines: {taken}."


def _remarks(mechanism: Mechanism, lines: Sequence[ContractLine], known: int, planned: Decimal) -> tuple[str, ...]:
    """What a reader should know before they believe the year."""
    remarks = []
    compared = mechanism.kind is not MechanismKind.BLOCK and mechanism.kind not in _WITHOUT_PLAN
    if lines and compared and mechanism.planned_gbp and to_pence(mechanism.planned_gbp) != to_pence(planned):
        remarks.append(
            f"The mechanism {mechanism.id} is written for £{to_pence(mechanism.planned_gbp):,} of activity, and the "
            f"lines plan £{to_pence(planned):,}."
        )
    longest = max((_months_told(line) for line in lines if line.variable), default=0)
    if longest > known:
        short = ", ".join(line.id for line in lines if line.variable and _months_told(line) < longest)
        remarks.append(f"Payments stop after {count(known, 'month')}, for these lines have no more: {short}.")
    if any(any(units is not None for units in line.actual[_months_told(line) :]) for line in lines):
        remarks.append("A month without units stands before months with units; what comes after it is not counted.")
    still = [line.id for line in lines if not line.variable and line.actual_price_gbp not in (None, line.price_gbp)]
    if still:
        said = f"{listed(still)} {verb(len(still), 'is', 'are')} paid by a fixed sum"
        remarks.append(f"{said}: the planned price stands, the actual one moves nothing.")
    if known and len({line.pod for line in lines if line.variable}) > 1:
        remarks.append("Units of different kinds are added up for the volume variance; the mix holds what that hides.")
    return tuple(remarks)
