"""Histories from rows, from frames of many series, and from published figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pandas as pd
import polars as pl
import pytest

from trigpoint.activity.outturn import History, histories_of_frame, history_of_figures, history_of_rows
from trigpoint.errors import InputError
from trigpoint.periods import Month
from trigpoint.releases.figures import PublishedFigure
from trigpoint.releases.observation import Marker, Status

APRIL, MAY, JUNE = (Month(2018, number) for number in (4, 5, 6))

ROWS = [
    # rows                                                 values, reasons
    ([("2018-04", 5), ("2018-05", 6)], (5, 6), {}),
    ([("April 2018", 5), (MAY, 6), (date(2018, 6, 30), 7)], (5, 6, 7), {}),
    ([("2018-06", 7), ("2018-04", 5)], (5, None, 7), {}),
    ([("2018-04", 5), ("2018-05", None, "suppressed")], (5, None), {MAY: "suppressed"}),
    ([("2018-04", 5), ("2018-05", None)], (5, None), {MAY: "missing"}),
    ([("2018-04", 5), ("2018-05", -2)], (5, None), {MAY: "the count is negative (-2)"}),
    ([("2018-04", 5), ("2018-04", 5)], (5,), {}),
    ([("2018-04", 5), ("2018-04", 6)], (None,), {APRIL: "the month stands twice, with different counts"}),
    ([("2018-04", float("nan"))], (None,), {APRIL: "missing"}),
    ([("2018-04", float("inf"))], (None,), {APRIL: "the count is infinite"}),
    ([("2018-04", 0)], (0,), {}),
]


@pytest.mark.parametrize(("rows", "values", "reasons"), ROWS, ids=[str(rows) for rows, _, _ in ROWS])
def test_rows(rows: list[tuple[str, float]], values: tuple[float | None, ...], reasons: dict[Month, str]) -> None:
    history = history_of_rows(rows, organisation="RNA", label="A&E")
    assert (history.values, dict(history.reasons)) == (values, reasons)
    assert history.first == APRIL


OF_ONE_KIND = [row for row in ROWS if all(isinstance(month, str) and " " not in month for month, *_ in row[0])]


@pytest.mark.parametrize(("rows", "values", "reasons"), OF_ONE_KIND, ids=[str(rows) for rows, _, _ in OF_ONE_KIND])
def test_the_same_rows_in_a_frame(
    rows: list[tuple[str, float]], values: tuple[float | None, ...], reasons: dict[Month, str]
) -> None:
    frame = pl.DataFrame(
        {
            "code": ["RNA"] * len(rows),
            "when": [row[0] for row in rows],
            "n": [row[1] for row in rows],
            "why": [row[2] if len(row) > 2 else "" for row in rows],
        },
        schema_overrides={"n": pl.Float64},
    )
    (history,) = histories_of_frame(frame, organisation="code", month="when", value="n", reason="why")
    assert (history.values, dict(history.reasons)) == (values, reasons)


def test_frames_of_many_series_and_of_other_kinds() -> None:
    table = {
        "organisation": ["B", "A", "A", "A"],
        "label": ["x", "y", "x", "x"],
        "month": ["2018-04-01", "2018-04-01", "2018-05-01", "2018-04-01"],
        "value": [1, 2, 4, 3],
    }
    expected = (
        History("A", "x", APRIL, (3.0, 4.0)),
        History("B", "x", APRIL, (1.0,)),
        History("A", "y", APRIL, (2.0,)),
    )
    days = pl.DataFrame(table).with_columns(pl.col("month").str.to_date())
    arrow = days.to_arrow()
    times = days.with_columns(pl.col("month").cast(pl.Datetime))
    for frame in (pl.DataFrame(table), days, times, arrow, pd.DataFrame(table)):
        assert histories_of_frame(frame, label="label") == expected
    assert histories_of_frame(days.clear()) == ()


def figure(month: Month, value: float | None, *, org: str = "RNA", marker: Marker = Marker.NONE) -> PublishedFigure:
    return PublishedFigure(
        "ae-attendances", org, "Dudley", "provider", "type=1", month.start, month.end, value, value, None, marker,
        Status.PUBLISHED, "NHS England",
    )  # fmt: skip


def test_published_figures() -> None:
    history = history_of_figures(
        [figure(MAY, None, marker=Marker.SUPPRESSED), figure(APRIL, 120.0), figure(JUNE, 99.0)]
    )
    assert history == History("RNA", "ae-attendances type=1", APRIL, (120.0, None, 99.0), ((MAY, "suppressed"),))


def quarter() -> PublishedFigure:
    return PublishedFigure(
        "m", "RNA", "", "provider", "", date(2018, 4, 1), date(2018, 6, 30), 5.0, None, None, Marker.NONE, None, "s"
    )


REFUSED = [
    (lambda: history_of_rows([]), "there are no months of the series; give at least one."),
    (lambda: history_of_rows([("2018/19", 5)]), "“2018/19” is not a month; write it as 2018-04 or April 2018."),
    (lambda: history_of_figures([]), "there are no published figures;"),
    (lambda: history_of_figures([quarter()]), "2018-04-01 to 2018-06-30, which is not one month;"),
    (
        lambda: history_of_figures([figure(APRIL, 1.0), figure(MAY, 1.0, org="RXX")]),
        "the figures are of several series, such as RNA ae-attendances type=1 and RXX ae-attendances type=1;",
    ),
    (lambda: histories_of_frame(pl.DataFrame({"month": [1]})), "the frame has no column organisation and value; it"),
    (
        lambda: histories_of_frame(pl.DataFrame({"organisation": ["A"], "month": ["soon"], "value": [1]})),
        "“soon” in column month is not a month; write months as 2018-04.",
    ),
    (
        lambda: histories_of_frame(
            pl.DataFrame({"organisation": ["A"], "month": [None], "value": [1]}, schema_overrides={"month": pl.Date})
        ),
        "a row has no month in column month;",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("ask", "sentence"), REFUSED, ids=[sentence for _, sentence in REFUSED])
def test_what_is_refused_in_one_sentence(ask: Callable[[], object], sentence: str) -> None:
    with pytest.raises(InputError) as told:
        ask()
    assert sentence in str(told.value)


def test_days_of_a_month_are_that_month() -> None:
    assert history_of_rows([(datetime(2018, 4, 17), 5)]).first == APRIL
