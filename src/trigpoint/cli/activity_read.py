"""`trigpoint activity template` and `read`: an Excel workbook to fill in, and its rows into a workspace."""

from __future__ import annotations

import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.characters import on_one_line
from trigpoint.cli.activity_options import AsJson, check_files
from trigpoint.errors import InputError

if TYPE_CHECKING:
    from trigpoint.reports.activity.changes import FileChange

_OTHER_WORKBOOKS = (".xls", ".xlsm", ".xlsb", ".ods", ".numbers")
_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
"""What .xls begins with, and the envelope around a workbook that a password locks."""


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
    from trigpoint.activity.book.template import read_template
    from trigpoint.cli.activity_reading import problems_told
    from trigpoint.reports.activity.changes import changes_between

    if into is not None and not into.is_dir():
        raise InputError("there is no such folder", where=str(into), remedy="make it first, or give that of a plan")
    found = read_template(_content(file), file.name)
    before = _texts(into) if into is not None else {}
    texts = good_texts(found.texts, before) if found.problems and accept_good else found.texts
    changes = changes_between(before, texts)
    write = into is not None and (accept_good or not found.problems)
    if write and into is not None:
        _write(into, texts)
    _tell(changes, written=write, as_json=as_json, problems=[str(one) for one in found.problems])
    if problems_told(found.problems):
        if into is not None and not write:
            sys.stderr.write("Nothing was written; correct these cells, or add --accept-good.\n")
        raise typer.Exit(1)


def _content(file: Path) -> bytes:
    suffix, where = file.suffix.lower(), str(file)
    if suffix != ".xlsx":
        other = suffix in _OTHER_WORKBOOKS
        what = f"a workbook that ends in {suffix} is not read" if other else "this is no Excel workbook"
        remedy = "save it as an Excel workbook (.xlsx) first" if other else "give a file that ends in .xlsx"
        raise InputError(what, where=where, remedy=remedy)
    from trigpoint.activity.book.template_reading import MOST_BYTES

    try:
        found = file.stat()
        if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):  # reading it might never end
            raise InputError("this is a pipe or a device", where=where, remedy="give the file itself")
        if found.st_size > MOST_BYTES:
            raise InputError(f"the file is larger than {MOST_BYTES // 1_000_000} MB", where=where, remedy="split it")
        content = file.read_bytes()
    except OSError as error:
        reason = (error.strerror or "unknown").lower()
        raise InputError(f"the file cannot be read ({reason})", where=where, remedy="check its name") from None
    if content.startswith(_OLD_OFFICE):
        what = "the workbook has a password, or is of an Excel before 2007"
        raise InputError(what, where=where, remedy="take the password off and save it as an Excel workbook (.xlsx)")
    return content


def _texts(into: Path) -> dict[str, str]:
    from trigpoint.activity.book.reading import folder_texts

    return folder_texts(into)[0]


def _write(into: Path, texts: dict[str, str]) -> None:
    from trigpoint.activity.book.tables import FOLDER
    from trigpoint.staging import write_whole

    for name, text in texts.items():
        path = into / FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text.encode("utf-8"))


def _tell(changes: list[FileChange], *, written: bool, as_json: bool, problems: list[str]) -> None:
    if as_json:
        from dataclasses import asdict

        from trigpoint.cli.data_lists import print_json

        print_json({"written": written, "changes": [asdict(one) for one in changes], "problems": problems})
        return
    for one in changes:
        sys.stdout.write(on_one_line(one.sentence) + "\n")
        for row in one.rows:
            sys.stdout.write(on_one_line(f"  {row}") + "\n")
    if not changes:
        sys.stdout.write("Nothing changes.\n")
