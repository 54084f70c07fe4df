"""`trigpoint finance peers`: what an organisation would spend or do at its peers' rate, with honest uncertainty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.cli.activity_options import AsJson, Chart, Csv
from trigpoint.cli.finance_reading import (
    Workspace,
    check_outputs,
    draw_to,
    finance_of,
    of_kinds,
    print_exact,
    print_tables,
    write_rows,
)
from trigpoint.errors import InputError

if TYPE_CHECKING:
    from trigpoint.charts.picture import Picture
    from trigpoint.finance.peers.result import Benchmark

PICTURES = ("peers", "opportunity", "funnel")


def peers(
    workspace: Workspace,
    measure: Annotated[
        list[str] | None, typer.Option("--measure", help="Only this measure; may be given again.")
    ] = None,
    csv: Csv = None,
    chart: Chart = None,
    picture: Annotated[str, typer.Option("--picture", help="What --chart draws: peers, opportunity or funnel.")] = "",
    as_json: AsJson = False,
) -> None:
    """Compare with the most similar organisations: rates with intervals, and the opportunity less what chance shows.

    The opportunity is max(0, own rate − comparator) × population against the mean of the peers and the mean of the best
    five. Organisations that are all alike show one too: the gap expected by chance is subtracted, and an opportunity is
    real where its interval excludes none. A picture is of one measure, the first where --measure names none.

    Examples:

    \b
    trigpoint finance peers examples/dudley-2017-19
    trigpoint finance peers examples/dudley-2017-19 --picture opportunity --chart opportunity.svg
    """
    check_outputs(csv, chart)
    kind = of_kinds(picture, PICTURES)
    from trigpoint.finance.peers.comparison import benchmark
    from trigpoint.finance.peers.rows import measures_of
    from trigpoint.reports.finance.answer import benchmark_answer

    finance = finance_of(workspace)
    there = measures_of(finance.book)
    wanted = _named(there, measure or [])
    found = finance.each(wanted, lambda one: benchmark(finance.book, one))
    finance.nothing(found, "there are no rates of peers in this plan", "add rows to finance/peers.csv")
    if as_json:
        print_exact([benchmark_answer(one) for one in found])
    else:
        _print(found)
    if csv is not None:
        write_rows(csv, _rows(found))
    draw_to(chart, lambda: _picture(found[0], kind))
    finance.notes += [f"{one.measure}: {remark}" for one in found for remark in one.remarks]
    finance.done()


def _named(there: tuple[str, ...], asked: list[str]) -> tuple[str, ...]:
    from trigpoint.wording import listed

    known = {one.casefold(): one for one in there}
    for name in asked:
        if name.strip().casefold() not in known:
            remedy = f"there are {listed(list(there))}" if there else "finance/peers.csv has none"
            raise InputError(f"there is no measure “{name}”", remedy=remedy)
    return tuple(known[name.strip().casefold()] for name in asked) or there


def _print(found: list[Benchmark]) -> None:
    from trigpoint.reports.finance import contract_tables as tables

    for one in found:
        sentences = [each.sentence for each in one.opportunities if each.sentence]
        shown = (tables.peers_table(one), tables.opportunities_table(one), tables.trend_table(one))
        print_tables([each for each in shown if each.rows], sentences)


def _rows(found: list[Benchmark]) -> list[dict[str, object]]:
    return [
        {
            "measure": one.measure,
            "organisation": peer.organisation,
            "name": peer.name,
            "rate": peer.rate,
            "low": peer.low,
            "high": peer.high,
            "shrunk": peer.shrunk,
            "distance": peer.distance,
            "best": peer.best,
            "own": peer is one.own,
        }
        for one in found
        for peer in (one.own, *one.peers)
    ]


def _picture(found: Benchmark, kind: str) -> Picture:
    from trigpoint.charts.finance import peers as drawing

    if kind == "funnel":
        from trigpoint.charts.finance.peer_funnel import peer_funnel_picture

        return peer_funnel_picture(found)
    return drawing.opportunity_picture(found) if kind == "opportunity" else drawing.peers_picture(found)
