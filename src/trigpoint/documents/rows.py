"""Rows of a plan table → entries, with what pages and converters cut put together again.

Each function takes the ``Reading`` so far and adds to it. A row without a title belongs to the objective above; a row
with two titles and as many paragraphs elsewhere is two rows merged; a text that goes on (``continuation``) is joined.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from trigpoint.documents.columns import DATED, OWNERS, Column, ColumnKind
from trigpoint.documents.commitments import NUMBERED_TITLE, Fragment, area_named, referenced, scope_of, split_cell
from trigpoint.documents.continuation import ENTRY_KINDS, continues_text
from trigpoint.documents.dating import dates_in
from trigpoint.documents.events import Row
from trigpoint.documents.layout_words import is_unfilled
from trigpoint.documents.objectives import cell_pieces, enter_heading, imply, opened
from trigpoint.documents.reading import EntryRead, ObjectiveRead, Reading, RowRead
from trigpoint.documents.verbs import opens_with_verb
from trigpoint.documents.words import flowing, normal
from trigpoint.periods import Role
from trigpoint.plans.document import Cell
from trigpoint.plans.draft import NoteKind
from trigpoint.plans.model import Scope

SHOWN = 80
MARK = re.compile(r"[xX✓✔●•■█▓▶→*]{1,6}")
ITEMS = (ColumnKind.DELIVERABLE, ColumnKind.MILESTONE)
WORDLESS = frozenset((ColumnKind.NUMBER, ColumnKind.STATUS, ColumnKind.RATING, ColumnKind.COMPLETED))
RUN = OWNERS | {ColumnKind.STATUS}
"""What tells a list of actions that is run from a table of other things."""


def read_row(reading: Reading, row: Row) -> None:
    """One row of a plan table."""
    if row.moved:
        text = "The row has more or fewer cells than the table; its cells were put under the columns they fit"
        reading.note(NoteKind.REPAIRED, text, row.line)
    row = _filled_in(row)
    if _is_blank(row):
        words = "; ".join(cell.text for _, cell in row.cells if not cell.empty)
        if words:
            reading.note(NoteKind.SKIPPED, f"The row has nothing but “{words}” and was left out", row.line)
        return
    row = _with_stray_milestones(reading, row)
    theme = row.cell(ColumnKind.THEME)
    if theme is not None:
        enter_heading(reading, " ".join(theme.paragraphs), row.line)
    above, known = reading.objective, len(reading.objectives)
    owners = opened(reading, row)
    if owners and reading.objective is not above:
        reading.current = []
    named = bool(owners)
    if not owners:
        owner = _implied_objective(reading, row) or reading.objective
        if owner is None:
            words = "; ".join(cell.text for _, cell in row.cells if not cell.empty)
            text = f"A row stands above the first objective and belongs to none: {words}"
            reading.note(NoteKind.SKIPPED, text, row.line)
            return
        owners = [owner]
    before = len(reading.entries)
    # The deliverable first, wherever its column stands: the other cells of the row belong to it.
    for index in sorted(range(len(row.cells)), key=lambda at: row.cells[at][0].kind is not ColumnKind.DELIVERABLE):
        column, cell = row.cells[index]
        if column.kind in ENTRY_KINDS and not cell.empty and not _is_mark(column, cell):
            _read_cell(reading, row, index, owners, titled=named)
    _end_of_bar(reading, row, reading.entries[before:])
    _remember(reading, row, owners[-1], reading.entries[before:], opens=len(reading.objectives) > known)


def _is_mark(column: Column, cell: Cell) -> bool:
    """Whether a cell under a period only marks that work goes on in it, as the bars of a Gantt chart do."""
    return bool(column.label) and MARK.fullmatch(cell.text.strip()) is not None


def _end_of_bar(reading: Reading, row: Row, entries: list[EntryRead]) -> None:
    """What a row is to achieve ends where its bar does."""
    marked = [column for column, cell in row.cells if not cell.empty and _is_mark(column, cell)]
    dated = any(column.kind in DATED and not cell.empty for column, cell in row.cells)
    for entry in entries if marked and not dated else []:
        if entry.kind in ITEMS and not entry.column.label and not entry.due_words:
            entry.due_words = marked[-1].heading
            text = f"The last period marked, {marked[-1].heading}, was taken as the date of “{entry.text[:SHOWN]}”"
            reading.note(NoteKind.INFERRED, text, row.line)


def _filled_in(row: Row) -> Row:
    """The row without what a template says where nothing is filled in yet."""
    if not any(not cell.empty and is_unfilled(cell.text) for _, cell in row.cells):
        return row
    cells = tuple(
        (one, replace(cell, paragraphs=(), raw="") if is_unfilled(cell.text) else cell) for one, cell in row.cells
    )
    return replace(row, cells=cells, shown=tuple(cell for _, cell in cells))


def _is_blank(row: Row) -> bool:
    """Whether a row is an empty line of a template: nothing but its number, or what a list of choices shows."""
    filled = [column.kind for column, cell in row.cells if not cell.empty]
    return not filled or (ColumnKind.NUMBER in filled and set(filled) <= WORDLESS)


def _remember(reading: Reading, row: Row, owner: ObjectiveRead, entries: list[EntryRead], *, opens: bool) -> None:
    """Keep what the row opened with the cells that say something of it; ``belongings`` gives them out."""
    above = reading.rows[-1] if reading.rows else None
    cells = [
        (column, cell if not cell.empty else shown)
        for (column, cell), shown in zip(row.cells, row.shown or tuple(cell for _, cell in row.cells), strict=False)
        if column.kind not in ENTRY_KINDS and column.kind not in (ColumnKind.THEME, ColumnKind.OBJECTIVE)
    ]
    filled = [(column, cell) for column, cell in cells if not cell.empty]
    if not entries and not opens and above is not None and above.objective is owner:
        above.cells += [pair for pair in filled if all(pair[1] is not cell for _, cell in above.cells)]
        return  # the rest of a row that a page cut
    current = reading.current[-1] if reading.current and reading.current[-1].objective is owner else None
    reading.rows.append(
        RowRead(
            row.line,
            owner,
            opens,
            filled,
            [entry for entry in entries if entry.kind is ColumnKind.DELIVERABLE],
            [entry for entry in entries if entry.kind is ColumnKind.MILESTONE],
            current,
            row.periodic,
        )
    )


def _implied_objective(reading: Reading, row: Row) -> ObjectiveRead | None:
    """In a table without a column of objectives, its title or section is what its rows are to achieve."""
    if any(column.kind is ColumnKind.OBJECTIVE for column, _ in row.cells):
        return None
    if reading.implied is None:
        theme = reading.theme
        kinds = {column.kind for column, _ in row.cells}
        heading = theme.title if theme else reading.title or (reading.name if kinds & RUN else "")
        if not heading:
            return None
        objective = imply(reading, heading, theme.line if theme else row.line)
        if theme is not None:
            objective.number = objective.number or theme.number
        taken = "; its heading" if theme or reading.title else " and no heading; the file's name"
        text = f"The table has no column of objectives{taken} “{objective.title}” was taken as the objective"
        reading.note(NoteKind.INFERRED, text, objective.lines[0] if objective.lines else row.line)
    return reading.implied


def _read_cell(reading: Reading, row: Row, index: int, owners: list[ObjectiveRead], *, titled: bool) -> None:
    column, cell = row.cells[index]
    line = row.lines[index] if row.lines else row.line
    fragments = _fragments(row, column, cell)
    last = reading.last.get(column.key)
    joined = False
    while (
        fragments
        and not titled
        and last is not None
        and continues_text(reading, last, fragments[0], row, column, joined=joined)
    ):
        text = (
            f"“{fragments[0].text[:SHOWN]}” goes on with the text of {reading.spot(last.lines[0])} and was joined to it"
        )
        reading.note(NoteKind.REPAIRED, text, line)
        last.continue_with(fragments.pop(0), line)
        joined = True
    several = len(owners) > 1
    if several and fragments and len(fragments) != len(owners):
        text = f"It is not printed which objective of this row “{column.heading}” belongs to; it was given to the last"
        reading.note(NoteKind.INFERRED, text, line)
    for place, fragment in enumerate(fragments):
        owner = owners[place] if several and len(fragments) == len(owners) else owners[-1]
        if place == 0 and _goes_on(reading, row, column, fragment, owner):
            continue
        _add(reading, row, column, fragment, owner, line=line, first=place == 0)


def _fragments(row: Row, column: Column, cell: Cell) -> list[Fragment]:
    """The separate texts of a cell; one text where the row has a number, and so is one item."""
    parts = cell_pieces(cell)
    if column.kind in ITEMS and not column.label and parts:
        ref, rest = referenced(parts[0].text)
        own = row.cell(ColumnKind.NUMBER)
        if (ref or own is not None) and not (len(parts) > 1 and referenced(parts[1].text)[0]):
            whole = " ".join(part.text for part in parts)
            return [Fragment(rest, None, words=whole, ref=ref, more=flowing(part.text for part in parts[1:]))]
    return [fragment for part in split_cell(parts) for fragment in _run_together(part, column)]


def _run_together(fragment: Fragment, column: Column) -> list[Fragment]:
    """A text apart where a line break was lost after a date: "Open it by June 2026 Train all staff by May 2027"."""
    if column.kind not in ITEMS or fragment.number is not None or not opens_with_verb(fragment.text):
        return [fragment]
    found = [phrase for phrase in dates_in(fragment.text) if phrase.role is Role.DUE]
    starts = [
        one.stop + 1
        for one, following in pairwise(found)
        if fragment.text[one.stop : one.stop + 1] == " "
        and fragment.text[one.stop + 1 : one.stop + 2].isupper()
        and opens_with_verb(fragment.text[one.stop + 1 : following.start])
    ]
    parts = [fragment.text[start:stop].strip() for start, stop in pairwise([0, *starts, len(fragment.text)])]
    return [replace(fragment, text=part, words=part) for part in parts] if starts else [fragment]


def _goes_on(reading: Reading, row: Row, column: Column, fragment: Fragment, owner: ObjectiveRead) -> bool:
    """Whether a cell repeats the deliverable or measure of the row above instead of merging with it."""
    if column.label or column.kind not in (ColumnKind.DELIVERABLE, ColumnKind.MEASURE):
        return False
    last = reading.last.get(column.key)
    if last is None or last.objective is not owner or normal(last.text) != normal(fragment.text):
        return False
    if column.kind is ColumnKind.MEASURE:
        mine = reading.current[-1] if len(reading.current) == 1 else None
        return last.deliverable is mine
    stepped = any(one.kind is ColumnKind.MILESTONE for one, _ in row.cells)
    return stepped and fragment.ref == last.ref and last in reading.current


def _add(
    reading: Reading, row: Row, column: Column, fragment: Fragment, owner: ObjectiveRead, *, line: int, first: bool
) -> None:
    area = row.cell(ColumnKind.AREA)
    local = fragment.scope is Scope.LOCAL
    entry = EntryRead(
        column.kind,
        owner,
        column,
        fragment.text,
        fragment.words,
        [line],
        fragment.number,
        scope_of(area.text) if area and not local else fragment.scope,
        area.text if area else area_named(fragment.text) if local else "",
    )
    entry.ref = fragment.ref or (str(fragment.number) if fragment.number is not None else "")
    entry.detail = fragment.more
    if column.kind is ColumnKind.DELIVERABLE:
        reading.current = [entry] if first or not reading.current else [*reading.current, entry]
    else:
        mine = [item for item in reading.current if item.objective is owner and not item.column.label]
        entry.deliverable = mine[0] if len(mine) == 1 else None
        entry.beside = tuple(mine)
    reading.entries.append(entry)
    reading.last[column.key] = entry


def _with_stray_milestones(reading: Reading, row: Row) -> Row:
    """A numbered action that slid into the baseline column goes back to the empty action column beside it.

    Only when its number runs on from the actions above: after "3." a "4." or "5." stands in the wrong column.
    """
    cells = list(row.cells)
    for index, (column, cell) in enumerate(cells[:-1]):
        target, beside = cells[index + 1]
        if column.kind is not ColumnKind.BASELINE or target.kind is not ColumnKind.MILESTONE or not beside.empty:
            continue
        found = NUMBERED_TITLE.match(cell.text)
        last = reading.last.get(target.key)
        if found is None or last is None or last.number is None or last.objective is not reading.objective:
            continue
        if row.cell(ColumnKind.OBJECTIVE) is None and int(found[1]) in (last.number + 1, last.number + 2):
            cells[index], cells[index + 1] = (column, beside), (target, cell)
            text = f"Action {found[1]} stood in the column “{column.heading}” and was moved to “{target.heading}”"
            reading.note(NoteKind.REPAIRED, text, row.line)
    return replace(row, cells=tuple(cells))
