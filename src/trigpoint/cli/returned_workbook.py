"""A workbook that was filled in and comes back: its content, and what its rows change in a plan's files."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from trigpoint.characters import on_one_line
from trigpoint.cli.given_files import bytes_of
from trigpoint.errors import InputError

if TYPE_CHECKING:
    from trigpoint.reports.changes import FileChange

_OTHER_WORKBOOKS = (".xls", ".xlsm", ".xlsb", ".ods", ".numbers")
_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
"""What .xls begins with, and the envelope around a workbook that a password locks."""


def workbook_bytes(file: Path) -> bytes:
    """The content of an Excel workbook. Raises ``InputError`` for any other file, and for one that is too large."""
    from trigpoint.tabular.sheet_texts import MOST_BYTES

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


def tell_changes(changes: Sequence[FileChange], *, written: bool, as_json: bool, **lists: list[str]) -> None:
    """What a workbook changes, on the standard output: in sentences, or as JSON with ``lists`` of what else is told."""
    if as_json:
        from dataclasses import asdict

        from trigpoint.cli.data_lists import print_json

        print_json({"written": written, "changes": [asdict(one) for one in changes], **lists})
        return
    for one in changes:
        sys.stdout.write(on_one_line(one.sentence) + "\n")
        for row in one.rows:
            sys.stdout.write(on_one_line(f"  {row}") + "\n")
    if not changes:
        sys.stdout.write("Nothing changes.\n")
