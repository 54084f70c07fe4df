"""The folder ``activity`` of a workspace on its way into the database, and out of it again."""

from __future__ import annotations

import re
from pathlib import Path

from trigpoint.activity.book.tables import CELLS, FOLDER
from trigpoint.errors import InputError, InputErrors
from trigpoint.staging import write_whole
from trigpoint.web.activity.codec import tables_of
from trigpoint.web.activity.store import exported
from trigpoint.web.dashboards.codec import Tables
from trigpoint.web.register.models import Edition

_NAME = re.compile(r"(?:[\w-][\w.-]*/)?[\w-][\w.-]*")


def tables_of_folder(workspace: Path) -> Tables:
    """The rows that the activity files of a workspace make; empty tables where it has none.

    What is wrong in them is kept as problems that the pages tell; pooled records that are too large for a page are
    left out, with the reason.
    """
    if not (workspace / FOLDER).is_dir():
        return tables_of({})
    from trigpoint.activity.book.reading import folder_texts, read_texts
    from trigpoint.web.activity.pooling import small_enough

    try:
        texts, cells = folder_texts(workspace)
    except InputErrors as error:
        return tables_of({}, None, [str(each) for each in error.errors])
    reading = read_texts(texts, cells=cells)
    problems = [str(problem) for problem in reading.problems]
    if cells is not None and reading.book is not None:
        try:
            cells = small_enough(cells, reading.book)
        except InputError as error:
            cells = None
            problems.append(str(error))
    return tables_of(texts, cells, problems)


def export_folder(edition: Edition, workspace: Path) -> int:
    """Write the activity files of an edition, scenarios made on the pages among them; how many there are."""
    files = exported(edition)
    found = {name: text.encode() for name, text in files.texts.items()}
    if files.cells is not None:
        found[CELLS] = files.cells
    for name, content in found.items():
        if not _NAME.fullmatch(name):
            raise InputError(f"“{name}” is no name of an activity file", where=FOLDER, remedy="rename it")
        path = workspace / FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    return len(found)
