"""The columns of a table that people fill in, each with what it holds in one line."""

from __future__ import annotations

from dataclasses import dataclass

from trigpoint.plans.schema import Column, Table


@dataclass(frozen=True, slots=True)
class Field:
    """A column: what it holds in one line, and a cell as an example. ``needed`` cells may not be empty; ``common``
    columns are written even where no row fills them."""

    name: str
    holds: str
    example: str = ""
    needed: bool = False
    common: bool = False


@dataclass(frozen=True, slots=True)
class FileTable:
    """One CSV file (or the list of tables of one TOML file, by the same names)."""

    name: str
    fields: tuple[Field, ...]

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def toml(self) -> str:
        return f"{self.name}.toml"

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)

    def as_words(self, *further: str) -> Table:
        """The table with every cell as words, as ``plans.tables`` reads it; ``further`` are columns of the file."""
        known = tuple(Column(field.name, required=field.needed) for field in self.fields)
        return Table(self.name, (*known, *(Column(name) for name in further)), unread=further)
