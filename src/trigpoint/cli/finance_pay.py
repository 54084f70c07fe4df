"""`trigpoint finance pay`: what a payment mechanism pays for an activity, what one more unit adds, and who bears it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.cli.activity_options import AsJson, Chart, Csv
from trigpoint.cli.finance_reading import check_outputs, draw_to, print_exact, print_tables, write_rows
from trigpoint.cli.given_files import text_of
from trigpoint.errors import InputError
from trigpoint.wording import count

if TYPE_CHECKING:
    from trigpoint.charts.picture import Picture
    from trigpoint.finance.contracts.mechanism import Mechanism, MonthPayment, Payment

MOVES_NOTHING = "activity does not move what this mechanism pays: what was given is left out of account"


def pay(
    mechanism: Annotated[Path, typer.Argument(help="A payment mechanism, a .toml file.", show_default=False)],
    activity: Annotated[
        str,
        typer.Option(
            "--activity", help="The year's activity: units where it has a price, else pounds: 1,050 or £10.5m."
        ),
    ] = "",
    months: Annotated[
        str,
        typer.Option("--months", help="The activity of each month from April, between semicolons, in its place."),
    ] = "",
    csv: Csv = None,
    chart: Chart = None,
    as_json: AsJson = False,
) -> None:
    """Work out one payment: the year's, or with --months each month's, the difference of payments to date.

    Activity is in units where the mechanism has a price, otherwise in pounds. The marginal amount is what one more unit
    (or pound) adds, and who bears its cost: the commissioner, the provider, or both. With --months the payment is that
    of the year to date, of a plan that is spread evenly. With --json exactly the keys payment, marginal and borne_by
    (and months, where --months is given), numbers exact.

    Examples:

    \b
    trigpoint finance pay cap-and-collar.toml --activity £10.5m
    trigpoint finance pay cost-per-case.toml --activity 1,050 --json
    trigpoint finance pay cap-and-collar.toml --months "900k; 1.1m; 950k" --chart curve.svg
    """
    check_outputs(csv, chart)
    from trigpoint.finance.contracts.payment import payment
    from trigpoint.finance.contracts.reading import read_mechanism
    from trigpoint.reports.finance.answer import pay_answer

    if activity and months:
        raise InputError("--activity and --months both say how much activity there is", remedy="give one of them")
    read = read_mechanism(text_of(mechanism), mechanism.name)
    monthly = _monthly(read, months) if months else ()
    asked = sum(monthly, Decimal(0)) if monthly else _activity(read, activity)
    rows = _months(read, monthly)
    found = _to_date(read, asked, len(rows)) if rows else payment(read, asked)
    if as_json:
        print_exact(pay_answer(found, rows))
    else:
        _print(read, found, rows, asked)
    if csv is not None:
        from trigpoint.reports.finance.answer import payment_rows

        write_rows(csv, payment_rows(found, rows))
    draw_to(chart, lambda: _picture(read))
    from trigpoint.finance.contracts.remarks import mechanism_remarks

    for remark in mechanism_remarks(read):
        typer.echo(remark, err=True)
    if not moved(read) and (activity or months):
        typer.echo(f"{mechanism.name}: {MOVES_NOTHING}.", err=True)


def _print(read: Mechanism, found: Payment, rows: tuple[MonthPayment, ...], asked: Decimal) -> None:
    from trigpoint.reports.finance import contract_tables as tables

    by_then = f"{words_of(read, asked)} in {count(len(rows), 'month')}" if rows else words_of(read, asked)
    print_tables([tables.payment_table(found, read, by_then)])
    print_tables([tables.payment_months_table(rows, "Payment by month")] if rows else [])


def moved(mechanism: Mechanism) -> bool:
    """Whether activity moves the payment; a block is moved by none, and takes any."""
    from trigpoint.finance.contracts.mechanism import MechanismKind

    return any(mechanism.curve.rates) or mechanism.kind is MechanismKind.BLOCK


def words_of(mechanism: Mechanism, activity: Decimal) -> str:
    """The activity in words: units or pounds.

    >>> from trigpoint.finance.contracts.mechanism import Curve, Mechanism, MechanismKind
    >>> words_of(Mechanism("block", MechanismKind.BLOCK, Curve(Decimal(1))), Decimal(10_500_000))
    'activity worth £10,500,000'
    """
    from trigpoint.reports.finance.words import amounts, number

    if mechanism.price_gbp is None:
        return f"activity worth {amounts([activity])[0]}"
    return f"{number(activity)} units"


def _activity(mechanism: Mechanism, text: str) -> Decimal:
    if not text:
        if told := mechanism.terms.get("activity"):  # the file says what was done
            return Decimal(told)
        if not moved(mechanism):
            return Decimal(0)
        raise InputError("no activity was given", remedy="add --activity, or --months for each month")
    return _amount(mechanism, text, "--activity")


def _amount(mechanism: Mechanism, text: str, option: str) -> Decimal:
    """Units where the mechanism has a price, else pounds; as people write them."""
    from trigpoint.finance.contracts.amounts import amount_of, count_of
    from trigpoint.plans.cells import CellError
    from trigpoint.tabular.money_cells import asked_about

    try:
        asked_about(text.replace("£", "").strip(), text.strip())
        value = amount_of(text) if mechanism.price_gbp is None else count_of(text)
    except CellError as error:
        raise InputError(f"{option}: {error.what}", remedy=error.remedy) from None
    if value < 0:
        raise InputError(f"{option}: “{text}” is negative", remedy="activity is 0 or more")
    return value


def _monthly(mechanism: Mechanism, text: str) -> tuple[Decimal, ...]:
    cells = [cell.strip() for cell in text.split(";")]
    if not cells[-1]:  # a semicolon after the last month
        cells.pop()
    if not 1 <= len(cells) <= 12 or not any(cells):
        many = len(cells) if any(cells) else 0
        raise InputError(f"--months has {many} months", remedy="give 1 to 12, with semicolons between them")
    if "" in cells:
        what = f"--months: month {cells.index('') + 1} is empty"
        raise InputError(what, remedy="write 0 where nothing was done")
    return tuple(_amount(mechanism, cell, "--months") for cell in cells)


def _months(mechanism: Mechanism, monthly: tuple[Decimal, ...]) -> tuple[MonthPayment, ...]:
    """Payment by month of the activity so far, the plan spread evenly over the year."""
    from trigpoint.finance.contracts.payment import month_payments

    if not monthly:
        return ()
    price = mechanism.price_gbp if mechanism.price_gbp is not None else Decimal(1)
    return month_payments(mechanism, [price * one for one in monthly], [Decimal(1)] * 12)


def _to_date(mechanism: Mechanism, activity: Decimal, months: int) -> Payment:
    """What is paid by the end of some months, for all activity until then; the marginal unit is one more of it."""
    from fractions import Fraction

    from trigpoint.finance.contracts.mechanism import Payment
    from trigpoint.finance.contracts.payment import accrued, bearer
    from trigpoint.finance.money import to_pence

    step = Fraction(mechanism.price_gbp) if mechanism.price_gbp is not None else Fraction(1)
    share, value = Fraction(months, 12), Fraction(activity) * step
    here, further = accrued(mechanism, share, value), accrued(mechanism, share, value + step)
    total = to_pence(here)
    return Payment(total, to_pence(further) - total, bearer(mechanism.kind, (further - here) / step))


def _picture(mechanism: Mechanism) -> Picture:
    from trigpoint.charts.finance.curve import curve_picture

    return curve_picture(mechanism)
