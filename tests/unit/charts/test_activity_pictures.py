"""Pictures of the activity model: valid whatever the figures, alike in drawing, words and table, without colour."""

from __future__ import annotations

import itertools
import json
import math
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import altair
import numpy as np
import pytest
from results_by_hand import HOSTILE
from runs_by_hand import (
    BASE,
    METHODS,
    YEARS,
    band,
    beds,
    bridge,
    drivers,
    history,
    months_of,
    outturn,
    outturns,
    run,
    schemes,
    series,
)

from trigpoint.activity.assumptions.scenario import Scenario
from trigpoint.activity.book.book import PodName
from trigpoint.activity.monitor.result import Monitoring, Part, PlanMonth, Reforecast, ToDate
from trigpoint.activity.outturn.back_test import BackTest, BackTestRow
from trigpoint.activity.outturn.history import History
from trigpoint.activity.outturn.methods import Method
from trigpoint.activity.results.comparison import Comparison
from trigpoint.activity.results.run import ActivityRun, BridgePart, OutputKey, SeriesRun
from trigpoint.activity.simulation.compare import compare
from trigpoint.charts.activity import (
    annual_picture,
    back_test_picture,
    beds_picture,
    bridge_picture,
    comparison_picture,
    likelihood_picture,
    monitoring_picture,
    outturn_picture,
    outturns_picture,
    overall_picture,
    schemes_picture,
    tornado_picture,
    trajectory_picture,
)
from trigpoint.charts.illustrative import ILLUSTRATIVE
from trigpoint.charts.picture import Picture
from trigpoint.periods import FinancialYear, Month
from trigpoint.reports.render.picture import svg

NAN = math.nan
LAST = YEARS[-1]
LONG = tuple(FinancialYear(2017 + at) for at in range(20))
ONE_MONTH = series(years=YEARS[:1])


def cut(one: SeriesRun, months: int) -> SeriesRun:
    return replace(one, fot=one.fot[:months], do_nothing=band(one.do_nothing.mean[:months]),
                   do_something=band(one.do_something.mean[:months]))  # fmt: skip


def unknown(one: SeriesRun) -> SeriesRun:
    empty = band([NAN] * 24)
    return replace(one, base=np.full(12, NAN), fot=np.full(24, NAN), do_nothing=empty, do_something=empty,
                   annual_do_nothing=band([NAN, NAN]), annual_do_something=band([NAN, math.inf]))  # fmt: skip


def hostile() -> Any:
    one = replace(series(), key=OutputKey("", HOSTILE))
    part = [
        BridgePart("", HOSTILE, LAST, HOSTILE, HOSTILE * 9, kind, 40.0)
        for kind in ("baseline", "growth", "scheme", HOSTILE)
    ]
    effects = [replace(each, name=HOSTILE * 9, pod=HOSTILE) for each in schemes()]
    movers = [replace(each, name=HOSTILE * 9, pod=HOSTILE) for each in drivers()]
    names = (PodName(HOSTILE, HOSTILE * 3, unit=HOSTILE),)
    scenario = Scenario("s", HOSTILE)
    return run(one, names=names, scenario=scenario, bridge=tuple(part), schemes=tuple(effects), drivers=tuple(movers),
               beds=tuple(replace(each, pod=HOSTILE) for each in beds(provider=HOSTILE)))  # fmt: skip


def many_parts(count: int) -> Any:
    parts = [(f"s{at}", f"Scheme {at}", "scheme", -3.0 - 7.13 * at) for at in range(count)]
    parts += [(f"g{at}", f"Growth {at}", "growth", 20.0 + 1.7 * at) for at in range(30)]
    one = series()
    effects = [
        replace(schemes()[0], id=f"s{at}", name=f"Scheme {at}", year=LAST, mean=-3.0 * at) for at in range(count)
    ]
    movers = [replace(drivers()[0], assumption=f"a{at}", year=LAST, low=31_000.0 - at) for at in range(count)]
    return run(one, bridge=tuple(bridge("nel", parts)), schemes=tuple(effects), drivers=tuple(movers))


