"""The Excel template, filled in, back to texts: every mistake is named by its sheet and cell, all at once."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from trigpoint.activity.assumptions.scenario import Change, Scenario
from trigpoint.activity.book.columns import row_starts
from trigpoint.activity.book.scenarios import scenario_text
from trigpoint.activity.book.sheets import (
    LISTS,
    README,
    SCENARIOS_SHEET,
    SETTINGS_SHEET,
    SHEETS,
    VARIANTS,
    SheetTable,
)
from trigpoint.activity.book.tables import COUNTS_FILE, SCENARIOS, SETTINGS
from trigpoint.activity.book.template_cells import SheetRows, is_wide, long_rows, rows_of_sheet
from trigpoint.activity.book.texts import bounded, read_texts
from trigpoint.activity.book.writing import table_text
from trigpoint.errors import InputError, Where
from trigpoint.plans.cells import CellError, quoted
from trigpoint.plans.tables import nearest
from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.files.opening import open_bytes
from trigpoint.tabular.amounts import date_of, flag_of, part_of_one
from trigpoint.tabular.fields import Field, FileTable
from trigpoint.tabular.formula_cells import formula_faults
from trigpoint.tabular.merged_cells import merged_cells

MOST_BYTES = 100_000_000
_TEXTS = "\0"
"""What messages of the texts call their folder: nothing that a file could be called, so that it is found again."""
_LINE = re.compile(rf"(?:{_TEXTS}/(\S+?), )?line ([0-9,]+)")
_WHOLE = frozenset({"months_known", "draws", "seed"})
_LISTS = frozenset({"years", "output_by"})
_FLAGS = frozenset({"noise", "illustrative"})


@dataclass(frozen=True, slots=True)
class TemplateReading:
    """The texts of the workbook by file, as ``reading.read_texts`` takes them, and what is wrong with its cells."""

    texts: dict[str, str]
    problems: tuple[InputError, ...] = ()


@dataclass(slots=True)
class _Found:
    """What was read so far; ``places`` has for each line of each text the sheet, row and column of its cell."""

    file: str
    texts: dict[str, str] = field(default_factory=dict)
    places: dict[str, dict[int, tuple[str, int, str]]] = field(default_factory=dict)
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    problems: list[InputError] = field(default_factory=list)


def read_template(data: bytes, name: str) -> TemplateReading:
    """The texts of a workbook that has the sheets of the template, and every mistake in it with its sheet and cell.

    Sheets may be missing, in another order, or hidden; further sheets are passed over. Counts may have a column for
    each month, or a row. Wrong rows are in the texts too, so that whoever reads those is told again. Raises
    ``InputError`` for bytes that are no workbook, or more than is read.
    """
    if len(data) > MOST_BYTES:
        raise InputError(f"the file is larger than {MOST_BYTES // 1_000_000} MB", where=name, remedy="split it")
    content = _workbook(data, name)
    found = _Found(name)
    sheets = _sheets(content, found)
    if not sheets:
        names = ", ".join(one.name for one in SHEETS)
        raise InputError("this workbook has none of the template's sheets", where=name, remedy=f"they are {names}")
    named = {rows.name for rows in sheets.values()}
    faults = tuple(formula_faults(data, name, named))
    found.problems += (*merged_cells(data, name, named), *faults)
    _settings(sheets, found)
    for one in SHEETS:
        if one.name in sheets and one.name not in (SETTINGS_SHEET, SCENARIOS_SHEET) and one.table is not VARIANTS:
            _table(one, sheets[one.name], found)
    if SCENARIOS_SHEET in sheets:
        _scenarios(sheets[SCENARIOS_SHEET], found)
    read = read_texts(found.texts, where=_TEXTS)
    told = {one.where for one in faults}  # a cell without a value need not be told that it is empty as well
    found.problems += [placed for one in read.problems if (placed := _placed(one, found)).where not in told]
    return TemplateReading(found.texts, bounded(found.problems))


def _workbook(data: bytes, name: str) -> Content:
    contents = open_bytes(data, name)
    if len(contents) != 1 or contents[0].kind is not Kind.WORKBOOK:
        remedy = "give the template, saved as an Excel workbook (.xlsx)"
        raise InputError("this is no workbook", where=name, remedy=remedy)
    return contents[0]


def _sheets(content: Content, found: _Found) -> dict[str, SheetRows]:
    """The rows of each sheet of the template that is there, by the template's name of it."""
    known = {one.name.casefold(): one for one in SHEETS}
    here = {sheet.name.strip().casefold() for sheet in content.sheets}
    rows: dict[str, SheetRows] = {}
    for sheet in content.sheets:
        one = known.get(sheet.name.strip().casefold())
        if one is not None:
            read = rows_of_sheet(sheet, one.table, content.name, found.problems)
            rows[one.name] = read or SheetRows(sheet.name)
        elif sheet.name not in (README, LISTS):
            near = nearest(sheet.name, [key for key in known if key not in here])
            if near is not None:
                where, remedy = Where(content.name, sheet=sheet.name), f"call it “{known[near].name}” if it is that one"
                told = InputError("this sheet is not read", where=where, remedy=remedy)
                found.problems.append(told)
    return rows


