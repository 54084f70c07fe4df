"""Rows of allocations, spend, growth and quantities to values; what is wrong with a row is told, and it is left out."""

from __future__ import annotations

import re
from decimal import Decimal

from trigpoint.finance.book.book import (
    MONTHS_OF_YEAR,
    Allocation,
    AllocationPart,
    Driver,
    GrowthAssumption,
    Quantity,
    Recurrence,
    Series,
    SpendLine,
)
from trigpoint.finance.book.cells import equal_months, gbp_of, month_amounts, months_named
from trigpoint.finance.book.planned import Planned, group_of
from trigpoint.finance.position.kinds import BY_NAME
from trigpoint.periods import FinancialYear
from trigpoint.plans.cells import CellError, decode_id, quoted
from trigpoint.plans.tables import nearest
from trigpoint.rounding import total
from trigpoint.tabular.amounts import member_of
from trigpoint.tabular.entries import Entry
from trigpoint.tabular.exact_amounts import exact_rate, exact_share
from trigpoint.tabular.money_cells import money_cell, money_text
from trigpoint.tabular.stated import stated_of
from trigpoint.wording import count, verb

UNITS = ("gbp", "share", "gbp per head", "people", "number")
_SUM = re.compile(
    r"(?:(?:grand|sub|overall)[ -]?)?totals?(?: (?:spend|spending|expenditure|budget|allocations?|resources?))?|sum",
    re.IGNORECASE,
)
_SAVING = re.compile(r"\b(?:qipp|savings?|efficienc(?:y|ies)|cip)\b", re.IGNORECASE)


def _no_sum(entry: Entry) -> None:
    """A row for the sum of the others would count them twice."""
    for column in ("id", "name"):
        if _SUM.fullmatch(entry.text(column)):
            what = f"{quoted(entry.text(column))} is a sum of other rows"
            entry.tell(what, "remove the row: sums are computed", column)
            return


def allocation_of(entry: Entry, planned: Planned) -> Allocation | None:
    """One row of allocations."""
    identity, year = entry.read("id", decode_id, ""), planned.year(entry)
    part = entry.read("part", member_of(AllocationPart), None)
    recurrence = entry.read("recurrence", member_of(Recurrence), None)
    gbp, stated = gbp_of(entry, "gbp"), stated_of(entry)
    _no_sum(entry)
    if year is None or part is None or recurrence is None or gbp is None:
        return None
    return entry.made(lambda: Allocation(identity, year, part, recurrence, gbp, stated))


def spend_of(entry: Entry, planned: Planned) -> SpendLine | None:
    """One row of spend. Months and a printed total that differ are told, and the months are used."""
    identity, year = entry.read("id", decode_id, ""), planned.year(entry)
    group, recurrence = group_of(entry), entry.read("recurrence", member_of(Recurrence), None)
    series = entry.read("series", member_of(Series), Series.BUDGET)
    gbp, months, stated = gbp_of(entry, "gbp"), month_amounts(entry), stated_of(entry)
    _no_sum(entry)
    if entry.wrong or group is None or year is None or recurrence is None:
        return None
    found = _year_of_months(entry, planned, year, series, gbp, months)
    if found is None:
        return None
    _surprise(entry, found[1], series)
    return entry.made(
        lambda: SpendLine(identity, year, group, recurrence, series, found[0], found[1], entry.text("contract"), stated)
    )


def _year_of_months(
    entry: Entry,
    planned: Planned,
    year: FinancialYear,
    series: Series,
    gbp: Decimal | None,
    months: tuple[Decimal | None, ...],
) -> tuple[tuple[Decimal | None, ...], Decimal] | None:
    """The months of a row and its total; ``None`` where too little is told."""
    known = planned.known_months(year)
    if series is Series.ACTUAL:
        if not _actuals_fit(entry, planned, year, months, whole=gbp is not None):
            return None
    elif any(one is not None for one in months) and None in months:
        lacking = [name for name, one in zip(MONTHS_OF_YEAR, months, strict=True) if one is None]
        remedy = "write 0 where nothing is spent, or the year alone in the column gbp, without months"
        entry.tell(f"the {series.value} has no amount for {months_named(lacking)}", remedy, lacking[0])
        return None
    told = [one for one in months if one is not None]
    if not told:
        if gbp is None:
            entry.tell("there is no amount", "write the months, or the year in the column gbp", "gbp")
            return None
        if series is Series.FORECAST and known:
            return months, gbp  # actuals fill its first months, and what is left of it the others
        return equal_months(gbp), gbp
    whole = total(told)
    if gbp is not None and gbp != whole:
        _differ(entry, gbp, whole)
    return months, whole


def _differ(entry: Entry, gbp: Decimal, whole: Decimal) -> None:
    apart = total([gbp, -whole])
    what = f"the months add up to {money_text(whole)}, and gbp says {money_text(gbp)}, {money_text(abs(apart))} "
    what += "more" if apart > 0 else "less"
    remedy = "correct the month or the total that is wrong; until then the months are used"
    # The row is used, so it is no mistake of its own that leaves it out.
    entry.tell(what, remedy, "gbp")
    entry.wrong = False


