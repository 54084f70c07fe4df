"""Position and business rules as printed tables: the same on the terminal, in Word and in pages.

Amounts are whole pounds, with pence where one of a table has some, so that printed parts add up to printed totals.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from trigpoint.finance.position.result import Bridge, GrowthAmount, Position
from trigpoint.finance.rules.result import Compared, Operator, RuleResult
from trigpoint.finance.words import NOTHING
from trigpoint.reports.blocks import Table
from trigpoint.reports.finance.words import STAR, amounts, column, in_unit, money_form, share, wide_form, yes_no
from trigpoint.rounding import decimals_of
from trigpoint.wording import capital, listed

LEFT = (
    "Item", "Group", "Recurrent", "Rule", "Year", "Met", "As printed", "Scheme", "Stage", "Rating", "Gate", "Standing",
    "Risk", "Kind", "Step", "Contract", "Mechanism", "Borne by", "Line", "Month", "Organisation", "Best", "Against",
    "Real", "Counted", "Basis", "Source", "Says", "Assumption", "Goes with",
)  # fmt: skip
"""Headers whose columns stand to the left; all others hold numbers."""


def position_table(position: Position) -> Table:
    """The year's key figures: limit, budget, forecast, surplus against the control total, underlying position."""
    underlying = position.underlying
    lines: list[tuple[str, Decimal | None]] = [
        ("Resource limit", position.resource_limit_gbp),
        ("of which recurrent", position.recurrent_limit_gbp),
        ("Budget", position.budget_gbp),
        ("Forecast spend", position.forecast_gbp),
        ("Planned surplus", position.planned_surplus_gbp),
        ("Forecast surplus", position.surplus_gbp),
        ("Control total", position.control_total_gbp),
        ("Forecast surplus less control total", position.control_variance_gbp),
        ("Underlying position", underlying.gbp if underlying else None),
        ("Underlying position at the start of the year", position.opening_underlying_gbp),
    ]
    told = [(name, value) for name, value in lines if value is not None]
    printed = amounts([value for _, value in told])
    rows = [(name, words) for (name, _), words in zip(told, printed, strict=True)]
    if underlying is not None and underlying.share is not None:
        rows.append(("Underlying position, share of the recurrent allocation", share(underlying.share)))
    mark = STAR if position.illustrative else ""
    return Table(f"Financial position {position.year}{mark}", ("Item", "Amount"), tuple(rows), (70, 30))


def groups_table(position: Position) -> Table:
    """Spend by commissioning group: budget, budget and actual to date, forecast, variance (an overspend is above 0).

    Each column adds up as it is printed.
    """
    groups = position.groups
    columns = (
        [one.budget_gbp for one in groups],
        [one.budget_to_date_gbp for one in groups],
        [one.actual_to_date_gbp for one in groups],
        [one.forecast_gbp for one in groups],
        [one.variance_gbp for one in groups],
    )
    form = wide_form(value for values in columns for value in values)
    printed = [column(values, form) for values in columns]
    names = [(capital(one.group.value), capital(one.recurrence.value) if one.recurrence else "Both") for one in groups]
    rows = tuple(
        (*name, *cells) for name, cells in zip([*names, ("All spend", "")], zip(*printed, strict=True), strict=True)
    )
    headers = ("Group", "Recurrent", "Budget", "Budget to date", "Actual to date", "Forecast", "Variance")
    caption = f"Spend by commissioning group, {position.year}"
    return Table(caption, headers, rows if groups else (), (20, 14, 14, 13, 13, 14, 12))


def growth_table(position: Position) -> Table:
    """What each group's spend is assumed to grow by and why: its rate, the spend it is a rate of, and the pounds."""
    form = wide_form(value for one in position.growth for value in (one.of_gbp, one.gbp))
    rows = tuple(
        (
            capital(one.assumption.group.value) if one.assumption.group else "All groups",
            _assumption_words(one),
            capital(one.assumption.recurrence.value),
            share(one.assumption.rate) if one.assumption.rate is not None else NOTHING,
            form.words(one.of_gbp),
            form.change(one.gbp) if one.gbp is not None else NOTHING,
        )
        for one in position.growth
    )
    headers = ("Group", "Assumption", "Recurrent", "Rate", "Of", "Amount")
    return Table(f"Growth and inflation assumed, {position.year}", headers, rows, (20, 32, 14, 9, 13, 12))


