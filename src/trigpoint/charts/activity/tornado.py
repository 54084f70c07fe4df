"""What moves a year's activity most: each uncertain assumption at its lowest and at its highest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trigpoint.charts.activity.look import LESS, MORE
from trigpoint.charts.activity.subject import code_of, is_illustrative, series_of, title_of, unit_of, year_at
from trigpoint.charts.frame import clean
from trigpoint.charts.illustrative import marked
from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.printed import change, decimals_for, shown
from trigpoint.charts.row import Frame, Lines, Mark, Row
from trigpoint.charts.rows import rows_spec
from trigpoint.charts.upright import drawn
from trigpoint.measures.standing import Form
from trigpoint.wording import capital

if TYPE_CHECKING:
    from trigpoint.activity.results.run import ActivityRun, Driver
    from trigpoint.periods import FinancialYear

__all__ = ["tornado_picture"]

MOST_ROWS = 12


def tornado_picture(run: ActivityRun, pod: str, year: FinancialYear) -> Picture:
    """The assumptions of one point of delivery and plan year, the one that moves do something most at the top.

    A bar goes from the mean of do something in the tenth of draws in which the assumption is lowest (a hollow point) to
    that in which it is highest (a solid point); the line is the mean of all draws. The twelve largest are drawn, the
    table has all. Method: the conditional means of a Monte Carlo sample, so that nothing else is held still.
    """
    title = f"{title_of(run, pod, '')} {year.label}: what moves it most"
    code = code_of(run, pod)
    found = [one for one in run.drivers if one.pod in (pod, code) and one.year == year]
    known = [one for one in found if drawn(one.low) is not None and drawn(one.high) is not None]
    known.sort(key=lambda one: (-abs(one.high - one.low), one.name, one.assumption))
    mean = _mean(run, pod, year, known)
    decimals = decimals_for([mean, *(end for one in known for end in (one.low, one.high))])
    finding = _finding(title_of(run, pod, ""), known, year.label, decimals)
    alt = f"Tornado chart of {title}. {finding}"
    rows = [_row(one, decimals) for one in known[:MOST_ROWS]]
    unit = unit_of(run, pod)
    axis = f"{capital(unit)} in {year.label}" if unit else f"Activity in {year.label}"
    lines = (Lines(mean, f"Mean {shown(mean, decimals)}"),) if mean is not None else ()
    frame = Frame(Form(decimals, "", ""), axis, words="Range", lines=lines)
    drawn_of = f" The {MOST_ROWS} largest of {len(known)} are drawn." if len(known) > MOST_ROWS else ""
    key = f"Hollow: assumption in its lowest tenth of draws; solid: in its highest.{drawn_of}"
    spec = rows_spec(
        rows, frame, title=title, finding=finding, key=key, description=alt, empty="No assumption is uncertain"
    )
    return marked(Picture(spec, finding, alt, _table(title, found, mean, decimals)), illustrative=is_illustrative(run))


def _mean(run: ActivityRun, pod: str, year: FinancialYear, known: list[Driver]) -> float | None:
    one, at = series_of(run, pod), year_at(run, year)
    if one is not None and at is not None and at < len(one.annual_do_something.mean):
        return drawn(float(one.annual_do_something.mean[at]))
    return (known[0].low + known[0].high) / 2 if known else None


def _name(one: Driver) -> str:
    return capital(clean(one.name or one.assumption))


def _row(one: Driver, decimals: int) -> Row:
    words = shown(abs(one.high - one.low), decimals)
    tip = f"{_name(one)}: {shown(one.low, decimals)} where lowest, {shown(one.high, decimals)} where highest"
    # An assumption that takes activity away as it rises leans the other way, and has the other colour.
    colour = MORE if one.high >= one.low else LESS
    marks = (Mark(one.low, "circle", colour, hollow=True), Mark(one.high, "circle", colour))
    return Row(_name(one), words, pale=(one.low, one.high, colour), marks=marks, tip=tip)


def _finding(name: str, known: list[Driver], year: str, decimals: int) -> str:
    if not known:
        return f"{name}: no uncertain assumption moves {year}."
    top = known[0]
    ends = sorted((top.low, top.high))
    moved = f"from {shown(ends[0], decimals)} to {shown(ends[1], decimals)}"
    return f"{name}: {year} is moved most by “{clean(top.name or top.assumption)}”, {moved}."


def _table(title: str, found: list[Driver], mean: float | None, decimals: int) -> DataTable:
    headers = ("Assumption", "Where lowest", "Where highest", "Range", "Highest less mean")
    rows = []
    for one in sorted(found, key=lambda one: -abs((drawn(one.high) or 0.0) - (drawn(one.low) or 0.0))):
        low, high = drawn(one.low), drawn(one.high)
        width = abs(high - low) if low is not None and high is not None else None
        gap = high - mean if high is not None and mean is not None else None
        rows.append(
            (_name(one), shown(low, decimals), shown(high, decimals), shown(width, decimals), change(gap, decimals))
        )
    return DataTable(f"{title}: every assumption", headers, tuple(rows))
