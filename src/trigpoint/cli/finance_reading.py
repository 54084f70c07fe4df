"""What commands of `trigpoint finance` read, and how they tell what was left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from trigpoint.cli.activity_options import check_chart, check_files
from trigpoint.errors import InputError

if TYPE_CHECKING:
    from trigpoint.charts.picture import Picture
    from trigpoint.finance.book.book import FinanceBook
    from trigpoint.periods import FinancialYear
    from trigpoint.reports.blocks import Table

Workspace = Annotated[Path, typer.Argument(help="Folder of the plan, with a folder finance in it.", show_default=False)]
Year = Annotated[str, typer.Option("--year", help="A financial year of the plan, as 2017/18; else all of them.")]
_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


@dataclass(slots=True)
class Finance:
    """The finance of a workspace. ``problems`` are what was left out, more of them as answers are made; ``notes`` say
    how a cell was understood, and change no exit code."""

    book: FinanceBook
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def each(self, items: Iterable[_Item], make: Callable[[_Item], _Made]) -> list[_Made]:
        """What can be made of the items; one of which nothing can be made is told as a problem, and left out."""
        made = []
        for one in items:
            try:
                made.append(make(one))
            except InputError as error:
                self.problems.append(str(error))
        return made

    def years(self, asked: str) -> tuple[FinancialYear, ...]:
        """The year that an option names, or all of the plan. Raises ``InputError`` for one that the plan has not."""
        from trigpoint.cli.activity_options import year_of
        from trigpoint.wording import listed

        wanted, there = year_of(asked), self.book.settings.years
        if wanted is None:
            return there
        if wanted not in there:
            known = listed([str(year) for year in there]) or "none"
            raise InputError(f"{wanted} is no year of this plan", remedy=f"it has {known}")
        return (wanted,)

    def done(self, *, incomplete: bool = False) -> None:
        """Tell notes and problems on the error output, each once; exit code 1 where something was left out."""
        from trigpoint.cli.measures_reading import tell_problems

        tell_problems(dict.fromkeys([*self.problems, *self.notes]))
        if self.problems or incomplete:
            raise typer.Exit(1)

    def nothing(self, made: Sequence[object], what: str, remedy: str = "") -> None:
        """Refuse where nothing was made: with the problems, one of which may be the reason, and with ``what`` where
        none of them is of the file that ``remedy`` names."""
        from trigpoint.errors import InputErrors

        if made:
            return
        file = remedy.rsplit("/", maxsplit=1)[-1] if "/" in remedy else ""
        told: list[InputError] = [_Told(one) for one in dict.fromkeys(self.problems)]
        if not told or (file and not any(file in str(one) for one in told)):
            told.append(InputError(what, remedy=remedy or None))
        raise InputErrors(tuple(told)) if len(told) > 1 else told[0]


class _Told(InputError):
    """A problem whose sentence was made before."""

    def __str__(self) -> str:
        return self.what


def finance_of(workspace: Path) -> Finance:
    """The finance of a workspace. Raises ``InputError`` where there is none to be read."""
    from trigpoint.errors import InputErrors
    from trigpoint.finance.book.reading import read_finance

    if not workspace.is_dir():
        raise InputError("there is no such folder", where=str(workspace), remedy="give the folder of a plan")
    reading = read_finance(workspace)
    if reading.book is not None:
        return Finance(
            reading.book,
            [str(one) for one in reading.problems],
            [str(one) for one in (*reading.notes, *reading.remarks)],
        )
    if reading.problems:
        raise InputErrors(tuple(reading.problems))
    what = "this folder has no folder finance in it"
    remedy = "`trigpoint finance template -o finance.xlsx` writes a workbook to begin with"
    raise InputError(what, where=str(workspace), remedy=remedy)


def print_tables(tables: Iterable[Table], sentences: Iterable[str] = ()) -> None:
    """Tables with their numbers to the right, then sentences."""
    from trigpoint.cli.activity_output import print_block, print_line
    from trigpoint.reports.finance.tables import LEFT

    for table in tables:
        if table.rows:
            print_block(table, left=LEFT)
    for sentence in sentences:
        print_line(sentence)


def print_exact(said: object) -> None:
    """JSON with exact numbers on the standard output."""
    import sys

    from trigpoint.reports.finance.exact import exact_json

    sys.stdout.write(exact_json(said) + "\n")


def write_rows(path: Path, rows: Iterable[dict[str, object]]) -> None:
    """Rows as a CSV file: amounts with all their digits, years by their label, nothing for what is not known."""
    from trigpoint.cli.activity_output import write_file
    from trigpoint.reports.finance.rows import csv_bytes

    write_file(path, csv_bytes(rows))


def check_outputs(csv: Path | None, chart: Path | None) -> None:
    """Refuse files to write whose names do not say what they are to be, before anything is read or computed."""
    check_chart(chart)
    check_files({"--csv": (csv, (".csv",))})


def draw_to(chart: Path | None, make: Callable[[], Picture]) -> None:
    """Write a picture where a file was asked for."""
    if chart is None:
        return
    from trigpoint.cli.activity_output import write_picture

    write_picture(chart, make())


def of_kinds(asked: str, kinds: Sequence[str], option: str = "--picture") -> str:
    """The kind that an option names; the first where it names none. Raises ``InputError`` for another."""
    from trigpoint.wording import listed

    kind = asked.strip().casefold() or kinds[0]
    if kind not in kinds:
        raise InputError(f"there is no {option.strip('-')} “{asked}”", remedy=f"there are {listed(list(kinds))}")
    return kind
