"""Read a workbook in a process of its own: a program, given the workbook on its input, writing sheets to its output.

A workbook can name a cell in the last row of the last column, count four thousand million words, or be broken so that
the parser gives up with the whole process. Here that ends this process, and with bounds on memory and time; the one
that asked is told. Nothing of Trigpoint is imported, so that it starts within a twentieth of a second.

The output is a number of pickled values after each other: a list of (name, is it a visible work sheet) for each work
sheet, then for each of them either its rows as pickled bytes or the parser's complaint as text.
"""

from __future__ import annotations

import io
import pickle
import sys
from collections.abc import Iterator
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

try:
    import resource
except ImportError:  # pragma: no cover - on Windows, where the caller's patience is the only bound
    resource = None  # type: ignore[assignment]

MAXIMUM_CELLS = 16_000_000
"""Of all sheets together, the empty ones between others too; the largest published workbooks have about two million."""
MAXIMUM_BYTES = 2_500_000_000
MAXIMUM_SECONDS = 120
LARGE = "there are more cells than are read"


def answers(data: bytes) -> Iterator[Any]:
    """What is written, one value after another; a complaint of the parser about the whole workbook is raised."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    found = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    yield [(sheet.name, sheet.visible == SheetVisibleEnum.Visible) for sheet in found]
    left = MAXIMUM_CELLS
    for sheet in found:
        try:
            table = book.get_sheet_by_name(sheet.name)
            row, column = table.end or (0, 0)
            left -= (row + 1) * (column + 1)
            if left < 0:
                yield LARGE
                return
            yield pickle.dumps(table.to_python(skip_empty_area=False), pickle.HIGHEST_PROTOCOL)
        except MemoryError:
            yield LARGE
            return
        except BaseException as error:  # a fault of the parser in Rust arrives as no Exception
            yield str(error)


def _bound() -> None:
    """No more memory and time than a workbook can need, where the system knows such bounds."""
    if resource is not None:
        for what, most in (
            (resource.RLIMIT_AS, MAXIMUM_BYTES),
            (resource.RLIMIT_CPU, MAXIMUM_SECONDS),
            (resource.RLIMIT_CORE, 0),
        ):
            _, hard = resource.getrlimit(what)
            resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def main() -> None:
    """Answer for the workbook on the standard input."""
    _bound()
    output = sys.stdout.buffer
    try:
        for answer in answers(sys.stdin.buffer.read()):
            pickle.dump(answer, output, pickle.HIGHEST_PROTOCOL)
    except BaseException as error:
        pickle.dump(str(error), output, pickle.HIGHEST_PROTOCOL)
    output.flush()


if __name__ == "__main__":
    main()
