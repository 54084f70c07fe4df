"""A folder of tables within a workspace, found, measured and decoded; what its texts mean is its own package's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from trigpoint.errors import InputError, InputErrors, Where
from trigpoint.plans.limits import MAX_FILE_BYTES
from trigpoint.plans.workspace_files import Folder, decode, system_errors_told
from trigpoint.tabular.layout import NOT_READ, Layout
from trigpoint.wording import count

MOST_LONG_BYTES = 1_000_000_000
"""Of the long files of a layout; the others are held to the limit of every workspace file."""
_EDITORS = ("~", ".bak", ".swp", ".tmp")
_READ = (".csv", ".toml", ".parquet")


@dataclass(slots=True)
class Gathered:
    """What a folder holds: texts by the names of their files within it, and the bytes of those that are no text."""

    texts: dict[str, str] = field(default_factory=dict)
    binary: dict[str, bytes] = field(default_factory=dict)


def gathered(folder: Folder, layout: Layout, problems: list[InputError]) -> Gathered | None:
    """The files of the layout's folder; ``None`` where there is no such folder, or none that can be read."""
    names = _listed(folder, layout.folder, problems)
    if names is None:
        return None
    found = Gathered()
    for name in names:
        known = name in layout.names
        if not known and (name == layout.inner or name.startswith(".") or name.endswith(_EDITORS)):
            continue
        if not known and not name.casefold().endswith(_READ):
            continue
        if not known:
            problems += layout.strays({name: "", **found.texts}, folder.shown(layout.folder))
            continue
        _take(folder, layout, name, found, problems)
    for name in _inner_files(folder, layout, problems):
        _take(folder, layout, name, found, problems)
    return found


def texts_within(path: Path, layout: Layout, problems: list[InputError] | None) -> Gathered:
    """What a workspace's folder holds, nothing where there is no such folder.

    What cannot be read as text, and files that are not read because of their name, are added to ``problems``, and the
    rest is given; without such a list, ``InputErrors`` is raised for files that cannot be read.
    """
    told: list[InputError] = []
    found = gathered(Folder(path), layout, told)
    if problems is not None:
        problems += told
    unread = tuple(one for one in told if one.what != NOT_READ)
    if problems is None and unread:
        raise InputErrors(unread)
    return found or Gathered()


def _take(folder: Folder, layout: Layout, name: str, found: Gathered, problems: list[InputError]) -> None:
    inside = f"{layout.folder}/{name}"
    content = _bytes(folder, inside, MOST_LONG_BYTES if name in layout.long else MAX_FILE_BYTES, problems)
    if content is None:
        return
    if name in layout.binary:
        found.binary[name] = content
        return
    try:
        found.texts[name] = decode(content, folder.shown(inside))
    except InputError as error:
        problems.append(error)


def _inner_files(folder: Folder, layout: Layout, problems: list[InputError]) -> Iterator[str]:
    inside = f"{layout.folder}/{layout.inner}"
    names = _listed(folder, inside, problems) or []
    found = [name for name in names if name.endswith(".toml") and not name.startswith(".")]
    for name in names:
        if ".toml" in name.casefold() and name not in found and not name.endswith(_EDITORS):
            where = Where(folder.shown(f"{inside}/{name}"))
            problems.append(InputError(NOT_READ, where=where, remedy="end its name in .toml"))
    if len(found) > layout.most:
        what = f"there are {count(len(found), layout.noun)}, of which the first {layout.most} are read"
        where = Where(folder.shown(inside))
        problems.append(InputError(what, where=where, remedy="remove those that are not needed"))
    yield from (f"{layout.inner}/{name}" for name in found[: layout.most])


def _listed(folder: Folder, name: str, problems: list[InputError]) -> list[str] | None:
    path, shown = folder.path / name, folder.shown(name)
    try:
        with system_errors_told(shown):
            if not (path.exists() or path.is_symlink()):
                return None
            if not path.resolve().is_relative_to(folder.path.resolve()):
                what = "this is a link that leads out of the workspace"
                raise InputError(what, where=shown, remedy="put the folder itself into the workspace")
            if not path.is_dir():
                raise InputError("this is a file, not a folder", where=shown, remedy="put the files into a folder")
            return sorted(entry.name for entry in path.iterdir())
    except InputError as error:
        problems.append(error)
        return None


def _bytes(folder: Folder, name: str, limit: int, problems: list[InputError]) -> bytes | None:
    path, shown = folder.path / name, folder.shown(name)
    try:
        with system_errors_told(shown):
            if not path.resolve().is_relative_to(folder.path.resolve()):
                what = "the file is a link that leads out of the workspace"
                raise InputError(what, where=shown, remedy="put the file itself into the folder")
            if not path.is_file():
                what = "this is a link that leads nowhere" if path.is_symlink() else "this is not a file"
                raise InputError(what, where=shown, remedy="remove it or give it another name")
            with path.open("rb") as file:
                content = file.read(limit + 1)
        if len(content) > limit:
            raise InputError(f"the file is larger than {limit // 1_000_000:,} MB", where=shown, remedy="split it")
    except InputError as error:
        problems.append(error)
        return None
    return content
