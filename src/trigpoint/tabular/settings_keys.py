"""The keys of a ``settings.toml``, each read by itself: a wrong one is told and taken as if it were not there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from trigpoint.errors import InputError, Where
from trigpoint.periods import FinancialYear
from trigpoint.plans.cells import CellError, quoted
from trigpoint.plans.tables import nearest
from trigpoint.tabular.amounts import year_of
from trigpoint.tabular.entries import cell_of

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class SettingsKeys:
    """What a TOML text says by key; ``source`` is the text, so that each mistake is told with its line."""

    content: dict[str, Any]
    source: str
    file: str
    problems: list[InputError]

    def read(self, key: str, decode: Callable[[Any], _Value]) -> _Value | None:
        """The value of a key; ``None`` where it is not there, or cannot be read, which is told."""
        if key not in self.content:
            return None
        try:
            return decode(self.content[key])
        except CellError as error:
            self.tell(key, error.what, error.remedy)
            return None

    def tell(self, key: str, what: str, remedy: str) -> None:
        lines = self.source.splitlines()
        line = next((n for n, text in enumerate(lines, 1) if text.lstrip(" [\"'").startswith(key)), None)
        self.problems.append(InputError(f"{key}: {what}", where=Where(self.file, line=line), remedy=remedy))

    def strangers(self, known: Sequence[str]) -> None:
        """Tell the keys that nobody reads."""
        for key in self.content:
            if key not in known:
                near = nearest(key, known)
                remedy = f"did you mean “{near}”?" if near else f"the keys are {', '.join(known)}"
                self.tell(key, "unknown key", remedy)


def words(value: object) -> str:
    """A text, or a number as text. Raises ``CellError`` for what is neither."""
    cell = cell_of(value)
    if cell is None or isinstance(value, (bool, list)):
        raise CellError("this is no text", "write it between quotes")
    return cell


def year(value: object) -> FinancialYear:
    """A financial year."""
    return year_of(words(value))


def years(value: object) -> tuple[FinancialYear, ...]:
    """Financial years in their order, each once."""
    found = tuple(year(one) for one in (value if isinstance(value, list) else [value]))
    if not found:
        raise CellError("there is no year", 'write e.g. ["2017/18", "2018/19"]')
    twice = next((one for one in found if found.count(one) > 1), None)
    if twice is not None:
        raise CellError(f"{twice.label} stands twice", "name each year once")
    return tuple(sorted(found))


def whole(least: int, most: int) -> Callable[[object], int]:
    """The reader of a whole number between limits."""

    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            shown = cell_of(value)
            said = "this" if shown is None or isinstance(value, bool) else quoted(shown)
            raise CellError(f"{said} is no whole number from {least:,} to {most:,}", "write one, without quotes")
        return value

    return read


def flag(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise CellError("this is neither true nor false", "write true or false, without quotes")
    return value
