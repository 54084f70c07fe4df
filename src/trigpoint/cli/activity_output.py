"""How commands of `trigpoint activity` print: tables of a paper on the terminal, JSON, files of bytes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trigpoint.characters import on_one_line

if TYPE_CHECKING:
    from trigpoint.charts.picture import Picture
    from trigpoint.reports.blocks import Table

LEFT = ("Point of delivery", "Scheme", "Series of", "Method", "Year", "Step", "Series", "Verdict", "Month",
        "How", "From", "Cell")  # fmt: skip
"""Headers whose columns stand to the left; all others hold numbers."""
NARROWEST, USUAL = 40, 80
"""Columns of a terminal below which a table would lose figures: there its lines wrap. COLUMNS may say 0 for any."""


def print_block(table: Table, *, empty: str = "", left: tuple[str, ...] = LEFT) -> None:
    """A table of a paper on the terminal, as narrow as that is: numbers to the right and whole, words and intervals
    folded. A row that begins as the one above it does so without words. A blank line follows."""
    from rich import box
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

    console = Console(width=max(Console().width or USUAL, NARROWEST))
    if not table.rows and empty:
        console.print(Text(on_one_line(empty)))
        return
    words = [at == 0 or header in left for at, header in enumerate(table.headers)]
    # Between two columns the box has one blank; a second one where there is room for it.
    gaps = len(table.headers) - 1
    widths = column_widths([table.headers, *table.rows], words, console.width - gaps)
    padding = (0, 1, 0, 0) if sum(widths) + 2 * gaps + 1 <= console.width else 0
    title = Text(on_one_line(table.caption))
    grid = Grid(title=title, title_justify="left", box=box.SIMPLE_HEAD, show_edge=False, padding=padding)
    for header, worded, width in zip(table.headers, words, widths, strict=True):
        grid.add_column(header, justify="left" if worded else "right", width=width)
    before = ""
    for row in table.rows:
        first = "" if row[0] == before and len(row) > 1 else row[0]
        grid.add_row(*(Text(on_one_line(cell), overflow="fold") for cell in (first, *row[1:])))
        before = row[0]
    console.print(grid)
    sys.stdout.write("\n")


def column_widths(rows: Sequence[Sequence[str]], words: Sequence[bool], room: int) -> list[int]:
    """How wide each column is: as its cells, or less where there is no room, words first, then whatever has blanks.

    >>> column_widths([("Pod", "80% interval"), ("Follow-up out-patient", "9,900 to 10,100")], [True, False], 30)
    [15, 15]
    """
    columns = [[str(row[at]) for row in rows] for at in range(len(words))]
    widths = [max(_longest_word(column[0]), *(len(cell) for cell in column[1:]), 1) for column in columns]
    least = [max(map(_longest_word, column)) for column in columns]
    for shrinkable, floor in ((words, _COMFORTABLE), ([True] * len(words), 0), (words, _LEAST)):
        bounds = [max(floor, 0 if floor == _LEAST else one) for one in least]
        while sum(widths) > room:
            able = [at for at, may in enumerate(shrinkable) if may and widths[at] > bounds[at]]
            if not able:
                break
            widths[max(able, key=lambda at: widths[at])] -= 1
    for at, header in enumerate(rows[0]):  # where there is room, a header stands on one line
        widths[at] += max(0, min(len(header) - widths[at], room - sum(widths) - len(words)))
    return widths


_COMFORTABLE, _LEAST = 14, 6


def _longest_word(text: str) -> int:
    return max((len(word) for word in text.split()), default=0)


def print_line(text: str) -> None:
    """One sentence of the answer."""
    sys.stdout.write(on_one_line(text) + "\n")


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole, and say so on the error output."""
    from trigpoint.staging import write_whole

    write_whole(path, content)
    sys.stderr.write(on_one_line(f"Wrote {path}.") + "\n")


def write_picture(path: Path, picture: Picture) -> None:
    """Draw a picture into a file as its name ends."""
    from trigpoint.cli.measures_files import write_chart

    write_chart(path, picture)


def print_answer(
    answer: Callable[[], Any], tables: Callable[[], Iterable[Table]], sentences: Callable[[], Iterable[str]], *,
    as_json: bool,
) -> None:  # fmt: skip
    """JSON, or tables and then sentences; what is not printed is not made."""
    if as_json:
        from trigpoint.cli.data_lists import print_json

        print_json(answer())
        return
    for table in tables():
        print_block(table)
    for sentence in sentences():
        print_line(sentence)


def write_asked(
    csv: Path | None, rows: Callable[[], Iterable[Mapping[str, Any]]], chart: Path | None, draw: Callable[[], Picture]
) -> None:
    """The files that were asked for: rows as CSV, a picture as its name ends."""
    if csv is not None:
        from trigpoint.reports.activity.tidy import csv_bytes

        write_file(csv, csv_bytes(rows()))
    if chart is not None:
        write_picture(chart, draw())
