"""The finance book of a workspace, read leniently: what is wrong is named and left out, and all else is kept."""

from __future__ import annotations

from pathlib import Path

from trigpoint.errors import InputError
from trigpoint.finance.book.tables import FOLDER, LAYOUT
from trigpoint.finance.book.texts import Reading, read_texts
from trigpoint.plans.workspace_files import Folder
from trigpoint.tabular.workspace_folder import gathered, texts_within

__all__ = ["Reading", "folder_texts", "read_finance", "read_texts"]


def read_finance(folder: Path | str) -> Reading:
    """The finance book of a plan workspace (``docs/finance-files.md``): the files of its folder ``finance``.

    A wrong row, key or file is told in ``problems`` and left out, and the rest is kept; what is read although it should
    be written in another way (“£1.2m”) is told in ``notes``. Nothing is raised for what is in the files. ``book`` is
    ``None`` where there is no such folder, or nothing says which years are planned.
    """
    path = Path(folder)
    if not path.is_dir():
        return Reading(None, (InputError("there is no such folder", where=str(path), remedy="give that of a plan"),))
    problems: list[InputError] = []
    found = gathered(Folder(path), LAYOUT, problems)
    if found is None:
        return Reading(None, tuple(problems))
    read = read_texts(found.texts, where=str(path / FOLDER))
    return Reading(read.book, LAYOUT.bounded([*problems, *read.problems]), read.notes, read.remarks)


def folder_texts(folder: Path | str, problems: list[InputError] | None = None) -> dict[str, str]:
    """The texts of the folder ``finance`` by their names within it, as ``read_texts`` takes them.

    What cannot be read as text, and files that are not read because of their name, are added to ``problems``, and the
    rest is given; without such a list, ``InputErrors`` is raised for files that cannot be read. Without such a folder
    there is no text.
    """
    return texts_within(Path(folder), LAYOUT, problems).texts
