"""Histories from rows, from a frame of many series, and from published figures. Nothing is opened here."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

import narwhals as nw
import numpy as np
import polars as pl
from narwhals.typing import IntoDataFrame

from trigpoint.activity.outturn.history import History, months_between
from trigpoint.errors import InputError
from trigpoint.periods import Month, parse_period
from trigpoint.releases.figures import PublishedFigure
from trigpoint.releases.observation import Marker
from trigpoint.wording import listed

Row = tuple[Month | date | str, float | None] | tuple[Month | date | str, float | None, str]
_MONTH, _VALUE, _REASON = "·month", "·value", "·reason"


def history_of_rows(rows: Iterable[Row], *, organisation: str = "", label: str = "") -> History:
    """The history of one series from rows of month, count and, where there is no count, its reason.

    A month is a ``Month``, any day of it, or text ("2018-04", "April 2018"). A negative count and a month that stands
    twice with different counts are left out, with the reason. Raises ``InputError`` for text that is no month and
    where there are no rows.

    >>> history = history_of_rows([("2018-04", 120), ("May 2018", -3), ("2018-06", 99)], organisation="RNA")
    >>> history.values, history.why_missing(Month(2018, 5))
    ((120.0, None, 99.0), 'the count is negative (-3)')
    """
    entries: dict[Month, tuple[float | None, str]] = {}
    for row in rows:
        month, (value, reason) = _month(row[0]), _judged(row[1], row[2] if len(row) == 3 else "")
        before = entries.get(month)
        if before is not None and before[0] != value:
            value, reason = None, "the month stands twice, with different counts"
        entries[month] = (value, reason)
    if not entries:
        raise InputError(f"there are no months of {organisation or 'the series'}", remedy="give at least one")
    first, last = min(entries), max(entries)
    months = [first + at for at in range(months_between(first, last) + 1)]
    values = tuple(entries.get(month, (None, ""))[0] for month in months)
    reasons = tuple((month, entries[month][1]) for month in months if month in entries and entries[month][1])
    return History(organisation, label, first, values, reasons)


def histories_of_frame(
    frame: IntoDataFrame,
    *,
    organisation: str = "organisation",
    label: str | None = None,
    month: str = "month",
    value: str = "value",
    reason: str | None = None,
) -> tuple[History, ...]:
    """The histories of many series from a frame of polars, pandas or pyarrow with one row a series and month.

    The names of the columns are given by keyword; ``month`` holds days or text as "2018-04" or "2018-04-01". Series
    come in order of label and organisation. A negative count, and a month that stands twice with different counts, are
    left out with the reason. Raises ``InputError`` for a column that is not there and for text that is no month.

    >>> frame = pl.DataFrame({"organisation": ["B", "A"], "month": ["2018-04", "2018-04"], "value": [7, 5]})
    >>> [(one.organisation, one.values) for one in histories_of_frame(frame)]
    [('A', (5.0,)), ('B', (7.0,))]
    """
    table = nw.from_native(frame, eager_only=True).to_polars()
    wanted = [name for name in (organisation, label, month, value, reason) if name is not None]
    absent = [name for name in wanted if name not in table.columns]
    if absent:
        raise InputError(f"the frame has no column {listed(absent)}", remedy=f"it has {listed(table.columns)}")
    keys = [pl.lit("").alias("label") if label is None else pl.col(label).cast(pl.String).alias("label")]
    keys.append(pl.col(organisation).cast(pl.String).alias("organisation"))
    told = pl.lit("") if reason is None else pl.col(reason).cast(pl.String).fill_null("")
    number = pl.col(value).cast(pl.Float64, strict=False)
    rows = table.select(*keys, _month_column(table, month), number.alias(_VALUE), told.alias(_REASON))
    return tuple(_histories(_one_a_month(rows)))


def history_of_figures(figures: Iterable[PublishedFigure], *, label: str = "") -> History:
    """The history of one organisation and measure from published figures, as ``releases.figures.series`` gives them.

    A figure that is suppressed or not available is a month without a value, with that reason. Raises ``InputError``
    where there are none, where they are of several organisations, measures or details, and for a period that is not
    one month.
    """
    given = tuple(figures)
    if not given:
        raise InputError(
            "there are no published figures", remedy="add the files of the months with `trigpoint data add`"
        )
    subjects = sorted({(one.org, one.measure, one.detail) for one in given})
    if len(subjects) > 1:
        names = listed([" ".join(part for part in subject if part) for subject in subjects[:3]])
        raise InputError(f"the figures are of several series, such as {names}", remedy="give those of one at a time")
    for one in given:
        if (one.start, one.end) != (Month.of(one.start).start, Month.of(one.start).end):
            what = f"{one.measure} of {one.org} is published for {one.start} to {one.end}, which is not one month"
            raise InputError(what, remedy="a forecast outturn needs monthly figures")
    rows = [(one.start, one.value, _why(one)) for one in given]
    org, measure, detail = subjects[0]
    return history_of_rows(rows, organisation=org, label=label or " ".join(part for part in (measure, detail) if part))


def _why(figure: PublishedFigure) -> str:
    if figure.value is not None:
        return ""
    return figure.note or (figure.marker.value if figure.marker is not Marker.NONE else "not published")


def _month(given: Month | date | str) -> Month:
    if isinstance(given, Month):
        return given
    if isinstance(given, date):
        return Month.of(given)
    period = parse_period(given)
    if not isinstance(period, Month):
        raise InputError(f"“{given}” is not a month", remedy="write it as 2018-04 or April 2018")
    return period


def _judged(value: float | None, reason: str) -> tuple[float | None, str]:
    if value is None or math.isnan(value):
        return None, reason or "missing"
    if value < 0:
        return None, f"the count is negative ({value:g})"
    if math.isinf(value):
        return None, "the count is infinite"
    return float(value), ""


def _month_column(table: pl.DataFrame, name: str) -> pl.Expr:
    """Months as whole numbers, 12 × year + month − 1."""
    column = pl.col(name)
    if table.schema[name] not in (pl.Date, pl.Datetime):
        words = table[name].cast(pl.String)
        found = words.str.slice(0, 7).str.to_date("%Y-%m", strict=False)
        if found.null_count():
            word = words.filter(found.is_null())[0]
            raise InputError(f"“{word}” in column {name} is not a month", remedy="write months as 2018-04")
        column = pl.lit(found)
    elif table[name].null_count():
        raise InputError(f"a row has no month in column {name}", remedy="write months as 2018-04")
    return (column.dt.year().cast(pl.Int64) * 12 + column.dt.month() - 1).alias(_MONTH)


def _one_a_month(rows: pl.DataFrame) -> pl.DataFrame:
    """Each series and month once, with its value or its reason."""
    value, bad = pl.col(_VALUE), ~(pl.col(_VALUE).is_finite() & (pl.col(_VALUE) >= 0))
    whole = value == value.round()
    digits = pl.when(whole).then(value.cast(pl.Int64, strict=False).cast(pl.String)).otherwise(value.cast(pl.String))
    negative = pl.format("the count is negative ({})", digits)
    rows = rows.with_columns(
        pl.when(value.is_null() | value.is_nan()).then(pl.when(pl.col(_REASON) == "").then(pl.lit("missing"))
        .otherwise(pl.col(_REASON))).when(value < 0).then(negative).when(value.is_infinite())
        .then(pl.lit("the count is infinite")).otherwise(pl.lit("")).alias(_REASON),
        pl.when(bad).then(None).otherwise(value).alias(_VALUE),
    )  # fmt: skip
    key = ["label", "organisation", _MONTH]
    if not rows.select(key).is_duplicated().any():
        return rows.sort(key)
    twice = pl.col(_VALUE).n_unique() > 1
    return rows.group_by(key).agg(
        pl.when(twice).then(None).otherwise(pl.col(_VALUE).first()).alias(_VALUE),
        pl.when(twice).then(pl.lit("the month stands twice, with different counts"))
        .otherwise(pl.col(_REASON).first()).alias(_REASON),
    ).sort(key)  # fmt: skip


def _histories(rows: pl.DataFrame) -> Iterable[History]:
    """The rows of each series, which stand together, as one history."""
    if rows.is_empty():
        return
    series = rows.select(pl.struct("label", "organisation").rle_id()).to_series().to_numpy()
    months, values = rows[_MONTH].to_numpy(), rows[_VALUE].to_list()
    bounds = [0, *(np.flatnonzero(np.diff(series)) + 1).tolist(), len(rows)]
    labels, organisations, reasons = rows["label"].to_list(), rows["organisation"].to_list(), rows[_REASON].to_list()
    for start, stop in pairwise(bounds):
        first = int(months[start])
        at = (months[start:stop] - first).tolist()
        why = [(Month(first // 12, first % 12 + 1) + step, reasons[start + row]) for row, step in enumerate(at)
               if reasons[start + row]]  # fmt: skip
        yield History(
            organisations[start] or "", labels[start] or "", Month(first // 12, first % 12 + 1),
            _dense(values[start:stop], at), tuple(why),
        )  # fmt: skip


def _dense(values: Sequence[float | None], at: Sequence[int]) -> tuple[float | None, ...]:
    if at[-1] == len(at) - 1:
        return tuple(values)
    there = dict(zip(at, values, strict=True))
    return tuple(there.get(step) for step in range(at[-1] + 1))