def back_test(labels: tuple[str, ...] = ("Type 1",), **kept: Any) -> BackTest:
    rows = [
        BackTestRow(label, year, method, 140 - 100 * at, **{**{
            "mape": value + at, "median": -0.3, "p10": -3.5, "p90": 3.1, "bias": -0.4, "coverage_80": 80.0 - value,
            "coverage_95": 95.0 - value, "weight": 0.1}, **kept})
        for at, label in enumerate(labels) for year in YEARS for method, value in METHODS.items()
    ]  # fmt: skip
    return BackTest(5, tuple(rows), ())


def monitoring(months: int = 15, provider: str = "", pod: str = "nel", name: str = "Non-elective") -> Monitoring:
    planned = series().do_something.mean
    every = []
    for at in range(months):
        actual = None if at == 6 else float(planned[at]) * (1.06 if at == 3 else 0.93 if at == 8 else 1.001)
        parts = ((Part.VOLUME, 10.0), (Part.DAYS, -3.0)) if actual else ()
        plan = float(planned[at])
        every.append(PlanMonth(provider, pod, (), months_of()[at], plan, plan * 0.96, plan * 1.05, actual, parts,
                               "" if actual else "not yet published"))  # fmt: skip
    if not every:
        return Monitoring(None, (), (), (), (), ())
    year = FinancialYear.of(every[-1].month.start)
    so_far = ToDate(provider, pod, (), year, 3, every[-1].month, 8000.0, 7900.0, 8100.0, 8300.0,
                    ((Part.VOLUME, 280.0),), "admissions", name)  # fmt: skip
    ahead = Reforecast(provider, pod, year, 3, 31_000, 30_000, 32_000, 31_900.0, 31_000.0, 32_800.0, "", name)
    return Monitoring(every[-1].month, tuple(every), (so_far,), (), (ahead,), ())


def scenario(name: str, factor: float, of: ActivityRun | None = None) -> ActivityRun:
    one = of or run()
    return replace(one, scenario=Scenario(name.lower(), name),
                   draws_of={pod: draws * factor for pod, draws in one.draws_of.items()})  # fmt: skip


def comparison(*others: ActivityRun, of: ActivityRun | None = None) -> Comparison:
    return compare([of or run(), *others])


