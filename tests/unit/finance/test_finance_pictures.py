"""Pictures of finance: valid whatever the figures, alike in drawing, words and table, without colour."""

from __future__ import annotations

import itertools
import json
import math
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from importlib.metadata import entry_points
from typing import Any
from xml.etree import ElementTree

import altair
import pytest
from finance_results_by_hand import (
    HOSTILE,
    ZERO,
    D,
    benchmark,
    bridge_of,
    capped,
    contract_year,
    draws,
    movers,
    named,
    position,
    result,
    risks,
    rule,
    rules,
    scheme,
    scheme_book,
    spreads,
    step,
    surplus_bridge,
    weighted,
)

from trigpoint.charts.finance import (
    contract_months_picture,
    curve_picture,
    groups_picture,
    mechanisms_picture,
    opportunity_picture,
    outturn_picture,
    peer_funnel_picture,
    peers_picture,
    position_months_picture,
    risks_picture,
    rules_picture,
    scheme_months_picture,
    schemes_picture,
    tornado_picture,
    waterfall_picture,
)
from trigpoint.charts.illustrative import ILLUSTRATIVE
from trigpoint.charts.picture import Picture
from trigpoint.finance.book.book import RiskKind
from trigpoint.finance.contracts.reading import mechanism_of
from trigpoint.finance.contracts.result import ContractYear
from trigpoint.finance.peers.result import Benchmark
from trigpoint.finance.position.result import Bridge, Position
from trigpoint.finance.risks.result import RiskDraws, RiskPosition
from trigpoint.finance.schemes.result import SchemeBook, SchemeYear
from trigpoint.reports.render.picture import svg
from trigpoint.tabular.stated import Stated

HUGE = D("1e200")
MECHANISMS: dict[str, tuple[str, dict[str, Any]]] = {
    "block": ("block", {"value": "12m"}),
    "cost per case": ("cost_per_case", {"price": 1150, "planned_units": 21500}),
    "marginal rate": ("marginal_rate", {"baseline": "40m", "rate": 0.7}),
    "cap and collar": ("cap_collar", {"plan": "178m", "cap": "2%", "collar": "2%"}),
}


def with_errors(found: Benchmark) -> Benchmark:
    told = [replace(one, standard_error=D("0.5") + D(at) / 10) for at, one in enumerate((found.own, *found.peers))]
    return replace(found, own=told[0], peers=tuple(told[1:]))


