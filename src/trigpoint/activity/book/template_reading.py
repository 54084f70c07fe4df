"""The Excel template, filled in, back to texts: every mistake is named by its sheet and cell, all at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trigpoint.activity.assumptions.scenario import Change, Scenario
from trigpoint.activity.book.scenarios import scenario_text
from trigpoint.activity.book.sheets import SCENARIOS_SHEET, SETTING, SETTINGS_SHEET, SHEETS, VARIANTS
from trigpoint.activity.book.tables import COUNTS_FILE, LAYOUT, SCENARIOS, SETTINGS
from trigpoint.activity.book.template_cells import headings, is_wide, kind, long_rows
from trigpoint.activity.book.texts import read_texts
from trigpoint.activity.book.writing import NUMBERS
from trigpoint.errors import InputError, Where
from trigpoint.plans.cells import CellError, quoted
from trigpoint.tabular.amounts import date_of, part_of_one
from trigpoint.tabular.fields import Field, FileTable
from trigpoint.tabular.sheet_rows import SheetRows
from trigpoint.tabular.sheet_texts import TEXTS, SettingsKinds, SheetTexts, opened_sheets
from trigpoint.tabular.sheets import SheetForm, SheetTable
from trigpoint.tabular.writing import quoted_toml

__all__ = ["TemplateReading", "read_template"]

_FORM = SheetForm(("",), SHEETS, kind)
_SETTINGS = SettingsKinds(
    whole=frozenset({"months_known", "draws", "seed"}),
    flags=frozenset({"noise", "illustrative"}),
    lists=frozenset({"years", "output_by"}),
)


@dataclass(frozen=True, slots=True)
class TemplateReading:
    """The texts of the workbook by file, as ``reading.read_texts`` takes them, and what is wrong with its cells."""

    texts: dict[str, str]
    problems: tuple[InputError, ...] = ()


def read_template(data: bytes, name: str) -> TemplateReading:
    """The texts of a workbook that has the sheets of the template, and every mistake in it with its sheet and cell.

    Sheets may be missing, in another order, or hidden; further sheets are passed over. Counts may have a column for
    each month, or a row. Wrong rows are in the texts too, so that whoever reads those is told again. Raises
    ``InputError`` for bytes that are no workbook, or more than is read.
    """
    sheets, found = opened_sheets(data, name, _FORM, headings)
    _settings(sheets, found)
    for one in SHEETS:
        if one.name in sheets and one.name not in (SETTINGS_SHEET, SCENARIOS_SHEET) and one.table is not VARIANTS:
            _table(one, sheets[one.name], found)
    if SCENARIOS_SHEET in sheets:
        _scenarios(sheets[SCENARIOS_SHEET], found)
    read = read_texts(found.texts, where=TEXTS)
    found.problems += [placed for one in read.problems if (placed := _placed(one, found)).where not in found.unsolved]
    return TemplateReading(found.texts, LAYOUT.bounded(found.problems))


def _placed(problem: InputError, found: SheetTexts) -> InputError:
    return found.placed(
        problem,
        {SETTINGS: SETTINGS_SHEET, **{one.table.file: one.name for one in SHEETS if one.table is not SETTING}},
        firm=lambda file: file.startswith(SCENARIOS),
        of_cell=frozenset({"value", "month"}),
        remedies={SETTINGS: "fill in base_year and years"},
    )


def _table(one: SheetTable, rows: SheetRows, found: SheetTexts) -> None:
    """The text of one table, and where each of its lines comes from."""
    if one.table is not COUNTS_FILE or not rows.cells:
        found.take(one.table, rows, NUMBERS)
        return
    further = [column for column in rows.letters if column not in one.table.columns and column[:1].isalpha()]
    table = FileTable(one.table.name, (*one.table.fields, *(Field(column, "", common=True) for column in further)))
    if not is_wide(rows):
        found.take(table, rows, NUMBERS)
        return
    if "month" in rows.letters or "value" in rows.letters:
        where = Where(found.file, sheet=rows.name, row=rows.heading)
        what = "months are headings and stand in a column as well, which is not read"
        found.problems.append(InputError(what, where=where, remedy="keep one of the two ways"))
    long = list(long_rows(rows))
    at = [(row, letter) for _, row, letter in long]
    found.take_cells(table, rows, [row for row, _, _ in long], at, NUMBERS)


def _settings(sheets: Mapping[str, SheetRows], found: SheetTexts) -> None:
    """The settings and the variants as ``settings.toml``, a key on each line."""
    lines, places = _SETTINGS.lines(sheets.get(SETTINGS_SHEET, SheetRows(SETTINGS_SHEET)))
    variants = sheets.get(VARIANTS_SHEET, SheetRows(VARIANTS_SHEET))
    for cells, at in zip(variants.cells, variants.at, strict=True):
        try:
            part = part_of_one(cells.get("probability", ""))
        except CellError as error:
            found.tell(variants, at, "probability", error.what, error.remedy)
            continue
        lines += ["[[variants]]", f"name = {quoted_toml(cells.get('name', ''))}"]
        lines += [f"probability = {part!r}"]
        places.update(dict.fromkeys(range(len(lines) - 2, len(lines) + 1), (variants.name, at, "")))
    if lines:
        found.texts[SETTINGS] = "\n".join([*lines, ""])
        found.places[SETTINGS] = places


VARIANTS_SHEET = next(one.name for one in SHEETS if one.table is VARIANTS)


def _scenarios(rows: SheetRows, found: SheetTexts) -> None:
    """A text for each scenario, from its rows in their order."""
    by_id: dict[str, list[tuple[dict[str, str], int]]] = {}
    last = ""
    for cells, at in zip(rows.cells, rows.at, strict=True):
        last = cells.get("id", last)
        by_id.setdefault(last, []).append((cells, at))
    for name, several in by_id.items():
        at = several[0][1]
        if not name or "/" in name or "\\" in name:
            what = f"{quoted(name)} is no name for a scenario" if name else "the first scenario has no id"
            found.tell(rows, at, "id", what, "use lower-case letters, digits and hyphens")
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
            found.tell(rows, at, "on", error.what, error.remedy)
            on = None
        without = tuple(part.strip() for part in first.get("without", "").split(",") if part.strip())
        words = (first.get("name") or name, first.get("note", ""), first.get("author", ""))
        file = f"{SCENARIOS}/{name}.toml"
        found.texts[file] = scenario_text(Scenario(name, *words, on, changes, without))
        found.places[file] = {1: (rows.name, at, "")}