PICTURES: dict[str, Callable[[], Picture]] = {
    "trajectory": lambda: trajectory_picture(run(), "nel"),
    "trajectory of a provider": lambda: trajectory_picture(run(), "Non-elective", "RNA"),
    "trajectory of a year that is whole": lambda: trajectory_picture(run(known=12, outturns=()), "nel"),
    "trajectory of totals alone": lambda: trajectory_picture(run(known=None), "nel"),
    "trajectory of one month": lambda: trajectory_picture(run(cut(ONE_MONTH, 1), years=YEARS[:1]), "nel"),
    "trajectory of twenty years": lambda: trajectory_picture(run(series(years=LONG), years=LONG), "nel"),
    "trajectory of no year": lambda: trajectory_picture(run(series(years=()), years=()), "nel"),
    "trajectory of nothing": lambda: trajectory_picture(run(series(size=0.0)), "nel"),
    "trajectory of few": lambda: trajectory_picture(run(series(size=3.0)), "nel"),
    "trajectory of unknown": lambda: trajectory_picture(run(unknown(series())), "nel"),
    "trajectory of huge": lambda: trajectory_picture(run(series(size=1e300)), "nel"),
    "trajectory of negative": lambda: trajectory_picture(run(series(size=-500.0)), "nel"),
    "trajectory of a pod not there": lambda: trajectory_picture(run(), "Dentistry", "RNA"),
    "hostile trajectory": lambda: trajectory_picture(hostile(), HOSTILE),
    "annual": lambda: annual_picture(run(), "nel"),
    "annual of twenty years": lambda: annual_picture(run(series(years=LONG), years=LONG), "nel"),
    "annual of no year": lambda: annual_picture(run(series(years=()), years=()), "nel"),
    "annual of unknown": lambda: annual_picture(run(unknown(series())), "nel"),
    "annual of a pod not there": lambda: annual_picture(run(), "Dentistry"),
    "hostile annual": lambda: annual_picture(hostile(), HOSTILE),
    "bridge": lambda: bridge_picture(run(), "nel", LAST),
    "bridge of hundreds": lambda: bridge_picture(many_parts(300), "nel", LAST),
    "bridge below nothing": lambda: bridge_picture(
        run(series(), bridge=tuple(bridge("nel", [("s", "All", "scheme", -40_000.0)]))), "nel", LAST),
    "bridge of a base alone": lambda: bridge_picture(run(bridge=tuple(bridge("nel")[:1])), "nel", YEARS[0]),
    "bridge without a base": lambda: bridge_picture(run(bridge=tuple(bridge("nel")[1:4])), "nel", YEARS[0]),
    "bridge of zeros": lambda: bridge_picture(
        run(bridge=tuple(replace(part, value=0.0) for part in bridge("nel"))), "nel", LAST),
    "bridge of unknown": lambda: bridge_picture(
        run(bridge=tuple(replace(part, value=NAN) for part in bridge("nel"))), "nel", LAST),
    "bridge of huge": lambda: bridge_picture(
        run(bridge=tuple(replace(part, value=part.value * 1e200) for part in bridge("nel"))), "nel", LAST),
    "bridge of a year not there": lambda: bridge_picture(run(), "nel", FinancialYear(2040)),
    "hostile bridge": lambda: bridge_picture(hostile(), HOSTILE, LAST),
    "overall": lambda: overall_picture(run()),
    "overall of one": lambda: overall_picture(run(series(years=YEARS[:1]), years=YEARS[:1])),
    "overall of forty": lambda: overall_picture(run(*(series(f"pod {at}", size=100.0 + at) for at in range(40)))),
    "overall of twenty years": lambda: overall_picture(run(series(years=LONG), years=LONG)),
    "overall of nothing": lambda: overall_picture(run(series(size=0.0), unknown(series("el")))),
    "overall of no year": lambda: overall_picture(run(series(years=()), years=())),
    "hostile overall": lambda: overall_picture(hostile()),
    "tornado": lambda: tornado_picture(run(), "nel", LAST),
    "tornado of hundreds": lambda: tornado_picture(many_parts(200), "nel", LAST),
    "tornado of none": lambda: tornado_picture(run(drivers=()), "nel", LAST),
    "tornado of unknown": lambda: tornado_picture(
        run(drivers=tuple(replace(each, low=NAN) for each in drivers())), "nel", LAST),
    "hostile tornado": lambda: tornado_picture(hostile(), HOSTILE, LAST),
    "schemes": lambda: schemes_picture(run(), LAST),
    "schemes of a pod": lambda: schemes_picture(run(), LAST, "Non-elective"),
    "schemes of hundreds": lambda: schemes_picture(many_parts(300), LAST),
    "no scheme": lambda: schemes_picture(run(schemes=()), LAST),
    "schemes of unknown": lambda: schemes_picture(
        run(schemes=tuple(replace(each, mean=NAN, delivered=NAN) for each in schemes())), LAST),
    "schemes without effect": lambda: schemes_picture(
        run(schemes=tuple(replace(each, mean=0.0, p10=0.0, p90=0.0) for each in schemes())), LAST),
    "hostile schemes": lambda: schemes_picture(hostile(), LAST),
    "beds": lambda: beds_picture(run()),
    "beds of fifty": lambda: beds_picture(run(beds=tuple(one for at in range(50) for one in beds(provider=f"P{at}")))),
    "no beds": lambda: beds_picture(run(beds=())),
    "beds of unknown": lambda: beds_picture(run(beds=tuple(replace(one, beds=NAN) for one in beds()))),
    "hostile beds": lambda: beds_picture(hostile()),
    "likelihood": lambda: likelihood_picture(run(), "nel", LAST),
    "likelihood of one draw": lambda: likelihood_picture(run(draws_of={"nel": np.full((2, 1), 7.0)}), "nel", LAST),
    "likelihood of unknown": lambda: likelihood_picture(run(draws_of={"nel": np.full((2, 9), NAN)}), "nel", LAST),
    "no likelihood": lambda: likelihood_picture(run(draws_of={}), "nel", LAST),
    "hostile likelihood": lambda: likelihood_picture(hostile(), HOSTILE, LAST),
    "outturn": lambda: outturn_picture(outturn(), history()),
    "outturn alone": lambda: outturn_picture(outturn()),
    "outturn of a whole year": lambda: outturn_picture(outturn(known=12), history()),
    "outturn without reason": lambda: outturn_picture(
        outturn(value=None, likely=None, trajectory=(), actual=(), reason="no month of 2016/17 is known"), history()),
    "outturn of zero": lambda: outturn_picture(outturn(trajectory=(0.0,) * 12, value=0.0), history()),
    "outturn with gaps": lambda: outturn_picture(
        outturn(), History("RNA", "nel", Month(2013, 6), (None, 2.0, None, 5.0, *[None] * 20, 7.0))),
    "hostile outturn": lambda: outturn_picture(outturn(HOSTILE, HOSTILE), history()),
    "outturns": lambda: outturns_picture(outturns()),
    "outturns of a hundred": lambda: outturns_picture(outturns(*(outturn(provider=f"P{at}") for at in range(100)))),
    "outturns without last year": lambda: outturns_picture(outturns(outturn(last_year=None), outturn(last_year=0.0))),
    "outturns without value": lambda: outturns_picture(outturns(outturn(value=None, likely=None))),
    "hostile outturns": lambda: outturns_picture(outturns(outturn(HOSTILE), outturn()), title=HOSTILE),
    "back-test": lambda: back_test_picture(back_test()),
    "back-test of two": lambda: back_test_picture(back_test(("Type 1", "All types"))),
    "back-test of one": lambda: back_test_picture(back_test(("Type 1", "All types")), label="Type 1", year=LAST),
    "back-test of nothing": lambda: back_test_picture(back_test(mape=None, coverage_80=None)),
    "back-test without rows": lambda: back_test_picture(BackTest(5, (), ())),
    "hostile back-test": lambda: back_test_picture(back_test((HOSTILE,)), label=HOSTILE),
    "comparison": lambda: comparison_picture(comparison(scenario("Slow", 1.02), scenario("Fast", 0.97))),
    "comparison of two": lambda: comparison_picture(comparison(scenario("Slow", 1.02)), year=YEARS[0]),
    "comparison of one": lambda: comparison_picture(comparison()),
    "comparison of the same": lambda: comparison_picture(comparison(scenario("Same", 1.0), scenario("Same", 1.0))),
    "comparison of thirty": lambda: comparison_picture(
        comparison(*(scenario(f"S{at}", 1 + at / 99) for at in range(30)))),
    "comparison of nothing": lambda: comparison_picture(Comparison((), ())),
    "comparison of zeros": lambda: comparison_picture(
        comparison(scenario("Z", 0.0), of=run(draws_of={"nel": np.zeros((2, 400))}))),
    "comparison of unknown": lambda: comparison_picture(comparison(scenario("Unknown", NAN))),
    "hostile comparison": lambda: comparison_picture(comparison(scenario(HOSTILE, 1.1, hostile()), of=hostile())),
    "monitoring": lambda: monitoring_picture(monitoring(), "nel"),
    "monitoring of one month": lambda: monitoring_picture(monitoring(1), "nel"),
    "monitoring of nothing": lambda: monitoring_picture(monitoring(0), "nel"),
    "hostile monitoring": lambda: monitoring_picture(monitoring(9, HOSTILE, HOSTILE, HOSTILE), HOSTILE, HOSTILE),
}  # fmt: skip