def _table(one: SheetTable, rows: SheetRows, found: _Found) -> None:
    """The text of one table, and where each of its lines comes from."""
    if not rows.cells:
        return
    name = one.table.file
    if one.table is COUNTS_FILE:
        further = [column for column in rows.letters if column not in one.table.columns and column[:1].isalpha()]
        table = FileTable(one.table.name, (*one.table.fields, *(Field(column, "", common=True) for column in further)))
    else:
        table = one.table
    if one.table is COUNTS_FILE and is_wide(rows):
        if "month" in rows.letters or "value" in rows.letters:
            where = Where(found.file, sheet=rows.name, row=rows.heading)
            what = "months are headings and stand in a column as well, which is not read"
            found.problems.append(InputError(what, where=where, remedy="keep one of the two ways"))
        long = list(long_rows(rows))
        cells, at = [row for row, _, _ in long], [(row, letter) for _, row, letter in long]
    else:
        cells, at = rows.cells, [(row, "") for row in rows.at]
    text = table_text(table, cells)
    found.texts[name] = text
    starts = row_starts(text)
    places = {line: (rows.name, *place) for line, place in zip(starts[1:], at, strict=False)}
    found.places[name] = {1: (rows.name, rows.heading, ""), **places}
    found.columns[name] = rows.letters


def _settings(sheets: Mapping[str, SheetRows], found: _Found) -> None:
    """The settings and the variants as ``settings.toml``, a key on each line."""
    lines: list[str] = []
    places: dict[int, tuple[str, int, str]] = {}
    rows = sheets.get(SETTINGS_SHEET, SheetRows(SETTINGS_SHEET))
    for cells, at in zip(rows.cells, rows.at, strict=True):
        key, value = cells.get("setting", "").casefold().replace(" ", "_"), cells.get("value", "")
        if key and value:
            lines.append(f"{key if key.isidentifier() else json.dumps(key)} = {_toml(key, value)}")
            places[len(lines)] = (rows.name, at, rows.letters.get("value", ""))
    variants = sheets.get(VARIANTS_SHEET, SheetRows(VARIANTS_SHEET))
    for cells, at in zip(variants.cells, variants.at, strict=True):
        try:
            part = part_of_one(cells.get("probability", ""))
        except CellError as error:
            where = Where(found.file, sheet=variants.name, row=at, column=variants.letters.get("probability"))
            found.problems.append(InputError(error.what, where=where, remedy=error.remedy))
            continue
        lines += ["[[variants]]", f"name = {json.dumps(cells.get('name', ''), ensure_ascii=False)}"]
        lines += [f"probability = {part!r}"]
        places.update(dict.fromkeys(range(len(lines) - 2, len(lines) + 1), (variants.name, at, "")))
    if lines:
        found.texts[SETTINGS] = "\n".join([*lines, ""])
        found.places[SETTINGS] = places


