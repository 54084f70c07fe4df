"""Funnels against PHEindicatormethods (limits, points, significance) and FunnelPlotR (overdispersed ones)."""

from __future__ import annotations

import math
from typing import Any

import polars as pl
from tests.golden.case import Case, Quirk, hold, numbers, same_number
from tests.golden.families.tables import column, frame, refuse_unknown

from trigpoint.measures.statistics import (
    FunnelData,
    FunnelStatistic,
    Strictness,
    funnel_limits,
    funnel_points,
    funnel_significance,
    overdispersed_funnel,
)

BISECTED = 1e-4  # how near the peer's search comes to a Poisson limit at few events
EXACT = 1e-8
STATISTICS = {
    ("proportion", None): FunnelStatistic.PROPORTION,
    ("ratio", "count"): FunnelStatistic.COUNT_RATIO,
    ("ratio", "isr"): FunnelStatistic.STANDARDISED_RATIO,
    ("ratio", None): FunnelStatistic.COUNT_RATIO,
    ("rate", "crude"): FunnelStatistic.CRUDE_RATE,
    ("rate", "dsr"): FunnelStatistic.STANDARDISED_RATE,
}
LABELS = ("outlier", "outlier_lower", "outlier_upper", "highlight", "both", "both_lower", "both_upper")
NOT_APPLICABLE = "Not applicable for events less than 10 for dsrs"
FUNNEL_PLOT_R = {
    "rr": "ratio", "Y": "transformed", "Uzscore": "score", "Wuzscore": "trimmed_score", "s": "standard_error",
    "OD95LCL": "adjusted_lower_95", "OD95UCL": "adjusted_upper_95", "OD99LCL": "adjusted_lower_99_8",
    "OD99UCL": "adjusted_upper_99_8", "LCL95": "lower_95", "UCL95": "upper_95", "LCL99": "lower_99_8",
    "UCL99": "upper_99_8", "target_transformed": "target",
}  # fmt: skip


def capped(case: Case) -> bool:
    """Limits of a share that is not expressed per hundred."""
    return case.params.get("statistic") == "proportion" and (case.params.get("multiplier") or 100) != 100


def no_denominator(case: Case) -> bool:
    """The significance of rates given with no denominators."""
    return _statistic(case) == "rate" and case.params.get("denominator") is None


def nothing_observed(case: Case) -> bool:
    """A ratio of a place where nothing at all was observed, on the scale of logarithms."""
    params = case.params
    if (params.get("data_type"), params.get("sr_method")) != ("SR", "SHMI"):
        return False
    table, sums = case.table("input"), dict[str | None, float]()
    for place, events in zip(table[params["group"]], numbers(table[params["numerator"]]), strict=True):
        sums[place] = sums.get(place, 0.0) + events
    return 0 in sums.values()


QUIRKS: tuple[Quirk, ...] = (
    Quirk(
        "limits of shares are cut off at the multiplier",
        "The peer cuts them off at 100 even where shares are per 1,000, below its own average, or per one.",
        capped,
    ),
    Quirk(
        "rates are compared without a denominator column",
        "The peer documents this and stops with an internal error; events and rate imply the population.",
        no_denominator,
    ),
    Quirk(
        "no event at all has a logarithm",
        "The peer takes the logarithm of nought; we count half an event.",
        nothing_observed,
    ),
)


def check(case: Case) -> None:
    """Raise ``Different`` where our funnel is not the golden one."""
    refuse_unknown(case, "type", ("standard", "full", None))
    {
        "calculate_funnel_limits": _limits,
        "calculate_funnel_points": _points,
        "assign_funnel_significance": _significance,
        "FunnelPlotR::funnel_plot": _overdispersed,
    }[case.fun](case)


def _frame(case: Case) -> pl.DataFrame:
    return frame(case, "input", [column(case, name) for name in ("numerator", "denominator", "rate")])


def _statistic(case: Case) -> str:
    """What is compared; the points of a funnel are always those of a rate."""
    return str(case.params.get("statistic") or "rate")


def _call(case: Case) -> dict[str, Any]:
    params, statistic = case.params, _statistic(case)
    refuse_unknown(case, "statistic", ("proportion", "ratio", "rate", None))
    kind = params.get(f"{statistic}_type") if statistic != "proportion" else None
    if (statistic, kind) not in STATISTICS:
        refuse_unknown(case, f"{statistic}_type", ())
    # The peer has no multiplier of its own for a rate, and no denominator or rate where none is named.
    multiplier = params.get("multiplier")
    return {
        "statistic": STATISTICS[statistic, kind],
        "numerator": column(case, "numerator"),
        "denominator": params.get("denominator"),
        "rate": column(case, "rate") if statistic == "rate" else None,
        "multiplier": 100 if multiplier is None and statistic != "rate" else multiplier,
        "strictness": Strictness.PUBLISHED,
    }


def _years(case: Case) -> Any:
    """The years of a rate, which the peer has to be told."""
    return case.params.get("years_of_data") if _statistic(case) == "rate" else 1