PICTURES: dict[str, Callable[[], Picture]] = {
    "waterfall": lambda: waterfall_picture(surplus_bridge()),
    "waterfall of one step": lambda: waterfall_picture(Bridge("One", (step("Only", 5, True),))),
    "waterfall of none": lambda: waterfall_picture(Bridge("Nothing", ())),
    "waterfall without totals": lambda: waterfall_picture(Bridge("Steps", (step("Up", 7), step("Down", -3)))),
    "waterfall of twenty": lambda: waterfall_picture(bridge_of(*((-1) ** at * at * 130_000 for at in range(20)))),
    "waterfall of a hundred": lambda: waterfall_picture(bridge_of(*((-1) ** at * at * 1_300 for at in range(100)))),
    "waterfall below zero": lambda: waterfall_picture(bridge_of(-900_000, 200_000, first=-4_000_000)),
    "waterfall through zero": lambda: waterfall_picture(bridge_of(-12_000_000, 1_000_000)),
    "waterfall of zeros": lambda: waterfall_picture(bridge_of(0, 0, first=0)),
    "waterfall that does not add up": lambda: waterfall_picture(
        Bridge("Off", (step("A", 10, True), step("B", 2), step("C", 13, True)))),
    "waterfall of huge": lambda: waterfall_picture(Bridge("Huge", (step("A", "1e200", True), step("B", "-3e199")))),
    "hostile waterfall": lambda: waterfall_picture(Bridge(HOSTILE, (step(HOSTILE, 10, True), step(HOSTILE, -2)))),
    "position": lambda: position_months_picture(position()),
    "position before the year": lambda: position_months_picture(position(0)),
    "position of a whole year": lambda: position_months_picture(position(12)),
    "position of one month": lambda: position_months_picture(position(1, 1)),
    "position of no month": lambda: position_months_picture(position(0, 0)),
    "position of huge": lambda: position_months_picture(position(0, 0, months=((HUGE, None, HUGE),) * 12)),
    "position of zeros": lambda: position_months_picture(position(0, 0, months=((ZERO, ZERO, ZERO),) * 12)),
    "position without a surplus": lambda: position_months_picture(position(surplus_gbp=None, control_total_gbp=None)),
    "groups": lambda: groups_picture(position()),
    "groups of none": lambda: groups_picture(position(groups=())),
    "groups on budget": lambda: groups_picture(
        position(groups=tuple(replace(one, variance_gbp=ZERO) for one in position().groups))),
    "groups of sixty": lambda: groups_picture(position(groups=position().groups * 6)),
    "rules": lambda: rules_picture(rules()),
    "rule of one": lambda: rules_picture(rules()[:1]),
    "no rule": lambda: rules_picture([]),
    "rules not known": lambda: rules_picture([result(None, None, rounded=None, limit=None)]),
    "forty rules": lambda: rules_picture([result("0.011", of=rule(f"rule_{at}")) for at in range(40)]),
    "rule of huge": lambda: rules_picture([result("1e200", of=rule(unit="gbp"))]),
    "hostile rules": lambda: rules_picture([result("0.011", of=rule(name=HOSTILE, source=HOSTILE))]),
    "schemes": lambda: schemes_picture(scheme_book()),
    "no schemes": lambda: schemes_picture(replace(scheme_book(), schemes=())),
    "one scheme": lambda: schemes_picture(scheme_book(scheme())),
    "schemes without target": lambda: schemes_picture(scheme_book(target_gbp=None, unidentified_gbp=ZERO)),
    "sixty schemes": lambda: schemes_picture(scheme_book(*(scheme(f"S{at}", plan=9_000 * at) for at in range(60)))),
    "schemes of zeros": lambda: schemes_picture(scheme_book(scheme(plan=0))),
    "hostile schemes": lambda: schemes_picture(scheme_book(named(scheme(), HOSTILE))),
    "scheme months": lambda: scheme_months_picture(scheme()),
    "scheme without months": lambda: scheme_months_picture(scheme(months=(), actual_to_date_gbp=None)),
    "hostile scheme months": lambda: scheme_months_picture(replace(named(scheme(), HOSTILE), forecast_reason=HOSTILE)),
    "risks": lambda: risks_picture(risks()),
    "no risks": lambda: risks_picture(replace(risks(), risks=())),
    "risks without a plan": lambda: risks_picture(risks(planned_surplus_gbp=None, best_gbp=None, likely_gbp=None,
                                                        risk_adjusted_gbp=None, worst_gbp=None)),
    "sixty risks": lambda: risks_picture(
        risks(*(weighted(f"R{at}", RiskKind.RISK, 1_000 * at, "0.5") for at in range(60)))),
    "risks of zeros": lambda: risks_picture(risks(weighted("Z", RiskKind.RISK, 0, "0"))),
    "hostile risks": lambda: risks_picture(risks(weighted(HOSTILE, RiskKind.MITIGATION, 1_000, "0.5"))),
    "tornado": lambda: tornado_picture(draws()),
    "tornado of none": lambda: tornado_picture(draws(movers=())),
    "tornado of fifty": lambda: tornado_picture(draws(movers=movers(50))),
    "hostile tornado": lambda: tornado_picture(draws(movers=(replace(movers()[0], name=HOSTILE),))),
    "outturn": lambda: outturn_picture(draws()),
    "outturn of two hundred bins": lambda: outturn_picture(draws(200)),
    "outturn of one bin": lambda: outturn_picture(draws(1)),
    "outturn of no draw": lambda: outturn_picture(draws(0)),
    "outturn without control total": lambda: outturn_picture(
        draws(control_total_gbp=None, probability=None, probability_error=None, planned_surplus_gbp=None)),
    "outturn of three lines": lambda: outturn_picture(draws(planned_surplus_gbp=D(5_200_000))),
    **{f"curve of {name}": lambda kind=kind, terms=terms: curve_picture(mechanism_of(kind, terms))
       for name, (kind, terms) in MECHANISMS.items()},
    **{f"curve of a contract by {name}": lambda kind=kind, terms=terms: curve_picture(
        mechanism_of(kind, terms), contract_year(mechanism_of(kind, terms), 40_000_000))
       for name, (kind, terms) in MECHANISMS.items()},
    "curve of twelve months": lambda: curve_picture(capped(), contract_year(known=12)),
    "curve without a plan": lambda: curve_picture(replace(capped(), planned_gbp=ZERO)),
    "hostile curve": lambda: curve_picture(replace(capped(), stated=Stated(name=HOSTILE))),
    "mechanisms": lambda: mechanisms_picture(spreads()),
    "no mechanism": lambda: mechanisms_picture([]),
    "one mechanism": lambda: mechanisms_picture(spreads(1)),
    "thirty mechanisms": lambda: mechanisms_picture(spreads(30)),
    "mechanisms alike": lambda: mechanisms_picture([spreads(1)[0]] * 2),
    "hostile mechanisms": lambda: mechanisms_picture([replace(one, mechanism=HOSTILE) for one in spreads()]),
    "contract months": lambda: contract_months_picture(contract_year()),
    "contract without months": lambda: contract_months_picture(contract_year(known=0)),
    "contract of a whole year": lambda: contract_months_picture(contract_year(known=12)),
    "peers": lambda: peers_picture(benchmark()),
    "peers over years": lambda: peers_picture(
        benchmark(trend=(("2015/16", D("43.1"), D("41.2")), ("2016/17", D("44.9"), D("42.7"))))),
    "no peers": lambda: peers_picture(benchmark(0, opportunities=())),
    "fifty peers": lambda: peers_picture(benchmark(50)),
    "peers without intervals": lambda: peers_picture(benchmark(peers=tuple(
        replace(one, low=None, high=None, shrunk=None, distance=None) for one in benchmark().peers))),
    "hostile peers": lambda: peers_picture(
        replace(benchmark(), measure=HOSTILE, own=replace(benchmark().own, name=HOSTILE))),
    "funnel of peers": lambda: peer_funnel_picture(with_errors(benchmark())),
    "funnel of fifty peers": lambda: peer_funnel_picture(with_errors(benchmark(50))),
    "funnel of none but the own": lambda: peer_funnel_picture(with_errors(benchmark(0, opportunities=()))),
    "hostile funnel": lambda: peer_funnel_picture(with_errors(
        replace(benchmark(), measure=HOSTILE, own=replace(benchmark().own, name=HOSTILE)))),
    "opportunity": lambda: opportunity_picture(benchmark()),
    "no opportunity": lambda: opportunity_picture(benchmark(opportunities=())),
    "opportunity of events": lambda: opportunity_picture(benchmark(), money=False),
    "opportunity without chance": lambda: opportunity_picture(benchmark(opportunities=tuple(
        replace(one, chance=None, adjusted=None, low=None, high=None, real=None)
        for one in benchmark().opportunities))),
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


def views(spec: Any) -> list[dict[str, Any]]:
    return spec.get("concat", [spec])


def layers(spec: Any, mark: str) -> Iterator[dict[str, Any]]:
    return (layer for view in views(spec) for layer in view["layer"] if layer["mark"]["type"] == mark)


def words(spec: Any) -> list[str]:
    """Every text that is drawn, whether a mark or a row of data has it."""
    found = []
    for layer in layers(spec, "text"):
        own = layer["mark"]
        found += [own["text"]] if "text" in own else [row["text"] for row in layer["data"]["values"]]
    return found


def numbers(part: Any) -> Iterator[Any]:
    if isinstance(part, dict):
        for value in part.values():
            yield from numbers(value)
    elif isinstance(part, (list, tuple)):
        for value in part:
            yield from numbers(value)
    else:
        yield part


def test_every_specification_holds_to_the_schema_and_has_no_nan_and_no_decimal(drawn: Picture) -> None:
    assert not any(isinstance(value, Decimal) for value in numbers(dict(drawn.spec)))
    assert not any(isinstance(value, float) and not math.isfinite(value) for value in numbers(dict(drawn.spec)))
    text = json.dumps(dict(drawn.spec), allow_nan=False)
    read = altair.Chart.from_dict(slim(json.loads(text)))
    assert read["description"] == drawn.alt


def test_every_picture_is_drawn_as_inert_well_formed_svg(drawn: Picture) -> None:
    text = svg(drawn.spec)
    names = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(text).iter()}
    assert not names & {"script", "foreignObject", "image", "a", "use"}
    assert "http" not in text.replace("http://www.w3.org/", "")
    assert not any(word in text for word in ("NaN", "undefined", "Infinity"))


