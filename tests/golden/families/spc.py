"""Control charts: every point, segment and icon of NHSRplotthedots 0.2.2, by the rule set of that name."""

from __future__ import annotations

import math
from itertools import groupby, pairwise
from typing import Any

import numpy as np
from tests.golden.case import Case, Quirk, hold, numbers, same_number
from tests.golden.families.tables import refuse_unknown

from trigpoint.measures.spc import SpcTable, spc
from trigpoint.measures.spc.control import Assurance, Signal, Variation

_DIRECTIONS = {"increase": "higher", "decrease": "lower", "neutral": "neither"}
_SIGNALS = {
    "Common Cause": Signal.NONE,
    "Above UCL": Signal.ABOVE_LIMIT,
    "Below LCL": Signal.BELOW_LIMIT,
    "7 Point Trend (Increasing)": Signal.RISING,
    "7 Point Trend (Decreasing)": Signal.FALLING,
    "2 in 3 Above CL": Signal.NEAR_UPPER,
    "2 in 3 Below CL": Signal.NEAR_LOWER,
    "7 Points Above CL": Signal.SHIFT_UP,
    "7 Points Below CL": Signal.SHIFT_DOWN,
}
_POINTS = {
    "common_cause": {Variation.COMMON},
    "special_cause_improvement": {Variation.IMPROVEMENT_HIGH, Variation.IMPROVEMENT_LOW},
    "special_cause_concern": {Variation.CONCERN_HIGH, Variation.CONCERN_LOW},
    "special_cause_neutral_high": {Variation.NEUTRAL_HIGH},
    "special_cause_neutral_low": {Variation.NEUTRAL_LOW},
}
_ICONS = {
    "common_cause": Variation.COMMON,
    "improvement_high": Variation.IMPROVEMENT_HIGH,
    "improvement_low": Variation.IMPROVEMENT_LOW,
    "concern_high": Variation.CONCERN_HIGH,
    "concern_low": Variation.CONCERN_LOW,
    "neutral_high": Variation.NEUTRAL_HIGH,
    "neutral_low": Variation.NEUTRAL_LOW,
    "pass": Assurance.CONSISTENTLY_HIT,
    "fail": Assurance.CONSISTENTLY_MISS,
    "inconsistent": Assurance.INCONSISTENT,
}
_ASSURED = {"consistent_pass": "pass", "consistent_fail": "fail", "inconsistent": "inconsistent"}
_NO_FACET = "no facet"
SCREEN = 3.267


def check(case: Case) -> None:
    """Points, segments and icons of one case."""
    table = _answer(case)
    if case.error:
        return
    ours = _points(table, case)
    expected = case.table("expected")
    _check_points(ours, expected)
    _check_segments(ours, case.table("summary"))
    _check_icons(table, case.table("icons"), _facets_without_target(expected))


def _answer(case: Case) -> SpcTable:
    params, columns = case.params, dict(case.table("input"))
    refuse_unknown(case, "screen_outliers", (True, False))  # ours leaves it to the rule set where it is not said
    for name in (params["value_field"], params["trajectory"]):
        if isinstance(name, str) and columns.get(name) is not None:
            columns[name] = _numeric(columns[name])
    direction = params["improvement_direction"]
    facet = params["facet_field"]
    return spc(
        columns,
        params["value_field"],
        params["date_field"],
        facet or (),
        polarity=_DIRECTIONS.get(direction, direction),
        target=params["target"],
        rule_set="nhsr-0.2.2",
        rebases=params["rebase"],
        baseline=0 if params["fix_after_n_points"] is None else params["fix_after_n_points"],
        screening=params["screen_outliers"],
        trajectory=params["trajectory"],
    )


def _numeric(cells: list[str | None]) -> list[Any]:
    try:
        return numbers(cells)
    except ValueError:
        return cells


def _points(table: SpcTable, case: Case) -> dict[str, list[Any]]:
    """Our points, a column each, with the facet's name, date and signals as enums."""
    ours = dict(table.frame())
    facet = case.params["facet_field"]
    ours.setdefault("trajectory", [None] * len(ours["value"]))
    ours["f"] = [str(name) for name in ours[facet]] if facet else [_NO_FACET] * len(ours["value"])
    ours["x"] = [str(day)[:10] for day in ours[case.params["date_field"]]]
    ours["signal"] = [Signal(word) for word in ours["signal"]]
    ours["variation"] = [Variation(word) for word in ours["variation"]]
    return ours


