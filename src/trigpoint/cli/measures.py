"""`trigpoint measures`: where each measure stands, and whether its printed targets follow their rule."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from trigpoint.measures.standing import SeriesStanding
    from trigpoint.measures.trajectories import Reproduction
    from trigpoint.plans.model import IndicatorTable, Plan


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("measures", short_help="Say where each measure stands against its target.")(measures)


def measures(
    workspace: Annotated[Path, typer.Argument(help="Folder of the plan.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Say of each measure where it stands against its target, and whether its printed targets follow their rule.

    Exit code 1 when a printed target differs from its rule.

    Example:

    \b
    trigpoint measures examples/dudley-2017-19
    """
    from trigpoint.measures.standing import standings
    from trigpoint.measures.trajectories import reproduce
    from trigpoint.plans.workspace import read_plan

    plan: Plan = read_plan(workspace)
    told = [(table, reproduce(table, plan.trajectories), standings(table)) for table in plan.indicators]
    if as_json:
        import json

        typer.echo(json.dumps({"measures": [_data(*each) for each in told]}, ensure_ascii=False, indent=1))
    else:
        _print(told)
    if any(not tried.agrees for _, tried, _ in told):
        raise typer.Exit(1)


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


def _print(told: list[tuple[IndicatorTable, Reproduction, tuple[SeriesStanding, ...]]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from trigpoint.wording import capital

    console = Console()
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
    if not told:
        console.print("The plan prints no table of targets and actuals.")
