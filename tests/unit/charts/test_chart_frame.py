"""What charts stand on: scales that hold every value, labels kept apart, stretches of stepped lines, sparklines."""

from __future__ import annotations

import importlib
import json
import math
import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from results_by_hand import HOSTILE, control, measure, months

from trigpoint.charts.drawing import page
from trigpoint.charts.frame import named, runs, with_gaps
from trigpoint.charts.sparkline import measure_sparkline, sparkline
from trigpoint.charts.upright import form_of, spread, upright, written
from trigpoint.measures.spc.control import Variation

VALUES = st.lists(st.one_of(st.none(), st.floats(-1e9, 1e9), st.just(math.nan), st.just(math.inf)), max_size=30)
HEIGHTS = st.lists(st.floats(0, 300), max_size=12)


@given(VALUES, st.integers(0, 3), st.integers(0, 60))
def test_a_scale_holds_every_value_and_its_ticks_rise(values: list[float | None], decimals: int, above: int) -> None:
    scale = upright(values, form_of("", decimals), 300, above=above)
    finite = [value for value in values if value is not None and math.isfinite(value)]
    assert scale.low < scale.high
    assert all(scale.low <= value <= scale.high for value in finite)
    assert all(scale.pixel(value) >= above - 1e-6 for value in finite)
    assert all(scale.low - 1e-6 <= tick <= scale.high + 1e-6 for tick in scale.ticks[1:-1])
    assert all(after > before for before, after in pairwise(scale.ticks))
    assert len(scale.ticks) <= 14


@given(HEIGHTS)
def test_spread_labels_keep_apart_in_order_and_in_the_picture(wanted: list[float]) -> None:
    found = spread(wanted, 17, 0, 300)
    assert all(-1e-6 <= at <= 300 + 1e-6 for at in found)
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], index))
    assert all(found[after] - found[before] >= 17 - 1e-6 for before, after in pairwise(order))


@given(HEIGHTS)
def test_labels_that_have_room_stay_where_they_are(wanted: list[float]) -> None:
    if all(after - before >= 17 for before, after in pairwise(sorted(wanted))):
        assert spread(wanted, 17, 0, 300) == pytest.approx(wanted)


@given(st.lists(st.one_of(st.none(), st.sampled_from([1.0, 2.0])), max_size=20), st.sets(st.integers(0, 19)))
def test_stretches_tell_the_line_point_for_point(values: list[float | None], cuts: set[int]) -> None:
    found = runs([(str(at), value) for at, value in enumerate(values)], sorted(cuts))
    told = {at: value for first, last, value in found for at in range(int(first), int(last) + 1)}
    assert [told.get(at) for at in range(len(values))] == values
    assert not any(int(first) < cut <= int(last) for first, last, _ in found for cut in cuts)


def test_values_are_printed_half_up_with_a_true_minus_and_a_dash_for_none() -> None:
    assert written(2.5, form_of("", 0)) == "3"
    assert written(-0.25, form_of("%", 1)) == "−0.3%"
    assert [written(value, form_of("", 1)) for value in (None, math.nan, math.inf)] == ["–"] * 3


def test_missing_periods_take_their_place_where_all_labels_are_dates() -> None:
    labels = months(3, without=["May 2016"])
    assert with_gaps(labels, ["May 2016"]) == ("April 2016", "May 2016", "June 2016", "July 2016")
    assert with_gaps(("case 1", "case 2"), ["case 1½"]) == ("case 1", "case 2")


@pytest.mark.parametrize("count", [1, 3, 12, 44, 60, 300])
def test_named_periods_have_room_and_begin_with_a_financial_year(count: int) -> None:
    found = named(months(count), 640, 13)
    assert 1 <= len(found) <= 7
    if count > 24:
        assert {label.split()[0] for label in found} == {"April"}


def test_a_sparkline_breaks_at_gaps_and_marks_the_last_point_by_shape() -> None:
    drawn = {
        each: sparkline([1, 2, None, 3, 4], targets=[2] * 5, name="Checks", variation=each)
        for each in (Variation.COMMON, Variation.IMPROVEMENT_LOW, Variation.CONCERN_HIGH)
    }
    assert all(text.count("<polyline") == 2 for text in drawn.values())
    assert drawn[Variation.COMMON].count("<circle") == 1
    polygons = {text.partition("<polygon points=")[2].partition(" fill")[0] for text in drawn.values()}
    assert len(polygons) == 3, "circle, square and diamond"


@pytest.mark.parametrize("values", [[], [None, math.nan], [5.0], [5.0] * 4, [-1e9, 1e9], [1.0, None, 2.0]])
def test_every_sparkline_is_well_formed_and_named(values: list[float | None]) -> None:
    root = ElementTree.fromstring(sparkline(values, targets=[math.inf, 5.0], name=HOSTILE))
    assert root.attrib["aria-label"] == root[0].text
    assert "\u202e" not in (root[0].text or "")
    assert "nan" not in ElementTree.tostring(root[1] if len(root) > 1 else root, encoding="unicode").lower()


def test_the_sparkline_of_a_measure_says_what_it_shows() -> None:
    values = [50.0 + at for at in range(40)]
    text = measure_sparkline(measure(values, plan=[70.0] * 50, spc=control(values, target=70)))
    name = ElementTree.fromstring(text)[0].text
    assert name == (
        "Checks done, Northvale: 89.0% in July 2019, target 70.0%. Special cause: improvement, values are high"
    )
    assert ElementTree.fromstring(measure_sparkline(measure([])))[0].text == "Checks done, Northvale: no figure yet"


def test_papers_without_figures_load_no_arrays() -> None:
    look = "import sys, trigpoint.charts; sys.exit(bool({'numpy', 'polars', 'scipy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", look], check=False).returncode == 0


def test_every_picture_that_is_announced_can_be_found() -> None:
    project = Path(__file__).parents[3] / "pyproject.toml"
    announced = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["entry-points"]["trigpoint.pictures"]
    assert {"spc", "trajectory", "funnel", "ladder"} <= set(announced)
    for target in announced.values():
        module, _, name = target.partition(":")
        assert callable(getattr(importlib.import_module(module), name))


def test_no_character_that_would_end_the_renderer_comes_into_a_specification() -> None:
    spec = page({"data": {"values": [{"place": "Ward\x00 7"}]}, "mark": ["a\ud800"]}, "Title\x00", "Said\x1b")
    assert "\\u0000" not in json.dumps(spec)
    assert (spec["data"]["values"][0]["place"], spec["mark"], spec["description"]) == ("Ward 7", ["a"], "Said")
