"""`trigpoint finance template` and `read`: an Excel workbook to fill in, and its rows into a workspace."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from trigpoint.cli.activity_options import AsJson, check_files
from trigpoint.cli.returned_workbook import tell_changes, workbook_bytes
from trigpoint.errors import InputError


def template(
    workspace: Annotated[Path | None, typer.Argument(help="A plan whose finance is put in; else an empty one.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The workbook to write, .xlsx.")] = None,
) -> None:
    """Write an Excel workbook for every table of finance, with notes and lists of what can be chosen.

    `trigpoint finance read` takes it back, and names every mistake by its sheet and cell.

    Examples:

    \b
    trigpoint finance template -o finance.xlsx
    trigpoint finance template my-plan -o finance.xlsx
    """
    if output is None:
        raise InputError("no file to write was given", remedy="add -o finance.xlsx")
    check_files({"-o": (output, (".xlsx",))})
    from trigpoint.cli.activity_output import write_file
    from trigpoint.cli.finance_reading import finance_of
    from trigpoint.finance.book.template import template_workbook

    finance = finance_of(workspace) if workspace is not None else None
    write_file(output, template_workbook(finance.book if finance is not None else None))
    if finance is not None:
        finance.done()


def read(
    file: Annotated[Path, typer.Argument(help="The workbook that was filled in, .xlsx.", show_default=False)],
    into: Annotated[
        Path | None, typer.Option("--to", "--into", help="Folder of the plan that it is read into.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read a filled-in workbook into the folder finance of a plan, and say what changes.

    Every mistake is named by its sheet and cell, all at once, and nothing is written while there is one (exit code 1).
    Otherwise all files are written together: each table of the workbook takes the place of the whole file, so that a
    row that is no longer in it is gone, as the changes say; files that the workbook says nothing of stay as they are.
    Without --to it says what it holds.

    Examples:

    \b
    trigpoint finance read finance.xlsx
    trigpoint finance read finance.xlsx --to my-plan
    """
    from trigpoint.cli.measures_reading import tell_problems
    from trigpoint.finance.book.tables import FOLDER
    from trigpoint.finance.book.template_reading import read_template
    from trigpoint.reports.changes import changes_between
    from trigpoint.staging import write_together

    if into is not None and not into.is_dir():
        raise InputError("there is no such folder", where=str(into), remedy="make it first, or give that of a plan")
    found = read_template(workbook_bytes(file), file.name)
    changes = changes_between(_texts(into) if into is not None else {}, found.texts)
    write = into is not None and not found.problems and bool(found.texts)
    if write and into is not None:
        write_together(into / FOLDER, found.texts)
    problems = [str(one) for one in found.problems]
    notes = [str(one) for one in found.notes]
    tell_changes(changes, written=write, as_json=as_json, problems=problems, notes=notes)
    tell_problems(dict.fromkeys([*problems, *notes]))
    if problems:
        if into is not None:
            sys.stderr.write("Nothing was written; correct these cells and read it again.\n")
        raise typer.Exit(1)


def _texts(into: Path) -> dict[str, str]:
    from trigpoint.finance.book.reading import folder_texts

    return dict(folder_texts(into))
