"""The activity book of a workspace, read leniently: what is wrong is named and left out, and all else is kept."""

from __future__ import annotations

from pathlib import Path

from trigpoint.activity.book.tables import CELLS, FOLDER, LAYOUT
from trigpoint.activity.book.texts import Reading, read_texts
from trigpoint.errors import InputError
from trigpoint.plans.workspace_files import Folder
from trigpoint.tabular.workspace_folder import gathered, texts_within

__all__ = ["Reading", "folder_texts", "read_activity", "read_texts"]


def read_activity(folder: Path | str) -> Reading:
    """The activity book of a plan workspace (``docs/activity-files.md``): the files of its folder ``activity``.

    A wrong row, key or file is told in ``problems`` and left out, and the rest is kept. Nothing is raised for what is
    in the files.
    """
    path = Path(folder)
    problems: list[InputError] = []
    found = gathered(Folder(path), LAYOUT, problems)
    if found is None:
        return Reading(None, tuple(problems))
    read = read_texts(found.texts, cells=found.binary.get(CELLS), where=str(path / FOLDER))
    return Reading(read.book, LAYOUT.bounded([*problems, *read.problems]), read.notes)


def folder_texts(folder: Path | str, problems: list[InputError] | None = None) -> tuple[dict[str, str], bytes | None]:
    """The texts of the folder ``activity`` by their names within it, and the cells, as ``read_texts`` takes them.

    What cannot be read as text, and files that are not read because of their name, are added to ``problems``, and the
    rest is given; without such a list, ``InputErrors`` is raised for files that cannot be read. Without such a folder
    there is no text.
    """
    found = texts_within(Path(folder), LAYOUT, problems)
    return found.texts, found.binary.get(CELLS)
