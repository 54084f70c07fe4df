"""Charts of measures: valid specifications, the same finding everywhere, and nothing told by colour alone."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import altair
import pytest
from jsonschema import ValidationError

from trigpoint.charts import drawable, quarter_timeline, small_multiples, trajectory_picture
from trigpoint.charts.style import FONT, OPEN_COLOURS, SERIES_COLOURS, title_lines
from trigpoint.measures import series_pairs
from trigpoint.periods.calendar import FinancialYear, Quarter
from trigpoint.plans.model import IndicatorRow, IndicatorTable, Polarity
from trigpoint.plans.state import Deadline, DeadlineKind, ItemState, State
from trigpoint.reports.render.picture import png, size_of_png, svg

PLAN_YEARS = ("2017/18", "2018/19")


def row(area: str, series: str, first: int, *values: str) -> IndicatorRow:
    years = (FinancialYear(first + offset).label for offset in range(len(values)))
    return IndicatorRow(area, series, {year: Decimal(value) for year, value in zip(years, values, strict=True)})


def one_area(area: str = "North") -> IndicatorTable:
    rows = (
        row(area, "target", 2014, "40.0", "42.0", "44.0", "46.0", "48.0"),
        row(area, "actual", 2014, "39.5", "38.0"),
    )
    return IndicatorTable("i", "Checks done", "%", "percentage", Polarity.HIGHER, 1, rows=rows)


def areas(count: int, series: tuple[str, ...] = ("target",), kind: str = "count") -> IndicatorTable:
    rows = [
        made
        for number in range(count)
        for made in (
            *(row(f"Area {number}", name, 2015, "10", "20", "30") for name in series),
            row(f"Area {number}", "actual", 2015, "12", "5"),
        )
    ]
    return IndicatorTable("i", "Referrals", "referrals", kind, Polarity.HIGHER, 0, rows=tuple(rows))


def pictures() -> list[tuple[str, dict[str, Any]]]:
    single, hostile = one_area(), one_area('<script>alert(1)</script> & "quotes" \\u0000')
    deadline = Deadline(Quarter(FinancialYear(2017), 2).end, DeadlineKind.PRINTED)
    timeline = quarter_timeline([ItemState(State.OVERDUE, deadline), ItemState(State.COMPLETE, deadline)])
    assert timeline
    return [
        ("line", dict(trajectory_picture(single, series_pairs(single)[0], plan_years=PLAN_YEARS).spec)),
        ("hostile", dict(trajectory_picture(hostile, series_pairs(hostile)[0]).spec)),
        ("panels", dict(small_multiples(areas(3), plan_years=PLAN_YEARS).spec)),
        ("no panels", dict(small_multiples(IndicatorTable("i", "Empty")).spec)),
        ("timeline", dict(timeline.spec)),
    ]


SPECS = pictures()


@pytest.mark.parametrize("spec", [spec for _, spec in SPECS], ids=[name for name, _ in SPECS])
def test_specifications_hold_to_the_schema_of_vega_lite(spec: dict[str, Any]) -> None:
    read = altair.Chart.from_dict(json.loads(json.dumps(spec)))
    assert read.to_dict()["description"] == spec["description"]
    with pytest.raises(ValidationError):
        altair.Chart.from_dict({**spec, "descripton": "a mistake is found"})
    assert f"v{altair.SCHEMA_VERSION.lstrip('v').split('.')[0]}." in spec["$schema"]


@pytest.mark.parametrize("spec", [spec for _, spec in SPECS], ids=[name for name, _ in SPECS])
def test_every_specification_is_described_and_can_be_drawn(spec: dict[str, Any]) -> None:
    assert spec["description"]
    assert spec["config"]["font"].endswith("sans-serif"), "the renderer draws no text otherwise"
    drawn = svg(spec)
    assert drawn.startswith("<svg")
    assert "<script" not in drawn
    assert "http" not in drawn.replace("http://www.w3.org/", ""), "nothing is fetched"
    width, height = size_of_png(png(spec, pixels_per_inch=72))
    assert min(width, height) > 10


def test_the_resolution_of_a_drawing_is_what_was_asked_for() -> None:
    _, spec = SPECS[0]
    at_72, at_144 = (size_of_png(png(spec, pixels_per_inch=dots)) for dots in (72, 144))
    assert at_144 == pytest.approx([2 * side for side in at_72], abs=2)


def test_the_finding_stands_in_title_description_and_picture_alike() -> None:
    table = one_area()
    picture = trajectory_picture(table, series_pairs(table)[0], plan_years=PLAN_YEARS)
    assert picture.finding == "North, 2015/16: 38.0%, 4.0 percentage points below the target of 42.0%."
    assert " ".join(picture.spec["title"]["text"]) == picture.finding
    assert picture.spec["description"] == picture.alt
    assert "The target goes from 40.0% in 2014/15 to 48.0% in 2018/19" in picture.alt
    assert "the actual goes from 39.5% in 2014/15 to 38.0% in 2015/16" in picture.alt


def test_the_data_table_has_every_figure_and_the_gap() -> None:
    table = one_area()
    data = trajectory_picture(table, series_pairs(table)[0]).table
    assert data.headers == ("Period", "Target", "Actual", "Actual less target")
    assert data.rows[:3] == (
        ("2014/15", "40.0%", "39.5%", "−0.5"),
        ("2015/16", "42.0%", "38.0%", "−4.0"),
        ("2016/17", "44.0%", "–", "–"),
    )
    assert data.rows[-1] == ("2018/19", "48.0%", "–", "–"), "the target goes on beyond the last actual"


def layers(spec: Any) -> list[dict[str, Any]]:
    return [layer for layer in spec["layer"] if layer["mark"]["type"] in ("line", "point")]


def test_target_and_actual_differ_in_dash_and_shape_as_well_as_colour() -> None:
    table = one_area()
    spec = trajectory_picture(table, series_pairs(table)[0]).spec
    line, dots = layers(spec)
    assert line["encoding"]["strokeDash"]["scale"] == {"domain": ["Target", "Actual"], "range": [[6, 4], [1, 0]]}
    assert dots["encoding"]["shape"]["scale"]["range"] == ["diamond", "circle"]
    texts = [layer["data"]["values"][0].get("label") for layer in spec["layer"] if layer["mark"]["type"] == "text"]
    assert set(texts) == {"Target 48.0%", "Actual 38.0%"}, "lines are named where they end"


def test_labels_keep_clear_of_both_axes() -> None:
    rows = (row("North", "target", 2008, *["40.0"] * 12), row("North", "actual", 2008, "39.5"))
    table = replace(one_area(), rows=rows)
    spec = trajectory_picture(table, series_pairs(table)[0]).spec
    marks = {
        layer["data"]["values"][0]["label"]: layer["mark"] for layer in spec["layer"] if layer["mark"]["type"] == "text"
    }
    assert marks["Actual 39.5%"]["align"] == "left", "it would run into the upright axis"
    assert "align" not in marks["Target 40.0%"]
    room = {layer["encoding"]["y"]["scale"]["padding"] for layer in spec["layer"]}
    assert min(room) > max(abs(mark["dy"]) for mark in marks.values()), "it would run into the level axis"


def luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", [*SERIES_COLOURS.values(), *OPEN_COLOURS.values()])
def test_colours_stand_out_from_white_by_three_to_one(colour: str) -> None:
    assert 1.05 / (luminance(colour) + 0.05) >= 3


def test_plan_years_are_shaded_and_named() -> None:
    table = one_area()
    (pair,) = series_pairs(table)
    spec = trajectory_picture(table, pair, plan_years=PLAN_YEARS).spec
    band, words = spec["layer"][:2]
    assert [value["period"] for value in band["data"]["values"]] == ["2017/18", "2018/19"]
    assert words["mark"]["text"] == "Plan years"
    assert trajectory_picture(table, pair, plan_years=("2030/31",)).spec["layer"][0]["mark"]["type"] == "line"


def test_a_target_without_a_period_is_drawn_through_all_of_them() -> None:
    rows = (IndicatorRow("A", "target", {"": Decimal(20)}), row("A", "actual", 2015, "12", "25"))
    table = IndicatorTable("i", "Quits", "quits", "count", Polarity.HIGHER, 0, rows=rows)
    data = trajectory_picture(table, series_pairs(table)[0]).table
    assert data.rows == (("2015/16", "20", "12", "−8"), ("2016/17", "20", "25", "+5"))


def test_a_pair_with_fewer_than_two_periods_is_no_line() -> None:
    table = IndicatorTable("i", "T", rows=(row("A", "target", 2015, "1"), row("B", "target", 2015, "1", "2")))
    assert [drawable(pair) for pair in series_pairs(table)] == [False, True]


def test_small_multiples_count_the_areas_and_list_every_figure() -> None:
    picture = small_multiples(areas(3), plan_years=PLAN_YEARS)
    assert picture.finding == "None of 3 areas met the target in 2016/17."
    assert len(picture.spec["concat"]) == 3
    assert picture.spec["resolve"]["scale"]["y"] == "shared"
    assert picture.table.headers == ("Area", "Series", "2015/16", "2016/17", "2017/18")
    assert picture.table.rows[1] == ("Area 0", "Actual", "12", "5", "–")


def test_of_too_many_panels_the_first_of_each_area_is_drawn_and_that_is_said() -> None:
    picture = small_multiples(areas(6, ("target 3%", "target 4%")))
    assert len(picture.spec["concat"]) == 6
    assert picture.alt.startswith("6 of 12 small line charts")
    assert "12 series" in picture.finding, "the finding counts them all"


def test_rates_beside_counts_get_scales_of_their_own() -> None:
    rows = (
        row("A", "rate target", 2015, "1", "2"),
        row("A", "rate actual", 2015, "1", "2"),
        row("A", "number target", 2015, "1000", "2000"),
        row("A", "number actual", 2015, "1000", "2000"),
    )
    picture = small_multiples(IndicatorTable("i", "T", "per 100,000", "rate", Polarity.LOWER, 0, rows=rows))
    assert picture.spec["resolve"]["scale"]["y"] == "independent"
    assert picture.finding == "Both series met the target in 2016/17."


def test_the_timeline_counts_by_quarter_and_names_what_has_no_date() -> None:
    first, second = (Deadline(Quarter(FinancialYear(2017), number).end, DeadlineKind.PRINTED) for number in (1, 3))
    states = [
        ItemState(State.OVERDUE, first),
        ItemState(State.COMPLETE_LATE, first),
        ItemState(State.DUE_THIS_QUARTER, second),
        ItemState(State.LATER, second),
        ItemState(State.COMPLETE, second),
        ItemState(State.UNDATED, Deadline(None, DeadlineKind.NONE)),
    ]
    picture = quarter_timeline(states)
    assert picture
    assert picture.table.rows == (("2017/18 Q1", "1", "0", "1"), ("2017/18 Q3", "0", "2", "1"))
    assert picture.finding == "Most fall due in 2017/18 Q3: 3 of 6; 1 has no date."
    assert quarter_timeline(states[-1:]) is None


def test_titles_are_cut_into_lines_of_about_one_length() -> None:
    assert title_lines("Short") == ["Short"]
    first, second = title_lines("word " * 20)
    assert abs(len(first) - len(second)) <= 20
    assert FONT.split(", ")[-1] == "sans-serif"
