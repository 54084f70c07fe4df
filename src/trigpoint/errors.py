"""The one kind of error a user meets: what is wrong, where, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from trigpoint.characters import on_one_line


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a user's file.

    ``line`` and ``row`` count from 1. Only what is known is given: a text file has lines,
    a spreadsheet has sheet, row and column.
    """

    file: str
    line: int | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        parts = [self.file]
        if self.line is not None:
            parts.append(f"line {self.line}")
        if self.sheet is not None:
            parts.append(f"sheet {self.sheet}")
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column is not None:
            parts.append(f"column {self.column}")
        return ", ".join(parts)


class InputError(Exception):
    """Something the user gave cannot be used. Printed as one sentence; the command exits with 2.

    Whatever a file's name or its words hold, the sentence stays on one line and carries no command to a terminal.

    >>> str(InputError("the plan has no title", where=Where("plan.toml", line=1), remedy="add title = \\"…\\""))
    'plan.toml, line 1: the plan has no title; add title = "…".'
    """

    def __init__(self, what: str, *, where: Where | str | None = None, remedy: str | None = None) -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        start = f"{self.where}: " if self.where is not None else ""
        end = f"; {self.remedy}" if self.remedy else ""
        sentence = on_one_line(f"{start}{self.what}{end}")
        return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


class InputErrors(InputError):
    """Several mistakes found in one reading, all told at once."""

    def __init__(self, errors: tuple[InputError, ...]) -> None:
        self.errors = errors
        super().__init__("; ".join(error.what for error in errors))

    def __str__(self) -> str:
        return "\n".join(str(error) for error in self.errors)
