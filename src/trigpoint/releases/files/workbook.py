"""Workbooks (.xls, .xlsx, .xlsb, .ods) as sheets of cells, by a reader that ignores the size a sheet declares."""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

from trigpoint.errors import InputError
from trigpoint.releases.files import workbook_process
from trigpoint.releases.files.sheet import Cell, Sheet

DAMAGED = "the workbook is damaged or cut short"
TOO_LARGE = "the workbook is damaged, or has more cells than are read"
AGAIN = "download it again"


def sheets_of(data: bytes, name: str) -> tuple[Sheet, ...]:
    """The work sheets in order. Raises ``InputError`` for a damaged or locked workbook, here or when rows are read.

    All is read at once, in a process of its own, for no workbook may end this one (see ``workbook_process``); the rows
    of a sheet become Python's cells when they are asked for.
    """
    told = _answers(data, name)
    found, rows = told[0], told[1:]
    if isinstance(found, str):
        raise _refused(found, name)
    if len(rows) < len(found) and workbook_process.LARGE not in rows:
        raise InputError(TOO_LARGE, where=name, remedy=AGAIN)  # the process came to its end amid the sheets
    kept = dict(zip((title for title, _ in found), rows, strict=False))
    return tuple(
        Sheet(
            title,
            visible=visible,
            rows_of=lambda title=title: _rows(kept.get(title, workbook_process.LARGE), title, name),  # type: ignore[misc]
        )
        for title, visible in found
    )


def _answers(data: bytes, name: str) -> list[Any]:
    """What the process wrote before its end, at least one answer."""
    # -I: nothing of the user's folder or environment is imported in place of the parser.
    command = [sys.executable, "-I", str(Path(workbook_process.__file__))]
    try:
        ran = subprocess.run(  # noqa: S603 - our own program, told nothing but what to read
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=2 * workbook_process.MAXIMUM_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise InputError(TOO_LARGE, where=name, remedy=AGAIN) from None
    stream, told = io.BytesIO(ran.stdout), []
    try:
        while True:
            told.append(pickle.load(stream))  # noqa: S301 - written by our own process
    except (EOFError, pickle.UnpicklingError):
        pass
    if not told:
        raise InputError(TOO_LARGE, where=name, remedy=AGAIN)
    return told


def _rows(answer: bytes | str, title: str, name: str) -> list[list[Cell]]:
    if isinstance(answer, str):
        raise _refused(answer, f"{name}, sheet {title}")
    rows: list[list[Cell]] = pickle.loads(answer)  # noqa: S301 - written by our own process
    return rows


def _refused(complaint: str, where: str) -> InputError:
    if complaint == workbook_process.LARGE:
        return InputError(TOO_LARGE, where=where, remedy="save the sheet that is meant as CSV")
    if "password" in complaint.lower() or "encrypt" in complaint.lower():
        return InputError("the workbook is locked with a password", where=where, remedy="save it without")
    return InputError(DAMAGED, where=where, remedy=AGAIN)
