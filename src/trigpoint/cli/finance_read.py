"""`trigpoint finance template` and `read`: an Excel workbook to fill in, and its rows into a workspace."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.characters import on_one_line
from trigpoint.cli.activity_options import AsJson, check_files
from trigpoint.cli.finance_files import bytes_of
from trigpoint.errors import InputError

if TYPE_CHECKING:
    from trigpoint.reports.activity.changes import FileChange

_OTHER_WORKBOOKS = (".xls", ".xlsm", ".xlsb", ".ods", ".numbers")
_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
"""What .xls begins with, and the envelope around a workbook that a password locks."""
MOST_BYTES = 20_000_000


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
    from trigpoint.finance.book.template_reading import read_template
    from trigpoint.reports.activity.changes import changes_between

    if into is not None and not into.is_dir():
        raise InputError("there is no such folder", where=str(into), remedy="make it first, or give that of a plan")
    found = read_template(_content(file), file.name)
    changes = changes_between(_texts(into) if into is not None else {}, found.texts)
    write = into is not None and not found.problems and bool(found.texts)
    if write and into is not None:
        _write(into, found.texts)
    problems = [str(one) for one in found.problems]
    notes = [str(one) for one in getattr(found, "notes", ())]
    _tell(changes, written=write, as_json=as_json, problems=problems, notes=notes)
    tell_problems(dict.fromkeys([*problems, *notes]))
    if problems:
        if into is not None:
            sys.stderr.write("Nothing was written; correct these cells and read it again.\n")
        raise typer.Exit(1)


def _content(file: Path) -> bytes:
    suffix, where = file.suffix.lower(), str(file)
    if suffix != ".xlsx":
        other = suffix in _OTHER_WORKBOOKS
        what = f"a workbook that ends in {suffix} is not read" if other else "this is no Excel workbook"
        remedy = "save it as an Excel workbook (.xlsx) first" if other else "give a file that ends in .xlsx"
        raise InputError(what, where=where, remedy=remedy)
    content = bytes_of(file, MOST_BYTES)
    if content.startswith(_OLD_OFFICE):
        what = "the workbook has a password, or is of an Excel before 2007"
        raise InputError(what, where=where, remedy="take the password off and save it as an Excel workbook (.xlsx)")
    return content


def _texts(into: Path) -> dict[str, str]:
    from trigpoint.finance.book.reading import folder_texts

    return dict(folder_texts(into))


def _write(into: Path, texts: dict[str, str]) -> None:
    """All files or none of them: they are written aside first, and moved to their places when the last one is whole."""
    from trigpoint.finance.book.tables import FOLDER
    from trigpoint.staging import staged

    folder = into / FOLDER
    with staged(folder) as stage:
        for name, text in texts.items():
            path = stage / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8"))
        for name in texts:
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            if place.is_symlink() or (place.exists() and not place.is_file()):
                raise InputError("this is no file", where=str(place), remedy="move it away first")
        for name in texts:
            (stage / name).replace(folder / name)


def _tell(changes: list[FileChange], *, written: bool, as_json: bool, problems: list[str], notes: list[str]) -> None:
    if as_json:
        from dataclasses import asdict

        from trigpoint.cli.data_lists import print_json

        told = {"written": written, "changes": [asdict(one) for one in changes], "problems": problems}
        print_json(told | {"notes": notes})
        return
    for one in changes:
        sys.stdout.write(on_one_line(one.sentence) + "\n")
        for row in one.rows:
            sys.stdout.write(on_one_line(f"  {row}") + "\n")
    if not changes:
        sys.stdout.write("Nothing changes.\n")
