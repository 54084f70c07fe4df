"""`trigpoint report`: the paper of one committee as a Word document or a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.characters import on_one_line
from trigpoint.errors import InputError

if TYPE_CHECKING:
    from trigpoint.activity.results.run import ActivityRun
    from trigpoint.measures.book.book import MeasureBook
    from trigpoint.plans.workspace import Workspace
    from trigpoint.reports.finance.gathered import Gathered


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("report", short_help="Write the paper of a committee, as Word or HTML.")(report)


def report(
    workspace: Annotated[Path, typer.Argument(help="Folder of the plan.", show_default=False)],
    committee: Annotated[
        str, typer.Option("--committee", help="Name of the committee; leave it out for a paper on the whole plan.")
    ] = "",
    at: Annotated[
        str,
        typer.Option("--at", help="Date of the paper, as 2017-11-30 (else the plan's reporting date, else today)."),
    ] = "",
    output: Annotated[
        list[Path] | None, typer.Option("--output", "-o", help="File to write, .docx or .html; may be given twice.")
    ] = None,
    list_committees: Annotated[
        bool, typer.Option("--list-committees", help="Print the committees that the plan names, and stop.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the list of committees as JSON.")] = False,
) -> None:
    """Write the paper of one committee at a date: what is overdue, due and done, measures and findings.

    Where the workspace has figures (measurement/), those known at the date are in it: a table of the committee's
    measures, one picture, and the chart of each that misses its target or shows special cause of concern. Where it
    has activity (activity/), its years, bridges, schemes and assumptions are in it; where it has finance (finance/),
    position, business rules, schemes, risks and contracts are.

    Example:

    \b
    trigpoint report examples/dudley-2017-19 --committee "A&E Delivery Board" --at 2017-11-30 -o paper.docx
    """
    from trigpoint.plans.workspace import read_workspace

    if list_committees:
        _print_committees(read_workspace(workspace).plan.committees, as_json=as_json)
        return
    outputs = _checked(output or [])
    day = _day(at)
    space = read_workspace(workspace)
    _write(
        space, _figures(workspace, space), Models(_activity(workspace), _finance(workspace)), committee, day, outputs
    )


def _print_committees(committees: tuple[str, ...], *, as_json: bool) -> None:
    if as_json:
        import json

        typer.echo(json.dumps({"committees": list(committees)}, ensure_ascii=False, indent=1))
    else:
        typer.echo("\n".join(committees) or "The plan names no committee.")


def _checked(outputs: list[Path]) -> list[Path]:
    """The files to write, looked at before any work is done for them."""
    from trigpoint.reports.render.file import SUFFIXES

    if not outputs:
        raise InputError("no file to write was given", remedy="add -o paper.docx or -o paper.html")
    for path in outputs:
        if path.suffix.lower() not in SUFFIXES:
            what = f"“{path.suffix}” is no kind of paper" if path.suffix else "the file's name has no ending"
            raise InputError(what, where=str(path), remedy="end the name in .docx or .html")
        if path.is_dir():
            raise InputError("this is a folder", where=str(path), remedy="give the name of a file")
        if not path.parent.is_dir():
            raise InputError("its folder does not exist", where=str(path), remedy=f"make {path.parent} first")
    return outputs


def _day(text: str) -> date | None:
    from trigpoint.periods.iso_day import iso_day

    return iso_day(text, where="--at") if text else None


def _figures(folder: Path, space: Workspace) -> MeasureBook:
    """The figures of the workspace, published ones too; what is wrong with them is told and left out."""
    from trigpoint.measures.book.reading import read_book
    from trigpoint.measures.published import has_published

    reading = read_book(folder, places=space.register())
    for problem in reading.problems:
        typer.echo(on_one_line(str(problem)), err=True)
    if not has_published(folder):
        return reading.book
    from trigpoint.measures.published.reading import completed

    return completed(folder, reading.book)


def _activity(folder: Path) -> ActivityRun | None:
    """The run of the activity model, where the workspace has one; what is wrong with it is told and left out."""
    if not (folder / "activity").is_dir():
        return None
    from trigpoint.activity.book.reading import read_activity
    from trigpoint.activity.simulation.run import run_model
    from trigpoint.cli.activity_reading import problems_told

    reading = read_activity(folder)
    if reading.book is None:
        problems_told(reading.problems)
        return None
    try:
        run = run_model(reading.book)
    except InputError as error:
        problems_told(reading.problems, [error])
        return None
    problems_told(reading.problems, run.warnings)
    return run


def _finance(folder: Path) -> Gathered | None:
    """What is answered of the finance of the workspace, where it has some; what is wrong with it is told."""
    if not (folder / "finance").is_dir():
        return None
    from trigpoint.cli.activity_reading import problems_told
    from trigpoint.finance.book.reading import read_finance
    from trigpoint.reports.finance.gathered import gathered

    reading = read_finance(folder)
    if reading.book is None:
        problems_told(reading.problems)
        return None
    made = gathered(reading.book)
    problems_told(reading.problems)
    for problem in made.problems:
        typer.echo(on_one_line(problem), err=True)
    return made


@dataclass(frozen=True, slots=True)
class Models:
    """What the models of the workspace say, where it has them."""

    activity: ActivityRun | None
    finance: Gathered | None


def _write(
    workspace: Workspace, book: MeasureBook, models: Models, committee: str, day: date | None, outputs: list[Path]
) -> None:
    from rich.console import Console
    from rich.progress import Progress

    from trigpoint.checks import check_workspace
    from trigpoint.cli.clock import today
    from trigpoint.periods.labels import long_date
    from trigpoint.reports.committee import WHOLE_PLAN, committee_named
    from trigpoint.reports.paper import committee_paper
    from trigpoint.reports.render.file import paper_bytes
    from trigpoint.staging import write_whole

    plan = workspace.plan
    name = committee_named(plan, committee) if committee else ""
    at = day or plan.as_at or today()
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Checking the plan", total=2 + len(outputs))
        findings = check_workspace(workspace, today=at)
        progress.update(task, advance=1, description="Writing the paper")
        paper = committee_paper(
            plan, committee=name, at=at, findings=findings, book=book, activity=models.activity, finance=models.finance
        )
        progress.advance(task)
        rendered = []
        for path in outputs:
            progress.update(task, description="Drawing it")
            rendered.append((path, paper_bytes(paper, path.suffix)))
            progress.advance(task)
    for path, content in rendered:
        write_whole(path, content)
        typer.echo(on_one_line(f"Wrote {path}: {name or WHOLE_PLAN}, {long_date(at)}."))
