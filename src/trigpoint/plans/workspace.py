"""A plan in a folder of TOML and CSV files (``docs/workspace.md``): read strictly, written without loss."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from types import MappingProxyType

from trigpoint.errors import InputError, InputErrors, Where
from trigpoint.places.model import Place, PlaceKind
from trigpoint.places.register import Places, register
from trigpoint.plans.assembly import Rows, plan_of, rows_of, sources_of
from trigpoint.plans.cells import CellError
from trigpoint.plans.header import Header, header_of, read_header, write_header
from trigpoint.plans.limits import MAX_MISTAKES_TOLD
from trigpoint.plans.model import Plan
from trigpoint.plans.provenance import Provenance
from trigpoint.plans.references import find_mistakes
from trigpoint.plans.schema import TABLES
from trigpoint.plans.tables import Record, nearest, read_table, write_table
from trigpoint.plans.workspace_files import (
    PLAN_FILE,
    Folder,
    move_files,
    open_folder,
    system_errors_told,
    write_files,
)
from trigpoint.staging import staged


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """An organisation, locality or practice as ``places.csv`` names it; ``kind`` is a ``PlaceKind`` or ``""``."""

    code: str
    name: str
    kind: str = ""
    parent: str = ""
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str = ""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that was looked at and accepted: by whom, when and why; ``until`` its last day, where one was set."""

    rule: str
    item: str
    fragment: str
    reason: str
    by: str
    on: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Workspace:
    """All that a workspace folder says.

    ``provenance`` tells of accepted fields which document they were read from and who accepted them; ``sources`` maps
    an item's id to its file and line in the folder (``sources_of``).
    """

    plan: Plan
    places: tuple[PlaceRow, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    checks: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    provenance: tuple[Provenance, ...] = ()
    sources: Mapping[str, Where] = field(default_factory=lambda: MappingProxyType({}), compare=False)

    def register(self) -> Places:
        """The places as a register that knows parents, successors and names."""
        return _register(self.places)


def _register(rows: Iterable[PlaceRow], file: str = TABLES["places"].file) -> Places:
    return register((_place(row) for row in rows), file=file)


def _place(row: PlaceRow) -> Place:
    kind = PlaceKind(row.kind) if row.kind else PlaceKind.OTHER
    return Place(row.code, row.name, kind, row.parent, row.aliases, row.valid_from, row.valid_to, row.successor)


def read_plan(folder: Path | str) -> Plan:
    """The plan of a workspace folder.

    Raises ``InputError`` when the folder is no workspace, ``InputErrors`` with every mistake when its files have any.
    """
    return read_workspace(folder).plan


def read_workspace(folder: Path | str) -> Workspace:
    """Everything in a workspace folder: plan, places, waivers, provenance, check settings, and where each row stands.

    Raises ``InputError`` when the folder is no workspace, ``InputErrors`` with every mistake when its files have any.
    """
    opened = open_folder(Path(folder))
    mistakes: list[InputError] = []
    header = _header(opened, mistakes)
    records: dict[str, list[Record]] = {}
    spoilt: list[str] = []
    for name in TABLES:
        so_far = len(mistakes)
        records[name] = _records(opened, name, mistakes)
        if len(mistakes) > so_far:
            spoilt.append(name)
    mistakes.extend(_misnamed(opened))
    shown = {name: opened.shown(table.file) for name, table in TABLES.items()}
    mistakes.extend(find_mistakes(records, shown, spoilt))
    places = tuple(PlaceRow(**record.values) for record in records["places"])
    if "places" not in spoilt:
        mistakes.extend(_place_mistakes(places, records["places"], shown["places"]))
    if mistakes:
        raise _told(mistakes)
    return Workspace(
        plan=plan_of(header.plan, records),
        places=places,
        waivers=tuple(Waiver(**record.values) for record in records["waivers"]),
        checks=MappingProxyType(dict(header.checks)),
        provenance=tuple(
            Provenance(**{**record.values, "sureness": float(record.values["sureness"])})
            for record in records["sources"]
        ),
        sources=MappingProxyType(sources_of(records)),
    )


def _header(folder: Folder, mistakes: list[InputError]) -> Header:
    try:
        return read_header(folder.text(PLAN_FILE) or "", folder.shown(PLAN_FILE), mistakes)
    except InputError as error:
        mistakes.append(error)
        return Header()


def _records(folder: Folder, name: str, mistakes: list[InputError]) -> list[Record]:
    table = TABLES[name]
    try:
        text = folder.text(table.file)
    except InputError as error:
        mistakes.append(error)
        return []
    return [] if text is None else read_table(text, table, folder.shown(table.file), mistakes)


def _misnamed(folder: Folder) -> list[InputError]:
    """An unknown file is left alone, unless it is a table whose name is misspelt: silence would lose its rows."""
    known = [table.file for table in TABLES.values()]
    found = {path.name for path in folder.path.iterdir()}
    pairs = ((name, nearest(name, known)) for name in sorted(found.difference(known)) if name.endswith(".csv"))
    return [
        InputError("this file is not read", where=folder.shown(name), remedy=f"did you mean “{near}”?")
        for name, near in pairs
        if near is not None and near not in found
    ]


def _place_mistakes(rows: Sequence[PlaceRow], records: Sequence[Record], shown: str) -> list[InputError]:
    """What is wrong between places; a register counts its rows from line 2 on, which cells of several lines shift."""
    try:
        _register(rows, shown)
    except InputErrors as found:
        return [
            InputError(error.what, where=Where(shown, line=records[error.where.line - 2].line), remedy=error.remedy)
            for error in found.errors
            if isinstance(error.where, Where) and error.where.line is not None
        ]
    return []


def _told(mistakes: Sequence[InputError]) -> InputErrors:
    told = list(mistakes[:MAX_MISTAKES_TOLD])
    rest = len(mistakes) - len(told)
    if rest:
        told.append(InputError(f"{rest:,} more mistakes are not shown", remedy="correct these first"))
    return InputErrors(tuple(told))


def write_plan(plan: Plan, folder: Path | str) -> None:
    """Write a plan as a workspace: to a new or empty folder, or in the place of the plan of an existing workspace.

    An existing workspace keeps its places, waivers, provenance, check settings and every file that is not Trigpoint's.
    All files are written and read back beside the old ones first, so that nothing is left half-written.
    Raises ``InputError`` when the folder holds other things, cannot be written, or the plan would not come back equal.
    """
    path = Path(folder)
    before = _header_before(path)
    _write(path, plan, before, before.checks if before else {}, rows_of(plan))


def write_workspace(workspace: Workspace, folder: Path | str) -> None:
    """Write plan, places, waivers, provenance and check settings, under the conditions of ``write_plan``."""
    path = Path(folder)
    rows = rows_of(workspace.plan)
    beside = (("places", workspace.places), ("waivers", workspace.waivers), ("sources", workspace.provenance))
    for name, values in beside:
        rows[name] = [tuple(getattr(value, column) for column in TABLES[name].column_names) for value in values]
    _write(path, workspace.plan, _header_before(path), workspace.checks, rows)


def _header_before(folder: Path) -> Header | None:
    """What ``plan.toml`` says in a folder that is to be written to, ``None`` when the folder is new or empty."""
    with system_errors_told(str(folder)):
        if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
            return None
        if folder.is_dir() and not (folder / PLAN_FILE).exists():
            raise InputError(
                f"{folder} is not empty and no plan workspace, so nothing was written",
                remedy="name a new folder, or one that holds a plan.toml",
            )
    mistakes: list[InputError] = []
    header = _header(open_folder(folder), mistakes)
    if mistakes:
        raise _told(mistakes)
    return header


def _write(folder: Path, plan: Plan, before: Header | None, checks: Mapping[str, str], rows: Rows) -> None:
    header = header_of(plan)
    contents = {PLAN_FILE: write_header(header, checks)}
    try:
        contents.update({TABLES[name].file: write_table(TABLES[name], cells) for name, cells in rows.items() if cells})
    except CellError as error:
        raise InputError(f"{error.what}, so nothing was written to {folder}", remedy=error.remedy) from None
    with staged(folder) as stage:
        write_files(stage, contents)
        _prove(stage, plan, folder)
        if before is not None and (dict(before.plan), dict(before.checks)) == (header, dict(checks)):
            # An unchanged plan.toml keeps its comments and its layout.
            (stage / PLAN_FILE).unlink()
        move_files(stage, folder, dropped=[TABLES[name].file for name, cells in rows.items() if not cells])


def _prove(stage: Path, plan: Plan, folder: Path) -> None:
    """The files about to be put in place say exactly what the plan says."""
    try:
        back = read_plan(stage)
    except InputErrors as error:
        first = InputError(f"the plan has mistakes, so nothing was written to {folder}", remedy="correct them first")
        raise InputErrors((first, *error.errors)) from None
    different = [field.name for field in fields(Plan) if getattr(back, field.name) != getattr(plan, field.name)]
    if different:
        raise InputError(
            f"the plan's {' and '.join(different)} would not come back as they are, so nothing was written to {folder}",
            remedy="leave out empty baselines, empty committee names and rows of an indicator that stand twice",
        )