@pytest.fixture(params=PICTURES, ids=lambda name: name.replace(" ", "-"))
def drawn(request: pytest.FixtureRequest) -> Picture:
    return PICTURES[request.param]()


def slim(part: Any, key: str = "") -> Any:
    """The specification with a few rows of each kind: the schema asks nothing of the rest."""
    if isinstance(part, dict):
        return {name: slim(value, name) for name, value in part.items()}
    few = {"values": 2}.get(key, len(part) if isinstance(part, list) else 0)
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
    assert "undefined" not in text
    assert "Infinity" not in text


def test_every_picture_says_itself_in_words(drawn: Picture) -> None:
    every = [drawn.finding, drawn.alt, drawn.table.caption, *(cell for row in drawn.table.rows for cell in row)]
    assert drawn.finding
    assert drawn.finding in drawn.alt
    assert drawn.finding in " ".join(drawn.spec["title"]["subtitle"])
    assert not any("\u202e" in text or "\x00" in text or " nan" in text.lower() or "None" in text for text in every)
    assert all(len(row) == len(drawn.table.headers) for row in drawn.table.rows)
    assert len(set(drawn.table.headers)) == len(drawn.table.headers)


def test_no_picture_has_more_layers_than_the_renderer_takes_in_its_stride(drawn: Picture) -> None:
    panels = drawn.spec.get("concat", [drawn.spec])
    assert sum(len(panel["layer"]) for panel in panels) < 50
    assert all(panel["height"] <= 1_400 for panel in panels)