def _limits(case: Case) -> None:
    ours = funnel_limits(_frame(case), **_call(case), years=_years(case))
    golden = case.table("expected")
    poisson, most = case.params["statistic"] != "proportion", math.inf
    if not poisson:  # a limit above everybody is everybody
        most = case.params.get("multiplier") or 100
    pairs = {"baseline": "average"} | {name: name.lower() for name in ("Population", "Events")}
    pairs["Observed_events"] = "events"
    for sigmas, level in (("2s", "95"), ("3s", "99_8")):
        for end in ("lower", "upper"):
            pairs[f"{end}_{sigmas}_limit"] = f"{end}_{level}"
            for at in ("exp_events", "population_1_year"):
                pairs[f"{end}_{sigmas}_{at}"] = f"{end}_{level}_at"
    for theirs, our in pairs.items():
        if theirs in golden:
            near = BISECTED if poisson and our != "average" else EXACT
            _hold(golden[theirs], ours[our].to_list(), theirs, near, most if our.startswith("upper") else math.inf)


def _points(case: Case) -> None:
    ours = funnel_points(_frame(case), **_call(case), years=_years(case))
    golden = case.table("expected")
    chart = f"{case.params['rate']}_chart"
    _hold(golden[chart], ours["value"].to_list(), chart)
    _hold(golden["denominator_derived"], ours["size"].to_list(), "denominator_derived")


def _significance(case: Case) -> None:
    ours = funnel_significance(_frame(case), **_call(case))
    found = []
    for wide, wider in zip(ours["beyond_95"], ours["beyond_99_8"], strict=True):
        side = {1: "High", -1: "Low"}.get(wide)
        words = f"{side} ({0.001 if wider else 0.025})" if side else "Not significant"
        found.append(NOT_APPLICABLE if wide is None else words)
    golden = case.table("expected")["significance"]
    hold(found == golden, f"significance: {[pair for pair in zip(found, golden, strict=True) if len(set(pair)) > 1]}")


def _overdispersed(case: Case) -> None:
    params = case.params
    refuse_unknown(case, "data_type", ("SR", "PR", "RC"))
    refuse_unknown(case, "sr_method", ("SHMI", "CQC"))
    refuse_unknown(case, "limit", (95, 99))
    refuse_unknown(case, "label", (None, "NA", *LABELS))
    refuse_unknown(case, "highlight", (None, "NA", *case.table("input").get(column(case, "group"), ())))
    shmi = params["data_type"] == "SR" and params["sr_method"] == "SHMI"
    ours = overdispersed_funnel(
        _frame(case),
        numerator=column(case, "numerator"),
        denominator=column(case, "denominator"),
        by=column(case, "group"),
        kind=FunnelData[f"SR_{params['sr_method']}" if params["data_type"] == "SR" else params["data_type"]],
        trim=params["trim_by"],
        multiplier=params["multiplier"],
        adjusted=params["draw_adjusted"],
        expected_decimals=2 if shmi and params["SHMI_rounding"] else None,
        strictness=Strictness.PUBLISHED,
    )
    golden = case.table("expected")
    rows = {str(row[params["group"]]): row for row in ours.frame.iter_rows(named=True)}
    ordered = [rows.pop(str(group)) for group in golden["group"]]
    hold(not rows, f"the golden answer has no {sorted(rows)}")
    for theirs, our in FUNNEL_PLOT_R.items():
        _hold(golden[theirs], [row[our] for row in ordered], theirs)
    # The peer marks outliers by the limits that it draws, and marks none where it is told to draw neither.
    level = "95" if params["limit"] == 95 else "99_8"
    drawn = params["draw_adjusted"] or params["draw_unadjusted"]
    # Where it is told to draw both, it goes by the adjusted ones even where there is nothing to adjust for.
    widened = ours.widened or (params["draw_adjusted"] and params["draw_unadjusted"])
    outliers = [int(drawn and row[f"beyond_{level}"] != 0) for row in ordered]
    if widened != ours.widened:
        times = params["multiplier"]
        lower, upper = f"adjusted_lower_{level}", f"adjusted_upper_{level}"
        outliers = [int(not row[lower] <= row["ratio"] * times <= row[upper]) for row in ordered]
    _hold(golden["outlier"], outliers, "outlier")
    stats = {name: cells[0] for name, cells in case.table("stats").items()}
    for name, found in (("phi", ours.phi), ("tau2", ours.tau2), ("n_outliers", sum(outliers))):
        hold(same_number(found, numbers([stats[name]])[0], EXACT), f"{name}: {found!r}, not {stats[name]}")
    hold(stats["draw_adjusted"] == str(widened).upper(), f"draw_adjusted: {widened}")


def _hold(
    golden: list[str | None], ours: list[float | None], name: str, relative: float = EXACT, most: float = math.inf
) -> None:
    hold(len(golden) == len(ours), f"{name}: {len(ours)} rows, not {len(golden)}")
    for row, (wanted, found) in enumerate(zip(numbers(golden), ours, strict=True)):
        hold(same_number(found, min(wanted, most), relative), f"{name}, row {row}: {found!r}, not {wanted!r}")
