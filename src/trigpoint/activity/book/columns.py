"""Long CSV tables column by column: millions of rows as a frame, the wrong ones told by their lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from trigpoint.activity.assumptions.filter_text import ATTRIBUTE, attribute_name
from trigpoint.errors import InputError, Where
from trigpoint.plans.cells import CellError, quoted
from trigpoint.plans.limits import MAX_CELL_CHARACTERS
from trigpoint.plans.tables import is_no_heading, no_heading
from trigpoint.tabular.amounts import LARGEST, SMALLEST
from trigpoint.tabular.entries import heading_of, misspelt, unknown_column
from trigpoint.tabular.fields import FileTable
from trigpoint.tabular.writing import row_starts
from trigpoint.wording import count

MOST_TOLD = 100
"""Wrong rows of one kind told one by one; a file that is wrong throughout would tell the same a million times."""
NUMBER = r"^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?$"
_INDEX = "_row"
_APOSTROPHE = r"^'('*[=+\-@＝＋－＠])"


@dataclass(slots=True)
class Columns:
    """The cells of a CSV text as a frame of words without blanks at their edges, "" for nothing, and the place of each
    row. ``further`` are the columns that the table does not know."""

    frame: pl.DataFrame
    further: tuple[str, ...]
    file: str
    text: str
    heading_line: int
    problems: list[InputError]
    _starts: list[int] = field(default_factory=list)

    def line(self, row: int) -> int:
        """The line on which a row begins, by its ``_row``."""
        if not self._starts:
            self._starts = row_starts(self.text)
        below = row + self._after_heading
        return self._starts[below] if below < len(self._starts) else below + 1

    @property
    def _after_heading(self) -> int:
        return next((n for n, line in enumerate(self._starts) if line > self.heading_line), len(self._starts))

    def drop(self, wrong: pl.Expr, tell: Callable[[dict[str, Any]], tuple[str, str, str]]) -> None:
        """Leave out the rows of which ``wrong`` holds; ``tell`` says of each what, remedy and column."""
        found = self.frame.filter(wrong)
        if found.is_empty():
            return
        self.frame = self.frame.filter(~wrong)
        for row in found.head(MOST_TOLD).iter_rows(named=True):
            what, remedy, column = tell(row)
            where = Where(self.file, line=self.line(row[_INDEX]), column=column or None)
            self.problems.append(InputError(what, where=where, remedy=remedy))
        self.rest(found.height - MOST_TOLD)

    def rest(self, more: int) -> None:
        """Say that there is more of the same."""
        if more > 0:
            what = f"{count(more, 'more row')} with the same kind of mistake {'is' if more == 1 else 'are'} left out"
            self.problems.append(InputError(what, where=Where(self.file), remedy="correct the first ones first"))

    def needed(self, column: str) -> None:
        """Leave out rows whose cell is empty."""
        self.drop(pl.col(column) == "", lambda _: ("the cell is empty", "fill it or remove the row", column))

    def decoded(self, column: str, decode: Callable[[str], Any], kind: type[pl.DataType], empty: Any = None) -> None:
        """Each different word of a column by ``decode``; rows of words that it refuses are told and left out."""
        values: dict[str, Any] = {"": empty}
        refused: dict[str, CellError] = {}
        for cell in self.frame[column].unique().to_list():
            if cell:
                try:
                    values[cell] = decode(cell)
                except CellError as error:
                    refused[cell] = error
        if refused:
            self.drop(
                pl.col(column).is_in(list(refused)),
                lambda row: (refused[row[column]].what, refused[row[column]].remedy, column),
            )
        keys = pl.Series(list(values), dtype=pl.String)
        taken = pl.Series(list(values.values()), dtype=kind)
        self.frame = self.frame.with_columns(
            pl.col(column).replace_strict(keys, taken, default=None, return_dtype=kind)
        )

    def counted(self, column: str, decode: Callable[[str], float]) -> None:
        """A column of many different numbers, none negative; ``decode`` gives the sentence about a wrong one."""

        def tell(row: dict[str, Any]) -> tuple[str, str, str]:
            try:
                decode(row[column])
            except CellError as error:
                return error.what, error.remedy, column
            return f"{quoted(row[column])} cannot be used", "write digits alone", column

        plain = pl.col(column).str.replace("−", "-")
        number = pl.when(plain.str.contains(NUMBER)).then(plain.cast(pl.Float64, strict=False)).otherwise(None)
        self.frame = self.frame.with_columns(number.alias("_number"))
        within = pl.col("_number").is_between(SMALLEST, LARGEST) | (pl.col("_number") == 0)
        self.drop(~within.fill_null(False), tell)
        self.frame = self.frame.with_columns(pl.col("_number").alias(column)).drop("_number")

    def once(self, columns: Iterable[str], value: str, said: Callable[[dict[str, Any]], str]) -> None:
        """Keep the first of rows that are alike in ``columns``; the later ones are told with the line of the first."""
        keys = list(columns)
        first = pl.col(_INDEX).min().over(keys).alias("_first")
        self.frame = self.frame.with_columns(first, pl.col(value).first().over(keys).alias("_before"))

        def tell(row: dict[str, Any]) -> tuple[str, str, str]:
            same = row["_before"] == row[value]
            before = f"line {self.line(row['_first'])}"
            what = f"{said(row)} stands in {before} already, with {'the same' if same else 'another'} number"
            return what, "remove one" if same else "decide which is right, and remove the other", value

        self.drop(pl.col("_first") != pl.col(_INDEX), tell)
        self.frame = self.frame.drop("_first", "_before")


def columns_of(
    text: str, table: FileTable, file: str, problems: list[InputError], *, attributes: bool = False
) -> Columns | None:
    """A CSV text as columns, every column of the table among them; ``None`` where its heading cannot be used.

    Further columns are kept where ``attributes`` says so, unless they seem to be a column of the table misspelt;
    otherwise they are told and left.
    """
    heading = heading_of(text)
    if heading is None:
        return None
    line, names = heading
    kept = _names(names, table, Where(file, line=line), problems, attributes=attributes)
    if kept is None:
        return None
    body = _below(text, line)
    frame = _frame(body, len(names), line, file, problems)
    wanted = {name: column for name, column in zip(kept, frame.columns, strict=False) if name}
    blank = pl.all_horizontal(pl.col(column) == "" for column in frame.columns)
    frame = frame.with_row_index(_INDEX).filter(~blank)
    cells = [pl.col(column).str.replace(_APOSTROPHE, "$1").alias(name) for name, column in wanted.items()]
    absent = [pl.lit("").alias(name) for name in table.columns if name not in wanted]
    further = tuple(name for name in wanted if name not in table.columns)
    return Columns(frame.select(_INDEX, *cells, *absent), further, file, text, line, problems)


def _names(
    names: list[str], table: FileTable, where: Where, problems: list[InputError], *, attributes: bool
) -> list[str] | None:
    """The name of each column as it is kept, "" for one that is not; ``None`` where the table cannot be read."""
    plain = [attribute_name(name) for name in names]
    if len(plain) == 1 and any(sign in plain[0] for sign in ";\t"):
        separator = "tabs" if "\t" in names[0] else "semicolons"
        what = f"the columns are separated by {separator}"
        problems.append(InputError(what, where=where, remedy="save the file with commas"))
        return None
    if is_no_heading(plain, table.columns):
        problems.append(no_heading(names, table.columns, where))
        return None
    twice = next((name for name in plain if name and plain.count(name) > 1), None)
    if twice is not None:
        problems.append(InputError(f"the column {quoted(twice)} stands twice", where=where, remedy="remove one"))
        return None
    kept, unusable = [], False
    for name, written in zip(plain, names, strict=True):
        stranger = bool(name) and name not in table.columns
        near = misspelt(name, table, plain) if stranger else None
        unusable = unusable or near is not None
        if stranger and (not attributes or near is not None or not ATTRIBUTE.match(name)):
            problems.append(unknown_column(written, table, where, plain))
            name = ""  # noqa: PLW2901
        kept.append(name)
    if unusable:
        return None
    missing = [field.name for field in table.fields if field.needed and field.name not in kept]
    for name in missing:
        what, remedy = f"the column “{name}” is missing", f"the columns are {', '.join(table.columns)}"
        problems.append(InputError(what, where=where, remedy=remedy))
    return None if missing else kept


def _below(text: str, line: int) -> str:
    """What stands below the heading, every line ended alike, for polars knows no lone carriage return."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    at = 0
    for _ in range(line):
        at = text.find("\n", at) + 1 or len(text)
    return text[at:]