def test_every_picture_says_itself_in_words(drawn: Picture) -> None:
    every = [drawn.finding, drawn.alt, drawn.table.caption, *(cell for row in drawn.table.rows for cell in row)]
    assert drawn.finding
    assert drawn.finding.endswith(".")
    assert drawn.finding in drawn.alt
    assert drawn.finding in " ".join(drawn.spec["title"]["subtitle"])
    assert not any("\u202e" in text or "\x00" in text or " nan" in text.lower() or "None" in text for text in every)
    assert not any("-£" in text or "£-" in text or "..." in text for text in every)
    assert all(len(row) == len(drawn.table.headers) for row in drawn.table.rows)
    assert len(set(drawn.table.headers)) == len(drawn.table.headers)


def test_fonts_end_generic_and_no_view_is_higher_than_a_page_can_show(drawn: Picture) -> None:
    assert drawn.spec["config"]["font"].endswith("sans-serif")
    assert all(view["height"] <= 1_400 for view in views(drawn.spec))


def test_steps_that_add_are_solid_and_those_that_take_away_hatched() -> None:
    spec = waterfall_picture(bridge_of(2_000_000, -1_000_000)).spec
    boxes = list(layers(spec, "rect"))
    solid = [layer for layer in boxes if "color" in layer["mark"]]
    hatched = [layer for layer in boxes if layer["mark"].get("fill") == "white"]
    assert sum(len(layer["data"]["values"]) for layer in solid) == 3
    assert [len(layer["data"]["values"]) for layer in hatched] == [1]
    assert {"+£2.0m", "−£1.0m", "£10.0m", "£11.0m"} <= set(words(spec))


