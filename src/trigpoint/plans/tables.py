"""CSV text to the records of a table and back, with every mistake told at its line.

The standard library's ``csv`` reads the rows: for tens of thousands of rows of a few columns it is many times
faster than a model validated row by row, and the decoders of ``cells`` give the sentences that users need.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from trigpoint.errors import InputError, Where
from trigpoint.plans.cells import CellError, Decode, decoder, encode, quoted
from trigpoint.plans.limits import MAX_CELL_CHARACTERS, MAX_ROWS
from trigpoint.plans.schema import Column, Table
from trigpoint.wording import count

_NEEDS_QUOTES = re.compile(r'[",\r\n]')


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a table: the line it begins on and its values by column."""

    line: int
    values: dict[str, Any]


def read_table(text: str, table: Table, shown: str, mistakes: list[InputError]) -> list[Record]:
    """The rows of one CSV file. Mistakes are added to ``mistakes``; rows that have one are left out."""
    return list(table_records(text, table, shown, mistakes))


def table_records(text: str, table: Table, shown: str, mistakes: list[InputError]) -> Iterator[Record]:
    """As ``read_table``, one by one: of a long table no more than one row need be held."""
    rows = _rows(text, shown, mistakes)
    heading = next(rows, None)
    if heading is None:
        return
    columns = _columns(heading[1], table, Where(shown, line=heading[0]), mistakes)
    if columns is None:
        return
    decoders: list[tuple[int, str, Decode, bool]] = [
        (index, column.name, decoder(column), column.required) for index, column in columns
    ]
    absent = {column.name: decoder(column)("") for column in table.columns if column not in dict(columns).values()}
    for line, cells in rows:
        if not any(cells):
            continue
        if len(cells) != len(heading[1]) and any(cells[len(heading[1]) :] or [True]):
            mistakes.append(_ragged(len(cells), len(heading[1]), Where(shown, line=line)))
            continue
        values = dict(absent)
        for index, name, decode, required in decoders:
            cell = cells[index]
            try:
                values[name] = decode(cell)
                if required and not cell.strip():
                    raise CellError("the cell is empty", "fill it or remove the row")
            except CellError as error:
                where = Where(shown, line=line, column=name)
                mistakes.append(InputError(error.what, where=where, remedy=error.remedy))
                values.clear()
        if len(values) == len(table.columns):
            yield Record(line, values)


def _rows(text: str, shown: str, mistakes: list[InputError]) -> Iterator[tuple[int, list[str]]]:
    """Every row that is not blank, with the line it begins on."""
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line, count = 1, 0
    try:
        for cells in reader:
            if cells:
                count += 1
                if count > MAX_ROWS + 1:
                    mistakes.append(
                        InputError(
                            f"there are more than {MAX_ROWS:,} rows",
                            where=Where(shown, line=line),
                            remedy="split the plan",
                        )
                    )
                    return
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        mistakes.append(_csv_mistake(str(error), Where(shown, line=line)))


def _csv_mistake(message: str, where: Where) -> InputError:
    if "field limit" in message:
        what = f"a cell is longer than {MAX_CELL_CHARACTERS:,} characters"
        return InputError(what, where=where, remedy="shorten it, or close the quote that begins in this row")
    if "unexpected end" in message:
        return InputError('a cell begins with " and is never closed', where=where, remedy='add the closing "')
    if "expected after" in message:
        return InputError(
            'a quoted cell goes on after its closing "', where=where, remedy='double each " inside the cell'
        )
    return InputError(f"the row cannot be read ({message})", where=where, remedy="save the file as CSV again")


def _columns(
    names: Sequence[str], table: Table, where: Where, mistakes: list[InputError]
) -> list[tuple[int, Column]] | None:
    """The columns of a heading with their positions, ``None`` when the heading cannot be used."""
    known = {column.name: column for column in table.columns}
    found = [name.strip() for name in names]
    while found and not found[-1]:
        found.pop()
    wrong: list[InputError] = []
    if len(found) == 1 and found[0] not in known and re.search(r"[;\t]", found[0]):
        separator = "tabs" if "\t" in found[0] else "semicolons"
        wrong.append(
            InputError(f"the columns are separated by {separator}", where=where, remedy="save the file with commas")
        )
        mistakes.extend(wrong)
        return None
    if is_no_heading(found, known):
        mistakes.append(no_heading(found, known, where))
        return None
    for name in dict.fromkeys(found):
        if name not in known:
            wrong.append(_unknown_column(name, table, where))
        elif found.count(name) > 1:
            wrong.append(InputError(f"the column {quoted(name)} stands twice", where=where, remedy="remove one"))
    missing = [column.name for column in table.columns if column.required and column.name not in found]
    remedy = f"the columns are {', '.join(name for name in known if name not in table.unread)}"
    for name in missing:
        wrong.append(InputError(f"the column “{name}” is missing", where=where, remedy=remedy))
    mistakes.extend(wrong)
    return None if wrong else [(index, known[name]) for index, name in enumerate(found)]


def is_no_heading(names: Iterable[str], known: Iterable[str]) -> bool:
    """Whether a first row is a title, a comment or a spreadsheet's ``sep=,``: no name is a column, not even misspelt.

    >>> is_no_heading(["Risks of the plan", ""], ["id", "name"]), is_no_heading(["ID", "naem"], ["id", "name"])
    (True, False)
    """
    columns = list(known)
    return not any(name in columns or nearest(name, columns) for name in names if name)


def no_heading(names: Iterable[str], known: Iterable[str], where: Where) -> InputError:
    """The one sentence about such a row."""
    told = ", ".join(name for name in names if name)
    what = f"the first row, {quoted(told)}, names no column" if told else "the first row names no column"
    remedy = f"begin the file with its columns and nothing above them; they are {', '.join(known)}"
    return InputError(what, where=where, remedy=remedy)


def _unknown_column(name: str, table: Table, where: Where) -> InputError:
    near = nearest(name, table.column_names)
    remedy = f"did you mean “{near}”?" if near else f"the columns are {', '.join(table.column_names)}"
    return InputError(f"unknown column {quoted(name)}", where=where, remedy=remedy)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like ``word``; ``None`` when none is alike, or two are equally so."""
    # Only wrong files need it, so the command line does not pay for it at every start.
    from rapidfuzz.distance import DamerauLevenshtein  # noqa: PLC0415
    from rapidfuzz.process import extract  # noqa: PLC0415

    score = DamerauLevenshtein.normalized_similarity
    best = extract(word.lower(), list(known), scorer=score, score_cutoff=0.6, limit=2)
    return best[0][0] if best and (len(best) == 1 or best[0][1] > best[1][1]) else None


def _ragged(cells: int, columns: int, where: Where) -> InputError:
    return InputError(
        f"the row has {count(cells, 'cell')} and the heading has {count(columns, 'column')}",
        where=where,
        remedy='put a text that holds a comma between " and "',
    )


def write_table(table: Table, rows: Iterable[Sequence[object]]) -> str:
    """The CSV text of a table: its columns in their order, Unix line ends, quotes only where needed."""
    cells = [[_quote(encode(value)) for value in row] for row in rows]
    kept = [n for n, column in enumerate(table.columns) if not column.sparse or any(row[n] for row in cells)]
    lines = [",".join(table.columns[n].name for n in kept)]
    lines.extend(",".join(row[n] for n in kept) for row in cells)
    return "\n".join([*lines, ""])


def _quote(cell: str) -> str:
    """``csv.writer`` leaves a lone carriage return bare (mended only in later Pythons); so quotes are set here."""
    return '"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES.search(cell) else cell
