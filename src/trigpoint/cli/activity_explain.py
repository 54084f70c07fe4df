"""`trigpoint activity explain`: one number of the run, traced to cells, factors, assumptions and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from trigpoint.cli.activity_options import (
    AsJson,
    Csv,
    Draws,
    Providers,
    ScenarioName,
    Seed,
    Workspace,
    check_files,
    check_numbers,
)
from trigpoint.errors import InputError

if TYPE_CHECKING:
    from trigpoint.periods import FinancialYear, Month


def explain(
    workspace: Workspace,
    pod: Annotated[str, typer.Option("--pod", help="Of which point of delivery, by code or name.")],
    at: Annotated[
        str, typer.Option("--at", help="A month of the plan, as 2018-03, or a year, as 2017/18; else its last year.")
    ] = "",
    provider: Providers = None,
    scenario: ScenarioName = "",
    draws: Draws = None,
    seed: Seed = None,
    csv: Csv = None,
    as_json: AsJson = False,
) -> None:
    """Say where one number comes from: outturn × month, every growth and scheme in it, and the cells that it sums.

    Each step has its value as entered, what share of the activity it reaches, how much of it there is by then, what it
    changes, and its source, author and row of its file. The steps add up to do something of the same run.

    Examples:

    \b
    trigpoint activity explain examples/dudley-2017-19 --pod Non-elective --provider RNA
    trigpoint activity explain examples/dudley-2017-19 --pod "A&E" --at 2018-12 --json
    """
    check_numbers(draws=draws, seed=seed)
    check_files({"--csv": (csv, (".csv",))})
    from trigpoint.activity.simulation.tracing import traced
    from trigpoint.cli.activity_output import print_answer, write_file
    from trigpoint.cli.activity_reading import book_of, problems_told, scenario_of
    from trigpoint.reports.activity import trace as paper
    from trigpoint.reports.activity.choice import pods_named, providers_named
    from trigpoint.reports.activity.tidy import csv_bytes

    book, problems = book_of(workspace)
    if not book.settings.years:
        raise InputError("there are no plan years", where="settings.toml", remedy='add years = ["2017/18"]')
    period = _period(at) or book.settings.years[-1]
    (code,), providers = pods_named(book, [pod]), providers_named(book, provider or ())
    chosen = scenario_of(book, scenario)
    found = [
        one
        for name in providers or ("",)
        for one in traced(book, code, period, provider=name, scenario=chosen, draws=draws, seed=seed)
    ]
    print_answer(
        lambda: [paper.trace_answer(book, one) for one in found],
        lambda: [
            table
            for one in found
            for table in (paper.trace_table(book, one), *([paper.cells_table(one)] if len(one.cells) > 1 else ()))
        ],
        list,
        as_json=as_json,
    )
    if csv is not None:
        answers = [paper.trace_answer(book, one) for one in found]
        write_file(csv, csv_bytes(_flat(one, step) for one in answers for step in one["steps"]))
    if problems_told(problems):
        raise typer.Exit(1)


def _flat(trace: dict[str, Any], step: dict[str, Any]) -> dict[str, Any]:
    return {name: trace[name] for name in ("provider", "pod", "period")} | step


def _period(text: str) -> Month | FinancialYear | None:
    if not text:
        return None
    from trigpoint.periods import FinancialYear, Month, parse_period

    try:
        found = parse_period(text)
    except (InputError, ValueError):
        found = None
    if not isinstance(found, Month | FinancialYear):
        raise InputError(f"--at “{text}” is no month or financial year", remedy="write it as 2018-03 or 2017/18")
    return found