def test_a_waterfall_floats_from_the_running_sum_and_totals_stand_on_the_ground() -> None:
    spec = waterfall_picture(bridge_of(-4_000_000, first=10_000_000)).spec
    totals = next(layer for layer in layers(spec, "rect") if layer["mark"].get("color") == "#425563")["data"]["values"]
    floating = next(layer for layer in layers(spec, "rect") if layer["mark"].get("fill") == "white")["data"]["values"][
        0
    ]
    assert totals[0]["x"] == totals[1]["x"]
    assert floating["x2"] == pytest.approx(totals[0]["x2"])
    assert floating["x"] == pytest.approx(totals[1]["x2"])


@pytest.mark.parametrize("steps", [1, 3, 20, 60])
def test_the_table_of_a_waterfall_is_exact_and_has_every_step(steps: int) -> None:
    amounts = [(-1) ** at * (at + 1) * 1_337 for at in range(steps)]
    table = waterfall_picture(bridge_of(*amounts)).table
    printed = [Decimal(row[2].replace("£", "").replace(",", "").replace("−", "-")) for row in table.rows]
    assert printed[1:-1] == [D(gbp) for gbp in amounts]
    assert sum(printed[:-1]) == printed[-1]


def test_pooled_steps_leave_the_total_where_it_was() -> None:
    amounts = [(-1) ** at * (at + 1) * 13_000 for at in range(60)]
    spec = waterfall_picture(bridge_of(*amounts)).spec
    assert "43 smaller steps" in words(spec)


def test_what_does_not_add_up_is_said() -> None:
    assert "Steps and totals are £1 apart." in PICTURES["waterfall that does not add up"]().finding


def test_a_rule_is_told_by_shape_as_well_as_by_colour() -> None:
    spec = rules_picture(rules()).spec
    shapes = {(layer["mark"]["shape"], layer["mark"].get("filled", False)) for layer in layers(spec, "point")}
    assert shapes == {("circle", True), ("triangle-down", True), ("diamond", False)}
    assert "Met only when rounded: 0.927%, £339k short" in words(spec)
    assert "Not known" in words(spec)


def test_a_rating_is_a_letter_in_a_shape_of_its_own() -> None:
    spec = schemes_picture(scheme_book()).spec
    shapes = {layer["mark"]["shape"] for layer in layers(spec, "point") if layer["mark"]["size"] == 300}
    assert shapes == {"circle", "square", "diamond"}
    assert {"R", "A", "G"} <= set(words(spec))


