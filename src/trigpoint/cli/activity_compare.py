"""`trigpoint activity compare`: scenarios beside the plan as entered, draw by draw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.cli.activity_options import (
    AsJson,
    Chart,
    Csv,
    Draws,
    Seed,
    Workers,
    Workspace,
    check_chart,
    check_files,
    check_numbers,
)

if TYPE_CHECKING:
    from trigpoint.activity.results.comparison import Comparison
    from trigpoint.charts.picture import Picture


def compare(
    workspace: Workspace,
    scenarios: Annotated[
        list[str] | None, typer.Argument(help="Scenarios by id or name; all where none is given.")
    ] = None,
    draws: Draws = None,
    seed: Seed = None,
    workers: Workers = 1,
    csv: Csv = None,
    chart: Chart = None,
    as_json: AsJson = False,
) -> None:
    """Run the plan as entered and each scenario on the same draws, and say how far they are apart.

    The first column is the plan; each difference is taken draw by draw, so that what both share cancels. A scenario
    with a change that cannot be made is named and left out (exit code 1; 2 where none is left).

    Examples:

    \b
    trigpoint activity compare examples/dudley-2017-19
    trigpoint activity compare examples/dudley-2017-19 slow-start --chart compare.svg
    """
    check_numbers(draws=draws, seed=seed, workers=workers)
    check_chart(chart)
    check_files({"--csv": (csv, (".csv",))})
    from trigpoint.activity.simulation.compare import compare as compared
    from trigpoint.cli.activity_output import print_answer, write_asked
    from trigpoint.cli.activity_reading import Asked, book_of, problems_told, run_of, scenario_of
    from trigpoint.cli.activity_scenarios import faults_of, without_faults_of_scenarios
    from trigpoint.errors import InputError, InputErrors
    from trigpoint.reports.activity.answer import is_incomplete
    from trigpoint.reports.activity.comparison import comparison_answer, comparison_rows, comparison_tables

    book, found_wrong = book_of(workspace)
    named = [one for name in scenarios or () if (one := scenario_of(book, name)) is not None]
    chosen = list(dict.fromkeys(named or book.scenarios))
    if not chosen:
        raise InputError("the folder activity/scenarios has no scenario", remedy="add one, such as slow.toml")
    problems, faults = without_faults_of_scenarios(found_wrong)
    refused = faults_of(faults, chosen)
    whole = [one for one in chosen if one.id not in faults]
    if not whole:
        raise InputErrors((*problems, *refused))
    problems = (*problems, *refused)
    asked = Asked(draws, seed, workers)
    runs = [run_of(book, one, asked, problems) for one in (None, *whole)]
    found = compared(runs)
    print_answer(lambda: comparison_answer(found), lambda: comparison_tables(found), list, as_json=as_json)
    write_asked(csv, lambda: comparison_rows(found), chart, lambda: _picture(found))
    problems_told(problems, *(one.warnings for one in runs), found_wrong)
    if problems or any(map(is_incomplete, runs)):
        raise typer.Exit(1)


def _picture(found: Comparison) -> Picture:
    from trigpoint.charts.activity.comparison import comparison_picture

    return comparison_picture(found)
