"""The cells of one series pooled to what the sum needs: those of one output, one growth and one keep are one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from trigpoint.activity.simulation.cells import Cells
from trigpoint.activity.simulation.kernel import Floats, Whole
from trigpoint.activity.simulation.terms import GrowthTerm, SchemeTerm, Terms

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """Units of one series, sorted by output, keep and growth; ``pairs`` are the runs of one output and keep.

    ``growth_rows`` ([rows × growth terms]) holds the kind of cell for each term, −1 where it does not reach;
    ``keep_rows`` ([rows × scheme terms]) whether a scheme reaches. ``bed_days`` is days × weight of each unit, relative
    to the series' mean stay, so that it sums to 1.
    """

    growth: tuple[GrowthTerm, ...]
    schemes: tuple[SchemeTerm, ...]
    details: tuple[tuple[str, ...], ...]
    weights: Floats
    bed_days: Floats
    growth_of: Whole
    growth_rows: Whole
    keep_rows: Flags
    pair_starts: Whole
    keep_of: Whole
    output_starts: Whole

    @property
    def pairs(self) -> int:
        return len(self.pair_starts)


def units_of(at: int, cells: Cells, terms: Terms, output_by: Sequence[str]) -> Units:
    """The units of series ``at``."""
    growth = tuple(one for one in terms.growth if at in one.series)
    schemes = tuple(one for one in terms.schemes if at in one.series)
    table, alike = _table(at, cells, growth, schemes, output_by)
    g_row, g_table = _rows(table, [f"g{k}" for k in range(len(growth))])
    s_row, s_table = _rows(table, [f"s{k}" for k in range(len(schemes))])
    o_row, o_table = _rows(table, list(output_by), ordered=True)
    order = np.lexsort((g_row, s_row, o_row))
    s_row, o_row = s_row[order], o_row[order]
    starts = np.flatnonzero(np.concatenate([[True], (np.diff(o_row) != 0) | (np.diff(s_row) != 0)]))
    first = np.flatnonzero(np.concatenate([[True], np.diff(o_row[starts]) != 0]))
    weights, bed_days = table.get_column("w").to_numpy()[order], table.get_column("b").to_numpy()[order]
    details = [tuple("" if value is None else str(value) for value in row) for row in o_table.iter_rows()]
    return Units(
        growth, schemes, tuple(details) if output_by else ((),), weights,
        weights if alike else bed_days / bed_days.sum(), g_row[order].astype(np.int32),
        g_table.to_numpy().astype(np.int32).reshape(-1, len(growth)) if growth else np.zeros((1, 0), np.int32),
        s_table.to_numpy().astype(np.bool_).reshape(-1, len(schemes)) if schemes else np.zeros((1, 0), np.bool_),
        starts.astype(np.int32), s_row[starts].astype(np.int32), first.astype(np.int32),
    )  # fmt: skip


def _table(
    at: int, cells: Cells, growth: Sequence[GrowthTerm], schemes: Sequence[SchemeTerm], output_by: Sequence[str]
) -> tuple[pl.DataFrame, bool]:
    """One row a unit: its output, its kind for each growth, which schemes reach it, weight and bed days; and whether
    the stays of all are alike, so that nothing is to be summed twice."""
    mine = cells.of(at)
    weights, days = cells.weights[mine], _stays(cells.days[mine], cells.weights[mine])
    columns = {f"g{k}": _kinds(one, mine) for k, one in enumerate(growth)}
    columns |= {f"s{k}": one.there[mine].astype(np.int32) for k, one in enumerate(schemes)}
    table = _details(cells.frame[mine], output_by).with_columns(
        *(pl.Series(name, values) for name, values in columns.items()),
        pl.Series("w", weights),
        pl.Series("b", weights * days),
    )
    keys = [name for name in table.columns if name not in ("w", "b")]
    if table.height > 1:
        table = table.group_by(keys, maintain_order=True).agg(pl.col("w").sum(), pl.col("b").sum())
    return table, bool((days == 1).all())


def _stays(days: Floats, weights: Floats) -> Floats:
    """Bed days a unit of each cell; the mean of the others where it is not known, 1 where nothing tells them apart."""
    known = np.isfinite(days)
    total = float((weights * np.where(known, days, 0.0)).sum())
    if total <= 0:
        return np.ones(len(days))
    return np.where(known, days, total / float(weights[known].sum()))


def _kinds(term: GrowthTerm, mine: slice) -> Whole:
    if term.projection is not None:
        return term.projection.kinds[mine]
    return np.where(term.there[mine], 0, -1).astype(np.int32)


def _details(frame: pl.DataFrame, output_by: Sequence[str]) -> pl.DataFrame:
    if not output_by:
        return pl.DataFrame({"·": np.zeros(frame.height, dtype=np.int8)})
    return frame.select(pl.col(name).cast(pl.String).fill_null("") for name in output_by)


def _rows(table: pl.DataFrame, names: list[str], *, ordered: bool = False) -> tuple[NDArray[np.int64], pl.DataFrame]:
    """The row of each unit in the table of distinct rows, and that table."""
    if not names:
        return np.zeros(table.height, dtype=np.int64), pl.DataFrame()
    asked = table.select(names)
    if asked.height == 1:
        return np.zeros(1, dtype=np.int64), asked
    distinct = asked.unique(maintain_order=True)
    distinct = distinct.sort(names) if ordered else distinct
    joined = asked.join(distinct.with_row_index("·row"), on=names, how="left", maintain_order="left")
    return joined.get_column("·row").to_numpy().astype(np.int64), distinct