def layers(spec: Any, mark: str) -> Iterator[dict[str, Any]]:
    return (layer for layer in spec["layer"] if layer["mark"]["type"] == mark)


def words(spec: Any) -> list[str]:
    """Every text that is drawn, whether a mark or a row of data has it."""
    found = []
    for layer in layers(spec, "text"):
        found += (
            [layer["mark"]["text"]] if "text" in layer["mark"] else [row["text"] for row in layer["data"]["values"]]
        )
    return found


def test_the_lines_of_a_trajectory_differ_by_dash_and_are_named_at_the_right_with_their_years() -> None:
    spec = trajectory_picture(run(), "nel").spec
    dashes = [tuple(line["mark"]["strokeDash"]) for line in layers(spec, "line")]
    assert len(dashes) == 4
    assert (
        len({(dash, line["mark"]["strokeWidth"]) for dash, line in zip(dashes, layers(spec, "line"), strict=True)}) == 4
    )
    assert {"Do nothing 32,460", "Do something 31,317", "Outturn 31,200"} <= set(words(spec))
    assert {"2016/17", "2017/18", "2018/19", "outturn 31,200", "do something 31,317"} <= set(words(spec))
    assert "forecast from September 2016" in words(spec)
    areas = list(layers(spec, "area"))
    assert [len(area["data"]["values"]) for area in areas] == [24, 24]
    assert all(area["mark"]["opacity"] < 0.3 for area in areas)


def test_actual_months_are_solid_and_forecast_ones_hollow() -> None:
    for known, told in ((5, "Solid points: actual; hollow: forecast."), (12, "Points: actual."), (0, "Hollow points")):
        one = run(outturns=(outturn("nel", known=known),)) if known else run(known=None)
        spec = trajectory_picture(one, "nel").spec
        assert told in " ".join(spec["title"]["subtitle"])
        points = [
            layer for layer in layers(spec, "point") if layer["mark"]["opacity"] and "tooltip" in layer["encoding"]
        ]
        solid = sum(len(layer["data"]["values"]) for layer in points if layer["mark"].get("filled"))
        hollow = sum(len(layer["data"]["values"]) for layer in points if not layer["mark"].get("filled"))
        assert (solid, hollow) == (known, 12 - known)
        notes = [row[-1] for row in trajectory_picture(one, "nel").table.rows[:12]]
        assert notes == ["Actual"] * known + ["Forecast"] * (12 - known)


def test_a_point_of_delivery_over_several_providers_is_actual_where_all_of_them_are() -> None:
    one = run(outturns=(outturn("nel", "RNA", known=5), outturn("nel", "RBK", known=3)))
    assert [row[-1] for row in trajectory_picture(one, "nel").table.rows[:12]] == ["Actual"] * 3 + ["Forecast"] * 9
    assert [row[-1] for row in trajectory_picture(one, "nel", "RNA").table.rows[:12]].count("Actual") == 5


