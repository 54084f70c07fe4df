"""Slope and relative indices of inequality against PHEindicatormethods' ``phe_sii``."""

from __future__ import annotations

import re
from typing import Any

import polars as pl
from tests.golden.case import Case, Quirk, hold, numbers, same_number
from tests.golden.families.tables import column, frame, levels, refuse_unknown

from trigpoint.measures.statistics import Scale, Strictness, sii

EXACT = 1e-8
OF_WIDTH = 0.02  # the peer's limits are simulated: within 2% of the interval, or five of their standard deviations
OF_SPREAD = 5
SCALES = {None: Scale.OTHER, 0: Scale.OTHER, 1: Scale.RATE, 2: Scale.PROPORTION}


def small_multiplier(case: Case) -> bool:
    """A transformed value with a multiplier between 0 and 1."""
    return bool(case.params.get("transform")) and 0 < (case.params.get("multiplier") or 1) < 1


def error_of_a_curve(case: Case) -> bool:
    """Rates or proportions, not transformed, with their standard errors."""
    return bool(case.params.get("se")) and case.params.get("value_type") in {1, 2}


def off_the_scale(case: Case) -> bool:
    """A rate of nought, a proportion of none or of all, or such a limit."""
    params, kind = case.params, case.params.get("value_type")
    heads = [name for name in (params.get("value"), params.get("lower_cl"), params.get("upper_cl")) if name]
    cells = [number for head in heads for number in numbers(case.table("input")[head])]
    return (kind == 1 and min(cells) <= 0) or (kind == 2 and (0 in cells or 1 in cells))


def ordered_as_words(case: Case) -> bool:
    """Groups named by words with numbers in them, which stand elsewhere in the alphabet than they count."""
    labels = {str(cell) for cell in case.table("input")[case.params["quantile"]] if cell}
    return sorted(labels) != sorted(labels, key=lambda label: [int(digits) for digits in re.findall("[0-9]+", label)])


QUIRKS: tuple[Quirk, ...] = (
    Quirk(
        "limits are in order, and those of the relative index around it",
        "The peer takes every multiplier below 1 for a negative one where values are transformed: it swaps the limits "
        "of the slope and inverts those of the ratio.",
        small_multiplier,
    ),
    Quirk(
        "the standard error of a rate or a proportion is in its own unit",
        "The peer takes it for the error of the logarithm or the logit, of whatever size it is; we bring it there.",
        error_of_a_curve,
    ),
    Quirk(
        "nought has no logarithm, and neither none nor all a logit",
        "The peer's limits are NaN, or all its answer; ours names the row.",
        off_the_scale,
    ),
    Quirk(
        "a tenth group comes after the ninth",
        "The peer puts groups that are named by words in the order of the alphabet, Q10 before Q2.",
        ordered_as_words,
    ),
)


def check(case: Case) -> None:
    """Raise ``Different`` where our index is not the golden one; limits within what the peer's simulation allows."""
    by = list(case.params.get("group_by") or ())
    answer = _answer(case, by)
    golden = case.table("expected")
    ours = {tuple(str(row[name]) for name in by): row for row in answer.iter_rows(named=True)}
    size = abs(case.params["multiplier"] or 1)
    for at in range(len(golden["sii"])):
        wanted = {head: cells[at] for head, cells in golden.items()}
        key = tuple(str(wanted[name]) for name in by)
        hold(key in ours, f"there is no row {key}")
        row = ours.pop(key)
        hold(not row["reason"], f"{row}: there should be numbers")
        if "intercept" in wanted and not case.params["transform"]:
            row["intercept"] /= size  # the peer multiplies the fitted value only where it was transformed
        for head in ("sii", "rii", "intercept"):
            if head in wanted:
                found = numbers([wanted[head]])[0]
                hold(same_number(row[head], found, EXACT), f"{head} of {by}: {row[head]!r}, not {found!r}")
        for level in levels(case):
            for index in ("sii", "rii"):
                _hold_limits(row, wanted, index, level / 100 if level > 1 else level)
    left_out = [row for row in ours.values() if not row["reason"]]
    hold(not left_out, f"the golden answer leaves out {left_out}")


def _answer(case: Case, by: list[str]) -> pl.DataFrame:
    params = case.params
    refuse_unknown(case, "value_type", tuple(SCALES))
    refuse_unknown(case, "type", ("standard", "full", None))
    measured = [column(case, name) for name in ("population", "value", "x", "se", "lower_cl", "upper_cl")]
    return sii(
        frame(case, "input", measured),
        quantile=column(case, "quantile"),
        population=column(case, "population"),
        value=params.get("value"),
        numerator=params.get("x"),
        by=by,
        standard_error=params.get("se"),
        lower=params.get("lower_cl"),
        upper=params.get("upper_cl"),
        scale=SCALES[params.get("value_type")],
        transform=bool(params.get("transform")),
        multiplier=1 if params.get("multiplier") is None else params["multiplier"],
        levels=levels(case),
        strictness=Strictness.PUBLISHED,
    )


def _hold_limits(row: dict[str, Any], wanted: dict[str, str | None], index: str, level: float) -> None:
    theirs = f"{level * 100:.1f}".replace(".", "_")
    heads = [f"{index}_{end}{theirs}" for end in ("lower", "upper")]
    if heads[0] not in wanted:
        heads = [f"{head}cl" for head in heads]
    if heads[0] not in wanted:
        hold(index == "rii", f"there is no column {heads[0]}")
        return
    ours = f"{level * 100:.10g}".replace(".", "_")
    limits = numbers([wanted[head] for head in heads])
    for end, head, limit in zip(("lower", "upper"), heads, limits, strict=True):
        spread = numbers([wanted.get(f"{head}_mcsd")])[0]
        allowed = max(OF_SPREAD * spread, OF_WIDTH * abs(limits[1] - limits[0]), EXACT * abs(limit))
        found = row[f"{index}_{end}_{ours}"]
        hold(found is not None and abs(found - limit) <= allowed, f"{head}: {found!r}, not {limit!r} ± {allowed:.3g}")