def _check_points(ours: dict[str, list[Any]], expected: dict[str, list[str | None]]) -> None:
    places = {(f, x): at for at, (f, x) in enumerate(zip(ours["f"], ours["x"], strict=True))}
    hold(len(places) == len(expected["x"]), f"{len(places)} points, not {len(expected['x'])}")
    theirs = {new: numbers(expected[old]) for new, old in _NUMBERS.items()}
    first_group: dict[str, int] = {}
    for row, key in enumerate(zip(expected["f"], (str(x)[:10] for x in expected["x"]), strict=True)):
        hold(key in places, f"no point {key}")
        at, where = places[key], f"{key}"
        for name, column in theirs.items():
            mine = ours[name][at]
            hold(same_number(mine, column[row]), f"{where}: {name} is {mine}, not {column[row]}")
        group = int(expected["rebase_group"][row] or 0)
        # The peer numbers groups from 1 where a rebase falls on the first date; the groups are the same.
        start = first_group.setdefault(key[0], group)
        hold(ours["segment"][at] == group - start, f"{where}: segment {ours['segment'][at]}, not {group - start}")
        if ours["value"][at] is None:
            hold(ours["signal"][at] is Signal.NONE, f"{where}: a signal without a value")
            hold(ours["variation"][at] is Variation.NO_VALUE, f"{where}: {ours['variation'][at]} without a value")
            continue
        signal, point = str(expected["special_cause_type"][row]), str(expected["point_type"][row])
        hold(ours["signal"][at] is _SIGNALS[signal], f"{where}: {ours['signal'][at]}, not {signal}")
        hold(ours["variation"][at] in _POINTS[point], f"{where}: {ours['variation'][at]}, not {point}")
        _check_lines(ours, at, {name: expected[name][row] for name in _LINES}, where)


_NUMBERS = {
    "value": "y",
    "centre": "mean_col",
    "lower": "lpl",
    "upper": "upl",
    "target": "target",
    "trajectory": "trajectory",
}
_LINES = ("outside_limits", "relative_to_mean", "close_to_limits", "special_cause_flag")


def _check_lines(ours: dict[str, list[Any]], at: int, golden: dict[str, str | None], where: str) -> None:
    """Where the point lies between centre and limits; an empty golden cell says nothing."""
    value, centre, lower, upper = (ours[name][at] for name in ("value", "centre", "lower", "upper"))
    if golden["relative_to_mean"] is not None and value is not None:
        side = 0 if math.isclose(value, centre, rel_tol=1e-14) else int(np.sign(value - centre))
        hold(side == int(golden["relative_to_mean"]), f"{where}: relative to mean {side}")
    outside = ours["signal"][at] in (Signal.ABOVE_LIMIT, Signal.BELOW_LIMIT)
    if golden["outside_limits"] is not None:
        hold(outside == (golden["outside_limits"] == "TRUE"), f"{where}: outside limits {outside}")
    if golden["close_to_limits"] is not None and lower is not None and upper is not None:
        close = not outside and not ours["near_lower"][at] <= value <= ours["near_upper"][at]
        hold(close == (golden["close_to_limits"] == "TRUE"), f"{where}: close to limits {close}")
    special = ours["signal"][at] is not Signal.NONE
    hold(special == (golden["special_cause_flag"] == "TRUE"), f"{where}: special cause {special}")


def _check_segments(ours: dict[str, list[Any]], expected: dict[str, list[str | None]]) -> None:
    """The golden summary has one row a facet and rebase group; rows are in the order of both."""
    rows = sorted(range(len(ours["x"])), key=lambda at: (ours["f"][at], ours["segment"][at], ours["x"][at]))
    segments = [list(own) for _, own in groupby(rows, key=lambda at: (ours["f"][at], ours["segment"][at]))]
    size = len(expected["mean_col"])
    golden = sorted(
        range(size), key=lambda row: (_cell(expected, "f", row), int(_cell(expected, "rebase_group", row) or 0))
    )
    hold(len(segments) == size, f"{len(segments)} segments, not {size}")
    for own, row in zip(segments, golden, strict=True):
        last, where = own[-1], f"segment {ours['f'][own[0]]} from {ours['x'][own[0]]}"
        for name, column in (("centre", "mean_col"), ("lower", "lpl"), ("upper", "upl")):
            theirs = numbers(expected[column])[row]
            hold(same_number(ours[name][last], theirs), f"{where}: {name} is {ours[name][last]}, not {theirs}")
        hold(len(own) == int(_cell(expected, "n", row)), f"{where}: {len(own)} points")
        for name, points in _POINTS.items():
            if name in expected:
                # The peer counts a point without a value as common cause.
                kinds = points | ({Variation.NO_VALUE} if name == "common_cause" else set())
                counted = sum(ours["variation"][at] in kinds for at in own)
                hold(counted == int(_cell(expected, name, row)), f"{where}: {counted} points of {name}")
        kind = _cell(expected, "variation_type", row)
        hold(ours["variation"][last] in _POINTS[kind], f"{where}: {ours['variation'][last]}, not {kind}")