VARIANTS_SHEET = next(one.name for one in SHEETS if one.table is VARIANTS)


def _toml(key: str, value: str) -> str:
    """A cell as the TOML of its setting; what cannot be that stays words, and the reader of settings answers."""
    if key in _WHOLE and value.isdecimal() and value.isascii():
        return str(int(value))
    if key in _FLAGS:
        try:
            return "true" if flag_of(value) else "false"
        except CellError:
            return _quoted(value)
    if key in _LISTS:
        return f"[{', '.join(_quoted(part.strip()) for part in re.split('[,;]', value) if part.strip())}]"
    return _quoted(value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _scenarios(rows: SheetRows, found: _Found) -> None:
    """A text for each scenario, from its rows in their order."""
    by_id: dict[str, list[tuple[dict[str, str], int]]] = {}
    last = ""
    for cells, at in zip(rows.cells, rows.at, strict=True):
        last = cells.get("id", last)
        by_id.setdefault(last, []).append((cells, at))
    for name, several in by_id.items():
        at = several[0][1]
        where = Where(found.file, sheet=rows.name, row=at, column=rows.letters.get("id"))
        if not name or "/" in name or "\\" in name:
            what = f"{quoted(name)} is no name for a scenario" if name else "the first scenario has no id"
            remedy = "use lower-case letters, digits and hyphens"
            found.problems.append(InputError(what, where=where, remedy=remedy))
            continue
        first: dict[str, str] = {}
        for cells, _ in several:
            first = {**cells, **first}
        changes = tuple(
            Change(cells.get("assumption", ""), cells.get("field", ""), cells.get("value", ""))
            for cells, _ in several
            if any(cells.get(key) for key in ("assumption", "field", "value"))
        )
        try:
            on = date_of(first.get("on", ""))
        except CellError as error:
            place = Where(found.file, sheet=rows.name, row=at, column=rows.letters.get("on"))
            found.problems.append(InputError(error.what, where=place, remedy=error.remedy))
            on = None
        without = tuple(part.strip() for part in first.get("without", "").split(",") if part.strip())
        words = (first.get("name") or name, first.get("note", ""), first.get("author", ""))
        file = f"{SCENARIOS}/{name}.toml"
        found.texts[file] = scenario_text(Scenario(name, *words, on, changes, without))
        found.places[file] = {1: (rows.name, at, "")}


def _placed(problem: InputError, found: _Found) -> InputError:
    """A problem of the texts as one of the workbook's cells."""
    where = problem.where if isinstance(problem.where, Where) else Where(problem.where or "")
    file = where.file.removeprefix(f"{_TEXTS}/")
    places = found.places.get(file, {})

    def cell(match: re.Match[str]) -> str:
        line = int(match[2].replace(",", ""))
        place = found.places.get(match[1] or file, {}).get(line)
        if place is None:
            return match[0]
        return f"sheet {place[0]}, {f'cell {place[2]}' if place[2] else 'row '}{place[1]}"

    what = _LINE.sub(cell, problem.what).replace(_TEXTS, found.file)
    if not places:
        sheet = (
            SETTINGS_SHEET if file == SETTINGS else next((one.name for one in SHEETS if one.table.file == file), None)
        )
        remedy = "fill in base_year and years" if file == SETTINGS else problem.remedy
        return InputError(what, where=Where(found.file, sheet=sheet), remedy=remedy)
    first = next(iter(places.values()))
    sheet, row, column = places.get(where.line or 0, (first[0], first[1] if file.startswith(SCENARIOS) else 0, ""))
    # In a row for each month the cell is its value's; what is wrong with another column is told of that column.
    if not column or where.column not in (None, "value", "month"):
        column = found.columns.get(file, {}).get(where.column or "", column)
    return InputError(
        what, where=Where(found.file, sheet=sheet, row=row or None, column=column or None), remedy=problem.remedy
    )
