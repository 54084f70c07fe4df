"""Pictures of measures: valid whatever the figures, the same in drawing, words and table, nothing by colour alone."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import altair
import numpy as np
import pytest
from results_by_hand import HOSTILE, control, definition, funnel, ladder, measure, months, place

from trigpoint.charts.committee import committee_picture
from trigpoint.charts.course import course_picture, localities_picture
from trigpoint.charts.funnel import funnel_picture
from trigpoint.charts.ladder import ladder_picture
from trigpoint.charts.picture import Picture
from trigpoint.charts.spc import measure_spc_picture, spc_picture
from trigpoint.measures.book.book import AimKind
from trigpoint.measures.definitions.definition import ChartKind
from trigpoint.measures.results.result import Significance
from trigpoint.measures.spc.control import Variation
from trigpoint.plans.model import Polarity
from trigpoint.reports.render.picture import svg

NAN = math.nan
WAVE = [50 + 3 * math.sin(at) for at in range(60)]
TINY = control([5e-324, 0.0]).values
EVERY_AIM = {kind: [60.0] * 20 for kind in AimKind}


def hostile_funnel() -> Picture:
    result = funnel()
    points = tuple(replace(point, place=place(HOSTILE, point.place.code)) for point in result.points)
    return funnel_picture(replace(result, points=points, definition=definition(HOSTILE), finding=HOSTILE))


def hostile_measure() -> Any:
    spc = control(WAVE, rebases={20: HOSTILE}, finding=HOSTILE, target=51)
    return measure(list(WAVE), plan=WAVE, spc=spc, where=place(HOSTILE), of=definition(HOSTILE, unit=HOSTILE))


PICTURES: dict[str, Callable[[], Picture]] = {
    "control chart": lambda: spc_picture(control(WAVE, target=51, rebases={20: "New rules"}), title="Checks", unit="%"),
    "of three points": lambda: spc_picture(control([5, 3, 4]), title="Checks"),
    "of 300 points": lambda: spc_picture(control(WAVE * 5, target=50), title="Checks"),
    "of a constant": lambda: spc_picture(control([100] * 20, target=100), title="Checks", unit="%"),
    "of nothing": lambda: spc_picture(control([NAN] * 14), title="Checks"),
    "without a period": lambda: spc_picture(control([]), title="Checks"),
    "of negative values": lambda: spc_picture(control([-3, -9, -2, 4] * 4, polarity=Polarity.NEITHER), title="Money"),
    "of a million": lambda: spc_picture(control([1e6, 1.2e6, 9e5] * 5), title="Attendances", decimals=0),
    "of tiny values": lambda: spc_picture(control([1e-7, 2e-7, 3e-7]), title="Tiny", decimals=9),
    "of the largest numbers": lambda: spc_picture(control([1.7e308, -1.7e308, 1e30, 3.0]), title="Largest"),
    "of the smallest numbers": lambda: spc_picture(replace(control([5e-324, 0.0]), targets=TINY), title="Smallest"),
    "with every rebase": lambda: spc_picture(control(WAVE, rebases=dict.fromkeys(range(5, 60, 5), "Again")), title="C"),
    "of two events a day": lambda: spc_picture(control([1, 2, 3], labels=["1 May"] * 3, chart=ChartKind.T), title="T"),
    "with infinite limits": lambda: spc_picture(
        replace(control([1, 2]), upper=control([math.inf] * 2).values), title="I"
    ),
    "hostile control chart": lambda: spc_picture(hostile_measure().spc, title=HOSTILE, unit=HOSTILE),
    "course": lambda: course_picture(measure(WAVE[:12], plan=WAVE[:20], aims=EVERY_AIM)),
    "course of 300": lambda: course_picture(measure(WAVE * 5, plan=WAVE * 5)),
    "course without actuals": lambda: course_picture(measure([None] * 4, plan=[1, 2, 3, 4, 5])),
    "course of the largest numbers": lambda: course_picture(measure([1e308, -1e308], plan=[1.7e308, 5e-324])),
    "course of nothing": lambda: course_picture(measure([])),
    "hostile course": lambda: course_picture(hostile_measure()),
    "localities": lambda: localities_picture(
        [measure(WAVE[:9], plan=WAVE[:12], where=place(f"P{n}")) for n in range(20)]
    ),
    "one locality empty": lambda: localities_picture([measure(WAVE[:9]), measure([None] * 3)]),
    "no locality": lambda: localities_picture([]),
    "hostile localities": lambda: localities_picture([hostile_measure()]),
    "funnel": lambda: funnel_picture(funnel()),
    "funnel of 240": lambda: funnel_picture(funnel(240, Polarity.NEITHER)),
    "funnel of one": lambda: funnel_picture(funnel(1)),
    "funnel of none": lambda: funnel_picture(funnel(0)),
    "funnel without limits": lambda: funnel_picture(replace(funnel(), limits=(), average=NAN)),
    "hostile funnel": hostile_funnel,
    "ladder": lambda: ladder_picture(ladder()),
    "ladder without index": lambda: ladder_picture(ladder((24, None, 20), None)),
    "ladder of nothing": lambda: ladder_picture(ladder((None, None), None)),
    "ladder without rungs": lambda: ladder_picture(ladder((), None)),
    "committee": lambda: committee_picture([hostile_measure(), measure([]), measure(WAVE)] * 15, title=HOSTILE),
    "committee of endless numbers": lambda: committee_picture([measure([1e308, -1e308, 5e-324])], title="Board"),
    "committee of none": lambda: committee_picture([], title="Board"),
}


@pytest.fixture(params=PICTURES, ids=lambda name: name.replace(" ", "-"))
def drawn(request: pytest.FixtureRequest) -> Picture:
    return PICTURES[request.param]()


def slim(part: Any, key: str = "") -> Any:
    """The specification with a few rows and panels of each kind: the schema asks nothing of the rest."""
    if isinstance(part, dict):
        return {name: slim(value, name) for name, value in part.items()}
    few = {"values": 2, "concat": 2}.get(key, len(part) if isinstance(part, list) else 0)
    return [slim(value) for value in part[:few]] if isinstance(part, list) else part


def test_every_specification_holds_to_the_schema_and_has_no_nan(drawn: Picture) -> None:
    text = json.dumps(dict(drawn.spec), allow_nan=False)
    read = altair.Chart.from_dict(slim(json.loads(text)))
    assert read["description"] == drawn.alt


def test_every_picture_is_drawn_as_inert_well_formed_svg(drawn: Picture) -> None:
    text = svg(drawn.spec)
    names = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(text).iter()}
    assert not names & {"script", "foreignObject", "image", "a", "use"}
    assert "http" not in text.replace("http://www.w3.org/", "")
    assert "NaN" not in text
    assert "undefined" not in text.replace("undefined, ", "")


def test_every_picture_says_itself_in_words(drawn: Picture) -> None:
    every = [drawn.finding, drawn.alt, drawn.table.caption, *(cell for row in drawn.table.rows for cell in row)]
    assert drawn.finding in drawn.alt
    assert not any("\u202e" in text or "\x00" in text or "nan" in text.lower() for text in every)
    assert all(len(row) == len(drawn.table.headers) for row in drawn.table.rows)


def layers(spec: Any, mark: str) -> Iterator[dict[str, Any]]:
    return (layer for layer in spec["layer"] if layer["mark"]["type"] == mark)


def texts(spec: Any) -> list[str]:
    return [layer["mark"]["text"] for layer in layers(spec, "text")]


def test_points_differ_by_shape_and_colour() -> None:
    (points,) = [
        layer
        for layer in layers(spc_picture(control([50, 60, 50, 40, 50]), title="C").spec, "point")
        if "shape" in layer["encoding"]
    ]
    looks = [points["encoding"][part]["scale"]["range"] for part in ("color", "shape")]
    assert all(len(set(look)) == len(look) == 4 for look in looks)
    kinds = [row["kind"] for row in points["data"]["values"]]
    assert kinds == ["Common cause", "Improvement", "Common cause", "Concern", "Common cause"]
    assert points["encoding"]["color"]["legend"]["values"] == ["Common cause", "Improvement", "Concern"]


def test_a_missing_value_and_a_missing_period_break_the_line() -> None:
    picture = spc_picture(control([50, 51, NAN, 52, 53], gaps=["May 2016"]), title="C")
    line = next(layers(picture.spec, "line"))
    assert line["mark"]["invalid"] == "break-paths-show-path-domains"
    values = {row["period"]: row["value"] for row in line["data"]["values"]}
    assert values == {
        "April 2016": 50, "May 2016": None, "June 2016": 51, "July 2016": None, "August 2016": 52, "September 2016": 53
    }  # fmt: skip
    (bands,) = layers(picture.spec, "bar")
    assert [row["period"] for row in bands["data"]["values"]] == ["May 2016", "July 2016"]
    assert "No figure for May 2016." in picture.alt
    assert picture.table.rows[1] == ("May 2016", "–", "–", "–", "–", "–", "–", "No figure")


def test_limits_step_at_a_rebase_whose_reason_is_on_the_chart_and_in_the_table() -> None:
    picture = spc_picture(control([50] * 6 + [60] * 6, rebases={6: "New counting rules"}), title="C")
    levels = [layer["data"]["values"] for layer in layers(picture.spec, "rule") if "from" in str(layer["encoding"])]
    assert [[row["value"] for row in level] for level in levels[:3]] == [[48, 58], [52, 62], [50, 60]]
    assert (levels[0][0]["to"], levels[0][1]["from"]) == ("September 2016", "October 2016")
    assert "New counting rules" in texts(picture.spec)
    assert picture.table.rows[6][-1] == "Limits made anew: New counting rules"
    assert "Limits made anew from October 2016: New counting rules." in picture.alt


def test_a_target_is_stepped_and_goes_on_beyond_the_last_point() -> None:
    later = [("July 2016", 53.0), ("August 2016", 54.0)]
    picture = spc_picture(control([50, 51, 52], target=[52, 52, 53]), title="C", later=later)
    (steps,) = [
        layer["data"]["values"] for layer in layers(picture.spec, "rule") if layer["mark"].get("strokeDash") == [12, 2]
    ]
    assert [(row["from"], row["to"], row["value"]) for row in steps] == [
        ("April 2016", "May 2016", 52),
        ("June 2016", "July 2016", 53),
        ("August 2016", "August 2016", 54),
    ]
    assert picture.table.rows[-1] == ("August 2016", "–", "–", "–", "–", "54.0", "–", "")


def test_the_chart_of_a_measure_draws_its_plan_to_the_end() -> None:
    result = measure(WAVE[:14], plan=[55.0] * 20, spc=control(WAVE[:14], target=55))
    picture = measure_spc_picture(result)
    assert picture
    assert [row[0] for row in picture.table.rows] == list(months(20))
    assert picture.table.rows[-1][5] == "55.0%"
    assert measure_spc_picture(measure([1.0])) is None


def test_both_icons_stand_in_the_head_with_their_words() -> None:
    assert {"Common cause variation", "Hits and misses the target at random"} <= set(
        texts(spc_picture(control(WAVE, target=50), title="C").spec)
    )


def test_labels_beside_lines_never_touch() -> None:
    result = measure(
        WAVE[:12], plan=[50.0] * 12, aims={kind: [50.0 + 0.01 * at] * 12 for at, kind in enumerate(AimKind)}
    )
    for picture in (course_picture(result), spc_picture(control([50.0] * 9 + [50.1], target=50.05), title="C")):
        heights = sorted(
            layer["encoding"]["y"]["value"]
            for layer in layers(picture.spec, "text")
            if layer["mark"].get("align") == "left" and layer["encoding"]["x"]["value"] > 640
        )
        assert len(heights) > 3
        assert min(after - before for before, after in itertools.pairwise(heights)) > 16.9


def test_each_line_of_a_course_has_a_dash_a_shape_and_a_name_of_its_own() -> None:
    spec = course_picture(measure(WAVE[:12], aims=dict.fromkeys(AimKind, WAVE[:20]))).spec
    dashes = [tuple(layer["mark"]["strokeDash"]) for layer in layers(spec, "line")]
    shapes = {layer["mark"]["shape"] for layer in layers(spec, "point")}
    assert len(set(dashes)) == len(dashes) == 5
    assert len(shapes) == 5
    names = [text.split()[0] for text in texts(spec)]
    assert sorted(names) == ["Actual", "Forecast", "National", "Plan", "Stretch"]


def test_a_figure_that_is_not_there_has_its_reason_in_the_table() -> None:
    table = course_picture(measure([50.0, None, 51.0], plan=[60.0] * 4)).table
    assert table.headers == ("Period", "Actual", "Interval", "Plan", "Note")
    assert table.rows[1] == ("May 2016", "–", "–", "60.0%", "Suppressed: fewer than 5")
    assert table.rows[2] == ("June 2016", "51.0%", "50.0% to 52.0%", "60.0%", "")


def test_localities_share_one_scale_and_say_how_many_are_drawn() -> None:
    results = [measure([low, low + 5], where=place(f"Place {low}")) for low in range(20)]
    picture = localities_picture([replace(each, periods=each.periods) for each in results])
    assert len(picture.spec["concat"]) == 12
    domains = {
        json.dumps(layer["encoding"]["y"]["scale"]["domain"])
        for panel in picture.spec["concat"]
        for layer in panel["layer"]
    }
    assert len(domains) == 1
    assert picture.alt.startswith("12 of 20 small line charts")
    assert len(picture.table.rows) == 20


def test_a_funnel_tells_sides_by_shape_and_names_the_outermost_apart_from_one_another() -> None:
    picture = funnel_picture(funnel())
    shapes = {layer["mark"]["shape"]: layer["mark"].get("filled", False) for layer in layers(picture.spec, "point")}
    assert shapes == {"circle": True, "triangle-up": True, "triangle-down": False}
    named = [text for text in texts(picture.spec) if text.startswith("Practice")]
    assert "Practice 0" in named
    assert set(named) <= {point.place.name for point in funnel().points if point.significance is Significance.HIGH_3}
    assert len(picture.table.rows) == 40
    assert "4 places above the 99.8% limit and 3 places below the 95% limit." in picture.alt


def test_a_ladder_leans_as_its_rungs_do_and_rises_by_the_index() -> None:
    for values, sign in (((24, 21, 20, 17, 15), -1), ((15, 17, 20, 21, 24), 1)):
        (line,) = layers(ladder_picture(ladder(values)).spec, "line")
        first, last = (row["value"] for row in line["data"]["values"])
        assert last - first == pytest.approx(sign * 9.5)
    assert not list(layers(ladder_picture(ladder(sii=None)).spec, "line"))


def test_a_committee_sees_forty_measures_and_reads_of_all() -> None:
    results = [measure([50.0, 51.0], plan=[60.0] * 2, of=definition(f"Measure {at}")) for at in range(45)]
    results[0] = replace(results[0], spc=replace(control(WAVE), variation=Variation.CONCERN_LOW))
    picture = committee_picture(results, title="Quality committee")
    assert picture.alt.startswith("40 of 45 small charts of measures: Quality committee.")
    assert picture.finding == (
        "45 measures: 45 missed the target in the latest period and 1 shows special cause of concern."
    )
    assert len(picture.table.rows) == 45
    assert picture.table.rows[0][-2] == "Special cause: concern, values are low"
    assert len(picture.spec["layer"]) < 40, "as many layers as measures would take the renderer seconds"


INVENTED: dict[str, Callable[[bool], Picture | None]] = {
    "control chart": lambda said: spc_picture(control(WAVE), title="Checks", illustrative=said),
    "of a measure": lambda said: measure_spc_picture(replace(measure(WAVE, spc=control(WAVE)), illustrative=said)),
    "course": lambda said: course_picture(replace(measure(WAVE, plan=WAVE), illustrative=said)),
    "localities": lambda said: localities_picture([measure(WAVE), replace(measure(WAVE), illustrative=said)]),
    "funnel": lambda said: funnel_picture(replace(funnel(), illustrative=said)),
    "ladder": lambda said: ladder_picture(replace(ladder(), illustrative=said)),
    "committee": lambda said: committee_picture([measure(WAVE), replace(measure(WAVE), illustrative=said)], title="B"),
}


@pytest.mark.parametrize("make", INVENTED.values(), ids=[name.replace(" ", "-") for name in INVENTED])
def test_a_picture_says_itself_that_figures_are_invented(make: Callable[[bool], Picture | None]) -> None:
    """Under the title, in the text alternative and in the drawing's description; once, and only where it is so."""
    told, silent = make(True), make(False)
    assert told
    assert silent
    for text in (" ".join(told.spec["title"]["subtitle"]), told.alt, told.spec["description"]):
        assert text.count("Illustrative figures") == 1
    assert "llustrative" not in json.dumps(dict(silent.spec)) + silent.alt
    assert told.finding == silent.finding


def test_the_mean_of_a_series_too_short_for_limits_has_its_digits_by_its_size() -> None:
    long = control([8104.0, 8120.0, 8090.0])
    short = replace(long, lower=np.full(3, NAN), upper=np.full(3, NAN))
    assert spc_picture(short, title="Attendances", decimals=0).table.rows[0][2] == "8,105"
    few = replace(control([3.0, 4.0, 4.0]), lower=np.full(3, NAN), upper=np.full(3, NAN))
    assert spc_picture(few, title="Cases", decimals=0).table.rows[0][2] == "3.7"
