"""The figures of a workspace, written so that reading gives them back, and nothing is left half-written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from trigpoint.errors import InputError, InputErrors
from trigpoint.measures.book.book import Actual, Aim, MeasureBook, Rebase
from trigpoint.measures.book.files import ACTUALS, DEFINITIONS, FOLDER, REBASES, TABLES, TRAJECTORIES
from trigpoint.measures.book.reading import definition_of, read_folder
from trigpoint.measures.definitions.definition import Definition
from trigpoint.measures.definitions.library import known, load
from trigpoint.measures.definitions.writing import write_definition
from trigpoint.plans.cells import CellError
from trigpoint.plans.schema import Table
from trigpoint.plans.tables import write_table
from trigpoint.plans.workspace_files import Folder, move_files, system_errors_told, write_files
from trigpoint.staging import staged

_REMEDY = "correct the figures, and write them again"


def write_book(book: MeasureBook, folder: Path | str) -> None:
    """Write definitions, actuals, trajectories and rebases into the folder ``measurement`` of a workspace.

    What is there of these is replaced; every other file stays, and so does a definition that says the same already. A
    definition that is shipped with Trigpoint just so is not written where a row uses it: its id is enough. All files
    are written and read back beside the old ones first. Raises ``InputError`` when the folder is not there or cannot
    be written, or the book would not come back equal.
    """
    path = Path(folder)
    target = path / FOLDER
    with system_errors_told(str(target)):
        if not path.is_dir():
            raise InputError(f"there is no folder {path}", remedy="write the plan first")
        if not target.resolve().is_relative_to(path.resolve()):
            what = "this is a link that leads out of the workspace, so nothing was written"
            raise InputError(what, where=str(target), remedy="put the folder itself into the workspace")
        if (target.exists() or target.is_symlink()) and not target.is_dir():
            raise InputError("this is no folder, so nothing was written", where=str(target), remedy="rename it")
    contents = _tables(book, path)
    definitions = {f"{one.id}.toml": _text(one, Folder(path)) for one in _own_definitions(book)}
    if not contents and not definitions and not target.exists():
        return
    with staged(path) as stage:
        _fill(stage, contents, definitions)
        _prove(stage, book, path)
        _place(stage, target, contents, definitions)


def _tables(book: MeasureBook, folder: Path) -> dict[str, str]:
    """The CSV text of each table that has rows, by the name of its file."""
    rows: tuple[tuple[Table, Sequence[Actual | Aim | Rebase]], ...] = (
        (ACTUALS, book.actuals),
        (TRAJECTORIES, book.aims),
        (REBASES, book.rebases),
    )
    try:
        return {table.file: write_table(table, _cells(table, found)) for table, found in rows if found}
    except CellError as error:
        raise InputError(f"{error.what}, so nothing was written to {folder}", remedy=error.remedy) from None


def _cells(table: Table, rows: Iterable[Actual | Aim | Rebase]) -> list[list[object]]:
    return [[getattr(row, column) for column in table.column_names] for row in rows]


def _own_definitions(book: MeasureBook) -> list[Definition]:
    used = {row.indicator for rows in (book.actuals, book.aims, book.rebases) for row in rows}
    return [one for one in book.definitions if not (one.id in used and one.id in known() and load(one.id) == one)]


def _text(definition: Definition, folder: Folder) -> str:
    """The file of a definition; one that is there and says the same stays as it was written, comments and all."""
    try:
        before = folder.text(f"{DEFINITIONS}/{definition.id}.toml")
        if before is not None and definition_of(before, definition.id) == definition:
            return before
    except InputError:
        pass  # what is there cannot be read, and so is replaced
    try:
        return write_definition(definition)
    except ValueError:
        what = f"the definition “{definition.id}” holds a number that cannot be written"
        raise InputError(what, remedy="correct it") from None


def _fill(stage: Path, contents: dict[str, str], definitions: dict[str, str]) -> None:
    (stage / FOLDER).mkdir()
    write_files(stage / FOLDER, contents)
    if definitions:
        wrong = next((name for name in definitions if Path(name).name != name), None)
        if wrong is not None:
            raise InputError(f"a definition cannot have the id “{wrong.removesuffix('.toml')}”", remedy="change it")
        (stage / DEFINITIONS).mkdir()
        write_files(stage / DEFINITIONS, definitions)


def _prove(stage: Path, book: MeasureBook, folder: Path) -> None:
    """The files about to be put in place say exactly what the book says."""
    back = read_folder(Folder(stage), book.places)
    if back.problems:
        first = InputError(f"the figures have mistakes, so nothing was written to {folder}", remedy=_REMEDY)
        raise InputErrors((first, *back.problems))
    same = {
        "definitions": sorted(back.book.definitions, key=_id) == sorted(book.definitions, key=_id),
        "actuals": back.book.actuals == book.actuals,
        "trajectories": back.book.aims == book.aims,
        "rebases": back.book.rebases == book.rebases,
    }
    different = " and ".join(name for name, agrees in same.items() if not agrees)
    if different:
        what = f"the {different} would not come back as they are, so nothing was written to {folder}"
        raise InputError(what, remedy="leave out blanks around codes and periods, and suppression marks in numbers")


def _id(definition: Definition) -> str:
    return definition.id


def _place(stage: Path, target: Path, contents: dict[str, str], definitions: dict[str, str]) -> None:
    """Definitions first: figures without their definition would be left out, the other way about nothing is lost."""
    if not target.is_dir():
        move_files(stage / FOLDER, target)
        return
    new, old = stage / FOLDER / Path(DEFINITIONS).name, target / Path(DEFINITIONS).name
    with system_errors_told(str(old)):
        before = {path.name for path in old.iterdir() if path.name.endswith(".toml")} if old.is_dir() else set()
    if new.is_dir():
        move_files(new, old)
        if new.is_dir():
            new.rmdir()
    dropped = [table.file for table in TABLES if table.file not in contents]
    move_files(stage / FOLDER, target, dropped=dropped)
    for name in sorted(before.difference(definitions)):
        (old / name).unlink(missing_ok=True)
