"""The figures of a workspace, read leniently: what is wrong is named and left out, and all else is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from trigpoint.errors import InputError, InputErrors
from trigpoint.measures.book.book import MeasureBook
from trigpoint.measures.book.files import ACTUALS, DEFINITIONS, FOLDER, REBASES, TABLES, TRAJECTORIES, path_of
from trigpoint.measures.book.lookup import Lookup
from trigpoint.measures.book.rows import actuals_of, aims_of, rebases_of
from trigpoint.measures.definitions.definition import Definition
from trigpoint.measures.definitions.library import resolved
from trigpoint.measures.definitions.reading import read_definition
from trigpoint.places.model import Place, PlaceKind
from trigpoint.places.register import Places, register
from trigpoint.plans.schema import TABLES as PLAN_TABLES
from trigpoint.plans.schema import Table
from trigpoint.plans.tables import Record, nearest, read_table, table_records
from trigpoint.plans.workspace_files import Folder, open_folder, system_errors_told
from trigpoint.wording import count

MOST_PROBLEMS = 1000
"""Problems told one by one; a file that is wrong throughout would tell the same thousands of times."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, and what was wrong: each problem with its file, line, column and remedy."""

    book: MeasureBook
    problems: tuple[InputError, ...] = ()


def read_book(folder: Path | str, *, places: Places | None = None) -> Reading:
    """The definitions and figures in the folder ``measurement`` of a plan workspace (``docs/workspace.md``).

    ``places`` is the register that rows name places of; without it, ``places.csv`` of the workspace is read. A place
    is named by code, name or alias; one of the shipped places need not be in the register. A definition that is not
    in the folder may be a shipped one. A wrong row, definition or file is told in ``problems`` and left out, the
    rest is kept; a workspace without figures gives an empty book. Raises ``InputError`` when the folder is no plan
    workspace.
    """
    return read_folder(open_folder(Path(folder)), places)


def read_folder(folder: Folder, places: Places | None = None) -> Reading:
    """As ``read_book``, of a folder that is open already and need not hold a plan."""
    problems: list[InputError] = []
    known = _register(folder, problems) if places is None else places
    problems += _strays(folder)
    definitions, broken = _definitions(folder, problems)
    lookup = Lookup(definitions, known, broken)
    actuals = actuals_of(_records(folder, ACTUALS, problems), folder.shown(path_of(ACTUALS)), lookup, problems)
    aims = aims_of(_records(folder, TRAJECTORIES, problems), folder.shown(path_of(TRAJECTORIES)), lookup, problems)
    rebases = rebases_of(_records(folder, REBASES, problems), folder.shown(path_of(REBASES)), lookup, problems)
    problems += _waiting(folder, lookup)
    every = {**lookup.used, **definitions}
    book = MeasureBook(tuple(every[key] for key in sorted(every)), actuals, aims, rebases, _with_added(known, lookup))
    return Reading(book, _bounded(problems))


def _bounded(problems: list[InputError]) -> tuple[InputError, ...]:
    rest = len(problems) - MOST_PROBLEMS
    if rest <= 0:
        return tuple(problems)
    more = InputError(f"{count(rest, 'more problem')} with figures are not shown", remedy="correct these first")
    return (*problems[:MOST_PROBLEMS], more)


def _waiting(folder: Folder, lookup: Lookup) -> Iterator[InputError]:
    """Rows whose definition has mistakes are told once, not row by row."""
    for name, rows in lookup.left_out.items():
        what = f"{count(rows, 'row')} of “{name}” {'is' if rows == 1 else 'are'} left out, because of these mistakes"
        yield InputError(what, where=folder.shown(f"{DEFINITIONS}/{name}.toml"), remedy="correct the definition")


def _records(folder: Folder, table: Table, problems: list[InputError]) -> Iterable[Record]:
    try:
        text = folder.text(path_of(table))
    except InputError as error:
        problems.append(error)
        return ()
    return () if text is None else table_records(text, table, folder.shown(path_of(table)), problems)


