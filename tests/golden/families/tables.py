"""What the families of statistics share: golden tables as frames, and answers held against golden columns."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from tests.golden.case import Case, hold, numbers, same_number

from trigpoint.errors import InputError
from trigpoint.measures.statistics.results import limit_names

Key = tuple[str | None, ...]

# What a peer may be asked to answer: columns of one answer, which ours always has all of.
_TYPES = ("value", "lower", "upper", "standard", "full", None)


def frame(case: Case, name: str, measured: Sequence[str]) -> pl.DataFrame:
    """An input as a frame: the measured columns as numbers where they hold nothing else, the others as text."""
    return pl.DataFrame({head: _cells(cells, head in measured) for head, cells in case.table(name).items()})


def _cells(cells: list[str | None], measured: bool) -> pl.Series:
    if measured:
        try:
            return pl.Series(numbers(cells), dtype=pl.Float64)
        except ValueError:
            pass  # words among the numbers: it is for the statistic to refuse them
    return pl.Series(cells, dtype=pl.String)


def column(case: Case, name: str) -> str:
    """The column that a parameter names; "", which no frame has, where a case leaves out what must be named."""
    return case.params.get(name) or ""


def refuse_unknown(case: Case, parameter: str, known: Sequence[object]) -> None:
    """Raise ``InputError`` for a choice of the peer's that ours does not have, so that it cannot be asked for."""
    if case.params.get(parameter) not in known:
        raise InputError(f"there is no {parameter} {case.params[parameter]!r}")


def levels(case: Case) -> Sequence[float]:
    """The confidence levels of a case, none where it asks for none."""
    given = case.params.get("confidence", [0.95])
    given = given if isinstance(given, list) else [given]
    return () if given in (["none"], [None]) else given


def hold_answer(
    case: Case, answer: pl.DataFrame, columns: Mapping[str, str], keys: Mapping[str, str] | None = None
) -> None:
    """Hold every number of the golden table against ours.

    ``columns`` and ``keys`` are golden names to ours. Rows are found by their keys, or stand in order where there are
    none. A golden value that is infinite is a division by nought and says nothing, nor do infinite limits around it:
    they are as good as missing. Of a group without a value the peer may tell more rows than were asked for.
    """
    refuse_unknown(case, "type", _TYPES)
    golden = case.table("expected")
    ours = _by_key(answer, list((keys or {}).values()))
    # A case may ask for the value alone, or for one limit.
    limits = {head: our for head, our in _limits(case, golden).items() if head in golden}
    columns = {head: our for head, our in columns.items() if head in golden}
    hold(bool(columns | limits), f"nothing can be compared with the columns {list(golden)}")
    wanted_keys = _keys(golden, list(keys or {}))
    for row, key in enumerate(wanted_keys):
        wanted = {head: numbers([golden[head][row]])[0] for head in columns | limits}
        if key not in ours:
            empty = all(math.isnan(wanted[head]) for head in {"value", *limits} & set(wanted))
            hold(empty and not _valued(ours, key), f"there is no row {key}")
            continue
        _hold_row(wanted, ours[key], columns | limits, set(limits), str(key))
    more = {key for key, row in ours.items() if row["value"] is not None} - set(wanted_keys)
    hold(not more, f"{len(more)} rows too many, such as {min(more, default=())}")


def _hold_row(
    golden: Mapping[str, float], ours: Mapping[str, Any], columns: Mapping[str, str], limits: set[str], where: str
) -> None:
    nothing = not math.isfinite(golden["value"]) if "value" in golden else ours["value"] is None
    for head, our in columns.items():
        wanted, found = golden[head], ours[our]
        if nothing and head in {"value", *limits} and math.isinf(wanted):
            wanted = math.nan
        if nothing and head not in {"value", *limits} and (found is None or math.isnan(wanted)):
            continue  # what went into no value at all is told by some and not by others
        if head in limits and our.startswith("lower_100") and math.isnan(wanted):
            continue  # with a confidence of everything Byar's lower limit is below nought, and the peer's missing
        hold(same_number(found, wanted), f"{head} of {where}: {found!r}, not {wanted!r}")
    hold((ours["value"] is None) == bool(ours["reason"]), f"value and reason of {where} do not agree")


def _valued(ours: Mapping[Key, Mapping[str, Any]], key: Key) -> bool:
    """Whether any row of the same group has a value. The group is all of the key but its last part, the age."""
    return any(own[:-1] == key[:-1] and row["value"] is not None for own, row in ours.items())


def _limits(case: Case, golden: Mapping[str, Any]) -> dict[str, str]:
    asked = levels(case)
    if not asked:
        return {}
    shares = [float(level) / 100 if level > 1 else float(level) for level in asked]
    if len(shares) == 1:
        lower, upper = limit_names(shares[0])
        return {"lowercl": lower, "uppercl": upper}
    ends = {}
    for level in shares:
        name = f"{level * 100:.1f}".replace(".", "_")
        ends |= dict(zip((f"lower{name}cl", f"upper{name}cl"), limit_names(level), strict=True))
    return ends


def _by_key(answer: pl.DataFrame, names: list[str]) -> dict[Key, dict[str, Any]]:
    rows = list(answer.iter_rows(named=True))
    return {_key(row, names) if names else (str(at),): row for at, row in enumerate(rows)}


def _key(row: Mapping[str, Any], names: list[str]) -> Key:
    return tuple(f"{row[name]:g}" if isinstance(row[name], int | float) else row[name] for name in names)


def _keys(golden: Mapping[str, list[str | None]], names: list[str]) -> list[Key]:
    rows = range(max(map(len, golden.values()), default=0))
    if not names:
        return [(str(at),) for at in rows]
    return [tuple(golden[name][at] for name in names) for at in rows]
