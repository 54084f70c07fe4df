"""A forecast outturn: this year's months on those of earlier years, and several forecasts beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from trigpoint.charts.activity.look import ACTUAL, INTERVAL, PAST, REFORECAST, Look
from trigpoint.charts.frame import clean
from trigpoint.charts.illustrative import marked
from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.printed import between, form_for, per_cent, relative, shown
from trigpoint.charts.row import Frame, Lines, Mark, Row
from trigpoint.charts.rows import rows_spec
from trigpoint.charts.strands import Board, Strand, lines_spec, numbers
from trigpoint.charts.upright import NOTHING, drawn
from trigpoint.measures.figures import PERCENTAGE
from trigpoint.measures.standing import Form
from trigpoint.wording import capital, count, verb

if TYPE_CHECKING:
    from trigpoint.activity.outturn.history import History
    from trigpoint.activity.outturn.result import Outturn, Outturns
    from trigpoint.periods import FinancialYear

__all__ = ["outturn_picture", "outturns_picture"]

_MOST_PAST = 3
_MOST_ROWS = 24
_PAST_DASHES = ((1, 0), (7, 3), (2, 3))  # last year first
_MONTHS = tuple(
    f"{month}" for month in ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")
)
_NO_VALUES: tuple[float | None, ...] = (None,) * 12


def outturn_picture(outturn: Outturn, history: History | None = None, *, illustrative: bool = False) -> Picture:
    """One year by month: solid and dark where counted, broken and hollow where forecast, on up to three earlier years.

    The pale band spreads the year's 80% interval over the months to come, each in proportion to its forecast; the year
    as a whole is in it with that probability, a single month is not. Beside the lines stand the totals of years.
    Without ``history`` the year stands alone. The finding is the forecast's own sentence; the table has every month.
    ``illustrative`` says that some of the counts were invented.

    >>> from trigpoint.activity.outturn import forecast_outturn, History
    >>> from trigpoint.periods import FinancialYear, Month
    >>> history = History("RNA", "A&E", Month(2016, 4), tuple([100.0] * 12 + [110.0] * 5))
    >>> picture = outturn_picture(forecast_outturn([history], FinancialYear(2017), 5)[0], history)
    >>> picture.table.rows[0]
    ('April 2017', '110', '–', 'Actual', '100')
    """
    title = f"{capital(clean(outturn.name))}, {outturn.year.label}"
    finding = clean(outturn.finding)
    own = numbers(outturn.trajectory) or _NO_VALUES
    counted = tuple(outturn.actual) or (False,) * 12
    past = _past(history, outturn.year) if history is not None else []
    form = form_for([*own, *(value for _, values in past for value in values)])
    low, high = _band(outturn, own, counted)
    strands = [_past_strand(at, year, values) for at, (year, values) in enumerate(past)][::-1]
    strands += _own(outturn, own, counted, (low, high))
    first = next((at for at in range(12) if not any(counted[at:])), 12)
    begin = (first, f"forecast from {_MONTHS[first]}") if 0 < first < 12 and outturn.value is not None else None
    alt = f"Line chart of {title} by month. {finding}"
    key = "Beside the lines: totals of years."
    if any(value is not None for value in low):
        key = f"Pale band: the year’s {INTERVAL}, spread over its months to come. {key}"
    spec = lines_spec(
        Board(_MONTHS, form, begin=begin), strands, title=title, finding=finding, key=key, description=alt
    )
    table = _table(title, outturn, own, counted, (low, high), past, form)
    return marked(Picture(spec, finding, alt, table), illustrative=illustrative)


def _past(history: History, year: FinancialYear) -> list[tuple[str, tuple[float | None, ...]]]:
    """The latest earlier years with any figure, last year first."""
    found = []
    for back in range(1, 9):
        values = numbers(history.year(year - back))
        if any(value is not None for value in values):
            found.append(((year - back).label, values))
    return found[:_MOST_PAST]


def _total(values: Sequence[float | None]) -> float | None:
    return None if None in values else sum(value for value in values if value is not None)


def _past_strand(at: int, year: str, values: tuple[float | None, ...]) -> Strand:
    total = _total(values)
    end = f"{year} {shown(total, form_for([total]).decimals)}" if total is not None else f"{year}, not whole"
    return Strand(year, values, replace(PAST, dash=_PAST_DASHES[at]), end=end)


def _own(
    outturn: Outturn,
    own: tuple[float | None, ...],
    counted: Sequence[bool],
    band: tuple[tuple[float | None, ...], tuple[float | None, ...]],
) -> list[Strand]:
    actual = tuple(value if known else None for value, known in zip(own, counted, strict=True))
    # From the last actual on, so that the line is one.
    ahead = tuple(
        value if not known or (at < 11 and not counted[at + 1]) else None
        for at, (value, known) in enumerate(zip(own, counted, strict=True))
    )
    hollow = frozenset(at for at, known in enumerate(counted) if not known)
    total = shown(outturn.value, form_for([outturn.value]).decimals)
    words = f"{outturn.year.label} {total}"
    look = Look("Forecast", REFORECAST.colour, REFORECAST.dash, REFORECAST.width, "circle")
    found = (
        [Strand("Forecast", ahead, look, band, end=f"{words} forecast", dots=hollow, hollow=True, pale=0.2)]
        if hollow
        else []
    )
    return [*found, Strand("Actual", actual, ACTUAL, end="" if hollow else words, dots=frozenset(range(12)) - hollow)]


def _band(
    outturn: Outturn, own: tuple[float | None, ...], counted: Sequence[bool]
) -> tuple[tuple[float | None, ...], tuple[float | None, ...]]:
    """The year's interval over its months to come, in proportion to the forecast of each."""
    to_come = sum(value or 0.0 for value, known in zip(own, counted, strict=True) if not known)
    interval = outturn.likely
    if interval is None or outturn.value is None or to_come <= 0:
        return _NO_VALUES, _NO_VALUES
    ends = []
    for end in (interval.low, interval.high):
        factor = max(1 + (end - outturn.value) / to_come, 0.0)
        ends.append(
            numbers(
                None if known or value is None else value * factor for value, known in zip(own, counted, strict=True)
            )
        )
    return ends[0], ends[1]


