"""A point of delivery month by month: outturn, do nothing and do something with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trigpoint.charts.activity.look import ACTUAL, DO_NOTHING, DO_SOMETHING, INTERVAL, OUTTURN
from trigpoint.charts.activity.subject import actual_months, series_of, title_of, unit_of
from trigpoint.charts.frame import clean
from trigpoint.charts.illustrative import marked
from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.printed import against, between, form_for, shown
from trigpoint.charts.strands import Board, Head, Strand, lines_spec, numbers
from trigpoint.charts.upright import NOTHING, drawn
from trigpoint.measures.standing import Form

if TYPE_CHECKING:
    from trigpoint.activity.results.run import ActivityRun, Band, Floats, SeriesRun

__all__ = ["told_of", "trajectory_picture"]

Values = tuple[float | None, ...]


def trajectory_picture(run: ActivityRun, pod: str, provider: str = "", *, detail: Sequence[str] = ()) -> Picture:
    """The base year's months (solid where actual, hollow where forecast), then the outturn's level, do nothing and do
    something by month of every plan year, with their 80% intervals (10% to 90% of the draws) as pale bands.

    ``pod`` is a code or a name; without ``provider`` it is the sum over all. Values are activity a month in the pod's
    own unit. Above each year stands what it comes to, and the finding has the last. The table has every month and the
    totals of years; months and years are each rounded on their own. A pod that the run does not have gives a picture
    that says so.
    """
    name, one = title_of(run, pod, provider, detail), series_of(run, pod, provider, detail)
    if one is None:
        return no_figures(name)
    title = f"{name}, month by month"
    counted = actual_months(run, one.key)
    form = form_for(_every(one), unit_of(run, pod))
    periods = tuple(month.label for month in (*run.book.settings.base_year.months, *run.months))
    finding = told_of(run, one, name)
    key = f"{_points(counted)} Pale bands: {INTERVAL}s. Numbers beside the lines: {_last_year(run)}."
    alt = f"Line chart of {title}, {periods[0]} to {periods[-1]}. {finding}"
    board = Board(periods, form, _heads(run, one), _begins(counted, periods))
    strands = _strands(one, counted, len(periods))
    spec = lines_spec(board, strands, title=title, finding=finding, key=key, description=alt)
    table = DataTable(f"{name}: every month", _HEADERS, _rows(run, one, counted, form))
    return marked(Picture(spec, finding, alt, table), illustrative=one.illustrative)


def no_figures(title: str) -> Picture:
    """The picture of what a run does not have."""
    finding = f"{title}: there is no such series in this run."
    spec = lines_spec(Board(("",), Form(0, "", "")), (), title=title, finding=finding, key="", description=finding)
    return Picture(spec, finding, finding, DataTable(title, ("Period", "Value"), ()))


def told_of(run: ActivityRun, one: SeriesRun, title: str) -> str:
    """The last plan year in one sentence: do something, its interval, and how it stands to do nothing."""
    last = len(run.years) - 1
    band = one.annual_do_something
    mean = _at(band.mean, last)
    if mean is None:
        return f"{title}: there is no figure for {run.years[last].label}." if run.years else f"{title}: no plan year."
    decimals = form_for([mean]).decimals
    interval = between(_at(band.p10, last), _at(band.p90, last), decimals)
    likely = "" if interval == NOTHING else f" ({INTERVAL} {interval})"
    stands = against(mean, _at(one.annual_do_nothing.mean, last), "do nothing")
    end = f", {stands}" if stands else ""
    return f"{title}: do something {run.years[last].label} is {shown(mean, decimals)}{likely}{end}."


def _at(values: Floats, index: int) -> float | None:
    return drawn(float(values[index])) if -len(values) <= index < len(values) else None


def _every(one: SeriesRun) -> list[float | None]:
    bands = (one.do_nothing, one.do_something)
    return [*numbers(one.base), *(value for band in bands for value in numbers(band.mean))]


def _points(counted: Sequence[bool]) -> str:
    if all(counted):
        return "Points: actual."
    return "Solid points: actual; hollow: forecast." if any(counted) else "Hollow points: forecast outturn."


def _last_year(run: ActivityRun) -> str:
    return (
        f"outturn of {run.book.settings.base_year.label}, totals of {run.years[-1].label if run.years else 'no year'}"
    )


def _begins(counted: Sequence[bool], periods: Sequence[str]) -> tuple[int, str] | None:
    first = next((at for at in range(len(counted)) if not any(counted[at:])), len(counted))
    if first == 0:
        return None
    return (first, f"forecast from {periods[first]}") if first < len(periods) else None


def _total(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known and len(known) == len(values) else None


def _heads(run: ActivityRun, one: SeriesRun) -> tuple[Head, ...]:
    base = _total(numbers(one.base))
    decimals = form_for([base]).decimals
    found = [Head(0, 11, (run.book.settings.base_year.label, f"outturn {shown(base, decimals)}"))]
    for at, year in enumerate(run.years):
        places = [12 + place for place, month in enumerate(run.months) if year.start <= month.start <= year.end]
        if places:
            words = f"do something {shown(_at(one.annual_do_something.mean, at), decimals)}"
            found.append(Head(places[0], places[-1], (year.label, words)))
    return tuple(found)


def _strands(one: SeriesRun, counted: Sequence[bool], length: int) -> list[Strand]:
    base, fot = numbers(one.base), numbers(one.fot)
    actual = tuple(value if known else None for value, known in zip(base, counted, strict=False))
    # The forecast begins at the last actual point, so that the line is one.
    joined = tuple(
        value if not known or (at + 1 < len(base) and not counted[at + 1]) else None
        for at, (value, known) in enumerate(zip(base, counted, strict=False))
    )
    hollow = frozenset(at for at, known in enumerate(counted) if not known)
    level = (*joined, *fot) if not all(counted) else (*[None] * 11, base[-1] if base else None, *fot)
    outturn = shown(_total(base), form_for([_total(base)]).decimals)
    return [
        _banded(DO_NOTHING.word, one.do_nothing, one.annual_do_nothing, length, pale=0.13),
        _banded(DO_SOMETHING.word, one.do_something, one.annual_do_something, length, pale=0.22),
        Strand("Outturn", level, OUTTURN, end=f"Outturn {outturn}", dots=hollow, hollow=True),
        Strand("Actual", (*actual, *[None] * (length - 12)), ACTUAL, dots=frozenset(range(12)) - hollow),
    ]


def _banded(word: str, months: Band, years: Band, length: int, *, pale: float) -> Strand:
    look = DO_NOTHING if word == DO_NOTHING.word else DO_SOMETHING
    mean, low, high = (_after_base(values, length) for values in (months.mean, months.p10, months.p90))
    last = _at(years.mean, -1)
    return Strand(word, mean, look, (low, high), end=f"{word} {shown(last, form_for([last]).decimals)}", pale=pale)


def _after_base(values: Floats, length: int) -> Values:
    own = numbers(values)[: length - 12]
    return (*[None] * 12, *own, *[None] * (length - 12 - len(own)))


_HEADERS = (
    "Month", "Outturn", "Do nothing", f"Do nothing, {INTERVAL}", "Do something", f"Do something, {INTERVAL}", "Note",
)  # fmt: skip


def _rows(run: ActivityRun, one: SeriesRun, counted: Sequence[bool], form: Form) -> tuple[tuple[str, ...], ...]:
    decimals, base_year = form.decimals, run.book.settings.base_year
    rows = [
        (month.label, shown(value, decimals), *[NOTHING] * 4, "Actual" if known else "Forecast")
        for month, value, known in zip(base_year.months, numbers(one.base), counted, strict=False)
    ]
    base = _total(numbers(one.base))
    rows.append((f"{base_year.label} in all", shown(base, form_for([base]).decimals), *[NOTHING] * 4, "Outturn"))
    for at, year in enumerate(run.years):
        places = [place for place, month in enumerate(run.months) if year.start <= month.start <= year.end]
        for place in places:
            bands = _cells(one.do_nothing, one.do_something, place, decimals)
            rows.append((run.months[place].label, shown(_at(one.fot, place), decimals), *bands, ""))
        fot = _total(tuple(_at(one.fot, place) for place in places))
        own = form_for([_at(one.annual_do_something.mean, at), fot]).decimals
        bands = _cells(one.annual_do_nothing, one.annual_do_something, at, own)
        rows.append((f"{clean(year.label)} in all", shown(fot, own), *bands, ""))
    return tuple(rows)


def _cells(nothing: Band, something: Band, at: int, decimals: int) -> tuple[str, ...]:
    found: list[str] = []
    for band in (nothing, something):
        found += [shown(_at(band.mean, at), decimals), between(_at(band.p10, at), _at(band.p90, at), decimals)]
    return tuple(found)
