"""Records to cells and monthly counts: grouped and added up where they lie, never all in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from trigpoint.activity.records.cleaning import Value, attribute
from trigpoint.activity.records.coding import (
    Coding,
    Seen,
    attribute_coding,
    coded,
    decoded,
    keyed,
    number_coding,
    usable_coding,
)
from trigpoint.activity.records.engine import ROWS, Engine, Limits, Table, UnreadableError, backend_of, opened
from trigpoint.activity.records.fields import PODS
from trigpoint.activity.records.inputs import Input, input_of_table, inputs_of_files, unreadable
from trigpoint.activity.records.looking import (
    COUNT,
    STAY,
    Asked,
    LeftOut,
    left_out,
    lines_left_out,
    plain_table,
    seen_values,
    wrong_types,
)
from trigpoint.activity.records.schema import FROM, checked_keys
from trigpoint.activity.records.writing import write_frames
from trigpoint.errors import InputError, InputErrors
from trigpoint.periods import FinancialYear, Month

Progress = Callable[[int, int], None]
Base = FinancialYear | tuple[Month, Month]
WEIGHT, BED_DAYS, SLICE = "weight", "bed_days", 262_144
LIMITS = Limits()


@dataclass(frozen=True, slots=True, eq=False)
class Built:
    """Cells of the base period and monthly counts of all, with what was left out.

    ``cells`` has provider, pod, the keys (text; age whole), ``weight`` and, where lengths of stay are known,
    ``bed_days``, in the order of its keys; it is ``None`` where it was written to ``path`` instead. ``counts`` has the
    columns of ``COUNTS`` and the attributes asked for. ``rows`` are all records that were read, ``used`` those that
    were added up; a record that is left out for two reasons stands under both.
    """

    cells: pl.DataFrame | None
    path: Path | None
    counts: pl.DataFrame
    rows: int
    used: int
    left_out: tuple[LeftOut, ...] = ()
    problems: tuple[InputError, ...] = ()


def build_cells(
    source: Path | str | Sequence[Path | str] | Any,
    keys: Sequence[str] = (),
    *,
    base: Base | None = None,
    count_by: Sequence[str] = (),
    engine: str | Any = "duckdb",
    pods: Sequence[str] = PODS,
    limits: Limits = LIMITS,
    to: Path | None = None,
    progress: Progress | None = None,
) -> Built:
    """Cells of provider × pod × ``keys`` over the base period, and counts of provider × pod × month × ``count_by``.

    ``source`` is a file, a folder, a pattern, several of them, or a table of an Ibis backend with the documented
    columns. ``engine`` is "duckdb", "spark" or a backend that is connected. ``base`` is a financial year or the first
    and last month; all months where ``None``. With ``to`` cells go to that Parquet file in slices. ``pods`` are the
    known points of delivery; none given takes any. ``bed_days`` are nights times records.

    A record that cannot be used is left out, and each file and reason told with the number of rows. Raises
    ``InputError`` where no file or no row can be used, and for keys that no file has.

    >>> folder = TemporaryDirectory()
    >>> file = Path(folder.name) / "records.csv"
    >>> _ = file.write_text("provider,pod,month,age\\nRNA,A&E,2016-04,81\\nRNA,A&E,2016-05,84\\nRNA,A&E,2016-05,-1\\n")
    >>> built = build_cells(file, ["age_group"])
    >>> built.cells.rows(), built.used, built.left_out[0].rows
    ([('RNA', 'A&E', '75-84', 2.0)], 2, 1)
    >>> folder.cleanup()
    """
    own = backend_of(source)
    told = progress or (lambda done, of: None)
    with TemporaryDirectory(dir=limits.spill) as scratch, opened(engine if own is None else own, limits) as port:
        if own is None:
            given, problems = inputs_of_files(port, source, Path(scratch))
        else:
            given, problems = [input_of_table(port, source)], []
        columns = tuple(dict.fromkeys(name for one in given for name in one.names))
        asked = Asked.of(checked_keys(keys, columns), checked_keys(count_by, columns), tuple(pods), given)
        return _Run(port, asked, base, told).built(given, problems, to)


@dataclass(frozen=True, slots=True)
class _Run:
    """One building of cells: the engine, what is asked, the base period and whom to tell how far it is."""

    engine: Engine
    asked: Asked
    base: Base | None
    progress: Progress

    def built(self, given: Sequence[Input], problems: list[InputError], to: Path | None) -> Built:
        steps = len(self.asked.columns) + 2
        tables, seen, usable = self._seen(given, problems, steps)
        pairs = zip(usable, seen, strict=True)
        out = [each for one, own in pairs for each in left_out(self.engine, one, own, self.asked)]
        out += lines_left_out(self.engine)
        problems += [one.problem() for one in out]
        rows = sum(int(own[0].raw[ROWS].sum()) for own in seen)
        by_column = {name: [own[at] for own in seen] for at, name in enumerate(self.asked.columns)}
        try:
            counts, used = self._counts(tables, by_column)
            self.progress(steps - 1, steps)
            if not used:
                raise InputErrors((*problems, InputError("none of the records can be used", remedy="mend the extract")))
            span = _span(self.base, counts)
            cells = self._cells(tables, by_column, span, to)
        except UnreadableError as error:
            raise unreadable(given[0].where, error) from None
        self.progress(steps, steps)
        rows += sum(one.rows for one in out if not one.read)
        return Built(cells, to, counts, rows, used, tuple(out), tuple(problems))

    def _seen(
        self, given: Sequence[Input], problems: list[InputError], steps: int
    ) -> tuple[list[Table], list[list[Seen]], list[Input]]:  # fmt: skip
        """The different values of every column of every table that can be read to its end, and its plain form."""
        tables, seen, usable, waiting = [], [], [], list(given)
        while waiting:
            one = waiting.pop(0)
            wrong = wrong_types(self.asked, one)
            if wrong is not None:
                problems.append(wrong)
                continue
            try:
                table = plain_table(self.engine, one, self.asked)
                values = []
                for name in self.asked.columns:
                    values.append(seen_values(self.engine, table, self.asked, name))
                    self.progress(len(values), steps)
            except UnreadableError as error:
                parts = one.parts(self.engine)
                if len(parts) > 1:
                    waiting = [*parts, *waiting]
                else:
                    problems.append(unreadable(one.where, error))
                continue
            tables.append(table)
            seen.append(values)
            usable.append(one)
        if not tables:
            raise problems[0] if len(problems) == 1 else InputErrors(tuple(problems))
        return tables, seen, usable

    def _counts(self, tables: Sequence[Table], seen: dict[str, list[Seen]]) -> tuple[pl.DataFrame, int]:
        """The monthly counts, and the number of rows that can be used."""
        codings = [
            *(_of(name, seen) for name in ("provider", "pod")),
            attribute_coding("month", seen[self.asked.when], lambda value: value),
            *(_of(name, seen) for name in self.asked.count_by),
        ]
        told = self._added(
            tables, seen, codings, {"provider", "pod", self.asked.when, *map(_source, self.asked.count_by)}
        )
        if told.is_empty():
            return pl.DataFrame(), 0
        provider, pod, month, *attributes = decoded(told, codings)
        day = pl.date(pl.col("month") // 12, pl.col("month") % 12 + 1, 1)
        value = told["number" if COUNT in seen else ROWS].cast(pl.Float64).alias("value")
        frame = pl.DataFrame([provider, pod, month, value, *attributes]).with_columns(day.alias("month"))
        return frame.cast({pl.Enum: pl.String}), int(told[ROWS].sum())

    def _cells(
        self, tables: Sequence[Table], seen: dict[str, list[Seen]], span: tuple[int, int] | None, to: Path | None
    ) -> pl.DataFrame | None:
        codings = [_of(name, seen) for name in ("provider", "pod", *self.asked.keys)]
        judged = {"provider", "pod", *map(_source, self.asked.keys)}
        if span is not None:
            codings.append(usable_coding("base", seen[self.asked.when], partial(_within, span)))
            judged.add(self.asked.when)
        told = self._added(tables, seen, codings, judged)
        weight = told["number" if COUNT in seen else ROWS].cast(pl.Float64)
        told = told.with_columns(weight.alias(WEIGHT)).filter(pl.col(WEIGHT) > 0)
        if to is None:
            return _frame(told, codings).cast({pl.Enum: pl.String})
        slices = (told.slice(at, SLICE) for at in range(0, max(told.height, 1), SLICE))
        write_frames(to, (_frame(one, codings) for one in slices))
        return None

    def _added(
        self, tables: Sequence[Table], seen: dict[str, list[Seen]], codings: Sequence[Coding], judged: set[str]
    ) -> pl.DataFrame:
        """Rows, numbers and nights by the keys of ``codings``, in their order. Columns beside those ``judged`` already
        only tell which rows can be used, where some cannot."""
        others = [
            name for name, own in seen.items() if name not in (*judged, COUNT, STAY) and any(one.wrong() for one in own)
        ]
        every = [*codings, *(usable_coding(name, seen[name], lambda value: True) for name in others)]
        numbers = [number_coding(name, seen[name]) for name in (COUNT, STAY) if name in seen]
        parts = []
        for at, table in enumerate(tables):
            with_keys, keys = keyed(self.engine, table, every, at)
            names = list(keys)
            for one in numbers:
                with_keys, name = coded(self.engine, with_keys, one, at)
                names.append(name)
            parts.append(self.engine.pick(self.engine.complete(with_keys, names), names))
        sums = {"number": [f"{COUNT}_code"]} if COUNT in seen else {}
        if STAY in seen:
            sums[BED_DAYS] = [f"{name}_code" for name in (COUNT, STAY) if name in seen]
        added = self.engine.collect(self.engine.add_up(self.engine.union(parts), keys, sums))
        return added.sort(keys)


def _of(name: str, seen: dict[str, list[Seen]]) -> Coding:
    return attribute_coding(name, seen[_source(name)], partial(attribute, name))


def _source(name: str) -> str:
    return FROM.get(name, name)


def _within(span: tuple[int, int], month: Value) -> bool:
    return isinstance(month, int) and span[0] <= month <= span[1]


def _frame(told: pl.DataFrame, codings: Sequence[Coding]) -> pl.DataFrame:
    sums = [told[name].cast(pl.Float64) for name in (WEIGHT, BED_DAYS) if name in told.columns]
    return pl.DataFrame([*decoded(told, codings), *sums])


def _span(base: Base | None, counts: pl.DataFrame) -> tuple[int, int] | None:
    """The first and last month of the base period, as numbers. Raises ``InputError`` where no record is of it."""
    if base is None:
        return None
    first, last = (base.months[0], base.months[-1]) if isinstance(base, FinancialYear) else base
    if not counts.filter(pl.col("month").is_between(first.start, last.start)).height:
        there = counts["month"].sort().dt.strftime("%Y-%m").to_list()
        what = f"no record is of {first} to {last}; they are of {there[0]} to {there[-1]}"
        raise InputError(what, remedy="name the base year that the extract is of")
    return tuple(day.year * 12 + day.month - 1 for day in (first.start, last.start))  # type: ignore[return-value]
