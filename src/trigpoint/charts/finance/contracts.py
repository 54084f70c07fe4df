"""Contracts: mechanisms beside each other over a whole distribution of activity, and one contract month by month."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from trigpoint.charts.finance.curve import planned_activity
from trigpoint.charts.finance.look import ACTIVITY, ACTUAL, FORECAST, INTERVAL, TOTAL
from trigpoint.charts.finance.months import Bars, board, labels, months_spec
from trigpoint.charts.finance.panels import panels_spec
from trigpoint.charts.finance.pounds import Pounds
from trigpoint.charts.frame import short
from trigpoint.charts.illustrative import marked
from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.row import Frame, Mark, Row
from trigpoint.charts.strands import Strand
from trigpoint.finance.contracts.kind_names import kind_words
from trigpoint.finance.words import gbp_change, gbp_exact, gbp_words, share_words
from trigpoint.measures.figures import PERCENTAGE
from trigpoint.measures.standing import Form
from trigpoint.rounding import total
from trigpoint.wording import capital

if TYPE_CHECKING:
    from trigpoint.finance.contracts.mechanism import Spread
    from trigpoint.finance.contracts.result import ContractYear

__all__ = ["contract_months_picture", "mechanisms_picture"]

MOST_MECHANISMS = 16


def mechanisms_picture(spreads: Sequence[Spread], *, illustrative: bool = False) -> Picture:
    """The same activity under several mechanisms: above, the expected payment (a point) with its 80% interval (a pale
    bar); beneath, how much of one more unit's price the commissioner bears (solid), the rest of the box the provider.

    In the order given; of more than sixteen the first are drawn, the table has all. ``illustrative`` says that some of
    the figures were invented.
    """
    title = "The same activity under each payment mechanism"
    shown = spreads[:MOST_MECHANISMS]
    pounds = Pounds.of([amount for one in shown for amount in (one.low_gbp, one.high_gbp, one.expected_gbp)])
    finding = _finding(spreads)
    alt = f"Chart of payments by mechanism. {finding}"
    above = Frame(pounds.ticks, "", words=f"Expected, {INTERVAL}", around=pounds.around)
    beneath = Frame(Form(0, PERCENTAGE, ""), "", words="Commissioner : provider", from_zero=True)
    panels = [
        ("What is paid", [_paid(one, pounds) for one in shown], above),
        ("Who bears one more unit", [_borne(one) for one in shown], beneath),
    ]
    key = "Solid: the commissioner’s part. Empty: the provider’s."
    key += f" The first {MOST_MECHANISMS} of {len(spreads)} are drawn." if len(spreads) > MOST_MECHANISMS else ""
    spec = panels_spec(panels, title=title, finding=finding, key=key, description=alt,
                       empty="There is no mechanism to compare")  # fmt: skip
    headers = ("Mechanism", "Kind", "Expected", "10% of draws below", "Median", "90% of draws below",
               "Standard deviation", "Borne by the commissioner")  # fmt: skip
    table = DataTable(f"{title}: every mechanism", headers, tuple(map(_cells, spreads)))
    return marked(Picture(spec, finding, alt, table), illustrative=illustrative)


def _name(one: Spread) -> str:
    return short(one.mechanism) or capital(kind_words(one.kind))


def _paid(one: Spread, pounds: Pounds) -> Row:
    low, high, expected = (pounds.at(amount) for amount in (one.low_gbp, one.high_gbp, one.expected_gbp))
    words = f"{pounds.words(one.expected_gbp)}, {pounds.between(one.low_gbp, one.high_gbp)}"
    if one.low_gbp == one.high_gbp:
        words = f"{pounds.words(one.expected_gbp)}, always"
    pale = (low, high, FORECAST.colour) if low is not None and high is not None else None
    marks = (Mark(expected, "circle", FORECAST.colour),) if expected is not None else ()
    return Row(_name(one), words, pale=pale, marks=marks, tip=f"{_name(one)}: {words}")


def _share(one: Spread) -> Decimal:
    return min(max(one.commissioner_share, Decimal(0)), Decimal(1))


def _borne(one: Spread) -> Row:
    share = _share(one)
    words = f"{share_words(share, 0)} : {share_words(1 - share, 0)}"
    bar = (0.0, float(share * 100), TOTAL) if share else None
    return Row(_name(one), words, bar, outline=(0.0, 100.0), tip=f"{_name(one)}: {words}")


def _finding(spreads: Sequence[Spread]) -> str:
    if not spreads:
        return "There is no mechanism to compare."
    widest = max(spreads, key=lambda one: one.high_gbp - one.low_gbp)
    if len(spreads) == 1:
        one = spreads[0]
        between = f"{gbp_words(one.low_gbp)} to {gbp_words(one.high_gbp)}"
        said = f"{_name(one)} pays {gbp_words(one.expected_gbp)} on average ({INTERVAL} {between})"
        return f"{said}; the commissioner bears {share_words(_share(one), 0)} of one more unit."
    narrow = min(spreads, key=lambda one: one.high_gbp - one.low_gbp)
    least, most = (end(spreads, key=lambda one: one.expected_gbp) for end in (min, max))
    said = f"{_name(least)} pays least on average, {gbp_words(least.expected_gbp)}, and {_name(most)} most,"
    said += f" {gbp_words(most.expected_gbp)}."
    if least.expected_gbp == most.expected_gbp:
        said = f"All pay {gbp_words(least.expected_gbp)} on average."
    width, small = widest.high_gbp - widest.low_gbp, narrow.high_gbp - narrow.low_gbp
    if width == small:
        return said
    other = f"{gbp_words(small)} wide" if small else "nothing at all"
    return f"{said} The {INTERVAL} is {gbp_words(width)} wide under {_name(widest)} and {other} under {_name(narrow)}."


def _cells(one: Spread) -> tuple[str, ...]:
    amounts = (one.expected_gbp, one.low_gbp, one.median_gbp, one.high_gbp, one.deviation_gbp)
    return (_name(one), capital(kind_words(one.kind)), *map(gbp_exact, amounts), share_words(_share(one)))


def contract_months_picture(contract: ContractYear) -> Picture:
    """One contract by month: cumulative payment (solid) and the value of the activity at contract prices (broken);
    beneath, each month's payment as a bar with a stroke at the value of its activity. Months known alone are drawn; the
    table has them, and plan and forecast of the year."""
    name = short(contract.contract.stated.name or contract.contract.id)
    title = f"{name}, {contract.contract.year.label}: payment by month"
    months = contract.months[:12]
    value = [month.activity_gbp for month in months]
    run = [total(value[: at + 1]) for at in range(len(value))]
    paid = [month.cumulative_gbp for month in months]
    pounds = Pounds.of([*run, *paid])
    finding = _months_in_words(name, contract, run, paid)
    alt = f"Line chart of a contract’s payment by month. {finding}"
    empty = (None,) * (12 - len(months))
    strands = [
        Strand(ACTIVITY.word, (*map(pounds.at, run), *empty), ACTIVITY, dots=frozenset(range(len(months))),
               end=f"Activity {pounds.words(run[-1])}"),
        Strand("Paid", (*map(pounds.at, paid), *empty), ACTUAL, dots=frozenset(range(len(months))),
               end=f"Paid {pounds.words(paid[-1])}"),
    ] if months else []  # fmt: skip
    bars = Bars("Each month: paid (bar), activity’s value (stroke)", [month.gbp for month in months],
                [FORECAST.colour] * len(months), [False] * len(months), value)  # fmt: skip
    lines = (board(contract.contract.year, pounds, "Cumulative"), strands)
    spec = months_spec(lines, bars, title=title, finding=finding, key="", description=alt)
    rows = [
        (
            label,
            gbp_exact(month.activity_gbp),
            gbp_exact(month.gbp),
            gbp_exact(run[at]),
            gbp_exact(month.cumulative_gbp),
        )
        for at, (label, month) in enumerate(zip(labels(contract.contract.year), months, strict=False))
    ]
    rows.append(("Plan of the year", "", "", gbp_exact(planned_activity(contract)), gbp_exact(contract.at_plan.gbp)))
    forecast = gbp_exact(contract.forecast_activity_gbp)
    rows.append(("Forecast of the year", "", "", forecast, gbp_exact(contract.at_forecast.gbp)))
    headers = ("Month", "Activity’s value", "Payment", "Activity’s value, cumulative", "Payment, cumulative")
    table = DataTable(f"{title}: every month known", headers, tuple(rows))
    return marked(Picture(spec, finding, alt, table), illustrative=contract.illustrative)


def _months_in_words(name: str, contract: ContractYear, run: Sequence[Decimal], paid: Sequence[Decimal]) -> str:
    year = f"the year is forecast at {gbp_words(contract.at_forecast.gbp)}"
    change = contract.at_forecast.gbp - contract.at_plan.gbp
    year += f" ({gbp_change(change)} against plan)" if change else ", as planned"
    if not paid:
        return f"{name}: no month’s activity is known yet; {year}."
    label = labels(contract.contract.year)[len(paid) - 1]
    fixed = any(not one.line.variable for one in contract.lines) and contract.mechanism.settled
    besides = ", fixed lines included," if fixed else ""
    return f"{name}: to {label} {gbp_words(paid[-1])} is paid{besides} for activity worth {gbp_words(run[-1])}; {year}."
