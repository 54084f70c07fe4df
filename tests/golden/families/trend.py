"""Recent trends against the branch of PHEindicatormethods that marks them as Fingertips does."""

from __future__ import annotations

from tests.golden.case import Case, Quirk, hold, numbers
from tests.golden.families.tables import column, frame, levels, refuse_unknown

from trigpoint.measures.results.result import Direction
from trigpoint.measures.statistics import Scale, Strictness, recent_trend
from trigpoint.measures.statistics.intervals import normal_quantile
from trigpoint.measures.statistics.levels import confidence_levels
from trigpoint.measures.statistics.trends import FLAT, ONE_POINT, TOO_FEW, TWICE

TRENDS = {
    "Increasing": Direction.RISING,
    "Decreasing": Direction.FALLING,
    "No significant change": Direction.NO_CHANGE,
    "Cannot be calculated": Direction.CANNOT,
}
MISSING = "is missing"  # how every reason ends that says which number is not there
REASONS = {
    "No significant trend": FLAT,
    "Outlier found": ONE_POINT,
    "Not enough data points": TOO_FEW,
    "Duplicate years in group": TWICE,
    "Missing values": MISSING,
    "Missing at least one confidence interval value": MISSING,
    "No outliers and significant trend": "",
}


def none_or_all(case: Case) -> bool:
    """A count of nought, or of everybody."""
    table = case.table("input")
    if "x" not in table:
        return False
    counts = numbers(table["x"])
    return 0 in counts or any(
        x == n for x, n in zip(counts, numbers(table.get("n", [None] * len(counts))), strict=True)
    )


QUIRKS: tuple[Quirk, ...] = (
    Quirk(
        "a count of nought has a logit",
        "The peer takes the logarithm of nought and finds no trend whatever the other points say; we add half an event "
        "to both sides.",
        none_or_all,
    ),
)


def check(case: Case) -> None:
    """Raise ``Different`` where our marker, or the reason for it, is not the golden one."""
    by, year = list(case.params.get("group_by") or ()), column(case, "year_col")
    refuse_unknown(case, "value_type", ("proportion", "other"))
    shares = confidence_levels(levels(case), strictness=Strictness.PUBLISHED) or (0.95,)
    scale = Scale.PROPORTION if case.params["value_type"] == "proportion" else Scale.OTHER
    table = frame(case, "input", ("x", "n", "value", "lcl", "ucl", "se", year))
    columns = {"numerator": "x", "denominator": "n"}
    if scale is Scale.OTHER:
        columns = {"value": "value", "lower": "lcl", "upper": "ucl"}
        if shares[0] != 0.95 and {"lcl", "ucl"} <= set(table.columns):  # our limits are those of 95%
            half = normal_quantile(shares[0])
            table = table.with_columns(se=(table["ucl"] - table["lcl"]) / (2 * half))
            columns = {"value": "value", "standard_error": "se"}
    used = {name: head for name, head in columns.items() if head in table.columns}
    ours = recent_trend(table, period=year, by=by, scale=scale, strictness=Strictness.PUBLISHED, **used)
    found = {tuple(row[name] for name in by): row for row in ours.iter_rows(named=True)}
    golden = case.table("expected")
    for at, (trend, reason) in enumerate(zip(golden["recent_trend"], golden["recent_trend_reason"], strict=True)):
        if trend is None:
            continue
        key = tuple(golden[name][at] for name in by)
        hold(key in found, f"there is no row {key}")
        row = found.pop(key)
        hold(row["trend"] == TRENDS[trend].value, f"{row}: not {trend}")
        words = REASONS[reason or ""]
        hold(row["reason"].endswith(words) if words == MISSING else row["reason"] == words, f"{row}: not {reason}")
        hold(row["period"] == numbers([golden[year][at]])[0], f"{row}: not in {golden[year][at]}")
    hold(not found, f"the golden answer has no {sorted(found)}")
