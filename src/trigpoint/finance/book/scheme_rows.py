"""Rows of schemes, their months and their gates to values; what is wrong with a row is told, and it is left out."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from trigpoint.finance.book.book import MONTHS_OF_YEAR, GateDecision, Recurrence, Scheme, SchemeMonths, Series
from trigpoint.finance.book.cells import month_amounts, month_shares, months_named, size_of
from trigpoint.finance.book.planned import Planned, group_of
from trigpoint.periods import FinancialYear, Month
from trigpoint.plans.cells import CellError, decode_id, quoted
from trigpoint.plans.tables import nearest
from trigpoint.tabular.amounts import flag_of, member_of, month_of
from trigpoint.tabular.entries import Entry
from trigpoint.tabular.exact_amounts import exact_part
from trigpoint.tabular.stated import stated_of
from trigpoint.wording import count, verb

RAGS = ("red", "amber", "green")
DECISIONS = ("passed", "refused", "deferred")


def scheme_of(entry: Entry, planned: Planned) -> Scheme | None:
    """One row of schemes. Its effects are positive: what is saved."""
    identity, year = entry.read("id", decode_id, ""), planned.year(entry)
    effect = size_of(entry, "full_year_effect", "write what it saves as a positive amount")
    start, recurrence = entry.read("start", month_of, None), entry.read("recurrence", member_of(Recurrence), None)
    probability = entry.read("probability", exact_part, Decimal(1))
    investment = size_of(entry, "investment", "write what it costs as a positive amount")
    cash_releasing, identified = (entry.read(name, flag_of, True) for name in ("cash_releasing", "identified"))
    rag, profile = entry.read("rag", _word(RAGS), ""), month_shares(entry)
    _timed(entry, year, start, profile)
    group, stated = group_of(entry), stated_of(entry)
    if entry.wrong or effect is None or year is None or start is None or recurrence is None:
        return None
    return entry.made(
        lambda: Scheme(
            identity,
            year,
            effect,
            start,
            recurrence,
            entry.text("stage"),
            probability,
            investment or Decimal(0),
            cash_releasing,
            identified,
            group,
            rag,
            entry.text("double_count"),
            entry.text("lead"),
            entry.text("part_of"),
            profile,
            _several(entry.text("activity")),
            entry.text("contract"),
            entry.text("deliverable"),
            entry.text("measure"),
            stated,
        )
    )


def _timed(entry: Entry, year: FinancialYear | None, start: Month | None, profile: tuple[Decimal, ...]) -> None:
    """A start outside the year, and shares of months before it."""
    if year is None or start is None:
        return
    if start not in year.months:
        what = f"it starts in {start.label}, which is not in its year, {year.label}"
        entry.tell(what, "correct the year, which is that of its first effect, or the month", "start")
        return
    before = year.months.index(start)
    early = [name for name, share in zip(MONTHS_OF_YEAR[:before], profile, strict=False) if share]
    if early:
        what = f"it has a share of {months_named(early)}, and starts in {start.label}"
        entry.tell(what, "correct the start, or empty the cell", early[0])


def scheme_months_of(entry: Entry, planned: Planned) -> SchemeMonths | None:
    """Twelve months of a scheme. A forecast stands in the place of the computed one, and needs its reason."""
    identity, year = entry.read("scheme", decode_id, ""), planned.year(entry)
    series = entry.read("series", member_of(Series), None)
    months, stated = month_amounts(entry), stated_of(entry)
    if entry.wrong or year is None or series is None:
        return None
    said = [(name, one) for name, one in zip(MONTHS_OF_YEAR, months, strict=True)]
    if all(one is None for one in months):
        entry.tell("there is no amount", "write the months, or remove the row")
    known = planned.known_months(year)
    early = [name for at, (name, one) in enumerate(said) if one is not None and at >= known]
    lacking = [name for name, one in said if one is None]
    if series is Series.ACTUAL and early:
        what = f"there is an actual for {months_named(early)}, and {_known(known, year)}"
        entry.tell(what, "remove it, or correct months_known in settings.toml", early[0])
    late = [name for name in lacking if series is Series.ACTUAL and MONTHS_OF_YEAR.index(name) < known]
    if late and not entry.wrong:
        what = f"{known} months of {year.label} are known, and there is no actual for {months_named(late)}"
        entry.tell(what, "write 0 where nothing was saved, or correct months_known in settings.toml", late[0])
    if series is Series.BUDGET and lacking and not entry.wrong:
        what = f"the plan has no amount for {months_named(lacking)}"
        entry.tell(what, "write 0 where nothing is to be saved", lacking[0])
    if series is Series.FORECAST and not entry.text("reason"):
        remedy = "write it, or remove the row: the forecast is then computed from what was saved so far"
        entry.tell("a forecast that is not the computed one needs its reason", remedy, "reason")
    return entry.made(lambda: SchemeMonths(identity, year, series, months, entry.text("reason"), stated))


def _known(months: int, year: FinancialYear) -> str:
    if not months:
        return f"no month of {year.label} is known yet"
    return f"only {count(months, 'month')} of {year.label} {verb(months, 'is', 'are')} known"


def gate_of(entry: Entry) -> GateDecision | None:
    """One decision of a gate."""
    identity, decision = entry.read("scheme", decode_id, ""), entry.read("decision", _word(DECISIONS), "")
    stated = stated_of(entry)
    return entry.made(lambda: GateDecision(identity, entry.text("gate"), decision, entry.text("by"), stated))


def _several(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in cell.replace(";", ",").split(",") if part.strip()))


def _word(known: tuple[str, ...]) -> Callable[[str], str]:
    """The reader of one of a few words."""

    def read(cell: str) -> str:
        word = cell.strip().casefold()
        if word in known:
            return word
        near = nearest(word, known)
        remedy = f"did you mean “{near}”?" if near else f"write one of {', '.join(known)}"
        raise CellError(f"{quoted(cell)} is not known", remedy)

    return read
