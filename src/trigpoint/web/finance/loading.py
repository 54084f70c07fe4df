"""The folder ``finance`` of a workspace on its way into the database, and out of it again."""

from __future__ import annotations

import re
from pathlib import Path

from trigpoint.errors import InputError
from trigpoint.finance.book.tables import FOLDER, TOLERANCES
from trigpoint.staging import write_whole
from trigpoint.web.dashboards.codec import Tables
from trigpoint.web.finance.codec import tables_of
from trigpoint.web.finance.store import read_files
from trigpoint.web.register.models import Edition

_NAME = re.compile(r"(?:[\w-][\w.-]*/)?[\w-][\w.-]*")


def tables_of_folder(workspace: Path) -> Tables:
    """The rows that the finance files of a workspace make; empty tables where it has none.

    What is wrong in them is kept as problems that the pages tell.
    """
    if not (workspace / FOLDER).is_dir():
        return tables_of({})
    from trigpoint.finance.book.reading import folder_texts, read_texts
    from trigpoint.triangulation.tolerance import tolerances_of

    found: list[InputError] = []
    texts = folder_texts(workspace, found)
    try:
        tolerances_of(texts.get(TOLERANCES, ""), f"{FOLDER}/{TOLERANCES}")
    except InputError as error:
        found.append(error)
    told = [str(problem) for problem in (*found, *read_texts(texts).problems)]
    return tables_of(texts, list(dict.fromkeys(told)))


def export_folder(edition: Edition, workspace: Path) -> int:
    """Write the finance files of an edition; how many there are."""
    texts = read_files(edition).texts
    for name, text in texts.items():
        if not _NAME.fullmatch(name):
            raise InputError(f"“{name}” is no name of a finance file", where=FOLDER, remedy="rename it")
        path = workspace / FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text.encode())
    return len(texts)
