"""The folder ``activity`` of a workspace, found, measured and decoded; what its texts mean is ``book.texts``."""

from __future__ import annotations

from collections.abc import Iterator

from trigpoint.activity.book.tables import CELLS, COUNTS_FILE, FOLDER, NAMES, POPULATION, SCENARIOS
from trigpoint.activity.book.texts import NOT_READ, strays
from trigpoint.errors import InputError, Where
from trigpoint.plans.limits import MAX_FILE_BYTES
from trigpoint.plans.workspace_files import Folder, decode, system_errors_told
from trigpoint.wording import count

MOST_SCENARIOS = 200
MOST_LONG_BYTES = 1_000_000_000
"""Counts, populations and cells may be long; the other files are held to the limit of every workspace file."""
_LONG = frozenset({COUNTS_FILE.file, POPULATION.file, CELLS})
_EDITORS = ("~", ".bak", ".swp", ".tmp")


def gathered(folder: Folder, problems: list[InputError]) -> tuple[dict[str, str], bytes | None] | None:
    """The texts of the folder and its cells; ``None`` where there is no such folder, or none that can be read."""
    texts: dict[str, str] = {}
    cells: bytes | None = None
    names = _listed(folder, FOLDER, problems)
    if names is None:
        return None
    for name in names:
        known = name in NAMES
        if not known and (name == SCENARIOS or name.startswith(".") or name.endswith(_EDITORS)):
            continue
        if not known and not name.casefold().endswith((".csv", ".toml", ".parquet")):
            continue
        if not known:
            problems += strays({name: "", **texts}, folder.shown(FOLDER))
            continue
        content = _bytes(folder, f"{FOLDER}/{name}", problems)
        if name == CELLS:
            cells = content
        elif content is not None:
            _take(texts, name, content, folder.shown(f"{FOLDER}/{name}"), problems)
    for name in _scenario_files(folder, problems):
        content = _bytes(folder, f"{FOLDER}/{name}", problems)
        if content is not None:
            _take(texts, name, content, folder.shown(f"{FOLDER}/{name}"), problems)
    return texts, cells


def _take(texts: dict[str, str], name: str, content: bytes, shown: str, problems: list[InputError]) -> None:
    try:
        texts[name] = decode(content, shown)
    except InputError as error:
        problems.append(error)


def _scenario_files(folder: Folder, problems: list[InputError]) -> Iterator[str]:
    names = _listed(folder, f"{FOLDER}/{SCENARIOS}", problems) or []
    found = [name for name in names if name.endswith(".toml") and not name.startswith(".")]
    for name in names:
        if ".toml" in name.casefold() and name not in found and not name.endswith(_EDITORS):
            where = Where(folder.shown(f"{FOLDER}/{SCENARIOS}/{name}"))
            problems.append(InputError(NOT_READ, where=where, remedy="end its name in .toml"))
    if len(found) > MOST_SCENARIOS:
        what = f"there are {count(len(found), 'scenario')}, of which the first {MOST_SCENARIOS} are read"
        where = Where(folder.shown(f"{FOLDER}/{SCENARIOS}"))
        problems.append(InputError(what, where=where, remedy="remove those that are not needed"))
    yield from (f"{SCENARIOS}/{name}" for name in found[:MOST_SCENARIOS])


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


def _bytes(folder: Folder, name: str, problems: list[InputError]) -> bytes | None:
    path, shown = folder.path / name, folder.shown(name)
    limit = MOST_LONG_BYTES if path.name in _LONG else MAX_FILE_BYTES
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