def test_the_table_of_a_trajectory_has_every_month_and_the_year_in_all() -> None:
    table = trajectory_picture(run(), "nel").table
    assert [row[0] for row in table.rows if "in all" in row[0]] == [
        "2016/17 in all",
        "2017/18 in all",
        "2018/19 in all",
    ]
    assert len(table.rows) == 12 + 24 + 3
    assert table.rows[-1] == (
        "2018/19 in all",
        "31,200",
        "32,460",
        "31,487 to 33,434",
        "31,317",
        "29,908 to 32,727",
        "",
    )


def test_a_fan_opens_from_the_interval_of_the_outturn_and_that_of_a_sum_is_as_the_total_has_it() -> None:
    both = outturns(outturn("nel", "RNA"), outturn("nel", "RBK"))
    picture = annual_picture(run(outturns=both.results), "nel")
    first = next(layers(picture.spec, "area"))["data"]["values"][0]
    total = both.total().likely
    assert total is not None
    assert (first["period"], first["low"], first["high"]) == (
        "2016/17", pytest.approx(total.low), pytest.approx(total.high)
    )  # fmt: skip
    alone = next(layers(annual_picture(run(outturns=()), "nel").spec, "area"))["data"]["values"][0]
    assert alone["low"] == alone["high"]


def printed(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-"))


@pytest.mark.parametrize("parts", [0, 1, 2, 7, 300])
def test_the_printed_parts_of_a_bridge_add_up_to_its_printed_whole(parts: int) -> None:
    rng = np.random.default_rng(parts)
    each = [
        (f"s{at}", f"S{at}", ("scheme", "growth", "shift")[at % 3], float(rng.normal(0, 60))) for at in range(parts)
    ]
    rows = bridge("nel", each)[: parts + 1]
    one = run(series(), bridge=tuple(replace(row, year=LAST) for row in rows))
    picture = bridge_picture(one, "nel", LAST)
    values = [printed(row[2]) for row in picture.table.rows]
    assert sum(values[:-1]) == values[-1]
    assert abs(values[-1] - sum(row.value for row in rows)) <= 0.5
    by_name = {row.name: row.value for row in rows[1:]}
    assert all(abs(printed(row[2]) - by_name[row[0]]) < 1 for row in picture.table.rows[1:-1]) or parts < 3
    assert "adds up" in picture.table.caption


def test_what_a_bridge_draws_adds_up_too_with_the_smallest_parts_as_one() -> None:
    picture = bridge_picture(many_parts(300), "nel", LAST)
    drawn_words = words(picture.spec)
    assert {"290 smaller schemes", "30 smaller parts of growth"} <= set(drawn_words)
    (bars,) = [[row for layer in layers(picture.spec, "rect") for row in layer["data"]["values"]]]
    assert len(bars) <= 14
    tips = [row["tip"].rpartition(": ")[2] for row in bars]
    values = [printed(tip) for tip in tips]
    ends = [printed(picture.table.rows[at][2]) for at in (0, -1)]
    assert sum(values) - sum(ends) == ends[1] - ends[0]
    assert len(picture.table.rows) == 332


def test_a_cut_off_scale_is_said_and_shown_and_one_from_zero_is_not() -> None:
    cut_off = bridge_picture(run(), "nel", LAST)
    assert "The scale begins at 30,000, not at zero." in " ".join(cut_off.spec["title"]["subtitle"])
    assert any(layer["mark"].get("color") == "white" for layer in layers(cut_off.spec, "rule"))
    whole = bridge_picture(run(bridge=tuple(bridge("nel", [("s", "S", "scheme", -20_000.0)]))), "nel", LAST)
    assert "scale begins" not in " ".join(whole.spec["title"]["subtitle"])
    assert not any(layer["mark"].get("color") == "white" for layer in layers(whole.spec, "rule"))


def test_a_bridge_over_all_providers_is_the_sum_of_theirs() -> None:
    both = tuple(part for name in ("RNA", "RBK") for part in bridge("nel", provider=name))
    alone = bridge_picture(run(bridge=both), "nel", LAST, "RNA").table.rows
    summed = bridge_picture(run(bridge=both), "nel", LAST).table.rows
    assert printed(summed[0][2]) == 2 * printed(alone[0][2]) == 62_400
    own_sum = bridge_picture(run(bridge=(*both, *bridge("nel"))), "nel", LAST).table.rows
    assert own_sum[0][2] == "31,200", "the run's own sum stands before one made here"


def test_the_overall_picture_has_all_points_of_delivery_in_every_year() -> None:
    picture = overall_picture(run())
    assert [row[:2] for row in picture.table.rows] == [
        (name, year.label)
        for name in ("Non-elective", "Elective", "A&E", "Outpatient first", "Outpatient follow-up")
        for year in YEARS
    ]
    shapes = {layer["mark"]["shape"]: bool(layer["mark"].get("filled")) for layer in layers(picture.spec, "point")}
    assert shapes == {"circle": True, "diamond": False}


def test_leagues_draw_the_largest_and_say_how_many() -> None:
    one = many_parts(200)
    league, tornado = schemes_picture(one, LAST), tornado_picture(one, "nel", LAST)
    assert "The 20 largest of 200 are drawn." in " ".join(league.spec["title"]["subtitle"])
    assert "The 12 largest of 200 are drawn." in " ".join(tornado.spec["title"]["subtitle"])
    assert len(league.table.rows) == len(tornado.table.rows) == 200
    assert league.table.rows[0][0] == "Scheme 199"
    assert "Scheme 180" in " ".join(words(league.spec))
    assert "Scheme 179" not in " ".join(words(league.spec))


def test_a_scheme_that_may_not_happen_says_in_how_many_draws_it_does() -> None:
    found = words(schemes_picture(run(), LAST, "nel").spec)
    assert "−350, in 80% of draws" in found
    assert "−700" in found


def test_a_back_test_pools_by_the_number_of_series() -> None:
    picture = back_test_picture(back_test(("Type 1", "All types")))
    # 140 series missed by 2.1%, 40 by 3.1%: (140 × 2.1 + 40 × 3.1) ÷ 180 = 2.32
    assert "year to date × 12/k, best in hindsight, by 2.3%" in picture.finding
    assert "of 360 outturns" in picture.finding
    assert "year to date × 12/k, best in hindsight, by 2.1%" in back_test_picture(
        back_test(("Type 1", "All types")), label="Type 1").finding  # fmt: skip
    assert len(picture.table.rows) == 4 * len(Method)


def test_scenarios_are_compared_draw_by_draw_in_per_cent_of_the_first() -> None:
    picture = comparison_picture(comparison(scenario("Slow", 1.02), scenario("Fast", 0.97)))
    assert picture.finding.startswith("Of 2 other scenarios for 2018/19 “Fast” differs most, in ")
    assert "3.0% below “As planned” (80% interval −3." in picture.finding
    assert [row[2] for row in picture.table.rows[:3]] == ["As planned", "Slow", "Fast"]
    assert {row[-1] for row in picture.table.rows if row[2] == "Fast"} == {"100% of draws"}
    assert any(text.endswith(", lower in 100% of draws") for text in words(picture.spec))
    assert not any("in 0% of draws" in text for text in words(picture.spec))
    same = comparison_picture(comparison(scenario("Same", 1.0)))
    assert same.finding == "In 2018/19 the other scenario is the same as “As planned”."


def test_schemes_of_several_points_of_delivery_are_on_one_scale_of_shares_and_of_one_in_activity() -> None:
    one = run(schemes=(*schemes("nel")[:1], *schemes("opfu")[:1]))
    both, alone = schemes_picture(one, YEARS[0]), schemes_picture(one, YEARS[0], "nel")
    assert "+0.0%" not in words(both.spec)
    assert any(text.endswith("%") for text in words(both.spec))
    assert not any(text.endswith("%") for text in words(alone.spec))
    assert "in Non-elective by −700 (80% interval −980 to −280), −2.2% of do nothing." in both.finding


def test_the_band_of_an_outturn_sums_to_the_interval_of_the_year() -> None:
    one = outturn()
    picture = outturn_picture(one, history())
    (area,) = layers(picture.spec, "area")
    assert one.likely is not None
    for end, wanted in (("low", one.likely.low), ("high", one.likely.high)):
        assert sum(row[end] for row in area["data"]["values"]) + one.to_date == pytest.approx(wanted)
    named = [text for text in words(picture.spec) if text.startswith("201")]
    assert named[:1] == ["2016/17 31,200 forecast"] or "2016/17 31,200 forecast" in named
    dashes = [tuple(line["mark"]["strokeDash"]) for line in layers(picture.spec, "line")][:3]
    assert len(set(dashes)) == 3, "earlier years are told apart by their dash"


def test_months_outside_the_plans_band_have_a_triangle_to_their_side() -> None:
    picture = monitoring_picture(monitoring(), "nel")
    shapes = {
        layer["mark"]["shape"]: [row["period"] for row in layer["data"]["values"]]
        for layer in layers(picture.spec, "point")
        if layer["mark"]["shape"].startswith("triangle") and layer["mark"]["opacity"]
    }
    assert shapes == {"triangle-up": ["July 2017"], "triangle-down": ["December 2017"]}
    assert "Triangles: months outside it (2)." in " ".join(picture.spec["title"]["subtitle"])
    assert picture.table.rows[6][3:] == ("–", "–", "–", "No actual", "Not yet published")
    assert picture.table.rows[0][-1] == "Volume +10, working days −3"


def test_labels_beside_lines_never_touch() -> None:
    for picture in (trajectory_picture(run(), "nel"), outturn_picture(outturn(), history())):
        heights = sorted(
            layer["encoding"]["y"]["value"]
            for layer in layers(picture.spec, "text")
            if layer["mark"].get("align") == "left" and layer["encoding"]["x"].get("value", 0) > 640
        )
        assert len(heights) > 2
        assert min(after - before for before, after in itertools.pairwise(heights)) > 16.9


INVENTED: dict[str, Callable[[bool], Picture]] = {
    "trajectory": lambda said: trajectory_picture(run(series(illustrative=said)), "nel"),
    "annual": lambda said: annual_picture(run(series(illustrative=said)), "nel"),
    "bridge": lambda said: bridge_picture(run(illustrative=said), "nel", LAST),
    "overall": lambda said: overall_picture(run(series(), series("el", illustrative=said))),
    "tornado": lambda said: tornado_picture(run(illustrative=said), "nel", LAST),
    "schemes": lambda said: schemes_picture(run(illustrative=said), LAST),
    "beds": lambda said: beds_picture(run(illustrative=said)),
    "likelihood": lambda said: likelihood_picture(run(illustrative=said), "nel", LAST),
    "comparison": lambda said: comparison_picture(comparison(scenario("Slow", 1.1, run(illustrative=said)))),
    "outturn": lambda said: outturn_picture(outturn(), history(), illustrative=said),
    "outturns": lambda said: outturns_picture(outturns(), illustrative=said),
    "back-test": lambda said: back_test_picture(back_test(), illustrative=said),
    "monitoring": lambda said: monitoring_picture(monitoring(), illustrative=said),
}


@pytest.mark.parametrize("make", INVENTED.values(), ids=INVENTED)
def test_a_picture_says_itself_that_figures_are_invented(make: Callable[[bool], Picture]) -> None:
    told, silent = make(True), make(False)
    for text in (" ".join(told.spec["title"]["subtitle"]), told.alt, told.spec["description"]):
        assert text.count(ILLUSTRATIVE[:20]) == 1
    assert "llustrative" not in json.dumps(dict(silent.spec)) + silent.alt
    assert told.finding == silent.finding


def test_the_charts_load_no_arrays() -> None:
    heavy = "{'numpy', 'polars', 'scipy', 'pandas', 'vl_convert', 'altair'}"
    program = f"import sys, trigpoint.charts.activity; print(sorted({heavy} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_the_same_run_gives_the_same_picture() -> None:
    one = run()
    assert trajectory_picture(one, "nel").spec == trajectory_picture(one, "Non-elective").spec
    assert bridge_picture(one, "nel", LAST) == bridge_picture(run(), "nel", LAST)
    assert BASE.label == "2016/17"