def _cell(table: dict[str, list[str | None]], name: str, row: int) -> str:
    return str(table[name][row] or "") if name in table else ""


def _facets_without_target(expected: dict[str, list[str | None]]) -> set[str]:
    return {str(f) for f, target in zip(expected["f"], expected["target"], strict=True) if target is None}


def _check_icons(table: SpcTable, expected: dict[str, list[str | None]], without_target: set[str]) -> None:
    """The icons of each facet. Where other facets have a target and one has none, the peer writes "inconsistent" for
    it; nothing was judged, and ours says so."""
    results = {str(key[0]) if key else _NO_FACET: table[at] for at, key in enumerate(table.keys.keys)}
    judged = set()
    for facet, kind, icon in zip(expected["f"], expected["type"], expected["icon"], strict=True):
        result = results[str(facet)]
        ours = result.variation if kind == "variation" else result.assurance
        judged.add((facet, kind))
        if kind == "assurance" and facet in without_target:
            hold(icon in (None, "inconsistent") and ours is Assurance.NO_TARGET, f"{facet}: {ours} without a target")
        elif icon is not None:
            hold(ours is _ICONS[icon], f"{facet}: {kind} icon is {ours}, not {icon}")
    for facet, result in results.items():
        if (facet, "assurance") not in judged:
            hold(result.assurance is Assurance.NO_TARGET, f"{facet}: {result.assurance}, but none was expected")


def _series(case: Case) -> list[list[float]]:
    """The values of each facet and rebase group in order of time, for recognising what the peer gets wrong."""
    columns, facet, rebases = case.table("input"), case.params["facet_field"], case.params["rebase"] or []
    size = len(columns[case.params["value_field"]])
    groups = [str(name) for name in columns[facet]] if facet else [_NO_FACET] * size
    dates = [str(day) for day in columns[case.params["date_field"]]]
    cells = numbers(columns[case.params["value_field"]])
    found: list[list[float]] = []
    last = ""
    for group, day, value in sorted(zip(groups, dates, cells, strict=True), key=lambda row: row[:2]):
        own = rebases.get(group, []) if isinstance(rebases, dict) else rebases
        if group != last or not found or day in ([own] if isinstance(own, str) else own):
            found.append([])
        found[-1].append(value)
        last = group
    return found


def _has_missing(case: Case) -> bool:
    return any(math.isnan(value) for values in _series(case) for value in values)


def _screens_to_nothing(case: Case) -> bool:
    """Whether screening leaves no moving range above 0 in some facet."""

    first = case.params["fix_after_n_points"]

    def collapses(values: list[float]) -> bool:
        values = values[:first]
        ranges = [abs(after - before) for before, after in pairwise(values)]
        average = sum(ranges) / len(ranges) if ranges else math.nan
        return not any(0 < each < SCREEN * average for each in ranges)

    return bool(case.params["screen_outliers"]) and any(collapses(values) for values in _series(case))


def _trends_meet(case: Case) -> bool:
    """Whether a trend of seven ends just before another begins, with one step between that belongs to neither."""

    def meets(values: list[float]) -> bool:
        steps = [int(np.sign(after - before)) for before, after in pairwise(values)]
        runs = [(step, len(list(own))) for step, own in groupby(steps)]
        return any(
            0 not in {one, other} and least >= 6 and most >= 6 and between == 1
            for (one, least), (_, between), (other, most) in zip(runs, runs[1:], runs[2:], strict=False)
        )

    return any(meets(values) for values in _series(case))


def _on_a_line(case: Case) -> bool:
    """Whether a target or a value lies on the mean or on a limit, but for the last printed digit."""
    table = case.table("expected")
    lines = [numbers(table[name]) for name in ("mean_col", "lpl", "upl")]
    return any(
        math.isclose(number, line[row], rel_tol=1e-12)
        for name in ("target", "y")
        for row, number in enumerate(numbers(table[name]))
        for line in lines
    )


QUIRKS = (
    Quirk(
        "a missing value",
        "The peer stops, or shows a common cause icon for a last point without a value; ours says that there is no "
        "value, and the value that is missing ends every run.",
        _has_missing,
    ),
    Quirk(
        "screening leaves no moving range",
        "The peer's limits are NaN or fall onto the mean, and a standard met every time reads inconsistent; ours "
        "are the mean for a constant series, and use all moving ranges where one or two points alone differ.",
        _screens_to_nothing,
    ),
    Quirk(
        "a trend that meets another",
        "The peer labels the last point of a rise by the step after it because another trend follows; ours keeps the "
        "point in the trend it belongs to.",
        _trends_meet,
    ),
    Quirk(
        "a number on a line",
        "Which side of the line it lies on hangs on the last bit of the peer's arithmetic; ours lies on it.",
        _on_a_line,
    ),
)