def _assumption_words(one: GrowthAmount) -> str:
    name, driver = one.assumption.stated.name, capital(one.assumption.driver.value)
    told = driver if not name or name.casefold() == driver.casefold() else f"{name} ({driver[0].lower()}{driver[1:]})"
    return f"{told}{STAR if one.assumption.stated.illustrative else ''}"


def bridge_table(bridge: Bridge) -> Table:
    """The steps of a bridge; those between two totals add up to their difference, as printed too."""
    form = money_form(step.gbp for step in bridge.steps)
    rows = tuple(
        (
            f"{step.name}{STAR if step.illustrative else ''}",
            form.words(step.gbp) if step.total else form.change(step.gbp),
        )
        for step in bridge.steps
    )
    return Table(bridge.title, ("Step", "Amount"), rows, (70, 30))


def bridges_of(position: Position) -> dict[str, Bridge]:
    """The bridges that a position has, by the name that an option gives them."""
    underlying = position.underlying.bridge if position.underlying else None
    named = {
        "limit": position.limit_bridge,
        "surplus": position.surplus_bridge,
        "spend": position.spend_bridge,
        "underlying": underlying,
        "opening": position.opening_bridge,
    }
    return {name: bridge for name, bridge in named.items() if bridge is not None}


def rules_table(results: Sequence[RuleResult]) -> Table:
    """Each rule in each year: exact value, value as usually printed, limit, whether it is met, headroom in pounds."""
    rows = []
    for one in results:
        unit = one.rule.unit
        headroom = amounts([one.headroom_gbp])[0]
        exact = in_unit(one.exact, unit)
        rounded = in_unit(one.rounded, unit, _printed_decimals(one))
        mark = STAR if one.illustrative else ""
        rows.append((f"{one.rule.name}{mark}", str(one.year), exact, rounded, limit_words(one), met(one), headroom))
    headers = ("Rule", "Year", "Exact", "Rounded", "Limit", "Met", "Headroom")
    return Table("Business rules", headers, tuple(rows), (32, 9, 11, 10, 15, 10, 13))


def _printed_decimals(one: RuleResult) -> int | None:
    """The decimals that the rounded value has, of the per cent where it is a share; money in millions is printed as the
    pounds that it is."""
    if one.rounded is None or one.rule.unit == "gbp":
        return None
    decimals = decimals_of(one.rounded)
    return max(decimals - 2, 0) if one.rule.unit == "share" else decimals


def limit_words(one: RuleResult) -> str:
    """What is asked, in words: “at least 1%”, “4% to 7%”."""
    if one.limit is None:
        return NOTHING
    lowest = in_unit(one.limit, one.rule.unit)
    if one.rule.operator is Operator.BETWEEN and one.rule.highest is not None:
        return f"{lowest} to {in_unit(one.rule.highest, one.rule.unit)}"
    return f"{one.rule.operator.value} {lowest}"


def met(one: RuleResult) -> str:
    """Whether a rule is met by the value that decides; in words where exact and rounded value disagree."""
    if one.passes is None:
        return "cannot be tested"
    if one.passes_exact != one.passes_rounded:
        way = "rounded" if one.passes_rounded else "exact"
        deciding = "" if one.rule.compare_on is Compared.EXACT else ", which decides"
        return f"only {way}{deciding if way == 'rounded' else ''}"
    return yes_no(one.passes)


def unconfirmed_sentence(results: Sequence[RuleResult]) -> str:
    """Which rules' numbers were not compared with the publication that they are from; "" where all were."""
    rules = {one.rule.id: one.rule for one in results}.values()
    names = [one.name for one in rules if not one.confirmed]
    if not names:
        return ""
    which = "any rule" if len(names) == len(rules) else listed(names)
    return (
        f"Not compared with the publication itself: the limit of {which}. "
        "Check it there before anyone is held to it; --json names the source."
    )


def rules_sentence(results: Sequence[RuleResult]) -> str:
    """How many rules are met, which are not, and which cannot be tested."""
    known = [one for one in results if one.passes is not None]
    broken = [one for one in known if not one.passes]
    told = f"{len(known) - len(broken)} of {len(known)} tests of a rule in a year are met."
    if broken:
        told += f" Not met: {listed([f'{one.rule.name} in {one.year}' for one in broken])}."
    lacking = len(results) - len(known)
    return f"{told} {lacking} cannot be tested." if lacking else told
