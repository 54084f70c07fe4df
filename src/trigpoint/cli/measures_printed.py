"""The printed tables of a plan on the terminal: where each stands, and whether it follows its rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from trigpoint.measures.standing import SeriesStanding
    from trigpoint.measures.trajectories import Reproduction
    from trigpoint.plans.model import IndicatorTable, Plan

    Printed = list[tuple[IndicatorTable, Reproduction, tuple[SeriesStanding, ...]]]


def printed_tables(plan: Plan) -> Printed:
    """Every printed table with its rules tried on it and the standing of its series."""
    from trigpoint.measures.standing import standings
    from trigpoint.measures.trajectories import reproduce

    return [(table, reproduce(table, plan.trajectories), standings(table)) for table in plan.indicators]


def printed_data(told: Printed) -> list[dict[str, Any]]:
    """The printed tables as JSON has them."""
    return [_data(*each) for each in told]


def _data(table: IndicatorTable, tried: Reproduction, found: tuple[SeriesStanding, ...]) -> dict[str, Any]:
    return {
        "id": table.id,
        "title": table.title,
        "standings": [
            {
                "area": each.pair.area,
                "series": each.pair.name,
                "result": each.standing.judgement.value,
                "period": each.standing.period,
                "finding": each.standing.finding,
            }
            for each in found
        ],
        "trajectories": [
            {
                "area": series.area,
                "series": series.series,
                "rule": series.rule,
                "agrees": series.agrees,
                "finding": series.sentence,
                "cells": [
                    {
                        "period": cell.period,
                        "printed": str(cell.printed),
                        "computed": str(cell.computed),
                        "exact": str(cell.exact),
                    }
                    for cell in series.cells
                ],
            }
            for series in tried.series
        ],
    }


def print_printed(told: Printed, console: Console) -> None:
    """Print the tables one after another."""
    from rich.table import Table
    from rich.text import Text

    from trigpoint.wording import capital

    for table, tried, found in told:
        grid = Table(title=Text(table.title), title_justify="left", caption_justify="left")
        for header in ("Series", "Result", "Latest"):
            grid.add_column(header)
        for each in found:
            grid.add_row(Text(each.pair.label), Text(each.standing.judgement.value), Text(each.standing.finding))
        if tried.series:
            grid.caption = Text(capital(tried.sentence.removeprefix(f"{table.title}: ")))
        console.print(grid)
        for series in tried.series:
            if not series.agrees:
                console.print(Text(series.sentence))
