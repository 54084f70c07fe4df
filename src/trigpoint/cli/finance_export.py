"""`trigpoint finance export`: the plan's money as a workbook with live formulas, or as a section in Word or HTML."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from trigpoint.cli.activity_options import Draws, Seed, check_files, check_numbers
from trigpoint.cli.finance_reading import Workspace, finance_of
from trigpoint.errors import InputError

SUFFIXES = (".xlsx", ".docx", ".html")


def export(
    workspace: Workspace,
    output: Annotated[
        list[Path] | None, typer.Option("--output", "-o", help="File to write: .xlsx, .docx or .html; repeatable.")
    ] = None,
    at: Annotated[
        str, typer.Option("--at", help="Date on the paper, as 2017-03-31; else the plan's, else today.")
    ] = "",
    draws: Draws = None,
    seed: Seed = None,
) -> None:
    """Write what the plan's money comes to: Excel with formulas that a finance lead can follow, Word, or HTML.

    In the workbook each computed cell is a live formula of the input cells, with the value computed here stored in it;
    beside it stand our value and whether the formula agrees. Exit code 1 when something was left out; the file says
    what.

    Examples:

    \b
    trigpoint finance export examples/dudley-2017-19 -o finance.xlsx
    trigpoint finance export examples/dudley-2017-19 -o finance.docx --at 2017-03-31
    """
    if not output:
        raise InputError("no file to write was given", remedy="add -o finance.xlsx, or a .docx or .html")
    check_files({f"-o {path}": (path, SUFFIXES) for path in output})
    check_numbers(draws=draws, seed=seed)
    from trigpoint.cli.activity_output import write_file
    from trigpoint.reports.bearing import Bearing
    from trigpoint.reports.finance.files import export_bytes
    from trigpoint.reports.finance.gathered import gathered

    day = _day(at)
    finance = finance_of(workspace)
    title, organisation, dated = _plan(workspace, finance.book.settings.organisation)
    told = gathered(finance.book, draws=draws, seed=seed)
    finance.problems += told.problems
    bearing = Bearing(day or dated or _today(), organisation, title, tuple(dict.fromkeys(finance.problems)))
    for path in output:
        write_file(path, export_bytes(told, path.suffix.lower(), bearing))
    finance.done()


def _day(text: str) -> date | None:
    from trigpoint.periods.iso_day import iso_day

    return iso_day(text, where="--at") if text else None


def _today() -> date:
    from trigpoint.cli.clock import today

    return today()


def _plan(workspace: Path, organisation: str) -> tuple[str, str, date | None]:
    """Title, organisation and reporting date of the plan, where the folder has one."""
    from trigpoint.plans.workspace import read_plan
    from trigpoint.plans.workspace_files import PLAN_FILE

    if not (workspace / PLAN_FILE).exists():
        return "Financial plan", organisation, None
    plan = read_plan(workspace)
    return f"Financial plan: {plan.title}", plan.organisation or organisation, plan.as_at
