"""The table of one measure as a terminal has room for it; CSV and JSON have every column."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from trigpoint.cli.measures_reading import View
from trigpoint.measures.spc.control import Signal

if TYPE_CHECKING:
    from trigpoint.measures.results.result import MeasureResult

Table = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]
_LEFT_OUT = ("Numerator", "Denominator", "Centre", "Lower limit", "Upper limit", "Status", "Illustrative")
_SIGNALS = {
    Signal.ABOVE_LIMIT: "above limit",
    Signal.BELOW_LIMIT: "below limit",
    Signal.RISING: "run of rises",
    Signal.FALLING: "run of falls",
    Signal.NEAR_UPPER: "2 in 3 near upper",
    Signal.NEAR_LOWER: "2 in 3 near lower",
    Signal.SHIFT_UP: "run above mean",
    Signal.SHIFT_DOWN: "run below mean",
}
_SHORT = {signal.value: words for signal, words in _SIGNALS.items()}


def on_terminal(result: MeasureResult, view: View, table: Table) -> Table:
    """An interval in one column, control limits where they are asked for, and no periods to come on a control chart.
    An illustrative figure has a star."""
    if view is View.INEQUALITY:
        headers, rows = table
        return (headers[0], "Value", "Interval", *headers[4:]), tuple(
            (row[0], row[1], _joined(row[2:4]), *row[4:]) for row in rows
        )
    if view not in (View.DATA, View.SPC):
        return table
    table = _starred(table)
    if view is View.SPC and result.spc is not None:
        told = set(result.spc.labels)
        return _control(table[0], tuple(row for row in table[1] if row[0] in told))
    return _data(*table)


def _starred(table: Table) -> Table:
    headers, rows = table
    if "Illustrative" not in headers:
        return table
    value, mark = headers.index("Value"), headers.index("Illustrative")
    return headers, tuple(
        tuple(f"{cell}*" if at == value and row[mark] else cell for at, cell in enumerate(row)) for row in rows
    )


def _data(headers: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Table:
    limits = [at for at, header in enumerate(headers) if header.startswith(("Lower ", "Upper ")) and "%" in header]
    kept = [at for at, header in enumerate(headers) if header not in _LEFT_OUT and at not in limits[1:]]
    names = tuple(f"{headers[at].removeprefix('Lower ')} interval" if at in limits else headers[at] for at in kept)
    return names, tuple(
        tuple(_joined(row[limit] for limit in limits) if at in limits else _SHORT.get(row[at], row[at]) for at in kept)
        for row in rows
    )


def _control(headers: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Table:
    """Period, value, mean, limits, the target that the chart is judged by, the signal."""
    told = ("Value", "Mean", "Limits", "Target", "Signal", *(["Note"] if "Note" in headers else []))
    made = []
    for row in rows:
        cells = dict(zip(headers, row, strict=True))
        cells["Mean"] = cells.get("Centre", "")
        cells["Limits"] = _joined(cells.get(name, "") for name in ("Lower limit", "Upper limit"))
        cells["Target"] = cells.get("Plan") or cells.get("National") or cells.get("Stretch") or ""
        cells["Signal"] = _SHORT.get(cells.get("Signal", ""), cells.get("Signal", ""))
        made.append((row[0], *(cells[name] for name in told)))
    return ("Period", *told), tuple(made)


def _joined(ends: Iterable[str]) -> str:
    return " to ".join(end for end in ends if end)
