"""``spc(frame, …)``: frames of any kind in, tables out, and one clear sentence for what cannot be used."""

from __future__ import annotations

import datetime as dt
import math
from importlib.metadata import EntryPoint
from typing import Any

import polars as pl
import pytest

from trigpoint.errors import InputError
from trigpoint.measures.definitions.definition import ChartKind
from trigpoint.measures.spc import RebaseAt, Step, spc
from trigpoint.measures.spc.control import Assurance, Variation
from trigpoint.plans.model import Polarity

VALUES = [9, 11, 8, 12, 10, 9, 11, 8, 12, 10, 9, 11, 8, 12, 10, 9, 11, 8, 12, 30]


def months(count: int = 20, year: int = 2024) -> list[dt.date]:
    return [dt.date(year + place // 12, place % 12 + 1, 1) for place in range(count)]


def two_places() -> dict[str, list[Any]]:
    return {
        "place": ["West"] * 20 + ["East"] * 20,
        "date": months() * 2,
        "value": [*VALUES, *(value + 50 for value in VALUES)],
    }


def test_series_come_in_the_order_of_their_names_whatever_the_order_of_rows() -> None:
    frame = pl.DataFrame(two_places())
    table, turned = spc(frame, by="place"), spc(frame.reverse(), by="place")

    assert table.keys.keys == (("East",), ("West",))
    assert table.frame().equals(turned.frame())
    assert table["West"].values[-1] == table[1].values[-1] == 30
    assert table["West"].labels[-1] == "August 2025"


def test_a_frame_comes_back_as_the_kind_it_came() -> None:
    columns = two_places()

    assert isinstance(spc(columns, by="place").frame(), dict)
    assert isinstance(spc(pl.DataFrame(columns), by="place").summary(), pl.DataFrame)


def test_summary_frame_and_results_agree() -> None:
    table = spc(pl.DataFrame(two_places()), by="place", polarity="lower", target={"East": 90, "West": 12})
    summary, frame = table.summary(findings=True), table.frame()

    for row, result in zip(summary.iter_rows(named=True), table, strict=True):
        points = frame.filter(pl.col("place") == row["place"])
        assert row["variation"] == result.variation.value == points["variation"][-1]
        assert row["assurance"] == result.assurance.value
        assert row["finding"] == result.finding
        assert row["points"] == 20 == row["common"] + row["improvement"] + row["concern"] + row["neutral"]
        assert row["upper"] == result.upper[-1] == points["upper"][-1]
        assert [signal.value for signal in result.signals] == points["signal"].to_list()
    assert [result.assurance for result in table] == [Assurance.CONSISTENTLY_HIT, Assurance.INCONSISTENT]


def test_targets_may_be_a_column_and_change_from_period_to_period() -> None:
    columns = {"date": months(), "value": VALUES, "aim": [*[1.0] * 19, 100.0]}
    table = spc(columns, target="aim", polarity=Polarity.HIGHER)

    assert table[0].assurance is Assurance.CONSISTENTLY_MISS
    assert table.frame()["target"][:2] == [1, 1]


@pytest.mark.parametrize(
    "rebases",
    [
        RebaseAt("April 2025", "new ward", "Chief Nurse", "West"),
        {"West": RebaseAt(dt.date(2025, 4, 1), "new ward", "Chief Nurse")},
        {"place": ["West"], "date": ["2025-04-01"], "reason": ["new ward"], "author": ["Chief Nurse"]},
        pl.DataFrame({"place": "West", "date": "2025-04-01", "reason": "new ward", "author": "Chief Nurse"}),
    ],
)
def test_rebases_from_rows_mappings_and_tables(rebases: object) -> None:
    table = spc(two_places(), by="place", rebases=rebases)

    assert [len(result.segments) for result in table] == [1, 2]
    assert (table[1].segments[1].reason, table[1].segments[1].by) == ("new ward", "Chief Nurse")
    assert table.segments()["reason"] == ["", "", "new ward"]


def test_a_rebase_for_all_and_a_date_between_points() -> None:
    table = spc(two_places(), by="place", rebases=["2025-01-15"])

    assert [result.segments[1].first for result in table] == [13, 13]
    assert "The rebase of 2025-01-15 falls on no point; it holds from February 2025." in table[0].warnings


@pytest.mark.parametrize(
    ("dates", "step", "gap", "noun"),
    [
        ([day for day in months(21) if day != dt.date(2024, 3, 1)], None, ("March 2024",), "months"),
        (
            [dt.date(2024, 1, 7) + dt.timedelta(7 * (n + (n > 4))) for n in range(20)],
            None,
            ("11 February 2024",),
            "weeks",
        ),
        ([f"{2000 + n + (n > 4)}/{(1 + n + (n > 4)):02}" for n in range(20)], None, ("2005/06",), "years"),
        ([dt.date(2004 + n // 4, 3 * (n % 4) + 1, 1) for n in range(20)], None, (), "quarters"),
        ([dt.date(2004 + n // 4, 3 * (n % 4) + 1, 1) for n in range(20)], Step.QUARTER, (), "quarters"),
        ([dt.date(2024, 1, 1) + dt.timedelta(n * n) for n in range(20)], None, (), "points"),
    ],
)
def test_missing_periods_are_found_and_named(
    dates: list[Any], step: Step | None, gap: tuple[str, ...], noun: str
) -> None:
    values = [*VALUES[:12], *[11.0] * 8][: len(dates)]
    result = spc({"date": dates, "value": values}, expected_step=step)[0]

    assert result.gaps == gap
    assert f"latest 9 {noun}" in result.finding


def test_month_ends_are_months() -> None:
    ends = [day - dt.timedelta(1) for day in months(22)[1:] if day != dt.date(2024, 3, 1)]

    assert spc({"date": ends, "value": VALUES})[0].gaps == ("February 2024",)


def test_many_gaps_are_no_gaps_but_another_way_of_counting() -> None:
    weekdays = [dt.date(2024, 1, 1) + dt.timedelta(7 * (n // 5) + n % 5) for n in range(20)]

    assert spc({"date": weekdays, "value": VALUES})[0].gaps == ()
    assert len(spc({"date": weekdays, "value": VALUES}, expected_step=Step.DAY)[0].gaps) == 6


def test_one_bad_figure_is_left_out_with_its_reason_and_the_rest_is_computed() -> None:
    columns = {
        "date": months(15) * 2,
        "place": ["East"] * 15 + ["West"] * 15,
        "seen": [8] * 15 + [8] * 14 + [12],
        "all": [10] * 14 + [0] + [10] * 15,
    }
    east, west = spc(columns, "seen", by="place", denominator="all", chart=ChartKind.P, multiplier=100, unit="%")

    assert east.variation is west.variation is Variation.NO_VALUE
    assert east.warnings[0] == "March 2025 has no denominator above 0 and is left out."
    assert west.warnings[0] == "March 2025 has a numerator above its denominator and is left out."
    assert east.centre[0] == west.centre[0] == 80


def test_the_table_prints_and_shows_itself() -> None:
    table = spc(two_places(), by="place", target=80, polarity="higher", unit="%")

    assert str(table).splitlines()[2] == (
        "West   August 2025  30.0%  80%     improvement, high  consistently misses the target"
    )
    assert "<td>improvement, high</td>" in table._repr_html_()
    assert set(table._repr_mimebundle_()) == {"text/plain", "text/html"}


def test_markup_in_names_is_inert_in_a_notebook() -> None:
    columns = {"place": ["<script>"] * 20, "date": months(), "value": VALUES}

    assert "<script>" not in spc(columns, by="place")._repr_html_()


@pytest.mark.parametrize(
    ("change", "more", "words"),
    [
        ({"date": [months()[0], *months()[:19]]}, {}, "rows 1 and 2 have the same date, 2024-01-01; keep one of them"),
        ({"value": [*VALUES[:19], "many"]}, {}, "column 'value' holds 'many' in row 20, which is no number"),
        ({"date": ["01/02/2024", *months()[1:]]}, {}, "column 'date' holds “01/02/2024” in row 1, which is no date"),
        ({"date": [None, *months()[1:]]}, {}, "column 'date' is empty in row 1"),
        ({"date": list(range(20))}, {}, "column 'date' holds Int64 values, not dates"),
        ({}, {"by": "organisation"}, "there is no column 'organisation'"),
        (
            {},
            {"by": "place", "target": {"North": 9}},
            "a target is given for “North”, which is no series; the series are West",
        ),
        ({}, {"by": "place", "rebases": {"North": "2024-02-01"}}, "a rebase is given for “North”, which is no series"),
        ({}, {"rebases": {"West": "2024-02-01"}}, "a rebase is given for “West”, which is no series"),
        ({}, {"rebases": "soon"}, "a rebase is given for “soon”, which is no date"),
        ({}, {"polarity": "increase"}, "“increase” is no better direction; say higher, lower or neither"),
        ({}, {"baseline": 11}, "a baseline of 11 points cannot be used"),
        ({}, {"baseline": math.inf}, "a baseline of inf points cannot be used"),
        ({}, {"baseline": "all"}, "the baselines are not all numbers"),
        ({}, {"screening": "yes"}, "screening is “yes”"),
        ({}, {"rule_set": "mdc-8"}, "there is no rule set “mdc-8”; name one of mdc-6, mdc-7 and nhsr-0.2.2"),
        ({}, {"target": [1, 2]}, "the target “[1, 2]” is no number"),
        ({}, {"target": "aim"}, "there is no column 'aim'"),
        ({}, {"trajectory": "nope"}, "there is no column 'nope'"),
        ({}, {"chart": ChartKind.P}, "a p chart needs denominators"),
        ({}, {"chart": ChartKind.NONE}, "no control chart was asked for"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_sentence(change: dict[str, Any], more: dict[str, Any], words: str) -> None:
    columns = {"place": ["West"] * 20, "date": months(), "value": VALUES} | change

    with pytest.raises(InputError) as told:
        spc(columns, **more)

    assert words in str(told.value)
    assert "\n" not in str(told.value)


def test_an_empty_frame_and_no_frame_are_refused() -> None:
    with pytest.raises(InputError, match="the frame has no rows"):
        spc({"date": [], "value": []})
    with pytest.raises(InputError, match="is no frame"):
        spc(3)  # type: ignore[arg-type]


def test_a_series_that_is_not_there_is_named() -> None:
    table = spc(two_places(), by="place")

    with pytest.raises(
        InputError, match="a result is given for “North”, which is no series; the series are East and West"
    ):
        table["North"]
    with pytest.raises(IndexError):
        table[2]


def test_a_series_draws_itself_through_the_installed_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    drawing = EntryPoint("spc", "trigpoint.charts.spc:spc_picture", "trigpoint.pictures")
    monkeypatch.setattr("trigpoint.measures.spc.table.entry_points", lambda **asked: [drawing])
    table = spc(two_places(), by="place", unit="%")

    picture = table.draw("West")
    assert picture.finding == table["West"].finding
    assert "West" in picture.alt
    alone = spc({"date": months(), "value": VALUES})
    assert any("vegalite" in kind for kind in alone._repr_mimebundle_())


def test_without_a_drawing_the_table_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trigpoint.measures.spc.table.entry_points", lambda **asked: [])

    with pytest.raises(InputError, match="no drawing of control charts is installed"):
        spc(two_places(), by="place").draw("West")
    assert set(spc({"date": months(), "value": VALUES})._repr_mimebundle_()) == {"text/plain", "text/html"}


def test_the_package_is_called_by_its_name_in_a_notebook() -> None:
    from trigpoint import measures

    assert measures.spc(two_places(), by="place")["East"].values[0] == 59


@pytest.mark.parametrize(
    ("values", "more", "shown"),
    [
        ([0.951, 0.948, 0.957] * 5, {}, "0.957"),
        ([0.954] * 15, {}, "0.954"),
        ([95.0] * 15, {}, "95.0"),
        ([12_340.0, 11_100.0, 13_987.0] * 5, {}, "13,987"),
        ([8, 7, 9] * 5, {"denominator": "all", "chart": ChartKind.P}, "0.900"),
        ([8, 7, 9] * 5, {"denominator": "all", "chart": ChartKind.P, "multiplier": 100}, "90.0"),
        ([8, 7, 9] * 5, {"decimals": 3}, "9.000"),
    ],
)
def test_figures_have_the_decimals_that_show_how_they_vary(
    values: list[float], more: dict[str, Any], shown: str
) -> None:
    table = spc({"date": months(15), "value": values, "all": [10] * 15}, **more)

    assert str(table).splitlines()[1].split()[2] == shown


@pytest.mark.parametrize("multiplier", [0, -100, "many"])
def test_a_multiplier_that_cannot_be_used(multiplier: Any) -> None:
    columns = {"date": months(15), "value": [8] * 15, "all": [10] * 15}

    with pytest.raises(InputError, match="multiplier"):
        spc(columns, denominator="all", chart=ChartKind.P, multiplier=multiplier)


def test_an_hour_after_the_day_is_passed_over() -> None:
    days = ["2025-01-01T00:00:00Z", "2025-02-01 00:00", "2025-03-01"]

    assert spc({"date": days, "value": [1, 2, 3]})[0].labels == ("January 2025", "February 2025", "March 2025")


def test_two_hours_of_one_day_are_one_date_given_twice() -> None:
    with pytest.raises(InputError, match="rows 1 and 2 have the same date"):
        spc({"date": ["2025-01-01 09:00", "2025-01-01 10:00"], "value": [1, 2]})