def _actuals_fit(
    entry: Entry, planned: Planned, year: FinancialYear, months: tuple[Decimal | None, ...], *, whole: bool
) -> bool:
    """Whether a row of actuals has the months that are known, and no others. A year that is over may be one total."""
    known = planned.known_months(year)
    if known == 12 and whole and not any(one is not None for one in months):
        return True
    if not known:
        what = f"these are actuals of {year.label}, of which no month is known yet"
        remedy = "write how many are under months_known in settings.toml, or remove the row"
        entry.tell(what, remedy, "series")
        return False
    said = zip(MONTHS_OF_YEAR, months, range(len(months)), strict=True)
    lacking = [name for name, one, at in said if one is None and at < known]
    said = zip(MONTHS_OF_YEAR, months, range(len(months)), strict=True)
    early = [name for name, one, at in said if one is not None and at >= known]
    if lacking:
        what = f"{_known(known, year)}, and there is no actual for {months_named(lacking)}"
        entry.tell(what, "write it, or correct months_known in settings.toml", lacking[0])
    if early:
        what = f"there is an actual for {months_named(early)}, and only {_known(known, year)}"
        entry.tell(what, "remove it, or correct months_known in settings.toml", early[0])
    return not (lacking or early)


def _known(months: int, year: FinancialYear) -> str:
    return f"{count(months, 'month')} of {year.label} {verb(months, 'is', 'are')} known"


def _surprise(entry: Entry, gbp: Decimal, series: Series) -> None:
    if gbp > 0 and series is not Series.ACTUAL and _SAVING.search(f"{entry.text('id')} {entry.text('name')}"):
        what = f"its name speaks of a saving, and its amount, {money_text(gbp)}, is a cost"
        entry.note(what, "write a minus sign if it is a saving: here cost is positive, a saving negative", "gbp")


def growth_of(entry: Entry, planned: Planned) -> GrowthAssumption | None:
    """One row of growth: a rate or an amount, and not both."""
    year, group = planned.year(entry, before=False), group_of(entry)
    driver = entry.read("driver", member_of(Driver), None)
    recurrence = entry.read("recurrence", member_of(Recurrence), Recurrence.RECURRENT)
    rate, gbp, stated = entry.read("rate", exact_rate, None), gbp_of(entry, "gbp"), stated_of(entry)
    if entry.wrong or year is None or driver is None:
        return None
    if (rate is None) is (gbp is None):
        what = "there is neither a rate nor an amount" if rate is None else "there is a rate and an amount as well"
        entry.tell(what, "write one of the two columns rate and gbp", "rate")
        return None
    return entry.made(lambda: GrowthAssumption(year, group, driver, rate, gbp, recurrence, stated))


def quantity_of(entry: Entry, planned: Planned) -> Quantity | None:
    """One printed figure: a share where it has the sign of one, otherwise an amount or a number, by its unit."""
    year, name, printed = planned.year(entry), entry.read("quantity", _quantity_name, ""), entry.text("value")
    unit = entry.read("unit", _unit, unit_of(name, printed))
    value = _quantity_value(entry, unit)
    stated = stated_of(entry)
    if year is None or value is None:
        return None
    place = entry.text("place") or "table"
    return entry.made(lambda: Quantity(year, name, value, unit, printed, place, stated))


def _quantity_value(entry: Entry, unit: str) -> Decimal | None:
    if unit == "share":
        return entry.read("value", exact_share, None)
    found = entry.read("value", money_cell, None)
    if found is None:
        return None
    if found.spelled:
        what = f"{quoted(entry.text('value'))} is read as {money_text(found.gbp)}"
        entry.note(what, f"write {money_text(found.gbp)}", "value")
    if unit == "gbp" and not entry.text("unit") and not found.spelled and 0 < abs(found.gbp) < 1:
        remedy = "write a share with its sign, as 0.5%, or gbp into the column unit"
        entry.tell(f"{quoted(entry.text('value'))} may be a share, or pence", remedy, "value")
        return None
    if unit == "people" and found.gbp < 0:
        entry.tell(f"{quoted(entry.text('value'))} is negative", "write how many people", "value")
        return None
    return found.gbp


def unit_of(name: str, printed: str) -> str:
    """What a quantity is counted in where its row does not say: by its sign, or else by its name.

    >>> unit_of("contingency_share", "0.5%"), unit_of("running_cost_per_head", "21.62"), unit_of("planned_surplus", "5")
    ('share', 'gbp per head', 'gbp')
    """
    if printed.strip().endswith(("%", "％")):
        return "share"
    if name in BY_NAME:
        return BY_NAME[name].unit
    ends = (("share", r"share|rate|percent|percentage"), ("gbp per head", "per_head"), ("people", "population|people"))
    return next((unit for unit, words in ends if re.search(rf"(?:\A|_)(?:{words})\Z", name)), "gbp")


def _quantity_name(cell: str) -> str:
    name = re.sub(r"[\s-]+", "_", cell.strip().casefold())
    if not re.fullmatch(r"[a-z0-9][a-z0-9_]{0,63}", name):
        remedy = "write lower-case letters, digits and underscores, as the rules call it"
        raise CellError(f"{quoted(cell)} is no name of a quantity", remedy)
    return name


def _unit(cell: str) -> str:
    unit = " ".join(cell.casefold().replace("_", " ").split())
    if unit in UNITS:
        return unit
    near = nearest(unit, UNITS)
    raise CellError(f"{quoted(cell)} is no unit", f"did you mean “{near}”?" if near else f"write {', '.join(UNITS)}")