def _strays(folder: Folder) -> Iterator[InputError]:
    """Files that would be read but for their name: silence would lose their rows."""
    path = folder.path / FOLDER
    if path.is_symlink() or path.exists():
        with system_errors_told(folder.shown(FOLDER)):
            if not path.is_dir():
                remedy = f"put the figures into a folder of the name {FOLDER}"
                yield InputError("this is a file, not a folder", where=folder.shown(FOLDER), remedy=remedy)
                return
            if not path.resolve().is_relative_to(folder.path.resolve()):
                return  # told of each file in it that would be read
            found = {entry.name for entry in path.iterdir()}
        known = [table.file for table in TABLES]
        for name in sorted(found.difference(known)):
            near = nearest(name, known) if name.endswith(".csv") else None
            if near is not None and near not in found:
                remedy = f"did you mean “{near}”?"
                yield InputError("this file is not read", where=folder.shown(f"{FOLDER}/{name}"), remedy=remedy)


def _definitions(folder: Folder, problems: list[InputError]) -> tuple[dict[str, Definition], frozenset[str]]:
    """The folder's own definitions by their id, and the ids of those that have mistakes."""
    found: dict[str, Definition] = {}
    broken: set[str] = set()
    for name in _definition_files(folder, problems):
        shown = folder.shown(f"{DEFINITIONS}/{name}.toml")
        try:
            definition = definition_of(folder.text(f"{DEFINITIONS}/{name}.toml") or "", shown)
            if definition.id != name:
                what = f"the file defines “{definition.id}”, which is not its name"
                raise InputError(what, where=shown, remedy=f'write id = "{name}" or rename the file')
        except InputError as error:
            problems += error.errors if isinstance(error, InputErrors) else (error,)
            broken.add(name)
        else:
            found[name] = definition
    return found, frozenset(broken)


def definition_of(text: str, where: str) -> Definition:
    """A definition of a workspace; standards that only name a framework's entry are filled in from there."""
    definition = read_definition(text, where)
    try:
        return resolved(definition)
    except InputError as error:
        raise InputError(error.what, where=where, remedy=error.remedy) from None


def _definition_files(folder: Folder, problems: list[InputError]) -> list[str]:
    path, shown = folder.path / DEFINITIONS, folder.shown(DEFINITIONS)
    try:
        with system_errors_told(shown):
            if not (path.exists() or path.is_symlink()):
                return []
            if not path.resolve().is_relative_to(folder.path.resolve()):
                what = "this is a link that leads out of the workspace"
                raise InputError(what, where=shown, remedy="put the folder itself into the workspace")
            if not path.is_dir():
                raise InputError("this is no folder", where=shown, remedy="put each definition into a file in it")
            names = sorted(entry.name for entry in path.iterdir())
    except InputError as error:
        problems.append(error)
        return []
    # An editor's ending, or capital letters: silence would lose the definition.
    for name in names:
        if ".toml" in name.lower() and not name.endswith((".toml", "~", ".bak", ".swp")):
            right = f"{name[: name.lower().index('.toml')]}.toml"
            where = folder.shown(f"{DEFINITIONS}/{name}")
            problems.append(InputError("this file is not read", where=where, remedy=f"rename it to {right}"))
    return [name.removesuffix(".toml") for name in names if name.endswith(".toml")]


def _register(folder: Folder, problems: list[InputError]) -> Places:
    """The workspace's places as far as they can be used; what is wrong with them is told with the plan's mistakes."""
    records = _plan_records(folder, problems)
    rows = [Place(**{**record.values, "kind": PlaceKind(record.values["kind"] or "other")}) for record in records]
    try:
        return register(rows)
    except InputErrors as error:
        problems += error.errors
        codes = {row.code for row in rows}
        return Places(tuple({row.code: row for row in reversed(rows) if row.parent in codes | {""}}.values()))


def _plan_records(folder: Folder, problems: list[InputError]) -> list[Record]:
    table = PLAN_TABLES["places"]
    try:
        text = folder.text(table.file)
    except InputError as error:
        problems.append(error)
        return []
    return [] if text is None else read_table(text, table, folder.shown(table.file), problems)


def _with_added(places: Places, lookup: Lookup) -> Places:
    """The register with the shipped places that rows name; a parent that is not in it is left out."""
    if not lookup.added:
        return places
    added = [
        place if place.parent in places or place.parent in lookup.added else replace(place, parent="", successor="")
        for place in lookup.added.values()
    ]
    return Places((*places, *added))
