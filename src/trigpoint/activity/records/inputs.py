"""What is to be added up, as tables of an engine: files that share their columns, or one table of a warehouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from trigpoint.activity.records.engine import Engine, Holds, Table, UnreadableError
from trigpoint.activity.records.schema import needed
from trigpoint.activity.records.sources import Format, Source, found_files, opened_sources
from trigpoint.errors import InputError, InputErrors


@dataclass(frozen=True, slots=True, eq=False)
class Input:
    """A table, the names that it has for the columns of the schema and what they hold; ``sources`` are its files."""

    table: Table
    names: dict[str, str]
    holds: dict[str, Holds]
    where: str
    sources: tuple[Source, ...] = ()

    def parts(self, engine: Engine) -> tuple[Input, ...]:
        """The same, file by file."""
        if len(self.sources) < 2:
            return (self,)
        return tuple(_of_parquet(engine, [one]) for one in self.sources)


def inputs_of_files(
    engine: Engine, given: Path | str | Sequence[Path | str], scratch: Path
) -> tuple[list[Input], list[InputError]]:
    """The tables of files, those of one shape together, and what is wrong with the files that are left out.

    CSV is copied to Parquet in the folder ``scratch`` first. Raises ``InputError`` where no file can be used.
    """
    sources, wrong = opened_sources(found_files(given))
    problems, inputs = list(wrong), []
    alike: dict[tuple[object, ...], list[Source]] = {}
    for at, one in enumerate(sources):
        if one.format is Format.PARQUET:
            alike.setdefault((*one.columns.items(), *one.types), []).append(one)
            continue
        try:
            table = engine.csv(one.path, list(one.columns), scratch / f"{at}.parquet")
        except UnreadableError as error:
            problems.append(unreadable(str(one.path), error))
        else:
            inputs.append(_input(engine, table, {name: name for name in one.columns}, str(one.path), (one,)))
    inputs += [_of_parquet(engine, group) for group in alike.values()]
    if not inputs:
        raise problems[0] if len(problems) == 1 else InputErrors(tuple(problems))
    return inputs, problems


def input_of_table(engine: Engine, table: Table) -> Input:
    """A table of a warehouse. Raises ``InputError`` for the same columns as in a file."""
    names = {name.casefold(): name for name in table.columns}
    where = f"the table {table.get_name()}" if hasattr(table, "get_name") else "the table"
    wrong = needed(tuple(names), where)
    if wrong is not None:
        raise wrong
    return _input(engine, table, names, where, ())


def unreadable(where: str, error: UnreadableError) -> InputError:
    """A file that looked whole and is not."""
    what = f"the file cannot be read to its end ({error})"
    return InputError(what, where=where, remedy="copy it or make the extract again")


def _of_parquet(engine: Engine, sources: Sequence[Source]) -> Input:
    table = engine.parquet([one.path for one in sources])
    return _input(engine, table, dict(sources[0].columns), str(sources[0].path), tuple(sources))


def _input(engine: Engine, table: Table, names: dict[str, str], where: str, sources: tuple[Source, ...]) -> Input:
    holds = engine.columns(table)
    return Input(table, names, {name: holds[own] for name, own in names.items()}, where, sources)
