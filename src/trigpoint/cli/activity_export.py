"""`trigpoint activity export`: a run as a workbook in the shape of the national return, a paper, a page or a table."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from trigpoint.cli.activity_options import Draws, ScenarioName, Seed, Workers, Workspace, check_files, check_numbers
from trigpoint.cli.activity_published import Base, Growth, Months, Org, PublishedAsked, book_asked
from trigpoint.errors import InputError

SUFFIXES = (".xlsx", ".docx", ".html", ".csv")


def export(
    workspace: Workspace,
    output: Annotated[
        list[Path] | None,
        typer.Option("--output", "-o", help="File to write: .xlsx, .docx, .html or .csv; repeatable."),
    ] = None,
    scenario: ScenarioName = "",
    at: Annotated[
        str, typer.Option("--at", help="Date on the paper, as 2017-03-31; else the plan's, else today.")
    ] = "",
    draws: Draws = None,
    seed: Seed = None,
    workers: Workers = 1,
    org: Org = None,
    growth: Growth = None,
    months: Months = None,
    base: Base = "",
) -> None:
    """Run the model and write what it says: Excel in the shape of the national return, Word, HTML, or CSV.

    The workbook has a sheet a provider and one in total (lines × months of every plan year), the trajectories with
    intervals, bridge and schemes with live formulas, the assumptions with source and author, and what was left out.
    Exit code 1 when something was left out; the file says what.

    Examples:

    \b
    trigpoint activity export examples/dudley-2017-19 -o activity.xlsx
    trigpoint activity export examples/dudley-2017-19 -o section.docx -o months.csv --at 2017-03-31
    """
    if not output:
        raise InputError("no file to write was given", remedy="add -o activity.xlsx, or a .docx, .html or .csv")
    check_files({f"-o {path}": (path, SUFFIXES) for path in output})
    check_numbers(draws=draws, seed=seed, workers=workers)
    from trigpoint.cli.activity_output import write_file
    from trigpoint.cli.activity_reading import Asked, problems_told, remarks_of, run_of, scenario_of
    from trigpoint.reports.activity.answer import is_incomplete
    from trigpoint.reports.activity.files import export_bytes
    from trigpoint.reports.bearing import Bearing

    day = _day(at)
    published = PublishedAsked(tuple(org or ()), tuple(growth or ()), months, base)
    book, problems = book_asked(workspace, published)
    chosen = scenario_of(book, scenario)
    title, organisation, dated = _plan(workspace)
    made = run_of(book, chosen, Asked(draws, seed, workers), problems)
    remarks = remarks_of(workspace, book)
    bearing = Bearing(day or dated or _today(), organisation, title, tuple(str(one) for one in (*problems, *remarks)))
    for path in output:
        write_file(path, export_bytes(made, path.suffix, bearing))
    problems_told(problems, made.warnings, remarks)
    if problems or is_incomplete(made):
        raise typer.Exit(1)


def _day(text: str) -> date | None:
    from trigpoint.periods.iso_day import iso_day

    return iso_day(text, where="--at") if text else None


def _today() -> date:
    from trigpoint.cli.clock import today

    return today()


def _plan(workspace: Path) -> tuple[str, str, date | None]:
    """Title, organisation and reporting date of the plan, where the folder has one."""
    from trigpoint.plans.workspace import read_plan
    from trigpoint.plans.workspace_files import PLAN_FILE

    if not (workspace / PLAN_FILE).exists():
        return "Activity plan", "", None
    plan = read_plan(workspace)
    return f"Activity plan: {plan.title}", plan.organisation, plan.as_at
