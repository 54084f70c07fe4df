"""`trigpoint activity template` and `read`: an Excel workbook to fill in, and its rows into a workspace."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from trigpoint.cli.activity_options import AsJson, check_files
from trigpoint.cli.returned_workbook import tell_changes, workbook_bytes
from trigpoint.errors import InputError


def template(
    workspace: Annotated[
        Path | None, typer.Argument(help="A plan whose assumptions are put in; else an empty one.")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The workbook to write, .xlsx.")] = None,
) -> None:
    """Write an Excel workbook for totals, growth, schemes and the rest, with notes and lists of what can be chosen.

    `trigpoint activity read` takes it back, and names every mistake by its cell.

    Examples:

    \b
    trigpoint activity template -o activity.xlsx
    trigpoint activity template my-plan -o activity.xlsx
    """
    if output is None:
        raise InputError("no file to write was given", remedy="add -o activity.xlsx")
    check_files({"-o": (output, (".xlsx",))})
    from trigpoint.activity.book.template import template_workbook
    from trigpoint.cli.activity_output import write_file
    from trigpoint.cli.activity_reading import book_of, problems_told

    book, problems = book_of(workspace) if workspace is not None else (None, ())
    write_file(output, template_workbook(book))
    if problems_told(problems):
        raise typer.Exit(1)


def read(
    file: Annotated[Path, typer.Argument(help="The workbook that was filled in, .xlsx.", show_default=False)],
    into: Annotated[Path | None, typer.Option("--into", help="Folder of the plan that it is read into.")] = None,
    accept_good: Annotated[
        bool, typer.Option("--accept-good", help="Write the good rows although others are wrong.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Read a filled-in workbook into the folder activity of a plan, and say what changes.

    Every mistake is named by its cell. Nothing is written while there is one, unless --accept-good is given: then a row
    that is wrong leaves the one before it as it was. Files that the workbook says nothing of stay as they are. Without
    --into it says what it holds. Exit code 1 for mistakes.

    Examples:

    \b
    trigpoint activity read activity.xlsx --into my-plan
    trigpoint activity read activity.xlsx --into my-plan --accept-good
    """
    from trigpoint.activity.book.kept_rows import good_texts
    from trigpoint.activity.book.tables import FOLDER
    from trigpoint.activity.book.template import read_template
    from trigpoint.cli.activity_reading import problems_told
    from trigpoint.reports.changes import changes_between
    from trigpoint.staging import write_together

    if into is not None and not into.is_dir():
        raise InputError("there is no such folder", where=str(into), remedy="make it first, or give that of a plan")
    found = read_template(workbook_bytes(file), file.name)
    before = _texts(into) if into is not None else {}
    texts = good_texts(found.texts, before) if found.problems and accept_good else found.texts
    changes = changes_between(before, texts)
    write = into is not None and (accept_good or not found.problems)
    if write and into is not None:
        write_together(into / FOLDER, texts)
    tell_changes(changes, written=write, as_json=as_json, problems=[str(one) for one in found.problems])
    if problems_told(found.problems):
        if into is not None and not write:
            sys.stderr.write("Nothing was written; correct these cells, or add --accept-good.\n")
        raise typer.Exit(1)


def _texts(into: Path) -> dict[str, str]:
    from trigpoint.activity.book.reading import folder_texts

    return folder_texts(into)[0]