def test_a_mitigation_that_is_not_counted_has_an_empty_box_and_says_so() -> None:
    spec = risks_picture(risks()).spec
    assert "£2.3m, not counted (the forecast uses it)" in words(spec)
    filled = [row for layer in layers(spec, "rect") for row in layer["data"]["values"] if "Contingency" in row["tip"]]
    assert len(filled) == 1


def test_draws_that_meet_the_control_total_are_told_from_those_that_miss_it() -> None:
    spec = outturn_picture(draws()).spec
    boxes = list(layers(spec, "rect"))
    met = next(layer for layer in boxes if layer["mark"]["fill"] != "white")["data"]["values"]
    missed = next(layer for layer in boxes if layer["mark"]["fill"] == "white")["data"]["values"]
    assert max(row["x2"] for row in missed) == pytest.approx(min(row["x"] for row in met))
    assert "Control total and plan £5.3m" in words(spec)


def test_a_curve_bends_at_its_thresholds_and_shows_who_bears_what() -> None:
    spec = curve_picture(capped(), contract_year()).spec
    drawn_words = words(spec)
    assert {"Commissioner bears", "£174.4m", "£181.6m", "£0.30", "£1"} <= set(drawn_words)
    assert {"Plan £178.0m", "Forecast £182.1m"} <= set(drawn_words)
    curve = next(layer for layer in layers(spec, "rule") if layer["mark"].get("strokeWidth") == 3)["data"]["values"]
    assert len(curve) == 3
    assert all(
        (one["x2"], one["y2"]) == (pytest.approx(other["x"]), pytest.approx(other["y"]))
        for one, other in itertools.pairwise(curve)
    )


def test_illustrative_figures_are_marked_in_the_picture_and_its_alternative() -> None:
    marked = [
        waterfall_picture(bridge_of(1, illustrative=True)), position_months_picture(position(illustrative=True)),
        groups_picture(position(illustrative=True)), rules_picture([result("0.011", illustrative=True)]),
        schemes_picture(scheme_book(illustrative=True)), risks_picture(risks(illustrative=True)),
        tornado_picture(draws(illustrative=True)), outturn_picture(draws(illustrative=True)),
        curve_picture(capped(), contract_year(illustrative=True)), mechanisms_picture(spreads(), illustrative=True),
        contract_months_picture(contract_year(illustrative=True)), peers_picture(benchmark(illustrative=True)),
        opportunity_picture(benchmark(illustrative=True)),
        peer_funnel_picture(with_errors(benchmark(illustrative=True))),
    ]  # fmt: skip
    for picture in marked:
        assert ILLUSTRATIVE in picture.alt
        assert ILLUSTRATIVE in " ".join(picture.spec["title"]["subtitle"])
    assert ILLUSTRATIVE not in waterfall_picture(surplus_bridge()).alt


RESULTS: dict[str, Any] = {
    "bridge": surplus_bridge, "position": position, "scheme book": scheme_book, "scheme": scheme, "risks": risks,
    "draws": draws, "mechanism": capped, "contract": contract_year, "benchmark": lambda: with_errors(benchmark()),
}  # fmt: skip
KINDS = (Bridge, Position, SchemeBook, SchemeYear, RiskPosition, RiskDraws, ContractYear, Benchmark, type(capped()))
OF_SEVERAL = {"finance-rules", "finance-mechanisms"}


@pytest.mark.parametrize("make", RESULTS.values(), ids=RESULTS)
def test_a_notebook_sees_each_picture_of_a_result(make: Any) -> None:
    one = make()
    shown = one._repr_mimebundle_()
    assert shown["text/plain"] == one.picture().finding
    assert shown["application/vnd.vegalite.v6+json"] == dict(one.picture().spec)
    assert all(one.picture(kind).finding for kind in one.drawings)


def test_every_kind_that_a_result_names_is_installed_and_every_installed_one_is_named() -> None:
    wanted = {f"finance-{kind}" for each in KINDS for kind in each.drawings} | OF_SEVERAL
    found = {point.name for point in entry_points(group="trigpoint.pictures") if point.name.startswith("finance-")}
    assert found == wanted


def test_finance_knows_no_charts() -> None:
    program = (
        "import sys, trigpoint.finance.position.result, trigpoint.finance.contracts.result; "
        "print([name for name in sys.modules if name.startswith('trigpoint.charts')])"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