def _table(
    title: str,
    outturn: Outturn,
    own: tuple[float | None, ...],
    counted: Sequence[bool],
    band: tuple[tuple[float | None, ...], tuple[float | None, ...]],
    past: Sequence[tuple[str, tuple[float | None, ...]]],
    form: Form,
) -> DataTable:
    headers = ("Month", outturn.year.label, INTERVAL, "Note", *(year for year, _ in past))
    decimals = form.decimals
    rows = []
    for at, month in enumerate(outturn.year.months):
        note = "Actual" if counted[at] else "Forecast" if own[at] is not None else "No figure"
        cells = (shown(own[at], decimals), between(band[0][at], band[1][at], decimals), note)
        rows.append((month.label, *cells, *(shown(values[at], decimals) for _, values in past)))
    whole, (low, high) = form_for([outturn.value]).decimals, _ends(outturn)
    cells = (shown(outturn.value, whole), between(low, high, whole), clean(outturn.reason))
    totals = (shown(_total(values), whole) for _, values in past)
    rows.append(("The year", *cells, *totals))
    return DataTable(f"{title}: every month", headers, tuple(rows))


def outturns_picture(outturns: Outturns, *, title: str = "", illustrative: bool = False) -> Picture:
    """Forecasts of several series beside each other, each as a change from its last year in per cent with its 80%
    interval; at the right stand the counts. Series without a last year have their count alone.

    Of more than twenty-four series those with the largest forecasts are drawn; the table has all, with the reason
    where there is none. The finding counts those that will surely rise or fall, by their intervals.
    """
    name = clean(title) or f"Forecast outturn {outturns.year.label}"
    known = [one for one in outturns if drawn(one.value) is not None]
    chosen = sorted(known, key=lambda one: -(one.value or 0.0))[:_MOST_ROWS]
    rows = [_forecast_row(one) for one in outturns if any(one is each for each in chosen)]
    rows = rows if any(row.marks for row in rows) else []
    finding = _several(outturns, known)
    alt = f"Chart of {name} against last year. {finding}"
    frame = Frame(
        Form(1, PERCENTAGE, ""), f"Change from {(outturns.year - 1).label}", signed=True,
        words="Forecast", lines=(Lines(0.0, "Last year"),),
    )  # fmt: skip
    few = f" The {_MOST_ROWS} largest of {len(known)} are drawn." if len(known) > _MOST_ROWS else ""
    spec = rows_spec(rows, frame, title=name, finding=finding, key=f"Pale bars: {INTERVAL}s.{few}", description=alt,
                     empty="No series has a forecast and a last year")  # fmt: skip
    headers = ("Series", "Forecast", INTERVAL, "Last year", "Change", "To date", "Method", "Note")
    table = DataTable(f"{name}: every series", headers, tuple(map(_forecast_cells, outturns)))
    return marked(Picture(spec, finding, alt, table), illustrative=illustrative)


def _ends(one: Outturn) -> tuple[float | None, float | None]:
    return (one.likely.low, one.likely.high) if one.likely is not None else (None, None)


def _changes(one: Outturn) -> tuple[float | None, float | None, float | None]:
    value, low, high = (relative(each, one.last_year) for each in (one.value, *_ends(one)))
    return value, low, high


def _forecast_row(one: Outturn) -> Row:
    value, low, high = _changes(one)
    words = shown(one.value, form_for([one.value]).decimals)
    colour = REFORECAST.colour
    pale = (low, high, colour) if low is not None and high is not None else None
    marks = (Mark(value, "circle", colour),) if value is not None else ()
    return Row(clean(one.name), words, pale=pale, marks=marks, tip=clean(one.finding))


def _several(outturns: Outturns, known: Sequence[Outturn]) -> str:
    year = outturns.year.label
    if not known:
        return f"No series has a forecast of {year}."
    if len(known) == 1:
        return clean(known[0].finding)
    ends = [(low, high) for one in known for _, low, high in (_changes(one),) if low is not None and high is not None]
    up, down = sum(low > 0 for low, _ in ends), sum(high < 0 for _, high in ends)
    begin = f"Of {count(len(known), 'series', 'series')} forecast from month {outturns.months_known} of {year}"
    above = f"{up or 'none'} {verb(up or 1, 'lies', 'lie')} above last year with the whole of the {INTERVAL}"
    return f"{begin}, {above} and {down or 'none'} below."


def _forecast_cells(one: Outturn) -> tuple[str, ...]:
    decimals = form_for([one.value]).decimals
    low, high = _ends(one)
    method = one.method.value if one.value is not None else NOTHING
    return (
        clean(one.name), shown(one.value, decimals), between(low, high, decimals), shown(one.last_year, decimals),
        per_cent(_changes(one)[0]), shown(one.to_date, decimals), method, capital(clean(one.reason)),
    )  # fmt: skip