def _frame(body: str, width: int, line: int, file: str, problems: list[InputError]) -> pl.DataFrame:
    names = [f"c{number}" for number in range(width)]
    if not body.strip("\n"):
        return pl.DataFrame(schema=dict.fromkeys(names, pl.String))
    try:
        frame = pl.read_csv(
            body.encode(), has_header=False, schema=dict.fromkeys(names, pl.String), truncate_ragged_lines=False
        )
    except pl.exceptions.PolarsError:
        frame = _row_by_row(body, names, line, file, problems)
    return frame.with_columns(pl.all().fill_null("").str.strip_chars())


def _row_by_row(body: str, names: list[str], line: int, file: str, problems: list[InputError]) -> pl.DataFrame:
    """A text that polars refuses, slowly: rows with more cells than the heading are told and left blank."""
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    rows, kept, ragged = csv.reader(io.StringIO(body, newline="")), [], 0
    try:
        for cells in rows:
            if any(cells[len(names) :]):
                ragged += 1
                if ragged <= MOST_TOLD:
                    what = f"the row has {count(len(cells), 'cell')} and the heading has {count(len(names), 'column')}"
                    remedy = 'put a text that holds a comma between " and ", and write numbers without commas'
                    problems.append(InputError(what, where=Where(file, line=line + rows.line_num), remedy=remedy))
                cells = []  # noqa: PLW2901
            kept.append([*cells, *[""] * len(names)][: len(names)])
    except csv.Error:
        what = "the rest of the file cannot be read"
        remedy = 'close the quote that begins in this row with "'
        problems.append(InputError(what, where=Where(file, line=line + len(kept) + 1), remedy=remedy))
    if ragged > MOST_TOLD:
        what = f"{count(ragged - MOST_TOLD, 'more row')} with too many cells are left out"
        problems.append(InputError(what, where=Where(file), remedy="correct the first ones first"))
    return pl.DataFrame(kept, schema=dict.fromkeys(names, pl.String), orient="row")
