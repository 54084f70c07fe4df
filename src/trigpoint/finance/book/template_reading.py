"""The finance template, filled in, back to texts: every mistake is named by its sheet and cell, all at once."""

from __future__ import annotations

from dataclasses import dataclass

from trigpoint.errors import InputError
from trigpoint.finance.book.sheets import (
    MECHANISM,
    MECHANISMS_SHEET,
    OWN,
    OWN_SHEET,
    SETTING,
    SETTINGS_SHEET,
    SHEETS,
    headings,
    kind,
)
from trigpoint.finance.book.tables import GATES_FILE, LAYOUT, MECHANISMS, RULES, SETTINGS, TOLERANCES, is_number
from trigpoint.finance.book.texts import read_texts
from trigpoint.plans.cells import CellError, decode_id
from trigpoint.tabular.layout import Unshown
from trigpoint.tabular.sheet_rows import SheetRows
from trigpoint.tabular.sheet_texts import TEXTS, SettingsKinds, SheetTexts, opened_sheets
from trigpoint.tabular.sheets import SheetForm
from trigpoint.tabular.writing import quoted_toml

_FORM = SheetForm(("",), SHEETS, kind)
_SETTINGS = SettingsKinds(
    whole=frozenset({"months_known", "draws", "seed"}), flags=frozenset({"illustrative"}), lists=frozenset({"years"})
)
_OWN_FILES = (RULES, GATES_FILE, TOLERANCES)


@dataclass(frozen=True, slots=True)
class TemplateReading:
    """The texts of the workbook by file, as ``reading.read_texts`` takes them, what is wrong with its cells, and in
    ``notes`` what is read of them although it should be written in another way."""

    texts: dict[str, str]
    problems: tuple[InputError, ...] = ()
    notes: tuple[InputError, ...] = ()


def read_template(data: bytes, name: str) -> TemplateReading:
    """The texts of a workbook that has the sheets of the template, and every mistake in it with its sheet and cell.

    Sheets may be missing, in another order, or hidden; further sheets are passed over. Wrong rows are in the texts too,
    so that whoever reads those is told again. Raises ``InputError`` for bytes that are no workbook, or more than is
    read.
    """
    sheets, found = opened_sheets(data, name, _FORM, headings)
    if SETTINGS_SHEET in sheets:
        lines, places = _SETTINGS.lines(sheets[SETTINGS_SHEET])
        _take_lines(found, SETTINGS, lines, places)
    for one in SHEETS:
        if one.name in sheets and one.table not in (SETTING, MECHANISM, OWN):
            numbers = [column for column in one.table.columns if is_number(one.table, column)]
            found.take(one.table, sheets[one.name], numbers)
    if MECHANISMS_SHEET in sheets:
        _mechanisms(sheets[MECHANISMS_SHEET], found)
    if OWN_SHEET in sheets:
        _own_files(sheets[OWN_SHEET], found)
    read = read_texts(found.texts, where=TEXTS)
    found.problems += [placed for one in read.problems if (placed := _placed(one, found)).where not in found.unsolved]
    notes = tuple(_placed(one, found) for one in read.remarks)
    return TemplateReading(found.texts, LAYOUT.bounded(found.problems), notes)


def _placed(problem: InputError, found: SheetTexts) -> InputError:
    if problem.remedy and not isinstance(problem, Unshown):
        remedy = problem.remedy
        for file, sheet in {SETTINGS: SETTINGS_SHEET, **{one.table.file: one.name for one in SHEETS}}.items():
            remedy = remedy.replace(file, f"the sheet “{sheet}”")
        remedy = remedy.replace(f"the folder {MECHANISMS}", f"the sheet “{MECHANISMS_SHEET}”")
        problem = InputError(problem.what, where=problem.where, remedy=remedy)
    return found.placed(
        problem,
        {SETTINGS: SETTINGS_SHEET, **{one.table.file: one.name for one in SHEETS}},
        firm=lambda file: file.startswith(f"{MECHANISMS}/") or file in _OWN_FILES,
        remedies={SETTINGS: "fill in years"},
    )


def _take_lines(found: SheetTexts, file: str, lines: list[str], places: dict[int, tuple[str, int, str]]) -> None:
    if lines:
        found.texts[file] = "\n".join([*lines, ""])
        found.places[file] = places


def _mechanisms(rows: SheetRows, found: SheetTexts) -> None:
    """A file for each mechanism, from its rows in their order; an empty id is that of the row above."""
    lines: dict[str, list[str]] = {}
    places: dict[str, dict[int, tuple[str, int, str]]] = {}
    last = ""
    for cells, at in zip(rows.cells, rows.at, strict=True):
        last = cells.get("mechanism", last)
        term, value = cells.get("term", ""), cells.get("value", "")
        try:
            if not decode_id(last):
                found.tell(rows, at, "mechanism", "the first mechanism has no id", "write it")
                continue
        except CellError as error:
            found.tell(rows, at, "mechanism", error.what, error.remedy)
            continue
        if not term or not value:
            lacking = "value" if term else "term"
            found.tell(rows, at, lacking, "the cell is empty", "fill it or remove the row")
            continue
        file = f"{MECHANISMS}/{last}.toml"
        key = "_".join(term.casefold().split())
        told = lines.setdefault(file, [])
        if any(line.startswith(f"{quoted_toml(key)} = ") for line in told):
            found.tell(rows, at, "term", f"the term “{term}” of “{last}” stands twice", "remove one of the rows")
            continue
        told.append(f"{quoted_toml(key)} = {quoted_toml(value)}")
        places.setdefault(file, {})[len(told)] = (rows.name, at, rows.letters.get("value", ""))
    for file, told in lines.items():
        _take_lines(found, file, told, places[file])


def _own_files(rows: SheetRows, found: SheetTexts) -> None:
    """The files of rules and gates, line by line."""
    for file in _OWN_FILES:
        mine = [(cells.get("line", ""), at) for cells, at in _filled(rows) if cells["file"] == file]
        places = {line: (rows.name, at, rows.letters.get("line", "")) for line, (_, at) in enumerate(mine, 1)}
        _take_lines(found, file, [line for line, _ in mine], places)
    for cells, at in _filled(rows):
        if cells["file"] not in _OWN_FILES:
            remedy = f"write {' or '.join(_OWN_FILES)}"
            found.tell(rows, at, "file", f"“{cells['file']}” is no file that is read", remedy)


def _filled(rows: SheetRows) -> list[tuple[dict[str, str], int]]:
    """The rows with the file of each: an empty one is that of the row above."""
    filled, last = [], RULES
    for cells, at in zip(rows.cells, rows.at, strict=True):
        last = cells.get("file", last)
        filled.append(({**cells, "file": last}, at))
    return filled
